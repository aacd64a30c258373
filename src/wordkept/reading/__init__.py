"""Texts read for statements, pledges, figures, times and places: proposals with exact spans."""

"""Pledges held against the record: rates, placebos, gates, controls, and one word with reasons."""

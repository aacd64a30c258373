"""Captures, kept as received, and the passages that are quoted from them."""

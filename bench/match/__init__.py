"""Matching held against its peers, on pairs of records whose duplicates are known."""

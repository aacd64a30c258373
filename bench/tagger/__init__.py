"""Trains the tagger that ships, from open text alone, and exports it: `make model`."""

"""Texts with gold: our own corpus, and the published corpora that lie beside the checkout."""

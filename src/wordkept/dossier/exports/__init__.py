"""The formats in which a dossier leaves the house, a module each."""

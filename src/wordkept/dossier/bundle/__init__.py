"""The review bundle: what a reader needs to check a dossier without us, in one zip."""

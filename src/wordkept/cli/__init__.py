"""The command line: results on stdout, talk and progress on stderr, errors in three lines."""

from wordkept.cli import auditing, comparing, exporting, matching, reading, review, watching
from wordkept.cli.commands import main

__all__ = [
    "auditing", "comparing", "exporting", "main", "matching", "reading", "review", "watching",
]  # fmt: skip

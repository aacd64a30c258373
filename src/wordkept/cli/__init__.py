"""The command line: results on stdout, talk and progress on stderr, errors in three lines."""

from wordkept.cli import auditing, comparing, matching, reading, review, watching
from wordkept.cli.commands import main

__all__ = ["auditing", "comparing", "main", "matching", "reading", "review", "watching"]

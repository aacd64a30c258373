"""The command line: results on stdout, talk and progress on stderr, errors in three lines."""

from wordkept.cli import reading, review, watching
from wordkept.cli.commands import main

__all__ = ["main", "reading", "review", "watching"]

"""The command line: results on stdout, talk and progress on stderr, errors in three lines."""

from wordkept.cli import reading, watching
from wordkept.cli.commands import main

__all__ = ["main", "reading", "watching"]

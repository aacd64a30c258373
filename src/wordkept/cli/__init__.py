"""The command line: results on stdout, talk and progress on stderr, errors in three lines."""

from wordkept.cli import (
    auditing,
    bundling,
    comparing,
    exporting,
    masking,
    matching,
    reading,
    review,
    watching,
)
from wordkept.cli.commands import main

__all__ = [
    "auditing", "bundling", "comparing", "exporting", "main", "masking", "matching", "reading",
    "review", "watching",
]  # fmt: skip

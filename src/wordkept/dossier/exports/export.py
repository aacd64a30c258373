"""What an export is: a format as a value, and what it is written from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Shown
from wordkept.model import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What every export is written from: gated values, and all the rows that may leave."""

    report: CaseReport
    shown: tuple[Shown, ...]
    rows: Mapping[str, tuple[Event, ...]]
    """By dataset: every row that some plan counts and that may be listed, made safe already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One format: what it is called, what it holds, and what it cannot carry."""

    name: str
    file_name: str
    media_type: str
    holds: str
    """In a sentence, for `wordkept export --list` and the README beside the files."""
    leaves_out: tuple[str, ...]
    """What of the dossier the format cannot carry, a sentence each."""
    write: Callable[[Material], bytes]

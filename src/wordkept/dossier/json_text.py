"""A dossier for machines: the same values as the page, through the same gate, as JSON."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from wordkept.dossier.board_shown import ShownBoard, shown_board
from wordkept.dossier.history_shown import ShownHistory, shown_history
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shapes import schema_of
from wordkept.dossier.shown import Shown
from wordkept.dossier.unseen import ORDERING
from wordkept.ids import bytes_id, short
from wordkept.period import Period

NUMBERS = re.compile(r"\[\n\s*(-?[\d.][-+\d.e,\s]*?)\n\s*\]")
"""A list of numbers, one to a line: no text can hold one, since a line feed in it is escaped."""
SURROGATES = range(0xD800, 0xE000)
"""Halves of a character: alone they cannot be written as UTF-8."""
ESCAPED = {mark: f"\\u{mark:04x}" for mark in (*map(ord, ORDERING), *SURROGATES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier for machines: what a case was found to hold on one day, as far as it is public."""

    schema: str
    """The name of the schema that the file follows: a hash of it, so that no change goes unsaid."""
    wordkept: str
    """The version of wordkept."""
    case: str
    as_of: date
    ledger_head: str
    """Hash of the last assessment entry in the ledger."""
    command: str
    """What rebuilds the dossier, as typed in a shell."""
    dossier: str
    """Its id, for good."""
    history: ShownHistory | None
    """Its editions; None where it is of no case."""
    board: ShownBoard
    pledges: tuple[Shown, ...]


def as_json(report: CaseReport) -> str:
    """The dossier as JSON, keys sorted, with a line feed at its end.

    Quotes stand in it exactly, but characters that reorder text are written as escapes.
    """
    content = Dossier(
        schema=schema_name(),
        wordkept=report.version,
        case=report.case,
        as_of=report.as_of,
        ledger_head=report.ledger_head,
        command=report.command,
        dossier=report.identity,
        history=shown_history(report),
        board=shown_board(report.board, report.assessments),
        pledges=shown_case(report),
    )
    return _written(content)


def pledge_json(pledge: Shown) -> str:
    """One pledge as it stands among the pledges of `dossier.json`, with a line feed at its end."""
    return _written(pledge)


def _written(content: Dossier | Shown) -> str:
    text = json.dumps(
        asdict(content),
        sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False, default=_plain,
    )  # fmt: skip
    return NUMBERS.sub(_on_one_line, text).translate(ESCAPED) + "\n"


@cache
def schema_name() -> str:
    """The name of the schema of `dossier.json`: a hash of what it asks for, not of its remarks."""
    asked = json.dumps(schema_of(Dossier, described=False), sort_keys=True)
    return f"urn:wordkept:dossier-schema:{short(bytes_id(asked.encode()))}"


def dossier_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `dossier.json`."""
    return {"$id": schema_name(), "title": "A dossier of wordkept", **schema_of(Dossier)}


def _on_one_line(numbers: re.Match[str]) -> str:
    return f"[{''.join(numbers[1].split())}]"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    raise TypeError(f"{type(value).__name__} has no place in JSON")

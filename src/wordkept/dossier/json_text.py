"""A dossier for machines: the same values as the page, through the same gate, as JSON."""

import json
import re
from dataclasses import asdict
from datetime import date

from wordkept.dossier.board_shown import shown_board
from wordkept.dossier.history_shown import shown_history
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.unseen import ORDERING
from wordkept.period import Period

NUMBERS = re.compile(r"\[\n\s*(-?[\d.][-+\d.e,\s]*?)\n\s*\]")
"""A list of numbers, one to a line: no text can hold one, since a line feed in it is escaped."""
ESCAPED = {ord(mark): f"\\u{ord(mark):04x}" for mark in ORDERING}


def as_json(report: CaseReport) -> str:
    """The dossier as JSON, keys sorted, with a line feed at its end.

    Quotes stand in it exactly, but characters that reorder text are written as escapes.
    """
    history = shown_history(report)
    content = {
        "wordkept": report.version,
        "case": report.case,
        "as_of": report.as_of,
        "ledger_head": report.ledger_head,
        "command": report.command,
        "dossier": report.identity,
        "history": asdict(history) if history else None,
        "board": asdict(shown_board(report.board, report.assessments)),
        "pledges": [asdict(shown) for shown in shown_case(report)],
    }
    text = json.dumps(
        content, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False, default=_plain
    )
    return NUMBERS.sub(_on_one_line, text).translate(ESCAPED) + "\n"


def _on_one_line(numbers: re.Match[str]) -> str:
    return f"[{''.join(numbers[1].split())}]"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    raise TypeError(f"{type(value).__name__} has no place in JSON")

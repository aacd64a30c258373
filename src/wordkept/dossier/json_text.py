"""A dossier for machines: the same values as the page, through the same gate, as JSON."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from wordkept.dossier.board_shown import ShownBoard, shown_board
from wordkept.dossier.history_shown import ShownHistory, shown_history
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shapes import schema_of
from wordkept.dossier.shown import Shown
from wordkept.dossier.unseen import ORDERING
from wordkept.ids import bytes_id, short

PLAIN = frozenset({int, float})
"""Lists of these alone, such as the counts of a series, stand on one line."""
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
    return _text(content, "\n").translate(ESCAPED) + "\n"


def _text(value: Any, line: str) -> str:
    """A value as JSON laid out over lines, each begun by `line`: what `json.dumps` gives.

    That one is slow where it indents, and puts each number of a list on a line of its own.
    """
    kind: Any = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return repr(value)
    if value is None or kind is bool or kind is float:
        return json.dumps(value, allow_nan=False)
    if kind is tuple or kind is list:
        return _list_text(value, line)
    if kind is date:
        return f'"{value.isoformat()}"'
    names = _names(kind)
    inner = f"{line} "
    if names is None and kind is not dict:
        raise TypeError(f"{kind.__name__} has no place in JSON")
    if names is None:
        held = [f"{encode_basestring(name)}: {_text(value[name], inner)}" for name in sorted(value)]
    else:
        held = [f'"{name}": {_text(getattr(value, name), inner)}' for name in names]
    return f"{{{inner}{f',{inner}'.join(held)}{line}}}" if held else "{}"


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The sorted names of a dataclass's fields; None of any other type."""
    return tuple(sorted(one.name for one in fields(kind))) if is_dataclass(kind) else None


def _list_text(value: list[Any] | tuple[Any, ...], line: str) -> str:
    if PLAIN.issuperset(map(type, value)):
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    inner = f"{line} "
    return f"[{inner}{f',{inner}'.join(_text(held, inner) for held in value)}{line}]"


@cache
def schema_name() -> str:
    """The name of the schema of `dossier.json`: a hash of what it asks for, not of its remarks."""
    asked = json.dumps(schema_of(Dossier, described=False), sort_keys=True)
    return f"urn:wordkept:dossier-schema:{short(bytes_id(asked.encode()))}"


def dossier_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `dossier.json`."""
    return {"$id": schema_name(), "title": "A dossier of wordkept", **schema_of(Dossier)}

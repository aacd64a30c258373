"""A file of decisions, for scripts: JSON Lines, checked as a whole before anything is entered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wordkept.case.case import Case
from wordkept.case.mending import FIELDS, mended
from wordkept.case.naming import document_called
from wordkept.case.readings import reading_text
from wordkept.case.reviewing import DECISIONS, Decision, Item, Proposal
from wordkept.errors import InputError, Problem, WordkeptError, did_you_mean
from wordkept.model import Document

KEYS = ("document", "proposal", "decision")
SHAPE = '{"document": "NAME", "proposal": "s3", "decision": "accept"}'


@dataclass(slots=True)
class _File:
    case: Case
    name: str
    items: Mapping[tuple[str, str], Item]
    documents: Sequence[Document]
    texts: dict[str, str] = field(default_factory=dict)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, what: str, remedy: str) -> None:
        where = f"{self.name}, line {line}"
        self.problems.append(Problem(what=what, where=where, remedy=remedy))

    def text(self, item: Item) -> str:
        if item.stored.id not in self.texts:
            self.texts[item.stored.id] = reading_text(self.case, item.stored)
        return self.texts[item.stored.id]


def read_decisions(
    case: Case, content: bytes, items: Sequence[Item], *, name: str
) -> tuple[tuple[Item, Decision, Proposal], ...]:
    """What the lines of a file decide of these proposals; blank lines are passed over.

    Raises InputError with all that is wrong in it.
    """
    documents = {one.stored.document.id: one.stored.document for one in items}
    named = {(one.stored.document.id, one.value.id): one for one in items}
    file = _File(case, name, named, tuple(documents.values()))
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        file.note(line, "the file is not text in UTF-8", "save it as UTF-8 (plain text)")
        raise InputError(*file.problems) from error
    found = [_line(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if file.problems:
        raise InputError(*file.problems)
    return tuple(one for one in found if one is not None)


def _line(file: _File, number: int, line: str) -> tuple[Item, Decision, Proposal] | None:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        file.note(number, "the line is no JSON object", SHAPE)
        return None
    before = len(file.problems)
    item, decision = _item(file, number, given), _decision(file, number, given)
    rest = {key: value for key, value in given.items() if key not in KEYS}
    if item is None or decision is None:
        return None
    if decision == "mend":
        try:
            value = mended(item, file.text(item), rest, where=f"{file.name}, line {number}")
        except WordkeptError as error:
            file.problems.extend(error.problems)
            return None
        return item, decision, value
    for key in rest:
        known = (*KEYS, *FIELDS[item.sort])
        otherwise = 'to change something, write "decision": "mend"'
        remedy = otherwise if key in known else did_you_mean(key, known, otherwise=otherwise)
        file.note(number, f'"{key}" means nothing to the decision "{decision}"', remedy)
    return (item, decision, item.value) if len(file.problems) == before else None


def _item(file: _File, number: int, given: Mapping[str, Any]) -> Item | None:
    document, proposal = given.get("document"), given.get("proposal")
    if not isinstance(document, str) or not isinstance(proposal, str):
        file.note(number, 'the line does not name a "document" and a "proposal"', SHAPE)
        return None
    try:
        meant = document_called(document, file.documents, otherwise="see: wordkept proposals").id
    except InputError as error:
        file.note(number, error.problems[0].what, error.problems[0].remedy)
        return None
    item = file.items.get((meant, proposal))
    if item is None:
        names = [name for of, name in file.items if of == meant]
        what = f'nothing under review in "{document}" is called "{proposal}"'
        file.note(number, what, did_you_mean(proposal, names, otherwise="see: wordkept proposals"))
        return None
    at = (item.stored.id, item.value.id)
    if at in file.seen:
        what = f'"{proposal}" of "{document}" is decided in line {file.seen[at]} already'
        file.note(number, what, "keep one of the two lines")
    file.seen.setdefault(at, number)
    return item


def _decision(file: _File, number: int, given: Mapping[str, Any]) -> Decision | None:
    word = given.get("decision")
    found = next((one for one in DECISIONS if one == word), None)
    if found is None:
        remedy = did_you_mean(f"{word}", DECISIONS, otherwise=f"one of: {', '.join(DECISIONS)}")
        what = f'the decision cannot be "{word}"' if word is not None else "there is no decision"
        file.note(number, what, remedy)
    return found

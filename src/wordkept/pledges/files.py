"""Pledge files: what was declared, where it was said, and the plan, each with its line."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from wordkept.errors import InputError, PledgeError, Problem
from wordkept.model import KINDS, Passage, Plan, Pledge, Statement
from wordkept.pledges.lines import KeyPath
from wordkept.pledges.plans import read_plan
from wordkept.pledges.questions import published_too_soon
from wordkept.pledges.sheet import Sheet, line_of, where
from wordkept.pledges.syntax import parse
from wordkept.pledges.tables import Table

Find = Callable[[str, str], Passage]
"""From a document's name and a quote to the passage; InputError or PledgeError where it is none."""

FILE_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.toml")
LONGEST_NAME = 80
LARGEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFile:
    """A pledge as its file gives it, and where in the file each thing stands."""

    pledge: Pledge
    name: str
    """As errors name it: `pledges/x.toml`."""
    lines: Mapping[KeyPath, int]

    def line_of(self, *path: str | int) -> int:
        """The line of a key (`"plan", "primary", "actors", 0`), or of what holds it."""
        return line_of(self.lines, path)

    def where(self, *path: str | int) -> str:
        """The same, as errors name it: `pledges/x.toml, line 12`."""
        return where(self.name, self.line_of(*path))


def read_pledges(folder: Path, find: Find) -> tuple[PledgeFile, ...]:
    """Every `*.toml` of a folder, by name; hidden files are not pledges.

    Raises PledgeError with the problems of all files at once.
    """
    problems: list[Problem] = []
    files: list[PledgeFile] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name.startswith("."):
            continue
        try:
            files.append(read_pledge(path, find))
        except (InputError, PledgeError) as error:
            problems.extend(error.problems)
    if problems:
        raise PledgeError(*problems)
    return tuple(files)


def read_pledge(path: Path, find: Find) -> PledgeFile:
    """The pledge of one file, with every quote found in its document.

    Raises InputError where the file cannot be read as text, and PledgeError with all that is
    wrong in it otherwise.
    """
    name = f"{path.parent.name or 'pledges'}/{path.name}"
    parsed = parse(_text(path, name))
    sheet = Sheet(name=name, lines=parsed.lines)
    if not FILE_NAME.fullmatch(path.name) or len(path.name) > LONGEST_NAME:
        what = f'"{path.name}" cannot be the name of a pledge file'
        remedy = f"use small letters, digits and hyphens: {_plain_name(path.stem)}.toml"
        sheet.note_line(1, what, remedy)
    for fault in parsed.faults:
        sheet.note_line(fault.line, fault.what, fault.remedy)
    if parsed.values is None:
        sheet.settle()
    pledge = _pledge(sheet, parsed.values or {}, path.stem, find)
    sheet.settle()
    return PledgeFile(pledge=pledge, name=name, lines=parsed.lines)


def _text(path: Path, name: str) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        what = f"the pledge file cannot be read: {(error.strerror or 'unknown').lower()}"
        raise InputError(
            Problem(what=what, where=name, remedy="check its name and who may read it")
        ) from error
    if len(content) > LARGEST_BYTES:
        what = f"the file holds {len(content):,} bytes: a pledge is a page or two of text"
        remedy = "keep documents in documents/, and quote from them"
        raise InputError(Problem(what=what, where=name, remedy=remedy))
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        what, remedy = "the file is not text in UTF-8", "save it as UTF-8 (plain text)"
        raise InputError(Problem(what=what, where=where(name, line), remedy=remedy)) from error


def _plain_name(stem: str) -> str:
    """A name near to the one given that a pledge file may have.

    >>> _plain_name("Truce of 27 February!")
    'truce-of-27-february'
    """
    words = re.findall(r"[a-z0-9]+", stem.casefold())
    return "-".join(words)[: LONGEST_NAME // 2] or "my-pledge"


def _pledge(sheet: Sheet, values: Mapping[str, Any], name: str, find: Find) -> Pledge:
    top = Table(sheet, values)
    table = top.table("pledge")
    plan_table = top.table("plan")
    if table is None:
        if not top.has("pledge"):
            top.note(None, "this file has no [pledge]", "begin it with [pledge], as the draft does")
        table = Table(Sheet(name=sheet.name, lines={}), {}, "pledge")
    top.close()
    plan = None if plan_table is None else read_plan(plan_table)
    pledge = Pledge(
        id=name,
        title=table.text("title"),
        actor=table.text("actor"),
        kind=table.choice("kind", KINDS),
        act=table.text_or_none("act"),
        object=table.text_or_none("object"),
        announced=table.day("announced"),
        starts=table.day_or_none("starts"),
        ends=table.day_or_none("ends"),
        magnitude=table.text_or_none("magnitude"),
        area=table.text_or_none("area"),
        comparator=table.text_or_none("comparator"),
        exceptions=table.texts("exceptions"),
        leaves_open=table.texts("leaves_open"),
        statements=tuple(_statement(said, find) for said in table.tables("said")),
        counterpart=table.text_or_none("counterpart"),
        plan=plan,
    )
    table.close()
    _check_days(table, pledge, plan)
    return pledge


def _statement(table: Table, find: Find) -> Statement:
    speaker, made_on = table.text("speaker"), table.day("on")
    document = table.text("document")
    quotes = table.items("quotes", exact=True)
    if not table.values.get("quotes"):
        table.note(
            "quotes" if table.has("quotes") else None,
            f'{table.name} quotes nothing from "{document}"',
            'copy the words as they stand there: quotes = ["..."]',
        )
    table.close()
    passages = _passages(table, document, quotes, find) if document else ()
    return Statement(speaker=speaker, made_on=made_on, passages=tuple(passages))


def _passages(
    table: Table, document: str, quotes: Iterable[tuple[int, str]], find: Find
) -> list[Passage]:
    found: list[Passage] = []
    for index, quote in quotes:
        try:
            found.append(find(document, quote))
        except (InputError, PledgeError) as error:
            for problem in error.problems:
                path = (*table.path, "quotes", index)
                also = f" ({problem.where})" if problem.where else ""
                table.sheet.note(path, problem.what, problem.remedy, also=also)
    return found


def _check_days(table: Table, pledge: Pledge, plan: Plan | None) -> None:
    if plan is not None and published_too_soon(plan.tally, pledge.announced):
        what = f"the count was published before the pledge was announced ({pledge.announced})"
        table.sheet.note(("plan", "tally", "published"), what, "check both dates")
    if pledge.starts is None or pledge.ends is None:
        return
    if pledge.ends < pledge.starts:
        what = f'"ends" ({pledge.ends}) comes before "starts" ({pledge.starts})'
        table.note("ends", what, "check both dates")
    elif plan is not None and pledge.starts + timedelta(days=plan.grace_days) > pledge.ends:
        what = f"the grace ({plan.grace_days} days) outlasts the declared term, up to {pledge.ends}"
        table.sheet.note(("plan", "grace_days"), what, "choose a shorter grace")

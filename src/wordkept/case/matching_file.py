"""A file of judgements of pairs: JSON Lines, or the CSV that `wordkept match --csv` prints."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from wordkept.case.matching_judging import UNDO, Said
from wordkept.errors import InputError, Problem, did_you_mean
from wordkept.model import RELATIONS, EventKey, Pair, Relation

KEYS = ("left", "left_id", "right", "right_id", "judgement", "reason")
NEEDED = KEYS[:-1]
SHAPE = (
    '{"left": "airwars", "left_id": "R12", "right": "ucdp-ged", "right_id": "34", '
    '"judgement": "duplicate"}'
)
WORDS = (*RELATIONS, UNDO)


@dataclass(slots=True)
class _File:
    name: str
    held: Mapping[str, frozenset[str]]
    seen: dict[Pair, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, what: str, remedy: str) -> None:
        where = f"{self.name}, line {line}"
        self.problems.append(Problem(what=what, where=where, remedy=remedy))


def read_pair_judgements(
    content: bytes, held: Mapping[str, frozenset[str]], *, name: str
) -> tuple[tuple[Said, ...], tuple[Pair, ...]]:
    """What the lines of a file say of pairs, and the pairs of which it takes judgements back.

    `held` are the native ids of each dataset. Blank lines are passed over, and lines of a CSV
    without a judgement. Raises InputError with all that is wrong.
    """
    file = _File(name, held)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        file.note(line, "the file is not text in UTF-8", "save it as UTF-8 (plain text)")
        raise InputError(*file.problems) from error
    told = _json_lines(file, text) if text.lstrip().startswith("{") else _csv_lines(file, text)
    found = [_said(file, line, given) for line, given in told]
    if file.problems:
        raise InputError(*file.problems)
    kept = [one for one in found if one is not None]
    said = tuple(
        Said(pair=pair, relation=cast(Relation, word), reason=reason)
        for pair, word, reason in kept
        if word != UNDO
    )
    return said, tuple(pair for pair, word, _ in kept if word == UNDO)


def _json_lines(file: _File, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            file.note(number, "the line is no JSON object", SHAPE)
            continue
        for key in given:
            if key not in KEYS:
                known = f"known: {', '.join(KEYS)}"
                file.note(number, f'"{key}" means nothing here',
                          did_you_mean(key, KEYS, otherwise=known))  # fmt: skip
        yield number, given


def _csv_lines(file: _File, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = csv.DictReader(io.StringIO(text))
    missing = [key for key in NEEDED if key not in (rows.fieldnames or ())]
    if missing:
        what = f"the file has no column {', '.join(missing)}, and is no JSON Lines"
        file.note(1, what, "fill in the table that wordkept match --csv prints, or write: " + SHAPE)
        return
    for row in rows:
        if (row["judgement"] or "").strip():
            yield rows.line_num, {key: (row.get(key) or "").strip() for key in KEYS}


def _said(
    file: _File, line: int, given: Mapping[str, Any]
) -> tuple[Pair, Relation | Literal["undo"], str] | None:
    before = len(file.problems)
    keys = [_key(file, line, given, side) for side in ("left", "right")]
    word, reason = given.get("judgement"), given.get("reason", "")
    if word not in WORDS:
        told = f"one of: {', '.join(WORDS)}"
        what = "there is no judgement" if word is None else f'the judgement cannot be "{word}"'
        file.note(line, what, did_you_mean(f"{word}", WORDS, otherwise=told))
    if not isinstance(reason, str):
        file.note(line, "the reason is no text", 'write it in quotes: "reason": "..."')
    if len(file.problems) > before or keys[0] is None or keys[1] is None:
        return None
    if keys[0] == keys[1]:
        file.note(line, "the two rows are one and the same", "name two rows")
        return None
    pair = Pair.of(keys[0], keys[1])
    if pair in file.seen:
        what = f"the pair is judged in line {file.seen[pair]} already"
        file.note(line, what, "keep one of the two lines")
    file.seen.setdefault(pair, line)
    return pair, cast(Any, word), reason


def _key(file: _File, line: int, given: Mapping[str, Any], side: str) -> EventKey | None:
    dataset, native_id = given.get(side), given.get(f"{side}_id")
    if not isinstance(dataset, str) or not isinstance(native_id, str):
        file.note(line, f'the line does not say "{side}" and "{side}_id" as text', SHAPE)
        return None
    if dataset not in file.held:
        known = f"datasets of this case: {_listed(file.held)}"
        file.note(line, f'the case holds no dataset "{dataset}"',
                  did_you_mean(dataset, file.held, otherwise=known))  # fmt: skip
        return None
    if native_id not in file.held[dataset]:
        file.note(line, f'no row of {dataset} has the native id "{native_id}"',
                  "copy it as wordkept match --csv prints it")  # fmt: skip
        return None
    return EventKey(dataset=dataset, native_id=native_id)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none yet"

"""A user's own table: a small TOML file says what it is, and which column is which.

The same file without `[columns]` only names a dataset whose columns are known: it stands beside
`daily.csv` as `daily.csv.toml`.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.errors import InputError, Problem, did_you_mean
from wordkept.events import dates
from wordkept.events.datasets import own, parties
from wordkept.events.schema import EVENT, EVENT_TYPES, Dataset, Fields
from wordkept.model import PublicationRule

TABLES = ("dataset", "columns", "dates", "constants", "event_types", "actors")
IDENTITY = ("name", "title", "citation", "licence", "kind", "caveats", "publication")
PUBLICATION = ("allows", "at_least", "terms")
ALLOWS = ("rows", "aggregates", "nothing")
KINDS = ("events", "counts", "attention")
FIELDS = tuple(name for name in EVENT.names if name not in {"row", "dataset"})
COLUMNS = ("date", *FIELDS)
"""What `[columns]` may name: a field of EVENT, or `date` for the first and the last day at once."""
WRITTEN: Table[str, tuple[dates.Form, ...]] = {
    "iso": ("iso", "compact", "worded"),
    "dmy": ("iso", "worded", "day first"),
    "mdy": ("iso", "worded", "month first"),
}
UNSTATED = PublicationRule(
    allows="nothing", terms="its owner has not said what may be published, so nothing is"
)
KEY = re.compile(r"""^\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]""")
TABLE = re.compile(r"^\s*\[\s*([A-Za-z0-9_.-]+)\s*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What a mapping file says: what the dataset is and, where it has columns, how to read it."""

    identity: Table[str, Any]
    dataset: Dataset | None
    """None where the file names no columns, and so only identifies a layout that is known."""

    def identify(self, dataset: Dataset) -> Dataset:
        """The dataset under the name and terms that the file gives it."""
        return replace(dataset, **self.identity)


def beside(source: Path) -> Path | None:
    """The mapping that stands beside a file (`ged.csv.toml` by `ged.csv`), where there is one."""
    path = source.with_name(source.name + ".toml")
    return path if path.is_file() else None


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file; raises InputError with all that is wrong, line by line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(_unreadable(path, error)) from error
    problems = list(_Checker(path=path, content=content, lines=_lines(text)).problems())
    if problems:
        raise InputError(*problems)
    identity = _identity(content["dataset"])
    dataset = _dataset(content, identity) if content.get("columns") else None
    return Mapping(identity=identity, dataset=dataset)


def _unreadable(path: Path, error: Exception) -> Problem:
    if isinstance(error, OSError):
        return Problem(
            what=f"the mapping cannot be read: {error.strerror}",
            where=str(path),
            remedy="check the path; load --map writes a draft",
        )
    said = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is not UTF-8"
    return Problem(
        what=f"the mapping is not TOML: {said}",
        where=str(path),
        remedy="mend that place; text stands in quote marks, and a table begins with [name]",
    )


def _lines(text: str) -> dict[tuple[str, str], int]:
    r"""The line on which each key of each table stands; a table itself is its name and "".

    >>> _lines('[dataset]\nname = "x"\n"a b" = 1')
    {('dataset', ''): 1, ('dataset', 'name'): 2, ('dataset', 'a b'): 3}
    """
    table = ""
    found: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if opened := TABLE.match(line):
            table = opened[1]
            found.setdefault((table, ""), number)
        elif key := KEY.match(line):
            found.setdefault((table, next(filter(None, key.groups()), "")), number)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checker:
    path: Path
    content: Table[str, Any]
    lines: Table[tuple[str, str], int]

    def problems(self) -> Iterator[Problem]:
        for name, value in self.content.items():
            if name not in TABLES:
                yield self._unknown(name, "", TABLES, "table")
            elif not isinstance(value, dict):
                yield self._problem("this must be a table", name, "", f"write [{name}]")
        if not isinstance(self.content.get("dataset"), dict):
            remedy = 'begin the file with [dataset] and name = "..."'
            yield self._problem("the mapping has no [dataset]", "", "", remedy)
        checks = (
            self._dataset, self._columns, self._dates, self._constants, self._event_types,
            self._actors,
        )  # fmt: skip
        for name, check in zip(TABLES, checks, strict=True):
            if isinstance(table := self.content.get(name), dict):
                yield from check(table)
        if self.content.get("columns"):
            yield from self._complete()

    def _dataset(self, table: dict[str, Any]) -> Iterator[Problem]:
        yield from self._known("dataset", table, IDENTITY)
        if not table.get("name"):
            yield self._problem("the dataset has no name", "dataset", "", 'add name = "my-records"')
        for key in ("name", "title", "citation", "licence"):
            yield from self._typed("dataset", key, table, str, "text in quote marks")
        yield from self._typed("dataset", "caveats", table, list, "a list of sentences")
        yield from self._one_of("dataset", "kind", table.get("kind"), KINDS)
        rule = table.get("publication")
        if isinstance(rule, str):
            yield from self._one_of("dataset", "publication", rule, ALLOWS)
        elif isinstance(rule, dict):
            yield from self._known("dataset.publication", rule, PUBLICATION)
            yield from self._one_of("dataset.publication", "allows", rule.get("allows", ""), ALLOWS)
            yield from self._typed("dataset.publication", "at_least", rule, int, "a whole number")
            yield from self._typed("dataset.publication", "terms", rule, str, "a sentence")
        elif rule is not None:
            yield self._problem(
                "this is no publication rule", "dataset", "publication",
                "write one of: " + ", ".join(f'"{each}"' for each in ALLOWS),
            )  # fmt: skip

    def _columns(self, table: dict[str, Any]) -> Iterator[Problem]:
        yield from self._known("columns", table, COLUMNS)
        for key in table:
            yield from self._typed("columns", key, table, str, "the name of one column")

    def _dates(self, table: dict[str, Any]) -> Iterator[Problem]:
        yield from self._known("dates", table, ("written",))
        yield from self._one_of("dates", "written", table.get("written", "iso"), tuple(WRITTEN))

    def _constants(self, table: dict[str, Any]) -> Iterator[Problem]:
        yield from self._known("constants", table, COLUMNS)
        for key, value in table.items():
            if key == "event_type":
                yield from self._one_of("constants", key, value, EVENT_TYPES)
            elif key in COLUMNS and not isinstance(value, _python_type(key)):
                expected = _python_type(key).__name__
                words = {"str": "text in quote marks", "int": "a whole number", "list": "a list"}
                remedy = f"write {words.get(expected, f'a {expected}')}"
                yield self._problem(f'"{key}" has a value of the wrong kind', "constants", key,
                                    remedy)  # fmt: skip
            if key in self.content.get("columns", {}):
                yield self._problem(
                    f'"{key}" is a column and a constant at once', "constants", key,
                    "keep one of the two",
                )  # fmt: skip

    def _event_types(self, table: dict[str, Any]) -> Iterator[Problem]:
        for key, value in table.items():
            yield from self._one_of("event_types", key, value, EVENT_TYPES)

    def _actors(self, table: dict[str, Any]) -> Iterator[Problem]:
        yield from self._known("actors", table, ("separator",))
        yield from self._typed("actors", "separator", table, str, "text in quote marks")

    def _complete(self) -> Iterator[Problem]:
        given = {*self.content["columns"], *self.content.get("constants", {})}
        if "date" not in given and "period_from" not in given:
            remedy = 'add date = "the column that holds the day"'
            yield self._problem("no column holds the date", "columns", "", remedy)
        if "event_type" not in given and self._kind() != "attention":
            remedy = 'add event_type = "air strike" (or another) under [constants]'
            yield self._problem("nothing says what type the events are", "columns", "", remedy)

    def _kind(self) -> object:
        identity = self.content.get("dataset")
        return identity.get("kind") if isinstance(identity, dict) else None

    def _known(
        self, table: str, keys: Table[str, Any], known: tuple[str, ...]
    ) -> Iterator[Problem]:
        for key in keys:
            if key not in known:
                yield self._unknown(table, key, known, "key")

    def _unknown(self, table: str, key: str, known: tuple[str, ...], what: str) -> Problem:
        word = key or table
        otherwise = f"known here: {', '.join(known)}"
        remedy = did_you_mean(word, known, otherwise=otherwise)
        return self._problem(f'unknown {what} "{word}"', table, key, remedy)

    def _typed(
        self, table: str, key: str, values: Table[str, Any], kind: type, words: str
    ) -> Iterator[Problem]:
        if key in values and not isinstance(values[key], kind):
            yield self._problem(f'"{key}" has a value of the wrong kind', table, key,
                                f"write {words}")  # fmt: skip

    def _one_of(
        self, table: str, key: str, value: object, known: tuple[str, ...]
    ) -> Iterator[Problem]:
        if value is not None and value not in known:
            otherwise = f"choose from: {', '.join(known)}"
            remedy = did_you_mean(str(value), known, otherwise=otherwise)
            yield self._problem(f'"{key}" cannot be "{value}"', table, key, remedy)

    def _problem(self, what: str, table: str, key: str, remedy: str) -> Problem:
        parent, _, child = table.partition(".")
        places = ((table, key), ("", table), (table, ""), (parent, child))
        line = next(filter(None, map(self.lines.get, places)), None)
        where = f"{self.path.name}, line {line}" if line else self.path.name
        return Problem(what=what, where=where, remedy=remedy)


def _python_type(field: str) -> type:
    dtype = str(EVENT["period_from" if field == "date" else field])
    kinds: dict[str, type] = {
        "int64": int, "float64": float, "boolean": bool, "date": date, "array<string>": list,
    }  # fmt: skip
    return kinds.get(dtype, str)


def _identity(given: Table[str, Any]) -> dict[str, Any]:
    identity = {key: given[key] for key in IDENTITY if key in given}
    if "caveats" in identity:
        identity["caveats"] = tuple(map(str, identity["caveats"]))
    rule = identity.get("publication")
    if isinstance(rule, str):
        identity["publication"] = PublicationRule(allows=rule)  # type: ignore[arg-type]
    elif rule is not None:
        identity["publication"] = PublicationRule(**rule)
    return identity


def _dataset(content: Table[str, Any], identity: Table[str, Any]) -> Dataset:
    columns = dict(content["columns"])
    name = identity["name"]
    known: dict[str, Any] = {
        "title": name,
        "citation": f"{name}, a table of the user's own",
        "licence": "not stated",
        "publication": UNSTATED,
        **identity,
    }
    return Dataset(
        layout="own mapping",
        required=tuple(dict.fromkeys(columns.values())),
        fields=_fields(content),
        **known,
    )


def _fields(content: Table[str, Any]) -> Callable[[ir.Table], Fields]:
    columns, constants = dict(content["columns"]), dict(content.get("constants", {}))
    if content["dataset"].get("kind") == "attention":
        constants["event_type"] = "attention"
    forms = WRITTEN[content.get("dates", {}).get("written", "iso")]
    separator = content.get("actors", {}).get("separator", ";")
    types: dict[str, str] = content.get("event_types", {})

    def fields(raw: ir.Table) -> Fields:
        found: dict[str, ir.Value] = {"native_id": raw.row.cast("string")}
        for field, value in constants.items():
            found |= dict.fromkeys(_targets(field), ibis.literal(value))
        for field, column in columns.items():
            cell = raw[column]
            found |= dict.fromkeys(_targets(field), _value(field, cell, forms, separator))
        if "event_type" in columns:
            found["event_type"] = _event_type(raw[columns["event_type"]], types)
            found.setdefault("native_type", dates.text(raw[columns["event_type"]]))
        found.setdefault("period_to", found["period_from"])
        return found

    return fields


def _targets(field: str) -> tuple[str, ...]:
    return ("period_from", "period_to") if field == "date" else (field,)


def _value(
    field: str, cell: ir.StringValue, forms: tuple[dates.Form, ...], separator: str
) -> ir.Value:
    dtype = EVENT[_targets(field)[0]]
    if dtype.is_date():
        return dates.day(cell, *forms)
    return parties.listed(cell, separator) if dtype.is_array() else own.READ[dtype](cell)


def _event_type(cell: ir.StringValue, types: Table[str, str]) -> ir.StringValue:
    """The event type of a native one; the words of EVENT_TYPES stand for themselves."""
    words = {name.strip().casefold(): name for name in EVENT_TYPES} | {
        name.strip().casefold(): event_type for name, event_type in types.items()
    }
    return cell.strip().lower().cases(*words.items(), else_=ibis.null("string"))

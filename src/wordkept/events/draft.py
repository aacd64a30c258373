"""A first mapping for a table that no adapter knows, guessed from its header, and a preview."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wordkept.events import engine, unwrap
from wordkept.events.harmonise import judge
from wordkept.events.intake import opening
from wordkept.events.mapping import COLUMNS
from wordkept.events.recognise import folded
from wordkept.events.releases import LoadOptions, take_in
from wordkept.events.schema import EVENT, EVENT_TYPES

SAMPLES = 3
SAMPLE_CHARACTERS = 30
HINTS: dict[str, tuple[str, ...]] = {
    "date": ("date", "event date", "day", "incident date", "date of incident", "when"),
    "period_from": ("date start", "start date", "date from", "from"),
    "period_to": ("date end", "end date", "date to", "to"),
    "native_id": ("id", "event id", "incident id", "code", "reference code", "no", "nr", "number"),
    "place": ("place", "location", "town", "village", "settlement", "site", "where", "city"),
    "admin1": ("admin1", "adm 1", "governorate", "province", "region", "state", "oblast"),
    "admin2": ("admin2", "adm 2", "district", "county", "raion"),
    "country": ("country",),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "event_type": ("event type", "type", "category", "kind"),
    "target": ("target", "target type", "object"),
    "side_a": ("side a", "actor1", "actor 1", "belligerent", "party a"),
    "side_b": ("side b", "actor2", "actor 2", "party b"),
    "actors_certain": ("perpetrator", "responsible", "attacker", "actor", "who", "by", "party"),
    "actors_possible": ("suspected", "suspected party", "suspected parties", "alleged"),
    "deaths_best": ("deaths", "killed", "fatalities", "dead", "deaths best", "best"),
    "deaths_low": ("deaths low", "killed min", "min killed", "low"),
    "deaths_high": ("deaths high", "killed max", "max killed", "high"),
    "civilian_deaths_best": ("civilian deaths", "civilians killed", "civ killed"),
    "events_best": ("count", "n", "events", "strikes", "number of strikes"),
    "reference": ("source", "url", "link", "reference", "sources"),
}
HEAD = """\
# What this table is, and which of its columns is which. Check every line: these are guesses.
[dataset]
name = {name}
title = {name}
citation = {citation}
licence = "not stated"
kind = "events"                # or "counts" where a row stands for many; or "attention"
publication = "nothing"        # or "rows"; or {{ allows = "aggregates", at_least = 10 }}
caveats = []                   # what the record does not hold, in sentences

[dates]
written = "iso"                # or "dmy" (15/03/2016), or "mdy" (03/15/2016)

[columns]                      # a field of the event = "the column that holds it"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A few rows of a file as they would be loaded."""

    fields: tuple[str, ...]
    """The fields of EVENT that hold a value in any of the rows; `set_aside` where one has it."""
    rows: tuple[tuple[object, ...], ...]


def draft_mapping(source: Path, *, sheet: str | None = None) -> str:
    """A mapping for a file, in TOML, guessed from its header, with values from its first rows."""
    with tempfile.TemporaryDirectory(prefix="wordkept-", ignore_cleanup_errors=True) as space:
        begins = opening(unwrap.plain_table(source, Path(space), sheet=sheet).path)
    after = begins.first + 1 if begins.tagged is None else begins.tagged + 1
    return draft(begins.header, [row for row in begins.rows[after:] if row], name=source.stem)


def draft(header: Sequence[str], rows: Sequence[Sequence[str]], *, name: str = "my-records") -> str:
    """A mapping in TOML for a table with that header, with values from its first rows beside."""
    guessed = guesses(header)
    samples = {column: _samples(rows, at) for at, column in enumerate(header)}
    lines = [
        _line(field, guessed[field], samples[guessed[field]])
        if field in guessed
        else f"# {field} = "
        for field in COLUMNS
    ]
    free = [column for column in header if column and column not in guessed.values()]
    unused = [_comment(f"not used: {_quoted(column)}: {samples[column]}") for column in free]
    typed = (
        ["[event_types]", f"# one of: {', '.join(EVENT_TYPES)}"]
        + [f'# {value} = "air strike"' for value in _values(header, rows, guessed["event_type"])]
        if "event_type" in guessed
        else ["[constants]", 'event_type = "armed violence"', '# country = "Yemen"']
    )
    head = HEAD.format(name=_quoted(name), citation=_quoted(f"{name}, a table of the user's own"))
    tail = ["", "[actors]", 'separator = ";"', ""]
    return head + "\n".join([*lines, *unused, "", *typed, *tail])


def guesses(header: Sequence[str]) -> dict[str, str]:
    """For fields of the event, the column that seems to hold it; each column once.

    >>> guesses(["Date", "Town", "Killed", "Weather"])
    {'date': 'Date', 'place': 'Town', 'deaths_best': 'Killed'}
    """
    free = {_plain(column): column for column in reversed(header) if column.strip()}
    found = {}
    for field in COLUMNS:
        words = (_plain(field), *HINTS.get(field, ()))
        hit = next((word for word in words if word in free), None)
        if hit is not None and not (field in {"period_from", "period_to"} and "date" in found):
            found[field] = free.pop(hit)
    return found


def preview(source: Path, options: LoadOptions, *, rows: int = 5) -> Preview:
    """The first rows of a file as they would be loaded, or the reason why one would not."""
    connection = engine.connect()
    try:
        with tempfile.TemporaryDirectory(prefix="wordkept-", ignore_cleanup_errors=True) as space:
            taken = take_in(source, connection, workspace=Path(space), options=options)
            few = taken.table.filter(taken.table.row <= rows)
            judged = judge(few, taken.dataset).order_by("row").to_pyarrow()
    finally:
        connection.disconnect()
    names = [*EVENT.names, "set_aside"]
    cells = {name: judged[name].to_pylist() for name in names}
    held = [name for name in names if any(value not in (None, []) for value in cells[name])]
    columns = [cells[name] for name in held]
    return Preview(fields=tuple(held), rows=tuple(zip(*columns, strict=True)))


def _plain(name: str) -> str:
    return folded(name.replace("_", " ").replace("-", " "))


def _line(field: str, column: str, samples: str) -> str:
    return f"{field} = {_quoted(column)}  {_comment(samples)}"


def _comment(words: str) -> str:
    return "# " + "".join(character if character.isprintable() else " " for character in words)


def _quoted(text: str) -> str:
    """A TOML string; JSON's strings are TOML's but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _samples(rows: Sequence[Sequence[str]], at: int) -> str:
    values = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
    shown = [value[:SAMPLE_CHARACTERS] for value in dict.fromkeys(values)]
    return ", ".join(shown[:SAMPLES]) or "(empty in the first rows)"


def _values(header: Sequence[str], rows: Sequence[Sequence[str]], column: str) -> list[str]:
    at = list(header).index(column)
    values = dict.fromkeys(row[at].strip() for row in rows if at < len(row) and row[at].strip())
    return [_quoted(value) for value in values]

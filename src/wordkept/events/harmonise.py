"""Raw rows become events in the one schema, or are set aside with the reason in words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from wordkept.events.datasets.parties import NOBODY
from wordkept.events.dates import blank
from wordkept.events.schema import EVENT, Dataset
from wordkept.model import ATTRIBUTIONS

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2100, 12, 31)
MOST_LAT, MOST_LON = 90, 180
MOST_SHOWN = 80  # characters of a value at fault
DATED = ("period_from", "period_to", "stamped_on")
COUNTED = {"deaths": "deaths", "civilian_deaths": "civilian deaths", "events": "events"}
WHITE_SPACE = " \t\n\r\v\f"
FIRST_VISIBLE = "!"  # all white space sorts before it
UNREADABLE = {
    "date": "cannot be read as a date",
    "int64": "is not a whole number",
    "float64": "is not a number",
    "boolean": "is neither true nor false",
}

Sources = Mapping[str, tuple[str, ...]]
"""The raw columns that each field of EVENT is made of."""


@dataclass(frozen=True, slots=True)
class _Reason:
    words: str
    applies: ir.BooleanValue
    columns: tuple[str, ...]
    """The raw columns that hold the value at fault."""


def harmonise(raw: ir.Table, dataset: Dataset) -> ir.Table:
    """The events of a raw table, in exactly the schema EVENT; rows set aside are left out."""
    judged = judge(raw, dataset)
    return judged.filter(judged.set_aside.isnull()).select(*EVENT.names)


def judge(raw: ir.Table, dataset: Dataset) -> ir.Table:
    """Every raw row in the schema EVENT, with `set_aside` and `fault`.

    `set_aside` is the first reason that applies, or null where the row loads; `fault` is the value
    at fault, at most 80 characters of it. Reasons of every dataset come before its own. An actor
    stands at one bound only: the surest that the dataset gives it.
    """
    raw = _trimmed(raw)
    fields = _fields(raw, dataset)
    sources = {name: _columns(raw, [value]) for name, value in fields.items()}
    unreadable, own = list(_unreadable(raw, fields)), list(_own(raw, dataset))
    flags = {reason.words: reason.applies for reason in (*unreadable, *own)}
    cells = {f"cell {name}": raw[name] for name in raw.columns if name != "row"}
    read = raw.select(**fields, **flags, **cells).view()
    reasons = [
        *_carried(read, unreadable),
        *_of_fields(read, sources),
        *_carried(read, own),
    ]
    return read.select(
        **({name: read[name] for name in EVENT.names} | _apart(read) | _in_range(read)),
        set_aside=_first(reasons, [ibis.literal(reason.words) for reason in reasons]),
        fault=_first(reasons, [_shown(read, reason.columns) for reason in reasons]),
    )


def _trimmed(raw: ir.Table) -> ir.Table:
    """The raw table without outer white space, null where a cell holds nothing.

    A view, here and above, keeps Ibis from writing an expression out wherever it is used, and
    DuckDB from working it out as often.
    """
    cells = {name: _stripped(raw[name]) for name in raw.columns if name != "row"}
    return raw.select(row=raw.row, **cells).view()


def _stripped(cell: ir.StringValue) -> ir.StringValue:
    # Looking at both ends first takes a seventh of the time of trimming every cell.
    padded = ibis.or_(cell < FIRST_VISIBLE, *(cell.endswith(space) for space in WHITE_SPACE))
    return ibis.ifelse(padded, cell.strip(), cell).nullif("")


def _fields(raw: ir.Table, dataset: Dataset) -> Mapping[str, ir.Value]:
    given = dict(dataset.fields(raw))
    given |= {"row": raw.row, "dataset": ibis.literal(dataset.name)}
    counted = dict.fromkeys(("events_low", "events_best", "events_high"), ibis.literal(1))
    unnamed = {name: NOBODY for name, dtype in EVENT.items() if dtype.is_array()}
    left_out = {name: ibis.null(dtype) for name, dtype in EVENT.items()} | counted | unnamed
    return {name: (left_out | given)[name].cast(dtype) for name, dtype in EVENT.items()}


def _columns(raw: ir.Table, values: Iterable[ir.Value]) -> tuple[str, ...]:
    """The raw columns of text that the values are made of, in the order of the file."""
    read = {
        node.name for value in values for node in value.op().find(ops.Field) if node.rel == raw.op()
    }
    return tuple(name for name in raw.columns if name in read and name != "row")


def _unreadable(raw: ir.Table, fields: Mapping[str, ir.Value]) -> Iterator[_Reason]:
    """Cells that hold something, of which no cast in the fields made anything."""
    casts = [node for value in fields.values() for node in value.op().find(ops.TryCast)]
    readings: dict[tuple[str, str], list[ir.Value]] = {}
    for reading in (node.to_expr() for node in dict.fromkeys(casts)):
        for name in _columns(raw, [reading]):
            readings.setdefault((name, str(reading.type())), []).append(reading)
    for (name, dtype), tried in readings.items():
        nothing = ibis.and_(*(reading.isnull() for reading in tried))
        failed = ibis.ifelse(nothing, ~blank(raw[name]), False)
        yield _Reason(f"{name} {UNREADABLE[dtype]}", failed, (name,))


def _own(raw: ir.Table, dataset: Dataset) -> Iterator[_Reason]:
    refusals = dataset.refusals(raw) if dataset.refusals else {}
    for words, applies in refusals.items():
        yield _Reason(words, applies, _columns(raw, [applies]))


def _carried(read: ir.Table, reasons: Iterable[_Reason]) -> Iterator[_Reason]:
    for reason in reasons:
        yield _Reason(reason.words, read[reason.words], reason.columns)


def _of_fields(read: ir.Table, sources: Sources) -> Iterator[_Reason]:
    for words, applies, names in (*_misdated(read), *_misplaced(read), *_miscounted(read)):
        columns = dict.fromkeys(column for name in names for column in sources[name])
        yield _Reason(words, applies, tuple(columns))
    if native := sources["event_type"]:
        named = ~ibis.and_(*(blank(read[f"cell {name}"]) for name in native))
        unknown = ibis.ifelse(read.event_type.isnull(), named, False)
        yield _Reason("a type of event that wordkept does not know", unknown, native)


_Judged = tuple[str, ir.BooleanValue, tuple[str, ...]]
"""The reason, whether it applies, and the fields of EVENT that are at fault."""


def _apart(read: ir.Table) -> dict[str, ir.ArrayValue]:
    """The actors of each bound, by name, each once and at the surest bound that names it."""
    surer: list[ir.ArrayValue] = []
    bounds = {}
    for name in (f"actors_{bound}" for bound in ATTRIBUTIONS):
        left = read[name]
        for others in surer:
            left = _but_for(left, others)
        several = left.length() > 1
        bounds[name] = ibis.ifelse(several, left.unique().sort(), left)
        surer.append(read[name])
    return bounds


def _in_range(read: ir.Table) -> dict[str, ir.DateValue]:
    """The dates, null where set aside as out of range: the year 0 exists in DuckDB alone."""
    return {
        name: ibis.ifelse(read[name].between(EARLIEST, LATEST), read[name], ibis.null("date"))
        for name in DATED
    }


def _but_for(names: ir.ArrayValue, others: ir.ArrayValue) -> ir.ArrayValue:
    """The names that do not stand among the others; all where there are no others."""
    return names.filter(lambda name: ibis.coalesce(~others.contains(name), True))


def _misdated(read: ir.Table) -> Iterator[_Judged]:
    names = ("period_from", "period_to")
    start, end, stamped = (read[name] for name in DATED)
    yield "no native id", read.native_id.isnull(), ("native_id",)
    yield "no date", start.isnull() | end.isnull(), names
    yield f"date before {EARLIEST.year}", ibis.least(start, end) < EARLIEST, names
    yield f"date after {LATEST.year}", ibis.greatest(start, end) > LATEST, names
    yield f"entered before {EARLIEST.year}", stamped < EARLIEST, ("stamped_on",)
    yield f"entered after {LATEST.year}", stamped > LATEST, ("stamped_on",)
    yield "the period ends before it starts", end < start, names


def _misplaced(read: ir.Table) -> Iterator[_Judged]:
    lat, lon = read.lat, read.lon
    yield "latitude out of range (-90 to 90)", lat.abs() > MOST_LAT, ("lat",)
    yield "longitude out of range (-180 to 180)", lon.abs() > MOST_LON, ("lon",)
    yield "only one of latitude and longitude", lat.isnull() != lon.isnull(), ("lat", "lon")


def _miscounted(read: ir.Table) -> Iterator[_Judged]:
    for stem, what in COUNTED.items():
        names = (f"{stem}_low", f"{stem}_best", f"{stem}_high")
        low, best, high = (read[name] for name in names)
        negative = ibis.least(*(one.fill_null(0) for one in (low, best, high))) < 0
        yield f"a negative number of {what}", negative, names
        yield f"more {what} at the low end than at the high", low > high, (names[0], names[2])


def _first(reasons: Iterable[_Reason], outcomes: Iterable[ir.StringValue]) -> ir.StringValue:
    applying = (reason.applies for reason in reasons)
    return ibis.cases(*zip(applying, outcomes, strict=True), else_=ibis.null("string"))


def _shown(read: ir.Table, columns: tuple[str, ...]) -> ir.StringValue:
    cells = {name: read[f"cell {name}"].fill_null("(empty)") for name in columns}
    if len(cells) == 1:
        return cells[columns[0]].left(MOST_SHOWN)
    pairs = [ibis.literal(f"{name} ") + cell.left(MOST_SHOWN) for name, cell in cells.items()]
    return ibis.literal(", ").join(pairs).left(MOST_SHOWN) if pairs else ibis.null("string")

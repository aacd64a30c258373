"""What changed between two releases of a dataset: rows added, changed field by field, deleted.

A row is known by its native id, the n-th of an id by its place among them; where every id of both
releases is no more than the number of its row, rows have no ids, and are known by what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.events import engine
from wordkept.events.marks import laid_on_days
from wordkept.events.schema import EVENT
from wordkept.events.series import counted
from wordkept.model import Selection
from wordkept.period import Period

COMPARED = tuple(name for name in EVENT.names if name not in ("row", "native_id", "dataset"))
"""What a row may change in; where it stood in its file is no part of it."""
EXAMPLES = 5
WAS, NOW = "was", "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one row: what it said and what it says."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row that both releases have, with every field that differs."""

    native_id: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many rows a release added, changed and deleted."""

    added: int
    changed: int
    deleted: int

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.changed or self.deleted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two releases held against each other, counted and with examples."""

    rows_before: int
    rows_after: int
    changes: Changes
    by_id: bool
    """Whether rows were known by native id, and not by what they say."""
    fields: tuple[tuple[str, int], ...]
    """In how many of the changed rows each field differs, the most often changed first."""
    added: tuple[dict[str, Any], ...]
    """The first few rows, by id, as they are."""
    deleted: tuple[dict[str, Any], ...]
    changed: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two releases' rows, each beside the one it is known as; `was_*` and `now_*`."""

    rows: ir.Table
    by_id: bool

    @property
    def added(self) -> ir.Table:
        """The rows that only the later release has."""
        return _side(self.rows.filter(self.rows.was_row.isnull()), NOW)

    @property
    def deleted(self) -> ir.Table:
        """The rows that only the earlier release has."""
        return _side(self.rows.filter(self.rows.now_row.isnull()), WAS)

    @property
    def changed(self) -> ir.Table:
        """The rows that both have and that differ, both versions beside each other."""
        both = self.rows.filter(self.rows.was_row.notnull(), self.rows.now_row.notnull())
        return both.filter(reduce(or_, (differs(both, name) for name in COMPARED)))


def differs(pairs: ir.Table, name: str) -> ir.BooleanValue:
    """Whether the two versions of a row differ in a field; nothing and nothing are alike."""
    return ~pairs[f"{WAS}_{name}"].identical_to(pairs[f"{NOW}_{name}"])


def paired(before: ir.Table, after: ir.Table, connection: Any) -> Pair:
    """Each row of either release beside the row of the other that it is known as."""
    by_id = not (numbered(before) and numbered(after))
    was, now = _known(before, WAS, by_id=by_id), _known(after, NOW, by_id=by_id)
    rows = was.outer_join(now, [was.was_key == now.now_key, was.was_nth == now.now_nth])
    return Pair(rows=engine.held(connection, rows), by_id=by_id)


def numbered(events: ir.Table) -> bool:
    """Whether every id is no more than the number of its row."""
    numbers = events.native_id.identical_to(events.row.cast("string"))
    return bool(events.aggregate(all=numbers.all().fill_null(True)).to_pyarrow()["all"][0].as_py())


def _known(events: ir.Table, when: str, *, by_id: bool) -> ir.Table:
    """Rows by what they are known by, and which of those of one name each is."""
    said = ibis.struct({name: events[name] for name in COMPARED})
    key = events.native_id if by_id else said.hash().cast("string")
    keyed = events.select(*EVENT.names, key=key)
    among = ibis.window(group_by="key", order_by="row")
    numbered = keyed.mutate(nth=ibis.row_number().over(among))
    return numbered.rename({f"{when}_{name}": name for name in numbered.columns})


def _side(pairs: ir.Table, when: str) -> ir.Table:
    return pairs.select(**{name: pairs[f"{when}_{name}"] for name in EVENT.names})


def difference(pair: Pair, *, examples: int = EXAMPLES) -> Difference:
    """What differs between two releases, counted, with the first few of each as examples."""
    rows, changed = pair.rows, pair.changed
    told = rows.aggregate(
        before=rows.was_row.count(),
        after=rows.now_row.count(),
        added=rows.was_row.isnull().sum(),
        deleted=rows.now_row.isnull().sum(),
    )
    held = {name: int(value or 0) for name, value in told.to_pyarrow().to_pylist()[0].items()}
    each = {name: differs(changed, name).sum() for name in COMPARED}
    (fields,) = changed.aggregate(number=changed.count(), **each).to_pyarrow().to_pylist()
    number = int(fields.pop("number"))
    often = sorted(((name, int(n)) for name, n in fields.items() if n), key=lambda one: -one[1])
    return Difference(
        rows_before=held["before"],
        rows_after=held["after"],
        changes=Changes(added=held["added"], changed=number, deleted=held["deleted"]),
        by_id=pair.by_id,
        fields=tuple(often),
        added=_first(pair.added, examples),
        deleted=_first(pair.deleted, examples),
        changed=tuple(map(_row_change, _listed(changed, "now_native_id", "now_row", examples))),
    )


def _first(events: ir.Table, examples: int) -> tuple[dict[str, Any], ...]:
    return tuple(_listed(events, "native_id", "row", examples))


def _listed(rows: ir.Table, first: str, then: str, examples: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        rows.order_by(first, then).limit(examples).to_pyarrow().to_pylist()
    )
    return found


def _row_change(row: dict[str, Any]) -> RowChange:
    fields = tuple(
        FieldChange(field=name, was=_told(row[f"was_{name}"]), now=_told(row[f"now_{name}"]))
        for name in COMPARED
        if row[f"was_{name}"] != row[f"now_{name}"]
    )
    return RowChange(native_id=row["now_native_id"], fields=fields)


def _told(value: Any) -> str:
    """A value as text.

    >>> _told(None), _told(["a", "b"]), _told([]), _told(2.5)
    ('(nothing)', 'a; b', '(nobody)', '2.5')
    """
    if isinstance(value, list):
        return "; ".join(value) or "(nobody)"
    return "(nothing)" if value is None else str(value)


def counted_changes(pair: Pair, selections: Sequence[Selection], days: Period) -> Changes:
    """How many rows were added, changed and deleted among those that selections count on days.

    A changed row is among them if it was counted before or is counted now.
    """
    changed = pair.changed
    now = _side(changed, NOW)
    was = changed.select(row=changed.now_row, **{n: changed[f"{WAS}_{n}"] for n in COMPARED})
    touched = (rows.filter(_wanted(rows, selections, days)).select("row") for rows in (was, now))
    return Changes(
        added=_number(pair.added.filter(_wanted(pair.added, selections, days))),
        changed=_number(ibis.union(*touched, distinct=True)),
        deleted=_number(pair.deleted.filter(_wanted(pair.deleted, selections, days))),
    )


def _wanted(events: ir.Table, selections: Sequence[Selection], days: Period) -> ir.BooleanValue:
    asked = (counted(events, one, one.attributions[-1]) for one in selections)
    return reduce(or_, asked) & laid_on_days(events, days)


def _number(rows: ir.Table) -> int:
    return int(rows.count().to_pyarrow().as_py())

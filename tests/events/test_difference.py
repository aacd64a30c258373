"""Nothing differs from itself; what differs, applied to the first, gives the second."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import ibis.expr.types as ir
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.events import difference as differing
from wordkept.events.difference import COMPARED, Pair, counted_changes, difference
from wordkept.model import Selection
from wordkept.period import Period

Recorded = Callable[..., ir.Table]
Row = dict[str, Any]
MARCH = Period(date(2016, 3, 1), date(2016, 3, 31))
STRIKES = Selection(dataset="made-up", label="strikes", event_types=("air strike",))


def paired(before: ir.Table, after: ir.Table) -> Pair:
    return differing.paired(before, after, before.get_backend())


CHANGED = st.fixed_dictionaries(
    {
        "native_id": st.sampled_from("abcdef"),
        "deaths_best": st.one_of(st.none(), st.integers(0, 2)),
        "place": st.sampled_from([None, "Homs"]),
        "actors_certain": st.lists(st.sampled_from("XY"), max_size=2),
    }
)
RELEASE = st.lists(CHANGED, min_size=1, max_size=7)


def said(rows: Sequence[Row]) -> Counter[str]:
    """Rows by all they say, whatever row of a file they were."""
    return Counter(repr([row["native_id"], *(row[name] for name in COMPARED)]) for row in rows)


def listed(rows: ir.Table) -> list[Row]:
    found: list[Row] = rows.to_pyarrow().to_pylist()
    return found


def applied(before: Sequence[Row], pair: Pair) -> Counter[str]:
    changed = listed(pair.changed)
    was = [{name.removeprefix("was_"): row[name] for name in row} for row in changed]
    now = [{name.removeprefix("now_"): row[name] for name in row} for row in changed]
    left = said(before)
    left.subtract(said(listed(pair.deleted)))
    left.subtract(said(was))
    assert min(left.values()) >= 0
    return +left + said(listed(pair.added)) + said(now)


@settings(max_examples=6)
@given(first=RELEASE, second=RELEASE)
def test_the_laws_of_a_difference(recorded: Recorded, first: list[Row], second: list[Row]) -> None:
    before, after = recorded(first, named="before"), recorded(second, named="after")
    same = difference(paired(before, before))
    assert same.changes.none
    assert (same.fields, same.added, same.changed) == ((), (), ())
    pair = paired(before, after)
    assert applied(listed(before), pair) == said(listed(after))
    found = difference(pair)
    assert found.rows_before - found.changes.deleted + found.changes.added == found.rows_after
    back = difference(paired(after, before)).changes
    assert (back.added, back.changed, back.deleted) == (
        found.changes.deleted, found.changes.changed, found.changes.added,
    )  # fmt: skip


def test_each_change_is_told_field_by_field(recorded: Recorded) -> None:
    before = recorded([{"native_id": "a", "deaths_best": 1, "place": "Homs"},
                       {"native_id": "b"}, {"native_id": "gone"}], named="before")  # fmt: skip
    after = recorded([{"native_id": "new"}, {"native_id": "b"},
                      {"native_id": "a", "deaths_best": 3}], named="after")  # fmt: skip
    found = difference(paired(before, after))
    assert (found.changes.added, found.changes.changed, found.changes.deleted) == (1, 1, 1)
    assert [row["native_id"] for row in (*found.added, *found.deleted)] == ["new", "gone"]
    (one,) = found.changed
    assert [(each.field, each.was, each.now) for each in one.fields] == [
        ("place", "Homs", "(nothing)"), ("deaths_best", "1", "3"),
    ]  # fmt: skip
    assert found.fields == (("place", 1), ("deaths_best", 1))


def test_rows_without_ids_are_known_by_what_they_say(recorded: Recorded) -> None:
    """An own table without an id column: its ids are the numbers of its rows."""
    first = [{"native_id": f"{n}", "place": name} for n, name in enumerate("ABC", start=1)]
    second = [{"native_id": f"{n}", "place": name} for n, name in enumerate("AXBC", start=1)]
    found = difference(paired(recorded(first, named="before"), recorded(second, named="after")))
    assert not found.by_id
    assert (found.changes.added, found.changes.changed, found.changes.deleted) == (1, 0, 0)
    assert found.added[0]["place"] == "X"


def test_changes_are_counted_among_the_rows_that_a_plan_counts(recorded: Recorded) -> None:
    before = recorded([
        {"native_id": "left", "event_type": "air strike"},
        {"native_id": "never", "event_type": "riot"},
        {"native_id": "gone", "event_type": "air strike"},
        {"native_id": "early", "period_from": date(2015, 3, 1)},
    ], named="before")  # fmt: skip
    after = recorded([
        {"native_id": "left", "event_type": "shelling"},
        {"native_id": "never", "event_type": "riot", "place": "Homs"},
        {"native_id": "new", "event_type": "air strike"},
        {"native_id": "new riot", "event_type": "riot"},
    ], named="after")  # fmt: skip
    pair = paired(before, after)
    found = counted_changes(pair, [STRIKES], MARCH)
    assert (found.added, found.changed, found.deleted) == (1, 1, 1)
    assert difference(pair).changes.changed == 2

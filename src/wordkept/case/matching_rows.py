"""The rows of a dataset as they are compared with others, by native id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wordkept.model import EventKey, PairJudgement
from wordkept.prose import count

COLUMNS = (
    "native_id", "period_from", "period_to", "place", "admin1", "country", "lat", "lon",
    "radius_km", "event_type", "native_type", "side_a", "side_b", "actors_certain",
    "actors_probable", "actors_possible", "deaths_low", "deaths_best", "deaths_high",
    "civilian_deaths_low", "civilian_deaths_best", "civilian_deaths_high", "events_best",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The rows of one dataset that can be compared: each has a native id of its own."""

    table: Any
    """An Arrow table in the event schema, in the order of the file."""
    native_ids: Sequence[str]
    events: Mapping[str, int]
    """By native id: how many events the row stands for."""
    all_events: int
    """Those of every row of the dataset, compared or not."""
    set_aside: tuple[tuple[str, int], ...]
    """Rows that cannot be named, and why."""

    def row(self, native_id: str) -> Any:
        """The row of a native id, as a table of one; None where there is none."""
        import pyarrow.compute as pc

        place = pc.index(self.table["native_id"], native_id).as_py()
        return None if place < 0 else self.table.slice(place, 1)

    def places(self) -> Mapping[str, int]:
        """By native id: the place of its row."""
        return {native_id: place for place, native_id in enumerate(self.native_ids)}


def matchable(layout: str, table: Any) -> str:
    """Why rows of a layout are not compared; empty where they are.

    A daily count is no event, and neither is media attention.
    """
    from wordkept.events.datasets import DATASETS

    kinds = {one.layout: one.kind for one in DATASETS}
    if kinds.get(layout, "events") == "counts":
        return "its rows are counts by day, not events"
    if not int(table.filter(_event(table)).count().to_pyarrow().as_py()):
        return "it holds media attention, not events"
    return ""


def compared_rows(table: Any) -> Compared:
    """The events of a release that can be told from each other by native id."""
    held = table.filter(_event(table)).order_by("row").select(*COLUMNS).to_pyarrow()
    names = held["native_id"].to_pylist()
    times = Counter(names)
    kept = [name is not None and times[name] == 1 for name in names]
    nameless = times.pop(None, 0)
    twice = sum(number for number in times.values() if number > 1)
    reasons = (("no native id", nameless), ("a native id that several rows bear", twice))
    numbers = held["events_best"].to_pylist()
    rows = held.filter(kept)
    return Compared(
        table=rows,
        native_ids=rows["native_id"].to_pylist(),
        events=dict(zip(rows["native_id"].to_pylist(), rows["events_best"].to_pylist(),
                        strict=True)),
        all_events=sum(number or 0 for number in numbers),
        set_aside=tuple((why, number) for why, number in reasons if number),
    )  # fmt: skip


def labels_of(
    judged: Sequence[PairJudgement], between: tuple[str, str], left: Compared, right: Compared
) -> Any:
    """What was judged of rows of two datasets, as the fit learns from it; None where nothing was.

    A pair that was judged unsure teaches nothing, and one whose row is gone cannot.
    """
    import numpy as np

    from wordkept.matching import Labels

    here, there = left.places(), right.places()
    known = []
    for one in sorted(judged, key=lambda one: one.pair):
        datasets = (one.pair.one.dataset, one.pair.other.dataset)
        rows = here.get(one.pair.one.native_id), there.get(one.pair.other.native_id)
        if datasets == between and one.relation != "unsure" and None not in rows:
            known.append((*rows, one.relation == "duplicate"))
    if not known:
        return None
    lefts, rights, duplicate = zip(*known, strict=True)
    return Labels(
        left=np.array(lefts, np.int32),
        right=np.array(rights, np.int32),
        duplicate=np.array(duplicate, np.bool_),
    )


def row_facts(compared: Compared, key: EventKey) -> tuple[str, ...]:
    """What a row says: when, where, who, what, how many dead; nothing where it is not there."""
    found = compared.row(key.native_id)
    if found is None:
        return ()
    (row,) = found.to_pylist()
    return tuple(
        said for said in (_days(row["period_from"], row["period_to"]), _where(row), _who(row),
                          row["native_type"] or row["event_type"], _deaths(row)) if said
    )  # fmt: skip


def _event(table: Any) -> Any:
    return table.event_type.fill_null("") != "attention"


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "no date"
    return f"{first}" if first == last else f"{first} to {last}"


def _where(row: Mapping[str, Any]) -> str:
    names = dict.fromkeys(filter(None, (row["place"], row["admin1"], row["country"])))
    return ", ".join(names) or "no place"


def _who(row: Mapping[str, Any]) -> str:
    sides = [row["side_a"], row["side_b"]]
    laid = [*row["actors_certain"], *row["actors_probable"], *row["actors_possible"]]
    return " / ".join(dict.fromkeys(filter(None, (*sides, *laid)))) or "nobody named"


def _deaths(row: Mapping[str, Any]) -> str:
    low, best, high = row["deaths_low"], row["deaths_best"], row["deaths_high"]
    if best is None and low is None:
        return "deaths not given"
    middle = low if best is None else best
    span = f" ({low} to {high})" if low is not None and high is not None and low != high else ""
    return f"{count(middle, 'death')}{span}"

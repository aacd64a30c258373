"""Whether a release can well follow those before it, and what is odd where it does."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.errors import CaseError, Problem
from wordkept.events import engine, keeping
from wordkept.events.difference import numbered
from wordkept.model import Release
from wordkept.prose import count, day, listed, percent

HALF = 0.5
"""A release with less than this share of the rows of the last is refused until it is confirmed."""
EXAMPLES = 3


def problems(loaded: int, stated: date | None, earlier: Sequence[Release]) -> Iterator[Problem]:
    """Why a release may not be what it is taken for; `earlier` are the dataset's, in order."""
    claims = [one for one in earlier if stated is not None and one.stated == stated]
    if stated is not None and claims:
        other = claims[-1]
        yield Problem(
            what=f"two files with other bytes claim to be the release of {day(stated)}: this one "
            f"with {count(loaded, 'row')}, and {other.file_name} with "
            f"{count(other.receipt.loaded, 'row')}, loaded {other.loaded_at}",
            where=f"--stated {stated} ({other.dataset}, release {other.id[:12]})",
            remedy="give --stated the day on which this one came out; or, if it replaces the other "
            "under the same date, load it with --confirm",
        )
    last = earlier[-1]
    if loaded < HALF * last.receipt.loaded:
        yield Problem(
            what=f"this release has {count(loaded, 'row')}, {percent(loaded / last.receipt.loaded)}"
            f" of the {last.receipt.loaded:,} of the one before it ({last.file_name})",
            where=f"{last.dataset}, after release {last.id[:12]} of {day(last.known_on)}",
            remedy="check that the download is whole and is of the same export; if the publisher "
            "did withdraw the rows, load it with --confirm",
        )


def remarks(before: ir.Table, after: ir.Table, gone: ir.Table | None) -> Iterator[str]:
    """What is odd about the ids of a release, in sentences with examples; where it has any."""
    if numbered(before) or numbered(after):
        return
    reused = _reused(before, after).order_by("native_id").to_pyarrow().to_pylist()
    if reused:
        shown = listed(tuple(map(_said, reused[:EXAMPLES])))
        yield (
            f"{count(len(reused), 'id stands', 'ids stand')} for another event than in the release "
            f"before: another day, place and parties. {shown}."
        )
    back = _back(gone, before, after) if gone is not None else []
    if back:
        ids = count(len(back), "id")
        yield (
            f"{ids} that an earlier release held and the last one did not: back again "
            f"({', '.join(back[:EXAMPLES])}{', ...' if len(back) > EXAMPLES else ''})."
        )


def gone(earlier: Sequence[Release], folder: Path, connection: Any) -> ir.Table | None:
    """Every id that a release before the last one ever held; None where there is no such release.

    Files that cannot be read are left out.
    """
    paths = []
    for release in earlier[:-1]:
        try:
            paths.append(keeping.stored_path(folder, release.id, release.parquet))
        except CaseError:
            continue
    if not paths:
        return None
    held = engine.read_parquets(connection, paths)
    return held.filter(held.native_id.notnull()).select("native_id").distinct()


def _reused(before: ir.Table, after: ir.Table) -> ir.Table:
    """Ids, each of one row before and after, of which nothing but the id is the same."""
    was, now = _single(before), _single(after)
    pairs = was.join(now, "native_id", lname="was_{name}", rname="now_{name}")
    days = (pairs.now_period_from > pairs.was_period_to) | (
        pairs.now_period_to < pairs.was_period_from
    )
    there = pairs.was_lat.identical_to(pairs.now_lat) & pairs.was_lat.notnull()
    place = ~pairs.was_place.identical_to(pairs.now_place) & ~there
    known = ibis.coalesce(pairs.was_side_a, pairs.was_side_b).notnull()
    sides = ("was_side_a", "was_side_b")
    met = [
        pairs[name].isin([pairs.now_side_a, pairs.now_side_b]).fill_null(False) for name in sides
    ]
    return pairs.filter(days, place, known, ~(met[0] | met[1]))


def _single(events: ir.Table) -> ir.Table:
    names = ("period_from", "period_to", "place", "lat", "side_a", "side_b")
    rows = events.filter(events.native_id.notnull()).group_by("native_id")
    whole = rows.aggregate(number=ibis._.count(), **{name: ibis._[name].min() for name in names})
    return whole.filter(whole.number == 1).drop("number")


def _said(row: dict[str, Any]) -> str:
    was, now = (
        f"{day(row[f'{when}_period_from'])}, {row[f'{when}_place'] or 'no place'}, "
        f"{row[f'{when}_side_a'] or row[f'{when}_side_b'] or 'nobody named'}"
        for when in ("was", "now")
    )
    return f"{row['native_id']} was {was}; now it is {now}"


def _back(gone: ir.Table, before: ir.Table, after: ir.Table) -> list[str]:
    """Ids that were there once, were not in the last release, and are in this one."""
    now = after.select("native_id").distinct()
    found = now.join(gone, "native_id").anti_join(before, "native_id").order_by("native_id")
    return [row["native_id"] for row in found.to_pyarrow().to_pylist()]

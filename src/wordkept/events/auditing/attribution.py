"""Parties that a row names beside others: what a count by one column hides."""

import ibis
import ibis.expr.types as ir

from wordkept.events.auditing.audited import Audited
from wordkept.model import Bars, Gravity, Irregularity
from wordkept.prose import count, listed, percent

LEAST_ROWS = 20
SHARED = 0.2
MUCH_SHARED = 0.5
MOST_PARTIES = 4
NOBODY = ("unknown", "civilians")
BETWEEN = r"\s*(?:;|/|\+|&| and | und | et | и | و )\s*"
"""What stands between the names of several parties in one cell."""
COMPOSITE = r";|/|\+|&| and "


def shared_attribution(record: Audited) -> tuple[Irregularity, ...]:
    """Parties that a fifth of their rows name only as possible, beside another."""
    events = record.events
    certain = events.actors_certain.concat(events.actors_probable)
    kept = events.select("row", "native_id", sure=certain, possible=events.actors_possible)
    open_ = kept.filter(kept.possible.length() > 1)
    one_of = open_.select("row", "native_id", "sure", "possible", party=open_.possible.unnest())
    apart = one_of.filter(~one_of.sure.contains(one_of.party).fill_null(False))
    surely = kept.select(party=kept.sure.unnest())
    tally = apart.group_by("party").aggregate(shared=apart.count())
    known = surely.group_by("party").aggregate(sure=surely.count())
    both = tally.left_join(known, "party").select("party", "shared", sure=known.sure.fill_null(0))
    wanted = both.filter(
        both.shared >= LEAST_ROWS,
        both.shared >= SHARED * (both.shared + both.sure),
        ~both.party.lower().isin(NOBODY),
    )
    rows = wanted.order_by(ibis.desc("shared"), "party").limit(MOST_PARTIES + 1)
    found = rows.to_pyarrow().to_pylist()
    if not found:
        return ()
    parties = [(row["party"], int(row["sure"]), int(row["shared"])) for row in found]
    return (_shared(record, parties, apart.filter(apart.party == parties[0][0])),)


def _shared(record: Audited, parties: list[tuple[str, int, int]], rows: ir.Table) -> Irregularity:
    (party, sure, shared), *others = parties
    share = shared / (sure + shared)
    fellow = _fellow(rows, party)
    beside = f', most often beside "{fellow[0]}" ({fellow[1]:,})' if fellow else ""
    told = listed(tuple(f'"{name}" ({among:,} of {among + alone:,})'
                        for name, alone, among in others[: MOST_PARTIES - 1]))  # fmt: skip
    so_are = f", and so are {told}" if others else ""
    sentence = (
        f'"{party}" is named in {count(sure + shared, "row")}, in {shared:,} of them '
        f"({percent(share)}) only as possible{beside}{so_are}: a column of one name counts all of "
        f"them or none, and a fall of the other's acts would pass for a fall of its own."
    )
    gravity: Gravity = "serious" if share >= MUCH_SHARED else "worth knowing"
    return Irregularity(
        check="attribution", dataset=record.dataset, field="actors_possible", gravity=gravity,
        sentence=sentence, rows=shared, examples=record.examples(rows),
        values=tuple(name for name, _, _ in parties),
        bars=Bars(of="rows: surely, possibly", values=(float(sure), float(shared)),
                  first="surely", last="possibly", marked=(1,)),
    )  # fmt: skip


def _fellow(rows: ir.Table, party: str) -> tuple[str, int] | None:
    names = rows.select(name=rows.possible.unnest())
    tally = names.filter(names.name != party).group_by("name").aggregate(rows=ibis._.count())
    top = tally.order_by(ibis.desc("rows"), "name").limit(1).to_pyarrow().to_pylist()
    return (top[0]["name"], int(top[0]["rows"])) if top else None


def composite_sides(record: Audited) -> tuple[Irregularity, ...]:
    """Sides that hold several parties in one cell, of which one also stands alone elsewhere."""
    events = record.events
    names: dict[str, dict[str, int]] = {}
    for side in ("side_a", "side_b"):
        held = events.filter(events[side].notnull())
        tally = held.group_by(name=held[side]).aggregate(rows=held.count())
        names[side] = {row["name"]: int(row["rows"]) for row in tally.to_pyarrow().to_pylist()}
    return tuple(
        found for side, tally in names.items() if (found := _composite(record, side, tally))
    )


def _composite(record: Audited, side: str, tally: dict[str, int]) -> Irregularity | None:
    import re

    hidden: dict[str, int] = {}
    cells: list[str] = []
    for name, rows in tally.items():
        if not re.search(COMPOSITE, name):
            continue
        parts = [one for one in re.split(BETWEEN, name) if one]
        known = [one for one in parts if one in tally and one != name]
        if len(parts) > 1 and known:
            cells.append(name)
            for one in known:
                hidden[one] = hidden.get(one, 0) + rows
    worst = max(hidden, key=lambda one: (hidden[one], one), default=None)
    if worst is None or hidden[worst] < LEAST_ROWS:
        return None
    alone = tally[worst]
    share = hidden[worst] / (hidden[worst] + alone)
    if share < SHARED:
        return None
    column = record.events[side]
    rows = record.events.filter(column.isin(sorted(cells)))
    words = side.replace("_", " ")
    sentence = (
        f'In {words} "{worst}" stands alone in {count(alone, "row")} and beside others in one cell '
        f"in {hidden[worst]:,} more ({percent(share)} of the two): a count of the cells that say "
        f'just "{worst}" misses them, and one of all of them lays others\' acts to it.'
    )
    return Irregularity(
        check="attribution", dataset=record.dataset, field=side,
        gravity="serious" if share >= MUCH_SHARED else "worth knowing",
        sentence=sentence, rows=hidden[worst], examples=record.examples(rows), values=(worst,),
        bars=Bars(of="rows: alone, beside others", values=(float(alone), float(hidden[worst])),
                  first="alone", last="beside others", marked=(1,)),
    )  # fmt: skip


def spellings(record: Audited) -> tuple[Irregularity, ...]:
    """Names that differ in nothing but case, spaces and marks: one thing in several spellings."""
    fields = ("side_a", "side_b", "admin1", "admin2", "target", "native_type", "country")
    return tuple(found for field in fields if (found := _spelled(record, field)) is not None)


def _spelled(record: Audited, field: str) -> Irregularity | None:
    events = record.events
    held = events.filter(events[field].notnull())
    plain = held[field].lower().re_replace(r"[^\p{L}\p{N}]+", "")
    keyed = held.select("row", "native_id", value=held[field], plain=plain)
    keyed = keyed.filter(keyed.plain.length() > 2)  # noqa: PLR2004 - codes are no words
    tally = keyed.group_by("plain", "value").aggregate(rows=keyed.count())
    groups = tally.group_by("plain").aggregate(ways=tally.count())
    several = tally.semi_join(groups.filter(groups.ways > 1), "plain")
    found: dict[str, list[tuple[int, str]]] = {}
    for one in several.order_by(ibis.desc("rows"), "value").to_pyarrow().to_pylist():
        found.setdefault(one["plain"], []).append((int(one["rows"]), one["value"]))
    if not found:
        return None
    lesser = sum(rows for ways in found.values() for rows, _ in ways[1:])
    first = max(found, key=lambda plain: (sum(rows for rows, _ in found[plain]), plain))
    names = [name for _, name in found[first]]
    such = ", ".join(f'"{one}"' for one in sorted(names)[:3])
    words = field.replace("_", " ")
    rows = keyed.filter(keyed.plain == first)
    sentence = (
        f"{count(len(found), 'name')} of {words} {'stands' if len(found) == 1 else 'stand'} in "
        f"several spellings, such as {such} ({count(lesser, 'row')} under the rarer ones): a count "
        "by one of them misses the rest."
    )
    return Irregularity(
        check="spellings", dataset=record.dataset, field=field, gravity="worth knowing",
        sentence=sentence, rows=lesser, examples=record.examples(rows),
        values=tuple(names),
    )  # fmt: skip

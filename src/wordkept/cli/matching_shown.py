"""Pairs of rows as a terminal shows them: a table of how many, the count's two ends, examples."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from wordkept.cli.review_shown import shown, wrapped
from wordkept.prose import count, percent

EXAMPLES = 3
"""Of the likely and of the unsure pairs that are printed."""
COLUMNS = ("left", "left_id", "right", "right_id", "probability", "score", "sureness",
           "judgement", "reason")  # fmt: skip
NAMES_WIDE = 34


def run_lines(run: Any, releases: Any) -> Iterator[str]:
    """All that a run says: how many pairs, what was judged, what is counted, the best examples."""
    yield from _table(run)
    for one in _apart(run):
        yield from wrapped(one)
    yield ""
    yield "Events, with all pairs merged to none merged"
    several = (("together", run.together),) if len(run.events) > 1 else ()
    for name, found in (*run.events.items(), *several):
        yield f"  {name:{NAMES_WIDE}} {_range(found)}"
    for sureness in ("likely", "unsure"):
        yield from _examples(run, releases, sureness)


def _table(run: Any) -> Iterator[str]:
    heads = ("compared", "likely", "unsure", "judged")
    yield f"{'Datasets':{NAMES_WIDE + 2}} " + " ".join(f"{head:>10}" for head in heads)
    for matched, _ in run.found:
        name = f"{matched.left}, inside" if matched.inside else f"{matched.left}, {matched.right}"
        numbers = (matched.compared, matched.likely, matched.unsure, _judged(run, matched))
        cells = " ".join(f"{number:>10,}" for number in numbers)
        if len(name) > NAMES_WIDE + 2:
            yield name
            name = ""
        yield f"{name:{NAMES_WIDE + 2}} {cells}"


def _judged(run: Any, matched: Any) -> int:
    between = (matched.left, matched.right)
    return sum((one.pair.one.dataset, one.pair.other.dataset) == between for one in run.judged)


def _apart(run: Any) -> Iterator[str]:
    """What was not compared, and why."""
    told = dict.fromkeys(
        f"not compared: {count(rows, 'row')} of {reason}"
        for matched, _ in run.found
        for reason, rows in matched.set_aside
    )
    yield from told
    yield from (f"not compared: {name}, for {why}" for name, why in run.left_out)


def _range(found: Any) -> str:
    if found.merged == found.counted:
        return f"{found.counted:,}"
    return f"{found.merged:,} to {found.counted:,}"


def _examples(run: Any, releases: Any, sureness: str) -> Iterator[str]:
    judged = {one.pair for one in run.judged}
    pairs = run.open_pairs if sureness == "unsure" else [
        one for one in run.pairs if one.sureness == "likely" and one.pair not in judged
    ]  # fmt: skip
    if not pairs:
        return
    yield ""
    which = "likeliest" if sureness == "likely" else "most doubtful"
    yield f"The {which} of {count(len(pairs), f'{sureness} pair')} that nobody has judged"
    for one in pairs[:EXAMPLES]:
        yield from pair_lines(run, one.pair, releases, head=f"{percent(one.probability)}: ")


def pair_lines(run: Any, pair: Any, releases: Any, *, head: str = "") -> Iterator[str]:
    """A pair: why it may be one event, and its two rows where their publishers let rows be shown.

    `releases`: by dataset, or None to show the rows whatever the rule is: to whoever judges them,
    at a terminal, which publishes nothing.
    """
    from wordkept.case.matching_rows import row_facts
    from wordkept.case.matching_why import why

    yield from wrapped(f"{head}{shown(why(run, pair))}")
    for key in (pair.one, pair.other):
        facts = row_facts(run.rows[key.dataset], key)
        if releases is not None and releases[key.dataset].publication.allows != "rows":
            facts = ("withheld: its publisher lets no row be shown",)
        said = "; ".join(facts)
        yield from wrapped(f"{key.dataset} {shown(key.native_id)}: {shown(said)}", indent="    ")


def csv_text(run: Any) -> str:
    """Every pair as a table, to be filled in and given back with --judgements."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    said = {one.pair: one for one in run.judged}
    for one in run.pairs:
        judged = said.pop(one.pair, None)
        writer.writerow((*_named(one.pair), one.probability, one.score, one.sureness,
                         *_judgement(judged)))  # fmt: skip
    for judged in sorted(said.values(), key=lambda one: one.pair):
        writer.writerow((*_named(judged.pair), "", "", "", *_judgement(judged)))
    return stream.getvalue()


def _named(pair: Any) -> tuple[str, ...]:
    return (pair.one.dataset, pair.one.native_id, pair.other.dataset, pair.other.native_id)


def _judgement(judged: Any) -> tuple[str, str]:
    return (judged.relation, judged.reason) if judged else ("", "")


def run_plain(run: Any) -> dict[str, Any]:
    """A run as plain JSON values."""
    from wordkept.ledger.canonical import as_json

    return {
        "found": [as_json(matched) for matched, _ in run.found],
        "pairs": as_json(run.pairs),
        "judged": as_json(run.judged),
        "events": as_json(run.events),
        "together": as_json(run.together),
        "left_out": as_json(dict(run.left_out)),
        "new": run.new,
    }


def said_of(judgements: Sequence[Any]) -> str:
    """How many judgements there are, and what they say.

    >>> said_of(())
    '0 judgements'
    """
    words = [one.relation for one in judgements]
    parts = [f"{words.count(word)} {word}" for word in dict.fromkeys(words)]
    told = f": {', '.join(parts)}" if parts else ""
    return f"{count(len(words), 'judgement')}{told}"

"""Whether a number was reached by a day: what is on record by then, against what was declared."""

from wordkept.model import Count, DailySeries, Finding, Plan, Pledge, Tally, Verdict, Word
from wordkept.period import Period
from wordkept.prose import day, percent
from wordkept.protocol.counting import spread, whole
from wordkept.protocol.estimates import counts_in
from wordkept.protocol.reckoning import PARTLY_SHARE, Reckoning, audited, said, shut
from wordkept.protocol.windows import covered_by

LATER_ROWS = ("collection", "completeness")
"""Gates that rows still to come would open: they cannot undo what is on record as delivered."""


def term_of(pledge: Pledge) -> Period:
    """The days from the start to the day by which it was to be done; needs both."""
    if pledge.starts is None or pledge.ends is None:
        raise ValueError(f"{pledge.id} names no day by which it was to be done")
    return Period(pledge.starts, pledge.ends)


def reckon_delivery(
    pledge: Pledge, plan: Plan, series: tuple[DailySeries, ...], findings: tuple[Finding, ...]
) -> Reckoning:
    """What is on record as delivered by the day, and whether that is what was declared.

    Kept where the least is enough; not kept where the most is under half of enough; partly kept
    where the least is that half and the most is not enough; otherwise cannot tell.
    """
    term = term_of(pledge)
    gates, enough_gates = audited(findings), audited(findings, but=LATER_ROWS)
    if plan.tally is not None:
        low, high = plan.tally.within, plan.tally.within + plan.tally.unplaced
        gates = (*gates, *_early(plan.tally, term))
    elif not series:
        none = ("The record holds no event that the plan would count.",)
        return Reckoning(count=None, verdict=shut((*gates, *none)))
    else:
        low, high = _by(series[0], term), _by(series[-1], term)
    counted = _count(plan, low, high, term)
    word = word_of(low, high, counted.needed)
    closed = enough_gates if word == "kept" else gates
    if closed:
        return Reckoning(count=counted, verdict=shut(closed, _seen(plan, counted, term)))
    return Reckoning(count=counted, verdict=_verdict(plan, counted, word, term))


def word_of(low: int, high: int, needed: float) -> Word:
    """What a number between two bounds comes to, against the number that counts as kept.

    >>> [word_of(low, high, 100) for low, high in ((100, 120), (60, 80), (10, 40), (90, 110))]
    ['kept', 'partly kept', 'not kept', 'cannot tell']
    """
    if low >= whole(needed):
        return "kept"
    if high >= whole(needed):
        return "cannot tell"
    if low >= whole(PARTLY_SHARE * needed):
        return "partly kept"
    return "not kept" if high < whole(PARTLY_SHARE * needed) else "cannot tell"


def _early(tally: Tally, term: Period) -> tuple[str, ...]:
    if tally.published >= term.end:
        return ()
    published = f"The count was published on {day(tally.published)}"
    return (f"{published}, before the day by which it was to be done ({day(term.end)}).",)


def _by(series: DailySeries, term: Period) -> int:
    seen = covered_by(series).meet(term)
    return int(counts_in(series, seen).sum()) if seen else 0


def _count(plan: Plan, low: int, high: int, term: Period) -> Count:
    amount = plan.amount or 0
    needed = plan.threshold * amount
    unit = plan.tally.unit if plan.tally else plan.primary.label or "recorded events"
    return Count(
        question="delivers",
        dataset=None if plan.tally else plan.primary.dataset,
        unit=unit,
        low=low,
        high=high,
        of=amount,
        needed=needed,
        by_misclassification=None,
        p=None,
        tipping=_tipping(low, high, whole(needed)),
        sentence=f"By {day(term.end)} {_holds(plan)} {spread(low, high)} {unit}, where "
        f"{amount:,} were declared.",
    )


def _holds(plan: Plan) -> str:
    return f"the count of {plan.tally.counted_by} holds" if plan.tally else "the record holds"


def _seen(plan: Plan, counted: Count, term: Period) -> str:
    number = spread(counted.low, counted.high)
    return f"{_holds(plan)} {number} {counted.unit} by {day(term.end)}"


def _verdict(plan: Plan, counted: Count, word: Word, term: Period) -> Verdict:
    enough = whole(counted.needed)
    asked = f"{counted.of:,} were declared"
    if enough != counted.of:
        asked += f" and {enough:,} ({percent(plan.threshold)}) count as kept"
    half = whole(PARTLY_SHARE * counted.needed)
    reached = f"At every bound at least {enough:,} are on record."
    short = f"At no bound are {enough:,} on record."
    some = f"At every bound at least {half:,} are on record, half of what counts as kept."
    few = f"At no bound are {half:,} on record, half of what counts as kept."
    apart = f"The bounds lie on both sides of {enough if counted.high >= enough else half:,}."
    higher, lower = {
        "kept": ((), (reached,)),
        "partly kept": ((short,), (some,)),
        "not kept": ((few,), ()),
        "cannot tell": ((apart,), (apart,)),
    }[word]
    return said(word, f"{_seen(plan, counted, term)}, where {asked}", higher, lower)


def _tipping(low: int, high: int, enough: int) -> str:
    if low >= enough:
        return f"It would no longer be kept if {low - enough + 1:,} of them were not delivered."
    if high >= enough:
        doubtful = high - low
        return f"It would be kept if {enough - low:,} of the {doubtful:,} doubtful ones count."
    return f"It would be kept if {enough - high:,} more were delivered than are on record."

"""Whether only what a pledge allows was chosen: the share outside, at its lowest and highest.

What is outside at the surest attribution is held against two things at once: the share that still
counts as kept, and what sorting or attribution errors alone would give on top of it. What could
not be sorted may lie on either side (Manski 1990).
"""

from dataclasses import dataclass

from wordkept.model import Count, Parts, Plan, Tally, Verdict, Word
from wordkept.prose import chances, count, percent, percents
from wordkept.protocol.counting import at_least, first, floored, spread
from wordkept.protocol.reckoning import Reckoning, said, shut

NOT_ALL = "A published count stands for what was counted, not for all that happened."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """How many lie outside at the least and at the most, each out of how many."""

    low: int
    of_low: int
    high: int
    of_high: int
    unplaced: int
    surest: int
    """Events at the surest attribution, sorted or not."""
    plan: Plan

    @property
    def share_low(self) -> float:
        """The smallest share outside."""
        return self.low / self.of_low

    @property
    def share_high(self) -> float:
        """The largest share outside."""
        return self.high / self.of_high

    def p(self, outside: int) -> float:
        """How often errors alone would give so many, were as many outside as count as kept."""
        allowed = floored(self.plan.threshold * self.of_low)
        rate = self.plan.misclassified
        return at_least(outside - allowed, self.of_low - allowed, rate)

    def broken(self, outside: int) -> bool:
        """Whether so many are over the threshold, and more than errors would put there."""
        over = outside > floored(self.plan.threshold * self.of_low)
        return over and self.p(outside) <= self.plan.alpha

    @property
    def enough(self) -> bool:
        """Whether as many are on record as the plan asks for before it calls a pledge kept."""
        return self.surest >= self.plan.minimum_expected

    def under(self, outside: int) -> bool:
        """Whether so many, of all that may belong, still count as kept."""
        return outside <= floored(self.plan.threshold * self.of_high)

    @property
    def word(self) -> Word:
        """What the count comes to."""
        if self.broken(self.low):
            return "not kept"
        return "kept" if self.under(self.high) and self.enough else "cannot tell"


def tallied(tally: Tally) -> tuple[Parts, ...]:
    """A published count as the parts of one attribution."""
    return (
        Parts(
            attribution="certain",
            within=tally.within,
            outside=tally.outside,
            unplaced=tally.unplaced,
        ),
    )


def reckon_only(plan: Plan, parts: tuple[Parts, ...], gates: tuple[str, ...]) -> Reckoning:
    """What lies outside, and whether only what was allowed was chosen.

    Not kept where even the least that lies outside is over the threshold's share and more than
    errors would give; kept where even the most is at or under it; otherwise cannot tell.
    """
    if not parts or not parts[-1].total:
        none = ("The record holds no event that the plan would count.",)
        return Reckoning(count=None, verdict=shut((*gates, *none)))
    sides = _sides(plan, parts)
    counted = _count(plan, sides, parts[-1].total)
    if gates:
        return Reckoning(count=counted, verdict=shut(gates, _seen(counted, plan)))
    return Reckoning(count=counted, verdict=_verdict(plan, sides, counted))


def _sides(plan: Plan, parts: tuple[Parts, ...]) -> Sides:
    surest, widest = parts[0], parts[-1]
    high = widest.outside + widest.unplaced
    return Sides(
        low=surest.outside,
        of_low=surest.outside + widest.within + widest.unplaced or 1,
        high=high,
        of_high=high + surest.within or 1,
        unplaced=widest.unplaced,
        surest=surest.total,
        plan=plan,
    )


def _count(plan: Plan, sides: Sides, total: int) -> Count:
    by_errors = plan.misclassified * total
    unit = plan.tally.unit if plan.tally else plan.primary.label or "recorded events"
    unsorted = f"; {sides.unplaced:,} could not be sorted" if sides.unplaced else ""
    return Count(
        question="only",
        dataset=None if plan.tally else plan.primary.dataset,
        unit=unit,
        low=sides.low,
        high=sides.high,
        of=total,
        share_low=sides.share_low,
        share_high=sides.share_high,
        needed=plan.threshold * total,
        by_misclassification=by_errors,
        p=sides.p(sides.low),
        tipping=_tipping(sides),
        sentence=f"Of {total:,} {unit}, {spread(sides.low, sides.high)} "
        f"({percents(sides.share_low, sides.share_high)}) may lie outside what was declared"
        f"{unsorted}. Errors in {percent(plan.misclassified)} of them would put about "
        f"{by_errors:.0f} there by themselves.{f' {NOT_ALL}' if plan.tally else ''}",
    )


def _seen(counted: Count, plan: Plan) -> str:
    return (
        f"of {counted.of:,} {counted.unit}, {_by(plan)} leaves {spread(counted.low, counted.high)} "
        f"({percents(counted.share_low or 0.0, counted.share_high or 0.0)}) that may lie outside "
        "what was declared"
    )


def _by(plan: Plan) -> str:
    return f"{plan.tally.counted_by}'s count" if plan.tally else "the record"


def _verdict(plan: Plan, sides: Sides, counted: Count) -> Verdict:
    word = sides.word
    total = counted.of or 0
    bar = f"{floored(plan.threshold * total):,} ({percent(plan.threshold)})"
    doubt = _doubt(plan, sides)
    if word == "cannot tell":
        why, clause = _open(plan, sides, bar, doubt)
        return said(word, f"{_seen(counted, plan)}, {clause}", why, why)
    end = "at least" if word == "not kept" else "at most"
    number, share = (
        (sides.low, sides.share_low) if word == "not kept" else (sides.high, sides.share_high)
    )
    unsorted = f"; {sides.unplaced:,} could not be sorted" if sides.unplaced else ""
    put = f"{end} {number:,} ({percent(share)})" if number else "none"
    head = f"of {total:,} {counted.unit}, {_by(plan)} puts {put}"
    tail = f"outside what was declared, where up to {bar} would count as kept"
    whole = f"Even with all that could not be sorted outside, {number:,} are no more than {bar}."
    least = f"Even with all that could not be sorted within, {number:,} are more than {bar}."
    return said(word, f"{head} {tail}{unsorted}", (least, doubt), (whole,))


def _doubt(plan: Plan, sides: Sides) -> str:
    return (
        f"With errors in {percent(plan.misclassified)} of them, on top of as many as still count "
        f"as kept, {count(sides.low, 'or more', 'or more')} would be counted outside in "
        f"{chances(sides.p(sides.low))} such counts."
    )


def _open(plan: Plan, sides: Sides, bar: str, doubt: str) -> tuple[tuple[str, ...], str]:
    """Why the count does not tell, as sentences of their own and as a clause."""
    if sides.low > floored(plan.threshold * sides.of_low):
        clause = f"but errors alone would give as many in {chances(sides.p(sides.low))} counts"
        return (doubt,), clause
    if not sides.under(sides.high):
        sides_of = f"both sides of the {bar} that count as kept"
        return (f"The least and the most that may lie outside stand on {sides_of}.",), (
            f"on {sides_of}"
        )
    thin = (
        f"{count(sides.surest, 'event is', 'events are')} on record at the surest attribution "
        f"where the plan asks for {plan.minimum_expected}"
    )
    return (f"Too few to call it kept: {thin}.",), f"but {thin}"


def _tipping(sides: Sides) -> str:
    """How many would have to be sorted otherwise for another verdict."""
    if sides.word == "not kept":
        wrong = first(lambda n: not sides.broken(sides.low - n), sides.low) or sides.low
        return f"It could no longer be told if {wrong:,} of the {sides.low:,} outside were within."
    doubtful = sides.high - sides.low
    if sides.word == "kept":
        wrong = first(lambda n: not sides.under(sides.high + n), sides.of_high) or sides.of_high
        return f"It would no longer be kept if {wrong:,} of those within lay outside."
    more = first(lambda n: sides.broken(sides.low + n), doubtful)
    fewer = first(lambda n: sides.under(sides.high - n), doubtful) if sides.enough else None
    ways = [f"it would be not kept if {more:,} of them lay outside"] if more else []
    ways += [f"it would be kept if {fewer:,} of them lay within"] if fewer else []
    if not ways:
        return "No sorting of what is doubtful would make it another verdict."
    return f"{doubtful:,} are doubtful: {', and '.join(ways)}."

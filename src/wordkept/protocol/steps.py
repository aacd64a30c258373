"""Why a verdict comes one step down; several reasons are still one step, and all are named."""

from dataclasses import dataclass

from wordkept.model import (
    Concurrent,
    ControlResult,
    Count,
    Durability,
    Plan,
)
from wordkept.prose import count, day
from wordkept.protocol.ceasing import broken
from wordkept.protocol.durability import lapsed_in_term


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One reason: as a sentence of its own, and as a clause after "but"."""

    sentence: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What was found beside the counts that may take a verdict down."""

    held: Durability | None
    controls: tuple[ControlResult, ...]
    concurrent: tuple[Concurrent, ...]
    opposing: tuple[Step, ...]
    """Other records that say the opposite."""
    curve: Step | None = None
    """Other defensible ways to count that do not bear the change out."""
    letter: Count | None = None
    """Of a pledge to cease: what stands in the record all the same."""


def steps_down(plan: Plan, doubts: Doubts) -> tuple[Step, ...]:
    """Every reason to come a step down, in the order in which a reader asks."""
    return (
        *_lapse(doubts.held),
        *(_not_apart(one) for one in doubts.concurrent if one.told_apart_by is None),
        *(_not_surviving(one) for one in doubts.controls if one.survives is False),
        *doubts.opposing,
        *([doubts.curve] if doubts.curve else []),
        *_letter(plan, doubts.letter),
    )


def _lapse(held: Durability | None) -> tuple[Step, ...]:
    if held is None:
        return ()
    term = "the declared term" if held.declared_end else "the horizon that the plan fixed"
    if not lapsed_in_term(held) or held.first_lapse is None:
        return _unseen(held, term)
    if held.last_lapse is None:
        reach = f"by {day(held.first_lapse)} at one bound or baseline at least, though not at all"
    elif held.first_lapse == held.last_lapse:
        reach = f"by {day(held.first_lapse)} at every bound and baseline"
    else:
        latest = day(held.last_lapse)
        reach = f"by {day(held.first_lapse)}, at every bound and baseline by {latest}"
    return (
        Step(
            sentence="The rate was back within the reporting allowance of its level before "
            f"{reach}: inside {term} (to {day(held.horizon.end)}).",
            clause=f"the rate was back by {day(held.first_lapse)}",
        ),
    )


def _unseen(held: Durability, term: str) -> tuple[Step, ...]:
    """A record that ends inside the term cannot say that the fall held to its end."""
    if held.observed_until >= held.horizon.end:
        return ()
    until = day(held.observed_until)
    return (
        Step(
            sentence=f"The record ends on {until}, inside {term} (to {day(held.horizon.end)}): "
            "whether the fall held to its end cannot be said.",
            clause=f"the record ends on {until}, before {term} does",
        ),
    )


def _not_apart(one: Concurrent) -> Step:
    apart = (
        f"{count(one.days_before, 'day')} before" if one.days_before > 0
        else "the same day" if one.days_before == 0
        else f"{count(-one.days_before, 'day')} after"
    )  # fmt: skip
    return Step(
        sentence=f"Another change was declared {apart}, on {day(one.starts)} ({one.title}), and no "
        "control tells the two apart.",
        clause=f"the change cannot be told from what was declared for {day(one.starts)}",
    )


def _not_surviving(one: ControlResult) -> Step:
    return Step(sentence=one.sentence, clause=f"{one.label} moved too much alike")


def _letter(plan: Plan, letter: Count | None) -> tuple[Step, ...]:
    """A pledge to cease is held to its letter: events that stand in the record all the same."""
    if letter is None or not broken(letter, plan):
        return ()
    number = count(letter.low, "event")
    stand = "stands" if letter.low == 1 else "stand"
    clause = f"{number} {stand} in the record for the days on which there were to be none"
    return (Step(sentence=letter.sentence, clause=clause),)

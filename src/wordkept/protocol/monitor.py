"""Watching: evidence, block by block, that a rate has changed, or that it is back (METHOD step 11).

An e-value is what one unit would have grown to in a bet that is fair if nothing changed. Looking
after every block is allowed: the chance that it ever reaches 20 by luck is at most one in twenty
(Ville 1939; Howard & Ramdas 2021), here on average over the family of `blocks`, whose level, spread
and dependence are summed over and not guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wordkept.errors import InputError, Problem
from wordkept.prose import count
from wordkept.protocol.blocks import (
    Array,
    Followed,
    Ground,
    family,
    follow,
    log_sum,
    normalised,
)
from wordkept.protocol.conformal import conformal_martingale

BLOCK_DAYS = 28
ALARM_AT = 20.0
"""One over the 5 % that may be false."""
RATIOS = (0.2, 0.35, 0.5, 0.7)
"""The falls that are bet on, alike; of a rise, one over them."""
FARTHER = 0.1
"""A deeper fall that is not bet on, but that may have lasted all the same."""
RETURNS = 1 / 13
"""How likely a fall is to end with any one block: once a year."""
HISTORY_BLOCKS = 26
"""No more than two years of blocks: what a record did long before says little of now."""
FEWEST_BLOCKS = 6
FEWEST_EVENTS = 20
"""A baseline with fewer blocks, or fewer events, says too little of its own ups and downs."""
MOST = 1e12
"""Larger e-values are written as this: no reader needs to know how much more than certain."""

State = Literal["as before", "moved", "back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A series as it was watched: its blocks, and the evidence after each."""

    direction: Literal["falls", "rises"]
    baseline: tuple[int, ...]
    """Events in each block before, the earliest first."""
    later: tuple[int, ...]
    e_values: tuple[float, ...] = ()
    """Evidence of a change after each later block; empty where the record cannot bear it."""
    e_back: tuple[float, ...] = ()
    """Evidence that the change is over; empty where none was found."""
    e_conformal: tuple[float, ...] = ()
    reason: str | None = None
    """Why there is no evidence either way, in a sentence."""

    @property
    def moved_after(self) -> int | None:
        """The number of later blocks after which the alarm stood; None where it did not."""
        return _reached(self.e_values, 0)

    @property
    def back_after(self) -> int | None:
        """The number of later blocks after which the rate was found to be back."""
        moved = self.moved_after
        return None if moved is None else _reached(self.e_back, moved)

    @property
    def state(self) -> State:
        """Whether the rate is as before, has moved, or has moved and is back."""
        if self.moved_after is None:
            return "as before"
        return "moved" if self.back_after is None else "back"


def _reached(values: Sequence[float], start: int) -> int | None:
    places = (place + 1 for place, value in enumerate(values) if value >= ALARM_AT)
    return next((place for place in places if place > start), None)


def watch_series(
    baseline: Sequence[int],
    later: Sequence[int],
    *,
    direction: Literal["falls", "rises"] = "falls",
    block_days: int = BLOCK_DAYS,
) -> Watched:
    """The evidence, after each whole block of later days, that the daily rate has changed.

    Both are counts by day. Blocks of the baseline are laid back from its last day, those of the
    later days on from their first; days that fill no block are left. Raises InputError for counts
    that are no counts.

    >>> quiet = watch_series([2, 4, 3, 3] * 70, [0, 1, 0, 1] * 14)
    >>> quiet.state, quiet.moved_after
    ('moved', 1)
    """
    _check(baseline, later, block_days)
    before = block_sums(baseline, block_days, from_end=True)[-HISTORY_BLOCKS:]
    after = block_sums(later, block_days, from_end=False)
    reason = _unbearable(before, block_days)
    if reason or not after:
        return Watched(direction=direction, baseline=before, later=after, reason=reason)
    ratios = RATIOS if direction == "falls" else tuple(1 / ratio for ratio in RATIOS)
    ground = Ground.under(before)
    history = follow(before, ground)
    e_values = _e_process(history, after, ground, ratios)
    moved = max(e_values) >= ALARM_AT
    return Watched(
        direction=direction,
        baseline=before,
        later=after,
        e_values=e_values,
        e_back=_e_back(history, after, ground, ratios) if moved else (),
        e_conformal=tuple(
            _written(float(np.log(value)) if value > 0 else -np.inf)
            for value in conformal_martingale(before, after, direction=direction)
        ),
    )


def block_sums(counts: Sequence[int], block_days: int, *, from_end: bool) -> tuple[int, ...]:
    """Events in each whole block, laid from the first day on or back from the last.

    >>> block_sums([1, 2, 3, 4, 5], 2, from_end=True)
    (5, 9)
    """
    whole = len(counts) // block_days
    first = len(counts) - whole * block_days if from_end else 0
    starts = (first + block_days * place for place in range(whole))
    return tuple(int(sum(counts[start : start + block_days])) for start in starts)


def _e_process(
    history: Followed, later: Sequence[int], ground: Ground, ratios: Sequence[float]
) -> tuple[float, ...]:
    null, same = history, ground.at(1.0)
    courses = [(history, ground.at(ratio)) for ratio in ratios]
    found = []
    for events in later:
        null = null.then(events, same)
        courses = [(course.then(events, means), means) for course, means in courses]
        mixed = log_sum(np.array([course.evidence for course, _ in courses]))
        found.append(_written(mixed - np.log(len(courses)) - null.evidence))
    return tuple(found)


def _e_back(
    history: Followed, later: Sequence[int], ground: Ground, ratios: Sequence[float]
) -> tuple[float, ...]:
    """Evidence that the rate is back, against its having stayed at whichever ratio fits best."""
    same = ground.at(1.0)
    farther = FARTHER if ratios[0] < 1 else 1 / FARTHER
    stays = [(history, ground.at(ratio)) for ratio in (farther, *ratios)]
    both = np.stack([history.mass, np.zeros_like(history.mass)])
    turns = [Followed(mass=both, log_likelihood=history.log_likelihood) for _ in ratios]
    found = []
    for events in later:
        stays = [(course.then(events, means), means) for course, means in stays]
        usual = same.likelihood(events)
        turns = [
            _turned(turn, means.likelihood(events), usual)
            for turn, (_, means) in zip(turns, stays[1:], strict=True)
        ]
        mixed = log_sum(np.array([turn.evidence for turn in turns])) - np.log(len(turns))
        found.append(_written(mixed - max(course.evidence for course, _ in stays)))
    return tuple(found)


def _turned(before: Followed, changed: Array, usual: Array) -> Followed:
    """One more block, during which the change may have ended."""
    staying, back = before.mass
    moves = family().moves
    stayed = (staying * (1 - RETURNS)) @ moves * changed
    returned = (back + staying * RETURNS) @ moves * usual
    return normalised(np.stack([stayed, returned]), before)


def _written(log_e: float) -> float:
    """An e-value with four figures: what differs beyond is the machine's, not the record's."""
    return float(f"{np.exp(min(log_e, np.log(MOST))):.4g}")


def _unbearable(before: Sequence[int], block_days: int) -> str | None:
    if len(before) < FEWEST_BLOCKS:
        return (
            f"The record holds {count(len(before), 'whole block')} of {block_days} days before the "
            f"start; {FEWEST_BLOCKS} are needed to know its ordinary ups and downs."
        )
    if sum(before) < FEWEST_EVENTS:
        return (
            f"The record holds fewer than {FEWEST_EVENTS} such events in all blocks before the "
            "start: too few to see a change."
        )
    return None


def _check(baseline: Sequence[int], later: Sequence[int], block_days: int) -> None:
    problems = []
    for name, counts in (("baseline", baseline), ("later", later)):
        wrong = next(
            (day for day, n in enumerate(counts) if n < 0 or not float(n).is_integer()), None
        )
        if wrong is not None:
            problems.append(Problem(
                what=f"{counts[wrong]} is no count of events", where=f"{name}, day {wrong + 1}",
                remedy="give whole numbers from 0 up, one for each day",
            ))  # fmt: skip
    if block_days < 1:
        problems.append(Problem(what=f"a block of {block_days} days holds nothing",
                                where="block_days", remedy="28 is what was measured"))  # fmt: skip
    if problems:
        raise InputError(*problems)

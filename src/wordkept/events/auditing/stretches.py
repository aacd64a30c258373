"""The stretch of a record on which a share differs most from the rest of it, and how surely.

A field that starts, one that stops and one that fails for some months are one question: over all
stretches of weeks, on which does a share (of rows filled in, of rows with a value) differ most? The
answer is held against simulated records whose shares vary from week to week as this one's do, and
as lastingly, once the stretch is taken out: shares that drift with the war raise no alarm.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wordkept.events.auditing.levels import SEED, chance, remembering

UNITS = 80
"""A record is cut into so many units at most, each of whole weeks."""
WEEK = 7
LEAST_ROWS = 20
DRAWS = 300
MEMORIES = (0.0, 0.3, 0.6, 0.8, 0.9)
FINE_UNITS = 2
"""How many units on either side of an edge are searched for its day."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some days, and the shares inside and outside them."""

    start: int
    """Place of the first day."""
    end: int
    """Place after the last day."""
    inside: float
    outside: float
    rows_inside: int
    rows_outside: int
    p: float
    """Allowed for every stretch that was looked at, not yet for other fields."""


def found_stretch(
    hits: Floats, rows: Floats, worth: Callable[[Stretch], bool] = lambda _: True
) -> Stretch | None:
    """The stretch of days on which hits among rows differ most from the others; None if too few.

    `hits` and `rows` are counts by day. Of a stretch that is not worth it no chance is simulated:
    its p is 1.
    """
    length = WEEK * -(-len(rows) // (WEEK * UNITS))
    n, x = _units(rows, length), _units(hits, length)
    if n.sum() < 2 * LEAST_ROWS or len(n) < 4 or not 0 < x.sum() < n.sum():  # noqa: PLR2004
        return None
    share = x.sum() / n.sum()
    scores = _scores((x - share * n)[None, :], n)[0] / (share * (1 - share))
    first, last = _pairs(len(n))
    best = int(scores.argmax())
    if scores[best] <= 0:
        return None
    edges = (int(first[best]), int(last[best]))
    start, end = (_to_the_day(hits, rows, edges, length, at) for at in (0, 1))
    found = _stretch(hits, rows, (start, end))
    if found is None or not worth(found):
        return found
    spread, memory = _restlessness(x, n, edges)
    p = chance(float(scores[best] / spread), _null(tuple(n.tolist()), memory))
    return replace(found, p=p)


def _units(days: Floats, length: int) -> Floats:
    padded = np.zeros(-(-len(days) // length) * length)
    padded[: len(days)] = days
    return np.asarray(padded.reshape(-1, length).sum(axis=1))


@lru_cache(maxsize=8)
def _pairs(units: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first, last = np.triu_indices(units + 1, k=1)
    whole = (first == 0) & (last == units)
    return first[~whole].astype(np.int64), last[~whole].astype(np.int64)


def _scores(excess: Floats, n: Floats) -> Floats:
    """For each series and each stretch, its excess squared over what chance alone would give."""
    first, last = _pairs(len(n))
    rows = np.concatenate(([0.0], np.cumsum(n)))
    sums = np.concatenate((np.zeros((len(excess), 1)), np.cumsum(excess, axis=1)), axis=1)
    inside = rows[last] - rows[first]
    outside = rows[-1] - inside
    sound = (inside >= LEAST_ROWS) & (outside >= LEAST_ROWS)
    weight = np.where(sound, rows[-1] / np.maximum(inside * outside, 1.0), 0.0)
    above = sums[:, last] - sums[:, first] - sums[:, -1:] * (inside / rows[-1])
    return np.asarray(above**2 * weight)


def _restlessness(x: Floats, n: Floats, edges: tuple[int, int]) -> tuple[float, float]:
    """How much more shares vary than chance has it, and how lastingly, the stretch taken out."""
    inside = np.zeros(len(n), dtype=bool)
    inside[slice(*edges)] = True
    residual = np.zeros(len(n))
    total = x.sum() / n.sum()
    for part in (inside, ~inside):
        share = x[part].sum() / max(n[part].sum(), 1.0)
        residual[part] = x[part] - share * n[part]
    held = n > 0
    scaled = residual[held] / np.sqrt(n[held] * total * (1 - total))
    freedom = max(len(scaled) - 4, 1)
    spread = max(1.0, float((scaled**2).sum() / freedom))
    if len(scaled) < 6 or scaled.std() == 0:  # noqa: PLR2004 - too few to show a memory
        return spread, MEMORIES[1]
    near = float((scaled[1:] * scaled[:-1]).sum() / (scaled**2).sum()) + 1 / len(scaled) ** 0.5
    return spread, next((one for one in MEMORIES if one >= near), MEMORIES[-1])


@lru_cache(maxsize=128)
def _null(rows: tuple[float, ...], memory: float) -> Floats:
    """The largest scores of simulated series of this memory, all of whose stretches are alike."""
    n = np.asarray(rows)
    random = np.random.default_rng((SEED, len(rows)))
    noise = random.standard_normal((DRAWS, len(n)))
    noise[:, 1:] *= (1 - memory**2) ** 0.5
    moved = remembering(noise, memory) * np.sqrt(n)
    return np.asarray(_scores(moved, n).max(axis=1))


def _to_the_day(hits: Floats, rows: Floats, edges: tuple[int, int], length: int, at: int) -> int:
    """The day of an edge, as likely as can be by the rows of a few units around it."""
    days, place = len(rows), edges[at] * length
    if place <= 0 or place >= days:
        return max(0, min(place, days))
    low = max(0 if at == 0 else edges[0] * length + 1, place - FINE_UNITS * length)
    high = min(days if at == 1 else edges[1] * length - 1, place + FINE_UNITS * length)
    x, n = hits[low:high], rows[low:high]
    inside = slice(edges[0] * length, min(edges[1] * length, days))
    within = _share(hits[inside].sum(), rows[inside].sum())
    without = _share(hits.sum() - hits[inside].sum(), rows.sum() - rows[inside].sum())
    gain = x * np.log(within / without) + (n - x) * np.log((1 - within) / (1 - without))
    signed = -gain if at == 0 else gain
    return low + int(np.concatenate(([0.0], np.cumsum(signed))).argmax())


def _share(hits: float, rows: float) -> float:
    return float(np.clip(hits / max(rows, 1.0), 1e-3, 1 - 1e-3))


def _stretch(hits: Floats, rows: Floats, edges: tuple[int, int]) -> Stretch | None:
    start, end = edges
    n, x = float(rows[start:end].sum()), float(hits[start:end].sum())
    rest, others = float(rows.sum() - n), float(hits.sum() - x)
    if n < LEAST_ROWS or rest < LEAST_ROWS:
        return None
    if x / n < others / rest and (start == 0 or end == len(rows)):
        # One edge makes two sides, of which the fuller is the stretch.
        start, end = (end, len(rows)) if start == 0 else (0, start)
        n, x, rest, others = rest, others, n, x
    return Stretch(
        start=start, end=end, inside=x / n, outside=others / rest,
        rows_inside=int(n), rows_outside=int(rest), p=1.0,
    )  # fmt: skip

"""What a series is like before a pledge, and how often the protocol was right on such series."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from wordkept.model import DailySeries, Plan, Pledge, Stratum
from wordkept.period import Period
from wordkept.protocol.estimates import counts_in
from wordkept.protocol.placebo import HALF, Counts
from wordkept.protocol.windows import HISTORY_DAYS, covered_by, window_of

BLOCK_DAYS = 28
RATE_DAYS = 90
LEAST_HISTORY_DAYS = 149
"""With the window, 1.5 times 90 and 28 days: the least on which the calibration was run."""
STEADY, BURSTY = 0.5, 0.8
"""Burstiness: under the first the 28-day totals stay within a factor of 1.65 of the month before,
two times in three; over the second they do not stay within 2.2."""
THIN_RATE = 1.5
SHORT_HISTORY_DAYS = 280
"""Chosen so that every row holds series of a dozen places or more, and not by their errors."""
NEAR_WINDOW_DAYS = 7
"""The calibration was run on windows of 28 days: others are held to it if so near."""
OPEN = ", no end declared"
"""Such a pledge must hold for the plan's horizon: more lapse, so it has rows of its own."""
TABLE = "calibration.json"
CAUTION: Mapping[str, float] = {
    "bursty, under 1.5 events a day, 280 days of history or more": 1.5,
    "steady, 1.5 events a day or more, 280 days of history or more": 2.0,
    "steady, under 1.5 events a day, 280 days of history or more": 6.0,
}
"""What p is multiplied by in the rows where, without it, over 7 % of placebo pledges were found
changed: a record that was calm for most of a year says little about the next phase of a war."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a series is like in the days before a pledge, at most the last 400."""

    rate: float
    """Events a day over the last 90 days."""
    burstiness: float
    """Root mean square of the log ratio of 28 days to the 28 before, over every date."""
    dispersion: float
    """Variance of the daily counts over their mean."""
    memory: float
    """Autocorrelation of the weekly counts at one week."""
    history_days: int


def traits_of(series: DailySeries, pledge: Pledge) -> Traits | None:
    """The traits of the days before a pledge; None where they are too few or hold no event."""
    if pledge.starts is None:
        return None
    days = Period.before(pledge.starts, days=HISTORY_DAYS).meet(covered_by(series))
    if days is None or len(days) < LEAST_HISTORY_DAYS or days.end >= pledge.starts:
        return None
    counts = counts_in(series, days)
    if not counts.any():
        return None
    return Traits(
        rate=float(counts[-RATE_DAYS:].mean()),
        burstiness=_burstiness(counts),
        dispersion=float(counts.var() / counts.mean()),
        memory=_memory(counts),
        history_days=len(days),
    )


def _burstiness(counts: Counts) -> float:
    total = np.concatenate(([0], np.cumsum(counts)))
    blocks = np.log(total[BLOCK_DAYS:] - total[:-BLOCK_DAYS] + HALF)
    return float(np.sqrt(np.mean((blocks[BLOCK_DAYS:] - blocks[:-BLOCK_DAYS]) ** 2)))


def _memory(counts: Counts) -> float:
    weeks = counts[len(counts) % 7 :].reshape(-1, 7).sum(axis=1)
    spread = weeks - weeks.mean()
    return float((spread[1:] * spread[:-1]).sum() / max(float((spread**2).sum()), 1e-9))


def stratum_name(traits: Traits) -> str:
    """The row of the calibration table that a series with these traits belongs to, in words.

    >>> traits = Traits(rate=3.0, burstiness=0.9, dispersion=2.0, memory=0.4, history_days=400)
    >>> stratum_name(traits)
    'bursty, 1.5 events a day or more, 280 days of history or more'
    """
    bursts = ("steady" if traits.burstiness < STEADY
              else "uneven" if traits.burstiness < BURSTY else "bursty")  # fmt: skip
    if traits.history_days < SHORT_HISTORY_DAYS:
        calm = "bursty" if bursts == "bursty" else "steady or uneven"
        return f"{calm}, under {SHORT_HISTORY_DAYS} days of history"
    rate = (f"under {THIN_RATE:g} events a day" if traits.rate < THIN_RATE
            else f"{THIN_RATE:g} events a day or more")  # fmt: skip
    return f"{bursts}, {rate}, {SHORT_HISTORY_DAYS} days of history or more"


def caution_of(series: tuple[DailySeries, ...], pledge: Pledge) -> float:
    """What the p of some series is to be multiplied by: the largest that any of them asks for."""
    names = [stratum_name(found) for one in series if (found := traits_of(one, pledge))]
    return max((CAUTION.get(name, 1.0) for name in names), default=1.0)


def stratum_of(series: DailySeries, pledge: Pledge, plan: Plan) -> Stratum | None:
    """The row of the calibration table that a case belongs to, by its series before the pledge.

    None where the calibration does not speak of such a case: it was run on falls under the default
    plan, over windows of about 28 days, with at least 20 events to expect and 149 days before.
    """
    if pledge.starts is None or not _calibrated(plan):
        return None
    if abs(len(window_of(pledge, plan)) - BLOCK_DAYS) > NEAR_WINDOW_DAYS:
        return None
    traits = traits_of(series, pledge)
    if traits is None or traits.rate * BLOCK_DAYS < plan.minimum_expected:
        return None
    return strata().get(stratum_name(traits) + (OPEN if pledge.ends is None else ""))


def _calibrated(plan: Plan) -> bool:
    usual = Plan(question="falls", primary=plan.primary)
    return all(
        getattr(plan, name) == getattr(usual, name)
        for name in ("question", "threshold", "grace_days", "baselines", "reporting_allowance",
                     "alpha", "minimum_expected")
    )  # fmt: skip


@cache
def strata() -> Mapping[str, Stratum]:
    """The rows of the calibration table as the last run left it, by name; none before the first."""
    file = resources.files(__package__) / TABLE
    if not file.is_file():
        return {}
    rows = json.loads(file.read_text(encoding="utf-8"))["strata"]
    return {row["name"]: _stratum(row) for row in rows}


def _stratum(row: dict[str, Any]) -> Stratum:
    words = tuple((one["truth"], (one["kept"], one["partly kept"], one["not kept"],
                                  one["cannot tell"])) for one in row["words"])  # fmt: skip
    return Stratum(
        name=row["name"], series=row["series"], pledges=row["pledges"],
        false_positives=row["false_positives"], coverage=row["coverage"], power=row["power"],
        words=words,
    )  # fmt: skip

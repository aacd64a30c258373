"""How large the record's own ups and downs are: every shift of the record as a placebo pledge.

The circular shift follows Chernozhukov, Wüthrich & Zhu (2021): the series is cut at the end of the
window, turned round by every number of days, and the same comparison made each time.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from wordkept.protocol.windows import Layout

HALF = 0.5
"""Added to both counts of a log ratio, so that an empty window has one."""
INTERVAL = 0.90
WIDENED = 1.15
"""The log half-width of the placebo-t interval is multiplied by this, so that the 90 % interval
covers 88 to 93 % of true ratios on real placebo pledges (docs/calibration.md)."""
ROUNDING = 1e-12

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


def log_ratios(counts: Counts, layout: Layout, effort: Counts | None = None) -> Floats:
    """Log of window rate over baseline rate at every circular shift of the series; shape (days,).

    The first is the comparison as it is: the window ends on the last day. With `effort`, units of
    it by day, rates are per unit, both are turned together, and a shift that lays a window or a
    baseline where there was no effort is not a number.

    >>> layout = Layout(window_days=1, grace_days=0, donut_days=0, baseline_days=2)
    >>> log_ratios(np.array([2, 2, 0]), layout).round(2).tolist()
    [-1.5, 0.69, 0.69]
    """
    days = len(counts)
    if layout.span_days > days:
        raise ValueError(f"{layout.span_days} days do not fit into {days}")
    total = np.concatenate(([0], np.cumsum(np.concatenate((counts, counts)))))
    ends = np.concatenate(([2 * days], np.arange(days + 1, 2 * days)))
    if effort is None:
        return _compared(total, ends, layout)
    units = np.concatenate(([0], np.cumsum(np.concatenate((effort, effort)))))
    return _compared_per_effort(total, units, ends, layout)


def _compared(total: Counts, ends: Counts, layout: Layout) -> Floats:
    """Log ratios of the comparisons whose windows end at `ends`; `total` is the running sum."""
    window, baseline = _sums(total, ends, layout)
    ratios: Floats = np.log((window + HALF) / layout.window_days)
    return ratios - np.log((baseline + HALF) / layout.baseline_days)


def _compared_per_effort(total: Counts, units: Counts, ends: Counts, layout: Layout) -> Floats:
    """The same per unit of effort, whose running sum is `units`."""
    window, baseline = _sums(total, ends, layout)
    window_units, baseline_units = _sums(units, ends, layout)
    seen = (window_units > 0) & (baseline_units > 0)
    ratios: Floats = np.full(len(ends), np.nan)
    ratios[seen] = np.log((window[seen] + HALF) / window_units[seen])
    ratios[seen] -= np.log((baseline[seen] + HALF) / baseline_units[seen])
    return ratios


def _sums(total: Counts, ends: Counts, layout: Layout) -> tuple[Counts, Counts]:
    """What windows and baselines hold, by the running sum."""
    last = ends - layout.gap_days
    window = total[ends] - total[ends - layout.window_days]
    return window, total[last] - total[last - layout.baseline_days]


def shift_p(statistics: Floats, *, falls: bool = True) -> float:
    """The share of shifts with a change at least as large as the first, which is the real one.

    >>> shift_p(np.array([-2.0, 0.1, 0.3, -2.5]))
    0.5
    """
    signed = statistics if falls else -statistics
    return float(np.mean(signed <= signed[0] + ROUNDING))


def ordinary_factor(counts: Counts, layout: Layout, effort: Counts | None = None) -> float | None:
    """The factor by which rates go up or down by themselves, nine times in ten; over 1.

    The root mean square of the log ratios at every date whose window ends before the pledge, times
    Student's t with about history/window - 1 degrees of freedom, widened. None where fewer than
    two windows' worth of such dates exist. With `effort`, rates are per unit of it.
    """
    before = counts[: len(counts) - layout.window_days - layout.grace_days]
    dates = len(before) - layout.span_days + 1
    if dates < 2 * layout.window_days:
        return None
    total = np.concatenate(([0], np.cumsum(before)))
    ends = np.arange(layout.span_days, len(before) + 1)
    if effort is None:
        ratios = _compared(total, ends, layout)
    else:
        units = np.concatenate(([0], np.cumsum(effort[: len(before)])))
        ratios = _compared_per_effort(total, units, ends, layout)
        ratios = ratios[~np.isnan(ratios)]
        if len(ratios) < 2 * layout.window_days:
            return None
    freedom = max(1.0, len(before) / layout.window_days - 1.0)
    quantile = special.stdtrit(freedom, 0.5 + INTERVAL / 2)
    return float(np.exp(WIDENED * quantile * np.sqrt(np.mean(ratios**2))))

"""The estimates as a table, of the same kind as the series that was given."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from wordkept.errors import InputError, Problem
from wordkept.model import Estimate

KINDS = ("pandas", "polars", "pyarrow", "rows")


def row_of(one: Estimate) -> dict[str, Any]:
    """One estimate as a row: days, counts, ratios and how often such a change comes by itself."""
    return {
        "baseline_days": one.baseline.days,
        "donut_days": one.baseline.donut_days,
        "baseline_from": one.baseline_period.start,
        "baseline_to": one.baseline_period.end,
        "window_from": one.window.start,
        "window_to": one.window.end,
        "baseline_events": one.baseline_events,
        "window_events": one.window_events,
        "expected": one.expected,
        "ratio": one.ratio,
        "ratio_low": one.ratio_low,
        "ratio_high": one.ratio_high,
        "ordinary_low": one.ordinary_low,
        "ordinary_high": one.ordinary_high,
        "p_shift": one.p_shift,
        "p_level": one.p_level,
        "p": one.p,
    }


FLOATS = ("expected", "ratio", "ratio_low", "ratio_high", "ordinary_low", "ordinary_high",
          "p_shift", "p_level", "p")  # fmt: skip
WHOLES = ("baseline_days", "donut_days", "baseline_events", "window_events")
DATES = ("baseline_from", "baseline_to", "window_from", "window_to")


def table_of(estimates: Sequence[Estimate], kind: Any) -> Any:
    """A table of one row for each estimate; for "rows" a list of dicts."""
    rows = [row_of(one) for one in estimates]
    if kind == "rows":
        return rows
    names = (*WHOLES[:2], *DATES, *WHOLES[2:], *FLOATS)
    # Dates stand as pandas' own timestamps there: it has no type for a day alone.
    on = nw.Datetime() if kind == "pandas" else nw.Date()
    types = {name: on if name in DATES else nw.Float64() if name in FLOATS else nw.Int64()
             for name in names}  # fmt: skip
    columns = {name: [row[name] for row in rows] for name in names}
    try:
        return nw.from_dict(columns, schema=types, backend=kind).to_native()
    except (ImportError, ValueError) as error:
        remedy = f"ask for one that is installed, of {', '.join(KINDS)}"
        raise InputError(
            Problem(what=f"no table of kind {kind!r} can be made", where="to_frame", remedy=remedy)
        ) from error

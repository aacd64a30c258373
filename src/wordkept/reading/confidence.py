"""What a reader's own certainty is worth: how often proposals like it were right."""

import json
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

Sort = Literal["statement", "pledge", "statement by rule"]
CURVES = Path(__file__).parent / "weights" / "confidence.json"
"""By sort: certainties, rising, and beside each how often such proposals were right in texts that
nothing was trained on (`make model` writes it)."""


def calibrated(sure: float, sort: Sort) -> float:
    """How often proposals of a sort that were as sure as this were right, 0 to 1.

    Between two points of the curve it is drawn straight; where no curve is at hand, the certainty
    itself is given.
    """
    curve = _curves().get(sort)
    if curve is None:
        return sure
    return float(np.interp(sure, curve[0], curve[1]))


@cache
def _curves() -> dict[str, tuple[list[float], list[float]]]:
    try:
        found = json.loads(CURVES.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {sort: (curve["sure"], curve["right"]) for sort, curve in found.items()}

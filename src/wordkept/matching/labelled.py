"""What judged pairs teach: the fitted log odds, corrected as far as the judgements call for it."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_DOUBT = 0.3
"""How far a field's weight is expected to be off, before any pair is judged (a standard
deviation); the correction of all by one amount is left to the judgements."""
_SHIFT_DOUBT = 3.0
_STEPS = 30


def corrections(features: Floats, duplicate: NDArray[np.bool_]) -> Floats:
    """By how much the log odds move with a constant and with each feature.

    `features`: a row a judged pair; first the log odds as fitted without labels, then what each
    field added to them. A logistic regression whose answer without data is no correction at all.
    """
    design = np.concatenate((np.ones((len(features), 1)), features), axis=1)
    precision = np.full(design.shape[1], 1 / _DOUBT**2)
    precision[0] = 1 / _SHIFT_DOUBT**2
    moved = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        odds = features[:, 0] + design @ moved
        chance = 1 / (1 + np.exp(-np.clip(odds, -35, 35)))
        slope = design.T @ (duplicate - chance) - precision * moved
        curve = (design.T * np.maximum(chance * (1 - chance), 1e-9)) @ design + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        moved += step
        if np.abs(step).max() < 1e-8:  # noqa: PLR2004
            break
    return moved


def corrected(odds: Floats, parts: Floats, pattern: NDArray[np.int32], moved: Floats) -> Floats:
    """The log odds of pairs with the corrections; `parts`: what each field adds, by pattern."""
    found: Floats = odds * (1 + moved[1]) + moved[0] + (parts @ moved[2:])[pattern]
    return found

"""Least squares with weights that are none under nought and sum to one."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENOUGH = 1e-10
"""A gain of less than this part of the scale of the products is one of rounding."""
ROUNDS = 50
"""For each column; in practice a few are enough, and without end two that are alike might swap."""


def simplex_weights(target: Floats, columns: Floats) -> Floats:
    """The weights whose mix of columns lies nearest to the target; shape (columns,).

    `target` has shape (rows,), `columns` (rows, columns). An active-set method after Lawson &
    Hanson (1974, ch. 23), with the sum held to one: from the best single column on, the column
    that promises most joins those in use, and one whose weight would fall under nought leaves them.
    What it stops at meets the conditions that only the best weights meet.

    >>> simplex_weights(np.array([1.0, 2.0, 2.5]), np.array([[1.0, 0.0], [2.0, 1.0], [3.0, 2.0]]))
    array([0.83333333, 0.16666667])
    """
    products, wanted = columns.T @ columns, columns.T @ target
    slack = ENOUGH * max(float(np.abs(products).max()), float(np.abs(wanted).max()), 1e-300)
    used = [int(np.argmin(np.diag(products) - 2 * wanted))]
    weights = np.zeros(len(wanted))
    weights[used] = 1.0
    for _ in range(ROUNDS * len(wanted)):
        aim, level = _balanced(products, wanted, used)
        if aim.min() < 0:
            step = _as_far(weights[used], aim)
            weights[used] += step * (aim - weights[used])
            weights[used] = np.where(weights[used] > ENOUGH, weights[used], 0.0)
            used = [one for one in used if weights[one] > 0]
            continue
        weights[:] = 0.0
        weights[used] = aim
        promise = wanted - products @ weights - level
        promise[used] = -np.inf
        if promise.max() <= slack:
            break
        used.append(int(np.argmax(promise)))
    found: Floats = weights / weights.sum()
    return found


def _balanced(products: Floats, wanted: Floats, used: list[int]) -> tuple[Floats, float]:
    """The best weights of the columns in use that sum to one, and what each of them then gains."""
    many = len(used)
    system = np.zeros((many + 1, many + 1))
    system[:many, :many] = products[np.ix_(used, used)]
    system[:many, many] = system[many, :many] = 1.0
    found = np.linalg.lstsq(system, np.append(wanted[used], 1.0), rcond=None)[0]
    return found[:many], float(found[many])


def _as_far(now: Floats, aim: Floats) -> float:
    """How far towards an aim weights may go before the first of them falls under nought."""
    falling = aim < 0
    return float((now[falling] / (now[falling] - aim[falling])).min())

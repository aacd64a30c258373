"""Weights that sum to one are the best there are, and those that the field's library finds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pysyncon import Synth

from wordkept.protocol.simplex import simplex_weights

Floats = NDArray[np.float64]


def made_up(seed: int, *, weeks: int, places: int) -> tuple[Floats, Floats]:
    """Logs of counts of a week, each less its mean: of an area, and of other places."""
    generator = np.random.default_rng(seed)
    counts = generator.poisson(generator.gamma(2, 3, size=places + 1), size=(weeks, places + 1))
    logs = np.log(counts + 0.5)
    logs -= logs.mean(axis=0)
    return logs[:, 0], logs[:, 1:]


@given(st.integers(0, 10**6), st.integers(2, 60), st.integers(1, 20), st.booleans())
def test_no_other_weights_are_better(seed: int, weeks: int, places: int, twins: bool) -> None:
    area, donors = made_up(seed, weeks=weeks, places=places)
    donors = np.column_stack((donors, donors[:, 0])) if twins else donors
    weights = simplex_weights(area, donors)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    # Of a convex problem these conditions hold at the best and nowhere else: what a little more of
    # a donor would gain is the same for all in use, and no more for any other.
    gains = donors.T @ (area - donors @ weights)
    scale = max(1.0, float(np.abs(donors.T @ donors).max()))
    in_use = gains[weights > 1e-9]
    assert np.ptp(in_use) <= 1e-7 * scale
    assert gains.max() <= in_use.max() + 1e-7 * scale


@pytest.mark.parametrize("seed", range(8))
def test_pysyncon_finds_none_better(seed: int) -> None:
    area, donors = made_up(seed, weeks=53, places=2 + seed)
    spread = np.column_stack((area, donors)).std(axis=1, ddof=1)
    synth = Synth()
    outcome, pool = pd.Series(area, name="area"), pd.DataFrame(donors)
    # It divides each week by its spread, which these weights of weeks undo.
    synth.fit(X0=pool, X1=outcome, Z0=pool, Z1=outcome, custom_V=spread**2 / len(area))
    theirs = np.clip(np.asarray(synth.W, dtype=np.float64), 0.0, None)
    theirs /= theirs.sum()
    ours = simplex_weights(area, donors)
    assert np.abs(ours - theirs).max() < 0.02
    assert np.sum((area - donors @ ours) ** 2) <= np.sum((area - donors @ theirs) ** 2) + 1e-9


def test_a_copy_among_the_donors_takes_all_the_weight() -> None:
    generator = np.random.default_rng(4)
    weeks = generator.normal(size=(50, 5))
    weights = simplex_weights(weeks[:, 2], weeks)
    assert weights == pytest.approx([0.0, 0.0, 1.0, 0.0, 0.0], abs=1e-9)


def test_donors_that_never_move_are_no_fault() -> None:
    weights = simplex_weights(np.array([1.0, -1.0]), np.zeros((2, 3)))
    assert weights.sum() == pytest.approx(1.0)
    assert weights.min() >= 0

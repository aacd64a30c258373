"""Simulated series and the pledge they are tested with, as METHOD.md describes them."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from wordkept.model import (
    ATTRIBUTIONS,
    Attribution,
    Baseline,
    DailySeries,
    Plan,
    Pledge,
    Selection,
)

STARTS = date(2016, 3, 15)

Simulate = Callable[..., NDArray[np.int64]]


def simulated(
    generator: np.random.Generator, *, days: int, mean: float = 3.0, rho: float = 0.5
) -> NDArray[np.int64]:
    """Negative-binomial counts (k = 2) whose log-intensity is an AR(1) of standard deviation .5."""
    noise = generator.normal(0.0, 0.5 * np.sqrt(1 - rho**2), size=days)
    level = np.empty(days)
    level[0] = generator.normal(0.0, 0.5)
    for day in range(1, days):
        level[day] = rho * level[day - 1] + noise[day]
    intensity = mean * np.exp(level - 0.125)
    return generator.poisson(intensity * generator.gamma(2.0, 0.5, size=days))


@pytest.fixture(scope="session")
def simulate() -> Simulate:
    return simulated


@pytest.fixture
def plan() -> Plan:
    return Plan(question="falls", primary=Selection(dataset="made up", label="made-up events"))


@pytest.fixture
def pledge(plan: Plan) -> Pledge:
    return Pledge(
        id="made-up", title="A pledge made up for the test", actor="Blue", kind="reduce",
        act="reduce", object="raids", announced=STARTS, starts=STARTS, ends=None,
        magnitude="by half", area=None, comparator="the level before", plan=plan,
    )  # fmt: skip


def series_of(
    counts: NDArray[np.int64] | list[int],
    *,
    before: int,
    attribution: Attribution = "certain",
) -> DailySeries:
    """A series with so many days before the pledge's start."""
    return DailySeries(
        dataset="made up", attribution=attribution, role="primary", label="made-up events",
        start=STARTS - timedelta(days=before), counts=tuple(int(n) for n in counts),
    )  # fmt: skip


SeriesOf = Callable[..., DailySeries]


@pytest.fixture(scope="session")
def make_series() -> SeriesOf:
    return series_of


@pytest.fixture(scope="session")
def bounds() -> tuple[Attribution, ...]:
    return ATTRIBUTIONS


@pytest.fixture(scope="session")
def one_month() -> tuple[Baseline, ...]:
    return (Baseline(days=28),)

"""Where the calibration found too much, p is raised, and the assessment says by how much."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from wordkept.model import DailySeries, Fixing, Pledge, Testability
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.calibration import CAUTION, caution_of, stratum_name, traits_of
from wordkept.protocol.estimates import combined_p, weighed_p
from wordkept.protocol.evidence import Evidence, Setting

Make = Callable[..., DailySeries]
SETTING = Setting(
    fixing=Fixing(plan="0" * 64, registered_at=None, before_data=False, record_known=True),
    testability=Testability(terms=(), leaves_open=(), obstacles=()),
    declared=(),
    as_of=date(2017, 1, 1),
)


def poisson(rate: float, days: int, seed: int = 3) -> list[int]:
    return [int(n) for n in np.random.default_rng(seed).poisson(rate, size=days)]


@pytest.mark.parametrize(
    ("rate", "before", "asked"), [(4.0, 400, 2.0), (1.0, 400, 6.0), (4.0, 200, 1.0)]
)
def test_only_long_calm_records_ask_for_caution(
    make_series: Make, pledge: Pledge, rate: float, before: int, asked: float
) -> None:
    series = make_series(poisson(rate, before + 28), before=before)
    assert caution_of((series,), pledge) == asked


def test_every_row_with_a_caution_is_a_row_that_a_series_can_be_in(
    make_series: Make, pledge: Pledge
) -> None:
    names = set()
    for rate in (0.8, 4.0):
        for swing in (0.0, 0.7, 2.5):
            level = rate * np.exp(swing * np.sin(np.arange(428) / 12))
            counts = np.random.default_rng(7).poisson(level * rate / level.mean())
            found = traits_of(make_series(counts, before=400), pledge)
            assert found is not None
            names.add(stratum_name(found))
    assert set(CAUTION) <= names


def test_the_surest_bound_does_not_hide_the_caution_of_another(
    make_series: Make, pledge: Pledge
) -> None:
    short = make_series(poisson(4.0, 228), before=200)
    calm = make_series(poisson(4.0, 428), before=400, attribution="possible")
    assert caution_of((short, calm), pledge) == 2.0


def test_an_assessment_multiplies_its_p_and_says_by_what(make_series: Make, pledge: Pledge) -> None:
    plan = pledge.plan
    assert plan is not None
    pledge = replace(
        pledge, plan=replace(plan, primary=replace(plan.primary, attributions=("certain",)))
    )
    series = make_series(poisson(4.0, 400) + poisson(1.2, 128, seed=4), before=400)
    evidence = Evidence(releases=(), findings=(), primary=(series,), controls={})
    found = assess_pledge(pledge, evidence, SETTING)
    bare, _ = combined_p(found.estimates)
    assert bare is not None
    assert found.caution == 2.0
    assert found.p == pytest.approx(2.0 * bare)


def test_a_weighed_p_is_still_a_p(make_series: Make, pledge: Pledge) -> None:
    plan = pledge.plan
    assert plan is not None
    series = make_series(poisson(4.0, 528), before=400)
    evidence = Evidence(releases=(), findings=(), primary=(series,), controls={})
    found = assess_pledge(pledge, evidence, SETTING)
    assert weighed_p(found.estimates, 100.0)[0] == 1.0

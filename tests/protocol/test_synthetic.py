"""The synthetic control: the weights, the gap, and when it refuses."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from wordkept.model import Companion, Comparison, DailySeries, Pledge
from wordkept.protocol.synthetic import synthetic_comparison

SeriesOf = Callable[..., DailySeries]
BEFORE, DAYS = 372, 400


def panel(
    seed: int, *, places: int = 6, after: float = 1.0, shared: float = 0.5, rate: float = 4.0
) -> list[NDArray[np.int64]]:
    """Places that move together: the first keeps so many of its events in the last 28 days."""
    generator = np.random.default_rng(seed)
    level = np.cumsum(generator.normal(0.0, 0.08, size=DAYS)) * shared / 0.5
    found = []
    for place in range(places + 1):
        counts = generator.poisson(rate * (1 + place % 3) * np.exp(level - level.mean()))
        if place == 0:
            counts[BEFORE:] = generator.binomial(counts[BEFORE:], after)
        found.append(counts)
    return found


def donors(counts: list[NDArray[np.int64]], make_series: SeriesOf) -> tuple[Companion, ...]:
    return tuple(
        Companion(kind="donor", label=f"place {number}",
                  series=replace(make_series(one, before=BEFORE), label=f"place {number}"))
        for number, one in enumerate(counts)
    )  # fmt: skip


def told(seed: int, make_series: SeriesOf, pledge: Pledge, after: float) -> Comparison:
    assert pledge.plan is not None
    area, *others = panel(seed, after=after)
    series = make_series(area, before=BEFORE)
    return synthetic_comparison(series, donors(others, make_series), pledge, pledge.plan)


def test_a_fall_of_the_area_alone_is_found(make_series: SeriesOf, pledge: Pledge) -> None:
    said = told(1, make_series, pledge, after=0.3)
    assert said.kind == "synthetic control"
    assert said.ratio == pytest.approx(0.3, abs=0.1)
    assert said.p is not None
    assert said.p <= 0.05
    assert "0 of the 6, each tried in its place" in said.sentence


def test_a_fall_that_all_places_share_is_no_gap(make_series: SeriesOf, pledge: Pledge) -> None:
    assert pledge.plan is not None
    counts = panel(2)
    generator = np.random.default_rng(0)
    for one in counts:
        one[BEFORE:] = generator.binomial(one[BEFORE:], 0.3)
    series = make_series(counts[0], before=BEFORE)
    said = synthetic_comparison(series, donors(counts[1:], make_series), pledge, pledge.plan)
    assert said.ratio == pytest.approx(1.0, abs=0.35)
    assert said.p is not None
    assert said.p > 0.05


def test_false_alarms_stay_near_what_they_should_be(
    make_series: SeriesOf, pledge: Pledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordkept.protocol.synthetic._alike", lambda *_, **__: 0)
    said = [told(seed, make_series, pledge, after=1.0) for seed in range(100, 150)]
    known = [one.p for one in said if one.p is not None]
    assert len(known) >= 40
    assert sum(p <= 0.05 for p in known) / len(known) <= 0.12


def test_the_order_of_donors_does_not_matter(make_series: SeriesOf, pledge: Pledge) -> None:
    assert pledge.plan is not None
    area, *others = panel(3, after=0.5)
    series, pool = make_series(area, before=BEFORE), donors(others, make_series)
    forwards = synthetic_comparison(series, pool, pledge, pledge.plan)
    backwards = synthetic_comparison(series, pool[::-1], pledge, pledge.plan)
    assert forwards.ratio is not None
    assert forwards == backwards


def test_too_few_or_too_thin_donors_give_no_number(make_series: SeriesOf, pledge: Pledge) -> None:
    assert pledge.plan is not None
    area, *others = panel(5)
    series = make_series(area, before=BEFORE)
    thin = [np.minimum(one, 1) * (np.arange(DAYS) % 10 == 0) for one in others[2:]]
    for pool, why in (
        ([], "no other place has"),
        (others[:1], "only one other place has"),
        ([*others[:2], *thin], "only 2 other places have"),
    ):
        said = synthetic_comparison(series, donors(pool, make_series), pledge, pledge.plan)
        assert (said.ratio, said.p) == (None, None)
        assert why in said.sentence


def test_places_that_do_not_move_with_the_area_give_no_number(
    make_series: SeriesOf, pledge: Pledge
) -> None:
    assert pledge.plan is not None
    area = panel(6, shared=1.0)[0]
    generator = np.random.default_rng(9)
    others = [generator.poisson(np.where(np.arange(DAYS) // (20 + n) % 2, 8.0, 1.5))
              for n in range(6)]  # fmt: skip
    series = make_series(area, before=BEFORE)
    said = synthetic_comparison(series, donors(others, make_series), pledge, pledge.plan)
    assert said.ratio is None
    assert "followed the newer half no better" in said.sentence


def test_a_short_record_gives_no_number(make_series: SeriesOf, pledge: Pledge) -> None:
    assert pledge.plan is not None
    short = [one[-110:] for one in panel(7)]
    pool = tuple(
        Companion(kind="donor", label=f"{n}", series=make_series(one, before=82))
        for n, one in enumerate(short[1:])
    )
    series = make_series(short[0], before=82)
    said = synthetic_comparison(series, pool, pledge, pledge.plan)
    assert said.ratio is None
    assert "only 82 days of the record lie before the pledge" in said.sentence

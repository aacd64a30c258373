"""The counting of the specification curve, held against the slow and plain way."""

import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.protocol import curve_counts, curve_kernel, curve_numpy
from wordkept.protocol.curve_counts import Shares, Turned, shares
from wordkept.protocol.placebo import log_ratios, shift_p
from wordkept.protocol.windows import Layout

Counting = Callable[..., tuple[Any, Any]]
COUNTINGS = {"numpy": curve_numpy.count_shifts, "numba": curve_kernel.count_shifts}
TYPES = {1: np.float32, 10_000: np.float64, 10**7: np.int64, 10**9: np.object_}
"""By what the counts are multiplied, the type that keeps them exact."""


@st.composite
def turneds(draw: st.DrawFn, *, most: int = 6) -> Turned:
    """Set-ups on one to three short circles, with many ties among so small counts."""
    days, circles = draw(st.integers(8, 24)), draw(st.integers(1, 3))
    counts = st.lists(st.integers(0, most), min_size=days, max_size=days)
    rows = draw(st.lists(counts, min_size=circles, max_size=circles))
    places = st.tuples(
        st.integers(0, circles - 1), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3)
    )
    setups = sorted(draw(st.lists(places, min_size=1, max_size=40)))
    circle, window, between, baseline = np.array(setups, dtype=np.int64).T
    return Turned(
        circles=np.array(rows, dtype=np.int64),
        circle=circle,
        upper=np.stack([np.zeros_like(window), window]),
        lower=np.stack([window + between, baseline]),
    )


def plainly(turned: Turned) -> tuple[list[float], float, Fraction]:
    """The p of each set-up, the joint p and the middle, with fractions and sorting."""
    days = turned.circles.shape[1]
    at: list[list[Fraction]] = []
    for shift in range(days):
        ratios = []
        for place, row in enumerate(turned.circle):
            counts = turned.circles[row].tolist()
            circle = counts[days - shift :] + counts[: days - shift]
            upper, lower = (
                Fraction(2 * sum(circle[days - back - long : days - back]) + 1, 2 * int(long))
                for back, long in (turned.upper[:, place], turned.lower[:, place])
            )
            ratios.append(upper / lower)
        at.append(ratios)
    middles = [sorted(ratios)[len(ratios) // 2] for ratios in at]
    p = [
        sum(ratios[place] <= at[0][place] for ratios in at) / days
        for place in range(len(turned.circle))
    ]
    return p, sum(middle <= middles[0] for middle in middles) / days, middles[0]


def counted_by(counting: Counting, turned: Turned, monkeypatch: pytest.MonkeyPatch) -> Shares:
    monkeypatch.setattr(curve_counts, "_counter", lambda _comparisons, _kind: counting)
    found = shares(turned)
    monkeypatch.undo()
    return found


@pytest.mark.parametrize("counting", COUNTINGS.values(), ids=COUNTINGS.keys())
@settings(max_examples=60)
@given(turned=turneds())
def test_every_count_is_the_plain_one(counting: Counting, turned: Turned) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = counted_by(counting, turned, patch)
    p, joint, middle = plainly(turned)
    assert found.p.tolist() == p
    assert found.joint_p == joint
    assert found.ratios[found.middle] == pytest.approx(float(middle), rel=1e-15)


@pytest.mark.parametrize("scale", TYPES)
@settings(max_examples=15)
@given(turned=turneds(), extra=st.integers(0, 3))
def test_however_many_events_nothing_is_rounded(scale: int, turned: Turned, extra: int) -> None:
    """Counts that differ by one event in very many still compare as they are."""
    circles = turned.circles * scale + turned.circles[:, ::-1] * extra + 1
    large = Turned(circles=circles, circle=turned.circle, upper=turned.upper, lower=turned.lower)
    countings = COUNTINGS.values() if scale < max(TYPES) else [curve_numpy.count_shifts]
    p, joint, _ = plainly(large)
    for counting in countings:
        with pytest.MonkeyPatch.context() as patch:
            found = counted_by(counting, large, patch)
        assert (found.p.tolist(), found.joint_p) == (p, joint)


@pytest.mark.parametrize(("scale", "kind"), TYPES.items())
def test_the_type_grows_with_the_counts(
    scale: int, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kinds that the law above means to try are those that are used."""
    used: list[type] = []

    def chosen(_comparisons: int, kind: type) -> Counting:
        used.append(kind)
        return curve_numpy.count_shifts

    monkeypatch.setattr(curve_counts, "_counter", chosen)
    counts = np.random.default_rng(3).poisson(3.0, size=(2, 60)) * scale
    eight = np.full(2, 8)
    shares(Turned(circles=counts, circle=np.arange(2), upper=np.stack([eight * 0, eight]),
                  lower=np.stack([eight, eight - 1])))  # fmt: skip
    assert used == [kind]


def test_a_p_is_that_of_the_circular_shift() -> None:
    """The same as `placebo.shift_p` on the same days, in both directions."""
    counts = np.random.default_rng(4).poisson(2.0, size=300)
    layout = Layout(window_days=28, grace_days=7, donut_days=14, baseline_days=56)
    window, baseline = np.array([[0], [28]]), np.array([[49], [56]])
    for falls in (True, False):
        found = shares(Turned(
            circles=counts[None, :], circle=np.zeros(1, dtype=np.int64),
            upper=window if falls else baseline, lower=baseline if falls else window,
        ))  # fmt: skip
        assert found.p[0] == shift_p(log_ratios(counts, layout), falls=falls)
        assert found.joint_p == found.p[0], "of one set-up the joint test is its own"


def test_many_set_ups_of_one_circle_are_counted_in_parts() -> None:
    """More than eight bits hold, over several circles; the two countings agree to the bit."""
    generator = np.random.default_rng(5)
    size = 1500
    window, baseline = generator.integers(5, 40, size), generator.integers(5, 90, size)
    turned = Turned(
        circles=generator.poisson(3.0, size=(2, 400)),
        circle=np.sort(generator.integers(0, 2, size)),
        upper=np.stack([window * 0, window]),
        lower=np.stack([window + generator.integers(0, 44, size), baseline]),
    )
    with pytest.MonkeyPatch.context() as patch:
        ours, theirs = (counted_by(one, turned, patch) for one in COUNTINGS.values())
    assert ours.p.tolist() == theirs.p.tolist()
    assert ours.joint_p == theirs.joint_p


def test_numba_stays_away_where_it_does_not_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "wordkept.protocol.curve_kernel"
    few, many = curve_counts.KERNEL_FROM - 1, curve_counts.KERNEL_FROM
    assert curve_counts._counter(few, np.float64) is not curve_numpy.count_shifts, "it is here"
    monkeypatch.delitem(sys.modules, name)
    assert curve_counts._counter(few, np.float64) is curve_numpy.count_shifts
    assert curve_counts._counter(many, np.object_) is curve_numpy.count_shifts
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delattr("wordkept.protocol.curve_kernel")
    assert curve_counts._counter(many, np.float64) is curve_numpy.count_shifts


def test_a_kernel_that_cannot_be_kept_gives_way() -> None:
    def full(*_arrays: object) -> tuple[Any, Any]:
        raise OSError(28, "No space left on device")

    turned = Turned(circles=np.ones((1, 9), dtype=np.int64), circle=np.zeros(2, dtype=np.int64),
                    upper=np.array([[0, 0], [2, 2]]), lower=np.array([[2, 2], [3, 4]]))  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        found = counted_by(curve_counts._kept_quiet(full), turned, patch)
    assert found.p.tolist() == [1.0, 1.0]

"""Cohen's kappa against values reckoned by hand, and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.reading.agreement import agreement_of

PAIRS = st.lists(st.tuples(*[st.sampled_from(["accept", "mend", "reject"])] * 2), max_size=30)


def pairs(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, times in table.items() for _ in range(times)]


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # 35 of 50 alike; chance: (25 x 30 + 25 x 20) / 2500 = 0.5; (0.7 - 0.5) / 0.5
        ({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}, 0.4),
        # 6 of 9 alike; chance: 3 x (3 x 3) / 81 = 1/3; (2/3 - 1/3) / (2/3)
        ({("a", "a"): 2, ("b", "b"): 2, ("c", "c"): 2, ("a", "b"): 1, ("b", "c"): 1,
          ("c", "a"): 1}, 0.5),
        # never alike, and each half of the time: (0 - 0.5) / 0.5
        ({("a", "b"): 4, ("b", "a"): 4}, -1.0),
        # one always says a: no better than chance
        ({("a", "a"): 7, ("a", "b"): 3}, 0.0),
    ],
)  # fmt: skip
def test_kappa_is_what_it_comes_to_by_hand(table: dict[tuple[str, str], int], kappa: float) -> None:
    assert agreement_of(pairs(table)).kappa == pytest.approx(kappa)


@settings(max_examples=60)
@given(PAIRS)
def test_it_does_not_matter_who_is_the_one_and_who_the_other(found: list[tuple[str, str]]) -> None:
    there, back = agreement_of(found), agreement_of([(other, one) for one, other in found])
    assert (there.kappa, there.observed) == (back.kappa, back.observed)


@settings(max_examples=60)
@given(PAIRS)
def test_kappa_is_one_for_the_same_and_at_most_that(found: list[tuple[str, str]]) -> None:
    kappa = agreement_of(found).kappa
    assert kappa is None or -1 <= kappa <= 1
    same = agreement_of([(one, one) for one, _ in found])
    varied = len({one for one, _ in found}) > 1
    assert same.kappa == (1.0 if varied else None)
    assert bool(same.undefined) is not varied


@settings(max_examples=60)
@given(PAIRS)
def test_every_pair_is_counted_once(found: list[tuple[str, str]]) -> None:
    told = agreement_of(found)
    assert sum(times for _, _, times in told.pairs) == told.decided == len(found)
    assert told.same == sum(times for one, other, times in told.pairs if one == other)


def test_where_kappa_is_not_defined_it_says_why() -> None:
    nothing = agreement_of([])
    assert (nothing.kappa, nothing.observed) == (None, None)
    assert "nothing that both decided" in nothing.undefined
    assert "in one way" in agreement_of([("accept", "accept")] * 3).undefined

"""No figure falls in silence: a floor is lowered only where that is asked for."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.read.gates import (
    SLACK,
    Measured,
    fallen,
    gold_hash,
    raised,
    read_floors,
    write_floors,
)

FLOORS = {"ours": {"hash": "a", "floors": {"cue": 0.7, "source": 0.6}}}


def measured(gold: str = "ours", hash_: str = "a", **figures: float) -> Measured:
    return Measured(gold=gold, hash=hash_, figures=figures)


def test_what_stands_at_its_floor_or_over_it_is_good() -> None:
    assert fallen([measured(cue=0.7, source=0.9)], FLOORS) == []
    assert fallen([measured(cue=0.7 - SLACK / 2, source=0.6)], FLOORS) == []
    assert fallen([measured(cue=0.7, source=0.6, content=0.1)], FLOORS) == []


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (measured(cue=0.69, source=0.6), "ours: cue is 0.690, its floor 0.700"),
        (measured(source=0.6), "ours: cue was not measured"),
        (measured(hash_="b", cue=0.7, source=0.6), "ours: the gold is not the one that"),
        (measured(gold="theirs", cue=0.7), "theirs: no floor is set"),
    ],
)
def test_what_has_fallen_is_said(one: Measured, said: str) -> None:
    (wrong,) = fallen([one], FLOORS)
    assert wrong.startswith(said)


def test_all_that_has_fallen_is_said_at_once() -> None:
    assert len(fallen([measured(hash_="b", cue=0.1), measured(gold="x")], FLOORS)) == 4


FIGURES = st.dictionaries(st.sampled_from(["source", "cue", "content"]), st.floats(0, 1))
SETS = st.lists(st.builds(Measured, gold=st.sampled_from("ab"), hash=st.sampled_from("xy"),
                          figures=FIGURES), max_size=4)  # fmt: skip


@given(first=SETS, then=SETS)
@settings(max_examples=150)
def test_floors_are_raised_and_never_lowered(first: list[Measured], then: list[Measured]) -> None:
    before = raised(first, {}, lower=False)
    kept = json.dumps(before, sort_keys=True)
    after = raised(then, before, lower=False)
    assert json.dumps(before, sort_keys=True) == kept
    for gold, known in before.items():
        for name, floor in known["floors"].items():
            assert after[gold]["floors"][name] >= floor
    for one in then:
        assert all(after[one.gold]["floors"][name] >= round(value, 3)
                   for name, value in one.figures.items())  # fmt: skip


def test_floors_are_lowered_where_that_is_asked_for() -> None:
    low = raised([measured(hash_="b", cue=0.2)], FLOORS, lower=True)
    assert low == {"ours": {"hash": "b", "floors": {"cue": 0.2}}}
    assert fallen([measured(hash_="b", cue=0.2)], low) == []


def test_a_set_that_was_not_measured_keeps_its_floors() -> None:
    for lower in (True, False):
        assert (
            raised([measured(gold="theirs", cue=0.5)], FLOORS, lower=lower)["ours"]
            == (FLOORS["ours"])
        )


def test_what_was_just_measured_passes_its_own_floors() -> None:
    figures = {"cue": 0.70049999, "source": 1 / 3}
    made = [Measured(gold="ours", hash="a", figures=figures)]
    assert fallen(made, raised(made, {}, lower=False)) == []


def test_a_hash_is_of_the_parts_and_of_where_they_part() -> None:
    assert gold_hash(["ab", "c"]) == gold_hash(iter(["ab", "c"]))
    assert len({gold_hash(one) for one in ([], [""], ["ab", "c"], ["a", "bc"], ["c", "ab"])}) == 5


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read_floors(path) == {}
    write_floors(FLOORS, path)
    assert read_floors(path) == FLOORS
    assert path.read_text().endswith("}\n")

"""Pairs judged by hand: the committed file, and what is reckoned from judgements."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.match.drawing import DRAWN_FROM, UNDER
from bench.match.real import COLUMNS, JUDGED
from bench.match.weighed import WORDS, Judged, kappa, precision, recall, report

DUPLICATE, DISTINCT, UNSURE = ("duplicate",) * 2, ("distinct",) * 2, ("unsure", "distinct")


def judged_rows() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def pair(
    words: tuple[str, str], stratum: str, of: int, chance: float | None, *, chosen: bool = False
) -> Judged:
    return Judged(words=words, stratum=stratum, of=of, chosen=chosen, probability=chance)


def test_the_judged_pairs_are_ids_and_judgements_alone() -> None:
    rows = judged_rows()
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) >= 210
    assert len({(row["native_id"], row["other_id"]) for row in rows}) == len(rows)
    assert {row["pass_1"] for row in rows} | {row["pass_2"] for row in rows} <= set(WORDS)
    assert {(row["dataset"], row["other_dataset"]) for row in rows} == {("airwars", "ucdp-ged")}


def test_the_strata_hold_what_was_drawn_from_them() -> None:
    drawn = Counter((row["stratum"], int(row["of"])) for row in judged_rows())
    wanted = {name: many for name, (_, _, many) in DRAWN_FROM.items()} | UNDER
    assert {name: many for (name, _), many in drawn.items()} == wanted
    assert all(many <= of for (_, of), many in drawn.items())


@pytest.mark.shared
def test_the_judged_ids_are_in_the_records(shared: Path) -> None:
    folder = shared / "data"
    with (folder / "airwars_syria_incidents_to_2016-08.csv").open(encoding="utf-8") as stream:
        ours = {row["code"] for row in csv.DictReader(stream)}
    with gzip.open(folder / "ucdp_ged_syria_2016_2019.csv.gz", "rt", encoding="utf-8") as stream:
        theirs = {row["id"] for row in csv.DictReader(stream)}
    rows = judged_rows()
    assert {row["native_id"] for row in rows} <= ours
    assert {row["other_id"] for row in rows} <= theirs


def test_kappa_is_cohens() -> None:
    table = (("a", "a", 20), ("a", "b", 5), ("b", "a", 10), ("b", "b", 15))
    found = kappa([(one, other) for one, other, many in table for _ in range(many)])
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high


def test_a_stratum_weighs_as_its_pairs_do() -> None:
    likely = [pair(DUPLICATE, "high", 100, 0.9, chosen=True)] * 9
    likely += [pair(DISTINCT, "high", 100, 0.9, chosen=True)]
    unlikely = [pair(DUPLICATE, "low", 300, 0.1)] + [pair(DISTINCT, "low", 300, 0.1)] * 9
    assert precision(likely + unlikely, lambda one: one.duplicate).value == pytest.approx(0.9)
    found = recall(likely + unlikely, lambda one: one.duplicate)
    assert found.value == pytest.approx(90 / (90 + 30))
    assert found.low < found.value < found.high


def test_a_pair_that_is_not_given_back_is_no_miss_among_those_given_back() -> None:
    held = [pair(DUPLICATE, "high", 10, 0.9, chosen=True), pair(DUPLICATE, "under", 90, None)]
    assert recall(held, lambda one: one.duplicate).value == 1.0


def test_what_two_passes_do_not_agree_on_is_told_apart() -> None:
    held = [pair(DUPLICATE, "high", 10, 0.5, chosen=True), pair(UNSURE, "high", 10, 0.5)]
    told = report(held)
    assert "1 are undecided" in told
    assert "promise 5 duplicates; the judgements weigh to 5, 10 with" in told


@settings(max_examples=25)
@given(st.lists(st.sampled_from([DUPLICATE, DISTINCT, UNSURE]), min_size=1, max_size=12))
def test_shares_lie_between_nothing_and_all(words: list[tuple[str, str]]) -> None:
    held = [pair(each, "one", 50, 0.5, chosen=n % 2 == 0) for n, each in enumerate(words)]
    for told in (lambda one: one.duplicate, lambda one: one.possible):
        for found in (precision(held, told), recall(held, told)):
            assert 0 <= found.value <= 1
            assert 0 <= found.low <= found.high <= 1

"""Pairs that are compared part by part give the same matches, to the last bit."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.test_matching_laws import TABLES, WINDOW, table
from wordkept.matching import Matches, dealing, match, records
from wordkept.matching.dealt import Dealer, Kernel, Mapper
from wordkept.matching.matches import Labels

SLOW = settings(max_examples=6)


def dealer(parts: int, seed: int = 0, seen: list[pa.Table] | None = None) -> Dealer:
    """Deals rows to so many workers by their key, out of order, as a cluster does."""

    def deal(rows: pa.Table, by: tuple[str, ...]) -> Mapper:
        chance = np.random.default_rng(seed)
        keys = np.stack([rows[name].to_numpy().astype(np.int64) for name in by], axis=1)
        distinct, number = np.unique(keys, axis=0, return_inverse=True)
        worker = chance.integers(0, parts, len(distinct))[number.reshape(-1)]
        shuffled = chance.permutation(len(rows))

        def given() -> Iterator[pa.Table]:
            for one in range(parts):
                part = rows.take(shuffled[worker[shuffled] == one])
                if len(part):
                    yield part

        def run(kernel: Kernel, schema: pa.Schema) -> pa.Table:
            made = [kernel(part) for part in given()]
            return pa.concat_tables([schema.empty_table(), *reversed(made)]).cast(schema)

        if seen is not None:
            seen.append(rows)
        return run

    return deal


def same(one: Matches, other: Matches) -> None:
    for name in ("left", "right", "score", "probability", "chosen", "levels"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.fitted.candidates == other.fitted.candidates
    assert one.fitted.expected == other.fitted.expected


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a few days and kilometres, and a sample of a few candidates."""
    monkeypatch.setattr(dealing, "_DAYS", 1)
    monkeypatch.setattr(dealing, "_KM", 1.0)
    for name, few in (("_SAMPLE", 3), ("_ENOUGH", 4), ("_STRETCH", 2)):
        monkeypatch.setattr(f"wordkept.matching.matching.{name}", few)


@SLOW
@given(TABLES, TABLES, st.sampled_from([1, 2, 5]), st.booleans())
@pytest.mark.usefixtures("small_parts")
def test_pairs_compared_part_by_part_are_the_same_to_the_last_bit(
    one: list[dict[str, object]], other: list[dict[str, object]], parts: int, labelled: bool
) -> None:
    left, right = records(table(one, "a"), table(other, "b"))
    labels = None
    if labelled and len(left) and len(right):
        first = np.zeros(1, np.int32)
        labels = Labels(left=first, right=first, duplicate=np.ones(1, np.bool_))
    for ours, theirs in ((left, right), (left, left)):
        for pairing in ("one-to-one", "clusters"):
            found, dealt = (
                match(ours, theirs, labels=labels, assignment=pairing, window=WINDOW, dealer=how)
                for how in (None, dealer(parts))
            )
            same(found, dealt)


@pytest.mark.usefixtures("small_parts")
def test_left_rows_lie_in_one_part_each_and_parts_are_of_days_and_cells() -> None:
    made: list[dict[str, object]] = [
        {
            "day": 10 * (at % 7), "length": 0, "lat": float(at % 5), "lon": 179.95 * (-1) ** at,
            "radius_km": 5.0, "admin1": "North", "event_type": "shelling", "side_a": "Army",
            "side_b": None, "best": at % 3,
        }
        for at in range(70)
    ]  # fmt: skip
    left, right = records(table(made, "a"), table(made, "b"))
    seen: list[pa.Table] = []
    found = match(left, right, window=WINDOW, dealer=dealer(4, 1, seen))
    same(match(left, right, window=WINDOW), found)
    (rows,) = seen
    ours = [row for row in rows.to_pylist() if not row["right"]]
    assert len({(row["block"], row["place"]) for row in ours}) == len(ours) == 70
    assert len({(row["block"], row["cell"]) for row in ours}) == 70
    assert len(rows) > 140  # rows by the edge of a cell lie in two
    assert found.fitted.candidates == 140  # each with its own copy, and with that over the line

"""Laws that hold for any two records, on small ones made up by hypothesis."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wordkept.matching import (
    Labels,
    Matches,
    Records,
    Window,
    candidates,
    engines,
    match,
    matching,
    records,
)
from wordkept.matching.levels import Comparing, levels_of, rarities
from wordkept.matching.reasons import distance_km
from wordkept.matching.rows import EARTH_KM, rows

DAY = 17_000
NAMES = ["Army of Kara", "Army of Karra", "Front of Mushadel", "Армия Кары", None]
AREAS = ["North", "South", None]
ROW = st.fixed_dictionaries(
    {
        "day": st.integers(0, 9),
        "length": st.sampled_from([0, 0, 0, 1, 6, 40]),
        "lat": st.one_of(st.none(), st.floats(-0.5, 0.5)),
        "lon": st.floats(179.5, 180.0),
        "radius_km": st.sampled_from([0.0, 5.0, 14.0, 60.0, None]),
        "admin1": st.sampled_from(AREAS),
        "event_type": st.sampled_from(["shelling", "air strike", None]),
        "side_a": st.sampled_from(NAMES),
        "side_b": st.sampled_from(NAMES),
        "best": st.one_of(st.none(), st.integers(0, 30)),
    }
)
TABLES = st.lists(ROW, max_size=14)
SLOW = settings(max_examples=10)
WINDOW = Window(days=2, km=20.0)


def table(found: list[dict[str, object]], name: str) -> pa.Table:
    """Rows in the columns of the event schema; native ids tell them apart."""
    made = [
        {
            "native_id": f"{name}{n}",
            "period_from": DAY + row["day"],  # type: ignore[operator]
            "period_to": DAY + row["day"] + row["length"],  # type: ignore[operator]
            "country": "Testland",
            "deaths_low": row["best"], "deaths_best": row["best"], "deaths_high": row["best"],
            **{key: row[key] for key in ("lat", "lon", "radius_km", "admin1", "event_type",
                                         "side_a", "side_b")},
        }
        for n, row in enumerate(found)
    ]  # fmt: skip
    whole = pa.int64()
    kinds = [("native_id", pa.string()), ("period_from", pa.int32()), ("period_to", pa.int32()),
             ("country", pa.string()), ("deaths_low", whole), ("deaths_best", whole),
             ("deaths_high", whole), ("lat", pa.float64()), ("lon", pa.float64()),
             ("radius_km", pa.float64()), ("admin1", pa.string()), ("event_type", pa.string()),
             ("side_a", pa.string()), ("side_b", pa.string())]  # fmt: skip
    laid = pa.Table.from_pylist(made, schema=pa.schema(kinds))
    for name_ in ("period_from", "period_to"):
        at = laid.column_names.index(name_)
        laid = laid.set_column(at, name_, laid[name_].cast(pa.date32()))
    return laid


def by_ids(found: Matches, left: Records, right: Records) -> dict[tuple[str, str], float]:
    """Probability by native ids."""
    ours, theirs = left.native_id.to_pylist(), right.native_id.to_pylist()
    ends = zip(found.left.tolist(), found.right.tolist(), strict=True)
    return {(ours[i], theirs[j]): float(p) for (i, j), p in zip(ends, found.probability,
                                                                strict=True)}  # fmt: skip


def within(left: Records, right: Records, i: int, j: int, window: Window) -> bool | None:
    """Whether a pair lies within the window, row by row; None where it is a matter of rounding."""
    gap = max(left.day_from[i] - right.day_to[j], right.day_from[j] - left.day_to[i])
    if gap > window.days:
        return False
    if left.pointed[i] and right.pointed[j]:
        reach = max(window.km, left.radius_km[i] + right.radius_km[j])
        away = distance_km(left, right, i, j)
        through = 2 * EARTH_KM * np.sin(away / 2 / EARTH_KM)
        return None if abs(through - reach) < 1e-6 else bool(through < reach)
    wide = [side.admin1[n] < 0 and not side.pointed[n] for side, n in ((left, i), (right, j))]
    if any(wide):
        return bool(left.country[i] == right.country[j] >= 0)
    return bool(left.admin1[i] == right.admin1[j] >= 0)


def comparing(left: Records, right: Records) -> Comparing:
    return Comparing(days=WINDOW.days, km=WINDOW.km, alike=left.names.alike,
                     rarity=rarities(left.event_type, right.event_type))  # fmt: skip


@SLOW
@given(TABLES, TABLES)
def test_the_pairs_compared_are_those_of_a_naive_look_at_all(
    one: list[dict[str, object]], other: list[dict[str, object]]
) -> None:
    left, right = records(table(one, "a"), table(other, "b"), {})
    ours, theirs = rows(left), rows(right)
    i, j, _ = candidates.candidates(ours, theirs, comparing(left, right))
    found = list(zip(ours.at[i].tolist(), theirs.at[j].tolist(), strict=True))
    assert len(found) == len(set(found))
    for a in range(len(left)):
        for b in range(len(right)):
            near = within(left, right, a, b, WINDOW)
            assert near is None or near == ((a, b) in set(found)), (a, b)


@SLOW
@given(TABLES)
def test_a_record_with_itself_is_compared_once_a_pair(one: list[dict[str, object]]) -> None:
    alone = table(one, "a")
    left, right = records(alone, alone, {})
    assert left is right
    ours = rows(left)
    i, j, _ = candidates.candidates(ours, ours, comparing(left, right))
    met = {frozenset(pair) for pair in zip(ours.at[i].tolist(), ours.at[j].tolist(), strict=True)}
    assert len(met) == len(i)
    assert all(len(pair) == 2 for pair in met)
    for a in range(len(left)):
        for b in range(a):
            near = within(left, left, a, b, WINDOW)
            assert near is None or near == (frozenset((a, b)) in met)


@SLOW
@given(TABLES, TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_answer(
    one: list[dict[str, object]], other: list[dict[str, object]], chance: "object"
) -> None:
    tables = table(one, "a"), table(other, "b")
    shuffled = [each.take(pa.array(_shuffled(len(each), chance), pa.int64())) for each in tables]
    sides, moved = records(*tables, {}), records(shuffled[0], shuffled[1], {})
    found, again = match(*sides, window=WINDOW), match(*moved, window=WINDOW)
    assert by_ids(found, *sides) == by_ids(again, *moved)
    assert _chosen(found, *sides) == _chosen(again, *moved)


@SLOW
@given(TABLES, TABLES)
def test_left_and_right_may_be_swapped(
    one: list[dict[str, object]], other: list[dict[str, object]]
) -> None:
    left, right = records(table(one, "a"), table(other, "b"), {})
    there = by_ids(match(left, right, window=WINDOW), left, right)
    back = by_ids(match(right, left, window=WINDOW), right, left)
    assert {(b, a) for a, b in back} == there.keys()
    assert all(back[b, a] == pytest.approx(p, abs=1e-6) for (a, b), p in there.items())


@SLOW
@given(TABLES, TABLES, st.sampled_from(["one-to-one", "clusters"]))
def test_probabilities_are_probabilities_and_rows_are_used_as_asked(
    one: list[dict[str, object]], other: list[dict[str, object]], how: str
) -> None:
    left, right = records(table(one, "a"), table(other, "b"), {})
    found = match(left, right, assignment=how, window=WINDOW)  # type: ignore[arg-type]
    assert ((found.probability >= 0) & (found.probability <= 1)).all()
    assert (np.diff(found.probability) <= 1e-12).all()
    for i, j in zip(found.left.tolist(), found.right.tolist(), strict=True):
        assert within(left, right, i, j, WINDOW) is not False
    if how == "one-to-one":
        taken = found.left[found.chosen], found.right[found.chosen]
        assert all(len(set(side.tolist())) == len(side) for side in taken)


@settings(max_examples=5)
@given(TABLES, TABLES)
def test_numba_and_numpy_say_the_same(
    one: list[dict[str, object]], other: list[dict[str, object]]
) -> None:
    pytest.importorskip("numba")
    left, right = records(table(one, "a"), table(other, "b"), {})
    ours, theirs = rows(left), rows(right)
    how = comparing(left, right)
    plain = candidates.candidates(ours, theirs, how)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "FEW", 0)
        compiled = candidates.candidates(ours, theirs, how)
        patch.setattr(candidates, "_KEPT", 40)
        patch.setattr(candidates, "_AT_ONCE", 3)
        anew = candidates.candidates(ours, theirs, how)
        again, _ = records(table(one, "a"), table(other, "b"), {})
    assert all(np.array_equal(plain[n], compiled[n]) for n in range(3))
    assert all(np.array_equal(plain[n], anew[n]) for n in range(3))
    assert np.array_equal(left.deaths, again.deaths)


def test_of_many_candidates_a_sample_teaches_and_numba_and_numpy_agree(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("numba")
    draw = np.random.default_rng(5)
    one, other = ([_drawn(draw) for _ in range(120)] for _ in range(2))
    left, right = records(table(one, "a"), table(one[:80] + other, "b"), {})
    whole = match(left, right, window=WINDOW)
    monkeypatch.setattr(matching, "_ENOUGH", whole.fitted.candidates // 3)
    monkeypatch.setattr(matching, "_STRETCH", 10)
    plain = match(left, right, window=WINDOW)
    monkeypatch.setattr(engines, "FEW", 0)
    compiled = match(left, right, window=WINDOW)
    assert plain.fitted.candidates == compiled.fitted.candidates == whole.fitted.candidates
    assert not np.array_equal(whole.fitted.weights["time"], plain.fitted.weights["time"])
    found, again = by_ids(plain, left, right), by_ids(compiled, left, right)
    assert found
    assert again == pytest.approx(found, abs=1e-9)


def _drawn(draw: np.random.Generator) -> dict[str, object]:
    """A row of a small, crowded world."""
    return {
        "day": int(draw.integers(0, 90)), "length": int(draw.choice([0, 0, 1, 6])),
        "lat": float(draw.uniform(-0.3, 0.3)), "lon": float(draw.uniform(179.5, 180)),
        "radius_km": float(draw.choice([0, 5, 60])), "admin1": "North", "event_type": "shelling",
        "side_a": str(draw.choice(["Army of Kara", "Front of Mushadel"])), "side_b": None,
        "best": int(draw.integers(0, 30)),
    }  # fmt: skip


def _shuffled(n: int, chance: object) -> list[int]:
    order = list(range(n))
    chance.shuffle(order)  # type: ignore[attr-defined]
    return order


def _chosen(found: Matches, left: Records, right: Records) -> set[tuple[str, str]]:
    part = replace(found, left=found.left[found.chosen], right=found.right[found.chosen],
                   probability=found.probability[found.chosen])  # fmt: skip
    return set(by_ids(part, left, right))


def test_codes_are_read_back_as_the_levels_they_were_made_of() -> None:
    from wordkept.matching.levels import SIZES, coded, decoded

    draw = np.random.default_rng(1)
    levels: tuple[NDArray[np.int64], ...] = tuple(draw.integers(0, size, 50) for size in SIZES)
    assert np.array_equal(decoded(coded(levels)), np.stack(levels, axis=1))
    assert np.prod(SIZES) <= np.iinfo(np.uint16).max + 1


def test_no_rows_on_either_side_give_no_pairs() -> None:
    left, right = records(table([], "a"), table([], "b"), {})
    found = match(left, right)
    assert len(found) == 0
    assert found.fitted.candidates == 0
    none = np.empty(0, np.int32)
    labels = Labels(left=none, right=none, duplicate=np.empty(0, np.bool_))
    assert match(left, right, labels=labels).fitted.labelled == 0
    assert levels_of(rows(left), rows(right), none, none, comparing(left, right)).shape == (0,)

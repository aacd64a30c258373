"""A release that cannot well follow those before it is refused; what is odd about ids is said."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wordkept.errors import InputError
from wordkept.events.releases import LoadOptions, load_release
from wordkept.model import Release

OPTIONS = LoadOptions(loaded_at="2026-01-01T00:00:00Z", stated=date(2026, 1, 1))
OWN = "native_id,period_from,period_to,event_type,side_a,side_b,place\n"


def rows(numbers: range, *, side: str = "A") -> str:
    return OWN + "".join(
        f"e{n},2016-03-{n % 28 + 1:02},2016-03-{n % 28 + 1:02},riot,{side},B,Town {n}\n"
        for n in numbers
    )


def load(folder: Path, text: str, *earlier: Release, **said: object) -> tuple[Release, list[str]]:
    source = folder / f"export{len(earlier)}.csv"
    source.write_text(text)
    told: list[str] = []
    options = replace(OPTIONS, earlier=earlier, tell=told.append, **said)  # type: ignore[arg-type]
    return load_release(source, folder / "events", options), told


def test_two_files_that_claim_one_date_are_told_apart(tmp_path: Path) -> None:
    first, _ = load(tmp_path, rows(range(20)))
    with pytest.raises(InputError, match="claim to be the release of 1 January 2026") as refused:
        load(tmp_path, rows(range(21)), first)
    (problem,) = refused.value.problems
    assert "this one with 21 rows, and export0.csv with 20 rows" in problem.what
    assert "--stated 2026-01-01" in problem.where
    assert "--confirm" in problem.remedy
    assert [path.stem for path in (tmp_path / "events").iterdir()] == [first.id]
    load(tmp_path, rows(range(21)), first, stated=date(2026, 1, 2))
    load(tmp_path, rows(range(21)), first, stated=None)
    _, told = load(tmp_path, rows(range(21)), first, confirmed=True)
    assert told[0].startswith("confirmed: two files with other bytes claim")


def test_a_release_that_lost_half_its_rows_is_refused(tmp_path: Path) -> None:
    first, _ = load(tmp_path, rows(range(20)))
    second = {"stated": date(2026, 2, 1)}
    load(tmp_path, rows(range(10)), first, **second)
    with pytest.raises(InputError) as refused:
        load(tmp_path, rows(range(9)), first, **second)
    (problem,) = refused.value.problems
    assert problem.what == (
        "this release has 9 rows, 45 % of the 20 of the one before it (export0.csv)"
    )
    assert "--confirm" in problem.remedy
    found, told = load(tmp_path, rows(range(9)), first, confirmed=True, **second)
    assert found.receipt.loaded == 9
    assert told[0].startswith("confirmed: this release has 9 rows")


def test_both_problems_are_said_at_once(tmp_path: Path) -> None:
    first, _ = load(tmp_path, rows(range(20)))
    with pytest.raises(InputError) as refused:
        load(tmp_path, rows(range(4)), first)
    assert len(refused.value.problems) == 2


def test_an_id_that_stands_for_another_event_is_said(tmp_path: Path) -> None:
    first, _ = load(tmp_path, rows(range(20)))
    other = "e7,2017-09-09,2017-09-09,riot,Else,Others,Elsewhere\n"
    moved = "e8,2017-09-09,2017-09-09,riot,Else,B,Elsewhere\n"
    text = rows(range(7)) + other + moved
    _, told = load(tmp_path, text + "".join(rows(range(9, 20)).splitlines(keepends=True)[1:]),
                   first, stated=date(2026, 2, 1))  # fmt: skip
    (remark,) = told
    assert remark == (
        "1 id stands for another event than in the release before: another day, place and parties. "
        "e7 was 8 March 2016, Town 7, A; now it is 9 September 2017, Elsewhere, Else."
    )


def test_a_deleted_id_that_comes_back_is_said(tmp_path: Path) -> None:
    first, _ = load(tmp_path, rows(range(20)))
    second, told = load(tmp_path, rows(range(18)), first, stated=date(2026, 2, 1))
    assert told == []
    _, told = load(tmp_path, rows(range(19)), first, second, stated=date(2026, 3, 1))
    assert told == ["1 id that an earlier release held and the last one did not: back again (e18)."]

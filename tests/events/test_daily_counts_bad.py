"""A file of daily counts never turns what it does not know into a day without an event."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wordkept.events.audit import Question, audit
from wordkept.events.engine import connect
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.events.series import coverage, cut
from wordkept.model import DailySeries, Finding, Receipt, Selection
from wordkept.period import Period

FIRST = dt.date(2016, 1, 1)
DAYS = Period(dt.date(2016, 2, 1), dt.date(2016, 4, 11))
WINDOW = Period(dt.date(2016, 3, 15), DAYS.end)
RECORD = Period(FIRST, dt.date(2016, 4, 30))
BAD = dt.date(2016, 3, 20)
ALL = Selection(dataset="daily-counts", attributions=("certain",))
CHECK = "days without a count"
Read = tuple[Receipt, tuple[DailySeries, ...], tuple[Finding, ...]]


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    connection = connect()
    yield connection
    connection.disconnect()


def written(**cells: str) -> str:
    """A record in which every day has its row, but for the bad day, which has those given."""
    rows = [f"{day},{3 + day.day % 4},Homs" for day in RECORD if day != BAD]
    rows += [f"{BAD},{cell},Homs" for cell in cells.values()]
    return "day,n,series\n" + "\n".join(rows) + "\n"


def read(engine: Any, folder: Path, text: str, selection: Selection = ALL) -> Read:
    source = folder / "counts.csv"
    source.write_text(text)
    options = LoadOptions(loaded_at="2026-01-01T00:00:00Z", stated=dt.date(2016, 6, 30))
    release = load_release(source, folder / "case", options)
    events = open_release(release, folder / "case", engine)
    covered = coverage(events, until=dt.date(2016, 6, 30))
    assert covered is not None
    question = Question(selection=selection, days=DAYS, window=WINDOW, release=release)
    series = cut(events, selection, role="primary", covered=covered.days)
    return release.receipt, series, audit(events, question, covered)


def closing(findings: tuple[Finding, ...]) -> list[str]:
    return [one.sentence for one in findings if one.check == CHECK and one.closes_gate]


APART = "the same day and series stand on another row with another count"
UNKNOWN = (
    (["-2"], "a negative number of events"),
    (["2.5"], "n is not a whole number"),
    (["inf"], "n is not a whole number"),
    (["three"], "n is not a whole number"),
    (["NaN"], "no count for the day"),
    ([""], "no count for the day"),
    (["3", "5"], APART),
)


def test_a_count_that_cannot_be_is_set_aside_and_its_day_is_not_taken_for_nought(
    engine: Any, tmp_path: Path
) -> None:
    days = list(Period.of(WINDOW.start, days=len(UNKNOWN)))
    good = [f"{day},{3 + day.day % 4},Homs" for day in RECORD if day not in days]
    bad = [f"{day},{cell},Homs" for day, (cells, _) in zip(days, UNKNOWN, strict=True)
           for cell in cells]  # fmt: skip
    text = "day,n,series\n" + "\n".join([*good, *bad]) + "\n"
    receipt, _, findings = read(engine, tmp_path, text)
    aside = Counter({one.reason: one.rows for one in receipt.set_aside})
    assert aside == Counter(reason for cells, reason in UNKNOWN for _ in cells)
    assert receipt.read == receipt.loaded + len(bad)
    (said,) = closing(findings)
    assert f"no row on {len(UNKNOWN)} days of the 71 compared, the first of them 15 March" in said


def test_a_day_without_a_row_closes_the_gate(engine: Any, tmp_path: Path) -> None:
    _, _, findings = read(engine, tmp_path, written())
    assert len(closing(findings)) == 1


def test_a_watched_day_with_nothing_on_it_is_nought(engine: Any, tmp_path: Path) -> None:
    _, (series,), findings = read(engine, tmp_path, written(row="0"))
    assert series.counts[(BAD - FIRST).days] == 0
    assert closing(findings) == []


def test_a_row_that_stands_twice_alike_counts_once(engine: Any, tmp_path: Path) -> None:
    receipt, (series,), findings = read(engine, tmp_path, written(one="7", two="7"))
    assert receipt.loaded == len(RECORD)
    assert series.counts[(BAD - FIRST).days] == 7
    assert closing(findings) == []


def test_a_series_that_ends_before_the_others_did_not_fall_to_nothing(
    engine: Any, tmp_path: Path
) -> None:
    """Counted to the end of the file, it would stand at nought in the window: a pledge kept."""
    other = "\n".join(f"{day},4,Hama" for day in RECORD if day < WINDOW.start)
    chosen = Selection(dataset="daily-counts", areas=("Hama",), attributions=("certain",))
    _, (series,), findings = read(engine, tmp_path, f"{written(row='3')}{other}\n", chosen)
    assert set(series.counts[(WINDOW.start - FIRST).days :]) == {0}
    (said,) = closing(findings)
    assert f"on {len(WINDOW)} days of the 71 compared" in said


def test_the_order_of_rows_changes_nothing(engine: Any, tmp_path: Path) -> None:
    head, *rows = written(row="9").splitlines()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    _, first, _ = read(engine, tmp_path / "one", "\n".join([head, *rows]))
    _, second, _ = read(engine, tmp_path / "two", "\n".join([head, *reversed(rows)]))
    assert first == second

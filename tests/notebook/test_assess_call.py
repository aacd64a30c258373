"""One call gives what a case gives, says what it did not look at, and shows itself."""

import datetime as dt
import inspect
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import altair as alt
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wordkept
from wordkept.case import Case
from wordkept.model import WORDS
from wordkept.notebook.days import Missing
from wordkept.notebook.drawn import weekly
from wordkept.notebook.telling import NOT_REGISTERED

FIRST, ON = dt.date(2015, 1, 1), dt.date(2016, 3, 15)


def days(after: int = 1, length: int = 560) -> dict[dt.date, int]:
    """Counts that rise and fall by themselves, and stand at `after` from the date on."""
    every = (FIRST + dt.timedelta(days=n) for n in range(length))
    return {day: after if day >= ON else 4 + day.toordinal() * 7 % 5 for day in every}


@pytest.fixture(scope="module")
def fallen() -> wordkept.Result:
    return wordkept.assess(days(), on="2016-03-15", falls_to=0.5, label="air strikes on Idleb")


def test_numbers_and_prose_stand_together(fallen: wordkept.Result) -> None:
    assert fallen.word == fallen.verdict.word == "kept"
    assert fallen.sentence.startswith("Kept: air strikes on Idleb fell to 17 % of their level")
    counts = days()
    window = sum(counts[ON + dt.timedelta(days=n)] for n in range(28))
    before = sum(counts[ON - dt.timedelta(days=n)] for n in range(1, 29))
    assert fallen.estimates[0].ratio == window / before
    assert fallen.ratio is not None
    assert fallen.ratio[0] <= window / before <= fallen.ratio[1]
    assert fallen.ratio_widened == (fallen.ratio[0] / 1.25, fallen.ratio[1] * 1.25)
    assert fallen.p is not None
    assert fallen.p < 0.01


def test_a_rise_that_was_declared() -> None:
    rose = wordkept.assess(days(after=40), on=ON, rises_to=2)
    assert rose.word == "kept"
    assert wordkept.assess(days(after=7), on=ON, rises_to=2).word != "kept"


def test_a_fall_that_did_not_come_is_not_kept() -> None:
    stayed = wordkept.assess(days(after=9), on=ON, falls_to=0.5)
    assert (stayed.word, stayed.word in WORDS) == ("not kept", True)


def test_the_plan_was_not_registered_and_it_says_so(fallen: wordkept.Result) -> None:
    fixing = fallen.assessment.fixing
    assert (fixing.registered_at, fixing.before_data, fixing.record_known) == (None, False, True)
    assert len(fixing.plan) == 64
    assert " ".join(NOT_REGISTERED.split()) in " ".join(str(fallen).split())


@pytest.mark.parametrize("after", [0, 1, 3, 9, 900_000])
@pytest.mark.parametrize("length", [450, 560])
def test_the_text_fits_eighty_columns(after: int, length: int) -> None:
    control = {day: 5 + day.day % 3 for day in days(length=length)}
    result = wordkept.assess(
        days(after, length), on=ON, falls_to=0.5, label="strikes and shelling " * 6,
        baselines=[28, (90, 30), (300, 60)], control=control, control_label="another front",
    )  # fmt: skip
    lines = str(result).splitlines()
    assert max(map(len, lines)) <= 80
    assert result.sentence in " ".join(" ".join(lines).split())
    assert result.word in WORDS


def test_a_control_is_held_against(fallen: wordkept.Result) -> None:
    alike = wordkept.assess(days(), on=ON, falls_to=0.5, control=days())
    (held,) = alike.assessment.controls
    assert (held.survives, held.adjusted_ratio) == (False, 1.0)
    assert alike.word == "partly kept"
    assert alike.ratio == fallen.ratio
    apart = {day: 5 + day.day % 3 for day in days()}
    assert wordkept.assess(days(), on=ON, falls_to=0.5, control=apart).word == "kept"


def test_until_cuts_the_window() -> None:
    cut = wordkept.assess(days(), on=ON, until="2016-03-24", falls_to=0.5)
    assert {len(one.window) for one in cut.estimates} == {10}


def test_days_before_the_first_event_are_left_out_as_in_a_case() -> None:
    late = {FIRST - dt.timedelta(days=n): 0 for n in range(1, 50)} | days()
    result = wordkept.assess(late, on=ON, falls_to=0.5)
    assert result.assessment.series[0].start == FIRST
    assert "The 49 days before 1 January 2015 hold no event" in " ".join(str(result).split())


def test_a_record_that_ends_before_the_window_does_cannot_tell() -> None:
    short = wordkept.assess(days(length=445), on=ON, falls_to=0.5)
    assert (short.word, short.ratio, short.p, short.to_frame()) == ("cannot tell", None, None, [])
    assert short._repr_html_()
    assert short.plot().to_dict()


def test_filled_days_are_told_of() -> None:
    given = {day: count for day, count in days().items() if day.day != 7}
    filled = wordkept.assess(given, on=ON, falls_to=0.5, missing="zero")
    assert filled.filled == len(days()) - len(given)
    assert f"{filled.filled} days of 560 had no row" in " ".join(str(filled).split())


def test_a_case_with_the_same_counts_gives_the_same_numbers(written: Path, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    case.read(written / "statement.txt")
    case.load(written / "counts.csv")
    (tmp_path / "case" / "pledges" / "truce.toml").write_text((written / "truce.toml").read_text())
    (theirs,) = case.assess()
    rows = [line.split(",") for line in (written / "counts.csv").read_text().splitlines()[1:]]
    ours = wordkept.assess(
        {day: int(number) for day, number, _ in rows}, on="2025-04-14", until="2025-04-27",
        falls_to=0.5, window_days=14, baselines=[14, 28], label="shells laid to the North",
    )  # fmt: skip
    alone = [one for one in theirs.estimates if one.attribution == "certain"]
    assert [(one.ratio, one.p, one.expected) for one in ours.estimates] == [
        (one.ratio, one.p, one.expected) for one in alone
    ]


Maker = Any
MAKERS: dict[str, tuple[Maker, type]] = {
    "pandas": (lambda d, n: pd.DataFrame({"day": pd.to_datetime(d), "count": n}), pd.DataFrame),
    "polars": (lambda d, n: pl.DataFrame({"day": d, "count": n}), pl.DataFrame),
    "pyarrow": (lambda d, n: pa.table({"day": d, "count": n}), pa.Table),
    "rows": (lambda d, n: dict(zip(d, n, strict=True)), list),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_table_of_estimates_is_of_the_kind_that_was_given(
    fallen: wordkept.Result, kind: str
) -> None:
    make, expected = MAKERS[kind]
    result = wordkept.assess(make(list(days()), list(days().values())), on=ON, falls_to=0.5)
    assert type(result.to_frame()) is expected
    table: Any = result.to_frame()
    assert len(table) == 2
    assert isinstance(fallen.to_frame(kind), expected)
    ratios = [row["ratio"] for row in table] if kind == "rows" else list(table["ratio"])
    assert [float(str(ratio)) for ratio in ratios] == [one.ratio for one in fallen.estimates]


def test_an_unknown_kind_of_table_is_refused(fallen: wordkept.Result) -> None:
    with pytest.raises(wordkept.InputError, match="no table of kind 'excel'"):
        fallen.to_frame("excel")


class Tags(HTMLParser):
    """The tags of a page, each closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name in {"src", "href"} or name.startswith("on")]
        if tag not in {"line", "rect", "circle", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"line", "rect", "circle", "path"}:
            assert self.open.pop() == tag


def test_the_page_is_whole_and_carries_no_code_of_others() -> None:
    hostile = '<script>alert(1)</script> & "strikes" \u202egnp\x1b[2J'
    page = wordkept.assess(days(), on=ON, falls_to=0.5, label=hostile)._repr_html_()
    tags = Tags(page)
    assert tags.open == []
    assert "script" not in tags.seen
    assert "&lt;script&gt;" in page
    assert "[U+202E]" in page
    assert "\x1b" not in page
    assert "http" not in page
    assert "prefers-color-scheme:dark" in page


def test_a_terminal_is_not_driven_by_a_label() -> None:
    hostile = wordkept.assess(days(), on=ON, falls_to=0.5, label="a\x1b[2J")
    assert "\x1b" not in str(hostile) + repr(hostile)


def test_the_weeks_begin_on_the_date_and_lose_no_event(fallen: wordkept.Result) -> None:
    series = fallen.assessment.series[0]
    weeks = weekly(series, ON)
    assert ON in {week.start for week in weeks}
    early = FIRST + dt.timedelta(days=40)
    assert early in {week.start for week in weekly(series, early)}
    counts = days()
    for week in weeks:
        assert (week.end - week.start).days == 6
        assert week.events == sum(counts[week.start + dt.timedelta(days=n)] for n in range(7))


def test_the_chart_holds_the_weeks_and_is_valid(fallen: wordkept.Result) -> None:
    chart = fallen.plot()
    assert isinstance(chart, alt.LayerChart)
    drawn = chart.to_dict()
    lines = [one for one in drawn["layer"] if one["mark"]["type"] == "line"]
    (values,) = (drawn["datasets"][one["data"]["name"]] for one in lines)
    assert sum(row["events"] for row in values[:-1]) == sum(
        week.events for week in weekly(fallen.assessment.series[0], ON)
    )
    assert drawn["title"]["subtitle"][0].startswith("Kept: air strikes on Idleb")


def test_without_altair_the_plot_says_what_to_install(
    fallen: wordkept.Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(wordkept.InputError) as refused:
        fallen.plot()
    assert "wordkept[notebook]" in refused.value.problems[0].remedy


def test_the_same_input_gives_the_same_result(fallen: wordkept.Result) -> None:
    again = wordkept.assess(days(), on=ON, falls_to=0.5, label="air strikes on Idleb")
    assert again == fallen
    assert again._repr_html_() == fallen._repr_html_()


def test_importing_is_light() -> None:
    code = (
        "import sys, wordkept\n"
        "heavy = {'numpy', 'pandas', 'narwhals', 'altair', 'pyarrow', 'ibis', 'sqlalchemy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert callable(wordkept.assess)\n"
        "assert 'altair' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_public_names_are_few_and_typed() -> None:
    stub = Path(inspect.getfile(wordkept)).with_suffix(".pyi").read_text(encoding="utf-8")
    assert len(wordkept.__all__) <= 15
    assert set(dir(wordkept)) == set(wordkept.__all__)
    for name in wordkept.__all__:
        assert getattr(wordkept, name) is not None
        assert f'"{name}"' in stub
    with pytest.raises(AttributeError, match="no attribute 'asess'"):
        wordkept.asess  # type: ignore[attr-defined]  # noqa: B018
    assert get_args(Missing) == ("unknown", "zero")

"""The specification curve on the page: nothing lost, nothing leaked, every number traceable."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.dossier.curve_chart import COLUMNS_NARROW, COLUMNS_WIDE, curve_chart, marks_of
from wordkept.dossier.evidence import ShownCurve
from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import render_html
from wordkept.dossier.publish import shown
from wordkept.dossier.report import CaseReport
from wordkept.dossier.terminal import board_text, pledge_text
from wordkept.model import Assessment, Curve, PublicationRule, Specification

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def holding(assessment: Assessment, made: Curve) -> Assessment:
    return replace(assessment, curve=made)


@pytest.fixture(scope="session")
def counted(report: CaseReport) -> Assessment:
    return report.assessments[0]


@given(total=st.integers(1, 10_000), most=st.sampled_from([COLUMNS_NARROW, COLUMNS_WIDE]))
@settings(max_examples=40)
def test_every_set_up_stands_in_just_one_mark(total: int, most: int) -> None:
    printed = _printed(total)
    marks = marks_of(printed, most)
    assert len(marks) == min(total, most)
    covered = [place for mark in marks for place in range(mark.first, mark.last + 1)]
    assert covered == list(range(total))
    assert all(mark.low <= mark.middle <= mark.high for mark in marks)


def _printed(total: int) -> ShownCurve:
    ratios = tuple(0.1 + place / total for place in range(total))
    return ShownCurve(
        total=total, ratios=ratios, p=(0.5,) * total, planned=(), columns=(), alpha=0.05,
        median_ratio=None, joint_p=None, placebo_dates=1, share_agreeing=None, share_reaching=None,
        sentence="", planned_text="", span="", fixed="", shares=(), left_out=(), withheld="",
    )  # fmt: skip


@pytest.mark.parametrize("total", [1, 2, 60, 81, 181, 5000])
def test_it_is_drawn_whatever_the_number(
    counted: Assessment, total: int, make_curve: Callable[..., Curve]
) -> None:
    printed = shown(holding(counted, make_curve(total)))
    drawn = curve_chart(printed)
    assert drawn is not None
    for svg in (drawn.wide, drawn.narrow):
        assert "nan" not in svg.casefold()
        assert svg.count('class="plan-ring"') == 1
    assert drawn.wide.count("<circle") == (total if total <= COLUMNS_WIDE else 0) + 1
    narrow = -(-total // COLUMNS_NARROW)
    assert ("on a narrow screen" in drawn.caption.text) == (narrow > 1)
    assert narrow == 1 or f"{narrow:,}" in drawn.caption.text, "it says how many to a mark"


def test_ten_thousand_set_ups_stay_small(
    report: CaseReport, counted: Assessment, make_curve: Callable[..., Curve]
) -> None:
    large = replace(report, assessments=(holding(counted, make_curve(10_000)),))
    page, text = render_html(large), as_json(large)
    assert len(page.encode()) < 400_000
    assert len(text.encode()) < 500_000
    assert text.count("\n") < 5_000


def test_the_columns_of_the_json_are_the_set_ups(report: CaseReport, counted: Assessment) -> None:
    made = counted.curve
    assert made is not None
    content = json.loads(as_json(replace(report, assessments=(counted,))))
    found = content["pledges"][0]["curve"]
    columns = {
        column["name"]: [column["values"][place] for place in column["places"]]
        for column in found["columns"]
    }
    assert columns["area"] == [one.area for one in made.specifications]
    assert columns["duplicates"] == [one.duplicates for one in made.specifications]
    assert columns["window"] == [f"{one.window_days} days" for one in made.specifications]
    assert found["ratios"] == pytest.approx([one.ratio for one in made.specifications], rel=1e-3)
    assert found["p"] == pytest.approx([one.p for one in made.specifications], abs=1e-4)
    planned = [place for place, one in enumerate(made.specifications) if one.planned]
    assert found["planned"] == planned


def test_its_sentence_says_what_the_set_ups_show(counted: Assessment) -> None:
    printed = shown(counted).curve
    assert printed is not None
    assert printed.sentence == (
        "60 defensible ways to count: the middle one stood at 75 % of the level before. As large a "
        "fall over all of them together is found at 9 of 300 placebo dates, the real one among "
        "them. Of the set-ups 70 % fell, and 32 % reached what the plan counts as kept."
    )
    assert printed.planned_text == "The plan's own set-up stood at 53 %."
    assert "12 set-ups were left out" in printed.left_out[0]


def test_the_shares_by_choice_add_up(counted: Assessment) -> None:
    printed = shown(counted).curve
    assert printed is not None
    for column in printed.columns:
        of_it = [share for share in printed.shares if share.name == column.name]
        assert sum(share.set_ups for share in of_it) == (60 if len(column.values) > 1 else 0)
    certain = next(one for one in printed.shares if one.value == "certain")
    among = [one for one in counted.curve.specifications if one.attribution == "certain"]  # type: ignore[union-attr]
    assert certain.set_ups == len(among)
    assert certain.reaching == f"{100 * sum(one.ratio <= 0.5 for one in among) / len(among):.0f} %"
    names = [one.value for one in printed.shares if one.name == "attribution"]
    assert names == ["certain", "probable", "possible"]


def test_where_small_numbers_are_kept_back_no_set_up_is_printed(
    report: CaseReport, withdrawn: Assessment, make_specification: Callable[..., Specification]
) -> None:
    secret = replace(make_specification(3, 24, "harm-watch"), ratio=0.79191, p=0.27191)
    made = withdrawn.curve
    assert made is not None
    whole = replace(made, specifications=(secret, *made.specifications[1:]), median_ratio=0.7277)
    hidden = holding(withdrawn, whole)
    printed = shown(hidden).curve
    assert printed is not None
    assert (printed.ratios, printed.columns, printed.shares) == ((), (), ())
    assert "stood at no more than 75 % of the level before" in printed.sentence
    assert "keep back" in printed.withheld
    for name, text in _formats(report, hidden).items():
        assert not re.search(r"791|271[89]|72[78]|73 %", _of_curve(text)), name


def _of_curve(text: str) -> str:
    """The part of a format that speaks of the curve, up to what comes after it."""
    start = text.casefold().find("every defensible way")
    return text[start : start + 1500]


@pytest.mark.parametrize("others", ["harm-watch", "lethal"])
def test_nothing_of_a_closed_record_is_in_a_curve(
    report: CaseReport,
    withdrawn: Assessment,
    others: str,
    make_curve: Callable[..., Curve],
    make_specification: Callable[..., Specification],
) -> None:
    """One closed record among several closes what all show together."""
    made = make_curve(30, others)
    mixed = replace(
        made,
        specifications=(make_specification(0, 30, "harm-watch"), *made.specifications[1:]),
        joint_p=0.7919, median_ratio=0.7919, share_agreeing=0.7919, share_reaching=0.7919,
    )  # fmt: skip
    shut = tuple(
        replace(one, publication=PublicationRule(allows="nothing"))
        if one.dataset == "harm-watch" else one
        for one in withdrawn.releases
    )  # fmt: skip
    closed = replace(holding(withdrawn, mixed), releases=shut)
    for name, text in _formats(report, closed).items():
        assert "79 %" not in text, name
        assert "7919" not in text, name
    printed = shown(closed).curve
    assert printed is not None
    assert printed.withheld.startswith("Withheld: nothing")


def _formats(report: CaseReport, assessment: Assessment) -> dict[str, str]:
    only = replace(report, assessments=(assessment,))
    return {
        "html": render_html(only),
        "json": as_json(only),
        "board": board_text(only),
        "terminal": pledge_text(only, assessment.pledge.id),
    }


def test_hostile_choices_make_no_element(
    report: CaseReport, counted: Assessment, make_curve: Callable[..., Curve]
) -> None:
    evil = "</text><script>alert(1)</script>\u202e"
    made = make_curve(30)
    hurt = replace(
        made,
        specifications=tuple(replace(one, area=evil) for one in made.specifications[:10])
        + made.specifications[10:],
        left_out=(evil,),
    )
    page = render_html(replace(report, assessments=(holding(counted, hurt),)))
    assert page.count("<script>") == 1
    assert "\u202e" not in page


def test_every_class_that_is_drawn_has_a_style(page: str) -> None:
    """What the style sheet does not know is black in both themes."""
    style = STYLE.search(page)
    assert style is not None
    drawn = {
        name
        for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL)
        for names in re.findall(r'class="([^"]+)"', svg)
        for name in names.split()
    }
    plain = {"own", "other", "label", "date", "part", "sure"}
    assert {"seen", "unseen", "choice", "strength-4", "plan-ring", "doubtful"} <= drawn
    assert {name for name in drawn - plain if f".{name}" not in style[1]} == set()

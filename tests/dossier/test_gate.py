from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.dossier.gate import rule_of, shown_series
from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import render_html
from wordkept.dossier.publish import shown
from wordkept.dossier.report import CaseReport
from wordkept.dossier.terminal import board_text, pledge_text
from wordkept.dossier.weeks import Total, hidden_weeks, small, weekly
from wordkept.model import Assessment, DailySeries, PublicationRule, Release
from wordkept.period import Period

MONDAY = date(2031, 1, 6)
SECRET = 7919
"""A number that stands nowhere but in what must be withheld."""


def daily(*counts: int) -> DailySeries:
    return DailySeries(dataset="d", attribution="certain", role="primary", label="events",
                       start=MONDAY, counts=counts)  # fmt: skip


def with_rule(assessment: Assessment, dataset: str, rule: PublicationRule) -> Assessment:
    def ruled(release: Release) -> Release:
        return replace(release, publication=rule) if release.dataset == dataset else release

    return replace(assessment, releases=tuple(ruled(one) for one in assessment.releases))


def every_format(report: CaseReport, assessment: Assessment) -> dict[str, str]:
    only = replace(report, assessments=(assessment,))
    return {
        "html": render_html(only),
        "json": as_json(only),
        "board": board_text(only),
        "terminal": pledge_text(only, assessment.pledge.id),
    }


counts_by_day = st.lists(st.integers(0, 3), min_size=28, max_size=84)


@given(counts=counts_by_day, at_least=st.integers(2, 5), data=st.data())
@settings(max_examples=60)
def test_no_printed_total_gives_a_hidden_week_away(
    counts: list[int], at_least: int, data: st.DataObject
) -> None:
    series = daily(*counts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(counts)), min_size=2, max_size=3)))
    totals = [
        Total(
            days=Period.of(MONDAY + timedelta(days=first), days=last - first),
            events=sum(counts[first:last]),
        )
        for first, last in pairwise(cuts)
    ]
    weeks = weekly(series)
    hidden = hidden_weeks(weeks, totals, at_least)
    assert all(place in hidden for place, week in enumerate(weeks) if small(week.events, at_least))
    for total in totals:
        inside = [
            place
            for place, week in enumerate(weeks)
            if total.days.start <= week.days.start and week.days.end <= total.days.end
        ]
        seen = [place for place in inside if place not in hidden]
        rest = total.events - sum(weeks[place].events for place in seen)
        if seen and len(seen) < len(inside):
            assert not small(rest, at_least)


def test_one_hidden_week_in_a_printed_total_takes_another_with_it() -> None:
    quiet, loud, louder = (0,) * 7, (5,) + (0,) * 6, (9,) + (0,) * 6
    weeks = weekly(daily(*loud, 1, *quiet[1:], *louder))
    alone = hidden_weeks(weeks, [], 3)
    assert dict(alone) == {1: "small"}
    month = Total(days=Period.of(MONDAY, days=21), events=15)
    assert dict(hidden_weeks(weeks, [month], 3)) == {1: "small", 0: "by subtraction"}


def test_two_nested_totals_are_subtracted_too() -> None:
    weeks = weekly(daily(*((4,) + (0,) * 6), *((1,) + (0,) * 6), *((6,) + (0,) * 6)))
    nested = [
        Total(days=Period.of(MONDAY, days=21), events=11),
        Total(days=Period.of(MONDAY, days=7), events=4),
    ]
    assert hidden_weeks(weeks, nested, 3)[2] == "by subtraction"


def test_a_series_under_aggregates_prints_no_small_number() -> None:
    rule = PublicationRule(allows="aggregates", at_least=3)
    printed = shown_series(daily(1, *(0,) * 6, 2, *(0,) * 6, 3, *(0,) * 6, *(0,) * 7), rule, ())
    assert [week.events.text for week in printed.weeks] == ["under 3", "under 3", "3", "0"]
    assert [week.events.n for week in printed.weeks] == [None, None, 3, 0]
    assert printed.withheld == 2


def test_the_strictest_release_of_a_dataset_rules(withdrawn: Assessment) -> None:
    harm = withdrawn.releases[0]
    lax = replace(harm, publication=PublicationRule(allows="rows"))
    strict = replace(harm, publication=PublicationRule(allows="aggregates", at_least=9))
    assert rule_of("harm-watch", (lax, harm, strict)).at_least == 9
    assert rule_of("no such dataset", (lax,)).allows == "nothing"


def test_a_small_window_is_withheld_with_its_ratio_and_sentences(
    report: CaseReport, withdrawn: Assessment
) -> None:
    tiny = tuple(
        replace(one, window_events=2, ratio=0.7919, ratio_low=0.7918, ratio_high=0.7917,
                ordinary_low=0.7916, ordinary_high=0.7915)
        if one.dataset == "harm-watch" else one
        for one in withdrawn.estimates
    )  # fmt: skip
    verdict = replace(
        withdrawn.verdict,
        sentence="Partly kept: it fell to 7919 of the level before.",
        why_not_lower=("Larger than 7919 of shifts.",),
    )
    small_one = replace(withdrawn, estimates=tiny, verdict=verdict)
    for name, text in every_format(report, small_one).items():
        assert "791" not in text, name
    printed = shown(small_one)
    assert printed.levels[0].after.text == "under 3"
    assert printed.levels[0].text.startswith("under ")
    assert printed.reading.sentence.startswith("Partly kept: Withheld:")


def test_small_weeks_stand_in_no_format(report: CaseReport, withdrawn: Assessment) -> None:
    """Two records that differ only in small weeks outside every total make the same dossier."""
    early = [
        place
        for place, week in enumerate(weekly(withdrawn.series[0]))
        if week.events in {1, 2} and place < 20
    ]
    assert len(early) > 3
    changed = with_weeks_swapped(withdrawn, early)
    assert changed != withdrawn
    assert every_format(report, withdrawn) == every_format(report, changed)


def with_weeks_swapped(assessment: Assessment, places: list[int]) -> Assessment:
    """The same assessment with 1 for 2 and 2 for 1 in those weeks of its first series."""
    series = assessment.series[0]
    counts = list(series.counts)
    for place in places:
        first = 7 * place
        events = sum(counts[first : first + 7])
        counts[first : first + 7] = [3 - events, 0, 0, 0, 0, 0, 0]
    return replace(
        assessment, series=(replace(series, counts=tuple(counts)), *assessment.series[1:])
    )


def test_nothing_means_nothing(report: CaseReport, withdrawn: Assessment) -> None:
    closed = with_rule(
        withdrawn, "harm-watch", PublicationRule(allows="nothing", terms="Shown in confidence.")
    )
    secret = tuple(replace(one, counts=(SECRET,) * len(one.counts)) for one in closed.series[:2])
    estimates = tuple(
        replace(one, window_events=SECRET, baseline_events=SECRET)
        if one.dataset == "harm-watch" else one
        for one in closed.estimates
    )  # fmt: skip
    verdict = replace(closed.verdict, sentence=f"Partly kept: {SECRET} fewer.")
    closed = replace(
        closed, series=(*secret, *closed.series[2:]), estimates=estimates, verdict=verdict
    )
    for name, text in every_format(report, closed).items():
        assert str(SECRET) not in text.replace(",", ""), name
        assert "incidents naming Northland, a week (Harm" not in text, name
    text = " ".join(every_format(report, closed)["terminal"].split())
    assert "Shown in confidence." in text
    assert "every row, count, series and ratio is" in text


def test_examples_of_rows_set_aside_are_rows(report: CaseReport, withdrawn: Assessment) -> None:
    text = every_format(report, withdrawn)["terminal"]
    assert text.count("row 12") == 2, "of the two datasets whose rows may be published"


@pytest.mark.parametrize("shift", [0, 1])
def test_weeks_begin_on_mondays_whatever_day_the_record_does(shift: int) -> None:
    series = replace(daily(*range(30)), start=MONDAY + timedelta(days=shift))
    weeks = weekly(series)
    assert all(week.days.start.weekday() == 0 for week in weeks[1:])
    assert sum(week.events for week in weeks) == sum(series.counts)

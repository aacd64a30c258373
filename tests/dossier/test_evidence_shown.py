"""Counts, comparisons, delay, effort, calibration and plan on the page, through the gate."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from wordkept.dossier.count_shown import shown_count
from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import render_html
from wordkept.dossier.plan_shown import plan_sentences
from wordkept.dossier.publish import shown
from wordkept.dossier.report import CaseReport
from wordkept.dossier.terminal import board_text, pledge_text
from wordkept.model import (
    Assessment,
    Count,
    DailySeries,
    Plan,
    PublicationRule,
    Question,
    Selection,
)
from wordkept.period import Period

SECRET = 7919
PLAIN = Plan(question="falls", primary=Selection(dataset="harm-watch"))


def formats(report: CaseReport, assessment: Assessment) -> dict[str, str]:
    only = replace(report, assessments=(assessment,))
    return {
        "html": render_html(only),
        "json": as_json(only),
        "board": board_text(only),
        "terminal": pledge_text(only, assessment.pledge.id),
    }


def told(report: CaseReport, assessment: Assessment) -> str:
    return pledge_text(replace(report, assessments=(assessment,)), assessment.pledge.id)


def ruled(assessment: Assessment, dataset: str, rule: PublicationRule) -> Assessment:
    changed = tuple(
        replace(one, publication=rule) if one.dataset == dataset else one
        for one in assessment.releases
    )
    return replace(assessment, releases=changed)


@pytest.fixture
def filmed(report: CaseReport) -> Assessment:
    return report.assessments[4]


@pytest.fixture
def ceased(report: CaseReport) -> Assessment:
    return report.assessments[1]


def test_a_published_count_stands_with_who_counted_and_what_was_not_placed(
    report: CaseReport, filmed: Assessment
) -> None:
    page = render_html(replace(report, assessments=(filmed,)))
    for said in (
        "counts as kept: at most 6", "mistakes alone: about 3", "14 outside", "45 not placed",
        "1 within", "Harm Watch (2032), Films of strikes.", 'href="https://watch.example/films"',
        "It could no longer be told if 2 of the 14 outside were within.",
        "45; they may lie on either side",
    ):  # fmt: skip
        assert said in page, said
    text = " ".join(told(report, filmed).split())
    assert "60 films of strikes; 1 within, 14 outside, 45 not placed." in text
    assert "https://watch.example/films" in text


def test_a_plan_without_a_record_shows_no_window_and_no_empty_chart(
    report: CaseReport, filmed: Assessment
) -> None:
    page = render_html(replace(report, assessments=(filmed,)))
    evidence = page[page.index('id="pledge-films"') :]
    for absent in ("Window:", "Baselines:", "No series was", "What is withheld", "calibration.md",
                   "The plan names no control series", "Reporting may have changed"):  # fmt: skip
        assert absent not in evidence, absent
    assert len(re.findall("<svg", evidence)) == 2, "one bar, at two widths"


def test_an_address_that_could_run_is_no_link(report: CaseReport, filmed: Assessment) -> None:
    plan = filmed.pledge.plan
    assert plan is not None
    assert plan.tally is not None
    evil = replace(plan, tally=replace(plan.tally, url="javascript:alert(1)"))
    hurt = replace(filmed, pledge=replace(filmed.pledge, plan=evil))
    for name, text in formats(report, hurt).items():
        assert "javascript:" not in text, name


def test_a_small_count_is_withheld_in_every_format(report: CaseReport, ceased: Assessment) -> None:
    assert ceased.count is not None
    small = replace(ceased.count, low=1, tipping=f"If {SECRET} were not its own.",
                    by_misclassification=791.9, sentence=f"It holds {SECRET} events.")  # fmt: skip
    for name, text in formats(report, replace(ceased, count=small)).items():
        assert "791" not in text, name
    whole = formats(report, ceased)
    assert "Its letter would stand unbroken if 22 of the 31" in whole["html"]
    assert "31 at the surest attribution" in whole["html"]


def test_a_closed_record_shows_nothing_of_what_stands_beside_it(
    report: CaseReport, withdrawn: Assessment
) -> None:
    letter = report.assessments[1].count
    made = (withdrawn.completeness, withdrawn.effort, withdrawn.stratum)
    assert letter is not None
    assert made[0] is not None
    assert made[1] is not None
    assert made[2] is not None
    full = replace(
        withdrawn,
        comparisons=tuple(replace(one, ratio=79.19, low=79.19, high=79.19, p=0.7919,
                                  sentence=f"{SECRET} events.") for one in withdrawn.comparisons),
        completeness=replace(made[0], reported=SECRET, low=79.19, best=79.19,
                             high=79.19, share=0.7919, sentence=f"{SECRET} reports."),
        effort=replace(made[1], ratio_with=0.7919, ratio_without=0.7919,
                       sentence=f"{SECRET} hours."),
        stratum=replace(made[2], name=f"{SECRET} a day"),
        count=replace(letter, low=SECRET, high=SECRET,
                      sentence=f"{SECRET}.", tipping=f"{SECRET}."),
    )  # fmt: skip
    open_text = formats(report, full)["html"]
    assert str(SECRET) in open_text.replace(",", ""), "it would be printed where it may be"
    shut = ruled(full, "harm-watch", PublicationRule(allows="nothing"))
    for name, text in formats(report, shut).items():
        assert "7919" not in text.replace(",", "").replace(".", ""), name


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Near it: 40 events in the window, where the level before would give 38 to 44.", True),
        ("Near it: 1,240 events in the window, where the level before would give 38.", True),
        ("Near it: 2 events in the window, where the level before would give 38 to 44.", False),
        ("Near it: 1 event in the window, where the level before would give 38 to 44.", False),
        ("Near it: 40 events in the window, where the level before would give 2 to 44.", False),
        ("Near it: it is on record only from 1 May; the window holds 2 events.", False),
    ],
)
def test_a_companion_is_printed_only_where_its_counts_are_large(
    withdrawn: Assessment, sentence: str, printed: bool
) -> None:
    told = replace(withdrawn.comparisons[0], sentence=sentence, ratio=0.77)
    one = shown(replace(withdrawn, comparisons=(told,))).beside[0]
    assert (one.sentence == sentence) is printed
    assert (one.ratio is not None) is printed
    if not printed:
        assert one.text == "withheld"
        assert not re.search(r"\d", one.sentence)


def test_what_is_not_yet_reported_is_a_bound_of_its_own(
    report: CaseReport, withdrawn: Assessment
) -> None:
    first = withdrawn.estimates[0]
    raised = replace(first, inflated=True, window_events=first.window_events + 9)
    drawn = replace(withdrawn.series[0], inflated=True, counts=(SECRET,) * 728)
    both = replace(withdrawn, estimates=(*withdrawn.estimates, raised),
                   series=(*withdrawn.series, drawn))  # fmt: skip
    printed = shown(both)
    assert printed.levels[-1].bound == "certain, with what is not yet reported"
    assert printed.levels[-1].after.n == raised.window_events
    assert len(printed.series) == len(withdrawn.series), "its weeks are no record"
    for name, text in formats(report, both).items():
        assert f"{SECRET}" not in text.replace(",", ""), name
    text = told(report, both)
    assert "  certain*" in text
    assert "*: with what is not yet reported." in " ".join(text.split())


def test_a_raised_number_does_not_give_a_small_one_away(withdrawn: Assessment) -> None:
    first = withdrawn.estimates[0]
    small = replace(first, window_events=1)
    raised = replace(first, inflated=True, window_events=40, ratio=0.7919)
    printed = shown(replace(withdrawn, estimates=(small, raised)))
    assert [level.after.text for level in printed.levels] == ["under 3", "withheld"]
    assert printed.levels[1].ratio is None


def test_the_calibration_row_is_told_and_named(report: CaseReport, withdrawn: Assessment) -> None:
    page = render_html(replace(report, assessments=(withdrawn,))).replace("\u00a0", " ")
    assert "tried on 312 placebo pledges" in page
    assert "on 14 series like this one (uneven, 1.5 events a day or more" in page
    assert "a change in 6 of 100" in page
    assert "it saw the fall in 61 of 100" in page
    assert "<td>52</td><td>1</td><td>3</td><td>44</td>" in page
    assert "docs/calibration.md" in page
    plain = render_html(replace(report, assessments=(replace(withdrawn, stratum=None),)))
    assert "speaks of a case like this one" in plain


def test_odds_that_were_raised_are_said_to_be(report: CaseReport, withdrawn: Assessment) -> None:
    lavish = ruled(withdrawn, "harm-watch", PublicationRule(allows="rows"))
    assert "multiplied by 2.5" not in told(report, lavish)
    assert "multiplied by 2.5" in " ".join(told(report, replace(lavish, caution=2.5)).split())


def plan_of(question: Question, **more: object) -> str:
    selection = Selection(dataset="strikes", label="strikes by the coalition")
    plan = replace(
        Plan(question=question, primary=selection, misclassified_reason="An audit says so."),
        **more,  # type: ignore[arg-type]
    )
    return " ".join(plan_sentences(plan))


def test_each_question_shows_its_own_keys_and_no_others() -> None:
    hours = Selection(dataset="patrols", label="patrol hours")
    rebels = Selection(dataset="strikes", label="strikes on the rebels")
    texts = {
        "falls": plan_of("falls", effort=hours), "rises": plan_of("rises"),
        "ceases": plan_of("ceases"), "only": plan_of("only", allowed=rebels, threshold=0.1),
        "delivers": plan_of("delivers", amount=1200, threshold=1.0),
        "holds": plan_of("holds", stretch_days=21, threshold=0.8),
    }  # fmt: skip
    where = {
        "Baselines: 28 days": {"falls", "rises", "ceases"},
        "Window: 28 days": {"falls", "rises", "ceases", "only"},
        "unit of effort: patrol hours (patrols)": {"falls"},
        "An audit says so.": {"ceases", "only"},
        "Within what was declared: strikes on the rebels": {"only"},
        "at least 100 % of 1,200": {"delivers"},
        "stretches of 21 days": {"holds"},
        "at or over 50 %": {"rises"},
        "at or under 50 %": {"falls", "ceases"},
        "Reporting may have changed": {"falls", "rises", "ceases"},
    }
    for said, questions in where.items():
        assert {name for name, text in texts.items() if said in text} == questions, said


def test_the_count_in_the_json_is_the_count(report: CaseReport, filmed: Assessment) -> None:
    content = json.loads(as_json(replace(report, assessments=(filmed,))))
    found = content["pledges"][0]["count"]
    assert filmed.count is not None
    assert (found["low"], found["high"], found["of"]) == (14, 59, 60)
    assert sum(number for _, number in found["parts"]) == filmed.count.of
    assert found["tally"]["published"] == date(2032, 3, 16).isoformat()


def test_a_count_of_stretches_says_what_it_is_held_against(filmed: Assessment) -> None:
    assert filmed.count is not None
    held = replace(filmed.count, question="holds", low=3, high=4, of=5, needed=0.7 * 5,
                   by_misclassification=None, share_low=None, share_high=None)  # fmt: skip
    printed = shown_count(replace(filmed, count=held), small_inside=False)
    assert printed is not None
    assert printed.needed_text == "counts as kept: at least 4"
    assert [name for name, _ in printed.parts] == ["show it", "doubtful", "without"]
    assert printed.mistakes_text == ""


def delivered(withdrawn: Assessment, at_least: int) -> Assessment:
    """A delivery counted in a record with a loud week, and a quiet one that its count betrays."""
    days = Period(date(2032, 3, 15), date(2032, 3, 28))
    week = DailySeries(
        dataset="harm-watch", attribution="certain", role="primary", label="releases",
        start=days.start, counts=(9, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    )  # fmt: skip
    plan = replace(withdrawn.pledge.plan or PLAIN, question="delivers", amount=20, threshold=1.0)
    count = Count(
        question="delivers", dataset="harm-watch", unit="releases", low=10, high=10, of=20,
        needed=20.0, by_misclassification=None, p=None, tipping="10 more would do.",
        sentence="By 28 March 2032 the record holds 10 releases, where 20 were declared.",
    )  # fmt: skip
    made = replace(
        withdrawn, series=(week,), estimates=(), count=count, curve=None, comparisons=(),
        completeness=None, effort=None, stratum=None, durability=None, controls=(),
        pledge=replace(withdrawn.pledge, plan=plan, starts=days.start, ends=days.end),
    )  # fmt: skip
    return ruled(made, "harm-watch", PublicationRule(allows="aggregates", at_least=at_least))


def test_a_printed_count_gives_no_small_week_away(
    report: CaseReport, withdrawn: Assessment
) -> None:
    weeks = shown(delivered(withdrawn, 3)).series[0].weeks
    assert [week.events.text for week in weeks] == ["withheld", "under 3"]
    assert [week.events.n for week in shown(delivered(withdrawn, 1)).series[0].weeks] == [9, 1]
    page = render_html(replace(report, assessments=(delivered(withdrawn, 3),)))
    assert "counts as kept: at least 20" in page
    assert "10 on record" in page
    assert "The plan names no control series" not in page

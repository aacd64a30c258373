"""Time expressions: the list that all must come right, and what may never happen."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus.time_cases import TimeCase, time_cases
from wordkept.reading.times import read_times

DAY = date(2016, 3, 14)
PIECES = (
    "on Monday", "from Tuesday", "in October", "30 September", "two days earlier", "May", "March",
    "the following day", "last week", "will leave", "left", "9999-12-31", "31 June", "1/2/2016",
    "the night of 31 to 1 May", "a second", "the twenties", "2016", "since then", ",", ".", "\n",
    "İstanbul", "في يوم", "14 марта", "the same month a year ago", "at 5 p.m.", "early",
    "the 31st,", "two million centuries ago", "300 years ago", "every", "the last", "Christmas",
)  # fmt: skip


def values(text: str, published: date | None = DAY) -> list[tuple[str, str]]:
    return [(one.span.of(text), one.value) for one in read_times(text, published)]


@pytest.mark.parametrize("case", time_cases(), ids=lambda case: f"{case.words}: {case.text}")
def test_every_expression_of_the_list_comes_right(case: TimeCase) -> None:
    found = {
        (one.span.start, one.span.of(case.text)): one
        for one in read_times(case.text, case.published)
    }
    one = found[case.start, case.words]
    assert (one.value, one.period) == (case.value, case.period)


def test_the_list_is_long_enough() -> None:
    assert len(time_cases()) >= 30


@pytest.mark.parametrize(
    "text",
    [
        "The army may march on the town, and will march through it.",
        "He met Theresa May and gave April a book.",
        "A 12-year-old boy was hurt.",
        "Black Friday passed; the Sunday Times wrote of the Good Friday Agreement.",
        "It costs $20 a day, $90m a year.",
        "They restored current to the town.",
        "Resolution 2254 and 1,991 men.",
        "They seconded a motion and had second thoughts.",
        "Between 1600 and 2000 soldiers crossed.",
        "The fall of the city was swift.",
    ],
)
def test_what_is_no_time_is_not_read(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A 30 September of long ago.", "30 September"),
        ("It rained the following day.", "the following day"),
        ("They came on 31 June 2015.", "31 June 2015"),
        ("On Tuesday, 14 March, they left.", "Tuesday, 14 March"),
        ("From 27 February to 3 April no shell fell.", "3 April"),
        ("He liked the twenties.", "the twenties"),
    ],
)
def test_what_nothing_tells_is_left_open(text: str, words: str) -> None:
    read = {one.span.of(text): one for one in read_times(text, DAY)}
    assert (read[words].value, read[words].period) == ("", None)


def test_without_a_day_of_publication_only_the_text_tells() -> None:
    text = "Last week, today, in June, on Monday, this year, two days ago. On 5 May 2014 and 9 May."
    told = [value for _, value in values(text, None)]
    assert told == ["", "", "", "", "", "P2D", "2014-05-05", "2014-05-09"]


def test_a_weekday_chooses_the_year_of_a_date() -> None:
    assert values("It was Thursday 14 May.") == [("Thursday 14 May", "2015-05-14")]


def test_a_year_that_was_named_by_the_way_is_not_carried() -> None:
    text = "It was the worst loss since 1992. Nobody left in October."
    assert values(text)[1] == ("October", "2015-10")


def test_a_clock_time_ends_at_its_last_figure() -> None:
    assert values("10:40 - the radio spoke.") == [("10:40", "T10:40")]


def test_two_months_share_a_year_and_a_colon_takes_none() -> None:
    text = "They were taken between March and October 2017. In May 2018: nothing."
    assert [value for _, value in values(text)] == ["2017-03", "2017-10", "2018-05"]


def test_what_is_named_by_its_day_has_happened() -> None:
    text = "They will publish the 17 September raid report, and Sunday's attack will be discussed."
    assert [value for _, value in values(text)] == ["2015-09-17", "2016-03-13"]


def test_a_verb_to_last_is_no_last() -> None:
    assert values("The pause will last 45 minutes.") == [("45 minutes", "PT45M")]


def test_a_clock_time_takes_the_day_beside_it() -> None:
    assert values("It began at 16:15 UTC, June 1st 2009.", None)[0] == (
        "16:15 UTC",
        "2009-06-01T16:15Z",
    )


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=80),
    st.none() | st.dates(),
)
def test_spans_are_exact_in_order_and_apart(text: str, published: date | None) -> None:
    read = read_times(text, published)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in read)
    assert all(a.span.end <= b.span.start for a, b in pairwise(read))
    assert len({one.id for one in read}) == len(read)
    assert read == read_times(text, published)
    assert all(one.period is None for one in read if one.value == "")


@pytest.mark.usefixtures("must_end")
@pytest.mark.parametrize("piece", ["the last ", "1 ", "on Monday he said ", "12-", "March ", " \t"])
def test_a_long_line_is_read_to_its_end(piece: str) -> None:
    each = 1 if "Monday" in piece else 0
    assert len(read_times(piece * 6000, DAY)) == 6000 * each

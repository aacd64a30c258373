"""Figures: what the words bound, of what, over what time; and which numbers are none."""

from typing import Final

import pytest

from wordkept.model import Figure, Span, TimeExpression
from wordkept.reading.figures import read_figures

EXPRESSIONS: Final = (
    ("at least 27 medical facilities", 27, None, "medical facilities"),
    ("well over 1,400 deaths and many more injuries", 1401, None, "deaths"),
    ("more than 40 shells", 41, None, "shells"),
    ("over 1,000 tents", 1001, None, "tents"),
    ("no fewer than 26 lives", 26, None, "lives"),
    ("no less than forty trucks", 40, None, "trucks"),
    ("hundreds of thousands of families", 200_000, None, "families"),
    ("hundreds of thousands more villagers", 200_000, None, "villagers"),
    ("tens of thousands of refugees", 20_000, None, "refugees"),
    ("thousands of lives", 2000, None, "lives"),
    ("hundreds of shops", 200, None, "shops"),
    ("dozens of shells", 24, None, "shells"),
    ("scores of men", 40, None, "men"),
    ("several hundred armed men", 200, None, "armed men"),
    ("a few dozen boats", 24, None, "boats"),
    ("millions of leaflets", 2_000_000, None, "leaflets"),
    ("at least a dozen vehicles", 12, None, "vehicles"),
    ("300 or more prisoners", 300, None, "prisoners"),
    ("400-plus fighters", 400, None, "fighters"),
    ("500+ dead", 500, None, "dead"),
    ("no more than 9 raids", None, 9, "raids"),
    ("up to 30 tanks", None, 30, "tanks"),
    ("as many as 9,000 people", None, 9000, "people"),
    ("fewer than 30 tents", None, 29, "tents"),
    ("under 10,000 foreign guests", None, 9999, "foreign guests"),
    ("between 12 and 17 patients", 12, 17, "patients"),
    ("12 to 17 boats", 12, 17, "boats"),
    ("12-17 tanks", 12, 17, "tanks"),
    ("two or three thousand men", 2000, 3000, "men"),
    ("2 to 3 million people", 2_000_000, 3_000_000, "people"),
    ("2.5 million doses", 2_500_000, 2_500_000, "doses"),
    ("half a million doses", 500_000, 500_000, "doses"),
    ("a dozen shells", 12, 12, "shells"),
    ("two dozen guards", 24, 24, "guards"),
    ("fourteen hundred men", 1400, 1400, "men"),
    ("one million two hundred thousand and five voters", 1_200_005, 1_200_005, "voters"),
    ("twenty-one dead", 21, 21, "dead"),
    ("a hundred and six men", 106, 106, "men"),
    ("19 of those names", 19, 19, "names"),
    ("61 of the 100 seats", 61, 61, "seats"),
    ("two children's hospitals", 2, 2, "children's hospitals"),
    ("6 air-defence systems", 6, 6, "air-defence systems"),
    ("a total of 88 wounded", 88, 88, "wounded"),
    ("exactly one hostage", 1, 1, "hostage"),
)
ROUGH: Final = (
    ("some two dozen officers", 24, 24, "officers"),
    ("about 300 people", 300, 300, "people"),
    ("roughly nine litres", 9, 9, "litres"),
    ("300 or so mules", 300, 300, "mules"),
    ("nearly 300 people", None, 299, "people"),
    ("almost 300 people", None, 299, "people"),
    ("just over 300 people", 301, None, "people"),
)
MONEY: Final = (
    ("$3bn", 3e9, 3e9, "dollars"),
    ("€1.2 billion", 1.2e9, 1.2e9, "euros"),
    ("£40m", 40e6, 40e6, "pounds"),
    ("more than $3.4m", 3.4e6, None, "dollars"),
    ("up to US$18 million", None, 18e6, "dollars"),
    ("$2-3bn", 2e9, 3e9, "dollars"),
    ("between €5m and €7m", 5e6, 7e6, "euros"),
    ("600 million roubles", 6e8, 6e8, "roubles"),
)
SHARES: Final = (
    ("half of the force", 50, 50, "the force"),
    ("half the arrears", 50, 50, "the arrears"),
    ("around half of the country", 50, 50, "the country"),
    ("a third of the army", 33.3, 33.3, "the army"),
    ("two-thirds of its shops", 66.7, 66.7, "its shops"),
    ("40 per cent of voters", 40, 40, "voters"),
    ("5.5%", 5.5, 5.5, ""),
    ("10 to 15 per cent of households", 10, 15, "households"),
    ("more than half of the wells", 50, None, "the wells"),
    ("nearly half of the wells", None, 50, "the wells"),
    ("two in five families", 40, 40, "families"),
    ("nine out of ten wells", 90, 90, "wells"),
    ("one sack in ten", 10, 10, ""),
)
NONE: Final = (
    "No one was killed.",
    "many more injuries",
    "The Group of 7 met under Resolution 2268.",
    "T-72 tanks left along Highway 5.",
    "The talks opened at 10:30 on 14 March 2016.",
    "A man aged 34 wept.",
    "Osk Malenko, 51, a driver, wept.",
    "The column halted 30 kilometres away.",
    "A three-day visit of the 27-member team ended.",
    "Osk United won 3-2.",
    "In 2015 the second half of the year saw a third attack.",
    "He was the 16th hostage.",
    "The two sides met at eight.",
    "One of them stayed.",
    "He won 40 per cent of the vote.",
    "It took six months.",
    "article 5 adds nothing",
    "No one under 18 may sign.",
    "See www.osk7.example/12/34 for more.",
)


def bounds(text: str) -> tuple[float | None, float | None, str]:
    (one,) = read_figures(text)
    return one.low, one.high, one.unit


def within(text: str) -> str:
    """The same words inside a sentence."""
    return f"Yesterday they counted {text}."


@pytest.mark.parametrize(("text", "low", "high", "unit"), EXPRESSIONS + ROUGH + MONEY)
def test_counts_come_to_what_their_words_say(
    text: str, low: float | None, high: float | None, unit: str
) -> None:
    assert bounds(within(text)) == (low, high, unit)
    assert bounds(text.capitalize() + " were counted.") == (low, high, unit.lower())


@pytest.mark.parametrize(("text", "low", "high", "unit"), SHARES)
def test_shares_are_percentages(
    text: str, low: float | None, high: float | None, unit: str
) -> None:
    (one,) = read_figures(within(text))
    assert (one.low, one.high, one.unit, one.share) == (low, high, unit, True)


@pytest.mark.parametrize("text", [row[0] for row in ROUGH])
def test_rough_words_are_told(text: str) -> None:
    assert [one.about for one in read_figures(text)] == [True]


@pytest.mark.parametrize("text", [row[0] for row in EXPRESSIONS + MONEY])
def test_others_are_not_called_rough(text: str) -> None:
    assert [one.about for one in read_figures(text)] == [False]


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_claim_nothing_are_left_out(text: str) -> None:
    assert read_figures(text) == ()


def spans(text: str) -> list[str]:
    return [one.span.of(text) for one in read_figures(text)]


def test_the_span_holds_the_bounding_words_and_the_unit() -> None:
    text = (
        "In Osk at least 27 medical facilities were hit, says the count of around half of the town."
    )
    assert spans(text) == ["at least 27 medical facilities", "around half of the town"]


def test_the_deed_names_a_bare_number() -> None:
    text = "The raid killed 12 people and wounded 30. In Osk 14 were detained."
    assert [(one.low, one.unit) for one in read_figures(text)] == [
        (12, "people"), (30, "wounded"), (14, "detained"),
    ]  # fmt: skip


def test_a_bare_number_takes_the_noun_of_the_figure_before_it() -> None:
    text = "They freed 40 sailors, 12 of them ill, and later another 9.\nThe list has 7."
    assert [one.unit for one in read_figures(text)] == ["sailors", "sailors", "sailors", ""]


def test_a_change_is_two_figures_and_a_range_is_one() -> None:
    assert [one.low for one in read_figures("It rose from 200 to 300 tents.")] == [200, 300]
    assert [one.high for one in read_figures("Tents for 200 to 300 people.")] == [300]


def test_handing_over_is_no_bound() -> None:
    assert bounds("They handed over 200 rifles.") == (200, 200, "rifles")


def test_one_counts_where_harm_is_told() -> None:
    assert bounds("One soldier was killed at the gate.") == (1, 1, "soldier")
    assert read_figures("One soldier smiled at the gate.") == ()


def test_times_are_no_figures_and_a_duration_is_the_period() -> None:
    text = "Raids hit 27 wells in six months; 12 wells had been hit on 14 March."
    at = text.index("six months")
    day = text.index("14 March")
    times = (
        TimeExpression(id="t1", span=Span(start=at, end=at + 10), value="P6M", period=None),
        TimeExpression(id="t2", span=Span(start=day, end=day + 8), value="2016-03-14", period=None),
    )
    first, second = read_figures(text, times)
    assert first.period is not None
    assert first.period.of(text) == "six months"
    assert second.period is None


def test_the_article_gives_its_five_figures(shared: object) -> None:
    from pathlib import Path

    text = (Path(str(shared)) / "articles/2016-03-14-withdrawal-announced.txt").read_text("utf-8")
    figures = {
        one.unit: one for one in read_figures(text) if text.index("President") < one.span.start
    }
    assert _told(figures["medical facilities"]) == (27, None, False, False)
    assert _told(figures["deaths"]) == (1401, None, False, False)
    assert _told(figures["Syrians"]) == (200_000, None, False, False)
    assert _told(figures["the country"]) == (50, 50, True, True)


def _told(one: Figure) -> tuple[float | None, float | None, bool, bool]:
    return one.low, one.high, one.about, one.share


@pytest.mark.usefixtures("must_end")
def test_a_long_text_is_read_to_its_end() -> None:
    text = "The raid killed at least 27 people and wounded some two dozen others in the town. "
    (first, second), read = read_figures(text), read_figures(text * 400)
    assert len(read) == 800
    assert [_told(one) for one in read] == [_told(first), _told(second)] * 400
    assert read[-1].span.start == second.span.start + 399 * len(text)

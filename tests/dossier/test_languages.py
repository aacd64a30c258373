"""The reader's languages: no number and no date is lost, and names keep their own direction."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.dossier import claims
from wordkept.dossier.languages import figures
from wordkept.dossier.languages.catalogue import catalogue, own_words
from wordkept.dossier.languages.language import LANGUAGES, language, language_of_case
from wordkept.dossier.languages.patterns import GAP, Pattern
from wordkept.errors import InputError
from wordkept.model import WORDS
from wordkept.prose import day

OTHERS = tuple(code for code in LANGUAGES if code != "en")
FORMS = {"ar": 6, "ru": 3, "fr": 2}
NOUNS = ("day", "event", "row", "set-up", "release")


@cache
def messages(code: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    place = files("wordkept.dossier.languages").joinpath(code, "LC_MESSAGES", "dossier.po")
    with place.open("rb") as po:
        found = read_po(po, locale=code)
    return {_tuple(one.id): _tuple(one.string) for one in found if one.id}


def _tuple(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, (list, tuple)) else (str(text),)


def numbers(text: str) -> list[str]:
    """The numbers that stand in fast words."""
    return sorted(re.findall(r"\d+", GAP.sub("", text)))


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_says_the_same_sentences(code: str) -> None:
    assert messages(code).keys() == messages("fr").keys()
    assert all(all(strings) for strings in messages(code).values())


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_loses_a_gap_or_a_number(code: str) -> None:
    for english, strings in messages(code).items():
        assert len(strings) == (FORMS[code] if len(english) > 1 else 1), english
        gaps = sorted(name for name, _ in GAP.findall(english[-1]))
        for said in strings:
            assert sorted(name for name, _ in GAP.findall(said)) == gaps, said
            assert numbers(said) == numbers(english[-1]), said


@pytest.mark.parametrize("code", OTHERS)
def test_the_verdict_words_are_five_words(code: str) -> None:
    said = {language(code).text(word) for word in WORDS}
    assert len(said) == len(WORDS)
    assert not said & set(WORDS)


def test_plurals_follow_each_language() -> None:
    one, many = "{n:count} event", "{n:count} events"
    russian = [language("ru").counted(one, many, n).text for n in (1, 2, 5, 11, 21)]
    assert russian == ["1 событие", "2 события", "5 событий", "11 событий", "21 событие"]
    arabic = [language("ar").counted(one, many, n).text for n in (3, 11, 100)]
    assert arabic == ["3 أحداث", "11 حدثًا", "100 حدث"]
    assert language("en").counted(one, many, 2).text == "2 events"


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
COUNTS = st.integers(min_value=0, max_value=4_000_000)
NAMES = st.sampled_from(("Northland", "the Karst front", "جيش الشمال", "Северная армия"))


@st.composite
def filled(draw: st.DrawFn, pattern: Pattern, code: str) -> tuple[str, list[str]]:
    """An English sentence of a pattern, and what must stand in its translation."""
    kept: list[str] = []

    def number() -> str:
        text = f"{draw(COUNTS):,}"
        kept.append(figures.number(text, code))
        return text

    def share() -> str:
        text = f"{draw(st.integers(min_value=0, max_value=400))} %"
        kept.append(figures.percent(text, code))
        return text

    def a_day(short: bool) -> str:
        when = draw(DAYS)
        kept.append(figures.short_day(when, code) if short else figures.day(when, code))
        return claims.short_day(when) if short else day(when)

    def counted() -> str:
        count = draw(COUNTS.filter(lambda n: n != 1))
        kept.append(figures.number(f"{count:,}", code))
        return f"{count:,} {draw(st.sampled_from(NOUNS))}s"

    def name() -> str:
        kept.append(draw(NAMES))
        return kept[-1]

    def chance() -> str:
        hundredths = draw(st.integers(min_value=1, max_value=100))
        kept.append(str(hundredths))
        return f"{hundredths} of 100"

    make: dict[str, Callable[[], str]] = {
        "count": number, "percent": share, "percents": share, "spread": number,
        "day": lambda: a_day(False), "short": lambda: a_day(True), "counted": counted,
        "name": name, "own": name, "items": name, "chance": chance,
        "attribution": lambda: "certain", "word": lambda: "partly kept",
        "clock": lambda: "09:30", "said": lambda: "fell to nothing", "value": name,
        "quoted": lambda: f'"{name()}" and "{name()}"', "parts": lambda: "fell to nothing",
    }  # fmt: skip
    english = pattern.plural or pattern.english
    return GAP.sub(lambda gap: make[gap[2] or "name"](), english), kept


@pytest.mark.parametrize("code", OTHERS)
@settings(max_examples=120)
@given(data=st.data())
def test_every_number_and_date_stands_in_the_translation(code: str, data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(catalogue(code).patterns))
    english, expected = data.draw(filled(pattern, code))
    said = language(code).sentence(english)
    assert said.matched, english
    for one in expected:
        assert one in said.text, (english, said.text)


@given(n=COUNTS, places=st.integers(min_value=0, max_value=2))
def test_a_number_can_be_read_back(n: int, places: int) -> None:
    english = f"{n:,.{places}f}"
    for code in OTHERS:
        given_back = re.sub(r"[\s,.]", "", figures.number(english, code))
        assert given_back == re.sub(r"[,.]", "", english)


def test_what_no_pattern_matches_stays_english_and_says_so() -> None:
    said = language("ar").sentence("There is no step above it. Nobody ever wrote this <b>here</b>.")
    assert not said.matched
    assert '<span lang="en" dir="ltr">Nobody ever wrote this &lt;b&gt;here&lt;/b&gt;.</span>' in (
        said.__html__()
    )
    assert language("ar").sentence("There is no step above it.").matched


def test_a_hostile_name_can_neither_run_nor_reorder() -> None:
    hostile = "\u202e<script>x</script>"
    said = language("ar").sentence(f"The same plan was run on {hostile}: not kept.")
    assert said.matched
    assert "<bdi>[U+202E]&lt;script&gt;x&lt;/script&gt;</bdi>" in said.__html__()
    assert "\u2068[U+202E]<script>x</script>\u2069" in said.text


def test_english_is_the_sentence_itself() -> None:
    text = "Partly kept: a fell to 7 to 16 % of their level before 15 March 2016."
    assert language("en").sentence(text).text == text
    assert language("en").sentence("a < b").__html__() == "a &lt; b"


def test_a_clause_begins_small_and_a_sentence_large() -> None:
    french = language("fr")
    assert french.sentence("Fell to nothing").text == "Est tombé à rien"
    assert french.sentence("fell to nothing").text == "est tombé à rien"


def test_a_label_does_not_swallow_the_verdict_word() -> None:
    english = (
        "Cannot tell: harm fell to 15 % of their level before 5 March 2016, but harm moved too"
    )
    said = language("fr").sentence(f"{english} much alike.")
    assert said.matched
    assert said.text.startswith("Impossible à dire\u00a0: \u2068harm\u2069")


def test_a_name_at_the_beginning_says_nothing_of_where_it_stands() -> None:
    assert language("fr").sentence("Bellingcat's count").text.startswith("le décompte")


def test_a_case_may_name_its_own_things() -> None:
    po = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "harm"\n' + (
        'msgstr "أذى"\n'.encode()
    )
    arabic = language_of_case("ar", own_words(po, "ar"))
    said = arabic.sentence("Harm fell to 15 % of their level before 5 March 2016")
    assert said.text.startswith("أذى: ")
    assert "15%" in said.text.replace("\u200e", "")


def test_direction_and_days() -> None:
    assert [language(code).direction for code in LANGUAGES] == ["ltr", "rtl", "ltr", "ltr"]
    assert [language(code).short_day(date(2016, 3, 5)) for code in LANGUAGES] == [
        "5 Mar 2016", "5 مارس 2016", "5 мар. 2016", "5 mars 2016",
    ]  # fmt: skip
    assert language("en").moment("2026-03-12T09:30:05Z").text == "12 March 2026, 09:30 UTC"
    assert language("ar").moment("2026-03-12T09:30:05Z").text == "12 مارس 2026، 09:30 UTC"


def test_a_language_that_is_not_spoken() -> None:
    with pytest.raises(InputError, match="does not speak"):
        language("tlh")

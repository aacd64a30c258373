import string
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import Place, Span
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.gazetteer_index import Candidate
from wordkept.reading.places import read_places, resolve_spans
from wordkept.reading.places_ranking import Asked, distance_km, holds, resolve


@cache
def loaded() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def gazetteer() -> Gazetteer:
    return loaded()


def told(text: str, gazetteer: Gazetteer, **known: str) -> list[tuple[str, str]]:
    return [
        (place.span.of(text), place.name)
        for place in read_places(text, gazetteer, country=known.get("country"))
    ]


def one(text: str, gazetteer: Gazetteer, country: str | None = None) -> Place:
    (place,) = read_places(text, gazetteer, country=country)
    return place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Aleppo and Idlib at dawn.", ["Aleppo", "Idlib"]),
        ("The convoy left Deir ez-Zor for Ar-Raqqah.", ["Deir ez-Zor", "Ar-Raqqah"]),
        ("They met in Moscow on Friday.", ["Moscow"]),
        ("Jets took off from Hmeimim and crossed the Golan Heights.", ["Hmeimim", "Golan Heights"]),
        ("Aid reached the Sahel and the Horn of Africa.", ["Sahel", "Horn of Africa"]),
        ("Troops moved into Donetsk and Luhansk provinces.", ["Donetsk", "Luhansk"]),
        ("A truce holds in South Sudan, observers found.", ["South Sudan"]),
        ("IRAQ: the road to Mosul is open.", ["IRAQ", "Mosul"]),
    ],
)
def test_names_are_found_whole(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    assert [name for name, _ in told(text, gazetteer)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moscow announced a pause.",
        "Ankara and Washington agreed to talk.",
        "On Monday Damascus said that it would wait.",
        "Tehran will not sign, and Tehran has rejected the text.",
        "A Moscow-backed offer failed.",
        "They held talks with Tehran.",
        "Moscow's real intention was another.",
        "US troops waited.",
    ],
)
def test_a_government_that_acts_is_no_place(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Washington spoke first.",
        "Reporters waited for Paris Hilton.",
        "President Lincoln wrote that.",
        "The Bank of England waited, and the University of Oslo closed.",
        "The Syrian army and the Turks waited.",
        "Most of them went home. Nice people.",
        "Who can tell? WHO can.",
        "The Islamic State of Iraq and the Levant claimed it.",
    ],
)
def test_persons_peoples_and_organisations_are_no_places(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == []


def test_a_source_of_a_statement_is_no_place(gazetteer: Gazetteer) -> None:
    text = "According to Geneva, the road from Geneva is open."
    source = Span(start=text.index("Geneva"), end=text.index(","))
    (left,) = read_places(text, gazetteer, actors=(source,))
    assert left.span.start > source.end


def test_borders_are_regions_of_their_countries(gazetteer: Gazetteer) -> None:
    text = "Thousands fled to the Turkish border region, past the Iraqi-Syrian border."
    first, second = read_places(text, gazetteer)
    assert (first.span.of(text), first.country, first.sort) == (
        "the Turkish border region",
        "TR",
        "region",
    )
    assert (second.name, second.country, second.lat) == ("border of Iraq and Syria", None, None)


def test_what_follows_a_comma_decides(gazetteer: Gazetteer) -> None:
    assert one("He lives in Paris.", gazetteer).country == "FR"
    paris, texas = read_places("He lives in Paris, Texas.", gazetteer)
    assert (paris.country, texas.sort) == ("US", "province")


def test_the_country_of_the_document_decides(gazetteer: Gazetteer) -> None:
    assert one("The road to Tripoli is cut.", gazetteer).country == "LY"
    assert one("The road to Tripoli is cut.", gazetteer, "LB").country == "LB"
    text = "Lebanese troops left Beirut for Sidon and Tripoli."
    assert {place.country for place in read_places(text, gazetteer)} == {"LB"}


def test_a_word_beside_tells_a_province_from_its_town(gazetteer: Gazetteer) -> None:
    assert one("Raids hit the city of Idlib.", gazetteer).sort == "settlement"
    assert one("Raids hit Idlib province.", gazetteer).sort == "province"
    assert one("Raids hit the province of Idlib.", gazetteer).source == "wordkept:SY-idlib"


def test_given_spans_are_resolved_as_they_are(gazetteer: Gazetteer) -> None:
    text = "The Turkish envoy left Aleppo for Nowhereville."
    spans = [
        Span(start=text.index(name), end=text.index(name) + len(name))
        for name in ("Turkish", "Aleppo", "Nowhereville")
    ]
    first, second, third = resolve_spans(text, spans, gazetteer)
    assert first is not None
    assert second is not None
    assert (first.country, first.sort, second.country, third) == ("TR", "country", "SY", None)


def candidate(source: str, country: str, population: int, lat: float, lon: float) -> Candidate:
    return Candidate(
        source=source, name=source, country=country, admin1="", sort="settlement", lat=lat,
        lon=lon, population=population,
    )  # fmt: skip


def test_ranking_weighs_size_country_and_people() -> None:
    large, small = candidate("a", "AA", 900_000, 0, 0), candidate("b", "BB", 90_000, 50, 50)
    asked = [Asked(candidates=(small, large), key="twin")]
    assert resolve(asked) == (large,)
    assert resolve(asked, country="BB") == (small,)
    assert resolve(asked, peoples=["BB", "BB"]) == (small,)
    assert resolve([Asked(candidates=(), key="none")]) == (None,)


def test_distance_and_holding() -> None:
    north, south = candidate("n", "AA", 1, 0, 0), candidate("s", "AA", 1, 1, 0)
    assert distance_km(north, south) == pytest.approx(111.2, abs=0.1)
    assert not holds(north, south)


PIECES = st.sampled_from(
    ["Moscow", "announced", "in", "Aleppo", ",", "Syria", "the", "Turkish", "border", "Mr.", "and",
     "Ankara", "-", "al-", "Bab", "US", "U.S.", "'s", ".", "\n", "\u200f", "حلب", "Bank of", "!",
     "Paris", "Texas", "İdlib", "\u00a0", "of", "York", "New", "ﬁ", "ß"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    pieces=st.lists(st.one_of(PIECES, st.text(string.printable, max_size=4)), max_size=25),
    gap=st.sampled_from([" ", "", "  "]),
)
def test_spans_are_exact_and_apart_and_the_same_again(pieces: list[str], gap: str) -> None:
    gazetteer = loaded()
    text = gap.join(pieces)
    places = read_places(text, gazetteer, country="SY")
    assert places == read_places(text, gazetteer, country="SY")
    for place in places:
        assert 0 <= place.span.start < place.span.end <= len(text)
        assert place.span.of(text).strip() == place.span.of(text)
        assert "\n" not in place.span.of(text)
    for before, after in pairwise(places):
        assert before.span.end <= after.span.start
    assert len({place.id for place in places}) == len(places)


def test_the_first_article(shared: Path, gazetteer: Gazetteer) -> None:
    text = (shared / "articles" / "2016-03-14-withdrawal-announced.txt").read_text("utf-8")
    places = read_places(text, gazetteer)
    named = {place.span.of(text) for place in places}
    assert {"Latakia", "Tartous", "Aleppo", "Idlib", "Geneva", "Syria"} <= named
    assert [place.country for place in places if "Turkish border" in place.span.of(text)] == ["TR"]
    moscow = [place.span.start for place in places if place.span.of(text) == "Moscow"]
    assert [text[start - 3 : start] for start in moscow] == ["in "]
    towns = {place.span.of(text): place.country for place in places if place.sort == "settlement"}
    assert {towns[name] for name in ("Latakia", "Tartous", "Aleppo", "Idlib")} == {"SY"}

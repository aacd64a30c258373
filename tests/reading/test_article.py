"""The article that the project began with: what must come out of it, and that nothing is made up.

Statements are looked for by single words of theirs; no sentence of the article stands here.
"""

from datetime import date
from pathlib import Path

import pytest

from wordkept.model import Actor, ProposedPledge, ProposedStatement, Reading, Span
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.reader import Context, read_text
from wordkept.reading.tagger import shipped

pytestmark = pytest.mark.shared
PUBLISHED = date(2016, 3, 14)
ACTORS = (
    Actor(name="Russia", aliases=("Moscow", "Kremlin", "Vladimir Putin", "Dmitry Peskov")),
    Actor(name="Syria", aliases=("Bashar al-Assad",)),
)


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    file = shared / "articles" / "2016-03-14-withdrawal-announced.txt"
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    tagger = shipped()
    assert tagger is not None, "the learned tagger cannot be loaded"
    context = Context(published=PUBLISHED, country="SY", actors=ACTORS)
    return read_text(text, context, tagger=tagger, gazetteer=Gazetteer.load())


def content(one: ProposedStatement, text: str) -> str:
    return " ".join(" ".join(span.of(text).split()) for span in one.content)


def saying(reading: Reading, text: str, *words: str) -> ProposedStatement:
    """The statement with the shortest content that has all these words."""
    found = [one for one in reading.statements
             if all(word in content(one, text) for word in words)]  # fmt: skip
    assert found, f"no statement holds {words}"
    return min(found, key=lambda one: len(content(one, text)))


def pledged(reading: Reading, text: str, deed: str, *words: str) -> ProposedPledge:
    """The first pledge of a deed whose terms have all these words."""
    for one in reading.pledges:
        terms = " ".join(term.span.of(text) for term in one.terms)
        if one.deed == deed and all(word in terms for word in words):
            return one
    raise AssertionError(f"no pledge to {deed} with {words}")


def test_the_withdrawal_is_announced_by_putin_on_the_day_and_begins_the_next(
    reading: Reading, text: str
) -> None:
    one = saying(reading, text, "troops", "pull")
    assert (one.speaker, one.actor, one.made_on) == ("Vladimir Putin", "Russia", PUBLISHED)
    one = saying(reading, text, "withdrawal", "Tuesday")
    assert (one.speaker, one.made_on) == ("Vladimir Putin", PUBLISHED)
    assert any(pledge.starts == date(2016, 3, 15) for pledge in reading.pledges)


def test_the_majority_of_the_forces_is_pledged_and_its_scale_and_end_are_open(
    reading: Reading, text: str
) -> None:
    one = pledged(reading, text, "withdraw", "majority")
    assert one.status in {"announced", "reported"}
    assert "by when it is complete" in one.leaves_open
    assert any("majority" in what for what in one.leaves_open)
    open_ = saying(reading, text, "final", "pull-out")
    assert "no date" in " ".join(span.of(text) for span in (*open_.cue, *open_.content))


def test_the_objectives_are_achieved_by_one_word_and_not_by_others(
    reading: Reading, text: str
) -> None:
    own = saying(reading, text, "fulfilled")
    assert own.speaker == "Vladimir Putin"
    assert saying(reading, text, "failure").speaker == "analysts"
    assert any(one.speaker == "activists" for one in reading.statements)


def test_the_spokesman_tells_of_assad_and_the_bases_are_to_be_kept(
    reading: Reading, text: str
) -> None:
    told = saying(reading, text, "informed")
    assert told.speaker == "Dmitry Peskov"
    kept = saying(reading, text, "Latakia", "Tartous", "maintain")
    assert kept.actor == "Russia"
    pledge = pledged(reading, text, "uphold", "Tartous")
    carrier = next(one for one in reading.statements if one.id == pledge.statement)
    assert kept.id in {carrier.id, carrier.within}


def test_the_stated_aim_of_september_stands_against_the_monitors_word(
    reading: Reading, text: str
) -> None:
    aim = saying(reading, text, "Islamic", "stem")
    assert (aim.actor, aim.made_on) == ("Russia", date(2015, 9, 30))
    assert saying(reading, text, "majority", "raids").speaker == "monitoring groups"


def test_the_announcement_of_october_is_told_with_its_month(reading: Reading, text: str) -> None:
    one = saying(reading, text, "wind", "down")
    assert (one.speaker, one.made_on) == ("Moscow", None)
    assert any(time.value == "2015-10" for time in reading.times)


def test_figures_bound_what_their_words_say(reading: Reading) -> None:
    bounds = {(one.low, one.high) for one in reading.figures}
    assert {(27, None), (1401, None), (200_000, None), (50, 50)} <= bounds
    clinics = next(one for one in reading.figures if one.low == 27)
    assert (clinics.unit, clinics.period is not None) == ("medical facilities", True)


def test_places_are_found_and_a_capital_that_speaks_is_none(reading: Reading, text: str) -> None:
    named = {place.span.of(text) for place in reading.places}
    assert {"Latakia", "Tartous", "Aleppo", "Idlib", "Geneva"} <= named
    assert any("Turkish border" in words for words in named)
    speaking = saying(reading, text, "wind", "down").source[0]
    assert not any(place.span.meets(speaking) for place in reading.places)


def test_every_span_is_of_the_text(reading: Reading, text: str) -> None:
    spans: list[Span] = [
        span for one in reading.statements for span in (*one.source, *one.cue, *one.content)
    ]
    spans += [term.span for one in reading.pledges for term in one.terms]
    assert spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)

"""ClaimReview: only where a verdict says something of the pledge, and never with a number."""

import json
from dataclasses import replace
from typing import Any

import pytest

from wordkept.dossier.exports.claimreview import write
from wordkept.dossier.exports.export import Material
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.model import WORDS, Word


def written(report: CaseReport, word: Word | None = None, words: str | None = None) -> Any:
    made = []
    for one in shown_case(report):
        quotes = tuple(replace(quote, words=words or quote.words) for quote in one.quotes)
        reading = replace(one.reading, word=word or one.reading.word)
        made.append(replace(one, quotes=quotes, reading=reading))
    return write(Material(report=report, shown=tuple(made), rows={}))


def reviews(content: bytes) -> list[dict[str, Any]]:
    graph = json.loads(content)["@graph"]
    return [one for one in graph if one["@type"] == "ClaimReview"]


@pytest.mark.parametrize("word", WORDS)
def test_only_what_was_told_of_a_pledge_is_reviewed(report: CaseReport, word: Word) -> None:
    found = reviews(written(report, word))
    assert bool(found) is (word in {"kept", "partly kept", "not kept"})
    assert {one["reviewRating"]["alternateName"] for one in found} <= {word.capitalize()}


def test_a_review_holds_the_words_who_said_them_and_where(report: CaseReport) -> None:
    (found,) = reviews(written(report))
    assert found["claimReviewed"] == "begin the withdrawal of the main part of our air group"
    claim = found["itemReviewed"]
    assert claim["author"] == {"name": "Defence minister of Northland"}
    assert claim["datePublished"] == "2032-03-15"
    (place,) = claim["appearance"]
    assert place["url"] == "https://press.northland.example/2032/statement?a=1&b=2"
    assert found["reviewRating"]["ratingExplanation"].startswith("Partly kept: incidents fell")


def test_no_rating_is_a_number(report: CaseReport) -> None:
    content = written(report).decode()
    for key in ("ratingValue", "bestRating", "worstRating"):
        assert key not in content


def test_what_has_no_review_is_named_with_its_reason(report: CaseReport) -> None:
    note = json.loads(written(report))["@graph"][0]["description"]
    assert "Cessation of hostilities (cannot tell)" in note
    assert "The two bases stay (not testable)" in note
    assert "Only the rebels (its words are not printed)" in note
    assert "Withdrawal" not in note


def test_hostile_words_cannot_leave_a_script_element(report: CaseReport) -> None:
    content = written(report, words="</script><!-- \u202eevil\u2028 &").decode()
    assert not set("<>&\u202e\u2028") & set(content)
    assert reviews(content.encode())[0]["claimReviewed"] == "</script><!-- [U+202E]evil[U+2028] &"

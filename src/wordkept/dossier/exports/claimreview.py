"""schema.org ClaimReview (JSON-LD) of the pledges that were found kept, partly kept or not kept."""

from collections.abc import Sequence
from typing import Any

from wordkept import prose
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.linked_data import CODES, identity, written
from wordkept.dossier.shown import Quote, Shown
from wordkept.model import Word

REVIEWED: frozenset[Word] = frozenset(("kept", "partly kept", "not kept"))
"""The verdicts that say something of the pledge; the others say something of the record."""


def write(material: Material) -> bytes:
    """The reviews as one JSON-LD graph, with a note on what has none; no rating is a number."""
    reviewed = [one for one in material.shown if unreviewed(one) is None]
    graph = [_note(material), *(_review(one) for one in reviewed)]
    return (written({"@context": "https://schema.org", "@graph": graph}) + "\n").encode()


def unreviewed(pledge: Shown) -> str | None:
    """Why a pledge has no review; None where it has one."""
    if pledge.reading.word not in REVIEWED:
        return pledge.reading.word
    if not any(quote.words for quote in pledge.quotes):
        return "its words are not printed"
    return None


def _note(material: Material) -> dict[str, Any]:
    """What the file is, and which pledges have no review in it, and why."""
    report = material.report
    left = [f"{one.title} ({why})" for one in material.shown if (why := unreviewed(one))]
    said = f"What was declared, held against what the event records show. {report.command}."
    if left:
        said += f" No review stands here of {prose.listed(tuple(left))}."
    return {
        "@type": "CreativeWork",
        "@id": f"urn:wordkept:dossier:{report.ledger_head}",
        "name": report.case,
        "description": said,
        "dateModified": report.as_of.isoformat(),
    }


def _review(pledge: Shown) -> dict[str, Any]:
    said = pledge.reading
    quotes = [quote for quote in pledge.quotes if quote.words]
    return {
        "@type": "ClaimReview",
        "@id": f"urn:wordkept:verdict:{identity(pledge.id, pledge.plan_hash, pledge.as_of)}",
        "name": pledge.title,
        "claimReviewed": quotes[0].words,
        "datePublished": pledge.as_of.isoformat(),
        "inLanguage": "en",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": said.word.capitalize(),
            "ratingExplanation": said.sentence,
        },
        "reviewBody": " ".join((said.sentence, *said.why_not_higher, *said.why_not_lower)),
        "itemReviewed": _claim(pledge, quotes),
        "citation": [record.citation for record in pledge.records],
    }


def _claim(pledge: Shown, quotes: Sequence[Quote]) -> dict[str, Any]:
    """What was declared. Its author has a name and no type: what an actor is, nobody said."""
    return {
        "@type": "Claim",
        "name": pledge.title,
        "author": {"name": quotes[0].speaker},
        "datePublished": quotes[0].made_on.isoformat(),
        "appearance": [_appearance(quote) for quote in quotes],
    }


def _appearance(quote: Quote) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": quote.title,
        "url": quote.url,
        "publisher": {"name": quote.publisher} if quote.publisher else None,
        "datePublished": quote.published.isoformat() if quote.published else None,
        "identifier": f"urn:sha256:{quote.capture}",
        "text": quote.words,
    }
    return {key: value for key, value in made.items() if value is not None}


EXPORT = Export(
    name="claimreview",
    file_name="claimreview.jsonld",
    media_type="application/ld+json",
    holds="schema.org ClaimReview (JSON-LD), one for each pledge kept, partly kept or not kept.",
    leaves_out=(
        "A pledge that cannot be told or tested has no review; a note in the file names each.",
        "No rating is given as a number: the verdict's word stands in alternateName.",
        "No url and no author of the review: whoever publishes it adds the page and the name.",
        "Speakers have a name and no type, person or organisation: nobody said which.",
        "The evidence, its ranges and its doubts are not in it; the sentence and its reasons are.",
        CODES,
    ),
    write=write,
)

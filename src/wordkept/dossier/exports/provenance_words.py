"""The first half of the chain in PROV: document, passage, statement, pledge."""

from collections.abc import Iterator

from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.provenance_chain import (
    Line,
    agent,
    associated,
    derived,
    entity,
    generated,
    named,
    used,
)
from wordkept.dossier.quotes import linkable
from wordkept.dossier.shown import Quote, Shown
from wordkept.model import Document


def captures(material: Material) -> Iterator[Line]:
    """Each document that is quoted, the address it came from, and its capture with its time."""
    for document, _ in material.report.documents:
        yield from _capture(document)


def _capture(document: Document) -> Iterator[Line]:
    key, step = named("document", document.id), named("capture", document.id)
    tool = named("software", document.tool)
    yield entity(
        key, "Document", label=document.title or document.name, sha256=document.id,
        mediaType=document.media_type, publisher=document.publisher,
        published=document.published.isoformat() if document.published else None,
    )  # fmt: skip
    yield agent(tool, label=document.tool)
    yield "activity", step, {"prov:type": "capture", "prov:endTime": document.captured_at}
    yield associated(step, tool)
    yield generated(key, step, at=document.captured_at)
    url = linkable(document.url)
    if url is not None:
        address = named("address", url)
        yield entity(address, "Address", label=url, url=url)
        yield used(step, address)
        yield derived(key, address, how="PrimarySource")


def words(pledge: Shown) -> Iterator[Line]:
    """The pledge, the statements it was made in, and the passages these stand in."""
    key = named("pledge", pledge.id)
    yield entity(
        key, "Pledge", label=pledge.title, actor=pledge.actor, kind=pledge.kind,
        announced=pledge.announced.isoformat(),
    )  # fmt: skip
    for quote in pledge.quotes:
        statement = named("statement", quote.speaker, quote.made_on, pledge.id)
        yield entity(
            statement, "Statement", label=f"{quote.speaker}, {quote.made_on.isoformat()}",
            speaker=quote.speaker, madeOn=quote.made_on.isoformat(),
        )  # fmt: skip
        yield derived(key, statement)
        yield from _passage(quote, statement)


def _passage(quote: Quote, statement: str) -> Iterator[Line]:
    passage = named("passage", quote.capture, quote.start, quote.end)
    document = named("document", quote.capture)
    yield entity(
        passage, "Passage", label=f"characters {quote.start} to {quote.end}",
        start=quote.start, end=quote.end, words=quote.words,
        withheld=quote.note if quote.words is None else None,
    )  # fmt: skip
    # A capture that is not in the case is known by its hash alone; one that is, stands already.
    yield entity(document, "Document", label=quote.title or "a capture", sha256=quote.capture)
    yield derived(passage, document, how="Quotation")
    yield derived(statement, passage)

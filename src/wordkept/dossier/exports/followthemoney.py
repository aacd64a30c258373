"""FollowTheMoney entities, a line of JSON each: captures, who is bound, words, verdicts, rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from wordkept import prose
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.extras import needed
from wordkept.dossier.exports.linked_data import CODES, identity, written
from wordkept.dossier.quotes import linkable
from wordkept.dossier.shown import Quote, Shown
from wordkept.dossier.unseen import reveal
from wordkept.model import Document, Event

Said = Mapping[str, str | None]
"""What an entity says: values by property; None is left out."""
FROM_OUTSIDE = frozenset(("country", "mimeType", "retrievedAt", "sourceUrl"))
"""Values that FollowTheMoney brings to its own form first, or leaves out; the others only pass
its validation, so that none is parsed twice."""


def write(material: Material) -> bytes:
    """The entities in JSON lines, each taken by FollowTheMoney's own model; ids are hashes."""
    needed("followthemoney", format_name="followthemoney")
    from followthemoney import model

    lines, seen = [], set()
    for schema, key, said in _entities(material):
        if key in seen:
            continue
        seen.add(key)
        made = model.make_entity(schema)
        made.id = key
        for name, value in said.items():
            if value:
                made.add(name, reveal(value), cleaned=name not in FROM_OUTSIDE)
        entity = made.to_dict()
        made.schema.validate({"properties": entity["properties"]})
        lines.append(written(_sorted(entity), indent=None) + "\n")
    return "".join(lines).encode()


def _sorted(entity: dict[str, Any]) -> dict[str, Any]:
    properties = {name: sorted(values) for name, values in sorted(entity["properties"].items())}
    return {"id": entity["id"], "schema": entity["schema"], "properties": properties}


Made = tuple[str, str, Said]
"""Schema, id, and what the entity says."""


def _entities(material: Material) -> Iterator[Made]:
    kept = {document.id: document for document, _ in material.report.documents}
    for document in kept.values():
        yield "Document", identity("document", document.id), _document(document)
    for pledge in material.shown:
        actor = identity("actor", pledge.actor)
        yield "LegalEntity", actor, {"name": pledge.actor}
        yield "Note", _pledge_id(pledge), _pledge(pledge, actor)
        for quote in pledge.quotes:
            yield from _quote(quote, pledge, kept)
    titles = {one.dataset: one for pledge in material.shown for one in pledge.records}
    for dataset, rows in material.rows.items():
        cited = titles.get(dataset)
        for row in rows:
            key = identity("row", dataset, row.native_id, row.row)
            yield "Event", key, _event(row, cited.title if cited else dataset)


def _document(document: Document) -> Said:
    return {
        "fileName": document.name,
        "title": document.title,
        "mimeType": document.media_type,
        "author": document.author,
        "publisher": document.publisher,
        "publishedAt": document.published.isoformat() if document.published else None,
        "sourceUrl": linkable(document.url),
        "retrievedAt": document.captured_at,
        "processingAgent": document.tool,
        "notes": f"SHA-256 of the bytes as received: {document.id}",
    }


def _pledge_id(pledge: Shown) -> str:
    return identity("pledge", pledge.id, pledge.plan_hash)


def _pledge(pledge: Shown, actor: str) -> Said:
    open_ = [*(term.name for term in pledge.open), *pledge.leaves_open]
    left = "; ".join(one.rstrip(".") for one in open_) or "nothing"
    return {
        "name": pledge.title,
        "entity": actor,
        "summary": pledge.reading.sentence,
        "description": f"A pledge of {pledge.actor}, announced {prose.day(pledge.announced)}. "
        f"What it leaves open: {left}.",
        "notes": f"As of {prose.day(pledge.as_of)}; {pledge.fixed}; plan {pledge.plan_hash}.",
        "keywords": pledge.reading.word,
        "modifiedAt": pledge.as_of.isoformat(),
    }


def _quote(quote: Quote, pledge: Shown, kept: Mapping[str, Document]) -> Iterator[Made]:
    """The words as a note, and the edges that lead from the capture to it and to the pledge."""
    if quote.words is None or quote.capture not in kept:
        return
    document = identity("document", quote.capture)
    key = identity("passage", quote.capture, quote.start, quote.end, pledge.actor)
    place = f"characters {quote.start} to {quote.end}"
    yield (
        "Note",
        key,
        {
            "name": f"{quote.speaker}, {prose.day(quote.made_on)}",
            "description": quote.words,
            "entity": identity("actor", pledge.actor),
            "proof": document,
            "sourceUrl": quote.url,
            "publisher": quote.publisher,
            "notes": f"An exact span of the capture {quote.capture}: {place}.",
        },
    )
    for entity, role in ((key, f"holds the words: {place}"), (_pledge_id(pledge), "declared in")):
        edge = identity("documentation", document, entity, role)
        yield "Documentation", edge, {"document": document, "entity": entity, "role": role}


def _event(row: Event, publisher: str) -> Said:
    """A row as the record has it. It is tied to no actor: see what the format cannot carry."""
    where = [one for one in (row.place, row.admin2, row.admin1, row.country) if one]
    sides = [one for one in (row.side_a, row.side_b) if one]
    deaths = [("low", row.deaths_low), ("best", row.deaths_best), ("high", row.deaths_high)]
    known = [f"{name} {number:,}" for name, number in deaths if number is not None]
    said = [f"Sides as the record names them: {'; '.join(sides)}." if sides else ""]
    said += [f"Deaths: {', '.join(known)}." if known else ""]
    if row.lat is not None and row.lon is not None:
        near = f", give or take {row.radius_km:g} km" if row.radius_km is not None else ""
        said += [f"At {row.lat:g}, {row.lon:g}{near}."]
    one_day = row.period.start == row.period.end
    return {
        "name": f"{row.native_type or row.event_type}: {where[0] if where else 'place unknown'}",
        "date": row.period.start.isoformat() if one_day else None,
        "startDate": None if one_day else row.period.start.isoformat(),
        "endDate": None if one_day else row.period.end.isoformat(),
        "location": ", ".join(where) or None,
        "country": row.country,
        "summary": " ".join(one for one in said if one) or None,
        "recordId": row.native_id,
        "publisher": publisher,
        "sourceUrl": linkable(row.reference),
        "keywords": row.event_type,
    }


EXPORT = Export(
    name="followthemoney",
    file_name="entities.ftm.json",
    media_type="application/json+ftm",
    holds="FollowTheMoney entities, a line each: captures, actors, pledges, words, listed rows.",
    leaves_out=(
        "It has no property for a bound of attribution, so no row is tied to an actor.",
        "The sides of a row stand in its summary, as the record names them.",
        "An actor is a LegalEntity: whether a person or an organisation, nobody said.",
        "It has none for low, best and high, nor for how well a place is known: see a summary.",
        "Its contentHash is SHA-1; the SHA-256 of a capture stands in its notes.",
        "Series, estimates and the audit are not in it, nor counts of rows that are withheld.",
        "A country that FollowTheMoney's list does not know is left out, and stands in location.",
        CODES,
    ),
    write=write,
)

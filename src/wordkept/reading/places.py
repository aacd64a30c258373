"""The places that a text names, each with its exact span and the gazetteer's place for it."""

from collections.abc import Iterator, Sequence

from wordkept.model import Place, Span
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.gazetteer_index import Candidate
from wordkept.reading.places_judging import Judged, given, judge
from wordkept.reading.places_names import Lines, lines_of, name_at, names_of
from wordkept.reading.places_ranking import Asked, resolve
from wordkept.reading.places_words import BORDER


def read_places(
    text: str,
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
    actors: tuple[Span, ...] = (),
) -> tuple[Place, ...]:
    """Every place that the text names, in order; none overlaps another.

    `country` is the ISO code of what the document is about, `actors` are the sources of its
    statements. Words for peoples, persons, organisations and governments that act ("Moscow
    announced") are no places; a border is, with its own words: "the Turkish border".
    """
    lines = lines_of(text)
    judged = judge(lines, names_of(lines, gazetteer), country=country, actors=actors)
    borders = tuple(_borders(lines, judged, gazetteer))
    taken = tuple(border.span for border in borders)
    named = [one for one in judged if one.role in {"place", "actor"}]
    peoples = [code for one in judged for code in one.name.people or ()]
    chosen = resolve([_asked_of(one) for one in named], peoples=peoples, country=country)
    found = [
        _place(one.name.span, candidate)
        for one, candidate in zip(named, chosen, strict=True)
        if candidate and one.role == "place" and not any(one.name.span.meets(s) for s in taken)
    ]
    ordered = sorted((*found, *borders), key=lambda place: place.span)
    return tuple(_numbered(place, number) for number, place in enumerate(ordered, start=1))


def resolve_spans(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, *, country: str | None = None
) -> tuple[Candidate | None, ...]:
    """What each of the given names means, by the ranking that `read_places` goes by.

    A word for a people is read as its country; None where the gazetteer has no such name.
    """
    lines = lines_of(text)
    names = tuple(name_at(lines, span, gazetteer) for span in spans)
    known = names_of(lines, gazetteer)
    peoples = [code for one in known for code in one.people or ()]
    asked = [_asked_of(one) for one in given(lines, names, known)]
    return resolve(asked, peoples=peoples, country=country)


def _asked_of(one: Judged) -> Asked:
    """A judged name as it is to be resolved."""
    return Asked(
        candidates=one.name.candidates, key=one.name.key, holders=one.holders, sort=one.sort
    )


def _place(span: Span, chosen: Candidate) -> Place:
    return Place(
        id="",
        span=span,
        name=chosen.name,
        country=chosen.country,
        lat=chosen.lat,
        lon=chosen.lon,
        sort=chosen.sort,
        source=chosen.source,
    )


def _numbered(place: Place, number: int) -> Place:
    return Place(
        id=f"place{number}",
        span=place.span,
        name=place.name,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        sort=place.sort,
        source=place.source,
    )


def _borders(lines: Lines, judged: Sequence[Judged], gazetteer: Gazetteer) -> Iterator[Place]:
    """Borders by whose they are: "the Turkish border"; without coordinates, which none can tell."""
    for place, one in enumerate(judged):
        border = BORDER.match(lines.text, one.name.span.end)
        codes = _codes(one)
        if border is None or not codes:
            continue
        start, first = one.name.span.start, one.name.first
        before = judged[place - 1] if place else None
        if before and _joined(lines, before, one) and _codes(before):
            codes = (*_codes(before), *codes)
            start, first = before.name.span.start, before.name.first
        if lines.word(first - 1) == "the" and lines.beside(first - 1, first):
            start = lines.tokens[first - 1].start
        yield _border(Span(start=start, end=border.end()), codes, gazetteer)


def _codes(one: Judged) -> tuple[str, ...]:
    if one.name.people is not None:
        return one.name.people[:1]
    return tuple(
        found.country for found in one.name.candidates if found.sort == "country" and found.country
    )[:1]


def _joined(lines: Lines, before: Judged, one: Judged) -> bool:
    return before.name.last + 1 == one.name.first and lines.word(before.name.last) in {"-", "–"}


def _border(span: Span, codes: tuple[str, ...], gazetteer: Gazetteer) -> Place:
    names = [found.name for code in codes if (found := gazetteer.country(code))]
    return Place(
        id="",
        span=span,
        name=f"border of {' and '.join(names)}",
        country=codes[0] if len(codes) == 1 else None,
        lat=None,
        lon=None,
        sort="region",
        source=f"wordkept:{'-'.join(codes)}-border",
    )

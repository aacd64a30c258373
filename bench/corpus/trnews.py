"""TR-News: 118 news articles, each toponym with its coordinates; for measuring only (GPL)."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from wordkept.model import Span

MOST_DRIFT = 40
"""Characters by which a published offset may be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    span: Span
    phrase: str
    lat: float | None
    lon: float | None
    """None where the annotators found it in no gazetteer."""
    geonames: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    id: str
    text: str
    places: tuple[GoldPlace, ...]


def trnews(file: Path) -> tuple[GoldArticle, ...]:
    """The articles, with the toponyms whose phrase stands at their offsets, or hardly beside.

    In 18 articles the published offsets drift by some characters: the nearest place where the
    phrase stands is taken, and a toponym is left out where none is near.
    """
    root = ET.parse(file).getroot()  # noqa: S314 - a published corpus, kept beside us
    return tuple(_article(article) for article in root.iter("article"))


def _article(article: ET.Element) -> GoldArticle:
    text = article.findtext("text") or ""
    found = (_place(toponym, text) for toponym in article.iter("toponym"))
    by_span = {one.span: one for one in found if one}
    return GoldArticle(
        id=article.get("docid", ""),
        text=text,
        places=tuple(by_span[span] for span in sorted(by_span)),
    )


def _place(toponym: ET.Element, text: str) -> GoldPlace | None:
    phrase, told = toponym.findtext("phrase", ""), int(toponym.findtext("start", "0"))
    starts = [found.start() for found in re.finditer(re.escape(phrase), text)]
    start = min(starts, key=lambda start: (abs(start - told), start), default=None)
    if start is None or abs(start - told) > MOST_DRIFT:
        return None
    tag = toponym.find("gaztag")
    lat = tag.findtext("lat") if tag is not None else None
    lon = tag.findtext("lon") if tag is not None else None
    return GoldPlace(
        span=Span(start=start, end=start + len(phrase)),
        phrase=phrase,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        geonames=tag.get("geonameid") if tag is not None else None,
    )

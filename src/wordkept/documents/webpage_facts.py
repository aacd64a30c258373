"""When a web page was published and by whom, from the fields that are made to say so."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_DATE_FIELDS = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "citation_publication_date", "citation_date", "parsely-pub-date",
    "publication_date", "publishdate", "publish-date", "pubdate", "dc.date", "date",
)  # fmt: skip
"""Names of `meta` fields, the plainest first; none that tells when a page was changed or made."""
_PUBLISHER_FIELDS = ("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher",
                     "og:site_name", "application-name")  # fmt: skip
_DAY = re.compile(r"\s*(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)")
_ARTICLES = ("article", "report", "posting", "statement", "pressrelease", "webpage")
_DEEPEST = 12
"""Levels of JSON-LD that are looked at."""
_MOST_JSON = 1_000_000
"""Characters of one JSON-LD script: real ones have some thousands."""


def published_on(tree: Any) -> date | None:
    """The day of publication as the page's fields state it, in the page's own time zone.

    The first field that holds a date counts. What is written in the text, or in the address,
    does not.
    """
    return next((day for words in _dates(tree) if (day := day_of(words))), None)


def publisher_of(tree: Any) -> str | None:
    """The publisher as the page's fields name it; never made from its address."""
    for item in _articles(tree):
        named = item.get("publisher")
        named = named[0] if isinstance(named, list) and named else named
        name = named.get("name") if isinstance(named, dict) else named
        if isinstance(name, str) and name.strip():
            return name
    fields = _fields(tree)
    return next((fields[name] for name in _PUBLISHER_FIELDS if fields.get(name)), None)


def day_of(words: object) -> date | None:
    """The day of a date written as ISO 8601 has it; None of anything else.

    >>> day_of("2016-03-14T23:30:00+03:00"), day_of("14 March 2016"), day_of("2016-02-31")
    (datetime.date(2016, 3, 14), None, None)
    """
    found = _DAY.match(words) if isinstance(words, str) else None
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _dates(tree: Any) -> Iterator[object]:
    fields = _fields(tree)
    yield from (fields[name] for name in _DATE_FIELDS[:2] if name in fields)
    yield from (item.get("datePublished") for item in _articles(tree))
    yield from (fields[name] for name in _DATE_FIELDS[2:] if name in fields)
    for element in tree.iter("time", "span", "div"):
        dated = (element.get("itemprop") or "").lower() == "datepublished"
        if dated or (element.tag == "time" and element.get("pubdate") is not None):
            yield element.get("datetime") or element.get("content")


def _fields(tree: Any) -> dict[str, str]:
    """The `meta` fields by name, in lower case; of several of one name the first."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """What JSON-LD says of articles, before what it says of the page that holds them."""
    items = [
        item
        for script in tree.iter("script")
        if (script.get("type") or "").strip().lower() == "application/ld+json"
        for item in _items(_json(script.text), 0)
    ]
    kinds = [(_kind(item), item) for item in items]
    yield from (item for kind, item in kinds if kind in _ARTICLES[:-1])
    yield from (item for kind, item in kinds if kind == _ARTICLES[-1])


def _json(words: str | None) -> object:
    if not words or len(words) > _MOST_JSON:
        return None
    try:
        return json.loads(words, strict=False)
    except (ValueError, RecursionError):
        return None


def _items(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _items(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _items(value.get("@graph"), depth + 1)
        yield from _items(value.get("mainEntity"), depth + 1)


def _kind(item: dict[str, Any]) -> str | None:
    kinds = item.get("@type")
    names = [str(one).lower() for one in (kinds if isinstance(kinds, list) else [kinds])]
    return next((end for end in _ARTICLES for name in names if name.endswith(end)), None)

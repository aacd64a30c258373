"""The alarms of a case as feeds that a reader can subscribe to: Atom and JSON Feed."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from wordkept.dossier.unseen import reveal
from wordkept.ids import bytes_id
from wordkept.model import Alarm

ATOM = "http://www.w3.org/2005/Atom"
"""The namespace of RFC 4287: a name, not a place that anything is fetched from."""
JSON_FEED = "https://jsonfeed.org/version/1.1"
"""The version as JSON Feed asks for it to be written; a name as well."""
AUTHOR = "wordkept"


def atom(alarms: Iterable[Alarm], *, case: str, otherwise: date) -> str:
    """The alarms as an Atom feed (RFC 4287), the newest first; the same alarms, the same bytes.

    `otherwise` is the day the feed is dated on while it holds none.
    """
    ordered = newest_first(alarms)
    feed = ET.Element("feed", xmlns=ATOM)
    _put(feed, "id", f"urn:wordkept:case:{bytes_id(case.encode(errors='replace'))}")
    _put(feed, "title", f"{case}: alarms")
    _put(feed, "updated", _moment(ordered[0].raised_on if ordered else otherwise))
    _put(ET.SubElement(feed, "author"), "name", AUTHOR)
    for alarm in ordered:
        entry = ET.SubElement(feed, "entry")
        _put(entry, "id", urn(alarm))
        _put(entry, "title", headline(alarm))
        _put(entry, "updated", _moment(alarm.raised_on))
        _put(entry, "content", alarm.sentence, type="text")
        ET.SubElement(entry, "category", term=alarm.kind)
        ET.SubElement(entry, "category", term=alarm.cause)
    ET.indent(feed)
    body = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def json_feed(alarms: Iterable[Alarm], *, case: str) -> str:
    """The alarms as a JSON Feed (version 1.1), the newest first."""
    items = [
        {
            "id": urn(alarm),
            "title": headline(alarm),
            "content_text": reveal(alarm.sentence),
            "date_published": _moment(alarm.raised_on),
            "tags": [alarm.kind, alarm.cause],
            "_wordkept": {
                "pledge": alarm.pledge,
                "before": alarm.before,
                "after": alarm.after,
                "cause": alarm.cause,
            },
        }
        for alarm in newest_first(alarms)
    ]
    feed = {"version": JSON_FEED, "title": reveal(f"{case}: alarms"),
            "authors": [{"name": AUTHOR}], "items": items}  # fmt: skip
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def newest_first(alarms: Iterable[Alarm]) -> Sequence[Alarm]:
    """The alarms by day, the newest first; those of one day by pledge and id."""
    return sorted(alarms, key=lambda one: (-one.raised_on.toordinal(), one.pledge, one.id))


def urn(alarm: Alarm) -> str:
    """What names an alarm everywhere: its hash, at no host."""
    return f"urn:wordkept:alarm:{alarm.id}"


def headline(alarm: Alarm) -> str:
    """An alarm in the fewest words.

    >>> from wordkept.model import Alarm
    >>> headline(Alarm(id="0", pledge="truce", title="A truce", raised_on=date(2025, 5, 1),
    ...                kind="verdict", cause="the world", before="kept", after="not kept",
    ...                sentence="It was broken."))
    'A truce: kept, now not kept'
    """
    return reveal(f"{alarm.title}: {alarm.before}, now {alarm.after}")


def _put(parent: ET.Element, name: str, text: str, **said: str) -> None:
    ET.SubElement(parent, name, said).text = reveal(text)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

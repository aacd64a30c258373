"""Rows as they may be listed: recent ones late and coarsely, none where terms withhold them.

Every way out of the house (page, exports, maps, review bundle) lists rows through here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wordkept.model import Event, Safety


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeRows:
    """Rows that may be listed, and what was done to them first."""

    events: tuple[Event, ...]
    coarsened: int
    """How many of them are recent, and so stand on a grid without the name of their place."""
    delayed: int
    """How many are too recent to be listed at all."""


def safe_rows(events: Iterable[Event], safety: Safety, *, as_of: date) -> SafeRows:
    """The rows that may be listed on a day, the recent ones coarsened; what is younger, counted.

    >>> safe_rows((), Safety(), as_of=date(2016, 8, 31))
    SafeRows(events=(), coarsened=0, delayed=0)
    """
    listed, coarsened, delayed = [], 0, 0
    for event in events:
        age = as_of - event.period.end
        if age < timedelta(days=safety.delay_days):
            delayed += 1
        elif age < timedelta(days=safety.recent_days):
            coarsened += 1
            listed.append(_coarse(event, safety))
        else:
            listed.append(event)
    return SafeRows(events=tuple(listed), coarsened=coarsened, delayed=delayed)


def _coarse(event: Event, safety: Safety) -> Event:
    """The event at the middle of its cell of a grid, without what names its place.

    The reference goes too: it is a text that tells the place, or the address of one. Some ids name
    the place as well (those of daily counts do), and lose that part.
    """
    native_id = _without(event.native_id, event.place, event.admin2)
    plain = replace(event, native_id=native_id, place=None, admin2=None, reference=None)
    if event.lat is None or event.lon is None or safety.coarsen_km <= 0:
        return plain
    lat, lon = safety.coarse(event.lat, event.lon)
    return replace(
        plain, lat=lat, lon=lon, radius_km=max(event.radius_km or 0.0, safety.coarsen_km)
    )


def _without(text: str, *names: str | None) -> str:
    """The text with an ellipsis where a name stood.

    >>> _without("2016-03-15 Aleppo Russia", "Aleppo", None)
    '2016-03-15 … Russia'
    """
    for name in filter(None, names):
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return text

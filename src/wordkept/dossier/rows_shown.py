"""Rows as they may be listed: recent ones late and coarsely, none where terms withhold them.

Every way out of the house (page, exports, maps, review bundle) lists rows through here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import cos, radians

from wordkept.model import Event, Safety

KM_PER_DEGREE = 111.195
"""Of latitude, on a sphere of the Earth's mean radius."""


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
            listed.append(_coarse(event, safety.coarsen_km))
        else:
            listed.append(event)
    return SafeRows(events=tuple(listed), coarsened=coarsened, delayed=delayed)


def _coarse(event: Event, size_km: float) -> Event:
    """The event at the middle of its cell of a grid, without what names its place.

    The reference goes too: it is a text that tells the place, or the address of one. Some ids name
    the place as well (those of daily counts do), and lose that part.
    """
    native_id = _without(event.native_id, event.place, event.admin2)
    plain = replace(event, native_id=native_id, place=None, admin2=None, reference=None)
    if event.lat is None or event.lon is None or size_km <= 0:
        return plain
    lat = _middle(event.lat, size_km / KM_PER_DEGREE)
    lon = _middle(event.lon, size_km / (KM_PER_DEGREE * max(cos(radians(lat)), 0.01)))
    radius = max(event.radius_km or 0.0, size_km)
    return replace(plain, lat=round(lat, 4), lon=round(lon, 4), radius_km=radius)


def _without(text: str, *names: str | None) -> str:
    """The text with an ellipsis where a name stood.

    >>> _without("2016-03-15 Aleppo Russia", "Aleppo", None)
    '2016-03-15 … Russia'
    """
    for name in filter(None, names):
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return text


def _middle(value: float, step: float) -> float:
    return (value // step + 0.5) * step

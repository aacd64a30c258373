"""The rows of a record in the order in which they are joined: by day, then by latitude."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import engines
from wordkept.matching.records import Records

EARTH_KM = 6371.0088
LATITUDES = 1 << 32
"""Steps of latitude in a key: half a centimetre each, so that few rows share one."""
_SPAN = 181
_KM_A_DEGREE = 111.1
"""A little under the true figure, so that a stretch of latitude is never taken too short."""
NARROW_DAYS, NARROW_KM = 2, 50.0
"""A period longer by more days than one, a larger radius: known to the week or the province."""
_LONG_DAYS, _LARGE_KM = 31, 200.0


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Some rows of a record, sorted by what they say: never by where they stood in the table."""

    key: NDArray[np.int64]
    """The first day, then the latitude, as one number."""
    at: NDArray[np.int32]
    """Where each row stands in the record."""
    days: NDArray[np.int32]
    """First and last day of each."""
    point: NDArray[np.float64]
    """x, y and z of each, in kilometres from the middle of the Earth; its radius; its latitude."""
    areas: NDArray[np.int32]
    """The first-level area and the country of each, by code."""
    codes: NDArray[np.int32]
    """Type; low, best and high deaths; then the actors of each."""

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def pointed(self) -> NDArray[np.bool_]:
        """Rows that name a point."""
        return ~np.isnan(self.point[:, 3])

    @cached_property
    def longest(self) -> int:
        """Days from the first to the last of the longest period."""
        return int((self.days[:, 1] - self.days[:, 0]).max(initial=0))

    @cached_property
    def widest_km(self) -> float:
        """The largest radius."""
        return float(self.point[:, 3].max(initial=0.0))

    def taken(self, which: NDArray[np.int32] | slice) -> "Rows":
        """The rows at some places, in that order."""
        return Rows(key=self.key[which], at=self.at[which], days=self.days[which],
                    point=self.point[which], areas=self.areas[which],
                    codes=self.codes[which])  # fmt: skip

    def picked(self, which: NDArray[np.bool_]) -> "Rows":
        """Some of the rows, in the same order."""
        return Rows(key=self.key[which], at=self.at[which], days=self.days[which],
                    point=self.point[which], areas=self.areas[which],
                    codes=self.codes[which])  # fmt: skip


def key_of(day: NDArray[np.int64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """Days and latitudes as one number that sorts as the pair does."""
    steps = np.floor((np.clip(lat, -90, 90) + 90) * (LATITUDES / _SPAN))
    return np.asarray(day * LATITUDES + steps.astype(np.int64))


def reach_degrees(km: float) -> float:
    """Degrees of latitude within which everything lies that is `km` away."""
    return km / _KM_A_DEGREE


def rows(record: Records) -> Rows:
    """All rows with a date, those that name only an area included (their point is nan)."""
    at = np.flatnonzero(record.dated).astype(np.int32)
    key = key_of(record.day_from[at].astype(np.int64), np.nan_to_num(record.lat[at]))
    order = np.argsort(key)
    at, key = at[order], key[order]
    at = _untied(record, at, key)
    kernel = engines.laying(len(at))
    point = _points(record) if kernel is None else kernel.points(
        (record.lat, record.lon), record.radius_km, EARTH_KM)  # fmt: skip
    codes = np.concatenate((record.event_type[:, None], record.deaths, record.actors), axis=1)
    return Rows(
        key=key,
        at=at,
        days=np.stack((record.day_from[at], np.maximum(record.day_to, record.day_from)[at]), 1),
        point=point.take(at, axis=0),
        areas=np.stack((record.admin1[at], record.country[at]), axis=1),
        codes=codes.take(at, axis=0),
    )


def _untied(record: Records, at: NDArray[np.int32], key: NDArray[np.int64]) -> NDArray[np.int32]:
    """Rows with one key in the order of the rest of what they say, the native id last."""
    same = key[1:] == key[:-1]
    tied = np.concatenate(([False], same)) | np.concatenate((same, [False]))
    places = np.flatnonzero(tied)
    if not len(places):
        return at
    here = at[places]
    identities = np.asarray(record.native_id.take(here).fill_null("").to_pylist(), dtype=str)
    columns = (identities, *record.actors[here].T, *record.deaths[here].T,
               record.event_type[here], record.country[here], record.admin1[here],
               np.nan_to_num(record.radius_km[here], nan=-1), record.day_to[here],
               np.nan_to_num(record.lon[here], nan=-999), key[places])  # fmt: skip
    laid = at.copy()
    laid[places] = here[np.lexsort(columns)]
    return laid


def _points(record: Records) -> NDArray[np.float64]:
    lat, lon = np.radians(record.lat), np.radians(record.lon)
    flat = EARTH_KM * np.cos(lat)
    radius = np.clip(record.radius_km, 0, None)
    laid = np.stack((flat * np.cos(lon), flat * np.sin(lon), EARTH_KM * np.sin(lat), radius,
                     record.lat), axis=1)  # fmt: skip
    laid[~record.pointed] = np.nan
    return laid


def by_width(some: Rows) -> list[tuple[NDArray[np.int32], Rows]]:
    """Rows with a point, apart by how long and how wide they are, each class with its places.

    Each class is narrow in itself, so that one row known to the year does not slow all others.
    """
    length = some.days[:, 1] - some.days[:, 0]
    kind = np.searchsorted((NARROW_DAYS, _LONG_DAYS), length) * 3
    kind += np.searchsorted((NARROW_KM, _LARGE_KM), np.nan_to_num(some.point[:, 3]))
    kind[~some.pointed] = -1
    if len(kind) and kind[0] >= 0 and (kind == kind[0]).all():
        return [(np.arange(len(kind), dtype=np.int32), some)]
    return [
        (np.flatnonzero(kind == one).astype(np.int32), some.picked(kind == one))
        for one in np.unique(kind)
        if one >= 0
    ]

"""Why two rows may be one event, in words."""

import numpy as np

from wordkept.matching.records import Records

EARTH_KM = 6371.0088


def reason(left: Records, right: Records, i: int, j: int) -> str:
    """How row `i` of the left record and row `j` of the right compare, in one line.

    The same for a pair that was never found: days, kilometres, actors, type, deaths.
    """
    parts = [_days(left, right, i, j), _place(left, right, i, j), _actors(left, right, i, j)]
    same = left.event_type[i] == right.event_type[j]
    parts.append("same type" if same else "another type")
    parts.append(_deaths(left, right, i, j))
    return ", ".join(part for part in parts if part)


def _days(left: Records, right: Records, i: int, j: int) -> str:
    gap = max(int(left.day_from[i] - right.day_to[j]), int(right.day_from[j] - left.day_to[i]), 0)
    long = left.day_to[i] > left.day_from[i] or right.day_to[j] > right.day_from[j]
    if gap:
        return f"{gap} day{'s' * (gap != 1)} apart"
    return "periods overlap" if long else "same day"


def distance_km(left: Records, right: Records, i: int, j: int) -> float:
    """Kilometres between the points of two rows, along the globe; nan where one has none."""
    up, down = np.radians(left.lat[i]), np.radians(right.lat[j])
    along = np.radians(right.lon[j] - left.lon[i])
    part = np.sin((down - up) / 2) ** 2 + np.cos(up) * np.cos(down) * np.sin(along / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(part, 1.0))))


def _place(left: Records, right: Records, i: int, j: int) -> str:
    if left.pointed[i] and right.pointed[j]:
        return f"{distance_km(left, right, i, j):.0f} km apart"
    return "same area, no common point"


def _actors(left: Records, right: Records, i: int, j: int) -> str:
    ours, theirs = ({int(a) for a in side.actors[n] if a >= 0} for side, n in
                    ((left, i), (right, j)))  # fmt: skip
    if not ours or not theirs:
        return "actors not named by both"
    if both := ours & theirs:
        return "both name " + " and ".join(left.names.names[a] for a in sorted(both))
    if any(left.names.alike[a, b] for a in ours for b in theirs):
        return "actors alike"
    return "no actor in common"


def _deaths(left: Records, right: Records, i: int, j: int) -> str:
    (low, best, high), (low_there, best_there, high_there) = left.deaths[i], right.deaths[j]
    if min(low, high, low_there, high_there) < 0:
        return "deaths not given by both"
    if int(best) == int(best_there):
        return f"{best} death{'s' * int(best != 1)} in both"
    overlap = low <= high_there and low_there <= high
    return f"deaths {best} and {best_there}{', overlapping bounds' if overlap else ''}"

"""Two simulated records of one conflict, and which of their rows are one event.

Every figure below is a choice made before anything was fitted, from the description in issue 5
(30 % overlap, two days, 14 km, 10 to 15 % wrong actor or type, 20 % misspelt, noisy deaths, places
and actors clustered); docs/matching.md says them in words. The world does not grow with the rows:
a million events lie a hundred times as dense as ten thousand.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

OVERLAP = 0.3
DAYS = 7305
FIRST_DAY = (date(2004, 1, 1) - date(1970, 1, 1)).days
APART_DAYS = 2
JITTER_KM = 14.0
WRONG = (0.10, 0.15)
"""The share of rows with a wrong actor, and as many with a wrong type: left, right."""
MISSPELT = 0.20
REGIONS, TOWNS, ACTORS, ACTORS_A_REGION = 60, 2000, 240, 8
SPREAD_DEGREES, REGION_DEGREES, TOWN_KM = 15.0, 0.7, 3.0
KM_A_DEGREE = 111.2
TYPES = (
    "armed clash", "shelling", "air strike", "attack on civilians", "explosive", "armed violence",
    "abduction", "chemical weapon",
)  # fmt: skip
TYPE_SHARES = np.array([0.3, 0.2, 0.15, 0.13, 0.1, 0.07, 0.04, 0.01])
NO_DEATHS_GIVEN = 0.1
HALF = 0.5
NOBODY_DIED, ONE_MORE = 0.35, 0.05
"""The share of events without deaths; and of rows that count one death too many."""
LONGER, SHORTER, OTHER = range(3)
"""Slips of the pen; a fourth kind turns two letters round."""
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))
SYLLABLES = ("ka", "ra", "mu", "sha", "del", "tor", "ben", "zi", "lo", "gar", "nim", "ost", "ve")
BODIES = ("Army", "Brigade", "Front", "Militia", "Movement", "Police", "Guard", "Council")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two tables in the event schema's columns; `left[k]` and `right[k]` are one event."""

    tables: tuple[pa.Table, pa.Table]
    left: NDArray[np.int64]
    right: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class World:
    """Where events happen, and who takes part where."""

    towns: NDArray[np.float64]
    region_of: NDArray[np.int64]
    weights: NDArray[np.float64]
    actors: NDArray[np.int64]
    names: list[str]
    waves: NDArray[np.float64]
    """By region, how the days share its events: months of more and of less."""


def simulated(rows: int, seed: int) -> Pairs:
    """Two records of `rows` events each."""
    draw = np.random.default_rng(seed)
    world = _world(draw)
    both = int(OVERLAP * rows)
    events = _events(draw, world, 2 * rows - both)
    first, second = np.arange(rows), np.arange(rows - both, 2 * rows - both)
    orders = draw.permutation(rows), draw.permutation(rows)
    tables = tuple(
        _recorded(draw, world, {name: column[which[order]] for name, column in events.items()}, n)
        for n, (which, order) in enumerate(zip((first, second), orders, strict=True))
    )
    places = [np.argsort(order) for order in orders]
    return Pairs((tables[0], tables[1]), places[0][rows - both :], places[1][:both])


def _world(draw: np.random.Generator) -> World:
    centres = draw.uniform(-SPREAD_DEGREES, SPREAD_DEGREES, (REGIONS, 2)) + np.array([20.0, 30.0])
    region_of = draw.choice(REGIONS, TOWNS, p=_zipf(REGIONS, 0.8))
    towns = centres[region_of] + draw.normal(0, REGION_DEGREES, (TOWNS, 2))
    weights = draw.permutation(_zipf(TOWNS, 0.9))
    actors = np.stack([draw.choice(ACTORS, ACTORS_A_REGION, replace=False)
                       for _ in range(REGIONS)])  # fmt: skip
    months = np.exp(draw.normal(0, 0.8, (REGIONS, DAYS // 30 + 1)))
    waves = np.cumsum(np.repeat(months, 30, axis=1)[:, :DAYS], axis=1)
    return World(towns, region_of, weights, actors, _names(draw), waves / waves[:, -1:])


def _zipf(n: int, power: float) -> NDArray[np.float64]:
    shares = 1 / np.arange(1, n + 1) ** power
    return shares / shares.sum()


def _names(draw: np.random.Generator) -> list[str]:
    names: set[str] = set()
    while len(names) < ACTORS:
        place = "".join(draw.choice(SYLLABLES, draw.integers(2, 5))).capitalize()
        body = draw.choice(BODIES)
        names.add(f"{body} of {place}" if draw.random() < HALF else f"{place} {body}")
    return sorted(names)


def _events(draw: np.random.Generator, world: World, n: int) -> dict[str, NDArray[np.float64]]:
    """What truly happened: place, day, two different actors of the region, type, deaths."""
    town = draw.choice(TOWNS, n, p=world.weights)
    region = world.region_of[town]
    day = np.empty(n)
    chance = draw.random(n)
    for one in range(REGIONS):
        at = region == one
        day[at] = np.searchsorted(world.waves[one], chance[at])
    lat, lon = _moved(draw, *world.towns[town].T, draw.rayleigh(TOWN_KM, n))
    shares = _zipf(ACTORS_A_REGION, 1.0)
    one = draw.choice(ACTORS_A_REGION, n, p=shares)
    other = (one + draw.integers(1, ACTORS_A_REGION, n)) % ACTORS_A_REGION
    deaths = np.where(draw.random(n) < NOBODY_DIED, 0, np.floor(np.exp(draw.normal(1.0, 1.1, n))))
    kind = draw.choice(len(TYPES), n, p=TYPE_SHARES)
    return {
        "id": np.arange(n), "lat": lat, "lon": lon, "day": day, "region": region, "type": kind,
        "one": world.actors[region, one], "other": world.actors[region, other], "deaths": deaths,
    }  # fmt: skip


def _moved(
    draw: np.random.Generator, lat: NDArray[np.float64], lon: NDArray[np.float64],
    km: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    angle = draw.uniform(0, 2 * np.pi, len(lat))
    up, along = km * np.cos(angle) / KM_A_DEGREE, km * np.sin(angle) / KM_A_DEGREE
    return lat + up, lon + along / np.cos(np.radians(lat))


def _recorded(
    draw: np.random.Generator, world: World, event: dict[str, NDArray[np.float64]], side: int
) -> pa.Table:
    """What one dataset has of these events: days shift in the second, the rest errs in both."""
    n = len(event["id"])
    shift = draw.integers(-APART_DAYS, APART_DAYS + 1, n) if side else np.zeros(n)
    day = (event["day"] + shift).astype(np.int32) + FIRST_DAY
    lat, lon = _moved(draw, event["lat"], event["lon"], JITTER_KM * np.sqrt(draw.random(n)))
    kind = _erring(draw, event["type"], draw.choice(len(TYPES), n, p=TYPE_SHARES), WRONG[side])
    elsewhere = world.actors[event["region"].astype(int), draw.integers(0, ACTORS_A_REGION, n)]
    second = draw.random(n) < HALF
    one = _erring(draw, event["one"], elsewhere, np.where(second, 0, WRONG[side]))
    other = _erring(draw, event["other"], elsewhere, np.where(second, WRONG[side], 0))
    low, best, high = _counted(draw, event["deaths"])
    none = draw.random(n) < NO_DEATHS_GIVEN
    return pa.table(
        {
            "native_id": pa.array(np.char.add(f"{'AB'[side]}", draw.permutation(n).astype(str))),
            "dataset": pa.array([f"record-{side}"] * n),
            "period_from": pa.array(day, pa.date32()),
            "period_to": pa.array(day, pa.date32()),
            "lat": lat,
            "lon": lon,
            "radius_km": np.full(n, JITTER_KM),
            "event_type": pa.array(np.array(TYPES)[kind.astype(int)]),
            "side_a": _spelt(draw, world, one),
            "side_b": _spelt(draw, world, other),
            "deaths_low": pa.array(low, mask=none),
            "deaths_best": pa.array(best, mask=none),
            "deaths_high": pa.array(high, mask=none),
        }
    )


def _erring(
    draw: np.random.Generator, true: NDArray[np.float64], wrong: NDArray[np.float64],
    share: float | NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    return np.where(draw.random(len(true)) < share, wrong, true)


def _counted(
    draw: np.random.Generator, deaths: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Deaths as one record gives them: off by a third or so either way, and bounds around."""
    best = np.rint(deaths * np.exp(draw.normal(0, 0.3, len(deaths))))
    best = best + (draw.random(len(deaths)) < ONE_MORE)
    low = np.floor(best * draw.uniform(0.6, 1, len(deaths)))
    high = np.ceil(best * draw.uniform(1, 1.5, len(deaths)))
    return low.astype(np.int64), best.astype(np.int64), high.astype(np.int64)


def _spelt(draw: np.random.Generator, world: World, actor: NDArray[np.float64]) -> pa.Array:
    """The names of actors, one in five misspelt by one or two slips of the pen."""
    names = np.array(world.names, object)[actor.astype(int)]
    wrong = np.flatnonzero(draw.random(len(actor)) < MISSPELT)
    slips = draw.integers(1, 3, len(wrong))
    places, kinds = draw.random((len(wrong), 2)), draw.integers(0, 4, (len(wrong), 2))
    letters = LETTERS[draw.integers(0, len(LETTERS), (len(wrong), 2))]
    for n, at in enumerate(wrong):
        name = names[at]
        for k in range(slips[n]):
            name = _slip(name, int(places[n, k] * (len(name) - 1)), kinds[n, k], letters[n, k])
        names[at] = name
    return pa.array(names, pa.string())


def _slip(name: str, at: int, kind: int, letter: str) -> str:
    """One letter too many, too few, another one, or two in the wrong order."""
    if kind == LONGER:
        return name[:at] + letter + name[at:]
    if kind == SHORTER:
        return name[:at] + name[at + 1 :]
    if kind == OTHER:
        return name[:at] + letter + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]

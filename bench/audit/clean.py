"""Clean records: simulated ones, and real ones whose lasting changes are shuffled away."""

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wordkept.events.schema import EVENT
from wordkept.model import PublicationRule, Receipt, Release
from wordkept.period import Period

Row = dict[str, Any]
FIRST = dt.date(2015, 1, 1)
DAYS = 540
MEAN, LOG_SD, SIZE = 4.0, 0.5, 2.0
RHOS = (0.0, 0.5, 0.8, 0.95)
TOWNS, PROVINCES = 60, 8
KINDS = ("air raid", "shelling", "clash", "raid on a market", "mine")
TARGETS = ("school", "hospital", "market", "dwelling", "barracks")
HOSTS = ("one.example", "two.example", "three.example", "four.example", "five.example")
PARTIES = ("North", "South", "East")
BLOCK_DAYS = 28
KNOWN = "2026-01-01T00:00:00Z"


def wander(random: np.random.Generator, length: int, rho: float, sd: float) -> NDArray[Any]:
    """A level about 1 whose logarithm remembers."""
    level = np.zeros(length)
    level[0] = random.standard_normal()
    for at in range(1, length):
        level[at] = rho * level[at - 1] + (1 - rho**2) ** 0.5 * random.standard_normal()
    return np.exp(sd * level - sd**2 / 2)


def shares(random: np.random.Generator, number: int, rho: float) -> NDArray[Any]:
    """Shares of so many values on each day, that drift from week to week."""
    first = random.dirichlet(np.full(number, 4.0))
    weeks = -(-DAYS // 7)
    moved = np.stack([wander(random, weeks, rho, 0.4) for _ in range(number)], axis=1) * first
    moved /= moved.sum(axis=1, keepdims=True)
    return np.repeat(moved, 7, axis=0)[:DAYS]


def simulated(seed: int, rho: float) -> list[Row]:
    """A record of 540 days, some four events a day, that is restless and sound."""
    random = np.random.default_rng((seed, int(rho * 100)))
    levels = wander(random, DAYS, rho, LOG_SD) * MEAN
    counts = random.poisson(random.gamma(SIZE, levels / SIZE))
    fill = 0.6 * wander(random, DAYS, 0.9, 0.1)
    kinds, hosts, sides = (shares(random, n, rho) for n in (len(KINDS), len(HOSTS), len(PARTIES)))
    towns = random.dirichlet(60 / np.arange(5, TOWNS + 5))
    lat, lon = (
        random.uniform(10.0, 14.0, TOWNS).round(4),
        random.uniform(40.0, 44.0, TOWNS).round(4),
    )
    rows: list[Row] = []
    for day, number in enumerate(counts):
        on = FIRST + dt.timedelta(days=day)
        for _ in range(number):
            town = int(random.choice(TOWNS, p=towns))
            side = PARTIES[random.choice(len(PARTIES), p=sides[day])]
            deaths = int(np.exp(random.normal(0.8, 1.1)))
            host = HOSTS[random.choice(len(HOSTS), p=hosts[day])]
            at = len(rows) + 1
            rows.append({
                "row": at, "native_id": f"e{at}", "period_from": on, "period_to": on,
                "place": f"Town {town}", "admin1": f"Province {town % PROVINCES}",
                "country": "Elsewhere", "lat": float(lat[town]), "lon": float(lon[town]),
                "event_type": "air strike", "native_type": KINDS[random.choice(5, p=kinds[day])],
                "target": TARGETS[random.choice(5)] if random.random() < fill[day] else None,
                "side_a": side, "side_b": "Civilians", "actors_certain": [side],
                "deaths_low": deaths, "deaths_best": deaths, "deaths_high": deaths,
                "stamped_on": on + dt.timedelta(days=int(random.exponential(10.0))),
                "reference": f"www.{host}/{at}".join(("https://", "")),
            })  # fmt: skip
    return rows


def shuffled(rows: list[Row], seed: int) -> list[Row]:
    """A real record with its blocks of 28 days in another order: nothing lasts, all else stays.

    Rows of over a week and rows that stand twice word for word are left out.
    """
    random = np.random.default_rng(seed)
    short = [row for row in rows if (row["period_to"] - row["period_from"]).days < 7]  # noqa: PLR2004
    first = min(row["period_from"] for row in short)
    blocks = 1 + max((row["period_from"] - first).days for row in short) // BLOCK_DAYS
    order = random.permutation(blocks)
    moved, seen = [], set()
    for row in short:
        told = tuple(str(row[name]) for name in EVENT.names if name not in {"row", "native_id"})
        if told in seen:
            continue
        seen.add(told)
        block = (row["period_from"] - first).days // BLOCK_DAYS
        by = dt.timedelta(days=int(order[block] - block) * BLOCK_DAYS)
        changed = {name: row[name] + by for name in ("period_from", "period_to")}
        if row["stamped_on"] is not None:
            changed["stamped_on"] = row["stamped_on"] + by
        moved.append(row | changed)
    return moved


def whole(row: Row) -> Row:
    """A row with every field of the schema."""
    usual = {"dataset": "made-up", **{f"actors_{one}": [] for one in
                                      ("certain", "probable", "possible")},
             **dict.fromkeys(("events_low", "events_best", "events_high"), 1)}  # fmt: skip
    return {**dict.fromkeys(EVENT.names), **usual, **row}


def table(rows: list[Row]) -> pa.Table:
    """The rows as a table of events."""
    return pa.Table.from_pylist([whole(row) for row in rows], schema=EVENT.to_pyarrow())


def release(rows: list[Row]) -> Release:
    """A release that holds so many rows."""
    span = Period(min(one["period_from"] for one in rows), max(one["period_to"] for one in rows))
    receipt = Receipt(read=len(rows), loaded=len(rows), set_aside=(), span=span, deaths_best=None,
                      half_the_deaths_rows=None)  # fmt: skip
    return Release(
        id="0" * 64, dataset="made-up", layout="made up", title="A made-up record", citation="none",
        licence="none", publication=PublicationRule(allows="rows"), caveats=(),
        file_name="made-up.csv", loaded_at=KNOWN, stated=None, parquet="1" * 64, receipt=receipt,
    )  # fmt: skip

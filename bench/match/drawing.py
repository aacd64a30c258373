"""Pairs of real rows drawn over the whole range of the score, and the sheets they are judged on."""

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWN_FROM = {
    "p 0.90 to 1": (0.9, 1.01, 34), "p 0.80 to 0.90": (0.8, 0.9, 24),
    "p 0.60 to 0.80": (0.6, 0.8, 26), "p 0.40 to 0.60": (0.4, 0.6, 24),
    "p 0.20 to 0.40": (0.2, 0.4, 24), "p 0.10 to 0.20": (0.1, 0.2, 22),
    "p 0.05 to 0.10": (0.05, 0.1, 20), "p 0.02 to 0.05": (0.02, 0.05, 20),
}  # fmt: skip
"""By stratum: from which probability to which, and how many pairs are drawn."""
NEAR, FAR = "p under 0.02, near", "p under 0.02, far"
UNDER = {NEAR: 32, FAR: 14}
"""Pairs that the matching does not give back, drawn apart by what is near without any score."""
NEAR_DAYS, NEAR_KM = 1, 10.0
SEED = 20160227
"""Of the draw; the orders of the two sheets have the next two."""
JUDGEMENT = "judgement"
KEY = ("number", "dataset", "native_id", "other_dataset", "other_id", "stratum", "of")

AIRWARS_WORDS = (
    "date", "date_end", "location_name", "governorate", "geo_precision", "suspected_parties",
    "belligerents", "grading", "infrastructure", "civ_killed_min", "civ_killed_max",
    "civ_injured_min", "civ_injured_max", "children_killed_max", "women_killed_max",
    "belligerents_killed_max",
)  # fmt: skip
UCDP_WORDS = (
    "date_start", "date_end", "date_prec", "where_coordinates", "adm_1", "adm_2", "where_prec",
    "dyad_name", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best",
    "high", "source_article",
)  # fmt: skip

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pair by its rows' places, the stratum it was drawn from, and how many pairs that holds."""

    left: int
    right: int
    stratum: str
    of: int


def sampled(found: Any, rest: tuple[Indices, Indices], near: NDArray[np.bool_]) -> list[Drawn]:
    """Pairs of each stratum: of those given back by probability, of the rest by nearness."""
    draw = np.random.default_rng(SEED)
    parts = [
        (name, wanted, found.left, found.right,
         np.flatnonzero((found.probability >= low) & (found.probability < high)))
        for name, (low, high, wanted) in DRAWN_FROM.items()
    ] + [
        (NEAR, UNDER[NEAR], *rest, np.flatnonzero(near)),
        (FAR, UNDER[FAR], *rest, np.flatnonzero(~near)),
    ]  # fmt: skip
    return [
        Drawn(int(left[at]), int(right[at]), name, len(held))
        for name, wanted, left, right, held in parts
        for at in draw.permutation(held)[:wanted]
    ]


def candidates_of(left: Any, right: Any) -> tuple[Indices, Indices]:
    """The rows of all pairs that the matching compares."""
    from wordkept.matching import Window
    from wordkept.matching.candidates import candidates
    from wordkept.matching.levels import Comparing, rarities
    from wordkept.matching.rows import rows

    ours, theirs, window = rows(left), rows(right), Window()
    how = Comparing(days=window.days, km=window.km, alike=left.names.alike,
                    rarity=rarities(left.event_type, right.event_type))  # fmt: skip
    i, j, _ = candidates(ours, theirs, how)
    return ours.at[i].astype(np.int64), theirs.at[j].astype(np.int64)


def not_given_back(pairs: tuple[Indices, Indices], found: Any, size: int) -> tuple[Indices, ...]:
    """Those of the pairs that are not among the matches, in the order of their rows."""
    key = pairs[0] * size + pairs[1]
    gone = np.sort(key[~np.isin(key, found.left.astype(np.int64) * size + found.right)])
    return gone // size, gone % size


def near_pairs(left: Any, right: Any, pairs: tuple[Indices, ...]) -> NDArray[np.bool_]:
    """Which pairs lie within a day and ten kilometres of each other."""
    i, j = pairs
    gap = np.maximum(left.day_from[i] - right.day_to[j], right.day_from[j] - left.day_to[i])
    close: NDArray[np.bool_] = (gap <= NEAR_DAYS) & (apart_km(left, right, i, j) <= NEAR_KM)
    return close


def apart_km(left: Any, right: Any, i: Any, j: Any) -> Any:
    """Kilometres between the points of rows; nan where one has none."""
    up, down = np.radians(left.lat[i]), np.radians(right.lat[j])
    along = np.radians(right.lon[j] - left.lon[i])
    part = np.sin((down - up) / 2) ** 2 + np.cos(up) * np.cos(down) * np.sin(along / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(np.minimum(part, 1.0)))


def words(source: Path, key: str, wanted: Iterable[str]) -> dict[str, str]:
    """By native id: what a row of the source says, in the source's own words."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8", newline="") as stream:
        return {row[key]: "; ".join(f"{name}={row[name]}" for name in wanted if row[name])
                for row in csv.DictReader(stream)}  # fmt: skip


def write_sheets(
    sheet: Path, key: Sequence[Mapping[str, Any]], facts: Sequence[Mapping[str, Any]]
) -> None:
    """The key (strata, for nobody who judges), and two sheets without it in orders of their own."""
    write(_beside(sheet, "key"), KEY, key)
    for turn, path in enumerate((sheet, _beside(sheet, "again")), 1):
        order = np.random.default_rng(SEED + turn).permutation(len(facts))
        laid = [{**facts[n], JUDGEMENT: ""} for n in order]
        write(path, tuple(laid[0]), laid)


def read_sheets(sheet: Path) -> list[dict[str, str]]:
    """The key's rows, with what each sheet judges them to be."""
    passes = [{row["number"]: row[JUDGEMENT] for row in read(path)}
              for path in (sheet, _beside(sheet, "again"))]  # fmt: skip
    return [{**row, "pass_1": passes[0][row["number"]], "pass_2": passes[1][row["number"]]}
            for row in read(_beside(sheet, "key"))]  # fmt: skip


def _beside(sheet: Path, what: str) -> Path:
    return sheet.with_name(f"{sheet.stem}_{what}{sheet.suffix}")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, heads: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as a CSV, with these columns alone."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

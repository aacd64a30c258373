"""The floors of `make eval`: what a figure must not fall under, and the gold it was measured on."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parents[2] / "floors.json"
SLACK = 0.002
"""A figure may lie this far under its floor: machines differ in the last digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of one gold set, between 0 and 1, and the hash of that set."""

    gold: str
    hash: str
    figures: Mapping[str, float]


def gold_hash(parts: Iterable[str]) -> str:
    """One hash for a gold set: texts and annotations, in order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8") + b"\0")
    return digest.hexdigest()


def fallen(measured: Iterable[Measured], floors: Mapping[str, Any]) -> list[str]:
    """What lies under its floor, has none, or was measured on another gold; in words."""
    wrong = []
    for one in measured:
        known = floors.get(one.gold)
        if known is None:
            wrong.append(f"{one.gold}: no floor is set")
            continue
        if known["hash"] != one.hash:
            wrong.append(f"{one.gold}: the gold is not the one that the floors were set on")
        for name, floor in known["floors"].items():
            value = one.figures.get(name)
            if value is None:
                wrong.append(f"{one.gold}: {name} was not measured")
            elif value < floor - SLACK:
                wrong.append(f"{one.gold}: {name} is {value:.3f}, its floor {floor:.3f}")
    return wrong


def raised(
    measured: Iterable[Measured], floors: Mapping[str, Any], *, lower: bool
) -> dict[str, Any]:
    """The floors as they are to be kept: never lower than before but where that is asked for."""
    out = dict(floors)
    for one in measured:
        before = {} if lower else out.get(one.gold, {}).get("floors", {})
        out[one.gold] = {
            "hash": one.hash,
            "floors": {
                name: max(round(one.figures.get(name, 0.0), 3), before.get(name, 0.0))
                for name in sorted({*one.figures, *before})
            },
        }
    return out


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """The floors that are committed; none where there is no file."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write_floors(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    """Keeps the floors, sorted, a figure a line."""
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")

"""What a release holds, by name: the parties, places, types and targets a plan may ask for."""

from dataclasses import dataclass

import ibis.expr.types as ir

SIDES = ("side_a", "side_b")
AREAS = ("place", "admin1", "admin2", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Every name that stands in a release, by what it names."""

    actors: frozenset[str]
    areas: frozenset[str]
    event_types: frozenset[str]
    targets: frozenset[str]


def contents(events: ir.Table) -> Contents:
    """The names that stand in a release of events."""
    columns = (*AREAS, *SIDES, "event_type", "target")
    listed = events.aggregate(**{name: events[name].collect(distinct=True) for name in columns})
    (names,) = listed.to_pyarrow().to_pylist()
    laid = events.actors_certain.concat(events.actors_probable, events.actors_possible)
    actors = events.select(name=laid.unnest()).distinct().to_pyarrow()["name"].to_pylist()
    return Contents(
        actors=_present(actors).union(*(_present(names[side]) for side in SIDES)),
        areas=frozenset().union(*(_present(names[column]) for column in AREAS)),
        event_types=_present(names["event_type"]),
        targets=_present(names["target"]),
    )


def _present(names: list[str | None] | None) -> frozenset[str]:
    return frozenset(name for name in names or () if name)

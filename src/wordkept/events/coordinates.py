"""Whether the coordinates of a whole record are sane, whatever is asked of it."""

import ibis
import ibis.expr.types as ir

from wordkept.model import Finding
from wordkept.prose import count

LOCATED_ROWS = 100
CONSTANT_SHARE = 0.2
SWAP_DEGREES = 2.0


def coordinate_findings(events: ir.Table, dataset: str) -> tuple[Finding, ...]:
    """Latitude and longitude that are the same for many rows, or look swapped.

    Swapped: within two degrees of where the middle of the record would lie if swapped; not asked
    of a record whose middle has nearly the same latitude as longitude, nor of under 100 rows.
    """
    located = events.filter(events.lat.notnull() & events.lon.notnull())
    (middle,) = (
        located.aggregate(rows=located.count(), lat=located.lat.median(), lon=located.lon.median())
        .to_pyarrow()
        .to_pylist()
    )
    if middle["rows"] < LOCATED_ROWS:
        return ()
    swapped = _near(located.lat, middle["lon"]) & _near(located.lon, middle["lat"])
    points = located.group_by("lat", "lon", swapped=swapped).aggregate(rows=located.count())
    (found,) = (
        points.aggregate(most=points.rows.max(), swapped=points.rows.sum(where=points.swapped))
        .to_pyarrow()
        .to_pylist()
    )
    sentences: list[str] = []
    apart = abs(middle["lat"] - middle["lon"]) > 2 * SWAP_DEGREES
    if apart and found["swapped"]:
        swapped = count(int(found["swapped"]), "row")
        sentences.append(f"Latitude and longitude look swapped in {swapped}.")
    if found["most"] > CONSTANT_SHARE * middle["rows"]:
        shared = f"{found['most']:,} of {middle['rows']:,} located rows"
        sentences.append(f"{shared} share one pair of coordinates.")
    return tuple(
        Finding(check="coordinates", outcome="failed", dataset=dataset, sentence=sentence)
        for sentence in sentences
    )


def _near(degrees: ir.FloatingValue, middle: float) -> ir.BooleanValue:
    return (degrees - ibis.literal(middle)).abs() < SWAP_DEGREES

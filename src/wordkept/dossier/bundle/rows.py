"""The rows that a bundle may hold, and which of them stand behind each count."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from wordkept.dossier.bundle.archive import json_bytes
from wordkept.dossier.rows_shown import SafeRows, safe_rows
from wordkept.ids import bytes_id, short
from wordkept.model import Behind, Event, Release, Safety

FIELDS = (
    "row", "native_id", "period_from", "period_to", "place", "admin1", "admin2", "country", "lat",
    "lon", "radius_km", "event_type", "native_type", "side_a", "side_b", "deaths_low",
    "deaths_best", "deaths_high", "events_best", "reference",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would run."""
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledRows:
    """The files of the rows, and what was done to them first, by dataset."""

    files: Mapping[str, bytes]
    safe: Mapping[str, SafeRows]


def bundled_rows(
    behind: Sequence[Behind], releases: Mapping[str, Release], safety: Safety, *, as_of: date
) -> BundledRows:
    """The rows behind the counts of a case, each once, and which of them each count is of.

    `behind` holds all rows of a count, or None where the record's terms withhold them.
    """
    held: dict[str, dict[int, Event]] = {}
    for one in behind:
        if one.events is not None:
            held.setdefault(one.dataset, {}).update({event.row: event for event in one.events})
    safe = {
        name: safe_rows((rows[row] for row in sorted(rows)), safety, as_of=as_of)
        for name, rows in sorted(held.items())
    }
    listed = {name: {event.row for event in one.events} for name, one in safe.items()}
    files = {f"rows/{plain_name(name)}.csv": csv_bytes(one.events) for name, one in safe.items()}
    counts = [_count(one, listed[one.dataset]) for one in behind if one.events is not None]
    files["rows/counts.json"] = json_bytes(counts)
    files["rows/datasets.json"] = json_bytes(
        {name: _described(name, one, releases[name]) for name, one in safe.items()}
    )
    return BundledRows(files=files, safe=safe)


def plain_name(name: str) -> str:
    """A name that any file system takes: itself, or else the beginning of its hash.

    >>> plain_name("ucdp-ged"), plain_name("../x")
    ('ucdp-ged', 'd6b96a97d147')
    """
    return name if PLAIN.fullmatch(name) else short(bytes_id(name.encode("utf-8", "replace")))


def csv_bytes(events: Iterable[Event]) -> bytes:
    """Rows as CSV in UTF-8; a text that a spreadsheet would take for a formula gets an apostrophe.

    >>> csv_bytes(())[:24]
    b'row,native_id,period_fro'
    """
    target = StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(FIELDS)
    for event in events:
        writer.writerow([_cell(event, name) for name in FIELDS])
    return target.getvalue().encode("utf-8", "replace")


def _cell(event: Event, name: str) -> Any:
    if name in {"period_from", "period_to"}:
        return (event.period.start if name == "period_from" else event.period.end).isoformat()
    value = getattr(event, name)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _count(one: Behind, listed: set[int]) -> dict[str, Any]:
    events = one.events or ()
    return {
        "pledge": one.pledge, "dataset": one.dataset, "attribution": one.attribution,
        "part": one.part, "start": one.days.start.isoformat(), "end": one.days.end.isoformat(),
        "rows": sorted(event.row for event in events if event.row in listed),
        "too_recent_events": sum(event.events_best for event in events if event.row not in listed),
    }  # fmt: skip


def _described(name: str, rows: SafeRows, release: Release) -> dict[str, Any]:
    return {
        "file": f"rows/{plain_name(name)}.csv", "rows": len(rows.events),
        "made_coarse": rows.coarsened, "too_recent": rows.delayed, "release": release.id,
        "title": release.title, "citation": release.citation, "licence": release.licence,
        "terms": release.publication.terms,
    }  # fmt: skip

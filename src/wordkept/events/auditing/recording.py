"""Every detector held against one release, and what they found in order of weight."""

from collections.abc import Callable, Mapping

import ibis.expr.types as ir

from wordkept.events.auditing import (
    attribution,
    collection,
    delay,
    fields,
    heaping,
    points,
    repeats,
    summaries,
    turned,
    vocabulary,
)
from wordkept.events.auditing.audited import Audited
from wordkept.model import GRAVITIES, Irregularity, Release

Detector = Callable[[Audited], tuple[Irregularity, ...]]

DETECTORS: Mapping[str, Detector] = {
    "silences": collection.silences,
    "edges": collection.edges,
    "dumps": collection.dumps,
    "fields": fields.changed_fields,
    "vocabulary": vocabulary.changed_values,
    "summary rows": summaries.summary_rows,
    "heavy rows": summaries.heavy_rows,
    "dates": summaries.stray_dates,
    "days of the month": heaping.month_days,
    "round numbers": heaping.round_numbers,
    "points": points.heaped_points,
    "turned coordinates": turned.turned_pairs,
    "attribution": attribution.shared_attribution,
    "composite sides": attribution.composite_sides,
    "spellings": attribution.spellings,
    "delay": delay.entries,
    "duplicates": repeats.repeats,
}
TIMED = ("silences", "edges", "dumps", "fields", "vocabulary", "days of the month")
"""Those that ask for days: nothing to do where few rows can be laid on one."""


def audit_record(events: ir.Table, release: Release) -> tuple[Irregularity, ...]:
    """All that is odd about a release's events, the gravest first; the same every time.

    `events` has the schema EVENT. A record that is sound in all that is looked at gives nothing;
    one sound record in ten at most gives something that is chance.
    """
    record = Audited(events=events, release=release)
    found = [
        one
        for name, detector in DETECTORS.items()
        if record.days_told or name not in TIMED
        for one in detector(record)
    ]
    return tuple(sorted(found, key=_weight))


def _weight(one: Irregularity) -> tuple[int, int, str]:
    return GRAVITIES.index(one.gravity), -one.rows, one.sentence

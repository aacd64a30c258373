"""wordkept, from a CSV file to a release, to series, to the audit: `bench_scale.py` runs it.

python scale_ours.py FILE FOLDER [spark://host:port]
"""

import hashlib
import json
import sys
import time
from datetime import date
from pathlib import Path

from wordkept.events import audit, coordinates, engine, series
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.model import Selection
from wordkept.period import Period

ASKED = Selection(dataset="ucdp-ged", actors=("Group 7",), areas=("Country 7", "Province 47"))
WINDOW = Period(date(2016, 1, 1), date(2016, 3, 31))
DAYS = Period(date(2014, 1, 1), date(2016, 3, 31))


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2]) / "events"
    address = next(iter(sys.argv[3:]), None)
    clock = [time.perf_counter()]
    options = LoadOptions(loaded_at="2026-01-01T00:00:00Z", engine=address)
    release = load_release(source, folder, options)
    clock.append(time.perf_counter())
    events = open_release(release, folder, engine.connect(address))
    covered = series.coverage(events, until=date(2026, 1, 1))
    if covered is None:
        raise SystemExit("no row can be laid on a day")
    cut = series.cut(events, ASKED, role="primary", covered=covered.days)
    clock.append(time.perf_counter())
    question = audit.Question(selection=ASKED, days=DAYS, window=WINDOW, release=release)
    findings = (*audit.audit(events, question, covered),
                *coordinates.coordinate_findings(events, release.dataset))  # fmt: skip
    clock.append(time.perf_counter())
    print(*(f"{one.check}: {one.sentence}" for one in findings), sep="\n", file=sys.stderr)
    stages = ("load", "series", "audit")
    print(json.dumps({
        "seconds": {name: clock[at + 1] - clock[at] for at, name in enumerate(stages)},
        "answer": answer([(one.attribution, one.start, one.counts) for one in cut]),
        "loaded": release.receipt.loaded,
    }))  # fmt: skip


def answer(cut: list[tuple[str, date, tuple[int, ...]]]) -> str:
    """One hash of what every day counts at every bound."""
    said = json.dumps([[bound, start.isoformat(), list(counts)] for bound, start, counts in cut])
    return hashlib.sha256(said.encode()).hexdigest()


if __name__ == "__main__":
    main()

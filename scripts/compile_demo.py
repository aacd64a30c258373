"""Compiles the records of the bundled case from the publishers' files.

    python scripts/compile_demo.py ../shared/data [FOLDER]

Writes facts in wordkept's own layouts to FOLDER (src/wordkept/demo/events): Airwars as daily
counts by governorate and attribution (aggregates only), UCDP GED for Syria in 2016 (id, dates,
place, sides, deaths), CENTCOM strikes by day. No sentence of any source is copied. The same input
gives the same bytes.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from pyarrow import csv

from wordkept.events import engine
from wordkept.events.harmonise import harmonise
from wordkept.events.releases import LoadOptions, take_in
from wordkept.model import ATTRIBUTIONS

HERE = Path(__file__).resolve().parent.parent
DEMO = HERE / "src" / "wordkept" / "demo" / "events"
GED_COLUMNS = (
    "native_id", "period_from", "period_to", "place", "admin1", "country", "lat", "lon",
    "radius_km", "event_type", "side_a", "side_b", "directed", "deaths_low", "deaths_best",
    "deaths_high",
)  # fmt: skip


def main(folder: Path, into: Path) -> None:
    """Writes the three records and says how large each is."""
    with tempfile.TemporaryDirectory() as space:
        airwars = read(folder / "airwars_syria_incidents_to_2016-08.csv", Path(space))
        write(airwars_daily(airwars), into / "airwars-daily.csv")
        centcom = read(folder / "centcom_oir_strikes_2014_2016.csv", Path(space))
        write(centcom_daily(centcom), into / "centcom-daily.csv")
        ged = read(folder / "ucdp_ged_syria_2016_2019.csv.gz", Path(space))
        write(ged_2016(ged), into / "ucdp-ged-syria-2016.csv")


def read(source: Path, space: Path) -> ir.Table:
    """A publisher's file in the event schema, by the adapter that knows it."""
    taken = take_in(source, engine.connect(), workspace=space, options=LoadOptions(loaded_at=""))
    return harmonise(taken.table, taken.dataset)


def airwars_daily(events: ir.Table) -> ir.Table:
    """Incidents that may be Russia's, by day, governorate and attribution."""
    laid: Any = events.filter(events.period_to == events.period_from)
    at = ibis.cases(
        *((laid[f"actors_{bound}"].contains("Russia"), bound) for bound in ATTRIBUTIONS)
    )
    laid = laid.mutate(attribution=at).filter(lambda table: table.attribution.notnull())
    counted = laid.group_by(day="period_from", area="admin1", attribution="attribution").aggregate(
        n=laid.count()
    )
    return counted.mutate(
        actor=ibis.literal("Russia"),
        event_type=ibis.literal("civilian harm"),
        country=ibis.literal("Syria"),
    ).order_by("day", "area", "attribution")


def centcom_daily(events: ir.Table) -> ir.Table:
    """Strikes announced by the US-led coalition, by day of the release and country."""
    counted = events.group_by(day="period_from", country="country").aggregate(
        n=events.events_best.sum()
    )
    return counted.mutate(
        actor=ibis.literal("US-led Coalition"),
        against=ibis.literal("IS"),
        attribution=ibis.literal("certain"),
        event_type=ibis.literal("air strike"),
    ).order_by("day", "country")


def ged_2016(events: ir.Table) -> ir.Table:
    """Events of 2016 in the columns that are facts: no headline, no source text."""
    year = events.filter(events.period_from.year() == 2016)  # noqa: PLR2004
    listed = {
        f"actors_{bound}": year[f"actors_{bound}"].join("; ") for bound in ("certain", "possible")
    }
    return year.select(*GED_COLUMNS, **listed).order_by("period_from", "native_id")


def write(table: ir.Table, path: Path) -> None:
    """Writes a table as CSV and prints its size."""
    options = csv.WriteOptions(quoting_style="needed")
    csv.write_csv(table.to_pyarrow(), path, write_options=options)
    print(f"{path.name}: {int(table.count().execute()):,} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else DEMO)  # noqa: PLR2004

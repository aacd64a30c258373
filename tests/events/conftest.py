"""Made-up records, for the tests that ask what may be made of any record."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pytest

from wordkept.events.engine import connect
from wordkept.events.schema import EVENT
from wordkept.model import ATTRIBUTIONS

Row = dict[str, Any]
Recorded = Callable[..., ir.Table]
FIRST = dt.date(2016, 3, 1)


@pytest.fixture(scope="module")
def recorded() -> Iterator[Recorded]:
    """Makes an events table of rows that say only what matters; `named` tells several apart."""
    connection = connect()

    def table(rows: Sequence[Row], named: str = "made_up") -> ir.Table:
        cells = [whole(place, row) for place, row in enumerate(rows, start=1)]
        arrow = pa.Table.from_pylist(cells, schema=EVENT.to_pyarrow())
        made: ir.Table = connection.create_table(named, arrow, overwrite=True)
        return made

    yield table
    connection.disconnect()


def whole(place: int, row: Row) -> Row:
    day = row.get("period_from", FIRST)
    usual = {
        "row": place,
        "native_id": f"e{place}",
        "dataset": "made-up",
        "period_from": day,
        "period_to": day,
        "event_type": "air strike",
        **{f"actors_{bound}": [] for bound in ATTRIBUTIONS},
        **dict.fromkeys(("events_low", "events_best", "events_high"), 1),
    }
    return {**dict.fromkeys(EVENT.names), **usual, **row}

"""The rows of some parties alone, with all parties counted once, give what all the rows give."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis.expr.types as ir
import pytest

from wordkept.events.parties import parties_by_day
from wordkept.events.series import cut, reached
from wordkept.events.surroundings import companions
from wordkept.events.variants import variants
from wordkept.model import Circle, Selection
from wordkept.period import Period

Recorded = Callable[..., ir.Table]
DAYS = Period(dt.date(2016, 3, 1), dt.date(2016, 3, 31))
ANYWHERE = Selection(dataset="made-up", actors=("A",))
PLACES = {"Town": ("Here", 35.0), "Farm": ("Here", 35.3), "Port": ("There", 39.0)}
NAMES = ["A", "B", "B C", "D", "Civilians", "unknown party", None]


def made_up(recorded: Recorded, seed: int) -> ir.Table:
    draw = random.Random(seed)  # noqa: S311

    def row() -> dict[str, Any]:
        place = draw.choice(list(PLACES))
        province, lat = PLACES[place]
        day = DAYS.start + dt.timedelta(days=draw.randrange(31))
        levels = {
            f"actors_{level}": [name for name in draw.sample(NAMES, k=2) if name]
            for level in ("certain", "probable", "possible")
        }
        return {
            "period_from": day,
            "period_to": day + dt.timedelta(days=draw.choice((0, 0, 0, 1, 9))),
            "place": place, "admin1": province, "lat": lat, "lon": 37.0,
            "event_type": draw.choice(("air strike", "shelling", "attention")), **levels,
        }  # fmt: skip

    return recorded([row() for _ in range(600)])


@pytest.mark.parametrize(
    "selection",
    [
        ANYWHERE,
        replace(ANYWHERE, event_types=("shelling",), attributions=("certain", "probable")),
        replace(ANYWHERE, against=("B",)),
        replace(ANYWHERE, areas=("Town",)),
        replace(ANYWHERE, around=Circle(lat=35.0, lon=37.0, radius_km=10)),
    ],
)
def test_rows_that_a_question_can_turn_on_answer_it(
    recorded: Recorded, selection: Selection
) -> None:
    events = made_up(recorded, seed=len(str(selection)))
    condition = reached(events, selection)
    assert condition is not None
    few = events.filter(condition)
    assert 0 < few.count().to_pyarrow().as_py() < 600
    nowhere = not selection.areas and selection.around is None
    others = replace(selection, actors=(), label="")
    every = parties_by_day(events, others, DAYS) if nowhere else None
    assert cut(few, selection, role="primary", covered=DAYS) == cut(
        events, selection, role="primary", covered=DAYS
    )
    assert variants(few, selection, covered=DAYS) == variants(events, selection, covered=DAYS)
    beside = companions(events, selection, covered=DAYS)
    assert {"substitute", "donor"} <= {one.kind for one in beside}
    assert companions(few, selection, covered=DAYS, every=every) == beside


def test_a_question_of_no_party_can_turn_on_any_row(recorded: Recorded) -> None:
    events = made_up(recorded, seed=1)
    assert reached(events, Selection(dataset="made-up", areas=("Town",))) is None

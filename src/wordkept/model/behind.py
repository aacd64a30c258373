"""What stands behind a number that is published: its rows, and what keeps people in them safe."""

from dataclasses import dataclass
from math import cos, radians
from typing import Literal

from wordkept.model.pledge import Attribution
from wordkept.model.record import Event
from wordkept.period import Period

Part = Literal["before", "after", "within", "outside", "unplaced", "delivered", "shown"]
"""What of a pledge's count the rows are: of a rate before and after; of `only` the three sides; of
`delivers` what was delivered; of `holds` what shows it in one stretch."""

KM_PER_DEGREE = 111.195
"""Of latitude, on a sphere of the Earth's mean radius."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The rows behind one count: as far as they are listed, or None where terms withhold them."""

    pledge: str
    dataset: str
    attribution: Attribution
    part: Part
    days: Period
    events: tuple[Event, ...] | None
    """The first rows by day and row of the file; None: the publisher or the case withholds rows."""
    rows: int | None
    """How many rows there are in all; None where they are withheld."""
    counted: int | None = None
    """How many events they count as, where no estimate says so; None where they are withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What a case does so that recent rows harm nobody: it shows them late, and coarsely."""

    recent_days: int = 90
    """Rows of so many days before the dossier's day are recent."""
    coarsen_km: float = 25.0
    """Recent points are drawn and listed on a grid of this size, without the name of the place."""
    delay_days: int = 14
    """Rows younger than this are counted, and not listed."""

    def coarse(self, lat: float, lon: float) -> tuple[float, float]:
        """The middle of the square that a recent point is shown in, in lists and on maps alike.

        >>> Safety(coarsen_km=25).coarse(36.2, 37.16)
        (36.3101, 37.2474)
        """
        lat = _middle(lat, self.coarsen_km / KM_PER_DEGREE)
        step = self.coarsen_km / (KM_PER_DEGREE * max(cos(radians(lat)), 0.01))
        return round(lat, 4), round(_middle(lon, step), 4)


DEFAULT_SAFETY = Safety()
"""What holds where a case says nothing of its own."""


def _middle(value: float, step: float) -> float:
    return (value // step + 0.5) * step

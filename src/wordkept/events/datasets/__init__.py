"""The datasets that wordkept reads, each layout a value; to register one is to name it here."""

from wordkept.events.datasets.acled import ACLED
from wordkept.events.datasets.airwars import AIRWARS
from wordkept.events.datasets.centcom import CENTCOM
from wordkept.events.datasets.counts import DAILY_COUNTS
from wordkept.events.datasets.gdelt import GDELT
from wordkept.events.datasets.own import OWN
from wordkept.events.datasets.ucdp import UCDP
from wordkept.events.datasets.yemen import YEMEN
from wordkept.events.schema import Dataset

DATASETS: tuple[Dataset, ...] = (
    *UCDP, *ACLED, AIRWARS, CENTCOM, YEMEN, *GDELT, DAILY_COUNTS, OWN,
)  # fmt: skip

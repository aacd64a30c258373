"""The simulator of METHOD, through the real pipeline: series kinder than war, of known memory."""

from dataclasses import dataclass
from datetime import timedelta

from bench.calibrate.pledges import generator_of
from bench.calibrate.trial import SETTING, Trial, daily, plan_of, pledge_of, trial_of
from bench.simulate import RHOS, STARTS, simulated
from wordkept.model import Baseline, Plan
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.evidence import Evidence

TRUTHS = (1.0, 0.5, 0.35)
BATCH = 50
"""Series of one job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How long the series are, and how the pledge on them is tested."""

    name: str
    days: int
    window_days: int
    baselines: tuple[Baseline, ...]

    @property
    def plan(self) -> Plan:
        """A plan of a fall with this window and these baselines, all else by default."""
        usual = plan_of(control=False)
        return Plan(question="falls", primary=usual.primary, window_days=self.window_days,
                    baselines=self.baselines)  # fmt: skip


SETUPS = (
    Setup(name="28 days, 400 of history", days=400, window_days=28,
          baselines=plan_of(control=False).baselines),
    Setup(name="90 days, 700 of history", days=700, window_days=90,
          baselines=(Baseline(days=180),)),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some simulated series of one set-up and one correlation from day to day."""

    id: str
    setup: Setup
    rho: float
    size: int


def batches(series: int) -> tuple[Batch, ...]:
    """So many series of every set-up and correlation, in batches."""
    return tuple(
        Batch(
            id=f"simulated/{setup.name}/rho {rho:g}/{first}",
            setup=setup,
            rho=rho,
            size=min(BATCH, series - first),
        )
        for setup in SETUPS
        for rho in RHOS
        for first in range(0, series, BATCH)
    )


def run_batch(batch: Batch, seed: int) -> list[Trial]:
    """Every series of a batch at every true ratio; a fresh series for each."""
    return [_tried(batch, number, truth, seed) for number in range(batch.size) for truth in TRUTHS]


def _tried(batch: Batch, number: int, truth: float, seed: int) -> Trial:
    setup = batch.setup
    counts = simulated(
        generator_of(seed, batch.id, number, truth), batch.rho, truth,
        days=setup.days, window_days=setup.window_days,
    )  # fmt: skip
    first = STARTS - timedelta(days=setup.days - setup.window_days)
    pledge = pledge_of(setup.plan, STARTS, STARTS + timedelta(days=setup.window_days - 1))
    evidence = Evidence(releases=(), findings=(), primary=(daily(counts, first),), controls={})
    return trial_of(
        assess_pledge(pledge, evidence, SETTING), None,
        series=batch.id, cluster=f"{batch.id}/{number}", kind=f"{setup.name}; rho {batch.rho:g}",
        day=setup.days - setup.window_days, variant="alone", truth=truth,
    )  # fmt: skip

"""docs/calibration.md and the facts that the product carries, written by `make calibrate`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bench.calibrate import strata, table
from bench.calibrate.simulator import SETUPS
from bench.calibrate.trial import VARIANTS, Trial, Version

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "calibration.md"
FACTS = ROOT / "src" / "wordkept" / "protocol" / "calibration.json"
BEGIN, END = "<!-- make calibrate: begin -->", "<!-- make calibrate: end -->"
COMMAND = "make calibrate"

TITLES: dict[Version, str] = {
    "alone": "The series alone, with a declared end",
    "control": "With a control: the sum of the like series of other places",
    "open": "The series alone, with no end declared",
}
LEAST_SIZE, MOST_SIZE, LEAST_POWER = 0.03, 0.06, 0.80
"""What the issue asks of the simulator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run was, for the line over its tables."""

    seed: int
    seconds: float
    machine: str
    on: date


def real_part(trials: Sequence[Trial], halves: dict[str, str]) -> str:
    """The tables of real series, for every variant that was tried."""
    parts = [_counts(trials)]
    for variant in VARIANTS:
        of = table.of_variant(trials, variant)
        if of:
            parts += [f"### {TITLES[variant]}", table.bars_grid(of, halves),
                      "The words, by true ratio:", table.words_grid(of),
                      "By kind of date:", table.kinds_grid(of)]  # fmt: skip
    found = strata.rows(trials)
    alone = table.of_variant(trials, "alone")
    return "\n\n".join([
        *parts,
        "### By stratum", strata.rows_grid(found),
        "Kept / partly kept / not kept / cannot tell, in per cent, by true ratio:",
        strata.row_words_grid(found),
        "### By thirds of each trait, the series alone", strata.thirds_grid(alone),
    ])  # fmt: skip


def _counts(trials: Sequence[Trial]) -> str:
    pledges = {(one.series, one.day, one.kind) for one in trials}
    series, clusters = {one.series for one in trials}, {one.cluster for one in trials}
    return (
        f"{len(pledges):,} placebo pledges on {len(series)} real series of {len(clusters)} places, "
        f"{len(trials):,} trials. After ±: one standard error, clustered by place."
    )


def simulated_part(trials: Sequence[Trial]) -> str:
    """The tables of the simulator: the test itself, and what the caution makes of it."""
    heads = ("window and history; correlation", "series", "false positives", "power at .5",
             "power at .35", "coverage", "with the caution: false positives",
             "power at .5")  # fmt: skip
    rows = []
    for kind in dict.fromkeys(one.kind for one in trials):
        at = [one for one in trials if one.kind == kind]
        bare = _bare(at)
        sure = table.false_positives(bare)
        rows.append((kind, sure.of, sure, table.power(bare, 0.5), table.power(bare),
                     table.coverage(at), table.false_positives(at),
                     table.power(at, 0.5)))  # fmt: skip
    return table.grid(heads, rows)


def _bare(trials: Sequence[Trial]) -> list[Trial]:
    """The trials with p as it was before the caution, which was chosen for real series."""
    return [one if one.p is None else replace(one, p=one.p / one.caution) for one in trials]


def simulated_bars(trials: Sequence[Trial]) -> str:
    """What the issue asks of the simulator, and whether it is met."""
    lines = []
    trials = _bare(trials)
    for kind in dict.fromkeys(one.kind for one in trials):
        found = table.false_positives(one for one in trials if one.kind == kind)
        met = "met" if LEAST_SIZE <= found.value <= MOST_SIZE else "not met"
        lines.append(f"- {kind}: false positives {found}, asked for .03 to .06: {met}")
    kind = f"{SETUPS[1].name}; rho 0.8"
    seen = table.power([one for one in trials if one.kind == kind], 0.5)
    met = "met" if seen.value >= LEAST_POWER else "not met"
    return "\n".join([*lines, f"- {kind}: power at .5 {seen}, asked for .80: {met}"])


def written(body: str, ran: Ran) -> None:
    """The body put between the two markers of the page, under a line that says how it was made."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    line = (f"By `{COMMAND}` on {ran.on.day} {ran.on:%B %Y}, seed {ran.seed}; {ran.machine}; "
            f"{ran.seconds:.0f} s.")  # fmt: skip
    PAGE.write_text(f"{head}{BEGIN}\n{line}\n\n{body}\n{END}{tail}", encoding="utf-8")


def facts(trials: Sequence[Trial], ran: Ran) -> None:
    """The rows that the dossier prints from, as JSON."""
    found = {"command": COMMAND, "date": ran.on.isoformat(), "seed": ran.seed,
             "strata": [row.plain() for row in strata.rows(trials)]}  # fmt: skip
    FACTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")

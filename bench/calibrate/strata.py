"""The rows of the calibration table: series alike before the pledge, and what became of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.calibrate import table
from bench.calibrate.trial import Trial
from wordkept.protocol.calibration import OPEN, Traits, stratum_name

MOST_FALSE_POSITIVES = 0.07
"""A row over this is to be gated or widened until it is not (the issue's demand)."""
TRAITS = ("rate", "burstiness", "dispersion", "memory", "history_days")
PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, and the trials in it."""

    name: str
    trials: list[Trial]

    def plain(self) -> dict[str, Any]:
        """The row as `protocol/calibration.json` holds it."""
        sure = table.false_positives(self.trials)
        return {
            "name": self.name,
            "series": len({one.series for one in self.trials}),
            "pledges": sure.of,
            "false_positives": round(sure.value, 3),
            "coverage": round(table.coverage(self.trials).value, 3),
            "power": round(table.power(self.trials).value, 3),
            "words": [
                {"truth": truth,
                 **{word: round(value, 3) for word, value in zip(table.SHOWN, values, strict=True)}}
                for truth, values in table.words_by_truth(self.trials).items()
            ],
        }  # fmt: skip


def rows(trials: Sequence[Trial]) -> tuple[Row, ...]:
    """Every row that a case can be laid in: with a declared end, then without one."""
    return (*_rows(table.of_variant(trials, "alone"), ""),
            *_rows(table.of_variant(trials, "open"), OPEN))  # fmt: skip


def _rows(trials: Sequence[Trial], suffix: str) -> Iterator[Row]:
    named: dict[str, list[Trial]] = {}
    for one in trials:
        if one.traits:
            traits = Traits(**one.traits)  # type: ignore[arg-type]
            named.setdefault(stratum_name(traits) + suffix, []).append(one)
    for name in sorted(named):
        yield Row(name=name, trials=named[name])


def rows_grid(found: Sequence[Row]) -> str:
    """The rows with their errors; those over 7 % are marked."""
    heads = ("series like this", "series", "pledges", "false positives", "power at .35",
             "coverage", "wrong kept", "right kept", "wrong not kept", "cannot tell",
             "")  # fmt: skip
    return table.grid(heads, (_cells(row.name, row.trials) for row in found))


def _cells(name: str, trials: list[Trial]) -> tuple[object, ...]:
    wrong, missed, right, unsaid = (bar.found for bar in table.bars(trials)[:4])
    sure = table.false_positives(trials)
    over = sure.value > MOST_FALSE_POSITIVES
    return (
        name, len({one.series for one in trials}), sure.of, sure, table.power(trials),
        table.coverage(trials), f"{wrong.value:.3f}", f"{right.value:.3f}",
        f"{missed.value:.3f}", f"{unsaid.value:.3f}", "over 7 %" if over else "",
    )  # fmt: skip


def row_words_grid(found: Sequence[Row]) -> str:
    """For each row and true ratio, the shares of the four words, in per cent."""
    truths = sorted({one.truth for row in found for one in row.trials}, reverse=True)
    rows = []
    for row in found:
        words = table.words_by_truth(row.trials)
        cells = ("/".join(f"{100 * value:.0f}" for value in words[truth]) for truth in truths)
        rows.append((row.name, *cells))
    return table.grid(("series like this", *(f"{truth:g}" for truth in truths)), rows)


def thirds_grid(trials: Sequence[Trial]) -> str:
    """Errors by thirds of each trait alone."""
    heads = ("trait", "from", "to", "pledges", "false positives", "power at .35", "coverage")
    found = []
    for trait in TRAITS:
        values = sorted(one.traits[trait] for one in trials if one.truth == 1.0)
        cuts = [values[len(values) * part // PARTS] for part in range(PARTS)] + [values[-1]]
        cuts[-1] += 1e-9  # the last third holds its upper end
        for low, high in pairwise(cuts):
            at = [one for one in trials if low <= one.traits[trait] < high]
            sure = table.false_positives(at)
            found.append((trait.replace("_", " "), f"{low:.2f}", f"{high:.2f}", sure.of, sure,
                          table.power(at), table.coverage(at)))  # fmt: skip
    return table.grid(heads, found)

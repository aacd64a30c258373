"""The methods that `make bench-assess` holds against ours; each from a series to p and an interval.

In the bench's own Python, or in another that holds the peer (some need older libraries):

    echo '{"window": 28, "series": [[3, 1, ...], ...]}' | PYTHON bench/peers.py causalimpact
"""

import importlib
import json
import logging
import math
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
LEVEL = 0.90
Z = 1.6448536269514722
SEED = 20160315


@dataclass(frozen=True, slots=True)
class Answer:
    """One-sided p of a fall, the method's 90 % interval for the rate ratio, and its seconds."""

    p: float | None
    low: float | None
    high: float | None
    seconds: float


Method = Callable[[Counts, int], tuple[float | None, float | None, float | None]]


def naive_poisson(counts: Counts, window: int) -> tuple[float, float, float]:
    """Rate in the window over the rate before, every event on its own."""
    before, after = counts[:-window], counts[-window:]
    effect = math.log((after.sum() + 0.5) / window / ((before.sum() + 0.5) / len(before)))
    error = math.sqrt(1 / (after.sum() + 0.5) + 1 / (before.sum() + 0.5))
    p = 0.5 * math.erfc(-effect / error / math.sqrt(2))
    return p, math.exp(effect - Z * error), math.exp(effect + Z * error)


def regression(counts: Counts, window: int) -> tuple[float | None, float | None, float | None]:
    """statsmodels: negative-binomial GLM with Newey-West errors, as printed beside our verdict."""
    from wordkept.protocol.regression import fitted_step

    step = np.concatenate((np.zeros(len(counts) - window), np.ones(window)))
    if not counts[-window:].sum() or not counts[:-window].sum():
        return None, None, None
    fitted = fitted_step(counts, step)
    if fitted is None:
        return None, None, None
    effect, error = fitted
    p = 0.5 * math.erfc(-effect / error / math.sqrt(2))
    return p, math.exp(effect - Z * error), math.exp(effect + Z * error)


def causalimpact(counts: Counts, window: int) -> tuple[float, float | None, float | None]:
    """pycausalimpact, its defaults: a local level by statsmodels, a thousand simulations."""
    import pandas as pd
    from causalimpact import CausalImpact

    np.random.seed(SEED)  # noqa: NPY002  pycausalimpact draws from the global generator
    split = len(counts) - window
    frame = pd.DataFrame({"y": counts.astype(float)})
    impact = CausalImpact(frame, [0, split - 1], [split, len(counts) - 1], alpha=1 - LEVEL)
    average = impact.summary_data["average"]
    actual, low, high = (
        float(average[key]) for key in ("actual", "predicted_lower", "predicted_upper")
    )
    # Its tail area is that of the nearer tail: of a rise where the window lies above.
    fell = actual <= float(average["predicted"])
    p = float(impact.p_value) if fell else 1.0 - float(impact.p_value)
    return p, actual / high if high > 0 else None, actual / low if low > 0 else None


def causalpy(counts: Counts, window: int) -> tuple[float, float, float]:
    """CausalPy's interrupted time series with a straight line, by PyMC, its other defaults."""
    import causalpy
    import pandas as pd

    frame = pd.DataFrame({"y": counts.astype(float), "t": np.arange(len(counts), dtype=float)})
    sampling = {"random_seed": SEED, "progressbar": False}
    result = causalpy.InterruptedTimeSeries(
        frame, treatment_time=len(counts) - window, formula="y ~ 1 + t",
        model=causalpy.pymc_models.LinearRegression(sample_kwargs=sampling),
    )  # fmt: skip
    row = result.effect_summary(direction="decrease", alpha=1 - LEVEL).table.loc["cumulative"]
    low, high = (1 + float(row[f"relative_hdi_{end}"]) / 100 for end in ("lower", "upper"))
    return 1.0 - float(row["p_lt_0"]), low, high


@dataclass(frozen=True, slots=True)
class Peer:
    """A method, what it is called, what it needs, and how that is had."""

    title: str
    method: Method
    module: str
    package: str
    install: str


OWN_VENV = "python -m venv V && V/bin/pip install 'pycausalimpact==0.1.1' 'statsmodels<0.15' "
PEERS = {
    "poisson": Peer("naive Poisson ratio", naive_poisson, "numpy", "numpy", ""),
    "regression": Peer(
        "statsmodels NB + Newey-West", regression, "statsmodels", "statsmodels", ""
    ),
    "causalimpact": Peer(
        "CausalImpact (pycausalimpact)", causalimpact, "causalimpact", "pycausalimpact",
        f"{OWN_VENV}'pandas<3', then --python causalimpact=V/bin/python "
        "(it runs with neither pandas 3 nor statsmodels 0.15)",
    ),
    "causalpy": Peer(
        "CausalPy (PyMC)", causalpy, "causalpy", "CausalPy",
        "pip install 'wordkept[peers]', or in a venv of its own pip install 'causalpy>=0.9', then "
        "--python causalpy=V/bin/python",
    ),
}  # fmt: skip


def answered(name: str, series: list[Counts], window: int) -> list[Answer]:
    """What a peer says of each series, after one that only warms it up."""
    method = PEERS[name].method
    logging.disable(logging.CRITICAL)
    answers = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        method(series[0], window)
        for counts in series:
            began = time.perf_counter()
            p, low, high = method(counts, window)
            answers.append(Answer(p, low, high, time.perf_counter() - began))
    logging.disable(logging.NOTSET)
    return answers


def absent(name: str) -> str:
    """Why a peer cannot run in this Python; empty where it can."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            importlib.import_module(PEERS[name].module)
        except ImportError as error:
            return f"{error}; to have it: {PEERS[name].install}"
    return ""


def versions(*names: str) -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in names)


def elsewhere(
    python: str, name: str, series: list[Counts], window: int
) -> tuple[list[Answer], str]:
    """The same by another Python, one process for all series; with the versions it runs on."""
    given = json.dumps({"window": window, "series": [one.tolist() for one in series]})
    ran = subprocess.run([python, str(Path(__file__).resolve()), name], input=given, text=True,
                         capture_output=True, check=False)  # fmt: skip
    if ran.returncode:
        raise RuntimeError(ran.stderr or f"{python} ended with {ran.returncode}")
    said = json.loads(ran.stdout.strip().splitlines()[-1])
    return [Answer(*one) for one in said["answers"]], said["versions"]


def main() -> None:
    name = sys.argv[1]
    given = json.load(sys.stdin)
    series = [np.asarray(one, dtype=np.int64) for one in given["series"]]
    answers = answered(name, series, given["window"])
    plain = [[one.p, one.low, one.high, one.seconds] for one in answers]
    on = versions(PEERS[name].package, "numpy", "pandas", "statsmodels")
    print("\n" + json.dumps({"answers": plain, "versions": on}))


if __name__ == "__main__":
    main()

"""recordlinkage (Python Record Linkage Toolkit), set up as its users would for events."""

import warnings

import numpy as np
import pandas as pd
import pyarrow as pa

from bench.match.answers import Answer, Judged
from bench.match.simulate import APART_DAYS, JITTER_KM, KM_A_DEGREE

CELL_DEGREES = 2 * JITTER_KM / KM_A_DEGREE
SAME_NAME = 0.88


def recordlinkage(tables: tuple[pa.Table, pa.Table], judged: Judged | None) -> Answer:
    """The pairs it classifies: ECM (its EM) without labels, logistic regression with them."""
    import recordlinkage as linkage

    warnings.simplefilter("ignore")
    left, right = _framed(tables[0]), _framed(tables[1])
    pairs = _blocked(left, right)
    features = _compared(linkage, pairs, left, right)
    if judged is None:
        model = linkage.ECMClassifier(binarize=None)
        seen = features.round().astype(int)
        model.fit(seen)
        chance = model.prob(seen)
    else:
        model = linkage.LogisticRegressionClassifier()
        known = pd.MultiIndex.from_arrays([judged.left, judged.right])
        there = known.isin(features.index)
        model.fit(features.loc[known[there]], known[there & judged.duplicate])
        chance = model.prob(features)
    return Answer(
        left=chance.index.get_level_values(0).to_numpy(),
        right=chance.index.get_level_values(1).to_numpy(),
        probability=chance.to_numpy(),
    )


def _framed(table: pa.Table) -> pd.DataFrame:
    frame = table.select(["lat", "lon", "event_type", "side_a", "side_b"]).to_pandas()
    frame["day"] = np.asarray(table["period_from"].cast(pa.int32()))
    frame["deaths"] = np.log1p(table["deaths_best"].to_pandas().astype(float))
    return frame


def _blocked(left: pd.DataFrame, right: pd.DataFrame) -> pd.MultiIndex:
    """Its own index blocks on equal values only: blocks of a day and a cell, and those around."""
    keyed = right.assign(row=np.arange(len(right)))
    keyed["cell"] = np.floor(keyed.lat / CELL_DEGREES).astype(int)
    cell = np.floor(left.lat / CELL_DEGREES).astype(int)
    found = []
    for days in range(-APART_DAYS, APART_DAYS + 1):
        for cells in (-1, 0, 1):
            here = {"day": left.day + days, "cell": cell + cells, "lon_here": left.lon}
            ours = pd.DataFrame(here | {"row_here": np.arange(len(left))})
            both = ours.merge(keyed[["day", "cell", "lon", "lat", "row"]], on=["day", "cell"])
            narrow = np.cos(np.radians(both.lat))
            near = (both.lon - both.lon_here).abs() * narrow < CELL_DEGREES
            found.append(both.loc[near, ["row_here", "row"]].to_numpy())
    laid = np.concatenate(found)
    return pd.MultiIndex.from_arrays([laid[:, 0], laid[:, 1]])


def _compared(
    linkage: object, pairs: pd.MultiIndex, left: pd.DataFrame, right: pd.DataFrame
) -> pd.DataFrame:
    compare = linkage.Compare()  # type: ignore[attr-defined]
    compare.numeric("day", "day", method="linear", offset=0, scale=1.5)
    compare.geo("lat", "lon", "lat", "lon", method="exp", offset=2, scale=10)
    compare.string("side_a", "side_a", method="jarowinkler", threshold=SAME_NAME)
    compare.string("side_b", "side_b", method="jarowinkler", threshold=SAME_NAME)
    compare.exact("event_type", "event_type")
    compare.numeric("deaths", "deaths", method="exp", offset=0, scale=0.4, missing_value=0.5)
    return compare.compute(pairs, left, right).fillna(0.5)

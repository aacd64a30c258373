"""Splink 5 on DuckDB, set up as its users would for events; from a pair of tables to pairs."""

from typing import Any

import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from bench.match.answers import Answer, Judged
from bench.match.simulate import APART_DAYS, JITTER_KM, KM_A_DEGREE

U_PAIRS = 5e6
LEAST_PROBABILITY = 0.01
REACH_DEGREES = 2 * JITTER_KM / KM_A_DEGREE
SURE = (
    "{near} and l.day = r.day and l.side_a = r.side_a and l.side_b = r.side_b"
    " and l.event_type = r.event_type"
)
"""What Splink is told is surely one event, of which it may expect a twentieth of all."""
DEATHS = {
    "output_column_name": "deaths",
    "comparison_levels": [
        {"sql_condition": "deaths_l is null or deaths_r is null",
         "label_for_charts": "null", "is_null_level": True},
        {"sql_condition": "deaths_l = 0 and deaths_r = 0", "label_for_charts": "none"},
        {"sql_condition": "deaths_l = deaths_r", "label_for_charts": "equal"},
        {"sql_condition": "low_l <= high_r and low_r <= high_l", "label_for_charts": "overlap"},
        {"sql_condition": "ELSE", "label_for_charts": "else"},
    ],
}  # fmt: skip


def splink(tables: tuple[pa.Table, pa.Table], judged: Judged | None) -> Answer:
    """The pairs that Splink scores, with its own probabilities."""
    api = DuckDBAPI()
    sides = [_registered(api, table, name) for table, name in zip(tables, "ab", strict=True)]
    linker = Linker(sides, _settings(), log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [SURE.format(near=_near())], recall=0.05,
    )  # fmt: skip
    training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=1)
    if judged is None:
        for rule in (block_on("day", "side_a"), block_on("cell", "side_b", "event_type")):
            training.estimate_parameters_using_expectation_maximisation(
                rule, record_sample_proportion=1.0, max_pairs=1e7
            )
    else:
        same = judged.duplicate
        labels = pa.table({
            "source_dataset_l": ["a"] * int(same.sum()), "unique_id_l": judged.left[same],
            "source_dataset_r": ["b"] * int(same.sum()), "unique_id_r": judged.right[same],
        })  # fmt: skip
        registered = linker.table_management.register_labels_table(api.register(labels))
        training.estimate_m_from_pairwise_labels(registered)
    scored = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY)
    found = scored.as_pyarrow_table()
    return Answer(
        left=np.asarray(found["unique_id_l"]),
        right=np.asarray(found["unique_id_r"]),
        probability=np.asarray(found["match_probability"]),
    )


def _near() -> str:
    return (
        f"abs(l.lat - r.lat) < {REACH_DEGREES} and abs(l.lon - r.lon) * l.narrow < {REACH_DEGREES}"
    )


def _settings() -> SettingsCreator:
    rules = [f"l.day = r.day + {shift} and {_near()}"
             for shift in range(-APART_DAYS, APART_DAYS + 1)]  # fmt: skip
    return SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=rules,
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "period", input_is_string=False, metrics=["day", "day", "day"],
                thresholds=[0.5, 1, 2],
            ),
            cl.DistanceInKMAtThresholds("lat", "lon", [3, 6, 9, 12, 16, 20, 28]),
            cl.JaroWinklerAtThresholds("side_a", [0.95, 0.88]).configure(
                term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("side_b", [0.95, 0.88]).configure(
                term_frequency_adjustments=True),
            cl.ExactMatch("event_type").configure(term_frequency_adjustments=True),
            DEATHS,
        ],
        retain_matching_columns=False,
    )  # fmt: skip


def _registered(api: Any, table: pa.Table, name: str) -> Any:
    days = np.asarray(table["period_from"].cast(pa.int32()))
    lat, lon = np.asarray(table["lat"]), np.asarray(table["lon"])
    return api.register(pa.table({
        "unique_id": np.arange(len(table)), "day": days, "period": table["period_from"],
        "lat": lat, "lon": lon, "narrow": np.cos(np.radians(lat)),
        "cell": np.floor(lat / 0.25) * 10_000 + np.floor(lon / 0.25),
        "side_a": table["side_a"], "side_b": table["side_b"], "event_type": table["event_type"],
        "deaths": table["deaths_best"], "low": table["deaths_low"], "high": table["deaths_high"],
    }), dataset_display_name=name)  # fmt: skip

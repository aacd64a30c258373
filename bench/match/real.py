"""Airwars held against UCDP GED in Syria, 2016, on pairs that were judged without their score.

    python -m bench.match.real --draw FILE    two sheets to be judged, and their key beside them
    python -m bench.match.real --keep FILE    the filled-in sheets as ids, into bench/match/judged
    python -m bench.match.real --score        agreement, precision, recall, calibration
    python -m bench.match.real --candidates   pairs of records that yield nothing

The sheets hold rows of Airwars, which may not be passed on: write them outside the repository.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.match.drawing import (
    AIRWARS_WORDS,
    KEY,
    UCDP_WORDS,
    apart_km,
    candidates_of,
    near_pairs,
    not_given_back,
    read,
    read_sheets,
    sampled,
    words,
    write,
    write_sheets,
)
from bench.match.weighed import DUPLICATE, UNSURE, Judged, outcome, report

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
JUDGED = Path(__file__).parent / "judged" / "airwars_ucdp_2016.csv"
AIRWARS = "airwars_syria_incidents_to_2016-08.csv"
UCDP = "ucdp_ged_syria_2016_2019.csv.gz"
CENTCOM = "centcom_oir_strikes_2014_2016.csv"
FOLDS = 5
YEAR = 2016
COLUMNS = (*KEY[1:5], "pass_1", "pass_2", "stratum", "of")


@dataclass(frozen=True, slots=True)
class Held:
    """Two datasets as they are matched, and what was found."""

    ids: tuple[list[str], list[str]]
    records: Any
    found: Any


def compared(name: str) -> Any:
    """The rows of a shared file that can be compared, through its loader."""
    from wordkept.case.matching_rows import compared_rows
    from wordkept.events import engine
    from wordkept.events.releases import LoadOptions, load_release, open_release

    with tempfile.TemporaryDirectory() as folder:
        options = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
        release = load_release(DATA / name, Path(folder), options)
        return compared_rows(open_release(release, Path(folder), engine.connect()))


def matched(left: str, right: str) -> Held:
    """Two shared files, matched as `wordkept match` does before anything is judged."""
    from wordkept.matching import match, records

    ours, theirs = compared(left), compared(right)
    laid = records(ours.table, theirs.table)
    return Held((list(ours.native_ids), list(theirs.native_ids)), laid, match(*laid))


def draw(sheet: Path) -> None:
    """The sheets of pairs over the whole range of the score."""
    held = matched(AIRWARS, UCDP)
    left, right = held.records
    rest = not_given_back(candidates_of(left, right), held.found, len(right))
    drawn = sampled(held.found, (rest[0], rest[1]), near_pairs(left, right, rest))
    said = (words(DATA / AIRWARS, "code", AIRWARS_WORDS), words(DATA / UCDP, "id", UCDP_WORDS))
    key, facts = [], []
    for number, one in enumerate(drawn):
        ours, theirs = held.ids[0][one.left], held.ids[1][one.right]
        key.append({
            "number": number, "dataset": "airwars", "native_id": ours,
            "other_dataset": "ucdp-ged", "other_id": theirs, "stratum": one.stratum, "of": one.of,
        })  # fmt: skip
        km = float(apart_km(left, right, one.left, one.right))
        facts.append({"number": number, "airwars": said[0][ours], "ucdp-ged": said[1][theirs],
                      "km apart": "no point" if np.isnan(km) else f"{km:.1f}"})  # fmt: skip
    mixed = np.random.default_rng(len(key)).permutation(len(key))
    for number, (here, there) in zip(mixed, zip(key, facts, strict=True), strict=True):
        here["number"] = there["number"] = int(number)
    write_sheets(sheet, key, facts)
    print(f"{len(key)} pairs drawn of {held.found.fitted.candidates} that were compared")


def score() -> None:
    """How the matching does on the judged pairs, before and after it learned from others."""
    held, rows = matched(AIRWARS, UCDP), read(JUDGED)
    fitted = held.found.fitted
    print(
        f"Airwars {len(held.ids[0]):,} rows, UCDP GED {len(held.ids[1]):,}; "
        f"{fitted.candidates:,} pairs compared, {len(held.found):,} given back, "
        f"{int(held.found.chosen.sum())} chosen at {fitted.threshold:.2f}; "
        f"{fitted.expected:.0f} duplicates and F1 {fitted.expected_f1:.2f} expected by the fit"
    )
    judged = fates(held, held.found, rows)
    print(f"\n## Without labels\n\n{report(judged)}\n\n{faults(rows, judged)}")
    order = np.random.default_rng(FOLDS).permutation(len(rows))
    folds = [[rows[n] for n in order[fold::FOLDS]] for fold in range(FOLDS)]
    learned = [one for fold in folds
               for one in fates(held, taught(held, folds, fold), fold)]  # fmt: skip
    print(f"\n## With labels, each pair scored by a fit that did not see it ({FOLDS} folds)\n\n"
          f"{outcome(learned)}")  # fmt: skip


def faults(rows: list[dict[str, str]], judged: list[Judged]) -> str:
    """The pairs that are chosen or missed wrongly, by id, to be read in the records."""
    lines = []
    for name, chosen in (("Chosen, and not duplicates in both passes", True),
                         ("Duplicates in both passes, and not chosen", False)):  # fmt: skip
        ids = [f"{row['native_id']} {row['other_id']}"
               for row, one in zip(rows, judged, strict=True)
               if (one.chosen, one.duplicate) == (chosen, not chosen)]  # fmt: skip
        lines.append(f"{name}: {len(ids)} ({'; '.join(ids)})")
    return "\n".join(lines)


def fates(held: Held, found: Any, rows: list[dict[str, str]]) -> list[Judged]:
    """Judged pairs with what a matching makes of them."""
    at = {pair: n for n, pair in enumerate(zip(found.left.tolist(), found.right.tolist(),
                                               strict=True))}  # fmt: skip
    places = [at.get(pair) for pair in pairs_of(held, rows)]
    return [
        Judged(
            words=(row["pass_1"], row["pass_2"]), stratum=row["stratum"], of=int(row["of"]),
            chosen=n is not None and bool(found.chosen[n]),
            probability=None if n is None else float(found.probability[n]),
        )
        for n, row in zip(places, rows, strict=True)
    ]  # fmt: skip


def pairs_of(held: Held, rows: list[dict[str, str]]) -> list[tuple[int, int]]:
    """The places of the rows of judged pairs."""
    ours, theirs = ({one: n for n, one in enumerate(ids)} for ids in held.ids)
    return [(ours[row["native_id"]], theirs[row["other_id"]]) for row in rows]


def taught(held: Held, folds: list[list[dict[str, str]]], apart: list[dict[str, str]]) -> Any:
    """The matches of a fit that learned from what is decided in all folds but one."""
    from wordkept.matching import Labels, match

    known = [row for fold in folds if fold is not apart for row in fold
             if row["pass_1"] == row["pass_2"] != UNSURE]  # fmt: skip
    left, right = np.array(pairs_of(held, known), np.int32).T
    duplicate = np.array([row["pass_1"] == DUPLICATE for row in known])
    return match(*held.records, labels=Labels(left=left, right=right, duplicate=duplicate))


def candidates() -> None:
    """What Airwars and CENTCOM yield, and Airwars' rows of 2016 alone with UCDP GED."""
    held = matched(AIRWARS, CENTCOM)
    pointed = int(held.records[1].pointed.sum())
    told(f"Airwars and CENTCOM ({pointed} of its rows have a point)", held.found)
    from wordkept.matching import match, records

    rows = compared(AIRWARS).table
    late = rows.filter(np.array([day.year == YEAR for day in rows["period_from"].to_pylist()]))
    found = match(*records(late, compared(UCDP).table))
    told(f"The {len(late)} rows of Airwars of {YEAR} alone, and UCDP GED", found)


def told(name: str, found: Any) -> None:
    print(f"{name}: {found.fitted.candidates:,} pairs compared, {len(found):,} given back, "
          f"{int(found.chosen.sum())} chosen")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--draw", type=Path, metavar="FILE")
    asked.add_argument("--keep", type=Path, metavar="FILE")
    asked.add_argument("--score", action="store_true")
    asked.add_argument("--candidates", action="store_true")
    given = parser.parse_args()
    if not DATA.is_dir():
        print("the shared records (../shared/data) are not beside this checkout")
    elif given.draw:
        draw(given.draw)
    elif given.keep:
        write(JUDGED, COLUMNS, read_sheets(given.keep))
    elif given.score:
        score()
    else:
        candidates()


if __name__ == "__main__":
    main()

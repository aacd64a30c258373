"""Pairs as a person meets them: the table, the keys, the files, and what goes wrong in words."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wordkept.case import Case
from wordkept.case import matching as finding
from wordkept.case.matching_judging import pair_judgements
from wordkept.cli import main
from wordkept.cli import matching as matched

Keys = Callable[..., Result]
HEAD = (
    "native_id,period_from,period_to,place,country,lat,lon,radius_km,event_type,side_a,deaths_best"
)


def table(letter: str, days: range, *, far: float = 0.0) -> str:
    """A row for every fifth day; `far` degrees from where the other record lays it."""
    rows = []
    for event in days:
        day = date(2025, 1, 6) + timedelta(days=5 * event)
        away = far if event % 2 else 0.0
        place = f"{34 + event % 4 + away:.3f},{36 + event % 3}"
        rows.append(f"{letter}{event},{day},{day},Aske \x1b[31m,Valley,{place},2,shelling,North,1")
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("match")
    made = Case.create(folder / "valley")
    records = (
        ("radio", table("r", range(30)), "rows"),
        ("watchers", table("w", range(10, 40), far=0.12), "aggregates"),
    )
    for name, text, rule in records:
        (folder / f"{name}.csv").write_text(text)
        named = f'[dataset]\nname = "{name}"\npublication = "{rule}"\n'
        (folder / f"{name}.csv.toml").write_text(named)
        made.load(folder / f"{name}.csv")
    return made.folder


def run(*words: str | Path, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["match", *map(str, words)], input=typed)


def pairs(case: Path) -> list[dict[str, str]]:
    done = run(case, "--csv")
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_table_fits_the_terminal_and_shows_no_row_that_may_not_be(case: Path) -> None:
    done = run(case)
    assert done.exit_code == 0, done.output
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout
    assert "radio, watchers" in done.stdout
    assert "Events, with all pairs merged to none merged" in done.stdout
    assert "watchers 30" in " ".join(done.stdout.split())
    assert "withheld: its publisher lets no row be shown" in " ".join(done.stdout.split())


def test_json_and_csv_hold_every_pair(case: Path) -> None:
    said = json.loads(run(case, "--json").stdout)
    table = pairs(case)
    assert len(said["pairs"]) == len(table) > 0
    assert {(one["left_id"], one["right_id"]) for one in table} == {
        (one["pair"]["one"]["native_id"], one["pair"]["other"]["native_id"])
        for one in said["pairs"]
    }
    assert said["together"]["merged"] <= said["together"]["counted"] == 60


def test_a_table_filled_in_is_taken_back_in_and_undone(case: Path, tmp_path: Path) -> None:
    filled = pairs(case)
    filled[0]["judgement"], filled[0]["reason"] = "duplicate", "the same photograph"
    filled[1]["judgement"] = "distinct"
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(filled[0]))
    writer.writeheader()
    writer.writerows(filled)
    path = tmp_path / "filled.csv"
    path.write_text("\ufeff" + stream.getvalue())
    done = run(case, "--judgements", path, "--who", "Ada")
    assert done.output == "2 judgements: 1 duplicate, 1 distinct entered\n"
    done = run(case, "--judgements", path, "--who", "Ada")
    assert done.output == "0 judgements entered; 2 stood already\n"
    assert [one.reason for one in pair_judgements(Case.open(case))] == ["the same photograph", ""]
    assert pairs(case)[0]["judgement"] in {"duplicate", ""}
    for left in (1, 0):
        done = run(case, "--undo", "--who", "Ada")
        assert done.exit_code == 0, done.output
        assert "taken back: " in done.output
        assert len(pair_judgements(Case.open(case))) == left
    done = run(case, "--undo", "--who", "Ada")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "wordkept: there is no judgement of Ada to take back",
        f"  where: {case / 'ledger.sqlite'}",
        "  try:   give the name under which it was made: --who NAME",
    ]


def test_keys_judge_the_unsure_pairs_with_their_scores_hidden(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matched, "at_a_terminal", lambda: True)
    monkeypatch.setattr(finding, "LIKELY_FROM", 1.1)
    left = sum(one["sureness"] == "unsure" for one in pairs(case))
    assert left > 2
    done = run(case, "--judge", "--who", "Ada", typed="dno photograph\nx\num\n?sq")
    assert done.exit_code == 0, done.output
    assert f"1 of {left}" in done.output
    assert " % " not in done.output
    said = [(one.relation, one.reason) for one in pair_judgements(Case.open(case))]
    assert said == [("duplicate", "no photograph"), ("unsure", "")]
    assert "2 judgements: 1 duplicate, 1 unsure, all in the ledger" in done.output
    for _ in said:
        run(case, "--undo", "--who", "Ada")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("radoi",), 1, 'the case holds no dataset "radoi"'),
        (("radio",), 1, "there are not two datasets to be matched"),
        (("--judge",), 2, "this is no terminal"),
        (("--json", "--csv"), 2, "one at a time: --csv, --json"),
        (("--judgements", "nowhere.csv"), 1, "the judgements cannot be read"),
        (("--judgements", "-"), 1, "the file has no column"),
    ],
)
def test_what_goes_wrong_is_said_in_words(
    case: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(case, *words, typed="nothing\n")
    assert done.exit_code == code, done.output
    assert said in " ".join(done.stderr.split())

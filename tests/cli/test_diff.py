"""`diff` and the view by stamps, as a user types them."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
WIDTH = 80


def test_two_releases_are_held_against_each_other(run: Run, built: Path) -> None:
    refused = run("diff", built, "daily-counts")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[0].endswith("and so nothing to hold it against")
    assert len(refused.stderr.splitlines()) == 3
    assert run("load", built, built.parent / "revised.csv").exit_code == 0
    said = run("diff", built, "daily-counts")
    assert said.exit_code == 0, said.output
    assert max(map(len, said.stdout.splitlines())) <= WIDTH
    assert "63 rows, now 63: 0 added, 14 changed, 0 deleted" in said.stdout
    assert "examples are withheld by the publisher's terms" in said.stdout
    assert "FLIPPED: truce: Two weeks without shelling in the valley" in said.stdout
    assert said.stderr == "1 flip entered in the ledger\n"
    again = run("diff", built, "daily-counts", "1", "2", "--json")
    assert again.stderr == ""
    found = json.loads(again.stdout)
    assert found["difference"]["changes"] == {"added": 0, "changed": 14, "deleted": 0}
    assert found["effects"][0]["was"] != found["effects"][0]["now"]
    assert run("diff", built, "daily-counts", "1", "2", "3").exit_code == 2


def test_the_view_by_stamps_says_that_it_is_entered_nowhere(run: Run, built: Path) -> None:
    said = run("assess", built, "--by-stamps")
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("What was stamped by ")
    assert "entered nowhere" in said.stdout.splitlines()[0]
    assert "daily-counts: its rows bear no stamps" in said.stdout
    assert "truce: " in said.stdout
    assert max(map(len, said.stdout.splitlines())) <= WIDTH
    found = json.loads(run("assess", built, "--by-stamps", "--json").stdout)
    assert found["pledges"][0]["pledge"] == "truce"

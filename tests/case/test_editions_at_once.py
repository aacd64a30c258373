"""Two processes that build a dossier at once: no number is given twice, no page is overwritten."""

import json
import subprocess
import sys

from wordkept.case import Case
from wordkept.case.editions import editions_of

SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from wordkept.case import Case, building

written, asked = building.written, []

def numbered(*given):
    if not asked:
        asked.append(given[0].editions[-1].number)
        print(asked[0], flush=True)
        sys.stdin.readline()
    return written(*given)

building.written = numbered
built = building.build(Case.open(Path(sys.argv[1])), as_of=date.fromisoformat(sys.argv[2]))
print(built.edition, built.new)
"""


def started(case: Case, day: str) -> subprocess.Popen[str]:
    """A process that says which number it gave its edition, and waits before it enters it."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(case.folder), day], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_no_number_is_given_twice(built: Case) -> None:
    known = len(editions(built))
    early, late = (started(built, day) for day in ("2041-01-05", "2041-01-06"))
    for process in (early, late):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == f"{known + 1}\n", process.stderr and process.stderr.read()
    for number, process in enumerate((early, late), start=known + 1):
        said, failed = process.communicate("\n", timeout=60)
        assert process.returncode == 0, failed
        assert said == f"{number} True\n"
    found = editions(built)
    assert found == {number: number for number in range(1, known + 3)}
    told = json.loads((built.folder / "dossier" / "dossier.json").read_text())
    assert told["as_of"] == "2041-01-06"
    assert told["history"]["edition"] == known + 2
    assert built.verify().sound


def editions(case: Case) -> dict[int, int]:
    """By number: how many entries there are up to that edition's own, each being the first."""
    with case.ledger() as ledger:
        entries = ledger.entries("dossier")
    numbers = [entry.payload["edition"] for entry in entries]
    assert len(set(numbers)) == len(numbers)
    return {one.number: place for place, one in enumerate(editions_of(entries), start=1)}

"""What `proposals` prints: words that can be read at 80 columns, and exact quotes for machines."""

import json
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.case.readings import StoredReading
from wordkept.cli.proposals import (
    END_ISOLATE,
    ISOLATE,
    as_plain,
    bounds,
    proposal_lines,
    shown,
    wrapped,
)
from wordkept.ids import bytes_id
from wordkept.model import (
    Document,
    Figure,
    LeftOut,
    ProposedPledge,
    ProposedStatement,
    ProposedTerm,
    Reading,
    Span,
)

Run = Callable[..., Result]
WIDTH = 80
TEXT = (
    "قال القائد إن قواته ستنسحب من الوادي قبل نهاية الشهر، وإن المدافع التي كانت تقصف القرى "
    "لن تطلق النار بعد اليوم على أي من سكانها. At least 1,234,567 shells fell."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


CONTENT = TEXT[TEXT.index("إن قواته") : TEXT.index(" At")]


@pytest.fixture
def stored() -> StoredReading:
    statement = ProposedStatement(
        id="s1", source=(span("القائد"),), cue=(span("قال"),), content=(span(CONTENT),),
        manner="indirect", speaker="القائد", actor=None, made_on=date(2021, 3, 5), confidence=0.8,
    )  # fmt: skip
    pledge = ProposedPledge(
        id="p1", statement="s1", deed="withdraw", status="announced",
        terms=(ProposedTerm(slot="act", span=span("ستنسحب")),
               ProposedTerm(slot="area", span=span("الوادي"))),
        announced=date(2021, 3, 5), starts=None, ends=date(2021, 3, 31),
        leaves_open=("from when", "how many"), confidence=0.5,
    )  # fmt: skip
    figure = Figure(id="f1", span=span("At least 1,234,567 shells"), low=1_234_567, high=None,
                    unit="shells")  # fmt: skip
    reading = Reading(
        text=bytes_id(TEXT.encode()), reader="rules 1", statements=(statement,), pledges=(pledge,),
        figures=(figure,),
        left_out=(LeftOut(reason="a quote that the text does not hold", times=2),),
    )  # fmt: skip
    document = Document(id="9" * 64, name="word.txt", media_type="text/plain",
                        captured_at="2021-03-05T00:00:00Z", tool="a test")  # fmt: skip
    return StoredReading(id="8" * 64, document=document, reading=reading)


def columns(line: str) -> int:
    return sum(unicodedata.category(one) not in {"Cf", "Mn"} for one in line)


def test_it_can_be_read_at_eighty_columns_and_no_line_disturbs_another(
    stored: StoredReading,
) -> None:
    lines = [line for block in proposal_lines(stored, TEXT) for line in block.split("\n")]
    assert max(map(columns, lines)) <= WIDTH
    for line in lines:
        assert line.count(ISOLATE) == line.count(END_ISOLATE)
    isolated = "".join(part.partition(END_ISOLATE)[0] for line in lines
                       for part in line.split(ISOLATE)[1:])  # fmt: skip
    assert all(word in isolated for word in CONTENT.split())
    outside = "".join(part.rpartition(END_ISOLATE)[2] for line in lines
                      for part in line.split(ISOLATE))  # fmt: skip
    assert outside.isascii()


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (0.0, "sureness not measured"),
        (0.003, "under 1% sure"),
        (0.01, "1% sure"),
        (1.0, "100% sure"),
    ],
)
def test_a_sureness_that_was_not_measured_is_not_shown_as_none(
    stored: StoredReading, confidence: float, said: str
) -> None:
    (statement,), (pledge,) = stored.reading.statements, stored.reading.pledges
    reading = replace(
        stored.reading,
        statements=(replace(statement, confidence=confidence),),
        pledges=(replace(pledge, confidence=confidence),),
    )
    lines = " ".join("\n".join(proposal_lines(replace(stored, reading=reading), TEXT)).split())
    assert f"(indirect, {said})" in lines
    assert f"announced ({said})" in lines
    assert "0% sure" not in lines.replace("100% sure", "")


def test_it_says_all_that_is_proposed(stored: StoredReading) -> None:
    said = " ".join("\n".join(proposal_lines(stored, TEXT)).split())
    for words in (
        "word.txt (documents/999999999999), rules 1",
        "5 March 2021",
        "(indirect, 80% sure)",
        "p1 pledge to withdraw, announced (50% sure)",
        "ends on 31 March 2021",
        "leaves open: from when; how many",
        "told by the writer:",
        "at least 1,234,567 shells",
        "set aside: 2 times, a quote that the text does not hold",
    ):
        assert words in said
    assert said.index("p1 ") < said.index("told by the writer")


def test_machines_have_the_exact_quote_of_every_span(stored: StoredReading) -> None:
    plain = json.loads(json.dumps(as_plain(stored, TEXT)))
    (statement,) = plain["reading"]["statements"]
    assert statement["content"][0]["quote"] == CONTENT
    assert [one["span"]["quote"] for one in plain["reading"]["pledges"][0]["terms"]] == [
        "ستنسحب",
        "الوادي",
    ]
    assert plain["reading"]["figures"][0]["span"]["quote"] == "At least 1,234,567 shells"
    assert plain["document"] == {"id": "9" * 64, "name": "word.txt"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
@settings(max_examples=100)
def test_no_words_can_steer_the_terminal(words: str) -> None:
    line = shown(words)
    assert "\n" not in line
    assert not [one for one in line if unicodedata.category(one) in {"Cc", "Zl", "Zp"}]
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    for each in wrapped(f"a {ISOLATE}{line}{END_ISOLATE} b").split("\n"):
        assert each.count(ISOLATE) == each.count(END_ISOLATE)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1_234_567, None, "at least 1,234,567 men"),
        (None, 12, "at most 12 men"),
        (12, 17, "12 to 17 men"),
        (2.5, 2.5, "2.5 men"),
        (None, None, "a number that the words do not bound men"),
    ],
)
def test_bounds_are_written_in_full(low: float | None, high: float | None, said: str) -> None:
    one = Figure(id="f1", span=Span(start=0, end=1), low=low, high=high, unit="men")
    assert bounds(one) == said


@pytest.fixture
def case(run: Run, tmp_path: Path) -> Path:
    folder = Case.create(tmp_path / "valley").folder
    for name, words in (("a.txt", "The North said 30 men left."), ("b.txt", "Rain.")):
        (tmp_path / name).write_text(words)
        done = run("read", folder, tmp_path / name, "--reader", "rules")
        assert done.exit_code == 0, done.output
    return folder


def test_talk_stands_beside_the_results(run: Run, case: Path) -> None:
    done = run("proposals", case)
    assert done.stderr == "note: proposals of a machine, each for a person to accept or reject\n"
    assert "a machine" not in done.stdout
    assert done.stdout.startswith("a.txt (documents/")
    assert done.stdout.endswith("no statement, pledge or figure was found in it\n")
    machine = run("proposals", case, "--json")
    assert machine.stderr == ""
    assert [json.loads(line)["document"]["name"] for line in machine.stdout.splitlines()] == [
        "a.txt",
        "b.txt",
    ]


def test_documents_are_chosen_by_name_or_id(run: Run, case: Path) -> None:
    identity = Case.open(case).documents()[1].id
    for name in ("b.txt", identity, identity[:12]):
        assert run("proposals", case, name).stdout.startswith("b.txt (")
    wrong = run("proposals", case, "c.txt", "zebra")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert len(wrong.stderr.splitlines()) == 6
    assert wrong.stderr.count('no document of this case is called "') == 2


def test_a_case_in_which_nothing_was_read_says_so(run: Run, tmp_path: Path) -> None:
    done = run("proposals", Case.create(tmp_path / "new").folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no document of this case was read yet" in done.stderr


def test_a_text_that_was_changed_is_not_quoted(run: Run, case: Path) -> None:
    kept = case / "documents" / Case.open(case).documents()[0].id
    kept.chmod(0o644)
    kept.write_text("The North said 90 men left.")
    done = run("proposals", case, "a.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "has changed since it was captured" in done.stderr


def test_a_pipe_that_closes_is_no_fault(script: Path, case: Path) -> None:
    command: list[str | Path] = [script, "proposals", case, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown_to:
        assert shown_to.stdout is not None
        assert shown_to.stderr is not None
        shown_to.stdout.close()
        assert shown_to.stderr.read() == b""

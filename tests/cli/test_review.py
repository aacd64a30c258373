"""The review as a person meets it: keys, what is shown, leaving and coming back, and files."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wordkept.case import Case
from wordkept.case.reviewing import judgements
from wordkept.cli import main
from wordkept.cli import review as reviewed
from wordkept.cli.review_shown import columns
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import canonical
from wordkept.ledger.journal import Ledger
from wordkept.model import (
    Document,
    Figure,
    ProposedPledge,
    ProposedStatement,
    ProposedTerm,
    Reading,
    Slot,
    Span,
)

TEXT = (
    "The valley, 10 April 2025.\n\nThe command said: our guns will stop on Monday, at all 12 posts "
    f"on the long road that leads down from the hills {'and on ' * 60}to the sea.\n\n"
    "قال المتحدث إن المدافع ستصمت في الوادي \x1b[2J قريبا.\n"
)


def at(words: str) -> Span:
    return Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))


def statement(name: str, source: str, cue: str, content: str) -> ProposedStatement:
    return ProposedStatement(
        id=name, source=(at(source),), cue=(at(cue),), content=(at(content),), manner="indirect",
        speaker=source, actor=None, made_on=None, confidence=0.75,
    )  # fmt: skip


SLOTS: tuple[tuple[Slot, str], ...] = (("object", "our guns"), ("act", "will stop"))
READING = Reading(
    text=bytes_id(TEXT.encode()),
    reader="by hand 1",
    statements=(
        statement("s1", "The command", "said", "our guns will stop on Monday, at all 12 posts"),
        statement("s2", "المتحدث", "قال", "المدافع ستصمت في الوادي"),
    ),
    pledges=(
        ProposedPledge(
            id="p1", statement="s1", deed="ceasefire", status="announced", announced=None,
            starts=None, ends=None, leaves_open=("until when",), confidence=0.5,
            terms=tuple(ProposedTerm(slot=slot, span=at(words)) for slot, words in SLOTS),
        ),
    ),
    figures=(Figure(id="f1", span=at("12 posts"), low=12, high=12, unit="posts", statement="s1"),),
)  # fmt: skip
Keys = Callable[..., Result]


def store(case: Case, document: Document, reading: Reading) -> None:
    """Puts a reading that was made by hand into a case."""
    content = canonical(reading)
    name = f"readings/{bytes_id(content)}.json"
    (case.folder / "readings").mkdir(exist_ok=True)
    (case.folder / name).write_bytes(content)
    payload = {"document": document.id, "text": reading.text, "reader": reading.reader,
               "given": {}, "files": {name: bytes_id(content)}}  # fmt: skip
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        ledger.append("reading", payload, who="a test", at="2025-04-11T00:00:00Z")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    made = Case.create(tmp_path / "valley")
    source = tmp_path / "news.txt"
    source.write_text(TEXT, encoding="utf-8")
    store(made, made.read(source), READING)
    return made.folder


@pytest.fixture
def keys(case: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Reviews the case with some keys typed, as if at a terminal."""
    monkeypatch.setattr(reviewed, "at_a_terminal", lambda: True)

    def typed(text: str, *options: str) -> Result:
        words = ["review", str(case), *(options or ("--who", "Ada"))]
        done = CliRunner().invoke(main, words, input=text)
        assert done.exit_code == 0, done.output
        return done

    return typed


def decided(case: Path) -> list[tuple[str, str, str]]:
    return [(one.value.id, one.decision, one.who) for one in judgements(Case.open(case))]


def test_a_sureness_that_was_not_measured_is_not_shown_as_none(case: Path, keys: Keys) -> None:
    assert "indirect; 75% sure" in keys("q").output
    unmeasured = replace(
        READING,
        statements=tuple(replace(one, confidence=0.0) for one in READING.statements),
        pledges=tuple(replace(one, confidence=0.0) for one in READING.pledges),
    )
    opened = Case.open(case)
    store(opened, opened.documents()[0], unmeasured)
    output = " ".join(keys("aaaaq").output.split())
    assert "indirect; sureness not measured" in output
    assert "announced; sureness not measured; in s1" in output
    assert "0% sure" not in output


def test_each_key_does_what_it_says_and_is_entered_at_once(case: Path, keys: Keys) -> None:
    output = keys("arsa").output
    assert decided(case) == [
        ("s1", "accept", "Ada"), ("p1", "reject", "Ada"), ("s2", "accept", "Ada")]  # fmt: skip
    assert "1 of 4: statement s1" in output
    assert "4 of 4: statement s2" in output
    assert "4 proposals: 2 accepted, 0 mended, 1 rejected, 1 still open" in output


def test_what_was_left_is_asked_when_one_comes_back(case: Path, keys: Keys) -> None:
    keys("aq")
    output = keys("ar", "--who", "Ben").output
    assert "1 of 4" not in output
    assert "2 of 4: pledge p1" in output
    assert [name for name, _, _ in decided(case)] == ["s1", "p1", "f1"]


def test_undo_takes_back_one_s_own_last_and_shows_it_again(case: Path, keys: Keys) -> None:
    keys("aq")
    output = keys("ruauuq", "--who", "Ben").output
    assert output.count("2 of 4: pledge p1") == 3
    assert "there is no decision of yours to take back" in output
    assert decided(case) == [("s1", "accept", "Ada")]
    with Ledger.open(case / "ledger.sqlite") as ledger:
        assert len(ledger.entries("judgement")) == 5


def test_digits_and_other_keys(case: Path, keys: Keys) -> None:
    output = keys("?x1\t2q").output
    assert output.count("it is right as it stands") == 2
    assert [decision for _, decision, _ in decided(case)] == ["accept", "reject"]


def test_blind_shows_nobody_else_s_decisions(case: Path, keys: Keys) -> None:
    keys("arar", "--who", "Ada", "--blind")
    output = keys("aaaa", "--who", "Ben", "--blind").output
    assert "Ada" not in output
    assert "0 accepted, 0 mended, 0 rejected, 4 still open" in output
    assert not list((case / "pledges").glob("*ada*"))
    assert len(decided(case)) == 8
    seen = keys("q", "--who", "Cai").output
    assert "not decided alike: rejected by Ada" in seen
    assert "accepted by Ben" in seen


def test_a_statement_is_mended_in_the_words_of_the_text(case: Path, keys: Keys) -> None:
    output = keys("mcontent\nnobody said this at all\n\ncontnt\ncontent\nour guns will stop\n"
                  "speaker\nthe high command\n\nq").output  # fmt: skip
    assert "is not in the document" in output
    assert 'did you mean "content"?' in output
    (made,) = judgements(Case.open(case))
    assert (made.decision, made.changed) == ("mend", ("content", "speaker"))
    assert isinstance(made.value, ProposedStatement)
    (passage,) = made.value.content
    assert passage.of(TEXT) == "our guns will stop"


def test_a_figure_and_a_pledge_are_mended(case: Path, keys: Keys) -> None:
    keys("smannounced\n2025-04-10\nactor\nThe command\n\nmlow\n10\nhigh\n-\n\nq")
    pledge, figure = (one.value for one in judgements(Case.open(case)))
    assert isinstance(pledge, ProposedPledge)
    assert isinstance(figure, Figure)
    assert (str(pledge.announced), pledge.named("actor")) == ("2025-04-10", (at("The command"),))
    assert (figure.low, figure.high) == (10.0, None)
    assert [one.pledge.kind for one in Case.open(case).pledges()] == ["ceasefire"]


def test_a_mend_of_nothing_leaves_it_open(case: Path, keys: Keys) -> None:
    keys("m\nq")
    assert decided(case) == []


def test_an_accepted_pledge_is_drafted_and_it_is_said_where(case: Path, keys: Keys) -> None:
    output = " ".join(keys("saq").output.split())
    assert "p1: drafted as pledges/the-command-will-stop-our-guns.toml.txt" in output
    assert "for you to say: the day on which it was declared" in output
    assert (case / "pledges" / "the-command-will-stop-our-guns.toml.txt").is_file()


def test_only_one_kind_is_asked_for(keys: Keys) -> None:
    output = keys("a", "--who", "Ada", "--kind", "figure").output
    assert "1 of 1: figure f1" in output
    assert "exactly" not in output
    assert "12 posts" in output


def test_words_are_marked_without_colour_in_lines_that_fit(keys: Keys) -> None:
    output = keys("sssq").output
    assert "\x1b" not in output
    assert "[U+001B][2J" in output
    lines = output.split("\n")
    assert max(map(columns, lines)) <= 80
    plain = "".join(one for one in output if unicodedata.category(one) != "Cf")
    joined = " ".join(plain.split())
    assert "[[source: The command]] [[cue: said]]: [[content: our guns will stop" in joined
    assert "[[object: our guns]] [[act: will stop]] on Monday" in joined
    arabic = next(line for line in lines if "ستصمت" in line and "[[" in line)
    assert arabic.startswith("  \u2068")
    assert arabic.endswith("\u2069")
    assert arabic.count("\u2068") + arabic.count("\u2066") == arabic.count("\u2069")


def test_in_a_pipe_it_says_what_to_do(case: Path) -> None:
    done = CliRunner().invoke(main, ["review", str(case)])
    assert done.exit_code == 2
    assert "--decisions FILE" in done.output


def test_decisions_of_a_file_are_entered_once(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    given = [
        {"document": "news.txt", "proposal": "s1", "decision": "accept"},
        {"document": "news.txt", "proposal": "p1", "decision": "mend", "announced": "2025-04-10"},
    ]
    path.write_text("\n".join(map(json.dumps, given)))
    words = ["review", str(case), "--decisions", str(path), "--who", "Ada"]
    first = CliRunner().invoke(main, words)
    assert first.exit_code == 0, first.output
    assert "2 decisions entered\n" in first.output
    assert "drafted as pledges/the-command-will-stop-our-guns.toml" in " ".join(
        first.output.split()
    )
    again = CliRunner().invoke(main, words)
    assert "0 decisions entered; 2 stood already" in again.output
    assert decided(case) == [("s1", "accept", "Ada"), ("p1", "mend", "Ada")]


def test_a_wrong_file_enters_nothing(case: Path) -> None:
    lines = '{"document": "news.txt", "proposal": "s1", "decision": "accept"}\nnonsense\n'
    done = CliRunner().invoke(main, ["review", str(case), "--decisions", "-"], input=lines)
    assert done.exit_code == 1
    assert "standard input, line 2" in done.output
    assert decided(case) == []
    missing = CliRunner().invoke(main, ["review", str(case), "--decisions", "nowhere.jsonl"])
    assert missing.exit_code == 1
    assert "cannot be read: no such file" in missing.output


def test_the_name_is_that_of_the_environment_where_none_is_given(
    case: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDKEPT_WHO", "Dora")
    keys("aq", "--kind", "statement")
    assert decided(case) == [("s1", "accept", "Dora")]
    done = CliRunner().invoke(main, ["review", str(case), "--who", " "], input="q")
    assert done.exit_code == 2


def test_agreement_is_told_in_words_and_for_machines(case: Path, keys: Keys) -> None:
    keys("aarr", "--who", "Ada", "--blind")
    keys("aara", "--who", "Ben", "--blind")
    done = CliRunner().invoke(main, ["agreement", str(case), "Ada", "Ben"])
    assert "Ada and Ben both decided 4 proposals" in done.output
    assert "all: 3 of 4 alike (75%), kappa 0.50" in done.output
    assert "pledge: 1 of 1 alike (100%), kappa is not defined" in done.output
    assert "1 x Ada: reject, Ben: accept" in done.output
    said = json.loads(
        CliRunner().invoke(main, ["agreement", str(case), "Ada", "Ben", "--json"]).output
    )
    assert (said["overall"]["kappa"], said["overall"]["observed"]) == (0.5, 0.75)
    assert said["by_sort"]["figure"]["kappa"] is None


def test_a_review_is_left_with_control_c_and_what_was_decided_stands(
    case: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter("a")

    def getchar() -> str:
        for key in typed:
            return key
        raise KeyboardInterrupt

    monkeypatch.setattr("click.getchar", getchar)
    assert "1 accepted, 0 mended, 0 rejected, 3 still open" in keys("").output
    assert decided(case) == [("s1", "accept", "Ada")]

"""Our own corpus parses, annotations of others' texts are offsets alone, and nothing leaks."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus import quoting
from bench.corpus.gold import GoldText
from bench.corpus.markup import PIECES, MarkupError, own_corpus, pieces, unmarked
from bench.corpus.quoting import placed
from bench.corpus.standoff import STANDOFF, held_out, standoff
from bench.corpus.texts import TRAINABLE, texts_of
from bench.tagger.texts import training_texts
from wordkept.ids import bytes_id
from wordkept.model import DEEDS, SLOTS, STATUSES, Span

LONGEST_UNIT = 7
"""In words, such as "members of the border guard": a sentence is longer."""
HEAD = "=== made-1\nstyle: agency\npublished: 2021-03-04\ncountry: invented\n\n"


def read(text: str) -> list[tuple[str, str]]:
    """The marks of a text without fault, each with its words."""
    wrong: list[str] = []
    plain, marks = unmarked(text, wrong)
    assert not wrong
    return [(mark.label, mark.span.of(plain)) for mark in marks]


def wrong_with(folder: Path, content: str) -> str:
    (folder / "made.txt").write_text(content, encoding="utf-8")
    with pytest.raises(MarkupError) as caught:
        pieces(folder / "made.txt")
    return str(caught.value)


def piece(text: str, notes: str = "") -> str:
    return f"{HEAD}{text}\n--\n{notes}\n"


def test_marks_stand_inside_each_other() -> None:
    assert read("[s1 She] [q1 said] [c1 that [s2 he] [q2 thought] [c2 it [d1 over]]].") == [
        ("s1", "She"), ("q1", "said"), ("c1", "that he thought it over"), ("s2", "he"),
        ("q2", "thought"), ("c2", "it over"), ("d1", "over"),
    ]  # fmt: skip


def test_a_label_may_stand_twice_and_a_mark_may_be_of_several() -> None:
    assert read("[c1 We wait,] she said. [c1 We watch.]") == [
        ("c1", "We wait,"),
        ("c1", "We watch."),
    ]
    assert read("[s1+s2 Ada]") == [("s1", "Ada"), ("s2", "Ada")]
    assert read("[p1+p2.actor Ada]") == [("p1.actor", "Ada"), ("p2.actor", "Ada")]
    assert read("[p1.actor+p2.object it]") == [("p1.actor", "it"), ("p2.object", "it")]


def test_the_space_at_the_ends_of_a_mark_is_not_in_it() -> None:
    assert read("[c1  two words ] here") == [("c1", "two words")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[s1 She said", "[s1] is never closed"),
        ("[s1 She [q1 said]", "[s1] is never closed"),
        ("She] said", "a stray bracket"),
        ("[s1 She]] said", "a stray bracket"),
        ("[s1 She [q1 said] c1] that]", "a stray bracket"),
        ("[She] said", "a stray bracket"),
        ("[s1  ] said", "[s1] is empty"),
    ],
)
def test_marks_that_cross_or_do_not_close_are_said(text: str, what: str) -> None:
    wrong: list[str] = []
    unmarked(text, wrong)
    assert any(what in one for one in wrong)


@given(st.text(st.sampled_from("ab .[]s1cq+\n"), max_size=60))
@settings(max_examples=200)
def test_any_text_gives_marks_inside_it_or_is_said_to_be_wrong(marked: str) -> None:
    wrong: list[str] = []
    plain, marks = unmarked(marked, wrong)
    assert "[" not in plain
    assert "]" not in plain
    for mark in marks:
        assert 0 <= mark.span.start <= mark.span.end <= len(plain)
        assert mark.span.start < mark.span.end or wrong


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (HEAD + "No line.\n", "there is no line --"),
        (piece("[s1 She] [q1 said] no."), "statement 1 has no content"),
        (piece("[c1 So it is]."), "statement 1 has neither source nor cue"),
        (piece("[p1.act go]", "p1 kind=fly status=announced"), "kind=fly is none of"),
        (piece("[p1.act go]", "p1 kind=withdraw"), "status=None is none of"),
        (piece("[p1.act go]", "p1 kind=withdraw status=announced statement=4"), "no statement 4"),
        (piece("[p1.actor it]", "p1 kind=withdraw status=announced"), "p1 has no act"),
        (piece("[p1.act go] [p1.verb do]", "p1 kind=withdraw status=announced"), "called verb"),
        (piece("[f1 six men]"), "f1 has no note"),
        (piece("[f1 six men]", "f1 low=six"), "a bound is no number"),
        (piece("[d1 today]"), "d1 has no value"),
        (piece("[x1 today]"), "is no label"),
        (piece("Nothing.", "d4 2021"), "a note for d4, which has no mark"),
        (piece("[d1 now]", "d1 2021\nd1 2022"), "two notes for d1"),
        (piece("A.") + piece("B."), "the id stands twice"),
        (piece("A.").replace("2021-03-04", "soon"), "published is no date"),
    ],
)
def test_a_piece_that_breaks_the_format_is_said(tmp_path: Path, content: str, what: str) -> None:
    assert what in wrong_with(tmp_path, content)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = wrong_with(tmp_path, piece("[s1 She] [d1 now] [f1 six]"))
    assert len(said.splitlines()) == 3


def spans_of(gold: GoldText) -> Iterator[Span]:
    for one in gold.statements:
        yield from (*one.source, *one.cue, *one.content)
    for pledge in gold.pledges:
        yield from (span for _, span in pledge.terms)
    yield from (one.span for one in gold.figures)
    yield from (span for span, _ in gold.times)


def sound(gold: GoldText) -> None:
    """What must hold of every annotated text."""
    for span in spans_of(gold):
        assert 0 <= span.start < span.end <= len(gold.text), gold.id
        assert span.of(gold.text) == span.of(gold.text).strip(), gold.id
    numbers = {one.number for one in gold.statements}
    assert all(one.content for one in gold.statements), gold.id
    for pledge in gold.pledges:
        assert pledge.deed in DEEDS
        assert pledge.status in STATUSES
        assert {slot for slot, _ in pledge.terms} <= set(SLOTS)
        assert "act" in {slot for slot, _ in pledge.terms}, gold.id
        assert pledge.statement is None or pledge.statement in numbers, gold.id
    for figure in gold.figures:
        assert figure.statement is None or figure.statement in numbers, gold.id
        assert figure.low is None or figure.high is None or figure.low <= figure.high, gold.id


def test_every_piece_that_is_committed_parses() -> None:
    found = own_corpus()
    assert len(found) >= 300
    assert len({one.id for one in found}) == len(found)
    assert len({one.text for one in found}) == len(found)
    for gold in found:
        assert gold.style
        assert gold.published is not None
        sound(gold)
    assert {held_out(one) for one in found} == {True, False}


@pytest.mark.shared
@pytest.mark.parametrize("corpus", TRAINABLE)
def test_the_offsets_lie_in_the_texts_that_they_are_of(shared: Path, corpus: str) -> None:
    found = standoff(corpus, shared / "corpora")
    assert found
    for gold in found:
        sound(gold)


@pytest.mark.shared
def test_nothing_that_is_measured_on_is_learned_from(shared: Path) -> None:
    corpora = shared / "corpora"
    learned = list(training_texts(corpora))
    kept_back = [one for one in (*own_corpus(), *standoff("re3d", corpora)) if held_out(one)]
    assert len(kept_back) > 50
    assert {one.style for one in learned} >= {"gum", "meantime"}
    assert not any(held_out(one) for one in learned)
    assert not {one.id for one in learned} & {one.id for one in kept_back}
    assert not {one.text for one in learned} & {one.text for one in kept_back}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(strings, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(strings, value))


@pytest.mark.parametrize("corpus", TRAINABLE)
def test_annotations_of_others_texts_hold_offsets_and_not_their_sentences(corpus: str) -> None:
    lines = (STANDOFF / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        assert set(row) == {"document", "text", "statements", "pledges", "figures"}
        assert all(len(one) <= 64 and len(one.split()) <= LONGEST_UNIT for one in strings(row))


@pytest.mark.shared
def test_no_line_of_others_texts_stands_in_our_pieces(shared: Path) -> None:
    theirs = {
        run
        for corpus in TRAINABLE
        for text in texts_of(corpus, shared / "corpora").values()
        for run in runs_of(text)
    }
    assert len(theirs) > 10_000
    for gold in own_corpus():
        assert not theirs & set(runs_of(gold.text)), gold.id


def runs_of(text: str, length: int = 9) -> Iterator[str]:
    found = text.split()
    return (" ".join(found[at : at + length]) for at in range(len(found) - length + 1))


TEXT = (
    "Ada said it rained. Ole said it froze. Later Ada said that the road, the bridge and the ford "
    "were  shut, and\nthe road stayed so. At least 27 posts fell, he said."
)


def quotes(parts: list[list[int]]) -> list[str]:
    return [TEXT[start:end] for start, end in parts]


def test_each_finding_is_placed_after_the_one_before() -> None:
    found, wrong = placed(TEXT, ["S Ada || said || it rained", "S Ada || said || that the road"])
    assert not wrong
    first, second = found["statements"]
    assert first["cue"] == [[4, 8]]
    assert second["source"][0][0] == TEXT.rindex("Ada")
    assert second["cue"][0][0] == second["source"][0][1] + 1


def test_repeated_words_are_placed_next_to_each_other() -> None:
    found, wrong = placed(TEXT, ["S Ole || said || it froze", "S he || said || At least 27 posts"])
    assert not wrong
    assert found["statements"][0]["cue"] == [[TEXT.index("Ole") + 4, TEXT.index("Ole") + 8]]
    assert found["statements"][1]["cue"][0][0] == TEXT.rindex("said")


def test_the_middle_of_a_piece_may_be_left_out_and_space_may_differ() -> None:
    found, wrong = placed(TEXT, ["S Ada || said || that the road ... were shut, and the road"])
    assert not wrong
    (content,) = quotes(found["statements"][0]["content"])
    assert content == "that the road, the bridge and the ford were  shut, and\nthe road"


def test_pieces_pledges_and_figures_are_placed() -> None:
    found, wrong = placed(
        TEXT,
        [
            "S Ada || said || that the road ++ stayed so",
            'P kind=deny status=reported by=1 act="shut" object="the bridge"',
            'F At least 27 posts || low=27 high= unit="posts" by=1 about=yes',
        ],
    )
    assert not wrong
    assert quotes(found["statements"][0]["content"]) == ["that the road", "stayed so"]
    (pledge,) = found["pledges"]
    assert [(slot, TEXT[a:b]) for slot, (a, b) in pledge["terms"]] == [
        ("act", "shut"), ("object", "the bridge")]  # fmt: skip
    (figure,) = found["figures"]
    assert (figure["low"], figure["high"], figure["statement"]) == (27, None, 1)
    assert (figure["about"], figure["share"]) == (True, False)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("S Ada || said || it snowed", "not in the text: 'it snowed'"),
        ("S Ada || said || ain", "not in the text: 'ain'"),
        ("S Ada || said || that ... snow", "not in the text"),
        ("S Ada || said", "not source || cue || content"),
        ("S Ada || said || -", "no content"),
        ("X Ada", "neither S, P nor F"),
        ("F 27 || low=many", "could not convert"),
    ],
)
def test_what_cannot_be_placed_is_said(line: str, what: str) -> None:
    found, wrong = placed(TEXT, [line])
    assert what in wrong[0]
    assert wrong[0].endswith(line)
    assert found == {"statements": [], "pledges": [], "figures": []}


def test_what_is_kept_holds_no_word_of_the_text(tmp_path: Path) -> None:
    working, kept = tmp_path / "working.txt", tmp_path / "kept.jsonl"
    working.write_text("=== one\nS Ada || said || it rained\n=== two\nS a || b || c\n")
    assert quoting.convert(working, {"one": TEXT}, kept) == ["two: no such document"]
    (row,) = [json.loads(line) for line in kept.read_text().splitlines()]
    assert row["text"] == bytes_id(TEXT.encode())
    assert not set(strings(row)) & set(TEXT.split())


def test_the_pieces_are_where_they_are_looked_for() -> None:
    assert {one.name for one in PIECES.glob("*.txt")} >= {"heldout.txt"}

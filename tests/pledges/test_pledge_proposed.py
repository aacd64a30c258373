"""Drafts of proposed pledges: whatever the words, the file is read or says what is missing."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import KINDS, Passage
from wordkept.pledges.files import FILE_NAME, PledgeFile, read_pledge
from wordkept.pledges.proposed import Declared, Holder, ProposedFile, proposed_file, why_none

DAY = date(2025, 4, 10)
TOLD: dict[str, Any] = {
    "origin": "proposal p1 of reading 0f0f0f0f0f0f, accepted by Ada", "deed": "withdraw",
    "status": "announced", "actor": "North", "terms": {"act": ["pull back"], "object": ["guns"]},
    "announced": DAY, "starts": DAY, "ends": None, "leaves_open": ["how many"],
    "speaker": "General Lorn", "made_on": DAY, "document": "news.txt",
    "quotes": ["we will pull back"],
}  # fmt: skip
HOLDER = Holder(dataset="valley", actor="Forces of North", areas=["the valley"],
                event_types=["presence", "shelling"], also=["hills"])  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)


def declared(**said: Any) -> Declared:
    return Declared(**{**TOLD, **said})


def read(draft: ProposedFile, text: str | None = None) -> PledgeFile:
    def find(document: str, quote: str) -> Passage:
        return Passage(document=document, start=0, end=len(quote), quote=quote)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{draft.stem}.toml"
        path.write_text(text or draft.text, encoding="utf-8", newline="\n")
        return read_pledge(path, find)


@pytest.mark.parametrize(
    ("kind", "question"),
    [("withdraw", "falls"), ("reduce", "falls"), ("ceasefire", "ceases"), ("uphold", "holds")],
)
def test_the_plan_asks_what_its_kind_asks(kind: str, question: str) -> None:
    plan = read(proposed_file(declared(deed=kind), HOLDER)).pledge.plan
    assert plan is not None
    assert (plan.question, plan.primary.dataset) == (question, "valley")
    assert plan.primary.actors == ("Forces of North",)
    assert plan.primary.areas == ("the valley",)
    assert plan.primary.event_types == (("presence",) if question == "holds" else ())
    assert (plan.record_known, plan.threshold_reason) == (True, "")


@pytest.mark.parametrize("kind", ["limit", "release", "disarm", "access", "resign", "allow"])
def test_a_plan_that_needs_a_person_s_word_is_written_behind_marks(kind: str) -> None:
    draft = proposed_file(declared(deed=kind), HOLDER)
    assert read(draft).pledge.plan is None
    assert "# No plan yet: " in draft.text
    assert "# [plan]" in draft.text


def test_a_plan_behind_marks_is_a_plan_once_a_person_has_filled_it_in() -> None:
    draft = proposed_file(declared(deed="release", amount=100), None)
    head, _, plan = draft.text.partition("# [plan]")
    live = "[plan]" + "\n".join(line.removeprefix("# ") for line in plan.split("\n"))
    for gap, word in {"<the dataset's name>": "valley", "<what is counted>": "people freed",
                      "<the party, as the record spells it>": "North"}.items():  # fmt: skip
        live = live.replace(gap, word)
    found = read(draft, head + live.replace("# threshold", "threshold").replace("<why", "why"))
    assert found.pledge.plan is not None
    assert (found.pledge.plan.question, found.pledge.plan.amount) == ("delivers", 100)


def test_presence_that_no_record_observes_is_no_plan() -> None:
    seen = Holder(dataset="valley", actor="North", event_types=["shelling"])
    assert read(proposed_file(declared(deed="uphold"), seen)).pledge.plan is None


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ({"announced": None}, "the day on which it was declared"),
        ({"actor": None}, "who is bound"),
        ({"speaker": None}, "who said it"),
        ({"quotes": []}, "the exact words"),
        ({"ends": date(2025, 1, 1)}, 'whether "starts" is 2025-04-10'),
        ({"announced": date(1815, 6, 18)}, "the day on which it was declared"),
    ],
)
def test_what_is_missing_is_marked_and_keeps_it_from_being_a_pledge(
    said: dict[str, Any], gap: str
) -> None:
    draft = proposed_file(declared(**said), HOLDER)
    assert draft.ending == ".toml.txt"
    assert gap in draft.gaps
    assert "<" in draft.text


def test_conditions_are_left_open_and_exceptions_kept() -> None:
    terms = {"act": ["pull\nback"], "condition": ["if they stop"], "exception": ["two posts"]}
    pledge = read(proposed_file(declared(terms=terms), None)).pledge
    assert pledge.act == "pull back"
    assert pledge.exceptions == ("two posts",)
    assert pledge.leaves_open == ("how many", 'on the condition that it names: "if they stop"')


def test_what_is_not_a_pledge_is_not_drafted() -> None:
    assert why_none("withdraw", "threatened") == "it was threatened, not pledged"
    assert why_none("talk", "announced") == "a pledge file knows no pledge to talk"
    assert all(why_none(kind, "agreed") is None for kind in KINDS)


@settings(max_examples=80)
@given(st.lists(WORDS, max_size=3), WORDS, WORDS, st.sampled_from(KINDS))
def test_whatever_the_words_the_file_can_be_read(
    terms: list[str], name: str, opened: str, kind: str
) -> None:
    said = declared(
        deed=kind,
        actor=f"A{name}",
        origin=f"proposal {name}",
        terms={"act": ["stop", *terms], "object": terms, "exception": terms, "addressee": terms},
        leaves_open=[opened, opened],
    )
    draft = proposed_file(said, HOLDER)
    assert draft.gaps == ()
    assert FILE_NAME.fullmatch(f"{draft.stem}.toml")
    pledge = read(draft).pledge
    assert pledge.kind == kind
    assert pledge.statements[0].passages[0].quote == "we will pull back"

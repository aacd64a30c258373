"""Proposals are decided by people; each decision is an entry, and what stands can be told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wordkept.case import Case
from wordkept.case.agreement import coder_agreement
from wordkept.case.decisions import read_decisions
from wordkept.case.mending import mended
from wordkept.case.proposed_pledges import unique_quotes, write_drafts
from wordkept.case.readings import reading_text
from wordkept.case.reviewing import (
    Decision,
    Item,
    Judgement,
    Proposal,
    accepted,
    by_key,
    decide,
    decided_by,
    judgements,
    review_items,
    take_back,
)
from wordkept.errors import CaseError, InputError, PledgeError
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

TEXT = """\
The valley, 10 April 2025.

The North's command said on Thursday: "From Monday our guns will not fire on
the valley." The order holds until 27 April, except against armed convoys.

A spokeswoman of the South denied that 120 prisoners had been freed. The South
said it would release 100 prisoners by 1 May. The South said no more.

قال المتحدث إن المدافع ستصمت في الوادي.
"""
ACTORS = '\n[[actors]]\nname = "North"\naliases = ["the North\'s command"]\n'


def at(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after))
    return Span(start=start, end=start + len(words))


def pledge(name: str, terms: Mapping[Slot, Span], **said: Any) -> ProposedPledge:
    told = {"deed": "ceasefire", "status": "announced", "announced": None, "starts": None,
            "ends": None, "leaves_open": (), "confidence": 0.5, "statement": None}  # fmt: skip
    found = tuple(ProposedTerm(slot=slot, span=span) for slot, span in terms.items())
    return ProposedPledge(id=name, terms=found, **{**told, **said})


def statement(name: str, source: Span, cue: Span, content: Span, **said: Any) -> ProposedStatement:
    told = {"manner": "indirect", "speaker": None, "actor": None, "made_on": None}
    return ProposedStatement(id=name, source=(source,), cue=(cue,), content=(content,),
                             confidence=0.5, **{**told, **said})  # fmt: skip


TRUCE = "From Monday our guns will not fire on\nthe valley."
READING = Reading(
    text=bytes_id(TEXT.encode()),
    reader="by hand 1",
    statements=(
        statement("s1", at("The North's command"), at("said"), at(TRUCE), manner="direct",
                  speaker="the North's command", actor="North", made_on=date(2025, 4, 10)),
        statement("s2", at("A spokeswoman of the South"), at("denied"),
                  at("120 prisoners had been freed"), speaker="a spokeswoman of the South"),
        statement("s3", at("The South"), at("said", "freed"),
                  at("it would release 100 prisoners by 1 May"), speaker="the South",
                  made_on=date(2025, 4, 10)),
        statement("s4", at("المتحدث"), at("قال"), at("المدافع ستصمت في الوادي"),
                  speaker="المتحدث", made_on=date(2025, 4, 10)),
    ),
    pledges=(
        pledge("p1", {"actor": at("our"), "act": at("will not fire"), "object": at("guns"),
                      "area": at("the valley", "will not"),
                      "exception": at("armed convoys")},
               statement="s1", announced=date(2025, 4, 10), starts=date(2025, 4, 14),
               ends=date(2025, 4, 27), leaves_open=("what is a convoy",)),
        pledge("p2", {"act": at("freed")}, statement="s2", deed="release", status="denied"),
        pledge("p3", {"actor": Span(start=at("it would").start, end=at("it would").start + 2),
                      "act": at("release"), "object": at("100 prisoners")},
               statement="s3", deed="release", ends=date(2025, 5, 1)),
        pledge("p4", {"act": at("ستصمت"), "object": at("المدافع"), "area": at("الوادي")},
               statement="s4", announced=date(2025, 4, 10)),
    ),
    figures=(
        Figure(id="f1", span=at("120 prisoners"), low=120, high=120, unit="prisoners",
               statement="s2"),
        Figure(id="f2", span=at("100 prisoners"), low=100, high=100, unit="prisoners",
               statement="s3"),
    ),
)  # fmt: skip
ORDER = ["s1", "p1", "s2", "p2", "f1", "s3", "p3", "f2", "s4", "p4"]


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
def case(tmp_path: Path) -> Case:
    """A case with one document, and a reading of it made by hand."""
    made = Case.create(tmp_path / "valley")
    source = tmp_path / "news.txt"
    source.write_text(TEXT, encoding="utf-8")
    with (made.folder / "wordkept.toml").open("a") as settings:
        settings.write(ACTORS)
    opened = Case.open(made.folder)
    store(opened, opened.read(source), READING)
    return opened


Judge = Callable[..., Judgement]


@pytest.fixture
def judge(case: Case) -> Judge:
    """Decides on one proposal, by its name."""

    def decided(
        name: str, decision: Decision = "accept", who: str = "Ada", **how: Any
    ) -> Judgement:
        item = one(case, name)
        value: Proposal = item.value
        if decision == "mend":
            value = mended(item, TEXT, how.pop("given"), where=name)
        return decide(case, [(item, decision, value)], who=who, **how)[0]

    return decided


def one(case: Case, name: str) -> Item:
    return next(item for item in review_items(case) if item.value.id == name)


def open_names(case: Case, who: str, *, blind: bool = False) -> list[str]:
    found = by_key(judgements(case))
    return [item.value.id for item in review_items(case)
            if decided_by(found.get(item.key, []), who, blind=blind) is None]  # fmt: skip


def test_every_proposal_comes_up_once_in_the_order_of_its_statements(case: Case) -> None:
    assert [item.value.id for item in review_items(case)] == ORDER
    pledges = review_items(case, ["news.txt"], ["pledge"])
    assert [item.value.id for item in pledges] == ["p1", "p2", "p3", "p4"]
    with pytest.raises(InputError, match="is called"):
        review_items(case, ["new.txt"])


def test_a_decision_is_an_entry_with_who_when_and_the_exact_words(case: Case, judge: Judge) -> None:
    judge("s1", who="Ada")
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        (entry,) = ledger.entries("judgement")
    assert (entry.who, entry.payload["decision"], entry.payload["sort"]) == (
        "Ada", "accept", "statement")  # fmt: skip
    assert entry.at.endswith("Z")
    assert entry.payload["reading"] == one(case, "s1").stored.id
    quotes = {part["part"]: part["quote"] for part in entry.payload["spans"]}
    assert quotes == {"source": "The North's command", "cue": "said", "content": TRUCE}
    assert case.verify().faults == ()


def test_what_was_decided_by_anybody_is_not_asked_again(case: Case, judge: Judge) -> None:
    judge("s1")
    judge("p1", "reject")
    assert open_names(case, "Ben") == ORDER[2:]
    assert open_names(Case.open(case.folder), "Ada") == ORDER[2:]


def test_blind_everyone_decides_everything(case: Case, judge: Judge) -> None:
    judge("s1", blind=True)
    assert open_names(case, "Ben", blind=True) == ORDER
    assert open_names(case, "Ada", blind=True) == ORDER[1:]


def test_blind_coders_who_differ_leave_it_open_until_somebody_who_sees_both_decides(
    case: Case, judge: Judge
) -> None:
    judge("s1", who="Ada", blind=True)
    assert open_names(case, "Cai") == ORDER[1:]
    judge("s1", "reject", who="Ben", blind=True)
    assert open_names(case, "Cai") == ORDER
    assert accepted(case).statements == ()
    judge("s1", who="Cai")
    assert open_names(case, "Cai") == ORDER[1:]
    assert [kept.judgement.who for kept in accepted(case).statements] == ["Cai"]


def test_taking_back_is_a_further_entry_and_nothing_is_deleted(case: Case, judge: Judge) -> None:
    judge("s1", "reject")
    made = judge("s1")
    assert len(accepted(case).statements) == 1
    take_back(case, made, who="Ada")
    assert [found.decision for found in judgements(case)] == ["reject"]
    assert accepted(case).statements == ()
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        words = [entry.payload["decision"] for entry in ledger.entries("judgement")]
    assert words == ["reject", "accept", "undo"]
    assert case.verify().faults == ()


def test_a_newer_reading_that_proposes_the_same_is_not_asked_again(
    case: Case, judge: Judge
) -> None:
    judge("s1")
    renamed = replace(READING.statements[0], id="s9", confidence=0.9)
    newer = replace(READING, reader="by hand 2", statements=(renamed, *READING.statements[1:]))
    store(case, case.documents()[0], newer)
    assert "s9" not in open_names(case, "Ada")
    assert len(open_names(case, "Ada")) == len(ORDER) - 1
    assert len(accepted(case).statements) == 1


def test_accepted_gives_what_stands_as_it_was_mended(case: Case, judge: Judge) -> None:
    judge("s1", "mend", given={"content": "our guns will not fire on [...] the valley",
                               "speaker": "General Lorn"})  # fmt: skip
    judge("p1")
    judge("f1", "reject")
    judge("f2", "mend", given={"low": 100, "high": None})
    found = accepted(case)
    (said,) = found.statements
    assert [span.of(TEXT) for span in said.value.content] == [
        "our guns will not fire on",
        "the valley",
    ]
    assert (said.value.speaker, said.value.actor) == ("General Lorn", None)
    assert said.judgement.changed == ("actor", "content", "speaker")
    assert [kept.value.id for kept in found.pledges] == ["p1"]
    assert [(kept.value.low, kept.value.high) for kept in found.figures] == [(100.0, None)]


def test_words_are_found_exactly_whatever_the_line_breaks(case: Case) -> None:
    value = mended(one(case, "s1"), TEXT, {"content": "will not fire on the valley"}, where="x")
    assert isinstance(value, ProposedStatement)
    assert value.content[0].of(TEXT) == "will not fire on\nthe valley"
    arabic = mended(one(case, "s4"), TEXT, {"content": "المدافع ستصمت"}, where="x")
    assert isinstance(arabic, ProposedStatement)
    assert arabic.content[0].of(TEXT) == "المدافع ستصمت"


def test_of_several_places_that_of_the_proposal_itself_is_meant(case: Case) -> None:
    value = mended(one(case, "s3"), TEXT, {"source": "South", "content": "100 prisoners"}, where="")
    assert isinstance(value, ProposedStatement)
    assert value.source == (at("South", "freed"),)


def test_all_that_is_wrong_with_a_mend_is_told_at_once(case: Case) -> None:
    with pytest.raises(InputError) as error:
        mended(one(case, "p1"), TEXT, {"deed": "withdrew", "starts": "soon", "sort": 1,
                                       "terms": {"aera": "x", "area": "the mountains of glass"}},
               where="p1")  # fmt: skip
    told = [problem.what for problem in error.value.problems]
    assert len(told) == 5
    assert 'did you mean "withdraw"?' in [problem.remedy for problem in error.value.problems]
    assert any("the mountains of glass" in what for what in told)


@pytest.mark.parametrize(
    ("name", "given", "what"),
    [
        ("p1", {"ends": "2025-04-01"}, "comes before"),
        ("p1", {"terms": {"act": []}}, "without an act"),
        ("s1", {"content": "  "}, "without content"),
        ("s1", {"speaker": "the North's command"}, "nothing of it was mended"),
        ("s1", {"speaker": "a\x1b[2Jb"}, "cannot be written"),
        ("s1", {"content": "South said"}, "2 times"),
        ("f1", {"low": 500}, "is over"),
        ("f1", {"low": True}, "not a number"),
        ("f1", {"low": float("nan")}, "not a number"),
    ],
)
def test_a_mend_that_cannot_be_is_refused(
    case: Case, name: str, given: dict[str, Any], what: str
) -> None:
    with pytest.raises((InputError, PledgeError), match=what):
        mended(one(case, name), TEXT, given, where=name)


def test_what_a_pledge_leaves_open_is_asked_anew_where_its_terms_change(case: Case) -> None:
    value = mended(one(case, "p4"), TEXT, {"deed": "reduce"}, where="p4")
    assert isinstance(value, ProposedPledge)
    assert "by how much" in value.leaves_open


def lines(*given: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in given).encode()


def said(proposal: str, decision: str = "accept", **more: Any) -> dict[str, Any]:
    return {"document": "news.txt", "proposal": proposal, "decision": decision, **more}


def test_a_file_of_decisions_is_read_as_a_whole(case: Case) -> None:
    content = lines(said("s1"), said("f1", "mend", unit="men"), said("s2", "reject")) + b"\n\n"
    found = read_decisions(case, content, review_items(case), name="d.jsonl")
    assert [(item.value.id, decision) for item, decision, _ in found] == [
        ("s1", "accept"), ("f1", "mend"), ("s2", "reject")]  # fmt: skip


def test_all_that_is_wrong_in_a_file_is_told_with_its_line(case: Case) -> None:
    content = lines(
        said("s1"), said("s99"), said("s2", "acept"), said("s1", "reject"),
        {"document": "news.tx", "proposal": "s1", "decision": "accept"},
        said("p1", "accept", ends="2025-05-01"), said("f1", "mend", units="men"),
        {"proposal": "s3"}, said("s3", "mend", content="words that nobody said"),
    ) + b'\n{"document": \n[1]\n' + b"[" * 5000  # fmt: skip
    with pytest.raises(InputError) as error:
        read_decisions(case, content, review_items(case), name="d.jsonl")
    where = [problem.where for problem in error.value.problems]
    assert where == [
        f"d.jsonl, line {number}" for number in (2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12)
    ]
    assert judgements(case) == ()


def test_a_file_that_is_no_text_is_refused(case: Case) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read_decisions(case, b"\n\xff\xfe", review_items(case), name="d.jsonl")


def test_two_coders_are_compared_over_what_both_decided(case: Case, judge: Judge) -> None:
    pairs = {
        "s1": "accept accept",
        "s2": "accept reject",
        "s3": "reject reject",
        "s4": "reject reject",
    }
    for name, words in pairs.items():
        for who, word in zip(("Ada", "Ben"), words.split(), strict=True):
            judge(name, word, who=who, blind=True)
    judge("p1", who="Ada", blind=True)
    found = coder_agreement(case, "Ada", "Ben")
    assert (found.overall.decided, found.overall.same) == (4, 3)
    assert found.overall.kappa == pytest.approx(0.5)
    assert (found.only_one, found.only_other, found.in_sight) == (1, 0, 0)
    assert dict(found.by_sort)["pledge"].decided == 0
    judge("s2", "reject", who="Ada")
    assert coder_agreement(case, "Ada", "Ben").overall.same == 3
    judge("p1", who="Ben")
    assert coder_agreement(case, "Ben", "Ada").in_sight == 1


def test_a_coder_who_decided_nothing_is_named(case: Case, judge: Judge) -> None:
    judge("s1", who="Ada")
    with pytest.raises(CaseError, match='did you mean "Ada"'):
        coder_agreement(case, "Ada", "Adah")
    with pytest.raises(InputError, match="one and the same"):
        coder_agreement(case, "Ada", "Ada")


def test_an_accepted_pledge_becomes_a_file_that_the_case_reads(
    case: Case, judge: Judge, written: Path
) -> None:
    case.load(written / "counts.csv")
    judge("p1")
    (drafted,) = write_drafts(case)
    assert drafted.path == case.folder / "pledges" / "north-will-not-fire-guns.toml"
    (file,) = case.pledges()
    read = file.pledge
    assert (read.actor, read.kind, read.act) == ("North", "ceasefire", "will not fire")
    assert (read.announced, read.starts, read.ends) == (
        date(2025, 4, 10), date(2025, 4, 14), date(2025, 4, 27))  # fmt: skip
    assert read.exceptions == ("armed convoys",)
    assert read.leaves_open == ("what is a convoy",)
    (passage,) = read.statements[0].passages
    assert passage.quote == TRUCE == TEXT[passage.start : passage.end]
    assert read.statements[0].speaker == "North"
    assert read.plan is not None
    assert (read.plan.question, read.plan.primary.dataset) == ("ceases", "daily-counts")
    assert (read.plan.primary.actors, read.plan.record_known) == (("North",), True)
    assert read.plan.threshold_reason == ""
    (found,) = case.assess()
    assert found.pledge == read


def test_without_a_record_of_the_party_the_plan_waits_for_a_person(
    case: Case, judge: Judge
) -> None:
    judge("p1")
    (drafted,) = write_drafts(case)
    assert drafted.path is not None
    text = drafted.path.read_text(encoding="utf-8")
    assert "# No plan yet: no loaded record holds the party by this name." in text
    assert case.pledges()[0].pledge.plan is None


def test_a_draft_is_never_written_over_a_file_nor_twice(case: Case, judge: Judge) -> None:
    folder = case.folder / "pledges"
    (folder / "north-will-not-fire-guns.toml.txt").write_text("mine")
    judge("p1")
    (first,) = write_drafts(case)
    assert first.path == folder / "north-will-not-fire-guns-2.toml"
    renamed = folder / "the-truce.toml"
    first.path.rename(renamed)
    (again,) = write_drafts(case)
    assert (again.path, again.new) == (renamed, False)
    assert (folder / "north-will-not-fire-guns.toml.txt").read_text() == "mine"


def test_what_was_not_pledged_is_no_file_and_the_reason_is_said(case: Case, judge: Judge) -> None:
    judge("p2")
    judge("p1", "mend", given={"deed": "attack"})
    first, second = write_drafts(case)
    assert (first.path, second.path) == (None, None)
    assert {first.reason, second.reason} == {
        "it was denied, not pledged", "a pledge file knows no pledge to attack"}  # fmt: skip


def test_a_pledge_with_no_day_is_a_draft_that_marks_the_gap(case: Case, judge: Judge) -> None:
    judge("p3")
    (drafted,) = write_drafts(case)
    assert drafted.path is not None
    assert drafted.path.name == "the-south-release-100-prisoners.toml.txt"
    assert drafted.reason == "the day on which it was declared"
    assert case.pledges() == ()
    text = drafted.path.read_text(encoding="utf-8")
    assert '# question = "delivers"' in text
    assert "# amount = 100" in text
    filled = text.replace('"<the day, without quotes: 2016-03-14>"', "2025-04-10")
    drafted.path.with_name("release.toml").write_text(filled, encoding="utf-8")
    (file,) = case.pledges()
    assert file.pledge.announced == date(2025, 4, 10)


def test_arabic_words_stand_in_the_file_untouched(case: Case, judge: Judge) -> None:
    judge("p4")
    (drafted,) = write_drafts(case)
    assert drafted.path is not None
    assert drafted.path.name == "ceasefire-2025-04-10.toml"
    (file,) = case.pledges()
    assert file.pledge.statements[0].passages[0].quote == "المدافع ستصمت في الوادي"
    assert file.pledge.object == "المدافع"


def test_a_statement_that_was_mended_or_rejected_is_quoted_as_it_stands(
    case: Case, judge: Judge
) -> None:
    judge("s1", "mend", given={"speaker": "General Lorn"})
    judge("s4", "reject")
    judge("p1")
    judge("p4")
    lorn, nobody = write_drafts(case)
    assert lorn.path is not None
    assert 'speaker = "General Lorn"' in lorn.path.read_text(encoding="utf-8")
    assert nobody.reason == "who is bound; who said it"


def test_of_two_documents_of_one_name_the_right_one_is_quoted(
    case: Case, judge: Judge, tmp_path: Path
) -> None:
    judge("p1")
    other = tmp_path / "news.txt"
    other.write_text("Other words.")
    case.read(other)
    (drafted,) = write_drafts(case)
    assert drafted.reason == ""
    (file,) = case.pledges()
    assert file.pledge.statements[0].passages[0].document == case.documents()[0].id
    assert reading_text(case, one(case, "p1").stored) == TEXT


def test_quotes_are_widened_until_they_stand_once_and_cut_at_carriage_returns() -> None:
    text = "No fire. No fire\r\non the hills. <stop> it."
    from_second = Span(start=9, end=text.index("hills"))
    assert unique_quotes(text, [from_second]) == ("fire. No fire", "on the")
    stop = Span(start=text.index("<"), end=text.index(">") + 1)
    assert unique_quotes(text, [stop]) == ("<stop> it.",)


def test_words_that_never_stand_once_are_not_quoted() -> None:
    assert unique_quotes("yes\ryes", [Span(start=0, end=3)]) == ()

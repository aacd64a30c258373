"""The draft of a pledge explains every key, and reads once its placeholders are filled in."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from wordkept.errors import PledgeError
from wordkept.model import Control, Passage, Plan, Pledge, Selection, Tally
from wordkept.pledges.drafts import DRAFT_NAME, PLEDGE_DRAFT
from wordkept.pledges.files import read_pledge

PLACEHOLDER = re.compile(r'"<[^">]*>"')


def find(document: str, quote: str) -> Passage:
    return Passage(document=document, start=0, end=len(quote), quote=quote)


def write(folder: Path, text: str) -> Path:
    path = folder / "truce.toml"
    path.write_text(text)
    return path


def filled() -> str:
    text = re.sub(
        r'^(announced|starts|ends|on) = "<the day>"',
        r"\1 = 2016-03-14",
        PLEDGE_DRAFT,
        flags=re.MULTILINE,
    )
    text = text.replace('"<the kind>"', '"ceasefire"')
    return PLACEHOLDER.sub('"some words"', text)


def test_it_reads_once_its_placeholders_are_filled_in(tmp_path: Path) -> None:
    pledge = read_pledge(write(tmp_path, filled()), find).pledge
    assert pledge.plan is not None
    assert all(getattr(pledge, field.name) for field in fields(Pledge))


OF_ONE_QUESTION = re.compile(r"^# ((?:[a-z_]+ = |\[plan\.).*)$", re.MULTILINE)
"""Keys behind one #, which belong to some questions only."""


def asking(question: str, *keys: str) -> str:
    """The draft for a question, with the named ones of the keys that stand behind a #."""
    text = filled()
    for found in OF_ONE_QUESTION.finditer(text):
        if found[1].startswith(keys):
            text = text.replace(found[0], found[1], 1)
    return text.replace('question = "falls"', f'question = "{question}"')


def without(text: str, *headers: str) -> str:
    """The draft with the tables of these names cut out."""
    for header in headers:
        start = text.index(header)
        end = re.compile(r"^(# )?\[", re.MULTILINE).search(text, start + len(header))
        text = text[:start] + (text[end.start() :] if end else "")
    return text


RATE_KEYS = ("window_days", "grace_days", "baselines", "horizon_days", "reporting_allowance")


def drop(text: str, *keys: str) -> str:
    return "\n".join(row for row in text.split("\n") if not row.startswith(keys))


def test_the_keys_of_each_question_read_once_their_mark_is_taken_away(tmp_path: Path) -> None:
    ceases = asking("ceases", "misclassified", "[plan.effort]")
    ceases = ceases.replace('# dataset = "some words"', 'dataset = "patrols"', 1)
    ceases = ceases.replace("# label", "label", 1)
    plan = read_pledge(write(tmp_path, ceases), find).pledge.plan
    assert plan is not None
    assert plan.effort is not None
    assert plan.misclassified == Plan(question="ceases", primary=plan.primary).misclassified
    holds = without(asking("holds", "stretch_days"), "[[plan.others]]", "[[plan.controls]]")
    holds = drop(holds, *(set(RATE_KEYS) - {"grace_days", "horizon_days"}), "minimum_expected")
    plan = read_pledge(write(tmp_path, holds), find).pledge.plan
    assert plan is not None
    assert plan.stretch_days == Plan(question="holds", primary=plan.primary).stretch_days
    tally = without(asking("delivers", "amount"), "[[plan.others]]", "[[plan.controls]]")
    tally = without(tally, "[plan.primary]").replace("# [plan.tally]", "[plan.tally]")
    head, _, tail = tally.partition("[plan.tally]")
    tail = tail.replace("# ", "").replace('published = "some words"', "published = 2016-04-01")
    tail = tail.replace('url = "some words"', 'url = "https://example.org"')
    text = drop(head + "[plan.tally]" + tail, *RATE_KEYS, "alpha", "minimum_expected")
    plan = read_pledge(write(tmp_path, text), find).pledge.plan
    assert plan is not None
    assert plan.tally is not None
    assert (plan.amount, plan.tally.unplaced) == (100, 45)


def test_what_it_shows_in_the_plan_are_the_defaults(tmp_path: Path) -> None:
    plan = read_pledge(write(tmp_path, filled()), find).pledge.plan
    assert plan is not None
    plain = Plan(question="falls", primary=plan.primary)
    for field in fields(Plan):
        if field.name not in ("primary", "others", "controls", "threshold_reason"):
            assert getattr(plan, field.name) == getattr(plain, field.name), field.name


def test_it_reads_once_the_lines_with_placeholders_that_may_go_are_gone(tmp_path: Path) -> None:
    needed = ("title", "actor", "kind", "announced", "dataset", "speaker", "on", "document")
    rows = [
        row
        for row in filled().split("\n")
        if '"some words"' not in row or row.startswith((*needed, "quotes", "reason"))
    ]
    text = "\n".join(rows).replace("[[plan.others]]", "[[plan.others]]\nareas = ['x']")
    text = text.replace("[[plan.controls]]", "[[plan.controls]]\nareas = ['y']")
    pledge = read_pledge(write(tmp_path, text), find).pledge
    assert pledge.act is None


def test_each_placeholder_left_in_it_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PledgeError) as caught:
        read_pledge(write(tmp_path, PLEDGE_DRAFT), find)
    rows = PLEDGE_DRAFT.split("\n")
    expected = [
        number
        for number, row in enumerate(rows, start=1)
        if PLACEHOLDER.search(row) and not row.startswith("#")
    ]
    found = [int(problem.where.rpartition(" ")[2]) for problem in caught.value.problems]
    assert sorted(set(found) & set(expected)) == expected


def test_every_key_stands_in_it_under_a_comment() -> None:
    values = tomllib.loads(PLEDGE_DRAFT)
    assert set(values["pledge"]) == names(Pledge) - {"id", "statements", "plan"} | {"said"}
    marked = {row.split(" = ")[0].strip("[]") for row in OF_ONE_QUESTION.findall(PLEDGE_DRAFT)}
    tables = {name.removeprefix("plan.") for name in marked}
    of_tables = names(Tally) | names(Selection)
    assert set(values["plan"]) | tables - of_tables == names(Plan)
    assert names(Tally) < tables
    assert set(values["plan"]["primary"]) == names(Selection)
    own = names(Control) - {"selection"}
    assert own < set(values["plan"]["controls"][0])


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_it_is_not_itself_taken_for_a_pledge() -> None:
    assert not DRAFT_NAME.endswith(".toml")
    assert max(len(row) for row in PLEDGE_DRAFT.split("\n")) <= 100

"""The draft of a pledge explains every key, and reads once its placeholders are filled in."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from wordkept.errors import PledgeError
from wordkept.model import Control, Passage, Plan, Pledge, Selection
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
    expected = [number for number, row in enumerate(rows, start=1) if PLACEHOLDER.search(row)]
    found = [int(problem.where.rpartition(" ")[2]) for problem in caught.value.problems]
    assert sorted(set(found) & set(expected)) == expected


def test_every_key_stands_in_it_under_a_comment() -> None:
    values = tomllib.loads(PLEDGE_DRAFT)
    assert set(values["pledge"]) == names(Pledge) - {"id", "statements", "plan"} | {"said"}
    assert set(values["plan"]) == names(Plan)
    assert set(values["plan"]["primary"]) == names(Selection)
    own = names(Control) - {"selection"}
    assert own < set(values["plan"]["controls"][0])


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_it_is_not_itself_taken_for_a_pledge() -> None:
    assert not DRAFT_NAME.endswith(".toml")
    assert max(len(row) for row in PLEDGE_DRAFT.split("\n")) <= 100

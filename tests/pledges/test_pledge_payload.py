"""The payload that is registered: whole, plain, and the same in every later version."""

import json
from dataclasses import fields, replace
from datetime import date

from wordkept.ids import bytes_id
from wordkept.model import (
    Baseline,
    Control,
    Passage,
    Plan,
    Pledge,
    Selection,
    Statement,
)
from wordkept.pledges.payload import plan_payload

PINNED = "f4cbcb029cbf5c93bf6d9b6b50be531fbc92479e2de6feac5f619f8cffc8d244"

PASSAGE = Passage(document="d" * 64, start=3, end=11, quote="all fire")
PLEDGE = Pledge(
    id="truce",
    title="A truce in the valley",
    actor="North",
    kind="ceasefire",
    act="stop all fire",
    object=None,
    announced=date(2016, 2, 22),
    starts=date(2016, 2, 27),
    ends=None,
    magnitude=None,
    area=None,
    comparator=None,
    leaves_open=("until when",),
    statements=(Statement(speaker="S", made_on=date(2016, 2, 22), passages=(PASSAGE,)),),
    plan=Plan(
        question="falls",
        primary=Selection(dataset="valley", actors=("North",)),
        controls=(Control(selection=Selection(dataset="valley"), reason="r"),),
        baselines=(Baseline(days=28),),
    ),
)


def test_the_payload_of_a_registered_plan_is_the_same_in_every_version() -> None:
    """Fails when the model grows: then the old format must be kept for what was registered."""
    text = json.dumps(plan_payload(PLEDGE), sort_keys=True, separators=(",", ":"))
    assert bytes_id(text.encode()) == PINNED


def test_defaults_are_written_out_and_days_are_text() -> None:
    payload = plan_payload(PLEDGE)
    plan = payload["pledge"]["plan"]
    assert payload["format"] == "wordkept-plan/1"
    assert payload["pledge"]["announced"] == "2016-02-22"
    assert payload["pledge"]["ends"] is None
    assert plan["threshold"] == 0.5
    assert plan["primary"]["attributions"] == ["certain", "probable", "possible"]
    assert plan["baselines"] == [{"days": 28, "donut_days": 0}]
    assert set(plan) == {field.name for field in fields(Plan)}
    assert set(payload["pledge"]) == {field.name for field in fields(Pledge)}


def test_any_change_of_the_pledge_or_its_plan_changes_the_payload() -> None:
    assert PLEDGE.plan is not None
    plan = PLEDGE.plan
    changed = [
        replace(PLEDGE, title="x"),
        replace(PLEDGE, starts=date(2016, 2, 28)),
        replace(PLEDGE, plan=replace(plan, threshold=0.4)),
        replace(PLEDGE, plan=replace(plan, record_known=False)),
        replace(PLEDGE, plan=replace(plan, baselines=(Baseline(days=29),))),
        replace(PLEDGE, plan=replace(plan, primary=Selection(dataset="valley"))),
        replace(PLEDGE, plan=None),
    ]
    payloads = [json.dumps(plan_payload(pledge)) for pledge in (PLEDGE, *changed)]
    assert len(set(payloads)) == len(payloads)


def test_where_a_quote_stands_in_its_document_is_left_out() -> None:
    moved = replace(PASSAGE, start=4, end=12)
    said = replace(PLEDGE.statements[0], passages=(moved,))
    assert plan_payload(replace(PLEDGE, statements=(said,))) == plan_payload(PLEDGE)

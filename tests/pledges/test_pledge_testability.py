"""What a pledge leaves open is named, with what that rules out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from wordkept.model import Plan, Pledge, Selection
from wordkept.pledges import testability as card

NONE: frozenset[str] = frozenset()
PLEDGE = Pledge(
    id="truce",
    title="A truce in the valley",
    actor="North",
    kind="ceasefire",
    act="stop",
    object="all fire",
    announced=date(2016, 2, 22),
    starts=date(2016, 2, 27),
    ends=date(2016, 6, 1),
    magnitude="all of it",
    area="the valley",
    comparator="the level before",
    plan=Plan(question="falls", primary=Selection(dataset="valley"), horizon_days=60),
)
SLOTS: Mapping[str, str] = {
    "act": "what",
    "object": "of what",
    "area": "where",
    "starts": "from when",
    "ends": "until when",
    "magnitude": "how much",
    "comparator": "against what",
}


def without(*slots: str) -> Pledge:
    left_out: dict[str, Any] = dict.fromkeys(slots)
    return replace(PLEDGE, **left_out)


def test_a_pledge_that_names_everything_leaves_nothing_open() -> None:
    found = card.testability(PLEDGE, observed=NONE)
    assert [(term.name, term.said) for term in found.terms] == [
        ("who", "North"),
        ("what", "stop"),
        ("of what", "all fire"),
        ("where", "the valley"),
        ("from when", "27 February 2016"),
        ("until when", "1 June 2016"),
        ("how much", "all of it"),
        ("against what", "the level before"),
    ]
    assert not any(term.rules_out for term in found.terms)
    assert found.leaves_open == ()
    assert found.testable


@pytest.mark.parametrize(("slot", "name"), SLOTS.items())
def test_each_slot_left_open_is_named_with_what_it_rules_out(slot: str, name: str) -> None:
    found = card.testability(without(slot), observed=NONE)
    (term,) = [term for term in found.terms if term.said is None]
    assert term.name == name
    assert term.rules_out.startswith("no ")
    assert ": " in term.rules_out
    assert found.leaves_open == (name,)
    assert found.testable == (slot not in ("act", "starts"))


def test_the_author_s_own_notes_follow_and_nothing_is_said_twice() -> None:
    noted = ("what counts as the main part", "until when")
    pledge = replace(PLEDGE, ends=None, leaves_open=noted)
    found = card.testability(pledge, observed=NONE)
    assert found.leaves_open == ("until when", "what counts as the main part")


def test_without_an_end_the_horizon_of_the_plan_is_named() -> None:
    open_ended = replace(PLEDGE, ends=None)
    term = card.testability(open_ended, observed=NONE).terms[5]
    assert term.rules_out == (
        "no end is named: it can be shown to have lapsed within the 60 days that the plan fixes, "
        "never to have been kept for good"
    )
    unplanned = card.testability(replace(open_ended, plan=None), observed=NONE).terms[5]
    assert "within the horizon that a plan would fix" in unplanned.rules_out


def test_what_stands_in_the_way_of_a_test_is_said() -> None:
    assert PLEDGE.plan is not None
    presence = replace(PLEDGE.plan, question="holds")

    def obstacles(pledge: Pledge, observed: frozenset[str] = NONE) -> tuple[str, ...]:
        return card.testability(pledge, observed=observed).obstacles

    assert obstacles(replace(PLEDGE, plan=None)) == (
        "no plan was written: it stands here as a declaration only",
    )
    (unseen,) = obstacles(replace(PLEDGE, kind="uphold", plan=presence), frozenset({"shelling"}))
    assert "none of the loaded records observes presence" in unseen
    (seen,) = obstacles(replace(PLEDGE, kind="uphold", plan=presence), frozenset({"presence"}))
    assert "the plan counts other events too" in seen
    there = replace(presence, primary=replace(presence.primary, event_types=("presence",)))
    assert obstacles(replace(PLEDGE, kind="uphold", plan=there), frozenset({"presence"})) == ()
    delivers = replace(PLEDGE.plan, question="delivers", amount=10)
    assert obstacles(replace(PLEDGE, plan=delivers)) == ()
    (endless,) = obstacles(replace(PLEDGE, ends=None, plan=delivers))
    assert "no day by which" in endless
    only = replace(PLEDGE.plan, question="only")
    assert obstacles(replace(PLEDGE, kind="uphold", plan=only)) == ()
    (rate,) = obstacles(replace(PLEDGE, kind="uphold"))
    assert "neither keeps nor breaks" in rate
    everything = replace(PLEDGE, act=None, starts=None, plan=None)
    assert len(obstacles(everything)) == 3


def test_every_sentence_is_one_plain_sentence() -> None:
    bare = without(*SLOTS, "plan")
    found = card.testability(bare, observed=NONE)
    sentences = [*found.obstacles, *(term.rules_out for term in found.terms if term.rules_out)]
    assert len(sentences) == 10
    for sentence in sentences:
        assert "  " not in sentence
        assert not sentence.endswith(".")
        assert ". " not in sentence
        assert sentence[0].islower()

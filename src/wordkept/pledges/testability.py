"""What a pledge names, what it leaves open, and what that rules out; asked before any test."""

from collections.abc import Iterator
from datetime import date

from wordkept.model import RATES, Plan, Pledge, Term, Testability

PRESENCE = "presence"


def testability(pledge: Pledge, *, observed: frozenset[str]) -> Testability:
    """What the words name and leave open, and why no record can test them, if none can.

    `observed` holds the event types of the loaded records.
    """
    terms = _terms(pledge)
    unnamed = tuple(term.name for term in terms if term.said is None)
    noted = tuple(words for words in pledge.leaves_open if words not in unnamed)
    return Testability(
        terms=terms,
        leaves_open=(*unnamed, *noted),
        obstacles=tuple(_obstacles(pledge, observed)),
    )


def _terms(pledge: Pledge) -> tuple[Term, ...]:
    """The eight things a pledge may name, in the order in which the card prints them."""
    return (
        Term(name="who", said=pledge.actor, rules_out=""),
        _term(
            "what",
            pledge.act,
            "no act is named: no event can be said to keep it or to break it",
        ),
        _term(
            "of what",
            pledge.object,
            "no object is named: what was to be moved, stopped or handed over cannot be told from "
            "what was not",
        ),
        _term(
            "where",
            pledge.area,
            "no area is named: where events are counted is the plan's choice, not the speaker's",
        ),
        _term(
            "from when",
            _day(pledge.starts),
            "no start is named: no day parts the days before from the days after",
        ),
        _term("until when", _day(pledge.ends), _without_end(pledge)),
        _term(
            "how much",
            pledge.magnitude,
            "no amount is named: the threshold is the plan's, not the speaker's",
        ),
        _term("against what", pledge.comparator, _without_comparator(pledge)),
    )


def _term(name: str, said: str | None, rules_out: str) -> Term:
    return Term(name=name, said=said, rules_out="" if said else rules_out)


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day.day} {day:%B %Y}"


def _without_comparator(pledge: Pledge) -> str:
    if pledge.plan is not None and pledge.plan.question not in RATES:
        return "no comparison is named: what it is held against is the plan's choice"
    return (
        "no comparison is named: that the level before is what it is held against is the plan's "
        "choice"
    )


def _without_end(pledge: Pledge) -> str:
    if pledge.plan is not None and pledge.plan.question == "delivers":
        return "no end is named: there is no day by which it was to be done"
    if pledge.plan is not None and pledge.plan.question == "only":
        return "no end is named: what was not counted may still keep it or break it"
    fixed = (
        f"the {pledge.plan.horizon_days} days that the plan fixes"
        if pledge.plan
        else "the horizon that a plan would fix"
    )
    return (
        f"no end is named: it can be shown to have lapsed within {fixed}, never to have been kept "
        "for good"
    )


def _obstacles(pledge: Pledge, observed: frozenset[str]) -> Iterator[str]:
    if pledge.act is None:
        yield "no act is named: there is nothing that a record could count"
    if pledge.starts is None:
        yield "no start is named: there is no day from which it could be tested"
    if pledge.plan is None:
        yield "no plan was written: it stands here as a declaration only"
    elif pledge.plan.question == "holds":
        yield from _unseen_presence(pledge.plan, observed)
    elif pledge.plan.question == "delivers":
        if pledge.ends is None:
            yield "no end is named: there is no day by which it was to be delivered"
    elif pledge.kind == "uphold" and pledge.plan.question in RATES:
        yield (
            "it promises that a state of things stays as it is: a rate of events that falls or "
            "rises neither keeps nor breaks that"
        )


def _unseen_presence(plan: Plan, observed: frozenset[str]) -> Iterator[str]:
    """Why the events that a plan counts cannot show that something was there throughout."""
    if PRESENCE not in observed:
        yield (
            "an event record counts what happens; keeping something in place leaves no "
            "event in it, and none of the loaded records observes presence"
        )
    elif plan.primary.event_types != (PRESENCE,):
        yield (
            "a loaded record observes presence, but the plan counts other events too: only events "
            f'of the type "{PRESENCE}" show that something was there'
        )

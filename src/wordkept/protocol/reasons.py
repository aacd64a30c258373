"""Why a verdict is what it is, in sentences that can be printed."""

from wordkept.model import Plan, Word
from wordkept.prose import chances, listed, percent
from wordkept.protocol.reading import Reading


def because(reading: Reading, clauses: tuple[str, ...], plan: Plan) -> str:
    """The rest of the one sentence, after what the rate did."""
    if clauses:
        return f", but {listed(clauses)}"
    asked = percent(plan.threshold)
    if reading.word == "kept":
        return f"; changes this large come about by themselves in {chance(reading)}"
    if reading.word == "partly kept":
        return f", short of the {asked} that counts as kept"
    if reading.word == "not kept":
        return f", where {asked} counts as kept"
    return f", but {_open_clause(reading, asked)}"


def _open_clause(reading: Reading, asked: str) -> str:
    if not reading.reached and not reading.missed:
        return f"with reporting as uncertain as it is that lies on both sides of {asked}"
    if reading.p is None:
        return "the record is too short to say whether such changes come about by themselves"
    return f"changes this large come about by themselves in {chance(reading)}"


def chance(reading: Reading) -> str:
    """How often such changes come about by themselves."""
    return chances(reading.p) if reading.p is not None else "an unknown share of cases"


def why_not_higher(word: Word, reading: Reading, plan: Plan) -> tuple[str, ...]:
    """Why the word is not one step up, where no reason brought it a step down."""
    if word == "kept":
        return ("There is no step above it.",)
    if word == "cannot tell":
        return open_question(reading, plan)
    asked = percent(plan.threshold)
    beyond = f"At every bound and baseline the rate is beyond {asked} of its level before"
    found = [f"{beyond}, even had reporting changed by the plan's allowance."]
    if word == "not kept" and not reading.beyond_ordinary and reading.p is not None:
        found.append(f"Changes this large come about by themselves in {chance(reading)}.")
    return tuple(found)


def why_not_lower(word: Word, reading: Reading, plan: Plan, *, stepped: bool) -> tuple[str, ...]:
    """Why the word is not one step down."""
    larger = (
        "The change is larger than the record's ordinary ups and downs: such ones come about by "
        f"themselves in {chance(reading)}."
    )
    whole = (
        f"At every bound and baseline the rate reached {percent(plan.threshold)} of its level "
        "before, even had reporting changed by the plan's allowance."
    )
    if word == "not kept":
        return ("There is no step below it.",)
    if word == "cannot tell":
        return (larger,) if stepped else open_question(reading, plan)
    if reading.reached:
        return (whole, larger)
    side = "under" if plan.direction == "falls" else "over"
    return (f"At every bound and baseline the rate is {side} its level before.", larger)


def open_question(reading: Reading, plan: Plan) -> tuple[str, ...]:
    """What keeps a record that may be believed from telling."""
    if not reading.reached and not reading.missed:
        sides = f"both sides of the {percent(plan.threshold)} that counts as kept"
        return (f"The range over bounds, baselines and reporting lies on {sides}.",)
    if reading.p is None:
        return ("The record before is too short to say how often such changes come by themselves.",)
    if reading.void:
        return ("Against one baseline the change is well within the ordinary ups and downs.",)
    allowed = f"more often than the {chances(reading.alpha)} that the plan allows"
    return (f"Changes this large come about by themselves in {chance(reading)}, {allowed}.",)

"""The rows behind the counts of plans that ask about no rate: of `only`, `delivers` and `holds`.

Each printed number is a sum of these parts. Of `only`: the least outside is what lies outside at
the surest attribution; the most is what lies outside, or could not be placed, at the widest; the
whole is all three sides of the widest. Of `delivers`: what is counted at the surest, and at the
widest. Of `holds`: in how many stretches anything is counted, at the surest and at the widest.
"""

from collections.abc import Iterator, Mapping

import ibis

from wordkept.case.record import Record
from wordkept.events.parted import PartRows, first_by_part, stretch_number
from wordkept.events.rows import rows_chosen
from wordkept.events.sorting import side_by_side
from wordkept.model import Assessment, Attribution, Behind, Part, Plan, Selection
from wordkept.period import Period
from wordkept.protocol.delivery import term_of
from wordkept.protocol.kinds import asked_days
from wordkept.protocol.upkeep import stretches_of, upkeep_term
from wordkept.protocol.windows import covered_by

SIDES: tuple[Part, ...] = ("outside", "unplaced", "within")
FEWEST = 10
"""Rows under each stretch at least, however many stretches share what is listed."""

Asked = tuple[Part, Attribution, Period]


def behind_count(
    record: Record, found: Assessment, *, allowed: bool, listed: int
) -> tuple[Behind, ...]:
    """The rows behind a count of the record: nothing of a published one, or where none was made.

    Where they are not `allowed`, each part says that there are rows, and not one more word.
    """
    plan, made = found.pledge.plan, found.count
    if plan is None or made is None or made.dataset is None:
        return ()
    asked = tuple(_asked(found, plan))
    held: Mapping[Asked, PartRows] = {}
    if allowed:
        held = _held(record, found, plan, listed)
    none = PartRows()
    return tuple(
        Behind(
            pledge=found.pledge.id, dataset=made.dataset, attribution=bound, part=part, days=days,
            events=held.get((part, bound, days), none).events if allowed else None,
            rows=held.get((part, bound, days), none).rows if allowed else None,
            counted=held.get((part, bound, days), none).counted if allowed else None,
        )
        for part, bound, days in asked
    )  # fmt: skip


def _bounds(plan: Plan) -> tuple[Attribution, ...]:
    """The surest attribution and the widest; one of them where they are the same."""
    return tuple(dict.fromkeys((plan.primary.attributions[0], plan.primary.attributions[-1])))


def _asked(found: Assessment, plan: Plan) -> Iterator[Asked]:
    """Each part that a printed number is made of."""
    pledge, bounds = found.pledge, _bounds(plan)
    if plan.question == "only":
        _, window = asked_days(pledge, plan)
        if len(bounds) > 1:
            yield "outside", bounds[0], window
        yield from ((side, bounds[-1], window) for side in SIDES)
    elif plan.question == "delivers":
        days = _seen(found, term_of(pledge)) or term_of(pledge)
        yield from (("delivered", bound, days) for bound in bounds)
    else:
        for stretch in stretches_of(upkeep_term(pledge, plan), plan.stretch_days):
            yield from (("shown", bound, stretch) for bound in bounds)


def _held(record: Record, found: Assessment, plan: Plan, listed: int) -> Mapping[Asked, PartRows]:
    if plan.question == "only":
        return _sorted(record, found, plan, listed)
    if plan.question == "delivers":
        return _delivered(record, found, plan, listed)
    return _shown(record, found, plan, listed)


def _sorted(record: Record, found: Assessment, plan: Plan, listed: int) -> Mapping[Asked, PartRows]:
    _, window = asked_days(found.pledge, plan)
    events, made = record.events(plan.primary), dict[Asked, PartRows]()
    allowed = plan.allowed or Selection(dataset=plan.primary.dataset)
    for bound in _bounds(plan):
        rows = side_by_side(events, plan.primary, allowed, window, bound)
        sides = first_by_part(rows, rows.side, listed)
        made |= {(part, bound, window): sides[part] for part in SIDES if part in sides}
    return made


def _delivered(
    record: Record, found: Assessment, plan: Plan, listed: int
) -> Mapping[Asked, PartRows]:
    days, made = _seen(found, term_of(found.pledge)), dict[Asked, PartRows]()
    if days is None:
        return made
    for bound in _bounds(plan):
        rows = rows_chosen(record.reached(plan.primary), plan.primary, bound, days)
        parts = first_by_part(rows, ibis.literal("delivered"), listed)
        made["delivered", bound, days] = parts.get("delivered", PartRows())
    return made


def _shown(record: Record, found: Assessment, plan: Plan, listed: int) -> Mapping[Asked, PartRows]:
    stretches = stretches_of(upkeep_term(found.pledge, plan), plan.stretch_days)
    made = dict[Asked, PartRows]()
    days = _seen(found, Period(stretches[0].start, stretches[-1].end)) if stretches else None
    if days is None:
        return made
    each = max(FEWEST, listed // len(stretches))
    for bound in _bounds(plan):
        rows = rows_chosen(record.reached(plan.primary), plan.primary, bound, days)
        parts = first_by_part(rows, stretch_number(rows, stretches[0]), each)
        made |= {("shown", bound, stretches[int(place)]): one for place, one in parts.items()}
    return made


def _seen(found: Assessment, days: Period) -> Period | None:
    """Those of the days that the record covers: what lies beyond was not counted."""
    primary = next((one for one in found.series if one.role == "primary"), None)
    return days.meet(covered_by(primary)) if primary else None

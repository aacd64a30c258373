"""What of a record's audit concerns one plan: the days it compares and the values it counts by.

Only a change of code closes a gate: a value that the plan counts by gives way, on the days
compared, to another with as many rows, so that a count of it falls or rises with the code. All else
is worth knowing and no more: a silence may be the very peace that was declared.
"""

import ibis.expr.types as ir

from wordkept.events.audit import Question
from wordkept.events.auditing.audited import Audited
from wordkept.events.auditing.collection import dumps, silences
from wordkept.events.auditing.sentences import CODED, WORLD
from wordkept.events.auditing.vocabulary import changed_values
from wordkept.events.series import SILENT_DAYS
from wordkept.model import Finding, Irregularity, Selection

AREAS = ("country", "admin1")


def asked_fields(selection: Selection) -> tuple[str, ...]:
    """The fields whose values a selection counts by, of those whose vocabulary is looked at."""
    chosen = {
        "event_type": selection.event_types,
        "target": selection.targets,
        "actors": (*selection.actors, *selection.against),
        **dict.fromkeys(AREAS, selection.areas),
    }
    return tuple(field for field in (*CODED, *WORLD) if chosen.get(field))


def irregularities(
    events: ir.Table, question: Question, fields: tuple[str, ...]
) -> tuple[Irregularity, ...]:
    """What the detectors find that any plan by these fields may have to know of its record."""
    record = Audited(events=events, release=question.release)
    if record.covered is None:
        return ()
    return (*silences(record), *dumps(record), *changed_values(record, fields))


def concerning(found: tuple[Irregularity, ...], question: Question) -> tuple[Finding, ...]:
    """The findings that touch the days and the values of a question, as the plan's own audit."""
    return tuple(
        Finding(
            check=one.check,
            outcome="failed" if one.recoded else "informational",
            dataset=one.dataset,
            sentence=one.sentence,
            closes_gate=one.recoded,
            bars=one.bars,
        )
        for one in found
        if _touches(one, question)
    )


def _touches(one: Irregularity, question: Question) -> bool:
    if one.check == "silence" and one.rows >= SILENT_DAYS:
        return False  # told of, and closing the gate, by the plan's own audit
    if one.field in AREAS and not one.recoded:
        return False
    if one.field is not None:
        chosen = question.selection
        values = {
            *chosen.event_types, *chosen.targets, *chosen.areas, *chosen.actors, *chosen.against
        }  # fmt: skip
        if values.isdisjoint(one.values):
            return False
    if one.check == "vocabulary":
        return any(day is not None and day in question.days for day in (one.since, one.until))
    since = one.since or question.days.start
    until = one.until or question.days.end
    return since <= question.days.end and until >= question.days.start

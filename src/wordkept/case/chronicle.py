"""What the ledger of a case says of its plans and assessments, and what is new to it."""

from datetime import date
from typing import Any

from wordkept import __version__
from wordkept.ledger.canonical import value_id
from wordkept.ledger.entries import Draft, Entry
from wordkept.model import Assessment, Fixing, Pledge
from wordkept.pledges.payload import plan_payload
from wordkept.protocol.evidence import Evidence


def plans(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """The first entry of each plan, by its hash."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.payload["plan"], entry)
    return found


def last_day(entries: tuple[Entry, ...]) -> date:
    """The day on which the case was last fed: its last release, plan or capture."""
    kinds = ("case", "release", "plan", "capture")
    return max(date.fromisoformat(entry.at[:10]) for entry in entries if entry.kind in kinds)


def fixing_of(pledge: Pledge, evidence: Evidence, entries: tuple[Entry, ...]) -> Fixing:
    """When the plan was entered, and whether that was before any release it is tested on."""
    plan = value_id(plan_payload(pledge))
    entered = plans(tuple(one for one in entries if one.kind == "plan")).get(plan)
    datasets = {release.dataset for release in evidence.releases}
    loaded = [
        entry.number
        for entry in entries
        if entry.kind == "release" and entry.payload["release"]["dataset"] in datasets
    ]
    before = entered is not None and all(entered.number < number for number in loaded)
    return Fixing(
        plan=plan,
        registered_at=entered.at if entered else None,
        before_data=None if pledge.plan and pledge.plan.tally else before,
        record_known=pledge.plan.record_known if pledge.plan else True,
    )


def new_assessments(found: tuple[Assessment, ...], entries: tuple[Entry, ...]) -> list[Draft]:
    """Drafts for the assessments that differ from the last one entered for their pledge and day."""
    last = _last_assessments(entries)
    drafts = []
    for one in found:
        payload = _payload(one)
        standing = last.get((one.pledge.id, payload["as_of"]))
        if standing is None or standing.payload != payload:
            drafts.append(Draft(kind="assessment", payload=payload))
    return drafts


def standing_head(found: tuple[Assessment, ...], entries: tuple[Entry, ...]) -> str:
    """The hash of the newest entry that holds one of these assessments; empty where none does."""
    last = _last_assessments(entries)
    held = [last.get((one.pledge.id, one.as_of.isoformat())) for one in found]
    newest = max((one for one in held if one), key=lambda one: one.number, default=None)
    return newest.hash if newest else ""


def _last_assessments(entries: tuple[Entry, ...]) -> dict[tuple[str, str], Entry]:
    """The last assessment that was entered, by its pledge and its day."""
    return {
        (one.payload["pledge"], one.payload["as_of"]): one
        for one in entries
        if one.kind == "assessment"
    }


def _payload(one: Assessment) -> dict[str, Any]:
    return {
        "pledge": one.pledge.id,
        "plan": one.fixing.plan,
        "as_of": one.as_of.isoformat(),
        "releases": [release.id for release in one.releases],
        "word": one.verdict.word,
        "sentence": one.verdict.sentence,
        "version": __version__,
        "assessment": value_id(one),
    }

"""Proposals under review: which there are, what was decided of each, by whom, and what stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar, cast

from wordkept.case.case import LEDGER, Case, now
from wordkept.case.readings import StoredReading, chosen_readings, reading_text, stored_readings
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import Figure, ProposedPledge, ProposedStatement, Span

Sort = Literal["statement", "pledge", "figure"]
SORTS: tuple[Sort, ...] = ("statement", "pledge", "figure")
Decision = Literal["accept", "reject", "mend"]
DECISIONS: tuple[Decision, ...] = ("accept", "reject", "mend")
UNDO = "undo"
"""What an entry says that takes back an earlier one: nothing is deleted."""

Proposal = ProposedStatement | ProposedPledge | Figure
P = TypeVar("P", ProposedStatement, ProposedPledge, Figure)
Key = tuple[str, Proposal]
"""The text, and the proposal without its name in a reading: another reading that proposes the
same is not asked again."""
KINDS_OF: Mapping[Sort, type[Any]] = {
    "statement": ProposedStatement,
    "pledge": ProposedPledge,
    "figure": Figure,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One proposal of a stored reading."""

    stored: StoredReading
    value: Proposal

    @property
    def sort(self) -> Sort:
        """What it is a proposal of."""
        return sort_of(self.value)

    @property
    def key(self) -> Key:
        """By what decisions on it are known."""
        return key_of(self.stored.reading.text, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody decided of one proposal, as the ledger has it."""

    entry: str
    """The hash of its entry."""
    number: int
    reading: str
    document: str
    key: Key
    decision: Decision
    value: Proposal
    """As it was proposed, or as it was mended."""
    changed: tuple[str, ...]
    """The fields that were mended."""
    who: str
    at: str
    blind: bool
    """Whether others' decisions were hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[P]):
    """A proposal that stands accepted, as it was proposed or mended."""

    stored: StoredReading
    value: P
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """All of a case that stands accepted, in the order of its readings and their texts."""

    statements: tuple[Kept[ProposedStatement], ...]
    pledges: tuple[Kept[ProposedPledge], ...]
    figures: tuple[Kept[Figure], ...]


def sort_of(value: Proposal) -> Sort:
    """What a value is a proposal of."""
    return next(sort for sort, kind in KINDS_OF.items() if isinstance(value, kind))


def key_of(text: str, value: Proposal) -> Key:
    """By what decisions on a proposal of a text are known."""
    if isinstance(value, ProposedStatement):
        return text, replace(value, id="", within=None, confidence=0.0)
    if isinstance(value, ProposedPledge):
        return text, replace(value, id="", statement=None, confidence=0.0)
    return text, replace(value, id="", statement=None)


def review_items(
    case: Case, documents: Sequence[str] = (), sorts: Sequence[Sort] = SORTS
) -> tuple[Item, ...]:
    """The proposals of the newest reading of each document, statements with what they carry.

    Raises CaseError where a document that is named was never read.
    """
    return tuple(
        item
        for stored in chosen_readings(case, documents)
        for item in items_of(stored)
        if item.sort in sorts
    )


def items_of(stored: StoredReading) -> Iterator[Item]:
    """The proposals of one reading: each statement, its pledges and figures, then the writer's."""
    reading = stored.reading
    known = {one.id for one in reading.statements}
    carried: list[ProposedPledge | Figure] = [*reading.pledges, *reading.figures]
    for statement in reading.statements:
        yield Item(stored=stored, value=statement)
        for one in carried:
            if one.statement == statement.id:
                yield Item(stored=stored, value=one)
    for one in carried:
        if one.statement not in known:
            yield Item(stored=stored, value=one)


def judgements(case: Case) -> tuple[Judgement, ...]:
    """Every decision of the case that was not taken back, in order."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries("judgement")
    gone = {one.payload["takes_back"] for one in entries if one.payload["decision"] == UNDO}
    return tuple(
        _judgement(one)
        for one in entries
        if one.payload["decision"] != UNDO and one.hash not in gone
    )


def decide(
    case: Case,
    decided: Sequence[tuple[Item, Decision, Proposal]],
    *,
    who: str,
    blind: bool = False,
) -> tuple[Judgement, ...]:
    """The decisions, once they all stand in the ledger; each with the value that was decided on.

    The value is the proposal itself, or what it was mended to.
    """
    texts: dict[str, str] = {}
    drafts = []
    for item, decision, value in decided:
        if item.stored.id not in texts:
            texts[item.stored.id] = reading_text(case, item.stored)
        payload = _payload(item, decision, value, texts[item.stored.id])
        drafts.append(Draft(kind="judgement", payload={**payload, "blind": blind}))
    if not drafts:
        return ()
    with Ledger.open(case.folder / LEDGER) as ledger:
        return tuple(map(_judgement, ledger.append_all(drafts, who=who, at=now())))


def take_back(case: Case, judgement: Judgement, *, who: str) -> None:
    """Enters that a decision is taken back; the decision itself stays where it stands."""
    payload = {
        "decision": UNDO,
        "takes_back": judgement.entry,
        "reading": judgement.reading,
        "document": judgement.document,
        "proposal": judgement.value.id,
        "sort": sort_of(judgement.value),
    }
    with Ledger.open(case.folder / LEDGER) as ledger:
        ledger.append("judgement", payload, who=who, at=now())


def by_key(found: Iterable[Judgement]) -> dict[Key, list[Judgement]]:
    """The decisions on each proposal, in order."""
    grouped: dict[Key, list[Judgement]] = {}
    for one in found:
        grouped.setdefault(one.key, []).append(one)
    return grouped


def own(found: Sequence[Judgement], who: str) -> Judgement | None:
    """The last decision of one person; None where there is none."""
    return next((one for one in reversed(found) if one.who == who), None)


def settled(found: Sequence[Judgement]) -> Judgement | None:
    """Of the decisions on one proposal, the one that holds; None where that is open.

    The last that was taken with others' in sight holds. Where all were taken blind, each coder's
    last one counts, and they hold if they are alike.
    """
    seen = [one for one in found if not one.blind]
    if seen:
        return seen[-1]
    last = {one.who: one for one in found}
    alike = {(one.decision == "reject" or one.value) for one in last.values()}
    return found[-1] if len(alike) == 1 else None


def decided_by(found: Sequence[Judgement], who: str, *, blind: bool) -> Judgement | None:
    """What counts as decided for one reviewer: their own word where blind, else what holds."""
    return own(found, who) if blind else settled(found)


def accepted(case: Case) -> Accepted:
    """The statements, pledges and figures that stand accepted, or mended, in this case."""
    found = by_key(judgements(case))
    readings = {one.id: one for one in stored_readings(case)} if found else {}
    kept = []
    for stands in map(settled, found.values()):
        if stands is not None and stands.decision != "reject":
            stored = readings[stands.reading]
            kept.append(Kept(stored=stored, value=cast(Any, stands.value), judgement=stands))
    order = {name: place for place, name in enumerate(readings)}
    kept.sort(key=lambda one: (order[one.stored.id], spans_of(one.value)[:1], one.value.id))
    of: dict[Sort, Any] = {
        sort: tuple(one for one in kept if isinstance(one.value, kind))
        for sort, kind in KINDS_OF.items()
    }
    return Accepted(statements=of["statement"], pledges=of["pledge"], figures=of["figure"])


def spans_of(value: Proposal) -> tuple[tuple[str, Span], ...]:
    """Where a proposal's words stand, each with what it is, in the order of the text."""
    if isinstance(value, ProposedStatement):
        parts = {"source": value.source, "cue": value.cue, "content": value.content}
        found = [(name, span) for name, spans in parts.items() for span in spans]
    elif isinstance(value, ProposedPledge):
        found = [(term.slot, term.span) for term in value.terms]
    else:
        found = [("figure", value.span)]
    return tuple(sorted(found, key=lambda one: (one[1].start, -one[1].end)))


def _payload(item: Item, decision: Decision, value: Proposal, text: str) -> dict[str, Any]:
    proposed, mended = as_json(item.value), as_json(value)
    return {
        "decision": decision,
        "reading": item.stored.id,
        "document": item.stored.document.id,
        "text": item.stored.reading.text,
        "proposal": item.value.id,
        "sort": item.sort,
        "proposed": proposed,
        "mended": mended if decision == "mend" else None,
        "changed": sorted(name for name in proposed if proposed[name] != mended[name]),
        "spans": [
            {"part": part, "start": span.start, "end": span.end, "quote": span.of(text)}
            for part, span in spans_of(value)
        ],
    }


def _judgement(entry: Entry) -> Judgement:
    payload = entry.payload
    kind = KINDS_OF[cast(Sort, payload["sort"])]
    proposed: Proposal = from_json(kind, payload["proposed"])
    mended = payload["mended"]
    return Judgement(
        entry=entry.hash,
        number=entry.number,
        reading=payload["reading"],
        document=payload["document"],
        key=key_of(payload["text"], proposed),
        decision=payload["decision"],
        value=proposed if mended is None else from_json(kind, mended),
        changed=tuple(payload["changed"]),
        who=entry.who,
        at=entry.at,
        blind=payload["blind"],
    )

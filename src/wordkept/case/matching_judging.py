"""What people said of pairs of rows: entries of the ledger, taken back by further ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wordkept.case.case import LEDGER, Case, now
from wordkept.case.matching_groups import contradictions
from wordkept.errors import InputError, Problem
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import FoundPair, Pair, PairJudgement, Relation

UNDO = "undo"
"""What an entry says that takes back an earlier one: nothing is deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is to be entered of one pair."""

    pair: Pair
    relation: Relation
    reason: str = ""


def pair_judgements(case: Case) -> tuple[PairJudgement, ...]:
    """Every judgement that was not taken back, in order; of one pair the last holds."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        return of_entries(ledger.entries("pair"))


def of_entries(entries: Iterable[Entry]) -> tuple[PairJudgement, ...]:
    """The judgements of some entries that were not taken back, in order."""
    told = [entry for entry in entries if entry.kind == "pair"]
    gone = {one.payload["takes_back"] for one in told if one.payload["relation"] == UNDO}
    return tuple(
        _judgement(one) for one in told if one.payload["relation"] != UNDO and one.hash not in gone
    )


def standing_judgements(found: Iterable[PairJudgement]) -> tuple[PairJudgement, ...]:
    """Of each pair the judgement that holds: the last."""
    return tuple({one.pair: one for one in found}.values())


def judge_pairs(
    case: Case,
    said: Sequence[Said],
    *,
    who: str,
    found: Mapping[Pair, FoundPair],
    undone: Sequence[PairJudgement] = (),
) -> tuple[PairJudgement, ...]:
    """The judgements, once they all stand in the ledger; with what the last run gave each pair.

    Those `undone` are taken back before. What this person said last of a pair is not entered
    again. Raises InputError where rows would be one event and distinct at once; then nothing is.
    """
    with Ledger.open(case.folder / LEDGER) as ledger:
        gone = {one.entry for one in undone}
        before = [one for one in of_entries(ledger.entries("pair")) if one.entry not in gone]
        last = {one.pair: one for one in before}
        new = [one for one in said if not _stands(last.get(one.pair), one, who)]
        _check(before, new)
        told = [_payload(one, found.get(one.pair)) for one in new]
        drafts = [Draft(kind="pair", payload=one) for one in (*map(_undo, undone), *told)]
        if not drafts:
            return ()
        entries = ledger.append_all(drafts, who=who, at=now())
    return tuple(map(_judgement, entries[len(undone) :]))


def take_back_pair(case: Case, judgement: PairJudgement, *, who: str) -> None:
    """Enters that a judgement is taken back; the judgement itself stays where it stands."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        ledger.append("pair", _undo(judgement), who=who, at=now())


def _undo(judgement: PairJudgement) -> dict[str, Any]:
    return {"relation": UNDO, "takes_back": judgement.entry, "pair": as_json(judgement.pair)}


def _stands(last: PairJudgement | None, said: Said, who: str) -> bool:
    return last is not None and (last.relation, last.reason, last.who) == (
        said.relation, said.reason, who,
    )  # fmt: skip


def _check(before: Sequence[PairJudgement], new: Sequence[Said]) -> None:
    told = [
        PairJudgement(entry="", number=0, pair=one.pair, relation=one.relation,
                      reason=one.reason, probability=None, who="", at="")
        for one in new
    ]  # fmt: skip
    known = set(contradictions(standing_judgements(before)))
    wrong = [one for one in contradictions(standing_judgements((*before, *told)))
             if one not in known]  # fmt: skip
    if wrong:
        raise InputError(*(
            Problem(
                what=f"{named(pair)} would be one event, and two of their rows are judged distinct",
                where="the judgements of this case",
                remedy="take one of them back (undo), or judge this pair unsure",
            )
            for pair in wrong
        ))  # fmt: skip


def named(pair: Pair) -> str:
    """The two rows by dataset and native id.

    >>> from wordkept.model import EventKey
    >>> named(Pair.of(EventKey(dataset="a", native_id="1"), EventKey(dataset="b", native_id="2")))
    'a 1 and b 2'
    """
    return (
        f"{pair.one.dataset} {pair.one.native_id} and {pair.other.dataset} {pair.other.native_id}"
    )


def _payload(said: Said, found: FoundPair | None) -> dict[str, Any]:
    return {
        "pair": as_json(said.pair),
        "relation": said.relation,
        "reason": said.reason,
        "probability": found.probability if found else None,
        "score": found.score if found else None,
    }


def _judgement(entry: Entry) -> PairJudgement:
    payload = entry.payload
    return PairJudgement(
        entry=entry.hash,
        number=entry.number,
        pair=from_json(Pair, payload["pair"]),
        relation=payload["relation"],
        reason=payload["reason"],
        probability=payload["probability"],
        who=entry.who,
        at=entry.at,
    )

"""Judgements of pairs from a file, and the last one taken back."""

from dataclasses import dataclass
from datetime import date

from wordkept.case.case import LEDGER, Case
from wordkept.case.matching_file import read_pair_judgements
from wordkept.case.matching_judging import (
    judge_pairs,
    named,
    pair_judgements,
    standing_judgements,
    take_back_pair,
)
from wordkept.case.matching_rows import compared_rows, matchable
from wordkept.case.matching_store import stored_matches
from wordkept.errors import InputError, Problem
from wordkept.ledger.journal import Ledger
from wordkept.model import FoundPair, Pair, PairJudgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of a file of judgements."""

    new: tuple[PairJudgement, ...]
    stood: int
    """Judgements that stood already."""
    taken_back: int


def found_pairs(case: Case) -> dict[Pair, FoundPair]:
    """Every pair that the runs of the case found last."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries("match")
    return {one.pair: one for stored in stored_matches(case, entries) for one in stored.pairs}


def enter_judgements(case: Case, content: bytes, *, name: str, who: str) -> Entered:
    """The judgements of a file, entered all or none; raises InputError with all that is wrong."""
    record = case.record(date.max, row_by_row=True, here=True)
    held = {
        dataset: frozenset(compared_rows(record.table(dataset)).native_ids)
        for dataset, release in record.releases.items()
        if not matchable(release.layout, record.table(dataset))
    }
    said, undone = read_pair_judgements(content, held, name=name)
    standing = {one.pair: one for one in standing_judgements(pair_judgements(case))}
    nothing = [pair for pair in undone if pair not in standing]
    if nothing:
        raise InputError(*(_no_judgement(pair, name) for pair in nothing))
    gone = [standing[pair] for pair in undone]
    new = judge_pairs(case, said, who=who, found=found_pairs(case), undone=gone)
    return Entered(new=new, stood=len(said) - len(new), taken_back=len(undone))


def undo_last(case: Case, *, who: str) -> PairJudgement:
    """The judgement that was taken back: the last of this person's that stood."""
    own = [one for one in pair_judgements(case) if one.who == who]
    if not own:
        what = f"there is no judgement of {who} to take back"
        remedy = "give the name under which it was made: --who NAME"
        raise InputError(Problem(what=what, where=str(case.folder / LEDGER), remedy=remedy))
    take_back_pair(case, own[-1], who=who)
    return own[-1]


def _no_judgement(pair: Pair, name: str) -> Problem:
    what = f"nothing was judged of {named(pair)} that could be taken back"
    return Problem(what=what, where=name, remedy="leave the line out")

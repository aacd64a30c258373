"""How far two coders of a case agree, over the proposals that both decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from wordkept.case.case import Case
from wordkept.case.reviewing import SORTS, Judgement, Sort, by_key, judgements, sort_of
from wordkept.errors import CaseError, InputError, Problem, did_you_mean
from wordkept.reading.agreement import Agreement, agreement_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderAgreement:
    """The agreement of two coders, over all proposals and by sort."""

    one: str
    other: str
    overall: Agreement
    by_sort: tuple[tuple[Sort, Agreement], ...]
    only_one: int
    """Proposals that the one decided and the other did not."""
    only_other: int
    in_sight: int
    """Of those that both decided, how many the later could decide with the other's in sight."""


def coder_agreement(case: Case, one: str, other: str) -> CoderAgreement:
    """How far two coders agree; of each, the last word given blind counts, or else the last.

    Raises CaseError where either decided nothing, InputError where both are the same.
    """
    found = judgements(case)
    _check(found, one, other)
    grouped = by_key(found).values()
    words = [(_word(group, one), _word(group, other)) for group in grouped]
    both = [(a, b) for a, b in words if a is not None and b is not None]
    return CoderAgreement(
        one=one,
        other=other,
        overall=agreement_of([(a.decision, b.decision) for a, b in both]),
        by_sort=tuple(
            (sort, agreement_of([(a.decision, b.decision) for a, b in both
                                 if sort_of(a.value) == sort]))
            for sort in SORTS
        ),
        only_one=sum(a is not None and b is None for a, b in words),
        only_other=sum(a is None and b is not None for a, b in words),
        in_sight=sum(not max(a, b, key=lambda word: word.number).blind for a, b in both),
    )  # fmt: skip


def _word(group: Sequence[Judgement], who: str) -> Judgement | None:
    given = [one for one in group if one.who == who]
    blind = [one for one in given if one.blind]
    return next(reversed(blind or given), None)


def _check(found: Sequence[Judgement], one: str, other: str) -> None:
    if one == other:
        what, remedy = "the two coders are one and the same", "name two who decided each alone"
        raise InputError(Problem(what=what, where=one, remedy=remedy))
    known = sorted({judgement.who for judgement in found})
    none = "nobody has decided anything yet: wordkept review --blind --who NAME"
    otherwise = f"who did: {', '.join(known)}" if known else none
    problems = [
        Problem(
            what=f'"{name}" has decided nothing in this case',
            where="the ledger",
            remedy=did_you_mean(name, known, otherwise=otherwise),
        )
        for name in (one, other)
        if name not in known
    ]
    if problems:
        raise CaseError(*problems)

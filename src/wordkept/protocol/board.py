"""Many pledges together: what so many tests find by luck, who was asked the same, who said what."""

from collections.abc import Sequence
from dataclasses import fields, replace

from wordkept.model import WORDS, Adjusted, Assessment, Board, History, Plan, Selection, Symmetry
from wordkept.prose import listed

RESTS_ON_P = ("kept", "partly kept")
"""The words that say that a change is more than luck, and so weaken with every test beside."""
PARTY_KEYS = ("label", "dataset", "actors", "against", "areas", "around", "targets")
"""What of a selection may differ between two parties: who, where, and in which record."""
PLAN_KEYS = tuple(
    field.name
    for field in fields(Plan)
    if field.name not in {"primary", "others", "controls", "threshold_reason", "record_known",
                          "effort", "allowed", "tally", "misclassified_reason"}
)  # fmt: skip
"""What of a plan must be the same for two pledges to have been asked the same."""


def adjusted(ps: Sequence[float]) -> tuple[float, ...]:
    """The p-values adjusted so that at most their share of findings is false, in their order.

    Benjamini & Hochberg 1995: the smallest level at which each would be found among them all.

    >>> adjusted([0.01, 0.04, 0.03])
    (0.03, 0.04, 0.04)
    """
    order = sorted(range(len(ps)), key=lambda place: -ps[place])
    smallest, found = 1.0, [1.0] * len(ps)
    for fewer, place in enumerate(order):
        smallest = min(smallest, ps[place] * len(ps) / (len(ps) - fewer))
        found[place] = round(smallest, 12)
    return tuple(found)


def discoveries(e_values: Sequence[float], alpha: float = 0.05) -> tuple[bool, ...]:
    """Which e-values stand among them all, so that at most a share `alpha` of those is false.

    The e-BH of Wang & Ramdas 2022, whatever depends on what: with the e-values sorted from the
    largest, as many stand as the largest k of which the k-th is at least K / (alpha k).

    >>> discoveries([50.0, 30.0, 3.0]), discoveries([50.0, 25.0, 3.0])
    ((True, True, False), (False, False, False))
    """
    order = sorted(e_values, reverse=True)
    needed = (len(order) / (alpha * k) for k in range(1, len(order) + 1))
    standing = [e for e, least in zip(order, needed, strict=True) if e >= least]
    return tuple(bool(standing) and e >= standing[-1] for e in e_values)


def board_of(assessments: tuple[Assessment, ...]) -> Board:
    """The board of a case: p-values adjusted for their number, symmetry, and histories."""
    return Board(
        adjusted=_adjusted(assessments),
        symmetries=tuple(_symmetry(one, assessments) for one in assessments),
        histories=_histories(assessments),
    )


def _adjusted(assessments: tuple[Assessment, ...]) -> tuple[Adjusted, ...]:
    tested = [one.p for one in assessments if one.p is not None]
    by_order = iter(adjusted(tested))
    found: list[Adjusted] = []
    for one in assessments:
        q = next(by_order) if one.p is not None else None
        plan = one.pledge.plan
        rests = one.verdict.word in RESTS_ON_P and q is not None and plan is not None
        found.append(
            Adjusted(
                pledge=one.pledge.id,
                word=one.verdict.word,
                p=one.p,
                q=q,
                stands=q <= plan.alpha if rests and q is not None and plan is not None else None,
            )
        )
    return tuple(found)


def _symmetry(one: Assessment, assessments: tuple[Assessment, ...]) -> Symmetry:
    """Whether the other party was asked the same, in a sentence."""
    pledge = one.pledge
    by_id = {other.pledge.id: other for other in assessments}
    other = by_id.get(pledge.counterpart or "")
    if pledge.plan is None or other is None or other.pledge.plan is None:
        sentence = "No other party's comparable pledge was tested under the same plan."
        return Symmetry(pledge=pledge.id, counterpart=None, same_plan=None, differs=(),
                        sentence=sentence)  # fmt: skip
    differs = _differing(pledge.plan, other.pledge.plan)
    named = f"{other.pledge.title} ({other.pledge.actor})"
    if differs:
        sentence = f"{named} was not asked the same: its plan differs in {listed(differs)}."
    else:
        sentence = f"The same plan was run on {named}: {other.verdict.word}."
    return Symmetry(pledge=pledge.id, counterpart=other.pledge.id, same_plan=not differs,
                    differs=differs, sentence=sentence)  # fmt: skip


def _differing(one: Plan, other: Plan) -> tuple[str, ...]:
    keys = [key for key in PLAN_KEYS if getattr(one, key) != getattr(other, key)]
    if _without_party(one.primary) != _without_party(other.primary):
        keys.append("primary")
    return tuple(keys)


def _without_party(selection: Selection) -> Selection:
    plain = Selection(dataset="")
    return replace(selection, **{key: getattr(plain, key) for key in PARTY_KEYS})


def _histories(assessments: tuple[Assessment, ...]) -> tuple[History, ...]:
    """For each actor, in the order of first declaration, its pledges by verdict."""
    actors = dict.fromkeys(one.pledge.actor for one in assessments)
    return tuple(
        History(
            actor=actor,
            verdicts=tuple(
                (word, pledges)
                for word in WORDS
                if (pledges := tuple(one.pledge.id for one in assessments
                                     if one.pledge.actor == actor and one.verdict.word == word))
            ),
        )
        for actor in actors
    )  # fmt: skip

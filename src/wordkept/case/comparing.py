"""Two releases of a dataset held against each other, and what that does to each verdict."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wordkept import __version__
from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.case.masking import blotted
from wordkept.case.record import Record
from wordkept.case.standing import all_known
from wordkept.case.turns import in_turn
from wordkept.dossier.gate import count as gated
from wordkept.dossier.gate import rule_of
from wordkept.errors import CaseError, Problem, did_you_mean
from wordkept.events import engine
from wordkept.events.difference import (
    Changes,
    Difference,
    Pair,
    counted_changes,
    difference,
    paired,
)
from wordkept.events.releases import open_release
from wordkept.ids import short
from wordkept.ledger.entries import Draft
from wordkept.ledger.journal import Ledger
from wordkept.model import Plan, Pledge, PublicationRule, Release
from wordkept.pledges.holdings import check_record
from wordkept.pledges.testability import testability
from wordkept.prose import day
from wordkept.protocol.kinds import asked_days

HASH = re.compile(r"[0-9a-f]{4,64}")
ORDER = re.compile(r"\d{1,3}")
PAIR = 2
NONE = Changes(added=0, changed=0, deleted=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the later of two releases did to one verdict."""

    pledge: str
    title: str
    plan: str
    was: str
    """The verdict's word by the earlier release."""
    now: str
    changes: Changes
    """Among the rows that the plan counts, on the days that it compares."""
    sentence: str

    @property
    def flipped(self) -> bool:
        """Whether the verdict is another."""
        return self.was != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two releases, what differs between them, and what that does to each verdict."""

    before: Release
    after: Release
    numbers: tuple[int, int]
    """Which releases of the dataset they are, the first known being 1."""
    of: int
    """How many there are."""
    rule: PublicationRule
    difference: Difference
    effects: tuple[Effect, ...]
    new_flips: int
    """How many of the flips were entered in the ledger now."""


def compare(case: Case, dataset: str, named: Sequence[str] = ()) -> Comparison:
    """Two releases of a dataset held against each other; those left unnamed are the last two.

    A release is named by its place in the order in which they became known (1, 2, ...), by the day
    from which it was known, or by how its hash begins. Each verdict that flips is entered in the
    ledger, once, with its cause. Raises CaseError where a name fits no release, or several.
    """
    known = _releases(case, dataset)
    before, after = _chosen(known, dataset, named)
    connection = engine.connect()
    folder = case.folder / "events"
    try:
        was, now = (open_release(one, folder, connection) for one in (before, after))
        pair = paired(was, now, connection)
        found = difference(pair)
        rule = rule_of(dataset, _ruled(case, (before, after)))
        effects = veiled_effects(case, _effects(case, pair, (before, after), known, rule))
    finally:
        connection.disconnect()
    return Comparison(
        before=before,
        after=after,
        numbers=(known.index(before) + 1, known.index(after) + 1),
        of=len(known),
        rule=rule,
        difference=found if rule.allows == "rows" else _without_rows(found),
        effects=effects,
        new_flips=_enter(case, dataset, (before, after), effects),
    )


def veiled_effects(case: Case, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The effects with the masks of the case on the titles of their pledges."""
    blot = blotted(case)
    return tuple(replace(one, title=blot(one.title)) for one in effects)


def _without_rows(found: Difference) -> Difference:
    return replace(found, added=(), deleted=(), changed=())


def _ruled(case: Case, releases: Sequence[Release]) -> tuple[Release, ...]:
    """The releases under the case's own publication rules."""
    rule = case.settings.rule
    return tuple(replace(one, publication=rule(one.dataset, one.publication)) for one in releases)


def _releases(case: Case, dataset: str) -> tuple[Release, ...]:
    """The releases of a dataset in the order in which they became known; there are at least two."""
    known = all_known(case.releases(), date.max)
    where = str(case.folder)
    if dataset not in known:
        otherwise = f"datasets of this case: {', '.join(known) or 'none yet'}"
        remedy = did_you_mean(dataset, known, otherwise=otherwise)
        what = f'no release of "{dataset}" was loaded'
        raise CaseError(Problem(what=what, where=where, remedy=remedy))
    if len(known[dataset]) < PAIR:
        what = f"there is one release of {dataset}, and so nothing to hold it against"
        remedy = f"load the next one: wordkept load {case.folder.name} FILE"
        raise CaseError(Problem(what=what, where=where, remedy=remedy))
    return known[dataset]


def _chosen(
    known: tuple[Release, ...], dataset: str, named: Sequence[str]
) -> tuple[Release, Release]:
    given = [_called(name, known, dataset) for name in named]
    if not given:
        return known[-2], known[-1]
    return given[0], given[1] if len(given) == PAIR else known[-1]


def _called(name: str, known: tuple[Release, ...], dataset: str) -> Release:
    """The release that a name fits, and no other does."""
    fits = [one for place, one in enumerate(known, start=1) if _fits(name, one, place)]
    if len(fits) == 1:
        return fits[0]
    what = f'no release of {dataset} is called "{name}"'
    if fits:
        what = f'"{name}" fits {len(fits)} releases of {dataset}'
    listed = ", ".join(
        f"{place} ({one.known_on}, {short(one.id)})" for place, one in enumerate(known, start=1)
    )
    raise CaseError(Problem(what=what, where=dataset, remedy=f"name one of these: {listed}"))


def _fits(name: str, release: Release, place: int) -> bool:
    if ORDER.fullmatch(name):
        return int(name) == place
    if HASH.fullmatch(name):
        return release.id.startswith(name)
    return name == release.known_on.isoformat()


def _effects(
    case: Case,
    pair: Pair,
    releases: tuple[Release, Release],
    known: tuple[Release, ...],
    rule: PublicationRule,
) -> tuple[Effect, ...]:
    """What became of each verdict whose plan reads the dataset."""
    dataset = releases[0].dataset
    files = case.pledges()
    declared = tuple(file.pledge for file in files)
    asked = [(one, one.plan) for one in declared if one.plan and dataset in _datasets(one.plan)]
    if not asked:
        return ()
    was, now = (_record(case, one, known, max(releases, key=_known_on)) for one in releases)
    check_record(files, now.known())
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries()
    effects = []
    for pledge, plan in sorted(asked, key=lambda one: (one[0].announced, one[0].id)):
        held = [case.hold(pledge, one, entries, declared=declared) for one in (was, now)]
        changes = _counted(pair, pledge, plan, now, dataset)
        words = (held[0].verdict.word, held[1].verdict.word)
        sentence = _sentence(words, changes, releases, rule)
        effects.append(
            Effect(pledge=pledge.id, title=pledge.title, plan=held[1].fixing.plan, was=words[0],
                   now=words[1], changes=changes, sentence=sentence)
        )  # fmt: skip
    return tuple(effects)


def _known_on(release: Release) -> date:
    return release.known_on


def _datasets(plan: Plan) -> frozenset[str]:
    """The datasets that a plan reads."""
    controls = tuple(one.selection for one in plan.controls)
    effort = (plan.effort,) if plan.effort else ()
    if plan.tally is not None:
        return frozenset()
    return frozenset(one.dataset for one in (plan.primary, *plan.others, *controls, *effort))


def _record(case: Case, release: Release, known: tuple[Release, ...], newest: Release) -> Record:
    """The record as a release left it; all other datasets as they stood with the newest."""
    stood = case.record(newest.known_on, here=True)
    held = _ruled(case, [release])[0]
    until = known[: known.index(release) + 1]
    return Record(
        folder=stood.folder,
        releases=stood.releases | {release.dataset: held},
        as_of=release.known_on,
        earlier=stood.earlier | {release.dataset: until},
    )


def _counted(pair: Pair, pledge: Pledge, plan: Plan, record: Record, dataset: str) -> Changes:
    """The changes among the rows that the plan counts, on the days from first to last compared."""
    if not testability(pledge, observed=record.observed()).testable:
        return NONE
    selections = [
        one
        for one in (plan.primary, *plan.others, *(each.selection for each in plan.controls))
        if one.dataset == dataset
    ]
    if not selections:
        return NONE
    days, _ = asked_days(pledge, plan)
    return counted_changes(pair, selections, days)


def _sentence(
    words: tuple[str, str],
    changes: Changes,
    releases: tuple[Release, Release],
    rule: PublicationRule,
) -> str:
    between = (
        f"between the release of {day(releases[0].known_on)} and that of "
        f"{day(releases[1].known_on)}"
    )
    lead = f"The verdict is {words[0]} by both"
    if words[0] != words[1]:
        lead = f"The verdict went from {words[0]} to {words[1]} {between}"
    if rule.allows == "nothing":
        return f"{lead}; which rows differ is withheld by the publisher's terms."
    if changes.none:
        why = "no row that the plan counts differs"
        return f"{lead}; {why}{'' if words[0] == words[1] else ': time did it, or a control'}."
    told = (
        f"{gated(changes.added, rule).text} added, {gated(changes.changed, rule).text} changed and "
        f"{gated(changes.deleted, rule).text} deleted"
    )
    return f"{lead}; of the rows that the plan counts, {told}."


def _enter(
    case: Case, dataset: str, releases: tuple[Release, Release], effects: Sequence[Effect]
) -> int:
    """Enters the flips that do not stand in the ledger yet; how many they were."""
    flips = [one for one in effects if one.flipped]
    if not flips:
        return 0
    with (
        writing(case.folder),
        in_turn(case.folder / "dossier"),
        Ledger.open(case.folder / LEDGER) as ledger,
    ):
        entered = [entry.payload for entry in ledger.entries("flip")]
        payloads = [_payload(one, dataset, releases) for one in flips]
        drafts = [Draft(kind="flip", payload=one) for one in payloads if one not in entered]
        if drafts:
            ledger.append_all(drafts, who=whoever(), at=now())
    return len(drafts)


def _payload(effect: Effect, dataset: str, releases: tuple[Release, Release]) -> Mapping[str, Any]:
    return {
        "pledge": effect.pledge,
        "plan": effect.plan,
        "dataset": dataset,
        "before": releases[0].id,
        "after": releases[1].id,
        "was": effect.was,
        "now": effect.now,
        "added": effect.changes.added,
        "changed": effect.changes.changed,
        "deleted": effect.changes.deleted,
        "sentence": effect.sentence,
        "version": __version__,
    }

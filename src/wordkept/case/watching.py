"""Watching a case: each pledge looked at again on each release, and what changed between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wordkept import __version__
from wordkept.case.alarms import alarms_between
from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.case.chronicle import last_day
from wordkept.case.looks import Seen, cut_back, seen
from wordkept.case.masking import veiled_alarms
from wordkept.case.matching import merging_of
from wordkept.case.matching_groups import Merging
from wordkept.case.record import Record
from wordkept.case.standing import standing
from wordkept.case.turns import in_turn
from wordkept.dossier.feed import atom, json_feed, newest_first
from wordkept.dossier.gate import rule_of
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import as_json, from_json, value_id
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import Alarm, Look, Plan, Pledge, Release
from wordkept.pledges.holdings import check_record
from wordkept.pledges.payload import plan_payload
from wordkept.pledges.testability import testability
from wordkept.protocol.board import discoveries
from wordkept.protocol.monitor import ALARM_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """Every look and alarm of a case, and which of them are new."""

    looks: tuple[Look, ...]
    """Under the plans as they stand now, by pledge, the earliest release first."""
    alarms: tuple[Alarm, ...]
    """All that were ever raised, the newest first."""
    reasons: Mapping[str, str]
    """By pledge: why its last look has no evidence by block, where it has none."""
    among: Mapping[str, bool]
    """By pledge with evidence by block: whether it is enough among all that are watched."""
    new_looks: int
    new_alarms: frozenset[str]
    """The ids of those that were raised now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A case that is being watched: its pledges, its releases, and what its ledger holds."""

    case: Case
    declared: tuple[Pledge, ...]
    releases: tuple[Release, ...]
    entries: tuple[Entry, ...]
    records: dict[Any, Record]
    merging: Merging

    @property
    def under(self) -> str:
        """What looks are made under: every plan, the rows merged in any, and this version."""
        plans = [value_id(plan_payload(pledge)) for pledge in self.declared]
        under: dict[str, Any] = {"plans": sorted(plans), "version": __version__}
        if self.merging.possible:
            under["merged"] = [self.merging.judged, self.merging.possible]
        return value_id(under)

    def record(self, release: Release) -> Record:
        """The case's record on the day from which a release was known."""
        if release.known_on not in self.records:
            self.records[release.known_on] = self.case.record(release.known_on)
        return self.records[release.known_on]

    def looked_at(self, plan: Plan) -> tuple[Release, ...]:
        """The releases that a plan is looked at on, in the order in which they became known.

        One for each day on which something became known, the primary record's where there is one;
        they begin where every dataset of the plan is known.
        """
        asked = {one.dataset for one in (plan.primary, *plan.others)}
        asked |= {one.selection.dataset for one in plan.controls}
        found = []
        for known_on in sorted({one.known_on for one in self.releases}):
            stood = standing(self.releases, known_on)
            new = [one for one in stood.values() if one.known_on == known_on]
            new = sorted((one for one in new if one.dataset in asked), key=lambda one: one.dataset)
            primary = [one for one in new if one.dataset == plan.primary.dataset]
            if new and asked <= stood.keys():
                found.append((primary or new)[0])
        return tuple(found)


def watch(case: Case) -> Watching:
    """Every pledge looked at on each release that was not looked at yet, and the alarms.

    Each look and each alarm is entered in the ledger, once; the feeds are written beside the
    dossier, and entered when they differ from those before. Nothing here reads the clock but the
    time of the entries.
    """
    with writing(case.folder), in_turn(case.folder / "dossier"):
        with Ledger.open(case.folder / LEDGER) as ledger:
            entries = ledger.entries()
            opened = _opened(case, entries)
            drafts = tuple(_new(opened))
            alarms = {one.id: one for one in _alarms((*entries, *drafts))}
            files = _write_feeds(case, veiled_alarms(case, alarms.values()), entries)
            fed = [entry for entry in entries if entry.kind == "feed"]
            if not fed or fed[-1].payload["files"] != files:
                drafts = (*drafts, Draft(kind="feed", payload={"files": files}))
            if drafts:
                entries = (*entries, *ledger.append_all(drafts, who=whoever(), at=now()))
        return _watching(replace(opened, entries=entries), alarms, drafts)


def _opened(case: Case, entries: tuple[Entry, ...]) -> Watch:
    declared = sorted(
        (file.pledge for file in case.pledges()), key=lambda one: (one.announced, one.id)
    )
    return Watch(case=case, declared=tuple(declared), releases=case.releases(), entries=entries,
                 records={}, merging=merging_of(case))  # fmt: skip


def _new(opened: Watch) -> Iterable[Draft]:
    """What is to be entered: looks that were not taken yet, each followed by its alarms."""
    if not opened.releases:
        return
    newest = opened.record(max(opened.releases, key=lambda one: (one.known_on, one.loaded_at)))
    check_record(opened.case.pledges(), newest.known())
    raised = {one.id for one in _alarms(opened.entries)}
    known = _known(opened)
    for pledge in opened.declared:
        plan = pledge.plan
        if plan is None or not testability(pledge, observed=newest.observed()).testable:
            continue
        earlier, earlier_is_new = None, True
        for release in opened.looked_at(plan):
            look = known.get((pledge.id, release.id))
            is_new = look is None
            if look is None:
                look = _look(opened, pledge, plan, release)
                yield Draft(kind="look", payload={"under": opened.under, "seen": as_json(look)})
            before = earlier or (replace(look, state="as before"), release)
            if is_new or earlier_is_new:
                for alarm in _compared(opened, pledge, plan, (*before, look, release)):
                    if alarm.id not in raised:
                        raised.add(alarm.id)
                        yield Draft(kind="alarm", payload={"alarm": as_json(alarm)})
            earlier, earlier_is_new = (look, release), is_new


def _look(opened: Watch, pledge: Pledge, plan: Plan, release: Release) -> Seen:
    record = opened.record(release)
    found = opened.case.hold(pledge, record, opened.entries, declared=opened.declared)
    return seen(found, plan, release, record)


def _compared(
    opened: Watch, pledge: Pledge, plan: Plan, pair: tuple[Seen, Release, Seen, Release]
) -> tuple[Alarm, ...]:
    """The alarms of one look over the one before; the record is cut back only where one differs.

    Before the first look nothing is known to have changed: a change that it already sees is new.
    """
    before, older, after, newer = pair
    if (before.look.word, before.state) == (after.look.word, after.state):
        return ()
    cut = before
    if newer != older:
        record = cut_back(opened.record(newer), opened.record(older))
        found = opened.case.hold(pledge, record, opened.entries, declared=opened.declared)
        cut = seen(found, plan, newer, record)
    stood = (*opened.record(older).releases.values(), *opened.record(newer).releases.values())
    return alarms_between(before, cut, after, pledge, rule_of(plan.primary.dataset, stood))


def _among(looks: Iterable[Look]) -> dict[str, bool]:
    """Which of the last looks have evidence that stands, so many being watched at once."""
    found = {one.pledge: one.e_value for one in looks if one.e_value is not None}
    return dict(zip(found, discoveries(tuple(found.values()), 1 / ALARM_AT), strict=True))


def _known(opened: Watch) -> dict[tuple[str, str], Seen]:
    """The looks that stand in the ledger under the same pledges, by pledge and release."""
    taken = [
        from_json(Seen, entry.payload["seen"])
        for entry in opened.entries
        if entry.kind == "look" and entry.payload["under"] == opened.under
    ]
    return {(one.look.pledge, one.look.release): one for one in taken}


def _alarms(entries: Sequence[Entry | Draft]) -> Iterable[Alarm]:
    return (from_json(Alarm, entry.payload["alarm"]) for entry in entries if entry.kind == "alarm")


def _write_feeds(
    case: Case, alarms: tuple[Alarm, ...], entries: tuple[Entry, ...]
) -> dict[str, str]:
    """The two feeds, each put in its place whole; path in the case to SHA-256."""
    name = case.settings.name
    made = {
        "alarms.atom": atom(alarms, case=name, otherwise=last_day(entries)),
        "alarms.json": json_feed(alarms, case=name),
    }
    files = {}
    for file, text in made.items():
        content = text.encode("utf-8")
        part = case.folder / "dossier" / f".{file}.part"
        part.write_bytes(content)
        part.replace(case.folder / "dossier" / file)
        files[f"dossier/{file}"] = bytes_id(content)
    return files


def _watching(opened: Watch, alarms: dict[str, Alarm], drafts: Sequence[Draft]) -> Watching:
    taken = sorted(
        _known(opened).values(),
        key=lambda one: (one.look.pledge, one.look.known_on, one.look.release),
    )
    last = {one.look.pledge: one for one in taken}
    return Watching(
        looks=tuple(one.look for one in taken),
        alarms=tuple(newest_first(veiled_alarms(opened.case, alarms.values()))),
        reasons={name: one.reason for name, one in last.items() if one.reason},
        among=_among(one.look for one in last.values()),
        new_looks=sum(draft.kind == "look" for draft in drafts),
        new_alarms=frozenset(one.id for one in _alarms(drafts)),
    )

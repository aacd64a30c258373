"""The releases that stand as evidence: the audited series that a plan asks of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from wordkept.case.apart import LARGE_ROWS, Apart
from wordkept.case.inputs import audit_key
from wordkept.case.matching_groups import Merging
from wordkept.events import (
    audit,
    contents,
    coordinates,
    duplicates,
    engine,
    footprint,
    parties,
    releases,
    rows,
    series,
    sorting,
    surroundings,
    triangle,
    variants,
)
from wordkept.events.auditing import asked as audited
from wordkept.model import (
    RATES,
    Companion,
    DailySeries,
    Estimate,
    Event,
    Finding,
    Irregularity,
    Parts,
    Plan,
    Pledge,
    Release,
    Selection,
    Triangle,
    Variant,
)
from wordkept.period import Period
from wordkept.pledges.holdings import Holdings, Known
from wordkept.protocol.completeness import as_compared, completeness
from wordkept.protocol.evidence import Evidence
from wordkept.protocol.kinds import asked_days

TWO_RELEASES = 2
"""From so many on a delay can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The standing releases, opened; each is read and its names are listed once."""

    folder: Path
    releases: dict[str, Release]
    as_of: date
    earlier: dict[str, tuple[Release, ...]] = field(default_factory=dict)
    """Every release of a dataset that was known, the standing one last."""
    merging: Merging = field(default_factory=Merging)
    """Rows that are, or may be, one event."""
    connection: Any = field(default_factory=engine.connect)
    tables: dict[str, Any] = field(default_factory=dict)
    holdings: dict[str, Holdings] = field(default_factory=dict)
    placed: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    irregular: dict[str, tuple[Irregularity, ...]] = field(default_factory=dict)
    cuts: dict[Selection, tuple[DailySeries, ...]] = field(default_factory=dict)
    coverages: dict[str, series.Coverage | None] = field(default_factory=dict)
    triangles: dict[Selection, Triangle | None] = field(default_factory=dict)
    varied: dict[Selection, tuple[Variant, ...]] = field(default_factory=dict)
    accompanied: dict[Selection, tuple[Companion, ...]] = field(default_factory=dict)
    laid: dict[Selection, Any] = field(default_factory=dict)
    footprints: dict[Selection, footprint.Footprint | None] = field(default_factory=dict)
    apart: Apart = field(default_factory=Apart)
    filled: dict[tuple[str, tuple[str, ...]], audit.Filled] = field(default_factory=dict)
    everyone: dict[Selection, parties.Parties] = field(default_factory=dict)
    merged: dict[None, "Record"] = field(default_factory=dict)

    def table(self, dataset: str) -> Any:
        """The events of the dataset's standing release."""
        if dataset not in self.tables:
            opened = releases.open_release(self.releases[dataset], self.folder, self.connection)
            self.tables[dataset] = opened
        return self.tables[dataset]

    def events(self, selection: Selection) -> Any:
        """The events that a selection is counted in: rows that are one event stand for it once."""
        if selection not in self.laid:
            groups = self.merging.judged.get(selection.dataset, {})
            table = self.table(selection.dataset)
            self.laid[selection] = duplicates.merged(table, selection, groups)
        return self.laid[selection]

    def expect(self, pledges: Iterable[Pledge]) -> None:
        """Says ahead which pledges are counted, so that a large record is read once for many."""
        plans = [one.plan for one in pledges if one.plan and one.plan.tally is None]
        asked = [one for plan in plans for one in selections_of(plan) if one.actors]
        self.apart.expect(self._reaching(one) for one in asked
                          if self._is_large(one) and not self._is_merged(one))  # fmt: skip

    def reached(self, selection: Selection) -> Any:
        """The events that a question can turn on: of a large record (not on Spark) laid apart."""
        every = self.events(selection)
        if not selection.actors or not self._is_large(selection):
            return every
        return self.apart.rows(self.connection, every, self._reaching(selection))

    def _reaching(self, selection: Selection) -> Selection:
        """What of a selection decides which rows a question about it can turn on.

        Where rows were judged to be one event, which of them stands hangs on all of it.
        """
        if self._is_merged(selection):
            return selection
        return Selection(dataset=selection.dataset, actors=selection.actors, areas=selection.areas,
                         around=selection.around)  # fmt: skip

    def _is_large(self, selection: Selection) -> bool:
        release = self.releases.get(selection.dataset)
        large = release is not None and release.receipt.loaded >= LARGE_ROWS
        return large and self.connection.name == engine.EMBEDDED

    def _is_merged(self, selection: Selection) -> bool:
        return bool(self.merging.judged.get(selection.dataset))

    def coverage(self, dataset: str) -> series.Coverage | None:
        """The days that the dataset's standing release covers."""
        if dataset not in self.coverages:
            self.coverages[dataset] = series.coverage(self.table(dataset), until=self.as_of)
        return self.coverages[dataset]

    def known(self) -> Known:
        """What each standing release holds, by name."""
        return Known(datasets={name: self._holding(name) for name in self.releases})

    def observed(self) -> frozenset[str]:
        """The event types that any standing release holds."""
        return frozenset().union(*(self._holding(name).event_types for name in self.releases))

    def _holding(self, dataset: str) -> Holdings:
        if dataset not in self.holdings:
            self.holdings[dataset] = self._listed(dataset)
        return self.holdings[dataset]

    def _listed(self, dataset: str) -> Holdings:
        held = contents.contents(self.table(dataset))
        covered = self.coverage(dataset)
        attention = held.event_types == frozenset({"attention"})
        return Holdings(
            actors=held.actors,
            areas=held.areas,
            event_types=held.event_types,
            targets=held.targets,
            span=covered.days if covered else None,
            kind="attention" if attention else "events",
        )

    def evidence(self, pledge: Pledge, plan: Plan) -> Evidence:
        """The audited series that a plan asks for; none where it tests a published count.

        With what they are once rows are merged that may be one event, where any of them counts.
        """
        if plan.tally is not None:
            return Evidence(releases=(), findings=(), primary=(), controls={})
        found = self._counted(pledge, plan)
        if self.merging.possible == self.merging.judged:
            return found
        found = replace(
            found,
            findings=(
                *found.findings,
                *self.merging.not_looked_at(self.releases[plan.primary.dataset]),
            ),
        )
        merged = replace(self._all_merged().evidence(pledge, plan), findings=found.findings)
        return found if merged == found else replace(found, merged=merged)

    def _all_merged(self) -> "Record":
        """The same record with all rows merged that may be one event."""
        if None not in self.merged:
            self.merged[None] = replace(
                self, merging=replace(self.merging, judged=self.merging.possible), cuts={},
                triangles={}, varied={}, accompanied={}, laid={}, footprints={}, apart=Apart(),
                everyone={}, merged={},
            )  # fmt: skip
        return self.merged[None]

    def _counted(self, pledge: Pledge, plan: Plan) -> Evidence:
        findings, primary = self._asked(plan.primary, "primary", pledge, plan)
        findings = (*findings, *self._effort_findings(pledge, plan))
        others: list[tuple[DailySeries, ...]] = []
        for selection in plan.others:
            found, cut = self._asked(selection, "other", pledge, plan)
            findings = (*findings, *(_informational(one) for one in found))
            if not any(one.closes_gate for one in found) and cut:
                others.append(cut)
        counted = (plan.primary, *(one for one in plan.others if self._cut(one, "other") in others))
        return Evidence(
            releases=tuple(
                self.releases[name]
                for name in dict.fromkeys(one.dataset for one in selections_of(plan))
            ),
            findings=findings,
            primary=primary,
            others=tuple(others),
            parts=self._parts(pledge, plan),
            variants=tuple(one for selection in counted for one in self._variants(selection, plan)),
            companions=self._companions(plan),
            triangle=self._triangle(plan.primary) if plan.question in RATES else None,
            effort=self._control(plan.effort) if plan.effort else None,
            controls={
                place: self._control(control.selection)
                for place, control in enumerate(plan.controls)
            },
        )

    def _effort_findings(self, pledge: Pledge, plan: Plan) -> tuple[Finding, ...]:
        """What speaks against dividing by the plan's record of effort."""
        covered = self.coverage(plan.effort.dataset) if plan.effort else None
        if plan.effort is None or covered is None:
            return ()
        days, window = asked_days(pledge, plan)
        release = self.releases[plan.effort.dataset]
        asked = audit.Question(selection=plan.effort, days=days, window=window, release=release)
        return audit.effort_findings(self.table(plan.effort.dataset), asked, covered)

    def _parts(self, pledge: Pledge, plan: Plan) -> tuple[Parts, ...]:
        """Of `only`: the primary events of the window, sorted by whether they are allowed."""
        if plan.question != "only" or plan.allowed is None:
            return ()
        _, window = asked_days(pledge, plan)
        events = self.events(plan.primary)
        return sorting.sorted_parts(events, plan.primary, plan.allowed, window)

    def rows(self, estimate: Estimate, plan: Plan) -> tuple[Event, ...] | None:
        """The rows behind an estimate's two counts; None where the publisher allows no rows."""
        if self.releases[estimate.dataset].publication.allows != "rows":
            return None
        selection = next(
            one for one in (plan.primary, *plan.others) if one.dataset == estimate.dataset
        )
        events, bound = self.reached(selection), estimate.attribution
        return tuple(
            event
            for days in (estimate.baseline_period, estimate.window)
            for event in rows.rows_counted(events, selection, bound, days)
        )

    def _asked(
        self, selection: Selection, role: series.Role, pledge: Pledge, plan: Plan
    ) -> tuple[tuple[Finding, ...], tuple[DailySeries, ...]]:
        covered = self.coverage(selection.dataset)
        if covered is None:
            return (), ()
        cut = self._cut(selection, role)
        days, window = asked_days(pledge, self._as_compared(selection, cut, pledge, plan))
        question = audit.Question(
            selection=selection,
            days=days,
            window=window,
            release=self.releases[selection.dataset],
        )
        merged = self._is_merged(selection)
        rows = self.table(selection.dataset) if merged else self.reached(selection)
        findings = audit.audit(rows, question, covered, self._filled(selection))
        odd = audited.concerning(self._irregular(question), question)
        return (*findings, *odd, *self._placed(selection.dataset)), cut

    def _filled(self, selection: Selection) -> audit.Filled:
        key = selection.dataset, audit.fields_read(selection)
        if key not in self.filled:
            self.filled[key] = audit.filled_by_day(self.table(key[0]), key[1])
        return self.filled[key]

    def _irregular(self, question: audit.Question) -> tuple[Irregularity, ...]:
        """What is odd about a record itself, looked for once for all plans by the same fields."""
        fields = audited.asked_fields(question.selection)
        key = audit_key(question.release, fields)
        if key not in self.irregular:
            events = self.table(question.selection.dataset)
            self.irregular[key] = audited.irregularities(events, question, fields)
        return self.irregular[key]

    def _as_compared(
        self,
        selection: Selection,
        cut: tuple[DailySeries, ...],
        pledge: Pledge,
        plan: Plan,
    ) -> Plan:
        """The plan with the window that is on record by now, of a rate."""
        if plan.question not in RATES or not cut:
            return plan
        seen = self._triangle(selection) if selection == plan.primary else None
        on = self.releases[selection.dataset].known_on
        return as_compared(plan, completeness(seen, cut[-1], pledge, plan, release_known_on=on))

    def _triangle(self, selection: Selection) -> Triangle | None:
        """When the events of a selection entered the record, where there are releases to tell."""
        known = self.earlier.get(selection.dataset, ())
        covered = self.coverage(selection.dataset)
        if len(known) < TWO_RELEASES or covered is None:
            return None
        if selection not in self.triangles:
            groups = self.merging.judged.get(selection.dataset, {})
            opened = [
                (one.known_on, duplicates.merged(
                    releases.open_release(one, self.folder, self.connection), selection, groups
                ))
                for one in known
            ]  # fmt: skip
            self.triangles[selection] = triangle.reporting_triangle(opened, selection, covered.days)
        return self.triangles[selection]

    def _variants(self, selection: Selection, plan: Plan) -> tuple[Variant, ...]:
        """Every defensible way to count the selection; none where the plan is not of a rate."""
        covered = self.coverage(selection.dataset)
        if plan.question not in RATES or plan.effort or covered is None:
            return ()
        if selection not in self.varied:
            self.varied[selection] = variants.variants(
                self.reached(selection), selection, covered=covered.days,
                found=self._footprint(selection, covered.days),
            )  # fmt: skip
        if selection == plan.primary:
            return self.varied[selection]
        return tuple(replace(one, planned=False) for one in self.varied[selection])

    def _companions(self, plan: Plan) -> tuple[Companion, ...]:
        covered = self.coverage(plan.primary.dataset)
        if plan.question not in RATES or plan.effort or covered is None:
            return ()
        if plan.primary not in self.accompanied:
            every = self._everyone(plan.primary)
            whole = every is None and not _has_area(plan.primary)
            events = self.events(plan.primary) if whole else self.reached(plan.primary)
            self.accompanied[plan.primary] = surroundings.companions(
                events, plan.primary, covered=covered.days, every=every,
                found=self._footprint(plan.primary, covered.days),
            )  # fmt: skip
        return self.accompanied[plan.primary]

    def _footprint(self, selection: Selection, covered: Period) -> footprint.Footprint | None:
        if selection not in self.footprints:
            found = footprint.footprint(self.reached(selection), selection, covered=covered)
            self.footprints[selection] = found
        return self.footprints[selection]

    def _everyone(self, selection: Selection) -> parties.Parties | None:
        """What is laid to each party, once for all plans that differ in their parties alone."""
        events, covered = self.events(selection), self.coverage(selection.dataset)
        merged = self._is_merged(selection)
        if covered is None or merged or _has_area(selection) or self.reached(selection) is events:
            return None
        key = replace(selection, actors=(), label="")
        if key not in self.everyone:
            self.everyone[key] = parties.parties_by_day(events, key, covered.days)
        return self.everyone[key]

    def _placed(self, dataset: str) -> tuple[Finding, ...]:
        if dataset not in self.placed:
            self.placed[dataset] = coordinates.coordinate_findings(self.table(dataset), dataset)
        return self.placed[dataset]

    def _cut(self, selection: Selection, role: series.Role) -> tuple[DailySeries, ...]:
        """The series of a selection, cut once however many plans ask for it."""
        covered = self.coverage(selection.dataset)
        if covered is None:
            return ()
        if selection not in self.cuts:
            events = self.reached(selection)
            self.cuts[selection] = series.cut(events, selection, role=role, covered=covered.days)
        return tuple(replace(one, role=role) for one in self.cuts[selection])

    def _control(self, selection: Selection) -> DailySeries | None:
        """The control's series at the widest attribution: it is held against, not judged."""
        found = self._cut(selection, "control")
        return found[-1] if found else None


def selections_of(plan: Plan) -> tuple[Selection, ...]:
    """Everything that a plan counts, the primary first."""
    controls = (one.selection for one in plan.controls)
    return (plan.primary, *plan.others, *controls, *([plan.effort] if plan.effort else []))


def _has_area(selection: Selection) -> bool:
    return bool(selection.areas) or selection.around is not None


def _informational(finding: Finding) -> Finding:
    """A finding on another record: it keeps that record out, and closes no gate of this one."""
    if not finding.closes_gate:
        return finding
    sentence = f"{finding.sentence} This record is left out of the verdict."
    return replace(finding, closes_gate=False, sentence=sentence)

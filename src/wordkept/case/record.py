"""The releases of a case as evidence: which stand on a day, and the audited series of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from wordkept.errors import CaseError, Problem
from wordkept.events import audit, contents, coordinates, engine, releases, rows, series
from wordkept.model import DailySeries, Estimate, Event, Finding, Plan, Pledge, Release, Selection
from wordkept.pledges.holdings import Holdings, Known
from wordkept.protocol.assessing import Evidence
from wordkept.protocol.windows import compared_days, window_of


def standing(loaded: Sequence[Release], as_of: date) -> dict[str, Release]:
    """The newest release of each dataset that was known on a day, by dataset.

    Of two known from the same day the one loaded later stands.
    """
    known = sorted(
        (release for release in loaded if release.known_on <= as_of),
        key=lambda release: (release.known_on, release.loaded_at),
    )
    return {release.dataset: release for release in known}


def nothing_known(loaded: Sequence[Release], as_of: date) -> CaseError:
    """What to say where no release was known by the day that was asked for."""
    first = min((release.known_on for release in loaded), default=None)
    remedy = (
        f"ask for {first} or later; or load the release with --stated, the day its publisher gives"
        if first
        else "load a record first: wordkept load CASE FILE"
    )
    return CaseError(
        Problem(what=f"no release was known by {as_of}", where="--as-of", remedy=remedy)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The standing releases, opened; each is read and its names are listed once."""

    folder: Path
    releases: dict[str, Release]
    as_of: date
    connection: Any = field(default_factory=engine.connect)
    tables: dict[str, Any] = field(default_factory=dict)
    holdings: dict[str, Holdings] = field(default_factory=dict)
    placed: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    cuts: dict[Selection, tuple[DailySeries, ...]] = field(default_factory=dict)
    coverages: dict[str, series.Coverage | None] = field(default_factory=dict)

    def table(self, dataset: str) -> Any:
        """The events of the dataset's standing release."""
        if dataset not in self.tables:
            opened = releases.open_release(self.releases[dataset], self.folder, self.connection)
            self.tables[dataset] = opened
        return self.tables[dataset]

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
        """The audited series that a plan asks for."""
        findings, primary = self._asked(plan.primary, "primary", pledge, plan)
        others: list[tuple[DailySeries, ...]] = []
        for selection in plan.others:
            found, cut = self._asked(selection, "other", pledge, plan)
            findings = (*findings, *(_informational(one) for one in found))
            if not any(one.closes_gate for one in found) and cut:
                others.append(cut)
        datasets = (plan.primary, *plan.others, *(one.selection for one in plan.controls))
        return Evidence(
            releases=tuple(
                self.releases[name] for name in dict.fromkeys(one.dataset for one in datasets)
            ),
            findings=findings,
            primary=primary,
            others=tuple(others),
            controls={
                place: self._control(control.selection)
                for place, control in enumerate(plan.controls)
            },
        )

    def rows(self, estimate: Estimate, plan: Plan) -> tuple[Event, ...] | None:
        """The rows behind an estimate's two counts; None where the publisher allows no rows."""
        if self.releases[estimate.dataset].publication.allows != "rows":
            return None
        selection = next(
            one for one in (plan.primary, *plan.others) if one.dataset == estimate.dataset
        )
        events, bound = self.table(estimate.dataset), estimate.attribution
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
        question = audit.Question(
            selection=selection,
            days=compared_days(pledge, plan),
            window=window_of(pledge, plan),
            release=self.releases[selection.dataset],
        )
        findings = audit.audit(self.table(selection.dataset), question, covered)
        return (*findings, *self._placed(selection.dataset)), self._cut(selection, role)

    def _placed(self, dataset: str) -> tuple[Finding, ...]:
        if dataset not in self.placed:
            found = coordinates.coordinate_findings(self.table(dataset), dataset)
            self.placed[dataset] = found
        return self.placed[dataset]

    def _cut(self, selection: Selection, role: series.Role) -> tuple[DailySeries, ...]:
        """The series of a selection, cut once however many plans ask for it."""
        covered = self.coverage(selection.dataset)
        if covered is None:
            return ()
        if selection not in self.cuts:
            events = self.table(selection.dataset)
            self.cuts[selection] = series.cut(events, selection, role=role, covered=covered.days)
        return tuple(replace(one, role=role) for one in self.cuts[selection])

    def _control(self, selection: Selection) -> DailySeries | None:
        """The control's series at the widest attribution: it is held against, not judged."""
        found = self._cut(selection, "control")
        return found[-1] if found else None


def _informational(finding: Finding) -> Finding:
    """A finding on another record: it keeps that record out, and closes no gate of this one."""
    if not finding.closes_gate:
        return finding
    sentence = f"{finding.sentence} This record is left out of the verdict."
    return replace(finding, closes_gate=False, sentence=sentence)

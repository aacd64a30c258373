"""The rows behind each count of a page, as they may be listed: safe, gated, and bounded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wordkept import prose
from wordkept.dossier.count_shown import unlisted
from wordkept.dossier.evidence import ShownPart
from wordkept.dossier.gate import rule_of
from wordkept.dossier.quotes import linkable
from wordkept.dossier.report import CaseReport
from wordkept.dossier.rows_shown import safe_rows
from wordkept.dossier.shown import Level, Shown
from wordkept.model import Assessment, Attribution, Behind, Event, Part, Safety
from wordkept.period import Period

LISTED = 200
"""Rows under one count at most."""
PAGE_ROWS = 4_000
"""Rows on a page at most, shared out among its counts: so many are about a megabyte."""
FEWEST = 10
"""Rows under one count at least, however many counts share the page."""
LONGEST = 300
"""Characters of one field of a row; what is longer is cut, with an ellipsis."""
COUNT_AS = (
    "They count as {}: a row may stand for several events, and rows judged to be one event count "
    "once."
)
"""Why a count is not the number of its rows."""

Place = tuple[str, Attribution, Part, Period]
"""Which count: the dataset, the attribution, before or after, and the days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One row of the record, each field ready to be set apart from its neighbours."""

    days: Period
    places: tuple[str, ...]
    parties: tuple[str, ...]
    deaths: str
    native_id: str
    reference: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowList:
    """The rows behind one count, and in sentences what of them is listed and what is not."""

    key: str
    place: Place
    total: int
    rows: tuple[ListedRow, ...]
    said: tuple[str, ...]
    same_as: str = ""
    """The key of an earlier list that holds the same rows, which are not listed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """The lists of one dataset, or the one sentence that says by whose terms there are none."""

    key: str
    dataset: str
    title: str
    lists: tuple[RowList, ...]
    withheld: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidenced:
    """What stands behind the counts of one pledge, and where each count finds its own."""

    groups: tuple[RowGroup, ...] = ()
    keys: tuple[tuple[Place, str], ...] = ()
    """For each count the key of its list, or of the sentence that says why there is none."""

    def key(self, level: Level, part: Part) -> str:
        """Where the rows of a count of this level stand; empty where it has none of its own.

        A count that was raised for reports still to come has no rows: nobody has written them.
        """
        if level.inflated:
            return ""
        days = level.baseline if part == "before" else level.window
        return dict(self.keys).get((level.dataset, level.attribution, part, days), "")

    def key_of(self, dataset: str, one: ShownPart) -> str:
        """Where the rows of a part of a count stand; empty where it has none."""
        place = (dataset, one.attribution, one.part, one.days)
        return dict(self.keys).get(place, "") if one.rows else ""


def rows_behind(report: CaseReport, shown: Sequence[Shown]) -> Mapping[str, Evidenced]:
    """For each pledge the rows behind its counts; a list that stands already is not repeated."""
    found = {one.pledge.id: one for one in report.assessments}
    lists = sum(1 for one in report.behind if one.events is not None)
    listed = max(FEWEST, min(LISTED, PAGE_ROWS // max(lists, 1)))
    seen: dict[tuple[str, tuple[Event, ...], int], str] = {}
    made = {}
    for number, pledge in enumerate(shown, start=1):
        own = [one for one in report.behind if one.pledge == pledge.id]
        source = _Source(found[pledge.id], report, listed, f"rows-{number}")
        made[pledge.id] = _evidenced(own, source, seen)
    return made


@dataclass(frozen=True, slots=True)
class _Source:
    """What lists of one pledge are made with."""

    assessment: Assessment
    report: CaseReport
    listed: int
    key: str


def _evidenced(
    own: Sequence[Behind], source: _Source, seen: dict[tuple[str, tuple[Event, ...], int], str]
) -> Evidenced:
    groups, keys = [], []
    for at, dataset in enumerate(dict.fromkeys(one.dataset for one in own), start=1):
        among = [one for one in own if one.dataset == dataset]
        group = _group(f"{source.key}-{at}", among, source, seen)
        groups.append(group)
        if group.withheld:
            keys += [(_place(one), group.key) for one in among]
        keys += [(one.place, one.key) for one in group.lists]
    return Evidenced(groups=tuple(groups), keys=tuple(keys))


def _group(
    key: str,
    among: Sequence[Behind],
    source: _Source,
    seen: dict[tuple[str, tuple[Event, ...], int], str],
) -> RowGroup:
    dataset, releases = among[0].dataset, source.assessment.releases
    rule = rule_of(dataset, releases)
    title = next((one.title for one in releases if one.dataset == dataset), dataset)
    if rule.allows != "rows" or any(one.events is None for one in among):
        why = unlisted(dataset, source.assessment)
        return RowGroup(key=key, dataset=dataset, title=title, lists=(), withheld=why)
    lists = []
    for place, one in enumerate(among, start=1):
        if one.part == "shown" and not one.rows:
            continue
        made = _list(f"{key}-{place}", one, source)
        content = (dataset, one.events or (), made.total)
        if made.rows and content in seen:
            made = replace(made, rows=(), same_as=seen[content])
        seen.setdefault(content, made.key)
        lists.append(made)
    return RowGroup(key=key, dataset=dataset, title=title, lists=tuple(lists), withheld="")


def _place(one: Behind) -> Place:
    return one.dataset, one.attribution, one.part, one.days


def _list(key: str, one: Behind, source: _Source) -> RowList:
    report, held = source.report, one.events or ()
    total = len(held) if one.rows is None else one.rows
    safe = safe_rows(held, report.safety, as_of=source.assessment.as_of)
    shown = safe.events[: source.listed]
    coarsened = sum(_recent(event, report.safety, source) for event in shown)
    return RowList(
        key=key,
        place=_place(one),
        total=total,
        rows=tuple(_row(event) for event in shown),
        said=(
            *_said(total, len(shown), safe.delayed, coarsened, report.safety),
            *_counted(one, total, source.assessment),
        ),
    )


def _counted(one: Behind, total: int, assessment: Assessment) -> Iterator[str]:
    """Why a count is another number than that of its rows, where it is."""
    if one.counted is not None and one.counted != total:
        yield COUNT_AS.format(prose.count(one.counted, "event"))
    for made in assessment.estimates:
        if made.inflated or (made.dataset, made.attribution) != (one.dataset, one.attribution):
            continue
        before = one.part == "before"
        if one.days == (made.baseline_period if before else made.window):
            events = made.baseline_events if before else made.window_events
            if events != total:
                yield COUNT_AS.format(prose.count(events, "event"))
            return


def _recent(event: Event, safety: Safety, source: _Source) -> bool:
    return (source.assessment.as_of - event.period.end).days < safety.recent_days


def _said(total: int, listed: int, delayed: int, coarsened: int, safety: Safety) -> Iterator[str]:
    """How many of how many rows are listed, and what became of the others."""
    if not total:
        yield "No row of the record was counted here."
    elif listed == total:
        yield "The only row is listed." if total == 1 else f"All {total:,} rows are listed."
    elif listed:
        yield f"Listed are {listed:,} of {total:,} rows, the earliest first."
    else:
        yield f"None of {prose.count(total, 'row')} is listed."
    if delayed:
        yield (
            f"{prose.count(delayed, 'row is', 'rows are')} younger than "
            f"{prose.count(safety.delay_days, 'day')}: counted, and not listed yet, so that "
            "nobody is endangered."
        )
    if coarsened:
        yield (
            f"{prose.count(coarsened, 'row is', 'rows are')} younger than "
            f"{prose.count(safety.recent_days, 'day')}, and so listed without the name of the "
            "place and without the reference."
        )


def _row(event: Event) -> ListedRow:
    known = (event.place, event.admin1 if event.admin1 != event.place else None)
    places = tuple(_cut(one) for one in known if one) or ((event.country,) if event.country else ())
    reference = event.reference or ""
    return ListedRow(
        days=event.period,
        places=tuple(_cut(one) for one in places),
        parties=tuple(_cut(one) for one in (event.side_a, event.side_b) if one),
        deaths=deaths(event),
        native_id=_cut(event.native_id),
        reference=_cut(reference),
        url=linkable(reference) if reference.startswith("http") else None,
    )


def deaths(event: Event) -> str:
    """The deaths of a row with their bounds, where those differ; empty where none are given."""
    low, best, high = event.deaths_low, event.deaths_best, event.deaths_high
    if best is None and low is None and high is None:
        return ""
    if low == high:
        return f"{best if best is not None else low:,}"
    bounds = f"{'?' if low is None else f'{low:,}'} to {'?' if high is None else f'{high:,}'}"
    return bounds if best is None else f"{best:,} ({bounds})"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"

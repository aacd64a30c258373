"""Plans held against what the loaded records hold: every name a plan uses must stand in one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wordkept.errors import PledgeError, Problem, closest
from wordkept.model import Plan, Selection
from wordkept.period import Period
from wordkept.pledges.files import PledgeFile
from wordkept.pledges.lines import KeyPath

NONE: frozenset[str] = frozenset()
SHOWN = 6

SELECTED = (
    ("actors", "actors", 'names "{}"'),
    ("against", "actors", 'names "{}"'),
    ("event_types", "event_types", 'is of the type "{}"'),
    ("targets", "targets", 'has the target "{}"'),
    ("areas", "areas", 'lies in "{}"'),
)
"""The keys of a selection, what of a record they name, and what an event then does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What the loaded releases of one dataset hold, by name."""

    actors: frozenset[str] = NONE
    areas: frozenset[str] = NONE
    event_types: frozenset[str] = NONE
    targets: frozenset[str] = NONE
    span: Period | None = None
    kind: Literal["events", "counts", "attention"] = "events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a case has loaded: each dataset's holdings under its name."""

    datasets: Mapping[str, Holdings]


def check_record(files: Sequence[PledgeFile], known: Known) -> None:
    """Nothing, where every name in the plans is held by its record and every pledge exists.

    Raises PledgeError with every name that is not, its line, and the closest that is held.
    """
    pledges = frozenset(file.pledge.id for file in files)
    problems = [
        problem
        for file in files
        for problem in (
            *_counterpart_problems(file, pledges),
            *(_plan_problems(file, file.pledge.plan, pledges, known) if file.pledge.plan else ()),
        )
    ]
    if problems:
        raise PledgeError(*problems)


def _counterpart_problems(file: PledgeFile, pledges: frozenset[str]) -> Iterator[Problem]:
    """The other party's comparable pledge must be another pledge of the case."""
    name, where = file.pledge.counterpart, file.where("pledge", "counterpart")
    if name == file.pledge.id:
        what, remedy = "a pledge is not its own counterpart", "name the other party's pledge"
        yield Problem(what=what, where=where, remedy=remedy)
    elif name is not None and name not in pledges:
        what = f'no pledge of this case is called "{name}"'
        remedy = _nearest(name, pledges - {file.pledge.id}, "pledges")
        yield Problem(what=what, where=where, remedy=remedy)


def _plan_problems(
    file: PledgeFile, plan: Plan, pledges: frozenset[str], known: Known
) -> Iterator[Problem]:
    for path, selection in _selections(plan):
        yield from _selection_problems(file, path, selection, known)
    yield from _same_record_twice(file, plan)
    for index, control in enumerate(plan.controls):
        for place, pledge in enumerate(control.tells_apart):
            where = file.where("plan", "controls", index, "tells_apart", place)
            if pledge == file.pledge.id:
                what, remedy = "no control tells a pledge apart from itself", "leave it out"
                yield Problem(what=what, where=where, remedy=remedy)
            elif pledge not in pledges:
                what = f'no pledge of this case is called "{pledge}"'
                remedy = _nearest(pledge, pledges - {file.pledge.id}, "pledges")
                yield Problem(what=what, where=where, remedy=remedy)


def _same_record_twice(file: PledgeFile, plan: Plan) -> Iterator[Problem]:
    """Another record is another dataset: by its name an estimate is told from all others."""
    seen = {plan.primary.dataset}
    for index, selection in enumerate(plan.others):
        if selection.dataset in seen:
            yield Problem(
                what=f'"{selection.dataset}" is counted by this plan already',
                where=file.where("plan", "others", index, "dataset"),
                remedy="name another record here; or ask the other question in a pledge of its own",
            )
        seen.add(selection.dataset)


def _selections(plan: Plan) -> Iterator[tuple[KeyPath, Selection]]:
    if plan.tally is None:
        yield ("plan", "primary"), plan.primary
    if plan.allowed is not None:
        yield ("plan", "allowed"), plan.allowed
    if plan.effort is not None:
        yield ("plan", "effort"), plan.effort
    for index, selection in enumerate(plan.others):
        yield ("plan", "others", index), selection
    for index, control in enumerate(plan.controls):
        yield ("plan", "controls", index), control.selection


def _selection_problems(
    file: PledgeFile, path: KeyPath, selection: Selection, known: Known
) -> Iterator[Problem]:
    dataset, where = selection.dataset, file.where(*path, "dataset")
    holdings = known.datasets.get(dataset)
    if holdings is None:
        what = f'no release of a dataset "{dataset}" is loaded'
        remedy = (
            _nearest(dataset, known.datasets, "datasets")
            if known.datasets
            else "load a record first: wordkept load CASE FILE"
        )
        yield Problem(what=what, where=where, remedy=remedy)
        return
    if holdings.kind == "attention":
        what = f"{dataset} counts what media wrote, coded by machine: it never enters a verdict"
        yield Problem(what=what, where=where, remedy="plan on a record of events")
        return
    for key, held_key, does in SELECTED:
        held: frozenset[str] = getattr(holdings, held_key)
        for index, word in enumerate(getattr(selection, key)):
            if word not in held:
                yield Problem(
                    what=f"no event of {_with_span(dataset, holdings)} {does.format(word)}",
                    where=file.where(*path, key, index),
                    remedy=_remedy(word, held_key, dataset, known),
                )


def _with_span(dataset: str, holdings: Holdings) -> str:
    return f"{dataset} ({holdings.span})" if holdings.span else dataset


def _remedy(word: str, held_key: str, dataset: str, known: Known) -> str:
    held: frozenset[str] = getattr(known.datasets[dataset], held_key)
    elsewhere = sorted(
        name for name, other in known.datasets.items() if word in getattr(other, held_key)
    )
    nearest = (
        _nearest(word, held, held_key.replace("_", " "))
        if held
        else f"leave the key out: {dataset} codes no {held_key.replace('_', ' ')}"
    )
    if not elsewhere:
        return nearest
    return f'"{word}" is held by {" and ".join(elsewhere)}, not by {dataset}; {nearest}'


def _nearest(word: str, known: Iterable[str], noun: str) -> str:
    """A remedy that names the known words nearest in letters, or that hold the word.

    >>> _nearest("Russia", ["Government of Russia (Soviet Union)", "IS"], "actors")
    'did you mean "Government of Russia (Soviet Union)"?'
    >>> _nearest("zebra", ["Latakia", "Homs"], "areas")
    'known areas: Homs, Latakia'
    """
    names = sorted(known)
    holding = [name for name in names if word.casefold() in name.casefold()]
    near = [*closest(word, names), *sorted(holding, key=len)]
    if near:
        return f'did you mean "{near[0]}"?'
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"known {noun}: {', '.join(names[:SHOWN])}{more}"

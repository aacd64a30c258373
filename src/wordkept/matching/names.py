"""Names of actors across datasets, spellings and scripts: which are one, which are alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

DIFFERENT, ALIKE, SAME = 0, 1, 2
"""How two names compare."""

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The actors that two records name, under one number each, and how alike they are."""

    names: tuple[str, ...]
    """Folded, by number."""
    alike: NDArray[np.uint8]
    """A square table over the numbers: DIFFERENT, ALIKE or SAME."""


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
    """The number of each name (-1 where it says nothing), and what the numbers stand for."""
    canonical = {folded(other): folded(name) for other, name in aliases.items()}
    plain = [folded(name) for name in names]
    plain = [canonical.get(name, name) for name in plain]
    known = sorted(set(plain) - {""})
    number = {name: n for n, name in enumerate(known)}
    ids = np.array([number.get(name, -1) for name in plain], np.int32)
    alike = np.eye(len(known), dtype=np.uint8) * np.uint8(SAME)
    return ids, Names(names=tuple(known), alike=alike)

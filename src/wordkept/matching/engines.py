"""Which of the two ways of reckoning is used: compiled for many rows, plain for few."""

from functools import cache
from types import ModuleType
from typing import NamedTuple

FEW = 20_000
"""Rows or pairs under which numba does not pay for its own import."""
FEW_NAMES = 2_000


class Kernels(NamedTuple):
    """The compiled modules."""

    join: ModuleType
    pairs: ModuleType
    rows: ModuleType
    spelling: ModuleType


def joining(rows: int) -> ModuleType | None:
    """The module that joins so many rows; none where they are few."""
    compiled = _compiled() if rows >= FEW else None
    return None if compiled is None else compiled.join


def pairing(pairs: int) -> ModuleType:
    """The module that goes over so many pairs."""
    from wordkept.matching import pairs_numpy

    compiled = _compiled() if pairs >= FEW else None
    return pairs_numpy if compiled is None else compiled.pairs


def laying(rows: int) -> ModuleType | None:
    """The module that lays out so many rows; none where they are few."""
    compiled = _compiled() if rows >= FEW else None
    return None if compiled is None else compiled.rows


def spelling(names: int) -> ModuleType | None:
    """The module that folds and corrects so many names; none where they are few."""
    compiled = _compiled() if names >= FEW_NAMES else None
    return None if compiled is None else compiled.spelling


@cache
def _compiled() -> Kernels | None:
    try:
        from wordkept.matching import join_kernel, pairs_kernel, rows_kernel, spelling_kernel
    except (ImportError, RuntimeError):
        return None
    return Kernels(join_kernel, pairs_kernel, rows_kernel, spelling_kernel)

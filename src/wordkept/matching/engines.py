"""Which of the two ways of reckoning is used: compiled for many rows, plain for few."""

from functools import cache
from types import ModuleType

from wordkept.matching import join_numpy, pairs_numpy

FEW = 20_000
"""Rows or pairs under which numba does not pay for its own import."""


def joining(rows: int) -> ModuleType:
    """The module that joins so many rows."""
    compiled = _compiled() if rows >= FEW else None
    return join_numpy if compiled is None else compiled[0]


def pairing(pairs: int) -> ModuleType:
    """The module that goes over so many pairs."""
    compiled = _compiled() if pairs >= FEW else None
    return pairs_numpy if compiled is None else compiled[1]


@cache
def _compiled() -> tuple[ModuleType, ModuleType] | None:
    try:
        from wordkept.matching import join_kernel, pairs_kernel
    except (ImportError, RuntimeError):
        return None
    return join_kernel, pairs_kernel

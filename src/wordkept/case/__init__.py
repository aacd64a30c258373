"""A case: a folder of pledges, documents, releases, a journal, and what is built from them."""

from importlib import import_module
from typing import Any

_MODULES = {"Case": "wordkept.case.case", "Settings": "wordkept.case.settings"}
"""Fetched when first asked for: what needs the ledger alone need not load what counts events."""

__all__ = ["Case", "Settings"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value

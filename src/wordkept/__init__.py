"""Holds what a party to a conflict declared against what the event records show."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_ROOMS = {
    "assess": "wordkept.notebook.asking",
    "Result": "wordkept.notebook.result",
    "Choices": "wordkept.notebook.choices",
    "Case": "wordkept.case",
    "Assessment": "wordkept.model",
    "Baseline": "wordkept.model",
    "Estimate": "wordkept.model",
    "Verdict": "wordkept.model",
    "InputError": "wordkept.errors",
    "WordkeptError": "wordkept.errors",
}
"""Where each public name lives. It is fetched when it is first asked for, so that the command line
answers at once; its type stands in `__init__.pyi`."""

__all__ = ["__version__", *_ROOMS]  # noqa: PLE0604 - the keys are text


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

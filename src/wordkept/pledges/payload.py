"""A pledge and its plan as one JSON value, whose hash is registered in the ledger."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from wordkept.model import Passage, Pledge

FORMAT = "wordkept-plan/1"
DERIVED: Mapping[type, tuple[str, ...]] = {Passage: ("start", "end")}
"""Where a quote stands follows from the document and the quote: a better reader of documents may
count characters otherwise, and no plan has changed by that."""


def plan_payload(pledge: Pledge) -> dict[str, Any]:
    """The whole pledge and its plan, defaults written out, dates as text; JSON's types only.

    The order of keys, comments and white space in the file do not reach it. What a later version
    adds to the model must not change the payload of what was registered before: it goes into
    another format.
    """
    return {"format": FORMAT, "pledge": _plain(pledge)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        derived = DERIVED.get(type(value), ())
        names = (field.name for field in fields(value) if field.name not in derived)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value

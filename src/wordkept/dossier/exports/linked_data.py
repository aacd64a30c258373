"""JSON for other people's tools: nothing in it can leave a script element or reorder a line."""

import json
from typing import Any

from wordkept.dossier.unseen import reveal
from wordkept.ids import bytes_id

ESCAPED = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
"""What would end a script element in a page, or a line in an old reader of scripts."""
CODES = (
    "Characters that one cannot see and that reorder a text are shown by their codes; "
    "dossier.json holds the words exactly."
)
"""What every format written here cannot carry."""


def written(value: Any, *, indent: int | None = 1) -> str:
    r"""The value as JSON, unseen characters in its texts shown by their codes, keys as given.

    >>> written({"a": "</script>\u202e"}, indent=None)
    '{"a": "\\u003c/script\\u003e[U+202E]"}'
    """
    text = json.dumps(revealed(value), ensure_ascii=False, allow_nan=False, indent=indent)
    return text.translate(ESCAPED)


def revealed(value: Any) -> Any:
    """The value with every text in it revealed, but no key: keys are ours."""
    if isinstance(value, str):
        return reveal(value)
    if isinstance(value, dict):
        return {key: revealed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [revealed(one) for one in value]
    return value


def identity(*parts: object) -> str:
    """A hash of what a thing is, the same in every run.

    >>> identity("actor", "Northland") == identity("actor", "Northland")
    True
    >>> identity("a", "bc") == identity("ab", "c")
    False
    """
    return bytes_id(json.dumps([str(part) for part in parts]).encode())[:40]

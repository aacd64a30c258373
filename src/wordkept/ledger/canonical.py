"""One JSON text for one value, so that a value can be known by its hash."""

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import rfc8785

from wordkept.errors import CaseError, Problem
from wordkept.ids import bytes_id

T = TypeVar("T")

EXACT_BELOW = 2**53
"""JSON's numbers are floats: from here on they no longer hold every whole number."""


def canonical(value: object) -> bytes:
    r"""The one JSON text (RFC 8785) of a value: the same bytes for the same content.

    Raises ValueError for what JSON cannot hold exactly: NaN, infinities, whole numbers beyond
    2^53, half of a surrogate pair.

    >>> canonical({"b": 1.0, "a": ["é", None]})
    b'{"a":["\xc3\xa9",null],"b":1}'
    """
    return rfc8785.dumps(as_json(value))


def value_id(value: object) -> str:
    """The SHA-256 of a value's canonical JSON, in lower-case hexadecimal.

    >>> value_id({"a": 1, "b": 2}) == value_id({"b": 2, "a": 1})
    True
    """
    return bytes_id(canonical(value))


def parsed(text: str | bytes) -> Any:
    """The JSON values of a text; numbers beyond 2^53 as the floats that they were written from.

    >>> parsed(canonical({"far": 1e16}))
    {'far': 1e+16}
    """
    return json.loads(text, parse_int=_number)


def _number(digits: str) -> int | float:
    number = int(digits)
    return number if abs(number) < EXACT_BELOW else float(digits)


def as_json(value: object) -> Any:
    """A value of the model as plain JSON values: dicts, lists, text, numbers, None.

    >>> from wordkept.period import Period
    >>> as_json(Period(date(2016, 3, 15), date(2016, 3, 21)))
    {'start': '2016-03-15', 'end': '2016-03-21'}
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: as_json(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(held) for held in value]
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def from_json(kind: type[T], value: object) -> T:
    """The value of the model that `as_json` made these JSON values from.

    Raises CaseError where they are not of that kind, naming the field.

    >>> from wordkept.period import Period
    >>> str(from_json(Period, {"start": "2016-03-15", "end": "2016-03-21"}))
    '2016-03-15..2016-03-21'
    """
    result: T = _read(kind, value, kind.__name__)
    return result


def _read(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _dataclass(kind, value, where)
    if origin in (Union, types.UnionType):
        return _union(get_args(kind), value, where)
    if origin is tuple:
        return _tuple(get_args(kind), value, where)
    if kind is date:
        return _date(value, where)
    return _plain(kind, value, where)


def _plain(kind: Any, value: Any, where: str) -> Any:
    if get_origin(kind) is Literal:
        return _known(value, value in get_args(kind), kind, where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    exact = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    return _known(value, exact, kind, where)


def _dataclass(kind: Any, value: Any, where: str) -> Any:
    _known(value, isinstance(value, Mapping), kind, where)
    hints = _hints(kind)
    unknown = [name for name in value if name not in hints]
    if unknown:
        raise _unreadable(f'"{unknown[0]}" is not a field of {kind.__name__}', where)
    needed = [
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    ]
    absent = [name for name in needed if name not in value]
    if absent:
        raise _unreadable(f'"{absent[0]}" of {kind.__name__} is missing', where)
    return kind(**{name: _read(hints[name], value[name], f"{where}.{name}") for name in value})


def _union(kinds: Sequence[Any], value: Any, where: str) -> Any:
    if value is None and types.NoneType in kinds:
        return None
    others = [kind for kind in kinds if kind is not types.NoneType]
    for kind in others[:-1]:
        try:
            return _read(kind, value, where)
        except CaseError:
            continue
    return _read(others[-1], value, where)


def _tuple(kinds: Sequence[Any], value: Any, where: str) -> tuple[Any, ...]:
    _known(value, isinstance(value, list), tuple, where)
    if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004  tuple[X, ...] has two arguments
        kinds = [kinds[0]] * len(value)
    _known(value, len(kinds) == len(value), tuple, where)
    return tuple(
        _read(kind, held, f"{where}[{place}]")
        for place, (kind, held) in enumerate(zip(kinds, value, strict=True))
    )


def _date(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _unreadable(f"{value!r} is not a date", where) from None


def _known(value: Any, fits: bool, kind: Any, where: str) -> Any:
    if not fits:
        raise _unreadable(f"{value!r:.60} is not {getattr(kind, '__name__', kind)}", where)
    return value


def _unreadable(what: str, where: str) -> CaseError:
    return CaseError(
        Problem(
            what=f"an entry of the ledger cannot be read: {what}",
            where=where,
            remedy="update wordkept; if it is up to date, run wordkept verify on the case",
        )
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)

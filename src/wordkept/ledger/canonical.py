"""One JSON text for one value, so that a value can be known by its hash."""

import json
import types
from collections.abc import Callable, Mapping, Sequence
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
PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types of which a list is a list in JSON as it stands: most of a case is long lists of counts."""


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
    kind: Any = type(value)
    if kind in PLAIN:
        return value
    if (names := _fields(kind)) is not None:
        told = ((name, getattr(value, name)) for name in names)
        return {name: held if type(held) in PLAIN else as_json(held) for name, held in told}
    if isinstance(value, list | tuple):
        return list(value) if PLAIN.issuperset(map(type, value)) else [*map(as_json, value)]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: as_json(held) for key, held in value.items()}
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"{kind.__name__} has no place in JSON")


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The names of a dataclass's fields; None of any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def from_json(kind: type[T], value: object) -> T:
    """The value of the model that `as_json` made these JSON values from.

    Raises CaseError where they are not of that kind, naming the field.

    >>> from wordkept.period import Period
    >>> str(from_json(Period, {"start": "2016-03-15", "end": "2016-03-21"}))
    '2016-03-15..2016-03-21'
    """
    asked: Any = kind
    try:
        result: T = _reader(asked)(value)
    except _UnfitError as unfit:
        where = kind.__name__ + "".join(reversed(unfit.path))
        raise _unreadable(unfit.what, where) from None
    return result


class _UnfitError(Exception):
    """A JSON value that is not of a kind; it gathers where, the innermost first."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.path: list[str] = []


Reader = Callable[[Any], Any]
"""From a JSON value to one of a kind; a kind's reader is put together once."""


@cache
def _reader(kind: Any) -> Reader:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if origin in (Union, types.UnionType):
        return _union_reader(get_args(kind))
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin is Literal:
        return _literal_reader(kind)
    return _date if kind is date else _plain_reader(kind)


def _literal_reader(kind: Any) -> Reader:
    known = get_args(kind)
    return lambda value: _known(value, value in known, kind)


def _plain_reader(kind: Any) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is kind:
            return value
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        exact = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        return _known(value, exact, kind)

    return read


def _dataclass_reader(kind: Any) -> Reader:
    needed = [
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    ]

    def read(value: Any) -> Any:
        _known(value, isinstance(value, Mapping), kind)
        readers, held = _field_readers(kind), {}
        for name in value:
            if name not in readers:
                raise _UnfitError(f'"{name}" is not a field of {kind.__name__}')
        for name in needed:
            if name not in value:
                raise _UnfitError(f'"{name}" of {kind.__name__} is missing')
        for name, told in value.items():
            try:
                held[name] = readers[name](told)
            except _UnfitError as unfit:
                unfit.path.append(f".{name}")
                raise
        return kind(**held)

    return read


@cache
def _field_readers(kind: type) -> dict[str, Reader]:
    """By name; apart from the reader of the kind itself, which may stand among its own fields."""
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


def _union_reader(kinds: Sequence[Any]) -> Reader:
    optional = types.NoneType in kinds
    *others, last = [_reader(kind) for kind in kinds if kind is not types.NoneType]

    def read(value: Any) -> Any:
        if value is None and optional:
            return None
        for other in others:
            try:
                return other(value)
            except _UnfitError:
                continue
        return last(value)

    return read


def _tuple_reader(kinds: Sequence[Any]) -> Reader:
    alike = len(kinds) == 2 and kinds[1] is Ellipsis  # noqa: PLR2004  tuple[X, ...] has two
    plain = {kinds[0]} if alike and kinds[0] in PLAIN else set()

    def read(value: Any) -> Any:
        _known(value, isinstance(value, list), tuple)
        if alike and plain.issuperset(map(type, value)):
            return tuple(value)
        readers = [_reader(kinds[0])] * len(value) if alike else [_reader(one) for one in kinds]
        _known(value, len(readers) == len(value), tuple)
        held = []
        for place, (reader, told) in enumerate(zip(readers, value, strict=True)):
            try:
                held.append(reader(told))
            except _UnfitError as unfit:
                unfit.path.append(f"[{place}]")
                raise
        return tuple(held)

    return read


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _UnfitError(f"{value!r} is not a date") from None


def _known(value: Any, fits: bool, kind: Any) -> Any:
    if not fits:
        raise _UnfitError(f"{value!r:.60} is not {getattr(kind, '__name__', kind)}")
    return value


def _unreadable(what: str, where: str) -> CaseError:
    return CaseError(
        Problem(
            what=f"an entry of the ledger cannot be read: {what}",
            where=where,
            remedy="update wordkept; if it is up to date, run wordkept verify on the case",
        )
    )

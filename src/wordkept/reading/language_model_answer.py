"""What a language model is asked to answer: its schema, and an answer held against it."""

import types
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from wordkept.model import Deed, Slot, Status

T = TypeVar("T")

SCHEMA = 1
"""The version of what is asked; readings say it, and another one makes another reading."""
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuotes:
    """A statement in quotes of the text."""

    source: tuple[str, ...]
    cue: tuple[str, ...]
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermQuotes:
    """What a pledge names in one slot, in quotes of the text."""

    slot: Slot
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeQuotes:
    """A pledge in quotes of the text."""

    deed: Deed
    status: Status
    terms: tuple[TermQuotes, ...]
    statement: int | None
    """The place of its statement in the answer, from 0; None where the writer tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuotes:
    """A figure in a quote of the text, with the bounds that the model takes it to have."""

    words: str
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that a language model says of one section of a text."""

    statements: tuple[StatementQuotes, ...]
    pledges: tuple[PledgeQuotes, ...]
    figures: tuple[FigureQuotes, ...]


class UnfitError(ValueError):
    """An answer is not of the schema."""


def schema_of(kind: Any) -> dict[str, Any]:
    """The strict JSON schema of a type: every field is required, and no other may stand there.

    >>> schema_of(tuple[str, ...])
    {'type': 'array', 'items': {'type': 'string'}}
    >>> sorted(schema_of(FigureQuotes)["required"])
    ['high', 'low', 'unit', 'words']
    """
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return {
            "type": "object",
            "properties": {field.name: schema_of(hints[field.name]) for field in fields(kind)},
            "required": [field.name for field in fields(kind)],
            "additionalProperties": False,
        }
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0])}
    if literals := _literals(kind):
        return {"type": "string", "enum": list(literals)}
    if get_origin(kind) in (Union, types.UnionType):
        return {"type": [_PLAIN[one] for one in get_args(kind)]}
    return {"type": _PLAIN[kind]}


def fitted(kind: type[T], value: object) -> T:
    """The value of a type that JSON values are; raises UnfitError where they are not of its schema.

    >>> fitted(TermQuotes, {"slot": "act", "quotes": ["leave"]}).quotes
    ('leave',)
    """
    found: T = _fitted(kind, value)
    return found


def _fitted(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        if not isinstance(value, dict) or set(value) != set(hints):
            raise UnfitError(f"no {getattr(kind, '__name__', kind)}")
        made: Any = kind
        return made(**{name: _fitted(hints[name], held) for name, held in value.items()})
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise UnfitError("no list")
        return tuple(_fitted(get_args(kind)[0], held) for held in value)
    if literals := _literals(kind):
        if not isinstance(value, str) or value not in literals:
            raise UnfitError("not one of the words allowed")
        return value
    return _plain(kind, value)


def _plain(kind: Any, value: Any) -> Any:
    kinds = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    if type(value) in kinds:
        return value
    if type(value) is int and float in kinds:
        return value
    raise UnfitError("a value of another type")


def _literals(kind: Any) -> tuple[str, ...]:
    """The words of a Literal, or of several in one type; none of any other type."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        each = [_literals(one) for one in get_args(kind)]
        return tuple(word for words in each for word in words) if all(each) else ()
    return ()

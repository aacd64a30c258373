"""The JSON Schema of a frozen dataclass, worked out from its fields, never written by hand."""

import ast
import inspect
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from textwrap import dedent
from typing import Any, Literal, get_args, get_origin, get_type_hints

from wordkept.period import Period

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The name of the draft, as the draft asks for it to be written; nothing is fetched from it."""
DAY: Mapping[str, Any] = {
    "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}  # fmt: skip
"""A plain local date. The pattern holds for readers that take a format for a remark."""
PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    date: DAY,
}
STRETCH: Mapping[str, Any] = {
    "type": "object",
    "properties": {"start": DAY, "end": DAY},
    "required": ["start", "end"],
    "additionalProperties": False,
}
Shapes = dict[str, dict[str, Any]]
"""The schemas of the dataclasses that were met so far, by name."""


def schema_of(shape: type, *, described: bool = True) -> dict[str, Any]:
    """The schema of a dataclass and of all that its fields hold: every key asked for, no other.

    Described, it says of each key what the source says; bare, only what a file must look like.
    Raises TypeError where a field holds what JSON does not.

    >>> from wordkept.dossier.gate import Count
    >>> schema_of(Count, described=False)["properties"]["n"]
    {'anyOf': [{'type': 'integer'}, {'type': 'null'}]}
    """
    shapes: Shapes = {}
    top = _filled(shape, shapes, described)
    return {"$schema": DIALECT, "$defs": dict(sorted(shapes.items())), **top}


def _filled(shape: type, shapes: Shapes, described: bool) -> dict[str, Any]:
    """One dataclass as an object; the dataclasses in it are added to the shapes."""
    hints, said = get_type_hints(shape), _remarks(shape) if described else {}
    properties = {}
    for field in fields(shape):
        made = _typed(hints[field.name], shapes, described)
        remark = said.get(field.name)
        properties[field.name] = {"description": remark, **made} if remark else made
    about = {"description": " ".join((inspect.getdoc(shape) or "").split())}
    return {
        **(about if described else {}),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _typed(hint: Any, shapes: Shapes, described: bool) -> dict[str, Any]:
    """The schema of one type: plain, one of several words, a list, a choice, or a dataclass."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if hint is Period:
        about = {"description": "Days from the first to the last, both of them in it."}
        shapes["Period"] = {**(about if described else {}), **STRETCH}
        return {"$ref": "#/$defs/Period"}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in shapes:
            shapes[hint.__name__] = {}
            shapes[hint.__name__] = _filled(hint, shapes, described)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, given = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(given)}
    if origin is types.UnionType:
        return {"anyOf": [_typed(one, shapes, described) for one in given]}
    if origin is tuple:
        return _listed(given, shapes, described)
    raise TypeError(f"{hint} has no place in a schema")


def _listed(given: tuple[Any, ...], shapes: Shapes, described: bool) -> dict[str, Any]:
    """A list of any length of one type, or of a fixed length with a type for each place."""
    if given[-1] is Ellipsis:
        return {"type": "array", "items": _typed(given[0], shapes, described)}
    places = [_typed(one, shapes, described) for one in given]
    return {"type": "array", "prefixItems": places, "items": False,
            "minItems": len(places), "maxItems": len(places)}  # fmt: skip


def _remarks(shape: type) -> dict[str, str]:
    """What the source says under each field; nothing where the source is not at hand."""
    try:
        body = ast.parse(dedent(inspect.getsource(shape))).body[0]
    except (OSError, SyntaxError):
        return {}
    said, name = {}, None
    for part in body.body if isinstance(body, ast.ClassDef) else ():
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            name = part.target.id
        elif name and isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            said[name] = " ".join(str(part.value.value).split())
    return said

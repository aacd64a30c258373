"""The lines that a PROV-JSON document is made of: nodes and edges, ids as hashes."""

from typing import Any

from wordkept.dossier.exports.linked_data import identity

Line = tuple[str, str | None, dict[str, Any]]
"""Section of the document, id (None: an edge, numbered where it is written), and what is said."""
PLAN = "Plan"
"""The kind that PROV has a word of its own for."""


def named(kind: str, *parts: object) -> str:
    """The id of a thing: its kind, and a hash of what tells it from others of the kind.

    >>> named("plan", "a")[:8]
    'wk:plan-'
    """
    return f"wk:{kind}-{identity(kind, *parts)}"


def entity(key: str, kind: str, /, *, label: str, **said: str | int | None) -> Line:
    """A thing of the chain, with what is known of it; what is None is left out."""
    kinds = [_name(f"wk:{kind}"), *([_name("prov:Plan")] if kind == PLAN else [])]
    known = {f"wk:{name}": value for name, value in said.items() if value not in {None, ""}}
    return "entity", key, {"prov:type": kinds, "prov:label": label, **known}


def agent(key: str, *, label: str) -> Line:
    """A program that did something."""
    return "agent", key, {"prov:type": _name("prov:SoftwareAgent"), "prov:label": label}


def derived(made: str, source: str, *, how: str | None = None) -> Line:
    """What was made of what; how: Quotation or PrimarySource, in PROV's words."""
    said: dict[str, Any] = {"prov:generatedEntity": made, "prov:usedEntity": source}
    return "wasDerivedFrom", None, {**said, **({"prov:type": _name(f"prov:{how}")} if how else {})}


def used(activity: str, source: str) -> Line:
    """What a step took in."""
    return "used", None, {"prov:activity": activity, "prov:entity": source}


def generated(made: str, activity: str, *, at: str | None = None) -> Line:
    """What a step gave, and when."""
    said = {"prov:entity": made, "prov:activity": activity}
    return "wasGeneratedBy", None, {**said, **({"prov:time": at} if at else {})}


def associated(activity: str, by: str, *, plan: str | None = None) -> Line:
    """Which program did a step, and by which plan."""
    said = {"prov:activity": activity, "prov:agent": by}
    return "wasAssociatedWith", None, {**said, **({"prov:plan": plan} if plan else {})}


def _name(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}

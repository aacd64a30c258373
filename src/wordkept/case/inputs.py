"""What an answer depends on, as a hash: so that only what changed is worked out anew.

Every hash covers the content of what goes in, and the very code of this installation: nothing is
ever reused because of its name, its date or the version that it claims.
"""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wordkept.ledger.canonical import as_json
from wordkept.ledger.entries import Entry
from wordkept.model import Pledge, Release

RECKONS = ("duckdb", "ibis-framework", "numpy", "scipy")
"""Libraries whose version may change a number."""
CODE = ("*.py", "*.j2", "*.css", "*.js", "*.csv", "*.json", "*.po", "*.mo")
UNUSED = ("weights", "demo")
"""Folders of the package that no assessment and no page reads."""
COUNTED = ("release", "match", "pair")
"""Entries that decide which rows there are, and which of them are one event."""
BUILT = ("assessment", "dossier", "bundle", "export", "feed", "look", "reading")
"""Entries that no dossier depends on: what was made of the case, not what went into it."""


def hashed(value: object) -> str:
    """The SHA-256 of a value of JSON's types, quicker than `ledger.canonical.value_id`.

    >>> hashed({"a": 1, "b": 2}) == hashed({"b": 2, "a": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@cache
def code_id() -> str:
    """The hash of the code at work: this package, file by file, and what it reckons with."""
    here = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted({path for kind in CODE for path in here.rglob(kind)}):
        inside = path.relative_to(here)
        if not set(UNUSED) & set(inside.parts):
            digest.update(f"{inside.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    told = [platform.python_version(), platform.machine(), *(version(one) for one in RECKONS)]
    digest.update("\0".join(told).encode())
    return digest.hexdigest()


def assessment_keys(
    declared: Sequence[Pledge], entries: Iterable[Entry], surroundings: Mapping[str, Any]
) -> dict[str, str]:
    """By pledge: the hash of all that its assessment, and the rows behind it, depend on.

    `surroundings` are the day, the case's rules and the engine. Of the other pledges of the case an
    assessment is given their declarations (`model.Declaration`), and so hangs on nothing more.
    """
    held = list(entries)
    counted = [one.hash for one in held if one.kind in COUNTED]
    fixed: dict[str, list[str]] = {}
    for one in held:
        if one.kind == "plan":
            fixed.setdefault(one.payload["pledge"], []).append(one.hash)
    others = [as_json(one.declaration) for one in declared]
    shared = hashed([code_id(), counted, others, dict(surroundings)])
    return {one.id: hashed([shared, as_json(one), fixed.get(one.id, [])]) for one in declared}


def audit_key(release: Release, fields: Sequence[str]) -> str:
    """The hash of all that is looked at when a release is audited for plans that ask some fields.

    The release names the file that it came in and its Parquet by their hashes, and its terms.
    """
    return hashed([code_id(), as_json(release), list(fields)])


def whole_key(folder: Path, entries: Iterable[Entry], as_of: date | None) -> str:
    """The hash of all that a dossier depends on: the ledger, what people write, and the code."""
    written = [
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in (
            folder / "wordkept.toml",
            *sorted((folder / "pledges").glob("*.toml")),
            *sorted((folder / "languages").glob("*.po")),
        )
    ]
    fed = [one.hash for one in entries if one.kind not in BUILT]
    return hashed([code_id(), written, fed, as_of.isoformat() if as_of else None,
                   folder.resolve().name])  # fmt: skip

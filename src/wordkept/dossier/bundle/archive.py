"""Files into a zip that is the same bytes everywhere, with a manifest of all that is in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from wordkept.dossier.report import CaseReport
from wordkept.dossier.zipping import zipped
from wordkept.ids import bytes_id

FORMAT = "wordkept-bundle/1"
MANIFEST, VERIFIER, README = "manifest.json", "verify.py", "README.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A review bundle, and the hashes that pin it."""

    content: bytes
    """The zip."""
    manifest: str
    """The SHA-256 of its manifest: who has it from elsewhere can check everything else."""
    verifier: str
    """The SHA-256 of its verifier."""
    files: int
    """How many there are, the manifest not counted."""


def bundled(report: CaseReport, inside: Mapping[str, bytes]) -> Bundle:
    """The bundle of these files, by their path; the verifier and the manifest are added."""
    verifier = verifier_bytes()
    held = {**inside, VERIFIER: verifier}
    manifest = manifest_bytes(report, held)
    return Bundle(
        content=zipped({**held, MANIFEST: manifest}),
        manifest=bytes_id(manifest),
        verifier=bytes_id(verifier),
        files=len(held),
    )


def verifier_bytes() -> bytes:
    """The verifier that goes into every bundle."""
    return files("wordkept.dossier.bundle").joinpath(VERIFIER).read_bytes()


def manifest_bytes(report: CaseReport, held: Mapping[str, bytes]) -> bytes:
    """What is in a bundle: the size and the SHA-256 of every file, by its path."""
    listed = {
        name: {"sha256": bytes_id(content), "size": len(content)} for name, content in held.items()
    }
    return json_bytes(
        {
            "format": FORMAT,
            "case": report.case,
            "as_of": report.as_of.isoformat(),
            "wordkept": report.version,
            "files": listed,
        }
    )


def json_bytes(value: Any) -> bytes:
    """A value as JSON, keys sorted, every character that is not ASCII escaped.

    >>> json_bytes({"b": 2, "a": 1}).decode().split()
    ['{', '"a":', '1,', '"b":', '2', '}']
    """
    return (json.dumps(value, sort_keys=True, indent=1) + "\n").encode("ascii")

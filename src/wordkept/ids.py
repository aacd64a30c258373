"""Identity is a hash of content: bytes and files by their SHA-256."""

import hashlib
from pathlib import Path

CHUNK_BYTES = 1 << 20
SHORT = 12


def bytes_id(content: bytes) -> str:
    """The SHA-256 of some bytes, in lower-case hexadecimal.

    >>> bytes_id(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(content).hexdigest()


def file_id(path: Path) -> str:
    """The SHA-256 of a file, read in pieces so that its size does not matter."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def short(identity: str) -> str:
    """The first characters of a hash, enough to tell things apart on a page.

    >>> short("e3b0c44298fc1c149afbf4c8996fb924")
    'e3b0c44298fc'
    """
    return identity[:SHORT]

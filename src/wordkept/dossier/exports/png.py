"""A PNG pressed harder, the same picture to the dot: its painter presses for speed alone."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVEL = 6


def pressed(png: bytes) -> bytes:
    """The picture with its rows pressed as far as zlib goes, and without what is no picture.

    Of a time, a text or a program's name that a painter might add nothing is kept.
    """
    header, rows, at = b"", b"", len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            header = content
        elif kind == b"IDAT":
            rows += content
        elif kind == b"PLTE":
            raise ValueError("a picture with a palette is none of ours")
        at += 12 + length
    packed = zlib.compress(zlib.decompress(rows), LEVEL)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(*one) for one in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

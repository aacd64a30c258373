"""Where a print lays its words, and whether two prints of one page are the same."""

import re
from io import BytesIO

from pypdf import PdfReader

LAID = re.compile(rb"1 0 0 -1 ([\d.]+) ([\d.]+) Tm")
TAGGED = re.compile(rb"/(\w+) <</MCID \d+ >>BDC\nBT\n/F\d+ [\d.]+ Tf\n1 0 0 -1 [\d.]+ ([\d.]+) Tm")
PIXEL = 1.0


def drawn(printed: bytes) -> list[bytes]:
    """What is drawn on each page, unpacked."""
    pages = PdfReader(BytesIO(printed)).pages
    found = [page.get_contents() for page in pages]
    return [one.get_data() for one in found if one is not None]


def between_pixels(printed: bytes) -> list[bytes]:
    """How far down the page words lie that lie on no whole pixel, those of figures left out."""
    laid = [one for page in drawn(printed) for one in TAGGED.findall(page)]
    assert len(laid) > 100, "no word was found"
    return [down for tag, down in laid if tag != b"Figure" and float(down) % 1]


def same_print(one: bytes, other: bytes) -> bool:
    """Whether two prints are the same bytes, or but for words that lie less than a pixel off.

    Chromium now and then rounds where a word lies, of those between two pixels.
    """
    if one == other:
        return True
    first, second = drawn(one), drawn(other)
    return len(first) == len(second) and all(map(_same_page, first, second))


def _same_page(one: bytes, other: bytes) -> bool:
    if LAID.sub(b"", one) != LAID.sub(b"", other):
        return False
    pairs = zip(LAID.findall(one), LAID.findall(other), strict=True)
    return all(here[0] == there[0] and abs(float(here[1]) - float(there[1])) < PIXEL
               for here, there in pairs)  # fmt: skip

"""What may stand in a gap of a sentence: its shape in English, and what is done with it."""

from typing import Literal

from wordkept.model import ATTRIBUTIONS, WORDS
from wordkept.prose import MONTHS

Treatment = Literal[
    "number", "percent", "day", "short day", "said", "kept", "items", "parts", "quoted", "plain"
]  # fmt: skip
"""Written anew by the locale; or said by the catalogue in turn; or kept as it stands; or each of
its items, parted by semicolons, said where the catalogue can and kept where it cannot; or each of
them said; or names in quotation marks, each kept and what stands between them said; or plain, the
same in every language."""

NUMBER = r"\d[\d,]*(?:\.\d+)?"
DAY = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
SHORT_DAY = rf"\d{{1,2}} (?:{'|'.join(month[:3] for month in MONTHS)}) \d{{4}}"
NAME = r"(?:(?![.?!] [A-Z]).)+?"
"""Anything that does not run over the end of a sentence."""


def _either(words: tuple[str, ...]) -> str:
    """One of the words, at the beginning of a sentence or within it."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)


SHAPES: dict[str, tuple[str, Treatment]] = {
    "count": (NUMBER, "number"),
    "percent": (rf"{NUMBER} %", "percent"),
    "day": (DAY, "day"),
    "short": (SHORT_DAY, "short day"),
    "clock": (r"\d\d:\d\d", "plain"),
    "percents": (rf"{NUMBER} to {NUMBER} %|{NUMBER} %", "said"),
    "spread": (rf"{NUMBER} to {NUMBER}|{NUMBER}", "said"),
    "chance": (rf"(?:fewer than 1|none|{NUMBER}) of 100|an unknown share of cases", "said"),
    "counted": (rf"{NUMBER} [a-z][a-z' -]*?", "said"),
    "attribution": (_either(ATTRIBUTIONS), "said"),
    "word": (_either(WORDS), "said"),
    "said": (r".+?", "said"),
    "items": (NAME, "items"),
    "parts": (r".+?", "parts"),
    "value": (r'[^"]+', "kept"),
    "quoted": (r'"[^"]+"(?:, "[^"]+")*(?: and (?:"[^"]+"|\d+ more))?', "quoted"),
    "name": (NAME, "kept"),
    "own": (r".+", "kept"),
}
"""By the kind that a gap names after its colon, as in `{until:day}`. What is *kept* is somebody's
name or words: it is looked up whole, for a case may bring a translation of its own, and stands as
it is where there is none."""

CLOSED = frozenset({"word", "attribution", "percents", "spread", "chance", "counted"})
"""Kinds that are said and can be no more than a few words: they cannot swallow a sentence."""

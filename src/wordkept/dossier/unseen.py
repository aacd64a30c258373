"""Characters that one cannot see, made visible, so that hostile text shows what it holds."""

import re
import unicodedata

NAMES = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of embedding",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first-strong isolate",
    "\u2069": "end of isolate",
}
ORDERING = "".join(NAMES)
HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff{ORDERING}]")


def reveal(text: str) -> str:
    r"""The text with characters that reorder it, or drive a terminal, as their code in brackets.

    The marks that ordinary Arabic, Hebrew and Persian text needs are left as they are.

    >>> reveal("pay \u202e001 now\x1b[2J")
    'pay [U+202E]001 now[U+001B][2J'
    """
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    return HARMFUL.sub(lambda found: f"[U+{ord(found[0]):04X}]", tidy)


def unseen_names(text: str) -> tuple[str, ...]:
    r"""What the revealed characters of a text are called, each once, in the order of their codes.

    >>> unseen_names("a\u202eb")
    ('U+202E right-to-left override',)
    """
    found = sorted(set(HARMFUL.findall(text)))
    return tuple(
        f"U+{ord(mark):04X} {NAMES.get(mark) or unicodedata.name(mark, 'control character')}"
        for mark in found
    )

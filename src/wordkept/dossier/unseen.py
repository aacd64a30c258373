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
DRIVING = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
"""What drives a terminal, is no character, or marks the order of bytes."""
UNDRAWN = "\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
"""What draws nothing and may hold a hidden text, split a word or end a paragraph; not the joiners
and marks that Arabic, Persian and Indic texts and emoji need, nor the soft hyphen of newspapers."""
HARMFUL = re.compile(f"[{DRIVING}{UNDRAWN}{ORDERING}]")
MOST_MARKS = 4
"""Marks on one letter that living orthographies need; more climb over the lines around."""
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
PILES = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})([{MARKS}]+)")


def reveal(text: str) -> str:
    r"""The text with characters that reorder it, or drive a terminal, as their code in brackets.

    The marks that ordinary Arabic, Hebrew and Persian text needs are left as they are; a pile of
    them on one letter, which would climb over other lines, is cut and counted.

    >>> reveal("pay \u202e001 now\x1b[2J")
    'pay [U+202E]001 now[U+001B][2J'
    >>> reveal("z" + "\u0301" * 9).endswith("[5 more marks]")
    True
    """
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = HARMFUL.sub(lambda found: f"[U+{ord(found[0]):04X}]", tidy)
    return PILES.sub(lambda found: f"{found[1]}[{len(found[2])} more marks]", shown)


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

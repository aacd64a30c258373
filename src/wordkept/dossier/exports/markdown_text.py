"""Text from outside set in Markdown, so that none of it can become markup, a link or an image."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from wordkept.dossier.unseen import reveal

MARKS = re.compile(r"([\\`*_\[\]<>|~&$#^])")
"""What begins markup inside a line, in GitHub's flavour and those near it."""
OPENS = re.compile(r"^([-+=:]|\d+(?=[.)]))")
"""What begins a list, an underlined heading or a definition at the head of a line."""
REACHES_OUT = re.compile(
    r"://|@|(?:www|mailto|xmpp|javascript|data)[.:]|[^\W_]\.[^\W\d_]{2}|:[a-z0-9_+-]+:",
    re.IGNORECASE,
)
"""What some renderer makes a link, a mention or a picture of by itself, escaped or not."""
BREAK = re.compile(r"[\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def literal(text: str) -> str:
    r"""The text on one line, as it stands and nothing more; a word like an address is set as code.

    >>> print(literal("1. *now*\n![x](http://evil.example)"))
    1\. \*now\* `![x](http://evil.example)`
    """
    words = [_word(one) for one in reveal(text).split()]
    return _at_head(" ".join(words))


def cell(text: str) -> str:
    r"""The text as a cell of a table.

    >>> print(cell("a|b http://c.example/|d"))
    a\|b `http://c.example/\|d`
    """
    words = [_word(one, in_table=True) for one in reveal(text).split()]
    return _at_head(" ".join(words)) or " "


def code(text: str) -> str:
    """The text as code: hashes, addresses, commands.

    >>> print(code("a`b"))
    ``a`b``
    """
    plain = " ".join(reveal(text).split())
    fence = "`" * (max((len(one) for one in re.findall("`+", plain)), default=0) + 1)
    edge = " " if plain[:1] == "`" or plain[-1:] == "`" else ""
    return f"{fence}{edge}{plain}{edge}{fence}" if plain else ""


def quoted(lead: str, words: str, trail: str) -> str:
    r"""A blockquote of words in their passage, in bold; of the words alone where no bold can be.

    >>> print(quoted("He said: ", "we *leave*", " now."))
    > He said: **we \*leave\*** now.
    >>> print(quoted("a", "*", "b"))
    > \*
    """
    before, inner, after = _lines(lead), _lines(words), _lines(trail)
    opening = before[-1] + " " * (lead[-1:].isspace() and bool(before[-1]))
    closing = " " * (trail[:1].isspace() and bool(after[0])) + after[0]
    if len(inner) != 1 or not _flanked(opening, inner[0], closing):
        return _cited(inner)
    return _cited([*before[:-1], f"{opening}**{inner[0]}**{closing}", *after[1:]])


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells, its names first.

    >>> print(table(("Check", "Answer"), [("zeros", "passed")]))
    | Check | Answer |
    | --- | --- |
    | zeros | passed |
    """
    head = [cell(name) for name in names]
    lines = [head, ["---"] * len(names), *([cell(one) for one in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bullets(texts: Iterable[str]) -> str:
    """A list of texts that are set already."""
    return "\n".join(f"- {text}" for text in texts)


def _word(word: str, *, in_table: bool = False) -> str:
    if not REACHES_OUT.search(word):
        return MARKS.sub(r"\\\1", word)
    # A table is cut at its bars before code is looked for, and a bar in code needs its stroke too.
    return code(word).replace("|", r"\|") if in_table else code(word)


def _at_head(line: str) -> str:
    """The line with what would open a list at its head made plain."""
    found = OPENS.match(line)
    if found is None:
        return line
    end = found.end()
    return rf"{line[:end]}\{line[end:]}" if found[1].isdigit() else rf"\{line}"


def _lines(text: str) -> list[str]:
    """The lines of a text, each set for itself; one, if empty, of an empty text."""
    return [literal(one) for one in BREAK.split(reveal(text))]


def _cited(lines: Sequence[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _flanked(before: str, inner: str, after: str) -> bool:
    """Whether asterisks around what is set already are read as bold (CommonMark's flanking)."""
    if not inner:
        return False
    left = not _mark(inner[0]) or not before or before[-1].isspace() or _mark(before[-1])
    right = not _mark(inner[-1]) or not after or after[0].isspace() or _mark(after[0])
    return left and right


def _mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"

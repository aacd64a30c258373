"""What one extractor finds in one document, before it is kept."""

from dataclasses import dataclass
from datetime import date

MOST_FACT_CHARACTERS = 500
"""Of a title or a name: what is longer is not one."""
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a document says of itself in fields made for it; never read out of its text."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    """Of a page in a web archive, where it was taken from."""
    captured_at: str | None = None
    """Of a page in a web archive, when it was taken; UTC, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A text, with what the document states, and what could not be read."""

    text: str
    libraries: tuple[str, ...] = ()
    """The packages that had a part in it."""
    pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    stated: Stated = Stated()


def one_line(words: object) -> str | None:
    r"""A stated fact on one line; None where nothing is left of it.

    >>> one_line(" The\n ministry "), one_line("  "), one_line(None)
    ('The ministry', None, None)
    """
    if not isinstance(words, str):
        return None
    return " ".join(words.replace("\0", "").split())[:MOST_FACT_CHARACTERS] or None


def listed(numbers: list[int]) -> str:
    """Numbers in words, runs drawn together.

    >>> listed([2, 3, 4, 7]), listed([1, 2])
    ('2 to 4 and 7', '1 and 2')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > _PAIR else [str(one) for one in run]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page as a web archive holds it."""

    url: str
    captured_at: str
    """UTC, ISO 8601, as the archive has it."""
    kind: str
    """Its media type as it was answered, without the charset."""
    charset: str | None
    content: bytes
    sound: bool
    """Whether its bytes have the digest that the archive gives for them."""

"""The parts of a plain-text page: headings, tables without lines, lists, all of a given width."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wordkept.dossier.unseen import reveal

INDENT = 2


def written(parts: Iterable[RenderableType], width: int) -> str:
    """The parts one under the other, as plain lines no wider than the width."""
    console = Console(
        file=StringIO(), width=width, color_system=None, markup=False, emoji=False,
        highlight=False, legacy_windows=False, force_terminal=False, _environ={},
    )  # fmt: skip
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    return "\n".join(row.rstrip() for row in captured.get().splitlines()) + "\n"


def line(text: str) -> Text:
    """A paragraph, with nothing in it that drives a terminal."""
    return Text(reveal(text))


def inset(text: str, indent: int = INDENT) -> Padding:
    """A paragraph set in from the left."""
    return Padding(line(text), (0, 0, 0, indent))


def heads(left: str, right: str, width: int) -> Text:
    """A heading with its date at the right edge where both fit on one line, ruled beneath."""
    gap = width - cell_len(reveal(left)) - cell_len(right)
    joined = f"{left}{' ' * gap}{right}" if gap > 1 else f"{left}\n{right}"
    return line(f"{joined}\n{'-' * width}")


def table(*names: str) -> Table:
    """An empty table of these columns, without lines."""
    empty = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="", expand=False)
    for name in names:
        empty.add_column(name, overflow="fold")
    return empty


def cells(*texts: str) -> Sequence[Text]:
    """The cells of a row."""
    return [Text(reveal(text)) for text in texts]


def section(heading: str, sentences: Iterable[str]) -> list[RenderableType]:
    """A heading and its sentences as a list; nothing where there are none."""
    items = listed(sentences)
    return [Text(), line(heading.upper()), *items] if items else []


def listed(sentences: Iterable[str]) -> list[RenderableType]:
    """Sentences as a list, a dash before each."""
    items: list[RenderableType] = []
    for sentence in sentences:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(*cells("  -", sentence[:1].upper() + sentence[1:]))
        items.append(grid)
    return items

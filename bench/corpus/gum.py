"""GUM's Wikinews articles (text CC BY 2.5, annotations CC BY 4.0), as running text."""

import re
from pathlib import Path

_TEXT = re.compile(r"^# text = (.*)$")
_PARAGRAPH = re.compile(r"^# newpar")


def gum_texts(folder: Path, genre: str = "news") -> dict[str, str]:
    """The text of every document of a genre: sentences apart by a space, paragraphs by a line."""
    return {
        file.stem: _text(file.read_text(encoding="utf-8"))
        for file in sorted((folder / "dep").glob(f"GUM_{genre}_*.conllu"))
    }


def _text(conllu: str) -> str:
    out: list[str] = []
    fresh = True
    for line in conllu.splitlines():
        if _PARAGRAPH.match(line):
            fresh = True
        elif found := _TEXT.match(line):
            if out:
                out.append("\n" if fresh else " ")
            out.append(found[1])
            fresh = False
    return "".join(out)

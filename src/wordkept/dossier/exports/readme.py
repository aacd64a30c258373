"""The README beside the exports: what each file holds, and what it cannot carry."""

import textwrap
from collections.abc import Iterator, Sequence

from wordkept.dossier.exports.about import about
from wordkept.dossier.exports.export import Export, Material

WIDTH = 80
BULLET = "  - "


def readme(
    material: Material,
    *,
    written: Sequence[Export],
    missing: Sequence[tuple[Export, str]],
    redacted: Sequence[str],
) -> str:
    """The README in words: the files, those that could not be made, and what is withheld."""
    lines = [
        *_paragraphs(about(material)[:3]),
        "",
        "FILES",
        *(line for one in written for line in _file(one, material)),
    ]
    if missing:
        lines += _headed("NOT WRITTEN")
        lines += _paragraphs(f"{one.file_name}: {why}" for one, why in missing)
    lines += _headed("WHAT IS WITHHELD (redactions.json has the same for machines)")
    lines += _paragraphs(redacted)
    return "\n".join(lines) + "\n"


def _headed(heading: str) -> tuple[str, ...]:
    return ("", heading, "")


def _paragraphs(sentences: Iterator[str] | Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        yield _folded(sentence)


def _file(one: Export, material: Material) -> Iterator[str]:
    yield ""
    yield _folded(f"{one.file_name}: {one.holds}")
    if one.write_in is not None:
        for spoken in material.languages:
            yield _folded(f"{one.file_in(spoken.code)}: the same in {spoken.name}.")
    yield "  It cannot carry:"
    for sentence in one.leaves_out:
        yield _folded(sentence, first=BULLET, rest=" " * len(BULLET))


def _folded(text: str, *, first: str = "", rest: str = "  ") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip

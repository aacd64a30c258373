"""A draft mapping for a user's own table, with a preview of what it would load."""

from collections.abc import Iterator
from pathlib import Path

from wordkept.errors import CaseError, Problem
from wordkept.events.draft import draft_mapping, preview
from wordkept.events.releases import LoadOptions


def draft_with_preview(source: Path, mapping: Path, *, sheet: str | None) -> Iterator[str]:
    """Writes the draft, and gives the lines of a preview of what it would load."""
    _write(mapping, draft_mapping(source, sheet=sheet))
    yield f"{mapping}: a draft, guessed from the header of {source.name}"
    shown = preview(source, LoadOptions(loaded_at="", mapping=mapping, sheet=sheet))
    yield "what it would load:"
    for row in shown.rows:
        for field, value in zip(shown.fields, row, strict=True):
            if value not in (None, []):
                yield f"  {field}: {value}"
        yield ""


def _write(mapping: Path, text: str) -> None:
    try:
        mapping.write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"the draft cannot be written: {error.strerror or error}"
        remedy = "give a file name in a folder that is there and may be written"
        raise CaseError(Problem(what=what, where=str(mapping), remedy=remedy)) from error

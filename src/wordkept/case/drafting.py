"""A draft mapping for a user's own table, with a preview of what it would load."""

from collections.abc import Iterator
from pathlib import Path

from wordkept.events.draft import draft_mapping, preview
from wordkept.events.releases import LoadOptions


def draft_with_preview(source: Path, mapping: Path, *, sheet: str | None) -> Iterator[str]:
    """Writes the draft, and gives the lines of a preview of what it would load."""
    mapping.write_text(draft_mapping(source, sheet=sheet), encoding="utf-8")
    yield f"{mapping}: a draft, guessed from the header of {source.name}"
    shown = preview(source, LoadOptions(loaded_at="", mapping=mapping, sheet=sheet))
    yield "what it would load:"
    for row in shown.rows:
        for field, value in zip(shown.fields, row, strict=True):
            if value not in (None, []):
                yield f"  {field}: {value}"
        yield ""

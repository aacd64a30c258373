"""docs/exports.md held against the registry: a row a format, and no format that is not there."""

import re
from pathlib import Path

from wordkept.dossier.exports import EXPORTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_every_format_has_its_row() -> None:
    section = PAGE.partition("## The formats")[2].partition("\n| table |")[0]
    rows = re.findall(r"^\| `(\w+)` \| `([\w.-]+)` \|", section, re.MULTILINE)
    assert rows == [(one.name, one.file_name) for one in EXPORTS]

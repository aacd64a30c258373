"""The page "a pledge in ten lines" is run as it stands, and says what it shows."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from wordkept import Choices, Result

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ten-lines.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOP = {"on", "falls_to", "rises_to", "until"}


def test_each_block_runs_and_prints_what_is_shown() -> None:
    names: dict[str, Any] = {}
    said = ""
    shown = 0
    for language, block in FENCE.findall(PAGE):
        if language == "python":
            with redirect_stdout(io.StringIO()) as heard:
                exec(compile(block, "docs/ten-lines.md", "exec"), names)  # noqa: S102
            said = heard.getvalue()
        else:
            assert said.startswith(block)
            shown += 1
    assert shown == 2
    assert isinstance(names["result"], Result)
    assert names["result"]._repr_html_()


def test_it_is_ten_lines() -> None:
    first = FENCE.findall(PAGE)[0][1]
    assert len([line for line in first.splitlines() if line]) == 9 + 1


def test_every_choice_stands_in_the_table() -> None:
    section = PAGE.partition("## What may be given")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == (set(Choices.__annotations__) | TOP) - {"day", "count"}
    assert {"day", "count"} <= set(re.findall(r"`(\w+)=", section))

"""The JSON of a dossier is laid out as the standard library would, but for lists of numbers."""

import json
import re
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from wordkept.dossier.json_text import ESCAPED, as_json, pledge_json
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport

NUMBERS = re.compile(r"\[\n\s*(-?[\d.][-+\d.e,\s]*?)\n\s*\]")
"""A list of numbers, one to a line."""


def laid_out(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False, default=date.isoformat)
    joined = NUMBERS.sub(lambda found: f"[{''.join(found[1].split())}]", text)
    return joined.translate(ESCAPED) + "\n"


def test_a_pledge_is_laid_out_as_the_library_does(report: CaseReport) -> None:
    for pledge in shown_case(report):
        assert pledge_json(pledge) == laid_out(asdict(pledge))


def test_the_whole_is_laid_out_as_the_library_does(report: CaseReport) -> None:
    text = as_json(report)
    assert text == laid_out(json.loads(text))


def test_a_number_that_json_has_no_word_for_is_refused(report: CaseReport) -> None:
    estimate: Any = replace(report.assessments[0].estimates[0], ratio=float("nan"))
    with pytest.raises(ValueError, match="Out of range float"):
        pledge_json(estimate)

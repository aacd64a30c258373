"""The glossary holds every word of the model, and no class that is not there."""

import re
from pathlib import Path

import pytest

from wordkept import model

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
WORDS = [word for word, _, _ in ROWS if word != "word" and not set(word) <= set("-")]
CLASSES = [name for name in model.__all__ if not name.isupper()]
FIELD_WORDS = (
    "speaker", "record", "dataset", "native id", "event type, native type",
    "side a, side b, directed", "deaths low, best, high", "duplicate",
)  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_the_model_has_its_line(name: str) -> None:
    assert WORDS.count(f"`{name}`") == 1


@pytest.mark.parametrize("word", FIELD_WORDS)
def test_the_words_of_the_field_are_there(word: str) -> None:
    assert WORDS.count(word) == 1


def test_no_class_is_named_that_the_model_does_not_have() -> None:
    assert {word.strip("`") for word in WORDS if word.startswith("`")} == set(CLASSES)


def test_every_line_says_what_it_is_and_what_we_do_not_say() -> None:
    for word, meaning, instead in ROWS:
        assert meaning.strip(), word
        assert instead.strip(), word


def test_all_that_the_model_defines_is_public() -> None:
    """A class that is not exported would escape this glossary."""
    folder = Path(model.__file__).parent
    defined = {
        found
        for module in folder.glob("*.py")
        for found in re.findall(
            r"^class ([A-Z]\w*)", module.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert defined <= set(model.__all__)


def test_the_five_verdicts_and_all_kinds_are_named() -> None:
    for word in model.WORDS:
        assert word in PAGE
    for kind in model.KINDS:
        assert re.search(rf"\b{kind}\b", PAGE), kind

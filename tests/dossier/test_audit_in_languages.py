"""What the audit of a whole record says in a dossier, in every language the dossier speaks."""

import inspect
from collections.abc import Callable
from datetime import date
from itertools import product

import pytest

from wordkept.dossier.languages.language import LANGUAGES, language
from wordkept.events.auditing import sentences
from wordkept.events.auditing.sentences import CODED, SOURCE, WORLD, Spell
from wordkept.period import Period

OTHERS = tuple(code for code in LANGUAGES if code != "en")
A, B = date(2015, 3, 1), date(2015, 4, 21)
NAMES = (
    "Forces of North, South and East", "St. Petersburg. Region", "mine", "الفوعة; كفريا",
    "A (B): c", "only from 5 May 2015 on",
)  # fmt: skip
SPELLS = tuple(
    Spell(start=start, stop=stop, inside=inside, wholly=wholly)
    for (start, stop), inside, wholly in product(
        ((A, None), (None, B), (A, B)), (True, False), (True, False)
    )
)
CHANCES = (0.0001, 0.0123, 0.04)


def silences() -> list[str]:
    lengths = (Period(A, A), Period(A, B))
    return [
        sentences.silent(days, around, 0.004, stopped=stopped)
        for days, around, stopped in product(lengths, (0.0312, 4.5, 1288.2), (True, False))
    ]


def recoded() -> list[str]:
    return [
        sentences.recoded(field, A, NAMES[:come], NAMES[::-1][:gone], p)
        for field, come, gone, p in product((*CODED, SOURCE, *WORLD), (1, 2, 3, 6), (1, 5), CHANCES)
    ]


def used() -> list[str]:
    return [
        sentences.used(field, name, 0.004, spell, 0.004)
        for field, name, spell in product((*CODED, SOURCE), NAMES, SPELLS)
    ]


def in_part() -> list[str]:
    return [
        sentences.in_part(field, tuple(zip(NAMES, spells, strict=False))[:number], of, 0.004)
        for field, number, of in product(WORLD, (1, 2, 4, 5, 6), (1, 21, 24))
        for spells in (SPELLS[:6], SPELLS[6:])
        if of > 1 or number == 1
    ]


SAID: dict[str, Callable[[], list[str]]] = {
    "silent": silences,
    "ended": lambda: [sentences.ended(A, B, 4.5, p) for p in CHANCES],
    "dumped": lambda: [sentences.dumped(A, n, 0.31, 0.44, 0.004) for n in (20, 1421)],
    "recoded": recoded,
    "used": used,
    "in_part": in_part,
}


def test_every_kind_of_sentence_is_tried() -> None:
    public = inspect.getmembers(sentences, inspect.isfunction)
    own = {name for name, one in public if one.__module__ == sentences.__name__}
    assert {name for name in own if not name.startswith("_")} - {"level"} == set(SAID)


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("code", OTHERS)
def test_every_finding_is_said_whole_and_only_names_are_kept(code: str, kind: str) -> None:
    spoken = language(code)
    for english in SAID[kind]():
        said = spoken.sentence(english)
        assert said.matched, english
        kept = [one.text for one in said.pieces if one.whose == "kept"]
        assert set(kept) <= set(NAMES), (english, kept)
        assert english.count('"') in {0, 2 * len(kept)}, (english, said.text)


@pytest.mark.parametrize("code", OTHERS)
def test_its_labels_and_its_bars_are_said(code: str) -> None:
    spoken = language(code).afresh()
    for check in ("silence", "dump", "vocabulary", "source"):
        assert spoken.sentence(check).matched
    for of in ("rows a day", "events a day", *(f'rows a day with "{name}"' for name in NAMES)):
        spoken.sentence(of)
        spoken.sentence(f"{of[0].upper()}{of[1:]}, {A} to {B}.")
    assert not spoken.missed


def test_a_list_of_one_and_a_list_of_many_in_french() -> None:
    french = language("fr")
    one = sentences.in_part("actors", [(NAMES[2], SPELLS[0])], 5, 0.004)
    assert "1 ne figure que dans une partie" in french.sentence(one).text
    many = sentences.in_part("actors", tuple(zip(NAMES, SPELLS, strict=False)), 9, 0.004)
    said = french.sentence(many).text
    assert "6 ne figurent que" in said
    assert "; et 2 autres (hasard" in said.replace("\u00a0", "")

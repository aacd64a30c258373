"""Names of actors across spellings and scripts."""

import string

import numpy as np
import pyarrow as pa
import pytest

from wordkept.matching import engines
from wordkept.matching.folding import folded, folded_all
from wordkept.matching.names import ALIKE, SAME, resolved


def numbers(counts: dict[str, int], aliases: dict[str, str] | None = None) -> dict[str, int]:
    met = np.array(list(counts.values()), np.int64)
    ids, _ = resolved(pa.array(list(counts)), met, aliases or {})
    return dict(zip(counts, ids.tolist(), strict=True))


def test_misspelt_and_foreign_names_meet() -> None:
    found = numbers({"Northern Brigade": 90, "Nothern Brigade": 3, "Northern Brigdae": 2,
                     "Башар Асад": 1, "Bashar Asad": 9, "": 4})  # fmt: skip
    assert len({found[name] for name in list(found)[:3]}) == 1
    assert found["Башар Асад"] == found["Bashar Asad"]
    assert found[""] == -1


def test_countries_numbers_and_equals_stay_apart() -> None:
    met = {"Government of Nigeria": 900, "Government of Niger": 3, "Government of Iraq": 800,
           "Government of Iran": 5, "7th Brigade of Kara": 90, "8th Brigade of Kara": 2,
           "Army of Mara": 9, "Army of Mora": 8}  # fmt: skip
    assert len(set(numbers(met).values())) == len(met)


def test_an_alias_in_any_script_says_who_is_who() -> None:
    aliases = {"Авиация России": "Russia", "RuAF": "Russia"}
    found = numbers({"Russia": 1, "ruaf": 1, "Авиация России": 1}, aliases)
    assert len(set(found.values())) == 1


def test_names_of_the_same_words_are_alike() -> None:
    names = pa.array(["Syrian Army", "Army (Syrian Arab)", "Syrian Arab Army"])
    ids, known = resolved(names, np.ones(3, np.int64), {})
    assert known.alike[ids[0], ids[2]] == ALIKE
    assert known.alike[ids[0], ids[0]] == SAME


def test_arrow_folds_as_python_does() -> None:
    names = ["Military Forces of Syria (2000-)", "(only brackets)", "a  --  b", "Ämter", "", "İ ß"]
    assert folded_all(pa.array(names)).to_pylist() == [folded(name) for name in names]


def test_compiled_and_plain_say_the_same_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    draw = np.random.default_rng(3)
    right = ["Northern Brigade", "Army of Mara", "7th Brigade", "8th Brigade", "Forces of Niger",
             "Forces of Nigeria (2000-)", "(odd", "Башар Асад", "Front [of Kara] Kara",
             "a"]  # fmt: skip
    met: dict[str, int] = {}
    for name in [*right * 20, *(slipped(draw, right[n % len(right)]) for n in range(600))]:
        met[name] = met.get(name, 0) + 1
    texts, counts = pa.array(list(met)), np.array(list(met.values()))
    monkeypatch.setattr(engines, "FEW_NAMES", 10**9)
    plain, folds = resolved(texts, counts, {}), folded_all(texts)
    monkeypatch.setattr(engines, "FEW_NAMES", 0)
    compiled = resolved(texts, counts, {})
    assert folded_all(texts).equals(folds)
    assert plain[1].names == compiled[1].names
    assert len(plain[1].names) < len(met) / 2
    assert plain[0].tolist() == compiled[0].tolist()


def slipped(draw: np.random.Generator, name: str) -> str:
    """A name with up to three slips of the pen."""
    letters = string.ascii_lowercase + " 12"
    for _ in range(int(draw.integers(1, 4))):
        at, kind = int(draw.integers(0, len(name) + 1)), int(draw.integers(0, 3))
        new = letters[int(draw.integers(0, len(letters)))] if kind else ""
        turned = name[at : at + 2][::-1]
        name = (name[:at] + new + name[at + (kind < 2) :] if draw.random() < 0.7
                else name[:at] + turned + name[at + 2 :])  # fmt: skip
    return name

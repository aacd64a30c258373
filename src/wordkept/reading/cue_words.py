"""The verbs that carry what is said, in all their forms, with what may follow them."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a reporting verb, with the particle that belongs to it and what may follow.

    Its frames are letters: S a clause with "that", B
    also one without, Q a quotation, before or after,
    T "to" and a verb, N a noun phrase, H a hearer and then a clause, P somebody and then "to",
    O somebody and then "of", L a thing and then what it is called.
    """

    particle: str
    frames: str
    form: str
    """base, s, past or ing."""

    def takes(self, frame: str) -> bool:
        """Whether one of its frames is this one."""
        return frame in self.frames


@cache
def cue_verbs() -> dict[str, tuple[Cue, ...]]:
    """Of each form of a reporting verb the ways it is used, those with a particle first."""
    found: dict[str, list[Cue]] = {}
    listed = files("wordkept.reading").joinpath("cues.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(listed.splitlines()):
        for form, word in forms(row["verb"], row["past"]).items():
            found.setdefault(word, []).append(Cue(row["particle"], row["frames"], form))
    return {
        word: tuple(sorted(cues, key=lambda cue: not cue.particle)) for word, cues in found.items()
    }


def forms(verb: str, past: str = "") -> dict[str, str]:
    """The forms of a verb; a past that is left out is the regular one.

    >>> forms("deny")
    {'base': 'deny', 's': 'denies', 'past': 'denied', 'ing': 'denying'}
    >>> forms("say", "said")["ing"], forms("announce")["ing"], forms("plan", "planned")["ing"]
    ('saying', 'announcing', 'planning')
    """
    soft = verb[-1] == "y" and verb[-2] not in _VOWELS
    if soft or verb.endswith(("s", "sh", "ch", "x", "z")):
        plural = f"{verb[:-1]}ies" if soft else f"{verb}es"
    else:
        plural = f"{verb}s"
    regular = f"{verb}d" if verb[-1] == "e" else f"{verb[:-1]}ied" if soft else f"{verb}ed"
    doubled = past == f"{verb}{verb[-1]}ed"
    stem = verb[:-1] if verb[-1] == "e" and verb[-2] != "e" else verb + verb[-1] * doubled
    return {"base": verb, "s": plural, "past": past or regular, "ing": f"{stem}ing"}

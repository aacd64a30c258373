"""A sentence of the catalogue as a pattern: the words that stand fast, and typed gaps."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial

from wordkept.dossier.languages.kinds import CLOSED, SHAPES, Treatment

GAP = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
"""`{until:day}` in English; in a translation the kind may be left out."""
PLURAL = "n"
"""The gap whose number chooses the plural form; where none is so called, the first number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place in a sentence that differs from one sentence to the next."""

    name: str
    kind: str

    @property
    def treatment(self) -> Treatment:
        """What is done with what stands there."""
        return SHAPES[self.kind][1]


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """An English sentence with gaps, and what it is called in another language."""

    english: str
    plural: str
    """The English of many; empty where the sentence has no plural."""
    translations: tuple[str, ...]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """In the order of the English."""
        found = GAP.findall(self.plural or self.english)
        return tuple(Gap(name=name, kind=kind or "name") for name, kind in found)

    @cached_property
    def counted(self) -> Gap | None:
        """The gap whose number chooses the form."""
        numbers = [gap for gap in self.gaps if gap.kind == "count"]
        return next((gap for gap in numbers if gap.name == PLURAL), numbers[0] if numbers else None)

    @cached_property
    def begins_with_a_name(self) -> bool:
        """Whether its first letter is somebody's own, and says nothing of where it stands."""
        return self._begins_with("kept")

    @cached_property
    def rank(self) -> tuple[bool, int, str]:
        """Its place among patterns that match a sentence and leave as much of it to names.

        Those that begin with words of their own come first, and of those the heavier.
        """
        return self._begins_with("kept", "said", "items"), -self.weight, self.english

    def _begins_with(self, *treatments: Treatment) -> bool:
        begins = GAP.match(self.plural or self.english) is not None
        gap = self.gaps[0]
        return begins and gap.treatment in treatments and gap.kind not in CLOSED

    @cached_property
    def weight(self) -> int:
        """How much of it stands fast: of two patterns that match, the heavier is meant."""
        return len(GAP.sub("", self.plural or self.english))

    def match(self, sentence: str) -> dict[str, str] | None:
        """What stands in the gaps; None where the sentence is another.

        >>> one = Pattern(english="It held to {until:day}", plural="", translations=())
        >>> one.match("It held to 5 March 2016"), one.match("it held to the end")
        ({'until': '5 March 2016'}, None)
        """
        for anchor, regex in self._shapes:
            found = regex().fullmatch(sentence) if anchor in sentence else None
            if found:
                return found.groupdict()
        return None

    @cached_property
    def _shapes(self) -> tuple[tuple[str, Callable[[], re.Pattern[str]]], ...]:
        """Of one and of many: words that a sentence must hold, and the expression if it does."""
        forms = [form for form in (self.english, self.plural) if form]
        return tuple((_anchor(form), cache(partial(_compiled, form))) for form in forms)


def _anchor(english: str) -> str:
    """The longest stretch of fast words, less a first letter that may be large or small."""
    words = GAP.split(english)[::3]
    return max((words[0][1:], *words[1:]), key=len)


def _compiled(english: str) -> re.Pattern[str]:
    return re.compile(_regex(english), re.DOTALL)


def _regex(english: str) -> str:
    """The pattern as an expression that takes its first letter large or small."""
    made, at = "", 0
    for gap in GAP.finditer(english):
        made += _fast(english[at : gap.start()], first=at == 0)
        made += f"(?P<{gap[1]}>{SHAPES[gap[2] or 'name'][0]})"
        at = gap.end()
    return made + _fast(english[at:], first=at == 0)


def _fast(words: str, *, first: bool) -> str:
    if first and words[:1].isalpha():
        return f"[{words[0].upper()}{words[0].lower()}]{re.escape(words[1:])}"
    return re.escape(words)

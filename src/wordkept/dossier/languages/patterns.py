"""A sentence of the catalogue as a pattern: the words that stand fast, and typed gaps."""

import re
from dataclasses import dataclass
from functools import cached_property

from wordkept.dossier.languages.kinds import SHAPES, Treatment

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
    def anchor(self) -> str:
        """The longest stretch of fast words: a sentence without it cannot match."""
        words = [GAP.split(one)[::3] for one in (self.english, self.plural) if one]
        if len(words) > 1:
            return ""
        return max((part[1:] if not at else part for at, part in enumerate(words[0])), key=len)

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
        if self.anchor not in sentence:
            return None
        for regex in self._regexes:
            found = regex.fullmatch(sentence)
            if found:
                return found.groupdict()
        return None

    @cached_property
    def _regexes(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(_regex(one), re.DOTALL) for one in (self.english, self.plural) if one)


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

"""Finds what may be a time expression, by the grammar, trying only rules that a word calls for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from wordkept.model import Span
from wordkept.reading.times_grammar import RULES, SPACE
from wordkept.reading.times_words import LOWER, MONTHS, PARTS, SEASONS, SETS, UNITS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may be a time expression: where they stand, their kind and their parts."""

    start: int
    end: int
    kind: str
    parts: dict[str, str]

    def get(self, part: str) -> str:
        """The words of a part, "" where it has none."""
        return self.parts.get(part, "")


def _compiled(rule: str) -> re.Pattern[str]:
    """A rule with its spaces spelt out; a part that it names again gets a number."""
    seen: dict[str, int] = {}

    def numbered(name: re.Match[str]) -> str:
        seen[name[1]] = seen.get(name[1], 0) + 1
        return f"(?P<{name[1]}__{seen[name[1]]}>"

    spelt = re.sub(r"\(\?P<(\w+)>", numbered, rule).replace("(?P=mark)", "(?P=mark__1)")
    return re.compile(rf"(?<![\w/.])(?<!\d,)(?:{spelt})(?!\w)".replace(" ", SPACE))


_UNIT_WORDS = ("day", "week", "weekend", "month", "year", "quarter", "decade", "century")
_LONG_WORDS = (*UNITS, "fortnight", "half", "time")
_TRIGGERS: dict[str, Iterable[str]] = {
    "iso": "0", "slashed": "0", "date": MONTHS, "month": MONTHS, "weekday": WEEKDAYS,
    "today": ("today", "yesterday", "tomorrow"), "tonight": ("tonight", *PARTS),
    "unit": _UNIT_WORDS, "closing": _UNIT_WORDS, "weekend": ("weekend",), "season": SEASONS,
    "quarter": ("quarter", "q"), "half": ("half",), "week of": MONTHS, "week of date": MONTHS,
    "year": "0", "short year": "0", "decade": ("0", "nineties", "eighties", "seventies", "sixties",
    "fifties", "forties", "thirties", "twenties"), "century": ("century",), "day of month": "0",
    "same": ("same",), "shift": _LONG_WORDS, "vague shift": _LONG_WORDS, "span": _LONG_WORDS,
    "vague span": _LONG_WORDS, "pair": _LONG_WORDS, "length": _LONG_WORDS, "lengths": _LONG_WORDS,
    "set": ("every", "each", "once", "twice", "time", *WEEKDAYS, *SETS),
    "part": (*PARTS, "overnight"),
    "clock": ("0", "noon", "midnight"), "past": ("recently", "past", "recent"),
    "present": ("now", "currently", "nowaday", "presently", "present", "moment", "time", "current"),
    "future": ("soon", "future", "shortly", "term"), "then": ("then", "time"), "named day": "0",
    "feast": ("christmas", "eve", "boxing", "year"),
}  # fmt: skip
"""Of each kind, words without one of which its rules need not be tried; 0 is any digit."""
_TRIGGER = re.compile(r"[a-z]+|[0-9]")


@cache
def _rules_by_trigger() -> dict[str, tuple[int, ...]]:
    """For a word, cut of its last s, the numbers of the rules that it may call for."""
    calls: dict[str, set[int]] = {}
    for number, (kind, _) in enumerate(RULES):
        for word in _TRIGGERS[kind]:
            calls.setdefault(word.rstrip("s"), set()).add(number)
    return {word: tuple(sorted(numbers)) for word, numbers in calls.items()}


@cache
def _rule(number: int) -> tuple[str, re.Pattern[str]]:
    kind, rule = RULES[number]
    return kind, _compiled(rule)


def candidates(text: str, sentences: Iterable[Span]) -> tuple[tuple[Found, ...], ...]:
    """For each sentence what may be a time expression, in order, none across another.

    >>> text = "It left on 14 March 2016 after two weeks."
    >>> found = candidates(text, [Span(start=0, end=len(text))])
    >>> [(one.kind, text[one.start : one.end]) for one in found[0]]
    [('date', '14 March 2016'), ('length', 'two weeks')]
    """
    lowered = text.translate(LOWER)
    return tuple(_longest(list(_within(lowered, sentence))) for sentence in sentences)


def _within(lowered: str, sentence: Span) -> Iterator[Found]:
    calls = _rules_by_trigger()
    numbers: set[int] = set()
    for word in set(_TRIGGER.findall(lowered, sentence.start, sentence.end)):
        numbers.update(calls.get("0" if word.isdigit() else word.rstrip("s"), ()))
    for number in sorted(numbers):
        kind, rule = _rule(number)
        for match in rule.finditer(lowered, sentence.start, sentence.end):
            named = match.groupdict()
            parts = {name.partition("__")[0]: words for name, words in named.items() if words}
            yield Found(match.start(), match.end(), kind, parts)


def _longest(found: list[Found]) -> tuple[Found, ...]:
    """Of those that share words the longest; of equals the one whose rule stands first."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: one.start):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return tuple(kept)

"""Which way a sentence looks from the day it was written: back, ahead, or it does not say."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from wordkept.reading.times_verbs import (
    AHEAD,
    AUXILIARY_PAST,
    FACTIVE,
    FENCES,
    IRREGULAR,
    LASTING,
    NO_VERB,
    NOT_PAST,
    PRESENT,
    PROSPECTIVE,
    SAYS,
)

Way = Literal[-1, 0, 1]
"""Back, not told, ahead."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|--|[;:—–()\"“”]|''|``")
_ENDS_IN_LL = ("'ll", "’ll")
_AHEAD_BEFORE = re.compile(
    r"\b(from|by|until|till|before|starting|beginning|effective|as of|later than|ahead of|through"
    r"|to|for)"
    r"(?: (?:the|on|at|midnight|noon|around|about|late|early)){0,3} ?$"
)
_NAMED_BY = re.compile(
    r"(?<!deadline)(?<!end)(?<!start)(?<!beginning)(?<!middle)(?<!close)(?<!morning)(?<!night)"
    r"(?<!evening)(?<!week)(?<!ahead) of $"
)
"""The vote of 28 November: what bears its date has been."""
_SINCE = re.compile(r"\bsince(?: (?:the|about|around|at least|early|late|last))* ?$")
_SHORTEST = 3
"""Letters of words in -ed that are none of the past: red, fed."""
_LOOK_BACK = 40
"""Characters before an expression in which a preposition of it may stand."""


@dataclass(frozen=True, slots=True)
class _Signal:
    start: int
    way: Way
    word: str


@dataclass(frozen=True, slots=True)
class Tenses:
    """What the verbs of one sentence say of time, and where clauses part."""

    signals: tuple[_Signal, ...]
    fences: tuple[int, ...]

    def way(self, lowered: str, start: int, end: int) -> Way:
        """Which way an expression at `lowered[start:end]` looks, by its verb and preposition."""
        before = lowered[max(0, start - _LOOK_BACK) : start]
        if _SINCE.search(before):
            return -1
        verb = self._verb(start, end)
        if _NAMED_BY.search(before):
            return -1
        leading = _AHEAD_BEFORE.search(before)
        if leading:
            return _led(leading[1], verb)
        return verb.way if verb else 0

    def _verb(self, start: int, end: int) -> _Signal | None:
        """The verb that an expression hangs on: its clause's last before it, or the next after."""
        fence_at = bisect_left(self.fences, start)
        fence = self.fences[fence_at - 1] if fence_at else -1
        at = bisect_left(self.signals, start, key=_start_of)
        before = self.signals[at - 1] if at else None
        if before and before.start > fence:
            return before
        ahead_at = bisect_left(self.signals, end, key=_start_of)
        ahead = self.signals[ahead_at] if ahead_at < len(self.signals) else None
        next_at = bisect_left(self.fences, end)
        near = next_at == len(self.fences) or (ahead and ahead.start < self.fences[next_at])
        return ahead if ahead and (near or before is None) else before


def _start_of(signal: _Signal) -> int:
    return signal.start


def _led(preposition: str, verb: _Signal | None) -> Way:
    """Which way a "from", a "by", an "until" looks, after such a verb."""
    if verb is None or verb.way == 1:
        return 1
    if preposition in {"until", "till"}:
        return -1 if verb.word in LASTING else 1
    if preposition in {"through", "to"}:
        return verb.way
    return 1 if verb.word in PROSPECTIVE else verb.way


def tenses(sentence: str, offset: int) -> Tenses:
    """The tenses of a sentence, its places counted from `offset`.

    >>> tenses("The army said it would leave on Tuesday", 0).way("", 32, 39)
    1
    >>> tenses("The army left on Tuesday", 0).way("", 17, 24)
    -1
    """
    words = [(found[0].lower(), found.start(), found[0]) for found in _WORD.finditer(sentence)]
    signals: list[_Signal] = []
    fences = []
    supposed = False
    for at, (word, start, _) in enumerate(words):
        if word in {"if", "unless"}:
            supposed = bool(signals) and signals[-1].way == 1
        if word in FENCES:
            fences.append(offset + start)
        way = _way_of(words, at, signals[-1] if signals else None)
        if way is not None:
            signals.append(_Signal(offset + start, 1 if supposed else way, word))
    return Tenses(tuple(signals), tuple(fences))


def _way_of(words: list[tuple[str, int, str]], at: int, last: _Signal | None) -> Way | None:
    """Which way one word looks; None of a word that is no sign of it."""
    word, _, written = words[at]
    if _will(word):
        named = word in {"may", "might", "will"} and written[0].isupper() and at
        return None if named else 1
    if word == "to":
        return _infinitive(words, at, last)
    if word in IRREGULAR or (
        word.endswith("ed") and len(word) > _SHORTEST and word not in NOT_PAST
    ):
        return _past(words, at, written)
    if word in SAYS:
        before = words[at - 1][0] if at else ""
        return None if before in AHEAD or before in NO_VERB or before in {"to", "not"} else -1
    return 0 if word in PRESENT and not (at and _will(words[at - 1][0])) else None


def _past(words: list[tuple[str, int, str]], at: int, written: str) -> Way | None:
    """Back, but not of "will be moved", nor of a name such as Allied."""
    if written[0].isupper() and at:
        return None
    before = [word for word, _, _ in words[max(0, at - 4) : at]]
    while before and (before[-1].endswith("ly") or before[-1] in {"not", "also", "already"}):
        before.pop()
    if not before:
        return -1
    ahead = len(before) > 1 and _will(before[-2])
    if before[-1] in AUXILIARY_PAST:
        return None if ahead and before[-1] == "have" else -1
    undone = before[-1] in {"be", "being", "is", "are", "get", "to"} or _will(before[-1])
    return None if undone else -1


def _will(word: str) -> bool:
    return word in AHEAD or word.endswith(_ENDS_IN_LL)


def _infinitive(words: list[tuple[str, int, str]], at: int, last: _Signal | None) -> Way | None:
    """Which way "to leave" looks, by the verb that it hangs on; None of "to the north"."""
    if at + 1 >= len(words):
        return None
    word, _, written = words[at + 1]
    if written[0].isupper() or word in NO_VERB or word in FENCES or word.endswith("s"):
        return None
    if words[at - 1][0] in {"was", "were"}:
        return 0
    if last is None or last.word in PROSPECTIVE:
        return 1
    return None if last.word in FACTIVE or last.way else last.way

"""What can go wrong for a user, in three lines: what, where, what to try."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: what, where, and what to try."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  try:   {self.remedy}"


class WordkeptError(Exception):
    """Something a user can put right: one or more problems, all of one input at once."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("an error needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class InputError(WordkeptError):
    """A file that the user gave cannot be read as it stands."""


class PledgeError(WordkeptError):
    """A pledge file says something that cannot be, or that no loaded record holds."""


class CaseError(WordkeptError):
    """The case folder is missing, newer than this version, locked, damaged or not writable."""


def closest(word: str, known: Iterable[str], *, most: int = 1) -> Sequence[str]:
    """The known words nearest to `word`, case ignored, best first.

    >>> list(closest("Rusia", ["Russia", "Syria", "Prussia"]))
    ['Russia']
    >>> list(closest("zebra", ["Russia"]))
    []
    """
    by_folded = {name.casefold(): name for name in known}
    hits = get_close_matches(word.casefold(), by_folded, n=most, cutoff=0.6)
    return [by_folded[hit] for hit in hits]


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """A remedy that names the closest known word, or `otherwise` where none is near.

    >>> did_you_mean("Rusia", ["Russia"], otherwise="see the list")
    'did you mean "Russia"?'
    """
    hits = closest(word, known)
    return f'did you mean "{hits[0]}"?' if hits else otherwise

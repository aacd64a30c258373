"""A pledge file while it is read: its name, its lines, and the problems found so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wordkept.errors import PledgeError, Problem
from wordkept.pledges.lines import KeyPath


@dataclass(slots=True, kw_only=True)
class Sheet:
    """Where the problems of one file are gathered, so that all are told at once."""

    name: str
    lines: Mapping[KeyPath, int]
    found: list[tuple[int, Problem]] = field(default_factory=list)

    def note(self, path: KeyPath, what: str, remedy: str, *, also: str = "") -> None:
        """Remember a problem at the line of a key, or of the nearest table that holds it."""
        self.note_line(line_of(self.lines, path), what, remedy, also=also)

    def note_line(self, line: int, what: str, remedy: str, *, also: str = "") -> None:
        """Remember a problem at a line, once."""
        problem = Problem(what=what, where=where(self.name, line) + also, remedy=remedy)
        if (line, problem) not in self.found:
            self.found.append((line, problem))

    def settle(self) -> None:
        """Raise PledgeError with all that was noted, in the order of the lines."""
        if self.found:
            raise PledgeError(*(problem for _, problem in sorted(self.found, key=lambda at: at[0])))


def where(name: str, line: int) -> str:
    """A place in a file, as errors name it.

    >>> where("pledges/truce.toml", 12)
    'pledges/truce.toml, line 12'
    """
    return f"{name}, line {line}"


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of a key, or of the nearest table that holds it; 1 where none does.

    >>> line_of({("plan",): 7}, ("plan", "primary", "actors"))
    7
    """
    holders = (path[:depth] for depth in range(len(path), 0, -1))
    return next((lines[holder] for holder in holders if holder in lines), 1)

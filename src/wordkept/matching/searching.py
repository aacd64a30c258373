"""All pairs that are compared, here or dealt out: counted, and those of them that are wanted."""

from dataclasses import dataclass
from typing import Protocol

from wordkept.matching.candidates import candidates, degrees
from wordkept.matching.levels import Comparing
from wordkept.matching.rows import Rows
from wordkept.matching.wanted import Found, Nodes, Wanted


class Search(Protocol):
    """What is asked of all candidates; both that give it give the same, in the same order."""

    def degrees(self) -> tuple[Nodes, Nodes]:
        """How many candidates each left row and each right row has."""

    def candidates(self, wanted: Wanted) -> Found:
        """The pairs that are wanted, and their patterns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The candidates, gone through on this machine."""

    left: Rows
    right: Rows
    how: Comparing

    def degrees(self) -> tuple[Nodes, Nodes]:
        """How many candidates each left row and each right row has."""
        return degrees(self.left, self.right, self.how)

    def candidates(self, wanted: Wanted) -> Found:
        """The pairs that are wanted, and their patterns."""
        return candidates(self.left, self.right, self.how, wanted)

"""All pairs that are compared, here or dealt out: counted, and those of them that are wanted."""

from typing import Protocol

from wordkept.matching.wanted import Found, Nodes, Wanted


class Search(Protocol):
    """What is asked of all candidates; both that give it give the same, in the same order."""

    def degrees(self) -> tuple[Nodes, Nodes]:
        """How many candidates each left row and each right row has."""

    def candidates(self, wanted: Wanted) -> Found:
        """The pairs that are wanted, and their patterns."""

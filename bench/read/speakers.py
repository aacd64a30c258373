"""How often a source is resolved to whom the annotators say it is: `-m bench.read.speakers`."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.corpus.gold import GoldStatement, GoldText
from bench.corpus.markup import PIECES, pieces
from wordkept.reading.attributed import Attributed
from wordkept.reading.speakers_people import bare
from wordkept.reading.statements import proposed_statements


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of how many notes how many came right, and of how many sources nothing was said."""

    right: int = 0
    silent: int = 0
    notes: int = 0

    @property
    def accuracy(self) -> float:
        return self.right / self.notes if self.notes else 0.0

    @property
    def precision(self) -> float:
        told = self.notes - self.silent
        return self.right / told if told else 0.0

    def __add__(self, other: "Accuracy") -> "Accuracy":
        return Accuracy(
            self.right + other.right, self.silent + other.silent, self.notes + other.notes
        )

    def __str__(self) -> str:
        told = f"of those told {self.precision:.3f}"
        return f"{self.accuracy:.3f} ({told}, cannot tell {self.silent}, n {self.notes})"


@dataclass(frozen=True, slots=True)
class Case:
    """A source with a note: its words, whom the note says, and whom the reader says."""

    text: str
    words: str
    wanted: str
    given: str | None

    @property
    def right(self) -> bool:
        return self.given is not None and plain(self.given) == plain(self.wanted)

    @property
    def near(self) -> bool:
        """Whether one of the two names only says more: "a baker", "a baker in the old town"."""
        one, other = (set(plain(name).split()) for name in (self.given or "", self.wanted))
        return bool(one) and (one <= other or other <= one)

    @property
    def reachable(self) -> bool:
        """Whether the text itself holds the name that the note gives."""
        return plain(self.wanted) in self.text.casefold()


def speaker_scores(golds: Sequence[GoldText]) -> dict[str, Accuracy]:
    """Accuracy of the speaker on gold spans, of each statement with a source and a note.

    `all`; `near`, where the reader's name and the note's may differ in how much they say;
    `reachable`, of the notes whose name stands in the text word for word; `itself`, of the sources
    without a note: those name themselves, and their speaker must stand in their own words.
    """
    total = {"all": Accuracy(), "near": Accuracy(), "reachable": Accuracy(), "itself": Accuracy()}
    for gold in golds:
        for case in cases(gold):
            one = Accuracy(int(case.right), int(case.given is None), 1)
            total["all"] += one
            total["near"] += Accuracy(int(case.right or case.near), one.silent, 1)
            if case.reachable:
                total["reachable"] += one
        for words, given in _themselves(gold):
            right = given is not None and plain(given) in words.casefold()
            total["itself"] += Accuracy(int(right), int(given is None), 1)
    return total


def plain(name: str) -> str:
    """A name for comparing: in lower case, without article and title."""
    return " ".join(bare(name).casefold().replace("’", "'").split())


def cases(gold: GoldText) -> Iterator[Case]:
    """Every source of a text that has a note, with what the reader makes of it."""
    for one, given in _read(gold):
        if one.source and one.speaker:
            words = " / ".join(span.of(gold.text) for span in one.source)
            yield Case(text=gold.text, words=words, wanted=one.speaker, given=given)


def _themselves(gold: GoldText) -> Iterator[tuple[str, str | None]]:
    for one, given in _read(gold):
        if one.source and not one.speaker:
            yield one.source[0].of(gold.text).replace("’", "'"), given


def _read(gold: GoldText) -> Iterator[tuple[GoldStatement, str | None]]:
    found = [
        Attributed(source=one.source, cue=one.cue, content=one.content, confidence=1.0)
        for one in gold.statements
    ]
    read = proposed_statements(gold.text, found, (), gold.published, ())
    return zip(gold.statements, (one.speaker for one in read), strict=True)


def main() -> None:
    """Our own corpus but for its held-out file, or that file alone with `--held-out`."""
    held_out = "--held-out" in sys.argv
    files = sorted(PIECES.glob("*.txt"))
    golds = [one for file in files if (file.stem == "heldout") == held_out for one in pieces(file)]
    for name, score in speaker_scores(golds).items():
        print(f"{name:10} {score}")


if __name__ == "__main__":
    main()

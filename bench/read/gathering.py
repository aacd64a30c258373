"""How well terms are given to their acts, on gold terms: `python -m bench.read.gathering`."""

import sys
from bisect import bisect_right
from collections.abc import Sequence

from bench.corpus.gold import GoldText
from bench.corpus.markup import PIECES, pieces
from bench.read.pledges import pledge_scores
from bench.read.scores import Score
from wordkept.model import ProposedPledge, ProposedTerm
from wordkept.reading.linking import Tagspan
from wordkept.reading.pledges import gather
from wordkept.reading.words import sentences


def gathering_scores(golds: Sequence[GoldText]) -> dict[str, Score]:
    """Each slot, and `slots` together, when the rule is given the annotators' own terms."""
    read = {gold.id: _gathered(gold) for gold in golds}
    found = {name: one for name, one in pledge_scores(golds, read).items() if "slot" in name}
    found["slots"] = sum(found.values(), Score())
    return found


def _gathered(gold: GoldText) -> tuple[ProposedPledge, ...]:
    tags = {
        Tagspan(role=slot, span=span, confidence=1.0)
        for pledge in gold.pledges
        for slot, span in pledge.terms
    }
    starts = [one.start for one in sentences(gold.text)]
    found = gather(
        sorted(tags, key=lambda tag: tag.span),
        lambda place: bisect_right(starts, place),
        lambda _: ("other", "announced", 1.0),
    )
    return tuple(_pledge(str(number), one.terms) for number, one in enumerate(found))


def _pledge(name: str, terms: tuple[ProposedTerm, ...]) -> ProposedPledge:
    return ProposedPledge(
        id=name, statement=None, deed="other", status="announced", terms=terms,
        announced=None, starts=None, ends=None, leaves_open=(),
    )  # fmt: skip


def main() -> None:
    """Our own corpus but for its held-out file, or that file alone with `--held-out`."""
    held_out = "--held-out" in sys.argv
    files = sorted(PIECES.glob("*.txt"))
    golds = [one for file in files if (file.stem == "heldout") == held_out for one in pieces(file)]
    for name, score in gathering_scores(golds).items():
        print(f"{name:15} {score}")


if __name__ == "__main__":
    main()

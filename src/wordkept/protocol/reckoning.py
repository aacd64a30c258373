"""What a count comes to: the number held against the one asked for, and the verdict on it."""

from dataclasses import dataclass

from wordkept.model import Count, Finding, Verdict, Word
from wordkept.protocol.verdict import lowered

PARTLY_SHARE = 0.5
"""At least this share of what counts as kept is partly kept: "the main part" is more than half
(METHOD step 6 reads it so), and less than half of a thing is not a part of the promise kept."""
WORD_FLOOR = ("There is no step below it.",)
WORD_CEILING = ("There is no step above it.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """A count, where one could be made, and what it comes to."""

    count: Count | None
    verdict: Verdict


def said(word: Word, sentence: str, higher: tuple[str, ...], lower: tuple[str, ...]) -> Verdict:
    """The verdict of a word, its sentence begun with it, and why it is no other."""
    return Verdict(
        word=word,
        sentence=f"{word.capitalize()}: {sentence}.",
        why_not_higher=WORD_CEILING if word == "kept" else higher,
        why_not_lower=WORD_FLOOR if word == "not kept" else lower,
    )


def shut(gates: tuple[str, ...], seen: str = "") -> Verdict:
    """The verdict where the record may not be believed; `seen` says what it holds all the same."""
    before = f"{seen}, but " if seen else ""
    return Verdict(
        word="cannot tell",
        sentence=f"Cannot tell: {before}{lowered(gates[0])}",
        why_not_higher=gates,
        why_not_lower=gates,
        gates=gates,
    )


def audited(findings: tuple[Finding, ...], *, but: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The gates that the audit closed, but for those of the checks named.

    A window of a rate is cut where reports may still come in; of a count nothing can be cut, so a
    record that may not be complete yet closes the gate.
    """
    return tuple(
        one.sentence
        for one in findings
        if (one.closes_gate or (one.check == "completeness" and one.outcome == "failed"))
        and one.check not in but
    )

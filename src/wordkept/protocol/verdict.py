"""One word, its sentence, and why it is not one step up or down (METHOD step 7)."""

from wordkept.model import Plan, Pledge, Testability, Verdict, Word
from wordkept.prose import day, moved
from wordkept.protocol.reading import Reading
from wordkept.protocol.reasons import because, why_not_higher, why_not_lower
from wordkept.protocol.steps import Step

STEP_DOWN: dict[Word, Word] = {"kept": "partly kept", "partly kept": "cannot tell"}


def not_testable(testability: Testability) -> Verdict:
    """The verdict on a pledge that no record can test."""
    return Verdict(
        word="not testable",
        sentence=f"Not testable: {lowered(testability.obstacles[0]).removesuffix('.')}.",
        why_not_higher=testability.obstacles,
        why_not_lower=("What cannot be tested cannot be found broken either.",),
    )


def gated(gates: tuple[str, ...], pledge: Pledge, plan: Plan,
          raw: tuple[float, float] | None) -> Verdict:  # fmt: skip
    """The verdict where the record may not be believed."""
    seen = f"{_subject(pledge, plan, raw)}, but " if raw and raw[1] != float("inf") else ""
    return Verdict(
        word="cannot tell",
        sentence=f"Cannot tell: {seen}{lowered(gates[0])}",
        why_not_higher=gates,
        why_not_lower=gates,
        gates=gates,
    )


def reached(
    reading: Reading, steps: tuple[Step, ...], pledge: Pledge, plan: Plan, raw: tuple[float, float]
) -> Verdict:
    """The verdict of a reading, one step down where there is a reason to."""
    before = reading.word
    stepped = bool(steps) and before in STEP_DOWN
    word = STEP_DOWN[before] if stepped else before
    reasons = tuple(step.sentence for step in steps) if stepped else ()
    subject = _subject(pledge, plan, raw)
    clauses = tuple(step.clause for step in steps) if stepped else ()
    return Verdict(
        word=word,
        sentence=f"{word.capitalize()}: {subject}{because(reading, clauses, plan)}.",
        why_not_higher=reasons or why_not_higher(word, reading, plan),
        why_not_lower=why_not_lower(word, reading, plan, stepped=stepped),
        steps_down=reasons,
    )


def _subject(pledge: Pledge, plan: Plan, raw: tuple[float, float]) -> str:
    label = plan.primary.label or "recorded events"
    when = f" before {day(pledge.starts)}" if pledge.starts else " before"
    return f"{label} {moved(*raw)} of their level{when}"


def lowered(sentence: str) -> str:
    """A sentence to stand after a colon: its first letter small, unless it begins a name."""
    first = sentence.split(" ", 1)[0]
    return sentence[0].lower() + sentence[1:] if first in OPENERS else sentence


OPENERS = frozenset({"A", "An", "At", "In", "It", "No", "Nothing", "The", "This", "What"})

"""What a proposed pledge leaves open, in plain words."""

import re
from collections.abc import Sequence

from wordkept.model import Deed, ProposedTerm

VAGUE = re.compile(
    r"\b(?:main|most|majority|bulk|part|some|several|many|large|significant|substantial|gradual\w*|"
    r"partial\w*|largely|considerabl\w*|further|soon)\b",
    re.IGNORECASE,
)
ASKED: dict[Deed, tuple[tuple[str, str], ...]] = {
    "withdraw": (("magnitude", "how much is withdrawn"), ("start", "from when"),
                 ("end", "by when it is complete"), ("area", "from where")),
    "ceasefire": (("start", "from when"), ("end", "until when"), ("area", "where it holds")),
    "reduce": (("magnitude", "by how much"), ("start", "from when"), ("end", "until when")),
    "limit": (("object", "what is still struck"), ("end", "until when")),
    "release": (("magnitude", "how many"), ("end", "by when")),
    "access": (("area", "where"), ("start", "from when"), ("end", "until when")),
    "disarm": (("magnitude", "how much"), ("end", "by when")),
    "resign": (("start", "from when"),),
    "allow": (("start", "from when"), ("end", "until when")),
    "uphold": (("end", "for how long"),),
}  # fmt: skip
"""By what a pledge is about: the slots that a test of it needs, and the question each answers.
Deeds that no record of events can test are not asked."""


def left_open(deed: Deed, terms: Sequence[ProposedTerm], text: str) -> tuple[str, ...]:
    """The questions that the words of a pledge leave without an answer.

    A magnitude in loose words ("the majority") leaves open what counts as it; words that say
    themselves what is not settled are quoted.
    """
    named = {term.slot for term in terms}
    found = [question for slot, question in ASKED.get(deed, ()) if slot not in named]
    for term in terms:
        words = " ".join(term.span.of(text).split())
        if term.slot == "magnitude" and VAGUE.search(words):
            found.append(f'what counts as "{words}"')
        if term.slot == "open":
            found.append(f'as the text says: "{words}"')
    return tuple(dict.fromkeys(found))

"""What a proposed pledge leaves open, in plain words."""

import re
from collections.abc import Sequence

from wordkept.model import Deed, ProposedTerm, Slot

VAGUE = re.compile(
    r"\b(?:main|most|majority|bulk|part|parts|portion|share|number|some|several|many|few|more|large|"
    r"larger|significant\w*|substantial\w*|gradual\w*|partial\w*|largely|mostly|mainly|considerabl\w*|"
    r"further|limited|token|dozens|scores|hundreds|thousands|as (?:much|many) as possible)\b",
    re.IGNORECASE,
)
"""Words of a magnitude that bind to no number."""
VAGUE_DAY = re.compile(
    r"\b(?:soon|shortly|eventually|later|immediate future|near future|due course|in time|"
    r"(?:coming|next few|following few|next several) (?:hours|days|weeks|months|years)|"
    r"(?:a few|several|some|many) (?:hours|days|weeks|months|years)|"
    r"as soon as (?:possible|practicable)|"
    r"when conditions (?:allow|permit)|(?:some|one) day|at some point|"
    r"a (?:later|suitable) (?:date|time))\b",
    re.IGNORECASE,
)
"""Words of a start or an end that name no day."""
_NUMBER = re.compile(
    r"\d|\b(?:half|third|quarter|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|all|"
    r"every|whole|entire)\b",
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


DAYS: dict[Slot, str] = {"start": "what day", "end": "what last day"}


def left_open(deed: Deed, terms: Sequence[ProposedTerm], text: str) -> tuple[str, ...]:
    """The questions that the words of a pledge leave without an answer.

    A magnitude in loose words ("the majority") leaves open what counts as it, and a start or an end
    in loose words ("soon") which day it is; words that say themselves what is not settled are
    quoted. A number among the loose words binds it: "some 300".
    """
    named = {term.slot for term in terms}
    found = [question for slot, question in ASKED.get(deed, ()) if slot not in named]
    for term in terms:
        words = " ".join(term.span.of(text).split())
        if term.slot == "magnitude" and VAGUE.search(words) and not _NUMBER.search(words):
            found.append(f'what counts as "{words}"')
        if term.slot in DAYS and VAGUE_DAY.search(words):
            found.append(f'{DAYS[term.slot]} "{words}" is')
        if term.slot == "open":
            found.append(f'as the text says: "{words}"')
    return tuple(dict.fromkeys(found))

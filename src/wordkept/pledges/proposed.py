"""The draft of a pledge file for a proposal that a person accepted, with a plan from its terms."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wordkept.model import KINDS, Deed, Kind, Question, Slot, Status
from wordkept.pledges.tables import FIRST_YEAR, LAST_YEAR
from wordkept.pledges.testability import PRESENCE

PLEDGED: tuple[Status, ...] = ("announced", "agreed", "reported")
"""What binds, or is told to have been done; a threat and a denial pledge nothing."""
QUESTIONS_OF: Mapping[Kind, Question] = {
    "withdraw": "falls",
    "reduce": "falls",
    "ceasefire": "ceases",
    "limit": "only",
    "release": "delivers",
    "disarm": "delivers",
    "uphold": "holds",
}
"""What a plan asks, by the kind of the pledge; of the other kinds a person must say it."""
LONGEST_STEM = 60
LONGEST_TITLE = 100
LONGEST_TEXT = 500
"""Characters of a term: what is longer is no term but a paragraph."""
WIDTH = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What an accepted pledge says, in its text's own words, and where it was said."""

    origin: str
    """The proposal that it was, as the file names it."""
    deed: Deed
    status: Status
    actor: str | None
    """The party that is bound; None where the text does not name it."""
    terms: Mapping[Slot, Sequence[str]]
    announced: date | None
    starts: date | None
    ends: date | None
    leaves_open: Sequence[str]
    speaker: str | None
    made_on: date | None
    document: str
    """The name of the document in the case."""
    quotes: Sequence[str]
    """Exact spans of the document, each standing in it once."""
    amount: int | None = None
    """The number that is promised, where its words give one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A loaded record that holds events of the party that is bound."""

    dataset: str
    actor: str
    """As the record spells it."""
    areas: Sequence[str] = ()
    """Of the pledge's area, what the record knows by that name."""
    event_types: Sequence[str] = ()
    also: Sequence[str] = ()
    """Other records that hold it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFile:
    """The text of a draft, and what of it a person must fill in before it can be a pledge."""

    stem: str
    """A name for it, without the ending."""
    text: str
    gaps: tuple[str, ...]

    @property
    def ending(self) -> str:
        """`.toml`, or `.toml.txt` where it cannot be read as a pledge yet."""
        return ".toml.txt" if self.gaps else ".toml"


def why_none(deed: Deed, status: Status) -> str | None:
    """Why no pledge file can be drafted of a proposal, in plain words; None where one can.

    >>> why_none("attack", "announced")
    'a pledge file knows no pledge to attack'
    >>> why_none("withdraw", "announced") is None
    True
    """
    if status not in PLEDGED:
        return f"it was {status}, not pledged"
    if deed not in KINDS:
        return f"a pledge file knows no pledge to {deed}" if deed != "other" else (
            "what it is about is none of the kinds that a pledge file knows"
        )  # fmt: skip
    return None


def proposed_file(
    said: Declared, holder: Holder | None, *, doubts: Sequence[str] = ()
) -> ProposedFile:
    """The draft of a pledge file; its plan stands ready only where nothing of it is for a person.

    The deed must be a kind of a pledge file. Where a required key is not known, its place is
    marked as in `init`'s example, and the draft must not end in `.toml` yet; no more may it where
    there are `doubts`, things that a person must see to.
    """
    gaps: list[str] = list(doubts)
    lines = [
        *_comment(f"Drafted from {said.origin}."),
        *_comment("Every quote is an exact span of the document. Read it there, and mend it here."),
        *_pledge_lines(said, gaps),
        "",
        *_said_lines(said, gaps),
        "",
        *_plan_lines(said, holder),
    ]  # fmt: skip
    if gaps:
        ask = "Not read as a pledge yet. Say what stands between < and >, then give it a name that"
        lines[:0] = _comment(f"{ask} ends in .toml. To be said: {'; '.join(gaps)}.")
    return ProposedFile(stem=_stem(said), text="\n".join(lines) + "\n", gaps=tuple(gaps))


def _pledge_lines(said: Declared, gaps: list[str]) -> Iterator[str]:
    act, thing = _named(said, "act"), _named(said, "object")
    yield "[pledge]"
    yield "# Put together from the words of the text: write one line of your own."
    yield f"title = {_text(_title(said))}"
    yield f"actor = {_required(said.actor, 'the party', 'who is bound', gaps)}"
    yield f"kind = {_text(said.deed)}"
    if said.status == "reported":
        yield "# The text tells it as done already."
    yield from _optional("act", act)
    yield from _optional("object", thing)
    announced = said.announced if _in_years(said.announced) else None
    if announced:
        yield f"announced = {announced}"
    else:
        gaps.append("the day on which it was declared")
        yield 'announced = "<the day, without quotes: 2016-03-14>"'
    yield from _term_days(said, gaps)
    yield from _optional("magnitude", _named(said, "magnitude"))
    yield from _optional("area", _named(said, "area"))
    addressee = _named(said, "addressee")
    if addressee:
        yield from _comment(f"It was promised to: {addressee}")
    conditions = [f'on the condition that it names: "{words}"' for words in
                  map(_plain, said.terms.get("condition", ())) if words]  # fmt: skip
    yield from _listed("exceptions", said.terms.get("exception", ()))
    yield from _listed("leaves_open", [*said.leaves_open, *conditions])


def _term_days(said: Declared, gaps: list[str]) -> Iterator[str]:
    backwards = said.starts and said.ends and said.ends < said.starts
    for key, day in (("starts", said.starts), ("ends", said.ends)):
        if day is None:
            continue
        if backwards or not _in_years(day):
            gaps.append(f'whether "{key}" is {day}')
            yield f"# It cannot be so as it was read: check {key} = {day}"
            yield f'{key} = "<the day, without quotes>"'
        else:
            yield f"{key} = {day}"


def _said_lines(said: Declared, gaps: list[str]) -> Iterator[str]:
    made_on = said.made_on or said.announced
    yield "[[pledge.said]]"
    yield f"speaker = {_required(said.speaker, 'who said it', 'who said it', gaps)}"
    if made_on and _in_years(made_on):
        yield f"on = {made_on}"
    else:
        gaps.append("when it was said")
        yield 'on = "<the day, without quotes>"'
    yield f"document = {_text(said.document)}"
    if not said.quotes:
        gaps.append("the exact words")
    yield "quotes = ["
    yield from (f"    {_text(quote)}," for quote in said.quotes or ("<the exact words>",))
    yield "]"


def _plan_lines(said: Declared, holder: Holder | None) -> Iterator[str]:
    question = QUESTIONS_OF.get(next(one for one in KINDS if one == said.deed))
    why = _why_no_plan(said, question, holder)
    lines = list(_plan(said, question, holder))
    if why is None:
        yield from _comment(
            "A plan proposed from the terms above, before anybody weighed it. "
            "Read it, change it, and give your reason, before you register it."
        )
        if holder and holder.also:
            others = ", ".join(map(_text, holder.also))
            yield from _comment(
                f"This party is also held by: {others}. [[plan.others]] asks them the same."
            )
        yield from lines
        return
    yield from _comment(f"No plan yet: {why}. To write one, take the # away below and say what "
                        "stands between < and >.")  # fmt: skip
    yield from (f"# {line}".rstrip() for line in lines)


def _why_no_plan(said: Declared, question: Question | None, holder: Holder | None) -> str | None:
    if question is None:
        return f"what a record would show of a pledge to {said.deed} is for a person to say"
    if question == "only":
        return "which events it allows is for a person to say, in [plan.allowed] or [plan.tally]"
    if question == "delivers":
        number = "" if said.amount else "its words give no number, and "
        return f"{number}which record counts what was to be delivered is for a person to say"
    if holder is None:
        return "no loaded record holds the party by this name"
    if question == "holds" and PRESENCE not in holder.event_types:
        return f'no loaded record that holds the party observes presence ("{PRESENCE}" events)'
    return None


def _plan(said: Declared, question: Question | None, holder: Holder | None) -> Iterator[str]:
    dataset = _text(holder.dataset if holder else "<the dataset's name>")
    actor = _text(holder.actor if holder else "<the party, as the record spells it>")
    label = f"events laid to {_plain(holder.actor)}" if holder else "<what is counted>"
    yield "[plan]"
    yield f"question = {_text(question or '<the question>')}"
    if question == "delivers":
        yield f"amount = {said.amount or '<the number that was declared>'}"
    yield "# Why what counts as kept is what it is: a person's word."
    yield '# threshold_reason = "<why this threshold>"'
    yield "record_known = true"
    yield ""
    yield "[plan.primary]"
    yield f"dataset = {dataset}"
    yield f"label = {_text(label)}"
    yield f"actors = [{actor}]"
    if question == "holds":
        yield f"event_types = [{_text(PRESENCE)}]"
    elif holder and holder.event_types:
        yield from _comment(f"It holds events of these types; all are counted where event_types is "
                            f"left out: {', '.join(map(_text, holder.event_types))}")  # fmt: skip
    if holder and holder.areas:
        yield f"areas = [{', '.join(map(_text, holder.areas))}]"
    if question == "only":
        yield ""
        yield "[plan.allowed]"
        yield f"dataset = {dataset}"
        yield 'targets = ["<a target that is named>"]'


def _required(words: str | None, placeholder: str, gap: str, gaps: list[str]) -> str:
    plain = _plain(words or "")
    if plain:
        return _text(plain)
    gaps.append(gap)
    return _text(f"<{placeholder}>")


def _optional(key: str, words: str) -> Iterator[str]:
    if words:
        yield f"{key} = {_text(words)}"


def _listed(key: str, texts: Sequence[str]) -> Iterator[str]:
    words = tuple(dict.fromkeys(filter(None, map(_plain, texts))))
    if words:
        yield f"{key} = ["
        yield from (f"    {_text(one)}," for one in words)
        yield "]"


def _named(said: Declared, slot: Slot) -> str:
    return "; ".join(filter(None, map(_plain, said.terms.get(slot, ()))))


def _plain(words: str) -> str:
    """Words on one line, as a pledge file may hold them; empty where it would not take them."""
    plain = " ".join(_printable(words).split())[:LONGEST_TEXT].strip()
    return "" if plain.startswith("<") and plain.endswith(">") else plain


def _printable(words: str) -> str:
    return "".join(mark if mark.isprintable() or not mark.isascii() else " " for mark in words)


def _title(said: Declared) -> str:
    act, thing = _named(said, "act"), _named(said, "object")
    words = f"{act} {thing}".strip() if thing not in act else act
    title = f"{_plain(said.actor or '')}: {words or said.deed}".removeprefix(": ")
    return (
        title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rsplit(' ', 1)[0]} ..."
    )


def _stem(said: Declared) -> str:
    """A name for the file from the words; from the kind where they have no Latin letters."""
    words = re.findall(r"[a-z0-9]+", _title(said).casefold())
    stem = "-".join(words)[:LONGEST_STEM].strip("-")
    return stem if re.search(r"[a-z]{3}", stem) else f"{said.deed}-{said.announced or 'undated'}"


def _in_years(day: date | None) -> bool:
    return day is not None and FIRST_YEAR <= day.year <= LAST_YEAR


def _text(words: str) -> str:
    """A TOML string; JSON's strings are TOML's but for the delete character."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(words: str) -> Iterator[str]:
    line = "#"
    for word in _printable(words).split():
        if len(line) + len(word) >= WIDTH:
            yield line
            line = "#"
        line = f"{line} {word}"
    yield line

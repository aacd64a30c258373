"""Accepted pledges as draft pledge files: their words, their speaker, and a record to ask."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from wordkept.case.case import Case, writing
from wordkept.case.naming import document_called, handle
from wordkept.case.readings import StoredReading, reading_text
from wordkept.case.reviewing import Kept, accepted, by_key, judgements, key_of, settled
from wordkept.documents.capture import text_of
from wordkept.documents.passages import find_passage
from wordkept.errors import InputError, PledgeError
from wordkept.ids import short
from wordkept.model import Passage, ProposedPledge, ProposedStatement, Span
from wordkept.pledges.files import read_pledge
from wordkept.pledges.holdings import Known
from wordkept.pledges.proposed import Declared, Holder, ProposedFile, proposed_file, why_none

WE = frozenset(
    "i we he she they it our my his her their its us ours theirs we'll they'll".split()  # noqa: SIM905  a list of words reads best so
)
"""Words for a party that do not name it: the speaker is meant, or whoever was named before."""
MOST_WIDENED = 60
"""Words by which a quote is widened, on either side, to stand in its document once."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What no pledge file holds in a quote: it is quoted in pieces around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What became of one accepted pledge."""

    reading: str
    pledge: str
    """The id of the proposal."""
    path: Path | None
    """Where its draft stands; None where none was written."""
    new: bool = False
    reason: str = ""
    """Why there is none, or what of it a person must fill in."""


def write_drafts(case: Case) -> tuple[Drafted, ...]:
    """What became of each accepted pledge of the case; drafts that are not there are written."""
    kept = accepted(case).pledges
    known = known_records(case) if kept else Known(datasets={})
    return tuple(write_draft(case, one, known) for one in kept)


def known_records(case: Case) -> Known:
    """What the loaded releases hold, by name; nothing where none is loaded."""
    return case.record(date.max).known() if case.releases() else Known(datasets={})


def write_draft(case: Case, kept: Kept[ProposedPledge], known: Known) -> Drafted:
    """Where the draft of one accepted pledge stands, once it does; never over another file.

    A pledge whose draft, or a copy of it, stands in `pledges/` already is left alone.
    """
    pledge = kept.value
    why = why_none(pledge.deed, pledge.status)
    if why:
        return Drafted(reading=kept.stored.id, pledge=pledge.id, path=None, reason=why)
    folder = case.folder / "pledges"
    origin = f"proposal {pledge.id} of reading {short(kept.stored.id)}"
    standing = _standing(folder, origin)
    if standing:
        return Drafted(reading=kept.stored.id, pledge=pledge.id, path=standing)
    said = _declared(case, kept, f"{origin}, accepted by {kept.judgement.who}")
    holder = _holder(case, said, known)
    draft = proposed_file(said, holder)
    if not draft.gaps:
        draft = proposed_file(said, holder, doubts=_doubts(case, draft))
    with writing(case.folder):
        path = _written(folder, draft)
    reason = "; ".join(draft.gaps)
    return Drafted(reading=kept.stored.id, pledge=pledge.id, path=path, new=True, reason=reason)


def unique_quotes(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    r"""The words of the spans as quotes that each stand in the text once, widened where need be.

    A quote does not run over characters that a pledge file refuses, such as a carriage return.

    >>> unique_quotes("No fire. We said: no fire.\r\nNever.", [Span(start=18, end=34)])
    ('no fire.', 'Never.')
    >>> unique_quotes("He left. She left.", [Span(start=3, end=8)])
    ('left. She',)
    """
    found = []
    for span in spans:
        start = span.start
        for end in [*(one.start() for one in _UNPRINTABLE.finditer(text, start, span.end)),
                    span.end]:  # fmt: skip
            piece = _trimmed(text, start, end)
            widened = _widened(text, piece) if piece.of(text) else None
            if widened:
                found.append(widened.of(text))
            start = end + 1
    return tuple(dict.fromkeys(found))


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start=start, end=start + len(words.strip()))


def _widened(text: str, span: Span) -> Span | None:
    """The span, or one around it, that stands in the text once; None where there is none."""
    for _ in range(MOST_WIDENED):
        words = span.of(text)
        marked = words.startswith("<") and words.endswith(">")
        if not marked and text.find(words, text.find(words) + 1) < 0:
            return span
        wider = _wider(text, span)
        if wider == span:
            return None
        span = wider
    return None


def _wider(text: str, span: Span) -> Span:
    """The span with the word after it; at the end of its line, with the one before it."""
    after = re.compile(r"[ \t]*[^\s\x00-\x08\x0e-\x1f\x7f]+").match(text, span.end)
    if after:
        return Span(start=span.start, end=after.end())
    before = re.search(r"[^\s\x00-\x08\x0e-\x1f\x7f]+[ \t]*$",
                       text[max(0, span.start - 400) : span.start])  # fmt: skip
    return Span(start=span.start - len(before[0]), end=span.end) if before else span


def _standing(folder: Path, origin: str) -> Path | None:
    for path in sorted((*folder.glob("*.toml"), *folder.glob("*.toml.txt"))):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if f"{origin}," in " ".join(text.replace("#", " ").split()):
            return path
    return None


def _declared(case: Case, kept: Kept[ProposedPledge], origin: str) -> Declared:
    stored, pledge = kept.stored, kept.value
    text, document = reading_text(case, stored), stored.document
    statement, told = _carrier(case, stored, pledge)
    if statement:
        speaker, made_on = statement.actor or statement.speaker, statement.made_on
    elif told:
        speaker, made_on = document.author or document.publisher, document.published
    else:
        speaker, made_on = None, None
    terms = {term.slot: tuple(span.of(text) for span in pledge.named(term.slot))
             for term in pledge.terms}  # fmt: skip
    return Declared(
        origin=origin,
        deed=pledge.deed,
        status=pledge.status,
        actor=_actor(case, terms.get("actor", ()), statement),
        terms=terms,
        announced=pledge.announced,
        starts=pledge.starts,
        ends=pledge.ends,
        leaves_open=pledge.leaves_open,
        speaker=speaker,
        made_on=made_on,
        document=handle(document, case.documents()),
        quotes=unique_quotes(text, statement.content if statement else _sentences(text, pledge)),
        amount=_amount(stored, pledge),
    )


def _carrier(
    case: Case, stored: StoredReading, pledge: ProposedPledge
) -> tuple[ProposedStatement | None, bool]:
    """The statement that carries a pledge, as it stands; else whether the writer tells it."""
    reading = stored.reading
    found = next((one for one in reading.statements if one.id == pledge.statement), None)
    if found is None:
        return None, True
    stands = settled(by_key(judgements(case)).get(key_of(reading.text, found), []))
    if stands is None or not isinstance(stands.value, ProposedStatement):
        return found, False
    return (None if stands.decision == "reject" else stands.value), False


def _actor(case: Case, words: Sequence[str], statement: ProposedStatement | None) -> str | None:
    """Who is bound: the party that the words name, else whoever speaks."""
    for one in words:
        name = " ".join(one.split())
        if name and name.casefold() not in WE:
            return _named(case, name) or name
    speaker = (statement.actor or statement.speaker) if statement else None
    return (_named(case, speaker) or speaker) if speaker else None


def _named(case: Case, name: str) -> str | None:
    """The party of the case that goes by a name."""
    for actor in case.settings.actors:
        if _bare(name) in map(_bare, (actor.name, *actor.aliases)):
            return actor.name
    return None


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s")


def _sentences(text: str, pledge: ProposedPledge) -> tuple[Span, ...]:
    """The sentences that hold the act; the act itself where they cannot be told."""
    from wordkept.reading.words import sentences

    acts = pledge.named("act")
    holding = [one for one in sentences(text) if any(one.meets(act) for act in acts)]
    return tuple(holding) or acts


def _amount(stored: StoredReading, pledge: ProposedPledge) -> int | None:
    """The whole number that the magnitude or the object gives; None where none, or rough."""
    spans = (*pledge.named("magnitude"), *pledge.named("object"))
    for one in stored.reading.figures:
        if one.share or one.about or not any(span.meets(one.span) for span in spans):
            continue
        if one.low is not None and one.low >= 1 and one.high in (one.low, None):
            return int(one.low) if one.low.is_integer() else None
    return None


def _holder(case: Case, said: Declared, known: Known) -> Holder | None:
    """The first record, by name, that holds the party; those of media attention are not asked."""
    if said.actor is None:
        return None
    aliases = next((one.aliases for one in case.settings.actors if one.name == said.actor), ())
    names = {_bare(one) for one in (said.actor, *aliases)}
    spelled = {
        dataset: next((one for one in sorted(held.actors) if _bare(one) in names), None)
        for dataset, held in sorted(known.datasets.items())
        if held.kind != "attention"
    }
    holding = [(dataset, actor) for dataset, actor in spelled.items() if actor]
    if not holding:
        return None
    dataset, actor = holding[0]
    held = known.datasets[dataset]
    areas = {_bare(one) for one in said.terms.get("area", ())}
    return Holder(
        dataset=dataset,
        actor=actor,
        areas=tuple(one for one in sorted(held.areas) if _bare(one) in areas),
        event_types=tuple(sorted(held.event_types)),
        also=tuple(name for name, _ in holding[1:]),
    )


def _doubts(case: Case, draft: ProposedFile) -> tuple[str, ...]:
    """What a pledge file with this text would be refused for: nothing, or a person must look."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "draft.toml"
        path.write_text(draft.text, encoding="utf-8")
        try:
            read_pledge(path, _finder(case))
        except (InputError, PledgeError) as error:
            return tuple(problem.what for problem in error.problems)
    return ()


def _finder(case: Case) -> Callable[[str, str], Passage]:
    documents = case.documents()

    def find(name: str, quote: str) -> Passage:
        document = document_called(name, documents, otherwise="check the name")
        return find_passage(quote, document.id, text_of(document, case.folder / "documents"))

    return find


def _written(folder: Path, draft: ProposedFile) -> Path:
    folder.mkdir(exist_ok=True)
    taken = {path.name.split(".")[0] for path in folder.iterdir()}
    number, stem = 1, draft.stem
    while stem in taken:
        number += 1
        stem = f"{draft.stem}-{number}"
    path = folder / f"{stem}{draft.ending}"
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(draft.text)
    return path

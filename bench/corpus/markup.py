"""Our own corpus, read from its inline marks (corpus/GUIDELINES.md) into text and spans."""

import itertools
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.corpus.gold import GoldFigure, GoldPledge, GoldStatement, GoldText
from wordkept.model import DEEDS, SLOTS, STATUSES, Span

PIECES = Path(__file__).parents[2] / "corpus" / "pieces"
LAYERS = {"statements": True, "pledges": True, "figures": True, "times": True}
_HEAD = re.compile(r"^=== (\S+)[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"\[([a-z]\d+(?:\.[a-z]+)?(?:\+[a-z]?\d+(?:\.[a-z]+)?)*)\s+")
_LABEL = re.compile(r"([scqpfd])(\d+)(?:\.([a-z]+))?")


class MarkupError(ValueError):
    """A piece breaks the format: its id, and all that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mark:
    label: str
    span: Span


def own_corpus(folder: Path = PIECES) -> tuple[GoldText, ...]:
    """Every piece of our own corpus; raises MarkupError with all that is wrong."""
    return tuple(piece for file in sorted(folder.glob("*.txt")) for piece in pieces(file))


def pieces(file: Path) -> tuple[GoldText, ...]:
    """Every piece of one file; raises MarkupError with all that is wrong in any."""
    found, wrong = [], []
    for name, body in _bodies(file.read_text(encoding="utf-8")):
        try:
            found.append(_piece(name, body))
        except MarkupError as error:
            wrong.append(str(error))
    doubles = {one.id for one in found if sum(one.id == other.id for other in found) > 1}
    wrong.extend(f"{name}: the id stands twice" for name in sorted(doubles))
    if wrong:
        raise MarkupError("\n".join(wrong))
    return tuple(found)


def _bodies(content: str) -> Iterator[tuple[str, str]]:
    heads = list(_HEAD.finditer(content))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        yield head[1], content[head.end() : following.start() if following else None]


def _piece(name: str, body: str) -> GoldText:
    wrong: list[str] = []
    about, _, rest = body.strip("\n").partition("\n\n")
    marked, bar, notes = rest.partition("\n--")
    if not bar:
        wrong.append("there is no line -- after the text")
    head = dict(line.split(":", 1) for line in about.splitlines() if ":" in line)
    text, marks = unmarked(marked.strip("\n"), wrong)
    told = _notes(notes, wrong)
    spans: dict[str, list[Span]] = defaultdict(list)
    for mark in marks:
        spans[mark.label].append(mark.span)
    labels = _Labels(text=text, spans=spans, told=told, wrong=wrong)
    try:
        published = date.fromisoformat(head.get("published", "").strip())
    except ValueError:
        published = None
        wrong.append("published is no date")
    read = GoldText(
        id=name, text=text, published=published, style=head.get("style", "").strip(),
        statements=labels.statements(), pledges=labels.pledges(), figures=labels.figures(),
        times=labels.times(), layers=LAYERS,
    )  # fmt: skip
    labels.leftovers()
    if wrong:
        raise MarkupError("\n".join(f"{name}: {what}" for what in wrong))
    return read


def unmarked(marked: str, wrong: list[str]) -> tuple[str, list[Mark]]:
    """The text without its marks, and each mark with its span; what is wrong goes on the list."""
    out: list[str] = []
    length = 0
    marks: list[Mark] = []
    open_: list[tuple[str, int]] = []
    place = 0
    while place < len(marked):
        opening = _OPENING.match(marked, place)
        if opening:
            open_.append((opening[1], length))
            place = opening.end()
            continue
        if marked[place] == "]" and open_:
            label, start = open_.pop()
            span = _tight("".join(out), start, length)
            if span.start >= span.end:
                wrong.append(f"[{label}] is empty")
            marks.extend(Mark(one, span) for one in _labels(label))
        elif marked[place] in "[]":
            wrong.append(f"a stray bracket at ...{marked[max(0, place - 25) : place + 25]!r}")
        else:
            out.append(marked[place])
            length += 1
        place += 1
    wrong.extend(f"[{label}] is never closed" for label, _ in open_)
    return "".join(out), sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))


def _labels(label: str) -> list[str]:
    """The labels of a mark that belongs to several: `s1+s2`, `p1+p2.actor`, `p1.actor+p2.actor`."""
    parts = label.split("+")
    slot = next((part.partition(".")[2] for part in parts if "." in part), "")
    letter = parts[0][0]
    found = []
    for part in parts:
        whole = part if part[0].isalpha() else letter + part
        found.append(whole if "." in whole or not slot or whole[0] != "p" else f"{whole}.{slot}")
    return found


def _tight(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)


def _notes(notes: str, wrong: list[str]) -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = {}
    for line in notes.strip().splitlines():
        try:
            name, *rest = shlex.split(line)
        except ValueError as error:
            wrong.append(f"note {line!r}: {error}")
            continue
        said = {}
        for item in rest:
            key, equals, value = item.partition("=")
            said[key if equals else "value"] = value if equals else key
        if name in told:
            wrong.append(f"two notes for {name}")
        told[name] = said
    return told


@dataclass(slots=True)
class _Labels:
    text: str
    spans: dict[str, list[Span]]
    told: dict[str, dict[str, str]]
    wrong: list[str]

    def _numbers(self, letters: str) -> list[str]:
        found = {match[2] for label in self.spans
                 if (match := _LABEL.fullmatch(label)) and match[1] in letters}  # fmt: skip
        return sorted(found, key=int)

    def statements(self) -> tuple[GoldStatement, ...]:
        found = []
        for number in self._numbers("sqc"):
            parts = {letter: tuple(self.spans.get(letter + number, ())) for letter in "sqc"}
            if not parts["c"]:
                self.wrong.append(f"statement {number} has no content")
            if not parts["q"] and not parts["s"]:
                self.wrong.append(f"statement {number} has neither source nor cue")
            said = self.told.pop(number, None) or self.told.pop("s" + number, {})
            found.append(
                GoldStatement(
                    number=number,
                    source=parts["s"],
                    cue=parts["q"],
                    content=parts["c"],
                    speaker=said.get("speaker"),
                )
            )
        return tuple(found)

    def pledges(self) -> tuple[GoldPledge, ...]:
        known = set(self._numbers("sqc"))
        found = []
        for number in self._numbers("p"):
            said = self.told.pop("p" + number, {})
            terms = tuple(
                (label.partition(".")[2], span)
                for label, spans in self.spans.items()
                if label.startswith(f"p{number}.")
                for span in spans
            )
            for key, names in (("kind", DEEDS), ("status", STATUSES)):
                if said.get(key) not in names:
                    self.wrong.append(f"p{number}: {key}={said.get(key)} is none of {names}")
            by = said.get("statement", "none").removeprefix("s")
            if by not in {"none", *known}:
                self.wrong.append(f"p{number}: there is no statement {by}")
            slots = [slot for slot, _ in terms]
            self.wrong.extend(f"p{number}: no slot is called {slot}" for slot in slots
                              if slot not in SLOTS)  # fmt: skip
            if "act" not in slots:
                self.wrong.append(f"p{number} has no act")
            found.append(
                GoldPledge(
                    number=number,
                    deed=said.get("kind", ""),
                    status=said.get("status", ""),
                    statement=None if by == "none" else by,
                    terms=terms,
                )
            )
        self._flat([term for pledge in found for term in pledge.terms])
        return tuple(found)

    def _flat(self, terms: list[tuple[str, Span]]) -> None:
        spans = sorted({(span.start, span.end, slot) for slot, span in terms})
        for one, other in itertools.pairwise(spans):
            if other[0] < one[1] and one[:2] != other[:2]:
                words = self.text[one[0] : one[1]]
                self.wrong.append(f"one term lies inside another: {words!r}")

    def figures(self) -> tuple[GoldFigure, ...]:
        found = []
        for number in self._numbers("f"):
            said = self.told.pop("f" + number, None)
            if said is None:
                self.wrong.append(f"f{number} has no note")
                continue
            by = said.get("by", "none").removeprefix("s")
            try:
                low, high = (float(said[key]) if said.get(key) else None for key in ("low", "high"))
            except ValueError:
                self.wrong.append(f"f{number}: a bound is no number")
                continue
            found.append(
                GoldFigure(
                    span=self.spans["f" + number][0],
                    low=low,
                    high=high,
                    unit=said.get("unit", ""),
                    statement=None if by == "none" else by,
                    about=said.get("about") == "yes",
                    share=said.get("share") == "yes",
                )
            )
        return tuple(found)

    def times(self) -> tuple[tuple[Span, str], ...]:
        found: list[tuple[Span, str]] = []
        for number in self._numbers("d"):
            value = self.told.pop("d" + number, {}).get("value", "")
            if not value:
                self.wrong.append(f"d{number} has no value")
            found.extend((span, value) for span in self.spans["d" + number])
        return tuple(sorted(found, key=lambda one: one[0]))

    def leftovers(self) -> None:
        self.wrong.extend(f"a note for {name}, which has no mark" for name in self.told)
        self.wrong.extend(f"[{label}] is no label" for label in self.spans
                          if not _LABEL.fullmatch(label))  # fmt: skip

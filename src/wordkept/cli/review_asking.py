"""A review at a terminal: one proposal after another, each answered with a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from wordkept.cli.review_shown import (
    apart,
    draft_lines,
    item_lines,
    judged,
    shown,
    tally,
    wrapped,
)
from wordkept.errors import WordkeptError, did_you_mean

KEYS = {
    "a": ("accept", "it is right as it stands"),
    "r": ("reject", "the text does not say so"),
    "m": ("mend", "right, but for some of its words or terms"),
    "s": ("skip", "leave it open, and go on"),
    "u": ("undo", "take back your last decision, and see it again"),
    "q": ("quit", "leave; what was decided stands"),
    "?": ("help", "these keys"),
}
Keys = Mapping[str, tuple[str, str]]
"""By key: the word that it stands for, and what that does."""
NOTHING = "-"
"""What a reviewer types for a thing that the text does not say."""


@dataclass(slots=True, kw_only=True)
class Session:
    """One reviewer's walk through proposals; each decision is entered at once."""

    opened: Any
    items: Sequence[Any]
    who: str
    blind: bool
    found: dict[Any, list[Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    known: Any = None

    def walk(self) -> None:
        """Asks for every proposal that is open, until the last one or until told to quit."""
        self._look()
        self._begin()
        place = 0
        try:
            while place < len(self.items):
                item = self.items[place]
                if self._standing(item) is not None:
                    place += 1
                    continue
                step = self._ask(item, place)
                if step is None:
                    break
                place = step
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo("")
        self._end()

    def _look(self) -> None:
        from wordkept.case.reviewing import by_key, judgements

        self.found = by_key(judgements(self.opened))

    def _standing(self, item: Any) -> Any:
        from wordkept.case.reviewing import decided_by

        return decided_by(self.found.get(item.key, []), self.who, blind=self.blind)

    def _decisions(self) -> list[str | None]:
        standing = map(self._standing, self.items)
        return [None if one is None else one.decision for one in standing]

    def _begin(self) -> None:
        from wordkept.case.proposed_pledges import write_drafts

        blind = ", the decisions of others hidden" if self.blind else ""
        _say(f"{tally(self._decisions())}. You decide as {self.who}{blind}.")
        if not self.blind and self.found:
            drafted = [one for one in write_drafts(self.opened) if one.new]
            _print(draft_lines(self.opened, drafted))
        _help()

    def _end(self) -> None:
        click.echo("")
        _say(f"{tally(self._decisions())}. All decisions stand in the ledger.")
        if self.blind:
            _say("pledge files are drafted once the review goes on without --blind")

    def _ask(self, item: Any, place: int) -> int | None:
        """Shows a proposal, and gives the place to go on from; None to quit."""
        text = self._text(item)
        _print(item_lines(item, text, place=(place + 1, len(self.items)), note=self._note(item)))
        while True:
            word = _key()
            if word == "quit":
                return None
            if word == "skip":
                return place + 1
            if word == "undo":
                back = self._undo()
                if back is not None:
                    return back
            elif word == "help":
                _help()
            elif word == "mend":
                if self._mend(item, text):
                    return place + 1
            else:
                self._decide(item, word, item.value)
                return place + 1

    def _note(self, item: Any) -> str:
        """What others decided blind and not alike, where it may be seen."""
        if self.blind or item.key not in self.found:
            return ""
        others = "; ".join(judged(one) for one in self.found[item.key])
        return f"not decided alike: {others}"

    def _text(self, item: Any) -> str:
        from wordkept.case.readings import reading_text

        if item.stored.id not in self.texts:
            self.texts[item.stored.id] = reading_text(self.opened, item.stored)
        return self.texts[item.stored.id]

    def _decide(self, item: Any, decision: Any, value: Any) -> None:
        from wordkept.case.reviewing import Kept, decide

        (made,) = decide(self.opened, [(item, decision, value)], who=self.who, blind=self.blind)
        self.found.setdefault(item.key, []).append(made)
        _say(judged(made))
        if item.sort == "pledge" and decision != "reject" and not self.blind:
            from wordkept.case.proposed_pledges import known_records, write_draft

            self.known = self.known or known_records(self.opened)
            kept = Kept(stored=item.stored, value=value, judgement=made)
            _print(draft_lines(self.opened, [write_draft(self.opened, kept, self.known)]))

    def _undo(self) -> int | None:
        """Takes back this reviewer's last decision of those under review, and gives its place."""
        from wordkept.case.reviewing import take_back

        places = {item.key: place for place, item in enumerate(self.items)}
        own = [one for group in self.found.values() for one in group
               if one.who == self.who and one.key in places]  # fmt: skip
        if not own:
            _say("there is no decision of yours to take back")
            return None
        last = max(own, key=lambda one: one.number)
        take_back(self.opened, last, who=self.who)
        self.found[last.key].remove(last)
        if not self.found[last.key]:
            del self.found[last.key]
        _say(f"taken back: {judged(last)}; a pledge file that was drafted stays")
        return places[last.key]

    def _mend(self, item: Any, text: str) -> bool:
        """Asks what to mend; whether something was, or else the proposal stays open."""
        from wordkept.case.mending import mended

        given: dict[str, Any] = {}
        while True:
            try:
                name = _field(item)
                if name:
                    _take(item, text, name, given)
                    continue
                if not given:
                    return False
                value = mended(item, text, given, where=f"{item.sort} {item.value.id}")
            except click.Abort:
                click.echo("")
                _say("nothing was mended")
                return False
            except WordkeptError as error:
                click.echo(f"wordkept: {shown(str(error))}")
                continue
            self._decide(item, "mend", value)
            return True


def asked_key(keys: Keys) -> str:
    """What the next key that means something stands for; quit at the end of what is typed."""
    digits = dict(zip("123456", keys, strict=False))
    listed = ", ".join(f"{key} {word}" for key, (word, _) in keys.items())
    click.echo(f"  {listed}: ", nl=False)
    while True:
        key = click.getchar().lower()
        if not key:
            return "quit"
        key = digits.get(key, key)
        if key in keys:
            word = keys[key][0]
            click.echo(word)
            return word


def print_keys(keys: Keys) -> None:
    """Prints what each key does; six have a digit too, for keyboards without Latin letters."""
    digits = {key: digit for digit, key in zip("123456", keys, strict=False)}
    for key, (word, meaning) in keys.items():
        also = f" or {digits[key]}" if key in digits else "     "
        click.echo(f"    {key}{also}  {word:9} {meaning}")


def _key() -> str:
    return asked_key(KEYS)


def _help() -> None:
    print_keys(KEYS)


def _names(item: Any) -> tuple[str, ...]:
    """What of a proposal can be mended, by the names that a reviewer types."""
    from wordkept.case.mending import FIELDS
    from wordkept.model import SLOTS

    fields = FIELDS[item.sort]
    return (*(one for one in fields if one != "terms"), *(SLOTS if "terms" in fields else ()))


def _field(item: Any) -> str:
    """The name of what to mend next; empty where all was said."""
    names = _names(item)
    _say(f"mend which? {', '.join(names)} (Enter: done; Ctrl-C: leave it)")
    while True:
        name = str(click.prompt("  which", default="", show_default=False)).strip()
        if not name or name in names:
            return name
        _say(did_you_mean(name, names, otherwise=f"one of: {', '.join(names)}"))


def _take(item: Any, text: str, name: str, given: dict[str, Any]) -> None:
    """Asks for what a field is to be, and puts it to what was given."""
    from wordkept.model import SLOTS

    slot = item.sort == "pledge" and name in SLOTS
    now = item.value.named(name) if slot else getattr(item.value, name)
    words = isinstance(now, tuple)
    said = [span.of(text) for span in now] if words else [] if now is None else [str(now)]
    _say(f"now: {' [...] '.join(map(apart, said)) or 'nothing'}")
    asked = "the exact words of the text, [...] between pieces" if words else "what it is to be"
    _say(f"{asked} ({NOTHING}: nothing; Enter: as it is)")
    value: Any = str(click.prompt(f"  {name}", default="", show_default=False)).strip()
    if not value:
        return
    if value == NOTHING:
        value = [] if words else "" if name == "unit" else None
    elif name in {"low", "high"}:
        value = _number(value)
    if slot:
        given.setdefault("terms", {})[name] = value
    else:
        given[name] = value


def _number(words: str) -> float | str:
    try:
        return float(words.replace(",", ""))
    except ValueError:
        return words


def _say(words: str) -> None:
    _print(wrapped(words))


def _print(lines: Any) -> None:
    for line in lines:
        click.echo(line)

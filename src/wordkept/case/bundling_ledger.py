"""The ledger as it may leave: each entry with the bytes that its hash was made from, or withheld.

An entry's hash covers its whole payload, so a payload is shown whole or not at all. Of one that is
withheld the number, kind, time and hashes are kept: the chain is then seen to be linked there, and
its content cannot be recomputed.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wordkept.dossier.masking import Masks
from wordkept.ledger.canonical import canonical
from wordkept.ledger.entries import Entry
from wordkept.model import PublicationRule

WORDS_ALONE = frozenset({"case", "plan", "judgement", "dossier", "reading", "mask", "bundle",
                         "capture", "export"})  # fmt: skip
"""Kinds in which nothing of a record stands."""
OUTPUTS = frozenset({"dossier", "bundle", "export", "feed"})
"""Kinds that say what was built: at the end of a ledger they are left out, so that a bundle built
twice is the same."""
PASSAGE = 12
"""Characters from which on a text is looked for in what is masked."""
QUOTED = frozenset({"quote", "quotes"})

SPEAKS_OF: Mapping[str, Callable[[Any, Mapping[str, str]], list[str]]] = {
    "release": lambda said, _: [said["release"]["dataset"]],
    "assessment": lambda said, datasets: [datasets.get(one, "") for one in said["releases"]],
    "look": lambda said, datasets: [datasets.get(said["seen"]["release"], "")],
    "flip": lambda said, _: [said["dataset"]],
    "match": lambda said, _: list(said["releases"]),
    "pair": lambda said, _: [said["pair"][side]["dataset"] for side in ("one", "other")],
    "alarm": lambda _, datasets: sorted(set(datasets.values())),
    "feed": lambda _, datasets: sorted(set(datasets.values())),
}
"""By kind: the datasets whose record an entry speaks of; of alarms any of the case."""

TERMS = "its record's terms let no rows leave"
MASKED = "it holds words that are masked"
UNKNOWN = "this version does not know what it may show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What decides whether an entry may leave."""

    rules: Mapping[str, PublicationRule]
    """By dataset: the strictest rule of any of its releases."""
    datasets: Mapping[str, str]
    """By release: its dataset."""
    printed: Collection[str]
    """The sentences that the dossier prints."""
    blot: Callable[[str], str]
    masks: Masks
    texts: Mapping[str, str]
    """The texts of the documents that are masked, not masked."""

    def masked(self, value: Any, key: str = "") -> bool:
        """Whether a value holds words that are masked."""
        if isinstance(value, str):
            return self.blot(value) != value or self._within(value, key)
        if isinstance(value, Mapping):
            return any(self.masked(one, name) for name, one in value.items())
        return isinstance(value, list | tuple) and any(self.masked(one, key) for one in value)

    def _within(self, value: str, key: str) -> bool:
        """Whether a text is part of a document's text at a place that is masked."""
        if len(value) < PASSAGE and key not in QUOTED:
            return False
        return any(
            span.start < place + len(value) and place < span.end
            for name, text in self.texts.items()
            for place in _places(value, text)
            for span in self.masks[name]
        )

    def why_not(self, entry: Entry) -> str:
        """Why an entry may not leave; empty where it may."""
        if self.masked(entry.payload):
            return MASKED
        if entry.kind in WORDS_ALONE:
            return ""
        named = _named(entry, self.datasets)
        if named is None:
            return UNKNOWN
        rules = [self.rules.get(one) for one in named]
        if all(rule is not None and rule.allows == "rows" for rule in rules):
            return ""
        if entry.kind == "assessment" and entry.payload["sentence"] in self.printed:
            return ""
        whole = all(
            rule is not None and rule.allows != "nothing" and rule.at_least <= 1 for rule in rules
        )
        return "" if whole and _totals_alone(entry) else TERMS


def leaving(entries: Sequence[Entry], gate: Leaving) -> tuple[bytes, dict[str, int]]:
    """The ledger as lines of JSON, and how many entries are withheld, by reason.

    A line is `{"entry":...,"hash":...}`: the bytes after `"entry":` and before `,"hash"` are those
    that the hash is of. What only says that something was built is left out at the end.
    """
    last = max((one.number for one in entries if one.kind not in OUTPUTS), default=0)
    lines, withheld = [], dict[str, int]()
    for entry in entries[:last]:
        why = gate.why_not(entry)
        if why:
            withheld[why] = withheld.get(why, 0) + 1
        lines.append(_held_back(entry, why) if why else _whole(entry))
    return b"".join(line + b"\n" for line in lines), withheld


def _whole(entry: Entry) -> bytes:
    signed = {
        "number": entry.number, "kind": entry.kind, "payload": entry.payload, "at": entry.at,
        "who": entry.who, "previous": entry.previous,
    }  # fmt: skip
    return b'{"entry":' + canonical(signed) + b',"hash":"' + entry.hash.encode("ascii") + b'"}'


def _held_back(entry: Entry, why: str) -> bytes:
    said = {
        "hash": entry.hash,
        "withheld": {
            "number": entry.number, "kind": entry.kind, "at": entry.at, "who": entry.who,
            "previous": entry.previous, "why": why,
        },
    }  # fmt: skip
    return json.dumps(said, sort_keys=True).encode("ascii")


def _named(entry: Entry, datasets: Mapping[str, str]) -> list[str] | None:
    """The datasets whose record an entry speaks of; None where that cannot be told."""
    ask = SPEAKS_OF.get(entry.kind)
    return ask(entry.payload, datasets) if ask else None


def _totals_alone(entry: Entry) -> bool:
    """Whether an entry holds totals and no row."""
    if entry.kind == "release":
        aside = entry.payload["release"]["receipt"]["set_aside"]
        return not any(one["examples"] for one in aside)
    return entry.kind in {"assessment", "look", "flip", "alarm", "feed"}


def _places(words: str, text: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)

"""PolNeAR's development articles: attributions with source, cue and content; for measuring only."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from bench.corpus.gold import GoldStatement, GoldText
from wordkept.model import Span

_DAY = re.compile(r"_(\d{4}-\d{2}-\d{2})_")


def polnear(folder: Path) -> tuple[GoldText, ...]:
    """The 84 articles; of the two that six people annotated each, the first one's annotation.

    `folder` holds `text/` and `attributions/`.
    """
    read = (
        _article(notes, folder / "text")
        for notes in sorted((folder / "attributions").glob("*.ann"))
    )
    first: dict[str, GoldText] = {}
    for article in read:
        first.setdefault(article.text, article)
    return tuple(first.values())


def _article(notes: Path, texts: Path) -> GoldText:
    stem = notes.stem
    file = texts / f"{stem}.txt"
    if not file.exists():  # annotations carry a second name of the annotator
        file = next(texts.glob(f"{stem.rpartition('_')[0]}*.txt"))
    text = file.read_text(encoding="utf-8")
    day = _DAY.search(stem)
    return GoldText(
        id=stem,
        text=text,
        published=date.fromisoformat(day[1]) if day else None,
        style="polnear",
        statements=_statements(notes),
        layers={"statements": True},
    )


def _statements(notes: Path) -> tuple[GoldStatement, ...]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[str] = []
    for line in notes.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        said = rest.partition("\t")[0]
        if name.startswith("T"):
            ends = [pair.split() for pair in said.partition(" ")[2].split(";")]
            spans[name] = tuple(Span(start=int(a), end=int(b)) for a, b in ends)
        elif name.startswith("E"):
            events.append(said)
    found = []
    for number, event in enumerate(events, start=1):
        roles: dict[str, list[Span]] = defaultdict(list)
        for part in event.split():
            role, _, name = part.partition(":")
            roles[role.rstrip("0123456789")].extend(spans[name])
        found.append(
            GoldStatement(
                number=str(number),
                source=tuple(sorted(roles["Source"])),
                cue=tuple(sorted(roles["Cue"])),
                content=tuple(sorted(roles["Content"])),
            )
        )
    return tuple(found)

"""The annotations of published texts that are kept as offsets alone (`corpus/standoff/`)."""

import json
from pathlib import Path
from typing import Any

from bench.corpus.gold import GoldFigure, GoldPledge, GoldStatement, GoldText
from bench.corpus.texts import texts_of
from wordkept.ids import bytes_id
from wordkept.model import Span

STANDOFF = Path(__file__).parents[2] / "corpus" / "standoff"


def standoff(corpus: str, corpora: Path) -> tuple[GoldText, ...]:
    """The annotated documents of gum, meantime or re3d; raises ValueError where a text has changed.

    `corpora` is the shared folder that holds the texts.
    """
    texts = texts_of(corpus, corpora)
    found = []
    for line in (STANDOFF / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = texts[row["document"]]
        if bytes_id(text.encode("utf-8")) != row["text"]:
            raise ValueError(f"{corpus}: {row['document']} is not the text that was annotated")
        found.append(_gold(row, text, corpus))
    return tuple(found)


def held_out(gold: GoldText) -> bool:
    """Whether a text is for measuring alone: our own corpus's last file, and all of re3d."""
    return gold.style == "re3d" or gold.id.startswith("heldout-")


def _gold(row: dict[str, Any], text: str, corpus: str) -> GoldText:
    whole = corpus == "re3d"
    return GoldText(
        id=row["document"],
        text=text,
        published=None,
        style=corpus,
        statements=tuple(
            GoldStatement(number=str(number), source=_spans(one["source"]), cue=_spans(one["cue"]),
                          content=_spans(one["content"]))
            for number, one in enumerate(row["statements"], start=1)
        ),
        pledges=tuple(
            GoldPledge(number=str(number), deed=one["kind"], status=one["status"],
                       statement=None if one["statement"] is None else str(one["statement"]),
                       terms=tuple((slot, Span(start=a, end=b)) for slot, (a, b) in one["terms"]))
            for number, one in enumerate(row["pledges"], start=1)
        ),
        figures=tuple(
            GoldFigure(span=Span(start=one["span"][0], end=one["span"][1]), low=one["low"],
                       high=one["high"], unit=one["unit"], about=one["about"], share=one["share"],
                       statement=None if one["statement"] is None else str(one["statement"]))
            for one in row["figures"]
        ),
        layers={"statements": True, "pledges": whole, "figures": whole},
    )  # fmt: skip


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end) for start, end in pairs)

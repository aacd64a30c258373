"""Annotations that quote a text's words, turned into offsets that can be kept without the text.

A working file, which holds others' words and so is never committed, has a line for each finding:

    === the document's id
    S source || cue || content ... to its last words ++ its second piece
    P kind=withdraw status=announced by=1 act="pull out" object="its troops"
    F at least 27 clinics || low=27 high= unit="clinics" by=1
"""

import json
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from wordkept.ids import bytes_id

ELISION = " ... "
ROLES = ("source", "cue", "content")
TRIED = 2
"""Of a piece that stands in several places, so many on each side of the others are tried."""
OVERLAP = 1000
"""What a piece over another costs, in characters: they belong to one statement, side by side."""
_SPACE = re.compile(r"\s+")


def placed(text: str, lines: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The findings of a document by their offsets, and what could not be placed."""
    wrong: list[str] = []
    found: dict[str, Any] = {"statements": [], "pledges": [], "figures": []}
    anchor = 0
    for line in lines:
        sort, _, rest = line.partition(" ")
        try:
            if sort == "S":
                anchor = _statement(text, rest, anchor, found)
            elif sort == "P":
                _pledge(text, rest, anchor, found)
            elif sort == "F":
                _figure(text, rest, anchor, found)
            else:
                wrong.append(f"neither S, P nor F: {line}")
        except ValueError as error:
            wrong.append(f"{error}: {line}")
    return found, wrong


def _statement(text: str, rest: str, anchor: int, found: dict[str, Any]) -> int:
    parts = [part.strip() for part in rest.split("||")]
    if len(parts) != len(ROLES):
        raise ValueError("not source || cue || content")
    wanted = [[] if part in {"", "-"} else [one.strip() for one in part.split("++")]
              for part in parts]  # fmt: skip
    spans = _together(text, [piece for part in wanted for piece in part], anchor)
    out: list[list[list[int]]] = []
    for part in wanted:
        out.append([list(span) for span in spans[: len(part)]])
        spans = spans[len(part) :]
    source, cue, content = out
    if not content:
        raise ValueError("no content")
    found["statements"].append({"source": source, "cue": cue, "content": content})
    return int(min(span[0] for part in out for span in part))


def _pledge(text: str, rest: str, anchor: int, found: dict[str, Any]) -> None:
    said: dict[str, list[str]] = {}
    for item in shlex.split(rest):
        key, _, value = item.partition("=")
        said.setdefault(key, []).append(value)
    head = {key: said.pop(key, ["none"])[0] for key in ("kind", "status", "by")}
    number = None if head["by"] == "none" else int(head["by"])
    if number is not None:
        parts = found["statements"][number - 1]
        anchor = min(span[0] for part in parts.values() for span in part)
    pieces = [(slot, value) for slot, values in said.items() for value in values]
    spans = _together(text, [value for _, value in pieces], anchor)
    terms = [[slot, list(span)] for (slot, _), span in zip(pieces, spans, strict=True)]
    found["pledges"].append(
        {"kind": head["kind"], "status": head["status"], "statement": number, "terms": terms}
    )


def _figure(text: str, rest: str, anchor: int, found: dict[str, Any]) -> None:
    words, _, notes = rest.partition("||")
    said = dict(item.partition("=")[::2] for item in shlex.split(notes))
    ((start, end),) = _together(text, [words.strip()], anchor)
    low, high = (float(said[key]) if said.get(key) else None for key in ("low", "high"))
    by = said.get("by", "none")
    found["figures"].append(
        {"span": [start, end], "low": low, "high": high, "unit": said.get("unit", ""),
         "statement": None if by == "none" else int(by), "about": said.get("about") == "yes",
         "share": said.get("share") == "yes"}
    )  # fmt: skip


def _together(text: str, pieces: list[str], anchor: int) -> list[tuple[int, int]]:
    """Where the pieces stand, as near to each other, and to the finding before, as they can."""
    places = [list(_occurrences(text, piece)) for piece in pieces]
    for piece, where in zip(pieces, places, strict=True):
        if not where:
            raise ValueError(f"not in the text: {piece!r}")
    rarest = min(range(len(pieces)), key=lambda one: (len(places[one]), -len(pieces[one])))
    best: tuple[float, list[tuple[int, int]]] | None = None
    for middle in places[rarest]:
        near = [_nearest(where, middle) for where in places]
        near[rarest] = [middle]
        for chosen in product(*near):
            cost = _cost(chosen, anchor)
            if best is None or cost < best[0]:
                best = (cost, list(chosen))
    return best[1] if best else []


def _nearest(where: list[tuple[int, int]], middle: tuple[int, int]) -> list[tuple[int, int]]:
    """The few occurrences of a piece that stand nearest before and after another."""
    before = [span for span in where if span[0] <= middle[0]][-TRIED:]
    return before + [span for span in where if span[0] > middle[0]][:TRIED]


def _cost(chosen: Sequence[tuple[int, int]], anchor: int) -> float:
    """The characters between the pieces that none covers, with the way from the finding before."""
    spans = sorted(chosen)
    gaps = [after[0] - one[1] for one, after in pairwise(spans)]
    behind = anchor - spans[0][0]
    return sum(gap if gap >= 0 else OVERLAP for gap in gaps) + (
        2.0 * behind if behind > 0 else -0.2 * behind
    )


def _occurrences(text: str, piece: str) -> Iterator[tuple[int, int]]:
    head, dots, tail = piece.partition(ELISION)
    pattern = _pattern(head)
    for found in re.finditer(pattern, text):
        if not dots:
            yield found.start(), found.end()
        elif last := re.compile(_pattern(tail)).search(text, found.end()):
            yield found.start(), last.end()


def _pattern(words: str) -> str:
    escaped = r"\s+".join(re.escape(word) for word in words.split())
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return before + escaped + after


def convert(working: Path, texts: dict[str, str], kept: Path) -> list[str]:
    """What could not be placed; the rest is written to `kept`, a JSON line a document."""
    wrong, rows = [], []
    for block in re.split(r"^=== ", working.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().splitlines()
        name = name.strip()
        if name not in texts:
            wrong.append(f"{name}: no such document")
            continue
        found, missed = placed(texts[name], [line for line in lines if line.strip()])
        wrong.extend(f"{name}: {what}" for what in missed)
        identity = bytes_id(texts[name].encode("utf-8"))
        rows.append(json.dumps({"document": name, "text": identity, **found}))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("\n".join(sorted(rows)) + "\n", encoding="utf-8")
    return wrong


def main(corpus: str, working: Path, kept: Path, shared: Path) -> None:
    """Convert one working file; corpus is gum, re3d or meantime."""
    from bench.corpus.texts import texts_of

    wrong = convert(working, texts_of(corpus, shared), kept)
    print("\n".join(wrong) or "all placed")
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines() if line]
    for part in ("statements", "pledges", "figures"):
        print(part, sum(len(row[part]) for row in rows))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))

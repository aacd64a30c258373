"""`make eval`: every figure of the reader on its gold, held against the committed floors.

    python -m bench.read [SHARED] [--write] [--lower] [--reader tagger|rules]

`--write` raises floors to what was measured; `--lower` lets them fall too, and must be said.
"""

import argparse
import json
import sys
from pathlib import Path

from bench.corpus.gold import GoldText
from bench.corpus.markup import PIECES, own_corpus
from bench.corpus.meantime import meantime_documents
from bench.corpus.polnear import polnear
from bench.corpus.standoff import STANDOFF, held_out, standoff
from bench.corpus.trnews import trnews
from bench.read.gates import (
    Measured,
    fallen,
    gold_hash,
    raised,
    read_floors,
    write_floors,
)
from bench.read.own import as_attributed, reading_scores
from bench.read.places import NEAR_KM, recognition, resolution
from bench.read.reading import read_all
from bench.read.reliability import reliability_lines
from bench.read.scores import Score
from bench.read.statements import statement_scores
from bench.read.times import PARTS, time_scores
from wordkept.model import Reading
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.tagger import Tagger, shipped

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
BARS = {"source exact": 0.66, "cue exact": 0.65, "content exact": 0.53}
"""On PolNeAR dev, what a linear CRF gets that was trained in its domain."""


def measured(name: str, hash_: str, scores: dict[str, Score]) -> Measured:
    """Scores as figures, printed as they come."""
    print(f"\n{name}")
    for what, score in scores.items():
        bar = f"   (bar {BARS[what]:.2f})" if name.startswith("PolNeAR") and what in BARS else ""
        print(f"  {what:28} {score}{bar}")
    return Measured(gold=name, hash=hash_, figures={key: one.f1 for key, one in scores.items()})


def texts_measured(
    corpora: Path, tagger: Tagger | None, gazetteer: Gazetteer
) -> tuple[list[Measured], dict[str, list[tuple[GoldText, Reading]]]]:
    """PolNeAR dev, our own held-out pieces and re3d, with what was read of the last two."""
    out = []
    articles = polnear(corpora / "polnear_dev")
    found = read_all(articles, tagger, gazetteer)
    flat = {one.text: as_attributed(found[one.id], outermost=True) for one in articles}
    notes = [one.text + repr(one.statements) for one in articles]
    scores = statement_scores(articles, lambda text: flat[text])
    out.append(measured("PolNeAR dev, 84 articles", gold_hash(notes), scores))
    read: dict[str, list[tuple[GoldText, Reading]]] = {}
    own = [one for one in own_corpus() if held_out(one)]
    heldout = (PIECES / "heldout.txt").read_text(encoding="utf-8")
    real = standoff("re3d", corpora)
    offsets = (STANDOFF / "re3d.jsonl").read_text(encoding="utf-8")
    for name, golds, hash_ in (
        ("our corpus, held out", own, gold_hash([heldout])),
        ("re3d, held out", real, gold_hash([offsets])),
    ):
        found = read_all(golds, tagger, gazetteer)
        out.append(measured(name, hash_, reading_scores(golds, found)))
        read[name] = [(gold, found[gold.id]) for gold in golds]
    return out, read


def times_measured(corpora: Path) -> list[Measured]:
    """MEANTIME's time expressions: the whole, and the part that was once held out."""
    documents = meantime_documents(corpora / "meantime_en")
    hash_ = gold_hash(one.text + repr(one.times) for one in documents)
    out = []
    for part in ("all", *PARTS):
        scores = time_scores(one for one in documents if part in ("all", one.part))
        figures = {"strict": scores.strict, "relaxed": scores.relaxed, "value": scores.value}
        print(f"\nMEANTIME times, {part}: {scores}")
        out.append(Measured(gold=f"MEANTIME times, {part}", hash=hash_, figures=figures))
    return out


def places_measured(corpora: Path, gazetteer: Gazetteer) -> Measured:
    """TR-News: accuracy at 161 km beside the population baseline, and recognition."""
    articles = trnews(corpora / "geoparsing" / "TR-News.xml")
    figures = {}
    print("\nTR-News places")
    for method, errors in resolution(articles, gazetteer).items():
        figures[f"{method} within {NEAR_KM:.0f} km"] = sum(
            error <= NEAR_KM for error in errors
        ) / len(errors)
    figures |= {name: score.f1 for name, score in recognition(articles, gazetteer).items()}
    for name, value in figures.items():
        print(f"  {name:28} {value:.3f}")
    hash_ = gold_hash(one.text + repr(one.places) for one in articles)
    return Measured(gold="TR-News places", hash=hash_, figures=figures)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--lower", action="store_true")
    parser.add_argument("--reader", choices=["tagger", "rules"], default="tagger")
    asked = parser.parse_args()
    tagger = shipped() if asked.reader == "tagger" else None
    print(f"reader: {'tagger and rules' if tagger else 'rules alone'}")
    gazetteer = Gazetteer.load()
    found, read = texts_measured(asked.corpora, tagger, gazetteer)
    for name, pairs in read.items():
        print("\n".join(reliability_lines(name, pairs)))
    found += [*times_measured(asked.corpora), places_measured(asked.corpora, gazetteer)]
    if asked.reader == "rules":
        return 0
    floors = read_floors()
    if asked.write:
        write_floors(raised(found, floors, lower=asked.lower))
        return 0
    wrong = fallen(found, floors)
    print("\n" + ("\n".join(wrong) or "every figure stands at its floor or over it"))
    print(json.dumps({"fallen": len(wrong)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

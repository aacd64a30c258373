"""How well places are found and resolved on TR-News: `python -m bench.read.places [CORPORA]`.

Toponyms that are given are resolved by the reader's own ranking, and by population alone; the
error is the distance to the annotators' coordinates, of a name that the gazetteer lacks half the
globe. TR-News marks words for peoples and governments as toponyms too, which the reader sets
apart on purpose: recognition is scored both ways.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

from bench.corpus.trnews import GoldArticle, GoldPlace, trnews
from bench.read.scores import Score, exact, overlapping
from wordkept.model import Span
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.gazetteer_index import Candidate
from wordkept.reading.places import read_places, resolve_spans
from wordkept.reading.places_judging import judge
from wordkept.reading.places_names import lines_of, name_at, names_of
from wordkept.reading.places_ranking import distance_km

CORPORA = Path("../shared/corpora")
NEAR_KM = 161.0
HALF_THE_GLOBE_KM = 20_015.0


def error_km(gold: GoldPlace, chosen: Candidate | None) -> float:
    """How far what was chosen lies from the annotators' coordinates."""
    if chosen is None or chosen.lat is None:
        return HALF_THE_GLOBE_KM
    there = Candidate(
        source="", name="", country=None, admin1="", sort="region", lat=gold.lat, lon=gold.lon,
        population=0,
    )  # fmt: skip
    return distance_km(there, chosen)


def by_population(
    article: GoldArticle, spans: Sequence[Span], gazetteer: Gazetteer
) -> list[Candidate | None]:
    """The most populous place of each name."""
    lines = lines_of(article.text)
    names = (name_at(lines, span, gazetteer) for span in spans)
    return [
        max(name.candidates, key=lambda one: (one.population, one.source), default=None)
        for name in names
    ]


def resolution(articles: Sequence[GoldArticle], gazetteer: Gazetteer) -> dict[str, list[float]]:
    """The errors in kilometres of every toponym with coordinates, by method."""
    errors: dict[str, list[float]] = {"reader": [], "population": []}
    for article in articles:
        located = [one for one in article.places if one.lat is not None]
        spans = [one.span for one in located]
        chosen = {
            "reader": resolve_spans(article.text, spans, gazetteer),
            "population": by_population(article, spans, gazetteer),
        }
        for method, places in chosen.items():
            errors[method] += [error_km(*pair) for pair in zip(located, places, strict=True)]
    return errors


def recognition(articles: Sequence[GoldArticle], gazetteer: Gazetteer) -> dict[str, Score]:
    """Exact and overlap: places alone against toponyms that are no word for a people; and all."""
    total = dict.fromkeys(("places exact", "places overlap", "all exact", "all overlap"), Score())
    for article in articles:
        text = article.text
        lines = lines_of(text)
        judged = judge(lines, names_of(lines, gazetteer), country=None, actors=())
        everything = [one.name.span for one in judged if one.role != "other"]
        places = [place.span for place in read_places(text, gazetteer)]
        gold = [one.span for one in article.places]
        named = [one for one in gold if gazetteer.people(one.of(text)) is None]
        total["places exact"] += exact(places, named)
        total["places overlap"] += overlapping(places, named)
        total["all exact"] += exact(everything, gold)
        total["all overlap"] += overlapping(everything, gold)
    return total


def main() -> None:
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    articles = trnews(corpora / "geoparsing" / "TR-News.xml")
    gazetteer = Gazetteer.load()
    print(f"TR-News: {len(articles)} articles, {sum(len(one.places) for one in articles)} toponyms")
    for method, errors in resolution(articles, gazetteer).items():
        found = [error for error in errors if error < HALF_THE_GLOBE_KM]
        near = sum(error <= NEAR_KM for error in errors) / len(errors)
        print(
            f"{method:12} within {NEAR_KM:.0f} km {near:.3f} of {len(errors)}; error of the "
            f"{len(found)} in the gazetteer: mean {mean(found):.0f} km, median {median(found):.0f}"
        )
    for name, score in recognition(articles, gazetteer).items():
        print(f"{name:16} {score}")


if __name__ == "__main__":
    main()

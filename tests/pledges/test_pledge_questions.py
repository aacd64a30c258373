"""Each question of a plan has its own keys, its own threshold and its own limits."""

from pathlib import Path

import pytest

from wordkept.errors import PledgeError
from wordkept.model import Circle, Passage, Plan
from wordkept.pledges.files import read_pledge
from wordkept.pledges.holdings import Holdings, Known, check_record
from wordkept.pledges.questions import THRESHOLDS

HEAD = """\
[pledge]
title = "t"
actor = "North"
kind = "limit"
act = "strike"
announced = 2016-02-22
starts = 2016-02-27
ends = 2016-06-27

[plan]
"""
PRIMARY = '\n[plan.primary]\ndataset = "valley"\nactors = ["North"]\n'
ALLOWED = '\n[plan.allowed]\ndataset = "valley"\ntargets = ["depot"]\n'
TALLY = """
[plan.tally]
counted_by = "a newsroom"
citation = "its page"
url = "https://example.org/count"
published = 2016-03-01
unit = "videos"
total = 60
within = 1
outside = 14
"""
ONLY = HEAD + 'question = "only"\n' + PRIMARY + ALLOWED
COUNTED = HEAD + 'question = "only"\n' + TALLY
DELIVERS = HEAD + 'question = "delivers"\namount = 100\n' + PRIMARY
FALLS = HEAD.replace("limit", "reduce") + 'question = "falls"\n' + PRIMARY
EFFORT = '\n[plan.effort]\ndataset = "patrols"\n'
HOLDS = HEAD + 'question = "holds"\n' + PRIMARY


def find(document: str, quote: str) -> Passage:
    return Passage(document=document, start=0, end=len(quote), quote=quote)


def read(folder: Path, text: str) -> Plan:
    path = folder / "truce.toml"
    path.write_text(text)
    plan = read_pledge(path, find).pledge.plan
    assert plan is not None
    return plan


@pytest.mark.parametrize("text", [ONLY, COUNTED, DELIVERS, HOLDS])
def test_each_question_has_its_own_threshold_where_none_is_given(tmp_path: Path, text: str) -> None:
    plan = read(tmp_path, text)
    assert plan.threshold == THRESHOLDS[plan.question]


def test_a_published_count_is_read_and_needs_no_record(tmp_path: Path) -> None:
    plan = read(tmp_path, COUNTED)
    assert plan.tally is not None
    assert (plan.tally.unplaced, plan.primary.dataset) == (45, "")
    path = tmp_path / "truce.toml"
    check_record([read_pledge(path, find)], Known(datasets={}))


def test_a_circle_is_read(tmp_path: Path) -> None:
    around = 'actors = ["North"]\naround = {lat = 35.5, lon = 36, radius_km = 25}'
    plan = read(tmp_path, HOLDS.replace('actors = ["North"]', around))
    assert plan.primary.around == Circle(lat=35.5, lon=36.0, radius_km=25.0)


MISTAKES = [
    (ONLY, "question", "amount = 3\nquestion", '"amount" means nothing', "delivers"),
    (ONLY, "question", "effort = {dataset = 'x'}\nquestion", '"effort" means nothing', "falls"),
    (FALLS + EFFORT, '"patrols"', '"valley"', 'takes every event of "valley"', "patrols.csv.toml"),
    (DELIVERS, "amount = 100\n", "", "needs the number", "amount = 100"),
    (DELIVERS, "amount = 100", "amount = 0", '"amount" is 0', "at least 1"),
    (DELIVERS, "amount", "misclassified = 0.1\namount", '"misclassified" means nothing', "only"),
    (DELIVERS, "amount", "threshold = 1.1\namount", '"threshold" is 1.1', "at most 1"),
    (HOLDS, "question", "stretch_days = 0\nquestion", '"stretch_days" is 0', "at least 1"),
    (HOLDS, "question", "window_days = 9\nquestion", '"window_days" means nothing', "only"),
    (HOLDS, '"holds"', '"falls"\nstretch_days = 9', '"stretch_days" means nothing', "holds"),
    (ONLY, ALLOWED, "", "does not say which events are allowed", "[plan.allowed]"),
    (ONLY, ALLOWED, ALLOWED + TALLY, "both [plan.allowed] and [plan.tally]", "or [plan.tally]"),
    (ONLY, '"valley"\ntargets', '"hills"\ntargets', 'counted in "hills"', '"valley"'),
    (ONLY, 'targets = ["depot"]', 'actors = ["North"]', "counts the same events", "other events"),
    (ONLY, "targets", 'attributions = ["certain"]\ntargets', "bounds of its own", "leave it out"),
    (ONLY, "question", "misclassified = 0.6\nquestion", '"misclassified" is 0.6', "at most 0.5"),
    (ONLY, "question", "threshold = 0.6\nquestion", '"threshold" is 0.6', "at most 0.5"),
    (COUNTED, "total = 60", "total = 14", "are more than the total", "15 or more"),
    (COUNTED, "within = 1\n", "", 'has no "within"', "within = 1"),
    (COUNTED, 'citation = "its page"\n', "", 'has no "citation"', "citation ="),
    (COUNTED, "https://example.org", "example.org", "is no address", "https://"),
    (COUNTED, "2016-03-01", "2016-02-01", "before the pledge was announced", "both dates"),
    (COUNTED, "question", "record_known = false\nquestion", "stands in this plan", "= true"),
    (COUNTED, TALLY, TALLY + PRIMARY, "in place of [plan.primary]", "keep one"),
    (HOLDS, "actors", "around = {lat = 91, lon = 0, radius_km = 1}\nactors", "is 91", "at most 90"),
    (HOLDS, "actors", "around = {lat = 1, radius_km = 1}\nactors", 'has no "lon"', "around ="),
    (
        HOLDS,
        "actors",
        "around = {lat = 1, lon = 1, radius_km = 1, hole_km = 1}\nactors",
        "as wide as the circle",
        "less than 1",
    ),
]


@pytest.mark.parametrize(("text", "old", "new", "said", "tried"), MISTAKES)
def test_a_mistake_is_named_in_three_lines(
    tmp_path: Path, text: str, old: str, new: str, said: str, tried: str
) -> None:
    read(tmp_path, text)
    changed = text.replace(old, new, 1) if old != "actors" else text.replace("\nactors", f"\n{new}")
    with pytest.raises(PledgeError) as caught:
        read(tmp_path, changed)
    hits = [one for one in caught.value.problems if said in one.what]
    assert hits, str(caught.value)
    assert tried in hits[0].remedy
    assert "truce.toml, line " in hits[0].where
    assert len(caught.value.problems) <= 2


def test_a_counterpart_is_another_pledge_of_the_case(tmp_path: Path) -> None:
    known = Known(datasets={"valley": Holdings(actors=frozenset({"North"}))})
    path = tmp_path / "truce.toml"
    for name, said, tried in (
        ("southern-truse", 'no pledge of this case is called "southern-truse"', "southern-truce"),
        ("truce", "not its own counterpart", "other party"),
    ):
        other = tmp_path / "southern-truce.toml"
        other.write_text(HOLDS)
        path.write_text(HOLDS.replace("act =", f'counterpart = "{name}"\nact ='))
        with pytest.raises(PledgeError) as caught:
            check_record([read_pledge(path, find), read_pledge(other, find)], known)
        (problem,) = caught.value.problems
        assert said in problem.what
        assert tried in problem.remedy
        assert "line 5" in problem.where
    path.write_text(HOLDS.replace("act =", 'counterpart = "southern-truce"\nact ='))
    check_record([read_pledge(path, find), read_pledge(other, find)], known)

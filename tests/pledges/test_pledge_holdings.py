"""Plans that name what no loaded record holds are refused, with the closest that one does."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wordkept.errors import PledgeError
from wordkept.model import Passage
from wordkept.period import Period
from wordkept.pledges.files import PledgeFile, read_pledge
from wordkept.pledges.holdings import Holdings, Known, check_record

TEXT = """\
[pledge]
title = "A truce in the valley"
actor = "North"
kind = "ceasefire"
announced = 2016-02-22

[plan]
question = "falls"

[plan.primary]
dataset = "valley"
actors = [
    "North",
    "Government of Farland",
]
against = ["South"]
event_types = ["shelling"]
areas = ["Riverside"]

[[plan.others]]
dataset = "hills"
targets = ["school"]

[[plan.controls]]
dataset = "valley"
actors = ["South"]
reason = "the same front"
tells_apart = ["earlier"]
"""
KNOWN = Known(
    datasets={
        "valley": Holdings(
            actors=frozenset({"North", "South", "Government of Farland"}),
            areas=frozenset({"Riverside", "Hillside"}),
            event_types=frozenset({"shelling", "air strike"}),
            span=Period(date(2015, 1, 1), date(2016, 12, 31)),
        ),
        "hills": Holdings(actors=frozenset({"Northern Front"}), targets=frozenset({"school"})),
        "press": Holdings(actors=frozenset({"North"}), kind="attention"),
    }
)


def file(folder: Path, text: str = TEXT, name: str = "truce") -> PledgeFile:
    path = folder / f"{name}.toml"
    path.write_text(text)
    return read_pledge(
        path,
        lambda document, quote: Passage(document=document, start=0, end=len(quote), quote=quote),
    )


def refused(folder: Path, text: str, known: Known = KNOWN) -> list[tuple[int, str, str]]:
    with pytest.raises(PledgeError) as caught:
        check_record([file(folder, text), file(folder, name="earlier")], known)
    found = [p for p in caught.value.problems if "truce.toml" in p.where]
    return [(int(p.where.rpartition(" ")[2]), p.what, p.remedy) for p in found]


def test_what_the_records_hold_passes(tmp_path: Path) -> None:
    earlier = file(tmp_path, TEXT.replace('"earlier"', '"truce"'), name="earlier")
    check_record([file(tmp_path), earlier], KNOWN)


def test_a_pledge_without_a_plan_names_no_record(tmp_path: Path) -> None:
    check_record([file(tmp_path, TEXT[: TEXT.index("[plan]")])], Known(datasets={}))


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        (
            '"North",',
            '"Nort",',
            13,
            'no event of valley (2015-01-01..2016-12-31) names "Nort"',
            'did you mean "North"?',
        ),
        (
            '"Government of Farland"',
            '"Farland"',
            14,
            'no event of valley (2015-01-01..2016-12-31) names "Farland"',
            'did you mean "Government of Farland"?',
        ),
        (
            '"North",',
            '"Northern Front",',
            13,
            'no event of valley (2015-01-01..2016-12-31) names "Northern Front"',
            (
                '"Northern Front" is held by hills, not by valley; '
                "known actors: Government of Farland, North, South"
            ),
        ),
        (
            '["South"]\nevent',
            '["south"]\nevent',
            16,
            'no event of valley (2015-01-01..2016-12-31) names "south"',
            'did you mean "South"?',
        ),
        (
            '"shelling"',
            '"protest"',
            17,
            'no event of valley (2015-01-01..2016-12-31) is of the type "protest"',
            "known event types: air strike, shelling",
        ),
        (
            '"Riverside"',
            '"Riversyde"',
            18,
            'no event of valley (2015-01-01..2016-12-31) lies in "Riversyde"',
            'did you mean "Riverside"?',
        ),
        (
            '"school"',
            '"market"',
            22,
            'no event of hills has the target "market"',
            "known targets: school",
        ),
        (
            'targets = ["school"]',
            'areas = ["Riverside"]',
            22,
            'no event of hills lies in "Riverside"',
            '"Riverside" is held by valley, not by hills; leave the key out: hills codes no areas',
        ),
        (
            '"hills"',
            '"hils"',
            21,
            'no release of a dataset "hils" is loaded',
            'did you mean "hills"?',
        ),
        (
            '"hills"',
            '"press"',
            21,
            "press counts what media wrote, coded by machine: it never enters a verdict",
            "plan on a record of events",
        ),
        (
            '["earlier"]',
            '["earlyer"]',
            28,
            'no pledge of this case is called "earlyer"',
            'did you mean "earlier"?',
        ),
        (
            '["earlier"]',
            '["truce"]',
            28,
            "no control tells a pledge apart from itself",
            "leave it out",
        ),
    ],
)
def test_what_no_record_holds_is_refused(
    tmp_path: Path, old: str, new: str, line: int, what: str, remedy: str
) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    assert refused(tmp_path, text) == [(line, what, remedy)]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = TEXT.replace('"North",', '"Nort",').replace("hills", "hils").replace("earlier", "x")
    assert [line for line, _, _ in refused(tmp_path, text)] == [13, 21, 28]


def test_a_case_without_records_says_how_to_load_one(tmp_path: Path) -> None:
    found = refused(tmp_path, TEXT, replace(KNOWN, datasets={}))
    assert {remedy for _, _, remedy in found} == {"load a record first: wordkept load CASE FILE"}


def test_another_record_is_another_dataset(tmp_path: Path) -> None:
    twice = TEXT.replace('dataset = "hills"\ntargets = ["school"]', 'dataset = "valley"')
    line = twice[: twice.index("[[plan.others]]")].count("\n") + 2
    ((found, what, _),) = refused(tmp_path, twice)
    assert found == line
    assert what == '"valley" is counted by this plan already'

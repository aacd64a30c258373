"""A watched case enters each look and each alarm once, and tells the publisher from the world."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.case.alarms import alarms_between
from wordkept.case.looks import Seen
from wordkept.case.watching import watch
from wordkept.dossier.feed import ATOM, atom, json_feed
from wordkept.ledger.entries import Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import Alarm, Look, Pledge, PublicationRule

PLEDGE = """\
[pledge]
title = "The guns <of> the North & their silence"
actor = "North"
kind = "reduce"
act = "fire less"
announced = 2025-04-10
starts = 2025-04-14

[plan]
question = "falls"
record_known = false

[plan.primary]
dataset = "daily-counts"
label = "shells laid to the North"
actors = ["North"]
"""
FIRST, STARTS = date(2024, 3, 4), date(2025, 4, 14)
BACK = STARTS + timedelta(days=56)
OPEN = PublicationRule(allows="rows")


def table(until: date, *, revised: int = 0, returned: int = 4) -> str:
    """Shells a day: about four, then `revised` more than one a week, and `returned` from BACK."""
    lines = ["day,n,actor"]
    for number in range((until - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        fired = 2 + (number * 7 + number // 5) % 5
        if day >= STARTS:
            fired = revised + (number % 7 == 0)
        if day >= BACK:
            fired = returned
        lines.append(f"{day},{fired},North")
    return "\n".join(lines) + "\n"


RELEASES = (
    (date(2025, 5, 12), table(date(2025, 5, 4))),
    (date(2025, 6, 20), table(date(2025, 6, 8))),
    (date(2025, 9, 1), table(date(2025, 8, 24))),
    (date(2025, 9, 20), table(date(2025, 9, 14), revised=4)),
)
"""The window is not over; it is; the guns are back after it; the window's rows are others."""


@pytest.fixture(scope="module")
def watched_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, int]]]:
    """The releases, each watched as it came, and how many looks and alarms were new."""
    folder = tmp_path_factory.mktemp("watched")
    case = Case.create(folder / "valley")
    (case.folder / "pledges" / "guns.toml").write_text(PLEDGE)
    new = []
    for stated, text in RELEASES:
        (folder / f"{stated}.csv").write_text(text)
        case.load(folder / f"{stated}.csv", stated=stated)
        found = watch(case)
        new.append((found.new_looks, len(found.new_alarms)))
    return case.folder, new


@pytest.fixture
def watched(watched_once: tuple[Path, list[tuple[int, int]]], tmp_path: Path) -> Case:
    return Case.open(shutil.copytree(watched_once[0], tmp_path / "valley"))


def entries(case: Case) -> tuple[Entry, ...]:
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        return ledger.entries()


def test_a_look_is_taken_once_for_each_release(
    watched_once: tuple[Path, list[tuple[int, int]]],
) -> None:
    assert watched_once[1] == [(1, 0), (1, 2), (1, 1), (1, 2)]


def test_nothing_new_enters_nothing_and_reads_no_clock(
    watched: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = entries(watched)
    fed = {path: path.read_bytes() for path in (watched.folder / "dossier").iterdir()}
    monkeypatch.setattr("wordkept.case.watching.now", lambda: "2041-01-02T03:04:05Z")
    watch(watched)
    assert entries(watched) == before
    assert {path: path.read_bytes() for path in (watched.folder / "dossier").iterdir()} == fed
    assert watched.verify().sound


def test_what_is_enough_alone_may_not_be_among_others(tmp_path: Path) -> None:
    """Guns that fire two or three a day where it was four, and two days when nothing changed."""
    case = Case.create(tmp_path / "valley")
    (case.folder / "pledges" / "guns.toml").write_text(PLEDGE)
    before = table(STARTS - timedelta(days=1))
    after = (f"{STARTS + timedelta(days=n)},{2 + n % 2},North\n" for n in range(28))
    (tmp_path / "counts.csv").write_text(before + "".join(after))
    case.load(tmp_path / "counts.csv", stated=date(2025, 8, 1))
    alone = watch(case)
    assert alone.among == {"guns": True}
    (e_value,) = (look.e_value for look in alone.looks)
    assert e_value is not None
    assert 20 <= e_value < 60
    for name, starts in (("january", "2025-01-06"), ("february", "2025-02-03")):
        other = PLEDGE.replace("2025-04-14", starts).replace("2025-04-10", "2025-01-01")
        (case.folder / "pledges" / f"{name}.toml").write_text(other)
    assert watch(case).among == {"guns": False, "january": False, "february": False}


def test_the_world_is_told_from_the_publisher(watched: Case) -> None:
    found = watch(watched)
    words = ["cannot tell", "partly kept", "partly kept", "not kept"]
    assert [look.word for look in found.looks] == words
    flips = [one for one in reversed(found.alarms) if one.kind == "verdict"]
    assert [(one.before, one.after, one.cause) for one in flips] == [
        ("cannot tell", "partly kept", "the world"),
        ("partly kept", "not kept", "the publisher"),
    ]
    assert "days were added up to 8 June 2025" in flips[0].sentence
    assert "the publisher changed rows of days up to 24 August 2025" in flips[1].sentence
    assert "the window now holds 116 events, where it held 4 events" in flips[1].sentence
    seen = [one for one in reversed(found.alarms) if one.kind == "evidence"]
    assert [(one.before, one.after, one.cause) for one in seen] == [
        ("as before", "fallen", "the world"),
        ("fallen", "back", "the world"),
        ("back", "as before", "the publisher"),
    ]


def test_all_at_once_says_what_one_by_one_says(watched: Case, tmp_path: Path) -> None:
    """The looks and alarms depend on when releases were known, not on when they were loaded."""
    case = Case.create(tmp_path / "late" / "valley")
    shutil.copy(watched.folder / "pledges" / "guns.toml", case.folder / "pledges")
    for place in (3, 0, 2, 1):
        stated, text = RELEASES[place]
        (tmp_path / f"{stated}.csv").write_text(text)
        case.load(tmp_path / f"{stated}.csv", stated=stated)
    late, early = watch(case), watch(watched)
    assert late.looks == early.looks
    assert late.alarms == early.alarms


def test_a_feed_is_read_by_a_parser_and_its_ids_stay(watched: Case) -> None:
    found = watch(watched)
    folder = watched.folder / "dossier"
    feed = ET.fromstring((folder / "alarms.atom").read_bytes())  # noqa: S314  our own file
    space = {"a": ATOM}
    for name in ("id", "title", "updated", "author/a:name"):
        assert feed.findtext(f"a:{name}", namespaces=space)
    items = feed.findall("a:entry", space)
    ids = [f"urn:wordkept:alarm:{one.id}" for one in found.alarms]
    assert [item.findtext("a:id", namespaces=space) for item in items] == ids
    assert len(set(ids)) == len(ids) == 5
    told = [item.findtext("a:content", namespaces=space) for item in items]
    assert told == [one.sentence for one in found.alarms]
    assert "The guns <of> the North & their silence" in (
        items[0].findtext("a:title", namespaces=space) or ""
    )
    other = json.loads((folder / "alarms.json").read_text())
    assert [item["id"] for item in other["items"]] == ids
    assert other["version"].endswith("/version/1.1")


@given(title=st.text(max_size=30), sentence=st.text(max_size=30))
def test_hostile_text_breaks_no_feed(title: str, sentence: str) -> None:
    alarm = Alarm(
        id="0" * 64, pledge="x", title=title, raised_on=date(2025, 5, 1), kind="verdict",
        cause="both", before="kept", after="not kept", sentence=sentence,
    )  # fmt: skip
    text = atom([alarm], case=title, otherwise=date(2025, 1, 1))
    feed = ET.fromstring(text.encode())  # noqa: S314  our own text
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    json.loads(json_feed([alarm], case=title).encode())


LOOK = Look(
    pledge="guns", release="0" * 64, known_on=date(2025, 6, 20), until=date(2025, 6, 8), blocks=2,
    e_value=3.0, e_conformal=2.0, word="kept",
)  # fmt: skip
SEEN = Seen(
    look=LOOK, state="as before", block_days=28, baseline_blocks=14, baseline_events=900,
    later_events=7, window_events=2, compared_events=61,
)  # fmt: skip
GUNS = Pledge(
    id="guns", title="Guns", actor="North", kind="reduce", act="fire", object=None,
    announced=STARTS, starts=STARTS, ends=None, magnitude=None, area=None, comparator=None,
)  # fmt: skip
WORDS = st.sampled_from(["kept", "not kept", "cannot tell"])
STATES = st.sampled_from(["as before", "fallen", "back"])
SEENS = st.builds(
    lambda word, state: replace(SEEN, look=replace(LOOK, word=word), state=state), WORDS, STATES
)


@given(before=SEENS, cut=SEENS, after=SEENS)
def test_an_alarm_is_of_a_change_and_names_who_made_it(
    before: Seen, cut: Seen, after: Seen
) -> None:
    raised = alarms_between(before, cut, after, GUNS, OPEN)
    found: dict[str, Alarm] = {one.kind: one for one in raised}
    for kind, of in VALUES.items():
        changed = of(before) != of(after)
        assert (kind in found) == changed
        if changed:
            publisher, world = of(before) != of(cut), of(cut) != of(after)
            said = {(True, True): "both", (True, False): "the publisher"}
            assert found[kind].cause == said.get((publisher, world), "the world")
    assert len(raised) == len(found)


VALUES: dict[str, Callable[[Seen], str]] = {
    "verdict": lambda one: one.look.word,
    "evidence": lambda one: one.state,
}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (PublicationRule(allows="aggregates", at_least=5), "under 5 events"),
        (PublicationRule(allows="nothing"), "withheld by the publisher's terms"),
    ],
)
def test_an_alarm_prints_no_more_than_the_publisher_allows(
    rule: PublicationRule, said: str
) -> None:
    after = replace(SEEN, look=replace(LOOK, word="not kept"), state="fallen")
    flip, evidence = alarms_between(SEEN, SEEN, after, GUNS, rule)
    assert said in flip.sentence
    if rule.allows == "nothing":
        assert said in evidence.sentence
        assert "900" not in evidence.sentence
    assert not any(number in flip.sentence for number in (" 2 events", " 61 "))

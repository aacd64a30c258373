"""The rows behind `only`, `delivers`, `holds`, `ceases`: those listed come to what is printed."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.case.behind import behind
from wordkept.case.bundling import make_bundle
from wordkept.case.exporting import prepare
from wordkept.case.record import Record
from wordkept.cli import main
from wordkept.cli.commands import print_rows
from wordkept.dossier.bundle import verify
from wordkept.dossier.page import entries, render_html
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Shown
from wordkept.dossier.terminal import pledge_text
from wordkept.events.engine import connect
from wordkept.events.schema import EVENT
from wordkept.model import (
    Assessment,
    Attribution,
    Behind,
    Count,
    Fixing,
    Plan,
    Pledge,
    PublicationRule,
    Receipt,
    Release,
    Selection,
    Testability,
)
from wordkept.protocol.kinds import reckon

FIRST, STARTS = date(2021, 1, 1), date(2021, 3, 1)
DAYS = 40
BOUNDS: tuple[Attribution, ...] = ("certain", "possible")
NORTH = Selection(dataset="made-up", actors=("North",), attributions=BOUNDS)
PLANS = {
    "only": Plan(
        question="only", primary=NORTH, window_days=20,
        allowed=replace(NORTH, targets=("depot",)),
    ),
    "delivers": Plan(question="delivers", primary=NORTH, amount=30, threshold=1.0),
    "holds": Plan(question="holds", primary=NORTH, stretch_days=7, threshold=0.8),
}  # fmt: skip
OPEN = PublicationRule(allows="rows", terms="Anybody may.")
RELEASE = Release(
    id="0" * 64, dataset="made-up", layout="own", title="Made up", citation="Nobody",
    licence="CC0", publication=OPEN, caveats=(), file_name="made-up.csv",
    loaded_at="2021-06-01T00:00:00Z", stated=date(2021, 6, 1), parquet="0" * 64,
    receipt=Receipt(read=0, loaded=0, set_aside=(), span=None, deaths_best=None,
                    half_the_deaths_rows=None),
)  # fmt: skip
ROW = st.tuples(
    st.integers(min_value=-5, max_value=DAYS + 5),
    st.sampled_from(BOUNDS),
    st.sampled_from(("depot", "school", None)),
    st.integers(min_value=0, max_value=3),
)


def pledge(plan: Plan) -> Pledge:
    return Pledge(
        id="made", title="Made up", actor="North", kind="limit", act=None, object=None,
        announced=STARTS, starts=STARTS, ends=STARTS + timedelta(days=DAYS - 1), magnitude=None,
        area=None, comparator=None, plan=plan,
    )  # fmt: skip


def row(number: int, made: tuple[int, Attribution, str | None, int]) -> dict[str, Any]:
    place, bound, target, many = made
    day = STARTS + timedelta(days=place)
    blank = dict.fromkeys(EVENT.names)
    named = {f"actors_{one}": ["North"] if one == bound else []
             for one in ("certain", "probable", "possible")}  # fmt: skip
    return blank | named | {
        "row": number, "native_id": f"e{number}", "dataset": "made-up", "period_from": day,
        "period_to": day, "event_type": "air strike", "events_best": many, "target": target,
        "side_a": "North",
    }  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Any:
    return connect()


def counted(
    engine: Any, plan: Plan, rows: Sequence[tuple[int, Attribution, str | None, int]]
) -> tuple[Count | None, tuple[Behind, ...]]:
    """What a plan makes of some rows, and the rows behind it."""
    edges: tuple[tuple[int, Attribution, str | None, int], ...] = (
        (-20, "certain", None, 1), (DAYS + 20, "certain", None, 1),
    )  # fmt: skip
    table = pa.Table.from_pylist(
        [row(number, one) for number, one in enumerate((*edges, *rows))],
        schema=EVENT.to_pyarrow(),
    )
    record = Record(
        folder=Path(), releases={"made-up": RELEASE}, as_of=date(2021, 6, 1), connection=engine,
        tables={"made-up": engine.create_table("made", table, overwrite=True)},
    )  # fmt: skip
    made = pledge(plan)
    series = record._cut(plan.primary, "primary")
    parts = record._parts(made, plan)
    found = reckon(made, plan, series, parts, ())
    assessment = Assessment(
        pledge=made, as_of=record.as_of, releases=(RELEASE,), series=series, count=found.count,
        fixing=Fixing(plan="0" * 64, registered_at=None, before_data=None, record_known=True),
        testability=Testability(terms=(), leaves_open=(), obstacles=()), verdict=found.verdict,
    )  # fmt: skip
    return found.count, behind(record, assessment)


def sums(parts: Sequence[Behind]) -> dict[tuple[str, str], int]:
    """As how many events the rows of each part count, by part and attribution."""
    found: dict[tuple[str, str], int] = {}
    for one in parts:
        key = one.part, one.attribution
        found[key] = found.get(key, 0) + sum(event.events_best for event in one.events or ())
    return found


def numbers(question: str, parts: Sequence[Behind]) -> tuple[int, int, int | None]:
    """The least, the most and the whole of a count, from nothing but the rows listed."""
    made = sums(parts)
    if question == "only":
        wide = [made[side, "possible"] for side in ("outside", "unplaced", "within")]
        return made["outside", "certain"], wide[0] + wide[1], sum(wide)
    if question == "delivers":
        return made["delivered", "certain"], made["delivered", "possible"], None
    shown = [
        sum(bool(sum(e.events_best for e in one.events or ())) for one in parts
            if one.attribution == bound)
        for bound in BOUNDS
    ]  # fmt: skip
    return shown[0], shown[1], len(parts) // len(BOUNDS)


@pytest.mark.parametrize("question", PLANS)
@settings(max_examples=5, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=60))
def test_the_rows_listed_come_to_the_count_that_is_printed(
    engine: Any, question: str, rows: list[tuple[int, Attribution, str | None, int]]
) -> None:
    made, parts = counted(engine, PLANS[question], rows)
    if made is None:
        assert parts == ()
        return
    low, high, of = numbers(question, parts)
    assert (made.low, made.high) == (low, high)
    assert of in (None, made.of)
    for one in parts:
        assert one.rows == len(one.events or ())
        assert one.counted == sum(event.events_best for event in one.events or ())


def test_a_row_that_is_lost_is_seen(engine: Any) -> None:
    """The law above can fail: without one of its rows each count comes to another number."""
    rows = [(3, "certain", "school", 1), (4, "possible", "depot", 2), (5, "possible", None, 1)]
    for question, plan in PLANS.items():
        made, parts = counted(engine, plan, rows)  # type: ignore[arg-type]
        assert made is not None
        whole = numbers(question, parts)
        for place, one in enumerate(parts):
            if one.events:
                less = (*parts[:place], replace(one, events=()), *parts[place + 1 :])
                assert numbers(question, less) != whole


MAPPING = """\
[dataset]
name = "{name}"
title = "The {name} record"
citation = "Made up for a test"
licence = "none"
publication = {{ allows = "{allows}", terms = "Its owner says so."{least} }}

[columns]
native_id = "id"
date = "day"
place = "place"
admin1 = "district"
target = "hit"
side_a = "by"
actors_certain = "sure"
actors_possible = "maybe"
events_best = "events"

[constants]
event_type = "{kind}"
"""
PLEDGE = """\
[pledge]
title = "{title}"
actor = "North"
kind = "{kind}"
act = "do it"
{said}
announced = 2021-02-25
starts = 2021-03-01
ends = 2021-04-09

[plan]
question = "{question}"
{keys}

{more}
"""
PRIMARY = """
[plan.primary]
dataset = "{name}"
label = "made-up strikes"
actors = ["North"]
attributions = ["certain", "possible"]
"""
ALLOWED = """
[plan.allowed]
dataset = "open"
actors = ["North"]
targets = ["depot"]
"""
TALLY = """
[plan.tally]
counted_by = "A newsroom"
citation = "its page"
published = 2021-05-01
unit = "films"
total = 60
within = 1
outside = 14
"""
RECORDS = (("open", "rows", ""), ("seen", "rows", ""), ("closed", "aggregates", ", at_least = 3"))
KEYS = {
    "only": 'window_days = 20\nmisclassified_reason = "Made up."',
    "delivers": "amount = 30", "holds": "stretch_days = 7", "ceases": "window_days = 20",
}  # fmt: skip
KINDS = {"only": "limit", "delivers": "release", "holds": "uphold", "ceases": "ceasefire"}


def declared(question: str, more: str) -> str:
    said = 'object = "depots"\nmagnitude = "30"\narea = "Vale"'
    return PLEDGE.format(title=f"It {question}", kind=KINDS[question], question=question,
                         said=said, keys=KEYS[question], more=more)  # fmt: skip


def table(name: str) -> str:
    lines = ["id,day,place,district,hit,by,sure,maybe,events"]
    for number in range(130):
        day = FIRST + timedelta(days=number)
        sure, maybe = ("North", "") if number % 3 else ("", "North")
        hit = ("depot", "school", "")[number % 3 if number % 4 else 1]
        if 70 <= number < 78:
            sure, maybe = "South", ""
        lines.append(f"{name}{number},{day},town{number},Vale,{hit},{sure or maybe},{sure},{maybe},"
                     f"{1 + number % 2}")  # fmt: skip
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with a pledge of each kind on an open record, one on a closed one, and a tally."""
    folder = tmp_path_factory.mktemp("counted")
    case = Case.create(folder / "vale")
    pledges = {question: declared(question, PRIMARY.format(name="open")) for question in KEYS}
    pledges["only"] += ALLOWED
    seen = PRIMARY.format(name="seen") + 'event_types = ["presence"]\n'
    pledges["holds"] = declared("holds", seen)
    pledges["closed"] = declared("delivers", PRIMARY.format(name="closed"))
    pledges["tally"] = declared("delivers", TALLY)
    for name, allows, least in RECORDS:
        source, mapping = folder / f"{name}.csv", folder / f"{name}.toml"
        source.write_text(table(name))
        kind = "presence" if name == "seen" else "air strike"
        mapping.write_text(MAPPING.format(name=name, allows=allows, least=least, kind=kind))
        case.load(source, mapping=mapping, stated=date(2021, 9, 1))
    for name, text in pledges.items():
        (case.folder / "pledges" / f"{name}.toml").write_text(text)
    return case


@pytest.fixture(scope="module")
def told(made: Case) -> CaseReport:
    return made.report(as_of=date(2021, 9, 1))


@pytest.fixture(scope="module")
def shown(told: CaseReport) -> Mapping[str, Shown]:
    return {one.shown.id: one.shown for one in entries(told)}


@pytest.mark.parametrize("question", KEYS)
def test_each_number_of_a_count_leads_to_its_rows_on_the_page(
    told: CaseReport, shown: Mapping[str, Shown], question: str
) -> None:
    page = render_html(told)
    (entry,) = (one for one in entries(told) if one.shown.id == question)
    made = shown[question].count
    assert made is not None
    assert made.behind
    assert made.low is not None
    assert made.low > 0
    for one in made.behind:
        key = entry.behind.key_of(made.dataset or "", one)
        assert bool(key) == bool(one.rows)
        if key:
            assert page.count(f' id="{key}"') == 1
            assert f'<a href="#{key}">{one.events:,}</a>' in page
            (held,) = (each for group in entry.behind.groups for each in group.lists
                       if each.key == key)  # fmt: skip
            assert held.total == one.rows
    assert made.no_rows == ""


def test_a_count_without_rows_says_why_where_it_stands(
    told: CaseReport, shown: Mapping[str, Shown]
) -> None:
    closed, tally = shown["closed"].count, shown["tally"].count
    assert closed is not None
    assert tally is not None
    assert closed.behind == tally.behind == ()
    assert closed.no_rows == (
        "The closed record: no row of it is listed, by these terms: Its owner says so."
    )
    assert tally.no_rows == (
        "It is a count that A newsroom published on 1 May 2021; wordkept holds none of its rows."
    )
    page = render_html(told)
    assert f'<p class="aside"><bdi>{closed.no_rows}</bdi></p>' in page
    assert "wordkept holds none of its rows." in page
    for name, made in (("closed", closed), ("tally", tally)):
        assert made.no_rows in " ".join(pledge_text(told, name).split())


def test_recent_rows_of_a_count_are_listed_late_and_without_their_place(told: CaseReport) -> None:
    soon = replace(told, assessments=tuple(
        replace(one, as_of=date(2021, 4, 20)) for one in told.assessments
    ))  # fmt: skip
    (entry,) = (one for one in entries(soon) if one.shown.id == "delivers")
    sentences = " ".join(one.said[-1] for group in entry.behind.groups for one in group.lists)
    rows = [row for group in entry.behind.groups for one in group.lists for row in one.rows]
    assert rows
    assert not any("town" in place for row in rows for place in row.places)
    assert "counted, and not listed yet" in " ".join(
        said for group in entry.behind.groups for one in group.lists for said in one.said
    ), sentences


def test_the_command_lists_them_and_as_json(
    made: Case, told: CaseReport, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(name: str, *, as_json: bool = False) -> str:
        found = next(one for one in told.assessments if one.pledge.id == name)
        print_rows(made, found, as_json=as_json)
        return capsys.readouterr().out

    done = CliRunner().invoke(main, ["show", str(made.folder), "only", "--rows"])
    words = asked("only")
    assert done.output == words
    for question in ("only", "delivers", "holds"):
        pairs = json.loads(asked(question, as_json=True))
        for about, rows in pairs:
            assert about["counted"] == sum(one["events_best"] for one in rows)
            assert about["rows"] == len(rows)
            assert question != "only" or all(one["native_id"] in words for one in rows)
        assert sum(len(rows) for _, rows in pairs) > 10
    closed = " ".join(asked("closed").split())
    assert "rows withheld by the publisher's terms" in closed
    assert "closed7" not in closed
    assert "wordkept holds none of its rows" in " ".join(asked("tally").split())


def test_the_bundle_holds_them_and_its_verifier_adds_them_up(
    made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, _ = make_bundle(made)
    with zipfile.ZipFile(BytesIO(bundle.content)) as archive:
        archive.extractall(tmp_path / "whole")
    assert verify.verify(tmp_path / "whole", bundle.manifest) == 0
    assert not (tmp_path / "whole" / "rows" / "closed.csv").exists()
    capsys.readouterr()
    counts = tmp_path / "whole" / "rows" / "counts.json"
    held = json.loads(counts.read_text())
    for question in ("only", "delivers", "holds"):
        less = json.loads(counts.read_text())
        one = next(one for one in less if one["pledge"] == question and one["rows"])
        one["rows"] = one["rows"][1:]
        counts.write_text(json.dumps(less))
        verify.verify(tmp_path / "whole", bundle.manifest)
        assert f"{question}: {'seen' if question == 'holds' else 'open'}" in " ".join(
            capsys.readouterr().out.split()
        )
        counts.write_text(json.dumps(held))


def test_the_exports_hold_the_rows_of_a_count(made: Case) -> None:
    prepared = prepare(made, as_of=date(2021, 9, 1))
    listed = {event.native_id for event in prepared.material.rows["open"]}
    counted = {
        event.native_id
        for one in prepared.material.report.behind
        for event in one.events or ()
        if one.pledge in ("only", "delivers")
    }
    assert counted
    assert counted <= listed
    assert "closed" not in prepared.material.rows

"""A case with a plan of each question: each way out lists the rows behind its count."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wordkept.case import Case
from wordkept.case.behind_days import rows_of_days
from wordkept.case.bundling import make_bundle
from wordkept.case.exporting import prepare
from wordkept.cli import main
from wordkept.cli.listing import print_rows
from wordkept.dossier.bundle import verify
from wordkept.dossier.page import entries, render_html
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Shown
from wordkept.dossier.terminal import pledge_text
from wordkept.dossier.weeks import weekly
from wordkept.period import Period

FIRST = date(2021, 1, 1)


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
        print_rows(made, found, None, as_json=as_json)
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


def test_any_week_of_the_chart_leads_to_its_rows(made: Case, told: CaseReport) -> None:
    record, seen = made.record(told.as_of), 0
    for found in told.assessments:
        weeks = sorted({week.days for one in found.series for week in weekly(one)})
        for week in weeks[::3]:  # each asks the engine anew: a third says as much
            for one in rows_of_days(record, found, week, made.settings.safety):
                if found.pledge.id == "closed":
                    assert (one.rows, one.counted) == (None, None)
                    continue
                assert one.rows is not None
                assert one.counted == sum(row.events_best or 0 for row in one.rows.events)
                assert all(row.period.meet(week) for row in one.rows.events)
                seen += one.counted
    assert seen > 150


UNNAMED = """\
[pledge]
title = "Fewer"
actor = "North"
kind = "reduce"
act = "do less"
announced = 2021-02-25
starts = 2021-03-01

[plan]
question = "falls"
threshold = 0.5
threshold_reason = "made up"
record_known = true

[plan.primary]
dataset = "open"
actors = ["North"]
attributions = ["certain"]

[[plan.controls]]
dataset = "open"
actors = ["South"]
reason = "It promised nothing."

[[plan.controls]]
dataset = "open"
actors = ["North", "South"]
targets = ["school"]
reason = "Nor are these what was promised."
"""


def test_series_of_one_record_without_names_are_told_apart(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "vale")
    (case.folder / "pledges" / "fewer.toml").write_text(UNNAMED)
    (tmp_path / "open.csv").write_text(table("open"))
    mapping = tmp_path / "open.toml"
    mapping.write_text(MAPPING.format(name="open", allows="rows", least="", kind="air strike"))
    case.load(tmp_path / "open.csv", mapping=mapping, stated=date(2021, 9, 1))
    (found,) = case.assess()
    record = case.record(found.as_of)
    days = Period(FIRST, FIRST + timedelta(days=129))
    named = rows_of_days(record, found, days, case.settings.safety)
    assert [one.series.role for one in named] == ["primary", "control", "control"]
    for one in named:
        assert one.rows is not None
        assert one.counted == sum(row.events_best or 0 for row in one.rows.events)
    assert len({one.counted for one in named}) == 3


def test_the_command_lists_the_rows_of_days(made: Case) -> None:
    def said(*words: str) -> Result:
        return CliRunner().invoke(main, ["show", str(made.folder), *words])

    days = ("--days", "2021-03-01..2021-03-07")
    listed = json.loads(said("ceases", *days, "--json").output)
    assert {one["attribution"] for one in listed} == {"certain", "possible"}
    text = " ".join(said("ceases", *days).output.split())
    for one in listed:
        label = f"made-up strikes, open, {one['attribution']}, 2021-03-01..2021-03-07"
        assert f"{label}: {one['counted']}" in text
        assert all(row["native_id"] in text for row in one["rows"])
    assert "rows withheld by the publisher's terms" in " ".join(
        said("closed", *days).output.split()
    )


@pytest.mark.parametrize(
    ("pledge", "days", "what"),
    [
        ("ceases", "1990-01-01", "no series of this pledge covers any day of 1990-01-01..1990"),
        ("tally", "2021-03-01", "no series of this pledge covers any day of 2021-03-01"),
        ("ceases", "2021-03", '"2021-03" is no stretch of days'),
        ("ceases", "2021-03-01..", None),
        ("ceases", "..", '".." is no stretch of days'),
        ("ceases", "2021-03-02..2021-03-01", "a period cannot end (2021-03-01) before it starts"),
    ],
)
def test_days_that_hold_nothing_are_said_in_three_lines(
    made: Case, pledge: str, days: str, what: str | None
) -> None:
    done = CliRunner().invoke(main, ["show", str(made.folder), pledge, "--days", days])
    assert (done.exit_code == 0) == (what is None), done.output
    if what is not None:
        assert len(done.stderr.splitlines()) == 3
        assert what in done.stderr


def test_the_page_names_the_command_where_rows_may_be_listed(told: CaseReport) -> None:
    page = render_html(told)
    named = {
        name: f"<bdi>{name}</bdi> --days FIRST..LAST" in page
        for name in ("only", "ceases", "closed", "tally")
    }
    assert named == {"only": True, "ceases": True, "closed": False, "tally": False}

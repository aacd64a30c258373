"""The gate is attacked: whatever a record withholds is searched for in every way out of the house.

Three made-up records, under three rules; the rows of each carry words, coordinates and numbers that
stand nowhere else.
"""

import base64
import html
import json
import re
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest

from wordkept.case import Case
from wordkept.case.behind import strictest
from wordkept.case.exporting import Prepared, export, held_back, prepare
from wordkept.dossier.exports import EXPORTS
from wordkept.dossier.exports.export import Export
from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import render_html
from wordkept.dossier.terminal import board_text, pledge_text
from wordkept.errors import WordkeptError

START, PLEDGED, END = date(2025, 1, 6), date(2025, 4, 14), date(2025, 5, 25)
RECENT = END + timedelta(days=6 - 90)
"""The first day that is recent five days after the last row."""
RULES = {
    "open": 'allows = "rows"',
    "totals": 'allows = "aggregates"\nat_least = 5',
    "closed": 'allows = "nothing"',
}
ALL_OPEN = dict.fromkeys(RULES, 'allows = "rows"')
LAT = {"open": 31.271828, "totals": 33.718281, "closed": 35.182845}
LON = {"open": 36.141592, "totals": 38.415926, "closed": 39.592653}
DEATHS = {"open": 20011, "totals": 40013, "closed": 60017}
"""Each row's deaths are this plus its number."""
ROWS_OF_EVENTS = 77191
"""How many events each row of the closed record stands for."""
NEAR = 0.0004
"""Of a degree, or of a count: nearer than this a number is taken for the one withheld."""
EXACT = 0.00002
"""Of a degree: the middle of a grid's cell may lie as near as NEAR to a point by chance."""
TABLES = frozenset({"csv", "xlsx", "hxl", "parquet", "geojson"})
"""The formats that hold rows."""

MAPPING = """\
[dataset]
name = "{name}"
title = "The {name} record"
citation = "Made up for a test"
licence = "none"

[dataset.publication]
{rule}
terms = "Its owner says so."

[columns]
native_id = "id"
date = "day"
place = "place"
admin2 = "district"
lat = "lat"
lon = "lon"
radius_km = "radius"
side_a = "by"
side_b = "against"
actors_certain = "by"
deaths_best = "dead"
events_best = "events"
reference = "source"

[constants]
event_type = "shelling"
country = "Vale"
"""
PLEDGE = """\
[pledge]
title = "No shelling, by the {primary} record"
actor = "North"
kind = "ceasefire"
act = "not fire on it"
announced = 2025-04-12
starts = 2025-04-14
area = "the valley"

[[pledge.said]]
speaker = "the North's command"
on = 2025-04-10
document = "statement.txt"
quotes = ["our guns will not fire on the valley"]

[plan]
question = "falls"
threshold = 0.5
threshold_reason = "Half is the least that would be called a truce"
baselines = [{{ days = 28 }}]

[plan.primary]
dataset = "{primary}"
actors = ["North"]
attributions = ["certain"]
"""
BESIDE = """
[[plan.others]]
dataset = "totals"
actors = ["North"]
attributions = ["certain"]

[[plan.controls]]
dataset = "closed"
reason = "the same valley"
"""


def canaries(name: str, column: str) -> str:
    return f"canary{name}{column}"


def rows(name: str) -> Iterator[str]:
    yield "id,day,place,district,lat,lon,radius,by,against,dead,events,source"
    days = (END - START).days + 1
    for n in range(days):
        day = START + timedelta(days=n)
        if day >= PLEDGED and n % 3:
            continue
        marks = {
            one: f"{canaries(name, one)}{n}" for one in ("id", "place", "district", "foe", "source")
        }
        many = ROWS_OF_EVENTS if name == "closed" else 1
        yield (
            f"{marks['id']} {marks['place']},{day},{marks['place']},{marks['district']},"
            f"{LAT[name] + n / 1000:.6f},{LON[name] + n / 1000:.6f},1,North,{marks['foe']},"
            f"{DEATHS[name] + n},{many},{marks['source']}"
        )
    yield f"{canaries(name, 'id')}x,{canaries(name, 'date')},,,,,,North,,,1,"


def build(folder: Path, written: Path, rules: Mapping[str, str]) -> Case:
    case = Case.create(folder / "vale")
    case.read(written / "statement.txt")
    for name in RULES:
        source, mapping = folder / f"{name}.csv", folder / f"{name}.toml"
        source.write_text("\n".join(rows(name)) + "\n")
        mapping.write_text(MAPPING.format(name=name, rule=rules[name]))
        case.load(source, mapping=mapping, stated=END)
        text = PLEDGE.format(primary=name) + (BESIDE if name == "open" else "")
        (case.folder / "pledges" / f"{name}.toml").write_text(text)
    return case


@pytest.fixture(scope="session")
def guarded(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return build(tmp_path_factory.mktemp("guarded"), written, RULES)


@pytest.fixture(scope="session")
def prepared(guarded: Case) -> Prepared:
    return prepare(guarded)


@pytest.fixture(scope="session")
def unguarded(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(build(tmp_path_factory.mktemp("unguarded"), written, ALL_OPEN))


def decoded(content: bytes) -> str:
    """All that a file says, however it is packed, as one text."""
    if content.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(content)) as archive:
            return "\n".join(
                f"{name}\n{decoded(archive.read(name))}" for name in archive.namelist()
            )
    if content.startswith(b"\x89PNG"):
        return ""  # the SVG beside it is what was painted
    if content.startswith(b"PAR1"):
        found = pq.read_table(BytesIO(content))
        said = {key.decode(): value.decode("utf-8", "replace")
                for key, value in (found.schema.metadata or {}).items()}  # fmt: skip
        return json.dumps([said, found.to_pylist()], default=str)
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        return "\n".join(pages)
    text = content.decode("utf-8-sig", "replace")
    inside = re.findall(r"base64,([A-Za-z0-9+/=]+)", text)
    return "\n".join([html.unescape(text), *(decoded(base64.b64decode(one)) for one in inside)])


def numbers(text: str) -> set[float]:
    """Every number in a text that is no part of a word or a hash, its thousands joined."""
    found = re.findall(r"(?<![\w.])-?\d+(?:[,\u00a0\u202f]\d{3})*(?:\.\d+)?(?!\w)", text)
    return {float(re.sub("[,\u00a0\u202f]", "", one)) for one in found}


def withheld_numbers(name: str) -> list[float]:
    """The coordinates and deaths of each row, and the sums of what the closed rows stand for."""
    days = range((END - START).days + 1)
    places = [value + n / 1000 for value in (LAT[name], LON[name]) for n in days]
    sums = [ROWS_OF_EVENTS * n for n in days if n and name == "closed"]
    return [*places, *(DEATHS[name] + n for n in days), *sums]


MIDDLE = re.compile(r"\d+\.\d°\s[NS]\s+\d+\.\d°\s[EW]")
"""The middle of a map's cell, which is that of its grid, to a tenth of a degree: some 10 km."""


def leaks(text: str, name: str) -> list[str]:
    """What of a record's rows stands in a text; the cells of a map of totals are not it."""
    text = MIDDLE.sub("", text) if name == "totals" else text
    hidden = sorted(withheld_numbers(name))
    found = sorted(set(re.findall(rf"canary{name}\w*", text.casefold())))
    for one in sorted(numbers(text)):
        place = bisect_left(hidden, one - NEAR)
        if place < len(hidden) and hidden[place] < one + NEAR:
            found.append(str(one))
    return found


def ways_out(case: Prepared) -> dict[str, str]:
    """What leaves the house besides the exports."""
    report = case.material.report
    texts = {
        "page": render_html(report),
        "dossier.json": as_json(report),
        "board": board_text(report),
    }
    names = [one.pledge.id for one in report.assessments]
    return texts | {f"terminal, {name}": pledge_text(report, name) for name in names}


def written_by(one: Export, case: Prepared) -> bytes:
    try:
        return one.write(case.material)
    except WordkeptError as error:
        pytest.skip(f"{one.name} cannot be written on this machine: {error.problems[0].what}")


@pytest.mark.parametrize("withheld", ["totals", "closed"])
@pytest.mark.parametrize("one", EXPORTS, ids=lambda one: one.name)
def test_nothing_withheld_stands_in_an_export(
    prepared: Prepared, one: Export, withheld: str
) -> None:
    assert leaks(decoded(written_by(one, prepared)), withheld) == []


@pytest.mark.parametrize("withheld", ["totals", "closed"])
def test_nothing_withheld_stands_in_the_page_and_its_kin(prepared: Prepared, withheld: str) -> None:
    assert {name: found for name, text in ways_out(prepared).items()
            if (found := leaks(text, withheld))} == {}  # fmt: skip


def test_nothing_withheld_stands_beside_the_exports(guarded: Case, tmp_path: Path) -> None:
    done = export(guarded, ["csv"], to=tmp_path)
    assert {"README.txt", "redactions.json"} <= {path.name for path in done.paths}
    texts = {path.name: decoded(path.read_bytes()) for path in done.paths}
    texts |= {"stderr": "\n".join(done.redacted), "ledger": entered(guarded)}
    for withheld in ("totals", "closed"):
        assert {name: found for name, text in texts.items()
                if (found := leaks(text, withheld))} == {}  # fmt: skip


def entered(case: Case) -> str:
    with case.ledger() as ledger:
        return json.dumps([entry.payload for entry in ledger.entries("export")])


@pytest.mark.parametrize("one", EXPORTS, ids=lambda one: one.name)
def test_the_search_finds_what_may_be_listed(unguarded: Prepared, one: Export) -> None:
    """The same search, on the same records with their rows open: it finds them where rows stand."""
    text = decoded(written_by(one, unguarded))
    for name in RULES:
        found = leaks(text, name)
        if one.name in TABLES:
            assert any(canaries(name, "id") in leak for leak in found)
            assert any(leak.startswith(f"{LON[name]:.1f}"[:2]) for leak in found)


def test_the_search_finds_a_withheld_count(unguarded: Prepared) -> None:
    texts = ways_out(unguarded)
    assert any(leaks(text, "closed") for text in texts.values())


@pytest.fixture(scope="session")
def recent(guarded: Case) -> Prepared:
    """The same case as it was seen five days after its last row."""
    return prepare(guarded, as_of=END + timedelta(days=5))


def test_recent_rows_are_told_late_and_coarsely_by_default(recent: Prepared) -> None:
    (found,) = (one for one in recent.redactions if one.dataset == "open")
    assert (found.rows_delayed, found.rows_withheld) == (3, 0)
    assert (found.rows_coarsened, found.rows_listed) == (54, 112 - 3)
    rows = recent.material.rows["open"]
    assert {row.place for row in rows if row.period.end >= RECENT} == {None}
    assert max(row.period.end for row in rows) <= END + timedelta(days=5 - 14)


@pytest.mark.parametrize("one", EXPORTS, ids=lambda one: one.name)
def test_the_place_of_a_recent_row_stands_in_no_export(recent: Prepared, one: Export) -> None:
    text = decoded(written_by(one, recent))
    assert places_of_recent_rows(text) == []
    if one.name in TABLES:
        assert canaries("open", "place") in text


def test_the_place_of_a_recent_row_stands_in_no_page(recent: Prepared) -> None:
    texts = ways_out(recent)
    told = {name: places_of_recent_rows(text) for name, text in texts.items()}
    assert {name: found for name, found in told.items() if found} == {}


def places_of_recent_rows(text: str) -> list[str]:
    first = (RECENT - START).days
    found = re.findall(r"canaryopen(?:place|district|source)(\d+)", text.casefold())
    points = [LON["open"] + n / 1000 for n in range(first, (END - START).days + 1)]
    near = [one for one in numbers(text) if any(abs(one - point) < EXACT for point in points)]
    return [*(one for one in found if int(one) >= first), *map(str, near)]


def test_a_case_may_be_stricter_than_the_publisher(
    guarded: Case, prepared: Prepared, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(guarded.folder, tmp_path / "vale"))
    with (folder / "wordkept.toml").open("a") as settings:
        settings.write('\n[publication.open]\nallows = "aggregates"\nat_least = 5\n')
    report = prepared.material.report
    stricter = held_back(Case.open(folder).record(date.max), report.assessments, report.safety)
    assert [(one.dataset, one.rule.allows, one.rows) for one in stricter] == [
        ("closed", "nothing", None), ("open", "aggregates", None), ("totals", "aggregates", None),
    ]  # fmt: skip
    assert {one.loaded.text for one in stricter} == {"withheld", "112"}


def test_the_strictest_release_of_a_record_holds(guarded: Case, tmp_path: Path) -> None:
    shutil.copytree(guarded.folder.parent, tmp_path, dirs_exist_ok=True)
    case = Case.open(tmp_path / "vale")
    source, mapping = tmp_path / "closed.csv", tmp_path / "closed.toml"
    source.write_text(source.read_text() + "new,2025-05-26,,,,,,North,,,1,\n")
    mapping.write_text(MAPPING.format(name="closed", rule='allows = "rows"'))
    case.load(source, mapping=mapping)
    record = case.record(date.max)
    assert record.releases["closed"].publication.allows == "rows"
    assert strictest(record, "closed").allows == "nothing"


def test_the_report_of_what_was_withheld(prepared: Prepared) -> None:
    found = {one.dataset: one for one in prepared.redactions}
    assert (found["closed"].rows_withheld, found["closed"].rows_withheld_text) == (None, "withheld")
    assert found["totals"].rows_withheld == 112
    assert found["open"].rows_withheld == 0
    assert found["open"].rows_listed + found["open"].rows_delayed == 112
    assert found["closed"].weeks == found["closed"].weeks_withheld > 0
    assert 0 < found["totals"].weeks_withheld <= found["totals"].weeks
    assert {one.terms for one in prepared.redactions} == {"Its owner says so."}

"""Each fault planted in a clean record is found, alone, and closes the gate where it should."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pytest

import wordkept.events.audit as audit_module
from wordkept.events.audit import Question, audit
from wordkept.events.contents import Contents, contents
from wordkept.events.coordinates import coordinate_findings
from wordkept.events.engine import connect
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.events.schema import EVENT
from wordkept.events.series import coverage
from wordkept.model import Finding, PublicationRule, Receipt, Release, Selection
from wordkept.period import Period
from wordkept.protocol import completeness

Row = dict[str, Any]

RECORD = Period(dt.date(2015, 12, 15), dt.date(2016, 5, 31))
DAYS = Period(dt.date(2016, 1, 1), dt.date(2016, 4, 11))
WINDOW = Period(dt.date(2016, 3, 15), DAYS.end)
SEEN = dt.date(2016, 6, 30)
ASKED = Selection(dataset="made-up", actors=("A",), areas=("X",), targets=("school",))
SUREST = ("attribution", "informational", False)
CLEAN = Counter(
    {
        ("collection", "passed", False): 1,
        ("completeness", "passed", False): 1,
        ("field", "passed", False): 3,
        ("summary rows", "passed", False): 1,
        SUREST: 1,
    }
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    connection = connect()
    yield connection
    connection.disconnect()


def made_up(place: int, day: dt.date) -> Row:
    return {
        **dict.fromkeys(EVENT.names),
        "row": place + 1,
        "native_id": f"e{place + 1}",
        "dataset": "made-up",
        "period_from": day,
        "period_to": day,
        "event_type": "air strike",
        "place": "X",
        "target": "school",
        "lat": 30 + place / 1000,
        "lon": 40 + place / 1000,
        "deaths_best": 1,
        "actors_certain": ["A"],
        "actors_probable": [],
        "actors_possible": [],
        **dict.fromkeys(("events_low", "events_best", "events_high"), 1),
    }


def clean() -> list[Row]:
    """A record in which every day has its event, and every event its fields."""
    return [made_up(place, day) for place, day in enumerate(RECORD)]


def before(day: dt.date, rows: Sequence[Row], **cells: Any) -> list[Row]:
    """The rows, with some cells of those before a day written over."""
    return [row | cells if row["period_from"] < day else row for row in rows]


def release(*, loaded: int = 1000, half: int | None = None, stated: dt.date = SEEN) -> Release:
    receipt = Receipt(
        read=loaded, loaded=loaded, set_aside=(), span=RECORD, deaths_best=loaded,
        half_the_deaths_rows=half,
    )  # fmt: skip
    return Release(
        id="0" * 64, dataset="made-up", layout="made up", title="A made-up record", citation="none",
        licence="none", publication=PublicationRule(allows="rows"), caveats=(),
        file_name="made-up.csv", loaded_at="2016-07-15T00:00:00Z", stated=stated,
        parquet="1" * 64, receipt=receipt,
    )  # fmt: skip


def question(of: Release | None = None, selection: Selection = ASKED) -> Question:
    return Question(selection=selection, days=DAYS, window=WINDOW, release=of or release())


def table(engine: Any, rows: Sequence[Row]) -> ir.Table:
    found: ir.Table = engine.create_table(
        "events", pa.Table.from_pylist(list(rows), schema=EVENT.to_pyarrow()), overwrite=True
    )
    return found


def audited(engine: Any, rows: Sequence[Row], asked: Question | None = None) -> tuple[Finding, ...]:
    events = table(engine, rows)
    covered = coverage(events, until=SEEN)
    assert covered is not None
    findings = audit(events, asked or question(), covered)
    assert {finding.dataset for finding in findings} == {"made-up"}
    return findings


def kinds(findings: Sequence[Finding]) -> Counter[tuple[str, str, bool]]:
    return Counter((one.check, one.outcome, one.closes_gate) for one in findings)


def planted(findings: Sequence[Finding], check: str, outcome: str, *, closes: bool) -> str:
    """The sentence of the one finding that differs from a clean record's, which must be this."""
    found = kinds(findings)
    assert found - CLEAN == Counter({(check, outcome, closes): 1})
    assert {name for name, _, _ in CLEAN - found} <= {check}
    (sentence,) = (
        one.sentence for one in findings
        if (one.check, one.outcome, one.closes_gate) == (check, outcome, closes)
    )  # fmt: skip
    return sentence


def test_a_clean_record_passes_every_check(engine: Any) -> None:
    findings = audited(engine, clean())
    assert kinds(findings) == CLEAN
    assert findings[0].sentence == (
        "The record runs from 15 December 2015 to 31 May 2016 and covers every day that is "
        "compared."
    )


def test_a_record_that_ends_inside_the_window(engine: Any) -> None:
    findings = audited(engine, [row for row in clean() if row["period_from"].month != 4][:-31])
    sentence = planted(findings, "collection", "failed", closes=True)
    assert "it ends before the window does (11 April 2016)" in sentence


def test_a_record_that_ends_with_the_window_is_whole(engine: Any) -> None:
    rows = [row for row in clean() if row["period_from"] <= WINDOW.end]
    assert kinds(audited(engine, rows)) == CLEAN
    planted(audited(engine, rows[:-1]), "collection", "failed", closes=True)


def test_a_record_that_begins_after_a_baseline(engine: Any) -> None:
    rows = [row for row in clean() if row["period_from"] >= DAYS.start]
    assert kinds(audited(engine, rows)) == CLEAN
    sentence = planted(audited(engine, rows[1:]), "collection", "failed", closes=False)
    assert "it begins after the first day of a baseline (1 January 2016)" in sentence


def test_a_silence_inside_the_days(engine: Any) -> None:
    silent = Period(dt.date(2016, 2, 3), dt.date(2016, 2, 16))
    findings = audited(engine, [row for row in clean() if row["period_from"] not in silent])
    sentence = planted(findings, "silence", "failed", closes=True)
    assert "from 3 February 2016 to 16 February 2016" in sentence


def test_a_silence_outside_the_days_or_of_the_party_alone_is_none(engine: Any) -> None:
    after = Period(dt.date(2016, 4, 12), dt.date(2016, 5, 20))
    rows = [row for row in clean() if row["period_from"] not in after]
    assert kinds(audited(engine, rows)) == CLEAN
    lull = Period(dt.date(2016, 2, 3), dt.date(2016, 2, 25))
    quiet = [
        row | {"actors_certain": ["B"]} if row["period_from"] in lull else row for row in clean()
    ]
    assert kinds(audited(engine, quiet)) == CLEAN


def test_a_release_made_too_soon_after_the_window(engine: Any) -> None:
    ripe = WINDOW.end + dt.timedelta(days=30)
    on_time = question(release(stated=ripe))
    assert kinds(audited(engine, clean(), on_time)) == CLEAN
    early = question(release(stated=ripe - dt.timedelta(days=1)))
    sentence = planted(audited(engine, clean(), early), "completeness", "failed", closes=False)
    assert "A release of 11 May 2016 or later would hold them." in sentence


def test_a_release_without_a_stated_date_is_as_old_as_its_loading(engine: Any) -> None:
    loaded = replace(release(), stated=None, loaded_at="2016-04-20T10:00:00Z")
    planted(audited(engine, clean(), question(loaded)), "completeness", "failed", closes=False)


def test_the_audit_and_the_protocol_mean_the_same_month() -> None:
    """Two constants, for rooms do not import one another: the days must be the same."""
    assert completeness.REPORTING_LAG_DAYS == audit_module.REPORTING_LAG_DAYS


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"actors_certain": []}, "the parties are"),
        ({"place": None}, "the places are"),
        ({"target": None}, "the targets are"),
    ],
    ids=["parties", "place", "target"],
)
def test_a_field_filled_in_only_from_a_month_on(engine: Any, cells: Row, words: str) -> None:
    findings = audited(engine, before(dt.date(2016, 2, 1), clean(), **cells))
    sentence = planted(findings, "field", "failed", closes=True)
    assert f"{words} filled in only from 1 February 2016" in sentence


def test_a_field_no_longer_filled_in(engine: Any) -> None:
    march = dt.date(2016, 3, 1)
    rows = before(march, [row | {"target": None} for row in clean()], target="school")
    sentence = planted(audited(engine, rows), "field", "failed", closes=True)
    assert "no longer filled in from 1 March 2016" in sentence


def test_a_field_that_the_plan_does_not_read_is_not_asked_after(engine: Any) -> None:
    rows = before(dt.date(2016, 2, 1), clean(), actors_certain=[], target=None)
    plain = question(selection=Selection(dataset="made-up"))
    assert "field" not in {one.check for one in audited(engine, rows, plain)}


@pytest.mark.parametrize(("events", "closes"), [(25, False), (26, True)])
def test_rows_that_stand_for_a_year(engine: Any, events: int, closes: bool) -> None:
    year = made_up(999, dt.date(2015, 6, 1))
    year |= {"period_to": dt.date(2016, 6, 1), "events_best": events}
    sentence = planted(audited(engine, [*clean(), year]), "summary rows", "failed", closes=closes)
    assert f"Of the {len(DAYS) + events} events on the days compared, {events} (" in sentence


def test_a_year_long_row_of_others_is_no_matter(engine: Any) -> None:
    year = made_up(999, dt.date(2015, 6, 1)) | {"period_to": dt.date(2016, 6, 1), "place": "Y"}
    assert kinds(audited(engine, [*clean(), year])) == CLEAN


def test_few_rows_that_carry_half_of_the_deaths(engine: Any) -> None:
    few, more, unknown = (question(release(half=half)) for half in (10, 11, None))
    sentence = planted(audited(engine, clean(), few), "heavy rows", "informational", closes=False)
    assert "10 rows of 1,000" in sentence
    assert kinds(audited(engine, clean(), more)) == CLEAN
    assert kinds(audited(engine, clean(), unknown)) == CLEAN
    one = question(release(loaded=30, half=1))
    planted(audited(engine, clean(), one), "heavy rows", "informational", closes=False)


def test_an_actor_that_is_never_sure(engine: Any) -> None:
    rows = [row | {"actors_certain": ["B"], "actors_possible": ["A"]} for row in clean()]
    sentence = planted(audited(engine, rows), "attribution", "failed", closes=True)
    assert f"None of the {len(DAYS)} events" in sentence
    sure = before(dt.date(2016, 1, 2), rows, actors_certain=["A"], actors_possible=[])
    assert kinds(audited(engine, sure)) == CLEAN


def test_dates_far_from_all_others(engine: Any) -> None:
    findings = audited(engine, [*clean(), made_up(999, dt.date(1916, 3, 1))])
    sentence = planted(findings, "dates", "failed", closes=False)
    assert "all others: 1 row." in sentence


def test_rows_that_repeat_another(engine: Any) -> None:
    rows = clean()
    inside, outside = rows[60], rows[-1]
    assert inside["period_from"] in DAYS
    again = [inside | {"row": 998, "native_id": "again"}, inside | {"row": 999}]
    sentence = planted(
        audited(engine, [*rows, *again]), "duplicates", "informational", closes=False
    )
    assert "2 rows in all" in sentence
    differing: tuple[Row, ...] = ({"deaths_best": 2}, {"side_a": "Q"}, {"lat": 31.5})
    others = [outside, *(inside | cells for cells in differing)]
    assert kinds(audited(engine, [*rows, *others])) == CLEAN
    nowhere: Row = {"lat": None, "lon": None}
    assert kinds(audited(engine, [*rows, inside | nowhere, inside | nowhere])) == CLEAN


def test_sane_coordinates_give_no_finding(engine: Any) -> None:
    assert coordinate_findings(table(engine, clean()), "made-up") == ()
    assert coordinate_findings(table(engine, []), "made-up") == ()


def test_swapped_coordinates(engine: Any) -> None:
    rows = clean()
    swapped = [row | {"lat": row["lon"], "lon": row["lat"]} for row in rows[:3]]
    found = coordinate_findings(table(engine, [*swapped, *rows[3:]]), "made-up")
    assert kinds(found) == Counter({("coordinates", "failed", False): 1})
    assert found[0].sentence == "Latitude and longitude look swapped in 3 rows."
    assert coordinate_findings(table(engine, [*swapped, *rows[3:99]]), "made-up") == ()
    diagonal = [row | {"lon": row["lat"] + 3} for row in rows]
    assert coordinate_findings(table(engine, diagonal), "made-up") == ()


def test_constant_coordinates(engine: Any) -> None:
    rows, most = clean(), len(RECORD) // 5
    point: Row = {"lat": 30.05, "lon": 40.06}

    def alike(many: int) -> tuple[Finding, ...]:
        constant = [row | point for row in rows[:many]]
        return coordinate_findings(table(engine, [*constant, *rows[many:]]), "made-up")

    assert alike(most) == ()
    (found,) = alike(most + 1)
    assert (found.check, found.outcome, found.closes_gate) == ("coordinates", "failed", False)
    assert found.sentence.startswith(f"{most + 1} of {len(RECORD)} located rows")


def test_contents_are_every_name_and_nothing_else(engine: Any) -> None:
    other: Row = {
        "place": None, "admin1": "N", "country": "Z", "target": None, "event_type": "riot",
        "actors_certain": [], "actors_probable": ["B"], "actors_possible": ["A", "C"],
    }  # fmt: skip
    rows = [made_up(0, DAYS.start), made_up(1, DAYS.start) | other]
    assert contents(table(engine, rows)) == Contents(
        actors=frozenset("ABC"),
        areas=frozenset("XNZ"),
        event_types=frozenset({"air strike", "riot"}),
        targets=frozenset({"school"}),
    )


def test_a_real_record_can_be_audited(shared: Path, tmp_path: Path, engine: Any) -> None:
    source = shared / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
    options = LoadOptions(loaded_at="2020-07-01T00:00:00Z", dataset="ucdp-ged")
    loaded = load_release(source, tmp_path, options)
    events = open_release(loaded, tmp_path, engine)
    covered = coverage(events, until=loaded.known_on)
    assert covered is not None
    assert (covered.apart, covered.silences) == (0, ())
    chosen = Selection(
        dataset="ucdp-ged", actors=("Government of Syria",), areas=("Syria",),
        event_types=("armed violence",),
    )  # fmt: skip
    asked = Question(selection=chosen, days=DAYS, window=WINDOW, release=loaded)
    found = audit(events, asked, covered)
    assert [one.outcome for one in found if one.check in {"collection", "completeness"}] == [
        "passed", "passed",
    ]  # fmt: skip
    assert not any(one.closes_gate for one in found)
    assert all(one.sentence.endswith(".") for one in found)
    assert {one.check for one in coordinate_findings(events, "ucdp-ged")} <= {"coordinates"}

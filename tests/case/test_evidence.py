"""From files in a made-up case to a verdict: what surrounds the counts is in the assessment."""

import random
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.errors import InputError
from wordkept.model import Assessment

FIRST, STARTS, LAST = date(2024, 3, 4), date(2025, 4, 14), date(2025, 8, 24)
WINDOW_END = STARTS + timedelta(days=27)
LATER = date(2025, 12, 1)
"""Long after the window: nothing is still to be reported."""
DAYS = (LAST - FIRST).days + 1
BEFORE = (STARTS - FIRST).days

PLEDGE = """\
[pledge]
title = "{title}"
actor = "North"
kind = "{kind}"
act = "fire less"
announced = 2025-04-10
starts = {starts}
{ends}

[plan]
question = "{question}"
record_known = false
{plan}
[plan.primary]
dataset = "{dataset}"
label = "shells laid to the North"
{primary}
{more}
"""
USUAL = {
    "title": "Fewer shells", "kind": "reduce", "starts": str(STARTS), "ends": "",
    "question": "falls", "plan": "", "dataset": "daily-counts", "primary": 'actors = ["North"]',
    "more": "",
}  # fmt: skip

Made = Callable[..., Case]


def pledge(**said: str) -> str:
    return PLEDGE.format_map(USUAL | said)


def on(place: int) -> date:
    return FIRST + timedelta(days=place)


def ordinary(mean: float = 4.0, *, days: int = DAYS, seed: int = 1) -> list[int]:
    return [int(n) for n in np.random.default_rng(seed).poisson(mean, size=days)]


def fallen(counts: list[int], to: float, *, since: int = BEFORE) -> list[int]:
    """The counts, of which from a day on only each so many stays."""
    kept = np.cumsum([0.0, *(n * to for n in counts[since:])]).round().astype(int)
    return [*counts[:since], *(int(n) for n in np.diff(kept))]


def daily(counts: Iterable[int], *, actor: str = "North", **fields: str) -> str:
    """A table of `day` and `n`, a row for each day."""
    head = ",".join(["day", "n", "actor", *fields])
    tail = "".join(f",{value}" for value in fields.values())
    rows = (f"{on(place)},{n},{actor}{tail}" for place, n in enumerate(counts))
    return "\n".join([head, *rows]) + "\n"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A case of some pledges; each record is loaded as its publisher's release of a day.

    A record that is not `daily-counts` or of wordkept's own columns is named beside its file.
    """

    def make(
        pledges: str | Mapping[str, str],
        records: Iterable[tuple[str, str, date]],
        folder: str = "valley",
    ) -> Case:
        case = Case.create(tmp_path / folder)
        files = {"guns": pledges} if isinstance(pledges, str) else pledges
        for name, text in files.items():
            (case.folder / "pledges" / f"{name}.toml").write_text(text)
        for number, (dataset, text, stated) in enumerate(records):
            path = tmp_path / f"{folder} {number}.csv"
            path.write_text(text)
            if dataset not in ("daily-counts", "wordkept"):
                named = f'[dataset]\nname = "{dataset}"\npublication = "rows"\n'
                path.with_name(path.name + ".toml").write_text(named)
            case.load(path, stated=stated)
        return case

    return make


def only(case: Case, *, as_of: date | None = None) -> Assessment:
    return next(one for one in case.assess(as_of=as_of) if one.pledge.id == "guns")


def released(known: Iterable[date], *, mean_lag: float) -> list[tuple[str, str, date]]:
    """The same record as it stood on some days: each event came in exponentially late."""
    generator = np.random.default_rng(3)
    counts = fallen(ordinary(6.0), 0.2)
    days = np.repeat(np.arange(DAYS), counts)
    entered = days + np.floor(generator.exponential(mean_lag, size=len(days)))
    found = []
    for known_on in known:
        ago = (known_on - FIRST).days
        held = np.bincount(days[entered <= ago], minlength=DAYS)[:ago]
        found.append(("daily-counts", daily(int(n) for n in held), known_on))
    return found


def test_a_fuller_release_shows_how_much_is_still_to_come(made: Made) -> None:
    """Bounds with what is not yet reported stand beside the bounds as they are."""
    known = [date(2025, 3, 20), date(2025, 5, 20), date(2025, 6, 20)]
    case = made(pledge(), released(known, mean_lag=15))
    found = only(case)
    assert found.completeness is not None
    assert found.completeness.releases == 3
    share = found.completeness.share
    assert share is not None
    assert 0.8 < share < 1.0
    raw, raised = ([one for one in found.estimates if one.inflated is way] for way in (False, True))
    assert {one.baseline for one in raw} == {one.baseline for one in raised}
    assert {one.attribution for one in raw} == {one.attribution for one in raised}
    pairs = list(zip(raw, raised, strict=True))
    assert all(more.window_events >= less.window_events for less, more in pairs)
    assert any(more.window_events > less.window_events for less, more in pairs)
    assert found.range_high == max(one.ratio_high or 0 for one in raised)
    assert found.verdict.word == "kept" or found.verdict.steps_down
    assert only(case, as_of=known[0]).verdict.word == "cannot tell"


def test_too_little_on_record_closes_the_gate(made: Made) -> None:
    known = [date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 15)]
    found = only(made(pledge(), released(known, mean_lag=60)))
    assert found.completeness is not None
    assert found.completeness.share is not None
    assert found.completeness.share < 0.8
    assert found.verdict.word == "cannot tell"
    assert found.completeness.sentence in found.verdict.gates
    assert found.tipping is None


def test_a_single_young_release_is_cut_and_says_so(made: Made) -> None:
    """The days that are left are on record, though the window's last are not."""
    known = date(2025, 6, 1)
    ((dataset, text, _),) = released([known], mean_lag=5)
    ended = text.partition("2025-05-06")[0]
    found = only(made(pledge(), [(dataset, ended, known)]))
    assert found.completeness is not None
    assert found.completeness.share is None
    cut = found.completeness.cut_to
    assert cut is not None
    assert cut.end == known - timedelta(days=30) < WINDOW_END
    assert {one.window for one in found.estimates} == {cut}
    assert "it is cut to end on 2 May 2025" in found.completeness.sentence
    assert found.verdict.word != "not kept"
    assert not found.verdict.gates


def test_a_single_release_that_is_too_young_closes_the_gate(made: Made) -> None:
    (record,) = released([date(2025, 5, 20)], mean_lag=5)
    found = only(made(pledge(), [record]))
    assert found.verdict.word == "cannot tell"
    assert "Load a release of" in " ".join(found.verdict.gates)


SOUTH = """\
[[plan.controls]]
dataset = "other-counts"
label = "shells laid to the South"
reason = "the same war"
"""
EFFORT = '[plan.effort]\ndataset = "patrols"\nlabel = "patrol hours"'


def hours(per_day: int = 10, after: int = 4, *, first: int = 0) -> str:
    rows = [f"{on(n)},{after if n >= BEFORE else per_day}" for n in range(first, DAYS)]
    return "\n".join(["day,n", *rows]) + "\n"


def test_half_the_patrols_see_half_the_shells(made: Made) -> None:
    counts = ("daily-counts", daily(fallen(ordinary(5.0), 0.4)), LATER)
    south = ("other-counts", daily(ordinary(seed=4), actor="South"), LATER)
    found = only(
        made(pledge(more=f"{EFFORT}\n{SOUTH}"), [counts, ("patrols", hours(), LATER), south])
    )
    assert found.verdict.word == "not kept"
    assert found.effort is not None
    assert (found.effort.effort_baseline, found.effort.effort_window) == (10.0, 4.0)
    assert found.effort.ratio_with == pytest.approx(1.0, abs=0.15)
    assert found.effort.ratio_without == pytest.approx(0.4, abs=0.06)
    assert "patrol hours" in found.effort.sentence
    assert "would then have seemed to be reached" in found.effort.sentence
    assert found.curve is None
    assert found.comparisons == ()
    assert {one.dataset for one in found.releases} == {"daily-counts", "patrols", "other-counts"}
    (control,) = found.controls
    assert (control.ratio, control.p, control.survives) == (None, None, None)
    assert "what effort found them is not on record" in control.sentence


@pytest.fixture(scope="module")
def unpatrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose shells fell with its patrols, which are not loaded yet."""
    folder = tmp_path_factory.mktemp("unpatrolled")
    case = Case.create(folder / "valley")
    (case.folder / "pledges" / "guns.toml").write_text(pledge(more=EFFORT))
    (folder / "shells.csv").write_text(daily(fallen(ordinary(5.0), 0.4)))
    case.load(folder / "shells.csv", stated=LATER)
    return case.folder


@pytest.mark.parametrize(
    ("effort", "why"),
    [
        (hours(first=BEFORE + 10), "it does not cover the window"),
        (hours().replace(f"{on(BEFORE + 3)},4\n", ""), "has no row on 1 day of the"),
        (hours().replace(f"{on(BEFORE + 3)},4\n", f"{on(BEFORE + 3)},4.5\n"), "write minutes"),
        (hours(after=0), "what nobody looked for cannot be counted"),
    ],
)
def test_effort_that_is_unknown_closes_the_gate(
    unpatrolled: Path, tmp_path: Path, effort: str, why: str
) -> None:
    case = Case.open(shutil.copytree(unpatrolled, tmp_path / "valley"))
    (tmp_path / "patrols.csv").write_text(effort)
    (tmp_path / "patrols.csv.toml").write_text('[dataset]\nname = "patrols"\n')
    case.load(tmp_path / "patrols.csv", stated=LATER)
    found = only(case)
    assert found.verdict.word == "cannot tell"
    assert why in " ".join(found.verdict.gates)


def test_hours_that_are_no_whole_numbers_are_refused_in_three_lines(made: Made) -> None:
    broken = hours().replace(",10\n", ",9.5\n").replace(",4\n", ",4.5\n")
    with pytest.raises(InputError) as refused:
        made(pledge(more=EFFORT), [("patrols", broken, LATER)])
    (problem,) = refused.value.problems
    assert "n is not a whole number" in problem.what
    assert "minutes" in problem.remedy


def test_a_patrol_log_needs_no_row_where_nobody_went(unpatrolled: Path, tmp_path: Path) -> None:
    """One row a patrol: a day without one is a day without effort, and its shells are left out."""
    shells = fallen(ordinary(5.0), 0.4)
    case = Case.open(shutil.copytree(unpatrolled, tmp_path / "valley"))
    log = tmp_path / "log.csv"
    rows = [f"{on(n)},{3 if n < BEFORE else 2}" for n in range(DAYS) if n % 9]
    log.write_text("\n".join(["went out,hours", *rows]) + "\n")
    mapping = tmp_path / "log.toml"
    mapping.write_text(
        '[dataset]\nname = "patrols"\nkind = "counts"\n[columns]\ndate = "went out"\n'
        'events_best = "hours"\n[constants]\nevent_type = "strategic development"\n'
    )
    case.load(log, mapping=mapping, stated=LATER)
    found = only(case)
    assert not found.verdict.gates
    window = shells[BEFORE : BEFORE + 28]
    seen = [n for place, n in enumerate(window, start=BEFORE) if place % 9]
    assert {one.window_events for one in found.estimates} == {sum(seen)} != {sum(window)}


@pytest.mark.parametrize(("kind", "longest"), [("ceasefire", 35), ("uphold", 70)])
def test_the_curve_stops_short_of_the_next_declared_change(
    made: Made, kind: str, longest: int
) -> None:
    """A truce five weeks on bounds the windows; that something stays as it is announces none."""
    record = ("daily-counts", daily(fallen(ordinary(), 0.1)), LATER)
    after = pledge(title="Another", kind=kind, starts=str(STARTS + timedelta(days=35)))
    noted = after.partition("[plan]")[0]
    curve = only(made({"guns": pledge(), "another": noted}, [record])).curve
    assert curve is not None
    assert max(one.window_days + one.grace_days for one in curve.specifications) == longest
    planned = [one for one in curve.specifications if one.planned]
    assert {(one.window_days, one.grace_days) for one in planned} == {(28, 0)}
    assert len(planned) == 2
    told = any("the next change that was declared" in said for said in curve.left_out)
    assert told == (kind == "ceasefire")


def test_a_curve_that_does_not_bear_it_out_is_one_step_down(made: Made) -> None:
    """Only what the plan counts fell: over every way to count, nothing out of the ordinary."""
    generator = np.random.default_rng(31)
    level = np.cumsum(generator.normal(0.0, 0.05, size=DAYS))
    clashes = generator.poisson(60 * np.exp(level - level[BEFORE - 20 : BEFORE + 20].mean()))
    shells = fallen(ordinary(), 0.05)
    rows = daily(shells, event_type="shelling")
    rows += daily((int(n) for n in clashes), event_type="armed clash").split("\n", 1)[1]
    types = 'actors = ["North"]\nevent_types = ["shelling"]'
    ends = f"ends = {WINDOW_END}"
    found = only(made(pledge(primary=types, ends=ends), [("daily-counts", rows, LATER)]))
    assert found.curve is not None
    assert found.p is not None
    assert found.p <= 0.05, "what the plan counts fell beyond its ups and downs"
    assert found.curve.joint_p > 0.05
    assert found.verdict.word == "partly kept"
    (step,) = found.verdict.steps_down
    assert "defensible ways to count and compare" in step


PLACES = {"Town": (35.0, 37.0), "Farm": (35.3, 37.0), "City": (36.5, 37.0)}
OWN = "native_id,period_from,period_to,place,admin1,lat,lon,event_type,actors_certain"


def events() -> list[str]:
    """Shells on the Town fall; on the Farm nearby they rise, in the City nothing moves."""
    drawn = {
        ("Town", "North"): fallen(ordinary(2.0, seed=11), 0.05),
        ("Farm", "North"): [n + (2 if place >= BEFORE else 0)
                            for place, n in enumerate(ordinary(1.0, seed=12))],
        ("City", "North"): ordinary(2.0, seed=13),
        ("Town", "South"): ordinary(2.0, seed=14),
    }  # fmt: skip
    rows = []
    for (place, actor), counts in drawn.items():
        lat, lon = PLACES[place]
        for day, number in enumerate(counts):
            for one in range(number):
                name = f"{place} {actor} {day} {one}"
                rows.append(f"{name},{on(day)},{on(day)},{place},{place} district,{lat},{lon},"
                            f"shelling,{actor}")  # fmt: skip
    return rows


IN_TOWN = 'actors = ["North"]\nareas = ["Town"]\nevent_types = ["shelling"]'


def test_what_moved_beside_an_area_is_looked_at(made: Made) -> None:
    text = "\n".join([OWN, *events()]) + "\n"
    plan = pledge(dataset="wordkept", primary=IN_TOWN)
    found = only(made(plan, [("wordkept", text, LATER)]))
    kinds = [one.kind for one in found.comparisons]
    assert kinds == ["ring", "substitute", "elsewhere", "synthetic control", "regression"]
    by_kind = {one.kind: one for one in found.comparisons}
    ring, elsewhere = by_kind["ring"], by_kind["elsewhere"]
    assert ring.ratio is not None
    assert ring.ratio > 2
    assert ring.p is not None
    assert ring.p <= 0.05
    assert "may have moved, not stopped" in ring.sentence
    assert elsewhere.p is not None
    assert elsewhere.p > 0.05
    assert "South" in by_kind["substitute"].label
    assert "no sign that others took over" in by_kind["substitute"].sentence
    assert by_kind["regression"].low is not None
    assert found.curve is not None
    assert {one.area for one in found.curve.specifications} >= {"as planned", "within 50 km"}


def told(found: Assessment) -> Assessment:
    """What was found, but for the file that it was found in."""
    return replace(found, releases=())


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Assessment]:
    """A case that holds its plan only, and what is found once its rows are loaded in order."""
    folder = tmp_path_factory.mktemp("order")
    case = Case.create(folder / "valley")
    plan = pledge(dataset="wordkept", primary=IN_TOWN)
    (case.folder / "pledges" / "guns.toml").write_text(plan)
    shutil.copytree(case.folder, folder / "bare")
    (folder / "events.csv").write_text("\n".join([OWN, *events()]) + "\n")
    case.load(folder / "events.csv", stated=LATER)
    found = only(case)
    assert only(case) == found, "asked twice, the same is answered"
    return folder, found


@settings(max_examples=3, derandomize=True)
@given(seed=st.integers(0, 2**16))
def test_the_order_of_rows_changes_nothing(in_order: tuple[Path, Assessment], seed: int) -> None:
    folder, found = in_order
    rows = events()
    random.Random(seed).shuffle(rows)  # noqa: S311  no secret
    with TemporaryDirectory(dir=folder) as space:
        case = Case.open(shutil.copytree(folder / "bare", Path(space) / "valley"))
        (Path(space) / "events.csv").write_text("\n".join([OWN, *rows]) + "\n")
        case.load(Path(space) / "events.csv", stated=LATER)
        assert told(only(case)) == told(found)


def test_a_rise_is_seen(made: Made) -> None:
    aid = [n * 4 if place >= BEFORE else n for place, n in enumerate(ordinary())]
    plan = pledge(kind="access", question="rises", plan="threshold = 2.0")
    found = only(made(plan, [("daily-counts", daily(aid), LATER)]))
    assert found.verdict.word == "kept"
    assert found.durability is None
    assert found.curve is not None
    assert found.curve.share_agreeing == 1.0


@pytest.mark.parametrize(("released_people", "word"), [(100, "kept"), (60, "partly kept")])
def test_a_delivery_is_counted_by_its_day(made: Made, released_people: int, word: str) -> None:
    each = [0] * DAYS
    for place in range(20):
        each[BEFORE + place] = released_people // 20
    each[BEFORE - 30], each[BEFORE + 40] = 50, 500
    plan = pledge(kind="release", question="delivers", ends=f"ends = {WINDOW_END}",
                  plan="amount = 100")  # fmt: skip
    found = only(made(plan, [("daily-counts", daily(each), LATER)]))
    assert found.verdict.word == word
    assert found.count is not None
    assert (found.count.low, found.count.high, found.count.of) == (
        released_people, released_people, 100,
    )  # fmt: skip


@pytest.mark.parametrize(("since", "word"), [(DAYS, "kept"), (BEFORE + 28, "not kept")])
def test_upkeep_is_held_against_a_record_of_presence(made: Made, since: int, word: str) -> None:
    """A base is seen on most days; or not any more after the first of three stretches."""
    seen = [int(place < since and place % 3 > 0) for place in range(DAYS)]
    plan = pledge(kind="uphold", question="holds", ends=f"ends = {STARTS + timedelta(days=111)}",
                  primary='event_types = ["presence"]')  # fmt: skip
    found = only(made(plan, [("daily-counts", daily(seen, event_type="presence"), LATER)]))
    assert found.verdict.word == word
    assert found.count is not None
    assert (found.count.question, found.count.of) == ("holds", 4)


def test_only_such_targets_are_sorted_out_of_the_events(made: Made) -> None:
    head = "day,n,actor,target,series"
    rows = [
        f"{on(BEFORE + day)},1,North,{target},{number}"
        for day in range(28)
        for number, target in enumerate(("depot", "depot", "market", ""))
    ]
    plan = pledge(kind="limit", question="only", primary='actors = ["North"]',
                  more='[plan.allowed]\ndataset = "daily-counts"\nactors = ["North"]\n'
                       'targets = ["depot"]')  # fmt: skip
    found = only(made(plan, [("daily-counts", "\n".join([head, *rows]) + "\n",
                              LATER)]))  # fmt: skip
    assert found.count is not None
    assert found.count.dataset == "daily-counts"
    assert (found.count.low, found.count.high) == (28, 56)
    assert found.verdict.word == "not kept"
    assert found.curve is None

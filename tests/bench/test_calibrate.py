"""The calibration harness: dates, thinning, errors by cluster, taking up again, the table."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.calibrate import page, pledges, records, runs, simulator, strata, table, trial
from bench.calibrate.thinning import thinned
from bench.simulate import simulated
from wordkept.model import Assessment, DailySeries, Pledge, Stratum
from wordkept.protocol import calibration
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.evidence import Evidence, Setting

START = date(2015, 1, 1)
FEW: dict[pledges.Kind, int] = {
    "random": 2, "peak": 1, "jump": 1, "crest": 1, "turning point": 1,
}  # fmt: skip


def made_up(counts: records.Counts, declared: tuple[date, ...] = ()) -> records.RealSeries:
    return records.RealSeries(id="made/up", dataset="made", cluster="made/up", start=START,
                              counts=counts, siblings=counts + 1, declared=declared)  # fmt: skip


@pytest.fixture(scope="module")
def wavy() -> records.RealSeries:
    """Two years of about three events a day that swell and ebb."""
    generator = np.random.default_rng(5)
    swell = 3 * np.exp(0.6 * np.sin(np.arange(700) / 35))
    return made_up(generator.poisson(swell).astype(np.int64))


@settings(max_examples=30)
@given(
    counts=st.lists(st.integers(0, 40), min_size=2, max_size=60),
    ratio=st.sampled_from((1.0, 0.7, 0.35, 0.0)),
    seed=st.integers(0, 99),
)
def test_thinning_touches_nothing_before_and_adds_nothing_after(
    counts: list[int], ratio: float, seed: int
) -> None:
    before = np.array(counts, dtype=np.int64)
    first = len(before) // 2
    after = thinned(before, first, ratio, np.random.default_rng(seed))
    assert (after[:first] == before[:first]).all()
    assert (after <= before).all()
    if ratio == 1.0:
        assert (after == before).all()
    if ratio == 0.0:
        assert not after[first:].any()


def test_thinning_leaves_the_ratio_that_it_is_told() -> None:
    counts = np.full(4_000, 5, dtype=np.int64)
    after = thinned(counts, 0, 0.35, np.random.default_rng(1))
    assert after.sum() / counts.sum() == pytest.approx(0.35, abs=0.015)


def test_dates_have_enough_before_them_and_nothing_declared_near(
    wavy: records.RealSeries,
) -> None:
    bound = replace(wavy, declared=(START + timedelta(days=400),))
    days = pledges.eligible(bound)
    assert len(days) > 100
    assert days.min() >= pledges.FIRST_DAY
    assert days.max() + pledges.WINDOW_DAYS <= len(wavy.counts)
    fit = set(pledges.eligible(wavy).tolist())
    assert fit - set(days.tolist()) == fit & set(range(355, 446)) != set()
    for day in days:
        assert wavy.counts[day - 28 : day].sum() >= 20
        assert wavy.counts[day - 120 : day - 30].sum() * 28 / 90 >= 20


def test_each_kind_of_date_is_what_its_name_says(wavy: records.RealSeries) -> None:
    drawn = pledges.placebos(wavy, 1)
    kinds = {one.kind for one in drawn}
    assert kinds == set(pledges.QUOTA)
    last_month = np.array([wavy.counts[max(0, day - 28) : day].sum() for day in range(701)])
    for one in drawn:
        if one.kind == "peak":
            assert last_month[one.day] == last_month[max(28, one.day - 365) : one.day + 1].max()
        if one.kind == "jump":
            assert last_month[one.day] >= 2 * last_month[one.day - 28]
        if one.kind == "turning point":
            near = range(one.day - 7, one.day + 8)
            assert any(last_month[d] == last_month[max(0, d - 45) : d + 46].max() for d in near)


def test_dates_and_counts_hang_on_the_seed_and_on_nothing_else(wavy: records.RealSeries) -> None:
    assert pledges.placebos(wavy, 1) == pledges.placebos(wavy, 1)
    assert pledges.placebos(wavy, 1) != pledges.placebos(wavy, 2)
    dates = pledges.placebos(wavy, 1, FEW)
    whole = trial.run(wavy, dates, truths=(0.7, 0.35), variants=("alone", "control"))
    alone = trial.run(wavy, dates[-1:], truths=(0.35,), variants=("alone",))
    assert alone[0] in whole


def test_a_trial_goes_through_the_whole_pipeline(wavy: records.RealSeries) -> None:
    found = trial.run(wavy, pledges.placebos(wavy, 1, FEW))
    assert {one.variant for one in found} == set(trial.VARIANTS)
    nothing_left = [one for one in found if one.truth == 0.0 and one.variant == "alone"]
    assert {one.word for one in nothing_left} == {"kept"}
    as_it_was = [one for one in found if one.truth == 1.0]
    assert "kept" not in {one.word for one in as_it_was}
    assert all(one.traits["rate"] > 0 for one in found)


def test_another_assessment_can_be_put_in_its_place(wavy: records.RealSeries) -> None:
    seen: list[date] = []

    def noting(pledge: Pledge, evidence: Evidence, setting: Setting) -> Assessment:
        seen.append(evidence.primary[0].end)
        return assess_pledge(pledge, evidence, setting)

    dates = pledges.placebos(wavy, 1, FEW)[:1]
    trial.run(wavy, dates, assess=noting, truths=(1.0,), variants=("alone", "open"))
    window_end = START + timedelta(days=dates[0].day + 27)
    assert seen == [window_end, window_end + timedelta(days=62)]


def test_errors_are_clustered() -> None:
    alike = [(str(cluster), float(cluster % 2)) for cluster in range(40) for _ in range(25)]
    apart = [(str(place), value) for place, (_, value) in enumerate(alike)]
    clustered, simple = table.share_of(alike), table.share_of(apart)
    assert clustered.value == simple.value == 0.5
    assert simple.error == pytest.approx(0.5 / np.sqrt(1_000), rel=0.01)
    assert clustered.error == pytest.approx(0.5 / np.sqrt(40), rel=0.05)


def trials_of(words: dict[float, list[str]], p: float = 0.5) -> list[trial.Trial]:
    return [
        trial.Trial(series=f"s{place}", cluster=f"s{place}", caution=1.0, kind="random", day=200,
                    variant="alone", truth=truth, word=word, read=word, p=p, void=False,  # type: ignore[arg-type]
                    low=0.5, high=1.0, ordinary=((0.5, 2.0),),
                    traits={"rate": 2.0, "burstiness": 0.6, "dispersion": 1.0, "memory": 0.1,
                            "history_days": 400})
        for truth, said in words.items()
        for place, word in enumerate(said)
    ]  # fmt: skip


def test_the_bars_count_what_they_say() -> None:
    said = {truth: ["not kept"] * 4 for truth in (1.0, 0.85, 0.7, 0.5)}
    said[0.7] = ["kept", "not kept", "cannot tell", "cannot tell"]
    said |= {truth: ["kept"] * 4 for truth in (0.35, 0.2, 0.05, 0.0)}
    said[0.35] = ["not kept", "cannot tell", "kept", "kept"]
    found = {bar.name.partition(" (")[0]: bar for bar in table.bars(trials_of(said))}
    assert found["wrong kept"].found.value == pytest.approx(1 / 12)
    assert found["wrong not kept"].found.value == pytest.approx(1 / 12)
    assert found["right kept"].found.value == pytest.approx(10 / 12)
    assert found["cannot tell"].found.value == pytest.approx(3 / 28)
    assert found["false positives"].found.value == 0.0
    assert not found["wrong kept"].met
    assert found["right kept"].met
    assert table.coverage(trials_of(said)).value == pytest.approx(4 / 6)


def test_a_void_p_is_no_positive() -> None:
    seen = trials_of({1.0: ["kept"]}, p=0.01)[0]
    assert seen.positive
    assert not replace(seen, void=True).positive
    assert not replace(seen, p=None).positive
    assert not replace(seen, p=0.051).positive


def test_a_run_that_was_broken_off_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = simulator.batches(1)[:4]
    asked = runs.Settings(seed=1, variants=("alone",))
    worked: list[str] = []

    def in_process(jobs: list[runs.Job], _: int) -> object:
        for job in jobs:
            worked.append(job.task.id)
            yield runs._worked(job)

    monkeypatch.setattr(runs, "_computed", in_process)
    first = runs.tried(tasks, asked, processes=1, folder=tmp_path)
    kept = next(tmp_path.glob("*.jsonl"))
    whole = kept.read_text(encoding="utf-8")
    kept.write_text(whole[:-50], encoding="utf-8")
    worked.clear()
    assert runs.tried(tasks, asked, processes=1, folder=tmp_path) == first
    assert worked == [tasks[-1].id]
    worked.clear()
    assert runs.tried(tasks, asked, processes=1, folder=tmp_path) == first
    assert worked == []
    other = runs.Settings(seed=2, variants=("alone",))
    assert runs.tried(tasks, other, processes=1, folder=tmp_path) != first


def test_the_simulator_is_that_of_the_bench() -> None:
    counts = simulated(np.random.default_rng(3), 0.8, 0.35)
    same = simulated(np.random.default_rng(3), 0.8, 0.35, days=400, window_days=28)
    assert (counts == same).all()
    assert len(simulated(np.random.default_rng(3), 0.8, 1.0, days=700, window_days=90)) == 700


def test_the_page_is_written_between_its_markers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "calibration.md"
    where.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", where)
    page.written("new", page.Ran(seed=1, seconds=61.0, machine="a machine", on=date(2026, 11, 2)))
    text = where.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "By `make calibrate` on 2 November 2026, seed 1; a machine; 61 s." in text


def test_a_case_finds_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wavy: records.RealSeries
) -> None:
    dates = pledges.placebos(wavy, 1, FEW)
    found = trial.run(wavy, dates, truths=(1.0, 0.35), variants=("alone", "open"))
    monkeypatch.setattr(page, "FACTS", tmp_path / "calibration.json")
    page.facts(found, page.Ran(seed=1, seconds=1.0, machine="a machine", on=START))
    rows = json.loads(page.FACTS.read_text(encoding="utf-8"))["strata"]
    read = {row["name"]: calibration._stratum(row) for row in rows}
    monkeypatch.setattr(calibration, "strata", lambda: read)
    day = dates[0].day
    starts = START + timedelta(days=day)
    series = trial.daily(wavy.counts[: day + 28], START)
    plan = trial.plan_of(control=False)
    ended = trial.pledge_of(plan, starts, starts + timedelta(days=27))
    row = calibration.stratum_of(series, ended, plan)
    assert isinstance(row, Stratum)
    assert row.name in {one.name for one in strata.rows(found)}
    assert [truth for truth, _ in row.words] == [1.0, 0.35]
    assert all(sum(shares) == pytest.approx(1, abs=0.01) for _, shares in row.words)
    lasting = calibration.stratum_of(series, trial.pledge_of(plan, starts, None), plan)
    assert lasting is not None
    assert lasting.name == row.name + calibration.OPEN


def test_a_case_that_was_not_calibrated_has_no_row(wavy: records.RealSeries) -> None:
    starts = START + timedelta(days=300)
    plan = trial.plan_of(control=False)
    pledge = trial.pledge_of(plan, starts, starts + timedelta(days=27))
    series = trial.daily(wavy.counts, START)

    def row(**other: object) -> Stratum | None:
        changed = replace(plan, **other)  # type: ignore[arg-type]
        return calibration.stratum_of(series, replace(pledge, plan=changed), changed)

    assert row(question="rises") is None
    assert row(threshold=0.8) is None
    assert row(reporting_allowance=1.5) is None
    short = replace(pledge, ends=starts + timedelta(days=9))
    assert calibration.stratum_of(series, short, plan) is None
    young = trial.daily(wavy.counts[200:], START + timedelta(days=200))
    assert calibration.stratum_of(young, pledge, plan) is None
    empty = trial.daily(np.zeros(700, dtype=np.int64), START)
    assert calibration.stratum_of(empty, pledge, plan) is None


def test_traits_see_nothing_of_the_window(wavy: records.RealSeries) -> None:
    starts = START + timedelta(days=300)
    pledge = trial.pledge_of(trial.plan_of(control=False), starts, None)
    gone = thinned(wavy.counts, 300, 0.0, np.random.default_rng(1))

    def traits(counts: records.Counts) -> calibration.Traits | None:
        series: DailySeries = trial.daily(counts, START)
        return calibration.traits_of(series, pledge)

    assert traits(wavy.counts) == traits(gone)
    assert traits(wavy.counts) is not None


def test_the_facts_of_the_last_run_can_be_read() -> None:
    for name, row in calibration.strata().items():
        assert row.name == name
        assert row.pledges > 0
        assert 0 <= row.false_positives <= 1


def test_real_series_are_long_enough_and_dealt_in_two(shared: Path) -> None:
    series = records.real_series(shared / "data")
    assert len({one.id for one in series}) == len(series) >= 60
    assert {one.dataset for one in series} == {"yemen", "ucdp", "centcom", "airwars"}
    for one in series:
        assert one.counts.sum() >= 150
        assert len(one.counts) >= 200
        assert one.siblings is None or len(one.siblings) == len(one.counts)
    dealt = records.halves(series, 1)
    sizes = [list(dealt.values()).count(half) for half in ("choosing", "reporting")]
    assert abs(sizes[0] - sizes[1]) <= 4
    sided = {one.cluster for one in series if one.id.startswith("ucdp/Homs")}
    assert len(sided) == 1

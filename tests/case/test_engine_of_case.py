"""A case that names Spark: the same dossier, and a cluster that is not there or dies half-way."""

import shutil
import socket
import time
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from bench import cluster as loopback
from bench.bench_load import generated
from wordkept.case import Case
from wordkept.case.auditing import audit_case
from wordkept.case.comparing import compare
from wordkept.case.matching import Asked, run_match
from wordkept.case.stamps import assess_by_stamps
from wordkept.demo import building
from wordkept.errors import CaseError
from wordkept.events import cluster, keeping

pytestmark = [
    # What pyspark leaves to the garbage is told of whenever that is collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SOON_S = 120.0
"""Seconds, not minutes, on a machine of one's own; this one may be overrun."""
ROWS = 150_000
"""Enough that a load is at work on the cluster for longer than it takes to kill it."""


def record(late: int) -> str:
    """Made-up rows; of each third event another record says that it was so many days later."""
    head = "native_id,period_from,period_to,place,country,lat,lon,radius_km,event_type,side_a"
    lines = [f"{head},actors_certain,deaths_low,deaths_best,deaths_high"]
    for event in range(30):
        day = date(2025, 1, 6) + timedelta(days=4 * event + late * (event % 3 == 0))
        town, lat = (("Aske", 34.1), ("Brod", 34.9), ("Cerna", 36.2))[event % 3]
        dead = event % 7 + 1
        lines.append(f"{late}-{event},{day},{day},{town},Valley,{lat},37.0,2,shelling,North,North,"
                     f"{dead},{dead},{dead}")  # fmt: skip
    return "\n".join(lines) + "\n"


def free_port() -> int:
    with socket.socket() as one:
        one.bind((loopback.LOOPBACK, 0))
        return int(one.getsockname()[1])


def on(case: Case, address: str) -> Case:
    """The same case, worked out by the engine at an address."""
    path = case.folder / "wordkept.toml"
    text = path.read_text().replace("# engine =", "engine =", 1)
    path.write_text(text.replace("spark://127.0.0.1:7077", address))
    return Case.open(case.folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_template_names_an_engine_that_can_be_taken(tmp_path: Path) -> None:
    case = on(Case.create(tmp_path / "case"), "spark://127.0.0.1:1,127.0.0.1:2")
    assert case.settings.engine == "spark://127.0.0.1:1,127.0.0.1:2"


@pytest.mark.parametrize("said", ['"spark:/127.0.0.1:7077"', '"local[2]"', "7077", '"spark://a"'])
def test_an_engine_that_is_none_is_refused(said: str, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    path = case.folder / "wordkept.toml"
    path.write_text(path.read_text().replace('# engine = "spark://127.0.0.1:7077"',
                                             f"engine = {said}"))  # fmt: skip
    with pytest.raises(CaseError) as caught:
        Case.open(case.folder)
    (problem,) = caught.value.problems
    assert '"engine" cannot be' in problem.what
    assert "spark://host:7077" in problem.remedy


def test_a_master_that_is_not_there_is_told_in_three_lines_before_java_is_started(
    tmp_path: Path, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(address: str) -> cluster.Running:
        raise AssertionError(f"an application was started for {address}")

    monkeypatch.setattr(cluster, "_launched", started)
    address = f"spark://127.0.0.1:{free_port()}"
    case = Case.create(tmp_path / "case")
    case.load(written / "counts.csv")
    case = on(case, address)
    before = contents(case.folder)
    for work in (lambda: case.load(written / "revised.csv"), case.assess):
        with pytest.raises(CaseError) as caught:
            work()
        (problem,) = caught.value.problems
        assert problem.what == "no Spark master answers there"
        assert address in problem.where
        assert "wordkept.toml" in problem.where
        assert len(str(problem).splitlines()) == 3
    assert contents(case.folder) == before


@pytest.mark.spark
@pytest.mark.thorough
def test_the_demonstration_gives_the_same_dossier_on_spark(
    spark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordkept.case.case.now", lambda: "2026-11-23T12:00:00Z")
    shown = []
    for place, address in enumerate((None, spark)):
        folder = tmp_path / str(place) / "demo"
        case = Case.create(folder, name=building.NAME, time_zone="Asia/Damascus")
        if address:
            on(case, address)
        _, page = building.build_demo(folder, lambda *_: None)
        shown.append({name: (page.parent / name).read_bytes()
                      for name in ("index.html", "dossier.json")})  # fmt: skip
        assert not Case.open(folder).verify().faults
    assert shown[0] == shown[1]


@pytest.fixture
def kept_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a test are small: they are kept as changes all the same."""
    for name, limit in (("SMALL_BYTES", 0), ("MOST_OF_WHOLE", 1e9), ("MOST_TOGETHER", 1e9)):
        monkeypatch.setattr(keeping, name, limit)


def with_records(case: Case, written: Path) -> Case:
    """The case with two records of one happening, and counts that were published twice."""
    files = case.folder.parent
    for name, late in (("radio", 0), ("watchers", 1)):
        (files / f"{name}.csv").write_text(record(late))
        named = f'[dataset]\nname = "{name}"\npublication = "rows"\n'
        (files / f"{name}.csv.toml").write_text(named)
        case.load(files / f"{name}.csv")
    case.load(written / "counts.csv", stated=date(2025, 6, 1))
    case.load(written / "revised.csv", stated=date(2025, 7, 1))
    return case


@pytest.mark.usefixtures("kept_small")
def test_diff_needs_no_cluster_and_audit_and_match_tell_that_it_is_not_there(
    unloaded: Case, written: Path
) -> None:
    case = with_records(unloaded, written)
    nobody = f"spark://127.0.0.1:{free_port()}"
    there = on(Case.open(shutil.copytree(case.folder, case.folder.parent / "there")), nobody)
    compared = [compare(one, "daily-counts") for one in (case, there)]
    assert compared[0].difference == compared[1].difference
    assert compared[0].effects == compared[1].effects
    assert there.verify().sound
    before = contents(there.folder)
    for work in (
        lambda: audit_case(there),
        lambda: run_match(there, Asked()),
        lambda: assess_by_stamps(there, None),
    ):
        with pytest.raises(CaseError, match="no Spark master answers there"):
            work()
    assert contents(there.folder) == before


@pytest.mark.spark
@pytest.mark.usefixtures("kept_small")
def test_audit_and_matching_give_the_same_on_spark(
    spark: str, unloaded: Case, written: Path
) -> None:
    case = with_records(unloaded, written)
    there = on(Case.open(shutil.copytree(case.folder, case.folder.parent / "there")), spark)
    found = []
    for one in (case, there):
        matched = run_match(one, Asked(datasets=("radio", "watchers")))
        (kept,) = (one.folder / "matches").iterdir()
        (audited,) = audit_case(one, "radio")
        found.append((matched.found, matched.events, kept.read_bytes(), audited.found))
        assert not list(one.folder.rglob(".*"))
    assert found[0] == found[1]
    assert found[0][0][0][1]
    assert there.verify().sound


@pytest.mark.spark
@pytest.mark.thorough
@pytest.mark.usefixtures("kept_small")
def test_the_view_by_stamps_is_the_same_on_spark(spark: str, unloaded: Case, written: Path) -> None:
    case = with_records(unloaded, written)
    there = on(Case.open(shutil.copytree(case.folder, case.folder.parent / "there")), spark)
    one, other = (assess_by_stamps(each, date(2025, 7, 2)) for each in (case, there))
    assert one.notes == other.notes
    assert [each.verdict for each in one.found] == [each.verdict for each in other.found]


@pytest.mark.spark
@pytest.mark.usefixtures("kept_small")
def test_a_release_kept_as_changes_is_assessed_alike_on_spark(
    spark: str, unloaded: Case, written: Path
) -> None:
    unloaded.load(written / "counts.csv", stated=date(2025, 6, 1))
    other = shutil.copytree(unloaded.folder, unloaded.folder.parent / "there")
    there = on(Case.open(other), spark)
    found = []
    for case in (unloaded, there):
        release = case.load(written / "revised.csv", stated=date(2025, 7, 1))
        assert (case.folder / "events" / f"{release.id}.changes.parquet").exists()
        for plain in case.folder.glob("opened/*"):
            plain.unlink()
        (assessed,) = case.assess()
        found.append((release.parquet, assessed.verdict, assessed.estimates, assessed.findings))
        assert case.verify().sound
    assert found[0] == found[1]


@pytest.mark.spark
def test_a_master_without_workers_is_not_waited_for(
    spark_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WORKERS_S", 3.0)
    monkeypatch.setattr(loopback, "WORKERS", 0)
    with loopback.cluster(spark_settings / "idle") as idle, pytest.raises(CaseError) as caught:
        cluster.application(idle.address)
    (problem,) = caught.value.problems
    assert problem.what == "the Spark master gives no worker"


@pytest.mark.spark
def test_a_cluster_that_dies_half_way_leaves_the_case_as_it_was(
    spark_settings: Path, tmp_path: Path, written: Path
) -> None:
    source = generated(tmp_path, ROWS)
    plain = Case.create(tmp_path / "case")
    plain.load(written / "counts.csv")
    with loopback.cluster(spark_settings / "dying") as dying:
        case = on(plain, dying.address)
        before = contents(case.folder)
        died: list[float] = []
        given_up = Event()
        killer = Thread(target=kill_at_work, args=(case.folder, dying, died, given_up))
        killer.start()
        try:
            with pytest.raises(CaseError) as caught:
                case.load(source)
        finally:
            given_up.set()
            killer.join()
    assert died, caught.value
    assert time.monotonic() - died[0] < SOON_S
    (problem,) = caught.value.problems
    assert problem.what == "the Spark cluster went away while it was at work"
    assert dying.address in problem.where
    assert "the case stands as it was" in problem.remedy
    assert len(str(problem).splitlines()) == 3
    assert contents(case.folder) == before
    assert not case.verify().faults
    cluster.give_up()


def kill_at_work(folder: Path, dying: loopback.Cluster, died: list[float], given_up: Event) -> None:
    """Ends every process of a cluster once its workers have begun to write."""
    while not given_up.wait(0.05):
        if any(folder.glob("events/.spark-*/judged.parquet")):
            dying.end()
            died.append(time.monotonic())
            return

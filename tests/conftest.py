"""What every test may ask for."""

import os
import signal
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

ROOT = Path(__file__).resolve().parent.parent
HANGS_S = 120
"""A test of something that must end is failed after this: far above what any of them takes."""

# No test times anything: how quick a thing is, the benches measure. CI tries the same examples
# each time, so that a landing hangs on the change and not on the day's luck.
hypothesis.register_profile(
    "desk", hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
)
hypothesis.register_profile(
    "whole", hypothesis.get_profile("desk"), derandomize=True, database=None, print_blob=True
)
hypothesis.load_profile("whole" if os.environ.get("WORDKEPT_TESTS_WHOLE") else "desk")


@pytest.fixture
def must_end() -> Iterator[None]:
    """Fails a test whose work does not come to its end; of its speed it says nothing."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"it had not come to its end after {HANGS_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANGS_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records beside the checkout, or a skip that says it is not there."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the shared records (../shared/data) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def spark_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Spark's own settings for the tests: small data needs few parts; a skip without Spark."""
    from bench import cluster

    if lacking := cluster.lacking():
        pytest.skip(lacking)
    folder = tmp_path_factory.mktemp("spark")
    # Small data needs few parts, and is worked out before Java has learnt to be quick.
    at_once = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    (folder / "spark-defaults.conf").write_text(
        "spark.sql.shuffle.partitions 2\nspark.default.parallelism 2\n"
        f"spark.driver.extraJavaOptions {at_once}\nspark.executor.extraJavaOptions {at_once}\n"
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPARK_CONF_DIR", str(folder))
        patched.setenv("SPARK_LOCAL_IP", cluster.LOOPBACK)
        patched.setenv("SPARK_LOCAL_DIRS", str(folder))
        # On a machine that others overrun, the first worker took minutes.
        patched.setattr("wordkept.events.cluster.WORKERS_S", 300.0)
        yield folder


@pytest.fixture(scope="session")
def spark(spark_settings: Path) -> Iterator[str]:
    """The address of a real standalone cluster on loopback: one master, two workers."""
    from bench.cluster import cluster
    from wordkept.events.cluster import give_up

    with cluster(spark_settings / "cluster") as running:
        yield running.address
        give_up()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where WORDKEPT_TESTS_WHOLE is set, as in CI, a skip fails, but for want of ../shared."""
    report = yield
    whole = bool(os.environ.get("WORDKEPT_TESTS_WHOLE"))
    if whole and report.skipped and "../shared" not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} may not be skipped here: {report.longrepr}"
    return report


SAID = "Statement of 10 April 2025.\nUntil Sunday 27 April our guns will not fire on the valley.\n"
TRUCE = """\
[pledge]
title = "Two weeks without shelling in the valley"
actor = "North"
kind = "ceasefire"
act = "not fire on it"
announced = 2025-04-10
starts = 2025-04-14
ends = 2025-04-27
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
window_days = 14
baselines = [{ days = 14 }, { days = 28 }]
record_known = false

[plan.primary]
dataset = "daily-counts"
label = "shells laid to the North"
actors = ["North"]
"""
FIRST, TRUCE_DAY, LAST = date(2025, 2, 24), date(2025, 4, 14), date(2025, 4, 27)


def counts(after: int = 0) -> str:
    """Shells a day: a few before the truce, and `after` on each day of it."""
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    rows = (f"{day},{after if day >= TRUCE_DAY else 3 + day.day % 3},North\n" for day in days)
    return "day,n,actor\n" + "".join(rows)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a case that is not made yet; `revised.csv` says otherwise."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "statement.txt").write_text(SAID)
    (folder / "truce.toml").write_text(TRUCE)
    (folder / "counts.csv").write_text(counts())
    (folder / "revised.csv").write_text(counts(after=4))
    return folder

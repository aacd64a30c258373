"""A real standalone Spark cluster on this machine's loopback: one master, two workers.

Nothing of it is reached from outside, each process is ended by its own id, and all it writes lies
in one folder. The tests and `make bench-scale` start it; nobody needs it to use wordkept.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PATIENCE_S = 180.0
"""Java is up in three seconds on an idle core; on a machine that is overrun it took minutes."""
WORKERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A master and its workers, as they run."""

    address: str
    master: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]

    def end(self) -> None:
        """Kills every process of the cluster, as a power cut would."""
        for process in (self.master, *self.workers):
            _killed(process)


def lacking() -> str | None:
    """What keeps a cluster from being started here, in words; None where all is at hand."""
    if shutil.which("java") is None:
        return "Java is not installed (Debian: openjdk-17-jre-headless)"
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed (pip install 'wordkept[spark]')"
    return None


@contextmanager
def cluster(folder: Path, *, worker_memory: str = "1g", cores: int = 1) -> Iterator[Cluster]:
    """A cluster whose files lie in `folder`, ended when the block is left."""
    master, workers = None, []
    port = _free_port()
    address = f"spark://{LOOPBACK}:{port}"
    try:
        asked = ["Master", "--host", LOOPBACK, "--port", str(port), "--webui-port", "0"]
        master = _started(folder / "master", asked)
        _answers(port, master)
        for number in range(WORKERS):
            own = folder / f"worker-{number}"
            asked = ["Worker", "--host", LOOPBACK, "--webui-port", "0", "--cores", str(cores),
                     "--memory", worker_memory, "--work-dir", str(own / "work"),
                     address]  # fmt: skip
            workers.append(_started(own, asked))
        yield Cluster(address=address, master=master, workers=tuple(workers))
    finally:
        for process in (*workers, *([master] if master else [])):
            _killed(process)


def _started(own: Path, asked: list[str]) -> subprocess.Popen[bytes]:
    """A Spark daemon in a session of its own, that says what it has to say in a file."""
    import pyspark

    (own / "tmp").mkdir(parents=True, exist_ok=True)
    name, *options = asked
    room = {
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_LOCAL_DIRS": str(own / "tmp"),
        "SPARK_DAEMON_JAVA_OPTS": f"-Djava.io.tmpdir={own / 'tmp'} -XX:+UseSerialGC "
        "-XX:TieredStopAtLevel=1",
    }
    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    daemon = f"org.apache.spark.deploy.{name.lower()}.{name}"
    with (own / "log").open("wb") as log:
        return subprocess.Popen(
            [str(program), daemon, *options], env=os.environ | room, stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def _answers(port: int, master: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if master.poll() is not None:
            raise RuntimeError(f"the Spark master ended at once, with {master.returncode}")
        try:
            with socket.create_connection((LOOPBACK, port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the Spark master did not answer within {PATIENCE_S} s")


def _killed(process: subprocess.Popen[bytes]) -> None:
    """Ends a daemon and what it started, which share its session."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

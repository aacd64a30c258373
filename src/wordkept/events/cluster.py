"""The one Spark application of this process: started, attended while it works, and given up.

A cluster that dies is not waited for: while it works, its master is asked whether it is still
there, and what goes wrong comes out as a CaseError that says what and where.
"""

import atexit
import shutil
import socket
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import environ, pathsep
from typing import Any

from wordkept.errors import CaseError, Problem

ANSWER_S = 3.0
"""A master that does not take a connection within this is not there."""
WORKERS_S = 60.0
"""How long a master may take to give a worker: Java takes half of it to start on a busy machine."""
LOOK_EVERY_S = 1.0
MOST_SILENT = 3
"""Looks in a row at which the master, or every worker, is gone: one may miss by chance."""
MOST_SAID = 200  # characters of what Spark says
LOOPBACK = ("127.", "localhost:")
SETTINGS = {
    "spark.sql.caseSensitive": "true",  # a file may have "Day" and "day"
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The application, as it runs."""

    address: str
    context: Any
    session: Any
    java: Any
    """The same context, as Java has it."""

    @property
    def alive(self) -> bool:
        """Whether it can still be given work."""
        try:
            return not self.java.isStopped()
        except Exception:  # noqa: BLE001 - whatever is said of a Java machine that is gone
            return False

    @property
    def workers(self) -> int:
        """How many work for it; the driver is counted among those that hold memory."""
        return int(self.java.getExecutorMemoryStatus().size()) - 1

    def stop(self) -> None:
        """Gives the cluster back what it lent."""
        with suppress(Exception), left_open():  # a Java machine that is gone cannot be stopped
            self.session.stop()


_running: dict[str, Running] = {}


def application(address: str) -> Running:
    """The application of this process at a master, started where none is, or where it has ended.

    Raises CaseError within seconds where no master answers, or it gives no worker.
    """
    for known, running in list(_running.items()):
        if known != address or not running.alive:
            _running.pop(known).stop()
    if not answers(address):
        remedy = "start it, or mend the address; without one DuckDB does the same"
        raise _failed("no Spark master answers there", address, remedy)
    if address not in _running:
        _running[address] = _launched(address)
    return _running[address]


def give_up() -> None:
    """Ends the application of this process, if it has one; whoever needs one starts another."""
    for known in list(_running):
        _running.pop(known).stop()


def answers(address: str) -> bool:
    """Whether any of the masters of an address takes a connection.

    >>> answers("spark://127.0.0.1:1")
    False
    """
    for one in address.removeprefix("spark://").split(","):
        host, _, port = one.rpartition(":")
        with suppress(OSError, ValueError, OverflowError):
            socket.create_connection((host, int(port)), timeout=ANSWER_S).close()
            return True
    return False


def _launched(address: str) -> Running:
    """A new application, once a worker has taken it on."""
    _check_installed(address)
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setMaster(address).setAppName("wordkept")
    for key, value in (SETTINGS | _at_home(address)).items():
        conf.set(key, value)
    with tempfile.TemporaryFile(prefix="wordkept-spark-") as said, left_open():
        try:
            # Java stays when an application ends, and pyspark keeps hold of it there alone.
            gateway = SparkContext._gateway or launch_gateway(  # noqa: SLF001
                conf, popen_kwargs={"stdout": said, "stderr": said}
            )
            context = SparkContext(conf=conf, gateway=gateway)
            session = SparkSession(context)
        except (Py4JError, PySparkException, OSError) as error:
            what = f"Spark cannot be started: {_complaint(said, error)}"
            remedy = "see that it runs there, and is of the version that pyspark is of here"
            raise _failed(what, address, remedy) from error
    java = gateway.jvm.org.apache.spark.SparkContext.getOrCreate()
    running = Running(address=address, context=context, session=session, java=java)
    atexit.register(running.stop)
    _await_worker(running)
    return running


def _check_installed(address: str) -> None:
    if shutil.which("java") is None and "JAVA_HOME" not in environ:
        remedy = "install Java 17 (Debian: openjdk-17-jre-headless)"
        raise _failed("Spark needs Java, which is not installed here", address, remedy)
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        remedy = "install it: pip install 'wordkept[spark]'"
        raise _failed("Spark needs pyspark, which is not installed", address, remedy) from error


def _at_home(address: str) -> dict[str, str]:
    """What holds of a master on this very machine: all stays on it, and runs this Python."""
    if not address.removeprefix("spark://").startswith(LOOPBACK):
        return {}
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.pyspark.python": sys.executable,
        "spark.executorEnv.PYTHONPATH": pathsep.join(filter(None, sys.path)),
    }


def _await_worker(running: Running) -> None:
    until = time.monotonic() + WORKERS_S
    while running.alive and answers(running.address) and time.monotonic() < until:
        if running.workers:
            return
        time.sleep(0.1)
    running.stop()
    remedy = "see that workers are registered with it, and have 1 GB and a core free"
    raise _failed("the Spark master gives no worker", running.address, remedy)


@contextmanager
def attended(running: Running) -> Iterator[None]:
    """Work on the cluster: cancelled where it dies, and what goes wrong comes in three lines."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    over, lost = threading.Event(), threading.Event()
    watch = threading.Thread(target=_watch, args=(running, over, lost), daemon=True)
    watch.start()
    try:
        with left_open():
            yield
    except (Py4JError, PySparkException, OSError, EOFError) as error:
        over.set()
        if lost.is_set() or not answers(running.address) or not running.alive:
            _running.pop(running.address, None)
            running.stop()
            what = "the Spark cluster went away while it was at work"
            remedy = "start it again and repeat the command; the case stands as it was before it"
        else:
            said = next((line for line in str(error).splitlines() if line.strip()), repr(error))
            what = f"Spark cannot do this: {said[:MOST_SAID]}"
            remedy = "see that its workers can read and write the folder of the case"
        raise _failed(what, running.address, remedy) from error
    finally:
        over.set()
        watch.join()


def _watch(running: Running, over: threading.Event, lost: threading.Event) -> None:
    """Cancels all work once the master, or the last worker, has been gone for a few looks."""
    silent = 0
    while not over.wait(LOOK_EVERY_S):
        with suppress(Exception):  # a Java machine that is gone says so where the work waits
            there = answers(running.address) and running.workers > 0
            silent = 0 if there else silent + 1
            if silent >= MOST_SILENT:
                lost.set()
                running.context.cancelAllJobs()


@contextmanager
def left_open() -> Iterator[None]:
    """Pyspark leaves sockets to Java for the garbage, of which Python would complain."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield


def _complaint(said: Any, error: Exception) -> str:
    """The last complaint of Java, or else the first line of the error."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").splitlines()
    complaints = [line for line in lines if "ERROR" in line or "Exception" in line]
    worded = [line for line in str(error).splitlines() if line.strip()]
    return (complaints[-1:] or worded[:1] or [repr(error)])[0][:MOST_SAID]


def _failed(what: str, address: str, remedy: str) -> CaseError:
    where = f'wordkept.toml, engine = "{address}"'
    return CaseError(Problem(what=what, where=where, remedy=remedy))

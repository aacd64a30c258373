"""Sources taken into a case: captured, their text kept, and read, several at a time."""

import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wordkept import __version__
from wordkept.case.case import Case, now
from wordkept.case.entering import Journal, Standing
from wordkept.case.readings import StoredReading, stored_reading
from wordkept.case.worker import (
    PLACES,
    Done,
    Reader,
    Work,
    begin,
    do,
    gazetteer_at_hand,
    reader_name,
    tagger_lacks,
)
from wordkept.documents.capture import Provenance
from wordkept.documents.fetch import Fetched
from wordkept.errors import CaseError, InputError, Problem, WordkeptError
from wordkept.ids import file_id
from wordkept.ledger.canonical import as_json, value_id
from wordkept.model import Document
from wordkept.reading.language_model_service import UNANSWERED, Service

AT_ONCE = 40
"""Documents that are entered in the ledger together."""
MOST_WAIT_S = 2.0
"""So long what was read waits for others to be entered with it: what a kill can lose."""
AHEAD = 4
"""Sources given out for each core: no process waits, and memory stays bounded."""
WORTH_A_PROCESS = 4
"""Documents: to start a process and load a tagger in it takes as long as reading some."""
ALONE_THREADS = 2
"""Of the tagger where one process reads; of several, each has one."""
SAID_OF_IT = ("title", "publisher", "published", "author", "url", "charset", "page")
"""What of Said belongs to a document; the country is told to the reader alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the user says of the sources, where they do not say it themselves."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 of the country they are about."""
    charset: str | None = None
    page: str | None = None
    """Of a web archive: the address of the page that is meant."""


def _unheard(*_said: object) -> None:
    """Progress and talk that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How sources are read."""

    reader: Reader = "tagger"
    jobs: int = 0
    """How many are read at once; 0 leaves it to the number of cores."""
    told: Callable[[str, int, int], None] = _unheard
    """Hears of each document: how far it is in words, how many are done, of how many."""
    note: Callable[[str], None] = _unheard
    """Hears what a user should know of the whole run."""


PLAIN = How()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one source."""

    source: str
    document: Document | None = None
    reading: StoredReading | None = None
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    """What of it could not be had, in plain words."""
    new: bool = True
    """Whether it was not in the case before."""
    ours: bool = False
    """Whether what went wrong is a fault of wordkept."""


def take(case: Case, sources: Sequence[str], said: Said, how: How = PLAIN) -> Iterator[Taken]:
    """What became of each source, in order, as it stands in the case.

    A source is a file, or an http(s) address. Those of which the newest reading is what would be
    made now are not read again, so a long run that was stopped can be run anew. Raises CaseError
    where the case itself cannot be written.
    """
    with TemporaryDirectory(prefix="wordkept-") as workspace, _pool(how, len(sources)) as pool:
        desk = _desk(case, said, how, Path(workspace))
        waiting: list[Done | Taken] = []
        since = time.monotonic()
        results = _results(desk.works(sources, pool), pool, AHEAD * _cores(how))
        for number, one in enumerate(results, start=1):
            waiting.append(one)
            how.told(f"{number:,} of {len(sources):,}", number, len(sources))
            if len(waiting) >= AT_ONCE or time.monotonic() - since > MOST_WAIT_S:
                yield from desk.entered(waiting)
                waiting, since = [], time.monotonic()
        yield from desk.entered(waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Where sources are looked at before they are read, and entered after."""

    case: Case
    said: Said
    how: How
    workspace: Path
    journal: Journal
    given: dict[str, Any]
    """What the readers are told besides the text."""

    def works(
        self, sources: Sequence[str], pool: ProcessPoolExecutor | None
    ) -> Iterator[Work | Taken]:
        """What is to be done, source by source, and what stands or fails already."""
        reader: Reader | None = None
        for number, source in enumerate(sources):
            try:
                path, fetched = self._had(source, self.workspace / str(number))
            except InputError as failure:
                yield Taken(source=source, problems=failure.problems)
                continue
            stands = self.journal.standing(_identity(path))
            if stands is not None and not self._said_before(stands):
                stands = replace(stands, extracted=None)
            reader = reader or _at_hand(self.case, self.how, self.said, pool)
            known = self._read_before(source, stands, reader) if stands else None
            yield known or self._work(source, path, (fetched, stands, reader))

    def entered(self, results: Sequence[Done | Taken]) -> Iterator[Taken]:
        """What became of each, the new ones entered in the ledger together."""
        fresh = [one for one in results if isinstance(one, Done)]
        entered = iter(self.journal.enter(fresh, _told(self.said), self.given) if fresh else ())
        for one in results:
            if isinstance(one, Taken):
                yield one
                continue
            stands, text = next(entered), one.taken.extracted
            if one.work.path.is_relative_to(self.workspace):
                shutil.rmtree(one.work.path.parent)
            yield Taken(
                source=one.work.source,
                document=stands.document,
                reading=stands.reading,
                problems=one.problems,
                remarks=text.record.remarks if text else (),
                new=stands.new,
                ours=one.ours,
            )

    def _had(self, source: str, workspace: Path) -> tuple[Path, Fetched | None]:
        """The source as a file, fetched where it is an address."""
        if "://" not in source:
            return Path(source), None
        from wordkept.documents.fetch import fetch

        workspace.mkdir()
        fetched = fetch(source, workspace, offline=self.case.settings.offline)
        return fetched.path, fetched

    def _said_before(self, stands: Standing) -> bool:
        return all(stands.said.get(key) == value for key, value in _told(self.said).items())

    def _read_before(self, source: str, stands: Standing, reader: Reader) -> Taken | None:
        """What stands of a source where it is all that would be made of it now."""
        document, made = stands.document, stands.reading
        if not stands.current or document.text is None:
            return None
        if reader == "none":
            return Taken(source=source, document=document, new=False)
        given = {**self.given, "published": as_json(document.published)}
        same = made and (made["text"], made.get("given")) == (document.text, given)
        if not made or not same or made["reader"] != reader_name(reader):
            return None
        try:
            stored = stored_reading(self.case, document, made)
        except CaseError:
            return None
        if any(one.reason.startswith(UNANSWERED) for one in stored.reading.left_out):
            return None
        return Taken(source=source, document=document, reading=stored, new=False)

    def _work(
        self, source: str, path: Path, found: tuple[Fetched | None, Standing | None, Reader]
    ) -> Work:
        fetched, stands, reader = found
        said = {**(stands.said if stands else {}), **_told(self.said)}
        provenance = Provenance(
            captured_at=fetched.at if fetched else now(),
            tool=f"wordkept {__version__}",
            title=said.get("title"),
            publisher=said.get("publisher"),
            published=date.fromisoformat(said["published"]) if "published" in said else None,
            author=said.get("author"),
            url=said.get("url") or (fetched.final_url if fetched else None),
            charset=said.get("charset") or (fetched.charset if fetched else None),
        )
        return Work(
            source=source,
            path=path,
            folder=self.case.folder,
            provenance=provenance,
            page=said.get("page"),
            country=self.said.country,
            actors=self.case.settings.actors,
            reader=reader,
        )


def _desk(case: Case, said: Said, how: How, workspace: Path) -> _Desk:
    added = sorted((case.folder / PLACES).glob("*.places"))
    actors = case.settings.actors
    given = {
        "country": said.country,
        "actors": value_id(actors) if actors else None,
        "places": {path.name: file_id(path) for path in added},
    }
    return _Desk(case=case, said=said, how=how, workspace=workspace, journal=Journal(case),
                 given=given)  # fmt: skip


def _told(said: Said) -> dict[str, Any]:
    """What is said of a document, as plain JSON values."""
    told = as_json(said)
    return {key: told[key] for key in SAID_OF_IT if told[key] is not None}


def _identity(path: Path) -> str:
    try:
        return file_id(path)
    except OSError:
        return ""


def _at_hand(case: Case, how: How, said: Said, pool: ProcessPoolExecutor | None) -> Reader:
    """The reader that can be had: the rules where the tagger is asked for and cannot be loaded."""
    if how.reader == "none":
        return "none"
    from wordkept.reading.gazetteer import Gazetteer

    if not Gazetteer.built():
        how.note("building the gazetteer, about 20 s, once")
    gazetteer = gazetteer_at_hand(case.folder)
    if said.country is not None and gazetteer.country(said.country) is None:
        what = f'"{said.country}" is the code of no country'
        remedy = "give its two letters of ISO 3166-1: --country SY; GB, not UK"
        raise WordkeptError(Problem(what=what, where="--country", remedy=remedy))
    if how.reader == "rules" or isinstance(how.reader, Service):
        return how.reader
    lacking = pool.submit(tagger_lacks).result() if pool else tagger_lacks()
    if lacking is None:
        return "tagger"
    how.note(f"the learned tagger cannot be loaded ({lacking}); the rules read instead, which "
             "find statements and figures but no pledges")  # fmt: skip
    return "rules"


def _cores(how: How) -> int:
    return how.jobs or cpu_count() or 1


@contextmanager
def _pool(how: How, count: int) -> Iterator[ProcessPoolExecutor | None]:
    """Processes to read in, where there is enough to do; they start with the first thing given."""
    workers = min(_cores(how), count // WORTH_A_PROCESS)
    if workers < 2:  # noqa: PLR2004  one is this process
        yield None
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin)
    try:
        yield pool
    except BrokenProcessPool:
        raise CaseError(
            Problem(
                what="a process that was reading ended of itself: memory may have run out",
                where=f"{_cores(how)} at once",
                remedy="what was entered stands: run the same command again, with --jobs 1",
            )
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _results(
    works: Iterator[Work | Taken], pool: ProcessPoolExecutor | None, most: int
) -> Iterator[Done | Taken]:
    """What came of each, in order; so many are in the hands of the processes at most."""
    if pool is None:
        for one in works:
            yield one if isinstance(one, Taken) else do(replace(one, threads=ALONE_THREADS))
        return
    given: deque[Taken | Future[Done]] = deque()
    for one in works:
        given.append(one if isinstance(one, Taken) else pool.submit(do, one))
        if len(given) >= most:
            yield _result(given.popleft())
    while given:
        yield _result(given.popleft())


def _result(one: Taken | Future[Done]) -> Done | Taken:
    return one if isinstance(one, Taken) else one.result()

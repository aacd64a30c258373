"""Sources taken into a case: captured, their text kept, and read, several at a time."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from wordkept import __version__
from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.case.chronicle import same_capture
from wordkept.case.readings import StoredReading, store_readings, stored_readings
from wordkept.case.turns import in_turn
from wordkept.documents.capture import Provenance
from wordkept.documents.extract import TakenIn, take_in
from wordkept.errors import Problem, WordkeptError
from wordkept.ids import file_id
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Draft
from wordkept.ledger.journal import Ledger
from wordkept.model import Actor, Document, Reading

Reader = Literal["tagger", "rules", "none"]
AT_ONCE = 40
"""Documents that are entered in the ledger together: what is lost where it is stopped between."""
Told = Callable[[str, int, int], None]


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


def take(
    case: Case,
    sources: Sequence[str],
    said: Said,
    *,
    reader: Reader = "tagger",
    jobs: int = 0,
    told: Told | None = None,
) -> Iterator[Taken]:
    """What became of each source, in order, as it stands in the case.

    A source is a file, or an http(s) address. Those that stand in the case with the same reader
    already are not read again, so a long run that was stopped can be run anew. `jobs` is how many
    are read at once; 0 leaves it to the number of cores.
    """
    done = _standing(case, said, reader)
    with TemporaryDirectory() as workspace, ExitStack() as stack:
        work = _work_list(case, sources, said, done, (reader, Path(workspace)))
        workers = _workers(jobs, sum(isinstance(one, _Work) for one in work))
        run = stack.enter_context(_runner(workers))
        total = len(work)
        for start in range(0, total, AT_ONCE):
            part = work[start : start + AT_ONCE]
            yield from _entered(case, part, run)
            if told:
                told("documents", min(start + AT_ONCE, total), total)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a worker needs to take in one source: plain values, so that a process may have it."""

    source: str
    path: Path
    folder: Path
    provenance: Provenance
    said: Said
    actors: tuple[Actor, ...]
    reader: Reader
    gazetteer: Path
    threads: int = 1


@dataclass(frozen=True, slots=True)
class _Done:
    work: _Work
    taken: TakenIn
    reading: Reading | None


def _standing(case: Case, said: Said, reader: Reader) -> dict[str, tuple[Document, Any]]:
    """By the hash of their bytes: documents that were said the same of and read by this reader."""
    readings = {
        one.reading.text: one
        for one in (stored_readings(case) if reader != "none" else ())
        if one.reading.reader.startswith(reader)
    }
    found = {}
    for document in case.documents():
        told = {"title": said.title, "publisher": said.publisher, "published": said.published,
                "author": said.author, "url": said.url}  # fmt: skip
        same = all(value is None or getattr(document, key) == value for key, value in told.items())
        text = document.text or document.id
        if same and (reader == "none" or text in readings):
            found[document.id] = (document, readings.get(text))
    return found


def _work_list(
    case: Case,
    sources: Sequence[str],
    said: Said,
    done: dict[str, tuple[Document, Any]],
    how: tuple[Reader, Path],
) -> list[_Work | Taken]:
    reader, workspace = how
    work: list[_Work | Taken] = []
    for number, source in enumerate(sources):
        try:
            path, provenance = _had(case, source, said, workspace / str(number))
        except WordkeptError as failure:
            work.append(Taken(source=source, problems=failure.problems))
            continue
        known = done.get(_identity(path))
        if known:
            work.append(Taken(source=source, document=known[0], reading=known[1], new=False))
            continue
        work.append(
            _Work(source=source, path=path, folder=case.folder / "documents",
                  provenance=provenance, said=said, actors=case.settings.actors, reader=reader,
                  gazetteer=case.folder / "places")
        )  # fmt: skip
    return work


def _had(case: Case, source: str, said: Said, workspace: Path) -> tuple[Path, Provenance]:
    """The source as a file, fetched where it is an address, and how it came."""
    told = {key: getattr(said, key) for key in ("title", "publisher", "published", "author", "url")}
    tool = f"wordkept {__version__}"
    if not source.startswith(("http://", "https://")):
        return Path(source), Provenance(captured_at=now(), tool=tool, **told)
    from wordkept.documents.fetch import fetch

    workspace.mkdir()
    fetched = fetch(source, workspace, offline=case.settings.offline)
    told["url"] = told["url"] or fetched.final_url
    return fetched.path, Provenance(captured_at=fetched.at, tool=tool, charset=fetched.charset,
                                    **told)  # fmt: skip


def _identity(path: Path) -> str:
    try:
        return file_id(path)
    except OSError:
        return ""


def _workers(jobs: int, count: int) -> int:
    return max(1, min(jobs or cpu_count() or 1, count // 4))


@contextmanager
def _runner(workers: int) -> Iterator[Callable[[Sequence[_Work]], Iterator[_Done]]]:
    """Something that does a list of works, in this process or in several."""
    if workers == 1:
        yield lambda works: map(_do, [replace(one, threads=2) for one in works])
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield lambda works: pool.map(_do, works)


def _do(work: _Work) -> _Done:
    """One source taken in and read."""
    taken = take_in(work.path, work.folder, work.provenance)
    if work.reader == "none" or taken.extracted is None or taken.document is None:
        return _Done(work, taken, None)
    from wordkept.reading.reader import Context, read_text

    context = Context(
        published=taken.document.published, country=work.said.country, actors=work.actors
    )
    tagger = _tagger(work.threads) if work.reader == "tagger" else None
    text = taken.extracted.text
    return _Done(
        work,
        taken,
        read_text(text, context, tagger=tagger, gazetteer=_gazetteer(work.gazetteer)),
    )


@cache
def _tagger(threads: int) -> Any:
    from wordkept.reading.tagger import shipped

    return shipped(threads)


@cache
def _gazetteer(extra: Path) -> Any:
    from wordkept.reading.gazetteer import Gazetteer

    return Gazetteer.load(extra if extra.is_dir() else None)


def _entered(
    case: Case,
    part: Sequence[_Work | Taken],
    run: Callable[[Sequence[_Work]], Iterator[_Done]],
) -> Iterator[Taken]:
    works = [one for one in part if isinstance(one, _Work)]
    with writing(case.folder):
        done = iter(list(run(works)))
    found = [one if isinstance(one, Taken) else next(done) for one in part]
    fresh = [one for one in found if isinstance(one, _Done) and one.taken.document]
    documents = _enter_captures(case, fresh)
    read = [(document, one.reading) for document, one in zip(documents, fresh, strict=True)
            if one.reading]  # fmt: skip
    stored = iter(store_readings(case, read))
    kept = iter(documents)
    for one in found:
        if isinstance(one, Taken):
            yield one
            continue
        document = next(kept) if one.taken.document else None
        yield Taken(
            source=one.work.source,
            document=document,
            reading=next(stored) if one.reading else None,
            problems=one.taken.problems,
            remarks=one.taken.extracted.record.remarks if one.taken.extracted else (),
        )


def _enter_captures(case: Case, fresh: Sequence[_Done]) -> list[Document]:
    """The documents as the ledger has them, those new to it entered together."""
    with in_turn(case.folder / "documents"), Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries("capture")
        documents, drafts = [], []
        for one in fresh:
            document = one.taken.document
            if document is None:
                continue
            known = next((entry for entry in entries if same_capture(entry, document)), None)
            if known:
                document = from_json(Document, known.payload["document"])
            else:
                drafts.append(_capture_draft(document))
            documents.append(document)
        if drafts:
            ledger.append_all(drafts, who=whoever(), at=now())
    return documents


def _capture_draft(document: Document) -> Draft:
    files = {f"documents/{document.id}": document.id}
    if document.text and document.text != document.id:
        files[f"documents/texts/{document.text}.txt"] = document.text
    return Draft(kind="capture", payload={"document": as_json(document), "files": files})

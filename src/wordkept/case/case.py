"""The façade: a case is opened, fed, assessed, shown and verified through here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from getpass import getuser
from os import environ
from pathlib import Path
from typing import Any

from wordkept import __version__
from wordkept.case.chronicle import (
    fixing_of,
    last_day,
    new_assessments,
    plans,
)
from wordkept.case.kept import put_back, with_kept
from wordkept.case.matching_groups import Merging
from wordkept.case.naming import document_called
from wordkept.case.record import Record
from wordkept.case.settings import Settings, check_settings, read_settings, write_settings
from wordkept.case.standing import all_known, nothing_known, standing
from wordkept.case.turns import in_turn
from wordkept.documents.capture import text_of
from wordkept.documents.passages import find_passage
from wordkept.dossier.report import CaseReport
from wordkept.errors import CaseError, InputError, Problem, did_you_mean
from wordkept.ids import file_id
from wordkept.ledger.canonical import as_json, from_json, value_id
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger
from wordkept.ledger.verify import Verification, verify
from wordkept.model import (
    Assessment,
    Document,
    Estimate,
    Event,
    Irregularity,
    Passage,
    Pledge,
    Release,
    Testability,
)
from wordkept.pledges.drafts import DRAFT_NAME, PLEDGE_DRAFT
from wordkept.pledges.files import PledgeFile, read_pledges
from wordkept.pledges.holdings import check_record
from wordkept.pledges.payload import plan_payload
from wordkept.pledges.testability import testability
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.evidence import Evidence, Setting

FOLDERS = ("pledges", "documents", "events", "dossier")
LEDGER = "ledger.sqlite"


def now() -> str:
    """The time by this machine's clock, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def whoever() -> str:
    """Who is at work, for the ledger: WORDKEPT_WHO, or the name of the account."""
    try:
        return environ.get("WORDKEPT_WHO") or getuser()
    except (KeyError, OSError):
        return "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A plan as it stands in the ledger."""

    pledge: str
    plan: str
    """The hash of the pledge and its plan."""
    at: str
    new: bool
    """Whether it was entered now, and not before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An open case folder."""

    folder: Path
    settings: Settings
    audited: dict[str, tuple[Irregularity, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What is odd about a release, by `case.inputs.audit_key`: looked for once while it is open."""

    @classmethod
    def create(cls, folder: Path, *, name: str | None = None, time_zone: str = "UTC") -> "Case":
        """A new case in a folder that does not exist or is empty; raises CaseError otherwise."""
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = "the folder is not empty" if folder.is_dir() else "a file stands there"
            raise CaseError(Problem(what=what, where=str(folder), remedy="choose a new name"))
        title = name or folder.resolve().name
        check_settings(folder, name=title, time_zone=time_zone)
        with writing(folder):
            for part in FOLDERS:
                (folder / part).mkdir(parents=True, exist_ok=True)
            (folder / "pledges" / DRAFT_NAME).write_text(PLEDGE_DRAFT, encoding="utf-8")
            payload = {"name": title, "format": 1, "version": __version__}
            with Ledger.open(folder / LEDGER, create=True) as ledger:
                ledger.append("case", payload, who=whoever(), at=now())
            write_settings(folder, name=title, time_zone=time_zone)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> "Case":
        """The case in a folder; raises CaseError where there is none, or a newer one."""
        if not folder.is_dir():
            raise CaseError(
                Problem(
                    what="there is no such folder",
                    where=str(folder),
                    remedy=f"make a case there: wordkept init {folder}",
                )
            )
        return cls(folder=folder, settings=read_settings(folder))

    def read(self, source: Path, **said: Any) -> Document:
        """A document, captured as it is, with its text; nothing is proposed of it.

        `said` may give url, title, publisher, published, author. Raises InputError where it cannot
        be captured. `case.intake.take` takes in and reads many.
        """
        from wordkept.case.intake import How, Said, take

        (taken,) = take(self, [str(source)], Said(**said), How(reader="none"))
        if taken.document is None:
            raise InputError(*taken.problems)
        return taken.document

    def load(
        self, source: Path, *, told: Callable[[bool], None] | None = None, **options: Any
    ) -> Release:
        """A release of a dataset, with its receipt; the same bytes again give the same release.

        `options` are those of `events.releases.LoadOptions`; `told` hears whether it is new. A
        release whose file is gone is written again, and must come out as it was.
        """
        with self._turn("events"):
            known = self._loaded(source)
            if told is not None:
                told(known is None)
            if known is None:
                return self._load(source, options)
            with writing(self.folder):
                put_back(known, source, self.folder / "events", self.releases(), options)
            return known

    def _load(self, source: Path, options: dict[str, Any]) -> Release:
        from wordkept.events.keeping import stored_path
        from wordkept.events.releases import LoadOptions, load_release

        folder = self.folder / "events"
        options |= {"engine": self.settings.engine, "earlier": self.releases()}
        chosen = LoadOptions(loaded_at=now(), replace=True, **options)
        with writing(self.folder):
            release = load_release(source, folder, chosen)
        kept = stored_path(folder, release.id, release.parquet)
        payload = {"release": as_json(release), "files": {f"events/{kept.name}": release.parquet}}
        with self.ledger() as ledger:
            ledger.append("release", payload, who=whoever(), at=release.loaded_at)
        return release

    def _loaded(self, source: Path) -> Release | None:
        try:
            identity = file_id(source)
        except OSError:
            return None
        return next((one for one in self.releases() if one.id == identity), None)

    def releases(self) -> tuple[Release, ...]:
        """Every release that was loaded, in order."""
        with self.ledger() as ledger:
            return tuple(
                from_json(Release, entry.payload["release"]) for entry in ledger.entries("release")
            )

    def documents(self) -> tuple[Document, ...]:
        """Every document that was captured, in order, each as it was last entered."""
        with self.ledger() as ledger:
            entered = (entry.payload["document"] for entry in ledger.entries("capture"))
            newest = {one["id"]: from_json(Document, one) for one in entered}
        return tuple(newest.values())

    def pledges(self) -> tuple[PledgeFile, ...]:
        """Every pledge of the case; raises PledgeError with all that is wrong in their files."""
        return read_pledges(self.folder / "pledges", self._finder())

    def pledge(self, name: str) -> PledgeFile:
        """The pledge of a name; raises CaseError that names the nearest where there is none."""
        files = {file.pledge.id: file for file in self.pledges()}
        if name in files:
            return files[name]
        otherwise = f"pledges of this case: {', '.join(files) or 'none yet'}"
        remedy = did_you_mean(name, files, otherwise=otherwise)
        what = f'no pledge of this case is called "{name}"'
        raise CaseError(Problem(what=what, where=str(self.folder / "pledges"), remedy=remedy))

    def _finder(self) -> Callable[[str, str], Passage]:
        documents = self.documents()
        texts: dict[str, str] = {}

        def find(name: str, quote: str) -> Passage:
            otherwise = f"capture it first: wordkept read {self.folder.name} {name}"
            document = document_called(name, documents, otherwise=otherwise)
            if document.id not in texts:
                texts[document.id] = text_of(document, self.folder / "documents")
            return find_passage(quote, document.id, texts[document.id])

        return find

    def register(self) -> tuple[Registration, ...]:
        """Every pledge's plan, fixed in the ledger by its hash; what stands there is left alone."""
        with self._turn("pledges"), self.ledger() as ledger:
            known = plans(ledger.entries("plan"))
            files = self.pledges()
            payloads = {file.pledge.id: plan_payload(file.pledge) for file in files}
            hashes = {name: value_id(payload) for name, payload in payloads.items()}
            drafts = [
                Draft(kind="plan", payload={"pledge": name, "plan": plan, "says": payloads[name]})
                for name, plan in hashes.items()
                if plan not in known
            ]
            added = plans(ledger.append_all(drafts, who=whoever(), at=now()) if drafts else ())
        return tuple(
            Registration(pledge=name, plan=plan, at=(known | added)[plan].at, new=plan in added)
            for name, plan in hashes.items()
        )

    def card(self, pledge: Pledge) -> Testability:
        """What a pledge names and leaves open, with what the loaded records observe."""
        return testability(pledge, observed=self.record(date.max, row_by_row=True).observed())

    def assess(
        self,
        *,
        as_of: date | None = None,
        kept: Mapping[str, Assessment] | None = None,
        record: Record | None = None,
    ) -> tuple[Assessment, ...]:
        """Every pledge held against the record as it stood on a day, in order of declaration.

        Left out, the day is that of the ledger's last release, plan or capture: so the same case
        gives the same answer tomorrow. Each new answer is entered in the ledger. `kept` are
        assessments of the very same inputs, by pledge, which are taken over (`case.inputs`);
        `record` is that of the day, where it is opened already.
        """
        with self.ledger() as ledger:
            entries = ledger.entries()
            day = as_of or last_day(entries)
            files = self.pledges()
            record = record or self.record(day)
            if as_of and not record.releases:
                raise nothing_known(self.releases(), as_of)
            known = kept or {}
            if any(file.pledge.id not in known for file in files):
                check_record(files, record.known())
            declared = tuple(file.pledge for file in files)
            record.expect(one for one in declared if one.id not in known)
            found = tuple(
                known.get(pledge.id) or self.hold(pledge, record, entries, declared=declared)
                for pledge in sorted(declared, key=lambda one: (one.announced, one.id))
            )
            drafts = new_assessments(found, entries)
            if drafts:
                ledger.append_all(drafts, who=whoever(), at=now())
        return found

    def hold(
        self,
        pledge: Pledge,
        record: Record,
        entries: tuple[Entry, ...],
        *,
        declared: tuple[Pledge, ...],
    ) -> Assessment:
        """One pledge held against a record that is given; nothing is entered in the ledger."""
        card = testability(pledge, observed=record.observed())
        plan = pledge.plan
        if plan is None or not card.testable:
            evidence = Evidence(releases=(), findings=(), primary=(), controls={})
        else:
            evidence = record.evidence(pledge, plan)
        setting = Setting(
            fixing=fixing_of(pledge, evidence, entries),
            testability=card,
            declared=tuple(one.declaration for one in declared),
            as_of=record.as_of,
        )
        return assess_pledge(pledge, evidence, setting)

    def record(self, as_of: date, *, row_by_row: bool = False, here: bool = False) -> Record:
        """The releases that stood on a day, under the case's own publication rules.

        What was found and judged of rows that may be one event holds for every release; with
        `row_by_row` it is not looked up. With `here` DuckDB counts, whatever the case names.
        """
        from wordkept.case.matching import merging_of
        from wordkept.events.engine import connect

        merging = Merging() if row_by_row else merging_of(self)
        ruled = self.standing(as_of)
        return Record(
            folder=self.folder / "events",
            releases=ruled,
            as_of=as_of,
            earlier=all_known(self.releases(), as_of),
            merging=merging,
            irregular=self.audited,
            # A case that holds nothing yet needs no cluster to say so.
            connection=connect(self.settings.engine if ruled and not here else None),
        )

    def standing(self, as_of: date) -> dict[str, Release]:
        """The releases that stood on a day, by dataset, under the case's own publication rules."""
        return {
            name: replace(
                release, publication=self.settings.rule(release.dataset, release.publication)
            )
            for name, release in standing(self.releases(), as_of).items()
        }

    def rows(self, found: Assessment) -> tuple[tuple[Estimate, tuple[Event, ...] | None], ...]:
        """The rows behind each estimate, recent ones made safe; None where none may be shown."""
        from wordkept.case.behind import listed_rows

        return tuple(
            (one, safe.events if safe else None)
            for one, safe in listed_rows(self.record(found.as_of), found, self.settings.safety)
        )

    def report(self, *, as_of: date | None = None, anew: bool = False) -> CaseReport:
        """Everything a dossier is made from; of a day, the edition of it as built, unless anew."""
        from wordkept.case.reporting import report

        return report(self, as_of=as_of, anew=anew)

    def dossier(self, *, as_of: date | None = None) -> Path:
        """The page that was built, `dossier/index.html`, with `dossier.json` beside it."""
        from wordkept.case.building import build

        return build(self, as_of=as_of).page

    def verify(self, *, noted_head: str | None = None) -> Verification:
        """Whether the ledger and every file that it vouches for are as they were entered.

        A release kept as changes is made anew, and held row for row against what was loaded.
        """
        found = verify(self.folder / LEDGER, folder=self.folder, noted_head=noted_head)
        return with_kept(found, self.folder / "events", self.releases)

    @contextmanager
    def _turn(self, part: str) -> Iterator[None]:
        with ExitStack() as stack:
            with writing(self.folder):
                stack.enter_context(in_turn(self.folder / part))
            yield

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The journal of the case, open while it is used."""
        with Ledger.open(self.folder / LEDGER) as ledger:
            yield ledger


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses into three lines."""
    try:
        yield
    except OSError as error:
        raise CaseError(
            Problem(
                what=f"the case cannot be written: {error.strerror or error}",
                where=str(error.filename or folder),
                remedy="free some space, or make the folder writable; nothing was half-written",
            )
        ) from error

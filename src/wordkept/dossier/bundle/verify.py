"""Checks a wordkept review bundle with nothing but Python (3.9 or later) and its standard library.

    python verify.py                      the folder that this file stands in
    python verify.py BUNDLE               another folder, or a zip
    python verify.py --manifest-hash HASH also that manifest.json is the one that was published

It reads, and writes nothing. Exit code: 0 all is as it was bundled, 1 something is not.
"""

# ruff: noqa: T201, BLE001 - it prints; whatever a hostile file makes Python raise is a fault.

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import stat
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FORMAT = "wordkept-bundle/1"
MANIFEST = "manifest.json"
CHUNK = 1 << 20
MOST_FILES = 100_000
MOST_READ = 1 << 29
"""Bytes of one file that is read whole; more is a fault, not a crash."""
MOST_RATIO = 200
"""How many times larger than a zip what is in it may be."""
SMALL = 1 << 26
ZEROS = "0" * 64
HEX = re.compile(r"[0-9a-f]{64}")
HELD = re.compile(rb'\{"entry":(\{.*\}),"hash":"([0-9a-f]{64})"\}')
BLOCK = "\u2588"
KEY = ("pledge", "dataset", "attribution", "part", "start", "end")


class Folder:
    """A bundle that was unzipped."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sizes(self) -> dict[str, int]:
        """The size of each file, by its path."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise ValueError(f"{shown(name)} is a link, or no plain file")
            if path.is_file():
                found[name] = path.stat().st_size
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        with (self.root / name).open("rb") as stream:
            yield from iter(lambda: stream.read(CHUNK), b"")


class Archive:
    """A bundle as a zip; nothing is unpacked, and no more is read than it says there is."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.size = path.stat().st_size

    def sizes(self) -> dict[str, int]:
        """The size of each file, by its path; raises ValueError for a zip that is a trap."""
        found: dict[str, int] = {}
        for one in self.archive.infolist():
            if one.filename in found or one.orig_filename != one.filename:
                raise ValueError(f"{shown(one.filename)} stands in the zip twice or oddly")
            if one.flag_bits & 1 or stat.S_ISLNK(one.external_attr >> 16):
                raise ValueError(f"{shown(one.filename)} is encrypted, or a link")
            if not one.is_dir():
                found[one.filename] = one.file_size
        if len(found) > MOST_FILES or sum(found.values()) > max(SMALL, MOST_RATIO * self.size):
            raise ValueError("it would unpack to far more than it is: not read")
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        with self.archive.open(name) as stream:
            yield from iter(lambda: stream.read(CHUNK), b"")


class Report:
    """What was found, printed as it is found."""

    def __init__(self) -> None:
        self.faults = 0

    def line(self, mark: str, text: str) -> None:
        """One line, in 80 columns."""
        print(textwrap.fill(shown(text), 80, initial_indent=mark.ljust(7),
                            subsequent_indent=" " * 7))  # fmt: skip

    def fault(self, text: str) -> None:
        """Something that is not as it was bundled."""
        self.faults += 1
        self.line("FAULT", text)

    def check(self, what: str, question: Callable[[], str]) -> None:
        """The answer to a question; what cannot be read is a fault."""
        before = self.faults
        try:
            answer = question()
        except Exception as error:
            self.fault(f"{what}: cannot be checked ({type(error).__name__}: {error})")
            return
        if self.faults == before and answer:
            self.line("ok", answer)


def shown(text: str) -> str:
    """A text that drives no terminal: characters that do not print as their codes."""
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in str(text))


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose keys all differ."""
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a key stands twice")
    return held


class Check:
    """The checks of one bundle, in order."""

    def __init__(self, source: Any, report: Report) -> None:
        self.source, self.report, self.wrong = source, report, report.fault
        self.sizes: dict[str, int] = source.sizes()
        if MANIFEST not in self.sizes:
            raise ValueError("no manifest.json in it: not a review bundle")
        self.manifest: dict[str, Any] = {}
        self.dossier: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []
        self.hashes: list[str] = []

    def read(self, name: str) -> bytes:
        """The bytes of a file that is small enough to be read whole."""
        if self.sizes[name] > MOST_READ:
            raise ValueError(f"{name} is too large")
        return b"".join(self.source.pieces(name))

    def json(self, name: str) -> Any:
        """The values of a JSON file."""
        return json.loads(self.read(name).decode("utf-8"), object_pairs_hook=once)

    def digest(self, name: str) -> str:
        """The SHA-256 of a file."""
        made = hashlib.sha256()
        for piece in self.source.pieces(name):
            made.update(piece)
        return made.hexdigest()

    def manifest_stands(self, expected: str | None) -> str:
        """manifest.json is the one that was published, and nothing is written in it but that."""
        content = self.read(MANIFEST)
        found = hashlib.sha256(content).hexdigest()
        if expected and expected.strip().lower() != found:
            self.wrong(f"manifest.json has the SHA-256 {found}, not the one given")
        self.manifest = json.loads(content.decode("ascii"), object_pairs_hook=once)
        again = (json.dumps(self.manifest, sort_keys=True, indent=1) + "\n").encode("ascii")
        named = set(self.manifest) == {"format", "case", "as_of", "wordkept", "files"}
        if again != content or not named or self.manifest["format"] != FORMAT:
            self.wrong("manifest.json is not written as wordkept writes it")
        if expected:
            return "manifest.json has the SHA-256 that was given"
        self.report.line("note", f"manifest.json: SHA-256 {found}")
        self.report.line("note", "Hold it against the one that was published: --manifest-hash HASH")
        return ""

    def files_stand(self) -> str:
        """Each file has its size and its SHA-256; there is none too many, and none missing."""
        listed = self.manifest["files"]
        for name in sorted(set(self.sizes) - set(listed) - {MANIFEST}):
            self.wrong(f"{name}: the manifest names no such file")
        for name in sorted(listed):
            parts = name.split("/")
            if {"", ".", ".."} & set(parts) or re.search(r'[\\:*?"<>|\x00-\x1f]', name):
                self.wrong(f"{name}: no name for a file")
            elif name not in self.sizes:
                self.wrong(f"{name}: missing")
            elif self.sizes[name] != listed[name]["size"]:
                self.wrong(f"{name}: {self.sizes[name]} bytes, not {listed[name]['size']}")
            else:
                self._same(name, listed[name]["sha256"])
        return f"{len(listed)} files, each with its size and SHA-256; none too many"

    def _same(self, name: str, expected: str) -> None:
        try:
            same = self.digest(name) == expected
        except Exception as error:
            self.wrong(f"{name}: cannot be read ({error})")
            return
        if not same:
            self.wrong(f"{name}: its SHA-256 is another: it was changed")

    def dossier_stands(self) -> str:
        """The dossier and the manifest say that they are of the same case and day."""
        self.dossier = self.json("dossier/dossier.json")
        for key in ("case", "as_of", "wordkept"):
            if self.dossier[key] != self.manifest[key]:
                self.wrong(f"manifest.json says another {key} than dossier.json")
        return ""

    def chain_holds(self) -> str:
        """Each entry of the ledger has the hash of its content, and of the entry before it."""
        previous, withheld = ZEROS, 0
        for number, line in enumerate(self.read("ledger.jsonl").splitlines(), start=1):
            found = HELD.fullmatch(line)
            if found:
                entry = json.loads(found[1].decode("utf-8"), object_pairs_hook=once)
                own = found[2].decode("ascii")
                if hashlib.sha256(found[1]).hexdigest() != own:
                    self.wrong(f"ledger, entry {number}: not what its hash was made from")
                self.entries.append(entry)
            else:
                held = json.loads(line.decode("utf-8"), object_pairs_hook=once)
                entry, own = held["withheld"], held["hash"]
                withheld += 1
            if entry["number"] != number or entry["previous"] != previous or not HEX.fullmatch(own):
                self.wrong(f"ledger, entry {number}: does not follow from the one before")
            previous = own
            self.hashes.append(own)
        head = self.dossier["ledger_head"]
        if head and head not in self.hashes:
            self.wrong("ledger: the entry that the dossier rests on is not in it")
        kept = f"; of {withheld} that are withheld only the links" if withheld else ""
        return f"ledger: {len(self.hashes)} entries in one chain{kept}"

    def plans_stand(self) -> str:
        """Each plan is the one whose hash the dossier prints."""
        sound, masked = 0, 0
        for pledge in self.dossier["pledges"]:
            name = "plans/{}.json".format(pledge["plan_hash"])
            if name not in self.sizes:
                masked += 1
            elif self.digest(name) != pledge["plan_hash"]:
                self.wrong(f"{name}: not the plan that the dossier names")
            else:
                sound += 1
        kept = f"; {masked} withheld for a mask" if masked else ""
        return f"plans: {sound} with the hash that the dossier prints{kept}"

    def quotes_stand(self) -> str:
        """Each quote is an exact span of the text of its capture."""
        documents = {one["id"]: one for one in self.json("documents.json")}
        texts = {name: self._text(one) for name, one in documents.items()}
        sound, unseen = 0, 0
        for pledge in self.dossier["pledges"]:
            for quote in pledge["quotes"]:
                text = texts[quote["capture"]]
                if quote["words"] is None or text is None:
                    unseen += 1
                elif not stands(quote, text):
                    self.wrong(f"{pledge['id']}: a quote is not what its capture holds at "
                               f"{quote['start']} to {quote['end']}")  # fmt: skip
                else:
                    sound += 1
        masked = sum(len(one["masked"]) for one in documents.values())
        with_masks = f"; {masked} masked stretches are blocks" if masked else ""
        kept = f"; {unseen} not checked, their captures are withheld" if unseen else ""
        return f"quotes: {sound} stand word for word in their captures{with_masks}{kept}"

    def _text(self, one: dict[str, Any]) -> str | None:
        """The text of a document, after a look at its capture."""
        if one["capture"] and self.digest(one["capture"]) != one["id"]:
            self.wrong("{}: not the capture that its name says".format(one["capture"]))
        vouched = {name for entry in self.entries for name in entry["payload"].get("files", {})}
        if one["capture"] and not one["entry_withheld"] and one["capture"] not in vouched:
            self.wrong("{}: no entry of the ledger vouches for it".format(one["capture"]))
        if one["text"] is None:
            return None
        if not one["masked"] and self.digest(one["text"]) != one["text_sha256"]:
            self.wrong("{}: not the text that was extracted".format(one["text"]))
        text = self.read(one["text"]).decode("utf-8")
        for start, end in one["masked"]:
            if set(text[start:end]) - set(BLOCK + "\r\n"):
                self.wrong(f"{one['text']}: {start} to {end} is not masked")
        return text

    def counts_add_up(self) -> str:
        """Each printed count of a dataset whose rows may leave is the sum of its rows."""
        counts = self.json("rows/counts.json")
        held = {name: self._rows(name) for name in sorted({one["dataset"] for one in counts})}
        sums = {}
        for one in counts:
            events, rows = held[one["dataset"]], set(one["rows"])
            if len(rows) != len(one["rows"]):
                self.wrong("rows/counts.json: a row is counted twice")
            key = tuple(one[name] for name in KEY)
            sums[key] = sum(events[row] for row in rows) + one["too_recent_events"]
        checked = 0
        for pledge in self.dossier["pledges"]:
            for key, printed in printed_counts(pledge):
                if key[1] not in held:
                    continue
                checked += 1
                if sums.get(key) != printed:
                    self.wrong("{}: {}, {}, {}, {} to {}: {} printed, its rows make {}".format(
                        *key, printed, sums.get(key)))  # fmt: skip
        if not checked:
            return "counts: none of a dataset whose rows may leave"
        return f"counts: {checked} printed counts are the sums of the rows behind them"

    def _rows(self, dataset: str) -> dict[int, int]:
        """How many events each row of a dataset stands for."""
        index = self.json("rows/datasets.json")
        text = self.read(index[dataset]["file"]).decode("utf-8-sig")
        csv.field_size_limit(SMALL)
        return {
            int(row["row"]): int(row["events_best"])
            for row in csv.DictReader(io.StringIO(text, newline=""))
        }


def stands(quote: dict[str, Any], text: str) -> bool:
    """Whether a quote, and what is printed around it, is what the text holds there."""
    start, end = quote["start"], quote["end"]
    return (
        text[start:end] == quote["words"]
        and text[:start].endswith(quote["lead"].lstrip("\u2026"))
        and text[end:].startswith(quote["trail"].rstrip("\u2026"))
    )


def printed_counts(pledge: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Each count, or part of one, that the dossier prints of the record, with what it is of."""
    made = pledge["count"] or {"dataset": "", "behind": []}
    told = [(made["dataset"], one, one["part"], one["days"], one["events"])
            for one in made["behind"]]  # fmt: skip
    for one in pledge["levels"]:
        if not one["inflated"]:
            for part, days in (("before", "baseline"), ("after", "window")):
                told.append((one["dataset"], one, part, one[days], one[part]["n"]))
    for dataset, one, part, days, n in told:
        if n is not None:
            yield (pledge["id"], dataset, one["attribution"], part, days["start"], days["end"]), n


def verify(target: Path, expected: str | None = None) -> int:
    """How many faults a bundle has; what was found is printed."""
    print("wordkept review bundle")
    try:
        source: Any = Folder(target) if target.is_dir() else Archive(target)
    except Exception as error:
        Report().fault(f"{target.name}: {error}")
        return 1
    return checked(source, target.name, expected)


def checked(source: Any, name: str, expected: str | None) -> int:
    """How many faults a folder or a zip that stands open has."""
    report = Report()
    try:
        check = Check(source, report)
    except Exception as error:
        report.fault(f"{name}: {error}")
        return report.faults
    report.check("manifest.json", lambda: check.manifest_stands(expected))
    report.check("files", check.files_stand)
    report.check("dossier", check.dossier_stands)
    report.check("ledger", check.chain_holds)
    report.check("plans", check.plans_stand)
    report.check("quotes", check.quotes_stand)
    report.check("counts", check.counts_add_up)
    return report.faults


def main(arguments: list[str] | None = None) -> int:
    """Checks what is named on the command line."""
    parser = argparse.ArgumentParser(description="Check a wordkept review bundle.")
    parser.add_argument("bundle", nargs="?", help="its folder or zip; left out, where this stands")
    parser.add_argument("--manifest-hash", metavar="HASH", help="as published elsewhere")
    asked = parser.parse_args(arguments)
    target = Path(asked.bundle) if asked.bundle else Path(__file__).resolve().parent
    faults = verify(target, asked.manifest_hash)
    if faults:
        print(f"\nNOT SOUND; faults: {faults}. Ask for it again, and tell who gave it to you.")
        return 1
    if asked.manifest_hash:
        print("\nSOUND: nothing has changed since the manifest's hash was published.")
    else:
        print("\nSOUND IN ITSELF: all its parts fit. Only --manifest-hash shows whose it is.")
    print("That is no proof that any word of it is true.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

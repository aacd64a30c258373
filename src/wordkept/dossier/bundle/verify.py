"""Checks a wordkept review bundle with nothing but Python (3.9 or later) and its standard library.

    python verify.py                      the folder that this file stands in
    python verify.py BUNDLE               another folder, or a zip
    python verify.py --manifest-hash HASH also that manifest.json is the one that was published

It reads, and writes nothing. Exit code: 0 all is as it was bundled, 1 something is not.
"""

# ruff: noqa: T201, UP045, C420 - it prints, and runs on Pythons that wordkept itself does not.

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
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

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
WRONG = (
    KeyError, TypeError, ValueError, IndexError, AttributeError, OSError, RecursionError,
    EOFError, NotImplementedError, RuntimeError, MemoryError, zipfile.BadZipFile, csv.Error,
)  # fmt: skip


class Folder:
    """A bundle that was unzipped."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sizes(self) -> dict[str, int]:
        """The size of each file, by its path."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink():
                raise ValueError("%s is a link, not a file" % shown(name))
            if not path.is_dir():
                found[name] = path.stat().st_size
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        with (self.root / name).open("rb") as stream:
            while True:
                piece = stream.read(CHUNK)
                if not piece:
                    return
                yield piece


class Archive:
    """A bundle as a zip; nothing is unpacked, and no more is read than it says there is."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.size = path.stat().st_size

    def sizes(self) -> dict[str, int]:
        """The size of each file, by its path; raises ValueError for a zip that is a trap."""
        found: dict[str, int] = {}
        for one in self.archive.infolist():
            if one.is_dir():
                continue
            if one.filename in found or one.orig_filename != one.filename:
                raise ValueError("%s stands in the zip twice or oddly" % shown(one.filename))
            if one.flag_bits & 1 or stat.S_ISLNK(one.external_attr >> 16):
                raise ValueError("%s is encrypted, or a link" % shown(one.filename))
            found[one.filename] = one.file_size
        if len(found) > MOST_FILES or sum(found.values()) > max(SMALL, MOST_RATIO * self.size):
            raise ValueError("it would unpack to far more than it is: not read")
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        with self.archive.open(name) as stream:
            while True:
                piece = stream.read(CHUNK)
                if not piece:
                    return
                yield piece


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
        except WRONG as error:
            self.fault("%s: cannot be checked (%s: %s)" % (what, type(error).__name__, error))
            return
        if self.faults == before and answer:
            self.line("ok", answer)


def shown(text: str) -> str:
    """A text that drives no terminal: characters that do not print as their codes."""
    return "".join(c if c.isprintable() else "\\u{%x}" % ord(c) for c in str(text))


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose keys all differ."""
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a key stands twice")
    return held


class Check:
    """The checks of one bundle, in order."""

    def __init__(self, source: Any, report: Report) -> None:
        self.source, self.report = source, report
        self.sizes: dict[str, int] = source.sizes()
        self.manifest: dict[str, Any] = {}
        self.dossier: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []
        self.hashes: list[str] = []

    def read(self, name: str) -> bytes:
        """The bytes of a file that is small enough to be read whole."""
        if self.sizes[name] > MOST_READ:
            raise ValueError("%s is too large" % name)
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

    def manifest_stands(self, expected: Optional[str]) -> str:
        """manifest.json is the one that was published, and nothing is written in it but that."""
        content = self.read(MANIFEST)
        found = hashlib.sha256(content).hexdigest()
        if expected and expected.strip().lower() != found:
            self.report.fault("manifest.json has the SHA-256 %s, not the one given" % found)
        self.manifest = json.loads(content.decode("ascii"), object_pairs_hook=once)
        again = (json.dumps(self.manifest, sort_keys=True, indent=1) + "\n").encode("ascii")
        named = set(self.manifest) == {"format", "case", "as_of", "wordkept", "files"}
        if again != content or not named or self.manifest["format"] != FORMAT:
            self.report.fault("manifest.json is not written as wordkept writes it")
        if expected:
            return "manifest.json has the SHA-256 that was given"
        self.report.line("note", "manifest.json: SHA-256 %s" % found)
        self.report.line("note", "Hold it against the one that was published with the dossier: "
                         "--manifest-hash HASH")  # fmt: skip
        return ""

    def files_stand(self) -> str:
        """Each file has its size and its SHA-256; there is none too many, and none missing."""
        listed = self.manifest["files"]
        for name in sorted(set(self.sizes) - set(listed) - {MANIFEST}):
            self.report.fault("%s: the manifest names no such file" % name)
        for name in sorted(listed):
            parts = name.split("/")
            if {"", ".", ".."} & set(parts) or re.search(r'[\\:*?"<>|\x00-\x1f]', name):
                self.report.fault("%s: no name for a file" % name)
            elif name not in self.sizes:
                self.report.fault("%s: missing" % name)
            elif self.sizes[name] != listed[name]["size"]:
                self.report.fault("%s: %d bytes, not %d" % (
                    name, self.sizes[name], listed[name]["size"]))  # fmt: skip
            else:
                self._same(name, listed[name]["sha256"])
        return "%d files, each with its size and SHA-256; none too many" % len(listed)

    def _same(self, name: str, expected: str) -> None:
        try:
            same = self.digest(name) == expected
        except WRONG as error:
            self.report.fault("%s: cannot be read (%s)" % (name, error))
            return
        if not same:
            self.report.fault("%s: its SHA-256 is another: it was changed" % name)

    def dossier_stands(self) -> str:
        """The dossier and the manifest say that they are of the same case and day."""
        self.dossier = self.json("dossier/dossier.json")
        for key in ("case", "as_of", "wordkept"):
            if self.dossier[key] != self.manifest[key]:
                self.report.fault("manifest.json says another %s than dossier.json" % key)
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
                    self.report.fault("ledger, entry %d: not what its hash was made from" % number)
                self.entries.append(entry)
            else:
                held = json.loads(line.decode("utf-8"), object_pairs_hook=once)
                entry, own = held["withheld"], held["hash"]
                withheld += 1
            if entry["number"] != number or entry["previous"] != previous or not HEX.fullmatch(own):
                self.report.fault("ledger, entry %d: does not follow from the one before" % number)
            previous = own
            self.hashes.append(own)
        head = self.dossier["ledger_head"]
        if head and head not in self.hashes:
            self.report.fault("ledger: the entry that the dossier rests on is not in it")
        kept = "; of %d that are withheld only the links" % withheld if withheld else ""
        return "ledger: %d entries in one chain%s" % (len(self.hashes), kept)

    def plans_stand(self) -> str:
        """Each plan is the one whose hash the dossier prints."""
        sound, masked = 0, 0
        for pledge in self.dossier["pledges"]:
            name = next((one for one in ("plans/%s.json" % pledge["plan_hash"],)
                         if one in self.sizes), None)  # fmt: skip
            if name is None:
                masked += 1
            elif self.digest(name) != pledge["plan_hash"]:
                self.report.fault("%s: not the plan that the dossier names" % name)
            else:
                sound += 1
        kept = "; %d withheld for a mask" % masked if masked else ""
        return "plans: %d with the hash that the dossier prints%s" % (sound, kept)

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
                    self.report.fault("%s: a quote is not what its capture holds at %d to %d" % (
                        pledge["id"], quote["start"], quote["end"]))  # fmt: skip
                else:
                    sound += 1
        masked = sum(len(one["masked"]) for one in documents.values())
        with_masks = "; %d masked stretches are blocks" % masked if masked else ""
        kept = "; %d not checked, their captures are withheld" % unseen if unseen else ""
        return "quotes: %d stand word for word in their captures%s%s" % (sound, with_masks, kept)

    def _text(self, one: dict[str, Any]) -> Optional[str]:
        """The text of a document, after a look at its capture."""
        if one["capture"] and self.digest(one["capture"]) != one["id"]:
            self.report.fault("%s: not the capture that its name says" % one["capture"])
        vouched = {name for entry in self.entries for name in entry["payload"].get("files", {})}
        if one["capture"] and not one["entry_withheld"] and one["capture"] not in vouched:
            self.report.fault("%s: no entry of the ledger vouches for it" % one["capture"])
        if one["text"] is None:
            return None
        if not one["masked"] and self.digest(one["text"]) != one["text_sha256"]:
            self.report.fault("%s: not the text that was extracted" % one["text"])
        text = self.read(one["text"]).decode("utf-8")
        for start, end in one["masked"]:
            if set(text[start:end]) - set(BLOCK + "\r\n"):
                self.report.fault("%s: %d to %d is not masked" % (one["text"], start, end))
        return text

    def counts_add_up(self) -> str:
        """Each printed count of a dataset whose rows may leave is the sum of its rows."""
        counts = self.json("rows/counts.json")
        held = {name: self._rows(name) for name in sorted({one["dataset"] for one in counts})}
        sums = {}
        for one in counts:
            events, rows = held[one["dataset"]], set(one["rows"])
            if len(rows) != len(one["rows"]):
                self.report.fault("rows/counts.json: a row is counted twice")
            key = (one["pledge"], one["dataset"], one["attribution"], one["start"], one["end"])
            sums[key] = sum(events[row] for row in rows) + one["too_recent_events"]
        checked = 0
        for pledge in self.dossier["pledges"]:
            for key, printed in printed_counts(pledge):
                if key[1] not in held:
                    continue
                checked += 1
                if sums.get(key) != printed:
                    self.report.fault("%s: %s, %s, %s to %s: %s printed, its rows make %s" % (
                        *key, printed, sums.get(key)))  # fmt: skip
        if not checked:
            return "counts: none of a dataset whose rows may leave"
        return "counts: %d printed counts are the sums of the rows behind them" % checked

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
    """Each count that the dossier prints of the record, with what it is a count of."""
    for level in pledge["levels"]:
        if level["inflated"]:
            continue
        for days, count in (("baseline", "before"), ("window", "after")):
            if level[count]["n"] is not None:
                yield (
                    (pledge["id"], level["dataset"], level["attribution"], level[days]["start"],
                     level[days]["end"]),
                    level[count]["n"],
                )  # fmt: skip


def verify(target: Path, expected: Optional[str] = None) -> int:
    """How many faults a bundle has; what was found is printed."""
    report = Report()
    try:
        source: Any = Folder(target) if target.is_dir() else Archive(target)
        check = Check(source, report)
        if MANIFEST not in check.sizes:
            raise ValueError("no manifest.json in it: not a review bundle")
    except WRONG as error:
        report.fault("%s: %s" % (target.name, error))
        return report.faults
    print("wordkept review bundle")
    report.check("manifest.json", lambda: check.manifest_stands(expected))
    report.check("files", check.files_stand)
    report.check("dossier", check.dossier_stands)
    report.check("ledger", check.chain_holds)
    report.check("plans", check.plans_stand)
    report.check("quotes", check.quotes_stand)
    report.check("counts", check.counts_add_up)
    return report.faults


def main(arguments: Optional[list[str]] = None) -> int:
    """Checks what is named on the command line."""
    parser = argparse.ArgumentParser(description="Check a wordkept review bundle.")
    parser.add_argument("bundle", nargs="?", help="its folder or zip; left out, where this stands")
    parser.add_argument("--manifest-hash", metavar="HASH", help="as published elsewhere")
    asked = parser.parse_args(arguments)
    target = Path(asked.bundle) if asked.bundle else Path(__file__).resolve().parent
    faults = verify(target, asked.manifest_hash)
    if faults:
        print("\nNOT SOUND: %d fault%s. Ask for the bundle again, and tell who gave it to you."
              % (faults, "" if faults == 1 else "s"))  # fmt: skip
        return 1
    print("\nSOUND: nothing has changed since it was bundled. That proves no word of it true.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

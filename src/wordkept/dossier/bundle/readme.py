"""What a review bundle says of itself, in plain words."""

import textwrap
from collections.abc import Iterable, Sequence

from wordkept import prose
from wordkept.dossier.report import CaseReport
from wordkept.dossier.unseen import reveal

WIDTH = 78
INSIDE = """\
dossier/index.html: the dossier; it opens in any browser, without a network; beside it, called \
index.ar.html and so on, the languages that it was built in, of which the English page decides
dossier/dossier.json: the same for machines
documents/: the captures that are quoted, byte for byte as they were received, each named by its \
SHA-256
texts/: the text of each as it was quoted from; offsets are characters from the first
documents.json: what each document is, where it came from, and what of it is masked
pledges/: the pledge files as people wrote them, with the plan that tests each
plans/: each pledge and plan as one line of JSON, named by the hash that was registered
rows/: the rows behind each printed count, as far as their publishers let them leave: one table \
a dataset, and in counts.json which rows each count is of
ledger.jsonl: the journal of the case: each entry carries the hash of the one before it
manifest.json: the size and the SHA-256 of every other file
verify.py: the verifier: one file of plain Python, with its standard library alone"""
WITH_PYTHON = "With Python 3.9 or later, in any folder, without a network:"
CHECKING = """\
HASH is the SHA-256 of manifest.json as it was published with the dossier; ask whoever published \
it. Without it the bundle is held only against itself, and somebody who made it all anew would \
pass. The verifier also takes the zip, or another folder: python verify.py BUNDLE.zip. It reads, \
writes nothing, and needs nothing that is installed: python -I -S verify.py does."""
PROVES = """\
That every file has its hash proves that nothing has changed since the bundle was made, if the \
hash of manifest.json came to you by another way than the bundle. It does not prove that what was \
said is true, that the record is right, or that a capture shows what a page really was.
That the ledger's chain holds proves in what order the entries were made, and that none was \
changed or taken out before the last. When they were made is what the clock of the machine said. \
Whoever holds the whole case could have written a whole new ledger; a hash that was noted \
elsewhere at the time is what stands against that.
Who verifies the verifier? It is short: read it. Its hash is in the manifest, and wordkept of the \
same version carries the same file: python -m wordkept.dossier.bundle.verify BUNDLE.zip. Or leave \
it aside: sha256sum and the list in manifest.json do most of what it does."""
QUESTIONS = """\
The captures are other people's texts, given so that quotes can be checked. Nobody has asked their \
owners: what you may do with them is a matter between you and the law where you are. Rows are \
their publishers': cite them as rows/datasets.json says.
Of a withheld entry of the ledger the number, kind, time, maker and hashes are given. That the \
entries beside it fit is checked; what it held cannot be recomputed from here, since an entry's \
hash covers its whole content. Who guesses that content right can tell that it is."""


def readme(report: CaseReport, withheld: Sequence[str]) -> bytes:
    """The README of a bundle: what is in it, how to check it, what that proves, what is withheld.

    `withheld` says what was kept back and by whose terms, a sentence each.
    """
    head = f"{report.case}: review bundle, as of {prose.day(report.as_of)}"
    parts = [
        head, "=" * min(len(head), WIDTH),
        *_section("What is in it"), *map(_item, INSIDE.splitlines()),
        *_section("How to check it"), *_paragraphs([WITH_PYTHON]),
        "    python verify.py --manifest-hash HASH", "", *_paragraphs([CHECKING]),
        *_section("What a hash proves, and what not"), *_paragraphs(PROVES.splitlines()),
        *_section("What is withheld, and by whose terms"),
        *map(_item, withheld or ["Nothing."]),
        *_section("Whose it is"), *_paragraphs(QUESTIONS.splitlines()),
        f"Made by wordkept {report.version}.", "",
    ]  # fmt: skip
    return reveal("\n".join(parts)).encode("utf-8", "replace")


def _section(heading: str) -> list[str]:
    return ["", heading, "-" * len(heading), ""]


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in (textwrap.fill(text, WIDTH), "")]


def _item(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  - ", subsequent_indent="    ",
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip

"""The page as a PDF, printed by a Chromium that is there already; the same bytes each time."""

import os
import re
import shutil
import signal
import subprocess
from base64 import b64encode
from contextlib import suppress
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.page import render_html
from wordkept.errors import InputError, Problem

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What a Chromium is called on the PATH, by distribution."""
PAPER = "@page{size:A4}"
"""Beside the page's own style, which leaves the paper to whoever prints it."""
PATIENCE_S = 180
"""A case of 50 pledges on a weak laptop prints in less."""
FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-dev-shm-usage", "--no-pdf-header-footer", "--generate-pdf-document-outline",
    "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
"""No window, no greeting, and no network: every name is unknown, and the proxy is nobody."""
ELEMENT = re.compile(rb"\(node(\d{8})\)")
"""How Chromium calls an element of the page where a cell of a table names its headings."""


def write(material: Material) -> bytes:
    """The page on A4, printed with the network cut; dated on the dossier's own day."""
    return write_in(material, IN_ENGLISH)


def write_in(material: Material, spoken: Language) -> bytes:
    """The page of a language, printed in the same way."""
    browser = _browser()
    page = on_paper(render_html(material.report, spoken))
    with TemporaryDirectory(prefix="wordkept-pdf-") as name:
        folder = Path(name)
        (folder / "dossier.html").write_text(page, encoding="utf-8")
        _print(browser, folder)
        printed = (folder / "dossier.pdf").read_bytes()
    return dated(ranked(printed), material.report.as_of, right_to_left=spoken.direction == "rtl")


def on_paper(page: str) -> str:
    """The page with its paper named, and that one style let through its own policy."""
    allowed = f"'sha256-{b64encode(sha256(PAPER.encode()).digest()).decode()}'"
    page = page.replace("style-src ", f"style-src {allowed} ", 1)
    return page.replace("</head>", f"<style>{PAPER}</style>\n</head>", 1)


def ranked(printed: bytes) -> bytes:
    """The same PDF with its elements numbered from 1 in their order.

    Chromium numbers what it makes, and now and then makes one thing more before the page.

    >>> ranked(b"/ID (node00000097) /Headers [(node00000091) (node00000097)]")
    b'/ID (node00000002) /Headers [(node00000001) (node00000002)]'
    """
    numbers = sorted(set(ELEMENT.findall(printed)))
    ranks = {number: b"(node%08d)" % rank for rank, number in enumerate(numbers, start=1)}
    return ELEMENT.sub(lambda one: ranks[one[1]], printed)


def dated(printed: bytes, day: date, *, right_to_left: bool = False) -> bytes:
    """The same PDF with the day in place of the moment it was printed at.

    Of one that is read from the right, a reader who lays two pages side by side is told so.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(printed)))
    moment = f"D:{day:%Y%m%d}000000Z"
    writer.add_metadata(
        {"/CreationDate": moment, "/ModDate": moment, "/Creator": "wordkept"},
    )
    if right_to_left:
        wished = writer.viewer_preferences or writer.create_viewer_preferences()
        wished[NameObject("/Direction")] = NameObject("/R2L")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _browser() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise InputError(
        Problem(
            what="The format pdf is printed by Chromium, and none is there.",
            where=f"not on the PATH: {', '.join(BROWSERS)}",
            remedy="install Chromium (Debian: apt install chromium), or print dossier/index.html",
        )
    )


def _print(browser: str, folder: Path) -> None:
    """The file dossier.pdf of a folder, of its dossier.html; an error where none was written."""
    command = [
        browser, *FLAGS, *(["--no-sandbox"] if _root() else []),
        f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'dossier.pdf'}",
        (folder / "dossier.html").as_uri(),
    ]  # fmt: skip
    started = subprocess.Popen(  # noqa: S603 - a browser found on the PATH, and our own arguments
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True, cwd=folder,
    )  # fmt: skip
    try:
        _, said = started.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        _stop(started)
        raise _unprinted(browser, f"it did not end within {PATIENCE_S} seconds") from None
    if started.returncode or not (folder / "dossier.pdf").is_file():
        lines = said.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise _unprinted(browser, lines[-1])


def _root() -> bool:
    """Whether we are root, for whom Chromium starts only without its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _stop(started: subprocess.Popen[bytes]) -> None:
    """The browser and what it started, ended: a session of its own, known by its number."""
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)
    started.communicate()


def _unprinted(browser: str, why: str) -> InputError:
    return InputError(
        Problem(
            what=f"Chromium printed no PDF: {why}",
            where=browser,
            remedy="open dossier/index.html in a browser and print it to a file",
        )
    )


EXPORT = Export(
    name="pdf",
    file_name="dossier.pdf",
    media_type="application/pdf",
    holds="The page as it prints, on A4, with an outline and tags for screen readers.",
    leaves_out=(
        "Its bytes are the same only with the same Chromium and the same fonts.",
        "Nothing in it opens or sorts: what the page folds away is printed as the page prints it.",
        "It needs Chromium on this computer.",
        "Languages beside English in which the dossier is not built (dossier --language).",
    ),
    write=write,
    write_in=write_in,
)

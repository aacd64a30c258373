"""A document fetched from an address on the open internet, explicitly, once, and within bounds."""

import http.client
import re
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from wordkept.documents.addresses import Rule, is_public
from wordkept.documents.connecting import Checked, connected
from wordkept.errors import InputError, Problem

MOST_REDIRECTS = 5
"""Browsers follow 20; what needs more than a few does not want to be read."""
MOST_FETCHED_BYTES = 200 << 20
"""As much as is read of a PDF; a larger file is better downloaded by hand."""
MOST_SECONDS = 60.0
"""For everything, redirects included."""
MOST_URL_CHARACTERS = 4_000
"""Browsers and servers stop between 2,000 and 8,000."""
AGENT = "wordkept"
"""Says what asks, and not for whom."""
_PIECE = 1 << 16
_MOVED = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[^\w.-]+")
_NAME_CHARACTERS = 80
_REDO = "open it in a browser, save the page, and read the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered, as a file that can be captured."""

    path: Path
    """Its name is taken from the address."""
    url: str
    """As it was asked for."""
    final_url: str
    """Where it was in the end, after redirects."""
    at: str
    """UTC, ISO 8601, when the answer began."""
    media_type: str
    """As the server has it; "" where it says nothing."""
    charset: str | None
    """As the server has it; for Provenance, since the bytes may not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far a fetch goes, and where to."""

    allowed: Rule = is_public
    most_bytes: int = MOST_FETCHED_BYTES
    seconds: float = MOST_SECONDS
    redirects: int = MOST_REDIRECTS
    context: ssl.SSLContext | None = None
    """What certificates are held against; None for those of the system."""


STRICT = Bounds()


def fetch(url: str, workspace: Path, *, offline: bool = False, bounds: Bounds = STRICT) -> Fetched:
    """What an http or https address answers, as a file in `workspace`.

    Each name is resolved once, every address that it has must be allowed, and the connection
    goes to the very one that was checked; so for every redirect. Proxies, cookies and passwords
    are not used. Raises InputError where it is refused, fails, or passes a bound.
    """
    if offline:
        what = "this case is offline: nothing is fetched"
        raise refused(url, what, "take offline = true out of wordkept.toml, or " + _REDO)
    ends = time.monotonic() + bounds.seconds
    asked = url
    for _ in range(bounds.redirects + 1):
        checked = _checked(asked)
        with _told(asked), connected(checked, bounds.allowed, ends, bounds.context) as connection:
            answer = _asked(connection, checked)
            if answer.status not in _MOVED:
                fetched = _kept(answer, checked, workspace, (bounds, ends))
                return replace(fetched, url=url, final_url=asked)
            asked = _moved(answer, asked)
    raise refused(url, f"it redirects more than {bounds.redirects} times", _REDO)


def refused(url: str, what: str, remedy: str) -> InputError:
    """The error for an address that is not fetched."""
    shown = "".join(one if one.isprintable() else "\ufffd" for one in url[:MOST_URL_CHARACTERS])
    return InputError(Problem(what=what, where=shown, remedy=remedy))


def _checked(url: str) -> Checked:
    """The parts of an address that may be asked; raises InputError of any other."""
    if len(url) > MOST_URL_CHARACTERS or not url.isprintable() or " " in url:
        raise refused(url, "it is no web address: too long, or with blanks in it", "copy it again")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        raise refused(url, "it is no web address", "copy it again") from None
    if parts.scheme not in _PORTS:
        raise refused(url, "only http and https addresses are fetched", "give such an address")
    if not host:
        raise refused(url, "it is no web address: it names no host", "copy it again")
    if parts.username is not None or parts.password is not None:
        raise refused(url, "the address holds a name or a password", "leave them out; " + _REDO)
    asked = quote(
        urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/?&=%:@!$'()*+,;~"
    )
    return Checked(url=url, scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme],
                   target="/" + asked.lstrip("/"))  # fmt: skip


def _asked(connection: http.client.HTTPConnection, checked: Checked) -> http.client.HTTPResponse:
    connection.request(
        "GET",
        checked.target,
        headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity",
                 "Connection": "close"},
    )  # fmt: skip
    return connection.getresponse()


def _moved(answer: http.client.HTTPResponse, asked: str) -> str:
    where = answer.getheader("Location")
    if not where:
        raise refused(asked, f"it answers {answer.status} and does not say where to go", _REDO)
    try:
        there = urljoin(asked, where.encode("latin-1", "replace").decode("utf-8", "replace"))
        scheme = urlsplit(there).scheme
    except ValueError:
        raise refused(asked, "it redirects to what is no web address", _REDO) from None
    if asked.lower().startswith("https:") and scheme == "http":
        what = "it redirects from https to http, where anybody on the way can change it"
        raise refused(asked, what, "give the http address itself if you accept that")
    return there.partition("#")[0]


def _kept(
    answer: http.client.HTTPResponse,
    checked: Checked,
    workspace: Path,
    limits: tuple[Bounds, float],
) -> Fetched:
    if answer.status != http.client.OK:
        said = f"{answer.status} {answer.reason}".strip()
        raise refused(checked.url, f"it answers {said}", _REDO)
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    path = workspace / _name(checked)
    with path.open("wb") as kept:
        try:
            for piece in _bounded(_unpacked(answer, checked), checked, *limits):
                kept.write(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return Fetched(
        path=path,
        url=checked.url,
        final_url=checked.url,
        at=at,
        media_type=answer.headers.get_content_type() if "Content-Type" in answer.headers else "",
        charset=answer.headers.get_content_charset(),
    )


def _bounded(
    pieces: Iterator[bytes], checked: Checked, bounds: Bounds, ends: float
) -> Iterator[bytes]:
    given = 0
    for piece in pieces:
        given += len(piece)
        if given > bounds.most_bytes:
            what = f"it is larger than {bounds.most_bytes:,} bytes"
            raise refused(checked.url, what, "download it by hand, and read the file")
        if time.monotonic() > ends:
            raise TimeoutError
        yield piece


def _unpacked(answer: http.client.HTTPResponse, checked: Checked) -> Iterator[bytes]:
    """The answer's bytes; out of gzip or deflate where the server packs though it was asked not."""
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise refused(checked.url, f"the server packs its answer as {packing}", _REDO)
    unpacker = None if packing == "identity" else zlib.decompressobj(wbits=47)
    while piece := answer.read(_PIECE):
        if unpacker is None:
            yield piece
            continue
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, _PIECE)
            piece = unpacker.unconsumed_tail
    if answer.length or (unpacker is not None and not unpacker.eof):
        raise http.client.IncompleteRead(b"", answer.length)


def _name(checked: Checked) -> str:
    """A file's name from an address: its last part, or its host.

    >>> to = "/a/b%20c.pdf?x"
    >>> _name(Checked(url="", scheme="https", host="example.org", port=443, target=to))
    'b_c.pdf'
    """
    last = unquote(checked.target.partition("?")[0].rstrip("/").rpartition("/")[2])
    name = _NAME.sub("_", last).strip("._-") or _NAME.sub("_", checked.host)
    return name[-_NAME_CHARACTERS:]


@contextmanager
def _told(url: str) -> Iterator[None]:
    """In three lines what the network, the server or its certificate did."""
    try:
        yield
    except TimeoutError:
        raise refused(url, "it takes too long", "try again later, or " + _REDO) from None
    except ssl.SSLError as failure:
        what = f"its certificate or its encryption is not sound ({failure.reason or failure})"
        raise refused(url, what, "check the address; do not trust what it gives") from None
    except (OSError, http.client.HTTPException, zlib.error, UnicodeError) as failure:
        why = getattr(failure, "strerror", None) or type(failure).__name__
        raise refused(
            url, f"it cannot be fetched ({why})", "try again later, or " + _REDO
        ) from None

"""A fetch goes to the open internet and nowhere else, and ends within its bounds."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from wordkept.documents.addresses import Address, is_public
from wordkept.documents.fetch import AGENT, Bounds, Fetched, fetch
from wordkept.errors import InputError

HERE = Bounds(allowed=lambda address: address.is_loopback, seconds=5)


@dataclass
class Site:
    """A real server on 127.0.0.1, and what it answers: a status, headers, a body."""

    url: str
    answers: dict[str, tuple[int, dict[str, str], bytes]]
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
    made = Site(url="", answers=answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append({"path": self.path, **dict(self.headers)})
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def refused(url: str, folder: Path, bounds: Bounds = HERE, **how: bool) -> str:
    with pytest.raises(InputError) as caught:
        fetch(url, folder, bounds=bounds, **how)
    (problem,) = caught.value.problems
    assert len(str(problem).splitlines()) == 3
    assert list(folder.iterdir()) == []
    return problem.what


def test_what_is_answered_becomes_a_file(site: Site, tmp_path: Path) -> None:
    site.answers["/a/plan.html?x=1"] = (
        200, {"Content-Type": "text/html; charset=windows-1251"}, b"<html>said",
    )  # fmt: skip
    found = fetch(f"{site.url}/a/plan.html?x=1#top", tmp_path, bounds=HERE)
    assert found == Fetched(
        path=tmp_path / "plan.html",
        url=f"{site.url}/a/plan.html?x=1#top",
        final_url=f"{site.url}/a/plan.html?x=1#top",
        at=found.at,
        media_type="text/html",
        charset="windows-1251",
    )
    assert found.path.read_bytes() == b"<html>said"
    assert found.at.endswith("Z")
    (asked,) = site.asked
    assert (asked["path"], asked["User-Agent"]) == ("/a/plan.html?x=1", AGENT)
    assert asked["Host"] == site.url.removeprefix("http://")
    assert not {"Cookie", "Authorization", "Referer"} & set(asked)


def test_redirects_are_followed_so_far(site: Site, tmp_path: Path) -> None:
    site.answers["/0"] = (302, {"Location": "/1"}, b"")
    site.answers["/1"] = (308, {"Location": "end%20here"}, b"")
    site.answers["/end%20here"] = (200, {}, b"said")
    found = fetch(f"{site.url}/0", tmp_path, bounds=HERE)
    assert (found.final_url, found.path.name) == (f"{site.url}/end%20here", "end_here")
    found.path.unlink()
    site.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    assert "redirects more than 5 times" in refused(f"{site.url}/loop", tmp_path)
    site.answers["/nowhere"] = (302, {}, b"")
    assert "does not say where to go" in refused(f"{site.url}/nowhere", tmp_path)
    for where in ("file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/"):
        site.answers["/away"] = (302, {"Location": where}, b"")
        assert "only http and https" in refused(f"{site.url}/away", tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001"])
def test_the_default_refuses_this_machine_under_every_name(
    site: Site, tmp_path: Path, host: str
) -> None:
    url = site.url.replace("127.0.0.1", host)
    assert "which is not on the open internet" in refused(url, tmp_path, Bounds())
    assert site.asked == []


def test_a_redirect_to_an_address_that_is_not_allowed_is_refused(
    site: Site, tmp_path: Path
) -> None:
    seen: list[Address] = []

    def first_only(address: Address) -> bool:
        seen.append(address)
        return len(seen) == 1 or is_public(address)

    site.answers["/"] = (302, {"Location": f"{site.url}/inside"}, b"")
    site.answers["/inside"] = (200, {}, b"secret")
    said = refused(f"{site.url}/", tmp_path, Bounds(allowed=first_only))
    assert "127.0.0.1 is at 127.0.0.1, which is not on the open internet" in said
    assert [asked["path"] for asked in site.asked] == ["/"]


def resolving(answers: list[list[str]]) -> Callable[..., list[Any]]:
    def getaddrinfo(_host: str, port: int, **_: Any) -> list[Any]:
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    return getaddrinfo


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1%eth0"]],
)
def test_a_name_with_any_address_that_is_not_public_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, addresses: list[str]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving([addresses]))
    said = refused("http://inside.example.org/", tmp_path, Bounds())
    assert said.startswith("inside.example.org is at ")


def test_a_name_is_asked_once_and_the_connection_goes_to_what_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """DNS rebinding: a second answer, which would pass unchecked, is never asked for."""
    site.answers["/"] = (200, {}, b"said")
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *rest: Any, **named: Any) -> Any:
        asked.append(host)
        if host != "example.org":
            return real(host, port, *rest, **named)
        address = "127.0.0.1" if asked.count(host) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    url = site.url.replace("127.0.0.1", "example.org")
    fetch(url, tmp_path, bounds=Bounds(allowed=lambda one: one == ip_address("127.0.0.1")))
    assert asked.count("example.org") == 1
    assert site.asked[0]["Host"].startswith("example.org:")


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("example.org", "only http and https"),
        ("http://", "names no host"),
        ("http://user:word@example.org/", "holds a name or a password"),
        ("http://example.org:99999/", "it is no web address"),
        ("http://[::1", "it is no web address"),
        ("http://exa mple.org/", "with blanks in it"),
        ("http://example.org/\r\nHost: x", "with blanks in it"),
        ("http://example.org/" + "a" * 4000, "too long"),
        (f"http://{'a' * 64}.org/", "it is no web address"),
    ],
)
def test_what_is_no_web_address_is_refused(tmp_path: Path, url: str, what: str) -> None:
    assert what in refused(url, tmp_path)


def test_an_offline_case_fetches_nothing(site: Site, tmp_path: Path) -> None:
    assert "this case is offline" in refused(f"{site.url}/", tmp_path, offline=True)
    assert site.asked == []


def test_an_answer_that_is_not_the_document_is_said(site: Site, tmp_path: Path) -> None:
    assert "it answers 404 Not Found" in refused(f"{site.url}/none", tmp_path)
    site.answers["/br"] = (200, {"Content-Encoding": "br"}, b"x")
    assert "packs its answer as br" in refused(f"{site.url}/br", tmp_path)
    site.answers["/bad"] = (200, {"Content-Encoding": "gzip"}, b"not gzip")
    assert "it cannot be fetched" in refused(f"{site.url}/bad", tmp_path)
    site.answers["/cut"] = (200, {"Content-Length": "100"}, b"cut short")
    assert "it cannot be fetched (IncompleteRead)" in refused(f"{site.url}/cut", tmp_path)
    site.answers["/half"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"said" * 99)[:-12])
    assert "it cannot be fetched (IncompleteRead)" in refused(f"{site.url}/half", tmp_path)


def test_a_large_answer_is_not_kept(site: Site, tmp_path: Path) -> None:
    few = Bounds(allowed=HERE.allowed, most_bytes=1000)
    site.answers["/large"] = (200, {}, bytes(1001))
    assert "larger than 1,000 bytes" in refused(f"{site.url}/large", tmp_path, few)
    packed = gzip.compress(bytes(100_000))
    site.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, packed)
    assert len(packed) < 1000
    assert "larger than 1,000 bytes" in refused(f"{site.url}/bomb", tmp_path, few)
    site.answers["/packed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"said"))
    assert fetch(f"{site.url}/packed", tmp_path, bounds=few).path.read_bytes() == b"said"


@pytest.mark.usefixtures("must_end")
@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_left(tmp_path: Path, begin: bytes) -> None:
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            link, _ = server.accept()
            with link:
                link.sendall(begin)
                while not done.wait(0.05):
                    try:
                        link.sendall(b"a" if begin else b"")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        said = refused(url, tmp_path, Bounds(allowed=HERE.allowed, seconds=0.3))
        assert said == "it takes too long"
        done.set()
        thread.join()


def test_nobody_there_and_no_https_there_are_said(site: Site, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    assert "it cannot be fetched (Connection" in refused(f"http://127.0.0.1:{free}/", tmp_path)
    said = refused(site.url.replace("http:", "https:"), tmp_path)
    assert "its certificate or its encryption is not sound" in said


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
        "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "203.0.113.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b:1::1",
        "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "fc00::1", "fd12::1",
        "fe80::1", "fec0::1", "ff02::1", "ff0e::1", "100::1", "5f00::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_allowed(address: str) -> None:
    assert is_public(ip_address(address))

"""A connection to the very address that was checked, and not to what a name may say next."""

import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from wordkept.documents.addresses import Address, Rule, address_of
from wordkept.errors import InputError, Problem

MOST_ADDRESSES = 4
"""Of those that a name has, so many are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An address in its parts, each of them fit to be sent."""

    url: str
    scheme: str
    host: str
    port: int
    target: str
    """The path and the query."""


@contextmanager
def connected(
    checked: Checked, allowed: Rule, ends: float, context: ssl.SSLContext | None
) -> Iterator[http.client.HTTPConnection]:
    """A connection that ends with the time allowed (by `time.monotonic`), whatever a server does.

    Raises InputError where any address of the name is not allowed, and what the system raises
    where none can be reached.
    """
    addresses = _resolved(checked, ends)
    barred = [address for address in addresses if not allowed(address)]
    if barred:
        raise InputError(
            Problem(
                what=f"{checked.host} is at {barred[0]}, which is not on the open internet",
                where=checked.url,
                remedy="check the address; save what stands there as a file, and read that",
            )
        )
    link = _linked(addresses[:MOST_ADDRESSES], checked.port, ends)
    try:
        if checked.scheme == "https":
            link.settimeout(_left(ends))
            sound = context or ssl.create_default_context()
            link = sound.wrap_socket(link, server_hostname=checked.host)
        connection = http.client.HTTPConnection(checked.host, checked.port)
        connection.default_port = 443 if checked.scheme == "https" else 80
        connection.sock = _Timed(link, ends)
        yield connection
    finally:
        link.close()


def _resolved(checked: Checked, ends: float) -> list[Address]:
    """The addresses of a name, each once; a name server that does not answer is not waited for."""
    answers: queue.Queue[list[Any] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(checked.host, checked.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as failure:
            answers.put(failure if isinstance(failure, OSError) else OSError("no such name"))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=_left(ends))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return list(dict.fromkeys(address_of(str(place[0])) for *_, place in answer))


def _linked(addresses: list[Address], port: int, ends: float) -> socket.socket:
    failed: OSError = OSError("the name has no address")
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), timeout=_left(ends))
        except OSError as failure:
            failed = failure
    raise failed


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Timed:
    """A socket, as far as http.client needs one, that gives up when the time is over."""

    def __init__(self, link: socket.socket, ends: float) -> None:
        self._link = link
        self._ends = ends

    def sendall(self, content: bytes) -> None:
        """Sends all of it."""
        self._link.settimeout(_left(self._ends))
        self._link.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What it receives, as a stream."""
        return io.BufferedReader(_Received(self._link, self._ends))

    def close(self) -> None:
        """Nothing: whoever made the socket closes it."""


class _Received(io.RawIOBase):
    """What a socket receives; each wait is bounded by the time that is left of the whole."""

    def __init__(self, link: socket.socket, ends: float) -> None:
        self._link = link
        self._ends = ends

    def readable(self) -> bool:
        """That it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As many bytes as there are, up to the buffer's size."""
        self._link.settimeout(_left(self._ends))
        return self._link.recv_into(buffer)

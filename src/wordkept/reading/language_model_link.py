"""The one way out to a language model: to its address alone, with what it needs and no more."""

import ssl
import time
from urllib.parse import urlsplit

import httpx2
import openai

from wordkept.reading.language_model_service import Service

MOST_ANSWER_BYTES = 4 << 20
"""Of one answer; good ones stay under a tenth of it."""
CONNECT_S = 10.0
"""For a connection; a machine that is there answers in less."""
NO_KEY = "no-key"
"""Sent where the user gives no key: the client wants one, and local servers take any."""
SENT = ("host", "content-type", "content-length", "accept", "connection")
"""What goes with a request as the client wrote it. Its other headers tell of the machine, or come
from the environment and are meant for another service."""


class TooLong(httpx2.TransportError):
    """An answer has more bytes than are taken."""


class OneAddress(httpx2.BaseTransport):
    """Sends to the host and port of a service, and takes a bounded answer in a bounded time."""

    def __init__(self, service: Service) -> None:
        self._origin = _origin(service.address)
        self._key = service.key or NO_KEY
        self._seconds = service.timeout_s
        # No proxy of the environment stands between: a local service is to stay local.
        self._inner = httpx2.HTTPTransport(verify=ssl.create_default_context(), trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, read in whole; redirects are not followed."""
        if _origin(str(request.url)) != self._origin:
            raise httpx2.UnsupportedProtocol("another address than the one that was given")
        ends = time.monotonic() + self._seconds
        headers = {name: held for name, held in request.headers.items() if name.lower() in SENT}
        headers |= {"authorization": f"Bearer {self._key}", "user-agent": "wordkept",
                    "accept-encoding": "identity"}  # fmt: skip
        sent = httpx2.Request(request.method, request.url, headers=headers,
                              content=request.read(), extensions=request.extensions)  # fmt: skip
        answer = self._inner.handle_request(sent)
        try:
            content = _received(answer, ends)
        finally:
            answer.close()
        kind = answer.headers.get("content-type", "")
        return httpx2.Response(answer.status_code, headers={"content-type": kind}, content=content)

    def close(self) -> None:
        """Ends its connections."""
        self._inner.close()


def client(service: Service) -> openai.OpenAI:
    """The client that asks a service and nobody else; to be closed after use."""
    http = httpx2.Client(transport=OneAddress(service), trust_env=False, follow_redirects=False)
    return openai.OpenAI(
        base_url=service.address,
        api_key=service.key or NO_KEY,
        timeout=httpx2.Timeout(service.timeout_s, connect=min(CONNECT_S, service.timeout_s)),
        max_retries=0,
        http_client=http,
    )


def _received(answer: httpx2.Response, ends: float) -> bytes:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise TooLong("packed, which was not asked for: its size cannot be known")
    content = bytearray()
    for piece in answer.iter_raw():
        content += piece
        if len(content) > MOST_ANSWER_BYTES:
            raise TooLong("more bytes than are taken")
        if time.monotonic() > ends:
            raise httpx2.ReadTimeout("the time for one answer is over")
    return bytes(content)


def _origin(address: str) -> tuple[str, str | None, int]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)

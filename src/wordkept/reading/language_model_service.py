"""A service with a language model, at the address that the user gives and at no other."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from wordkept.errors import InputError, Problem
from wordkept.reading.language_model_answer import SCHEMA

KEY = "WORDKEPT_MODEL_KEY"
"""The environment variable that holds the key, for it to stand in no file and no history."""
LONGEST_NAME = 200
UNANSWERED = "a section of the text was not read: "
"""How the reasons begin, of what was left out, that ask for another try."""
WHERE = "[model] in wordkept.toml, or --model-address and --model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An address that speaks as OpenAI's does, and the model to ask there.

    The key is shown nowhere, not even by `repr`.
    """

    address: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0
    """For one answer, from the first byte sent to the last received."""
    most_characters: int = 8_000
    """Of the text, in one request: some 2,000 words, which small models still follow."""
    retries: int = 2
    """How often a request is made again that brought no good answer."""
    pause_s: float = 0.5
    """Before the first request is made again; before each further one twice as long."""

    @property
    def host(self) -> str:
        """The host of the address, with its port where it names one."""
        return urlsplit(self.address).netloc

    @property
    def reader(self) -> str:
        """What readings made with it say that they were made by."""
        return f"language model {self.model} at {self.host}, schema {SCHEMA}"


def checked_service(
    address: str | None, model: str | None, *, key: str | None = None, offline: bool = False
) -> Service:
    """The service at an address; raises InputError with all that is wrong with it.

    Where `offline` is set, only an address of this machine itself will do.
    """
    problems = [*_address_problems(address, offline=offline), *_model_problems(model)]
    if key is not None and not (key.isascii() and key.isprintable()):
        problems.append(
            _problem("the key holds characters that no key has", f"set {KEY} anew", KEY)
        )
    if problems or not address or not model:
        raise InputError(*problems)
    return Service(address=address, model=model, key=key or None)


def _problem(what: str, remedy: str, where: str = WHERE) -> Problem:
    return Problem(what=what, where=where, remedy=remedy)


def _model_problems(model: str | None) -> list[Problem]:
    if not model:
        return [_problem("no language model is named", 'write: name = "..." (--model NAME)')]
    if len(model) > LONGEST_NAME or not model.isprintable():
        return [
            _problem("the name of the language model is no name", "write it as the service does")
        ]
    return []


def _address_problems(address: str | None, *, offline: bool) -> list[Problem]:
    if not address:
        what = "no address of a language model is given, and there is none by default"
        return [_problem(what, 'write: address = "..." (--model-address URL)')]
    parts = _parts(address)
    if parts is None:
        what = "the address of the language model is no http or https address"
        return [_problem(what, "give it with its scheme and path, as the service states it")]
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        what = "the address of the language model holds more than scheme, host, port and path"
        return [_problem(what, f"leave the rest out; a key goes into {KEY}")]
    if offline and not is_loopback(parts.hostname or ""):
        what = f"this case is offline, and {parts.hostname} is not this machine"
        return [_problem(what, "use a model on this machine, or take offline = true out")]
    return []


def _parts(address: str) -> SplitResult | None:
    """An address in its parts; None where it is none that can be asked."""
    try:
        parts = urlsplit(address)
        fit = parts.port is None or parts.port > 0
    except ValueError:
        return None
    plain = (
        address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    )
    return parts if fit and plain and parts.scheme in {"http", "https"} and parts.hostname else None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very name: no name server is asked.

    >>> [is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "localhost.example")]
    [True, True, True, False]
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"

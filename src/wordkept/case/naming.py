"""By what a document of a case is called: its name, or the beginning of its hash."""

from collections.abc import Iterable, Sequence

from wordkept.errors import InputError, Problem, did_you_mean
from wordkept.ids import SHORT, short
from wordkept.model import Document


def document_called(name: str, documents: Iterable[Document], *, otherwise: str) -> Document:
    """The one document of a name, or of an id of which at least the first 12 characters are given.

    Raises InputError where there is none, with `otherwise` as the remedy where no name is like
    it, or several, naming each.
    """
    known = tuple(documents)
    found = [one for one in known if one.name == name or _begins(one.id, name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(name, found)
    remedy = did_you_mean(name, [one.name for one in known], otherwise=otherwise)
    what = f'no document of this case is called "{name}"'
    raise InputError(Problem(what=what, where="documents/", remedy=remedy))


def handle(document: Document, documents: Iterable[Document]) -> str:
    """By what to call a document so that no other is meant: its name where no other has it."""
    others = (one for one in documents if one.id != document.id)
    return short(document.id) if document.name in {one.name for one in others} else document.name


def _begins(identity: str, name: str) -> bool:
    return len(name) >= SHORT and identity.startswith(name.lower())


def _several(name: str, found: Sequence[Document]) -> InputError:
    told = "; ".join(
        f"{short(one.id)} (captured {one.captured_at[:10]}{f', {one.title}' if one.title else ''})"
        for one in found
    )
    return InputError(
        Problem(
            what=f'{len(found)} documents of this case are called "{name}": {told}',
            where="documents/",
            remedy=f"name the one that is meant by the first 12 of its id: {short(found[0].id)}",
        )
    )

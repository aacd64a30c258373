"""What an export is: a format as a value, and what it is written from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wordkept.dossier.languages.language import Language
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Shown
from wordkept.model import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What every export is written from: gated values, and all the rows that may leave."""

    report: CaseReport
    shown: tuple[Shown, ...]
    rows: Mapping[str, tuple[Event, ...]]
    """By dataset: every row that some plan counts and that may be listed, made safe already."""
    languages: tuple[Language, ...] = ()
    """Those that the dossier is built in beside English, with what the case calls its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One format: what it is called, what it holds, and what it cannot carry."""

    name: str
    file_name: str
    media_type: str
    holds: str
    """In a sentence, for `wordkept export --list` and the README beside the files."""
    leaves_out: tuple[str, ...]
    """What of the dossier the format cannot carry, a sentence each."""
    write: Callable[[Material], bytes]
    write_in: Callable[[Material, Language], bytes] | None = None
    """The same in another language; None of a format that speaks English only."""

    def file_in(self, code: str) -> str:
        """The file in another language, called as the pages are.

        >>> Export(name="pdf", file_name="dossier.pdf", media_type="", holds="", leaves_out=(),
        ...        write=lambda _: b"").file_in("ar")
        'dossier.ar.pdf'
        """
        stem, ending = self.file_name.split(".", 1)
        return f"{stem}.{code}.{ending}"

    def files(self, material: Material) -> dict[str, bytes]:
        """Its file, and one for each other language that the dossier is built in and it speaks."""
        made = {self.file_name: self.write(material)}
        if self.write_in is not None:
            for spoken in material.languages:
                made[self.file_in(spoken.code)] = self.write_in(material, spoken)
        return made

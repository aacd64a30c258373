"""Where in a TOML text each key stands, which the standard library's reader does not say."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'  # up to two more quotes belong to the text
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
BARE_KEY = re.compile(r"[^\s.=\[\]{}\"'#,]+")
SCALAR = re.compile(r"[^,\]}#\n]+")
DOT = re.compile(r"[ \t]*\.[ \t]*")
EQUALS = re.compile(r"[ \t]*=[ \t]*")


class ScanError(ValueError):
    """The text stops being TOML on a line."""

    def __init__(self, line: int) -> None:
        super().__init__(f"no TOML at line {line}")
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The line of every table, key and list item of a text, and what stands in it twice."""

    lines: dict[KeyPath, int]
    repeats: tuple[tuple[KeyPath, int, int], ...]
    """Each with its first line and the line where it stands again."""


def layout(text: str) -> Layout:
    r"""Where each table, key and list item stands, from a text that TOML's grammar allows.

    Raises ScanError where the grammar does not; that a key stands twice is no such error here.

    >>> layout('[plan]\nactors = [  # who\n  "Russia",\n]\n').lines
    {('plan',): 1, ('plan', 'actors'): 2, ('plan', 'actors', 0): 3}
    """
    return _Scan(text).run()


@dataclass(slots=True)
class _Scan:
    text: str
    at: int = 0
    breaks: Sequence[int] = ()
    lines: dict[KeyPath, int] = field(default_factory=dict)
    given: set[KeyPath] = field(default_factory=set)
    last_item: dict[KeyPath, int] = field(default_factory=dict)
    repeats: list[tuple[KeyPath, int, int]] = field(default_factory=list)

    def run(self) -> Layout:
        self.breaks = [found.start() for found in re.finditer("\n", self.text)]
        table: KeyPath = ()
        self.take(BLANK)
        while self.at < len(self.text):
            table = self.header() if self.text[self.at] == "[" else self.pair(table)
            self.take(BLANK)
        return Layout(lines=self.lines, repeats=tuple(self.repeats))

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ScanError(self.line())
        self.at = found.end()
        return found[0]

    def take_mark(self, mark: str) -> None:
        self.take(re.compile(re.escape(mark)))

    def line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1

    def record(self, path: KeyPath, line: int, *, explicit: bool) -> None:
        """Remember the line of a path; one that only stood inside a longer one yields."""
        for depth in range(1, len(path)):
            self.lines.setdefault(path[:depth], line)
        if explicit and path in self.given:
            self.repeats.append((path, self.lines[path], line))
        elif explicit:
            self.lines[path] = line
            self.given.add(path)
        else:
            self.lines.setdefault(path, line)

    def resolve(self, keys: Sequence[str]) -> KeyPath:
        """The path of a header's keys, through the last item of each list of tables."""
        path: KeyPath = ()
        for key in keys:
            path = (*path, key)
            if path in self.last_item:
                path = (*path, self.last_item[path])
        return path

    def header(self) -> KeyPath:
        line, brackets = self.line(), 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        self.take(BLANK)
        keys = self.key()
        self.take(BLANK)
        self.take_mark("]" * brackets)
        if brackets == 1:
            path = self.resolve(keys)
            self.record(path, line, explicit=True)
            return path
        items = (*self.resolve(keys[:-1]), keys[-1])
        if items in self.last_item:
            self.last_item[items] += 1
        else:
            self.record(items, line, explicit=True)
            self.last_item[items] = 0
        path = (*items, self.last_item[items])
        self.record(path, line, explicit=True)
        return path

    def key(self) -> tuple[str, ...]:
        parts = [self.key_part()]
        while DOT.match(self.text, self.at):
            self.take(DOT)
            parts.append(self.key_part())
        return tuple(parts)

    def key_part(self) -> str:
        if self.text[self.at : self.at + 1] not in ("'", '"'):
            return self.take(BARE_KEY)
        return str(tomllib.loads(f"key = {self.take(STRING)}")["key"])

    def pair(self, table: KeyPath) -> KeyPath:
        """Pass over `key = value` and give back the table it stands in."""
        line, path = self.line(), (*table, *self.key())
        self.record(path, line, explicit=True)
        self.take(EQUALS)
        self.value(path)
        return table

    def value(self, path: KeyPath) -> None:
        mark = self.text[self.at : self.at + 1]
        if mark == "[":
            self.items(path)
        elif mark == "{":
            self.inline_table(path)
        else:
            self.take(STRING if mark in ("'", '"') else SCALAR)

    def items(self, path: KeyPath) -> None:
        self.take_mark("[")
        self.take(BLANK)
        index = 0
        while not self.text.startswith("]", self.at):
            self.record((*path, index), self.line(), explicit=False)
            self.value((*path, index))
            self.take(BLANK)
            if not self.text.startswith("]", self.at):
                self.take_mark(",")
                self.take(BLANK)
            index += 1
        self.take_mark("]")

    def inline_table(self, path: KeyPath) -> None:
        self.take_mark("{")
        self.take(BLANK)
        while not self.text.startswith("}", self.at):
            self.pair(path)
            self.take(BLANK)
            if not self.text.startswith("}", self.at):
                self.take_mark(",")
                self.take(BLANK)
        self.take_mark("}")

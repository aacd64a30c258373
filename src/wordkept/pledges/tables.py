"""A table of a pledge file, read key by key; what is wrong is noted with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from wordkept.errors import did_you_mean
from wordkept.pledges.sheet import Sheet
from wordkept.pledges.syntax import NO_DAY

Choice = TypeVar("Choice", bound=str)

UNREAD_DAY = date.min
"""Stands where a required date could not be read: the file is refused before anyone sees it."""
OPTIONAL = "write it, or leave the key out if nothing was said of it"
FIRST_YEAR, LAST_YEAR = 1900, 2100
WORDS_FOR: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    datetime: "a date with a time",
    date: "a date",
    time: "a time of day",
    list: "a list",
    dict: "a table",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Between what two numbers a value must lie; an end left out is open.

    >>> str(Limits(above=0, at_most=0.5)), 0.5 in Limits(above=0, at_most=0.5)
    ('more than 0 and at most 0.5', True)
    >>> float("nan") in Limits(at_least=1, at_most=9)
    False
    """

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    def __contains__(self, number: float) -> bool:
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.above is None or number > self.above)
            and (self.at_most is None or number <= self.at_most)
            and (self.below is None or number < self.below)
        )

    def __str__(self) -> str:
        ends = (
            ("at least", self.at_least),
            ("more than", self.above),
            ("at most", self.at_most),
            ("less than", self.below),
        )
        return " and ".join(f"{words} {end:g}" for words, end in ends if end is not None)


class Table:
    """One table; each key is asked for by its kind, and `close` notes those nobody asked for."""

    def __init__(self, sheet: Sheet, values: Mapping[str, Any], *path: str | int) -> None:
        self.sheet = sheet
        self.values = values
        self.path = path
        self.asked: list[str] = []
        self.required: list[str] = []

    @property
    def name(self) -> str:
        """The table as it is written in the file: `[plan.primary]`, `[[plan.others]]`."""
        if not self.path:
            return "this file"
        name = f"[{self._dotted()}]"
        return f"[{name}]" if isinstance(self.path[-1], int) else name

    def note(self, key: str | None, what: str, remedy: str, *index: int) -> None:
        """Remember a problem at a key of this table, or at the table itself."""
        path = self.path if key is None else (*self.path, key, *index)
        self.sheet.note(path, what, remedy)

    def close(self) -> None:
        """Note every key that is not one of those asked for."""
        for key in self.values:
            if key not in self.asked:
                known = f"{self.name} may hold: {', '.join(self.asked)}"
                remedy = did_you_mean(key, self.asked, otherwise=known)
                self.note(key, f'"{key}" is not a key of {self.name}', remedy)

    def has(self, key: str) -> bool:
        """Whether the file gives the key, rightly or wrongly."""
        return key in self.values

    def text(self, key: str) -> str:
        """The text of a key that must be there; empty where it could not be read."""
        self._require(key, f'write {key} = "..."')
        return self.text_or_none(key) or ""

    def text_or_none(self, key: str) -> str | None:
        """The text of a key, white space at its ends cut off; None where the key is left out."""
        value = self._value(key, str, f'put it in quotes: {key} = "..."')
        return value.strip() if value is not None and self._readable(value, key) else None

    def items(self, key: str, *, exact: bool = False) -> tuple[tuple[int, str], ...]:
        """The texts of a list with their places; `exact` leaves their white space as it stands."""
        read: dict[str, int] = {}
        for index, item in self._list(key, f'write it as a list: {key} = ["..."]'):
            if not isinstance(item, str):
                what = f'an item of "{key}" is {kind_of(item)}, not text'
                self.note(key, what, f'put it in quotes: {key} = ["..."]', index)
            elif self._readable(item, key, index):
                words = item if exact else item.strip()
                if words in read:
                    self.note(key, f'"{words}" stands twice in "{key}"', "keep one of them", index)
                read.setdefault(words, index)
        return tuple((index, words) for words, index in read.items())

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, white space at their ends cut off; none where it is left out."""
        return tuple(words for _, words in self.items(key))

    def choice(
        self, key: str, choices: tuple[Choice, ...], default: Choice | None = None
    ) -> Choice:
        """One of a few words; the key must be there where there is no default."""
        if default is None:
            self._require(key, f"write {key} with one of: {', '.join(choices)}")
        word = self.text_or_none(key)
        if word is not None and word not in choices:
            self._refuse(key, word, choices)
        return next((known for known in choices if known == word), default or choices[0])

    def choices(self, key: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Some of a few words, in the order of `choices`; all of them where the key is left out."""
        items = self.items(key)
        for index, word in items:
            if word not in choices:
                self._refuse(key, word, choices, index)
        if self.values.get(key) == []:
            self.note(key, f'"{key}" is an empty list', f"name some of: {', '.join(choices)}")
        words = {word for _, word in items}
        return tuple(known for known in choices if known in words) or choices

    def day(self, key: str) -> date:
        """The day of a key that must be there; UNREAD_DAY where it could not be read."""
        self._require(key, f"write {key} = 2016-03-14, without quotes")
        return self.day_or_none(key) or UNREAD_DAY

    def day_or_none(self, key: str) -> date | None:
        """The day of a key; None where the key is left out."""
        self._ask(key)
        day = self.values.get(key)
        if day is None or day == NO_DAY:
            return None
        if isinstance(day, str):
            self._refuse_day(key, day)
            return None
        if not isinstance(day, date) or isinstance(day, datetime):
            remedy = f"write the day alone: {key} = 2016-03-14"
            self.note(key, f'"{key}" is {kind_of(day)}, not a date', remedy)
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            years = f"the years {FIRST_YEAR} to {LAST_YEAR}"
            self.note(key, f'"{key}" ({day}) lies outside {years}', "check the year")
            return None
        return day

    def number(self, key: str, default: float, limits: Limits) -> float:
        """A number within its limits; the default where the key is left out or wrong."""
        value = self._value(key, float, f"write {key} = {default:g}, without quotes")
        if value is None:
            return default
        if value not in limits:
            self.note(key, f'"{key}" is {value}', f"it must be {limits}")
            return default
        return float(value)

    def whole(self, key: str, default: int, limits: Limits) -> int:
        """A whole number within its limits; the default where the key is left out or wrong."""
        value = self._value(key, float, f"write {key} = {default}, without quotes")
        if value is None:
            return default
        if value not in limits or not isinstance(value, int):
            self.note(key, f'"{key}" is {value}', f"it must be a whole number, {limits}")
            return default
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false; the default where the key is left out."""
        value = self._value(key, bool, f"write {key} = true or {key} = false, without quotes")
        return default if value is None else bool(value)

    def table(self, key: str) -> "Table | None":
        """The table under a key; None where there is none."""
        value = self._value(key, dict, f"write it as one table: [{self._dotted(key)}]")
        return None if value is None else Table(self.sheet, value, *self.path, key)

    def tables(self, key: str) -> "tuple[Table, ...]":
        """The list of tables under a key, in the order of the file."""
        remedy = f"write each as a table: [[{self._dotted(key)}]]"
        read: list[Table] = []
        for index, item in self._list(key, remedy):
            if isinstance(item, dict):
                read.append(Table(self.sheet, item, *self.path, key, index))
            else:
                what = f'an item of "{key}" is {kind_of(item)}, not a table'
                self.note(key, what, remedy, index)
        return tuple(read)

    def _dotted(self, *more: str) -> str:
        return ".".join([*(part for part in self.path if isinstance(part, str)), *more])

    def _ask(self, key: str) -> None:
        if key not in self.asked:
            self.asked.append(key)

    def _require(self, key: str, remedy: str) -> None:
        self._ask(key)
        self.required.append(key)
        if key not in self.values:
            self.note(None, f'{self.name} has no "{key}"', remedy)

    def _value(self, key: str, kind: type, remedy: str) -> Any:
        """The value of a key if it is of the kind; None where it is not, and a note."""
        self._ask(key)
        value = self.values.get(key)
        kinds = (int, float) if kind is float else kind
        if value is None or (
            isinstance(value, kinds) and (isinstance(value, bool) == (kind is bool))
        ):
            return value
        self.note(key, f'"{key}" is {kind_of(value)}, not {WORDS_FOR[kind]}', remedy)
        return None

    def _list(self, key: str, remedy: str) -> Iterator[tuple[int, Any]]:
        return enumerate(self._value(key, list, remedy) or ())

    def _readable(self, words: str, key: str, *index: int) -> bool:
        """Whether a text says something; a note where it is empty, a placeholder or garbled."""
        plain = words.strip()
        remedy = "write it" if key in self.required else OPTIONAL
        if not plain:
            what = "is empty"
        elif plain.startswith("<") and plain.endswith(">"):
            what = f"still holds the draft's placeholder {plain}"
        elif not all(mark.isprintable() or mark in "\n\t" for mark in words if mark.isascii()):
            what, remedy = "holds a character that cannot be printed", "type the words again"
        else:
            return True
        self.note(key, f'"{key}" {what}', remedy, *index)
        return False

    def _refuse(self, key: str, word: str, choices: tuple[str, ...], *index: int) -> None:
        remedy = did_you_mean(word, choices, otherwise=f"write one of: {', '.join(choices)}")
        self.note(key, f'"{key}" cannot be "{word}"', remedy, *index)

    def _refuse_day(self, key: str, words: str) -> None:
        if not self._readable(words, key):
            return
        try:
            day = date.fromisoformat(words.strip())
        except ValueError:
            self.note(key, f'"{key}" is text, not a date', f"write {key} = 2016-03-14")
        else:
            self.note(key, f'"{key}" is a date in quotes', f"take them away: {key} = {day}")


def kind_of(value: object) -> str:
    """What a value of a TOML file is, in words.

    >>> kind_of(True), kind_of(2), kind_of(date(2016, 3, 14))
    ('true or false', 'a number', 'a date')
    """
    return WORDS_FOR[type(value)]

"""The tables of what was declared and found: verdicts, quotes, levels and weeks, all gated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from wordkept.dossier.exports.table import Column, Table, table
from wordkept.dossier.gate import ShownSeries, ShownWeek
from wordkept.dossier.shown import Level, Quote, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of one pledge's evidence, with the pledge it belongs to."""

    shown: Shown
    part: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of one series."""

    series: ShownSeries
    week: ShownWeek


def _bound(name: str, of: Callable[[Sequence[float]], float]) -> Callable[[Shown], float | None]:
    """The least or the greatest of a number over the primary record's levels; None if any lacks."""

    def found(shown: Shown) -> float | None:
        own = [one for one in shown.levels if one.dataset == shown.levels[0].dataset]
        numbers = [getattr(one, name) for one in own]
        return None if not numbers or None in numbers else of(numbers)

    return found


def _counted(name: str) -> Callable[[Shown], Any]:
    return lambda shown: getattr(shown.count, name) if shown.count else None


ID = Column(name="pledge", kind="text", tag="#meta+id+pledge", of=attrgetter("shown.id"))
VERDICTS = (
    Column(name="pledge", kind="text", tag="#meta+id+pledge", of=attrgetter("id")),
    Column(name="title", kind="text", tag="#meta+title", of=attrgetter("title")),
    Column(name="actor", kind="text", tag="#group+name", of=attrgetter("actor")),
    Column(name="kind", kind="text", tag="#activity+type", of=attrgetter("kind")),
    Column(name="announced", kind="day", tag="#date+announced", of=attrgetter("announced")),
    Column(name="starts", kind="day", tag="#date+start", of=attrgetter("starts")),
    Column(name="ends", kind="day", tag="#date+end", of=attrgetter("ends")),
    Column(name="word", kind="text", tag="#status+verdict", of=attrgetter("reading.word")),
    Column(
        name="sentence", kind="text", tag="#description+verdict", of=attrgetter("reading.sentence")
    ),
    Column(name="level_low", kind="decimal", tag="#indicator+level+min", of=_bound("ratio", min)),
    Column(name="level_high", kind="decimal", tag="#indicator+level+max", of=_bound("ratio", max)),
    Column(name="ordinary_low", kind="decimal", tag="#indicator+level+ordinary+min",
           of=_bound("ordinary_low", min)),
    Column(name="ordinary_high", kind="decimal", tag="#indicator+level+ordinary+max",
           of=_bound("ordinary_high", max)),
    Column(name="count_low", kind="whole", tag="#indicator+count+min", of=_counted("low")),
    Column(name="count_high", kind="whole", tag="#indicator+count+max", of=_counted("high")),
    Column(name="count_of", kind="whole", tag="#indicator+count+total", of=_counted("of")),
    Column(name="as_of", kind="day", tag="#date+reported", of=attrgetter("as_of")),
    Column(name="plan_fixed", kind="text", tag="#meta+plan+fixed", of=attrgetter("fixed")),
    Column(name="plan_hash", kind="text", tag="#meta+plan+hash", of=attrgetter("plan_hash")),
    Column(name="citation", kind="text", tag="#meta+citation", of=attrgetter("citation")),
)  # fmt: skip
QUOTES = (
    ID,
    Column(name="speaker", kind="text", tag="#contact+name+speaker",
           of=attrgetter("part.speaker")),
    Column(name="made_on", kind="day", tag="#date+stated", of=attrgetter("part.made_on")),
    Column(name="words", kind="text", tag="#description+quote", of=attrgetter("part.words")),
    Column(name="note", kind="text", tag="#meta+note", of=attrgetter("part.note")),
    Column(name="before_them", kind="text", tag="#description+quote+before",
           of=attrgetter("part.lead")),
    Column(name="after_them", kind="text", tag="#description+quote+after",
           of=attrgetter("part.trail")),
    Column(name="document", kind="text", tag="#meta+document+title", of=attrgetter("part.title")),
    Column(name="publisher", kind="text", tag="#meta+source+name", of=attrgetter("part.publisher")),
    Column(name="published", kind="day", tag="#date+published", of=attrgetter("part.published")),
    Column(name="url", kind="text", tag="#meta+url", of=attrgetter("part.url")),
    Column(name="captured_at", kind="text", tag="#meta+captured+time",
           of=attrgetter("part.captured_at")),
    Column(name="capture", kind="text", tag="#meta+capture+hash", of=attrgetter("part.capture")),
    Column(name="from_character", kind="whole", tag="#meta+capture+start",
           of=attrgetter("part.start")),
    Column(name="to_character", kind="whole", tag="#meta+capture+end", of=attrgetter("part.end")),
)  # fmt: skip
LEVELS = (
    ID,
    Column(name="dataset", kind="text", tag="#meta+source+code", of=attrgetter("part.dataset")),
    Column(name="attribution", kind="text", tag="#meta+attribution",
           of=attrgetter("part.attribution")),
    Column(name="counted", kind="text", tag="#meta+counted", of=attrgetter("part.bound")),
    Column(name="baseline_from", kind="day", tag="#date+baseline+start",
           of=attrgetter("part.baseline.start")),
    Column(name="baseline_to", kind="day", tag="#date+baseline+end",
           of=attrgetter("part.baseline.end")),
    Column(name="window_from", kind="day", tag="#date+window+start",
           of=attrgetter("part.window.start")),
    Column(name="window_to", kind="day", tag="#date+window+end", of=attrgetter("part.window.end")),
    Column(name="before", kind="whole", tag="#indicator+events+before",
           of=attrgetter("part.before.n")),
    Column(name="before_text", kind="text", tag="#description+events+before",
           of=attrgetter("part.before.text")),
    Column(name="after", kind="whole", tag="#indicator+events+after",
           of=attrgetter("part.after.n")),
    Column(name="after_text", kind="text", tag="#description+events+after",
           of=attrgetter("part.after.text")),
    *(
        Column(name=name, kind="decimal", tag=f"#indicator+{tag}", of=attrgetter(f"part.{name}"))
        for name, tag in (
            ("expected", "events+expected"), ("ratio", "level"),
            ("ratio_low", "level+reporting+min"), ("ratio_high", "level+reporting+max"),
            ("ordinary_low", "level+ordinary+min"), ("ordinary_high", "level+ordinary+max"),
            ("p_shift", "chance+shift"), ("p_level", "chance+forecast"), ("p", "chance"),
        )
    ),
    Column(name="level_text", kind="text", tag="#description+level", of=attrgetter("part.text")),
    Column(name="chance_text", kind="text", tag="#description+chance",
           of=attrgetter("part.chance")),
)  # fmt: skip
WEEKS = (
    ID,
    Column(name="dataset", kind="text", tag="#meta+source+code",
           of=attrgetter("part.series.dataset")),
    Column(name="attribution", kind="text", tag="#meta+attribution",
           of=attrgetter("part.series.attribution")),
    Column(name="role", kind="text", tag="#meta+role", of=attrgetter("part.series.role")),
    Column(name="counted", kind="text", tag="#meta+counted", of=attrgetter("part.series.label")),
    Column(name="from", kind="day", tag="#date+start", of=attrgetter("part.week.days.start")),
    Column(name="to", kind="day", tag="#date+end", of=attrgetter("part.week.days.end")),
    Column(name="events", kind="whole", tag="#indicator+events+num",
           of=attrgetter("part.week.events.n")),
    Column(name="events_text", kind="text", tag="#description+events",
           of=attrgetter("part.week.events.text")),
)  # fmt: skip


def verdicts(shown: Sequence[Shown]) -> Table:
    """A row a pledge: what was declared, the word, its sentence, the ranges and the plan's hash."""
    holds = "Each pledge: who declared it and when, the verdict with its ranges, and the plan."
    return table("verdicts", holds, VERDICTS, shown)


def quoted(shown: Sequence[Shown]) -> Table:
    """A row a passage: the words that were quoted, by whom, and where in which capture."""
    parts: Iterator[tuple[Shown, Quote]] = ((one, part) for one in shown for part in one.quotes)
    holds = "The words of each pledge in their passage, with the capture that they stand in."
    return table("quotes", holds, QUOTES, (Part(shown=one, part=part) for one, part in parts))


def levels(shown: Sequence[Shown]) -> Table:
    """A row an estimate: the level after as a share of the level before, with its ranges."""
    parts: Iterator[tuple[Shown, Level]] = ((one, part) for one in shown for part in one.levels)
    holds = "Each estimate: the events before and after, the level after, and its ranges."
    return table("levels", holds, LEVELS, (Part(shown=one, part=part) for one, part in parts))


def weeks(shown: Sequence[Shown]) -> Table:
    """A row a week of a series, its number only where it may be printed."""
    parts = (
        Part(shown=one, part=Week(series=series, week=week))
        for one in shown
        for series in one.series
        for week in series.weeks
    )
    holds = 'The series by week; a week that may not be printed says "under k" or "withheld".'
    return table("weeks", holds, WEEKS, parts)

"""What a picture of a result holds: weeks counted from the pledge's date, and levels as lines."""

from dataclasses import dataclass
from datetime import date

from wordkept.model import Assessment, DailySeries
from wordkept.period import Period
from wordkept.prose import count, day, percent

WEEK = 7
MARKS = "Shaded: the days that are compared. Dashed: their means."
BEFORE_DAYS, AFTER_DAYS = 400, 365
"""A picture reaches as far back as the tests do, and a year on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days and what was counted in them."""

    start: date
    end: date
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The mean of some days, as a weekly number."""

    days: Period
    weekly: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A series by week, with the pledge's date and the days that are compared."""

    heading: str
    starts: date
    days: Period
    weeks: tuple[Week, ...]
    """Whole weeks only; one begins on the pledge's date."""
    window: Level | None
    baselines: tuple[Level, ...]
    description: str


def drawing(assessment: Assessment) -> Drawing:
    """The picture's values: nothing in it that the result does not say."""
    series = assessment.series[0]
    starts = assessment.pledge.starts or series.start
    weeks = weekly(series, starts)
    heading = f"{series.label[:1].upper()}{series.label[1:]} a week"
    return Drawing(
        heading=heading,
        starts=starts,
        days=Period(weeks[0].start, weeks[-1].end) if weeks else Period(series.start, series.end),
        weeks=weeks,
        window=_window(assessment),
        baselines=_baselines(assessment),
        description=_description(assessment, heading, weeks),
    )


def weekly(series: DailySeries, starts: date) -> tuple[Week, ...]:
    """The whole weeks of a series that lie near a date, one of which begins on it."""
    offset = (starts - series.start).days
    first = max(offset % WEEK, offset - BEFORE_DAYS // WEEK * WEEK)
    last = min(len(series.counts), offset + AFTER_DAYS)
    return tuple(
        Week(start=(days := Period.of(_day(series, place), days=WEEK)).start, end=days.end,
             events=sum(series.counts[place : place + WEEK]))
        for place in range(first, last - WEEK + 1, WEEK)
    )  # fmt: skip


def _day(series: DailySeries, place: int) -> date:
    return date.fromordinal(series.start.toordinal() + place)


def _window(assessment: Assessment) -> Level | None:
    if not assessment.estimates:
        return None
    one = assessment.estimates[0]
    rate = one.window_events / len(one.window)
    words = f"{len(one.window)} days from {day(one.window.start)}"
    return Level(days=one.window, weekly=rate * WEEK, words=words)


def _baselines(assessment: Assessment) -> tuple[Level, ...]:
    return tuple(
        Level(
            days=one.baseline_period,
            weekly=one.baseline_events / len(one.baseline_period) * WEEK,
            words=f"{count(len(one.baseline_period), 'day')} before: the window stands at "
            f"{percent(one.ratio)} of it" if one.ratio is not None else "no event before",
        )
        for one in assessment.estimates
    )  # fmt: skip


def _description(assessment: Assessment, heading: str, weeks: tuple[Week, ...]) -> str:
    said = [f"{heading}."]
    if weeks:
        said.append(f"Weeks from {day(weeks[0].start)} to {day(weeks[-1].end)}.")
        peak = max(weeks, key=lambda week: week.events)
        said.append(f"The most, {peak.events:,}, in the week of {day(peak.start)}.")
    return " ".join([*said, assessment.verdict.sentence])

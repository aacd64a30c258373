"""A result as an Altair chart: weeks, the days compared, and the declared date with its words."""

import textwrap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from wordkept.dossier.unseen import reveal
from wordkept.errors import InputError, Problem
from wordkept.model import Assessment
from wordkept.notebook.drawn import MARKS, Drawing, Level, drawing
from wordkept.prose import day

WIDTH, HEIGHT = 640, 260
COUNTS, LEVELS, QUIET = "#0072b2", "#b0578a", "#6f6a61"
"""Two of Okabe and Ito's hues, told apart in grey print by their dashes."""
SHADES = {"before": "#b87a00", "after": "#0072b2"}
FAINT = 0.10
LINE = 96
"""Letters of the sentence on a line above the chart."""


def chart(assessment: Assessment) -> Any:
    """An Altair chart of the series by week. Raises InputError where Altair is not installed."""
    try:
        import altair as alt
    except ImportError as error:
        raise InputError(
            Problem(
                what="a chart needs Altair, which is not installed",
                where="Result.plot()",
                remedy='install it: pip install "wordkept[notebook]"',
            )
        ) from error
    drawn = drawing(assessment)
    said = [*_lines(assessment.verdict.sentence), MARKS]
    layers = [*_shades(alt, drawn), _weeks(alt, drawn), *_levels(alt, drawn), *_date(alt, drawn)]
    title = alt.Title(drawn.heading, subtitle=said, anchor="start", offset=20)
    named = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=title,
                                          description=drawn.description)  # fmt: skip
    return named.configure_view(stroke=None).configure_axis(
        gridOpacity=0.5, domain=False, labelColor=QUIET, titleColor=QUIET
    )


def _lines(sentence: str) -> list[str]:
    """A sentence in lines that stand above the chart."""
    return textwrap.wrap(reveal(sentence), LINE)


def _moment(on: date) -> str:
    # With a time of day a browser reads it as local, and shows it as local: the same day anywhere.
    return f"{on.isoformat()}T00:00:00"


def _after(on: date) -> date:
    return on + timedelta(days=1)


def _values(alt: Any, rows: list[dict[str, Any]]) -> Any:
    return alt.Chart(alt.InlineData(values=rows))


def _weeks(alt: Any, drawn: Drawing) -> Any:
    rows = [
        {"day": _moment(week.start), "events": week.events,
         "week": f"{day(week.start)} to {day(week.end)}"}
        for week in drawn.weeks
    ]  # fmt: skip
    if rows:  # the step of the last week ends where the week does
        rows.append(rows[-1] | {"day": _moment(_after(drawn.weeks[-1].end))})
    marked = _values(alt, rows).mark_line(interpolate="step-after", color=COUNTS, strokeWidth=1.8)
    return marked.encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(grid=False)),
        y=alt.Y("events:Q", title=None, scale=alt.Scale(domainMin=0)),
        tooltip=[alt.Tooltip("week:N", title="Week"), alt.Tooltip("events:Q", title="Events")],
    )


def _shades(alt: Any, drawn: Drawing) -> Iterator[Any]:
    for kind, levels in (("before", drawn.baselines), ("after", (drawn.window,))):
        rows = [
            {"from": _moment(one.days.start), "to": _moment(_after(one.days.end))}
            for one in levels
            if one is not None
        ]
        if rows:
            marked = _values(alt, rows).mark_rect(color=SHADES[kind], opacity=FAINT)
            yield marked.encode(x="from:T", x2="to:T")


def _levels(alt: Any, drawn: Drawing) -> Iterator[Any]:
    """The mean of each baseline and of the window, with its words where it is pointed at."""
    levels: list[Level] = [one for one in (*drawn.baselines, drawn.window) if one is not None]
    rows = [
        {"from": _moment(one.days.start), "to": _moment(_after(one.days.end)),
         "weekly": round(one.weekly, 2), "words": one.words}
        for one in levels
    ]  # fmt: skip
    if rows:
        marked = _values(alt, rows).mark_rule(color=LEVELS, strokeWidth=2.5, strokeDash=[6, 3])
        yield marked.encode(
            x="from:T",
            x2="to:T",
            y="weekly:Q",
            tooltip=[
                alt.Tooltip("words:N", title="Mean of"),
                alt.Tooltip("weekly:Q", title="Events a week"),
            ],
        )


def _date(alt: Any, drawn: Drawing) -> Iterator[Any]:
    rows = [{"day": _moment(drawn.starts), "words": day(drawn.starts)}]
    yield _values(alt, rows).mark_rule(color=QUIET).encode(x="day:T")
    late = drawn.starts.toordinal() - drawn.days.start.toordinal() > len(drawn.days) / 2
    label = _values(alt, rows).mark_text(
        align="right" if late else "left", baseline="bottom", color=QUIET
    )
    yield label.encode(x="day:T", y=alt.value(-4), text="words:N")

"""The dossier as one HTML file that opens from disk: no network, no font, no script it needs."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.bar_chart import BarTable, bar_chart, bar_table
from wordkept.dossier.board_chart import board_chart
from wordkept.dossier.board_shown import shown_board
from wordkept.dossier.compiled import Compiled
from wordkept.dossier.count_chart import count_chart
from wordkept.dossier.count_shown import PART_WORDS
from wordkept.dossier.curve_chart import curve_chart
from wordkept.dossier.disproof import CORRECTION, disproof
from wordkept.dossier.drawing import Chart, described, party_classes
from wordkept.dossier.history_shown import shown_history
from wordkept.dossier.interval_chart import interval_chart
from wordkept.dossier.languages.language import (
    ENGLISH,
    IN_ENGLISH,
    LANGUAGES,
    Language,
    page_name,
)
from wordkept.dossier.languages.said import Plain, Said
from wordkept.dossier.map_table import map_figures
from wordkept.dossier.panels import drawn_days, panels, visible
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.rows_behind import Evidenced, rows_behind
from wordkept.dossier.series_chart import Declared, series_chart
from wordkept.dossier.shown import Check, Record, Shown
from wordkept.dossier.unseen import reveal
from wordkept.ids import bytes_id, short

TEMPLATES = "templates"
COPIED = (
    "{sentence:said} (wordkept {version:name}, case {case:name}: {citation:said}; ledger "
    "{ledger:name})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTable:
    """The table behind a chart: a column for each series, a row for each week."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One pledge on the page, with its charts and the table behind them."""

    anchor: str
    shown: Shown
    series: Chart | None
    levels: Chart | None
    curve: Chart | None
    count: Chart | None
    weeks: WeekTable | None
    found: tuple[tuple[Check, Chart, BarTable], ...]
    """What the audit found that has a chart, with the table behind it."""
    behind: Evidenced
    disproof: tuple[str, ...]
    copied: Plain
    """What the copy button copies: the sentence and its citation."""


def render_html(
    report: CaseReport, spoken: Language = IN_ENGLISH, beside: Sequence[str] = ()
) -> str:
    """The whole dossier as one self-contained HTML page, the same bytes for an equal report.

    Beside it lie the pages of other languages, by their codes, to which it leads.
    """
    spoken = spoken.afresh()
    made = entries(report, spoken=spoken)
    pledges = [one.shown for one in made]
    parties = party_classes(pledge.actor for pledge in pledges)
    notes: dict[str, int] = {}
    template = _environment().get_template("page.html.j2")
    style, script = _asset("page.css"), _asset("page.js")
    style += "" if spoken.code == ENGLISH else _asset("translated.css")
    return template.render(
        report=report,
        spoken=spoken,
        say=spoken.say,
        plain=spoken.plain,
        pages=_pages(spoken, beside),
        board=board_chart(pledges, parties, spoken),
        history=shown_history(report),
        board_shown=shown_board(report.board, report.assessments),
        anchors={pledge.id: anchor(pledge.id) for pledge in pledges},
        entries=made,
        maps=map_figures(report, spoken),
        records=_records(pledges),
        parties=parties,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=_policy(style, script),
        note=lambda url: notes.setdefault(url, len(notes) + 1),
        notes=notes,
        correction=CORRECTION,
        figure=_figure,
    )


def entries(
    report: CaseReport, only: str | None = None, spoken: Language = IN_ENGLISH
) -> tuple[Entry, ...]:
    """Each pledge with its charts and the rows behind its counts; of one pledge where it is named.

    The page, the terminal and the charts as files are made from these.
    """
    pledges = shown_case(report)
    parties = party_classes(pledge.actor for pledge in pledges)
    behind = rows_behind(report, pledges)
    return tuple(
        replace(
            _entry(pledge, pledges, parties, spoken),
            behind=behind[pledge.id],
            copied=_copied(pledge, report, spoken),
        )
        for pledge in pledges
        if only in (None, pledge.id)
    )


def anchor(identity: str) -> str:
    """A place on the page named after a pledge's id, plain enough for any attribute.

    >>> anchor("withdrawal-2016-03")
    'pledge-withdrawal-2016-03'
    >>> anchor('"><b>')
    'pledge-fa6d1fc7a7fe'
    """
    plain = re.fullmatch(r"[a-z0-9][a-z0-9-]*", identity) is not None
    return f"pledge-{identity if plain else short(bytes_id(identity.encode('utf-8', 'replace')))}"


def _entry(
    pledge: Shown, pledges: Sequence[Shown], parties: Mapping[str, str], spoken: Language
) -> Entry:
    return Entry(
        anchor=anchor(pledge.id),
        shown=pledge,
        series=series_chart(pledge, _declared(pledge, pledges), parties, spoken),
        levels=interval_chart(pledge, parties, spoken),
        curve=curve_chart(pledge, spoken),
        count=count_chart(pledge, parties, spoken),
        weeks=_week_table(pledge),
        found=tuple(_found(pledge, spoken)),
        behind=Evidenced(),
        disproof=disproof(pledge),
        copied=Plain(""),
    )


def _copied(pledge: Shown, report: CaseReport, spoken: Language) -> Plain:
    return spoken.say(
        COPIED,
        sentence=pledge.reading.sentence,
        version=report.version,
        case=report.case,
        citation=pledge.citation,
        ledger=short(report.ledger_head),
    ).text


def _pages(spoken: Language, beside: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """The pages in other languages: the code, the name and the file of each."""
    return tuple(
        (code, LANGUAGES[code], page_name(code))
        for code in LANGUAGES
        if code in beside and code != spoken.code
    )


def _found(pledge: Shown, spoken: Language) -> Iterator[tuple[Check, Chart, BarTable]]:
    for check in pledge.checks:
        chart, table = bar_chart(check, spoken), bar_table(check)
        if chart is not None and table is not None:
            yield check, chart, table


def _records(pledges: Sequence[Shown]) -> tuple[Record, ...]:
    """Every release that some pledge rests on, once."""
    return tuple({record.id: record for pledge in pledges for record in pledge.records}.values())


def _declared(pledge: Shown, pledges: Sequence[Shown]) -> tuple[Declared, ...]:
    """What was declared in the case, and what this pledge is not told apart from."""
    found = {
        (one.id): Declared(day=one.starts or one.announced, words=one.title, own=one is pledge)
        for one in pledges
    }
    for other in pledge.others:
        found.setdefault(other.pledge, Declared(day=other.starts, words=other.title, own=False))
    return tuple(found.values())


def _week_table(pledge: Shown) -> WeekTable | None:
    days = drawn_days(pledge)
    if days is None:
        return None
    series = [one for panel in panels(pledge) for one in panel.series]
    counts = [{week.days: week.events.text for week in visible(one, days)} for one in series]
    weeks = sorted({week for column in counts for week in column})
    return WeekTable(
        columns=tuple(f"{one.label}, {one.attribution} ({one.dataset})" for one in series),
        rows=tuple(
            (
                claims.short_day(week.start) + ("" if len(week) == 7 else f" ({len(week)} d)"),  # noqa: PLR2004
                tuple(column.get(week, "none held") for column in counts),
            )
            for week in weeks
        ),
    )


def _figure(chart: Chart, key: str) -> Markup:
    """A chart at both widths, a style showing the one that fits; a small one as it is."""
    wide = described(chart.wide, f"{key}-wide", chart.title, chart.description)
    if not chart.narrow:
        return Markup(f'<div class="one">{wide}</div>')  # noqa: S704 - text in it is escaped where it is drawn
    narrow = described(chart.narrow, f"{key}-narrow", chart.title, chart.description)
    return Markup(f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>')  # noqa: S704 - text in it is escaped where it is drawn


def _policy(style: str, script: str) -> str:
    """What the page may load: nothing; and which style and script it may use: its own two."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return files("wordkept.dossier").joinpath(TEMPLATES, name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=PackageLoader("wordkept.dossier", TEMPLATES),
        bytecode_cache=Compiled(),
        finalize=_revealed,
    )
    environment.filters.update(
        chances=prose.chances,
        day=_day,
        short_day=_short_day,
        moment=_moment,
        moment_said=claims.moment,
        number=_number,
        short=short,
        sentence=_sentence,
        own=_own,
        term=_term,
        capitalize_first=_capital,
        without_word=_without_word,
    )
    environment.globals.update(counted=prose.count, written=claims.short_day, part_words=PART_WORDS)
    return environment


def _revealed(value: object) -> object:
    told = isinstance(value, Markup | Plain)
    return reveal(value) if isinstance(value, str) and not told else value


@pass_context
def _sentence(context: Context, english: str) -> str | Said:
    """An English text in the page's language; in English a number is tied to its per-cent sign."""
    spoken: Language = context["spoken"]
    if spoken.code == ENGLISH:
        return re.sub(r"(\d) %", "\\1\u00a0%", english)
    return spoken.sentence(english)


@pass_context
def _own(context: Context, text: str) -> str | Said:
    """Somebody's name or words, as the case calls them in the page's language."""
    spoken: Language = context["spoken"]
    return text if spoken.code == ENGLISH else spoken.own(text)


@pass_context
def _term(context: Context, text: str) -> str | Said:
    """What a pledge names, in the page's language."""
    spoken: Language = context["spoken"]
    return text if spoken.code == ENGLISH else spoken.term(text)


@pass_context
def _day(context: Context, when: date) -> str:
    spoken: Language = context["spoken"]
    return spoken.day(when)


@pass_context
def _short_day(context: Context, when: date) -> str:
    spoken: Language = context["spoken"]
    return spoken.short_day(when)


@pass_context
def _moment(context: Context, utc: str) -> Said:
    spoken: Language = context["spoken"]
    return spoken.moment(utc)


@pass_context
def _number(context: Context, value: float) -> str:
    spoken: Language = context["spoken"]
    return spoken.number(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without_word(text: str, word: str) -> str:
    """The sentence less the verdict word that stands over it in larger type."""
    rest = (
        text[len(word) :].lstrip(" :;,.\u2013\u2014-") if text.casefold().startswith(word) else text
    )
    return _capital(rest) or text

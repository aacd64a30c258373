"""A made-up case of five pledges: places, parties, numbers and words are invented for the tests."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.ids import bytes_id
from wordkept.model import (
    Adjusted,
    Assessment,
    Attribution,
    Bars,
    Baseline,
    Behind,
    Board,
    Comparison,
    Completeness,
    Concurrent,
    Control,
    ControlResult,
    Count,
    Curve,
    DailySeries,
    Document,
    Durability,
    EffortCheck,
    Estimate,
    Event,
    Finding,
    Fixing,
    History,
    Passage,
    Plan,
    Pledge,
    PublicationRule,
    Receipt,
    Release,
    Selection,
    SetAside,
    Specification,
    Statement,
    Stratum,
    Symmetry,
    Tally,
    Term,
    Testability,
    TippingPoints,
    Verdict,
)
from wordkept.period import Period

RECORD_START = date(2030, 9, 2)
RECORD_DAYS = 728
CEASEFIRE = date(2032, 2, 28)
WITHDRAWAL = date(2032, 3, 16)
REDUCTION = date(2031, 10, 15)
HOSTILE = (
    'نعلن "سحب" الجزء الأكبر <script>alert(1)</script><img src=x onerror=alert(2)> '
    "\u202eneddih\u202c & قواتنا من القاعدتين\x1b[2J"
)
TEXT = (
    "Press office of Northland, 15 March 2032. Asked about the campaign, the minister said that "
    "its aims had largely been met. From tomorrow we begin the withdrawal of the main part of "
    "our air group from the Vale. The bases at Karst and Tarn will go on working as before. "
    "No date was given for the last departure, and what counts as the main part was not said. "
    + HOSTILE
    + " The press office took no questions. " * 8
)
DOCUMENT = Document(
    id=bytes_id(TEXT.encode()),
    name="statement.txt",
    media_type="text/plain",
    captured_at="2034-03-01T08:15:00Z",
    tool="wordkept capture",
    title="Statement on the air group",
    publisher="Press office of Northland",
    published=date(2032, 3, 15),
    url="https://press.northland.example/2032/statement?a=1&b=2",
)


def said(words: str) -> Statement:
    start = TEXT.index(words)
    passage = Passage(document=DOCUMENT.id, start=start, end=start + len(words), quote=words)
    return Statement(
        speaker="Defence minister of Northland", made_on=date(2032, 3, 15), passages=(passage,)
    )


def counts(seed: int, scale: float, after: float) -> tuple[int, ...]:
    """Made-up days: a campaign, a fall at the ceasefire and the withdrawal, a return."""
    draw, days = Random(seed), []  # noqa: S311 - made-up days, the same each time
    for offset in range(RECORD_DAYS):
        day = RECORD_START + timedelta(days=offset)
        level = scale * (0.15 if day < date(2031, 9, 30) else 1.0)
        level *= 0.6 if CEASEFIRE <= day < WITHDRAWAL else 1.0
        level *= after if WITHDRAWAL <= day < date(2032, 5, 24) else 1.0
        days.append(max(0, round(draw.gauss(level, (level + 0.2) ** 0.5))))
    return tuple(days)


def series(
    dataset: str,
    attribution: Attribution,
    role: Literal["primary", "other", "control"],
    made: tuple[int, ...],
) -> DailySeries:
    label = {"strikes": "strikes by the coalition"}.get(dataset, "incidents naming Northland")
    return DailySeries(
        dataset=dataset, attribution=attribution, role=role, label=label,
        start=RECORD_START, counts=made,
    )  # fmt: skip


def release(dataset: str, title: str, rule: PublicationRule, *caveats: str) -> Release:
    return Release(
        id=bytes_id(dataset.encode()),
        dataset=dataset,
        layout="as made up",
        title=title,
        citation=f"{title} (2034), made up for the tests. https://records.example/{dataset}",
        licence="made up, free to use",
        publication=rule,
        caveats=caveats,
        file_name=f"{dataset}.csv",
        loaded_at="2034-03-14T10:20:00Z",
        stated=date(2034, 2, 1),
        parquet=bytes_id(dataset.upper().encode()),
        receipt=Receipt(
            read=1485,
            loaded=1478,
            set_aside=(
                SetAside(reason="no date", rows=5, examples=("row 12: ''", "row 40: 'soon'")),
                SetAside(reason="year 0025", rows=2, examples=("row 99: 0025-03-01",)),
            ),
            span=Period(RECORD_START, RECORD_START + timedelta(days=RECORD_DAYS - 1)),
            deaths_best=4210,
            half_the_deaths_rows=61,
        ),
    )


RULE = PublicationRule(
    allows="aggregates", at_least=3, terms="Harm Watch asks that only totals be published."
)
HARM = release(
    "harm-watch",
    "Harm Watch incidents",
    RULE,
    "It lists alleged civilian-harm incidents, not strikes.",
    "Two thirds of those naming Northland also name the Vale's government.",
)
LETHAL = release(
    "lethal",
    "Lethal Events Dataset",
    PublicationRule(allows="rows", terms="CC BY 4.0: cite it."),
    "It lists only lethal events.",
)
STRIKES = release(
    "strikes",
    "Coalition strike releases",
    PublicationRule(allows="rows", terms="Public domain."),
    "Dates are those of the releases.",
)


def estimate(one: DailySeries, base: Baseline, starts: date, days: int = 28) -> Estimate:
    window = Period.of(starts, days=days)
    before = Period.before(starts - timedelta(days=base.donut_days), days=base.days)

    def total(period: Period) -> int:
        first = (period.start - one.start).days
        return sum(one.counts[first : first + len(period)])

    found, held = total(window), total(before)
    ratio = (found / days) / (held / base.days) if held else None

    def times(factor: float) -> float | None:
        return None if ratio is None else ratio * factor

    return Estimate(
        dataset=one.dataset, attribution=one.attribution, baseline=base, baseline_period=before,
        window=window, baseline_events=held, window_events=found, expected=held * days / base.days,
        ratio=ratio, ratio_low=times(0.8), ratio_high=times(1.25), history_days=400,
        p_shift=0.0101, p_level=0.0203, p=0.0143,
        ordinary_low=times(0.45), ordinary_high=times(2.2),
    )  # fmt: skip


POSSIBLE = series("harm-watch", "possible", "primary", counts(1, 5.6, 0.2))
CERTAIN = replace(
    POSSIBLE, attribution="certain", counts=tuple(n * 2 // 3 for n in POSSIBLE.counts)
)
KILLED = series("lethal", "certain", "other", counts(5, 1.6, 0.3))
COALITION = series("strikes", "certain", "control", counts(9, 7.0, 0.95))
BASES = (Baseline(days=28), Baseline(days=90, donut_days=30))
PLAN = Plan(
    question="falls",
    primary=Selection(dataset="harm-watch", actors=("Northland",), event_types=("civilian harm",)),
    others=(Selection(dataset="lethal", actors=("Northland",)),),
    controls=(Control(selection=Selection(dataset="strikes"), reason="same theatre, not bound"),),
    threshold_reason='"the main part": at least a half',
)
FIXED = Fixing(
    plan=bytes_id(b"plan"),
    registered_at="2034-03-12T09:30:05Z",
    before_data=True,
    record_known=True,
)
NAMED = (
    Term(name="who", said="Northland's air group", rules_out=""),
    Term(name="what", said="withdraw", rules_out=""),
    Term(name="from when", said="16 March 2032", rules_out=""),
    Term(name="how much", said='"the main part"', rules_out=""),
    Term(name="until when", said=None, rules_out="No day exists on which it has failed for good."),
)


def pledge(name: str, title: str, starts: date, **more: object) -> Pledge:
    made = Pledge(
        id=name, title=title, actor="Northland", kind="withdraw", act="withdraw",
        object="air group", announced=starts - timedelta(days=1), starts=starts, ends=None,
        magnitude="the main part", area="the Vale", comparator="the level before", plan=PLAN,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


FINDINGS = (
    Finding(
        check="collection", outcome="passed", dataset="harm-watch",
        sentence="Collection covers baselines and window.",
    ),
    Finding(
        check="co-attribution", outcome="informational", dataset="harm-watch",
        sentence="Of incidents naming Northland, 66 % name another party too.",
    ),
    Finding(
        check="dump days", outcome="failed", dataset="lethal",
        sentence="One day holds 12 % of the baseline of 28 days.",
    ),
)  # fmt: skip
CONTROL = ControlResult(
    dataset="strikes", label="strikes by the coalition", ratio=0.96, adjusted_ratio=0.16, p=0.02,
    reason="same theatre, not bound by the pledge", survives=True,
    sentence="Against it the change is still there.",
)  # fmt: skip
PARTLY = Verdict(
    word="partly kept",
    sentence="Partly kept: incidents fell by four fifths, lapsed by June, and cannot be "
    "told from the ceasefire of 28 February.",
    why_not_higher=(
        "Another declaration was made 17 days earlier.",
        "The rate was back within a quarter of the baseline by 6 June.",
    ),
    why_not_lower=(
        "The fall is larger than 99 % of shifts of the same record.",
        "It holds at every bound.",
    ),
    steps_down=("Another declared change stands 17 days before it.",),
)


def estimates(starts: date, *drawn: DailySeries) -> tuple[Estimate, ...]:
    return tuple(estimate(one, base, starts) for one in drawn for base in BASES)


def specification(place: int, total: int, dataset: str = "lethal") -> Specification:
    """A made-up set-up: the place fixes its choices, and a ratio between .1 and 1.4."""
    return Specification(
        dataset=dataset, attribution=("certain", "probable", "possible")[place % 3],
        area=("as planned", "within 25 km", "the whole of the Vale")[place // 3 % 3],
        event_class=("as planned", "any violence")[place // 9 % 2],
        duplicates=("counted", "merged")[place // 18 % 2],
        baseline=(Baseline(days=28), Baseline(days=90, donut_days=30))[place // 36 % 2],
        window_days=(14, 28, 56)[place % 3], grace_days=(0, 7)[place // 2 % 2],
        planned=place == total // 3, ratio=0.1 + 1.3 * place / total, p=0.01 + 0.5 * place / total,
    )  # fmt: skip


def curve(total: int, dataset: str = "lethal") -> Curve:
    made = tuple(specification(place, total, dataset) for place in range(total))
    return Curve(
        specifications=made,
        median_ratio=made[total // 2].ratio,
        joint_p=0.03,
        placebo_dates=300,
        share_agreeing=sum(one.ratio < 1 for one in made) / total,
        share_reaching=sum(one.ratio <= 0.5 for one in made) / total,
        left_out=("12 set-ups were left out because they would end after the record does.",),
    )


COMPARISONS = (
    Comparison(
        kind="ring", label="the same events within 50 km, outside the area", ratio=1.02, low=None,
        high=None, p=0.4,
        sentence="The same events within 50 km, outside the area: 40 events in the window, where "
        "the level before would give 38 to 44 (it stood at 91 to 105 % of that level): the record "
        "gives no sign that the events moved there.",
    ),
    Comparison(
        kind="regression", label="negative-binomial regression", ratio=0.21, low=0.14, high=0.33,
        p=0.002, sentence="A regression puts the window at 21 % of the level before.",
    ),
)  # fmt: skip
COMPLETENESS = Completeness(
    dataset="harm-watch", window=Period.of(WITHDRAWAL, days=28), releases=3, reported=31, low=33.0,
    best=36.4, high=41.0, share=0.85, median_lag_days=6.0, cut_to=None,
    sentence="3 releases show that half of the reports come in within 6 days.",
)  # fmt: skip
EFFORT = EffortCheck(
    dataset="strikes", label="patrol hours", effort_baseline=120.0, effort_window=60.0,
    ratio_with=0.4, ratio_without=0.2,
    sentence="Effort (patrol hours) stood at 60 a day in the window against 120 before.",
)  # fmt: skip
STRATUM = Stratum(
    name="uneven, 1.5 events a day or more, 280 days of history or more", series=14, pledges=312,
    false_positives=0.06, coverage=0.92, power=0.61,
    words=((1.0, (0.03, 0.0, 0.7, 0.27)), (0.35, (0.52, 0.01, 0.03, 0.44))),
)  # fmt: skip
LETTER = Count(
    question="ceases", dataset="harm-watch", unit="incidents naming Northland", low=31, high=48,
    of=None, needed=0.0, by_misclassification=5.2, p=0.0004,
    tipping="Its letter would stand unbroken if 22 of the 31 were not its own.",
    sentence="It was a pledge to cease, and the record holds 31 events at certain attribution.",
)  # fmt: skip


def withdrawal() -> Assessment:
    words = "begin the withdrawal of the main part of our air group"
    return Assessment(
        pledge=pledge(
            "withdrawal", "Withdrawal of the main part", WITHDRAWAL, statements=(said(words),)
        ),
        fixing=FIXED,
        as_of=date(2034, 11, 23),
        releases=(HARM, LETHAL, STRIKES),
        testability=Testability(
            terms=NAMED,
            leaves_open=("What counts as the main part.", "What the bases may be used for."),
            obstacles=(),
        ),
        findings=FINDINGS,
        series=(CERTAIN, POSSIBLE, KILLED, COALITION),
        estimates=estimates(WITHDRAWAL, CERTAIN, POSSIBLE, KILLED),
        p=0.0143,
        range_low=0.1,
        range_high=0.31,
        durability=Durability(
            horizon=Period.of(WITHDRAWAL, days=90),
            declared_end=False,
            first_lapse=date(2032, 5, 28),
            last_lapse=date(2032, 6, 6),
            observed_until=COALITION.end,
        ),
        tipping=TippingPoints(
            reporting_to_threshold=0.3, reporting_to_nothing=0.15, misattributed_events=41
        ),
        controls=(CONTROL,),
        concurrent=(
            Concurrent(
                pledge="ceasefire",
                title="Cessation of hostilities",
                starts=CEASEFIRE,
                days_before=17,
                told_apart_by=None,
            ),
        ),
        curve=curve(24, "harm-watch"),
        comparisons=COMPARISONS,
        completeness=COMPLETENESS,
        effort=EFFORT,
        stratum=STRATUM,
        verdict=PARTLY,
    )


BARE = {"comparisons": (), "completeness": None, "effort": None, "stratum": None, "count": None}


def reduction() -> Assessment:
    return replace(
        withdrawal(),
        pledge=pledge("reduction", "Fewer flights from October", REDUCTION, kind="reduce"),
        fixing=replace(FIXED, registered_at="2034-03-20T09:30:05Z", before_data=False),
        findings=(),
        series=(CERTAIN, POSSIBLE),
        estimates=tuple(estimate(one, Baseline(days=28), REDUCTION) for one in (CERTAIN, POSSIBLE)),
        durability=None,
        tipping=None,
        controls=(),
        concurrent=(),
        **BARE,  # type: ignore[arg-type]
        curve=curve(60),
        verdict=Verdict(
            word="not kept",
            sentence="Not kept: the record rose, from a baseline that holds two weeks of campaign.",
            why_not_higher=("The whole range stands over the threshold.",),
            why_not_lower=(),
        ),
    )


def ceasefire() -> Assessment:
    return replace(
        withdrawal(),
        pledge=pledge(
            "ceasefire",
            "Cessation of hostilities",
            CEASEFIRE,
            kind="ceasefire",
            actor="Vale government",
            ends=date(2032, 5, 27),
            statements=(said(HOSTILE),),
        ),
        estimates=estimates(CEASEFIRE, CERTAIN, POSSIBLE),
        series=(CERTAIN, POSSIBLE),
        controls=(),
        concurrent=(),
        **(BARE | {"count": LETTER}),  # type: ignore[arg-type]
        curve=None,
        p=0.09,
        verdict=Verdict(
            word="cannot tell",
            sentence="Cannot tell: the fall is seen, and is no larger than the record's ordinary "
            "ups and downs.",
            why_not_higher=("Falls this large occur by themselves too often.",),
            why_not_lower=("The range reaches the threshold from below.",),
            gates=("Fewer than 20 events were to be expected at certain attribution.",),
        ),
    )


def upkeep() -> Assessment:
    words = "The bases at Karst and Tarn will go on working"
    return Assessment(
        pledge=pledge(
            "bases", "The two bases stay", WITHDRAWAL, kind="uphold", plan=None,
            statements=(said(words),),
        ),
        fixing=Fixing(
            plan=bytes_id(b"none"), registered_at=None, before_data=False, record_known=True
        ),
        as_of=date(2034, 11, 23),
        releases=(),
        testability=Testability(
            terms=NAMED,
            leaves_open=(),
            obstacles=("No record in this case holds whether a base is manned.",),
        ),
        verdict=Verdict(
            word="not testable", why_not_higher=(), why_not_lower=(),
            sentence="Not testable: no record here says whether a base is manned.",
        ),
    )  # fmt: skip


TALLY = Tally(
    counted_by="Harm Watch", citation="Harm Watch (2032), Films of strikes.", published=WITHDRAWAL,
    url="https://watch.example/films", unit="films of strikes", total=60, within=1, outside=14,
)  # fmt: skip


def limit() -> Assessment:
    """A pledge to strike only some, tested on a count that somebody published."""
    plan = Plan(
        question="only", primary=Selection(dataset=""), threshold=0.1, tally=TALLY,
        misclassified_reason="An audit found as much.",
    )  # fmt: skip
    tested = Testability(terms=NAMED, leaves_open=(), obstacles=())
    return Assessment(
        pledge=pledge("films", "Only the rebels", REDUCTION, kind="limit", plan=plan),
        fixing=FIXED, as_of=date(2034, 11, 23), releases=(), testability=tested,
        count=Count(
            question="only", dataset=None, unit=TALLY.unit, low=14, high=59, of=60,
            share_low=14 / 60, share_high=59 / 60, needed=6.0, by_misclassification=3.0, p=0.005,
            tipping="It could no longer be told if 2 of the 14 outside were within.",
            sentence="Of 60 films of strikes, 14 to 59 (23 to 98 %) may lie outside.",
        ),
        verdict=Verdict(
            word="not kept", sentence="Not kept: of 60 films at least 14 lie outside.",
            why_not_higher=("Even the least is more than 6.",), why_not_lower=("None is lower.",),
        ),
    )  # fmt: skip


BOARD = Board(
    adjusted=(
        Adjusted(pledge="reduction", word="not kept", p=0.4, q=0.4, stands=None),
        Adjusted(pledge="ceasefire", word="cannot tell", p=0.09, q=0.135, stands=None),
        Adjusted(pledge="withdrawal", word="partly kept", p=0.0143, q=0.0429, stands=True),
        Adjusted(pledge="bases", word="not testable", p=None, q=None, stands=None),
        Adjusted(pledge="films", word="not kept", p=None, q=None, stands=None),
    ),
    symmetries=(
        Symmetry(
            pledge="withdrawal", counterpart="ceasefire", same_plan=True, differs=(),
            sentence="The same plan was run on Cessation of hostilities: cannot tell.",
        ),
    ),
    histories=(
        History(actor="Northland", verdicts=(
            ("partly kept", ("withdrawal",)), ("not kept", ("reduction", "films")),
            ("not testable", ("bases",)),
        )),
        History(actor="Vale government", verdicts=(("cannot tell", ("ceasefire",)),)),
    ),
)  # fmt: skip


def case() -> CaseReport:
    return CaseReport(
        case="Vale 2031-32",
        as_of=date(2034, 11, 23),
        assessments=(reduction(), ceasefire(), withdrawal(), upkeep(), limit()),
        documents=((DOCUMENT, TEXT),),
        board=BOARD,
        ledger_head=bytes_id(b"ledger"),
        command="wordkept dossier vale",
        version="0.1.0",
    )


def with_rows(report: CaseReport) -> CaseReport:
    """The report with a row under each count that may be listed, and a finding that has bars."""
    bars = Bars(of="rows", values=(1.0, 4.0, 2.0), first="a", last="c", marked=(1,))
    (one,) = (one for one in report.assessments if one.pledge.id == "withdrawal")
    drawn = replace(one, findings=tuple(
        replace(found, bars=bars) if found.outcome == "failed" else found for found in one.findings
    ))  # fmt: skip
    behind = tuple(
        Behind(
            pledge="withdrawal", dataset=made.dataset, attribution=made.attribution, part="after",
            days=made.window, events=(row_of(made.window),) if made.dataset == "lethal" else None,
            rows=1 if made.dataset == "lethal" else None,
        )
        for made in one.estimates
    )  # fmt: skip
    held = tuple(drawn if each is one else each for each in report.assessments)
    return replace(report, assessments=held, behind=tuple(dict.fromkeys(behind)))


def row_of(days: Period) -> Event:
    return Event(
        row=1, native_id="LE-1", dataset="lethal", period=Period(days.start, days.start),
        place="Karst", admin1="Karst", admin2=None, country="Vale", lat=None, lon=None,
        radius_km=None, event_type="battle", native_type=None, side_a="Northland", side_b=None,
        deaths_low=1, deaths_best=2, deaths_high=4, events_best=1,
        reference="https://records.example/?a=1&b=2",
    )  # fmt: skip


@pytest.fixture(scope="session")
def make_specification() -> Callable[..., Specification]:
    return specification


@pytest.fixture(scope="session")
def make_curve() -> Callable[..., Curve]:
    return curve


@pytest.fixture(scope="session")
def report() -> CaseReport:
    return case()


@pytest.fixture(scope="session")
def whole(report: CaseReport) -> CaseReport:
    return with_rows(report)


@pytest.fixture(scope="session")
def withdrawn() -> Assessment:
    return withdrawal()


@pytest.fixture(scope="session")
def page(report: CaseReport) -> str:
    return render_html(report)


CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()

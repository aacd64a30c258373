"""A made-up case of four pledges: places, parties, numbers and words are invented for the tests."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Literal

import pytest

from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.ids import bytes_id
from wordkept.model import (
    Adjusted,
    Assessment,
    Attribution,
    Baseline,
    Board,
    Concurrent,
    Control,
    ControlResult,
    DailySeries,
    Document,
    Durability,
    Estimate,
    Finding,
    Fixing,
    Passage,
    Plan,
    Pledge,
    PublicationRule,
    Receipt,
    Release,
    Selection,
    SetAside,
    Statement,
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
        verdict=PARTLY,
    )


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


BOARD = Board(adjusted=(), symmetries=(), histories=())


def case() -> CaseReport:
    return CaseReport(
        case="Vale 2031-32",
        as_of=date(2034, 11, 23),
        assessments=(reduction(), ceasefire(), withdrawal(), upkeep()),
        documents=((DOCUMENT, TEXT),),
        board=BOARD,
        ledger_head=bytes_id(b"ledger"),
        command="wordkept dossier vale",
        version="0.1.0",
    )


@pytest.fixture(scope="session")
def report() -> CaseReport:
    return case()


@pytest.fixture(scope="session")
def withdrawn() -> Assessment:
    return withdrawal()


@pytest.fixture(scope="session")
def page(report: CaseReport) -> str:
    return render_html(report)

"""Two made-up records of which the truth is known: pairs found, judged, undone, and what counts."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.case.matching import Asked, MatchRun, merging_of, run_match
from wordkept.case.matching_entering import enter_judgements, undo_last
from wordkept.case.matching_groups import all_clusters, contradictions, judged_clusters
from wordkept.case.matching_judging import pair_judgements, standing_judgements
from wordkept.errors import CaseError, InputError
from wordkept.ledger.journal import Ledger
from wordkept.model import (
    Assessment,
    EventKey,
    FoundPair,
    Pair,
    PairJudgement,
    Relation,
)
from wordkept.protocol.both_ends import CHECK

HEAD = (
    "native_id,period_from,period_to,place,country,lat,lon,radius_km,event_type,side_a,"
    "actors_certain,deaths_low,deaths_best,deaths_high"
)
FIRST = date(2025, 1, 6)
SHARED, ALONE = 30, 20
"""Events that both records hold, and that each holds alone."""
TOWNS = (("Aske", 34.1, 36.2), ("Brod", 34.9, 37.4), ("Cerna", 36.2, 37.1), ("Dol", 32.8, 36.0))


def line(name: str, event: int, *, late: int = 0, deaths: int | None = None) -> str:
    """A row of the event of a number, as some record has it."""
    town, lat, lon = TOWNS[event % len(TOWNS)]
    day = FIRST + timedelta(days=event * 4 + late)
    party = ("North", "South", "East")[event % 3]
    dead = event % 7 + 1 if deaths is None else deaths
    return (
        f"{name},{day},{day},{town},Valley,{lat},{lon},2,shelling,{party},{party},"
        f"{dead},{dead},{dead}"
    )


def radio(*, more: Iterable[str] = ()) -> str:
    rows = [line(f"r{event}", event) for event in range(SHARED + ALONE)]
    return "\n".join([HEAD, *rows, *more]) + "\n"


def watchers() -> str:
    """The first thirty events, some a day late, and twenty of its own."""
    events = [*range(SHARED), *range(SHARED + ALONE, SHARED + 2 * ALONE)]
    rows = [line(f"w{event}", event, late=int(event % 5 == 0)) for event in events]
    return "\n".join([HEAD, *rows]) + "\n"


def load(case: Case, name: str, text: str, number: int = 1) -> None:
    path = case.folder.parent / f"{name}{number}.csv"
    path.write_text(text)
    named = f'[dataset]\nname = "{name}"\npublication = "rows"\n'
    path.with_name(path.name + ".toml").write_text(named)
    case.load(path)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "valley")
    load(made, "radio", radio())
    load(made, "watchers", watchers())
    return made


def both(event: int) -> Pair:
    """The pair of an event that both records hold."""
    return Pair.of(
        EventKey(dataset="radio", native_id=f"r{event}"),
        EventKey(dataset="watchers", native_id=f"w{event}"),
    )


def judge(case: Case, told: Mapping[Pair, str], who: str = "Ada") -> None:
    rows = [
        {"left": pair.one.dataset, "left_id": pair.one.native_id, "right": pair.other.dataset,
         "right_id": pair.other.native_id, "judgement": word, "reason": "seen"}
        for pair, word in told.items()
    ]  # fmt: skip
    content = "\n".join(map(json.dumps, rows)).encode()
    enter_judgements(case, content, name="said.jsonl", who=who)


def counted(case: Case) -> tuple[int, int]:
    run = run_match(case, Asked())
    return run.together.merged, run.together.counted


def test_the_pairs_whose_truth_is_known_are_found_and_no_row_is_lost(case: Case) -> None:
    run = run_match(case, Asked())
    truth = {both(event) for event in range(SHARED)}
    found = {one.pair for one in run.pairs}
    assert len(found & truth) >= 0.9 * SHARED
    assert len(found - truth) <= 0.1 * SHARED
    assert run.together.counted == 2 * (SHARED + ALONE)
    assert run.together.merged == run.together.counted - len(found)
    assert run.events["radio"].merged == run.events["radio"].counted == SHARED + ALONE
    assert [one.receipt.loaded for one in case.releases()] == [SHARED + ALONE] * 2


def test_the_same_case_gives_the_same_pairs_and_enters_them_once(case: Case) -> None:
    first, again = run_match(case, Asked()), run_match(case, Asked())
    assert (first.new, again.new) == (True, False)
    assert first.pairs == again.pairs
    assert len(list((case.folder / "matches").iterdir())) == 1
    assert case.verify().sound


def test_duplicate_merges_at_both_ends_distinct_at_none_and_undo_takes_it_back(case: Case) -> None:
    low, high = counted(case)
    judge(case, {both(1): "duplicate", both(2): "distinct", both(3): "unsure"})
    assert counted(case) == (low + 1, high - 1)
    assert undo_last(case, who="Ada").pair == both(3)
    judge(case, {both(2): "undo"}, who="Ben")
    assert counted(case) == (low, high - 1)
    judge(case, {both(1): "undo"})
    assert counted(case) == (low, high)
    assert pair_judgements(case) == ()
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        assert len(ledger.entries("pair")) == 6


def test_what_was_judged_is_what_the_fit_learns_from(case: Case) -> None:
    judge(case, {both(1): "duplicate", both(2): "distinct", both(4): "unsure"})
    ((matched, _),) = run_match(case, Asked()).found
    assert matched.labelled == 2


def test_the_same_judgement_is_entered_once_and_kept_with_its_reason_and_score(case: Case) -> None:
    run_match(case, Asked())
    for _ in range(2):
        judge(case, {both(1): "duplicate"})
    (one,) = pair_judgements(case)
    assert (one.relation, one.reason, one.who) == ("duplicate", "seen", "Ada")
    assert one.probability is not None
    judge(case, {both(1): "distinct"}, who="Ben")
    assert [one.relation for one in standing_judgements(pair_judgements(case))] == ["distinct"]


def test_judgements_survive_a_new_release(case: Case) -> None:
    run_match(case, Asked())
    judge(case, {both(1): "duplicate", both(2): "distinct"})
    before = counted(case)
    revised = radio(more=[line("r900", 90)]).replace("Dol", "Dolni Dol")
    load(case, "radio", revised, number=2)
    low, high = counted(case)
    assert high == before[1] + 1
    assert low in (before[0], before[0] + 1)
    assert {one.pair for one in pair_judgements(case)} == {both(1), both(2)}


def test_a_tampered_judgement_is_found(case: Case) -> None:
    judge(case, {both(2): "distinct"})
    assert case.verify().sound
    with sqlite3.connect(case.folder / "ledger.sqlite") as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = triggers.fetchall()
        for name, _ in kept:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(
            "UPDATE entries SET payload = replace(payload, 'distinct', 'duplicate') "
            "WHERE kind = 'pair'"
        )
        for _, sql in kept:
            database.execute(sql)
    database.close()
    found = case.verify()
    assert not found.sound
    assert "entry 4" in found.faults[0].where


def test_pairs_that_were_changed_on_the_disk_are_found_and_not_believed(case: Case) -> None:
    run_match(case, Asked())
    (path,) = (case.folder / "matches").iterdir()
    path.write_bytes(path.read_bytes() + b" ")
    assert [one.where for one in case.verify().faults] == [f"matches/{path.name}"]
    with pytest.raises(CaseError, match="not what they were"):
        merging_of(case)
    path.unlink()
    run_match(Case.open(case.folder), Asked())


def test_rows_cannot_be_one_event_and_two(case: Case) -> None:
    chain = [EventKey(dataset="radio", native_id=name) for name in ("r1", "r2", "r3")]
    told = {Pair.of(chain[0], chain[1]): "duplicate", Pair.of(chain[1], chain[2]): "duplicate"}
    judge(case, told)
    with pytest.raises(InputError, match="judged distinct"):
        judge(case, {Pair.of(chain[0], chain[2]): "distinct"})
    assert len(pair_judgements(case)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"left": "radio"}', "does not say"),
        ("no json", "no column"),
        (('{"left": "radoi", "left_id": "r1", "right": "watchers", "right_id": "w1", '
         '"judgement": "duplicate"}'), 'did you mean "radio"'),
        (('{"left": "radio", "left_id": "r999", "right": "watchers", "right_id": "w1", '
         '"judgement": "duplicate"}'), 'native id "r999"'),
        (('{"left": "radio", "left_id": "r1", "right": "watchers", "right_id": "w1", '
         '"judgement": "same"}'), 'cannot be "same"'),
        (('{"left": "radio", "left_id": "r1", "right": "watchers", "right_id": "w1", '
         '"judgement": "undo"}'), "could be taken back"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_enters_nothing(case: Case, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        enter_judgements(case, text.encode(), name="said", who="Ada")
    assert pair_judgements(case) == ()


def test_datasets_that_cannot_be_matched_are_named(case: Case, tmp_path: Path) -> None:
    with pytest.raises(InputError, match='did you mean "radio"'):
        run_match(case, Asked(datasets=("radoi",)))
    with pytest.raises(CaseError, match="only radio holds events"):
        run_match(case, Asked(datasets=("radio",)))
    (tmp_path / "counts.csv").write_text("day,n,actor\n2025-01-06,3,North\n2025-01-07,1,North\n")
    case.load(tmp_path / "counts.csv")
    run = run_match(case, Asked())
    assert run.left_out == (("daily-counts", "its rows are counts by day, not events"),)


DAYS, WINDOW_FROM = 520, 480
PLEDGE = """\
[pledge]
title = "Fewer shells"
actor = "North"
kind = "{kind}"
act = "fire less"
announced = 2026-04-27
starts = {starts}
{ends}
[plan]
question = "{question}"
record_known = false
{more}
[plan.primary]
dataset = "radio"
label = "shells laid to the North"
actors = ["North"]
"""


def shelling(copies: int, a_day: int = 4) -> tuple[str, dict[Pair, str]]:
    """Shells a day until the start; then one, entered several times over, and which are alike."""
    rows: list[str] = []
    alike: dict[Pair, str] = {}
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        names = [f"d{number}-{n}" for n in range(a_day + number % 3 - 1)]
        if number >= WINDOW_FROM:
            names = [f"d{number}-{n}" for n in range(copies)]
            keys = [EventKey(dataset="radio", native_id=name) for name in names]
            alike |= {Pair.of(keys[0], key): "unsure" for key in keys[1:]}
        rows += [
            f"{name},{day},{day},Aske,Valley,34.1,36.2,2,shelling,North,North,{n},{n},{n}"
            for n, name in enumerate(names)
        ]
    return "\n".join([HEAD, *rows]) + "\n", alike


def shelled(folder: Path, copies: int, **said: str) -> tuple[Case, dict[Pair, str]]:
    made = Case.create(folder)
    usual = {"kind": "reduce", "question": "falls", "more": "", "ends": ""}
    starts = FIRST + timedelta(days=WINDOW_FROM)
    text = PLEDGE.format_map({"starts": starts} | usual | said)
    (made.folder / "pledges" / "guns.toml").write_text(text)
    rows, alike = shelling(copies)
    load(made, "radio", rows)
    return made, alike


def assessed(case: Case) -> Assessment:
    (found,) = case.assess(as_of=date(2027, 1, 1))
    return found


def ends(found: Assessment) -> list[tuple[str, str]]:
    return [(one.outcome, one.sentence) for one in found.findings if one.check == CHECK]


def test_a_verdict_that_is_another_at_its_other_end_is_none(tmp_path: Path) -> None:
    case, alike = shelled(tmp_path / "valley", copies=5)
    plain = assessed(case)
    assert plain.verdict.word == "not kept"
    assert ends(plain) == []
    judge(case, alike)
    found = assessed(case)
    assert found.verdict.word == "cannot tell"
    assert '"not kept"' in found.verdict.sentence
    assert "both ends" in found.verdict.sentence
    assert found.range_low is not None
    assert plain.range_low is not None
    assert found.range_low < plain.range_low
    assert found.range_high == plain.range_high
    ((outcome, sentence),) = ends(found)
    assert outcome == "failed"
    assert "of the level before" in sentence
    judge(case, dict.fromkeys(alike, "undo"))
    assert assessed(case) == plain


def test_rows_judged_one_event_are_counted_once_at_both_ends(tmp_path: Path) -> None:
    case, alike = shelled(tmp_path / "twice", copies=5)
    judge(case, dict.fromkeys(alike, "duplicate"))
    found = assessed(case)
    once, _ = shelled(tmp_path / "once", copies=1)
    bare = assessed(once)
    assert ends(found) == []
    assert found.verdict == bare.verdict
    assert [one.window_events for one in found.estimates] == [
        one.window_events for one in bare.estimates
    ]
    behind = case.rows(found)
    assert all(rows and len(rows) == one.baseline_events + one.window_events
               for one, rows in behind)  # fmt: skip


def test_rows_judged_one_event_count_alike_in_a_large_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which row of an event stands hangs on what is asked: no question borrows another's rows."""
    case, alike = shelled(tmp_path / "valley", copies=3)
    rows, _ = shelling(3)
    mixed = [row.replace("shelling", "air strike") if "-1," in row else row
             for row in rows.splitlines(keepends=True)]  # fmt: skip
    load(case, "radio", "".join(mixed), number=2)
    guns = (case.folder / "pledges" / "guns.toml").read_text()
    for number, kind in enumerate(("shelling", "air strike")):
        asked = f'{guns}event_types = ["{kind}"]\n'
        (case.folder / "pledges" / f"guns-{number}.toml").write_text(asked)
    judge(case, dict.fromkeys(alike, "duplicate"))
    plain = case.assess(as_of=date(2027, 1, 1))
    counts = {one.pledge.id: one.estimates[0].window_events for one in plain}
    assert counts == dict.fromkeys(("guns", "guns-0", "guns-1"), 28), "one a day, whichever stands"
    monkeypatch.setattr("wordkept.case.record.LARGE_ROWS", 1)
    assert case.assess(as_of=date(2027, 1, 1)) == plain


def test_a_verdict_that_holds_at_both_ends_stands_and_says_so(tmp_path: Path) -> None:
    case, alike = shelled(tmp_path / "valley", copies=5)
    plain = assessed(case)
    judge(case, dict(list(alike.items())[:2]))
    found = assessed(case)
    assert found.verdict == plain.verdict
    ((outcome, sentence),) = ends(found)
    assert outcome == "passed"
    assert sentence.endswith("it holds at both ends.")


def test_a_count_is_held_at_both_ends_too(tmp_path: Path) -> None:
    """Forty deliveries in thirty days, each entered twice, where sixty were promised."""
    until = f"ends = {FIRST + timedelta(days=DAYS - 1)}"
    case, alike = shelled(
        tmp_path / "valley", copies=2, kind="release", question="delivers", more="amount = 60",
        ends=until,
    )  # fmt: skip
    assert assessed(case).verdict.word == "kept"
    judge(case, alike)
    assert assessed(case).verdict.word == "cannot tell"
    judge(case, dict.fromkeys(alike, "distinct"))
    assert assessed(case).verdict.word == "kept"
    judge(case, dict.fromkeys(alike, "duplicate"))
    assert assessed(case).verdict.word == "partly kept"


def test_a_release_in_which_no_pairs_were_looked_for_says_so(tmp_path: Path) -> None:
    case, alike = shelled(tmp_path / "valley", copies=2)
    run_match(case, Asked(inside=True))
    judge(case, alike)
    said = "looked for in another release"
    assert not any(said in sentence for _, sentence in ends(assessed(case)))
    rows, _ = shelling(2)
    load(case, "radio", rows + line("late", 1) + "\n", number=2)
    assert any(said in sentence for _, sentence in ends(assessed(case)))


NAMES = [EventKey(dataset=dataset, native_id=str(n)) for dataset in "ab" for n in range(4)]
PAIRS = [Pair.of(one, other) for place, one in enumerate(NAMES) for other in NAMES[:place]]
WORDS: tuple[Relation, ...] = ("duplicate", "distinct", "unsure")


def said(pair: Pair, word: Relation) -> PairJudgement:
    return PairJudgement(entry="", number=1, pair=pair, relation=word, reason="",
                         probability=None, who="", at="")  # fmt: skip


JUDGED = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(WORDS), max_size=6)
FOUND = st.dictionaries(st.sampled_from(PAIRS), st.floats(0.2, 1.0), max_size=10)


@settings(max_examples=60)
@given(JUDGED, FOUND, st.booleans(), st.randoms(use_true_random=False))
def test_rows_judged_distinct_never_stand_for_one_event(
    judged: dict[Pair, Relation], found: dict[Pair, float], alone: bool, chance: object
) -> None:
    told = [said(pair, word) for pair, word in judged.items()]
    pairs = [
        FoundPair(pair=pair, probability=p, score=0.0, sureness="likely",
                  pairing="one-to-one" if alone else "clusters")
        for pair, p in found.items()
    ]  # fmt: skip
    every, sure = all_clusters(pairs, told), judged_clusters(told)
    for clusters in (every, sure):
        for pair, word in judged.items():
            together = clusters.of.get(pair.one, pair.one) == clusters.of.get(
                pair.other, pair.other
            )
            if word == "distinct":
                assert not together
            if word == "duplicate" and pair not in contradictions(told):
                assert together
    once = dict.fromkeys(NAMES, 1)
    assert every.spared(once) >= sure.spared(once)
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    chance.shuffle(told)  # type: ignore[attr-defined]
    assert all_clusters(pairs, told).groups() == every.groups()


def test_one_to_one_lays_no_two_rows_of_one_dataset_together_by_way_of_another() -> None:
    a, b = NAMES[:4], NAMES[4:]
    pairs = [
        FoundPair(pair=pair, probability=p, score=0.0, sureness="unsure")
        for pair, p in ((Pair.of(a[0], b[0]), 0.9), (Pair.of(a[1], b[0]), 0.4))
    ]
    assert all_clusters(pairs, ()).groups() == {}
    both_ways = [said(pairs[0].pair, "duplicate"), said(pairs[1].pair, "duplicate")]
    assert all_clusters(pairs, both_ways).groups() == {"a": {"0": 0, "1": 0}}


def test_a_run_says_all_about_the_datasets_that_it_names(case: Case) -> None:
    load(case, "radio", radio(more=[line("again", 1)]), number=2)
    inside: MatchRun = run_match(case, Asked(inside=True))
    assert inside.events["radio"].merged < inside.events["radio"].counted
    assert "radio" in merging_of(case).possible
    run_match(case, Asked())
    assert merging_of(case).possible == {}

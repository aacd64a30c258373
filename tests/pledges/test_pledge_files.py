"""Each kind of mistake in a pledge file is named with its line, and all of them at once."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.errors import InputError, PledgeError, Problem, WordkeptError
from wordkept.model import Baseline, Passage, Plan
from wordkept.pledges.files import PledgeFile, read_pledge, read_pledges

WHOLE = """\
[pledge]
title = "A truce in the valley"
actor = "North"
kind = "ceasefire"
act = "stop all fire"
announced = 2016-02-22
starts = 2016-02-27
ends = 2016-06-27

[[pledge.said]]
speaker = "A spokesperson"
on = 2016-02-22
document = "truce.txt"
quotes = [
    "all fire will stop",
    "from midnight on",
]

[plan]
question = "falls"
threshold = 0.5
window_days = 28
baselines = [{days = 28}, {days = 90, donut_days = 30}]

[plan.primary]
dataset = "valley"
actors = ["North"]
attributions = ["certain"]

[[plan.controls]]
dataset = "valley"
actors = ["South"]
reason = "the same front, the same weather"
tells_apart = ["other"]
"""
DOCUMENT = "All day it was said that all fire will stop, from midnight on."


def find(document: str, quote: str) -> Passage:
    if document != "truce.txt":
        what = f'there is no document "{document}"'
        raise InputError(Problem(what=what, where="documents/", remedy='did you mean "truce.txt"?'))
    start = DOCUMENT.find(quote)
    if start < 0:
        problem = Problem(what="these words do not stand there", where="", remedy="copy them")
        raise InputError(problem)
    return Passage(document="abc", start=start, end=start + len(quote), quote=quote)


def read(folder: Path, text: str, name: str = "truce.toml") -> PledgeFile:
    path = folder / "pledges" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_pledge(path, find)


def problems(folder: Path, text: str, name: str = "truce.toml") -> list[Problem]:
    with pytest.raises(WordkeptError) as caught:
        read(folder, text, name)
    return list(caught.value.problems)


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE)
    assert file.name == "pledges/truce.toml"
    assert file.pledge.id == "truce"
    assert file.pledge.statements[0].passages[1].quote == "from midnight on"
    assert file.pledge.plan is not None
    assert file.pledge.plan.primary.attributions == ("certain",)
    assert file.pledge.plan.controls[0].tells_apart == ("other",)
    assert file.line_of("plan", "primary", "actors", 0) == 27
    assert file.where("pledge", "said", 0, "quotes", 1) == "pledges/truce.toml, line 16"
    assert file.line_of("plan", "horizon_days") == 19  # not written: its table's line


def test_only_four_keys_must_be_there(tmp_path: Path) -> None:
    text = '[pledge]\ntitle = "t"\nactor = "a"\nkind = "uphold"\nannounced = 2016-03-14\n'
    pledge = read(tmp_path, text).pledge
    assert pledge.plan is None
    assert pledge.starts is None
    assert pledge.statements == ()


def test_a_short_plan_takes_the_defaults_of_the_model(tmp_path: Path) -> None:
    text = WHOLE[: WHOLE.index("threshold = 0.5")] + '[plan.primary]\ndataset = "valley"\n'
    plan = read(tmp_path, text).pledge.plan
    assert plan is not None
    assert plan == Plan(question="falls", primary=plan.primary)
    assert plan.baselines == (Baseline(days=28), Baseline(days=90, donut_days=30))


MISTAKES = [
    # what is replaced, by what, the line, words of what is said, words of what to try
    ('title = "A', 'titel = "A', 2, '"titel" is not a key of [pledge]', '"title"'),
    ('title = "A truce in the valley"\n', "", 1, '[pledge] has no "title"', "write title"),
    ('title = "A truce in the valley"', 'title = " "', 2, '"title" is empty', "write it"),
    ('title = "A truce in the valley"', "title = 3", 2, "is a number, not text", "quotes"),
    ('"stop all fire"', '"<the act>"', 5, "placeholder <the act>", "leave the key out"),
    ('"stop all fire"', '"a\\u0000b"', 5, "cannot be printed", "type the words again"),
    ('"ceasefire"', '"cease fire"', 4, '"kind" cannot be "cease fire"', '"ceasefire"'),
    ('"ceasefire"', '"zzz"', 4, '"kind" cannot be "zzz"', "write one of: withdraw, ceasefire"),
    ("2016-02-27", '"2016-02-27"', 7, "is a date in quotes", "starts = 2016-02-27"),
    ("2016-02-27", '"soon"', 7, "is text, not a date", "starts = 2016-03-14"),
    ("2016-02-27", "2016-02-27T10:00:00", 7, "a date with a time", "write the day alone"),
    ("2016-02-27", "20160227", 7, "is a number, not a date", "write the day alone"),
    ("2016-02-27", "2016-02-30", 7, "2016-02-30 is not a day of the calendar", "check the day"),
    ("2016-02-27", "2016-13-01  # x", 7, "2016-13-01 is not a day", "check the day"),
    ("2016-02-27", "27.02.2016", 7, "27.02.2016 is not written as a date", "year-month-day"),
    ("2016-02-27", "0216-02-27", 7, "(0216-02-27) lies outside the years", "check the year"),
    ("2016-06-27", "2016-02-26", 8, "comes before", "check both dates"),
    ("[[pledge.said]]", "[pledge.said]", 10, '"said" is a table, not a list', "[[pledge.said]]"),
    ("[[pledge.said]]", "[[pledge.sayd]]", 10, '"sayd" is not a key', '"said"'),
    ("on = 2016", "when = 2016", 12, '"when" is not a key of [[pledge.said]]', "may hold"),
    ("on = 2016-02-22\n", "", 10, '[[pledge.said]] has no "on"', "on = 2016-03-14"),
    ('"truce.txt"', '"treaty.txt"', 15, 'no document "treaty.txt"', '"truce.txt"'),
    ("from midnight on", "from midday on", 16, "words do not stand there", "copy them"),
    ('"from midnight on"', '"all fire will stop"', 16, "stands twice in", "keep one"),
    ('"from midnight on"', "7", 16, 'an item of "quotes" is a number', "put it in quotes"),
    ("[plan]", "[plans]\nx = 1\n[plan]", 19, '"plans" is not a key of this file', '"plan"'),
    ('question = "falls"\n', "", 19, '[plan] has no "question"', "falls, rises"),
    ('"falls"', '"fals"', 20, '"question" cannot be "fals"', '"falls"'),
    ("threshold = 0.5", "threshold = 1", 21, '"threshold" is 1', "less than 1"),
    ("threshold = 0.5", "threshold = nan", 21, '"threshold" is nan', "less than 1"),
    ("threshold = 0.5", 'threshold = "half"', 21, "is text, not a number", "threshold = 0.5"),
    (
        'question = "falls"\nthreshold = 0.5',
        'question = "rises"',
        20,
        "needs a threshold",
        "threshold = 2.0",
    ),
    ('"falls"', '"rises"', 21, '"threshold" is 0.5', "more than 1"),
    ('"falls"', '"rise"', 20, 'cannot be "rise"', '"rises"'),
    ("threshold = 0.5", "alpha = 0.0", 21, '"alpha" is 0.0', "more than 0 and at most 0.5"),
    ("threshold = 0.5", "alpha = 0.51", 21, '"alpha" is 0.51', "at most 0.5"),
    ("threshold = 0.5", "reporting_allowance = 0.9", 21, "is 0.9", "at least 1"),
    ("threshold = 0.5", "minimum_expected = 9", 21, "is 9", "at least 10"),
    ("threshold = 0.5", "record_known = 1", 21, "is a number, not true or false", "true"),
    ("threshold = 0.5", "grace_days = 28", 21, "leaves no day of the window", "than 28"),
    ("threshold = 0.5", "grace_days = -1", 21, '"grace_days" is -1', "at least 0"),
    ("window_days = 28", "window_days = 367", 22, '"window_days" is 367', "at most 366"),
    ("window_days = 28", "window_days = 28.5", 22, "is 28.5", "a whole number"),
    ("window_days = 28", "window_days = true", 22, "is true or false, not a number", "= 28"),
    (
        "window_days = 28",
        "window_days = 200\ngrace_days = 150",
        23,
        "outlasts the declared term",
        "shorter",
    ),
    ("{days = 28}", "{days = 6}", 23, '"days" is 6', "at least 7"),
    ("{days = 28}", "{donut_days = 6}", 23, 'has no "days"', "{days = 28}"),
    ("donut_days = 30", "donut_days = -1", 23, '"donut_days" is -1', "at least 0"),
    ("{days = 28}", "{days = 90, donut_days = 30}", 23, "baseline stands twice", "keep one"),
    ("[{days = 28}, {days = 90, donut_days = 30}]", "[]", 23, "is an empty list", "[{days"),
    ("[plan.primary]", "[plan.first]", 19, "[plan] names no record", "[plan.primary]"),
    ('dataset = "valley"\nactors = ["N', 'actors = ["N', 25, 'has no "dataset"', "write dataset"),
    ('["North"]', '"North"', 27, '"actors" is text, not a list', 'actors = ["..."]'),
    ('["North"]', '["North", "North"]', 27, '"North" stands twice', "keep one"),
    ('["certain"]', '["certain", "probably"]', 28, 'cannot be "probably"', '"probable"'),
    ('["certain"]', "[]", 28, "is an empty list", "certain, probable, possible"),
    (
        'actors = ["South"]',
        'actors = ["North"]\nattributions = ["certain"]',
        30,
        "counts the same events as [plan.primary]",
        "select other events",
    ),
    ("reason = ", "why = ", 30, '[[plan.controls]] has no "reason"', "write reason"),
]


@pytest.mark.parametrize(("old", "new", "line", "said", "tried"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_a_remedy(
    tmp_path: Path, old: str, new: str, line: int, said: str, tried: str
) -> None:
    assert WHOLE.count(old) >= 1
    found = problems(tmp_path, WHOLE.replace(old, new, 1))
    hits = [problem for problem in found if said in problem.what]
    assert hits, [str(problem) for problem in found]
    expected = f"pledges/truce.toml, line {line - (new == '')}"
    where = hits[0].where.removesuffix(" (documents/)")
    assert where in {expected, f"pledges/truce.toml, line {line}"}
    assert tried in hits[0].remedy
    assert len(found) <= 2


SYNTAX = [
    ("actor = North", 3, "quotes"),
    ("actor = “North”", 3, "straight quotes"),
    ('actor = "North', 3, "close the quotes"),
    ('actor = "the "North""', 3, "one value a line"),
    ("actor", 3, "write key = value"),
    ('actor = "C:\\new\\quiet"', 3, "single quotes"),
    ('actor = ["North"', 4, "close the list"),
    ('actor = """North', 3, "close the text"),
    ("[pledge.said", 3, "close the table's name with ]"),
    ("area = " + "9" * 5000, 3, "a few digits"),
    ("area = " + "[" * 3000, 1, "flatten"),
]


@pytest.mark.parametrize(("row", "line", "tried"), SYNTAX)
def test_what_is_not_toml_is_named_with_its_line(
    tmp_path: Path, row: str, line: int, tried: str
) -> None:
    found = problems(tmp_path, WHOLE.replace('actor = "North"', row, 1))
    assert [problem.where for problem in found] == [f"pledges/truce.toml, line {line}"]
    assert tried in found[0].remedy


def test_every_key_and_table_that_stands_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    text = WHOLE.replace('act = "stop', 'actor = "South"\nact = "stop') + "[plan]\nalpha = 0.1\n"
    found = problems(tmp_path, text)
    assert [(problem.what, problem.where) for problem in found] == [
        ('"pledge.actor" stands twice: first on line 3', "pledges/truce.toml, line 5"),
        ('"plan" stands twice: first on line 20', "pledges/truce.toml, line 36"),
    ]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = (
        WHOLE.replace("2016-02-27", "2016-02-30")
        .replace('kind = "ceasefire"', 'kind = "truce"')
        .replace("from midnight on", "from noon on")
        .replace("28}", "3}")
        .replace('"certain"', '"sure"')
    )
    lines = [int(problem.where.rpartition(" ")[2]) for problem in problems(tmp_path, text)]
    assert lines == [4, 7, 16, 23, 28]


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Truce.toml", "truce.toml"),
        ("a truce.toml", "a-truce.toml"),
        ("truce..toml", "truce.toml"),
        ("-.toml", "my-pledge.toml"),
        ("هدنة.toml", "my-pledge.toml"),
        ("a" * 90 + ".toml", "a" * 40 + ".toml"),
    ],
)
def test_a_file_name_that_is_no_plain_word_is_refused(
    tmp_path: Path, name: str, better: str
) -> None:
    (found,) = problems(tmp_path, WHOLE, name)
    assert found.remedy.endswith(f": {better}")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "truce.toml"
    for content, said in [
        (b"[pledge]\ntitle = '\xff\xfe'", "not text in UTF-8"),
        (b" " * (1 << 21), "2,097,152 bytes"),
    ]:
        path.write_bytes(content)
        with pytest.raises(InputError, match=said):
            read_pledge(path, find)
    with pytest.raises(InputError, match="cannot be read: no such file"):
        read_pledge(tmp_path / "absent.toml", find)
    with pytest.raises(InputError, match="cannot be read: is a directory"):
        read_pledge(tmp_path, find)


def test_an_empty_file_has_no_pledge(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "# nothing yet\n")
    assert found.what == "this file has no [pledge]"


def test_windows_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path) -> None:
    plain = read(tmp_path, WHOLE)
    path = tmp_path / "pledges" / "truce.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert read_pledge(path, find) == plain
    path.write_bytes(WHOLE.replace("2016-02-27", "2016-02-30").replace("\n", "\r\n").encode())
    with pytest.raises(PledgeError, match="not a day of the calendar"):
        read_pledge(path, find)


def test_a_folder_is_read_by_name_and_its_problems_told_together(tmp_path: Path) -> None:
    folder = tmp_path / "pledges"
    read(tmp_path, WHOLE, "b.toml")
    read(tmp_path, WHOLE, "a.toml")
    (folder / "example.toml.txt").write_text("not read")
    (folder / "._a.toml").write_text("not read")
    assert [file.pledge.id for file in read_pledges(folder, find)] == ["a", "b"]
    for name in ("a.toml", "c.toml"):
        (folder / name).write_text(WHOLE.replace('"ceasefire"', "1"))
    with pytest.raises(PledgeError) as caught:
        read_pledges(folder, find)
    assert [problem.where for problem in caught.value.problems] == [
        "pledges/a.toml, line 4",
        "pledges/c.toml, line 4",
    ]


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 9), st.text("[]{}\"'#=.,\n 0a-")))
)
def test_no_damage_to_a_file_is_answered_but_by_problems_with_lines(
    damage: list[tuple[int, int, str]],
) -> None:
    text = WHOLE
    for start, length, inserted in damage:
        text = text[:start] + inserted + text[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        try:
            read(Path(folder), text)
        except PledgeError as error:
            last = text.count("\n") + 1
            for problem in error.problems:
                place = re.fullmatch(r"pledges/truce.toml, line (\d+)( \(.*\))?", problem.where)
                assert place is not None
                assert 1 <= int(place[1]) <= last


def test_another_label_does_not_make_it_another_series(tmp_path: Path) -> None:
    text = WHOLE.replace('["North"]', '["North"]\nlabel = "one"')
    text = text.replace('["South"]', '["North"]\nattributions = ["certain"]\nlabel = "two"')
    (found,) = problems(tmp_path, text)
    assert found.what == "[[plan.controls]] counts the same events as [plan.primary]"

"""Laws of pledge files: what is written is read, from its line, however it is laid out."""

import json
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import (
    ATTRIBUTIONS,
    KINDS,
    QUESTIONS,
    Baseline,
    Circle,
    Control,
    Passage,
    Plan,
    Pledge,
    Selection,
    Statement,
)
from wordkept.pledges.files import PledgeFile, read_pledge
from wordkept.pledges.lines import KeyPath, layout
from wordkept.pledges.payload import plan_payload
from wordkept.pledges.questions import ASKED_BY

LETTERS = "ab Zé№قд\"'#[]{}=\\,.\n\t-"
TEXT = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda words: words == words.strip() and words != ""
)
QUOTE = st.text(LETTERS, min_size=1, max_size=12).filter(lambda words: words.strip() != "")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
TEXTS = st.lists(TEXT, max_size=3, unique=True).map(tuple)
COMMENTS = ("", "# [plan] # x = 1", '# """', "#'", "   ", "# [[pledge.said]]")
BOUNDS = st.sets(st.sampled_from(ATTRIBUTIONS), min_size=1).map(
    lambda some: tuple(word for word in ATTRIBUTIONS if word in some)
)


def find(document: str, quote: str) -> Passage:
    return Passage(document=document, start=0, end=len(quote), quote=quote)


CIRCLES = st.builds(
    Circle,
    lat=st.floats(-90, 90).map(lambda degrees: round(degrees, 4)),
    lon=st.floats(-180, 180).map(lambda degrees: round(degrees, 4)),
    radius_km=st.integers(50, 5000).map(float),
    hole_km=st.integers(0, 49).map(float),
)


def unique_selections() -> st.SearchStrategy[list[Selection]]:
    selection = st.builds(
        Selection,
        dataset=TEXT,
        label=st.just("") | TEXT,
        actors=TEXTS,
        against=TEXTS,
        event_types=TEXTS,
        targets=TEXTS,
        areas=TEXTS,
        around=st.none() | CIRCLES,
        attributions=BOUNDS,
    )
    return st.lists(selection, min_size=1, max_size=4, unique_by=lambda one: replace(one, label=""))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    primary, *rest = draw(unique_selections())
    cut = draw(st.integers(0, len(rest)))
    baseline = st.builds(Baseline, days=st.integers(7, 99), donut_days=st.integers(0, 30))
    window = draw(st.integers(1, 366))
    falls = draw(st.booleans())
    return Plan(
        question=draw(st.sampled_from(("falls", "ceases"))) if falls else "rises",
        primary=primary,
        others=tuple(rest[:cut]),
        controls=tuple(
            Control(selection=one, reason=draw(TEXT), tells_apart=draw(TEXTS)) for one in rest[cut:]
        ),
        threshold=draw(st.floats(0.01, 0.99) if falls else st.floats(1.01, 999)),
        threshold_reason=draw(st.just("") | TEXT),
        window_days=window,
        grace_days=draw(st.integers(0, window - 1)),
        baselines=tuple(draw(st.lists(baseline, min_size=1, max_size=3, unique=True))),
        horizon_days=draw(st.integers(1, 400)),
        reporting_allowance=draw(st.floats(1, 10)),
        alpha=draw(st.floats(0.001, 0.5)),
        minimum_expected=draw(st.integers(10, 50)),
        record_known=draw(st.booleans()),
    )


@st.composite
def pledges(draw: st.DrawFn) -> Pledge:
    slot = st.none() | TEXT
    plan = draw(st.none() | plans())
    starts = draw(st.none() | DAYS)
    ends = draw(st.none() | DAYS)
    if starts and ends:
        starts, ends = sorted((starts, ends))
        if plan and (ends - starts).days < plan.grace_days:
            ends = None
    passages = st.lists(QUOTE, min_size=1, max_size=3, unique=True)
    return Pledge(
        id="truce-1",
        title=draw(TEXT),
        actor=draw(TEXT),
        kind=draw(st.sampled_from(KINDS)),
        act=draw(slot),
        object=draw(slot),
        announced=draw(DAYS),
        starts=starts,
        ends=ends,
        magnitude=draw(slot),
        area=draw(slot),
        comparator=draw(slot),
        exceptions=draw(TEXTS),
        leaves_open=draw(TEXTS),
        statements=tuple(
            Statement(
                speaker=draw(TEXT),
                made_on=draw(DAYS),
                passages=tuple(find(document, quote) for quote in draw(passages)),
            )
            for document in draw(st.lists(TEXT, max_size=2))
        ),
        plan=plan,
    )


class Writer:
    """Lays a pledge out as TOML in one of many ways, and remembers the line of each thing."""

    def __init__(self, pick: Callable[[int], int]) -> None:
        self.pick = pick
        self.rows: list[str] = []
        self.lines: dict[KeyPath, int] = {}

    def coin(self) -> bool:
        return bool(self.pick(2))

    def shuffled(self, items: list[Any]) -> list[Any]:
        rest, out = list(items), []
        while rest:
            out.append(rest.pop(self.pick(len(rest))))
        return out

    def row(self, text: str) -> int:
        """Add a row, which may itself span lines, and give the line it begins on."""
        if self.coin():
            self.rows.append(COMMENTS[self.pick(len(COMMENTS))])
        line = len(self.rows) + 1
        self.rows.extend(text.split("\n"))
        return line

    def text(self, words: str, *, one_line: bool = False) -> str:
        basic = json.dumps(words, ensure_ascii=False)
        ways = [basic]
        if "'" not in words and "\n" not in words:
            ways.append(f"'{words}'")
        if not one_line:
            escaped = words.replace("\\", "\\\\").replace('"', '\\"')
            ways.append(f'"""\n{escaped}"""')
            if "'''" not in words:
                ways.append(f"'''\n{words}'''")
            if '"""' not in words and "\\" not in words:
                ways.append(f'"""\n{words}"""')
        return ways[self.pick(len(ways))]

    def scalar(self, value: Any, *, one_line: bool = False) -> str:
        if isinstance(value, str):
            return self.text(value, one_line=one_line)
        if isinstance(value, bool):
            return str(value).lower()
        return str(value)

    def inline(self, values: dict[str, Any]) -> str:
        pairs = [f"{key} = {self.scalar(value)}" for key, value in self.shuffled([*values.items()])]
        return "{" + ", ".join(pairs) + "}"

    def pair(self, path: KeyPath, key: str, value: Any, prefix: str = "") -> None:
        name = prefix + (json.dumps(key) if self.coin() and not prefix else key)
        tail = "  # a ] b" if self.coin() else ""
        if isinstance(value, dict):
            self.lines[*path, key] = self.row(f"{name} = {self.inline(value)}{tail}")
            return
        if not isinstance(value, list):
            self.lines[*path, key] = self.row(f"{name} = {self.scalar(value)}{tail}")
            return
        items = [
            self.inline(item) if isinstance(item, dict) else self.scalar(item) for item in value
        ]
        if self.coin():
            line = self.row(f"{name} = [ # ] not yet")
            for index, item in enumerate(items):
                self.lines[*path, key, index] = self.row(f"  {item}, # ,]")
            self.row("]")
        else:
            line = self.row(f"{name} = [{', '.join(items)}]{tail}")
            for index in range(len(items)):
                before = "".join(f"{item}, " for item in items[:index])
                self.lines[*path, key, index] = line + before.count("\n")
        self.lines[*path, key] = line

    def table(self, header: str, path: KeyPath, values: dict[str, Any]) -> None:
        self.lines[path] = self.row(header)
        for key, value in self.shuffled([*values.items()]):
            self.pair(path, key, value)


def given_keys(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
        if value is not None and value not in ((), "")
    }


def write(pledge: Pledge, pick: Callable[[int], int]) -> Writer:
    writer = Writer(pick)
    parts = [lambda: write_pledge(writer, pledge)]
    if pledge.plan is not None:
        plan = pledge.plan
        parts.append(lambda: write_plan(writer, plan))
    for part in writer.shuffled(parts):
        part()
    return writer


def write_pledge(writer: Writer, pledge: Pledge) -> None:
    values = asdict(pledge)
    for key in ("id", "statements", "plan"):
        del values[key]
    writer.table("[pledge]", ("pledge",), given_keys(values))
    for index, said in enumerate(pledge.statements):
        quotes = [passage.quote for passage in said.passages]
        values = {"speaker": said.speaker, "on": said.made_on, "quotes": quotes}
        values["document"] = said.passages[0].document
        writer.table("[[ pledge . said ]]", ("pledge", "said", index), values)


def write_plan(writer: Writer, plan: Plan) -> None:
    values = asdict(plan)
    primary, _, _ = (values.pop(key) for key in ("primary", "others", "controls"))
    values = {key: values[key] for key in values if plan.question in ASKED_BY.get(key, QUESTIONS)}
    dotted = writer.coin()
    writer.table("[plan]", ("plan",), given_keys(values))
    if dotted:
        for key, value in given_keys(primary).items():
            writer.pair(("plan", "primary"), key, value, prefix="primary.")
    else:
        writer.table('[plan."primary"]', ("plan", "primary"), given_keys(primary))
    for index, other in enumerate(plan.others):
        writer.table("[[plan.others]]", ("plan", "others", index), given_keys(asdict(other)))
    for index, control in enumerate(plan.controls):
        own = {"reason": control.reason, "tells_apart": control.tells_apart}
        keys = given_keys(asdict(control.selection) | own)
        writer.table("[[plan.controls]]", ("plan", "controls", index), keys)


def read(text: str) -> PledgeFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "truce-1.toml"
        path.write_text(text, encoding="utf-8")
        return read_pledge(path, find)


def picker(data: st.DataObject) -> Callable[[int], int]:
    random = data.draw(st.randoms(use_true_random=False))
    return random.randrange


@settings(max_examples=80)
@given(pledges(), st.data())
def test_what_is_written_is_read_from_the_line_where_it_stands(
    pledge: Pledge, data: st.DataObject
) -> None:
    writer = write(pledge, picker(data))
    file = read("\n".join(writer.rows))
    assert file.pledge == pledge
    assert {path: file.line_of(*path) for path in writer.lines} == writer.lines


@settings(max_examples=40)
@given(pledges(), st.data())
def test_the_payload_does_not_depend_on_how_the_file_is_laid_out(
    pledge: Pledge, data: st.DataObject
) -> None:
    one, other = (read("\n".join(write(pledge, picker(data)).rows)) for _ in range(2))
    assert plan_payload(one.pledge) == plan_payload(other.pledge)
    as_text = json.dumps(plan_payload(pledge), sort_keys=True)
    assert json.loads(as_text) == plan_payload(pledge)


@settings(max_examples=60)
@given(pledges(), st.data())
def test_every_path_of_the_values_has_its_own_line_or_its_inline_table_has(
    pledge: Pledge, data: st.DataObject
) -> None:
    text = "\n".join(write(pledge, picker(data)).rows)
    assert set(layout(text).lines) == set(paths(tomllib.loads(text)))


def paths(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    if isinstance(value, dict):
        parts = [((*path, key), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        parts = [((*path, index), inner) for index, inner in enumerate(value)]
    else:
        return []
    return [found for part, inner in parts for found in (part, *paths(inner, part))]

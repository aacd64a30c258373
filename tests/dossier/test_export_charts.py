"""The charts as files: each a picture on its own, the same each time, with nothing live in it."""

import csv
import struct
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from wordkept.dossier.drawing import Chart
from wordkept.dossier.exports import charts, painting, png
from wordkept.dossier.exports.chart_tables import charts as drawn_of
from wordkept.dossier.exports.export import Material
from wordkept.dossier.languages.language import IN_ENGLISH
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.standalone import standalone, style
from wordkept.dossier.unseen import HARMFUL

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '"></text><script>alert(1)</script>\u202e\x1b[31m <a xlink:href="https://x.example">'
PAINTED = {"rect", "line", "path", "circle", "text", "g", "svg", "title", "desc", "style"}


def material(report: CaseReport) -> Material:
    return Material(report=report, shown=shown_case(report), rows={})


def unpacked(content: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(report: CaseReport) -> Mapping[str, bytes]:
    """Of two pledges, to be quick: one with every chart of a rate, one of a published count."""
    few = replace(report, assessments=(report.assessments[2], report.assessments[4]))
    return unpacked(charts.write(material(few)))


def test_each_chart_is_there_as_svg_as_png_and_as_a_table(files: Mapping[str, bytes]) -> None:
    names = {name.rpartition(".")[0] for name in files if name.endswith(".svg")}
    assert {"board", "board-narrow", "pledge-films-count", "pledge-withdrawal-series"} <= names
    assert {name for name in files if name.endswith(".png")} == {f"{one}.png" for one in names}
    tables = {f"{one}.csv" for one in names if not one.endswith("-narrow")}
    assert {name for name in files if name.endswith(".csv")} == tables
    assert set(files) - {f"{one}.{kind}" for one in names for kind in ("svg", "png")} == {
        *tables, "charts.txt",
    }  # fmt: skip


def test_an_svg_says_what_it_shows_and_asks_for_nothing(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        if not name.endswith(".svg"):
            continue
        root = ET.fromstring(content)  # noqa: S314 - our own drawing
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= PAINTED, name
        title, desc, rules, backing = list(root)[:4]
        assert (title.text, desc.text) > ("", "")
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert "url(" not in (rules.text or "")
        assert backing.get("class") == "backing"
        said = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
        assert "Drawn by wordkept" in said, name
        assert "Source:" in said or "films" in name, name
        assert float(backing.get("height", 0)) == float(root.get("height", 1))
        lowest = max(float(one.get("y", 0)) for one in list(root) if one.tag == f"{SVG}text")
        assert lowest < float(root.get("height", 0)), name


def test_a_png_is_the_same_picture_at_twice_the_size(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith(".png"):
            assert content.startswith(png.SIGNATURE)
            wide, high = struct.unpack(">II", content[16:24])
            root = ET.fromstring(files[f"{name[:-4]}.svg"])  # noqa: S314 - our own drawing
            assert abs(wide - 2 * float(root.get("width", 0))) <= 2
            assert abs(high - 2 * float(root.get("height", 0))) <= 2


def test_the_style_is_light_and_in_plain_selectors() -> None:
    rules = style()
    for unknown in ("var(", ":is(", "@media", "currentcolor", "inline-size", "650"):
        assert unknown not in rules
    assert "svg .certain, svg .possible {" in rules
    assert ".party-5 { color: #433400; }" in rules


def test_every_class_that_is_drawn_has_its_style(files: Mapping[str, bytes]) -> None:
    plain = {"own", "other", "label", "part", "sure"}
    for name, content in files.items():
        if name.endswith(".svg"):
            for one in ET.fromstring(content).iter():  # noqa: S314 - our own drawing
                for kind in set(one.get("class", "").split()) - plain:
                    assert f".{kind}" in style(), kind


def test_the_same_case_gives_the_same_bytes(report: CaseReport) -> None:
    one = material(replace(report, assessments=report.assessments[4:]))
    assert charts.write(one) == charts.write(one)


def test_without_a_painter_it_holds_svg_alone_and_says_so(
    report: CaseReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "find_spec", lambda _: None)
    made = unpacked(charts.write(material(report)))
    assert not [name for name in made if name.endswith(".png")]
    assert "they need vl-convert" in " ".join(made["charts.txt"].decode().split())
    assert len([name for name in made if name.endswith(".svg")]) > 15


def test_the_text_describes_each_chart_in_80_columns(files: Mapping[str, bytes]) -> None:
    text = files["charts.txt"].decode()
    assert max(map(len, text.splitlines())) <= 80
    for name in files:
        if name.endswith(".csv"):
            assert f"The numbers: {name}" in text


def test_the_tables_hold_the_numbers_of_the_page(
    report: CaseReport, files: Mapping[str, bytes]
) -> None:
    rows = list(csv.reader(StringIO(files["pledge-withdrawal-levels.csv"].decode("utf-8-sig"))))
    (pledge,) = (one for one in shown_case(report) if one.id == "withdrawal")
    assert [row[6] for row in rows[1:]] == [
        *(one.text for one in pledge.levels), *(one.text for one in pledge.controls),
    ]  # fmt: skip
    weeks = list(csv.reader(StringIO(files["pledge-withdrawal-series.csv"].decode("utf-8-sig"))))
    assert len(weeks) > 50
    assert {len(row) for row in weeks} == {len(weeks[0])}


def test_hostile_words_stay_words(report: CaseReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "find_spec", lambda _: None)
    hurt = tuple(
        replace(one, pledge=replace(one.pledge, title=EVIL, actor=EVIL))
        for one in report.assessments
    )
    for name, content in unpacked(
        charts.write(material(replace(report, assessments=hurt, case=EVIL)))
    ).items():
        text = content.decode("utf-8-sig")
        assert not HARMFUL.search(text.replace("\n", "").replace("\r", "")), name
        if name.endswith(".svg"):
            root = ET.fromstring(content)  # noqa: S314 - our own drawing
            assert {one.tag.removeprefix(SVG) for one in root.iter()} <= PAINTED


def test_a_case_without_a_pledge_has_words_and_no_chart(report: CaseReport) -> None:
    bare = material(replace(report, assessments=()))
    assert list(drawn_of(bare)) == []
    assert list(unpacked(charts.write(bare))) == ["charts.txt"]


def test_what_is_no_drawing_of_ours_is_refused() -> None:
    chart = Chart(
        title="t", description="d", caption=IN_ENGLISH.sentence("c"), wide="<svg/>", narrow=""
    )
    with pytest.raises(ValueError, match="no drawing of ours"):
        standalone(chart, ())


@pytest.mark.parametrize("words", ["the انسحاب &amp; Вывод", "שלום", "撤军"])
def test_a_line_of_another_script_is_painted_in_a_font_that_has_it(words: str) -> None:
    (made,) = ET.fromstring(painting.spelled(f'<g><text y="1" class="a">{words}</text></g>'))  # noqa: S314 - our own drawing
    assert made.get("style", "").startswith("font-family: ")
    assert made.get("class") == "a"
    assert painting.spelled("<text>Вывод, été</text>") == "<text>Вывод, été</text>"

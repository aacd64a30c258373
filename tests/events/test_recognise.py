"""A file's columns say which dataset it is, or the error says what spoke for what."""

from dataclasses import replace

import ibis.expr.types as ir
import pytest

from wordkept.errors import InputError
from wordkept.events.datasets import DATASETS
from wordkept.events.recognise import headerless, named, recognise, spelled
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule


def _no_fields(_raw: ir.Table) -> Fields:
    return {}


def dataset(
    name: str, *required: str, optional: tuple[str, ...] = (), headerless: tuple[str, ...] = ()
) -> Dataset:
    return Dataset(
        name=name,
        layout="made up",
        title=name,
        citation="made up",
        licence="made up",
        publication=PublicationRule(allows="nothing"),
        required=required,
        optional=optional,
        headerless=headerless,
        fields=_no_fields,
    )


BROAD = dataset("broad", "day", "n")
NARROW = dataset("narrow", "day", "n", "place")
OTHER = dataset("other", "day", "actor")


def test_case_and_space_do_not_count() -> None:
    assert recognise([" DAY ", "N"], [BROAD, OTHER]) is BROAD
    assert dict(spelled([" DAY ", "N"], BROAD)) == {"day": 0, "n": 1}


def test_the_most_specific_wins_whatever_the_order() -> None:
    header = ["day", "n", "place", "extra"]
    assert recognise(header, [BROAD, NARROW]) is NARROW
    assert recognise(header, [NARROW, BROAD]) is NARROW
    assert recognise(["day", "n"], [NARROW, BROAD]) is BROAD


def test_optional_columns_speak_for_a_dataset() -> None:
    roomy = dataset("roomy", "day", "n", optional=("low",))
    assert recognise(["day", "n", "low"], [BROAD, roomy]) is roomy


def test_where_two_fit_the_error_says_what_spoke_for_each() -> None:
    with pytest.raises(InputError) as caught:
        recognise(["day", "n", "place", "actor"], [NARROW, OTHER], where="x.csv")
    (problem,) = caught.value.problems
    assert 'narrow (made up) by "n", "place"; other (made up) by "actor"' in problem.what
    assert problem.where == "x.csv"
    assert problem.remedy == "say which one it is: --dataset narrow or other"


def test_where_two_are_alike_neither_is_chosen() -> None:
    with pytest.raises(InputError, match="more than one dataset"):
        recognise(["day", "n"], [BROAD, replace(BROAD, name="twin")])


def test_where_none_fits_the_error_says_what_is_lacking() -> None:
    with pytest.raises(InputError) as caught:
        recognise(["Day", "plaec", "n"], [NARROW, OTHER], where="x.csv")
    (problem,) = caught.value.problems
    assert problem.where == 'x.csv: "Day", "plaec", "n"'
    assert "closest is narrow (made up): 2 of the 3 columns" in problem.remedy
    assert 'it lacks "place" (is it "plaec" here?)' in problem.remedy
    assert '1 of the 2 columns it needs are here, it lacks "actor"' in problem.remedy


def test_where_one_was_asked_for_only_that_one_is_spoken_of() -> None:
    with pytest.raises(InputError) as caught:
        recognise(["day", "count"], [BROAD])
    (problem,) = caught.value.problems
    assert problem.what == "columns that broad (made up) needs are missing or named otherwise"


def test_a_headerless_file_is_told_by_its_width() -> None:
    bare = dataset("bare", "a", "b", headerless=("a", "b", "c", "d"))
    assert headerless(["1", "2", "3", "x"], [BROAD, bare]) is bare
    assert headerless(["1", "2", "3"], [bare]) is None
    assert headerless(["w", "x", "y", "z"], [bare]) is None
    assert headerless(["a", "1", "2", "3"], [bare]) is None


def test_a_dataset_is_asked_for_by_name() -> None:
    assert list(named("broad", [BROAD, NARROW], where="--dataset")) == [BROAD]
    with pytest.raises(InputError, match='did you mean "narrow"'):
        named("narow", [BROAD, NARROW], where="--dataset")


@pytest.mark.parametrize("each", DATASETS, ids=lambda each: f"{each.name}: {each.layout}")
def test_every_layout_is_recognised_by_its_own_columns(each: Dataset) -> None:
    for header in (each.required, (*each.required, *each.optional)):
        assert recognise(list(header), DATASETS) is each


@pytest.mark.parametrize("each", DATASETS, ids=lambda each: f"{each.name}: {each.layout}")
def test_no_header_is_taken_for_data(each: Dataset) -> None:
    assert headerless(each.headerless or each.required, DATASETS) is None

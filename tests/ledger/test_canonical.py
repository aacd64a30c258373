"""One JSON text for one value, and back again."""

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.errors import CaseError
from wordkept.ledger.canonical import as_json, canonical, from_json, parsed, value_id
from wordkept.model import Assessment, Document, Event, Pledge, Receipt, Release, SetAside
from wordkept.period import Period

FAR = 2**53 - 1
PLAIN = {
    str: st.text(max_size=8),
    bool: st.booleans(),
    int: st.integers(-FAR, FAR),
    float: st.floats(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    types.NoneType: st.none(),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-FAR, FAR) | PLAIN[float] | st.text(max_size=8),
    lambda held: (
        st.lists(held, max_size=4) | st.dictionaries(st.text(max_size=5), held, max_size=4)
    ),
    max_leaves=12,
)


def values(kind: Any) -> st.SearchStrategy[Any]:
    if kind in PLAIN:
        return PLAIN[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, types.UnionType):
        return st.one_of([values(arg) for arg in args])
    if origin is tuple and args[1:] == (Ellipsis,):
        return st.lists(values(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(arg) for arg in args))
    return built(kind)


def built(kind: Any) -> st.SearchStrategy[Any]:
    if kind is Period:
        return st.builds(lambda a, b: Period(min(a, b), max(a, b)), st.dates(), st.dates())
    if kind is Receipt:
        return receipts()
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in fields(kind)})


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    aside = draw(st.lists(values(SetAside).filter(lambda reason: abs(reason.rows) < 10**6)))
    loaded = draw(st.integers(0, 10**9))
    return Receipt(
        read=loaded + sum(reason.rows for reason in aside),
        loaded=loaded,
        set_aside=tuple(aside),
        span=draw(values(Period) | st.none()),
        deaths_best=draw(st.integers(0, FAR) | st.none()),
        half_the_deaths_rows=None,
    )


def reordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: reordered(value[key]) for key in reversed(list(value))}
    return [reordered(held) for held in value] if isinstance(value, list) else value


@settings(max_examples=50)
@given(JSON)
def test_the_order_of_keys_does_not_matter(value: Any) -> None:
    assert canonical(reordered(value)) == canonical(value)
    assert value_id(reordered(value)) == value_id(value)


@settings(max_examples=50)
@given(JSON)
def test_canonical_text_read_back_has_the_same_canonical_text(value: Any) -> None:
    assert parsed(canonical(value)) == value
    assert canonical(parsed(canonical(value))) == canonical(value)


@pytest.mark.parametrize("kind", [Document, Pledge, Release, Event, Assessment])
def test_every_value_of_the_model_comes_back_from_its_json(kind: type) -> None:
    @settings(max_examples=25)
    @given(values(kind))
    def law(value: Any) -> None:
        assert from_json(kind, parsed(canonical(value))) == value

    law()


def test_text_is_as_rfc_8785_has_it() -> None:
    numbers = [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001, -0.0]
    assert canonical(numbers) == b"[333333333.3333333,1e+30,4.5,0.002,1e-27,0]"
    assert canonical({"\u20ac": 1, "\r": 2, "\U0001f600": 3, "1": 4, "\ufb33": 5}) == (
        '{"\\r":2,"1":4,"€":1,"😀":3,"\ufb33":5}'.encode()
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "\ud800"])
def test_what_json_cannot_hold_exactly_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical({"value": value})


@pytest.mark.parametrize("value", [datetime.now(UTC), {1: "a"}, {"a"}, b"a", date])
def test_what_has_no_place_in_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="has no place in JSON"):
        as_json(value)


DOCUMENT = {
    "id": "0" * 64,
    "name": "a.txt",
    "media_type": "text/plain",
    "captured_at": "2026-11-23T04:05:06Z",
    "tool": "by hand",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, '"colour" is not a field of Document'),
        ({"name": 3}, "Document.name"),
        ({"name": None}, "Document.name"),
        ({"published": "2016-02-30"}, "'2016-02-30' is not a date"),
        ({"url": True}, "Document.url"),
    ],
)
def test_json_of_another_shape_is_refused_with_the_field(change: Any, said: str) -> None:
    assert from_json(Document, DOCUMENT).name == "a.txt"
    with pytest.raises(CaseError) as caught:
        from_json(Document, {**DOCUMENT, **change})
    assert said in str(caught.value)
    assert "update wordkept" in str(caught.value)


def test_a_field_that_is_missing_is_named() -> None:
    with pytest.raises(CaseError, match='"tool" of Document is missing'):
        from_json(Document, {name: DOCUMENT[name] for name in DOCUMENT if name != "tool"})

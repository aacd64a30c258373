"""SpanIndex against asking every span."""

from hypothesis import given
from hypothesis import strategies as st

from wordkept.model import Span
from wordkept.reading.span_index import SpanIndex

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(
    lambda pair: Span(start=pair[0], end=pair[0] + pair[1])
)


@given(st.lists(SPANS, max_size=25), SPANS)
def test_it_finds_what_asking_every_span_finds(spans: list[Span], asked: Span) -> None:
    index = SpanIndex((span, number) for number, span in enumerate(spans))
    assert sorted(index.holding(asked)) == [n for n, one in enumerate(spans) if one.holds(asked)]
    assert sorted(index.meeting(asked)) == [n for n, one in enumerate(spans) if one.meets(asked)]


@given(st.lists(SPANS, max_size=25), SPANS)
def test_what_it_finds_stands_in_the_order_of_the_text(spans: list[Span], asked: Span) -> None:
    found = SpanIndex((span, span.start) for span in spans).meeting(asked)
    assert found == sorted(found)

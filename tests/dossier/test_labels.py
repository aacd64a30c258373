"""Words beside verticals: none overprints another, and none is struck through."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wordkept.dossier.labels import GAP, Mark, Placed, placed

MARKS = st.lists(
    st.builds(
        Mark,
        x=st.integers(0, 600).map(float),
        text=st.text(alphabet="ilMW xй", min_size=1, max_size=30),
        own=st.booleans(),
    ),
    max_size=14,
)


def overprinted(one: Placed, other: Placed) -> bool:
    (a, b), (c, d) = one.reach, other.reach
    return one.row == other.row and a < d + GAP and c < b + GAP


def struck(words: Placed, vertical: Placed) -> bool:
    """Whether a vertical, which goes down from the row of its own words, goes through others."""
    left, right = words.reach
    return left + 1 < vertical.mark.x < right and vertical.row <= words.row


@given(MARKS)
def test_no_words_clash(marks: list[Mark]) -> None:
    rows = placed(marks, left=0.0, right=600.0)
    assert sorted(id(one.mark) for one in rows) == sorted(id(one) for one in marks)
    assert min((one.row for one in rows), default=0) == 0
    for one, other in combinations(rows, 2):
        assert not overprinted(one, other)
        assert not struck(one, other)
        assert not struck(other, one)

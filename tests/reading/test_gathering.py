"""Which terms belong to which act."""

from bisect import bisect_right

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus.markup import PIECES, pieces
from bench.read.gathering import gathering_scores
from wordkept.model import SLOTS, Span
from wordkept.reading.linking import Tagspan
from wordkept.reading.pledges import Gathered, gather
from wordkept.reading.words import sentences


def gathered(text: str, *terms: tuple[str, str]) -> tuple[Gathered, ...]:
    tags = []
    for role, words in terms:
        start = text.index(words)
        tags.append(
            Tagspan(role=role, span=Span(start=start, end=start + len(words)), confidence=1)
        )
    starts = [one.start for one in sentences(text)]
    return gather(
        tags, lambda place: bisect_right(starts, place), lambda _: ("other", "announced", 1.0)
    )


def words_of(text: str, one: Gathered) -> set[str]:
    return {term.span.of(text) for term in one.terms}


def test_an_object_goes_to_the_act_before_it_and_an_actor_to_both() -> None:
    text = "The firm will close shops and cut jobs."
    close, cut = gathered(
        text, ("actor", "The firm"), ("act", "close"), ("object", "shops"), ("act", "cut"),
        ("object", "jobs"),
    )  # fmt: skip
    assert words_of(text, close) == {"The firm", "close", "shops"}
    assert words_of(text, cut) == {"The firm", "cut", "jobs"}


def test_what_a_later_sentence_leaves_open_goes_to_the_act_before() -> None:
    text = "North will pull out of the valley on Tuesday. It gave no date for the end."
    (one,) = gathered(text, ("act", "pull out"), ("start", "Tuesday"), ("open", "gave no date"))
    assert words_of(text, one) == {"pull out", "Tuesday", "gave no date"}


def test_the_rule_holds_on_the_terms_of_our_own_corpus() -> None:
    assert gathering_scores(pieces(PIECES / "agency.txt"))["slots"].f1 >= 0.97


@given(st.lists(st.tuples(st.sampled_from(SLOTS), st.integers(0, 90)), max_size=12))
@settings(max_examples=60)
def test_each_act_makes_one_pledge_and_no_term_is_made_up(terms: list[tuple[str, int]]) -> None:
    tags = [Tagspan(role=role, span=Span(start=at, end=at + 2), confidence=0.5)
            for role, at in dict.fromkeys(terms)]  # fmt: skip
    found = gather(tags, lambda _: 1, lambda _: ("other", "announced", 1.0))
    assert len(found) == sum(tag.role == "act" for tag in tags)
    known = {(tag.role, tag.span) for tag in tags}
    assert all((term.slot, term.span) in known for one in found for term in one.terms)

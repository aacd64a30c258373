"""Who a source is, inside a document and in the case's list."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus.gold import GoldStatement, GoldText
from bench.read.speakers import speaker_scores
from wordkept.model import Actor, Span
from wordkept.reading.speakers import actor_of, resolve
from wordkept.reading.speakers_people import bare, people_of

RUSSIA = Actor(name="Russia", aliases=("Vladimir Putin", "Putin"))


def spans(text: str, *sources: str) -> list[Span]:
    """Where each source stands, each sought after the one before it."""
    found, after = [], 0
    for words in sources:
        start = text.index(words, after)
        found.append(Span(start=start, end=start + len(words)))
        after = start + 1
    return found


def said(text: str, *sources: str) -> list[str | None]:
    found = resolve(text, spans(text, *sources))
    return [found[span] for span in spans(text, *sources)]


@pytest.mark.parametrize(
    ("text", "sources", "names"),
    [
        ("General Ada Lorn spoke. Lorn said so. She agreed.", ("Lorn said", "She"), None),
        ("Ms Lorn said so. The minister, Ada Lorn, left.", ("Ms Lorn",), ["Ada Lorn"]),
        ("Foreign Minister Ben Okar left. The minister said no.", ("The minister",), ["Ben Okar"]),
        ("Palace spokesman Ivo Tarn Monday said no.", ("Palace spokesman Ivo Tarn Monday",),
         ["Ivo Tarn"]),
        ("Ivo Tarn said no. He left it, he said.", ("Ivo Tarn", "He", "he said"), None),
        ("Ada Lorn left. His deputy, Ben Okar, said no.", ("His deputy, Ben Okar,",), ["Ben Okar"]),
        ("President Ada Lorn said no. Her office said yes.", ("President Ada Lorn", "Her office"),
         ["Ada Lorn", "the office of Ada Lorn"]),
        ("The Valley Front said no. It left. It agreed.", ("The Valley Front", "It agreed"), None),
        ("The Hill Council met. The Council said no.", ("The Council",), ["Hill Council"]),
        ("Moscow said no.", ("Moscow",), ["Moscow"]),
        ("A member of the senate's committee spoke.", ("A member of the senate's committee",),
         ["A member of the senate's committee"]),
        ("Two envoys spoke.", ("Two envoys",), ["Two envoys"]),
        ("We will leave.", ("We",), [None]),
        ("He said no.", ("He",), [None]),
    ],
)  # fmt: skip
def test_a_source_comes_to_the_name_that_the_text_gives(
    text: str, sources: tuple[str, ...], names: list[str | None] | None
) -> None:
    cut = tuple(one.split()[0] if one in {"Lorn said", "he said", "It agreed"} else one
                for one in sources)  # fmt: skip
    found = resolve(text, starts := [
        Span(start=one.start, end=one.start + len(words))
        for one, words in zip(spans(text, *sources), cut, strict=True)
    ])  # fmt: skip
    given_names = [found[one] for one in starts]
    if names is None:
        assert len(set(given_names)) == 1, given_names
        assert given_names[0] in {"Ada Lorn", "Ivo Tarn", "Valley Front"}
    else:
        assert given_names == names


def test_a_pronoun_is_of_the_sex_that_the_text_tells() -> None:
    text = "Mr Okar said no. Spokeswoman Ada Lorn said yes. He left, she said; he said."
    first, second, she = spans(text, "Mr Okar", "Spokeswoman Ada Lorn", "she")
    he = Span(start=text.rindex("he said"), end=text.rindex("he said") + 2)
    found = resolve(text, [first, second, she, he])
    assert (found[she], found[he]) == ("Ada Lorn", "Okar")


def test_of_two_who_fit_equally_neither_is_meant() -> None:
    text = (
        "After many weeks of waiting came the first talks of President Ada Lorn with "
        "Minister Ben Okar. He said no."
    )
    assert said(text, "He") == [None]


def test_the_first_person_is_who_speaks_also_where_that_comes_after() -> None:
    text = '"I believe it is over," Ada Lorn said.'
    inner, outer = spans(text, "I", "Ada Lorn")
    assert resolve(text, [inner, outer], {inner: outer})[inner] == "Ada Lorn"
    assert resolve(text, [inner, outer])[inner] is None


@pytest.mark.parametrize(
    ("name", "actor"),
    [("Moscow", "Russia"), ("the Kremlin", "Russia"), ("President Vladimir Putin", "Russia"),
     ("Putin", "Russia"), ("Ankara", None), ("Dmitry Peskov", None), (None, None)],
)  # fmt: skip
def test_a_name_is_the_actor_of_the_case_that_it_stands_for(
    name: str | None, actor: str | None
) -> None:
    assert actor_of(name, [RUSSIA]) == actor


def test_a_day_and_an_adverb_are_no_part_of_a_name() -> None:
    text = "Ada Lorn Tuesday left. Instead Lorn came back on Friday. Lorn slept."
    assert [one.name for one in people_of(text)] == ["Ada Lorn"]
    assert bare("the Prime Minister Ada Lorn") == "Ada Lorn"


@given(st.lists(st.sampled_from(
    ["Ada Lorn", "he", "The minister", "said", ".", "“", "”", "I", "al-", "Mr", "'s", "\n", "who"]
), max_size=25))  # fmt: skip
@settings(max_examples=60)
def test_any_text_gives_each_source_one_answer_and_the_same_again(words: list[str]) -> None:
    text = " ".join(words)
    sources = [Span(start=at, end=at + 2) for at in range(0, max(0, len(text) - 2), 3)]
    found = resolve(text, sources)
    assert set(found) == set(sources)
    assert found == resolve(text, sources)


def test_the_bench_counts_right_wrong_and_silent() -> None:
    text = "Ada Lorn said no. She said yes. I said so."
    full, she, i = spans(text, "Ada Lorn", "She", "I said")
    i = Span(start=i.start, end=i.start + 1)
    content = {full: (14, 16), she: (27, 30), i: (39, 41)}
    notes = {full: None, she: "Ada Lorn", i: "Ben Okar"}
    statements = tuple(
        GoldStatement(number=str(at), source=(one,), cue=(),
                      content=(Span(start=content[one][0], end=content[one][1]),),
                      speaker=notes[one])
        for at, one in enumerate((full, she, i))
    )  # fmt: skip
    gold = GoldText(id="x", text=text, published=None, style="", statements=statements)
    scores = speaker_scores([gold])
    assert (scores["all"].right, scores["all"].silent, scores["all"].notes) == (1, 1, 2)
    assert scores["itself"].accuracy == 1

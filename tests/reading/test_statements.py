"""How statements are worded, when they were made, and inside which other they stand."""

import re
from datetime import date
from pathlib import Path

import pytest

from wordkept.model import Actor, ProposedStatement, Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.statements import manner_of, proposed_statements
from wordkept.reading.statements_quoted import quoted_stretches
from wordkept.reading.times import read_times

DAY = date(2016, 3, 14)
RUSSIA = Actor(name="Russia", aliases=("Moscow", "the Kremlin", "Vladimir Putin", "Putin"))


def read(text: str, *parts: tuple[str, str, str]) -> tuple[ProposedStatement, ...]:
    """The statements with these sources, cues and contents, each at its first place."""

    def of(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start=start, end=start + len(words)),) if words else ()

    found = [
        Attributed(source=of(source), cue=of(cue), content=of(content), confidence=0.5)
        for source, cue, content in parts
    ]
    return proposed_statements(text, found, read_times(text, DAY), DAY, [RUSSIA])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lorn said on Monday they would go on Tuesday.", DAY),
        ("Lorn said they would go on Tuesday.", None),
        ("In October, Lorn said they would go.", None),
        ("On 3 March Lorn said they would go.", date(2016, 3, 3)),
        ("Lorn, in office since 3 March, said they would go.", None),
        ("Lorn said, before the raid of 3 March, they would go.", None),
    ],
)
def test_the_day_is_that_of_the_clause_outside_all_that_was_said(
    text: str, day: date | None
) -> None:
    content = text[text.index("they") :].rstrip(".")
    (one,) = read(text, ("Lorn", "said", content))
    assert one.made_on == day


def test_a_speaker_keeps_the_day_and_another_does_not_get_it() -> None:
    text = "Ada Lorn said on Monday no. She added yes.\nBen Okar replied never."
    first, second, third = read(
        text, ("Ada Lorn", "said", "no"), ("She", "added", "yes"), ("Ben Okar", "replied", "never")
    )
    assert (first.made_on, second.made_on, third.made_on) == (DAY, DAY, None)


def test_a_day_of_old_is_not_that_of_the_news() -> None:
    text = "On 3 February Ada Lorn said no.\nShe added yes."
    first, second = read(text, ("Ada Lorn", "said", "no"), ("She", "added", "yes"))
    assert (first.made_on, second.made_on) == (date(2016, 2, 3), None)


@pytest.mark.parametrize(
    ("content", "manner"),
    [
        ('"we go"', "direct"), ("“we go,”", "direct"), ("«мы уходим»", "direct"),
        ("„wir gehen“", "direct"), ("‘we go’", "direct"), ("they go", "indirect"),
        ('it would "go" soon', "mixed"), ("the army's men won't go", "indirect"),
        ('that "we go"', "direct"),
    ],
)  # fmt: skip
def test_every_kind_of_quotation_mark_tells_the_manner(content: str, manner: str) -> None:
    text = f"She said {content}."
    span = Span(start=9, end=9 + len(content))
    assert manner_of(text, [span], quoted_stretches(text)) == manner


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", '""'])
def test_a_quotation_over_several_paragraphs_is_direct_in_each(opening: str, closing: str) -> None:
    text = f"{opening}We wait.\n\n{opening}We watch,{closing} she said."
    pieces = [Span(start=0, end=9), Span(start=11, end=text.index(" she"))]
    assert manner_of(text, pieces, quoted_stretches(text)) == "direct"
    assert quoted_stretches(text)[0] == pieces[0]


def test_a_statement_stands_within_the_shortest_that_holds_it() -> None:
    text = "Ada Lorn said that Ben Okar had claimed that he thought it over."
    one, two, three = read(
        text,
        ("Ada Lorn", "said", "that Ben Okar had claimed that he thought it over"),
        ("Ben Okar", "had claimed", "that he thought it over"),
        ("he", "thought", "it over"),
    )
    assert (one.within, two.within, three.within) == (None, "s1", "s2")
    assert three.speaker == "Ben Okar"


def test_the_first_real_article_comes_out_with_speakers_and_days(shared: Path) -> None:
    file = shared / "articles" / "2016-03-14-withdrawal-announced.txt"
    text = file.read_text(encoding="utf-8")
    plain = text.replace("\xa0", " ")
    lines = {
        "head": ("President Vladimir Putin Monday", "has announced", "that Russia will pull out"),
        "office": ("The president", "said", "would begin on Tuesday"),
        "spokesman": ("Kremlin spokesman Dmitry Peskov", "said", "had informed"),
        "he": ("He", "added", "had agreed"),
        "aim": ("it", "intended", "to stem"),
        "winding": ("Moscow", "announced", "that it would begin"),
    }
    found, after = [], 0
    for parts in lines.values():
        pieces = []
        for words in parts:
            place = re.search(rf"\b{words}\b", plain[after:])
            assert place is not None, words
            start = after + place.start()
            pieces.append((Span(start=start, end=start + len(words)),))
            after = start + 1 if words != parts[-1] else start
        found.append(Attributed(source=pieces[0], cue=pieces[1], content=pieces[2], confidence=1))
    made = proposed_statements(text, found, read_times(text, DAY), DAY, [RUSSIA])
    read_as = {
        name: (one.speaker, one.actor, one.made_on) for name, one in zip(lines, made, strict=True)
    }
    assert read_as == {
        "head": ("Vladimir Putin", "Russia", DAY),
        "office": ("Vladimir Putin", "Russia", DAY),
        "spokesman": ("Dmitry Peskov", None, None),
        "he": ("Dmitry Peskov", None, None),
        "aim": ("Russia", "Russia", date(2015, 9, 30)),
        "winding": ("Moscow", "Russia", None),
    }

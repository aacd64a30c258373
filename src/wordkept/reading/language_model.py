"""What a language model says of a text, kept only where the text itself holds it.

The model gives quotes; spans, bounds, days, speakers and places come from the text by the same
functions that every reader uses.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wordkept.ids import bytes_id
from wordkept.model import Figure, LeftOut, ProposedStatement, Reading, Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.carriers import Carriers
from wordkept.reading.figures import read_figures
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.language_model_asking import Asked, ask
from wordkept.reading.language_model_laying import Section
from wordkept.reading.language_model_service import Service
from wordkept.reading.places import read_places
from wordkept.reading.pledges import Gathered
from wordkept.reading.reader import Context, proposed_pledges
from wordkept.reading.statements import proposed_statements
from wordkept.reading.times import read_times


def read_with_model(text: str, context: Context, service: Service, gazetteer: Gazetteer) -> Reading:
    """All that a language model proposes of a text and the text holds word for word.

    Raises InputError where the service cannot be reached, is not there, or refuses the key.
    """
    return grounded_reading(text, context, ask(text, service), service.reader, gazetteer)


def grounded_reading(
    text: str, context: Context, asked: Asked, reader: str, gazetteer: Gazetteer
) -> Reading:
    """What of a model's answers the text holds; the rest is counted with its reason.

    The same text, context and answers give the same reading.
    """
    out = Counter({one.reason: one.times for one in asked.left_out})
    times = read_times(text, context.published)
    found, gathered, figures = _laid(text, asked, read_figures(text, times), out)
    statements = proposed_statements(text, found, times, context.published, context.actors)
    sources = tuple(span for one in statements for span in one.source)
    return Reading(
        text=bytes_id(text.encode("utf-8")),
        reader=reader,
        statements=statements,
        pledges=proposed_pledges(gathered, text, statements, times),
        figures=_numbered(figures, statements),
        times=times,
        places=read_places(text, gazetteer, country=context.country, actors=sources),
        left_out=tuple(LeftOut(reason=why, times=out[why]) for why in sorted(out) if out[why]),
    )


def _laid(
    text: str, asked: Asked, known: Sequence[Figure], out: Counter[str]
) -> tuple[list[Attributed], list[Gathered], dict[Span, Figure]]:
    """Statements, pledges and figures in the order of the text, each once."""
    found: dict[Attributed, None] = {}
    gathered: list[Gathered] = []
    figures: dict[Span, Figure] = {}
    for span, answer in asked.answers:
        section = Section(text, span, out)
        statements = section.statements(answer.statements)
        found |= dict.fromkeys(one for one in statements if one)
        gathered.extend(section.pledges(answer.pledges, statements))
        figures |= {one.span: one for one in section.figures(answer.figures, known)}
    return (
        sorted(found, key=lambda one: one.start),
        sorted(gathered, key=lambda one: one.act),
        dict(sorted(figures.items())),
    )


def _numbered(
    figures: Mapping[Span, Figure], statements: Sequence[ProposedStatement]
) -> tuple[Figure, ...]:
    carriers = Carriers(statements)
    return tuple(
        replace(figure, id=f"f{number}", statement=carriers.id_of(span))
        for number, (span, figure) in enumerate(figures.items(), start=1)
    )

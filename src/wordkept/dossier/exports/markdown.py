"""The dossier as plain Markdown (GitHub's flavour): the page's story, in the page's order."""

from collections.abc import Iterator, Sequence

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.board_shown import ShownBoard, shown_board
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.markdown_evidence import evidence, part, record
from wordkept.dossier.exports.markdown_text import bullets, code, literal, quoted, table
from wordkept.dossier.shown import Quote, Reading, Shown
from wordkept.ids import short

LEDE = (
    "What was declared, held against what the event records show. A verdict says what the record "
    "shows, never what was meant; “cannot tell” is one of the answers."
)


def write(material: Material) -> bytes:
    """The whole dossier as Markdown in UTF-8, a blank line between its parts."""
    return ("\n\n".join(part for part in _parts(material) if part) + "\n").encode()


def _parts(material: Material) -> Iterator[str]:
    report = material.report
    yield f"# {literal(report.case)}"
    yield LEDE
    yield f"As of {prose.day(report.as_of)}."
    yield "## The board"
    yield from _board(material.shown, shown_board(report.board, report.assessments))
    for pledge in material.shown:
        yield from _pledge(pledge)
    records = {one.id: one for pledge in material.shown for one in pledge.records}
    if records:
        yield "## The records"
    for one in records.values():
        yield from record(one)
    yield "## How to rebuild this"
    yield "The same case gives the same text, byte for byte. From the folder that holds it:"
    yield code(report.command)
    yield (
        f"Made by wordkept {literal(report.version)}. Last assessment in the ledger: "
        f"{code(report.ledger_head)}. A hash proves that bytes have not changed since a time; it "
        "does not prove that they are true."
    )


def _board(pledges: Sequence[Shown], board: ShownBoard) -> Iterator[str]:
    if not pledges:
        yield "No pledge has been assessed in this case yet."
        return
    yield table(
        ("Pledge", "Actor", "Declared", "Verdict", "In one sentence"),
        [
            (one.title, one.actor, claims.short_day(one.announced),
             one.reading.word.capitalize(), one.reading.sentence)
            for one in pledges
        ],
    )  # fmt: skip
    if board.rows:
        yield "### So many tests at once, and the other party"
        yield literal(board.sentence)
        yield table(
            ("Pledge", "By itself (p)", "Among all (q)", "Its verdict", "The other party"),
            [
                (row.title, row.alone, row.among,
                 f"{row.word.capitalize()}; {row.stands_text}", row.symmetry)
                for row in board.rows
            ],
        )  # fmt: skip
    if board.histories:
        yield "### What each party declared in this case"
        yield bullets(f"{literal(one.actor)}: {literal(one.sentence)}." for one in board.histories)


def _pledge(pledge: Shown) -> Iterator[str]:
    said = pledge.reading
    yield f"## {literal(pledge.title)}"
    yield (
        f"{literal(pledge.actor)}, {prose.day(pledge.announced)}. As of "
        f"{prose.day(pledge.as_of)}; {literal(pledge.fixed)}."
    )
    for quote in pledge.quotes:
        yield from _quote(quote)
    yield f"### {said.word.capitalize()}"
    yield literal(said.sentence)
    yield literal(f"Cite as: {pledge.citation}")
    yield from part("What it names", (f"{one.name}: {one.said}" for one in pledge.named))
    unsaid = [f"{one.name}: {one.rules_out}" if one.rules_out else one.name for one in pledge.open]
    yield from part("What it leaves open", (*unsaid, *pledge.leaves_open))
    yield from part("Why no record can test it", pledge.obstacles)
    yield from part("What was counted", (*said.counted, *said.durability))
    yield from _reasons(said)
    yield from part("How it could be wrong", said.how_wrong)
    yield from evidence(pledge)


def _quote(quote: Quote) -> Iterator[str]:
    if quote.words is None:
        yield literal(quote.note)
    else:
        yield quoted(quote.lead, quote.words, quote.trail)
    speaker = literal(quote.speaker[:1].upper() + quote.speaker[1:])
    yield f"{speaker}, {prose.day(quote.made_on)}.{_source(quote)}"
    if quote.words is not None and quote.note:
        yield literal(quote.note)


def _source(quote: Quote) -> str:
    """Where the words stand: the document, its capture, and its address as code, not as a link."""
    said = ""
    if quote.title:
        named = [literal(one) for one in (quote.title, quote.publisher) if one]
        named += [prose.day(quote.published)] if quote.published else []
        said = f" In: {', '.join(named)}."
    said += f" Capture {code(short(quote.capture))}, characters {quote.start} to {quote.end}"
    said += f", taken {literal(claims.moment(quote.captured_at))}" if quote.captured_at else ""
    return f"{said}. Address: {code(quote.url)}" if quote.url else f"{said}."


def _reasons(said: Reading) -> Iterator[str]:
    higher, lower = said.why_not_higher, said.why_not_lower
    if higher == lower:
        yield from part("Why not one step up, nor one down", higher)
    else:
        yield from part("Why not one step up", higher)
        yield from part("Why not one step down", lower)
    for heading, sentences in (
        ("Gates that closed", said.gates),
        ("Why one step down was taken", said.steps_down),
    ):
        if set(sentences) - set(higher):
            yield from part(heading, sentences)


EXPORT = Export(
    name="markdown",
    file_name="dossier.md",
    media_type="text/markdown; charset=utf-8",
    holds="The page's story as text with headings, quotes, lists and tables (GitHub's flavour).",
    leaves_out=(
        "It has no charts: their tables stand in their place, by week.",
        "Set-ups of the specification curve are not listed one by one; their shares are.",
        "Rows of the records are not listed; the tables and rows have files of their own.",
        "Addresses are written as code and are no links.",
    ),
    write=write,
)

"""What was found, numbers and prose together, as a notebook shows it."""

from dataclasses import dataclass
from typing import Any

from wordkept.model import Assessment, Estimate, Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Result:
    """One assessed series: its verdict, the numbers behind it, and how to see them."""

    assessment: Assessment
    """Everything that was found, in the words of the model."""
    kind: str | None
    """The library whose table was given; None of plain values."""
    filled: int = 0
    """Days without a row that were taken as nought."""

    @property
    def verdict(self) -> Verdict:
        """One word, its sentence, and why it is not one step up or down."""
        return self.assessment.verdict

    @property
    def word(self) -> Word:
        """Kept, partly kept, not kept or cannot tell."""
        return self.verdict.word

    @property
    def sentence(self) -> str:
        """The one sentence that may be printed."""
        return self.verdict.sentence

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The window held against each baseline."""
        return self.assessment.estimates

    @property
    def ratio(self) -> tuple[float, float] | None:
        """The lowest and the highest rate after, as a share of the rate before, over baselines.

        As counted; None where some baseline holds no event, or none fits the record.
        """
        ratios = [one.ratio for one in self.estimates if one.ratio is not None]
        if not ratios or len(ratios) < len(self.estimates):
            return None
        return min(ratios), max(ratios)

    @property
    def ratio_widened(self) -> tuple[float, float] | None:
        """The same range had reporting changed by the plan's allowance either way."""
        low, high = self.assessment.range_low, self.assessment.range_high
        return None if low is None or high is None else (low, high)

    @property
    def p(self) -> float | None:
        """How often the record shows such a change by itself; None where it is too short."""
        return self.assessment.p

    def to_frame(self, kind: str | None = None) -> Any:
        """The estimates as a table of the kind that was given, or of the kind asked for.

        Kinds: "pandas", "polars", "pyarrow", and "rows" for a list of dicts, which is what plain
        values bring.
        """
        from wordkept.notebook.frames import table_of

        return table_of(self.estimates, kind or self.kind or "rows")

    def plot(self) -> Any:
        """The series by week with the days compared, as an Altair chart."""
        from wordkept.notebook.plotting import chart

        return chart(self.assessment)

    def __str__(self) -> str:
        from wordkept.notebook.telling import text

        return text(self.assessment)

    def __repr__(self) -> str:
        from wordkept.dossier.unseen import reveal

        return f"<wordkept.Result: {reveal(self.sentence)}>"

    def _repr_html_(self) -> str:
        from wordkept.notebook.page import html

        return html(self.assessment)

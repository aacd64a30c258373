"""What may be said beside the series and the date, each checked, with the model's defaults."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from numbers import Integral, Real
from typing import Any, TypedDict, get_args

from wordkept.errors import InputError, Problem, did_you_mean
from wordkept.model import Baseline, Plan, Selection
from wordkept.notebook.cells import Fault, read_day
from wordkept.notebook.days import Missing
from wordkept.pledges.plans import ALPHA, BASELINE, DONUT, GRACE, WINDOW
from wordkept.pledges.questions import LIMITS
from wordkept.pledges.tables import Limits

PLAIN = Plan(question="falls", primary=Selection(dataset=""))
PAIR = 2


class Choices(TypedDict, total=False):
    """What `assess` may be told beside the series, the date and the change that was declared."""

    label: str
    """What is counted, in the plural, as it shall stand in sentences: "air strikes on Idleb"."""
    day: str
    """The column of days, where it cannot be told by its type."""
    count: str
    """The column of counts, likewise."""
    missing: Missing
    """What a day without a row means: "zero" if it was watched and nothing was seen; "unknown",
    which is refused, if nobody can say. Unknown where it is left out."""
    announced: str | date
    """The day of the words, where it is not the day from which they bind."""
    window_days: int
    """How many days are compared with those before."""
    grace_days: int
    """Days after the date that are left out."""
    baselines: Sequence[int | tuple[int, int] | Baseline]
    """The days before that it is held against: `28`, or `(90, 30)` for 90 days that end 30 days
    before the date."""
    alpha: float
    """How rare a change must be to count as more than ordinary."""
    control: Any
    """A series of the same days that the pledge does not bind, given like the first."""
    control_label: str
    """What the control counts."""


def unknown(choices: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Each choice that `assess` does not know, with the one that was perhaps meant."""
    known = sorted((*Choices.__annotations__, "on", "falls_to", "rises_to", "until"))
    remedies = {
        name: did_you_mean(name, known, otherwise=f"known: {', '.join(known)}") for name in choices
    }
    return tuple(
        Problem(what=f'assess takes no "{name}"', where=f"{name}=", remedy=remedy)
        for name, remedy in remedies.items()
        if name not in Choices.__annotations__
    )


class Asked:
    """The choices of one call; what is wrong with any is kept, and told of all at once."""

    def __init__(self, choices: Mapping[str, Any]) -> None:
        self.choices = choices
        self.problems: list[Problem] = list(unknown(choices))

    def note(self, name: str, what: str, remedy: str) -> None:
        """Keep a problem with one choice."""
        self.problems.append(Problem(what=what, where=f"{name}=", remedy=remedy))

    def tried(self, reading: Callable[[], Any]) -> Any:
        """What a reading gives, or None where it fails, with its problems kept."""
        try:
            return reading()
        except InputError as error:
            self.problems += error.problems
            return None

    def day(self, name: str, cell: Any) -> date | None:
        """A date that was given, or None where it cannot be read."""
        read = read_day(cell)
        if not isinstance(read, Fault):
            return read
        shown = repr(cell) if isinstance(cell, str) else str(cell)
        self.note(name, f"{shown} {read.what}", 'give a date, as in on="2016-03-15"')
        return None

    def text(self, name: str, default: str) -> str:
        """Words, on one line."""
        given = self.choices.get(name)
        if given is None:
            return default
        if not isinstance(given, str) or not given.strip():
            self.note(name, f"{given!r} is no text", f'write {name}="air strikes on Idleb"')
            return default
        return " ".join(given.split())

    def column(self, name: str) -> str | None:
        """The name of a column, if one was given."""
        given = self.choices.get(name)
        return None if given is None else str(given)

    def missing(self) -> Missing:
        """What a day without a row means."""
        given = self.choices.get("missing", "unknown")
        for known in get_args(Missing):
            if given == known:
                return "zero" if known == "zero" else "unknown"
        remedy = 'say missing="zero" if nothing was seen on such days; leave it out if unknown'
        self.note("missing", f"{given!r} is neither 'zero' nor 'unknown'", remedy)
        return "unknown"

    def whole(self, name: str, default: int, limits: Limits) -> int:
        """A whole number within its limits."""
        return self._whole(name, self.choices.get(name, default), default, limits)

    def number(self, name: str, given: Any, limits: Limits) -> float | None:
        """A number within its limits; None where it is none."""
        if isinstance(given, Real) and not isinstance(given, bool) and float(given) in limits:
            return float(given)
        self.note(name, f"{given!r} cannot be {name}", f"give a number {limits}")
        return None

    def baselines(self) -> tuple[Baseline, ...]:
        """The baselines that were given, or the model's."""
        given = self.choices.get("baselines")
        if given is None:
            return PLAIN.baselines
        if isinstance(given, str) or not isinstance(given, Sequence) or not given:
            remedy = "give a list: baselines=[28, (90, 30)]"
            self.note("baselines", f"{given!r} is no list of baselines", remedy)
            return PLAIN.baselines
        before = len(self.problems)
        read = tuple(self._baseline(one) for one in given)
        if len(set(read)) < len(read) and len(self.problems) == before:
            self.note("baselines", "a baseline stands twice", "keep one of them")
        return read

    def _baseline(self, given: Any) -> Baseline:
        if isinstance(given, Baseline):
            given = (given.days, given.donut_days)
        pair = given if isinstance(given, tuple | list) and len(given) == PAIR else (given, 0)
        return Baseline(
            days=self._whole("baselines", pair[0], PLAIN.window_days, BASELINE),
            donut_days=self._whole("baselines", pair[1], 0, DONUT),
        )

    def _whole(self, name: str, given: Any, default: int, limits: Limits) -> int:
        whole = isinstance(given, Integral) and not isinstance(given, bool)
        if whole and int(given) in limits:
            return int(given)
        self.note(name, f"{given!r} cannot be {name}", f"give a whole number, {limits}")
        return default

    def change(self, falls_to: Any, rises_to: Any) -> tuple[str, float]:
        """Whether a fall or a rise was declared, and to what share of the level before."""
        if (falls_to is None) == (rises_to is None):
            both = "both falls_to and rises_to are given" if falls_to is not None else (
                "neither falls_to nor rises_to is given"
            )  # fmt: skip
            remedy = "say what was declared: falls_to=0.5 (to a half), or rises_to=2 (to twice)"
            self.note("falls_to", both, remedy)
            return "falls", PLAIN.threshold
        if falls_to is not None:
            return "falls", self.number("falls_to", falls_to, LIMITS["falls"]) or PLAIN.threshold
        return "rises", self.number("rises_to", rises_to, LIMITS["rises"]) or 2.0

    def plan_numbers(self) -> dict[str, Any]:
        """The parts of a plan that are numbers."""
        window = self.whole("window_days", PLAIN.window_days, WINDOW)
        grace = self.whole("grace_days", PLAIN.grace_days, GRACE)
        alpha = self.number("alpha", self.choices.get("alpha", PLAIN.alpha), ALPHA)
        return {"window_days": window, "grace_days": grace, "alpha": alpha or PLAIN.alpha,
                "baselines": self.baselines()}  # fmt: skip

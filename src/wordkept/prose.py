"""Numbers in words for people (LOOK: "fell to 15 % of its level before", never "RR 0.15")."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """A date as it is read aloud.

    >>> day(date(2016, 3, 5))
    '5 March 2016'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def percent(ratio: float) -> str:
    """A ratio in per cent, with a decimal only under one per cent.

    >>> percent(0.154), percent(1.43), percent(0.004), percent(0.0)
    ('15 %', '143 %', '0.4 %', '0 %')
    """
    return f"{ratio * 100:.1f} %" if 0 < ratio < 0.01 else f"{ratio * 100:.0f} %"  # noqa: PLR2004


def percents(low: float, high: float) -> str:
    """A range of ratios in per cent.

    >>> percents(0.07, 0.159), percents(0.151, 0.149)
    ('7 to 16 %', '15 %')
    """
    if percent(low) == percent(high):
        return percent(low)
    return f"{percent(low).removesuffix(' %')} to {percent(high)}"


def chances(p: float) -> str:
    """A p-value as so many in a hundred.

    >>> chances(0.0123), chances(0.002), chances(0.37)
    ('1 of 100', 'fewer than 1 of 100', '37 of 100')
    """
    hundredths = round(p * 100)
    return f"{hundredths} of 100" if p >= 0.01 else "fewer than 1 of 100"  # noqa: PLR2004


def moved(low: float, high: float) -> str:
    """What a rate did, from the range of its ratios.

    >>> moved(0.07, 0.16), moved(1.2, 1.6), moved(0.8, 1.1)
    ('fell to 7 to 16 %', 'rose to 120 to 160 %', 'stood at 80 to 110 %')
    """
    verb = "fell to" if high < 1 else "rose to" if low > 1 else "stood at"
    return f"{verb} {percents(low, high)}"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "event"), count(3, "event"), count(0, "day")
    ('1 event', '3 events', '0 days')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(parts: tuple[str, ...]) -> str:
    """Parts joined as in a sentence.

    >>> listed(("a", "b", "c")), listed(("a",))
    ('a, b and c', 'a')
    """
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"

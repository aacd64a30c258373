"""Our list of time expressions, read by wordkept and by the libraries that people reach for.

python -m bench.read_times

dateparser, parsedatetime and ctparse are measured where they are installed; the table says which
are not. They are given every chance: the day of publication to count from, the whole sentence and
the bare expression, and either answer counts; where an expression covers more than a day, any day
of it counts; where a value is a duration, the same duration counts; where nothing is to be told,
no answer counts. wordkept must give the very words, the value and the days, from the sentence.
"""

import logging
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from bench.corpus.time_cases import TimeCase, time_cases
from wordkept.reading.times import read_times

Answer = date | str
"""A day, or the value of a duration."""
NO_DAY = date(2000, 1, 1)
"""What a peer counts from where there is no day of publication: it must have one."""
_UNITS = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D", "weeks": "P{}W", "months": "P{}M"}


def ours_right(case: TimeCase) -> bool:
    """Whether wordkept gives the very words, with the value and the days."""
    return any(
        (one.span.start, one.span.of(case.text)) == (case.start, case.words)
        and (one.value, one.period) == (case.value, case.period)
        for one in read_times(case.text, case.published)
    )


def peer_right(case: TimeCase, answers: list[Answer]) -> bool:
    """Whether one of a peer's answers will do."""
    if case.period:
        return any(not isinstance(one, str) and one in case.period for one in answers)
    if case.value == "":
        return not answers
    if case.value == "PRESENT_REF":
        return case.published in answers
    return case.value in answers


def dateparser_answers(case: TimeCase) -> Iterator[Answer]:
    base = datetime.combine(case.published or NO_DAY, time())
    settings = {"RELATIVE_BASE": base}
    search = import_module("dateparser.search").search_dates
    for words, when in search(case.text, languages=["en"], settings=settings) or ():
        if words in case.words or case.words in words:
            yield when.date()
    alone = import_module("dateparser").parse(case.words, languages=["en"], settings=settings)
    if alone:
        yield alone.date()


def parsedatetime_answers(case: TimeCase) -> Iterator[Answer]:
    base = datetime.combine(case.published or NO_DAY, time())
    calendar = import_module("parsedatetime").Calendar()
    for words in (case.text, case.words):
        for when, _, start, end, _ in calendar.nlp(words, sourceTime=base) or ():
            at = case.start if words is case.text else 0
            if start < at + len(case.words) and at < end:
                yield when.date()


def ctparse_answers(case: TimeCase) -> Iterator[Answer]:
    base = datetime.combine(case.published or NO_DAY, time())
    for words in (case.text, case.words):
        read = import_module("ctparse").ctparse(words, ts=base, timeout=2)
        what = read.resolution if read else None
        if what is None:
            continue
        if hasattr(what, "value"):
            yield _UNITS.get(what.unit.value, "").format(what.value)
            continue
        ends = (what.t_from, what.t_to) if hasattr(what, "t_from") else (what,)
        for end in ends:
            if end and end.year and end.month and end.day:
                yield end.dt.date()


PEERS: dict[str, Callable[[TimeCase], Iterator[Answer]]] = {
    "dateparser": dateparser_answers,
    "parsedatetime": parsedatetime_answers,
    "ctparse": ctparse_answers,
}


def installed() -> dict[str, str]:
    """The peers that are here, with their versions."""
    found = {}
    for name in PEERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _answers(name: str, case: TimeCase) -> list[Answer]:
    try:
        return list(PEERS[name](case))
    except (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError):
        return []


def main() -> None:
    """Prints how many of each sort each gets right, and where a peer wins."""
    logging.disable()
    warnings.simplefilter("ignore")
    here = installed()
    names = ["wordkept", *here]
    right: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    wins = []
    cases = time_cases()
    for case in cases:
        ours = ours_right(case)
        results = {name: peer_right(case, _answers(name, case)) for name in here}
        for name, good in {"wordkept": ours, **results}.items():
            right[case.sort][name] += good
        if not ours and any(results.values()):
            wins.append((case, [name for name, good in results.items() if good]))
    sizes = {sort: sum(case.sort == sort for case in cases) for sort in right}
    print(f"{'sort':10}{'of':>5}" + "".join(f"{name:>15}" for name in names))
    for sort, size in sizes.items():
        print(f"{sort:10}{size:5}" + "".join(f"{right[sort][name]:15}" for name in names))
    totals = (sum(row[name] for row in right.values()) for name in names)
    print(f"{'all':10}{len(cases):5}" + "".join(f"{total:15}" for total in totals))
    for name, its in here.items():
        print(f"{name} {its}")
    for name in PEERS.keys() - here.keys():
        print(f"{name}: not installed, not measured")
    for case, winners in wins:
        print(f"{', '.join(winners)} right where wordkept is not: {case.text} [{case.words}]")
    if here and not wins:
        print("no peer is right where wordkept is not")


if __name__ == "__main__":
    main()

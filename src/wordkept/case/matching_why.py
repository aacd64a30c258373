"""Why two rows may be one event, in words, also of a pair that no run found."""

from wordkept.case.matching import MatchRun
from wordkept.model import Pair


def why(run: MatchRun, pair: Pair) -> str:
    """How the two rows compare, in one line; empty where one of them is not there any more."""
    from wordkept.matching import reason, records

    sides = [run.rows[key.dataset].row(key.native_id) for key in (pair.one, pair.other)]
    if any(side is None for side in sides):
        return ""
    one, other = records(sides[0], sides[1], run.aliases)
    return reason(one, other, 0, 0)

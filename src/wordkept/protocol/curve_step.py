"""Whether the other defensible set-ups take a verdict one step down (METHOD step 7)."""

from wordkept.model import Curve, Plan
from wordkept.prose import chances, count, percent
from wordkept.protocol.steps import Step

AGREEING = 0.8
"""At least four in five of the set-ups must lie on the pledge's side (METHOD step 7)."""


def curve_step(curve: Curve | None, plan: Plan) -> Step | None:
    """A reason to come a step down; None where the set-ups bear the verdict out, or there are none.

    The set-ups do not bear it out where too few of them lie on the side of 1 that was pledged, or
    where their median is no more extreme than at too many placebo dates.
    """
    if curve is None:
        return None
    tried = count(len(curve.specifications), "defensible way to count and compare",
                  "defensible ways to count and compare")  # fmt: skip
    moved = "a fall" if plan.direction == "falls" else "a rise"
    if curve.share_agreeing < AGREEING:
        share = _share(curve.share_agreeing)
        return Step(
            sentence=f"Of {tried}, only {share} show {moved}; the protocol asks for "
            f"{percent(AGREEING)}.",
            clause=f"only {share} of the defensible ways to count and compare show {moved}",
        )
    if curve.joint_p > plan.alpha:
        often = chances(curve.joint_p)
        return Step(
            sentence=f"Over {tried} the median change is one that this record shows at {often} "
            f"dates of its own, more than the {chances(plan.alpha)} that the plan allows.",
            clause="over all defensible ways to count and compare, changes this large come about "
            f"by themselves at {often} dates",
        )
    return None


def _share(share: float) -> str:
    """A share in per cent that is never rounded up to what the protocol asks for.

    >>> _share(0.798)
    'under 80 %'
    """
    return f"under {percent(AGREEING)}" if percent(share) == percent(AGREEING) else percent(share)

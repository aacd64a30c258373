"""Where the events lie that a plan's first estimate counts, for the map beside it."""

from wordkept.case.record import Record
from wordkept.events.cells import laid
from wordkept.model import ATTRIBUTIONS, Assessment, Estimate, MappedCounts, Plan, Safety


def mapped(record: Record, found: Assessment, safety: Safety) -> MappedCounts | None:
    """The counts of the primary record on a grid and by area, at its widest attribution.

    None where no rate was estimated, and where terms let nothing of the record be published.
    """
    plan = found.pledge.plan
    estimate = _drawn(found, plan) if plan else None
    if plan is None or estimate is None:
        return None
    if record.releases[estimate.dataset].publication.allows == "nothing":
        return None
    where = laid(
        record.reached(plan.primary),
        plan.primary,
        estimate.attribution,
        (estimate.baseline_period, estimate.window),
        safety=safety,
        as_of=found.as_of,
    )
    return MappedCounts(
        pledge=found.pledge.id, dataset=estimate.dataset, attribution=estimate.attribution,
        before=estimate.baseline_period, after=estimate.window, grid=where.grid,
        cells=where.cells, areas=where.areas, delayed=where.delayed, coarsened=where.coarsened,
    )  # fmt: skip


def _drawn(found: Assessment, plan: Plan) -> Estimate | None:
    """The first estimate of the primary record at its widest attribution, as it was counted."""
    own = [
        one
        for one in found.estimates
        if one.dataset == plan.primary.dataset and not one.inflated
    ]  # fmt: skip
    widest = max((ATTRIBUTIONS.index(one.attribution) for one in own), default=0)
    return next((one for one in own if one.attribution == ATTRIBUTIONS[widest]), None)

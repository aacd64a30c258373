"""From two records to the pairs that may be one event, each with its probability."""

import numpy as np

from wordkept.matching.matches import Assignment, Fitted, Labels, Matches, Window, empty
from wordkept.matching.reasons import distance_km
from wordkept.matching.records import Records

LEAST_PROBABILITY = 0.02


def match(
    left: Records,
    right: Records,
    *,
    labels: Labels | None = None,
    assignment: Assignment = "one-to-one",
    window: Window | None = None,
) -> Matches:
    """The pairs of rows of two records (or of one with itself) that may be one event."""
    window = window or Window()
    found: list[tuple[float, int, int]] = []
    for i in range(len(left)):
        for j in range(i + 1 if left is right else 0, len(right)):
            gap = max(int(left.day_from[i]) - int(right.day_to[j]),
                      int(right.day_from[j]) - int(left.day_to[i]), 0)  # fmt: skip
            if not (left.dated[i] and right.dated[j]) or gap > window.days:
                continue
            if left.pointed[i] and right.pointed[j]:
                away = distance_km(left, right, i, j)
                if away > window.km + left.radius_km[i] + right.radius_km[j]:
                    continue
            elif left.admin1[i] != right.admin1[j] or left.admin1[i] < 0:
                continue
            else:
                away = 20.0
            shared = set(left.actors[i][left.actors[i] >= 0]) & set(right.actors[j])
            score = 1.0 - gap - away / 10 + 2 * len(shared)
            score += 1.0 if left.event_type[i] == right.event_type[j] else -1.0
            found.append((score, i, j))
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    probability = np.array([1 / (1 + np.exp(-score)) for score, _, _ in found])
    fitted = Fitted(labelled=0 if labels is None else len(labels.left), candidates=len(found),
                    expected=float(probability.sum()), threshold=0.5, expected_f1=float("nan"),
                    weights={})  # fmt: skip
    if not found:
        return Matches(**empty(fitted))
    taken: tuple[set[int], set[int]] = (set(), set())
    chosen = np.zeros(len(found), np.bool_)
    for n, (score, i, j) in enumerate(found):
        free = assignment == "clusters" or not (i in taken[0] or j in taken[1])
        chosen[n] = free and score >= 0
        if chosen[n]:
            taken[0].add(i)
            taken[1].add(j)
            if left is right:
                taken[0].add(j)
                taken[1].add(i)
    return Matches(
        left=np.array([i for _, i, _ in found], np.int32),
        right=np.array([j for _, _, j in found], np.int32),
        score=np.array([score for score, _, _ in found]),
        probability=probability, chosen=chosen,
        levels=np.zeros((len(found), 5), np.uint8), fitted=fitted,
    )  # fmt: skip

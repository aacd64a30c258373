"""The same happening in several datasets: candidate pairs, scores, probabilities, a choice.

Nothing is merged here: what comes out are pairs of rows, each with its probability and the reasons
that speak for it, for a person (or a rule that a person wrote) to judge.
"""

from wordkept.matching.matches import Fitted, Labels, Matches, Window
from wordkept.matching.matching import match
from wordkept.matching.reasons import reason
from wordkept.matching.records import Records, records

__all__ = ["Fitted", "Labels", "Matches", "Records", "Window", "match", "reason", "records"]

"""Why an option is first more often than the ranking's first: the weight vectors tried, or the drawn scores.

Each is tried alone: scores at their likely values while the weights vary, and the weights of the set while scores are
drawn.
"""

from __future__ import annotations

from typing import Literal

from policy_options.analysis.acceptability.results import Acceptability

__all__ = ["Cause", "cause"]

Cause = Literal["weights", "scores", "either", "together"]
"""The cause that is enough alone; ``together`` if neither is."""


def cause(option: str, leader: str, *, weights_alone: Acceptability, scores_alone: Acceptability | None) -> Cause:
    """What puts one option first more often than another, given that both causes together do.

    ``scores_alone`` is ``None`` where no score has a range.
    """
    if scores_alone is None:
        return "weights"
    by_weights = weights_alone.more_often(option, leader)
    by_scores = scores_alone.more_often(option, leader)
    if by_weights:
        return "either" if by_scores else "weights"
    return "scores" if by_scores else "together"

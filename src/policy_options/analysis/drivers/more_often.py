"""Why an option is first more often than the one that a ranking puts first: the weights that were tried, or the drawn scores.

Each is tried alone: the scores held at their likely values while the weights vary, and the weights held at those of the set
while the scores are drawn.
"""

from __future__ import annotations

from typing import Literal

from policy_options.analysis.acceptability.results import Acceptability

__all__ = ["Cause", "cause"]

Cause = Literal["weights", "scores", "either", "together"]
"""What is enough alone; ``together`` where neither is."""


def cause(option: str, leader: str, *, weights_alone: Acceptability, scores_alone: Acceptability | None) -> Cause:
    """What puts one option first more often than another, where both together do.

    ``scores_alone`` is ``None`` where no score has a range.
    """
    if scores_alone is None:
        return "weights"
    by_weights = weights_alone.more_often(option, leader)
    by_scores = scores_alone.more_often(option, leader)
    if by_weights:
        return "either" if by_scores else "weights"
    return "scores" if by_scores else "together"

"""The parts of overall values, limited to as many as readers can distinguish: the smallest of any more are pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.ranking import Ranking

__all__ = ["MOST_PARTS", "Parts", "value_parts"]

MOST_PARTS: Final = 8
"""Number of keys that can be distinguished in colour, in grey, by colour-blind readers, and on a terminal without colour."""


@dataclass(frozen=True, eq=False, slots=True)
class Parts:
    """(m, k) contributions in points, along the problem's options and ``titles``, and how many groups the last part pools.

    ``titles`` are those of the groups with a separate part, in the order of the problem; if some are pooled, one more
    part follows for them, and ``pooled`` is not 0. As in a ranking, an unknown score counts at its lower end, zero.
    """

    titles: tuple[str, ...]
    points: NDArray[np.float64]
    pooled: int


def value_parts(ranking: Ranking, most: int = MOST_PARTS) -> Parts:
    """Contributions by group at the top of the tree; where there are more than ``most``, the smallest are pooled."""
    titles = [title for _, title, _ in ranking.problem.top_groups]
    points = ranking.group_contributions
    if len(titles) <= most:
        return Parts(tuple(titles), points, 0)
    # By the largest contribution to any option, not by weight: a criterion on which nothing scores has nothing to draw.
    order = np.argsort(-points.max(axis=0), kind="stable")
    kept, rest = np.sort(order[: most - 1]), order[most - 1 :]
    pooled = points[:, rest].sum(axis=1, keepdims=True)
    return Parts(tuple(titles[index] for index in kept.tolist()), np.hstack((points[:, kept], pooled)), len(rest))

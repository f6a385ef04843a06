"""The parts that overall values are made of, as many as can be told apart: the smallest of more are taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.ranking import Ranking

__all__ = ["MOST_PARTS", "Parts", "value_parts"]

MOST_PARTS: Final = 8
"""Keys that can be told apart, in colour, in grey and by the colour-blind alike, and on a terminal without colour."""


@dataclass(frozen=True, eq=False, slots=True)
class Parts:
    """(m, k) contributions in points, along the problem's options and ``titles``, and how many groups the last part pools.

    ``titles`` are of the groups that have a part of their own, in the order of the problem; where some are pooled, one part
    more follows for them, and ``pooled`` is not 0. As in a ranking, what is not known counts at its lower end, nothing.
    """

    titles: tuple[str, ...]
    points: NDArray[np.float64]
    pooled: int


def value_parts(ranking: Ranking, most: int = MOST_PARTS) -> Parts:
    """Contributions by group at the top of the tree, the largest on their own where there are more than ``most``."""
    titles = [title for _, title, _ in ranking.problem.top_groups]
    points = ranking.group_contributions
    if len(titles) <= most:
        return Parts(tuple(titles), points, 0)
    # By the largest contribution to any option, and not by weight: a criterion that nothing scores on draws nothing.
    order = np.argsort(-points.max(axis=0), kind="stable")
    kept, rest = np.sort(order[: most - 1]), order[most - 1 :]
    pooled = points[:, rest].sum(axis=1, keepdims=True)
    return Parts(tuple(titles[index] for index in kept.tolist()), np.hstack((points[:, kept], pooled)), len(rest))

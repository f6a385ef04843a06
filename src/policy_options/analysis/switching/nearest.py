"""The one change to name first: the nearest that makes another option lead.

The rule, in this order. First, a single score within its range: the one that has to move by the least part of it. Next,
a single weight with the others in proportion: the one that has to move least. Last, several weights at once, where no
single one is enough. A score comes before weights because its range says that it may well take that value; a weight is
a choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from policy_options.analysis.switching.score_values import ScoreSwitchingValue
from policy_options.analysis.switching.scores import ScoreSwitch
from policy_options.analysis.switching.weights import MoveSwitch, WeightSwitch

__all__ = ["Change", "nearest_switching_values", "nearest_weight"]

Change = ScoreSwitch | WeightSwitch | MoveSwitch


def nearest_switching_values(switching_values: Sequence[ScoreSwitchingValue]) -> list[ScoreSwitchingValue]:
    """The switching values within the range of their score, nearest first, relative to the range."""
    return sorted((tie for tie in switching_values if tie.within), key=_part_of_range)


def _part_of_range(tie: ScoreSwitchingValue) -> float:
    assert tie.at is not None
    reach = (tie.high if tie.at > tie.likely else tie.low) - tie.likely
    return abs(tie.at - tie.likely) / abs(reach) if reach else 0.0


def nearest_weight(switches: Sequence[WeightSwitch]) -> WeightSwitch | None:
    """The single weight that has to move least; if several are as near, the first in the order of the tree."""
    return min(switches, key=lambda one: one.distance, default=None)

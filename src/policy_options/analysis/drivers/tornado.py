"""The tornado: the lead over the best rival as one score or one weight at a time runs over its range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.one_way import stretches
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.solver import solve
from policy_options.analysis.stability import refuse_unknown
from policy_options.analysis.weight_region import WeightRegion

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Bar", "Peak", "Tornado", "tornado", "weight_ranges"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peak:
    """Where inside a range the lead is larger than at both of its ends: a share of weight, and the lead there."""

    at: float
    lead: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The lead, in value points, at both ends of one range; negative where ``ahead``, another option, leads there.

    ``option`` is ``None`` for a weight. ``low`` and ``high`` are performances in the criterion's unit, or shares of
    weight. Only a weight has a ``peak``: a value function is monotone, and so is the lead along one score, while along a
    weight it is the least of straight lines, one for each rival, and can rise before it falls.
    """

    kind: Literal["score", "weight"]
    option: str | None
    criterion: str
    low: float
    high: float
    lead_at_low: float
    lead_at_high: float
    ahead_at_low: str | None
    ahead_at_high: str | None
    peak: Peak | None = None

    @property
    def least(self) -> float:
        """The smallest lead over the range, which is at an end of it."""
        return min(self.lead_at_low, self.lead_at_high)

    @property
    def most(self) -> float:
        """The largest lead over the range."""
        return max(self.lead_at_low, self.lead_at_high) if self.peak is None else self.peak.lead

    @property
    def span(self) -> float:
        """The spread of the lead over the whole range."""
        return self.most - self.least

    @property
    def switching_values(self) -> bool:
        """Whether another option leads at an end."""
        return self.least < 0.0


@dataclass(frozen=True, slots=True)
class Tornado:
    """Bars with the largest span first; ``lead`` is the leader's present lead over the best rival."""

    leader: str
    lead: float
    bars: tuple[Bar, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row per bar."""
        import pandas as pd

        rows = [
            (b.kind, b.option, b.criterion, b.low, b.high, b.lead_at_low, b.lead_at_high, b.most, b.span)
            for b in self.bars
        ]
        names = ["kind", "option", "criterion", "low", "high", "lead_at_low", "lead_at_high", "most", "span"]
        return pd.DataFrame(rows, columns=names)


def tornado(ranking: Ranking, region: WeightRegion, *, leader: str | None = None) -> Tornado:
    """Compute the bars of every uncertain score, the leader's and its rivals', and of every weight that a region leaves
    open.

    While a weight moves, the others keep their proportions.

    Raises:
        PolicyOptionsError: a score that carries weight is unknown.
    """
    problem, shares = ranking.problem, ranking.shares
    refuse_unknown(problem, shares, "what moves the lead")
    first = ranking.order[0] if leader is None else problem.option_index[leader]
    values = np.nan_to_num(problem.values)
    overall = values @ shares
    lead_now = _lead(overall, first, problem.option_ids)
    # The option the leader is compared with while one rival moves: the best rival, or the next if it is the one moving.
    rivals = [row for row in np.argsort(-overall, kind="stable").tolist() if row != first][:2]
    bars = []
    for row, option in enumerate(problem.option_ids):
        for column, axis in enumerate(problem.criteria):
            low, high = float(problem.low[row, column]), float(problem.high[row, column])
            if low == high or np.isnan(low) or shares[column] == 0.0:
                continue
            best_other = next((rival for rival in rivals if rival != row), None)
            ends = []
            for value in axis.value_function(np.array([low, high])).tolist():
                change = float(shares[column] * (value - values[row, column]))
                ends.append(_moved_lead(overall, first, row, change, best_other, problem.option_ids))
            (at_low, ahead_low), (at_high, ahead_high) = ends
            bars.append(Bar("score", option, axis.id, low, high, at_low, at_high, ahead_low, ahead_high))
    for column, (low, high) in enumerate(weight_ranges(region.along(problem.criterion_ids))):
        rest = 1.0 - shares[column]
        if high - low <= 1e-12 or rest <= 0.0:
            continue
        at_ends = []
        for share in (low, high):
            moved_shares = shares * ((1.0 - share) / rest)
            moved_shares[column] = share
            at_ends.append(values @ moved_shares)
        (at_low, ahead_low), (at_high, ahead_high) = (_lead(one, first, problem.option_ids) for one in at_ends)
        peak = _peak(at_ends[0], at_ends[1], first, (low, high), problem.option_ids)
        name = problem.criterion_ids[column]
        bars.append(Bar("weight", None, name, low, high, at_low, at_high, ahead_low, ahead_high, peak))
    bars.sort(key=lambda bar: -bar.span)
    return Tornado(problem.option_ids[first], lead_now[0], tuple(bars))


def _moved_lead(
    overall: Floats, first: int, row: int, change: float, best_other: int | None, ids: tuple[str, ...]
) -> tuple[float, str | None]:
    """The lead with one option's value changed, and who is ahead if it is lost; ``best_other`` is not that option."""
    leading = float(overall[first]) + (change if row == first else 0.0)
    rivals = [] if best_other is None else [(float(overall[best_other]), ids[best_other])]
    if row != first:
        rivals.append((float(overall[row]) + change, ids[row]))
    best, name = max(rivals, key=lambda rival: rival[0])
    return leading - best, name if leading < best else None


def _lead(overall: Floats, first: int, ids: tuple[str, ...]) -> tuple[float, str | None]:
    rivals = overall.copy()
    rivals[first] = -np.inf
    best = int(rivals.argmax())
    lead = float(overall[first] - rivals[best])
    return lead, ids[best] if lead < 0.0 else None


def _peak(at_low: Floats, at_high: Floats, first: int, ends: tuple[float, float], ids: tuple[str, ...]) -> Peak | None:
    """Where the lead is largest, if that is inside the range: at a crossing of the best rivals, between which it is a
    straight line. ``at_low`` and ``at_high`` are (m,) overall values at the ends of the range.
    """
    rivals = np.delete(np.arange(len(ids)), first)
    if not rivals.size:
        return None
    low, high = ends
    names = tuple(ids[row] for row in rivals)
    best = Peak(low, -np.inf)
    for stretch in stretches(names, at_low[rivals], at_high[rivals], 1.0)[1:]:
        there = (1.0 - stretch.low) * at_low + stretch.low * at_high
        lead = float(there[first] - there[rivals].max())
        if lead > best.lead:
            best = Peak(low + stretch.low * (high - low), lead)
    at_an_end = max(float(one[first] - one[rivals].max()) for one in (at_low, at_high))
    return best if best.lead > at_an_end + TIE else None


def weight_ranges(region: WeightRegion) -> list[tuple[float, float]]:
    """The least and the largest weight of each criterion within a region."""
    if region.kind == "free":
        return [(0.0, 1.0)] * len(region.criteria)
    if region.kind == "band":
        # A weight can rise to its upper bound only as far as the others can fall, and the reverse.
        room_above, room_below = 1.0 - float(region.lower.sum()), float(region.upper.sum()) - 1.0
        return [
            (max(low, high - room_below), min(high, low + room_above))
            for low, high in zip(region.lower.tolist(), region.upper.tolist(), strict=True)
        ]
    n = len(region.criteria)
    at_most = np.vstack((region.at_most, np.eye(n)[region.upper < 1.0]))
    bounds = np.concatenate((np.zeros(len(region.at_most)), region.upper[region.upper < 1.0]))
    equal = np.vstack((region.equal, np.ones((1, n))))
    totals = np.concatenate((np.zeros(len(region.equal)), [1.0]))
    found = []
    for column in range(n):
        cost = np.zeros(n)
        cost[column] = 1.0
        ends = [float(solve(sign * cost, at_most, bounds, equal, totals).x[column]) for sign in (1.0, -1.0)]
        found.append((max(min(ends), 0.0), max(ends)))
    return found

"""Score switching values: the performance of one option on one criterion at which the leader changes, all else
unchanged.

Only two kinds of score can change the leader: the leader's own, as they get worse, and a rival's, as they get better.
The value needed follows from the lead and the weight, and the performance from the inverse of the value function.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.stability import refuse_unknown, row_of_leader
from policy_options.analysis.value_functions import Exponential, Levels, Linear, PiecewiseLinear, ValueFunction

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ScoreSwitchingValue",
    "ScoreSwitchingValues",
    "performance_worth",
    "score_switching_values",
    "value_reached",
]


@dataclass(frozen=True, slots=True)
class ScoreSwitchingValue:
    """The performance of ``option`` on ``criterion`` at which the leader would change.

    ``at`` is the nearest such performance, where the leader and ``taking_over`` tie (``exactly``), or the first level
    of an ordered scale at which another leads. It is ``None`` if no performance on this scale suffices: ``never`` says
    whether the criterion carries no weight or even the end of the scale is not enough, and ``short`` by how many points
    of overall value. ``within`` says whether ``at`` is between the score's low and high. ``by_red_line`` marks a
    switching value at a red line, which the leader fails beyond ``at``, ``rising`` or falling, or which the other
    option meets from there on.
    """

    option: str
    criterion: str
    likely: float
    low: float
    high: float
    at: float | None
    exactly: bool
    within: bool
    taking_over: tuple[str, ...]
    never: Literal["no-weight", "off-scale"] | None = None
    short: float | None = None
    by_red_line: bool = False
    rising: bool = False


@dataclass(frozen=True, slots=True)
class ScoreSwitchingValues:
    """The switching values of every score of the leader and of each rival: by options in order, then by criteria."""

    leader: str
    switching_values: tuple[ScoreSwitchingValue, ...]

    @property
    def within(self) -> tuple[ScoreSwitchingValue, ...]:
        """Switching values between the low and high of their score: each alone is enough for another to lead."""
        return tuple(tie for tie in self.switching_values if tie.within)

    @property
    def table(self) -> pd.DataFrame:
        """One row per score: its bounds, where the lead changes (NaN where it never does), and to whom."""
        import pandas as pd

        rows = [
            (f.option, f.criterion, f.low, f.likely, f.high, f.at, f.within, ", ".join(f.taking_over), f.never)
            for f in self.switching_values
        ]
        names = ["option", "criterion", "low", "likely", "high", "at", "within", "taking_over", "never"]
        return pd.DataFrame(rows, columns=names)


def score_switching_values(ranking: Ranking, *, leader: str | None = None) -> ScoreSwitchingValues:
    """Find the switching values of all scores under a ranking's weights. Scales keep their ends, local ones too.

    Raises:
        PolicyOptionsError: a score that carries weight is unknown.
    """
    problem, shares = ranking.problem, ranking.shares
    refuse_unknown(problem, shares, "what score would change the leader")
    first = row_of_leader(ranking, leader)
    rivals = [row for row in ranking.order if row != first]
    found: list[ScoreSwitchingValue] = []
    if not rivals:
        return ScoreSwitchingValues(problem.option_ids[first], ())
    best = max(float(ranking.lower[row]) for row in rivals)
    next_ones = tuple(problem.option_ids[row] for row in rivals if ranking.lower[row] >= best - TIE)
    for row in (first, *rivals):
        gap = max(float(ranking.lower[first]) - (best if row == first else float(ranking.lower[row])), 0.0)
        taking_over = next_ones if row == first else (problem.option_ids[row],)
        for column, axis in enumerate(problem.criteria):
            low, likely, high = (float(array[row, column]) for array in (problem.low, problem.likely, problem.high))
            score = _Score(low, likely, high)
            change = -gap if row == first else gap
            found.append(
                _switching_value(problem.option_ids[row], axis, score, change, float(shares[column]), taking_over)
            )
    return ScoreSwitchingValues(problem.option_ids[first], tuple(found))


class _Score(NamedTuple):
    low: float
    likely: float
    high: float


def _switching_value(
    option: str, axis: CriterionAxis, score: _Score, change: float, share: float, taking_over: tuple[str, ...]
) -> ScoreSwitchingValue:
    """The switching value of one score whose contribution has to change by ``points`` of overall value."""
    low, likely, high = score

    def never(why: Literal["no-weight", "off-scale"], short: float) -> ScoreSwitchingValue:
        return ScoreSwitchingValue(option, axis.id, likely, low, high, None, False, False, (), why, short)

    if share <= 0.0:
        return never("no-weight", abs(change))
    now = float(axis.value_function(np.array(likely)))
    needed = now + change / share
    ends = axis.value_function(np.array([axis.low, axis.high]))
    worst, best = float(ends.min()), float(ends.max())
    short = max(worst - needed, needed - best) * share
    if short > TIE:
        return never("off-scale", short)
    needed = min(max(needed, worst), best)
    if abs(change) <= TIE:  # a tie as it is
        at, exactly = likely, True
    elif isinstance(axis.value_function, Levels):
        at, exactly = _level_worth(axis.value_function, needed, int(likely), rising=change > 0)
    else:
        at, exactly = performance_worth(axis.value_function, needed, likely), True
    edge = 1e-12 * max(abs(axis.low), abs(axis.high))
    within = min(low, high) - edge <= at <= max(low, high) + edge
    return ScoreSwitchingValue(option, axis.id, likely, low, high, at, exactly, within, taking_over)


def value_reached(axis: CriterionAxis, value: float, *, near: float) -> float:
    """The performance at which a criterion reaches a value, coming from ``near``: on levels, the first that reaches it."""
    if isinstance(axis.value_function, Levels):
        now = float(axis.value_function(np.array(near)))
        return _level_worth(axis.value_function, value, int(near), rising=value > now)[0]
    return performance_worth(axis.value_function, value, near)


def performance_worth(function: ValueFunction, value: float, near: float) -> float:
    """The performance for a value that the function reaches; on a flat piece, the one nearest to ``near``.

    Raises:
        TypeError: the function has no inverse known here.
    """
    match function:
        case Linear(low, high, direction):
            share = value / 100.0
            return low + share * (high - low) if direction == "more-is-better" else high - share * (high - low)
        case Exponential(low, high, direction):
            c = function.curvature
            share = value / 100.0 if c == 0.0 else float(-np.log1p(value / 100.0 * np.expm1(-c)) / c)
            reached = low + share * (high - low) if direction == "more-is-better" else high - share * (high - low)
            return min(max(reached, low), high)  # where the curve is flat, its inverse diverges by rounding
        case PiecewiseLinear(at, values):
            return _on_pieces(at, values, value, near)
    raise TypeError(f"{type(function).__name__} has no inverse")


def _on_pieces(at: tuple[float, ...], values: tuple[float, ...], value: float, near: float) -> float:
    found = []
    for left, right, start, end in zip(at[:-1], at[1:], values[:-1], values[1:], strict=True):
        if not min(start, end) <= value <= max(start, end):
            continue
        if start == end:
            found.append(min(max(near, left), right))
        else:
            found.append(left + (value - start) / (end - start) * (right - left))
    return min(found, key=lambda place: abs(place - near))


def _level_worth(function: Levels, value: float, likely: int, *, rising: bool) -> tuple[float, bool]:
    """The nearest level worth at least (or, if the value must fall, at most) this value; and whether exactly."""
    enough = [
        index
        for index, worth in enumerate(function.values)
        if (worth >= value - TIE if rising else worth <= value + TIE)
    ]
    nearest = min(enough, key=lambda index: abs(index - likely))
    return float(nearest), abs(function.values[nearest] - value) <= TIE

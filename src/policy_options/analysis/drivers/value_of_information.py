"""The value of information: what knowing one score before choosing would be worth, in value points.

Expected value of partial perfect information (Raiffa and Schlaifer 1961, Applied Statistical Decision Theory), weights fixed:
E over X of max(u_i + w_k (v(X) - E v), max of the others) less max u, with all other scores at their expectations. The
additive model is linear in each value, so that only u_i moves. Points of value, not money.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.distributions import (
    Distribution,
    Fixed,
    OnLevels,
    Uncertainty,
    distributions_of,
    expected_values,
)
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector, frozen

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["InformationValue", "ValueOfInformation", "value_of_information"]

Floats = NDArray[np.float64]

_PANELS: Final = 48
_NODES: Final = 8
_SHARED_PANELS: Final = 1_024
_PARTS: Final = np.arange(1, 64) / 64.0
_NARROWED: Final = 9
"""Times that the interval around the crossing is cut into 64 parts: 54 halvings in all, which exhaust the digits."""


@dataclass(frozen=True, slots=True)
class InformationValue:
    """The value of knowing one score or, where scores move together, all scores of a criterion (``option`` is ``None``)."""

    option: str | None
    criterion: str
    points: float


@dataclass(frozen=True, eq=False, slots=True)
class ValueOfInformation:
    """Judgements by the value of knowing them, the largest first.

    ``expected`` (m,) are the expected overall values of ``options``; ``leader`` is the option with the largest: the
    choice without further information.
    """

    options: tuple[str, ...]
    expected: Floats
    leader: str
    judgements: tuple[InformationValue, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row per judgement."""
        import pandas as pd

        rows = [(one.option, one.criterion, one.points) for one in self.judgements]
        return pd.DataFrame(rows, columns=["option", "criterion", "points"])


def value_of_information(problem: Problem, weights: WeightVector, uncertainty: Uncertainty) -> ValueOfInformation:
    """The value of information of each uncertain judgement, under fixed weights."""
    shares = weights.along(problem.criterion_ids)
    distributions = distributions_of(problem, uncertainty)
    means = expected_values(problem, distributions)
    expected = means @ shares
    found = []
    for column, axis in enumerate(problem.criteria):
        if shares[column] == 0.0:
            continue
        of_column = [of_row[column] for of_row in distributions]
        uncertain = [row for row, one in enumerate(of_column) if not isinstance(one, Fixed)]
        if uncertainty.together:
            if uncertain:
                points = _together(axis, of_column, float(shares[column]), expected)
                found.append(InformationValue(None, axis.id, points))
            continue
        for row in uncertain:
            rivals = np.delete(expected, row)
            if not rivals.size:
                continue
            points = _alone(
                axis,
                of_column[row],
                float(means[row, column]),
                float(shares[column]),
                float(expected[row]),
                float(rivals.max()),
            )
            found.append(InformationValue(problem.option_ids[row], axis.id, points))
    found.sort(key=lambda one: -one.points)
    leader = problem.option_ids[int(expected.argmax())]
    return ValueOfInformation(problem.option_ids, frozen(expected), leader, tuple(found))


def _alone(
    axis: CriterionAxis, distribution: Distribution, mean: float, share: float, own: float, best_other: float
) -> float:
    prior = max(own, best_other)
    if isinstance(distribution, OnLevels):
        levels = distribution.first + np.arange(len(distribution.probabilities), dtype=np.float64)
        values = axis.value_function(levels)
        after = np.maximum(own + share * (values - mean), best_other)
        return max(float(after @ np.array(distribution.probabilities)) - prior, 0.0)

    def lead(at: Floats) -> Floats:
        return own + share * (axis.value_function(distribution.quantiles(at)) - mean) - best_other

    # The lead is monotone in the quantile, so that it crosses zero at most once: each side is smooth.
    low, high = 0.0, 1.0
    ends = lead(np.array([1e-9, 1.0 - 1e-9]))
    if np.sign(ends[0]) == np.sign(ends[1]):
        return max(max(own - best_other, 0.0) + best_other - prior, 0.0)
    for _ in range(_NARROWED):
        at = low + (high - low) * _PARTS
        same = np.flatnonzero(np.sign(lead(at)) == np.sign(ends[0]))
        last = int(same[-1]) if same.size else -1
        low, high = float(at[last]) if last >= 0 else low, float(at[last + 1]) if last + 1 < len(at) else high
    start, stop = (0.0, low) if ends[0] > 0.0 else (low, 1.0)
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    edges = np.linspace(start, stop, _PANELS + 1)
    width = (stop - start) / _PANELS
    at = (edges[:-1, None] + width * (nodes + 1.0) / 2.0).ravel()
    gain = float(lead(at) @ np.tile(weights / 2.0 * width, _PANELS))
    return max(gain + best_other - prior, 0.0)


def _together(axis: CriterionAxis, of_column: list[Distribution], share: float, expected: Floats) -> float:
    at = (np.arange(_SHARED_PANELS) + 0.5) / _SHARED_PANELS
    values = np.stack([axis.value_function(one.quantiles(at)) for one in of_column])
    # Means by the same rule, so that its error is not counted as value of information.
    best = (expected[:, None] + share * (values - values.mean(axis=1, keepdims=True))).max(axis=0)
    return max(float(best.mean() - expected.max()), 0.0)

"""Value functions: performance in the unit of a criterion to value from 0 (worst end of the scale) to 100 (best end).

Each is a frozen object, called with an array of performances of any shape; it returns values of that shape.
Performances off the scale are not refused here: callers check the bounds, since they can name the score. These are
values, not utilities: they say how much each part of a swing is worth, and nothing about attitudes to risk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import expm1
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from policy_options.errors import PolicyOptionsError, as_written

__all__ = ["Direction", "Exponential", "Levels", "Linear", "PiecewiseLinear", "ValueFunction", "with_ends"]

Direction = Literal["more-is-better", "less-is-better"]
Floats = NDArray[np.float64]

MIDPOINT_MARGIN: Final = 0.02
"""An exponential's midpoint stays this share of the scale away from both ends: any closer, the curve is in effect a step."""


class ValueFunction(Protocol):
    """Performance to value, elementwise."""

    def __call__(self, performance: Floats) -> Floats:
        """Return the value, from 0 to 100, of each performance."""
        ...


def _progress(performance: Floats, low: float, high: float, direction: Direction) -> Floats:
    """Share of the distance from the worst to the best end, 0 to 1."""
    if direction == "more-is-better":
        return (performance - low) / (high - low)
    return (high - performance) / (high - low)


@dataclass(frozen=True)
class Linear:
    """Equal steps of performance are worth the same throughout the scale."""

    low: float
    high: float
    direction: Direction

    def __call__(self, performance: Floats) -> Floats:
        """Return 100 times the share of the distance from the worst to the best end."""
        return 100.0 * _progress(performance, self.low, self.high, self.direction)


@dataclass(frozen=True)
class PiecewiseLinear:
    """Straight lines between corners; ``at`` rises strictly, ``value`` runs monotonically between 0 and 100."""

    at: tuple[float, ...]
    value: tuple[float, ...]

    def __call__(self, performance: Floats) -> Floats:
        """Return values by interpolation between the corners."""
        return np.interp(performance, self.at, self.value)


@dataclass(frozen=True)
class Exponential:
    """One curve through both ends and a midpoint: the performance worth half the swing (bisection method).

    With z the share of the distance from worst to best, v(z) = 100 (1 - exp(-c z)) / (1 - exp(-c)), and c is such that
    v(z_mid) = 50. Source: Kirkwood (1997), Strategic Decision Making, Duxbury, ch. 4; the midpoint question is that of
    von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research, ch. 7.
    """

    low: float
    high: float
    direction: Direction
    midpoint: float

    @cached_property
    def curvature(self) -> float:
        """The c of the formula; 0 where the midpoint is the middle of the scale.

        Raises:
            PolicyOptionsError: the midpoint is off the scale or too near to one of its ends.
        """
        z = float(_progress(np.asarray(self.midpoint), self.low, self.high, self.direction))
        if not MIDPOINT_MARGIN - 1e-9 <= z <= 1.0 - MIDPOINT_MARGIN + 1e-9:
            raise PolicyOptionsError.of(
                "midpoint",
                f"the midpoint {as_written(self.midpoint)} is not well inside the scale "
                f"from {as_written(self.low)} to {as_written(self.high)}",
                "give the performance that is worth half the swing, or use piecewise-linear corners for a steep step",
            )
        if abs(z - 0.5) < 1e-9:
            return 0.0
        sign = 1.0 if z < 0.5 else -1.0
        z = min(z, 1.0 - z)  # v(z; c) and 100 - v(1 - z; -c) are the same curve reversed
        nearer, further = 0.0, 64.0
        for _ in range(200):
            c = (nearer + further) / 2.0
            if c in (nearer, further):
                break
            if expm1(-c * z) / expm1(-c) < 0.5:
                nearer = c
            else:
                further = c
        return sign * (nearer + further) / 2.0

    def __call__(self, performance: Floats) -> Floats:
        """Return values on the curve."""
        z = _progress(performance, self.low, self.high, self.direction)
        c = self.curvature
        if c == 0.0:
            return 100.0 * z
        return 100.0 * np.expm1(-c * z) / expm1(-c)


@dataclass(frozen=True)
class Levels:
    """A value for each of a number of ordered levels; performance is the index of the level, from 0."""

    values: tuple[float, ...]

    def __call__(self, performance: Floats) -> Floats:
        """Return the value of each level; NaN (an unknown performance) stays NaN."""
        table = np.asarray(self.values)
        unknown = np.isnan(performance)
        index = np.where(unknown, 0.0, performance).astype(np.intp)
        return np.where(unknown, np.nan, table[index])


def with_ends(function: ValueFunction, low: float, high: float) -> ValueFunction:
    """The function on a local scale whose ends have moved; corners and levels have fixed performances and stay.

    Raises:
        PolicyOptionsError: the midpoint of an exponential is no longer well inside the scale.
    """
    if isinstance(function, Linear | Exponential):
        moved = replace(function, low=low, high=high)
        if isinstance(moved, Exponential):
            _ = moved.curvature  # refuses a midpoint that is not well inside
        return moved
    return function

"""Random problems and weights that a browser scores: every kind of scale, ties, unknown scores, red lines and groups."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.value_functions import Exponential, Levels, Linear, PiecewiseLinear, ValueFunction
from problems import DIRECTIONS, criterion, group, problem

Floats = np.ndarray


def drawn_axis(chance: np.random.Generator, id: str, groups: tuple[str, ...]) -> CriterionAxis:
    """A criterion of any kind, sometimes with a red line or on a local scale."""
    direction = DIRECTIONS[int(chance.integers(2))]
    rising = direction == "more-is-better"
    low = float(chance.integers(-40, 40))
    high = low + float(chance.choice([1.0, 4.0, 10.0, 60.0]))
    kind = ("linear", "piecewise", "exponential", "levels")[int(chance.integers(4))]
    if kind == "levels":
        values = [0.0, *sorted(float(number) for number in chance.integers(0, 101, int(chance.integers(0, 4)))), 100.0]
        levels = tuple(f"level-{at}" for at in range(len(values)))
        function: ValueFunction = Levels(tuple(values if rising else values[::-1]))
        return criterion(id, 0.0, len(values) - 1.0, direction, function=function, levels=levels, groups=groups)
    function = Linear(low, high, direction)
    if kind == "piecewise":
        at = (low, *(low + (high - low) * part for part in sorted(chance.random(2).tolist())), high)
        value = (0.0, *sorted((100 * chance.random(2)).tolist()), 100.0)
        function = PiecewiseLinear(at, value if rising else tuple(100.0 - one for one in value))
    elif kind == "exponential":
        function = Exponential(low, high, direction, low + (high - low) * float(chance.uniform(0.05, 0.95)))
    line = float(chance.uniform(low, high)) if chance.random() < 0.2 else None
    axis = criterion(id, low, high, direction, function=function, groups=groups, red_line=line)
    return replace(axis, local=bool(chance.random() < 0.1))


def drawn_problem(chance: np.random.Generator) -> Problem:
    """A problem of 1 to 8 options by 1 to 7 criteria in groups within groups; many scores are equal, some unknown."""
    m, n = int(chance.integers(1, 9)), int(chance.integers(1, 8))
    paths = [(), ("g1",), ("g1", "g2"), ("g3",)]
    axes = [drawn_axis(chance, f"c{column}", paths[int(chance.integers(4)) if n > 2 else 0]) for column in range(n)]
    used = {name for axis in axes for name in axis.groups}
    groups = [group(name, above=above) for name, above in (("g1", ()), ("g2", ("g1",)), ("g3", ())) if name in used]
    coarse = chance.random() < 0.4
    shape = (3, m, n)
    parts = np.sort(chance.integers(0, 5, shape) / 4 if coarse else chance.random(shape), axis=0)
    certain = chance.random((m, n)) < 0.5
    parts[:, certain] = parts[1, certain]
    low, high = np.array([axis.low for axis in axes]), np.array([axis.high for axis in axes])
    bounds = low + parts * (high - low)
    levelled = [bool(axis.levels) for axis in axes]
    bounds[:, :, levelled] = np.round(bounds[:, :, levelled])
    if chance.random() < 0.3:
        bounds[:, chance.random((m, n)) < 0.15] = np.nan
    if m > 2 and chance.random() < 0.3:
        bounds[:, 1] = bounds[:, 0]  # two options alike in everything
    return problem(
        bounds[1], options=[f"o{row}" for row in range(m)], criteria=axes, groups=groups, low=bounds[0], high=bounds[2]
    )


def drawn_shares(chance: np.random.Generator, count: int) -> Floats:
    points = chance.integers(0, 4, count).astype(float) if chance.random() < 0.3 else chance.exponential(1.0, count)
    if chance.random() < 0.2:
        points[chance.random(count) < 0.5] = 0.0
    if not points.any():
        points[int(chance.integers(count))] = 1.0
    return np.asarray(points / points.sum())

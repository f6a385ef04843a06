"""Weight switching values: the nearest weights at which one option ties with another, or with all others at once.

Overtaking is an infimum, so the point reported is where the two tie. Distances are L1 (twice the weight that has to
move) and L2 (Euclidean). A pair under L1 over all weights is a fractional knapsack (Dantzig 1957, Operations Research
5); under L2 it is a projection; with a region, or against all rivals at once, they are linear or quadratic programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.solver import nearest, solve
from policy_options.analysis.stability import refuse_unknown
from policy_options.analysis.weight_region import WeightRegion

__all__ = ["Goal", "Never", "Norm", "WeightSwitchingValue", "overtaking", "weight_switching_values"]

Floats = NDArray[np.float64]
Norm = Literal["L1", "L2"]
Goal = Literal["overtakes", "leads"]

_LEVEL = 1e-7
"""Value points within which a point found by a solver is a tie."""

_NEGLIGIBLE = 1e-9
"""Share of a mixture that is due to the solver's rounding, and not part of it."""


@dataclass(frozen=True, slots=True)
class Never:
    """Why no weights of a region suffice.

    ``rivals`` are the options that prevent it, as the parts of a mixture of them that is ahead of the option by at
    least ``margin`` value points throughout the region: one option alone, for a pair or where it prevents it alone.
    """

    rivals: tuple[tuple[str, float], ...]
    margin: float


@dataclass(frozen=True, eq=False, slots=True)
class WeightSwitchingValue:
    """The nearest weights at which ``option`` ties with ``over`` (``overtakes``), or is at least level with all (``leads``).

    ``weights`` run along the criteria of the ranking; they and ``distance`` are ``None`` where ``never`` says why no
    weights of the region suffice. ``moved`` is the share of weight that has to move: half of the L1 distance between
    the weights. ``leads`` says whether the option is level with the first of all there: always for ``leads``, at times
    for ``overtakes``.
    """

    option: str
    over: str
    goal: Goal
    norm: Norm
    weights: Floats | None
    distance: float | None
    moved: float | None
    leads: bool = False
    never: Never | None = None

    @property
    def possible(self) -> bool:
        """Whether some weights of the region suffice."""
        return self.weights is not None


def overtaking(difference: Floats, shares: Floats) -> tuple[Floats, float] | None:
    """(n,) the L1-nearest of all weights at which a pair ties, and how much weight moves; ``None`` if no weights do.

    ``difference`` is, by criterion, the value of the option that would overtake less that of the other. Weight moves to
    the criterion where the difference is largest, from those where it is smallest, until the gap is closed. Where
    several are as large, weight moves to the first of them in the order of criteria; where several are as small, it is
    taken from the first. In Python's own numbers: sorting a dozen of them is faster than building an array.
    """
    given = difference.tolist()
    new = shares.tolist()
    most = max(given)
    if most < -TIE:
        return None
    best = given.index(most)
    gap = -sum(map(mul, given, new))
    moved = 0.0
    if gap > 0.0:
        for column in sorted(range(len(given)), key=given.__getitem__):
            gains = most - given[column]
            if gains <= 0.0:
                break
            if new[column] * gains >= gap:
                part = min(gap / gains, new[column])  # by rounding it could be a little more than there is
                new[column] -= part
                moved += part
                gap = 0.0
                break
            gap -= new[column] * gains
            moved += new[column]
            new[column] = 0.0
        new[best] += moved
    return np.array(new), moved


def weight_switching_values(
    ranking: Ranking, region: WeightRegion, *, over: str | None = None, most: int | None = None, only: str | None = None
) -> tuple[WeightSwitchingValue, ...]:
    """Find, for every other option, the nearest weights of a region at which it ties with ``over``, and at which it
    leads.

    ``over`` is by default the first in order. Four switching values per option: both goals under both norms; for the
    ``most`` first of the others in order, or for all of them, or for ``only`` one.

    Raises:
        PolicyOptionsError: a score that carries weight is unknown.
    """
    problem = ranking.problem
    region = region.along(problem.criterion_ids)
    refuse_unknown(problem, region.upper, "the smallest change of weights")
    first = ranking.order[0] if over is None else problem.option_index[over]
    values = np.nan_to_num(problem.values)
    ids = problem.option_ids
    found: list[WeightSwitchingValue] = []
    asked = [row for row in ranking.order if row != first][:most] if only is None else [problem.option_index[only]]
    for row in asked:
        pair = (values[row] - values[first])[None, :]
        rivals = [other for other in ranking.order if other != row]
        all_at_once = values[row] - values[rivals]
        names = [ids[rival] for rival in rivals]
        found += _switching_values(
            ids[row], ids[first], "overtakes", pair, [ids[first]], ranking.shares, region, all_at_once
        )
        found += _switching_values(
            ids[row], ids[first], "leads", all_at_once, names, ranking.shares, region, all_at_once
        )
    return tuple(found)


def _switching_values(
    option: str,
    over: str,
    goal: Goal,
    differences: Floats,
    rivals: list[str],
    shares: Floats,
    region: WeightRegion,
    among: Floats,
) -> list[WeightSwitchingValue]:
    """Switching values under both norms.

    ``differences`` (r, n) are the option's values less each rival's; ``among`` is the same with all others as rivals.
    """
    dominated = np.flatnonzero((differences < -TIE).all(axis=1))
    if region.kind == "free" and dominated.size:
        margins = (-differences[dominated]).min(axis=1)
        worst = int(margins.argmax())
        never = Never(((rivals[int(dominated[worst])], 1.0),), float(margins[worst]))
        return [WeightSwitchingValue(option, over, goal, norm, None, None, None, never=never) for norm in ("L1", "L2")]
    knapsack = overtaking(differences[0], shares) if region.kind == "free" and goal == "overtakes" else None
    if knapsack is None:
        reach = _reach(differences, region)
        if isinstance(reach, _Short):
            mixture = tuple((rivals[row], part) for row, part in reach.mixture)
            never = Never(mixture, reach.margin)
            return [
                WeightSwitchingValue(option, over, goal, norm, None, None, None, never=never) for norm in ("L1", "L2")
            ]
    by_l1 = knapsack[0] if knapsack else _nearest_l1(differences, shares, region)
    by_l2 = _nearest_l2(differences, shares, region)
    return [
        _switching_value(option, over, goal, norm, to, shares, among) for norm, to in (("L1", by_l1), ("L2", by_l2))
    ]


def _switching_value(
    option: str, over: str, goal: Goal, norm: str, to: Floats, shares: Floats, among: Floats
) -> WeightSwitchingValue:
    step = to - shares
    l1 = float(np.abs(step).sum())
    distance = l1 if norm == "L1" else float(np.sqrt(step @ step))
    leads = goal == "leads" or bool((among @ to >= -_LEVEL).all())
    return WeightSwitchingValue(option, over, goal, "L1" if norm == "L1" else "L2", frozen(to), distance, l1 / 2, leads)


@dataclass(frozen=True, slots=True)
class _Short:
    """The least by which an option stays behind, and the mixture of rivals (row, part) that is ahead of it by that much."""

    margin: float
    mixture: tuple[tuple[int, float], ...]


def _reach(differences: Floats, region: WeightRegion) -> _Short | None:
    """Weights of the region that bring the option level with every rival, if any; and by how much it falls short if
    none do.

    Maximise t over w and t, with differences w >= t. The duals of its rows are the mixture (Hazen 1986, Operations
    Research 34: an option is potentially optimal or dominated by a mixture of others).
    """
    n = len(region.lower)
    rows, bounds = _rows(differences, region)
    widened = np.hstack((rows, np.zeros((len(rows), 1))))
    widened[: len(differences), n] = 1.0
    equal, totals = _equalities(region)
    equal = np.hstack((equal, np.zeros((len(equal), 1))))
    cost, free = np.zeros(n + 1), np.zeros(n + 1)
    cost[n], free[n] = -1.0, 1.0
    solution = solve(cost, widened, bounds, equal, totals, free)
    margin = float(solution.x[n])
    if margin >= -TIE:
        return None
    parts = np.abs(solution.duals[: len(differences)])
    parts /= parts.sum()
    kept = [(row, float(part)) for row, part in enumerate(parts) if part > _NEGLIGIBLE]
    return _Short(-margin, tuple(sorted(kept, key=lambda pair: -pair[1])))


def _rows(differences: Floats, region: WeightRegion) -> tuple[Floats, Floats]:
    """The region and "at least level" as rows A w <= b with w >= 0; those of the differences come first."""
    n = len(region.lower)
    lower, upper = np.flatnonzero(region.lower > 0.0), np.flatnonzero(region.upper < 1.0)
    identity = np.eye(n)
    rows = np.vstack((-differences, region.at_most, -identity[lower], identity[upper]))
    fixed = np.zeros(len(differences) + len(region.at_most))
    return rows, np.concatenate((fixed, -region.lower[lower], region.upper[upper]))


def _equalities(region: WeightRegion) -> tuple[Floats, Floats]:
    n = len(region.lower)
    equal = np.vstack((region.equal, np.ones((1, n))))
    return equal, np.concatenate((np.zeros(len(region.equal)), [1.0]))


def _nearest_l1(differences: Floats, shares: Floats, region: WeightRegion) -> Floats:
    """The least sum of |w - shares| with every row of the differences at least 0: a program over w and its steps up and
    down.
    """
    n = len(shares)
    rows, bounds = _rows(_scaled(differences), region)
    equal, totals = _equalities(region)
    widened = np.hstack((rows, np.zeros((len(rows), 2 * n))))
    steps = np.hstack((np.eye(n), -np.eye(n), np.eye(n)))  # w - up + down = shares
    equal = np.vstack((np.hstack((equal, np.zeros((len(equal), 2 * n)))), steps))
    cost = np.concatenate((np.zeros(n), np.ones(2 * n)))
    found = solve(cost, widened, bounds, equal, np.concatenate((totals, shares))).x[:n]
    return _on_simplex(found)


def _nearest_l2(differences: Floats, shares: Floats, region: WeightRegion) -> Floats:
    """The projection on the weights of the region that bring the option level."""
    if len(differences) == 1 and region.kind == "free":
        found = _plain_projection(differences[0], shares)
        if found is not None:
            return found
    rows = np.vstack((-_scaled(differences), region.at_most))
    equal, totals = _equalities(region)
    return _on_simplex(nearest(shares, region.lower, region.upper, rows, np.zeros(len(rows)), equal, totals))


def _scaled(differences: Floats) -> Floats:
    """Scale each row so that its largest difference is 1: however close values are, a solver's tolerance is then
    relatively small.

    Options that tie whatever the weights impose no condition.
    """
    largest = np.abs(differences).max(axis=1, keepdims=True)
    return np.where(largest > TIE, differences / np.maximum(largest, TIE), 0.0)


def _plain_projection(difference: Floats, shares: Floats) -> Floats | None:
    """The foot of the perpendicular on the weights at which a pair ties; ``None`` if it has a negative part."""
    gap = -float(difference @ shares)
    if gap <= 0.0:
        return shares
    centred = difference - difference.mean()
    length = float(centred @ centred)
    if length == 0.0:
        return None
    foot = shares + gap / length * centred
    return foot if (foot >= 0.0).all() else None


def _on_simplex(found: Floats) -> Floats:
    """A solver's result without negative zeros and rounding of its last digits."""
    kept = np.maximum(found, 0.0)
    return np.asarray(kept / kept.sum())

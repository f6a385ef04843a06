"""Linear programs and small convex quadratic ones, through HiGHS. The only module that knows the solver.

Where its quadratic solver fails on a small projection, a least-squares method that needs no library takes over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    import highspy

__all__ = ["Solution", "best_whole", "minimise", "nearest", "solve"]

_NOTHING: Final[Mapping[str, float]] = MappingProxyType({})

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Solution:
    """A solution: ``x`` is the best point, ``duals`` (r,) how the least cost changes with each bound of ``at_most``,
    never above 0.
    """

    x: Floats
    duals: Floats


def minimise(cost: Floats, at_most: Floats, bounds: Floats, equal: Floats, totals: Floats) -> Floats:
    """(k,) the x >= 0 of least ``cost . x`` subject to ``at_most @ x <= bounds`` and ``equal @ x = totals``.

    Raises:
        PolicyOptionsError: infeasible or unbounded; callers rule both out beforehand.
    """
    return solve(cost, at_most, bounds, equal, totals).x


def solve(
    cost: Floats, at_most: Floats, bounds: Floats, equal: Floats, totals: Floats, free: Floats | None = None
) -> Solution:
    """Solve the same program with its duals; variables where ``free`` is not 0 may be negative.

    Raises:
        PolicyOptionsError: infeasible or unbounded; callers rule both out beforehand.
    """
    import highspy  # trivial programs do without the solver

    lower = np.zeros(len(cost)) if free is None else np.where(free != 0, -highspy.kHighsInf, 0.0)
    model = highspy.HighsModel()
    model.lp_ = _linear(cost, lower, np.full(len(cost), highspy.kHighsInf), at_most, bounds, equal, totals)
    solution = _run(model)
    return Solution(
        np.asarray(solution.col_value, dtype=np.float64), np.asarray(solution.row_dual, dtype=np.float64)[: len(bounds)]
    )


def nearest(
    point: Floats, lower: Floats, upper: Floats, at_most: Floats, bounds: Floats, equal: Floats, totals: Floats
) -> Floats:
    """(k,) the x between bounds nearest to a point (Euclidean), subject to ``at_most @ x <= bounds`` and ``equal @ x =
    totals``.

    Raises:
        PolicyOptionsError: infeasible; callers rule that out beforehand.
    """
    import highspy

    count = len(point)
    model = highspy.HighsModel()
    model.lp_ = _linear(-point, lower, upper, at_most, bounds, equal, totals)
    hessian = highspy.HighsHessian()
    hessian.dim_, hessian.format_ = count, highspy.HessianFormat.kTriangular
    hessian.start_ = np.arange(count + 1, dtype=np.int32)
    hessian.index_, hessian.value_ = np.arange(count, dtype=np.int32), np.ones(count)
    model.hessian_ = hessian
    try:
        return np.asarray(_run(model).col_value, dtype=np.float64)
    except PolicyOptionsError:
        # The quadratic solver gives up where bounds or rows are closer together than its tolerance.
        identity = np.eye(count)
        rows = np.concatenate((-at_most, identity, -identity))
        return _least_distance(point, rows, np.concatenate((-bounds, lower, -upper)), equal, totals)


def _least_distance(point: Floats, rows: Floats, least: Floats, equal: Floats, totals: Floats) -> Floats:
    """(k,) the x nearest to a point subject to ``rows @ x >= least`` and ``equal @ x = totals``.

    Equalities are solved for, and the remainder is the problem LDP of Lawson and Hanson (1974, Solving Least Squares
    Problems, ch. 23), a least-squares problem in non-negative variables.

    Raises:
        PolicyOptionsError: infeasible.
    """
    _, sizes, turned = np.linalg.svd(equal)
    rank = int((sizes > 1e-10 * sizes.max()).sum())
    null = turned[rank:].T
    on_plane = point + np.linalg.pinv(equal) @ (totals - equal @ point)
    inner = rows @ null
    wanted = least - rows @ on_plane
    stacked = np.vstack((inner.T, wanted))
    target = np.zeros(len(stacked))
    target[-1] = 1.0
    residual = stacked @ _not_negative(stacked, target) - target
    if abs(residual[-1]) < 1e-12:
        raise PolicyOptionsError.of("programme", "a programme has no solution: its rows contradict one another")
    return np.asarray(on_plane - null @ (residual[:-1] / residual[-1]))


def _not_negative(matrix: Floats, target: Floats) -> Floats:
    """(r,) the u >= 0 of least ``|matrix u - target|`` (algorithm NNLS of Lawson and Hanson 1974, ch. 23)."""
    count = matrix.shape[1]
    found, used = np.zeros(count), np.zeros(count, dtype=bool)
    for _ in range(10 * count):
        gains = np.where(used, -np.inf, matrix.T @ (target - matrix @ found))
        best = int(gains.argmax())
        if gains[best] <= 1e-12:
            break
        used[best] = True
        while used.any():
            trial = np.zeros(count)
            trial[used] = np.linalg.lstsq(matrix[:, used], target, rcond=None)[0]
            low = used & (trial <= 0.0)
            if not low.any():
                found = trial
                break
            step = float((found[low] / (found[low] - trial[low])).min())
            found = found + step * (trial - found)
            used &= found > 1e-14
            found[~used] = 0.0
    return found


def best_whole(
    gain: Floats, rows: Floats, lower: Floats, upper: Floats, bounds: tuple[Floats, Floats], whole: NDArray[np.bool_]
) -> Floats | None:
    """(k,) the x of most ``gain . x`` with ``lower <= rows @ x <= upper``, between bounds, whole where it has to be.

    Both gaps are set to zero: with the usual relative one of 1e-4 a worse point is called optimal without a word. What is
    returned still meets rows only within the solver's tolerance, and callers check it exactly. ``None`` without a solution.

    Raises:
        PolicyOptionsError: the solver gave up.
    """
    import highspy

    linear = _linear(-gain, *bounds, rows, upper, np.zeros((0, len(gain))), np.zeros(0))
    linear.row_lower_ = lower
    linear.integrality_ = [highspy.HighsVarType.kInteger if one else highspy.HighsVarType.kContinuous for one in whole]
    model = highspy.HighsModel()
    model.lp_ = linear
    options = {
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0,
        "mip_feasibility_tolerance": 1e-9,
        "primal_feasibility_tolerance": 1e-9,
    }
    solution = _run(model, options, may_fail=True)
    return None if solution is None else np.asarray(solution.col_value, dtype=np.float64)


def _linear(
    cost: Floats, lower: Floats, upper: Floats, at_most: Floats, bounds: Floats, equal: Floats, totals: Floats
) -> Any:
    import highspy

    rows = np.concatenate((at_most, equal))
    linear = highspy.HighsLp()
    linear.num_col_, linear.num_row_ = len(cost), len(rows)
    linear.col_cost_, linear.col_lower_, linear.col_upper_ = cost, lower, upper
    linear.row_lower_ = np.concatenate((np.full(len(bounds), -highspy.kHighsInf), totals))
    linear.row_upper_ = np.concatenate((bounds, totals))
    row_of, column_of = np.nonzero(rows)
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.searchsorted(row_of, np.arange(len(rows) + 1)).astype(np.int32)
    linear.a_matrix_.index_ = column_of.astype(np.int32)
    linear.a_matrix_.value_ = rows[row_of, column_of]
    return linear


def _run(model: highspy.HighsModel, options: Mapping[str, float] = _NOTHING, *, may_fail: bool = False) -> Any:
    import highspy

    class Quiet(highspy.Highs):
        def __init__(self) -> None:
            # On its first use the solver announces itself on stdout, where results go, before it can be silenced.
            super(highspy.Highs, self).__init__()

    solver = Quiet()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # the same digits with one worker or many
    solver.setOptionValue(
        "qp_regularization_value", 0.0
    )  # the programs are strictly convex, and needed to the last digit
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    solver.run()
    if may_fail and solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        status = solver.modelStatusToString(solver.getModelStatus())
        raise PolicyOptionsError.of("programme", f"a programme has no solution: {status}")
    return solver.getSolution()

"""Linear programmes, through HiGHS. The only module that knows the solver."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from policy_options.errors import PolicyOptionsError

__all__ = ["minimise"]

Floats = NDArray[np.float64]


def minimise(cost: Floats, at_most: Floats, bounds: Floats, equal: Floats, totals: Floats) -> Floats:
    """(k,) the x >= 0 of least ``cost . x`` with ``at_most @ x <= bounds`` and ``equal @ x = totals``.

    Raises:
        PolicyOptionsError: there is none, or it has no end; callers rule both out before they ask.
    """
    import highspy  # what needs no programme does without it

    class Quiet(highspy.Highs):
        def __init__(self) -> None:
            # Its own beginning announces the solver on stdout, where results go, before it can be told not to.
            super(highspy.Highs, self).__init__()

    rows = np.concatenate((at_most, equal))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(rows)
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros(len(cost)), np.full(len(cost), highspy.kHighsInf)
    model.row_lower_ = np.concatenate((np.full(len(bounds), -highspy.kHighsInf), totals))
    model.row_upper_ = np.concatenate((bounds, totals))
    row_of, column_of = np.nonzero(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(row_of, np.arange(len(rows) + 1)).astype(np.int32)
    model.a_matrix_.index_ = column_of.astype(np.int32)
    model.a_matrix_.value_ = rows[row_of, column_of]
    solver = Quiet()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # one worker or many: the same digits
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        status = solver.modelStatusToString(solver.getModelStatus())
        raise PolicyOptionsError.of("programme", f"a linear programme has no solution: {status}")
    return np.asarray(solver.getSolution().col_value, dtype=np.float64)

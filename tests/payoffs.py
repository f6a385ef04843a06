"""Scenarios from a payoff table: one criterion, on which an option performs as the table says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from policy_options.analysis.problem import Problem
from policy_options.analysis.scenarios.likelihoods import Judged, Likelihoods
from policy_options.analysis.scenarios.scenarios import Future, Scenarios
from problems import criterion, option, problem, weights


def payoffs(
    matrix: Sequence[Sequence[float]],
    judged: Sequence[tuple[float, float]] = (),
    names: Sequence[str] = (),
    **more: Any,
) -> Scenarios:
    """Options in rows, scenarios in columns; a value is the payoff, or 50 more where some payoff is a loss."""
    columns = np.asarray(matrix, dtype=np.float64).T
    ends = (-50.0, 50.0) if columns.min() < 0 else (0.0, 100.0)
    ids = [f"o{row + 1}" for row in range(columns.shape[1])]
    names = names or [f"s{column + 1}" for column in range(len(columns))]

    def there(column: np.ndarray) -> Problem:
        return problem([[x] for x in column.tolist()], options=ids, criteria=[criterion("payoff", *ends)])

    futures = tuple(Future(name, name, name, there(column)) for name, column in zip(names, columns, strict=True))
    held = tuple(Judged(name, low, high, "somebody") for name, (low, high) in zip(names, judged, strict=False))
    one = weights({"payoff": 1.0})
    return Scenarios(futures, one, (one,), judged=held, **more)


def expected_values(matrix: np.ndarray, judged: Sequence[tuple[float, float]] = ()) -> Likelihoods:
    """The same of bare (m, s) values."""
    scenarios = tuple((f"s{column}", f"s{column}") for column in range(matrix.shape[1]))
    held = tuple(Judged(id, low, high, "somebody") for (id, _), (low, high) in zip(scenarios, judged, strict=False))
    return Likelihoods(tuple(option(f"o{row}") for row in range(len(matrix))), scenarios, matrix, held)

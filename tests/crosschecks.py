"""Published cases of cross-checks as arrays, and problems as inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.crosscheck.inputs import Inputs, inputs_of
from policy_options.analysis.problem import Problem

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def arrays(case: dict[str, Any], *, normalised: bool = False) -> tuple[Floats, Floats, Bools]:
    """Matrix, weights and which criteria are costs."""
    given = case["input"]
    weights = np.array(given["weights"], dtype=np.float64)
    costs = np.array([one["direction"] == "min" for one in given["criteria"]])
    return np.array(given["matrix"], dtype=np.float64), weights / weights.sum() if normalised else weights, costs


def upwards(matrix: Floats, costs: Bools) -> Floats:
    """The matrix with more being better."""
    return np.where(costs, -matrix, matrix)


def thresholds(case: dict[str, Any], kind: str) -> Floats:
    return np.array([one["thresholds"][kind]["abs"] for one in case["input"]["criteria"]], dtype=np.float64)


def ranks_of(scores: Sequence[float] | Floats) -> list[int]:
    """Competition ranks with a tolerance, counted naively."""
    numbers = np.asarray(scores, dtype=np.float64)
    return [1 + int((numbers > one + 1e-9).sum()) for one in numbers]


def inputs(of: Problem, *shares: float) -> Inputs:
    """The inputs of a problem with known scores."""
    weights = np.array(shares or [1.0] * len(of.criteria), dtype=np.float64)
    return inputs_of(of, weights / weights.sum(), of.likely)

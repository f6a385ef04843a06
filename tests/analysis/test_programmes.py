"""The linear programmes of others' solvers, and small ones by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.programmes import minimise
from policy_options.errors import PolicyOptionsError
from problems import repeatable

Floats = NDArray[np.float64]
NO_ROWS = np.zeros((0, 2))
NOTHING = np.zeros(0)


def numbers(*given: float) -> Floats:
    return np.array(given, dtype=np.float64)


def test_a_programme_by_hand() -> None:
    """Most x + y under x + 2y <= 4 and 3x + y <= 6 is at (1.6, 1.2)."""
    found = minimise(numbers(-1, -1), np.array([[1.0, 2.0], [3.0, 1.0]]), numbers(4, 6), NO_ROWS, NOTHING)
    np.testing.assert_allclose(found, [1.6, 1.2], rtol=0, atol=1e-9)


def test_equalities_are_kept() -> None:
    found = minimise(numbers(2, 1), NO_ROWS, NOTHING, np.array([[1.0, 1.0]]), numbers(1))
    np.testing.assert_allclose(found, [0, 1], rtol=0, atol=1e-9)


def test_variables_are_not_negative() -> None:
    found = minimise(numbers(1, 1), np.array([[1.0, -1.0]]), numbers(5), NO_ROWS, NOTHING)
    np.testing.assert_allclose(found, [0, 0], rtol=0, atol=1e-9)


def test_no_rows_at_all() -> None:
    np.testing.assert_array_equal(minimise(numbers(1, 0), NO_ROWS, NOTHING, NO_ROWS, NOTHING), [0, 0])


@pytest.mark.parametrize(
    ("cost", "at_most", "bounds", "equal", "totals"),
    [
        (numbers(1, 1), np.array([[1.0, 1.0]]), numbers(-1), NO_ROWS, NOTHING),
        (numbers(1, 1), np.array([[1.0, 1.0]]), numbers(1), np.array([[1.0, 1.0]]), numbers(2)),
        (numbers(-1, 0), NO_ROWS, NOTHING, NO_ROWS, NOTHING),
    ],
)
def test_a_programme_without_a_solution(
    cost: Floats, at_most: Floats, bounds: Floats, equal: Floats, totals: Floats
) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        minimise(cost, at_most, bounds, equal, totals)
    (fault,) = caught.value.faults
    assert fault.code == "programme"
    assert "no solution" in fault.message


def test_the_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    minimise(numbers(1, 1), NO_ROWS, NOTHING, np.array([[1.0, 1.0]]), numbers(1))
    assert capfd.readouterr() == ("", "")


def test_the_same_programme_gives_the_same_digits() -> None:
    random = np.random.default_rng(1)
    rows, cost = random.random((20, 12)), -random.random(12)
    first, again = (minimise(cost, rows, np.ones(20), np.zeros((0, 12)), NOTHING) for _ in range(2))
    assert first.tobytes() == again.tobytes()


@repeatable
@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 8))
def test_the_optimum_is_that_of_another_way_to_the_solver(seed: int, columns: int, count: int) -> None:
    optimize: Any = pytest.importorskip("scipy.optimize")
    random = np.random.default_rng(seed)
    cost, rows, bounds = random.normal(size=columns), random.normal(size=(count, columns)), random.random(count)
    equal = np.ones((1, columns))
    other = optimize.linprog(cost, A_ub=rows, b_ub=bounds, A_eq=equal, b_eq=[1.0], method="highs-ds")
    if other.status != 0:
        with pytest.raises(PolicyOptionsError):
            minimise(cost, rows, bounds, equal, np.ones(1))
        return
    found = minimise(cost, rows, bounds, equal, np.ones(1))
    assert float(cost @ found) == pytest.approx(float(other.fun), abs=1e-8)
    assert found.min() >= -1e-9
    assert (rows @ found <= bounds + 1e-8).all()
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-9)

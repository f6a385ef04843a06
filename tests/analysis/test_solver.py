"""The linear programs of other solvers, and small ones by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.solver import _least_distance, minimise, nearest, solve
from policy_options.errors import PolicyOptionsError
from problems import repeatable

Floats = NDArray[np.float64]
NO_ROWS = np.zeros((0, 2))
NOTHING = np.zeros(0)


def numbers(*given: float) -> Floats:
    return np.array(given, dtype=np.float64)


def test_a_programme_by_hand() -> None:
    """The maximum of x + y subject to x + 2y <= 4 and 3x + y <= 6 is at (1.6, 1.2)."""
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


# --- duals, and variables below 0 ---


def test_duals_say_what_a_bound_costs() -> None:
    """The maximum of x + y subject to x + 2y <= 4 and 3x + y <= 6: one more of the first is worth 2/5, of the second 1/5."""
    rows, bounds = np.array([[1.0, 2.0], [3.0, 1.0]]), numbers(4, 6)
    found = solve(numbers(-1, -1), rows, bounds, NO_ROWS, NOTHING)
    np.testing.assert_allclose(found.duals, [-0.4, -0.2], rtol=0, atol=1e-12)
    more = solve(numbers(-1, -1), rows, bounds + numbers(0.5, 0), NO_ROWS, NOTHING)
    assert float(numbers(-1, -1) @ (more.x - found.x)) == pytest.approx(-0.2, abs=1e-12)


def test_a_bound_that_is_not_reached_has_no_dual() -> None:
    found = solve(numbers(-1, 0), np.array([[1.0, 0.0], [0.0, 1.0]]), numbers(1, 5), NO_ROWS, NOTHING)
    np.testing.assert_array_equal(found.duals, [-1, 0])


def test_duals_are_those_of_the_bounds_alone() -> None:
    found = solve(numbers(1, 2), np.array([[-1.0, 0.0]]), numbers(-0.25), np.array([[1.0, 1.0]]), numbers(1))
    np.testing.assert_allclose(found.x, [1, 0], rtol=0, atol=1e-12)
    assert found.duals.shape == (1,)


def test_a_free_variable_may_be_negative() -> None:
    """The maximum t with t <= -x, t <= -y and x + y = 1: t = -1/2."""
    rows = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
    equal = np.array([[1.0, 1.0, 0.0]])
    found = solve(numbers(0, 0, -1), rows, numbers(0, 0), equal, numbers(1), numbers(0, 0, 1))
    np.testing.assert_allclose(found.x, [0.5, 0.5, -0.5], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.duals, [-0.5, -0.5], rtol=0, atol=1e-12)


@repeatable
@given(st.integers(0, 2**32), st.integers(1, 5), st.integers(1, 6))
def test_duals_prove_the_optimum(seed: int, columns: int, count: int) -> None:
    """Weak duality with equality: no other x does better, however the solver found this one."""
    random = np.random.default_rng(seed)
    rows, bounds, cost = random.normal(size=(count, columns)), random.random(count), random.random(columns) - 0.3
    box = np.vstack((rows, np.eye(columns)))
    limits = np.concatenate((bounds, np.ones(columns)))
    found = solve(cost, box, limits, np.zeros((0, columns)), NOTHING)
    assert found.duals.max() <= 1e-9
    assert (cost - box.T @ found.duals).min() >= -1e-9
    assert float(found.duals @ limits) == pytest.approx(float(cost @ found.x), abs=1e-9)


# --- the nearest point ---

SUM = np.ones((1, 3))


def projected(point: Floats, rows: Floats | None = None, upper: float = 1.0) -> Floats:
    rows = np.zeros((0, 3)) if rows is None else rows
    return nearest(point, np.zeros(3), np.full(3, upper), rows, np.zeros(len(rows)), SUM, numbers(1))


def test_a_point_inside_is_the_nearest_to_itself() -> None:
    np.testing.assert_allclose(projected(numbers(0.2, 0.3, 0.5)), [0.2, 0.3, 0.5], rtol=0, atol=1e-12)


def test_the_foot_of_a_perpendicular() -> None:
    """From (1/2, 1/2, 0) to where the first is not above the third: half the difference moves across."""
    found = projected(numbers(0.5, 0.5, 0), np.array([[1.0, 0.0, -1.0]]))
    np.testing.assert_allclose(found, [0.25, 0.5, 0.25], rtol=0, atol=1e-12)


def test_a_bound_stands_in_the_way_of_the_foot() -> None:
    np.testing.assert_allclose(projected(numbers(2, 0, 0)), [1, 0, 0], rtol=0, atol=1e-12)
    np.testing.assert_allclose(projected(numbers(2, 0, 0), upper=0.5), [0.5, 0.25, 0.25], rtol=0, atol=1e-12)


def test_where_nothing_is_feasible_there_is_no_nearest_point() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        projected(numbers(0.2, 0.3, 0.5), upper=0.25)
    assert caught.value.faults[0].code == "programme"


def test_the_nearest_point_is_found_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    projected(numbers(2, 0, 0))
    assert capfd.readouterr() == ("", "")


@repeatable
@given(st.integers(0, 2**32), st.integers(2, 7), st.integers(0, 5))
def test_no_feasible_direction_leads_nearer(seed: int, columns: int, count: int) -> None:
    """The variational inequality of a projection: (point - x) . (z - x) <= 0 for every feasible z."""
    random = np.random.default_rng(seed)
    inside = random.dirichlet(np.ones(columns))
    rows = random.normal(size=(count, columns))
    bounds = rows @ inside + random.random(count) * 0.1
    point = random.normal(size=columns)
    one, total = np.ones((1, columns)), np.ones(1)
    found = nearest(point, np.zeros(columns), np.ones(columns), rows, bounds, one, total)
    assert found.min() >= -1e-9
    assert (rows @ found <= bounds + 1e-9).all()
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-9)
    furthest = minimise(found - point, rows, bounds, one, total)
    assert float((point - found) @ (furthest - found)) <= 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_what_stands_in_for_the_solver_finds_the_same_projection(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(3, 9))
    values, point = random.random((4, n)), random.dirichlet(np.ones(n))
    ahead = values[:1] - values[1:2]
    if ahead.max() <= 0:
        ahead = -ahead
    one, total = np.ones((1, n)), np.ones(1)
    found = nearest(point, np.zeros(n), np.ones(n), -ahead, np.zeros(1), one, total)
    identity = np.eye(n)
    rows = np.concatenate((ahead, identity, -identity))
    least = np.concatenate((np.zeros(1 + n), -np.ones(n)))
    np.testing.assert_allclose(_least_distance(point, rows, least, one, total), found, rtol=0, atol=1e-9)

"""ELECTRE III against six projects with vetoes, and on ten options and more."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crosschecks import arrays, inputs, thresholds
from policy_options.analysis.crosscheck.electre import credibility, distillation
from policy_options.analysis.crosscheck.method import Assumption
from policy_options.analysis.crosscheck.methods import METHODS
from problems import case, problem, repeatable


def classes(ranks: np.ndarray) -> list[list[str]]:
    found = sorted({int(rank) for rank in ranks})
    return [[f"o{row + 1}" for row in np.flatnonzero(ranks == rank)] for rank in found]


def test_six_projects() -> None:
    of = case("electre3-six-projects")
    matrix, weights, _ = arrays(of, normalised=True)
    bounds = [thresholds(of, kind) for kind in ("indifference", "preference", "veto")]
    credible, concordance = credibility(matrix, weights, *bounds)
    expected = of["expected"]
    np.testing.assert_allclose(concordance, expected["concordance"], atol=expected["matrix_tolerance"])
    np.testing.assert_allclose(credible, expected["credibility"], atol=expected["matrix_tolerance"])
    down, up = distillation(credible, descending=True), distillation(credible, descending=False)
    assert classes(down) == expected["descending_classes"]
    assert classes(up) == expected["ascending_classes"]
    ahead = (down[:, None] <= down) & (up[:, None] <= up)
    open_ = [[f"o{i + 1}", f"o{j + 1}"] for i in range(6) for j in range(i) if not (ahead[i, j] or ahead[j, i])]
    assert [sorted(pair) for pair in open_] == expected["incomparable_pairs"]


def test_a_veto_is_not_made_up_for() -> None:
    """a is far better on c1, c2 and c3 and worse on c4 by more than 60% of the scale."""
    of = problem([[90, 90, 90, 5], [40, 40, 40, 70]])
    without: tuple[Assumption] = ("veto",)
    order = METHODS["electre-3"].order(inputs(of))
    assert order.compare(0, 1) is None or order.compare(0, 1) == 0
    assert METHODS["electre-3"].order(inputs(of), without=without).compare(0, 1) == 1


def test_twelve_options_in_a_row_are_ranked_in_a_row() -> None:
    """Names that begin alike and more options than digits must not matter."""
    of = problem([[float(8 * row), 50.0] for row in range(12)], options=[f"a{row + 1}" for row in range(12)])
    order = METHODS["electre-3"].order(inputs(of))
    assert order.firsts == (11,)
    assert all(order.compare(row + 3, row) == 1 for row in range(9))


@repeatable
@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=2, max_size=6), st.randoms())
def test_the_order_does_not_depend_on_that_of_the_file(rows: list[list[int]], random: object) -> None:
    matrix = 5.0 * np.array(rows)
    shuffled = np.array(sorted(range(len(rows)), key=lambda _: random.random()))  # type: ignore[attr-defined]
    method = METHODS["electre-3"]
    before, after = method.order(inputs(problem(matrix))), method.order(inputs(problem(matrix[shuffled])))
    for i in range(len(rows)):
        for j in range(len(rows)):
            assert after.compare(i, j) == before.compare(int(shuffled[i]), int(shuffled[j]))


@repeatable
@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=2, max_size=6))
def test_twins_are_level_and_a_dominated_option_is_never_ahead(rows: list[list[int]]) -> None:
    matrix = 5.0 * np.array([*rows, rows[0]])
    order = METHODS["electre-3"].order(inputs(problem(matrix)))
    assert order.compare(0, len(rows)) == 0
    for i in range(len(rows)):
        for j in range(len(rows)):
            if (matrix[i] >= matrix[j]).all():
                assert order.compare(j, i) != 1

"""What every method has in common: with all its assumptions replaced it is the additive model, and weights of 0 do not count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosschecks import inputs
from policy_options.analysis.additive import competition_ranks
from policy_options.analysis.crosscheck.inputs import inputs_of
from policy_options.analysis.crosscheck.method import Order
from policy_options.analysis.crosscheck.methods import METHODS
from problems import DIRECTIONS, criterion, problem, repeatable

pytestmark = pytest.mark.filterwarnings("error")


def relations(order: Order, rows: int) -> list[int | None]:
    return [order.compare(i, j) for i in range(rows) for j in range(rows)]


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, list[str], list[float]]:
    """Whole performances from 1 to 20, so that ties are frequent, with a direction and a weight per criterion."""
    n = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(st.integers(1, 20), min_size=n, max_size=n), min_size=2, max_size=6))
    directions = draw(st.lists(st.sampled_from(DIRECTIONS), min_size=n, max_size=n))
    weights = draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    return np.array(rows, dtype=np.float64), list(directions), [float(weight) for weight in weights]


def of_table(table: tuple[np.ndarray, list[str], list[float]]) -> object:
    matrix, directions, weights = table
    axes = [criterion(f"c{k + 1}", 0.0, 25.0, direction) for k, direction in enumerate(directions)]  # type: ignore[arg-type]
    return inputs(problem(matrix, criteria=axes), *weights)


@pytest.mark.parametrize("name", METHODS)
@repeatable
@given(tables())
def test_without_its_assumptions_a_method_is_the_additive_model(
    name: str, table: tuple[np.ndarray, list[str], list[float]]
) -> None:
    method, of = METHODS[name], of_table(table)
    values = of.values @ of.weights  # type: ignore[attr-defined]
    apart = np.abs(values[:, None] - values)
    if ((apart > 1e-9) & (apart < 1e-6)).any():
        return  # the scales of scores differ, so that a near tie of one is a tie of another
    additive = Order(ranks=competition_ranks(values)[0])
    rows = len(values)
    assert relations(method.order(of, method.assumes), rows) == relations(additive, rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", METHODS)
@repeatable
@given(tables())
def test_every_method_puts_twins_level_and_nothing_ahead_of_what_is_better_everywhere(
    name: str, table: tuple[np.ndarray, list[str], list[float]]
) -> None:
    matrix, directions, weights = table
    of = of_table((np.vstack([matrix, matrix[:1]]), directions, weights))
    method = METHODS[name]
    order = method.order(of)  # type: ignore[arg-type]
    assert order.compare(0, len(matrix)) == 0
    values = of.values  # type: ignore[attr-defined]
    for i in range(len(values)):
        for j in range(len(values)):
            if (values[i] >= values[j]).all():
                assert order.compare(j, i) != 1


@pytest.mark.parametrize("name", METHODS)
def test_a_criterion_without_weight_changes_nothing(name: str) -> None:
    """Not even where it would veto, or has performances that a method refuses."""
    rows = [[20.0, 70.0, -99.0], [60.0, 30.0, 95.0], [45.0, 45.0, 0.0]]
    axes = [criterion("c1"), criterion("c2"), criterion("c3", -100, 100)]
    of = problem(rows, criteria=axes)
    weighed = inputs_of(of, np.array([0.6, 0.4, 0.0]), of.likely)
    assert weighed.without_weight == ("c3",)
    bare = inputs(problem([row[:2] for row in rows]), 0.6, 0.4)
    method = METHODS[name]
    assert method.refusal(weighed) is None
    assert relations(method.order(weighed), 3) == relations(method.order(bare), 3)


@pytest.mark.parametrize("name", METHODS)
def test_a_constant_criterion_breaks_no_method(name: str) -> None:
    of = inputs(problem([[7, 20, 5], [9, 50, 5], [6, 10, 5]]), 3, 2, 4)
    assert of.constant == ("c3",)
    assert METHODS[name].order(of).firsts


@pytest.mark.parametrize("name", METHODS)
def test_each_method_says_what_it_is(name: str) -> None:
    method = METHODS[name]
    assert method.name == name
    assert method.source and method.assumes
    assert method.takes == {"rescaled": "measured", "outranking": "performances", "ordinal": "values"}[method.family]
    assert method.thresholds == (method.family == "outranking")

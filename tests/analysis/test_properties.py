"""Invariance of a ranking: the order of the files, the size of points, units, and criteria that carry no information.

Each property is true to 1e-9 in values and for the order of all pairs that differ by more than that.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.analysis.ranking import rank
from policy_options.analysis.value_functions import (
    Direction,
    Exponential,
    Levels,
    Linear,
    PiecewiseLinear,
    ValueFunction,
)
from problems import (
    UNKNOWN,
    assert_same_values_and_order,
    axes,
    columns,
    derive_weights,
    from_points,
    paths,
    permuted,
    points,
    problem,
    problems,
    repeatable,
    weighted,
    weights,
    widened,
)

Weighted = tuple[Problem, WeightVector]


@repeatable
@given(weighted(unknowns=True), st.data())
def test_the_order_of_the_options_does_not_matter(case: Weighted, data: st.DataObject) -> None:
    of, vector = case
    rows = data.draw(st.permutations(range(len(of.options))))
    assert_same_values_and_order(rank(of, vector), rank(permuted(of, rows=rows), vector))


@repeatable
@given(weighted(unknowns=True), st.data())
def test_the_order_of_the_criteria_does_not_matter(case: Weighted, data: st.DataObject) -> None:
    of, vector = case
    order = data.draw(st.permutations(range(len(of.criteria))))
    assert_same_values_and_order(rank(of, vector), rank(permuted(of, columns=order), vector))


@repeatable
@given(weighted(unknowns=True), st.data())
def test_the_order_of_the_weights_does_not_matter(case: Weighted, data: st.DataObject) -> None:
    of, vector = case
    order = data.draw(st.permutations(range(len(of.criteria))))
    shuffled = weights({vector.criteria[column]: float(vector.shares[column]) for column in order})
    assert_same_values_and_order(rank(of, vector), rank(of, shuffled))


@repeatable
@given(problems(unknowns=True), st.data(), st.floats(1e-3, 1e3))
def test_the_size_of_the_points_does_not_matter(of: Problem, data: st.DataObject, factor: float) -> None:
    given_points = data.draw(points(len(of.criteria)))
    scaled = [factor * one for one in given_points]
    assert_same_values_and_order(rank(of, from_points(of, given_points)), rank(of, from_points(of, scaled)))


def in_other_units(axis: CriterionAxis, factor: float, shift: float) -> CriterionAxis:
    """The same criterion with performances measured as ``factor * x + shift``; a negative factor reverses it."""

    def moved(at: float) -> float:
        return factor * at + shift

    low, high = sorted((moved(axis.low), moved(axis.high)))
    direction: Direction = axis.direction
    if factor < 0:
        direction = "less-is-better" if direction == "more-is-better" else "more-is-better"
    old = axis.value_function
    new: ValueFunction
    if isinstance(old, Linear):
        new = Linear(low, high, direction)
    elif isinstance(old, Exponential):
        new = Exponential(low, high, direction, moved(old.midpoint))
    else:
        assert isinstance(old, PiecewiseLinear)
        corners = sorted(zip((moved(at) for at in old.at), old.value, strict=True))
        new = PiecewiseLinear(tuple(at for at, _ in corners), tuple(value for _, value in corners))
    return replace(axis, low=low, high=high, direction=direction, value_function=new)


@repeatable
@given(weighted(unknowns=True), st.data())
def test_units_do_not_matter(case: Weighted, data: st.DataObject) -> None:
    of, vector = case
    new_axes, factors, shifts = [], [], []
    for axis in of.criteria:
        if isinstance(axis.value_function, Levels):  # levels have no unit, but may be listed in reverse
            factor, shift = data.draw(st.sampled_from([(1.0, 0.0), (-1.0, axis.high)]))
            if factor < 0:
                turned: Direction = "less-is-better" if axis.direction == "more-is-better" else "more-is-better"
                function = Levels(axis.value_function.values[::-1])
                axis = replace(axis, direction=turned, value_function=function, levels=axis.levels[::-1])
        else:
            factor = data.draw(st.sampled_from([-1000.0, -1.0, -0.01, 0.001, 0.3048, 7.0, 1000.0]))
            # A shift far larger than the width of the scale costs digits before the tool ever sees the numbers.
            shift = data.draw(st.sampled_from([0.0, 273.15, -12.5])) * abs(factor)
            axis = in_other_units(axis, factor, shift)
        new_axes.append(axis)
        factors.append(factor)
        shifts.append(shift)
    low, likely, high = (array * factors + shifts for array in (of.low, of.likely, of.high))
    other = problem(
        likely,
        options=of.option_ids,
        criteria=new_axes,
        low=np.minimum(low, high),
        high=np.maximum(low, high),
    )
    assert_same_values_and_order(rank(of, vector), rank(other, vector))
    np.testing.assert_allclose(other.worst, of.worst, rtol=0, atol=1e-8)
    np.testing.assert_allclose(other.best, of.best, rtol=0, atol=1e-8)


@repeatable
@given(problems(unknowns=True), st.data())
def test_a_criterion_without_weight_does_not_matter(of: Problem, data: st.DataObject) -> None:
    given_points = data.draw(points(len(of.criteria)))
    axis = data.draw(axes("added"))
    wider = widened(of, [axis], *data.draw(columns(axis, len(of.options), unknowns=True)))
    before, after = rank(of, from_points(of, given_points)), rank(wider, from_points(wider, [*given_points, 0.0]))
    assert_same_values_and_order(before, after)
    assert after.best_rank.tolist() == before.best_rank.tolist()
    assert after.worst_rank.tolist() == before.worst_rank.tolist()


@repeatable
@given(problems(unknowns=True), st.data())
def test_splitting_a_criterion_into_parts_that_share_its_weight_does_not_matter(
    of: Problem, data: st.DataObject
) -> None:
    given_points = data.draw(points(len(of.criteria)))
    split = data.draw(st.integers(0, len(of.criteria) - 1))
    parts = data.draw(st.lists(st.integers(1, 9), min_size=2, max_size=4))
    copies = [replace(of.criteria[split], id=f"part-{index}") for index in range(1, len(parts))]
    cells = [np.repeat(array[:, [split]], len(copies), axis=1) for array in (of.low, of.likely, of.high)]
    wider = widened(of, copies, *cells)
    shared_out = [given_points[split] * part / sum(parts) for part in parts]
    split_points = [*given_points[:split], shared_out[0], *given_points[split + 1 :], *shared_out[1:]]
    assert_same_values_and_order(rank(of, from_points(of, given_points)), rank(wider, from_points(wider, split_points)))


@repeatable
@given(weighted(options=(2, 7), unknowns=True), st.data())
def test_options_that_come_or_go_do_not_matter_to_the_others(case: Weighted, data: st.DataObject) -> None:
    of, vector = case
    kept = data.draw(st.lists(st.integers(0, len(of.options) - 1), min_size=1, unique=True))
    assert_same_values_and_order(rank(of, vector), rank(permuted(of, rows=kept), vector))


@repeatable
@given(problems((1, 5), (2, 5), unknowns=True), st.data())
def test_a_tree_ranks_as_the_flat_criteria_with_the_products_of_its_shares(of: Problem, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(of.criteria) - 1))
    tops = data.draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    inner = data.draw(st.lists(st.integers(1, 9), min_size=len(of.criteria), max_size=len(of.criteria)))
    grown = replace(
        of,
        criteria=tuple(
            replace(axis, groups=("left",) if column < cut else ("right",)) for column, axis in enumerate(of.criteria)
        ),
    )
    judgements: dict[str, float] = dict(zip(of.criterion_ids, map(float, inner), strict=True))
    judgements |= {"left": tops[0], "right": tops[1]}
    down = derive_weights(paths(grown), judgements, id="set", method="points", across="siblings")
    flat = [
        points_of * tops[column >= cut] / sum(inner[:cut] if column < cut else inner[cut:])
        for column, points_of in enumerate(inner)
    ]
    tree, plain = rank(grown, down), rank(of, from_points(of, flat))
    assert_same_values_and_order(plain, tree)
    if not of.unknown.any():
        np.testing.assert_allclose(tree.group_contributions.sum(axis=1), tree.lower, rtol=0, atol=1e-9)


@repeatable
@given(weighted(unknowns=True), st.data())
def test_a_better_score_never_lowers_an_option(case: Weighted, data: st.DataObject) -> None:
    of, vector = case
    row = data.draw(st.integers(0, len(of.options) - 1))
    column = data.draw(st.integers(0, len(of.criteria) - 1))
    axis = of.criteria[column]
    best = axis.high if axis.direction == "more-is-better" else axis.low
    likely = of.likely.copy()
    likely[row, column] = best
    before = rank(of, vector)
    after = rank(problem(likely, options=of.option_ids, criteria=of.criteria), vector)
    assert after.lower[row] >= before.lower[row] - 1e-9
    others = np.arange(len(of.options)) != row
    np.testing.assert_allclose(after.lower[others], before.lower[others], rtol=0, atol=1e-9)


@repeatable
@given(weighted(unknowns=True))
def test_values_lie_between_0_and_100(case: Weighted) -> None:
    ranking = rank(*case)
    assert ranking.lower.min() >= -1e-9
    assert ranking.upper.max() <= 100 + 1e-9
    assert (ranking.lower <= ranking.upper).all()
    assert np.isfinite(ranking.upper).all()


@repeatable
@given(weighted())
def test_contributions_sum_to_overall_values_and_gaps_to_leads(case: Weighted) -> None:
    ranking = rank(*case)
    np.testing.assert_allclose(ranking.contributions.sum(axis=1), ranking.lower, rtol=0, atol=1e-9)
    np.testing.assert_allclose(ranking.group_contributions.sum(axis=1), ranking.lower, rtol=0, atol=1e-9)
    for option in ranking.problem.option_ids:
        for over in ranking.problem.option_ids:
            gap = ranking.gap(option, over)
            assert sorted(name for name, _ in gap) == sorted(ranking.problem.criterion_ids)
            parts = [part for _, part in gap]
            assert parts == sorted(parts, reverse=True)
            assert sum(parts) == pytest.approx(ranking.lead(option, over).points, abs=1e-9)


@repeatable
@given(weighted(unknowns=True))
def test_known_contributions_sum_to_the_lower_end_of_the_value(case: Weighted) -> None:
    ranking = rank(*case)
    np.testing.assert_allclose(np.nansum(ranking.contributions, axis=1), ranking.lower, rtol=0, atol=1e-9)


@repeatable
@given(weighted(options=(1, 8), unknowns=True))
def test_ranks_are_competition_ranks_of_the_unrounded_values(case: Weighted) -> None:
    ranking = rank(*case)
    ranks, values = ranking.ranks, ranking.lower
    for row, value in enumerate(values):
        assert ranks[row] == 1 + (ranks < ranks[row]).sum()
        assert np.ptp(values[ranks == ranks[row]]) <= TIE
        assert (ranks[values > value + TIE] < ranks[row]).all()
    assert (np.diff(ranks[list(ranking.order)]) >= 0).all()
    assert ranking.in_order == tuple(ranking.problem.option_ids[row] for row in ranking.order)
    assert set(ranking.leaders) == {name for name, r in zip(ranking.problem.option_ids, ranks, strict=True) if r == 1}


@repeatable
@given(weighted(options=(2, 6)))
def test_without_unknown_scores_a_rank_range_is_the_rank(case: Weighted) -> None:
    ranking = rank(*case)
    assert ranking.best_rank.tolist() == ranking.ranks.tolist() == ranking.worst_rank.tolist()


@repeatable
@given(problems((2, 5), (1, 4)), st.data())
def test_knowing_less_only_widens_ranges(of: Problem, data: st.DataObject) -> None:
    vector = from_points(of, data.draw(points(len(of.criteria))))
    row = data.draw(st.integers(0, len(of.options) - 1))
    column = data.draw(st.integers(0, len(of.criteria) - 1))
    likely = of.likely.copy()
    likely[row, column] = UNKNOWN
    known, less = rank(of, vector), rank(problem(likely, options=of.option_ids, criteria=of.criteria), vector)
    assert (less.lower <= known.lower + 1e-9).all()
    assert (less.upper >= known.upper - 1e-9).all()
    assert (less.best_rank <= known.best_rank).all()
    assert (less.worst_rank >= known.worst_rank).all()


def test_a_thousand_options_by_forty_criteria_hold_the_properties_too() -> None:
    """Large arrays take other code paths through the linear algebra than small ones."""
    random = np.random.default_rng(8)
    likely = random.integers(0, 11, (1000, 40)).astype(np.float64) * 10
    of = problem(likely, options=[f"o{row}" for row in range(1000)])
    given_points = random.integers(0, 5, 40).astype(float).tolist()
    vector = from_points(of, given_points)
    before = rank(of, vector)
    rows, order = random.permutation(1000).tolist(), random.permutation(40).tolist()
    assert_same_values_and_order(before, rank(permuted(of, rows=rows, columns=order), vector))
    assert_same_values_and_order(before, rank(permuted(of, rows=rows[:333]), vector))
    exact = likely @ np.array(given_points)  # integers: no rounding at all
    counted = 1 + (exact[None, :] > exact[:, None]).sum(axis=1)
    assert before.ranks.tolist() == counted.tolist()
    assert len(set(counted.tolist())) < 1000, "the example should hold ties"

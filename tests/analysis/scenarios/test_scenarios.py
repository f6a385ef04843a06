"""Scenarios against brute force and exact fractions on random tables, and what they refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payoffs import expected_values, payoffs
from policy_options.analysis.one_way import stretches
from policy_options.analysis.scenarios.intervals import best_somewhere, expectation_bounds, reachable, undominated
from policy_options.analysis.scenarios.likelihoods import Judged, break_even_bounds
from policy_options.analysis.scenarios.regret import largest_regrets
from policy_options.analysis.scenarios.scenarios import Future, Scenarios, Sign
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion, problem, repeatable, weights

Fractions = list[list[Fraction]]

tables = st.integers(2, 5).flatmap(
    lambda s: st.lists(st.lists(st.integers(0, 12), min_size=s, max_size=s), min_size=2, max_size=5)
)


@st.composite
def with_intervals(draw: st.DrawFn) -> tuple[list[list[int]], list[tuple[Fraction, Fraction]]]:
    """A table, and intervals in twentieths that some likelihoods keep."""
    table = draw(tables)
    s = len(table[0])
    parts = draw(st.lists(st.integers(0, 6), min_size=s, max_size=s).filter(any))
    inside = [Fraction(part, sum(parts)) for part in parts]
    found = []
    for p in inside:
        low = max(p - Fraction(draw(st.integers(0, 10)), 20), Fraction(0))
        found.append((low, min(p + Fraction(draw(st.integers(0, 10)), 20), Fraction(1))))
    return table, found


def corners(intervals: list[tuple[Fraction, Fraction]]) -> list[list[Fraction]]:
    """Every extreme point of the likelihoods between bounds: all but one at an end."""
    found = []
    s = len(intervals)
    for free in range(s):
        others = [index for index in range(s) if index != free]
        for ends in range(2 ** len(others)):
            p = [Fraction(0)] * s
            for bit, index in enumerate(others):
                p[index] = intervals[index][ends >> bit & 1]
            p[free] = Fraction(1) - sum(p, Fraction(0))
            if intervals[free][0] <= p[free] <= intervals[free][1] and p not in found:
                found.append(p)
    return found


def dot(row: list[int], p: list[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(row, p, strict=True)), Fraction(0))


def is_best_somewhere(table: list[list[int]], row: int, intervals: list[tuple[Fraction, Fraction]]) -> bool:
    """By the definition, in fractions: likelihoods between their bounds at which no rival is better.

    These form a polytope, which has a corner where it has a point at all: there all but one of the unknowns are settled by bounds
    and ties, so that every choice of these is tried.
    """
    s = len(intervals)
    gains = [[Fraction(x - y) for x, y in zip(table[row], other, strict=True)] for other in table]
    units = [[Fraction(at == index) for at in range(s)] for index in range(s)]
    planes = [(tuple(units[at]), end) for at in range(s) for end in set(intervals[at])]
    planes += [(gain, Fraction(0)) for gain in {tuple(gain) for gain in gains if any(gain)}]
    for chosen in combinations(planes, s - 1):
        p = solve([*chosen, (tuple([Fraction(1)] * s), Fraction(1))])
        if p is None or not all(low <= x <= high for x, (low, high) in zip(p, intervals, strict=True)):
            continue
        if all(sum((x * y for x, y in zip(gain, p, strict=True)), Fraction(0)) >= 0 for gain in gains):
            return True
    return False


def solve(planes: Sequence[tuple[tuple[Fraction, ...], Fraction]]) -> list[Fraction] | None:
    """The one point on all planes; ``None`` where they have none, or more."""
    size = len(planes)
    rows = [[*normal, level] for normal, level in planes]
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column] != 0), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [x / rows[column][column] for x in rows[column]]
        for r in range(size):
            if r != column and rows[r][column] != 0:
                rows[r] = [x - rows[r][column] * y for x, y in zip(rows[r], rows[column], strict=True)]
    return [row[size] for row in rows]


@repeatable
@given(with_intervals())
def test_bounds_e_admissible_and_maximal_against_their_definitions(
    drawn: tuple[list[list[int]], list[tuple[Fraction, Fraction]]],
) -> None:
    table, intervals = drawn
    points = corners(intervals)
    values = np.array(table, dtype=np.float64)
    low, high = (np.array([float(one[end]) for one in intervals]) for end in (0, 1))
    lower, upper = expectation_bounds(values, low, high)
    exact = [[dot(row, p) for p in points] for row in table]
    np.testing.assert_allclose(lower, [float(min(row)) for row in exact], atol=1e-9)
    np.testing.assert_allclose(upper, [float(max(row)) for row in exact], atol=1e-9)
    least, most = reachable(low, high)
    np.testing.assert_allclose(least, [float(min(p[at] for p in points)) for at in range(len(low))], atol=1e-9)
    np.testing.assert_allclose(most, [float(max(p[at] for p in points)) for at in range(len(low))], atol=1e-9)
    maximal = [
        not any(all(dot(other, p) > dot(row, p) for p in points) for j, other in enumerate(table) if j != i)
        for i, row in enumerate(table)
    ]
    assert undominated(values, low, high).tolist() == maximal
    found = best_somewhere(values, low, high)
    assert [at is not None for at in found] == [is_best_somewhere(table, row, intervals) for row in range(len(table))]


@repeatable
@given(tables, st.data())
def test_break_even_likelihoods_against_a_grid(table: list[list[int]], data: st.DataObject) -> None:
    values = np.array(table, dtype=np.float64)
    s = values.shape[1]
    parts = np.array(data.draw(st.lists(st.integers(1, 6), min_size=s, max_size=s)), dtype=np.float64)
    base = parts / parts.sum()
    low, high, leader = break_even_bounds(values, base)
    for column in range(s):
        others = np.delete(np.arange(s), column)
        rest = np.delete(base, column) / np.delete(base, column).sum()
        for t in np.linspace(0.0, 1.0, 201):
            expected = (1.0 - t) * (values[:, others] @ rest) + t * values[:, column]
            if low[column] + 1e-9 < t < high[column] - 1e-9:
                assert expected[leader] >= expected.max() - 1e-9
            elif t < low[column] - 1e-9 or t > high[column] + 1e-9:
                assert expected[leader] < expected.max()
        way = stretches(tuple(map(str, range(len(values)))), values[:, others] @ rest, values[:, column], 1.0)
        mine = [one for one in way if str(leader) in one.leaders]
        if mine:
            np.testing.assert_allclose((mine[0].low, mine[-1].high), (low[column], high[column]), atol=1e-9)


@repeatable
@given(tables)
def test_regret_against_its_definition_and_a_scenario_that_is_there_twice(table: list[list[int]]) -> None:
    found = payoffs(table)
    m, s = len(table), len(table[0])
    naive = [[max(row[at] for row in table) - table[i][at] for at in range(s)] for i in range(m)]
    np.testing.assert_allclose(found.regret.most, naive, atol=1e-9)
    largest, leads = largest_regrets(np.array(table, dtype=np.float64).T[:, :, None])
    np.testing.assert_allclose(largest, found.regret.largest, atol=1e-9)
    assert all(table[leads[at, 0]][at] == max(row[at] for row in table) for at in range(s))
    twice = payoffs([[*row, row[0]] for row in table])
    assert twice.regret.choice == found.regret.choice
    np.testing.assert_allclose(twice.regret.largest, found.regret.largest, atol=1e-9)
    assert twice.likelihoods.admissible.e_admissible == found.likelihoods.admissible.e_admissible


@repeatable
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=4, unique_by=tuple))
def test_shares_of_likelihoods_against_a_fine_grid(table: list[list[int]]) -> None:
    found = payoffs(table).shares
    assert found is not None and found.exact
    n = 60
    grid = np.array([(i + 1 / 3, j + 1 / 3, n - i - j - 2 / 3) for i in range(n) for j in range(n - i)]) / n
    expected = np.array(table, dtype=np.float64) @ grid.T
    first = expected >= expected.max(axis=0) - 1e-9
    counted = (first / first.sum(axis=0)).mean(axis=1)
    np.testing.assert_allclose(found.first, counted, atol=0.05)
    assert found.first.sum() == pytest.approx(1.0)


def two_criteria(*tables: list[list[float]], **more: object) -> Scenarios:
    axes = [criterion("money"), criterion("time")]
    futures = tuple(
        Future(name, name, name, problem(table, options=["stay", "move", "wait"], criteria=axes))
        for name, table in zip(("reference", "storm", "calm"), tables, strict=False)
    )
    even, rich = weights({"money": 0.5, "time": 0.5}, "even"), weights({"money": 0.9, "time": 0.1}, "rich")
    more = {"reference": "reference", **more}
    return Scenarios(futures, even, (even, rich), **more)  # type: ignore[arg-type]


REFERENCE = [[60.0, 60.0], [80.0, 30.0], [50.0, 50.0]]
STORM = [[10.0, 60.0], [80.0, 30.0], [50.0, 50.0]]


def test_leaders_are_a_matrix_of_sets_and_scenarios() -> None:
    found = two_criteria(REFERENCE, STORM)
    assert found.leaders.table.to_dict() == {
        "reference": {"even": "stay", "rich": "move"},
        "storm": {"even": "move", "rich": "move"},
    }
    assert found.advice == "stay"
    assert found.changes == ("storm",)
    over = found.regret_over_sets
    assert over.cells == (("reference", "even"), ("reference", "rich"), ("storm", "even"), ("storm", "rich"))
    assert over.choice == ("move",)
    assert over.of("stay", "storm", "rich") == pytest.approx(75.0 - 15.0)
    assert over.where("stay") == (("storm", "rich"),)
    assert over.table.loc["stay", "storm/rich"] == pytest.approx(60.0)
    assert over.largest.max() == pytest.approx(60.0)


def test_what_makes_the_lead_change_adds_up() -> None:
    gap = two_criteria(REFERENCE, STORM).why("reference", "storm").gap_of_the_lead
    assert gap is not None
    assert (gap.option, gap.over) == ("move", "stay")
    assert gap.change == pytest.approx(25.0)
    (part,) = gap.parts
    assert (part.factor, part.criterion, part.option) == ("performances", "money", "stay")
    assert part.points == pytest.approx(25.0)


def test_the_advice_is_the_verdicts_where_two_tie() -> None:
    tied = [[60.0, 60.0], [60.0, 60.0], [0.0, 0.0]]
    assert two_criteria(tied, STORM).advice == "stay"
    assert two_criteria(tied, STORM, put_first="move").advice == "move"


def test_switching_gains_nothing_where_the_advice_cannot_be_given_up() -> None:
    signs = (Sign("storm", 0), Sign(None, 0, "stay", "money", 5.0), Sign(None, 1), Sign("gone", 0))
    found = two_criteria(REFERENCE, STORM, signs=signs).switches
    assert [(one.sign.scenario, one.leads, one.claimed, one.stays) for one in found] == [
        ("storm", ("move",), True, False),
        (None, ("move",), True, False),
    ]
    assert [one.points for one in found] == pytest.approx([20.0, 22.5])
    kept = two_criteria(REFERENCE, STORM, signs=signs, irreversible=frozenset({"stay"})).switches
    assert [one.claimed for one in kept] == [False, False]
    same = two_criteria(REFERENCE, REFERENCE, signs=signs[:1]).switches
    assert [(one.stays, one.points) for one in same] == [(True, 0.0)]


def test_unknown_scores_make_regret_a_range_and_leave_no_expected_value() -> None:
    found = two_criteria(REFERENCE, [[20.0, UNKNOWN], [80.0, 30.0], [50.0, 50.0]])
    assert found.regret.least[0].tolist() == pytest.approx([0.0, 0.0])
    assert found.regret.most[0].tolist() == pytest.approx([0.0, 45.0])
    assert found.leaders.open == {("even", "storm")}
    assert not found.regret.is_sure
    assert found.shares is None
    with pytest.raises(PolicyOptionsError, match="unknown scores of `stay`"):
        _ = found.likelihoods


def test_a_red_line_that_fails_in_one_scenario_keeps_an_option_from_leading_there() -> None:
    axes = [criterion("money", red_line=20.0), criterion("time")]
    found = two_criteria(REFERENCE, [[10.0, 100.0], [30.0, 30.0], [50.0, 0.0]])
    lined = replace(
        found,
        futures=tuple(replace(each, problem=replace(each.problem, criteria=tuple(axes))) for each in found.futures),
    )
    assert found.first["storm"] == ("stay",)
    assert lined.first["storm"] == ("move",)
    assert lined.failing == {"stay": ("storm",)}
    assert lined.regret.left_out == ("stay",)
    assert lined.regret.options == ("move", "wait")
    assert lined.regret.of("move", "reference") == pytest.approx(5.0)  # of the best there, which is allowed there


def test_judged_likelihoods_and_those_that_nobody_judged() -> None:
    values = np.array([[10.0, 0.0, 0.0], [0.0, 10.0, 10.0]])
    found = expected_values(values)
    assert found.base.tolist() == pytest.approx([1 / 3] * 3)
    judged = replace(found, judged=(Judged("s0", 0.4, 0.6, "somebody"),))
    assert judged.base.tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert judged.admissible.low.tolist() == pytest.approx([0.4, 0.2, 0.2])
    assert judged.admissible.lower.tolist() == pytest.approx([4.0, 4.0])
    assert judged.admissible.e_admissible == ("o0", "o1")
    certain = replace(found, judged=(Judged("s0", 1.0, 1.0, "somebody"),))
    first = certain.break_even[0]
    assert (first.low, first.high, first.stretches) == (None, None, ())


def test_between_two_scenarios_nothing_else_can_happen() -> None:
    way = two_criteria(REFERENCE, STORM).likelihoods.between("reference", "storm")
    assert [one.leaders for one in way] == [("stay",), ("move",)]
    assert way[0].high == pytest.approx(0.2)  # 60 - 25 t = 55


def test_no_scenario_and_one_scenario() -> None:
    with pytest.raises(PolicyOptionsError, match="has no scenario") as error:
        two_criteria()
    assert "criteria/scenarios/" in error.value.faults[0].remedy
    with pytest.raises(PolicyOptionsError, match="one scenario"):
        _ = two_criteria(REFERENCE).likelihoods


def test_break_even_as_a_table() -> None:
    table = two_criteria(REFERENCE, STORM).break_even
    assert table.loc["storm", "leader"] == "move"
    assert table.loc["storm", "below"] == "stay"
    assert (table.loc["storm", "low"], table.loc["storm", "high"]) == pytest.approx((0.2, 1.0))


def test_shares_of_many_scenarios_are_sampled_and_known_to_be() -> None:
    chance = np.random.default_rng(3)
    table = chance.integers(0, 100, (12, 12)).tolist()
    found = payoffs(table).shares
    assert found is not None and not found.exact
    assert found.first.sum() == pytest.approx(1.0)
    assert found.half_width < 0.002

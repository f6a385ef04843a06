from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.dominance import dominance
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import rank
from problems import UNKNOWN, Floats, criterion, from_points, points, problem, problems, repeatable


def oracle(of: Problem, mine: Floats, theirs: Floats) -> set[tuple[str, str]]:
    """Pairs in which the first is at least as good everywhere and better somewhere, compared one number at a time."""
    found = set()
    for (i, winner), (j, loser) in itertools.permutations(enumerate(of.option_ids), 2):
        pairs = list(zip(mine[i].tolist(), theirs[j].tolist(), strict=True))
        if all(a >= b for a, b in pairs) and any(a > b for a, b in pairs):
            found.add((winner, loser))
    return found


def test_at_least_as_good_everywhere_and_better_somewhere() -> None:
    found = dominance(problem([[50, 50], [50, 40], [60, 30], [50, 50]]))
    assert found.by_likely == (("a", "b"), ("d", "b"))


def test_equal_options_dominate_neither_one_another_nor_themselves() -> None:
    assert dominance(problem([[50, 50], [50, 50]])).by_likely == ()
    assert dominance(problem([[50]])).by_intervals == ()


def test_it_is_judged_on_values_and_not_on_performances() -> None:
    found = dominance(
        problem([[10, 1], [20, 1]], criteria=[criterion("c1", direction="less-is-better"), criterion("c2")])
    )
    assert found.by_likely == (("a", "b"),)


def test_bounds_that_overlap_leave_dominance_to_the_likely_scores() -> None:
    likely, low, high = [[60, 60], [40, 40]], [[50, 50], [30, 30]], [[70, 70], [55, 45]]
    overlapping = dominance(problem(likely, low=low, high=high))
    assert overlapping.by_likely == (("a", "b"),)
    assert overlapping.by_intervals == ()
    apart = dominance(problem(likely, low=low, high=[[70, 70], [50, 45]]))
    assert apart.by_intervals == (("a", "b"),)


def test_bounds_are_turned_where_less_is_better() -> None:
    axes = [criterion("c1", direction="less-is-better")]
    apart = dominance(problem([[20], [60]], low=[[10], [40]], high=[[39], [70]], criteria=axes))
    assert apart.by_intervals == (("a", "b"),)
    overlapping = dominance(problem([[20], [60]], low=[[10], [40]], high=[[45], [70]], criteria=axes))
    assert overlapping.by_intervals == ()


def test_an_unknown_score_is_judged_by_its_ends() -> None:
    assert dominance(problem([[UNKNOWN, 50], [40, 40]])).by_likely == ()
    assert dominance(problem([[UNKNOWN, 50], [0, 40]])).by_likely == (("a", "b"),)
    assert dominance(problem([[100, 50], [UNKNOWN, 40]])).by_likely == (("a", "b"),)
    assert dominance(problem([[UNKNOWN, 50], [UNKNOWN, 40]])).by_likely == ()


@repeatable
@given(problems((1, 6), (1, 4), unknowns=True))
def test_pairs_are_those_of_an_oracle_and_intervals_imply_likely_scores(of: Problem) -> None:
    found = dominance(of)
    lower, upper = (np.where(of.unknown, end, of.values) for end in (0.0, 100.0))
    assert set(found.by_likely) == oracle(of, lower, upper)
    assert set(found.by_intervals) == oracle(of, of.worst, of.best)
    assert set(found.by_intervals) <= set(found.by_likely)
    assert len(set(found.by_likely)) == len(found.by_likely)


@repeatable
@given(problems((2, 6), (1, 3), unknowns=True), st.data())
def test_a_dominated_option_is_never_ranked_above_its_dominator(of: Problem, data: st.DataObject) -> None:
    ranking = rank(of, from_points(of, data.draw(points(len(of.criteria)))))
    for winner, loser in dominance(of).by_likely:
        i, j = of.option_index[winner], of.option_index[loser]
        assert ranking.ranks[i] <= ranking.ranks[j]
        assert ranking.best_rank[i] <= ranking.best_rank[j]
        assert ranking.worst_rank[i] <= ranking.worst_rank[j]
        assert ranking.lower[i] >= ranking.lower[j] - 1e-9


@repeatable
@given(problems((3, 7), (1, 2)))
def test_dominance_is_a_strict_order(of: Problem) -> None:
    pairs = set(dominance(of).by_likely)
    for (a, b), (c, d) in itertools.product(pairs, repeat=2):
        assert (b, a) not in pairs
        if b == c:
            assert (a, d) in pairs


def test_the_table_has_a_row_a_pair_with_its_basis() -> None:
    found = dominance(
        problem([[60, 60], [40, 40], [10, 10]], low=[[50, 50], [30, 30], [10, 10]], high=[[70, 70], [55, 45], [10, 10]])
    )
    table = found.table
    assert table.columns.tolist() == ["dominator", "dominated", "basis"]
    assert sorted(table.itertuples(index=False, name=None)) == [
        ("a", "b", "likely scores"),
        ("a", "c", "intervals"),
        ("b", "c", "intervals"),
    ]
    assert dominance(problem([[1]])).table.columns.tolist() == ["dominator", "dominated", "basis"]

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.assessment import assess
from policy_options.analysis.closeness import close_pairs
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import rank
from problems import UNKNOWN, from_points, points, problem, problems, repeatable, shared


def named(likely: list[list[float]], threshold: float) -> set[tuple[str, str]]:
    ranking = rank(problem(likely), shared(*[1 / len(likely[0])] * len(likely[0])))
    return {(pair.better, pair.worse) for pair in close_pairs(ranking, threshold).pairs}


def test_pairs_within_the_threshold_are_named_the_better_first() -> None:
    ranking = rank(problem([[25], [50], [100]]), shared(1.0))
    found = close_pairs(ranking, 30.0)
    assert found.threshold == 30
    assert [(pair.better, pair.worse, pair.difference) for pair in found.pairs] == [("b", "a", 25)]
    assert found.names("a", "b")
    assert found.names("b", "a")
    assert not found.names("b", "c")
    assert not found.names("a", "a")


def test_closeness_is_not_transitive() -> None:
    assert named([[25], [50], [75]], 25.0) == {("c", "b"), ("b", "a")}


def test_a_pair_at_the_threshold_is_close() -> None:
    assert named([[25], [50]], 25.0) == {("b", "a")}
    assert named([[25], [50.001]], 25.0) == set()


def test_a_pair_at_the_threshold_is_close_however_its_sums_are_rounded() -> None:
    """12 and 14 on a scale to 100 are 2 points apart, and 2.000000000000002 as floats; 54 and 50 below likewise."""
    assert named([[12], [14]], 2.0) == {("b", "a")}
    of = problem([[45, 55, 60, 55], [95, 30, 45, 40]])
    assert close_pairs(rank(of, from_points(of, [1, 1, 1, 2])), 4.0).names("a", "b")


def test_options_that_tie_are_close_at_any_threshold() -> None:
    assert named([[50], [50], [50]], 0.0) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert named([[50.0], [50.0 - 5e-10], [50.0]], 0.0) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_a_pair_is_not_missed_behind_one_that_ties_with_it() -> None:
    """b and c tie and are listed in their given order; c is within the threshold of a, whatever applies to b."""
    assert ("a", "c") in named([[75.0], [50.0 - 0.9e-9], [50.0]], 25.0)


def test_a_difference_is_never_negative() -> None:
    ranking = rank(problem([[50.0 - 5e-10], [50.0]]), shared(1.0))
    for pair in close_pairs(ranking, 1.0).pairs:
        assert pair.difference >= 0


def test_pairs_with_an_unknown_score_that_counts_are_left_out() -> None:
    of = problem([[50, 50], [UNKNOWN, 50], [51, 50]])
    assert [(p.better, p.worse) for p in close_pairs(rank(of, shared(0.5, 0.5)), 90.0).pairs] == [("c", "a")]
    weightless = close_pairs(rank(of, shared(0.0, 1.0)), 1.0)
    assert {frozenset((p.better, p.worse)) for p in weightless.pairs} == {
        frozenset("ab"),
        frozenset("ac"),
        frozenset("bc"),
    }


@repeatable
@given(problems((1, 6), (1, 3), unknowns=True), st.data(), st.sampled_from([0.0, 0.5, 2.0, 12.5, 25.0, 100.0]))
def test_exactly_the_pairs_within_the_threshold_are_named(of: Problem, data: st.DataObject, threshold: float) -> None:
    ranking = rank(of, from_points(of, data.draw(points(len(of.criteria)))))
    found = close_pairs(ranking, threshold)
    for first, second in itertools.combinations(of.option_ids, 2):
        lead = ranking.lead(first, second).points
        if lead is None or abs(lead) > threshold + 1e-9:
            assert not found.names(first, second)
        elif abs(lead) < threshold - 1e-9:
            assert found.names(first, second)
    for pair in found.pairs:
        lead = ranking.lead(pair.better, pair.worse).points
        assert lead is not None
        assert pair.difference == pytest.approx(lead, abs=1e-9)
        assert ranking.ranks[of.option_index[pair.better]] <= ranking.ranks[of.option_index[pair.worse]]
    assert len({frozenset((pair.better, pair.worse)) for pair in found.pairs}) == len(found.pairs)


@repeatable
@given(problems((1, 6), (1, 3)), st.data())
def test_the_threshold_alters_no_rank_and_no_order(of: Problem, data: st.DataObject) -> None:
    vector = from_points(of, data.draw(points(len(of.criteria))))
    plain = rank(of, vector)
    for threshold in (0.0, 3.0, 100.0):
        ranking = assess(of, vector, baseline=None, threshold=threshold).ranking
        assert ranking.ranks.tolist() == plain.ranks.tolist()
        assert ranking.order == plain.order


@repeatable
@given(problems((1, 6), (1, 2), unknowns=True), st.sampled_from([0.0, 2.0, 25.0, 100.0]))
def test_pairs_are_counted_and_listed_alike(of: Problem, threshold: float) -> None:
    found = close_pairs(rank(of, from_points(of, [1.0] * len(of.criteria))), threshold)
    assert len(found) == len(found.pairs) == len(list(found)) == len(found.table)
    assert found.first(2) == found.pairs[:2]
    assert found.first(100) == found.pairs
    named_here = {frozenset((pair.better, pair.worse)) for pair in found}
    for first, second in itertools.combinations(of.option_ids, 2):
        assert found.names(first, second) == found.names(second, first) == (frozenset((first, second)) in named_here)


def test_a_name_that_is_no_option_is_in_no_pair() -> None:
    assert not close_pairs(rank(problem([[10], [10]]), shared(1.0)), 2.0).names("a", "nobody")


def test_five_thousand_options_that_are_all_close_are_counted_without_making_the_pairs() -> None:
    of = problem([[50.0 + row / 5000] for row in range(5000)], options=[f"o{row}" for row in range(5000)])
    found = close_pairs(rank(of, shared(1.0)), 2.0)
    assert len(found) == 5000 * 4999 // 2
    assert [(pair.better, pair.worse) for pair in found.first(2)] == [("o4999", "o4998"), ("o4999", "o4997")]
    assert found.names("o0", "o4999")


def test_the_table_has_a_row_a_pair() -> None:
    table = close_pairs(rank(problem([[25], [50], [75]]), shared(1.0)), 25.0).table
    assert table.columns.tolist() == ["better", "worse", "difference"]
    assert list(table.itertuples(index=False, name=None)) == [("c", "b", 25), ("b", "a", 25)]
    empty = close_pairs(rank(problem([[10]]), shared(1.0)), 2.0).table
    assert empty.columns.tolist() == ["better", "worse", "difference"]
    assert len(empty) == 0

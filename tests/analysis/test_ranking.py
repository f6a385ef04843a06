from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import rank
from policy_options.analysis.verdict import lead_at_the_top
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion, from_points, group, points, problem, problems, repeatable, shared, weights

HARBOUR = problem(
    [[80, 20, 50], [40, 90, 100], [80, 20, 50], [0, 0, 0]],
    options=["east", "mole", "west", "as-is"],
    criteria=[criterion("calls", groups=("service",)), criterion("outlay", groups=("money",)), criterion("beauty")],
    groups=[group("service"), group("money", role="cost")],
)
HARBOUR_WEIGHTS = weights({"calls": 0.5, "outlay": 0.25, "beauty": 0.25})


def test_values_ranks_order_and_leaders() -> None:
    ranking = rank(HARBOUR, HARBOUR_WEIGHTS)
    assert ranking.lower.tolist() == [57.5, 67.5, 57.5, 0]
    assert ranking.upper.tolist() == ranking.lower.tolist()
    assert ranking.ranks.tolist() == [2, 1, 2, 4]
    assert ranking.best_rank.tolist() == [2, 1, 2, 4]
    assert ranking.worst_rank.tolist() == [2, 1, 2, 4]
    assert ranking.order == (1, 0, 2, 3)
    assert ranking.in_order == ("mole", "east", "west", "as-is")
    assert ranking.leaders == ("mole",)
    assert lead_at_the_top(ranking, ranking.in_order) == 10
    assert ranking.value("west") == 57.5


def test_contributions_are_weight_times_value_and_sum_over_top_groups() -> None:
    ranking = rank(HARBOUR, HARBOUR_WEIGHTS)
    assert ranking.contributions.tolist() == [[40, 5, 12.5], [20, 22.5, 25], [40, 5, 12.5], [0, 0, 0]]
    assert ranking.group_contributions.tolist() == ranking.contributions.tolist()
    together = rank(
        problem(
            [[80, 20, 50]],
            criteria=[
                criterion("calls", groups=("service",)),
                criterion("beauty"),
                criterion("speed", groups=("service",)),
            ],
            groups=[group("service")],
        ),
        weights({"calls": 0.5, "beauty": 0.25, "speed": 0.25}),
    )
    assert together.group_contributions.tolist() == [[52.5, 5.0]]


def test_a_lead_and_the_gap_that_explains_it() -> None:
    ranking = rank(HARBOUR, HARBOUR_WEIGHTS)
    lead = ranking.lead("mole", "east")
    assert (lead.option, lead.over, lead.points) == ("mole", "east", 10)
    assert ranking.lead("east", "mole").points == -10
    assert ranking.gap("mole", "east") == (("outlay", 17.5), ("beauty", 12.5), ("calls", -20.0))
    assert ranking.gap("east", "mole") == (("calls", 20.0), ("beauty", -12.5), ("outlay", -17.5))


def test_parts_of_a_gap_that_are_alike_stand_in_the_order_of_the_criteria() -> None:
    ranking = rank(problem([[10, 10, 10], [0, 0, 0]]), shared(0.25, 0.25, 0.5))
    assert ranking.gap("a", "b") == (("c3", 5.0), ("c1", 2.5), ("c2", 2.5))
    assert ranking.gap("a", "a") == (("c1", 0.0), ("c2", 0.0), ("c3", 0.0))


def test_no_option_is_refused() -> None:
    empty = Problem((), (criterion("c1"),), (), *(np.empty((0, 1)) for _ in range(3)))
    with pytest.raises(PolicyOptionsError) as caught:
        rank(empty, shared(1.0))
    assert caught.value.faults[0].code == "no-options"


def test_one_option_is_first_and_leads_nobody() -> None:
    ranking = rank(problem([[30, 60]]), shared(0.5, 0.5))
    assert ranking.ranks.tolist() == [1]
    assert ranking.leaders == ("a",)
    assert lead_at_the_top(ranking, ranking.in_order) is None
    assert (ranking.best_rank.tolist(), ranking.worst_rank.tolist()) == ([1], [1])


def test_one_criterion_ranks_by_its_values_alone() -> None:
    ranking = rank(problem([[3], [1], [2]], criteria=[criterion("c1", 0, 5, "less-is-better")]), shared(1.0))
    assert ranking.lower.tolist() == pytest.approx([40, 80, 60], abs=1e-12)
    assert ranking.ranks.tolist() == [3, 1, 2]


def test_options_that_are_all_equal_are_all_first() -> None:
    ranking = rank(problem([[30, 60, 7]] * 4), shared(0.2, 0.3, 0.5))
    assert ranking.ranks.tolist() == [1, 1, 1, 1]
    assert ranking.leaders == ("a", "b", "c", "d")
    assert lead_at_the_top(ranking, ranking.in_order) == 0
    assert ranking.worst_rank.tolist() == [1, 1, 1, 1]


def test_a_constant_column_adds_the_same_to_all() -> None:
    ranking = rank(
        problem([[0, 40], [100, 40], [50, 40]], criteria=[criterion("c1"), criterion("c2")]), shared(0.5, 0.5)
    )
    assert ranking.lower.tolist() == [20, 70, 45]
    assert np.isfinite(ranking.contributions).all()


def test_all_weight_on_one_criterion_leaves_its_values() -> None:
    of = problem([[10, 99, 1], [20, 0, 2], [20, 55, 3]])
    ranking = rank(of, shared(1.0, 0.0, 0.0))
    assert ranking.lower.tolist() == [10, 20, 20]
    assert ranking.ranks.tolist() == [3, 1, 1]


def test_ranks_come_from_unrounded_values() -> None:
    ranking = rank(problem([[69.96], [70.04], [70.04 + 1e-10]]), shared(1.0))
    assert ranking.ranks.tolist() == [3, 1, 1]


def test_two_halves_of_a_criterion_are_the_criterion() -> None:
    whole = rank(problem([[30, 80], [70, 10]]), shared(0.6, 0.4))
    halves = rank(problem([[30, 30, 80], [70, 70, 10]]), shared(0.3, 0.3, 0.4))
    np.testing.assert_allclose(halves.lower, whole.lower, rtol=0, atol=1e-12)
    assert halves.ranks.tolist() == whole.ranks.tolist()


def test_a_criterion_without_weight_changes_nothing_even_where_it_is_unknown() -> None:
    without = rank(problem([[30, 80], [70, 10]]), shared(0.6, 0.4))
    for score in (0.0, 100.0, UNKNOWN):
        beside = rank(problem([[30, score, 80], [70, 5, 10]]), shared(0.6, 0.0, 0.4))
        assert beside.lower.tolist() == beside.upper.tolist()
        np.testing.assert_allclose(beside.lower, without.lower, rtol=0, atol=1e-12)
        assert beside.ranks.tolist() == without.ranks.tolist()
        assert beside.worst_rank.tolist() == without.ranks.tolist()
        assert beside.lead("a", "b").points == pytest.approx(4.0, abs=1e-12)
        parts = dict(beside.gap("a", "b"))
        assert parts == pytest.approx({"c1": -24.0, "c2": 0.0, "c3": 28.0}, abs=1e-12)


def test_an_unknown_score_without_weight_contributes_nothing() -> None:
    """Zero times any value from 0 to 100 is zero: the contribution is known although the score is not."""
    of = problem(
        [[30, UNKNOWN, 80]],
        criteria=[criterion("c1", groups=("g",)), criterion("c2", groups=("g",)), criterion("c3")],
        groups=[group("g")],
    )
    ranking = rank(of, shared(0.6, 0.0, 0.4))
    np.testing.assert_allclose(ranking.contributions, [[18, 0, 32]], rtol=0, atol=1e-12)
    np.testing.assert_allclose(ranking.group_contributions, [[18, 32]], rtol=0, atol=1e-12)


def test_an_unknown_score_makes_the_value_an_interval_and_the_rank_a_range() -> None:
    ranking = rank(problem([[50, 50], [UNKNOWN, 60], [90, 20], [0, 0]]), shared(0.5, 0.5))
    assert ranking.lower.tolist() == [50, 30, 55, 0]
    assert ranking.upper.tolist() == [50, 80, 55, 0]
    assert ranking.ranks.tolist() == [2, 3, 1, 4]
    assert ranking.in_order == ("c", "a", "b", "d")
    assert ranking.best_rank.tolist() == [2, 1, 1, 4]
    assert ranking.worst_rank.tolist() == [3, 3, 2, 4]


def test_an_unknown_score_leaves_leads_open_and_gaps_refused_by_name() -> None:
    ranking = rank(problem([[50, 50], [UNKNOWN, 60], [90, 20]]), shared(0.5, 0.5))
    assert ranking.lead("a", "b").points is None
    assert ranking.lead("b", "a").points is None
    assert ranking.lead("c", "a").points == 5
    for pair in (("a", "b"), ("b", "c")):
        with pytest.raises(PolicyOptionsError) as caught:
            ranking.gap(*pair)
        assert (caught.value.faults[0].code, caught.value.faults[0].ids) == ("unknown-score", pair)
    assert np.isnan(ranking.contributions).tolist() == [[False, False], [True, False], [False, False]]


def test_where_nothing_is_known_every_rank_is_possible() -> None:
    ranking = rank(problem(np.full((3, 2), UNKNOWN)), shared(0.5, 0.5))
    assert ranking.lower.tolist() == [0, 0, 0]
    assert ranking.upper.tolist() == [100, 100, 100]
    assert ranking.ranks.tolist() == [1, 1, 1]
    assert ranking.best_rank.tolist() == [1, 1, 1]
    assert ranking.worst_rank.tolist() == [3, 3, 3]
    assert lead_at_the_top(ranking, ranking.in_order) is None


def test_an_unknown_score_of_a_single_option_leaves_its_rank_known() -> None:
    ranking = rank(problem([[UNKNOWN]]), shared(1.0))
    assert (ranking.ranks.tolist(), ranking.best_rank.tolist(), ranking.worst_rank.tolist()) == ([1], [1], [1])


def test_the_lead_of_the_first_is_nothing_where_the_first_tie() -> None:
    """Tied options keep the order of the dossier, so the one listed first may be a hair below the next."""
    ranking = rank(problem([[50.0 - 5e-10], [50.0], [10.0]]), shared(1.0))
    assert ranking.ranks.tolist() == [1, 1, 3]
    assert lead_at_the_top(ranking, ranking.in_order) == 0


def test_the_listed_rank_lies_within_the_rank_range_even_along_a_chain_of_near_ties() -> None:
    chain = [[50.0 - 0.9e-9 * step, 0.0] for step in range(4)]
    ranking = rank(problem([*chain, [1.0, UNKNOWN]]), shared(1.0, 0.0))
    assert ranking.ranks.tolist() == [1, 1, 3, 3, 5]
    assert (ranking.best_rank <= ranking.ranks).all()
    assert (ranking.ranks <= ranking.worst_rank).all()


def test_what_a_ranking_holds_cannot_be_written_to() -> None:
    ranking = rank(problem([[1, UNKNOWN], [3, 4]]), shared(0.5, 0.5))
    for array in (ranking.lower, ranking.upper, ranking.contributions, ranking.group_contributions):
        assert not array.flags.writeable
    for integers in (ranking.ranks, ranking.best_rank, ranking.worst_rank):
        assert not integers.flags.writeable


def fills(of: Problem) -> Iterator[Problem]:
    """The problem with its unknown scores at all combinations of the ends of their scales, and at some values between."""
    cells = list(zip(*np.nonzero(of.unknown), strict=True))
    between = np.random.default_rng(len(cells)).uniform(size=(6, len(cells)))
    for shares in itertools.chain(itertools.product((0.0, 1.0), repeat=len(cells)), between):
        likely = of.likely.copy()
        for (row, column), share in zip(cells, shares, strict=True):
            axis = of.criteria[column]
            at = axis.low + share * (axis.high - axis.low)
            likely[row, column] = np.round(at) if axis.levels else np.clip(at, axis.low, axis.high)
        yield problem(likely, criteria=of.criteria)


@repeatable
@given(problems((1, 4), (1, 3), unknowns=True), st.data())
def test_a_rank_range_holds_every_rank_that_the_unknown_scores_can_lead_to_and_no_other(
    of: Problem, data: st.DataObject
) -> None:
    assume(of.unknown.sum() <= 6)
    vector = from_points(of, data.draw(points(len(of.criteria))))
    ranking = rank(of, vector)
    reached = [rank(filled, vector) for filled in fills(of)]
    ranks = np.array([filled.ranks for filled in reached])
    values = np.array([filled.lower for filled in reached])
    assert (ranking.lower - 1e-9 <= values).all()
    assert (values <= ranking.upper + 1e-9).all()
    assert ranks.min(axis=0).tolist() == ranking.best_rank.tolist()
    assert ranks.max(axis=0).tolist() == ranking.worst_rank.tolist()
    assert (ranking.best_rank <= ranking.ranks).all()
    assert (ranking.ranks <= ranking.worst_rank).all()


def test_the_table_has_a_row_an_option_best_first_and_a_column_a_top_group() -> None:
    table = rank(HARBOUR, HARBOUR_WEIGHTS).table
    assert table.columns.tolist() == ["rank", "title", "value", "service", "money", "beauty"]
    assert table.index.name == "option"
    assert table.index.tolist() == ["mole", "east", "west", "as-is"]
    assert table["rank"].tolist() == [1, 2, 2, 4]
    assert table["title"].tolist() == ["mole", "east", "west", "as-is"]
    assert table["value"].tolist() == [67.5, 57.5, 57.5, 0]
    assert table["money"].tolist() == [22.5, 5, 5, 0]


def test_the_table_shows_ranges_where_scores_are_unknown() -> None:
    table = rank(problem([[50, 50], [UNKNOWN, 60]]), shared(0.5, 0.5)).table
    assert table.columns.tolist() == ["rank", "title", "value", "upper value", "best rank", "worst rank", "c1", "c2"]
    assert table.index.tolist() == ["a", "b"]
    assert table["value"].tolist() == [50, 30]
    assert table["upper value"].tolist() == [50, 80]
    assert table["best rank"].tolist() == [1, 1]
    assert table["worst rank"].tolist() == [2, 2]
    assert table["c1"].tolist() == [25, 0]  # an unknown score at its lower end, so that the parts sum to the value


@pytest.mark.parametrize("name", ["value", "rank", "title"])
def test_a_group_named_like_a_column_of_the_table_does_not_take_its_place(name: str) -> None:
    """Ids in a dossier are free: `value` is a valid name for a group, and its contribution is not the overall value."""
    of = problem(
        [[80, 20], [10, 90]], criteria=[criterion("c1", groups=(name,)), criterion("c2")], groups=[group(name)]
    )
    table = rank(of, shared(0.5, 0.5)).table
    assert table.shape[1] == 5
    assert table.iloc[:, 0].tolist() == [1, 1]
    assert table.iloc[:, 1].tolist() == ["a", "b"]
    assert table.iloc[:, 2].tolist() == [50, 50]
    assert table.iloc[:, 3].tolist() == [40, 5]


def test_the_table_of_contributions_names_both_axes() -> None:
    table = rank(HARBOUR, HARBOUR_WEIGHTS).contributions_table
    assert (table.index.name, table.columns.name) == ("option", "criterion")
    assert table.index.tolist() == ["mole", "east", "west", "as-is"]
    assert table.columns.tolist() == ["calls", "outlay", "beauty"]
    assert table.to_numpy()[0].tolist() == [20, 22.5, 25]
    assert table.sum(axis=1).tolist() == [67.5, 57.5, 57.5, 0]

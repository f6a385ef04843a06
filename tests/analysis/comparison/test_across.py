from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.comparison import across as across_module
from policy_options.analysis.comparison.across import across
from policy_options.analysis.problem import Problem
from policy_options.analysis.ranking import Ranking, rank
from problems import UNKNOWN, criterion, from_points, points, problem, problems, repeatable, shared


@st.composite
def many(draw: st.DrawFn) -> tuple[Problem, list[Ranking]]:
    of = draw(problems((1, 5)))
    count = draw(st.integers(1, 5))
    return of, [rank(of, from_points(of, draw(points(len(of.criteria))), id=f"s{n}")) for n in range(count)]


@repeatable
@given(many())
def test_spreads_groups_and_agreed_pairs_are_those_of_looking(drawn: tuple[Problem, list[Ranking]]) -> None:
    of, rankings = drawn
    found = across(rankings)
    for row, spread in enumerate(found.spreads):
        ranks = [int(one.ranks[row]) for one in rankings]
        assert (spread.best, spread.worst, spread.median) == (min(ranks), max(ranks), float(np.median(ranks)))
        assert spread.best_under == tuple(one.weights.id for one in rankings if one.ranks[row] == min(ranks))
        assert spread.worst_under == tuple(one.weights.id for one in rankings if one.ranks[row] == max(ranks))
    assert sorted(name for group in found.groups for name in group) == sorted(found.sets)
    by_id = {one.weights.id: one for one in rankings}
    for group in found.groups:
        assert all(by_id[name].ranks_alike(by_id[group[0]]) for name in group)
    assert len({tuple(by_id[group[0]].ranks.tolist()) for group in found.groups}) == len(found.groups)
    ids = of.option_ids
    always = {
        (ids[i], ids[j])
        for i in range(len(ids))
        for j in range(len(ids))
        if all(one.ranks[i] < one.ranks[j] for one in rankings)
    }
    assert found.agreed_count == len(always)
    # The least pairs that say all: everything follows from them, and none of them from the others.
    assert closure(set(found.agreed)) == always
    for pair in found.agreed:
        assert pair not in closure(set(found.agreed) - {pair})


def closure(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    while True:
        more = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        if not more:
            return pairs
        pairs = pairs | more


@repeatable
@given(many())
def test_regret_is_how_far_below_the_best_an_option_lies_at_most(drawn: tuple[Problem, list[Ranking]]) -> None:
    of, rankings = drawn
    found = {one.option: one for one in across(rankings).regrets}
    assert set(found) == set(of.option_ids)
    for row, name in enumerate(of.option_ids):
        points_ = [float(one.lower.max() - one.lower[row]) for one in rankings]
        behind = [int((one.ranks < one.ranks[row]).sum()) for one in rankings]
        assert found[name].points == pytest.approx(max(points_), abs=1e-12)
        assert found[name].ranks == max(behind)
        assert len(found[name].ranks_under) == (behind.count(max(behind)) if max(behind) else 0)


@repeatable
@given(many())
def test_the_two_sets_furthest_apart_are_found(drawn: tuple[Problem, list[Ranking]]) -> None:
    _, rankings = drawn
    division = across(rankings).division
    if len(rankings) < 2:
        assert division is None
        return
    assert division is not None
    from policy_options.analysis.comparison.rank_measures import rank_distance

    distances = [rank_distance(one.ranks, other.ranks) for i, one in enumerate(rankings) for other in rankings[:i]]
    assert division.distance == max(distances)
    assert 1 + len(division.as_far) == (distances.count(max(distances)) if max(distances) else 1)
    if division.criterion is not None:
        assert division.points > 0
        assert division.shares[0] != division.shares[1]
    elif division.distance:
        assert rankings[0].problem.unknown.any()


def test_the_criterion_that_divides_is_the_one_that_turns_the_orders() -> None:
    of = problem([[90, 10, 50], [10, 80, 50]])
    division = across([rank(of, shared(0.6, 0.2, 0.2, id="one")), rank(of, shared(0.2, 0.3, 0.5, id="other"))]).division
    assert division is not None
    assert (division.first, division.second, division.distance, division.most) == ("one", "other", 2.0, 2)
    assert (division.criterion, division.shares) == ("c1", (0.6, 0.2))
    assert division.points == pytest.approx(0.4 * 80)
    same = across([rank(of, shared(0.6, 0.2, 0.2)), rank(of, shared(0.7, 0.2, 0.1))]).division
    assert same is not None and (same.distance, same.criterion) == (0.0, None)


def test_regret_leaves_stale_sets_failing_options_and_unknown_scores_out() -> None:
    of = problem([[90, 0], [50, 60], [20, 90], [UNKNOWN, 70]], criteria=[criterion("c1"), criterion("c2", red_line=10)])
    rankings = [rank(of, shared(0.9, 0.1, id="new")), rank(of, shared(0.1, 0.9, id="old"))]
    found = across(rankings, stale=["old"])
    assert found.stale == ("old",)
    assert [one.option for one in found.regrets] == ["b", "c"]
    assert [one.points for one in found.regrets] == pytest.approx([0.0, 24.0])
    assert (found.regrets[0].points_under, found.regrets[1].points_under) == ((), ("new",))
    assert across(rankings, stale=["old", "new"]).regrets == ()
    assert found.ranks.shape == (2, 4)  # stale sets are in everything else


def test_options_stand_by_their_median_rank() -> None:
    of = problem([[10, 50], [90, 40], [50, 60]])
    found = across(
        [rank(of, shared(1.0, 0.0, id="x")), rank(of, shared(0.0, 1.0, id="y")), rank(of, shared(0.9, 0.1, id="z"))]
    )
    assert [of.option_ids[row] for row in found.by_median] == ["b", "c", "a"]
    assert found.between("x", "y").changed == 2


def test_too_many_pairs_and_sets_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(across_module, "_MOST_COMPARED", 10)
    of = problem([[10], [90], [50]])
    found = across([rank(of, shared(1.0, id="x")), rank(of, shared(1.0, id="y"))])
    assert (found.agreed_count, found.agreed) == (None, ())

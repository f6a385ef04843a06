from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.comparison import across as across_module
from policy_options.analysis.comparison.across import across
from policy_options.analysis.comparison.comparing import compare, top_of
from policy_options.analysis.comparison.rank_measures import rank_distance
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
    # The smallest set of pairs that implies the rest: everything follows from them, and none of them from the others.
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
    distances = [rank_distance(one.ranks, other.ranks) for i, one in enumerate(rankings) for other in rankings[:i]]
    assert division.distance == max(distances)
    assert 1 + len(division.as_far) == (distances.count(max(distances)) if max(distances) else 1)
    if division.criterion is not None:
        assert division.points > 0
        assert division.shares[0] != division.shares[1]
    elif division.distance:
        assert rankings[0].problem.unknown.any()


@st.composite
def many_open(draw: st.DrawFn) -> list[Ranking]:
    """Several sets on a problem with unknown scores and red lines."""
    of = draw(problems((1, 5), unknowns=True))
    lines = [draw(st.sampled_from([None, None, (axis.low + axis.high) / 2])) for axis in of.criteria]
    of = replace(of, criteria=tuple(replace(a, red_line=line) for a, line in zip(of.criteria, lines, strict=True)))
    count = draw(st.integers(1, 4))
    return [rank(of, from_points(of, draw(points(len(of.criteria))), id=f"s{n}")) for n in range(count)]


@repeatable
@given(many_open())
def test_where_scores_are_unknown_ranks_are_what_is_possible_and_only_what_is_sure_is_agreed(
    rankings: list[Ranking],
) -> None:
    found, ids = across(rankings), rankings[0].problem.option_ids
    for row, spread in enumerate(found.spreads):
        bests, worsts = ([int(ranks[row]) for ranks in each] for each in possible_ranks(rankings))
        assert (spread.option, spread.best, spread.worst) == (ids[row], min(bests), max(worsts))
        assert spread.best_under == tuple(s for s, best in zip(found.sets, bests, strict=True) if best == spread.best)
        assert spread.worst_under == tuple(s for s, one in zip(found.sets, worsts, strict=True) if one == spread.worst)
        assert spread.median == (float(np.median(bests)) if bests == worsts else None)
    assert found.is_open == any(one.median is None for one in found.spreads)
    surely = {
        (ids[i], ids[j])
        for i in range(len(ids))
        for j in range(len(ids))
        if all(one.lower[i] > one.upper[j] + 1e-9 for one in rankings)
    }
    assert closure(set(found.agreed)) == surely
    assert found.agreed_count == len(surely)
    for pair in found.agreed:
        assert pair not in closure(set(found.agreed) - {pair})


def possible_ranks(rankings: list[Ranking]) -> tuple[list[list[int]], list[list[int]]]:
    """By inspection: 1 more than the number certainly ahead, and possibly ahead."""
    found: tuple[list[list[int]], list[list[int]]] = ([], [])
    for one in rankings:
        rows = range(len(one.lower))
        found[0].append([1 + sum(one.lower[j] > one.upper[i] + 1e-9 for j in rows) for i in rows])
        found[1].append([1 + sum(one.upper[j] > one.lower[i] + 1e-9 for j in rows if j != i) for i in rows])
    return found


@repeatable
@given(many_open(), st.sets(st.sampled_from(["s0", "s1", "s2"])))
def test_regret_is_among_those_that_may_be_chosen_under_the_sets_that_are_not_stale(
    rankings: list[Ranking], stale: set[str]
) -> None:
    of = rankings[0].problem
    found = across(rankings, stale=stale)
    assert found.stale == tuple(name for name in found.sets if name in stale)
    kept = [one for one in rankings if one.weights.id not in stale]
    failing = {
        name
        for row, name in enumerate(of.option_ids)
        for column, axis in enumerate(of.criteria)
        if axis.red_line is not None
        and (1 if axis.direction == "more-is-better" else -1) * (of.likely[row, column] - axis.red_line) < 0
    }
    if failing == set(of.option_ids):
        failing = set()
    chosen = [
        row
        for row, name in enumerate(of.option_ids)
        if name not in failing and all(one.lower[row] == one.upper[row] for one in kept)
    ]
    if not kept:
        assert found.regrets == ()
        return
    assert {one.option for one in found.regrets} == {of.option_ids[row] for row in chosen}
    assert [one.points for one in found.regrets] == sorted(one.points for one in found.regrets)
    for one in found.regrets:
        row = of.option_index[one.option]
        below = {each.weights.id: float(each.lower[chosen].max() - each.lower[row]) for each in kept}
        ahead = {each.weights.id: sum(each.ranks[other] < each.ranks[row] for other in chosen) for each in kept}
        assert one.points == pytest.approx(max(below.values()), abs=1e-12)
        assert one.ranks == max(ahead.values())
        assert one.points_under == tuple(s for s, p in below.items() if p >= max(below.values()) > 0)
        assert one.ranks_under == tuple(s for s, p in ahead.items() if p == max(ahead.values()) > 0)


@repeatable
@given(many())
def test_the_sets_furthest_apart_and_what_divides_them_are_those_of_looking(
    drawn: tuple[Problem, list[Ranking]],
) -> None:
    of, rankings = drawn
    division = across(rankings).division
    if division is None:
        assert len(rankings) == 1
        return
    distances = {
        (one.weights.id, other.weights.id): rank_distance(one.ranks, other.ranks)
        for one, other in combinations(rankings, 2)
    }
    furthest = [pair for pair, distance in distances.items() if distance == max(distances.values())]
    assert (division.first, division.second) == furthest[0]
    assert division.as_far == (tuple(furthest[1:]) if division.distance else ())
    assert division.most == len(of.options) ** 2 // 2
    by_id = {one.weights.id: one for one in rankings}
    before, after = by_id[division.first], by_id[division.second]
    pushes = np.zeros(len(of.criteria))
    for i, j in permutations(range(len(of.options)), 2):
        if np.sign(before.ranks[j] - before.ranks[i]) < np.sign(after.ranks[j] - after.ranks[i]):
            pushes += (after.shares - before.shares) * (of.values[i] - of.values[j])
    if division.criterion is None:
        assert (division.points, division.shares) == (0.0, (0.0, 0.0))
        assert pushes.max() <= 1e-9
    else:
        column = of.criterion_ids.index(division.criterion)
        assert division.points == pytest.approx(pushes.max(), abs=1e-9)
        assert pushes[column] == pytest.approx(pushes.max(), abs=1e-9)
        assert division.shares == (before.shares[column], after.shares[column])


@repeatable
@given(many())
def test_groups_of_one_order_come_largest_first_and_pairs_of_sets_are_compared(
    drawn: tuple[Problem, list[Ranking]],
) -> None:
    _, rankings = drawn
    found = across(rankings)
    assert [len(group) for group in found.groups] == sorted(map(len, found.groups), reverse=True)
    assert found.ranks.tolist() == [one.ranks.tolist() for one in rankings]
    assert [top.first for top in found.tops] == [top_of(one).first for one in rankings]
    for one, other in combinations(rankings, 2):
        between = compare(one, other)
        assert (between.before, between.after) == (one, other)
        assert (between.changed == 0) == any({one.weights.id, other.weights.id} <= set(g) for g in found.groups)


def test_of_agreed_pairs_only_the_steps_are_told() -> None:
    """All agree on a over b over c, and on d over c: a over c follows."""
    of = problem([[90, 80], [60, 60], [10, 10], [95, 50]])
    found = across([rank(of, shared(1.0, 0.0, id="x")), rank(of, shared(0.0, 1.0, id="y"))])
    assert found.agreed_count == 4
    assert set(found.agreed) == {("a", "b"), ("b", "c"), ("d", "c")}


def test_options_that_tie_under_one_set_are_not_agreed_on() -> None:
    of = problem([[90, 50], [10, 50]])
    found = across([rank(of, shared(1.0, 0.0, id="x")), rank(of, shared(0.0, 1.0, id="y"))])
    assert (found.agreed_count, found.agreed) == (0, ())
    assert across([rank(of, shared(1.0, 0.0))]).agreed == (("a", "b"),)


def test_where_every_option_fails_a_red_line_regret_is_among_all() -> None:
    of = problem([[90, 0], [50, 5]], criteria=[criterion("c1"), criterion("c2", red_line=10)])
    found = across([rank(of, shared(1.0, 0.0, id="x")), rank(of, shared(0.9, 0.1, id="y"))])
    assert [(one.option, one.points, one.points_under) for one in found.regrets] == [("a", 0, ()), ("b", 40, ("x",))]


def test_the_criterion_that_divides_is_the_one_that_turns_the_orders() -> None:
    of = problem([[90, 10, 50], [10, 80, 50]])
    division = across([rank(of, shared(0.6, 0.2, 0.2, id="one")), rank(of, shared(0.2, 0.3, 0.5, id="other"))]).division
    assert division is not None
    assert (division.first, division.second, division.distance, division.most) == ("one", "other", 2.0, 2)
    assert (division.criterion, division.shares) == ("c1", (0.6, 0.2))
    assert division.points == pytest.approx(0.4 * 80)
    same = across([rank(of, shared(0.6, 0.2, 0.2)), rank(of, shared(0.7, 0.2, 0.1))]).division
    assert same is not None and (same.distance, same.criterion) == (0.0, None)


def test_the_criterion_that_divides_pushes_and_does_not_resist() -> None:
    """c3 loses 39 points of b's advantage, more than c1 adds; b still gains, by what c1 and c2 add."""
    of = problem([[0, 0, 0, 100], [100, 90, 65, 0]])
    sets = [shared(0, 0, 0.6, 0.4, id="one"), shared(0.3, 0.3, 0, 0.4, id="other")]
    division = across([rank(of, each) for each in sets]).division
    assert division is not None
    assert (division.criterion, division.shares) == ("c1", (0.0, 0.3))
    assert division.points == pytest.approx(30)


def test_regret_leaves_stale_sets_failing_options_and_unknown_scores_out() -> None:
    of = problem([[90, 0], [50, 60], [20, 90], [UNKNOWN, 70]], criteria=[criterion("c1"), criterion("c2", red_line=10)])
    rankings = [rank(of, shared(0.9, 0.1, id="new")), rank(of, shared(0.1, 0.9, id="old"))]
    found = across(rankings, stale=["old"])
    assert found.stale == ("old",)
    assert [one.option for one in found.regrets] == ["b", "c"]
    assert [one.points for one in found.regrets] == pytest.approx([0.0, 24.0])
    assert (found.regrets[0].points_under, found.regrets[1].points_under) == ((), ("new",))
    assert across(rankings, stale=["old", "new"]).regrets == ()
    assert found.ranks.shape == (2, 4)  # stale sets are included everywhere else


def test_options_stand_by_their_median_rank() -> None:
    of = problem([[10, 50], [90, 40], [50, 60]])
    found = across(
        [rank(of, shared(1.0, 0.0, id="x")), rank(of, shared(0.0, 1.0, id="y")), rank(of, shared(0.9, 0.1, id="z"))]
    )
    assert [of.option_ids[row] for row in found.by_median] == ["b", "c", "a"]
    assert compare(*found.rankings[:2]).changed == 2


def test_too_many_pairs_and_sets_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(across_module, "_MOST_COMPARED", 10)
    of = problem([[10], [90], [50]])
    found = across([rank(of, shared(1.0, id="x")), rank(of, shared(1.0, id="y"))])
    assert (found.agreed_count, found.agreed) == (None, ())

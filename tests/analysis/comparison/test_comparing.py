from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.analysis.comparison import comparing
from policy_options.analysis.comparison.comparing import compare, top_of
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from problems import UNKNOWN, criterion, from_points, permuted, points, problem, problems, repeatable, shared


@st.composite
def two_sets(draw: st.DrawFn) -> tuple[Problem, WeightVector, WeightVector]:
    of = draw(problems((2, 6), unknowns=draw(st.booleans())))
    first, second = (from_points(of, draw(points(len(of.criteria))), id=name) for name in ("first", "second"))
    return of, first, second


@repeatable
@given(two_sets())
def test_changed_orders_are_those_of_looking_at_every_pair(drawn: tuple[Problem, WeightVector, WeightVector]) -> None:
    of, first, second = drawn
    before, after = rank(of, first), rank(of, second)
    found = compare(before, after)
    ids = of.option_ids
    expected = {
        frozenset((ids[i], ids[j]))
        for i in range(len(ids))
        for j in range(i)
        if np.sign(before.ranks[i] - before.ranks[j]) != np.sign(after.ranks[i] - after.ranks[j])
    }
    assert found.changed == len(expected) == len(found.orders)
    assert found.pairs == len(ids) * (len(ids) - 1) // 2
    assert {frozenset((one.overtaking, one.overtaken)) for one in found.orders} == expected
    for one in found.orders:
        i, j = of.option_index[one.overtaking], of.option_index[one.overtaken]
        was, now = before.ranks[j] - before.ranks[i], after.ranks[j] - after.ranks[i]
        kinds = {(-1, 1): "overtakes", (-1, 0): "draws-level", (0, 1): "pulls-ahead"}
        assert one.kind == kinds[(np.sign(was), np.sign(now))]
        if one.before is None or one.after is None:
            assert {one.overtaking, one.overtaken} & set(found.unknown)
        else:
            assert one.before == pytest.approx(before.value(one.overtaking) - before.value(one.overtaken))
            assert one.after == pytest.approx(after.value(one.overtaking) - after.value(one.overtaken))
    assert [found.moved(name) for name in ids] == (before.ranks - after.ranks).tolist()
    top = compare(before, after, top=1)  # unlisted pairs are known all the same
    by_pair = {frozenset((one.overtaking, one.overtaken)): one for one in found.orders}
    for option in ids:
        for over in ids:
            if option != over:
                assert top.order_change(option, over) == by_pair.get(frozenset((option, over)))


@repeatable
@given(two_sets())
def test_two_options_are_level_where_their_order_is_said_to_change(
    drawn: tuple[Problem, WeightVector, WeightVector],
) -> None:
    of, first, second = drawn
    found = compare(rank(of, first), rank(of, second))
    for one in found.orders:
        if one.crossing is not None:
            assert 0 < one.crossing < 1
            mixed = (1 - one.crossing) * first.shares + one.crossing * second.shares
            there = rank(of, WeightVector("there", first.criteria, mixed / mixed.sum()))
            assert there.value(one.overtaking) == pytest.approx(there.value(one.overtaken), abs=1e-9)


@repeatable
@given(two_sets())
def test_the_order_is_the_one_before_and_the_other_after_the_point_at_which_they_are_level(
    drawn: tuple[Problem, WeightVector, WeightVector],
) -> None:
    of, first, second = drawn
    found = compare(rank(of, first), rank(of, second))
    for one in found.orders:
        if one.crossing is None:
            continue
        assert one.before is not None and one.after is not None
        step = 1e-6 * min(one.crossing, 1 - one.crossing)
        apart = step * (one.after - one.before)  # their distance from being level there
        if apart <= 1e-8:
            continue  # within a tie: ranks cannot tell
        for part, is_ahead in ((one.crossing - step, False), (one.crossing + step, True)):
            there = rank(of, mixed(first, second, part))
            ranks = {name: there.ranks[of.option_index[name]] for name in (one.overtaking, one.overtaken)}
            assert bool(ranks[one.overtaking] < ranks[one.overtaken]) == is_ahead


def mixed(first: WeightVector, second: WeightVector, part: float) -> WeightVector:
    """The weights at a point of the straight path."""
    found = (1 - part) * first.shares + part * second.shares
    return WeightVector("there", first.criteria, found / found.sum())


@repeatable
@given(two_sets())
def test_the_way_meets_the_pairs_that_overtake_and_holds_nobody_with_an_unknown_score(
    drawn: tuple[Problem, WeightVector, WeightVector],
) -> None:
    of, first, second = drawn
    found = compare(rank(of, first), rank(of, second))
    known = [name for name in found.options if name not in found.unknown]
    if len(known) < 2:
        assert found.path is None
        return
    assert found.path is not None
    assert found.path.options == tuple(known)
    overtaking = {(one.overtaking, one.overtaken): one.crossing for one in found.orders if one.kind == "overtakes"}
    met = {pair: meeting.at for meeting in found.path.meetings for pair in meeting.pairs}
    assert met == pytest.approx({pair: at for pair, at in overtaking.items() if at is not None}, abs=1e-8)
    assert found.path.crossings == len(met)


@repeatable
@given(two_sets(), st.integers(1, 6))
def test_the_shown_are_those_of_at_most_a_rank_on_either_side(
    drawn: tuple[Problem, WeightVector, WeightVector], top: int
) -> None:
    of, first, second = drawn
    before, after = rank(of, first), rank(of, second)
    whole, found = compare(before, after), compare(before, after, top=top)
    ranks = {name: (before.ranks[row], after.ranks[row]) for name, row in of.option_index.items()}
    near = [name for name in of.option_ids if min(ranks[name]) <= top]
    assert found.top == top
    assert set(found.shown) == set(near) and len(found.shown) == len(near)
    assert [ranks[name][1] for name in found.shown] == sorted(ranks[name][1] for name in near)
    assert found.pairs == len(near) * (len(near) - 1) // 2
    listed = [one for one in whole.orders if {one.overtaking, one.overtaken} <= set(near)]
    assert list(found.orders) == listed
    assert list(whole.orders_among(near)) == listed
    assert found.changed == len(listed)
    assert found.measures == whole.measures
    places = [(ranks[one.overtaking][1], ranks[one.overtaking][0]) for one in whole.orders]
    assert places == sorted(places)


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Ranking, Ranking]:
    """Some of the options and criteria of one problem on each side, in different orders, with different weights."""
    of = draw(problems((3, 6), (2, 4)))
    sides = []
    for _ in range(2):
        rows = draw(st.permutations(range(len(of.options))))[: draw(st.integers(2, len(of.options)))]
        kept = draw(st.permutations(range(len(of.criteria))))[: draw(st.integers(1, len(of.criteria)))]
        side = permuted(of, rows=rows, columns=kept)
        sides.append(rank(side, from_points(side, draw(points(len(kept))))))
    return sides[0], sides[1]


@repeatable
@given(two_versions())
def test_of_two_versions_the_common_options_are_ranked_among_themselves(sides: tuple[Ranking, Ranking]) -> None:
    before, after = sides
    first, second = before.problem, after.problem
    common = [name for name in second.option_ids if name in first.option_ids]
    if not common:
        return
    found = compare(before, after)
    assert found.options == tuple(common)
    assert found.appeared == tuple(name for name in second.option_ids if name not in first.option_ids)
    assert found.vanished == tuple(name for name in first.option_ids if name not in second.option_ids)
    assert found.criteria_appeared == tuple(n for n in second.criterion_ids if n not in first.criterion_ids)
    assert found.criteria_vanished == tuple(n for n in first.criterion_ids if n not in second.criterion_ids)
    assert (found.of_one_problem, found.path) == (False, None)
    for ranking, ranks in ((before, found.ranks_before), (after, found.ranks_after)):
        values = [ranking.value(name) for name in common]
        assert ranks.tolist() == [1 + sum(other > value + 1e-9 for other in values) for value in values]
    expected: dict[tuple[str, str], str] = {}
    for i, name in enumerate(common):
        for j, other in enumerate(common):
            was = np.sign(found.ranks_before[j] - found.ranks_before[i])
            now = np.sign(found.ranks_after[j] - found.ranks_after[i])
            if was < now:
                expected[name, other] = {(-1, 1): "overtakes", (-1, 0): "draws-level", (0, 1): "pulls-ahead"}[was, now]
    assert {(one.overtaking, one.overtaken): one.kind for one in found.orders} == expected
    assert found.changed == len(expected)
    assert found.measures.options == len(common)
    for one in found.orders:
        assert one.crossing is None  # between versions there is no straight path
        assert one.before == pytest.approx(before.value(one.overtaking) - before.value(one.overtaken), abs=1e-12)
        assert one.after == pytest.approx(after.value(one.overtaking) - after.value(one.overtaken), abs=1e-12)
        gap = found.explain(one.overtaking, one.overtaken)
        assert (gap.before, gap.after) == (one.before, one.after)


@repeatable
@given(two_versions())
def test_the_way_back_has_every_pair_the_other_way_round(sides: tuple[Ranking, Ranking]) -> None:
    before, after = sides
    if not set(before.problem.option_ids) & set(after.problem.option_ids):
        return
    turned = {"overtakes": "overtakes", "draws-level": "pulls-ahead", "pulls-ahead": "draws-level"}
    there = {(one.overtaking, one.overtaken, one.kind) for one in compare(before, after).orders}
    back = {(one.overtaken, one.overtaking, turned[one.kind]) for one in compare(after, before).orders}
    assert there == back


@repeatable
@given(two_sets(), st.integers(0, 3))
def test_an_option_that_appears_anywhere_moves_nobody(
    drawn: tuple[Problem, WeightVector, WeightVector], place: int
) -> None:
    """All but one of the options under the first weights, against all of them under the second."""
    of, first, second = drawn
    new = min(place, len(of.options) - 1)
    old = permuted(of, rows=[row for row in range(len(of.options)) if row != new])
    found = compare(rank(old, first), rank(of, second))
    without = compare(rank(old, first), rank(replace(old), second))
    assert found.appeared == (of.option_ids[new],)
    assert found.ranks_before.tolist() == without.ranks_before.tolist()
    assert found.ranks_after.tolist() == without.ranks_after.tolist()
    pairs = [[(one.overtaking, one.overtaken, one.kind) for one in each.orders] for each in (found, without)]
    assert pairs[0] == pairs[1]
    assert found.measures == without.measures


@repeatable
@given(two_sets())
def test_the_top_is_whoever_has_most_and_is_sure_unless_an_unknown_score_lets_another_come_first(
    drawn: tuple[Problem, WeightVector, WeightVector],
) -> None:
    of, first, _ = drawn
    ranking = rank(of, first)
    found = top_of(ranking)
    most = ranking.lower.max()
    assert set(found.first) == {name for name in of.option_ids if ranking.value(name) >= most - 1e-9}
    others = [row for row, name in enumerate(of.option_ids) if name not in found.first]
    assert found.is_sure == all(ranking.upper[row] <= most + 1e-9 for row in others)
    known = [bool(ranking.lower[row] == ranking.upper[row]) for row in range(len(of.options))]
    if all(known):
        lead = most - max(ranking.lower[others]) if len(found.first) == 1 else 0.0
        assert found.lead == pytest.approx(lead, abs=1e-9)


def test_the_lead_comes_first_in_the_list() -> None:
    of = problem([[90, 10], [80, 40], [10, 90], [0, 100]])
    found = compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.1, 0.9)))
    assert found.orders[0].overtaking == "d"
    places = dict(zip(found.options, found.ranks_after.tolist(), strict=True))
    assert [places[one.overtaking] for one in found.orders] == sorted(places[one.overtaking] for one in found.orders)


def test_only_those_near_the_top_on_either_side_are_shown_and_counted() -> None:
    of = problem([[90, 10], [80, 40], [10, 90], [0, 100]])
    found = compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.1, 0.9)), top=1)
    assert (found.shown, found.pairs, found.changed) == (("d", "a"), 1, 1)
    assert found.measures.options == 4  # measures are of all
    assert compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.8, 0.2)), top=1).changed == 0


def test_an_option_that_appears_moves_nobody() -> None:
    old = problem([[50], [40], [30]])
    new = problem([[50], [90], [40], [30]], options=["a", "new", "b", "c"])
    found = compare(rank(old, shared(1.0)), rank(new, shared(1.0)))
    assert (found.appeared, found.vanished) == (("new",), ())
    assert [found.moved(name) for name in "abc"] == [0, 0, 0]
    assert (found.changed, found.measures.tau_b) == (0, 1.0)
    assert found.after.ranks.tolist() == [2, 1, 3, 4]
    assert (found.top_before.first, found.top_after.first) == (("a",), ("new",))
    back = compare(rank(new, shared(1.0)), rank(old, shared(1.0)))
    assert (back.appeared, back.vanished) == ((), ("new",))


def test_criteria_that_come_and_go_are_named() -> None:
    old = problem([[50, 1], [40, 2]])
    new = problem([[50, 3], [40, 9]], criteria=[criterion("c1"), criterion("c3")])
    found = compare(rank(old, shared(1.0, 0.0)), rank(new, WeightVector("s", ("c1", "c3"), np.array([0.5, 0.5]))))
    assert (found.criteria_appeared, found.criteria_vanished) == (("c3",), ("c2",))
    assert not found.of_one_problem
    assert found.path is None


def test_nothing_in_common_is_refused() -> None:
    with pytest.raises(PolicyOptionsError, match="no option in common") as raised:
        compare(rank(problem([[1]]), shared(1.0)), rank(problem([[1]], options=["z"]), shared(1.0)))
    assert raised.value.faults[0].code == "nothing-in-common"
    assert raised.value.faults[0].remedy


def test_a_single_common_option_has_no_pairs_and_no_way() -> None:
    old, new = problem([[10], [20]]), problem([[10], [30]], options=["a", "z"])
    found = compare(rank(old, shared(1.0)), rank(new, shared(1.0)))
    assert (found.options, found.pairs, found.changed, found.orders) == (("a",), 0, 0, ())
    assert (found.ranks_before.tolist(), found.ranks_after.tolist()) == ([1], [1])
    assert found.measures.tau_b is None


def test_an_option_of_neither_side_is_refused_by_name() -> None:
    of = problem([[10, 20], [30, 5]])
    found = compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.1, 0.9)))
    for asked in (found.explain, found.order_change):
        for pair in (("a", "z"), ("z", "a")):
            with pytest.raises(PolicyOptionsError, match="`z`") as raised:
                asked(*pair)
            assert (raised.value.faults[0].code, raised.value.faults[0].ids) == ("unknown-id", ("z",))


@pytest.mark.parametrize(("before", "after", "excluded"), [(None, 10, ("a",)), (10, None, ("a",)), (None, None, ())])
def test_a_red_line_of_either_version_excludes(
    before: float | None, after: float | None, excluded: tuple[str, ...]
) -> None:
    sides = [
        rank(problem([[90, 0], [50, 60]], criteria=[criterion("c1"), criterion("c2", red_line=line)]), shared(0.9, 0.1))
        for line in (before, after)
    ]
    found = compare(*sides)
    assert found.excluded == excluded
    assert found.ranks_after.tolist() == [1, 2]  # it keeps its rank
    tops = ["b" if line else "a" for line in (before, after)]
    assert [found.top_before.first, found.top_after.first] == [(top,) for top in tops]


def test_an_option_that_fails_a_red_line_has_a_rank_but_neither_lead_nor_way() -> None:
    of = problem([[90, 0], [50, 60], [20, 90]], criteria=[criterion("c1"), criterion("c2", red_line=10)])
    found = compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.1, 0.9)))
    assert found.excluded == ("a",)
    assert (found.top_before.first, found.top_after.first) == (("b",), ("c",))
    assert found.path is not None
    assert found.path.options == ("b", "c")
    assert found.path.changes
    every = problem([[90, 0], [50, 0]], criteria=[criterion("c1"), criterion("c2", red_line=10)])
    all_fail = compare(rank(every, shared(0.9, 0.1)), rank(every, shared(0.1, 0.9)))
    assert all_fail.path is not None and all_fail.path.options == ("a", "b")


def test_an_unknown_score_leaves_gaps_open_and_is_no_part_of_the_way() -> None:
    of = problem([[UNKNOWN, 10], [50, 60], [20, 90]])
    found = compare(rank(of, shared(0.9, 0.1)), rank(of, shared(0.1, 0.9)))
    assert found.unknown == ("a",)
    assert found.path is not None and found.path.options == ("b", "c")
    assert all(one.before is None for one in found.orders if "a" in (one.overtaking, one.overtaken))
    with pytest.raises(PolicyOptionsError, match="unknown scores of `a`") as raised:
        found.explain("b", "a")
    assert raised.value.faults[0].code == "unknown-score"
    assert found.explain("b", "c").parts
    assert (found.top_before.first, found.top_before.is_sure, found.top_after.is_sure) == (("b",), False, True)
    two = problem([[UNKNOWN, 10], [50, 60]])
    assert compare(rank(two, shared(0.9, 0.1)), rank(two, shared(0.1, 0.9))).path is None


def test_of_too_many_changed_orders_those_near_the_top_are_listed_and_all_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(comparing, "ORDERS_LISTED", 20)
    monkeypatch.setattr(comparing, "_NEAR_THE_TOP", 3)
    values = np.arange(10.0)
    of = problem(np.stack([values, values[::-1]], axis=1), options=[f"o{row}" for row in range(10)])
    found = compare(rank(of, shared(1.0, 0.0)), rank(of, shared(0.0, 1.0)))
    assert found.changed == 45
    assert len(found.orders) == 6 * 5 // 2
    near = {"o0", "o1", "o2", "o7", "o8", "o9"}
    assert {name for one in found.orders for name in (one.overtaking, one.overtaken)} == near
    assert found.orders_among({"o0", "o9"}) == (found.orders[0],) or len(found.orders_among({"o0", "o9"})) == 1

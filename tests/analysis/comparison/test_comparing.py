from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.analysis.comparison import comparing
from policy_options.analysis.comparison.comparing import compare
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import rank
from problems import UNKNOWN, criterion, from_points, points, problem, problems, repeatable, shared


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
    top = compare(before, after, top=1)  # what is not listed is known all the same
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
    with pytest.raises(PolicyOptionsError, match="no option in common"):
        compare(rank(problem([[1]]), shared(1.0)), rank(problem([[1]], options=["z"]), shared(1.0)))


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

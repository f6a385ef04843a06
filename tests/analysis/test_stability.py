"""Stability intervals against a published case, and against exact fractions just inside and just outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.stability import (
    Change,
    Interval,
    StabilityInterval,
    Undefined,
    movements,
    order_bounds,
    stability,
)
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, case, criterion, group, permuted, problem, repeatable, shared, weights

Exact = tuple[Fraction, ...]


def leads(of: Ranking, id: str) -> Interval:
    found = stability(of).of(id).leader
    assert found is not None
    return found


def orders(of: Ranking, id: str) -> Interval:
    found = stability(of).of(id).order
    assert found is not None
    return found


def ends(of: Interval | None) -> tuple[float, float]:
    assert of is not None
    return of.low, of.high


# --- by hand ---


def test_the_published_case() -> None:
    found = case("stability-transport")
    given, expected = found["input"], found["expected"]
    axes = [
        criterion(
            one["id"],
            one["scale"]["min"],
            one["scale"]["max"],
            "less-is-better" if one["direction"] == "min" else "more-is-better",
        )
        for one in given["criteria"]
    ]
    of = problem(given["matrix"], options=[one["id"] for one in given["options"]], criteria=axes)
    ranking = rank(of, shared(*given["weights"]))
    np.testing.assert_allclose(
        ranking.lower, [100 * float(Fraction(score)) for score in expected["scores_exact"]], rtol=0, atol=1e-12
    )
    result = stability(ranking)
    assert result.leader == expected["best"]
    for id, interval in expected["intervals_exact"].items():
        assert ends(result.of(id).leader) == pytest.approx([float(Fraction(end)) for end in interval], abs=1e-14)


def test_a_third_option_takes_over_before_the_second_does() -> None:
    """a leads b by one point whatever the weights; c is level with it where 60 = 100 w."""
    result = stability(rank(problem([[60, 60], [59, 59], [100, 0]]), shared(0.5, 0.5)))
    interval = result.of("c1").leader
    assert ends(interval) == pytest.approx((0.0, 0.6), abs=1e-15)
    assert interval is not None
    assert (interval.at_low, interval.at_high) == ((), (Change("a", "c"),))
    order = result.of("c1").order
    assert ends(order) == pytest.approx((0.0, 0.59), abs=1e-15)
    assert order is not None
    assert order.at_high == (Change("b", "c"),)


def test_an_end_with_nothing_beyond_it_has_no_change() -> None:
    ranking = rank(problem([[60, 60], [60, 0]]), shared(0.5, 0.5))
    assert leads(ranking, "c1") == Interval(0.0, 1.0)
    assert leads(ranking, "c2") == Interval(0.0, 1.0)


def test_both_ends_may_change_the_leader_and_name_who_takes_over() -> None:
    ranking = rank(problem([[60, 60], [100, 0], [0, 90]], options=["even", "left", "right"]), shared(0.5, 0.5))
    found = leads(ranking, "c1")
    assert (found.low, found.high) == pytest.approx((1 / 3, 0.6), abs=1e-15)
    assert found.at_low == (Change("even", "right"),)
    assert found.at_high == (Change("even", "left"),)
    assert found.holds(0.5)
    assert not found.holds(0.61)
    assert not found.holds(0.33)


def test_several_that_take_over_at_one_point_are_all_named() -> None:
    ranking = rank(problem([[60, 60], [100, 0], [90, 15]]), shared(0.5, 0.5))
    assert leads(ranking, "c1").high == pytest.approx(0.6, abs=1e-15)
    assert leads(ranking, "c1").at_high == (Change("a", "c"), Change("a", "b"))


def test_a_tie_at_the_top_holds_on_one_side_alone() -> None:
    ranking = rank(problem([[100, 0], [0, 100]]), shared(0.5, 0.5))
    assert leads(ranking, "c1") == Interval(0.5, 1.0, at_low=(Change("a", "b"),))
    assert ends(stability(ranking, leader="b").of("c1").leader) == (0.0, 0.5)


def test_an_order_with_a_tie_in_it_holds_at_one_point() -> None:
    ranking = rank(problem([[90, 90], [100, 0], [0, 100]]), shared(0.5, 0.5))
    found = orders(ranking, "c1")
    assert (found.low, found.high) == (0.5, 0.5)
    assert found.at_low == found.at_high == (Change("b", "c"),)
    assert ends(stability(ranking).of("c1").leader) == pytest.approx((0.1, 0.9), abs=1e-15)


def test_identical_options_tie_wherever_they_go() -> None:
    ranking = rank(problem([[100, 0], [100, 0], [0, 50]]), shared(0.5, 0.5))
    assert ends(stability(ranking).of("c1").order) == pytest.approx((1 / 3, 1.0), abs=1e-15)
    alike = rank(problem([[40, 60], [40, 60]]), shared(0.5, 0.5))
    assert stability(alike).of("c1").order == Interval(0.0, 1.0)


def test_options_that_tie_and_move_together_without_being_identical() -> None:
    """On c1 both are 50, and their other values are equal while c2 and c3 keep their proportions."""
    ranking = rank(problem([[50, 100, 0], [50, 0, 100]]), shared(0.5, 0.25, 0.25))
    assert orders(ranking, "c1") == Interval(0.0, 1.0)
    assert ends(orders(ranking, "c2")) == (0.25, 0.25)


def test_where_all_values_are_the_same_nothing_can_change() -> None:
    ranking = rank(problem([[50, 50], [50, 50], [50, 50]]), shared(0.25, 0.75))
    for node in stability(ranking).nodes:
        assert node.leader == node.order == Interval(0.0, 1.0)


def test_a_criterion_without_weight_may_gain_some() -> None:
    ranking = rank(problem([[60, 40, 0], [40, 60, 100]]), shared(0.75, 0.25, 0.0))
    found = leads(ranking, "c3")
    assert (found.low, found.at_low) == (0.0, ())
    assert found.high == pytest.approx(10 / 110, abs=1e-15)


# --- where it is not defined ---


def undefined(of: Problem, shares: dict[str, float], locked: Sequence[str] = ()) -> dict[str, Undefined | None]:
    result = stability(rank(of, weights(shares)), locked=locked)
    for node in result.nodes:
        assert (node.leader is None) == (node.order is None) == (node.undefined is not None)
    return {node.id: node.undefined for node in result.nodes}


TREE = [
    criterion("x", groups=("g",)),
    criterion("y", groups=("g",)),
    criterion("z", groups=("h", "k")),
    criterion("v", groups=("h", "k")),
    criterion("w"),
]
GROUPS = [group("g"), group("h"), group("k", above=("h",))]
ON_TREE = problem([[80, 10, 30, 60, 50], [20, 70, 60, 10, 60], [50, 50, 20, 90, 10]], criteria=TREE, groups=GROUPS)


def test_a_single_criterion_has_nothing_to_trade_with() -> None:
    assert undefined(problem([[1], [2]]), {"c1": 1.0}) == {"c1": "the-rest-is-zero"}


def test_all_weight_on_one_leaves_no_proportions_to_keep() -> None:
    found = undefined(problem([[10, 20], [20, 30]]), {"c1": 1.0, "c2": 0.0})
    assert found == {"c1": "the-rest-is-zero", "c2": None}


def test_a_group_without_weight_has_no_proportions_within() -> None:
    found = undefined(ON_TREE, {"x": 0.0, "y": 0.0, "z": 0.2, "v": 0.2, "w": 0.6})
    assert found == {"x": None, "y": None, "z": None, "v": None, "w": None, "g": "no-proportions", "h": None, "k": None}


def test_a_group_without_weight_of_one_criterion_moves_with_it() -> None:
    axes = [criterion("x", groups=("g",)), criterion("y")]
    of = problem([[0, 60], [100, 40]], criteria=axes, groups=[group("g")])
    result = stability(rank(of, weights({"x": 0.0, "y": 1.0})))
    assert result.of("g").leader == result.of("x").leader
    assert ends(result.of("g").leader) == pytest.approx((0.0, 20 / 120), abs=1e-15)


def test_a_group_without_criteria_has_no_proportions_within() -> None:
    of = problem([[1, 2], [3, 1]], groups=[group("empty")])
    assert undefined(of, {"c1": 0.5, "c2": 0.5})["empty"] == "no-proportions"


def test_what_is_locked_does_not_move() -> None:
    shares = {"x": 0.2, "y": 0.2, "z": 0.2, "v": 0.2, "w": 0.2}
    found = undefined(ON_TREE, shares, locked=("g",))
    assert found == dict.fromkeys(("z", "v", "w", "h", "k"), None) | dict.fromkeys(("x", "y", "g"), "locked")


def test_where_all_else_is_locked_there_is_nothing_to_trade_with() -> None:
    shares = {"x": 0.2, "y": 0.2, "z": 0.2, "v": 0.2, "w": 0.2}
    found = undefined(ON_TREE, shares, locked=("g", "h"))
    assert found["w"] == "the-rest-is-zero"


def test_locks_leave_less_to_gain() -> None:
    result = stability(rank(ON_TREE, weights({"x": 0.1, "y": 0.2, "z": 0.3, "v": 0.2, "w": 0.2})), locked=("g",))
    assert result.locked == ("g",)
    assert result.of("w").most == pytest.approx(0.7, abs=1e-15)
    assert result.of("h").most == pytest.approx(0.7, abs=1e-15)


def test_an_only_child_has_no_siblings_to_trade_with() -> None:
    axes = [criterion("x", groups=("g",)), criterion("y")]
    of = problem([[0, 60], [100, 40]], criteria=axes, groups=[group("g")])
    result = stability(rank(of, weights({"x": 0.5, "y": 0.5})), among_siblings=True)
    assert result.among_siblings
    assert result.of("x").undefined == "the-rest-is-zero"
    assert result.of("g").undefined is None


def test_siblings_trade_within_their_group() -> None:
    result = stability(rank(ON_TREE, weights({"x": 0.1, "y": 0.2, "z": 0.3, "v": 0.2, "w": 0.2})), among_siblings=True)
    assert [result.of(id).most for id in ("x", "y", "z", "v", "k", "w", "g")] == pytest.approx(
        [0.3, 0.3, 0.5, 0.5, 0.5, 1.0, 1.0], abs=1e-15
    )
    assert result.of("k").undefined == "the-rest-is-zero"


def test_a_locked_id_that_is_none_is_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        stability(rank(ON_TREE, weights({"x": 1.0, "y": 0.0, "z": 0.0, "v": 0.0, "w": 0.0})), locked=("nothing",))
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("unknown-id", ("nothing",))


def test_a_single_option_is_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        stability(rank(problem([[1, 2]]), shared(0.5, 0.5)))
    assert caught.value.faults[0].code == "one-option"


# --- unknown scores ---


def test_an_unknown_score_is_refused_by_name() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        stability(rank(problem([[1, 2], [UNKNOWN, 4], [5, UNKNOWN]]), shared(0.5, 0.5)))
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("unknown-score", ("b", "c"))
    assert "`b` on `c1`" in fault.message
    assert "`c` on `c2`" in fault.message
    assert fault.remedy


def test_an_unknown_score_without_weight_leaves_its_own_criterion_alone_undefined() -> None:
    of = problem([[60, 40, UNKNOWN], [40, 50, 10]])
    found = undefined(of, {"c1": 0.5, "c2": 0.5, "c3": 0.0})
    assert found == {"c1": None, "c2": None, "c3": "unknown"}


def test_an_unknown_score_without_weight_leaves_its_group_defined() -> None:
    """The group keeps its proportions, and the criterion its zero weight, however far the group moves."""
    axes = [criterion("x", groups=("g",)), criterion("y"), criterion("z", groups=("g",))]
    of = problem([[60, 40, UNKNOWN], [40, 80, 10]], criteria=axes, groups=[group("g")])
    shares = {"x": 0.5, "y": 0.5, "z": 0.0}
    known = permuted(of, columns=(0, 1))
    without = stability(rank(known, weights({"x": 0.5, "y": 0.5})))
    result = stability(rank(of, weights(shares)))
    assert result.of("g").undefined is None
    assert result.of("g").leader == without.of("g").leader


# --- the result ---


def test_the_table_has_a_row_a_node() -> None:
    table = stability(rank(ON_TREE, weights({"x": 0.0, "y": 0.0, "z": 0.25, "v": 0.25, "w": 0.5}))).table
    assert list(table.index) == ["x", "y", "z", "v", "w", "g", "h", "k"]
    assert list(table["is_group"]) == [False] * 5 + [True] * 3
    assert list(table.columns) == ["is_group", "share", "leader_low", "leader_high", "order_low", "order_high"]
    assert table.loc["g"].isna().sum() == 4
    assert not table.drop(index="g").isna().any().any()
    assert list(table["share"]) == [0.0, 0.0, 0.25, 0.25, 0.5, 0.0, 0.5, 0.5]


def test_movements_say_how_all_weights_move() -> None:
    ranking = rank(ON_TREE, weights({"x": 0.1, "y": 0.2, "z": 0.3, "v": 0.2, "w": 0.2}))
    found = {each.id: each for each in movements(ranking, locked=("w",))}
    moved = found["g"]
    np.testing.assert_allclose(moved.own, [1 / 3, 2 / 3, 0, 0, 0], rtol=0, atol=1e-15)
    np.testing.assert_allclose(moved.rest, [0, 0, 0.6, 0.4, 0], rtol=0, atol=1e-15)
    assert (moved.share, moved.most) == pytest.approx((0.3, 0.8), abs=1e-15)
    assert found["w"].undefined == "locked"
    assert not found["w"].own.any()
    assert not found["w"].rest.any()


# --- the kernel for orders alone ---


@repeatable
@given(st.integers(0, 2**32), st.integers(2, 7), st.integers(2, 6))
def test_the_kernel_bounds_orders_as_the_whole_does(seed: int, options: int, criteria: int) -> None:
    random = np.random.default_rng(seed)
    values, shares = random.random((options, criteria)) * 100, random.dirichlet(np.ones(criteria))
    low, high = order_bounds(values, shares)
    result = stability(rank(problem(values), shared(*shares)))
    for column, node in enumerate(result.nodes):
        assert ends(node.order) == pytest.approx((low[column], high[column]), abs=1e-12)


def test_the_kernel_has_no_bounds_for_all_of_the_weight() -> None:
    low, high = order_bounds(np.array([[10.0, 20.0], [30.0, 25.0]]), np.array([1.0, 0.0]))
    assert np.isnan([low[0], high[0]]).all()
    assert (low[1], high[1]) == (0.0, 1.0)


# --- against exact fractions ---


@dataclass(frozen=True)
class Drawn:
    """A tree with integer points and values, and locked nodes."""

    values: tuple[tuple[int, ...], ...]
    points: tuple[int, ...]
    axes: tuple[CriterionAxis, ...]
    locked: tuple[str, ...]
    among_siblings: bool

    @property
    def shares(self) -> Exact:
        return tuple(Fraction(point, sum(self.points)) for point in self.points)

    def columns(self, id: str) -> set[int]:
        return {column for column, axis in enumerate(self.axes) if id == axis.id or id in axis.groups}

    def tradeable(self, id: str) -> set[int]:
        """The columns that a node may take weight from."""
        parents = {axis.id: axis.groups for axis in self.axes}
        for axis in self.axes:
            parents |= {name: axis.groups[:depth] for depth, name in enumerate(axis.groups)}
        among = set(range(len(self.axes)))
        if self.among_siblings and parents[id]:
            among = self.columns(parents[id][-1])
        return among - self.columns(id) - {column for name in self.locked for column in self.columns(name)}

    def at(self, id: str, share: Fraction) -> Exact:
        """Overall values with a node's weight at a share."""
        own, rest = self.columns(id), self.tradeable(id)
        inside = sum((self.shares[c] for c in own), Fraction(0))
        left = sum((self.shares[c] for c in rest), Fraction(0))
        weight = list(self.shares)
        for c in own:
            weight[c] = share * (self.shares[c] / inside if inside else Fraction(1, len(own)))
        for c in rest:
            weight[c] = (inside + left - share) * self.shares[c] / left
        assert sum(weight) == 1
        return tuple(sum((w * v for w, v in zip(weight, row, strict=True)), Fraction(0)) for row in self.values)


GROUPED = (("g", "k"), ("g", "k"), ("g",), ("h",), (), ("h",))


@st.composite
def drawings(draw: st.DrawFn) -> Drawn:
    count = draw(st.integers(2, 6))
    score = draw(st.sampled_from([st.integers(0, 4).map(lambda step: 25 * step), st.integers(0, 100)]))
    row = st.tuples(*[score] * count)
    values = draw(st.lists(row, min_size=2, max_size=5))
    points = draw(st.tuples(*[st.integers(0, 5)] * count).filter(any))
    axes = tuple(criterion(f"c{column + 1}", groups=GROUPED[column]) for column in range(count))
    names = [axis.id for axis in axes] + sorted({name for axis in axes for name in axis.groups})
    locked = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return Drawn(tuple(values), points, axes, tuple(locked), draw(st.booleans()))


def ranked(drawn: Drawn) -> Ranking:
    groups = [group("g"), group("k", above=("g",)), group("h")]
    used = {name for axis in drawn.axes for name in axis.groups}
    of = problem(drawn.values, criteria=drawn.axes, groups=[one for one in groups if one.id in used])
    return rank(of, shared(*map(float, drawn.shares)))


def signs(values: Exact) -> tuple[int, ...]:
    return tuple((a > b) - (a < b) for a, b in combinations(values, 2))


def as_far_as(now: Fraction, stops: Sequence[Fraction], holds: Callable[[Fraction], bool]) -> Fraction:
    """How far a condition remains true from the present point, along stops between which it does not change."""
    reached = now
    for before, after in pairwise([now, *stops]):
        if not holds((before + after) / 2):
            return reached
        reached = after
        if not holds(after):
            return reached
    return reached


def exact_interval(drawn: Drawn, node: StabilityInterval, holds: Callable[[Exact], bool]) -> tuple[Fraction, Fraction]:
    now = sum((drawn.shares[c] for c in drawn.columns(node.id)), Fraction(0))
    most = now + sum((drawn.shares[c] for c in drawn.tradeable(node.id)), Fraction(0))
    start, stop = drawn.at(node.id, Fraction(0)), drawn.at(node.id, most)
    stops = {Fraction(0), most}
    for i, j in combinations(range(len(start)), 2):
        first, last = start[i] - start[j], stop[i] - stop[j]
        if first * last < 0:
            stops.add(most * first / (first - last))
    below, above = sorted((s for s in stops if s < now), reverse=True), sorted(s for s in stops if s > now)

    def at(share: Fraction) -> bool:
        return holds(drawn.at(node.id, share))

    return as_far_as(now, below, at), as_far_as(now, above, at)


def crossing(drawn: Drawn, id: str, end: Fraction, outward: int, pairs: Sequence[tuple[int, int]]) -> set[Change]:
    """The pairs that tie at an end and are reversed beyond it."""
    beyond = end + outward * Fraction(1, 10**6)
    at, past = drawn.at(id, end), drawn.at(id, beyond)
    return {Change(chr(97 + i), chr(97 + j)) for i, j in pairs if at[i] == at[j] and past[i] < past[j]}


@repeatable
@given(drawings())
def test_intervals_end_exactly_where_fractions_say(drawn: Drawn) -> None:
    ranking = ranked(drawn)
    order, first = ranking.order, ranking.order[0]
    result = stability(ranking, locked=drawn.locked, among_siblings=drawn.among_siblings)
    assert result.leader == ranking.in_order[0]
    fixed = {column for name in drawn.locked for column in drawn.columns(name)}
    rivals = [(first, row) for row in order[1:]]
    for node in result.nodes:
        own = drawn.columns(node.id)
        inside = sum(drawn.shares[c] for c in own)
        left = sum(drawn.shares[c] for c in drawn.tradeable(node.id))
        assert (node.share, node.most) == pytest.approx((float(inside), float(inside + left)), abs=1e-14)
        if own & fixed:
            assert node.undefined == "locked"
        elif left == 0:
            assert node.undefined == "the-rest-is-zero"
        elif inside == 0 and len(own) > 1:
            assert node.undefined == "no-proportions"
        else:
            assert node.undefined is None
            now = signs(drawn.at(node.id, Fraction(inside)))
            check(drawn, node, node.leader, lambda values: values[first] == max(values), rivals)
            check(drawn, node, node.order, lambda values, now=now: signs(values) == now, list(pairwise(order)))  # type: ignore[misc]


def check(
    drawn: Drawn,
    node: StabilityInterval,
    found: Interval | None,
    holds: Callable[[Exact], bool],
    pairs: Sequence[tuple[int, int]],
) -> None:
    assert found is not None
    low, high = exact_interval(drawn, node, holds)
    assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-12)
    assert found.low <= node.share + 1e-15
    assert found.high >= node.share - 1e-15
    tied_now = low == high
    most = Fraction(node.most).limit_denominator(10**6)
    if low > 0 and not tied_now:
        assert set(found.at_low) == crossing(drawn, node.id, low, -1, pairs)
    if high < most and not tied_now:
        assert set(found.at_high) == crossing(drawn, node.id, high, 1, pairs)
    assert (low > 0) == bool(found.at_low)
    assert (high < most) == bool(found.at_high)


@repeatable
@given(drawings())
def test_the_order_of_options_and_criteria_moves_no_interval(drawn: Drawn) -> None:
    ranking = ranked(drawn)
    turned = rank(
        permuted(
            ranking.problem,
            rows=range(len(ranking.problem.options))[::-1],
            columns=range(len(ranking.problem.criteria))[::-1],
        ),
        ranking.weights,
    )
    result, again = stability(ranking), stability(turned, leader=ranking.in_order[0])
    for node in result.nodes:
        other = again.of(node.id)
        assert node.undefined == other.undefined
        if node.leader and node.order and other.order:
            assert ends(node.leader) == pytest.approx(ends(other.leader), abs=1e-12)
            assert ends(node.order) == pytest.approx(ends(other.order), abs=1e-12)

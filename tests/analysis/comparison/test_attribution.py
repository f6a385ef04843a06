from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.analysis.comparison.attribution import Attribution, Factor, attribute
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.value_functions import Levels, Linear, PiecewiseLinear, ValueFunction
from problems import (
    DIRECTIONS,
    UNKNOWN,
    axes,
    columns,
    criterion,
    from_points,
    points,
    problem,
    problems,
    repeatable,
    shared,
    weights,
)

Sides = tuple[Ranking, Ranking]


@st.composite
def versions(draw: st.DrawFn) -> Sides:
    """Two versions of a dossier in which anything may differ: options, criteria, scales, scores and weights."""
    drawn = []
    shared_axes = {name: draw(axes(name)) for name in ("c1", "c2", "c3")}
    for _ in range(2):
        names = draw(st.lists(st.sampled_from(("c1", "c2", "c3", "c4")), min_size=1, max_size=4, unique=True))
        leaves = [shared_axes[n] if n in shared_axes and draw(st.booleans()) else draw(axes(n)) for n in names]
        options = ["a", "b", *draw(st.lists(st.sampled_from("cde"), max_size=2, unique=True))]
        parts = [draw(columns(axis, len(options))) for axis in leaves]
        low, likely, high = (np.hstack([part[index] for part in parts]) for index in range(3))
        of = problem(likely, options=options, criteria=leaves, low=low, high=high)
        drawn.append(rank(of, from_points(of, draw(points(len(names))))))
    return drawn[0], drawn[1]


def cells(found: Attribution, option: str, over: str) -> dict[tuple[str, str, str | None], float]:
    return {(part.factor, part.criterion, part.option): part.points for part in found.of_pair(option, over).parts}


@repeatable
@given(versions())
def test_parts_sum_to_the_whole(sides: Sides) -> None:
    found = attribute(*sides)
    for option in found.options:
        for over in found.options:
            gap = found.of_pair(option, over)
            assert sum(part.points for part in gap.parts) == pytest.approx(gap.change, abs=1e-12)
            before, after = sides
            assert gap.before == pytest.approx(before.value(option) - before.value(over), abs=1e-12)
            assert gap.after == pytest.approx(after.value(option) - after.value(over), abs=1e-12)
            sizes = [abs(part.points) for part in gap.parts]
            assert sizes == sorted(sizes, reverse=True)
            assert all(sizes)


@repeatable
@given(versions())
def test_the_way_back_has_the_same_parts_with_the_other_sign(sides: Sides) -> None:
    there, back = attribute(*sides), attribute(*reversed(sides))
    forth = cells(there, "a", "b")
    assert cells(back, "a", "b") == pytest.approx({key: -value for key, value in forth.items()}, abs=1e-12)


@repeatable
@given(versions())
def test_every_cell_turns_its_sign_on_the_way_back(sides: Sides) -> None:
    there, back = attribute(*sides), attribute(*reversed(sides))
    assert set(there.options) == set(back.options)
    assert set(there.criteria) == set(back.criteria)
    rows = [back.row(name) for name in there.options]
    across = [back.criteria.index(name) for name in there.criteria]
    for factor, part in there.parts.items():
        np.testing.assert_allclose(back.parts[factor][np.ix_(rows, across)], -part, rtol=0, atol=1e-12)


@repeatable
@given(versions())
def test_the_parts_of_an_option_sum_to_the_change_of_its_value(sides: Sides) -> None:
    found = attribute(*sides)
    whole = sum(part.sum(axis=1) for part in found.parts.values())
    np.testing.assert_allclose(whole, found.after - found.before, rtol=0, atol=1e-12)
    assert found.known.all()


@repeatable
@given(versions())
def test_parts_are_the_shapley_value_over_the_six_orders(sides: Sides) -> None:
    """An independent computation: the three factors are changed one by one, in every order, by option and criterion."""
    before, after = sides
    found = attribute(before, after)
    for option in found.options:
        for name in found.criteria:
            if name not in before.problem.criterion_ids or name not in after.problem.criterion_ids:
                continue
            (old, x, w), (new, y, u) = (of_side(side, option, name) for side in sides)
            known = {
                (False, False): value(old, x, old),
                (True, False): value(old, y, new),
                (False, True): value(new, x, old),
                (True, True): value(new, y, new),
            }
            if old.value_function == new.value_function:
                known[(True, False)], known[(False, True)] = known[(True, True)], known[(False, False)]
            if None in known.values():
                players: tuple[tuple[str, ...], ...] = (("w",), ("x", "v"))
            else:
                players = (("w",), ("x",), ("v",))
            expected = dict.fromkeys(players, 0.0)
            orders = list(permutations(players))
            for order in orders:
                done: set[str] = set()
                for player in order:
                    first = contribution(done, known, w, u)
                    done |= set(player)
                    expected[player] += (contribution(done, known, w, u) - first) / len(orders)
            row, column = found.row(option), found.criteria.index(name)
            got = {
                ("w",): found.parts["weights"][row, column],
                ("x",): found.parts["performances"][row, column],
                ("v",): found.parts["value-functions"][row, column],
                ("x", "v"): found.parts["performances-and-value-functions"][row, column],
            }
            for player, part in got.items():
                assert part == pytest.approx(expected.get(player, 0.0), abs=1e-9)


def of_side(side: Ranking, option: str, name: str) -> tuple[CriterionAxis, float, float]:
    column = side.problem.criterion_ids.index(name)
    row = side.problem.option_index[option]
    return side.problem.criteria[column], float(side.problem.likely[row, column]), float(side.shares[column])


def value(axis: CriterionAxis, performance: float, held: CriterionAxis) -> float | None:
    """The value on one axis of a performance given on another; ``None`` if it is off the scale, or of another kind."""
    if isinstance(axis.value_function, Levels) != isinstance(held.value_function, Levels):
        return None
    if not axis.low <= performance <= axis.high:
        return None
    return float(axis.value_function(np.array(performance)))


def contribution(done: set[str], known: dict[tuple[bool, bool], float | None], old: float, new: float) -> float:
    found = known[("x" in done, "v" in done)]
    assert found is not None
    return (new if "w" in done else old) * found


# Again in fractions, on scales of numbers and of named levels ---------------------------------------------------------

Given = Fraction | str  # a performance: a number, or the name of a level


@dataclass(frozen=True)
class Scale:
    """Corners of a line, or levels by name; the ends of the line are those of the scale."""

    corners: tuple[tuple[Fraction, Fraction], ...] = ()
    levels: tuple[tuple[str, Fraction], ...] = ()

    def value(self, performance: Given) -> Fraction | None:
        """``None`` if the scale has no such performance."""
        if isinstance(performance, str):
            return dict(self.levels).get(performance)
        for (x, v), (y, w) in zip(self.corners, self.corners[1:], strict=False):
            if x <= performance <= y:
                return v + (w - v) * (performance - x) / (y - x)
        return None

    def axis(self, name: str) -> CriterionAxis:
        """The same for the package: straight lines as linear functions, others as piecewise ones."""
        values = [value for _, value in self.corners or self.levels]
        direction = DIRECTIONS[int(values[0] > values[-1])]
        if self.levels:
            names = tuple(level for level, _ in self.levels)
            made = Levels(tuple(map(float, values)))
            axis = criterion(name, 0.0, len(names) - 1.0, direction, function=made, levels=names)
            return replace(axis, level_ids=names)
        at = [float(x) for x, _ in self.corners]
        function: ValueFunction = Linear(at[0], at[-1], direction)
        if len(at) > 2:
            function = PiecewiseLinear(tuple(at), tuple(map(float, values)))
        return criterion(name, at[0], at[-1], direction, function=function)

    def place(self, performance: Given) -> float:
        """The performance as the package represents it."""
        if isinstance(performance, str):
            return float([name for name, _ in self.levels].index(performance))
        return float(performance)


@dataclass(frozen=True)
class Side:
    """One version, in fractions."""

    shares: Mapping[str, Fraction]
    scales: Mapping[str, Scale]
    scores: Mapping[tuple[str, str], Given]  # by option and criterion

    def ranking(self) -> Ranking:
        names = tuple(self.scales)
        options = tuple(dict.fromkeys(option for option, _ in self.scores))
        likely = [[self.scales[name].place(self.scores[option, name]) for name in names] for option in options]
        of = problem(likely, options=options, criteria=[self.scales[name].axis(name) for name in names])
        return rank(of, weights({name: float(self.shares[name]) for name in names}))


@st.composite
def scales(draw: st.DrawFn, levelled: bool) -> Scale:
    """A few different ones, so that versions often share levels, lines and ends; in either direction."""
    inner = sorted(draw(st.lists(st.sampled_from([20, 40, 50, 80]), max_size=2, unique=True)))
    values = [Fraction(value) for value in (0, *inner, 100)]
    if draw(st.booleans()):
        values = values[::-1]
    if levelled:
        names = draw(st.permutations(["poor", "fair", "good", "best"]))[: len(values)]
        return Scale(levels=tuple(zip(names, values, strict=True)))
    low = draw(st.integers(-1, 1)) * 10
    step = draw(st.sampled_from([10, 20]))
    return Scale(corners=tuple((Fraction(low + step * k * (k + 1)), value) for k, value in enumerate(values)))


@st.composite
def scored(draw: st.DrawFn, scale: Scale) -> Given:
    if scale.levels:
        name: str = draw(st.sampled_from([name for name, _ in scale.levels]))
        return name
    return scale.corners[0][0] + (scale.corners[-1][0] - scale.corners[0][0]) * Fraction(draw(st.integers(0, 4)), 4)


@st.composite
def exact_sides(draw: st.DrawFn) -> tuple[Side, Side]:
    """Two versions; the second often shares weights, scales and scores with the first."""
    levelled = {name: draw(st.booleans()) for name in ("c1", "c2", "c3")}
    made: list[Side] = []
    for _ in range(2):
        names = draw(st.permutations(sorted(levelled)))[: draw(st.integers(1, 3))]
        given_points = {name: draw(st.integers(0, 3)) for name in names}
        given_points[names[0]] += 1
        total = sum(given_points.values())
        scales_of: dict[str, Scale] = {}
        for name in names:
            kept = [side.scales[name] for side in made if name in side.scales and draw(st.booleans())]
            kind = levelled[name] if draw(st.integers(0, 5)) else not levelled[name]
            scales_of[name] = kept[0] if kept else draw(scales(kind))
        scores: dict[tuple[str, str], Given] = {}
        for option in ("a", "b", draw(st.sampled_from("cd"))):
            for name in names:
                old = [side.scores[option, name] for side in made if (option, name) in side.scores]
                keeps = bool(old) and draw(st.booleans()) and scales_of[name].value(old[0]) is not None
                scores[option, name] = old[0] if keeps else draw(scored(scales_of[name]))
        made.append(Side({name: Fraction(p, total) for name, p in given_points.items()}, scales_of, scores))
    return made[0], made[1]


def shapley(before: Side, after: Side, option: str, name: str) -> dict[Factor, Fraction]:
    """Weight, performance and function of one cell changed one by one in each of six orders.

    A step that does not exist makes the last two one factor, and what one side lacks it borrows at a weight of zero.
    """
    holders = [side if name in side.scales else other for side, other in ((before, after), (after, before))]
    shares = [side.shares.get(name, Fraction(0)) for side in (before, after)]
    scores = [side.scores[option, name] for side in holders]
    functions = [side.scales[name] for side in holders]

    def at(weight: int, performance: int, function: int) -> Fraction | None:
        found = functions[function].value(scores[performance])
        return None if found is None else shares[weight] * found

    joint = at(0, 1, 0) is None or at(0, 0, 1) is None
    factors: list[tuple[Factor, tuple[int, ...]]] = [("weights", (0,))]
    if joint:
        factors += [("performances-and-value-functions", (1, 2))]
    else:
        factors += [("performances", (1,)), ("value-functions", (2,))]
    found: dict[Factor, Fraction] = {factor: Fraction(0) for factor, _ in factors}
    orders = list(permutations(factors))
    for order in orders:
        state = [0, 0, 0]
        for factor, places in order:
            was = at(state[0], state[1], state[2])
            for place in places:
                state[place] = 1
            now = at(state[0], state[1], state[2])
            assert was is not None and now is not None
            found[factor] += (now - was) / len(orders)
    return found


@settings(repeatable, max_examples=300)
@given(exact_sides())
def test_parts_are_the_shapley_value_in_fractions_with_levels_put_in_taken_out_and_renamed(
    sides: tuple[Side, Side],
) -> None:
    found = attribute(sides[0].ranking(), sides[1].ranking())
    assert set(found.criteria) == {*sides[0].scales, *sides[1].scales}
    assert {"a", "b"} <= set(found.options)
    for option in found.options:
        for name in found.criteria:
            expected = shapley(*sides, option, name)
            row, column = found.row(option), found.criteria.index(name)
            for factor, part in found.parts.items():
                assert part[row, column] == pytest.approx(float(expected.get(factor, 0)), abs=1e-11), (factor, name)


@repeatable
@given(exact_sides())
def test_lines_that_are_zero_are_not_told(sides: tuple[Side, Side]) -> None:
    found = attribute(sides[0].ranking(), sides[1].ranking()).of_pair("a", "b")
    lines = [(part.factor, part.criterion, part.option) for part in found.parts]
    assert len(set(lines)) == len(lines)
    assert all(part.points != 0 for part in found.parts)
    for part in found.parts:
        is_of_one = part.factor in {"performances", "performances-and-value-functions"}
        assert (part.option in {"a", "b"}) if is_of_one else part.option is None


# Planted changes are found where they are --------------------------------------------------------------------------


@st.composite
def planted(draw: st.DrawFn) -> tuple[Problem, WeightVector, int, int]:
    """A problem with weights, and one of its rows and columns."""
    of = draw(problems((2, 5)))
    vector = from_points(of, draw(points(len(of.criteria))))
    return of, vector, draw(st.integers(0, len(of.options) - 1)), draw(st.integers(0, len(of.criteria) - 1))


def other_lines(found: Attribution, kept: Factor) -> list[float]:
    return [float(np.abs(part).max()) for factor, part in found.parts.items() if factor != kept]


@repeatable
@given(planted(), st.booleans())
def test_one_changed_performance_of_any_kind_lands_in_one_cell(
    drawn: tuple[Problem, WeightVector, int, int], to_the_top: bool
) -> None:
    of, vector, row, column = drawn
    axis, likely = of.criteria[column], of.likely.copy()
    likely[row, column] = axis.high if to_the_top else axis.low
    after = replace(of, low=likely, likely=likely, high=likely)
    found = attribute(rank(of, vector), rank(after, vector))
    assert not any(other_lines(found, "performances"))
    expected = np.zeros_like(of.likely)
    expected[row, column] = vector.shares[column] * (after.values - of.values)[row, column]
    np.testing.assert_allclose(found.parts["performances"], expected, rtol=0, atol=1e-12)


@repeatable
@given(planted(), st.sampled_from([1, 3, 12]))
def test_one_longer_scale_of_any_kind_lands_in_the_value_functions(
    drawn: tuple[Problem, WeightVector, int, int], longer: int
) -> None:
    """No performance leaves the scale when it grows, so that every intermediate step exists."""
    of, vector, _, column = drawn
    axis = of.criteria[column]
    if axis.levels:
        return
    wide = criterion(axis.id, axis.low - longer, axis.high + longer, axis.direction)
    after = replace(of, criteria=(*of.criteria[:column], wide, *of.criteria[column + 1 :]))
    found = attribute(rank(of, vector), rank(after, vector))
    assert not any(other_lines(found, "value-functions"))
    expected = np.zeros_like(of.likely)
    expected[:, column] = vector.shares[column] * (after.values - of.values)[:, column]
    np.testing.assert_allclose(found.parts["value-functions"], expected, rtol=0, atol=1e-12)


@repeatable
@given(planted(), st.integers(1, 9), st.booleans())
def test_one_raised_judgement_pushes_each_criterion_by_its_change_of_share_times_the_difference_of_values(
    drawn: tuple[Problem, WeightVector, int, int], more: int, of_two_versions: bool
) -> None:
    of, vector, _, column = drawn
    judgements = vector.shares.copy()
    judgements[column] += more / 10
    raised = from_points(of, judgements.tolist())
    found = attribute(rank(of, vector), rank(replace(of) if of_two_versions else of, raised))
    assert not any(other_lines(found, "weights"))
    change = raised.shares - vector.shares
    assert change[column] >= 0 and (np.delete(change, column) <= 1e-15).all()
    for i, option in enumerate(of.option_ids):
        for j, over in enumerate(of.option_ids):
            pushes = dict(zip(of.criterion_ids, change * (of.values[i] - of.values[j]), strict=True))
            got = {part.criterion: part.points for part in found.of_pair(option, over).parts}
            for name, push in pushes.items():
                assert got.get(name, 0.0) == pytest.approx(push, abs=1e-12)


EQUAL = shared(0.25, 0.25, 0.5)


def test_a_planted_change_of_one_performance_lands_in_its_cell() -> None:
    before = rank(problem([[10, 20, 30], [40, 50, 60]]), EQUAL)
    after = rank(problem([[10, 20, 50], [40, 50, 60]]), EQUAL)
    assert cells(attribute(before, after), "a", "b") == {("performances", "c3", "a"): pytest.approx(10)}
    assert cells(attribute(before, after), "b", "a") == {("performances", "c3", "a"): pytest.approx(-10)}


def test_a_planted_change_of_a_range_lands_in_the_value_functions() -> None:
    likely = [[10.0, 20.0], [40.0, 10.0]]
    before = rank(problem(likely), shared(0.5, 0.5))
    after = rank(problem(likely, criteria=[criterion("c1", 0, 50), criterion("c2")]), shared(0.5, 0.5))
    found = cells(attribute(before, after), "b", "a")
    assert found == {("value-functions", "c1", None): pytest.approx(15)}


def test_a_planted_judgement_lands_in_the_weights_with_the_others_loss_of_share() -> None:
    """The judgement on c1 is raised from 1 to 3: 25% becomes 50%, and the others lose a third of their share each."""
    of = problem([[10, 20, 30], [40, 80, 10]])
    other = replace(of)  # another version that is otherwise the same
    for second in (of, other):
        found = attribute(rank(of, from_points(of, [1, 1, 2])), rank(second, from_points(second, [3, 1, 2])))
        np.testing.assert_allclose(found.shares_before, [1 / 4, 1 / 4, 1 / 2])
        np.testing.assert_allclose(found.shares_after, [1 / 2, 1 / 6, 1 / 3])
        pushes = {("c1"): 30 / 4, ("c2"): -60 / 12, ("c3"): 20 / 6}
        assert cells(found, "b", "a") == {
            ("weights", name, None): pytest.approx(points, abs=1e-12) for name, points in pushes.items()
        }


def test_what_only_one_side_weighs_is_a_change_of_weights() -> None:
    before = rank(problem([[10], [40]]), shared(1.0))
    after = rank(problem([[10, 90], [40, 10]]), shared(0.5, 0.5))
    found = cells(attribute(before, after), "a", "b")
    assert found == {("weights", "c1", None): pytest.approx(15), ("weights", "c2", None): pytest.approx(40)}
    assert cells(attribute(after, before), "a", "b") == pytest.approx({key: -value for key, value in found.items()})


def test_a_performance_off_the_old_scale_makes_one_joint_line() -> None:
    """At 150 the old function, which ends at 100, is not defined; the other option's change has separate lines."""
    before = rank(problem([[50], [50]]), shared(1.0))
    after = rank(problem([[150], [80]], criteria=[criterion("c1", 0, 200)]), shared(1.0))
    found = cells(attribute(before, after), "a", "b")
    assert found == {
        ("performances-and-value-functions", "c1", "a"): pytest.approx(25),
        ("performances", "c1", "b"): pytest.approx(-22.5),
        ("value-functions", "c1", None): pytest.approx(32.5),
    }


def levelled(*names: str, values: tuple[float, ...]) -> CriterionAxis:
    axis = criterion("c1", 0.0, len(names) - 1.0, function=Levels(values), levels=names)
    return replace(axis, level_ids=names)


def test_levels_are_compared_by_their_names_when_one_is_put_between() -> None:
    old = levelled("poor", "good", values=(0, 100))
    new = levelled("poor", "fair", "good", values=(0, 40, 100))
    before = rank(problem([[1], [0]], criteria=[old]), shared(1.0))
    same = rank(problem([[2], [0]], criteria=[new]), shared(1.0))
    assert attribute(before, same).of_pair("a", "b").parts == ()
    moved = rank(problem([[2], [1]], criteria=[new]), shared(1.0))
    assert cells(attribute(before, moved), "a", "b") == {
        ("performances-and-value-functions", "c1", "b"): pytest.approx(-40)
    }


def test_another_unit_leaves_no_step_between() -> None:
    old, new = criterion("c1", 0, 100), replace(criterion("c1", 0, 1000), unit="other")
    before = rank(problem([[50], [20]], criteria=[old]), shared(1.0))
    after = rank(problem([[50], [20]], criteria=[new]), shared(1.0))
    factors = {part.factor for part in attribute(before, after).of_pair("a", "b").parts}
    assert factors == {"performances-and-value-functions"}


def test_unknown_scores_are_refused_by_name_unless_they_weigh_nothing() -> None:
    of = problem([[UNKNOWN, 20], [40, 50], [10, 10]])
    found = attribute(rank(of, shared(0.5, 0.5)), rank(of, shared(0.2, 0.8)))
    assert found.known.tolist() == [False, True, True]
    with pytest.raises(PolicyOptionsError, match="unknown scores of `a`") as raised:
        found.of_pair("b", "a")
    assert (raised.value.faults[0].code, raised.value.faults[0].ids) == ("unknown-score", ("a",))
    assert found.of_pair("b", "c").parts
    nothing = attribute(rank(of, shared(0.0, 1.0)), rank(replace(of), shared(0.0, 1.0)))
    assert nothing.known.all()
    assert nothing.of_pair("a", "b").parts == ()
    filled = replace(of, low=np.nan_to_num(of.low), likely=np.nan_to_num(of.likely), high=np.nan_to_num(of.high))
    assert not attribute(rank(of, shared(0.5, 0.5)), rank(filled, shared(0.5, 0.5))).is_known("a")


def test_an_option_that_only_one_side_has_is_refused_by_name() -> None:
    before = rank(problem([[10], [40]]), shared(1.0))
    after = rank(problem([[10], [40]], options=["a", "c"]), shared(1.0))
    with pytest.raises(PolicyOptionsError, match="`b` is no option of both sides") as raised:
        attribute(before, after).of_pair("a", "b")
    assert (raised.value.faults[0].code, raised.value.faults[0].ids) == ("unknown-id", ("b",))


def test_every_option_with_an_unknown_score_is_named() -> None:
    of = problem([[UNKNOWN, 20], [40, UNKNOWN], [10, 10]])
    found = attribute(rank(of, shared(0.5, 0.5)), rank(of, shared(0.2, 0.8)))
    with pytest.raises(PolicyOptionsError, match="unknown scores of `a` and `b`") as raised:
        found.of_pair("a", "b")
    assert (raised.value.faults[0].code, raised.value.faults[0].ids) == ("unknown-score", ("a", "b"))
    assert raised.value.faults[0].remedy


@pytest.mark.parametrize("turned", [False, True])
def test_a_score_that_is_unknown_only_where_it_weighs_nothing_leaves_no_part_open(turned: bool) -> None:
    """The criterion gains weight when its score becomes known: like a criterion of one side only, a change of weights."""
    sides = [
        rank(problem([[UNKNOWN, 20], [40, 50]]), shared(0.0, 1.0)),
        rank(problem([[10, 20], [40, 50]]), shared(0.5, 0.5)),
    ]
    found = attribute(*reversed(sides)) if turned else attribute(*sides)
    assert found.known.all()
    gap = found.of_pair("a", "b")
    assert gap.change == 0.0
    assert np.isfinite([part.points for part in gap.parts]).all()
    assert sum(part.points for part in gap.parts) == pytest.approx(gap.change, abs=1e-12)


@pytest.mark.parametrize(
    ("names", "values"), [(("poor", "good"), (0, 100)), (("bad", "fine"), (0, 100)), (("fine", "poor"), (0, 100))]
)
def test_levels_under_other_names_share_no_step_but_those_of_the_same_name(
    names: tuple[str, str], values: tuple[float, float]
) -> None:
    old = levelled("poor", "good", values=(0, 100))
    new = levelled(*names, values=values)
    before = rank(problem([[0], [0]], criteria=[old]), shared(1.0))
    after = rank(problem([[1], [0]], criteria=[new]), shared(1.0))
    found = cells(attribute(before, after), "a", "b")
    expected: dict[tuple[str, ...], dict[tuple[str, str, str | None], float]] = {
        ("poor", "good"): {("performances", "c1", "a"): 100},
        ("bad", "fine"): {("performances-and-value-functions", "c1", "a"): 100},
        # `a` stays at poor, which is now the best level; `b` moves to a level that did not exist.
        ("fine", "poor"): {("value-functions", "c1", None): 100},
    }
    assert found == expected[names]


def test_functions_that_are_equal_are_no_change_whatever_their_objects() -> None:
    axis = criterion("c1", function=Linear(0.0, 100.0, "more-is-better"))
    weights: WeightVector = shared(1.0)
    sides = [rank(problem([[10], [40]], criteria=[replace(axis)]), weights) for _ in range(2)]
    assert attribute(*sides).of_pair("a", "b").parts == ()

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.analysis.comparison.attribution import Attribution, attribute
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.value_functions import Levels, Linear
from problems import UNKNOWN, axes, columns, criterion, from_points, points, problem, repeatable, shared

Sides = tuple[Ranking, Ranking]


@st.composite
def versions(draw: st.DrawFn) -> Sides:
    """Two versions of a dossier, of which anything may differ: options, criteria, scales, scores and weights."""
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
def test_parts_are_the_shapley_value_over_the_six_orders(sides: Sides) -> None:
    """Written anew: the three factors are changed one by one, in every order, option by option and criterion by criterion."""
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
    """The value on one axis of a performance that was given on another; ``None`` off its scale, or of another kind."""
    if isinstance(axis.value_function, Levels) != isinstance(held.value_function, Levels):
        return None
    if not axis.low <= performance <= axis.high:
        return None
    return float(axis.value_function(np.array(performance)))


def contribution(done: set[str], known: dict[tuple[bool, bool], float | None], old: float, new: float) -> float:
    found = known[("x" in done, "v" in done)]
    assert found is not None
    return (new if "w" in done else old) * found


def small(likely: list[list[float]], **more: object) -> Problem:
    return problem(likely, **more)  # type: ignore[arg-type]


EQUAL = shared(0.25, 0.25, 0.5)


def test_a_planted_change_of_one_performance_lands_in_its_cell() -> None:
    before = rank(small([[10, 20, 30], [40, 50, 60]]), EQUAL)
    after = rank(small([[10, 20, 50], [40, 50, 60]]), EQUAL)
    assert cells(attribute(before, after), "a", "b") == {("performances", "c3", "a"): pytest.approx(10)}
    assert cells(attribute(before, after), "b", "a") == {("performances", "c3", "a"): pytest.approx(-10)}


def test_a_planted_change_of_a_range_lands_in_the_value_functions() -> None:
    likely = [[10.0, 20.0], [40.0, 10.0]]
    before = rank(small(likely), shared(0.5, 0.5))
    after = rank(small(likely, criteria=[criterion("c1", 0, 50), criterion("c2")]), shared(0.5, 0.5))
    found = cells(attribute(before, after), "b", "a")
    assert found == {("value-functions", "c1", None): pytest.approx(15)}


def test_a_planted_judgement_lands_in_the_weights_with_the_others_loss_of_share() -> None:
    """The judgement on c1 is raised from 1 to 3: 25% becomes 50%, and the others lose a third of their share each."""
    of = small([[10, 20, 30], [40, 80, 10]])
    other = replace(of)  # another version that is the same in everything else
    for second in (of, other):
        found = attribute(rank(of, from_points(of, [1, 1, 2])), rank(second, from_points(second, [3, 1, 2])))
        np.testing.assert_allclose(found.shares_before, [1 / 4, 1 / 4, 1 / 2])
        np.testing.assert_allclose(found.shares_after, [1 / 2, 1 / 6, 1 / 3])
        pushes = {("c1"): 30 / 4, ("c2"): -60 / 12, ("c3"): 20 / 6}
        assert cells(found, "b", "a") == {
            ("weights", name, None): pytest.approx(points, abs=1e-12) for name, points in pushes.items()
        }


def test_what_only_one_side_weighs_is_a_change_of_weights() -> None:
    before = rank(small([[10], [40]]), shared(1.0))
    after = rank(small([[10, 90], [40, 10]]), shared(0.5, 0.5))
    found = cells(attribute(before, after), "a", "b")
    assert found == {("weights", "c1", None): pytest.approx(15), ("weights", "c2", None): pytest.approx(40)}
    assert cells(attribute(after, before), "a", "b") == pytest.approx({key: -value for key, value in found.items()})


def test_a_performance_off_the_old_scale_makes_one_joint_line() -> None:
    """At 150 the old function, which ends at 100, is not defined; the other option's own change has lines of its own."""
    before = rank(small([[50], [50]]), shared(1.0))
    after = rank(small([[150], [80]], criteria=[criterion("c1", 0, 200)]), shared(1.0))
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
    before = rank(small([[1], [0]], criteria=[old]), shared(1.0))
    same = rank(small([[2], [0]], criteria=[new]), shared(1.0))
    assert attribute(before, same).of_pair("a", "b").parts == ()
    moved = rank(small([[2], [1]], criteria=[new]), shared(1.0))
    assert cells(attribute(before, moved), "a", "b") == {
        ("performances-and-value-functions", "c1", "b"): pytest.approx(-40)
    }


def test_another_unit_leaves_no_step_between() -> None:
    old, new = criterion("c1", 0, 100), replace(criterion("c1", 0, 1000), unit="other")
    before = rank(small([[50], [20]], criteria=[old]), shared(1.0))
    after = rank(small([[50], [20]], criteria=[new]), shared(1.0))
    factors = {part.factor for part in attribute(before, after).of_pair("a", "b").parts}
    assert factors == {"performances-and-value-functions"}


def test_unknown_scores_are_refused_by_name_unless_they_weigh_nothing() -> None:
    of = small([[UNKNOWN, 20], [40, 50], [10, 10]])
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
    before = rank(small([[10], [40]]), shared(1.0))
    after = rank(small([[10], [40]], options=["a", "c"]), shared(1.0))
    with pytest.raises(PolicyOptionsError, match="`b` is no option of both sides"):
        attribute(before, after).of_pair("a", "b")


def test_functions_that_are_equal_are_no_change_whatever_their_objects() -> None:
    axis = criterion("c1", function=Linear(0.0, 100.0, "more-is-better"))
    weights: WeightVector = shared(1.0)
    sides = [rank(small([[10], [40]], criteria=[replace(axis)]), weights) for _ in range(2)]
    assert attribute(*sides).of_pair("a", "b").parts == ()

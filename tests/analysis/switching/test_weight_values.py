"""Weight switching values: by hand, against differently formulated programs, and against the conditions for the nearest
point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.elicitation.answers import Answers, Interval
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.solver import minimise, solve
from policy_options.analysis.switching.weight_values import (
    Goal,
    Norm,
    WeightSwitchingValue,
    overtaking,
    weight_switching_values,
)
from policy_options.analysis.weight_region import WeightRegion, band_region, free_region, judged_region
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, chain, elicited, flat, problem, repeatable, shared, weights

Floats = NDArray[np.float64]


def numbers(*given: float) -> Floats:
    return np.array(given, dtype=np.float64)


def among_all(ranking: Ranking, over: str | None = None) -> tuple[WeightSwitchingValue, ...]:
    return weight_switching_values(ranking, free_region(ranking.problem.criterion_ids), over=over)


def of(
    switching_values: tuple[WeightSwitchingValue, ...], option: str, goal: Goal = "overtakes", norm: Norm = "L1"
) -> WeightSwitchingValue:
    (found,) = (tie for tie in switching_values if (tie.option, tie.goal, tie.norm) == (option, goal, norm))
    return found


# --- a pair under L1 ---


def test_weight_moves_from_where_the_gain_is_largest() -> None:
    """b trails by 0.3 * 40 + 0.5 * 10 - 0.2 * 20 = 13; each point moved from c1 to c3 gains 60, so 13/60 of weight moves."""
    found = overtaking(numbers(-40, -10, 20), numbers(0.3, 0.5, 0.2))
    assert found is not None
    np.testing.assert_allclose(found[0], [0.3 - 13 / 60, 0.5, 0.2 + 13 / 60], rtol=0, atol=1e-15)
    assert found[1] == pytest.approx(13 / 60, abs=1e-15)


def test_weight_moves_from_the_next_where_the_first_has_no_more() -> None:
    found = overtaking(numbers(-40, -20, 10), numbers(0.1, 0.9, 0.0))
    assert found is not None
    np.testing.assert_allclose(found[0], [0.0, 1 / 3, 2 / 3], rtol=0, atol=1e-15)


def test_where_several_do_as_well_the_first_in_order_gives_and_takes() -> None:
    found = overtaking(numbers(-10, -10, 10, 10), numbers(0.4, 0.4, 0.1, 0.1))
    assert found is not None
    np.testing.assert_allclose(found[0], [0.1, 0.4, 0.4, 0.1], rtol=0, atol=1e-15)


def test_what_is_level_or_ahead_has_nothing_to_move() -> None:
    for difference in (numbers(10, -10), numbers(20, -10), numbers(0, 0)):
        found = overtaking(difference, numbers(0.5, 0.5))
        assert found is not None
        assert (found[0].tolist(), found[1]) == ([0.5, 0.5], 0.0)


def test_what_is_behind_on_every_criterion_never_overtakes() -> None:
    assert overtaking(numbers(-1, -2), numbers(0.5, 0.5)) is None


def test_what_is_level_on_one_criterion_alone_draws_level_with_all_weight_there() -> None:
    found = overtaking(numbers(-5, 0, -1), numbers(0.25, 0.25, 0.5))
    assert found is not None
    np.testing.assert_allclose(found[0], [0, 1, 0], rtol=0, atol=1e-15)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Floats, Floats]:
    count = draw(st.integers(1, 7))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    whole = draw(st.booleans())
    difference = random.integers(-5, 6, count).astype(np.float64) if whole else random.normal(size=count) * 50
    points = random.integers(0, 4, count) + random.integers(0, 2, count) * random.random(count)
    points[draw(st.integers(0, count - 1))] += 1.0
    return difference, points / points.sum()


@repeatable
@given(pairs())
def test_the_knapsack_is_the_linear_programme(drawn: tuple[Floats, Floats]) -> None:
    """Another formulation: amounts added and taken away, with as much taken as added."""
    difference, shares = drawn
    count = len(shares)
    found = overtaking(difference, shares)
    if found is None:
        assert difference.max() < 0
        return
    new, moved = found
    assert float(new.sum()) == pytest.approx(1.0, abs=1e-12)
    assert float(difference @ new) >= min(0.0, float(difference @ shares)) - 1e-12 * 100
    assert float(np.abs(new - shares).sum()) == pytest.approx(2 * moved, abs=1e-12)
    identity = np.eye(count)
    rows = np.vstack((-np.hstack((difference, -difference))[None] / 100, np.hstack((0 * identity, identity))))
    bounds = np.concatenate(([float(difference @ shares) / 100], shares))
    across = np.concatenate((np.ones(count), -np.ones(count)))[None]
    cost = np.ones(2 * count)
    best = float(minimise(cost, rows, bounds, across, np.zeros(1)).sum())
    assert 2 * moved == pytest.approx(best, abs=1e-12)
    if float(difference @ shares) < 0:
        assert float(difference @ new) == pytest.approx(0.0, abs=1e-11)


def test_weights_that_overtake_are_weights() -> None:
    """None of them is below 0, not even by a rounding error: a weight vector would refuse them."""
    random = np.random.default_rng(1)
    for _ in range(5000):
        count = int(random.integers(2, 6))
        difference = random.integers(-5, 6, count).astype(np.float64)
        points = random.integers(0, 4, count) + 0.0
        points[0] += 1.0
        found = overtaking(difference, points / points.sum())
        if found is not None:
            assert found[0].min() >= 0.0


# --- by hand ---


def test_each_other_option_has_two_goals_under_two_norms() -> None:
    found = among_all(rank(problem([[90, 10], [20, 80], [50, 50]]), shared(0.75, 0.25)))
    assert [(tie.option, tie.goal, tie.norm) for tie in found] == [
        (option, goal, norm) for option in ("c", "b") for goal in ("overtakes", "leads") for norm in ("L1", "L2")
    ]
    assert {tie.over for tie in found} == {"a"}


def test_a_switching_value_on_two_criteria_is_where_the_lines_meet() -> None:
    """a and b tie at w = 1/2 on c1: a quarter moves, which is 1/2 in L1 and 1/4 times the root of 2 in L2."""
    found = among_all(rank(problem([[90, 10], [20, 80]]), shared(0.75, 0.25)))
    for norm, distance in (("L1", 0.5), ("L2", np.sqrt(0.125))):
        tie = of(found, "b", "overtakes", norm)  # type: ignore[arg-type]
        assert tie.weights is not None
        np.testing.assert_allclose(tie.weights, [0.5, 0.5], rtol=0, atol=1e-12)
        assert tie.distance == pytest.approx(distance, abs=1e-12)
        assert tie.moved == pytest.approx(0.25, abs=1e-12)
        assert tie.possible
        assert tie.never is None


def test_to_lead_takes_more_than_to_overtake_the_leader() -> None:
    """b is level with a at 1/2, where c is far ahead of both; b leads only from 1/4 down."""
    found = among_all(rank(problem([[100, 0], [0, 100], [70, 70]]), shared(1.0, 0.0)))
    overtakes, leads = of(found, "b"), of(found, "b", "leads")
    assert overtakes.weights is not None
    assert leads.weights is not None
    np.testing.assert_allclose(overtakes.weights, [0.5, 0.5], rtol=0, atol=1e-12)
    np.testing.assert_allclose(leads.weights, [0.3, 0.7], rtol=0, atol=1e-12)
    assert (overtakes.leads, leads.leads) == (False, True)


def test_what_ties_now_has_no_way_to_go() -> None:
    found = among_all(rank(problem([[100, 0], [0, 100]]), shared(0.5, 0.5)))
    for tie in found:
        assert (tie.distance, tie.moved) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_an_option_that_is_dominated_throughout_never_overtakes() -> None:
    found = among_all(rank(problem([[90, 80], [70, 75]]), shared(0.5, 0.5)))
    for tie in found:
        assert (tie.weights, tie.distance, tie.moved, tie.possible) == (
            None,
            None,
            None,
            False,
        )
        assert tie.never is not None
        assert tie.never.rivals == (("a", 1.0),)
        assert tie.never.margin == 5.0


def test_an_option_between_two_others_never_leads() -> None:
    """c beats a and b each somewhere, and a half-and-half mixture is 10 ahead of it everywhere."""
    found = among_all(rank(problem([[100, 0], [0, 100], [40, 40]]), shared(0.75, 0.25)))
    assert of(found, "c").possible
    never = of(found, "c", "leads").never
    assert never is not None
    assert dict(never.rivals) == pytest.approx({"a": 0.5, "b": 0.5}, abs=1e-9)
    assert never.margin == pytest.approx(10.0, abs=1e-9)


def test_a_band_may_be_too_narrow() -> None:
    ranking = rank(problem([[90, 10], [20, 80]]), shared(0.75, 0.25))
    wide, narrow = (weight_switching_values(ranking, band_region(ranking.weights, band)) for band in (1.0, 0.5))
    assert of(wide, "b").possible
    never = of(narrow, "b").never
    assert never is not None
    assert never.rivals == (("a", 1.0),)
    assert never.margin == pytest.approx(70 * 0.625 - 70 * 0.375, abs=1e-9)


def test_a_band_keeps_weights_that_the_knapsack_would_take_all_of() -> None:
    ranking = rank(problem([[60, 60, 0], [0, 50, 100]]), shared(0.25, 0.5, 0.25))
    found = weight_switching_values(ranking, band_region(ranking.weights, 0.2))
    for tie in found:
        assert tie.weights is not None
        assert band_region(ranking.weights, 0.2).holds(tie.weights)
        assert (tie.weights @ (ranking.problem.values[1] - ranking.problem.values[0])) == pytest.approx(0, abs=1e-9)


def test_the_lead_of_another_than_the_first_can_be_questioned() -> None:
    found = among_all(rank(problem([[90, 10], [20, 80]]), shared(0.75, 0.25)), over="b")
    assert {(tie.option, tie.over) for tie in found} == {("a", "b")}
    assert of(found, "a").distance == 0.0


def test_a_single_option_has_no_switching_values() -> None:
    assert among_all(rank(problem([[1, 2]]), shared(0.5, 0.5))) == ()


def test_a_single_criterion_leaves_no_weight_to_move() -> None:
    found = among_all(rank(problem([[2], [1], [2]]), shared(1.0)))
    assert not of(found, "b").possible
    assert of(found, "c").distance == pytest.approx(0.0, abs=1e-12)


def test_options_that_differ_by_rounding_tie_already() -> None:
    """Values tie within 1e-9 points, and a tied option has nothing to move: it is not behind on every criterion for ever."""
    ranking = rank(problem([[50 + 1e-12, 50 + 1e-12], [50, 50]]), shared(0.5, 0.5))
    assert ranking.leaders == ("a", "b")
    for tie in among_all(ranking):
        assert tie.possible
        assert tie.distance == pytest.approx(0.0, abs=1e-12)


def test_the_first_of_the_others_alone_may_be_asked_for() -> None:
    ranking = rank(problem([[90, 10], [20, 80], [50, 50]]), shared(0.75, 0.25))
    region = free_region(ranking.problem.criterion_ids)
    few = weight_switching_values(ranking, region, most=1)
    assert [tie.option for tie in few] == ["c"] * 4
    assert [tie.distance for tie in few] == [tie.distance for tie in among_all(ranking)[:4]]


def test_weights_of_next_to_nothing_in_a_band_are_no_hindrance() -> None:
    """c1 can have at most a fifty-thousandth. b is level where c2 has half as much again as c3."""
    of_two = problem([[25, 100, 25], [25, 50, 100]])
    ranking = rank(of_two, shared(1e-5, 0.70906, 0.29093))
    assert ranking.leaders == ("a",)
    found = weight_switching_values(ranking, band_region(ranking.weights, 1.0))
    for norm in ("L1", "L2"):
        tie = of(found, "b", "overtakes", norm)
        assert tie.weights is not None
        np.testing.assert_allclose(tie.weights[1] * 2, tie.weights[2] * 3, rtol=0, atol=1e-9)
        assert tie.moved == pytest.approx(0.10906, abs=2e-5)


@pytest.mark.parametrize(
    ("values", "shares", "band"),
    [
        ([[70, 75, 60], [80, 100, 10], [65, 40, 95], [100, 80, 85], [90, 100, 10]], [2.6e-05, 0.27885, 0.721124], 0.5),
        (
            [[50, 25, 75, 95, 25, 30, 55], [70, 65, 45, 45, 85, 60, 85], [15, 55, 45, 55, 60, 90, 95]],
            [0.0103, 0.0001, 0.5003, 0.0327, 0.1132, 0.1022, 0.2412],
            0.5,
        ),
        ([[50, 50, 50], [50, 50, 50]], [0.7635189, 0.2364807, 4e-07], 0.5),
    ],
)
def test_a_ten_thousandth_of_weight_in_a_band_is_no_hindrance(
    values: list[list[float]], shares: list[float], band: float
) -> None:
    ranking = rank(problem(values), shared(*shares))
    for tie in weight_switching_values(ranking, band_region(ranking.weights, band)):
        assert tie.possible == (tie.never is None)
        if tie.weights is not None:
            assert band_region(ranking.weights, band).holds(tie.weights)


@pytest.mark.parametrize(
    ("values", "intervals"),
    [
        ([[40, 10, 5], [0, 50, 30], [25, 15, 25], [5, 75, 15]], [(1, 50), (1, 50)]),
        ([[85, 75, 90, 5], [55, 85, 60, 60], [20, 20, 75, 80], [70, 95, 40, 70]], [(59, 70), (4, 15), (15, 16)]),
        (
            [[35, 35, 100, 45, 95], [5, 25, 70, 20, 50], [20, 70, 15, 90, 60], [20, 100, 60, 85, 55]],
            [(33, 65), (26, 53), (47, 74), (55, 90)],
        ),
    ],
)
def test_ordinary_intervals_are_no_hindrance(values: list[list[float]], intervals: list[tuple[float, float]]) -> None:
    names = tuple(f"c{column + 1}" for column in range(len(values[0])))
    judgements: dict[str, float | Interval] = {"c1": 100.0}
    judgements |= {name: Interval(*ends) for name, ends in zip(names[1:], intervals, strict=True)}
    found = elicited(names, Answers(judgements), "swing")
    region = judged_region(found, flat(names))
    assert region is not None
    for tie in weight_switching_values(rank(problem(values), found.weights), region):
        assert tie.possible == (tie.never is None)
        if tie.weights is not None:
            assert region.holds(tie.weights)


@pytest.mark.parametrize("size", [1.0, 1e-2, 1e-5])
def test_however_close_values_lie_both_norms_go_as_far(size: float) -> None:
    """On two criteria there is only one direction: to where 4 w1 = 5 w2. The lead of b exceeds a tie at all sizes."""
    of_two = problem([[50, 50], [50 - 4 * size, 50 + 5 * size]])
    ranking = rank(of_two, shared(0.55, 0.45))
    assert ranking.leaders == ("b",)
    found = weight_switching_values(ranking, band_region(ranking.weights, 0.5))
    for norm in ("L1", "L2"):
        assert of(found, "a", "overtakes", norm).moved == pytest.approx(5 / 9 - 0.55, abs=1e-5)


# --- unknown scores ---


def test_an_unknown_score_is_refused_by_name() -> None:
    ranking = rank(problem([[1, 2], [UNKNOWN, 4]]), shared(0.0, 1.0))
    with pytest.raises(PolicyOptionsError) as caught:
        among_all(ranking)
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("unknown-score", ("b",))


def test_an_unknown_score_that_can_gain_no_weight_is_no_hindrance() -> None:
    ranking = rank(problem([[90, 10, UNKNOWN], [20, 80, 1]]), shared(0.75, 0.25, 0.0))
    found = weight_switching_values(ranking, band_region(ranking.weights, 1.0))
    assert of(found, "b").moved == pytest.approx(0.25, abs=1e-9)


# --- weights are matched by id ---


def test_the_criteria_of_a_region_are_matched_by_id() -> None:
    """The weights of a set may be in another order than those of the problem."""
    ranking = rank(problem([[100, 0], [0, 100]]), weights({"c2": 0.75, "c1": 0.25}))
    assert ranking.in_order == ("b", "a")
    found = weight_switching_values(ranking, band_region(ranking.weights, 1.0))
    tie = of(found, "a")
    assert tie.weights is not None
    assert tie.moved == pytest.approx(0.25, abs=1e-9)
    assert not of(weight_switching_values(ranking, band_region(ranking.weights, 0.2)), "a").possible


# --- against the conditions for the nearest point ---


@dataclass(frozen=True)
class Drawn:
    ranking: Ranking
    region: WeightRegion

    def differences(self, tie: WeightSwitchingValue) -> Floats:
        """Values of the option less those of the options it has to tie with."""
        of = self.ranking.problem
        row = of.option_index[tie.option]
        rivals = [of.option_index[tie.over]] if tie.goal == "overtakes" else [r for r in self.ranking.order if r != row]
        return np.asarray(of.values[row] - of.values[rivals])

    def rows(self, differences: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """The weights of the region that bring the option level, as a linear program over w >= 0."""
        region, n = self.region, len(self.region.lower)
        rows = np.vstack((-differences / 100, region.at_most, -np.eye(n), np.eye(n)))
        nothing = np.zeros(len(differences) + len(region.at_most))
        equal = np.vstack((region.equal, np.ones((1, n))))
        return (
            rows,
            np.concatenate((nothing, -region.lower, region.upper)),
            equal,
            np.concatenate((np.zeros(len(region.equal)), [1.0])),
        )


def judged(random: np.random.Generator, names: tuple[str, ...]) -> tuple[WeightVector, WeightRegion] | None:
    """An order of some criteria, or intervals relative to the first."""
    if len(names) < 2:
        return None
    if random.random() < 0.5:
        answers = Answers({}, (chain(" > ".join(random.permutation(names))),))
    else:
        ends = [sorted(random.integers(1, 101, 2).tolist()) for _ in names[1:]]
        answers = Answers(
            {names[0]: 100.0} | {name: Interval(*pair) for name, pair in zip(names[1:], ends, strict=True)}
        )
    found = elicited(names, answers, "swing")
    region = judged_region(found, flat(names))
    return None if region is None else (found.weights, region)


@st.composite
def drawings(draw: st.DrawFn) -> Drawn:
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    options, criteria = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    step = draw(st.sampled_from([50, 25, 1]))
    of = problem(np.asarray(random.integers(0, 100 // step + 1, (options, criteria)), dtype=np.float64) * step)
    points = random.integers(0, 5, criteria) + 0.0
    points[0] += 1.0
    vector = shared(*(points / points.sum()))
    kind = draw(st.sampled_from(["free", "narrow", "wide", "judged"]))
    if kind == "judged":
        found = judged(random, of.criterion_ids)
        if found is not None:
            return Drawn(rank(of, found[0]), found[1])
    if kind in ("narrow", "wide"):
        return Drawn(rank(of, vector), band_region(vector, 0.2 if kind == "narrow" else 0.9))
    return Drawn(rank(of, vector), free_region(of.criterion_ids))


def possible(drawn: Drawn) -> Iterator[tuple[WeightSwitchingValue, Floats]]:
    for tie in weight_switching_values(drawn.ranking, drawn.region):
        if tie.weights is not None:
            yield tie, tie.weights


@repeatable
@given(drawings())
def test_a_switching_value_is_in_the_region_level_with_all_and_as_far_as_it_says(drawn: Drawn) -> None:
    for tie, to in possible(drawn):
        differences, step = drawn.differences(tie), to - drawn.ranking.shares
        assert drawn.region.holds(to)
        assert (differences @ to).min() >= -1e-8
        behind = drawn.ranking.problem.values @ to
        behind = behind.max() - behind[drawn.ranking.problem.option_index[tie.option]]
        assert tie.leads if behind < 1e-8 else not tie.leads or behind < 1e-5
        assert tie.moved == pytest.approx(np.abs(step).sum() / 2, abs=1e-12)
        assert tie.distance == pytest.approx(
            np.abs(step).sum() if tie.norm == "L1" else np.linalg.norm(step), abs=1e-12
        )
        if (differences @ drawn.ranking.shares).min() < -1e-6 and drawn.region.holds(drawn.ranking.shares):
            assert (differences @ to).min() == pytest.approx(0.0, abs=1e-8)


@repeatable
@given(drawings())
def test_no_weights_are_nearer_by_l1(drawn: Drawn) -> None:
    n = len(drawn.region.lower)
    shares = drawn.ranking.shares
    for tie, _ in possible(drawn):
        if tie.norm == "L2":
            continue
        rows, bounds, equal, totals = drawn.rows(drawn.differences(tie))
        # Distances z >= |w - shares| as rows, while the module moves up and down.
        wide = np.hstack((rows, np.zeros((len(rows), n))))
        beyond = np.vstack((np.hstack((np.eye(n), -np.eye(n))), np.hstack((-np.eye(n), -np.eye(n)))))
        equal = np.hstack((equal, np.zeros((len(equal), n))))
        cost = np.concatenate((np.zeros(n), np.ones(n)))
        best = solve(cost, np.vstack((wide, beyond)), np.concatenate((bounds, shares, -shares)), equal, totals).x
        assert tie.distance == pytest.approx(float(cost @ best), abs=1e-9)


@repeatable
@given(drawings())
def test_no_direction_leads_nearer_by_l2(drawn: Drawn) -> None:
    """(shares - w) . (z - w) <= 0 for all feasible weights z, which only the nearest point satisfies."""
    for tie, to in possible(drawn):
        if tie.norm == "L1":
            continue
        away = drawn.ranking.shares - to
        furthest = minimise(-away, *drawn.rows(drawn.differences(tie)))
        assert float(away @ (furthest - to)) <= 1e-9


@repeatable
@given(drawings())
def test_to_lead_is_never_nearer_than_to_overtake(drawn: Drawn) -> None:
    found = weight_switching_values(drawn.ranking, drawn.region)
    for option in drawn.ranking.in_order[1:]:
        for norm in ("L1", "L2"):
            overtakes, leads = of(found, option, "overtakes", norm), of(found, option, "leads", norm)
            if leads.distance is None:
                continue
            assert overtakes.distance is not None
            assert leads.distance >= overtakes.distance - 1e-9


def corners(region: WeightRegion) -> list[Floats]:
    """Points of which every weight vector of a region is a mean."""
    if region.kind == "free":
        return list(np.eye(len(region.lower)))
    if region.kind == "judgements":
        assert region.pieces is not None
        every = [column for piece in region.pieces for column in piece.vertices.T]
        return [corner for corner in every if region.holds(corner)]
    found = []
    for column in range(len(region.lower)):
        others = [k for k in range(len(region.lower)) if k != column]
        for at in product(*[(region.lower[k], region.upper[k]) for k in others]):
            corner = np.zeros(len(region.lower))
            corner[others] = at
            corner[column] = 1.0 - corner.sum()
            if region.holds(corner, 1e-12):
                found.append(corner)
    return found


@repeatable
@given(drawings())
def test_never_is_proven_on_every_corner_of_the_region(drawn: Drawn) -> None:
    of: Problem = drawn.ranking.problem
    for tie in weight_switching_values(drawn.ranking, drawn.region):
        if tie.never is None:
            continue
        parts = [part for _, part in tie.never.rivals]
        assert sum(parts) == pytest.approx(1.0, abs=1e-8)
        assert min(parts) > 0
        assert tie.never.margin > 0
        assert tie.option not in dict(tie.never.rivals)
        mixture = sum(part * of.values[of.option_index[rival]] for rival, part in tie.never.rivals)
        ahead = mixture - of.values[of.option_index[tie.option]]
        least = min(float(ahead @ corner) for corner in corners(drawn.region))
        assert least >= tie.never.margin - 1e-6
        if tie.goal == "overtakes":
            assert dict(tie.never.rivals) == pytest.approx({tie.over: 1.0})
            assert tie.never.margin == pytest.approx(least, abs=1e-6)

"""Single scores as figures to type: steps, levels, red lines and local scales, each checked by ranking again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from policy_options.analysis.acceptability.sampled import Precision
from policy_options.analysis.assessment import assess
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.analysis.robustness import Robustness, RobustnessSettings, robustness
from policy_options.analysis.switching.scores import ScoreSwitch
from policy_options.analysis.value_functions import Levels, Linear, with_ends
from policy_options.analysis.weight_region import band_region
from problems import UNKNOWN, criterion, problem, repeatable, shared, weighted


def firm_of(of: Problem, weights: WeightVector) -> Robustness:
    settings = RobustnessSettings(precision=Precision(samples=1_024))
    return robustness(assess(of, weights, baseline=None, threshold=0.0), band_region(weights, 0.25), settings)


def with_score(of: Problem, option: str, criterion_id: str, performance: float) -> Problem:
    """The problem with a score moved, its range stretched to include it, and local scales rebuilt."""
    row, column = of.option_index[option], of.criterion_ids.index(criterion_id)
    arrays = {name: getattr(of, name).copy() for name in ("low", "likely", "high")}
    certain = arrays["low"][row, column] == arrays["high"][row, column]
    arrays["likely"][row, column] = performance
    for name, pick in (("low", min), ("high", max)):
        arrays[name][row, column] = performance if certain else pick(arrays[name][row, column], performance)
    axes = list(of.criteria)
    if axes[column].local:
        ends = float(arrays["low"][:, column].min()), float(arrays["high"][:, column].max())
        moved = with_ends(axes[column].value_function, *ends)
        axes[column] = replace(axes[column], low=ends[0], high=ends[1], value_function=moved)
    return replace(of, criteria=tuple(axes), **arrays)


def switches(firm: Robustness) -> list[ScoreSwitch]:
    return [switch for tie in firm.score_switching_values.switching_values if (switch := firm.typed(tie)) is not None]


@repeatable
@given(weighted((2, 5)))
def test_what_is_typed_puts_the_options_first_that_are_named(drawn: tuple[Problem, WeightVector]) -> None:
    of, weights = drawn
    firm = firm_of(of, weights)
    for switch in switches(firm):
        after = assess(
            with_score(of, switch.option, switch.criterion, switch.to), weights, baseline=None, threshold=0.0
        )
        if switch.level:
            assert after.ranking.value(switch.taking_over[0]) == pytest.approx(
                after.ranking.value(firm.leader), abs=1e-6
            )
        else:
            assert set(after.ranking.leaders) == set(switch.taking_over)
            assert firm.leader not in after.ranking.leaders


def test_a_step_names_the_first_figure_that_can_be_reached() -> None:
    axes = [replace(criterion("c1", 0.0, 5.0), step=1.0), criterion("c2")]
    of = problem([[4, 50], [3, 45]], criteria=axes, low=[[2, 50], [3, 45]], high=[[5, 50], [3, 45]])
    (switch,) = firm_of(of, shared(0.5, 0.5)).score_switches
    # a is ahead by 12.5 points: it may lose 1.25 of c1, and the first whole figure beyond is 2, never 2.75.
    assert (switch.option, switch.criterion, switch.to, switch.taking_over) == ("a", "c1", 2.0, ("b",))


def test_a_step_that_would_leave_the_range_is_no_switch_within_it() -> None:
    axes = [replace(criterion("c1", 0.0, 5.0), step=1.0), criterion("c2")]
    of = problem([[4, 50], [3, 45]], criteria=axes, low=[[2.6, 50], [3, 45]], high=[[5, 50], [3, 45]])
    firm = firm_of(of, shared(0.5, 0.5))
    assert len(firm.score_switching_values.within) == 1  # 2.75 is within 2.6 to 5
    assert firm.score_switches == ()


def test_on_levels_a_tie_goes_on_to_the_next_level() -> None:
    axis = criterion("c1", 0.0, 2.0, function=Levels((0.0, 50.0, 100.0)), levels=("low", "middling", "high"))
    of = problem([[2, 50], [1, 50]], criteria=[axis, criterion("c2")], low=[[0, 50], [1, 50]], high=[[2, 50], [1, 50]])
    (switch,) = firm_of(of, shared(0.5, 0.5)).score_switches
    assert (switch.to, switch.level) == (0.0, False)  # at 1 the two are level


def test_a_red_line_is_crossed_before_values_turn() -> None:
    axes = [criterion("c1", red_line=40.0), criterion("c2")]
    of = problem([[50, 90], [60, 20]], criteria=axes, low=[[30, 90], [60, 20]], high=[[60, 90], [60, 20]])
    firm = firm_of(of, shared(0.5, 0.5))
    (switch,) = firm.score_switches
    assert (switch.option, switch.criterion, switch.by_red_line) == ("a", "c1", True)
    assert switch.to == 39.9
    after = assess(with_score(of, "a", "c1", 39.9), shared(0.5, 0.5), baseline=None, threshold=0.0)
    assert (after.first, after.ranking.leaders) == ("b", ("a",))
    assert assess(with_score(of, "a", "c1", 40.0), shared(0.5, 0.5), baseline=None, threshold=0.0).first == "a"


def test_an_option_that_comes_to_meet_a_red_line_can_lead() -> None:
    axes = [criterion("c1", red_line=40.0), criterion("c2")]
    of = problem(
        [[50, 50], [30, 95], [45, 40]], criteria=axes, low=[[50, 50], [20, 95], [45, 40]], high=[[50, 50], [45, 95], [45, 40]]
    )  # fmt: skip
    firm = firm_of(of, shared(0.5, 0.5))
    assert (firm.left_out, firm.leader) == (("b",), "a")
    (switch,) = firm.score_switches
    assert (switch.option, switch.by_red_line, switch.taking_over) == ("b", True, ("b",))
    assert 40.0 <= switch.to <= 40.1
    after = assess(with_score(of, "b", "c1", switch.to), shared(0.5, 0.5), baseline=None, threshold=0.0)
    assert after.first == "b"


def local(id: str, of: np.ndarray, column: int) -> CriterionAxis:
    low, high = float(of[:, column].min()), float(of[:, column].max())
    return replace(criterion(id, low, high, function=Linear(low, high, "more-is-better")), local=True)


@pytest.mark.parametrize("row", [[8.0, 6.0, 2.0], [6.0, 8.0, 2.0], [9.0, 3.0, 1.0]])
def test_on_a_local_scale_the_ends_follow_the_score(row: list[float]) -> None:
    likely = np.array([[score, other] for score, other in zip(row, (60.0, 50.0, 0.0), strict=True)])
    of = problem(likely, criteria=[local("c1", likely, 0), criterion("c2")])
    weights = shared(0.4, 0.6)
    firm = firm_of(of, weights)
    found = [switch for switch in switches(firm) if switch.criterion == "c1"]
    assert found
    for switch in found:
        after = assess(with_score(of, switch.option, "c1", switch.to), weights, baseline=None, threshold=0.0)
        assert firm.leader not in after.ranking.leaders
        # No value from the present one to just before the figure would have changed the leader.
        for part in np.linspace(0.0, 0.98, 25):
            between = float(likely[of.option_index[switch.option], 0] * (1 - part) + switch.to * part)
            before = assess(with_score(of, switch.option, "c1", between), weights, baseline=None, threshold=0.0)
            assert firm.leader in before.ranking.leaders


def test_an_unknown_score_has_no_likely_one_to_move_from() -> None:
    firm = firm_of(problem([[80, 80], [UNKNOWN, 70], [50, 40]]), shared(0.5, 0.5))
    assert all((tie.option, tie.criterion) != ("b", "c1") for tie in firm.score_switching_values.switching_values)

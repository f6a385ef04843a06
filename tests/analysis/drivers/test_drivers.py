"""The drivers of a ranking, by hand and by recomputing the ranking."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from policy_options.analysis.distributions import Triangular, Uncertainty
from policy_options.analysis.drivers.low_confidence import at_their_ends
from policy_options.analysis.drivers.reversal import reversals
from policy_options.analysis.drivers.tornado import tornado, weight_ranges
from policy_options.analysis.drivers.value_of_information import value_of_information
from policy_options.analysis.ranking import rank
from policy_options.analysis.value_functions import Levels, Linear
from policy_options.analysis.weight_region import band_region, free_region
from problems import criterion, problem, shared


def test_each_bar_is_what_ranking_again_gives() -> None:
    random = np.random.default_rng(3)
    likely = random.uniform(30, 70, (4, 3))
    of = problem(likely, low=likely - 20, high=likely + 20)
    weights = shared(0.5, 0.3, 0.2)
    ranking = rank(of, weights)
    found = tornado(ranking, band_region(weights, 0.5))
    leader = of.option_index[found.leader]
    assert len(found.bars) == 4 * 3 + 3
    for bar in found.bars:
        for end, lead, ahead in (
            (bar.low, bar.lead_at_low, bar.ahead_at_low),
            (bar.high, bar.lead_at_high, bar.ahead_at_high),
        ):
            column = of.criterion_ids.index(bar.criterion)
            shares, scores = ranking.shares.copy(), likely.copy()
            if bar.option is None:
                shares = shares * (1 - end) / (1 - shares[column])
                shares[column] = end
            else:
                scores[of.option_index[bar.option], column] = end
            overall = scores @ shares
            rest = np.delete(overall, leader)
            assert lead == pytest.approx(overall[leader] - rest.max(), abs=1e-9)
            assert (ahead is None) == (lead >= 0)
            if ahead is not None:
                assert overall[of.option_index[ahead]] == pytest.approx(rest.max())
    assert [bar.span for bar in found.bars] == sorted((bar.span for bar in found.bars), reverse=True)


def test_a_weight_runs_only_as_far_as_the_others_leave_room() -> None:
    # 90% may rise by half of itself, but the other has only 5% to give.
    assert weight_ranges(band_region(shared(0.9, 0.1), 0.5)) == [
        pytest.approx((0.85, 0.95)),
        pytest.approx((0.05, 0.15)),
    ]
    assert weight_ranges(free_region(("c1", "c2"))) == [(0.0, 1.0), (0.0, 1.0)]


def triangle_gain(low: float, likely: float, high: float, share: float, behind: float) -> float:
    """E max(share (X - mean) - behind, 0) by brute force."""
    x = Triangular(low, likely, high).quantiles((np.arange(400_000) + 0.5) / 400_000)
    return float(np.maximum(share * (x - (low + likely + high) / 3) - behind, 0).mean())


def test_information_is_worth_what_it_gains_on_average() -> None:
    of = problem([[60, 50], [50, 55]], low=[[40, 50], [50, 55]], high=[[80, 50], [50, 55]])
    found = value_of_information(of, shared(0.5, 0.5), Uncertainty())
    (only,) = found.judgements
    # a has 55 and b 52.5: knowing a's score helps where it falls more than 5 below its mean.
    assert (only.option, only.criterion, found.leader) == ("a", "c1", "a")
    assert only.points == pytest.approx(triangle_gain(40, 60, 80, 0.5, 2.5), abs=1e-5)


def test_expected_values_may_put_another_first_than_likely_scores_do() -> None:
    of = problem([[60], [58]], low=[[10], [58]], high=[[62], [58]])
    found = value_of_information(of, shared(1.0), Uncertainty())
    assert found.leader == "b"
    assert rank(of, shared(1.0)).leaders == ("a",)
    np.testing.assert_allclose(found.expected, [44, 58], rtol=0, atol=1e-6)


def test_what_cannot_change_the_choice_is_worth_nothing() -> None:
    of = problem([[80], [20]], low=[[70], [10]], high=[[90], [30]])
    assert [one.points for one in value_of_information(of, shared(1.0), Uncertainty()).judgements] == [0.0, 0.0]


def test_levels_are_summed_and_linked_scores_taken_together() -> None:
    axis = criterion("c1", 0, 2, function=Levels((0.0, 50.0, 100.0)), levels=("a", "b", "c"))
    of = problem([[1], [1]], criteria=[axis], low=[[0], [1]], high=[[2], [1]])
    found = value_of_information(of, shared(1.0), Uncertainty())
    # a is 0, 50 or 100 with shares 1/4, 1/2, 1/4, against b's 50.
    assert found.judgements[0].points == pytest.approx(12.5, abs=1e-9)
    together = value_of_information(of, shared(1.0), Uncertainty(together=True))
    assert together.judgements[0].option is None
    assert together.judgements[0].points == pytest.approx(12.5, abs=1e-9)


def test_scores_that_move_together_leave_nothing_to_learn_about_who_is_ahead() -> None:
    of = problem([[60], [50]], low=[[40], [30]], high=[[80], [70]])
    assert value_of_information(of, shared(1.0), Uncertainty(together=True)).judgements[0].points == pytest.approx(
        0, abs=1e-9
    )
    assert value_of_information(of, shared(1.0), Uncertainty()).judgements[0].points > 0.3


def test_leaving_out_an_option_can_reorder_the_others_on_a_local_scale() -> None:
    # c spreads the first criterion wide, so that a's lead over b there counts little; without c it counts fully.
    local = replace(criterion("c1", 0, 100), local=True, value_function=Linear(0, 100, "more-is-better"))
    of = problem([[10, 40], [0, 60], [100, 0]], criteria=[local, criterion("c2")])
    found = reversals(rank(of, shared(0.5, 0.5)))
    assert found.local == ("c1",)
    assert not found.impossible
    assert [(one.without, one.before, one.after) for one in found.found] == [("c", ("b", "a"), ("a", "b"))]
    assert found.found[0].leader_changes


def test_on_global_scales_a_reversal_is_impossible_by_construction() -> None:
    assert reversals(rank(problem([[10, 40], [0, 60], [100, 0]]), shared(0.5, 0.5))).impossible


def test_a_local_scale_without_two_ends_is_told() -> None:
    local = replace(criterion("c1", 0, 100), local=True)
    of = problem([[10, 40], [10, 60], [100, 0]], criteria=[local, criterion("c2")])
    assert reversals(rank(of, shared(0.5, 0.5))).undefined == ("c",)


def test_a_score_of_low_confidence_is_looked_at_at_its_ends() -> None:
    of = problem([[60, 50], [50, 58]], low=[[50, 50], [50, 58]], high=[[70, 50], [50, 58]])
    (found,) = at_their_ends(rank(replace(of, low_confidence=((0, 0), (1, 1))), shared(0.5, 0.5)))
    assert (found.option, found.criterion) == ("a", "c1")
    assert (found.leaders_at_low, found.leaders_at_high) == (("b",), ("a",))
    assert found.order_changes
    assert found.leader_changes

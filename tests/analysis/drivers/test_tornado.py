"""The tornado by recomputing the ranking, on problems of every kind, and the ranges of its weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from policy_options import PolicyOptionsError
from policy_options.analysis.drivers.tornado import Bar, tornado, weight_ranges
from policy_options.analysis.elicitation.answers import Answers, Interval
from policy_options.analysis.elicitation.deriving import Paths, elicit
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import rank
from policy_options.analysis.weight_region import WeightRegion, band_region, free_region, judged_region
from problems import PLAIN, SIBLINGS, UNKNOWN, criterion, flat, problem, repeatable, shared, weighted


def judged(of: Paths, answers: Answers, *, down_tree: bool = False) -> WeightRegion:
    elicited = elicit(of, answers, id="set", method="swing", settings=SIBLINGS if down_tree else PLAIN)
    region = judged_region(elicited, of)
    assert region is not None
    return region


def lead_again(of: Problem, weights: WeightVector, leader: str, bar: Bar, end: float) -> float:
    """The lead with everything ranked again and one score or one weight at an end."""
    column = of.criterion_ids.index(bar.criterion)
    shares = weights.along(of.criterion_ids).copy()
    if bar.option is None:
        rest = 1 - shares[column]
        shares *= (1 - end) / rest
        shares[column] = end
    else:
        likely = of.likely.copy()
        likely[of.option_index[bar.option], column] = end
        of = replace(of, low=likely, likely=likely, high=likely)
    values = of.values @ shares
    row = of.option_index[leader]
    return float(values[row] - np.delete(values, row).max())


@repeatable
@given(weighted((2, 6)))
def test_every_bar_is_what_ranking_again_gives(drawn: tuple[Problem, WeightVector]) -> None:
    of, weights = drawn
    ranking = rank(of, weights)
    found = tornado(ranking, free_region(of.criterion_ids))
    assert found.leader == ranking.in_order[0]
    shares = weights.along(of.criterion_ids)
    scores = {(bar.option, bar.criterion) for bar in found.bars if bar.kind == "score"}
    assert scores == {
        (of.option_ids[row], of.criterion_ids[column])
        for row, column in np.argwhere((of.low < of.high) & (shares > 0)).tolist()
    }
    assert {bar.criterion for bar in found.bars if bar.kind == "weight"} == {
        name for name, share in zip(of.criterion_ids, shares, strict=True) if share < 1
    }
    for bar in found.bars:
        assert bar.lead_at_low == pytest.approx(lead_again(of, weights, found.leader, bar, bar.low), abs=1e-8)
        assert bar.lead_at_high == pytest.approx(lead_again(of, weights, found.leader, bar, bar.high), abs=1e-8)
        assert bar.switching_values == (bar.ahead_at_low is not None or bar.ahead_at_high is not None)
        # The lead between the ends, by ranking again, stays within the span, which the ends and the peak attain.
        between = np.linspace(bar.low, bar.high, 7)
        if bar.option is not None and of.criterion(bar.criterion).levels:
            between = np.arange(bar.low, bar.high + 1)
        leads = [lead_again(of, weights, found.leader, bar, float(at)) for at in between]
        assert bar.least - 1e-8 <= min(leads) and max(leads) <= bar.most + 1e-8
        assert bar.span == bar.most - bar.least
        if bar.peak is not None:
            assert bar.kind == "weight" and bar.low < bar.peak.at < bar.high
            assert bar.peak.lead > max(bar.lead_at_low, bar.lead_at_high)
            assert bar.peak.lead == pytest.approx(lead_again(of, weights, found.leader, bar, bar.peak.at), abs=1e-8)
        assert bar.least - 1e-8 <= found.lead <= bar.most + 1e-8
    spans = [bar.span for bar in found.bars]
    assert spans == sorted(spans, reverse=True)


def test_a_rival_that_falls_behind_leaves_the_lead_to_the_next() -> None:
    """b is 10 behind and may fall by 40; c, 15 behind, is then the best of the rest."""
    of = problem(
        [[60, 60], [50, 50], [45, 45]], low=[[60, 60], [10, 50], [45, 45]], high=[[60, 60], [90, 50], [45, 45]]
    )
    (bar,) = tornado(rank(of, shared(0.5, 0.5)), band_region(shared(0.5, 0.5), 0.2)).bars[:1]
    assert (bar.option, bar.criterion, bar.low, bar.high) == ("b", "c1", 10, 90)
    assert [bar.lead_at_low, bar.lead_at_high] == pytest.approx([15, -10])
    assert (bar.ahead_at_low, bar.ahead_at_high) == (None, "b")
    assert bar.span == pytest.approx(25)


def test_the_lead_along_a_weight_peaks_where_the_best_rival_changes() -> None:
    """a has 60 throughout; b runs from 80 to 20 as the weight of c1 rises, and c from 20 to 80. They cross halfway at 50,
    where the lead is 10; at both ends a is 20 behind. The weight is 40% now, where b has 56.
    """
    of = problem([[60, 60], [20, 80], [80, 20]])
    bar = next(bar for bar in tornado(rank(of, shared(0.4, 0.6)), free_region(of.criterion_ids)).bars)
    assert bar.peak is not None
    assert [bar.peak.at, bar.peak.lead] == pytest.approx([0.5, 10])
    assert [bar.lead_at_low, bar.lead_at_high] == pytest.approx([-20, -20])
    assert [bar.least, bar.most, bar.span] == pytest.approx([-20, 10, 30])
    # Over 36 to 44% only b is the best rival, and the lead rises throughout.
    narrow = next(bar for bar in tornado(rank(of, shared(0.4, 0.6)), band_region(shared(0.4, 0.6), 0.1)).bars)
    assert narrow.peak is None


def test_another_leader_may_be_asked_about_and_its_lead_is_negative() -> None:
    of = problem([[60, 60], [50, 50]])
    found = tornado(rank(of, shared(0.5, 0.5)), band_region(shared(0.5, 0.5), 0.2), leader="b")
    assert found.leader == "b"
    assert found.lead == pytest.approx(-10)
    assert all(bar.ahead_at_low == bar.ahead_at_high == "a" for bar in found.bars)


def test_less_of_a_cost_is_a_larger_lead() -> None:
    axes = [criterion("c1", 0, 10, "less-is-better"), criterion("c2")]
    of = problem([[2, 50], [4, 50]], criteria=axes, low=[[1, 50], [4, 50]], high=[[5, 50], [4, 50]])
    bar = next(bar for bar in tornado(rank(of, shared(0.5, 0.5)), free_region(of.criterion_ids)).bars if bar.option)
    assert [bar.lead_at_low, bar.lead_at_high] == pytest.approx([15, -5])


def test_the_table_has_a_row_for_each_bar() -> None:
    of = problem([[60, 60], [50, 50]], low=[[50, 60], [50, 50]], high=[[70, 60], [50, 50]])
    found = tornado(rank(of, shared(0.5, 0.5)), band_region(shared(0.5, 0.5), 0.2))
    assert found.table["span"].tolist() == [bar.span for bar in found.bars]
    assert found.table["kind"].tolist()[0] == "score"


def test_an_unknown_score_with_weight_is_refused_and_one_without_has_no_bar() -> None:
    of = problem([[10, UNKNOWN], [20, 5]])
    with pytest.raises(PolicyOptionsError, match="`a` on `c2`"):
        tornado(rank(of, shared(0.5, 0.5)), free_region(of.criterion_ids))
    found = tornado(rank(of, shared(1.0, 0.0)), band_region(shared(1.0, 0.0), 0.2))
    assert found.bars == ()


def assert_ranges(region: WeightRegion, expected: list[tuple[float, float]]) -> None:
    found = weight_ranges(region)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-7)


def test_ranges_of_weights() -> None:
    assert_ranges(free_region(("c1", "c2", "c3")), [(0, 1)] * 3)
    assert_ranges(band_region(shared(0.5, 0.3, 0.2), 0.2), [(0.4, 0.6), (0.24, 0.36), (0.16, 0.24)])
    # c1 would go to 1.2, and the others can only give up half of their 0.2.
    assert_ranges(band_region(shared(0.8, 0.1, 0.1), 0.5), [(0.7, 0.9), (0.05, 0.15), (0.05, 0.15)])
    assert_ranges(band_region(shared(0.6, 0.0, 0.4), 0.5), [(0.4, 0.8), (0, 0), (0.2, 0.6)])


def test_ranges_that_judgements_leave() -> None:
    order = (("c1",), ("c2",), ("c3",))
    assert_ranges(judged(flat(("c1", "c2", "c3")), Answers(order=(order,))), [(1 / 3, 1), (0, 1 / 2), (0, 1 / 3)])
    # c2 between a fifth and three fifths of c1: c1 from 1 / 1.6 to 1 / 1.2.
    two = judged(flat(("c1", "c2")), Answers({"c1": 100.0, "c2": Interval(20, 60)}))
    assert_ranges(two, [(1 / 1.6, 1 / 1.2), (0.2 / 1.2, 0.6 / 1.6)])


def test_ranges_down_a_tree_are_on_the_weights_of_criteria() -> None:
    tree: Paths = {"c1": ("g",), "c2": ("g",), "c3": ()}
    region = judged(tree, Answers({"g": 100.0, "c3": 100.0}, ((("c1",), ("c2",)),)), down_tree=True)
    assert_ranges(region, [(0.25, 0.5), (0, 0.25), (0.5, 0.5)])

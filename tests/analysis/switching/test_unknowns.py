"""Unknown scores at the ends of their scales: conclusions remain true wherever they turn out to be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import rank
from policy_options.analysis.stability import stability
from policy_options.analysis.switching.unknowns import settle, settled_problem
from problems import UNKNOWN, problem, repeatable, shared, weighted


def drawn_at(of: Problem, parts: np.ndarray) -> Problem:
    """Every unknown score at a fraction of its scale."""
    low = np.array([axis.low for axis in of.criteria])
    high = np.array([axis.high for axis in of.criteria])
    somewhere = low + parts * (high - low)
    for column, axis in enumerate(of.criteria):
        if axis.levels:
            somewhere[:, column] = np.round(somewhere[:, column])
    arrays = {name: np.where(of.unknown, somewhere, getattr(of, name)) for name in ("low", "likely", "high")}
    return replace(of, **arrays)


@repeatable
@given(weighted((2, 5), unknowns=True), st.integers(0, 2**31))
def test_contenders_are_those_who_can_lead_and_the_interval_holds_against_all_others(
    drawn: tuple[Problem, WeightVector], seed: int
) -> None:
    of, weights = drawn
    ranking = rank(of, weights)
    leader = ranking.in_order[0]
    found = settle(ranking, leader)
    row = of.option_index[leader]
    able = {
        option
        for option in of.option_ids
        if option != leader and ranking.upper[of.option_index[option]] > ranking.lower[row] + TIE
    }
    assert set(found.contenders) == able
    assert found.cautious.lower[row] >= found.cautious.lower.max() - TIE
    generator = np.random.default_rng(seed)
    spot = rank(drawn_at(of, generator.random(of.likely.shape)), weights)
    for option in of.option_ids:
        if option not in able and option != leader:
            assert spot.value(leader) >= spot.value(option) - 1e-9
    if able or len(of.options) < 2:
        return
    for node in stability(found.cautious, leader=leader).nodes:
        if node.leader is None or node.is_group or weights.share(node.id) >= 1.0:
            continue
        for share in (node.leader.low, node.leader.high):
            old = weights.along(of.criterion_ids)
            column = of.criterion_ids.index(node.id)
            new = old * (1 - share) / (1 - old[column])
            new[column] = share
            overall = np.nan_to_num(spot.problem.values) @ new
            assert overall[row] >= overall.max() - 1e-6


def test_a_score_that_does_it_alone_is_named_with_where_it_does() -> None:
    ranking = rank(problem([[80, 80], [UNKNOWN, 70]]), shared(0.5, 0.5))
    found = settle(ranking, "a")
    (score,) = found.open
    assert (score.option, score.criterion, score.at, score.rising) == ("b", "c1", 90.0, True)


def test_scores_that_only_do_it_together_are_named_together() -> None:
    ranking = rank(problem([[80, 80, 80], [UNKNOWN, UNKNOWN, 0]]), shared(0.45, 0.45, 0.1))
    found = settle(ranking, "a")
    assert [(score.criterion, score.at) for score in found.open] == [("c1", None), ("c2", None)]


def test_nothing_unknown_settles_nothing() -> None:
    ranking = rank(problem([[80, 80], [70, 70]]), shared(0.5, 0.5))
    found = settle(ranking, "a")
    assert found.cautious is ranking
    assert (found.contenders, found.open) == ((), ())


@pytest.mark.parametrize(("best", "value"), [((), 0.0), (("a",), 100.0)])
def test_an_end_is_the_worst_or_the_best_whichever_way_the_scale_runs(best: tuple[str, ...], value: float) -> None:
    from problems import criterion

    axes = [criterion("c1"), criterion("c2", 10.0, 30.0, "less-is-better")]
    of = settled_problem(problem([[UNKNOWN, UNKNOWN]], criteria=axes), at_best=best)
    assert of.values.tolist() == [[value, value]]

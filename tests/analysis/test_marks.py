"""Marks along each weight agree with the one-way analysis and the stability intervals, and moving there changes things."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.marks import marks
from policy_options.analysis.one_way import one_way
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.stability import stability
from problems import problem, repeatable, weights


def drawn(seed: int) -> Ranking:
    """A ranking of random performances under random weights."""
    source = np.random.default_rng(seed)
    options, criteria = int(source.integers(2, 9)), int(source.integers(2, 7))
    found = problem(source.uniform(0, 100, (options, criteria)).round(1))
    shares = source.dirichlet(np.ones(criteria))
    return rank(found, weights(dict(zip(found.criterion_ids, shares.tolist(), strict=True))))


@repeatable
@given(seed=st.integers(0, 10_000), locking=st.integers(0, 2))
def test_marks_are_those_of_the_one_way_analysis_and_of_the_stability_interval(seed: int, locking: int) -> None:
    ranking = drawn(seed)
    ids = ranking.problem.criterion_ids
    locked = ids[:locking] if len(ids) > locking + 1 else ()
    firm = stability(ranking, locked=locked)
    for found in marks(ranking, locked=locked):
        if found.undefined is not None:
            assert found.id in locked or ranking.shares.max() > 1 - 1e-9
            continue
        other = one_way(ranking, found.id, locked=locked)
        assert [s.leaders for s in found.stretches] == [s.leaders for s in other.stretches]
        assert [s.low for s in found.stretches] == pytest.approx([s.low for s in other.stretches], abs=1e-9)
        expected = np.unique([crossing.share for crossing in other.crossings])
        assert (
            np.allclose(found.places, expected, atol=1e-9)
            if len(found.places) == len(expected)
            else _alike(found.places, expected)
        )
        order = firm.of(found.id).order
        assert order is not None and found.order == pytest.approx((order.low, order.high), abs=1e-9)
        interval = firm.of(found.id).leader
        assert interval is not None
        ends = [stretch.low for stretch in found.leads]
        for end, changes in ((interval.low, interval.at_low), (interval.high, interval.at_high)):
            if changes:
                assert min(abs(end - each) for each in ends) < 1e-9


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Two sets of places that differ only by points that coincide within rounding."""
    return all(np.abs(other - each).min() < 1e-9 for each in one) and all(
        np.abs(one - each).min() < 1e-9 for each in other
    )


def test_just_beyond_a_mark_another_option_leads() -> None:
    ranking = drawn(5)
    problem = ranking.problem
    tried = 0
    for found in marks(ranking):
        column = problem.criterion_ids.index(found.id)
        for before, after in zip(found.stretches, found.stretches[1:], strict=False):
            for share, leaders in ((after.low - 1e-6, before.leaders), (after.low + 1e-6, after.leaders)):
                shares = ranking.shares * (1 - share) / (1 - ranking.shares[column])
                shares[column] = share
                moved = rank(problem, WeightVector("moved", problem.criterion_ids, frozen(shares)))
                assert set(moved.leaders) == set(leaders)
                tried += 1
    assert tried

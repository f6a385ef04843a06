"""Samples against exactly known results, and against what mathematics says about odd problems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.acceptability import sampled
from policy_options.analysis.acceptability.exact import exact_acceptability
from policy_options.analysis.acceptability.results import Acceptability, SampledBasis
from policy_options.analysis.acceptability.sampled import Precision, sampled_acceptability
from policy_options.analysis.distributions import Uncertainty
from policy_options.analysis.problem import Problem
from policy_options.analysis.weight_region import WeightRegion, band_region, free_region
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, problem, repeatable, shared

FEW = Precision(samples=1 << 15)


def sample(
    of: Problem, region: WeightRegion | None = None, uncertainty: Uncertainty | None = None, seed: int = 1
) -> Acceptability:
    where = region or free_region(of.criterion_ids)
    return sampled_acceptability(of, where, uncertainty=uncertainty, seed=seed, precision=FEW)


def basis_of(found: Acceptability) -> SampledBasis:
    assert isinstance(found.basis, SampledBasis)
    return found.basis


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["free", "band"])
def test_a_sample_lies_within_its_error_of_what_is_exact(seed: int, kind: str) -> None:
    random = np.random.default_rng(seed)
    of = problem(random.uniform(0, 100, (5, 4)))
    weights = shared(*random.dirichlet(np.full(4, 5.0)))
    region = free_region(of.criterion_ids) if kind == "free" else band_region(weights, 0.5)
    exact = exact_acceptability(of, region)
    assert isinstance(exact, Acceptability)
    found = sample(of, region, seed=seed)
    half_width = basis_of(found).half_width
    np.testing.assert_allclose(found.ranks, exact.ranks, rtol=0, atol=2.5 * half_width)
    often = exact.first > 0.05
    np.testing.assert_allclose(found.central[often], exact.central[often], rtol=0, atol=0.01)
    assert basis_of(found).check is not None
    np.testing.assert_array_equal(found.pairwise, exact.pairwise)


def test_the_stated_error_covers_about_as_often_as_it_says() -> None:
    of = problem(np.random.default_rng(4).uniform(0, 100, (4, 3)))
    exact = exact_acceptability(of, free_region(of.criterion_ids))
    assert isinstance(exact, Acceptability)
    covered = []
    for seed in range(60):
        found = sampled_acceptability(
            of, free_region(of.criterion_ids), uncertainty=None, seed=seed, precision=Precision(samples=1 << 12)
        )
        worst = basis_of(found).half_width
        covered.append(np.abs(found.ranks - exact.ranks).max(axis=None) <= 1.6 * worst)
    assert np.mean(covered) >= 0.9


def ranges(m: int, n: int, seed: int = 5) -> Problem:
    """Scores that each have a different range."""
    random = np.random.default_rng(seed)
    likely = random.uniform(20, 80, (m, n))
    return problem(likely, low=likely - random.uniform(5, 20, (m, n)), high=likely + random.uniform(5, 20, (m, n)))


@pytest.mark.parametrize(("m", "together"), [(4, False), (4, True), (30, False)])  # with comparing, and with sorting
def test_draws_put_together_anew_tell_what_fresh_ones_do_and_more_of_it(
    m: int, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    of, uncertainty = ranges(m, 5), Uncertainty(together=together)
    region = band_region(shared(0.3, 0.2, 0.2, 0.2, 0.1), 0.25)
    paired = sample(of, region, uncertainty)
    assert 1 < basis_of(paired).draws <= (8 if together else 16)
    monkeypatch.setattr(sampled, "_PAIRINGS", 1)
    monkeypatch.setattr(sampled, "_MANY_SCORES", 0)
    fresh = sample(of, region, uncertainty)
    assert (basis_of(fresh).draws, basis_of(fresh).count) == (1, basis_of(paired).count)
    error = basis_of(fresh).half_width
    np.testing.assert_allclose(paired.ranks, fresh.ranks, rtol=0, atol=2.5 * error)
    assert paired.pairwise is not None
    assert fresh.pairwise is not None
    np.testing.assert_allclose(paired.pairwise, fresh.pairwise, rtol=0, atol=2.5 * error)
    np.testing.assert_allclose(paired.expected_rank, fresh.expected_rank, rtol=0, atol=4 * m * error)
    assert basis_of(paired).half_width < error / (1.2 if together or m > 24 else 2.0)


def test_the_stated_error_covers_as_often_where_scores_are_drawn() -> None:
    of = ranges(4, 3)
    region = free_region(of.criterion_ids)
    truth = sampled_acceptability(
        of, region, uncertainty=Uncertainty(), seed=99, precision=Precision(samples=1 << 18)
    ).ranks
    covered = []
    for seed in range(60):
        found = sampled_acceptability(
            of, region, uncertainty=Uncertainty(), seed=seed, precision=Precision(samples=1 << 12)
        )
        assert basis_of(found).draws > 1
        covered.append(np.abs(found.ranks - truth).max(axis=None) <= 1.6 * basis_of(found).half_width)
    assert np.mean(covered) >= 0.9


def test_many_options_take_longer_to_count_than_to_draw_and_are_drawn_afresh() -> None:
    of = ranges(200, 3)
    found = sampled_acceptability(
        of, free_region(of.criterion_ids), uncertainty=Uncertainty(), seed=1, precision=Precision(samples=1 << 10)
    )
    assert basis_of(found).draws == 1


@repeatable
@given(st.permutations(range(4)), st.integers(0, 50))
def test_the_order_in_which_options_are_listed_changes_nothing_but_the_sample(order: list[int], seed: int) -> None:
    values = np.random.default_rng(seed).uniform(0, 100, (4, 3))
    one, other = sample(problem(values)), sample(problem(values[order]))
    np.testing.assert_allclose(other.ranks, one.ranks[order], rtol=0, atol=2e-4)


def test_equal_options_share_their_ranks_evenly_to_the_last_digit() -> None:
    found = sample(problem([[60, 20, 40], [60, 20, 40], [10, 90, 30]]))
    np.testing.assert_array_equal(found.ranks[0], found.ranks[1])
    np.testing.assert_array_equal(found.central[0], found.central[1])
    assert found.pairwise is not None
    assert found.pairwise[0, 1] == found.pairwise[1, 0] == 0.0
    np.testing.assert_allclose(found.ranks.sum(axis=0), 1, rtol=0, atol=1e-12)


def test_a_dominated_option_is_never_first_and_has_no_central_weights() -> None:
    found = sample(problem([[60, 60, 60], [50, 60, 50], [90, 0, 10]]))
    assert found.first[1] == 0.0
    assert np.isnan(found.central[1]).all()


def test_all_options_equal_and_one_criterion_are_no_trouble() -> None:
    found = sample(problem([[50, 50], [50, 50], [50, 50]]))
    np.testing.assert_allclose(found.ranks, 1 / 3, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.expected_rank, 2, rtol=0, atol=1e-12)
    single = sample(problem([[10], [30], [20]]))
    np.testing.assert_array_equal(single.ranks, [[0, 0, 1], [1, 0, 0], [0, 1, 0]])


def test_a_constant_column_and_a_criterion_without_weight_change_nothing() -> None:
    values = np.array([[70.0, 20, 40], [30, 80, 40], [50, 50, 40]])
    weights, without = shared(0.5, 0.5, 0.0), shared(0.5, 0.5)
    whole = sample(problem(values), band_region(weights, 0.4))
    short = sample(problem(values[:, :2]), band_region(without, 0.4))
    np.testing.assert_allclose(whole.ranks, short.ranks, rtol=0, atol=5e-3)
    np.testing.assert_array_equal(whole.central[~np.isnan(whole.central[:, 2]), 2], 0.0)


def test_a_seed_gives_its_digits_and_another_seed_others() -> None:
    of = problem(np.random.default_rng(4).uniform(0, 100, (4, 3)))
    np.testing.assert_array_equal(sample(of, seed=3).ranks, sample(of, seed=3).ranks)
    assert (sample(of, seed=3).ranks != sample(of, seed=4).ranks).any()


def test_more_samples_lie_nearer_and_their_number_is_told() -> None:
    of = problem(np.random.default_rng(4).uniform(0, 100, (4, 3)))
    region = free_region(of.criterion_ids)
    few, many = (
        basis_of(sampled_acceptability(of, region, uncertainty=None, seed=1, precision=Precision(samples=count)))
        for count in (2_000, 2_000_00)
    )
    assert (few.count, few.proposed) == (2_048, 2_048)
    assert many.count >= 200_000
    assert many.half_width < few.half_width / 3


def test_sampling_goes_on_until_the_error_is_reached() -> None:
    of = problem(np.random.default_rng(4).uniform(0, 100, (4, 3)))
    found = sampled_acceptability(
        of, free_region(of.criterion_ids), uncertainty=None, seed=1, precision=Precision(half_width=0.0005)
    )
    assert basis_of(found).half_width <= 0.0005


def test_an_error_that_takes_too_long_is_refused_with_what_it_would_take(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 5))
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))
    of = problem(np.random.default_rng(4).uniform(0, 100, (4, 3)))
    with pytest.raises(PolicyOptionsError) as caught:
        sampled_acceptability(
            of, free_region(of.criterion_ids), uncertainty=None, seed=1, precision=Precision(1e-7, seconds=60)
        )
    (fault,) = caught.value.faults
    assert fault.code == "error-too-small"
    assert "samples" in fault.message
    assert "days" in fault.message


def test_an_unknown_score_is_drawn_over_its_scale_and_has_no_likely_value() -> None:
    of = problem([[UNKNOWN], [25]])
    with pytest.raises(PolicyOptionsError, match="unknown"):
        sample(of)
    found = sample(of, uncertainty=Uncertainty())
    assert found.first[0] == pytest.approx(0.75, abs=0.01)


def test_scores_that_move_together_keep_their_order() -> None:
    of = problem([[50, 50], [45, 45]], low=[[30, 30], [25, 25]], high=[[70, 70], [65, 65]])
    assert sample(of, uncertainty=Uncertainty(together=True)).first[0] == pytest.approx(1, abs=1e-3)
    alone = sample(of, uncertainty=Uncertainty())
    assert 0.5 < alone.first[0] < 0.9


def test_certain_scores_have_no_confidence_to_tell() -> None:
    found = sample(problem([[60, 20], [10, 90]]), uncertainty=Uncertainty())
    assert (found.scores, found.confidence) == ("uncertain", None)


def test_confidence_is_how_often_an_option_is_first_under_its_central_weights() -> None:
    of = problem([[60], [50]], low=[[40], [50]], high=[[80], [50]])
    found = sample(of, uncertainty=Uncertainty())
    assert found.confidence is not None
    # A triangle from 40 to 80 with its peak at 60 is above 50 in 7 of 8 draws.
    np.testing.assert_allclose(found.confidence, [7 / 8, 1 / 8], rtol=0, atol=0.01)
    np.testing.assert_allclose(found.first, [7 / 8, 1 / 8], rtol=0, atol=0.01)


def test_above_two_thousand_options_the_first_ranks_are_counted_and_pairs_are_refused_by_name() -> None:
    random = np.random.default_rng(4)
    names = [f"o{row}" for row in range(2_001)]
    of = problem(random.uniform(0, 100, (2_001, 3)), options=names)
    found = sampled_acceptability(
        of, free_region(of.criterion_ids), uncertainty=None, seed=1, precision=Precision(samples=1_024)
    )
    assert found.ranks.shape == (2_001, 20)
    assert found.pairwise is None
    np.testing.assert_allclose(found.ranks.sum(axis=0), 1, rtol=0, atol=1e-9)
    assert found.expected_rank.sum() == pytest.approx(2_001 * 2_002 / 2)
    with pytest.raises(PolicyOptionsError, match="2001"):
        _ = found.pairwise_table


@pytest.mark.parametrize("m", [24, 25, 130])
def test_many_options_are_counted_as_few_are(m: int) -> None:
    of = problem(np.random.default_rng(m).uniform(0, 100, (m, 3)), options=[f"o{row}" for row in range(m)])
    found = sample(of)
    random = np.random.default_rng(1)
    weights = random.exponential(size=(40_000, 3))
    places = np.argsort(np.argsort(-(weights @ of.values.T), axis=1), axis=1)
    np.testing.assert_allclose(found.first, (places == 0).mean(axis=0), rtol=0, atol=0.012)
    np.testing.assert_allclose(found.expected_rank, 1 + places.mean(axis=0), rtol=0, atol=m / 100)

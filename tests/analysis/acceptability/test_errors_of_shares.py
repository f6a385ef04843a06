"""The error of the worst of many shares, against samples whose error is known."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest

from policy_options.analysis.acceptability.errors_of_shares import (
    _digamma,
    _quantile,
    _trigamma,
    _trigamma_inverse,
    worst_half_width,
)


def drawn(seed: int, shares: list[float], draws: int, gain: float = 1.0) -> np.ndarray:
    """(16, k) shares of scrambles that vary like plain samples with ``gain`` times as many draws."""
    p = np.array(shares)
    error = np.sqrt(p * (1 - p) / (gain * draws))
    return np.asarray(p + error * np.random.default_rng(seed).standard_normal((16, len(p))))


@pytest.mark.parametrize("gain", [1.0, 10.0])
def test_many_shares_alike_tell_the_error_of_the_worst_closely(gain: float) -> None:
    shares = [0.3 + 0.01 * index for index in range(30)]
    true = 1.96 * (0.25 / (gain * 1_000)) ** 0.5 / 4
    found = [worst_half_width(drawn(seed, shares, 1_000, gain), 1_000) for seed in range(40)]
    plain = [2.13145 * drawn(seed, shares, 1_000, gain).std(axis=0, ddof=1).max() / 4 for seed in range(40)]
    assert np.mean(found) == pytest.approx(true, rel=0.12)
    assert np.std(found) < 0.1 * true
    assert np.mean(plain) > 1.4 * true  # moderation removes this


def test_a_share_that_truly_is_worse_keeps_its_error() -> None:
    found = []
    for seed in range(40):
        shares = drawn(seed, [0.4] * 30, 1_000, 100.0)
        shares[:, 0] = drawn(seed + 100, [0.4], 1_000)[:, 0]
        found.append(worst_half_width(shares, 1_000))
    true = 1.96 * (0.24 / 1_000) ** 0.5 / 4
    assert np.mean(found) > 0.8 * true


def test_few_shares_are_taken_as_they_are() -> None:
    shares = drawn(1, [0.4, 0.6], 1_000)
    expected = 2.13145 * shares.std(axis=0, ddof=1).max() / 4
    assert worst_half_width(shares, 1_000) == pytest.approx(expected, rel=1e-3)


def test_shares_that_do_not_vary_have_no_error() -> None:
    assert worst_half_width(np.full((16, 40), 0.25), 1_000) == 0.0
    assert worst_half_width(np.zeros((16, 40)), 1_000) == 0.0


def test_the_functions_have_their_tabled_values() -> None:
    assert _digamma(1.0) == pytest.approx(-0.5772156649, abs=1e-8)
    assert _trigamma(1.0) == pytest.approx(pi**2 / 6, abs=1e-8)
    assert _trigamma_inverse(_trigamma(3.7)) == pytest.approx(3.7, abs=1e-8)
    assert _quantile(15.0) == pytest.approx(2.13145, abs=1e-3)
    assert _quantile(float("inf")) == pytest.approx(1.95996, abs=1e-5)

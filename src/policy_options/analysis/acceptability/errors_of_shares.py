"""The error of sampled shares, estimated from the spread between a few scrambles, and the largest of many such errors.

A variance estimated from sixteen scrambles is known only to within a third, and the largest of hundreds of such
estimates overstates the worst by half. What the shares have in common helps: the ratio of the variance of a share p to
p (1 - p), the variance under plain sampling. Each ratio is shrunk towards the common one as far as the ratios differ by
chance alone (moderated variances: Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3). Where they
truly differ, each is left as it is.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["worst_half_width"]

Floats = NDArray[np.float64]

_Z: Final = 1.959964
_FEWEST: Final = 8
"""Fewest shares from which a common ratio is estimated."""

_LIKE: Final = 4.0
"""Factor within which the plain-sampling variances of shares must be for the shares to inform one another."""


def worst_half_width(shares: Floats, draws: float) -> float:
    """The 95% half-width of the worst of (s, k) shares from s scrambles with ``draws`` draws each."""
    scrambles = len(shares)
    freedom = scrambles - 1.0
    variances = shares.var(axis=0, ddof=1)
    means = shares.mean(axis=0)
    plain = np.maximum(means * (1.0 - means), 0.0) / draws
    # The worst share is among those with the largest variance under plain sampling; rare shares need not have the same
    # ratio.
    some = (plain >= plain.max(initial=0.0) / _LIKE) & (variances > 0.0)
    found = variances
    if some.sum() >= _FEWEST:
        ratios = variances[some] / plain[some]
        common, weight = _common(ratios, freedom)
        found = variances.copy()
        if weight == float("inf"):
            found[some], freedom = plain[some] * common, float("inf")
        elif weight > 0.0:
            found[some] = plain[some] * (weight * common + freedom * ratios) / (weight + freedom)
            # Shares left out keep their own variance, which is small; the quantile is that of the others.
            freedom += weight
    return _quantile(freedom) * sqrt(float(found.max(initial=0.0)) / scrambles)


def _common(ratios: Floats, freedom: float) -> tuple[float, float]:
    """The common ratio, and its degrees of freedom: infinite where ratios differ by chance alone."""
    logs = np.log(ratios) - _digamma(freedom / 2.0) + log(freedom / 2.0)
    spread = float(logs.var(ddof=1)) - _trigamma(freedom / 2.0)
    middle = float(logs.mean())
    if spread <= 0.0:
        return exp(middle), float("inf")
    weight = 2.0 * _trigamma_inverse(spread)
    return exp(middle + _digamma(weight / 2.0) - log(weight / 2.0)), weight


def _digamma(x: float) -> float:
    shift = 0.0
    while x < 6.0:
        shift, x = shift - 1.0 / x, x + 1.0
    return shift + log(x) - 1.0 / (2.0 * x) - 1.0 / (12.0 * x**2) + 1.0 / (120.0 * x**4) - 1.0 / (252.0 * x**6)


def _trigamma(x: float) -> float:
    shift = 0.0
    while x < 6.0:
        shift, x = shift + 1.0 / x**2, x + 1.0
    return shift + 1.0 / x + 1.0 / (2.0 * x**2) + 1.0 / (6.0 * x**3) - 1.0 / (30.0 * x**5) + 1.0 / (42.0 * x**7)


def _trigamma_inverse(value: float) -> float:
    """Invert the trigamma function by bisection; it falls throughout."""
    low, high = 1e-8, 1e12
    for _ in range(200):
        middle = sqrt(low * high)
        low, high = (middle, high) if _trigamma(middle) > value else (low, middle)
    return sqrt(low * high)


def _quantile(freedom: float) -> float:
    """The 97.5% quantile of Student's t, by its expansion about the normal quantile (Fisher and Cornish 1960)."""
    if freedom == float("inf"):
        return _Z
    z = _Z
    return (
        z
        + (z**3 + z) / (4.0 * freedom)
        + (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * freedom**2)
        + (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / (384.0 * freedom**3)
    )

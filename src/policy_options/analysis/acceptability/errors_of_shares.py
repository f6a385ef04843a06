"""The error of sampled shares from what a few scrambles differ by, and which of many is the worst.

A variance from sixteen scrambles is itself known to a third, and the largest of hundreds of such estimates overstates the
worst by half. What is common to all helps: how much smaller the variance of a share p is than p (1 - p), that of plain
sampling. Each ratio is moved towards the common one as far as the ratios differ by chance alone (moderated variances: Smyth
2004, Statistical Applications in Genetics and Molecular Biology 3). Where they truly differ, each is left as it is.
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
"""Shares from which something common to them is estimated."""

_LIKE: Final = 4.0
"""Times by which the variances of shares under plain sampling may differ for them to tell of one another."""


def worst_half_width(shares: Floats, draws: float) -> float:
    """The 95% half-width of the worst of (s, k) shares of s scrambles with so many draws each."""
    scrambles = len(shares)
    freedom = scrambles - 1.0
    variances = shares.var(axis=0, ddof=1)
    means = shares.mean(axis=0)
    plain = np.maximum(means * (1.0 - means), 0.0) / draws
    # The worst is among those that plain sampling knows worst; what they have in common, rare shares need not have.
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
            # What was left out keeps its own variance, which is small; the quantile is that of the others.
            freedom += weight
    return _quantile(freedom) * sqrt(float(found.max(initial=0.0)) / scrambles)


def _common(ratios: Floats, freedom: float) -> tuple[float, float]:
    """The common ratio, and how many degrees of freedom it counts for: all where ratios differ by chance alone."""
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
    """It falls all along, so that halving finds it."""
    low, high = 1e-8, 1e12
    for _ in range(200):
        middle = sqrt(low * high)
        low, high = (middle, high) if _trigamma(middle) > value else (low, middle)
    return sqrt(low * high)


def _quantile(freedom: float) -> float:
    """The 97.5% quantile of Student's t, by its expansion about the normal one (Fisher and Cornish 1960)."""
    if freedom == float("inf"):
        return _Z
    z = _Z
    return (
        z
        + (z**3 + z) / (4.0 * freedom)
        + (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * freedom**2)
        + (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / (384.0 * freedom**3)
    )

"""Likelihoods that are known between bounds only: whether they agree, what is reachable, and what each option is worth then.

Likelihoods p of s scenarios are between ``low`` and ``high`` and sum to 1. A linear function over that set takes its least and
largest values where likelihood is moved, scenario by scenario, to where it counts most; no solver is needed. Only whether an
option is best for some p (E-admissible: Levi 1980, The Enterprise of Knowledge) takes a linear program; it is maximal (Walley
1991, Statistical Reasoning with Imprecise Probabilities, 3.9) where no other option is better for every p. The two differ, as
Troffaes (2007, International Journal of Approximate Reasoning 45:17-29) shows, and both are reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import frozen
from policy_options.analysis.solver import minimise

__all__ = [
    "Contradiction",
    "base_likelihoods",
    "best_somewhere",
    "contradiction",
    "expectation_bounds",
    "reachable",
    "undominated",
]

Floats = NDArray[np.float64]

_SUM: Final = 1e-9
"""How far a sum of likelihoods may be from 1 before it contradicts: they are typed in per cent."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The fewest scenarios whose bounds rule one another out: ``low`` ends that sum to more than 1, or ``high`` ends to less."""

    end: Literal["low", "high"]
    scenarios: tuple[int, ...]
    total: float


def contradiction(low: Sequence[float], high: Sequence[float]) -> Contradiction | None:
    """The smallest contradiction among bounds, each with its low end at or below its high one; ``None`` where they agree.

    Low ends contradict with the largest of them alone. High ends do so only all together, since any scenario that is left out
    could take the rest.
    """
    if fsum(low) > 1.0 + _SUM:
        taken: list[int] = []
        for index in sorted(range(len(low)), key=lambda index: -low[index]):
            taken.append(index)
            if fsum(low[one] for one in taken) > 1.0 + _SUM:
                break
        return Contradiction("low", tuple(sorted(taken)), fsum(low[one] for one in taken))
    if fsum(high) < 1.0 - _SUM:
        return Contradiction("high", tuple(range(len(high))), fsum(high))
    return None


def reachable(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """(s,) ends that likelihoods can take given the others' ends, of bounds that do not contradict one another."""
    least = np.maximum(low, 1.0 - (high.sum() - high))
    most = np.minimum(high, 1.0 - (low.sum() - low))
    return np.minimum(least, most), most


def base_likelihoods(low: Floats, high: Floats) -> Floats:
    """(s,) likelihoods at the same part of every reachable interval: equal ones where there are no bounds."""
    least, most = reachable(low, high)
    room = float((most - least).sum())
    part = (1.0 - float(least.sum())) / room if room > 0.0 else 0.0
    found = least + part * (most - least)
    return np.asarray(found / found.sum())


def expectation_bounds(values: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """(r,) the least and the largest expected value of each of (r, s) rows, exactly."""
    return -_largest(-values, low, high), _largest(values, low, high)


def _largest(values: Floats, low: Floats, high: Floats) -> Floats:
    """All at its low end, and what is left to 1 where the value is largest, up to the high ends."""
    order = np.argsort(-values, axis=1, kind="stable")
    room = (high - low)[order]
    before = np.cumsum(room, axis=1) - room
    added = np.clip(1.0 - low.sum() - before, 0.0, room)
    return np.asarray(values @ low + (np.take_along_axis(values, order, axis=1) * added).sum(axis=1))


def undominated(values: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """(m,) whether an option is maximal: no other has a larger expected value at every admissible likelihood."""
    m = len(values)
    found = np.ones(m, dtype=np.bool_)
    for row in range(m):
        least = -_largest(values[row] - values, low, high)  # of each other's lead over this one
        found[row] = not bool((least > TIE).any())
    return found


def best_somewhere(values: Floats, low: Floats, high: Floats) -> tuple[Floats | None, ...]:
    """For each of (m, s) options, likelihoods under which it is best (E-admissible), or ``None`` if there are no such ones.

    The program: the largest t with ``(v[j] - v[i]) . p + t <= 0`` for all j, low <= p <= high, sum p = 1; the option is best
    somewhere where t is not below 0.
    """
    m, s = values.shape
    found: list[Floats | None] = [None] * m
    for row in range(m):
        against = values[np.arange(m) != row] - values[row]
        if (-_largest(-against, low, high) > TIE).any():
            continue  # another is better throughout
        # p = low + x with x >= 0; t = t' - start with t' >= 0, where start is beyond any lead.
        start = float(np.abs(values).max()) * 2.0 + 1.0
        lead = np.hstack((against, np.ones((m - 1, 1))))
        upper = np.hstack((np.eye(s), np.zeros((s, 1))))
        x = minimise(
            np.append(np.zeros(s), -1.0),
            np.vstack((lead, upper)),
            np.concatenate((start - against @ low, high - low)),
            np.append(np.ones(s), 0.0)[None, :],
            np.array([1.0 - low.sum()]),
        )
        p = np.clip(low + x[:s], low, high)
        if float((against @ p).max(initial=-np.inf)) <= TIE:
            found[row] = frozen(p)
    return tuple(found)

"""Uniform sampling of a region of weights: many hit-and-run walks in parallel, with the error of their mean.

Smith (1984), Operations Research 32: from a point inside, take a random direction, and go to a uniformly random point of the
chord that it cuts out of the region. Directions are drawn along the region's own shape, so that thin regions are crossed
as fast as round ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Sampled", "Walks", "sampled_centre"]

Floats = NDArray[np.float64]

WALKS: Final = 512
SHAPING: Final = (60,) * 10
"""Steps before each check of the shape that the walks have spread to."""
STEPS: Final = 400
FORGETTING: Final = 60
"""Steps before the first point of a block is taken: about the square of a dozen dimensions, along the region's shape."""
APART: Final = 4


@dataclass(frozen=True, slots=True)
class Sampled:
    """The basis of a sampled mean: the seed, the number of points, and the standard error of the worst coordinate, as a
    share.
    """

    seed: int
    count: int
    standard_error: float


@dataclass(frozen=True, eq=False, slots=True)
class Walks:
    """Walks that have spread over the region {z: rows z <= 0, sum z = 1}: their positions, and the shape to step along."""

    rows: Floats
    points: Floats
    shape: Floats

    @classmethod
    def spread(cls, rows: Floats, start: Floats, *, seed: int) -> Walks:
        """Start all walks at a point strictly inside, and run them until they have found the region's shape."""
        return cls._spread(rows, start, np.random.default_rng(seed))

    @classmethod
    def _spread(cls, rows: Floats, start: Floats, random: np.random.Generator) -> Walks:
        points = np.tile(start, (WALKS, 1))
        shape = np.diag(start) - np.outer(start, start)  # moves each weight in proportion to itself, and keeps the sum
        for steps in SHAPING:
            for _ in range(steps):
                _step(points, rows, shape, random)
            shape = _root(np.cov(points, rowvar=False)) + 1e-3 * shape
        return cls(rows, points, shape)

    def points_after(self, count: int, random: np.random.Generator) -> Floats:
        """(count, f) points of the walks, taken some steps apart, after enough steps to forget the starting point."""
        points = self.points.copy()
        for _ in range(FORGETTING):
            _step(points, self.rows, self.shape, random)
        found = []
        for _ in range(-(-count // len(points))):
            for _ in range(APART):
                _step(points, self.rows, self.shape, random)
            found.append(points.copy())
        return np.concatenate(found)[:count]


def sampled_centre(rows: Floats, start: Floats, *, seed: int) -> tuple[Floats, Sampled]:
    """(g,) the mean of the uniform distribution on {z: rows z <= 0, sum z = 1}, from a point strictly inside.

    The error is that of the means of independent walks or, if larger, half of the difference between their first and
    second halves, since walks that have not mixed agree with one another too well.
    """
    random = np.random.default_rng(seed)
    walks = Walks._spread(rows, start, random)
    points, shape = walks.points, walks.shape
    halves = np.zeros((2, *points.shape))
    for step in range(STEPS):
        _step(points, rows, shape, random)
        halves[2 * step // STEPS] += points
    means = halves.sum(axis=0) / STEPS
    centre = means.mean(axis=0)
    between = means.std(axis=0, ddof=1) / np.sqrt(WALKS)
    drift = np.abs(halves[0].mean(axis=0) - halves[1].mean(axis=0)) / STEPS
    error = float(np.maximum(between, drift).max())
    return centre / centre.sum(), Sampled(seed, WALKS * STEPS, error)


def _root(covariance: Floats) -> Floats:
    """A symmetric square root; it preserves the sum of weights, as every sample does."""
    values, vectors = np.linalg.eigh(np.atleast_2d(covariance))
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


def _step(points: Floats, rows: Floats, shape: Floats, random: np.random.Generator) -> None:
    """Move every walk once, in place."""
    direction = random.standard_normal(points.shape) @ shape.T
    slack = -(points @ rows.T)
    rate = direction @ rows.T
    # A rate that is rounding error reaches nowhere: along a direction of almost no length, all rates are.
    least = 1e-12 * np.abs(shape).max()
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.maximum(slack, 0.0) / rate
    forward = np.where(rate > least, reach, np.inf).min(axis=1)
    backward = np.where(rate < -least, reach, -np.inf).max(axis=1)
    bounded = np.isfinite(forward) & np.isfinite(backward)
    along = np.where(bounded, backward, 0.0) + random.random(len(points)) * np.where(bounded, forward - backward, 0.0)
    points += along[:, None] * direction
    points /= points.sum(axis=1, keepdims=True)  # rounding must not carry a walk off the simplex

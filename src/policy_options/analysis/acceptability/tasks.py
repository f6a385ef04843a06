"""One piece of sampling work, which any process can do from its plan and its number alone: the same digits anywhere.

A unit is a run of points of one scramble. Points are made and counted in blocks that fit a processor's cache; sums add up in
the order of blocks, and units in the order of their numbers, so that neither workers nor their number change a digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.counting import COMPARED, Counts, count_compared, count_sorted
from policy_options.analysis.acceptability.score_draws import ScoreDraws
from policy_options.analysis.acceptability.sobol import ScrambledSobol, uniforms
from policy_options.analysis.acceptability.weight_draws import InBox, WeightDraws, products, products_by_draw

__all__ = ["Confident", "Plan", "Unit", "run", "run_confidence", "seconds_a_point"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

CACHE: Final = 1 << 22
"""Bytes of single numbers that the arrays of a block may take together."""


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """What is sampled: it travels to the workers once a task, and holds arrays and numbers alone."""

    weights: WeightDraws
    scores: ScoreDraws
    seed: int
    first_ranks: int
    pairwise: bool

    @property
    def dimensions(self) -> int:
        """Uniform numbers that a point takes."""
        return self.weights.dimensions + self.scores.dimensions

    @property
    def block(self) -> int:
        """Points that are made and counted together: a power of two."""
        m, n = self.scores.values.shape
        numbers = 2 * self.dimensions + n + 3 * m
        return int(1 << min(max((CACHE // (4 * numbers)).bit_length() - 1, 9), 14))


@dataclass(frozen=True, slots=True)
class Unit:
    """Points ``start`` to ``stop`` of one scramble."""

    scramble: int
    start: int
    stop: int


def seconds_a_point(plan: Plan) -> float:
    """About how long a point takes, for sizing tasks and for telling how long; no result hangs on it."""
    m, n = plan.scores.values.shape
    comparing = 0.45 * m * m if m <= COMPARED else 4.5 * m + 0.3 * m * m * plan.pairwise
    uncertain = 0.0 if plan.scores.columns is None else 3.5 * plan.scores.dimensions + 0.5 * m * n
    rejected = 2.0 if isinstance(plan.weights, InBox) else 1.0
    nanoseconds = rejected * 1.3 * plan.weights.dimensions + 0.05 * m * n + comparing + uncertain + 0.6 * n + 5.0
    return float(1e-9 * nanoseconds)


def run(plan: Plan, units: tuple[Unit, ...]) -> list[Counts]:
    """Count the points of each unit."""
    found = []
    for unit in units:
        whole: Counts | None = None
        for weights, uniform, order in _blocks(plan, unit):
            counted = _counted(plan, weights, uniform, order)
            whole = counted if whole is None else whole + counted
        assert whole is not None
        found.append(whole)
    return found


def _counted(plan: Plan, weights: Singles, uniform: Singles, order: NDArray[np.intp] | None) -> Counts:
    scores, kept = plan.scores, {"pairwise": plan.pairwise}
    if len(scores.values) <= COMPARED:
        overall = products(scores.values, weights) if scores.columns is None else scores.overall(weights, uniform)
        overall = overall if order is None else overall[order]
        counted = count_compared(overall, weights, plan.first_ranks, may_tie=order is not None, **kept)
    else:
        if scores.columns is None:
            rows = products_by_draw(scores.values, weights)
        else:
            rows = np.ascontiguousarray(scores.overall(weights, uniform).T)
        counted = count_sorted(rows if order is None else rows[:, order], weights, plan.first_ranks, **kept)
    return counted if order is None else _in_rows(counted, order)


def _in_rows(counts: Counts, order: NDArray[np.intp]) -> Counts:
    """Counts of reordered rows, put back."""
    back = np.argsort(order)
    wins = None if counts.wins is None else counts.wins[np.ix_(back, back)]
    return Counts(counts.draws, counts.ranks[back], wins, counts.weights[back], counts.places[back])


def _cut(start: int, stop: int, most: int) -> Iterator[tuple[int, int]]:
    """Runs of points as (number, size): powers of two up to ``most`` that begin at a multiple of themselves."""
    while start < stop:
        size = min(most, 1 << (stop - start).bit_length() - 1, start & -start or most)
        yield start // size, size
        start += size


def _blocks(plan: Plan, unit: Unit) -> Iterator[tuple[Singles, Singles, NDArray[np.intp] | None]]:
    """Blocks of points: weights (n, k), uniform numbers for the scores (d, k), and an order of rows where values may tie."""
    sobol = ScrambledSobol(plan.dimensions, plan.seed, unit.scramble)
    of_weights = plan.weights.dimensions
    # Room that every block uses again: fresh pages cost more than what is written on them.
    base = turned = np.empty((0, 0), dtype=np.uint32)
    uniform = np.empty((0, 0), dtype=np.float32)
    for block, size in _cut(unit.start, unit.stop, plan.block):
        if base.shape[1] != size:
            base = sobol.base(size)
            turned = np.empty_like(base)
            uniform = np.empty((of_weights, size), dtype=np.float32)
        random = np.random.Generator(
            np.random.PCG64(np.random.SeedSequence((plan.seed, unit.scramble, size, block, 1)))
        )
        bits = np.bitwise_xor(base, sobol.turn(block, size), out=turned)
        beyond = sobol.beyond(block, size)
        if beyond is not None:
            bits = np.concatenate((bits, beyond))
        # ``uniform`` has the width of a block even where a region takes no numbers.
        weights, kept = plan.weights.draw(uniforms(bits[:of_weights], uniform), random)
        if plan.scores.columns is None:
            yield weights, uniform[:0], None
            continue
        rest = bits[of_weights:] if kept is None else bits[of_weights:].take(kept, axis=1)
        scores = uniforms(rest, np.empty(rest.shape, dtype=np.float32))
        yield weights, scores, random.permutation(len(plan.scores.values))


@dataclass(frozen=True, eq=False, slots=True)
class Confident:
    """In how many of the draws of the scores each option is first under its own central weights."""

    draws: int
    first: NDArray[np.int64]


def run_confidence(plan: Plan, central: Floats, unit: Unit) -> Confident:
    """Draw scores alone; ``central`` (m, n) are each option's central weights, NaN where it has none."""
    has = np.flatnonzero(~np.isnan(central[:, 0]))
    weightings = tuple(central[row][:, None].astype(np.float32) for row in has)
    sobol = ScrambledSobol(plan.scores.dimensions, plan.seed + 1, unit.scramble)
    first = np.zeros(len(central), dtype=np.int64)
    for block, size in _cut(unit.start, unit.stop, plan.block):
        base = sobol.base(size)
        bits = base ^ sobol.turn(block, size)
        beyond = sobol.beyond(block, size)
        if beyond is not None:
            bits = np.concatenate((bits, beyond))
        uniform = uniforms(bits, np.empty(bits.shape, dtype=np.float32))
        for row, overall in zip(has.tolist(), plan.scores.of_weights(weightings, uniform), strict=True):
            first[row] += np.count_nonzero(overall[row] >= overall.max(axis=0))
    return Confident(unit.stop - unit.start, first)

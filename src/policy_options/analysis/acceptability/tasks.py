"""One piece of sampling work, which any process can do from its plan and number alone, with the same digits everywhere.

A unit is a run of points of one scramble. Points are made and counted in blocks that fit a processor's cache; sums are
added in the order of blocks, and units in the order of their numbers, so that neither the workers nor their number
change a digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.counting import (
    COMPARED,
    Counts,
    Room,
    SortingRoom,
    count_compared,
    count_sorted,
)
from policy_options.analysis.acceptability.score_draws import ScoreDraws
from policy_options.analysis.acceptability.sobol import ScrambledSobol, scrambled, uniforms
from policy_options.analysis.acceptability.ties import Ties, level_in
from policy_options.analysis.acceptability.weight_draws import InBox, WeightDraws, products, products_by_draw, walks

__all__ = ["Confident", "Plan", "Unit", "nanoseconds", "run", "run_confidence", "seconds_a_point"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Bits = NDArray[np.uint32]
Rows = NDArray[np.intp]

CACHE: Final = 1 << 23
"""Bytes that the single-precision arrays of a block may take together."""


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """What is sampled: sent to the workers once per task, it contains only arrays and numbers.

    ``ties`` is ``None`` where no two options tie in any share of the draws. Each weight vector is tried with several
    draws of the scores, recombined from the same ones: (p, n) ``pairings`` give the share of a block by which each
    criterion is shifted.
    """

    weights: WeightDraws
    scores: ScoreDraws
    seed: int
    first_ranks: int
    pairwise: bool
    ties: Ties | None = None
    pairings: Floats = field(default_factory=lambda: np.zeros((1, 0)))

    @property
    def dimensions(self) -> int:
        """The number of uniform numbers that a point takes."""
        return self.weights.dimensions + self.scores.dimensions

    @property
    def block(self) -> int:
        """The number of points made and counted together: a power of two."""
        m, n = self.scores.values.shape
        valued = 2 * n * m + (4 + len(self.pairings)) * m if len(self.pairings) > 1 else 0
        numbers = 2 * self.dimensions + n + valued + (3 * m if m <= COMPARED else 6 * m)
        return int(1 << min(max((CACHE // (4 * numbers)).bit_length() - 1, 9), 14))


@dataclass(frozen=True, slots=True)
class Unit:
    """Points ``start`` to ``stop`` of one scramble."""

    scramble: int
    start: int
    stop: int


def nanoseconds(weights: WeightDraws, scores: ScoreDraws, *, pairwise: bool) -> tuple[float, float]:
    """Rough nanoseconds for drawing weights and scores, and for valuing and counting one pairing of the two."""
    m, n = scores.values.shape
    comparing = 8.0 + 0.12 * m * m if m <= COMPARED else 3.5 * m + 0.3 * m * m * pairwise
    summing = 0.05 * m * n if scores.columns is None else 0.3 * m * n
    rejected = 2.0 if isinstance(weights, InBox) else 1.0
    return rejected * 1.3 * weights.dimensions + 1.8 * scores.dimensions, summing + comparing + 0.6 * n + 5.0


def seconds_a_point(plan: Plan) -> float:
    """Rough seconds for a point, for sizing tasks and estimating time; no result depends on it."""
    drawing, each = nanoseconds(plan.weights, plan.scores, pairwise=plan.pairwise)
    return 1e-9 * (drawing + len(plan.pairings) * each)


class _Rooms:
    """The working memory that the blocks of a task use one after the other."""

    def __init__(self, plan: Plan) -> None:
        self.block, pairings = plan.block, len(plan.pairings)
        m, uncertain = len(plan.scores.values), plan.scores.columns is not None
        few = m <= COMPARED
        self.compared = Room(m, pairings * plan.block) if few else None
        self.sorted = None if few else SortingRoom(m, plan.block, plan.scores.values.dtype)
        self.rows = np.empty((0 if few else plan.block, m), dtype=plan.scores.values.dtype)
        self.valued = plan.scores.room(plan.block) if uncertain and pairings == 1 else None
        self.paired = plan.scores.paired_room(plan.block, pairings) if pairings > 1 else None
        self.sequence = np.empty((plan.dimensions, plan.block), dtype=np.uint32)
        self.uniform = np.empty((plan.weights.dimensions, plan.block), dtype=np.float32)


def run(plan: Plan, units: tuple[Unit, ...]) -> list[Counts]:
    """Count the points of each unit."""
    found = []
    rooms = _Rooms(plan)
    for unit in units:
        whole: Counts | None = None
        for weights, uniform in _blocks(plan, unit, rooms):
            overall, numbers = _valued(plan, weights, uniform, rooms)
            if len(plan.pairings) > 1:
                weights = np.tile(weights, len(plan.pairings))
            counted = _counted(plan, weights, overall, numbers, rooms)
            whole = counted if whole is None else whole + counted
        assert whole is not None
        found.append(whole)
    return found


def _valued(plan: Plan, weights: Singles, uniform: Singles, rooms: _Rooms) -> tuple[Singles, Callable[[Rows], Singles]]:
    """(m, c) overall values, pairing by pairing, and a function for the numbers behind some of the draws."""
    scores = plan.scores
    if rooms.paired is not None:
        turns = (plan.pairings * uniform.shape[1]).astype(np.intp)
        return scores.paired(weights, uniform, turns, rooms.paired), partial(scores.paired_numbers, uniform, turns)
    if scores.columns is not None:
        overall = scores.overall(weights, uniform, rooms.valued)
    elif rooms.sorted is None:
        overall = products(scores.values, weights)
    else:  # where it is sorted
        overall = products_by_draw(scores.values, weights, rooms.rows[: weights.shape[1]]).T
    return overall, partial(_of_draws, uniform)


def _counted(
    plan: Plan, weights: Singles, overall: Singles, numbers: Callable[[Rows], Singles], rooms: _Rooms
) -> Counts:
    ties, kept = plan.ties, {"pairwise": plan.pairwise}
    if rooms.compared is not None:
        level = level_in(ties, overall, numbers) if ties is not None else None
        return count_compared(overall, weights, plan.first_ranks, level=level, room=rooms.compared, **kept)
    whole: Counts | None = None
    for start in range(0, max(weights.shape[1], 1), rooms.block):
        some = slice(start, start + rooms.block)
        rows = rooms.rows[: weights[:, some].shape[1]]
        if not np.may_share_memory(rows, overall):
            rows[:] = overall[:, some].T
        level = level_in(ties, rows.T, partial(_from, numbers, start)) if ties is not None else None
        counted = count_sorted(rows, weights[:, some], plan.first_ranks, level=level, room=rooms.sorted, **kept)
        whole = counted if whole is None else whole + counted
    assert whole is not None
    return whole


def _from(numbers: Callable[[Rows], Singles], start: int, draws: Rows) -> Singles:
    return numbers(draws + start)


def _of_draws(uniform: Singles, draws: Rows) -> Singles:
    return uniform[:, draws]


def _cut(start: int, stop: int, most: int) -> Iterator[tuple[int, int]]:
    """Runs of points as (number, size): powers of two up to ``most`` that begin at a multiple of themselves."""
    while start < stop:
        size = min(most, 1 << (stop - start).bit_length() - 1, start & -start or most)
        yield start // size, size
        start += size


def _blocks(plan: Plan, unit: Unit, rooms: _Rooms) -> Iterator[tuple[Singles, Singles]]:
    """Blocks of points: weights (n, k), and uniform numbers for the scores (d, k).

    Where some points are outside the region, the weights that are kept are paired with the first points of the scores:
    the digits of each dimension are scrambled independently, so that no pairing is preferable to another.
    """
    sobol = scrambled(plan.dimensions, plan.seed, unit.scramble)
    of_weights, walking = plan.weights.dimensions, walks(plan.weights)
    for block, size in _cut(unit.start, unit.stop, plan.block):
        made = _Digits(sobol, block, size, rooms)
        random = _generator(plan.seed, unit.scramble, size, block, 1) if walking else _UNUSED
        # It has the width of a block even where a region takes no numbers.
        uniform = uniforms(made.of(0, of_weights, size), rooms.uniform[:, :size])
        weights, kept = plan.weights.draw(uniform, random)
        if plan.scores.columns is None:
            yield weights, uniform[:0]
        else:
            yield weights, uniforms(made.of(of_weights, plan.dimensions, size if kept is None else len(kept)))


class _Digits:
    """The digits of one block of points, made on demand."""

    def __init__(self, sobol: ScrambledSobol, block: int, size: int, rooms: _Rooms) -> None:
        self._held, self._room = sobol.held, rooms.sequence
        self._base, self._turn, self._beyond = (
            sobol.base(size, rooms.block),
            sobol.turn(block, size),
            sobol.beyond(block, size),
        )

    def of(self, start: int, stop: int, count: int) -> Bits:
        """(d, count) digits of some dimensions for the first points of the block."""
        bits, held = self._room[start:stop, :count], max(min(stop, self._held) - start, 0)
        np.bitwise_xor(self._base[start:stop, :count], self._turn[start:stop], out=bits[:held])
        if self._beyond is not None and held < stop - start:
            bits[held:] = self._beyond[start + held - self._held : stop - self._held, :count]
        return bits


def _generator(*seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))


_UNUSED: Final = _generator(0)
"""Generator for weights that take no numbers from it: making one per block would cost more than its points."""


@dataclass(frozen=True, eq=False, slots=True)
class Confident:
    """Number of score draws in which each option is first under its own central weights; ties count in part."""

    draws: int
    first: Floats


def run_confidence(plan: Plan, central: Floats, unit: Unit) -> Confident:
    """Draw scores alone; ``central`` (m, n) are each option's central weights, NaN where it has none."""
    has = np.flatnonzero(~np.isnan(central[:, 0]))
    weightings = tuple(central[row][:, None].astype(np.float32) for row in has)
    sobol, start = scrambled(plan.dimensions, plan.seed, unit.scramble), plan.weights.dimensions
    rooms, room = _Rooms(plan), plan.scores.room(plan.block, len(weightings))
    first = np.zeros(len(central))
    for block, size in _cut(unit.start, unit.stop, plan.block):
        uniform = uniforms(_Digits(sobol, block, size, rooms).of(start, plan.dimensions, size))
        for row, overall in zip(has.tolist(), plan.scores.of_weights(weightings, uniform, room), strict=True):
            if plan.ties is not None:
                level_in(plan.ties, overall, partial(_of_draws, uniform))
                best = overall == overall.max(axis=0)
                sharing = np.bincount(best.sum(axis=0)[best[row]])
                first[row] += sharing[1:] @ (1.0 / np.arange(1, len(sharing))) if len(sharing) else 0.0
            else:
                first[row] += np.count_nonzero(overall[row] >= overall.max(axis=0))
    return Confident(unit.stop - unit.start, first)

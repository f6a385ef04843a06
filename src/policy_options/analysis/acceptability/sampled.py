"""SMAA-2 by sampling: scrambled points until the worst index is known to a stated error, on one worker or many.

Each scramble estimates every index independently; their differences give the error. The points of a scramble are
extended as far as that error calls for, and earlier points are kept.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.counting import COMPARED, Counts
from policy_options.analysis.acceptability.errors_of_shares import worst_half_width
from policy_options.analysis.acceptability.exact import MANY, exact_pairs
from policy_options.analysis.acceptability.results import Acceptability, SampledBasis
from policy_options.analysis.acceptability.score_draws import ScoreDraws, plan_scores
from policy_options.analysis.acceptability.tasks import Plan, Unit, nanoseconds, run, run_confidence, seconds_a_point
from policy_options.analysis.acceptability.ties import plan_ties
from policy_options.analysis.acceptability.weight_draws import WeightDraws, plan_weights
from policy_options.analysis.acceptability.workers import OnCluster
from policy_options.analysis.distributions import Uncertainty
from policy_options.analysis.problem import Problem, frozen
from policy_options.analysis.weight_region import WeightRegion
from policy_options.errors import PolicyOptionsError

__all__ = ["FIRST_RANKS", "MANY", "SCRAMBLES", "Precision", "Progress", "sampled_acceptability"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Called with the number of points done and the number expected."""

SCRAMBLES: Final = 16
T_975: Final = 2.1314495
"""The 97.5% quantile of Student's t with one degree of freedom fewer than there are scrambles."""

FIRST_POINTS: Final = 1 << 11
FEWEST_POINTS: Final = 1 << 6
"""Points of a scramble that are added together: the number requested is rounded up to whole runs of this size."""

_FURTHER: Final = 4
"""Factor by which the number of points may grow in a round before the error is checked."""

_FINE: Final = 1
"""A further step is a multiple of the largest power of two within the points so far, halved this many times."""

_RATE: Final = 0.6
"""Exponent of the number of points with which errors are assumed to fall, for guessing how many more are needed; no
stated error depends on it.
"""

_PAIRINGS: Final = 16
"""Draws of the scores tried with each weight vector, where scores take several times as many numbers as weights do."""

_MANY_SCORES: Final = 4

_WORTH: Final = 8.0
"""Largest ratio of drawing to counting for which weight vectors are reused: beyond it, drawing is by far the smaller part."""

FIRST_RANKS: Final = 20
"""Ranks that are counted where there are many options."""

_FAR: Final = 100.0
"""Multiple of the time allowed beyond which no estimate of the time could be so far out."""

WORTH_SENDING: Final = 1.0
"""Seconds of work in a round below which it is done in this process: starting another takes a third of that."""

TASK_SECONDS: Final = 0.1
"""Seconds that a task should take: twice the time next to which a scheduler's overhead is small."""


@dataclass(frozen=True, slots=True)
class Precision:
    """When to stop: at a 95% half-width of the worst index (a share) or a number of samples; and the limits on time and
    size.

    ``seconds`` is the time allowed: an error that would take longer is refused, with the time it would need. Where
    ``most_samples`` is given there is no limit on time: the sample ends there at the latest, with the error that it has
    reached.
    """

    half_width: float = 0.001
    samples: int | None = None
    seconds: float = 600.0
    most_samples: int | None = None


def sampled_acceptability(
    problem: Problem,
    region: WeightRegion,
    *,
    uncertainty: Uncertainty | None,
    seed: int,
    precision: Precision = Precision(),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Acceptability:
    """Sample the indices of SMAA-2, with scores drawn from their distributions or at their likely values.

    The samples, and every digit, are the same with any executor, or without one.

    Raises:
        PolicyOptionsError: the error asked for would take longer than allowed; the executor's workers are lost.
    """
    if problem.unknown.any() and uncertainty is None:
        raise PolicyOptionsError.of(
            "unknown-score",
            "a score is unknown, and has no likely value",
            "draw scores from what is held possible of them",
        )
    region = region.along(problem.criterion_ids)
    m = len(problem.options)
    first_ranks = m if m <= MANY else FIRST_RANKS
    pairs = exact_pairs(problem, region) if uncertainty is None and m <= MANY else None
    # Pairs of many options cost more than everything else: where they are known exactly, those of a few check the sample.
    pairwise = m <= (COMPARED if pairs is not None else MANY)
    ties = plan_ties(problem, region, uncertainty)
    weighted, scores = plan_weights(region, seed=seed), plan_scores(problem, uncertainty, ties.precision)
    pairings = _pairings(weighted, scores, pairwise=pairwise)
    plan = Plan(weighted, scores, seed, first_ranks, pairwise, ties if ties.possible else None, pairings)
    sample = _until(plan, ties.even, precision, executor, progress)
    total = sample.total
    ranks = _pooled(total.ranks, ties.even)
    led = _pooled(total.weights, ties.even)
    with np.errstate(divide="ignore", invalid="ignore"):
        central = np.where(ranks[:, :1] > 0, led / led.sum(axis=1, keepdims=True), np.nan)
    wins = None
    if total.wins is not None:
        wins = _pooled_pairs(np.where(ties.alike[:, None] == ties.alike, 0, total.wins), ties.even) / total.draws
    expected = _pooled(total.places, ties.even) / total.draws
    each = len(pairings)
    basis = SampledBasis(seed, SCRAMBLES, total.draws // each, sample.points, sample.half_width, each)
    if pairs is not None:  # exact values are reported where known, and check the sample
        if wins is not None:
            basis = replace(basis, check=float(np.abs(wins - pairs.wins).max()))
        wins, expected = pairs.wins, pairs.expected_rank
    return Acceptability(
        problem=problem,
        region=region,
        scores="likely" if uncertainty is None else "uncertain",
        ranks=frozen(ranks / total.draws),
        central=frozen(central),
        pairwise=None if wins is None else frozen(wins),
        expected_rank=frozen(expected),
        basis=basis,
        confident=None if plan.scores.columns is None else partial(_confidence, plan, central, ties.even),
        first_by_scramble=frozen(sample.first),
    )


def _pairings(weighted: WeightDraws, scores: ScoreDraws, *, pairwise: bool) -> Floats:
    """(p, n) shift of each criterion's score draws within a block, as a share of the block, for each draw reused.

    A draw of scores recombined from others is worth as much as a fresh one as long as the scores leave more uncertainty
    than the weights do; the test is how many numbers each takes. It saves the drawing, and so pays where drawing takes
    longer than counting: many options take longer to count than to draw.
    """
    each = 1
    if scores.columns is not None and scores.dimensions >= weighted.dimensions:
        each = _PAIRINGS if scores.dimensions >= _MANY_SCORES * weighted.dimensions else _PAIRINGS // 2
        drawing, counting = nanoseconds(weighted, scores, pairwise=pairwise)
        each = max(min(each, int(_WORTH * drawing / counting)), 1)
    n = scores.values.shape[1]
    return np.vstack((np.zeros((1, n)), np.random.default_rng(_PAIRINGS).random((each - 1, n))))


def _pooled(of_options: NDArray[np.generic], even: Integers) -> Floats:
    """Means over options that only chance distinguishes."""
    found = np.asarray(of_options, dtype=np.float64)
    if even.max(initial=0) + 1 == len(even):
        return found
    sums = np.zeros((int(even.max()) + 1, *found.shape[1:]))
    np.add.at(sums, even, found)
    sizes = np.bincount(even)
    return np.asarray((sums / sizes.reshape(-1, *[1] * (found.ndim - 1)))[even])


def _pooled_pairs(of_pairs: Integers, even: Integers) -> Floats:
    """Means over pairs of options of the same two kinds; an option makes no pair with itself."""
    sums = _pooled(_pooled(of_pairs, even).T, even).T
    sizes = np.bincount(even)[even]
    within = (even[:, None] == even) & ~np.eye(len(even), dtype=bool)
    found = np.where(within, sums * sizes / np.maximum(sizes - 1, 1), sums)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)


@dataclass(frozen=True, eq=False, slots=True)
class _Sample:
    total: Counts
    points: int
    half_width: float
    first: Floats


def _until(
    plan: Plan, even: Integers, precision: Precision, executor: Executor | None, progress: Progress | None
) -> _Sample:
    """Extend all scrambles until the error, or the number of samples, is reached."""
    started = time.monotonic()
    of_scramble: list[Counts | None] = [None] * SCRAMBLES
    done, half_width = 0, 1.0
    wanted = None if precision.samples is None else max(-(-precision.samples // SCRAMBLES), 1)
    most = None
    if precision.most_samples is not None:  # in whole first rounds
        most = max(precision.most_samples // (SCRAMBLES * FIRST_POINTS), 1) * FIRST_POINTS
    start, stop = 0, FIRST_POINTS
    while True:
        if wanted is not None:
            stop = min(stop, -(-wanted // FEWEST_POINTS) * FEWEST_POINTS)  # in whole runs, spread evenly
        at_home = (stop - start) * SCRAMBLES * seconds_a_point(plan) < WORTH_SENDING
        for unit, counts in _results(plan, _units(plan, start, stop), None if at_home else executor):
            before = of_scramble[unit.scramble]
            of_scramble[unit.scramble] = counts if before is None else before + counts
            done += unit.stop - unit.start
            if progress is not None:
                progress(done, SCRAMBLES * (stop if wanted is None else wanted))
        counted = [counts for counts in of_scramble if counts is not None]
        start, reached = stop, stop
        stop = _FURTHER * start
        if all(counts.draws > 0 for counts in counted):
            half_width = _half_width(counted, even)
            if wanted is None:
                if half_width <= precision.half_width or (most is not None and reached >= most):
                    break
                if most is None:
                    _refuse_endless(half_width, precision, done, time.monotonic() - started)
                # No further than needed: the error of scrambled points falls somewhat faster than the square root of
                # their number.
                enough = 1.02 * start * (half_width / precision.half_width) ** (1 / _RATE)
                # In fractions of that: a last step that doubled the points would often make half of them unnecessarily.
                step = max(1 << start.bit_length() - 1 >> _FINE, FIRST_POINTS)
                stop = min(stop, max(int(enough) // step + 1, start // step + 1) * step)
                stop = stop if most is None else min(stop, most)
        if wanted is not None and reached >= wanted:
            break
        if wanted is not None:
            _refuse_many(wanted * SCRAMBLES, precision, done, time.monotonic() - started)
    total = counted[0]
    for counts in counted[1:]:
        total = total + counts
    first = np.stack([_pooled(counts.ranks[:, 0], even) / max(counts.draws, 1) for counts in counted])
    return _Sample(total, done, half_width, first)


def _units(plan: Plan, start: int, stop: int) -> list[tuple[Unit, ...]]:
    """The points of a round as tasks of about equal time, cut the same way whatever the number of workers."""
    most = 1 << max(int(TASK_SECONDS / seconds_a_point(plan)), 1).bit_length() - 1
    most = max(most, plan.block)
    units = [
        Unit(scramble, begin, min(begin + most, stop))
        for scramble in range(SCRAMBLES)
        for begin in range(start, stop, most)
    ]
    together = max(most // max(stop - start, 1), 1)
    return [tuple(units[index : index + together]) for index in range(0, len(units), together)]


def _results(plan: Plan, tasks: Sequence[tuple[Unit, ...]], executor: Executor | None) -> Iterator[tuple[Unit, Counts]]:
    """Counts by unit, in the order of units; only enough tasks run at once to keep the workers busy, so that memory
    stays flat.
    """
    if executor is None:
        for units in tasks:
            yield from zip(units, run(plan, units), strict=True)
        return
    waiting: deque[tuple[tuple[Unit, ...], Future[list[Counts]]]] = deque()
    left = iter(tasks)
    try:
        while True:
            for units in islice(left, _UNDER_WAY - len(waiting)):
                waiting.append((units, executor.submit(run, plan, units)))
            if not waiting:
                return
            units, future = waiting.popleft()
            yield from zip(units, _outcome(future, executor), strict=True)
    finally:
        for _, future in waiting:
            future.cancel()


_UNDER_WAY: Final = 64


LOOKING: Final = 1.0
"""Seconds between checks that a cluster's scheduler is still there."""


def _outcome(future: Future[list[Counts]], executor: Executor) -> list[Counts]:
    """The result of a task.

    Raises:
        PolicyOptionsError: its worker is gone, and no other takes it over.
    """
    from concurrent.futures import BrokenExecutor, CancelledError

    try:
        if isinstance(executor, OnCluster):
            while not wait([future], LOOKING).done:
                if executor.lost:
                    raise CancelledError("the scheduler has gone")
        return future.result()
    except Exception as error:
        lost = isinstance(error, BrokenExecutor | CancelledError | OSError)
        if not lost and not type(error).__module__.startswith("distributed."):
            raise  # the task itself failed
        raise PolicyOptionsError.of(
            "workers-lost",
            f"the workers that sampled are gone: {type(error).__name__}{f', {error}' if str(error) else ''}",
            "run it again, or with --workers 1",
        ) from None


def _half_width(counted: Sequence[Counts], even: Integers) -> float:
    """The 95% half-width of the worst index, from the spread between scrambles."""
    m = len(even)
    draws = sum(counts.draws for counts in counted) / len(counted)
    shares = np.stack([_pooled(counts.ranks, even).ravel() / counts.draws for counts in counted])
    worst = 0.0
    if counted[0].wins is not None:
        # With few options all pairs are taken together, with many one option's at a time: all at once would not fit in
        # memory.
        for rows in [np.arange(m)] if m <= COMPARED else [np.array([row]) for row in range(m)]:
            one, other = np.nonzero((even[rows][:, None] != even) & (rows[:, None] < np.arange(m)))
            pairs = [counts.wins[rows[one], other] / counts.draws for counts in counted if counts.wins is not None]
            if m <= COMPARED:
                shares = np.hstack((shares, np.stack(pairs)))
            else:
                worst = max(worst, worst_half_width(np.stack(pairs), draws))
    return max(worst, worst_half_width(shares, draws))


def _refuse_endless(half_width: float, precision: Precision, done: int, taken: float) -> None:
    """Refuse an error that would take longer than allowed, as soon as that is clear.

    Raises:
        PolicyOptionsError: with what it would need.
    """
    needed = done * (half_width / precision.half_width) ** 2  # at worst: scrambled points often need fewer
    seconds = taken * needed / done
    # What is far too long is clear at once, before any process is started for it.
    if seconds > precision.seconds and (taken > 0.25 or seconds > _FAR * precision.seconds):
        raise PolicyOptionsError.of(
            "error-too-small",
            f"an error of {100 * precision.half_width:.3g} percentage points would take up to about {needed:.2g} samples, "
            f"{_long(seconds)}; after {done:,} samples it is {100 * half_width:.2g}",
            "name a larger --error, or a number of --samples",
        )


def _refuse_many(samples: int, precision: Precision, done: int, taken: float) -> None:
    """Refuse a number of samples that would take longer than allowed, as soon as that is clear.

    Raises:
        PolicyOptionsError: with what it would need.
    """
    seconds = taken * samples / done
    # What is far too long is clear at once, before any process is started for it.
    if seconds > precision.seconds and (taken > 0.25 or seconds > _FAR * precision.seconds):
        raise PolicyOptionsError.of(
            "samples-too-many",
            f"{samples:.2g} samples would take about {_long(seconds)}",
            "name fewer --samples, or more --seconds",
        )


def _long(seconds: float) -> str:
    for size, name in ((86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {name}"
    return f"{seconds:.0f} seconds"


_CONFIDENCE_POINTS: Final = 1 << 12


def _confidence(plan: Plan, central: Floats, even: Integers) -> tuple[Floats, float]:
    """Confidence factors, and the 95% half-width of the worst of them."""
    m = len(central)
    # Each option is tried under its own weights against all others, so that the cost is the square of their number.
    points = max(_CONFIDENCE_POINTS >> 2 * max(m // COMPARED, 1).bit_length() - 2, FEWEST_POINTS)
    units = [Unit(scramble, 0, points) for scramble in range(SCRAMBLES)]
    found = [run_confidence(plan, central, unit) for unit in units]
    shares = np.stack([one.first / one.draws for one in found])
    half_width = T_975 * float(shares.std(axis=0, ddof=1).max()) / SCRAMBLES**0.5
    return frozen(_pooled(np.where(np.isnan(central[:, 0]), np.nan, shares.mean(axis=0)), even)), half_width

"""SMAA-2 at likely scores without sampling, over a region that is a simplex or can be cut into a few.

The results are checked against identities that only a correct answer satisfies. Where they fail by more than 1e-8, or
there are too many vertices, there is no exact answer and the reason is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.pairwise import expected_ranks, winning_shares
from policy_options.analysis.acceptability.results import Acceptability, ExactBasis
from policy_options.analysis.acceptability.vertices import Arrangement, VertexSums, candidates
from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem, frozen
from policy_options.analysis.stability import refuse_unknown
from policy_options.analysis.weight_region import Piece, WeightRegion

__all__ = ["GATE", "MANY", "MOST_VERTICES", "ROUNDING", "ExactPairs", "NotExact", "exact_acceptability", "exact_pairs"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

GATE: Final = 1e-8
"""How far the identities may be off before an answer is no longer called exact."""

ROUNDING: Final = 1e-6
"""How far two ways of summing may differ before an answer is no longer called exact: a ten-thousandth of a percentage
point.
"""

MOST_VERTICES: Final = 200_000
"""Candidate vertices examined unless more are allowed: about half a second."""

MANY: Final = 2_000
"""Options beyond which m x m arrays are not kept."""

_MOST_STEPS: Final = 50_000_000
"""Steps of the recursion over all pairs and simplices: a second or two."""

_TELLING: Final = 1e4
"""Factor by which the share of first ranks must exceed the rounding error for central weights to be given: below it,
fewer than four of their digits would be right.
"""

_SAME_SHAPE: Final = 1e-12
"""How far edges may be off, as a share of the longest, for one simplex to count as a copy of another."""

_PERTURBATIONS: Final = ((7, 1e-6), (8, 1e-6), (9, 1e-5), (10, 1e-5))
"""Seeds and step lengths (as a share of the range) for perturbing values where more options tie than the formula
allows.

The next is tried where rounding loses too much with one.
"""


@dataclass(frozen=True, slots=True)
class NotExact:
    """Why there is no exact answer: the region is not cut into simplices, there are too many vertices, or identities fail."""

    why: Literal["region", "size", "identities"]
    vertices: int = 0
    identity_error: float = 0.0


@dataclass(frozen=True, eq=False, slots=True)
class ExactPairs:
    """(m, m) pairwise winning indices, (m,) expected ranks, and which pairs are equal throughout the region."""

    wins: Floats
    expected_rank: Floats
    equal: NDArray[np.bool_]


def exact_pairs(problem: Problem, region: WeightRegion) -> ExactPairs | None:
    """Pairwise winning indices and expected ranks at likely scores; ``None`` for too many pairs and simplices.

    Raises:
        PolicyOptionsError: a score is unknown.
    """
    region = region.along(problem.criterion_ids)
    refuse_unknown(problem, region.upper, "an exact share of ways of weighting")
    if region.pieces is None:
        return None
    m = len(problem.options)
    if m * m / 2 * sum(piece.vertices.shape[1] ** 2 for piece in region.pieces) > _MOST_STEPS:
        return None
    wins, equal = winning_shares(np.nan_to_num(problem.values), region.pieces)
    return ExactPairs(frozen(wins), frozen(expected_ranks(wins, equal)), equal)


def exact_acceptability(
    problem: Problem, region: WeightRegion, *, most_vertices: int = MOST_VERTICES
) -> Acceptability | NotExact:
    """All indices of SMAA-2 at likely scores, exactly, or why there is no exact answer.

    Raises:
        PolicyOptionsError: a score is unknown.
    """
    region = region.along(problem.criterion_ids)
    if region.pieces is None:
        return NotExact("region")
    smallest = min(candidates(len(problem.options), piece.vertices.shape[1]) for piece in region.pieces)
    if len(problem.options) > MANY and smallest > most_vertices:
        return NotExact("size", smallest)  # before all pairs are kept
    pairs = exact_pairs(problem, region)
    if pairs is None:
        return NotExact("size", smallest * len(region.pieces))
    values = np.nan_to_num(problem.values)
    heads, member_of = _merged(pairs.equal)
    looked_at = sum(candidates(len(heads), piece.vertices.shape[1]) for piece in region.pieces)
    if looked_at > most_vertices:
        return NotExact("size", looked_at)
    sizes = np.bincount(member_of, minlength=len(heads)).astype(np.int64)
    m, n = values.shape
    sums = [np.zeros((len(heads), columns)) for columns in (m, n, m, n)]
    centre = np.zeros(n)
    copies = _Copies(values[heads], sizes)
    for piece in region.pieces:
        found = copies.sums_of(piece)
        for index, (total, part) in enumerate(zip(sums, found, strict=True)):
            total += piece.share * (part if index % 2 == 0 else part @ piece.vertices.T)
        centre += piece.share * piece.vertices.mean(axis=1)
    ranks = _shared_out(sums[0], sizes)[member_of]
    moments = sums[1][member_of] / sizes[member_of][:, None]
    rounding = float(max(np.abs(sums[0] - sums[2]).max(), np.abs(sums[1] - sums[3]).max()))
    error = _identity_error(ranks, moments, pairs.expected_rank, centre)
    if not (error <= GATE and rounding <= ROUNDING):
        return NotExact("identities", looked_at, max(error, rounding))
    ranks = np.where(ranks < max(1e-10, rounding), 0.0, np.where(ranks > 1.0 - 1e-10, 1.0, ranks))
    # An option that beats some rival under no weights is never first, whatever rounding gives.
    beaten = ((pairs.wins == 0.0) & ~pairs.equal).any(axis=1)
    ranks[beaten, 0] = 0.0
    if (ranks[:, 0] > 0.0).sum() == 1:
        ranks[ranks[:, 0] > 0.0, 0] = 1.0
    first = ranks[:, :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        central = np.where(first > _TELLING * rounding, moments / first, np.nan)
    central[first[:, 0] == 0.0] = np.nan
    for row in np.flatnonzero(~np.isnan(central[:, 0])):
        # Means of weights are within the region: one that rounding has carried outside is not a mean, and is not shown
        # as one.
        central[row] = central[row] / central[row].sum() if region.holds(central[row], 1e-5) else np.nan
    return Acceptability(
        problem=problem,
        region=region,
        scores="likely",
        ranks=frozen(ranks),
        central=frozen(central),
        pairwise=pairs.wins,
        expected_rank=pairs.expected_rank,
        basis=ExactBasis(len(region.pieces), looked_at, error, rounding),
    )


def _merged(equal: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Rows that represent options equal throughout the region, and the representative of each option."""
    first = equal.argmax(axis=1)
    heads, member_of = np.unique(first, return_inverse=True)
    return heads.astype(np.int64), member_of.astype(np.int64)


def _shared_out(ranks: Floats, sizes: Integers) -> Floats:
    """Share the ranks that equal options take together evenly among them; ``sizes`` (m,) counts the options of each row."""
    if (sizes == 1).all():
        return ranks
    total = ranks.shape[1]
    shared = np.zeros_like(ranks)
    for row, size in enumerate(sizes.tolist()):
        for step in range(size):
            shared[row, step:] += ranks[row, : total - step] / size
    return shared


_Sums = tuple[Floats, Floats, Floats, Floats]
"""Indices and first moments, and both again by another direction."""


@dataclass(frozen=True, eq=False, slots=True)
class _Original:
    """A simplex with the planes between options on it, at the values as given and slightly perturbed; built on demand."""

    vertices: Floats
    values: Floats
    made: dict[tuple[int, int], Arrangement]

    def arrangement(self, seed: int = 0, step: float = 0.0, times: int = 0) -> Arrangement:
        """The planes at values moved by ``times`` times ``step`` in a random direction."""
        if (seed, times) not in self.made:
            direction = np.random.default_rng(seed).standard_normal(self.values.shape)
            moved = self.values + times * step * float(np.ptp(self.values)) * direction
            self.made[seed, times] = Arrangement(moved if times else self.values, perturbed=times > 0)
        return self.made[seed, times]


class _Copies:
    """Sums over the simplices of a region; moved and scaled copies of a simplex share its planes."""

    def __init__(self, values: Floats, sizes: Integers) -> None:
        self._values, self._sizes = values, sizes
        self._originals: list[_Original] = []

    def sums_of(self, piece: Piece) -> _Sums:
        """Sums over one of the simplices."""
        if piece.vertices.shape[1] == 1:
            at_point = _at_a_point((self._values @ piece.vertices)[:, 0], self._sizes)
            return (*at_point, *at_point)
        for original in self._originals:
            factor = _factor(piece.vertices, original.vertices)
            if factor is not None:
                moved = piece.vertices[:, 0] - factor * original.vertices[:, 0]
                return _piece_sums(original, self._values @ moved, factor, self._sizes)
        self._originals.append(_Original(piece.vertices, self._values @ piece.vertices, {}))
        return _piece_sums(self._originals[-1], np.zeros(len(self._values)), 1.0, self._sizes)


def _factor(vertices: Floats, original: Floats) -> float | None:
    """The scale factor of a simplex relative to another of which it is a moved copy; ``None`` if it is not a copy."""
    if vertices.shape != original.shape:
        return None
    edges, others = vertices - vertices[:, :1], original - original[:, :1]
    largest = np.unravel_index(np.abs(others).argmax(), others.shape)
    factor = float(edges[largest] / others[largest])
    same = np.abs(edges - factor * others).max() <= _SAME_SHAPE * np.abs(edges).max()
    return factor if same and factor != 0.0 else None


def _piece_sums(original: _Original, shift: Floats, factor: float, sizes: Integers) -> _Sums:
    """Sums over one simplex, with moments in vertex coordinates.

    The values at its vertices exceed ``factor`` times those of the original by ``shift`` (m,). Where more options tie
    at a vertex than in a generic arrangement, as they often do with whole scores, the sum is taken at three small
    perturbations in one direction and extrapolated back to zero: along it every index is smooth up to where it starts,
    so that errors of first and second order cancel.
    """
    found = original.arrangement().sums(shift, factor, sizes)
    tried: list[tuple[float, _Sums]] = []
    if found.simple:
        tried.append(_weighed(_all_of(found)))
    for seed, step in _PERTURBATIONS:
        if tried and tried[-1][0] < ROUNDING / 10:
            break
        steps = [_all_of(original.arrangement(seed, step, times).sums(shift, factor, sizes)) for times in (1, 2, 3)]
        ranks, moments, ranks_again, moments_again = (3.0 * a - 3.0 * b + c for a, b, c in zip(*steps, strict=True))
        tried.append(_weighed((ranks, moments, ranks_again, moments_again)))
    return min(tried, key=lambda one: one[0])[1]


def _weighed(sums: _Sums) -> tuple[float, _Sums]:
    """Sums with their visible error: between two directions, and in the sum of each option's ranks."""
    ranks, moments, ranks_again, moments_again = sums
    apart = max(np.abs(ranks - ranks_again).max(), np.abs(moments - moments_again).max())
    return float(max(apart, np.abs(ranks.sum(axis=1) - 1.0).max())), sums


def _all_of(found: VertexSums) -> _Sums:
    return found.acceptability, found.moments, found.acceptability_again, found.moments_again


def _at_a_point(values: Floats, sizes: Integers) -> tuple[Floats, Floats]:
    """Results for a region of one point: each option has its rank there, and options that tie share theirs evenly."""
    total = int(sizes.sum())
    ranks = np.zeros((len(values), total))
    for row, value in enumerate(values):
        ahead = int(sizes[values > value + TIE].sum())
        level = np.abs(values - value) <= TIE
        rivals = int(sizes[level].sum()) - int(sizes[row])
        ranks[row, ahead : ahead + rivals + 1] = 1.0 / (rivals + 1)
    return ranks, ranks[:, :1]


def _identity_error(ranks: Floats, moments: Floats, expected: Floats, centre: Floats) -> float:
    m = len(ranks)
    of_ranks = np.abs(ranks @ np.arange(1, m + 1) - expected).max()
    rows, columns = np.abs(ranks.sum(axis=1) - 1.0).max(), np.abs(ranks.sum(axis=0) - 1.0).max()
    of_centre = np.abs(moments.sum(axis=0) - centre).max()
    return float(max(of_ranks, rows, columns, of_centre, -ranks.min()))  # a NaN is above every gate

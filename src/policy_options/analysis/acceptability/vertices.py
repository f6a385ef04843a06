"""Exact rank acceptabilities of a few options over a simplex of weights: a signed sum over the vertices of an
arrangement.

The planes on which two options tie cut the simplex into cells in which the order is the same. The volume of a cell is a
sum over its vertices (Lawrence 1991, Mathematics of Computation 57), and reversing a half-space only changes a sign; so
each vertex, found once, serves every rank of every option that ties there. A vertex is where the options of a set G tie
and only the criteria of a set K of the same size carry weight.

With c a generic direction, the exponents g and mu solve c_k = mu + sum over a in G of g_a v[a, k] for k in K, sum g = 0; mu is
c.w at the vertex, gamma_l = mu + sum g_a v[a, l] - c_l belongs to a criterion l without weight. For option i the term is
mu^D / (|det| prod gamma prod over a != i of g_a): the simplex has volume 1 / D!, so that the D! of the formula cancels.
First moments come from the derivative of (c.x)^(D + 1) in c.

Of simplices that are moved and scaled copies of one, such as those that a box is cut into, the planes differ in
position and not in slope. So the systems that give the vertices are inverted once for all copies: with values c + s V
at the vertices of a copy, [c + s V, 1; 1, 0] = [s I, c; 0, 1] [V, 1 / s; 1, 0].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Arrangement", "VertexSums", "candidates", "vertex_sums"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DIRECTIONS: Final = 8
"""Generic directions that may be tried; the one with the smallest sum of absolute terms loses least to cancellation."""

AT_ONCE: Final = 20_000
"""Candidate vertices examined together, which bounds the memory."""

_SMALL_SUM: Final = 1e4
"""A sum of absolute terms that loses four digits of sixteen: below it, no other direction need be tried."""

_GOOD_SEED: Final = 232
"""The seed of 300 tried on random problems of 5 to 8 options by 5 to 9 criteria whose first two directions lose least."""

_DEGENERATE: Final = 1e-11
_SINGULAR: Final = 1e-12
_TINY: Final = 1e-30
_NO_INVERSE: Final = 1e-280
"""Determinant, for the values as given, below which no inverse is sought; such planes are parallel on any copy."""


@dataclass(frozen=True, eq=False, slots=True)
class VertexSums:
    """Sums over the simplex, by two directions.

    ``acceptability`` is (m, M), for M options with multiplicity, with the first moments (m, n) of the weights in which
    each is first; both are given ``again`` for a second direction, whose rounding differs. ``simple`` says that no
    vertex has more ties than the formula allows for; otherwise the sums mean nothing.
    """

    acceptability: Floats
    moments: Floats
    acceptability_again: Floats
    moments_again: Floats
    simple: bool


def candidates(m: int, n: int) -> int:
    """The number of candidate vertices for m options and n vertices of the simplex."""
    return comb(m + n, n) - 1


def vertex_sums(values: Floats, sizes: Integers, *, perturbed: bool = False) -> VertexSums:
    """Sums over all vertices, for (m, n) values at the n vertices of a simplex, no two rows of which are equal.

    ``sizes`` (m,) is the number of equal options that each row represents: a row ahead of another moves it down by that
    many ranks. ``perturbed`` values are assumed to be generic, however close they are to values that are not.
    """
    return Arrangement(values, perturbed=perturbed).sums(np.zeros(len(values)), 1.0, sizes)


class Arrangement:
    """The planes on which options tie, for (m, n) values at the n vertices of a simplex, and of all its copies."""

    def __init__(self, values: Floats, *, perturbed: bool = False) -> None:
        self._values, self._perturbed = values, perturbed
        self._systems: dict[int, list[_Systems]] = {}

    def sums(self, shift: Floats, factor: float, sizes: Integers) -> VertexSums:
        """Sums over the vertices of a copy, with values that are ``shift`` (m,) more than ``factor`` times as large."""
        values = shift[:, None] + factor * self._values
        m, n = values.shape
        scale = max(float(np.ptp(values)), 1e-300)
        scaled = (values - values.min()) / scale
        moved, times = (shift - values.min()) / scale, factor / scale
        directions = np.random.default_rng(_GOOD_SEED).standard_normal((DIRECTIONS, n))
        ahead_at: list[_Found] = []
        for size in range(1, min(m, n) + 1):
            for systems in self._of_size(size):
                found = _vertices(scaled, systems, moved, times, self._perturbed)
                if found is None:
                    return _no_sums(m, n, int(sizes.sum()))
                if len(found.weights):
                    ahead_at.append(found)
        # The directions with the smallest sums of absolute terms lose least to cancellation. The difference between two
        # of them is due to rounding: errors at a vertex cancel in every identity, but not between directions.
        two = [_terms(scaled, found, directions[:2]) for found in ahead_at]
        if _absolute(two).max() >= _SMALL_SUM:
            every = [_terms(scaled, found, directions) for found in ahead_at]
            best = np.argsort(_absolute(every))[:2]
            two = [terms.along(best) for terms in every]
        acceptability, moments = np.zeros((2, m, int(sizes.sum()))), np.zeros((2, m, n))
        for found, terms in zip(ahead_at, two, strict=True):
            before = found.ahead @ sizes
            _add_ranks(acceptability, found, before, terms.terms, sizes)
            leading = np.flatnonzero(before == 0)
            if leading.size:
                _add_moments(moments, scaled, found, leading, terms)
        return VertexSums(acceptability[0], moments[0], acceptability[1], moments[1], simple=True)

    def _of_size(self, size: int) -> Iterable[_Systems]:
        """The systems for sets of ``size`` options, computed once where they are few enough to keep."""
        if size in self._systems:
            return self._systems[size]
        m, n = self._values.shape
        made = (_systems(self._values, tied, support) for tied, support in _batches(m, n, size))
        if comb(m, size) * comb(n, size) > AT_ONCE:
            return made
        self._systems[size] = list(made)
        return self._systems[size]


def _absolute(terms: list[_Terms]) -> Floats:
    """(d,) sums of absolute terms."""
    return np.asarray(sum(np.abs(one.terms).sum(axis=(1, 2)) for one in terms))


def _no_sums(m: int, n: int, ranks: int) -> VertexSums:
    nothing, none = np.zeros((m, ranks)), np.zeros((m, n))
    return VertexSums(nothing, none, nothing, none, simple=False)


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """Vertices of one size s.

    Which options tie and which criteria carry weight, (v, s) each, the weights there (v, s), which options are ahead
    (v, m), the inverses of their bordered systems (v, s + 1, s + 1) and the logarithms of their determinants.
    """

    tied: Integers
    support: Integers
    weights: Floats
    ahead: NDArray[np.bool_]
    inverse: Floats
    determinant: Floats


def _batches(m: int, n: int, size: int) -> Iterator[tuple[Integers, Integers]]:
    """All pairs of ``size`` options and ``size`` criteria, in chunks."""
    options, criteria = _subsets(m, size), _subsets(n, size)
    for start in range(0, len(options) * len(criteria), AT_ONCE):
        index = np.arange(start, min(start + AT_ONCE, len(options) * len(criteria)))
        yield options[index // len(criteria)], criteria[index % len(criteria)]


@cache
def _subsets(of: int, size: int) -> Integers:
    """(s, size) all subsets of ``size`` elements of the first whole numbers."""
    found = np.array(list(combinations(range(of), size)), dtype=np.int64)
    found.flags.writeable = False
    return found


@dataclass(frozen=True, eq=False, slots=True)
class _Systems:
    """Candidates of one size s.

    Which options tie and which criteria carry weight, (c, s) each, the inverses of the bordered systems of the simplex
    itself (c, s + 1, s + 1), zero where not invertible, and their determinants (c,).
    """

    tied: Integers
    support: Integers
    inverse: Floats
    determinant: Floats


def _systems(values: Floats, tied: Integers, support: Integers) -> _Systems:
    bordered = _bordered(values, tied, support)
    size = tied.shape[1]
    determinant = np.abs(np.linalg.det(bordered)) if size > 1 else np.ones(len(tied))
    inverse = np.zeros_like(bordered)
    some = determinant > _NO_INVERSE
    inverse[some] = np.linalg.inv(bordered[some])
    return _Systems(tied, support, inverse, determinant)


def _bordered(values: Floats, tied: Integers, support: Integers) -> Floats:
    count, size = tied.shape
    bordered = np.zeros((count, size + 1, size + 1))
    bordered[:, :size, :size] = values[tied[:, :, None], support[:, None, :]]
    bordered[:, :size, size] = 1.0
    bordered[:, size, :size] = 1.0
    return bordered


def _vertices(values: Floats, systems: _Systems, shift: Floats, factor: float, perturbed: bool) -> _Found | None:
    """The candidates that are vertices within a copy of the simplex; ``None`` where one has more ties than its size.

    ``values`` at the vertices of the copy are ``shift`` more than ``factor`` times those of the systems.
    """
    tied, support = systems.tied, systems.support
    size = tied.shape[1]
    determinant = systems.determinant * abs(factor) ** (size - 1)
    parallel = determinant <= (_TINY if perturbed else _SINGULAR)
    kept = slice(None)
    if parallel.any():
        if perturbed or _meet_all_over(_bordered(values, tied[parallel], support[parallel])):
            return None
        kept = ~parallel
    inverse = systems.inverse[kept]
    tied, support, determinant = tied[kept], support[kept], determinant[kept]
    # The inverses that copies share show which are inside; the position of those few is solved for separately.
    there = inverse[:, :size, size] - np.einsum("vij,vj->vi", inverse[:, :size, :size], shift[tied]) / factor
    inside = (there > -_DEGENERATE).all(axis=1)
    tied, support, determinant = tied[inside], support[inside], determinant[inside]
    bordered = _bordered(values, tied, support)
    inverse = np.asarray(np.linalg.inv(bordered))
    corner = inverse[:, :, size].copy()
    missed = -np.einsum("vij,vj->vi", bordered, corner)
    missed[:, size] += 1.0
    corner += np.einsum("vij,vj->vi", inverse, missed)
    weights, level = corner[:, :size], -corner[:, size]
    at = np.einsum("vms,vs->vm", values[:, support].transpose(1, 0, 2), weights)
    gap = at - level[:, None]
    every = np.arange(len(tied))[:, None]
    gap[every, tied] = np.inf
    if (weights < _DEGENERATE).any() or (np.abs(gap) < _DEGENERATE).any():
        return None
    ahead = gap > 0.0
    ahead[every, tied] = False
    return _Found(tied, support, weights, ahead, inverse, determinant)


def _meet_all_over(bordered: Floats) -> bool:
    """Whether planes that are parallel on a face coincide there, and so tie on more than a point of it."""
    size = bordered.shape[1]
    unit = np.zeros(size)
    unit[-1] = 1.0
    nearest = np.linalg.pinv(bordered, rcond=1e-9) @ unit
    missed = np.abs(np.einsum("vij,vj->vi", bordered, nearest) - unit).max(axis=1)
    return bool((missed < 1e-6).any())


@dataclass(frozen=True, eq=False, slots=True)
class _Terms:
    """For each direction and vertex: g (d, v, s), mu (d, v), gamma (d, v, n), and the terms (d, v, s).

    gamma counts where ``outside`` (v, n) is set.
    """

    g: Floats
    mu: Floats
    gamma: Floats
    outside: NDArray[np.bool_]
    terms: Floats

    def along(self, chosen: NDArray[np.intp]) -> _Terms:
        """The exponents and terms of some directions."""
        return _Terms(self.g[chosen], self.mu[chosen], self.gamma[chosen], self.outside, self.terms[chosen])


def _terms(values: Floats, found: _Found, directions: Floats) -> _Terms:
    count, size = found.tied.shape
    n = values.shape[1]
    # The bordered system is [V 1; 1 0]; transposed, it gives g and mu from c.
    solved = np.einsum("vks,dvk->dvs", found.inverse[:, :size, :], directions[:, found.support])
    g, mu = solved[:, :, :size], solved[:, :, size]
    gamma = mu[:, :, None] + np.einsum("dvs,vsn->dvn", g, values[found.tied]) - directions[:, None, :]
    outside = np.ones((count, n), dtype=bool)
    outside[np.arange(count)[:, None], found.support] = False
    product = np.where(outside, gamma, 1.0).prod(axis=2)
    if size == 1:  # no rival ties there: there are no exponents of rivals
        return _Terms(g, mu, gamma, outside, (mu ** (n - 1) / (found.determinant * product))[:, :, None])
    common = mu ** (n - 1) / (found.determinant * product * g.prod(axis=2))
    return _Terms(g, mu, gamma, outside, common[:, :, None] * g)


def _add_ranks(acceptability: Floats, found: _Found, before: Integers, terms: Floats, sizes: Integers) -> None:
    """Add the terms to every rank of the options that tie; reversing each rival that ties there changes the sign.

    The multiplicities are the powers in the product of (1 - z^size), whose coefficients go to the ranks. (d, m, M)
    acceptabilities.
    """
    d, m, total = acceptability.shape
    size = found.tied.shape[1]
    of_direction = np.arange(d)[:, None, None] * (m * total)
    if (sizes == 1).all():
        cell = of_direction + found.tied * total + before[:, None]
        ahead = np.bincount(cell.ravel(), weights=terms.ravel(), minlength=d * m * total).reshape(d, m, total)
        for switched in range(size):
            signed = (-1) ** switched * comb(size - 1, switched)
            acceptability[:, :, switched:] += signed * ahead[:, :, : total - switched]
        return
    for place in range(size):
        polynomial = np.zeros((len(before), total + 1))
        polynomial[:, 0] = 1.0
        for rival in np.delete(found.tied, place, axis=1).T:
            index = np.arange(total + 1)[None, :] - sizes[rival][:, None]
            moved = np.where(index >= 0, np.take_along_axis(polynomial, np.maximum(index, 0), axis=1), 0.0)
            polynomial = polynomial - moved
        for switched in range(total):
            some = np.flatnonzero(polynomial[:, switched])
            if not some.size:
                continue
            signed_terms = terms[:, some, place] * polynomial[some, switched]
            cell = of_direction[:, 0] + found.tied[some, place] * total + before[some] + switched
            counted = np.bincount(cell.ravel(), weights=signed_terms.ravel(), minlength=d * m * total)
            acceptability += counted.reshape(d, m, total)


def _add_moments(moments: Floats, values: Floats, found: _Found, leading: NDArray[np.intp], of: _Terms) -> None:
    """Add term x (vertex + mu / (D + 1) x the gradient of log(1 / (prod gamma prod g))) in c, for options that lead there."""
    d, m, n = moments.shape
    size = found.tied.shape[1]
    tied, support, inverse = found.tied[leading], found.support[leading], found.inverse[leading]
    count = len(leading)
    # d g_a / d c_k and d mu / d c_k for k in the support are entries of the inverse; for other k they are 0.
    of_g, of_mu, vertex = np.zeros((count, size, n)), np.zeros((count, n)), np.zeros((count, n))
    every = np.arange(count)[:, None]
    of_g[every[:, :, None], np.arange(size)[None, :, None], support[:, None, :]] = inverse[:, :size, :size].transpose(
        0, 2, 1
    )
    of_mu[every, support] = inverse[:, :size, size]
    vertex[every, support] = found.weights[leading]
    out = of.outside[leading]
    reciprocal = np.where(out, 1.0 / np.where(out, of.gamma[:, leading], 1.0), 0.0)
    # sum over l of (d gamma_l / d c_k) / gamma_l, with gamma_l = mu + sum g_a v[a, l] - c_l
    gradient = of_mu * reciprocal.sum(axis=2)[:, :, None] - reciprocal
    gradient += np.einsum("vsk,dvs->dvk", of_g, np.einsum("vsn,dvn->dvs", values[tied], reciprocal))
    slopes = np.repeat(gradient[:, :, None, :], size, axis=2)
    if size > 1:
        shares = of_g / of.g[:, leading][:, :, :, None]
        slopes += shares.sum(axis=2, keepdims=True) - shares
    added = of.terms[:, leading][:, :, :, None] * (
        vertex[:, None, :] - of.mu[:, leading][:, :, None, None] / n * slopes
    )
    cell = (np.arange(d)[:, None, None] * m + tied).ravel()
    np.add.at(moments.reshape(d * m, n), cell, added.reshape(-1, n))

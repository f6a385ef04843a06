"""All rank acceptabilities of few options over a simplex of weights, exactly: a signed sum over the vertices of an arrangement.

The planes on which two options tie cut the simplex into cells in which the order is the same. The volume of a cell is a sum
over its vertices (Lawrence 1991, Mathematics of Computation 57), and turning round a half-space only changes a sign; so each
vertex, found once, serves every rank of every option that ties there. A vertex is where the options of a set G tie and only
the criteria of a set K of the same size carry weight.

With c a generic direction, the exponents g and mu solve c_k = mu + sum over a in G of g_a v[a, k] for k in K, sum g = 0; mu is
c.w at the vertex, gamma_l = mu + sum g_a v[a, l] - c_l belongs to a criterion l without weight. For option i the term is
mu^D / (|det| prod gamma prod over a != i of g_a): the simplex has volume 1 / D!, so that the D! of the formula cancels.
First moments come from the derivative of (c.x)^(D + 1) in c.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["VertexSums", "candidates", "vertex_sums"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DIRECTIONS: Final = 3
"""Generic directions that are tried; the one with the smallest sum of absolute terms loses least to cancellation."""

AT_ONCE: Final = 20_000
"""Candidate vertices that are looked at together, which bounds the memory."""

_DEGENERATE: Final = 1e-11
_SINGULAR: Final = 1e-30


@dataclass(frozen=True, eq=False, slots=True)
class VertexSums:
    """Over the simplex: ``acceptability`` (m, M), for M options with multiplicity, and the first moments of the weights in
    which each is first, (m, n). ``simple`` says that no vertex has more ties than the formula allows for; where it is
    not, the sums mean nothing.
    """

    acceptability: Floats
    moments: Floats
    absolute: float
    simple: bool


def candidates(m: int, n: int) -> int:
    """How many vertices have to be looked at for m options and n vertices of the simplex."""
    return comb(m + n, n) - 1


def vertex_sums(values: Floats, sizes: Integers) -> VertexSums:
    """Sums over all vertices, for (m, n) values at the n vertices of a simplex, no two rows of which are equal.

    ``sizes`` (m,) says for how many equal options each row stands: one of them ahead of others puts so many ranks before
    them.
    """
    m, n = values.shape
    scale = max(float(np.ptp(values)), 1e-300)
    scaled = (values - values.min()) / scale
    directions = np.random.default_rng(20).standard_normal((DIRECTIONS, n))
    ahead_at: list[_Found] = []
    for size in range(1, min(m, n) + 1):
        for tied, support in _batches(m, n, size):
            found = _vertices(scaled, tied, support)
            if found is None:
                return VertexSums(np.zeros((m, int(sizes.sum()))), np.zeros((m, n)), np.inf, simple=False)
            if len(found.weights):
                ahead_at.append(found)
    best: VertexSums | None = None
    for direction in directions:
        sums = _sums(scaled, sizes, ahead_at, direction)
        if best is None or sums.absolute < best.absolute:
            best = sums
    assert best is not None
    return best


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """Vertices of one size s: which options tie and which criteria carry weight, (v, s) each, the weights there (v, s), which
    options are ahead (v, m), the inverses of their bordered systems (v, s + 1, s + 1) and the logarithms of their determinants.
    """

    tied: Integers
    support: Integers
    weights: Floats
    ahead: NDArray[np.bool_]
    inverse: Floats
    determinant: Floats


def _batches(m: int, n: int, size: int) -> Iterator[tuple[Integers, Integers]]:
    """All pairs of ``size`` options and ``size`` criteria, some at a time."""
    options = np.array(list(combinations(range(m), size)), dtype=np.int64)
    criteria = np.array(list(combinations(range(n), size)), dtype=np.int64)
    for start in range(0, len(options) * len(criteria), AT_ONCE):
        index = np.arange(start, min(start + AT_ONCE, len(options) * len(criteria)))
        yield options[index // len(criteria)], criteria[index % len(criteria)]


def _vertices(values: Floats, tied: Integers, support: Integers) -> _Found | None:
    """Those of the candidates that lie in the simplex; ``None`` where one of them has more ties than its size."""
    count, size = tied.shape
    bordered = np.zeros((count, size + 1, size + 1))
    bordered[:, :size, :size] = values[tied[:, :, None], support[:, None, :]]
    bordered[:, :size, size] = 1.0
    bordered[:, size, :size] = 1.0
    determinant = np.abs(np.linalg.det(bordered)) if size > 1 else np.ones(count)
    if not (determinant > _SINGULAR).all():  # planes that are parallel on this face, or meet all over it
        return None
    inverse = np.linalg.inv(bordered)
    weights, level = inverse[:, :size, size], -inverse[:, size, size]
    inside = (weights > -_DEGENERATE).all(axis=1)
    tied, support, inverse, determinant = tied[inside], support[inside], inverse[inside], determinant[inside]
    weights, level = weights[inside], level[inside]
    at = np.einsum("vms,vs->vm", values[:, support].transpose(1, 0, 2), weights)
    gap = at - level[:, None]
    np.put_along_axis(gap, tied, np.inf, axis=1)
    if (weights < _DEGENERATE).any() or (np.abs(gap) < _DEGENERATE).any():
        return None
    ahead = gap > 0.0
    np.put_along_axis(ahead, tied, False, axis=1)
    return _Found(tied, support, weights, ahead, inverse, determinant)


def _sums(values: Floats, sizes: Integers, vertices: list[_Found], direction: Floats) -> VertexSums:
    m, n = values.shape
    degree = n - 1
    total = int(sizes.sum())
    acceptability = np.zeros((m, total))
    moments = np.zeros((m, n))
    absolute = 0.0
    for found in vertices:
        count, size = found.tied.shape
        # The bordered system is [V 1; 1 0]; transposed, it gives g and mu from c.
        solved = np.einsum("vks,vk->vs", found.inverse[:, :size, :], direction[found.support])
        g, mu = solved[:, :size], solved[:, size]
        gamma = mu[:, None] + np.einsum("vs,vsn->vn", g, values[found.tied]) - direction
        outside = np.ones((count, n), dtype=bool)
        np.put_along_axis(outside, found.support, False, axis=1)
        product = np.where(outside, gamma, 1.0).prod(axis=1) * (g.prod(axis=1) if size > 1 else 1.0)
        common = mu**degree / (found.determinant * product)
        terms = common[:, None] * (g if size > 1 else 1.0)
        absolute += float(np.abs(terms).sum())
        before = found.ahead @ sizes
        for place in range(size):
            _add_ranks(acceptability, found, place, before, terms[:, place], sizes)
        leading = np.flatnonzero(before == 0)
        if leading.size:
            _add_moments(moments, values, found, leading, terms, g, mu, gamma, outside, degree)
    return VertexSums(acceptability, moments, absolute, simple=True)


def _add_ranks(
    acceptability: Floats, found: _Found, place: int, before: Integers, terms: Floats, sizes: Integers
) -> None:
    """Add a term to every rank of the option at ``place``: turning round each rival that ties there changes the sign.

    Their sizes are the powers in the product of (1 - z^size), whose coefficients the ranks take.
    """
    m, total = len(sizes), acceptability.shape[1]
    options = found.tied[:, place]
    rivals = np.delete(found.tied, place, axis=1)
    if (sizes == 1).all():
        t = rivals.shape[1]
        for flipped in range(t + 1):
            cell = options * total + before + flipped
            signed = terms * ((-1) ** flipped * comb(t, flipped))
            acceptability += np.bincount(cell, weights=signed, minlength=m * total).reshape(m, total)
        return
    polynomial = np.zeros((len(options), total + 1))
    polynomial[:, 0] = 1.0
    for column in range(rivals.shape[1]):
        shift = sizes[rivals[:, column]][:, None]
        index = np.arange(total + 1)[None, :] - shift
        moved = np.where(index >= 0, np.take_along_axis(polynomial, np.maximum(index, 0), axis=1), 0.0)
        polynomial = polynomial - moved
    for flipped in range(total):
        signed = terms * polynomial[:, flipped]
        some = np.flatnonzero(signed)
        cell = options[some] * total + before[some] + flipped
        acceptability += np.bincount(cell, weights=signed[some], minlength=m * total).reshape(m, total)


def _add_moments(
    moments: Floats,
    values: Floats,
    found: _Found,
    leading: NDArray[np.intp],
    terms: Floats,
    g: Floats,
    mu: Floats,
    gamma: Floats,
    outside: NDArray[np.bool_],
    degree: int,
) -> None:
    """Add term x (vertex + mu / (D + 1) x the gradient of log(1 / (prod gamma prod g))) in c, for options that lead there."""
    n = values.shape[1]
    size = found.tied.shape[1]
    tied, support = found.tied[leading], found.support[leading]
    inverse = found.inverse[leading]
    count = len(leading)
    # d g_a / d c_k and d mu / d c_k for k in the support are entries of the inverse; for other k they are 0.
    of_g = np.zeros((count, size, n))
    of_mu = np.zeros((count, n))
    vertex = np.zeros((count, n))
    place = np.broadcast_to(support[:, None, :], (count, size, size))
    np.put_along_axis(of_g, place, inverse[:, :size, :size].transpose(0, 2, 1), axis=2)
    np.put_along_axis(of_mu, support, inverse[:, :size, size], axis=1)
    np.put_along_axis(vertex, support, found.weights[leading], axis=1)
    out = outside[leading]
    reciprocal = np.where(out, 1.0 / np.where(out, gamma[leading], 1.0), 0.0)
    # sum over l of (d gamma_l / d c_k) / gamma_l, with gamma_l = mu + sum g_a v[a, l] - c_l
    gradient = of_mu * reciprocal.sum(axis=1)[:, None] - reciprocal
    gradient += np.einsum("vsk,vs->vk", of_g, np.einsum("vsn,vn->vs", values[tied], reciprocal))
    if size > 1:
        shares = of_g / g[leading][:, :, None]
        all_of_g = shares.sum(axis=1)
    for place_of in range(size):
        slope = gradient if size == 1 else gradient + all_of_g - shares[:, place_of]
        added = terms[leading, place_of][:, None] * (vertex - mu[leading][:, None] / (degree + 1) * slope)
        np.add.at(moments, tied[:, place_of], added)

"""Extreme points of a region of weights: what is worth most at each of them is worth most throughout."""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import frozen
from policy_options.analysis.weight_region import Piece, WeightRegion, node_pieces

__all__ = ["MOST_POINTS", "extreme_points"]

Floats = NDArray[np.float64]

MOST_POINTS: Final = 20_000
"""Extreme points that are looked at; a region of more has no exact answer here."""


def extreme_points(region: WeightRegion) -> Floats | None:
    """(q, n) the extreme points of a region along its criteria; ``None`` where they are too many or are not known.

    Down a tree, weights are products of shares at its nodes, and what is linear in each of them is extreme at products of extreme
    shares.
    """
    if region.kind != "judgements":
        return _of_box(region)
    if region.pieces is not None:
        return _distinct(_inside(region.pieces, region.holds))
    return _down_the_tree(region)


def _inside(pieces: tuple[Piece, ...], holds: object) -> Floats:
    """The vertices of simplices that are in the region: pieces that are taken away have others."""
    assert callable(holds)
    return np.array([vertex for piece in pieces for vertex in piece.vertices.T if holds(vertex, 1e-7)])


def _distinct(points: Floats) -> Floats | None:
    if not len(points):
        return None
    _, first = np.unique(np.round(points, 12), axis=0, return_index=True)
    found = points[np.sort(first)]
    return frozen(found) if len(found) <= MOST_POINTS else None


def _of_box(region: WeightRegion) -> Floats | None:
    """Each weight at one of its bounds, but for one that takes what is left."""
    lower, upper = region.lower, region.upper
    open_ = np.flatnonzero(upper > lower)
    if len(open_) < 2:
        return frozen(region.centre[None, :])
    if region.kind == "free":
        return frozen(np.eye(len(lower)))
    if len(open_) * 2 ** (len(open_) - 1) > 16 * MOST_POINTS:
        return None
    found, at_end = [], []
    at_upper = np.array(list(product((False, True), repeat=len(open_) - 1)))
    for free in range(len(open_)):
        others = np.delete(open_, free)
        points = np.repeat(lower[None, :], len(at_upper), axis=0)
        points[:, others] = np.where(at_upper, upper[others], lower[others])
        points[:, open_[free]] = 0.0
        rest = 1.0 - points.sum(axis=1)
        points[:, open_[free]] = rest
        kept = (rest >= lower[open_[free]] - 1e-12) & (rest <= upper[open_[free]] + 1e-12)
        inside = kept & (rest > lower[open_[free]] + 1e-12) & (rest < upper[open_[free]] - 1e-12)
        found.append(points[inside])
        at_end.append(points[kept & ~inside])  # found once for each weight that could have been the one that is left
    ends = np.concatenate(at_end)
    if len(ends):
        distinct = _distinct(ends)
        if distinct is None:
            return None
        found.append(distinct)
    every = np.concatenate(found)
    return frozen(every) if len(every) <= MOST_POINTS else None


def _down_the_tree(region: WeightRegion) -> Floats | None:
    nodes = {node.parent: node for node in region.nodes}
    above = {child: node.parent for node in region.nodes for child in node.children}
    corners: dict[str, Floats] = {}
    for node in region.varying:
        pieces = node_pieces(node)
        if pieces is None or node.region is None:
            return None
        points = _distinct(_inside(pieces, node.region.holds))
        if points is None:
            return None
        corners[node.parent] = points
    if np.prod([float(len(points)) for points in corners.values()]) > MOST_POINTS:
        return None
    found = []
    for chosen in product(*corners.values()):
        shares = dict(zip(corners, chosen, strict=True))
        weights = np.zeros(len(region.criteria))
        for row, criterion in enumerate(region.criteria):
            share, child = 1.0, criterion
            while child in above:
                node = nodes[above[child]]
                share *= float(shares.get(node.parent, node.shares)[node.children.index(child)])
                child = node.parent
            weights[row] = share if child == "" else 0.0
        found.append(weights)
    return _distinct(np.array(found))

"""From uniform numbers to weights uniformly distributed on a region (down a tree: at each node).

Plans are made once and sent to workers; they contain only arrays. Exponentials over their sum are uniform on a simplex
(uniforms over their sum are not); a band is drawn in its box and kept where the last weight fits; a region that is
neither a simplex nor a few of them is sampled by walks (hit-and-run).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.elicitation.results import NodeWeights
from policy_options.analysis.hit_and_run import Walks
from policy_options.analysis.region import free_form
from policy_options.analysis.weight_region import Piece, WeightRegion, node_pieces

__all__ = ["WeightDraws", "plan_weights", "walks"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Kept = NDArray[np.intp]

_MOST_MIXED: Final = 200
"""Simplices that draws are distributed over before the region is sampled by walks instead."""


class WeightDraws(Protocol):
    """A plan for drawing weights: ``dimensions`` uniform numbers make one draw; walks use ``random`` instead."""

    @property
    def dimensions(self) -> int: ...

    def draw(self, uniform: Singles, random: np.random.Generator, /) -> tuple[Singles, Kept | None]:
        """(n, k) weights from (d, c) numbers, which may be overwritten, and which of the c columns they are from
        (``None``: all).
        """
        ...


@dataclass(frozen=True, eq=False)
class OnSimplex:
    """The convex hull of the columns of ``vertices`` (n, V); ``None`` means all weights."""

    vertices: Singles | None
    dimensions: int

    def draw(self, uniform: Singles, _random: np.random.Generator, /) -> tuple[Singles, Kept | None]:
        if self.dimensions == 0:
            assert self.vertices is not None
            return np.repeat(self.vertices, uniform.shape[1], axis=1), None
        even = np.log(uniform, out=uniform)  # negative exponentials: their shares are those of exponentials
        even *= 1.0 / np.add.reduce(even, axis=0)
        return (even if self.vertices is None else products(self.vertices, even)), None


@dataclass(frozen=True, eq=False)
class OnSimplices:
    """Several simplices with (p, n, V) vertices, each chosen in proportion to its volume; ``below`` (p,) are cumulative
    shares.
    """

    vertices: Singles
    below: Floats
    dimensions: int

    def draw(self, uniform: Singles, _random: np.random.Generator, /) -> tuple[Singles, Kept | None]:
        chosen = np.minimum(np.searchsorted(self.below, uniform[0]), len(self.below) - 1)
        even = np.log(uniform[1:], out=uniform[1:])
        even *= 1.0 / np.add.reduce(even, axis=0)
        return np.einsum("cnv,vc->nc", self.vertices[chosen], even), None


@dataclass(frozen=True, eq=False)
class InBox:
    """Weights between bounds: all but the widest are drawn, and a draw is kept where the remainder fits the widest."""

    lower: Singles
    width: Singles
    drawn: tuple[int, ...]
    last: int
    dimensions: int

    def draw(self, uniform: Singles, _random: np.random.Generator, /) -> tuple[Singles, Kept | None]:
        weights = np.repeat(self.lower[:, None], uniform.shape[1], axis=1)
        for row, column in enumerate(self.drawn):
            weights[column] += self.width[column] * uniform[row]
        weights[self.last] = 0.0
        rest = np.float32(1.0) - np.add.reduce(weights, axis=0)
        low = self.lower[self.last]
        kept = np.flatnonzero((rest >= low) & (rest <= low + self.width[self.last]))
        weights[self.last] = rest
        return weights.take(kept, axis=1), kept


@dataclass(frozen=True, eq=False)
class Walked:
    """Points of walks that have spread over a region; ``lift`` (k, f) turns them into weights."""

    walks: Walks
    lift: Floats
    dimensions: int = 0

    def draw(self, uniform: Singles, random: np.random.Generator, /) -> tuple[Singles, Kept | None]:
        points = self.walks.points_after(uniform.shape[1], random)
        return np.ascontiguousarray((points @ self.lift.T).T, dtype=np.float32), None


@dataclass(frozen=True, eq=False)
class DownTree:
    """Products of shares: the draws of each open node; ``ways`` has, per criterion, a constant and (node, child) steps."""

    nodes: tuple[WeightDraws, ...]
    ways: tuple[tuple[float, tuple[tuple[int, int], ...]], ...]
    dimensions: int

    def draw(self, uniform: Singles, random: np.random.Generator, /) -> tuple[Singles, Kept | None]:
        shares = []
        start = 0
        for node in self.nodes:
            shares.append(node.draw(uniform[start : start + node.dimensions], random)[0])
            start += node.dimensions
        weights = np.empty((len(self.ways), uniform.shape[1]), dtype=np.float32)
        for row, (constant, steps) in enumerate(self.ways):
            weights[row] = constant
            for node_at, child in steps:
                weights[row] *= shares[node_at][child]
        return weights, None


def walks(draws: WeightDraws) -> bool:
    """Whether any node is sampled by walks, and takes random numbers separately."""
    return isinstance(draws, Walked) or (isinstance(draws, DownTree) and any(walks(node) for node in draws.nodes))


def products(left: Singles, right: Singles) -> Singles:
    """A matrix product over columns, in strips too small for any BLAS to spread over threads: the same digits everywhere."""
    found = np.empty((left.shape[0], right.shape[1]), dtype=left.dtype)
    strip = strip_of(left.shape[0] * left.shape[1])
    for start in range(0, right.shape[1], strip):
        np.matmul(left, right[:, start : start + strip], out=found[:, start : start + strip])
    return found


def products_by_draw(left: Singles, right: Singles, out: Singles | None = None) -> Singles:
    """The same product with one row per column of ``right``, (c, m): for code that goes through draws one at a time."""
    found = np.empty((right.shape[1], left.shape[0]), dtype=left.dtype) if out is None else out
    turned = np.ascontiguousarray(left.T)
    strip = strip_of(left.shape[0] * left.shape[1])
    for start in range(0, right.shape[1], strip):
        np.matmul(right[:, start : start + strip].T, turned, out=found[start : start + strip])
    return found


def strip_of(per_column: int) -> int:
    """Columns multiplied at once, given the number of multiplications per column."""
    return max(16, 1 << max(262_144 // max(per_column, 1), 1).bit_length() - 1)


def plan_weights(region: WeightRegion, *, seed: int) -> WeightDraws:
    """Plan how to draw from a region."""
    if region.kind == "free":
        return OnSimplex(None, len(region.criteria))
    if region.kind == "band":
        return _in_box(region)
    if region.pieces is not None:
        mixed = _mixed(region.pieces)
        if mixed is not None:
            return mixed
    return _down_tree(region, seed)


def _in_box(region: WeightRegion) -> WeightDraws:
    width = region.upper - region.lower
    last = int(width.argmax())
    drawn = tuple(column for column in np.flatnonzero(width > 0.0).tolist() if column != last)
    if not drawn:
        return OnSimplex(region.centre.astype(np.float32)[:, None], 0)
    return InBox(region.lower.astype(np.float32), width.astype(np.float32), drawn, last, len(drawn))


def _mixed(pieces: tuple[Piece, ...]) -> WeightDraws | None:
    """One simplex, or several that add up; ``None`` where some are taken away or there are too many."""
    if len(pieces) == 1:
        vertices = pieces[0].vertices.astype(np.float32)
        return OnSimplex(vertices, vertices.shape[1] if vertices.shape[1] > 1 else 0)
    if len(pieces) > _MOST_MIXED or any(piece.share < 0.0 for piece in pieces):
        return None
    stacked = np.stack([piece.vertices for piece in pieces]).astype(np.float32)
    return OnSimplices(stacked, np.cumsum([piece.share for piece in pieces]), stacked.shape[2] + 1)


def _down_tree(region: WeightRegion, seed: int) -> WeightDraws:
    nodes = region.varying
    at = {node.parent: index for index, node in enumerate(nodes)}
    fixed = {node.parent: node for node in region.nodes}
    plans = tuple(_at_node(node, seed) for node in nodes)
    parent_of = {child: node.parent for node in region.nodes for child in node.children}
    ways = []
    for criterion in region.criteria:
        constant, steps, child = 1.0, [], criterion
        while True:
            parent = parent_of.get(child)
            if parent is None:  # below a group without weight
                constant = 0.0
                break
            place = fixed[parent].children.index(child)
            if parent in at:
                steps.append((at[parent], place))
            else:
                constant *= float(fixed[parent].shares[place])
            if parent == "":
                break
            child = parent
        ways.append((constant, tuple(steps)))
    return DownTree(plans, tuple(ways), sum(plan.dimensions for plan in plans))


def _at_node(node: NodeWeights, seed: int) -> WeightDraws:
    pieces = node_pieces(node)
    mixed = _mixed(pieces) if pieces is not None else None
    if mixed is not None:
        return mixed
    assert node.region is not None
    form = free_form(node.region)
    return Walked(Walks.spread(form.rows, form.start, seed=seed), form.lift)

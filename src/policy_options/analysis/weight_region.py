"""Regions of weights over all criteria: all weights, those that a set's judgements allow, and a band around a set.

A region is stored twice: as bounds and rows, for linear programs, and, if it is affinely a simplex or can be cut into a
few, as pieces, for exact computation. ``region`` handles what one node's judgements leave open, and
``acceptability.weight_draws`` how points are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import fsum, prod
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.elicitation.deriving import Paths
from policy_options.analysis.elicitation.results import Elicited, NodeWeights
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.analysis.region import free_form
from policy_options.errors import PolicyOptionsError

__all__ = [
    "Piece",
    "WeightRegion",
    "band_region",
    "free_region",
    "held_region",
    "judged_region",
    "node_pieces",
    "spanned",
]

Floats = NDArray[np.float64]
Kind = Literal["free", "judgements", "band"]

MOST_PIECES: Final = 1024
"""Simplices up to which a region is cut; beyond, it is sampled."""

LEAST_BAND: Final = 1e-4
"""The narrowest band for which single precision has enough digits."""

MOST_CANCELLED: Final = 1e6
"""Multiple of the region's volume that pieces, added and taken away, may have together: six digits are lost."""


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A simplex of weights: the convex hull of the columns of ``vertices``, (n, D + 1).

    ``share`` is its part of the region's volume, negative where the piece is taken away: a region cut by inclusion and
    exclusion is a sum of such pieces, whose shares still sum to 1.
    """

    share: float
    vertices: Floats


@dataclass(frozen=True, eq=False, slots=True)
class WeightRegion:
    """Weights w along ``criteria``: lower <= w <= upper, at_most w <= 0, equal w = 0, and a sum of 1.

    ``centre`` is a point inside; ``pieces`` cut the region into simplices, and are ``None`` where there would be too
    many, or where its distribution is not uniform over the criteria (it is uniform at each node of the tree, and
    weights down the tree are products). ``nodes`` are the shares and regions that a judged region is drawn from;
    ``band`` is how far each weight may move, as a share of itself.
    """

    kind: Kind
    criteria: tuple[str, ...]
    centre: Floats
    lower: Floats
    upper: Floats
    at_most: Floats
    equal: Floats
    pieces: tuple[Piece, ...] | None
    nodes: tuple[NodeWeights, ...] = ()
    band: float | None = None

    @property
    def varying(self) -> tuple[NodeWeights, ...]:
        """The nodes of a judged region whose shares are not fixed."""
        return tuple(node for node in self.nodes if node.region is not None and not _is_point(node))

    def along(self, criteria: tuple[str, ...]) -> WeightRegion:
        """The same region with its criteria in another order, matched by id and never by position.

        Raises:
            PolicyOptionsError: the ids are not the same set.
        """
        if criteria == self.criteria:
            return self
        if set(criteria) != set(self.criteria) or len(criteria) != len(self.criteria):
            missing = sorted(set(criteria) ^ set(self.criteria))
            raise PolicyOptionsError.of(
                "weights-do-not-fit",
                f"the region of weights and the criteria of the problem differ in: {', '.join(missing)}",
                "make the region from weights of exactly these criteria",
                ids=missing,
            )
        order = [self.criteria.index(name) for name in criteria]
        return replace(
            self,
            criteria=criteria,
            centre=frozen(self.centre[order]),
            lower=frozen(self.lower[order]),
            upper=frozen(self.upper[order]),
            at_most=frozen(self.at_most[:, order]),
            equal=frozen(self.equal[:, order]),
            pieces=None
            if self.pieces is None
            else tuple(Piece(piece.share, frozen(piece.vertices[order])) for piece in self.pieces),
        )

    def holds(self, shares: Floats, tolerance: float = 1e-9) -> bool:
        """Whether weights are in the region."""
        return bool(
            np.all(shares >= self.lower - tolerance)
            and np.all(shares <= self.upper + tolerance)
            and np.all(self.at_most @ shares <= tolerance)
            and np.all(np.abs(self.equal @ shares) <= tolerance)
            and abs(float(shares.sum()) - 1.0) <= tolerance
        )


def free_region(criteria: tuple[str, ...]) -> WeightRegion:
    """All weights, uniformly. The share of any part depends on how many criteria a group was split into."""
    n = len(criteria)
    nothing = frozen(np.zeros((0, n)))
    vertices = frozen(np.eye(n))
    even = frozen(np.full(n, 1.0 / n))
    bounds = frozen(np.zeros(n)), frozen(np.ones(n))
    return WeightRegion("free", criteria, even, *bounds, nothing, nothing, (Piece(1.0, vertices),))


def band_region(weights: WeightVector, band: float) -> WeightRegion:
    """Weights each within a share ``band`` of itself around those of a set, between 0 and 1, that sum to 1; uniformly.

    It is cut by inclusion and exclusion: the weights above all lower bounds are a simplex, and so are those of them
    above the upper bounds of any selection of criteria. This works for few criteria; with more, the region is sampled.

    Raises:
        PolicyOptionsError: the band is not from ``LEAST_BAND`` to 1.
    """
    if not LEAST_BAND <= band <= 1.0:
        raise PolicyOptionsError.of(
            "band", f"a band of {100 * band:g}% is none", "name a share of each weight from 0.01% to 100%"
        )
    shares = weights.shares
    lower, upper = shares * (1.0 - band), np.minimum(shares * (1.0 + band), 1.0)
    n = len(shares)
    nothing = frozen(np.zeros((0, n)))
    pieces = _box_pieces(lower, upper)
    region = (frozen(shares), frozen(lower), frozen(upper), nothing, nothing, pieces)
    return WeightRegion("band", weights.criteria, *region, band=band)


def held_region(weights: WeightVector) -> WeightRegion:
    """A region of the weights of a set alone."""
    shares = frozen(weights.shares)
    nothing = frozen(np.zeros((0, len(shares))))
    pieces = (Piece(1.0, frozen(shares[:, None])),)
    return WeightRegion("band", weights.criteria, shares, shares, shares, nothing, nothing, pieces, band=0.0)


def judged_region(elicited: Elicited, paths: Paths) -> WeightRegion | None:
    """The region that a person's intervals and orders leave open; ``None`` if the judgements fix the weights.

    Drawn uniformly at each node of the tree. If only one node is open, that is uniform over the criteria too.
    """
    open_nodes = [node for node in elicited.nodes if node.region is not None and not _is_point(node)]
    if not open_nodes:
        return None
    criteria = elicited.weights.criteria
    below = {node.parent: {child: _members(child, paths) for child in node.children} for node in elicited.nodes}
    position = {name: column for column, name in enumerate(criteria)}
    at_most: list[Floats] = []
    equal: list[Floats] = []
    for node in elicited.nodes:
        sums = np.zeros((len(node.children), len(criteria)))
        for row, child in enumerate(node.children):
            sums[row, [position[name] for name in below[node.parent][child]]] = 1.0
        if node.region is not None:
            at_most += list(node.region.rows() @ sums)
        else:  # fixed shares: each child's sum is its share of the node's
            equal += list(sums - np.outer(node.shares, sums.sum(axis=0)))
    n = len(criteria)
    upper = np.ones(n)
    zeros = {
        name for node in open_nodes if node.region for child in node.region.zero for name in _members(child, paths)
    }
    upper[[position[name] for name in zeros]] = 0.0
    upper[elicited.weights.shares == 0.0] = 0.0  # below a group without weight nothing was asked
    pieces = None
    if len(open_nodes) == 1:
        lift = _lift(open_nodes[0], elicited, paths)
        inner = node_pieces(open_nodes[0])
        pieces = None if inner is None else tuple(Piece(p.share, frozen(lift @ p.vertices)) for p in inner)
    return WeightRegion(
        "judgements",
        criteria,
        elicited.weights.shares,
        frozen(np.zeros(n)),
        frozen(upper),
        frozen(np.reshape(at_most, (-1, n))),
        frozen(np.reshape(equal, (-1, n))),
        pieces,
        nodes=elicited.nodes,
    )


def spanned(region: WeightRegion) -> Floats:
    """(n, r) columns that span all weights of the region, each about as long as a weight vector.

    Two options whose difference is normal to all of them tie throughout the region.
    """
    length = float(np.linalg.norm(region.centre))
    if region.kind != "judgements":
        open_ = np.flatnonzero(region.upper > region.lower)
        if len(open_) < 2:
            return region.centre[:, None]
        exchanged = np.zeros((len(region.criteria), len(open_)))
        exchanged[:, -1] = region.centre
        exchanged[open_[:-1], np.arange(len(open_) - 1)] = 1.0
        exchanged[open_[-1], :-1] = -1.0
        found = exchanged
    elif region.pieces is not None:
        found = np.hstack([piece.vertices for piece in region.pieces])
    else:
        found = _down_the_tree(region)
    left, sizes, _ = np.linalg.svd(found / np.linalg.norm(found, axis=0), full_matrices=False)
    return np.asarray(length * left[:, sizes > 1e-9 * sizes[0]])


def _down_the_tree(region: WeightRegion) -> Floats:
    """Products of shares of each open node: enough generic ones to span all that are possible."""
    random = np.random.Generator(np.random.PCG64(0))
    nodes = {node.parent: node for node in region.nodes}
    above = {child: node.parent for node in region.nodes for child in node.children}
    lifts = {node.parent: free_form(node.region).lift for node in region.varying if node.region is not None}
    found = np.zeros((len(region.criteria), len(region.criteria) + 8))
    for column in range(found.shape[1]):
        shares = {parent: lift @ random.exponential(size=lift.shape[1]) for parent, lift in lifts.items()}
        for row, criterion in enumerate(region.criteria):
            share, child = 1.0, criterion
            while child in above:
                node = nodes[above[child]]
                share *= float(shares.get(node.parent, node.shares)[node.children.index(child)])
                child = node.parent
            found[row, column] = share if child == "" else 0.0  # below a group without weight nothing was asked
    return found


def _members(child: str, paths: Paths) -> list[str]:
    return [child] if child in paths else [name for name, groups in paths.items() if child in groups]


def _is_point(node: NodeWeights) -> bool:
    """Whether a node's bounds leave a single point: every ratio is fixed, directly or through others."""
    assert node.region is not None
    return len(free_form(node.region).start) == 1


def _lift(node: NodeWeights, elicited: Elicited, paths: Paths) -> Floats:
    """(n, k) the map from one node's shares to the weights of all criteria, all other nodes being fixed."""
    fixed = {other.parent: other for other in elicited.nodes}
    lift = np.zeros((len(paths), len(node.children)))
    across = node.parent == "" and all(child in paths for child in node.children)
    for row, (criterion, groups) in enumerate(paths.items()):
        way = [criterion] if across else [*groups, criterion]
        factors, column, parent = 1.0, None, ""
        for step in way:
            if parent not in fixed:  # below a group without weight
                factors = 0.0
                break
            at = fixed[parent].children.index(step)
            if parent == node.parent:
                column = at
            else:
                factors *= float(fixed[parent].shares[at])
            parent = step
        if column is None:
            lift[row] = factors  # shares sum to 1, so that a constant is the same multiple of each
        else:
            lift[row, column] = factors
    return lift


def _box_pieces(lower: Floats, upper: Floats) -> tuple[Piece, ...] | None:
    """The box cut by the simplex, as signed simplices; ``None`` if there are too many."""
    open_ = np.flatnonzero(upper > lower)
    if len(open_) < 2 or 2 ** len(open_) > MOST_PIECES:
        return None if len(open_) >= 2 else (Piece(1.0, frozen(lower[:, None] + _spread(lower, open_))),)
    degree = len(open_) - 1
    room = 1.0 - float(lower.sum())
    found: list[tuple[float, Floats]] = []
    for above in product((False, True), repeat=len(open_)):
        base = lower.copy()
        base[open_] = np.where(above, upper[open_], lower[open_])
        left = 1.0 - float(base.sum())
        if left <= 1e-12 * room:
            continue
        vertices = np.repeat(base[:, None], len(open_), axis=1)
        vertices[open_, np.arange(len(open_))] += left
        found.append(((-1.0) ** sum(above) * left**degree, vertices))
    total = fsum(volume for volume, _ in found)
    if not total > 0.0:  # so narrow that no digit is left
        return None
    return _sound(tuple(Piece(volume / total, frozen(vertices)) for volume, vertices in found))


def _sound(pieces: tuple[Piece, ...]) -> tuple[Piece, ...] | None:
    """The pieces, unless what is taken away leaves too little volume for enough digits."""
    absolute = fsum(abs(piece.share) for piece in pieces)
    return pieces if absolute <= MOST_CANCELLED and abs(fsum(p.share for p in pieces) - 1.0) <= 1e-9 else None


def _spread(lower: Floats, open_: NDArray[np.intp]) -> Floats:
    """Put the remainder to 1 on the one weight that is free to take it."""
    rest = np.zeros((len(lower), 1))
    rest[open_] = 1.0 - lower.sum()
    return rest


def node_pieces(node: NodeWeights) -> tuple[Piece, ...] | None:
    """The region of one node's shares, cut into simplices."""
    region = node.region
    assert region is not None
    names = [child for child in region.children if child not in region.zero]
    if region.order_only:
        return _order_pieces(node, names)
    return _ratio_pieces(node, names)


def _order_pieces(node: NodeWeights, names: list[str]) -> tuple[Piece, ...] | None:
    """Each full order that a partial one allows is a simplex: its k-th vertex shares weight among the first k.

    Its volume is in proportion to the product of 1 / k, over blocks of equals to that of 1 / (members so far).
    """
    region = node.region
    assert region is not None
    equals = {(b.lesser, b.greater) for b in region.bounds}
    block = {name: name for name in names}
    for lesser, greater in equals:
        if (greater, lesser) in equals:
            old, new = block[lesser], block[greater]
            block = {name: new if head == old else head for name, head in block.items()}
    members = {head: [name for name in names if block[name] == head] for head in dict.fromkeys(block.values())}
    needs: dict[str, set[str]] = {head: set() for head in members}
    for lesser, greater in equals:
        if block[lesser] != block[greater]:
            needs[block[lesser]].add(block[greater])
    found: list[tuple[Fraction, Floats]] = []
    position = {child: index for index, child in enumerate(region.children)}
    for order in _extensions(needs):
        if len(found) == MOST_PIECES:
            return None
        vertices = np.zeros((len(region.children), len(order)))
        so_far: list[int] = []
        sizes = []
        for column, head in enumerate(order):
            so_far += [position[name] for name in members[head]]
            vertices[so_far, column] = 1.0 / len(so_far)
            sizes.append(len(so_far))
        found.append((Fraction(1, prod(sizes)), vertices))
    total = sum((volume for volume, _ in found), Fraction(0))
    return tuple(Piece(float(volume / total), frozen(vertices)) for volume, vertices in found)


def _extensions(needs: dict[str, set[str]], placed: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every full order of the names in which each comes after those that it requires."""
    if len(placed) == len(needs):
        yield placed
    for name, before in needs.items():
        if name not in placed and before <= set(placed):
            yield from _extensions(needs, (*placed, name))


def _ratio_pieces(node: NodeWeights, names: list[str]) -> tuple[Piece, ...] | None:
    """Ratios to one weight between bounds, as signed simplices: those above all lower bounds less those above upper ones."""
    region = node.region
    assert region is not None
    for top in (name for name in names if all(name in (b.lesser, b.greater) for b in region.bounds)):
        low = {name: Fraction(0) for name in names if name != top}
        high: dict[str, Fraction] = {}
        for bound in region.bounds:
            if bound.greater == top:
                high[bound.lesser] = min(bound.factor, high.get(bound.lesser, bound.factor))
            else:
                low[bound.greater] = max(1 / bound.factor, low[bound.greater])
        if len(high) == len(low):
            return _cone_pieces(region.children, top, low, high)
    return None


def _cone_pieces(
    children: Sequence[str], top: str, low: dict[str, Fraction], high: dict[str, Fraction]
) -> tuple[Piece, ...] | None:
    free = [name for name in low if low[name] < high[name]]
    if 2 ** len(free) > MOST_PIECES:
        return None
    position = {child: index for index, child in enumerate(children)}
    found: list[tuple[Fraction, Floats]] = []
    for above in product((False, True), repeat=len(free)):
        ratio = low | {name: high[name] for name, over in zip(free, above, strict=True) if over}
        total = 1 + sum(ratio.values(), Fraction(0))
        corner = np.zeros(len(children))
        corner[position[top]] = float(1 / total)
        for name, times in ratio.items():
            corner[position[name]] = float(times / total)
        vertices = np.zeros((len(children), len(free) + 1))
        vertices[:, 0] = corner
        fixed = 1 + sum((low[name] for name in low if name not in free), Fraction(0))
        for column, name in enumerate(free, start=1):
            vertices[position[name], column] = 1.0
        # All share these far vertices, so that volumes are in proportion to the near corner's part of what is not fixed.
        found.append(((-1) ** sum(above) * fixed / total, vertices))
    volume = sum((part for part, _ in found), Fraction(0))
    return _sound(tuple(Piece(float(part / volume), frozen(vertices)) for part, vertices in found))

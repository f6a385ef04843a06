"""The region of weights that ordinal and interval answers leave open, its contradictions, and its centre of mass.

Every answer of this kind bounds a ratio: one weight is at most so many times another. This module has the geometry of
such bounds on the simplex of one node's children; ``elicitation`` decides which answers give which bounds. Where there
is no closed form, ``hit_and_run`` samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lgamma, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.hit_and_run import Sampled, sampled_centre
from policy_options.analysis.problem import frozen

__all__ = ["Bound", "FreeForm", "NodeRegion", "Sampled", "centre_of_mass", "contradiction", "free_form"]

Floats = NDArray[np.float64]

MOST_IDEALS: Final = 50_000
"""Sets of "those that matter most so far" up to which an order is counted exactly; beyond, it is sampled."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The weight of ``lesser`` is at most ``factor`` times that of ``greater``, or less where ``strict``.

    ``said`` is the judgement it comes from, in words, and ``path`` its place within the answers.
    """

    lesser: str
    greater: str
    factor: Fraction
    strict: bool
    said: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class NodeRegion:
    """The shares of ``children`` that obey every bound, are not negative and sum to 1; those of ``zero`` are zero."""

    parent: str
    children: tuple[str, ...]
    bounds: tuple[Bound, ...]
    zero: tuple[str, ...] = ()

    def rows(self) -> Floats:
        """(r, k): the bounds as rows of A in A w <= 0, along ``children``."""
        position = {child: index for index, child in enumerate(self.children)}
        rows = np.zeros((len(self.bounds), len(self.children)))
        for row, bound in enumerate(self.bounds):
            times, factor = _coefficients(Fraction(1), bound.factor)
            rows[row, position[bound.lesser]] += times
            rows[row, position[bound.greater]] -= factor
        return frozen(rows)

    @property
    def order_only(self) -> bool:
        """Whether the answers only say which swing matters more, or equally."""
        return all(bound.factor == 1 for bound in self.bounds)

    def holds(self, shares: Floats, tolerance: float = 1e-9) -> bool:
        """Whether the shares, along ``children``, are in the region."""
        zero = [index for index, child in enumerate(self.children) if child in self.zero]
        return bool(
            np.all(shares >= -tolerance)
            and np.all(self.rows() @ shares <= tolerance)
            and np.all(np.abs(shares[zero]) <= tolerance)
        )


class _Closure:
    """The tightest bound between any two, by way of all others (Floyd and Warshall), in exact fractions.

    ``conflict`` has bounds that no weights can obey together, none of which could be left out, or is empty.
    """

    def __init__(self, names: Iterable[str], bounds: Iterable[Bound]) -> None:
        self.names = tuple(names)
        self.tightest: dict[tuple[str, str], tuple[Fraction, int]] = {}
        # The bound itself, or the name at which two bounds are joined.
        self._by_way_of: dict[tuple[str, str], Bound | str] = {}
        self.conflict: tuple[Bound, ...] = ()
        for bound in bounds:
            self._offer(bound.lesser, bound.greater, (bound.factor, -bound.strict), bound)
        for middle in self.names:
            above = [(last, self.tightest[middle, last]) for last in self.names if (middle, last) in self.tightest]
            for first in self.names:
                before = self.tightest.get((first, middle))
                if before is None or first == middle:
                    continue
                for last, after in above:
                    if last == middle:
                        continue
                    factor = (before[0] * after[0], min(before[1], after[1]))
                    if first != last:
                        self._offer(first, last, factor, middle)
                    elif factor < (Fraction(1), 0):
                        self.conflict = (*self._trail(first, middle), *self._trail(middle, first))
                        return

    def _offer(self, first: str, last: str, factor: tuple[Fraction, int], way: Bound | str) -> None:
        if (first, last) not in self.tightest or factor < self.tightest[first, last]:
            self.tightest[first, last] = factor
            self._by_way_of[first, last] = way

    def _trail(self, first: str, last: str) -> tuple[Bound, ...]:
        """The bounds that imply the tightest one between two names."""
        way = self._by_way_of[first, last]
        if isinstance(way, Bound):
            return (way,)
        return (*self._trail(first, way), *self._trail(way, last))

    def equals(self) -> dict[str, tuple[str, Fraction]]:
        """For each name, the first of those to which its ratio is fixed, and that ratio: by default itself and 1."""
        found: dict[str, tuple[str, Fraction]] = {}
        for name in self.names:
            found[name] = (name, Fraction(1))
            for head in self.names[: self.names.index(name)]:
                below, above = self.tightest.get((name, head)), self.tightest.get((head, name))
                if below is not None and above is not None and below[0] * above[0] == 1 and found[head][0] == head:
                    found[name] = (head, below[0])
                    break
        return found


def contradiction(children: Iterable[str], bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """Bounds that no positive weights can obey together, each needed for the conflict; empty if there are such weights.

    A cycle of bounds whose factors multiply to less than 1, or to 1 with a strict one among them (the logarithms of
    ratios are a system of difference constraints: Bellman 1958, Quarterly of Applied Mathematics 16).
    """
    return _Closure(children, bounds).conflict


def centre_of_mass(region: NodeRegion, *, seed: int, sample: bool = True) -> tuple[Floats, Sampled | None]:
    """(k,) the mean of the uniform distribution on a region that is not empty, along its children.

    Exact where only an order was given, or only judgements between bounds; else by seeded sampling, with its error.

    Without ``sample``, a point inside is returned in place of the sampled centre, with a count of 0.
    """
    names = [child for child in region.children if child not in region.zero]
    box = _box(names, region.bounds)
    if box is not None:
        return _along(region, _box_centre(names, *box)), None
    if region.order_only:
        centre = _order_centre(names, region.bounds)
        if centre is not None:
            return _along(region, centre), None
    form = free_form(region)
    if len(form.start) == 1:  # every ratio is fixed, and the region is a point
        return frozen(form.lift[:, 0] / form.lift[:, 0].sum()), None
    of_free, sampled = (
        sampled_centre(form.rows, form.start, seed=seed) if sample else (form.start, Sampled(seed, 0, 1.0))
    )
    shares = form.lift @ of_free
    return frozen(shares / shares.sum()), sampled


@dataclass(frozen=True, eq=False, slots=True)
class FreeForm:
    """A region in its free coordinates: {z: rows z <= 0, sum z = 1}, a full-dimensional piece of a simplex.

    z are the total weights of groups of children whose ratios are fixed; ``lift`` (k, f) gives each child its part, and
    ``start`` is a point well inside.
    """

    rows: Floats
    start: Floats
    lift: Floats


def free_form(region: NodeRegion) -> FreeForm:
    """The region of one node in its free coordinates."""
    names = [child for child in region.children if child not in region.zero]
    closure = _Closure(names, region.bounds)
    heads = closure.equals()
    free = [name for name in names if heads[name][0] == name]
    members = {head: sum((heads[n][1] for n in names if heads[n][0] == head), Fraction(0)) for head in free}
    lift = np.zeros((len(region.children), len(free)))
    for row, child in enumerate(region.children):
        if child in heads:
            head, part = heads[child]
            lift[row, free.index(head)] = float(part / members[head])
    if len(free) == 1:
        return FreeForm(np.array([[-1.0]]), np.ones(1), lift)
    rows, start = _free_rows(free, heads, members, region.bounds, closure)
    return FreeForm(rows, start, lift)


def _along(region: NodeRegion, centre: Mapping[str, float]) -> Floats:
    shares = np.array([centre.get(child, 0.0) for child in region.children])
    return frozen(shares / shares.sum())


def _order_centre(names: list[str], bounds: tuple[Bound, ...]) -> dict[str, float] | None:
    """The exact centre of all full orders that a partial one allows; ``None`` if there are too many to count.

    Each full order of blocks of equals B_1 >= B_2 >= ... is a simplex whose k-th vertex shares weight equally among the
    S_k members of the first k blocks; its volume is in proportion to the product of 1 / S_k. Summed over all orders by
    counting paths through the sets that can come first ("ideals"), every term is positive. For one full order this is
    the rank-order centroid (Barron and Barrett 1996, Management Science 42).
    """
    heads = {name: head for name, (head, _) in _Closure(names, bounds).equals().items()}
    blocks = [name for name in names if heads[name] == name]
    bit = {block: 1 << index for index, block in enumerate(blocks)}
    size = {bit[block]: sum(heads[name] == block for name in names) for block in blocks}
    above = dict.fromkeys(bit.values(), 0)
    for bound in bounds:
        if heads[bound.lesser] != heads[bound.greater]:
            above[bit[heads[bound.lesser]]] |= bit[heads[bound.greater]]
    members = {0: 0}
    levels: list[dict[int, float]] = [{0: 1.0}]  # each scaled to sum to 1: only the proportions within a level are used
    for _ in blocks:
        grown: dict[int, float] = {}
        for ideal, ways in levels[-1].items():
            for block, needs in above.items():
                if not ideal & block and needs & ideal == needs:
                    wider = ideal | block
                    members[wider] = members[ideal] + size[block]
                    grown[wider] = grown.get(wider, 0.0) + ways / members[wider]
        levels.append(_scaled(grown))
        if len(members) > MOST_IDEALS:
            return None
    centre = dict.fromkeys(blocks, 0.0)
    backward = dict.fromkeys(levels[-1], 1.0)
    for level in reversed(levels[1:]):  # every order passes through one ideal of each level
        passing = _scaled({ideal: ways * backward[ideal] for ideal, ways in level.items()})
        for ideal, share in passing.items():
            part = share / members[ideal] / len(blocks)
            for name in blocks:
                if ideal & bit[name]:
                    centre[name] += part
        narrower: dict[int, float] = {}
        for ideal, ways in backward.items():
            for block in above:
                if ideal & block and (ideal ^ block) in members:
                    narrower[ideal ^ block] = narrower.get(ideal ^ block, 0.0) + ways / members[ideal]
        backward = _scaled(narrower)
    return {name: centre[heads[name]] for name in names}


def _coefficients(first: Fraction, second: Fraction) -> tuple[float, float]:
    """Two coefficients of an inequality against 0, scaled so that the larger is 1 and no ratio overflows."""
    larger = max(first, second)
    return float(first / larger), float(second / larger)


def _log(number: Fraction) -> float:
    return log(number.numerator) - log(number.denominator)  # of a number that may itself overflow


def _scaled(ways: dict[int, float]) -> dict[int, float]:
    total = sum(ways.values())
    return {ideal: number / total for ideal, number in ways.items()}


def _box(names: list[str], bounds: tuple[Bound, ...]) -> tuple[str, dict[str, tuple[float, float]]] | None:
    """A weight relative to which all others are bounded, with their bounds as ratios to it; ``None`` if no weight
    serves.

    Of two weights, either may serve or only one: 0 to 80% of the other is no finite bound on the other.
    """
    for top in (name for name in names if all(name in (bound.lesser, bound.greater) for bound in bounds)):
        box: dict[str, tuple[Fraction, Fraction | None]] = {name: (Fraction(0), None) for name in names if name != top}
        for bound in bounds:  # in fractions, since a fixed ratio must not appear free because of a rounding error
            name = bound.lesser if bound.greater == top else bound.greater
            low, high = box[name]
            if bound.lesser == name:
                box[name] = (low, bound.factor if high is None else min(high, bound.factor))
            else:
                box[name] = (max(low, 1 / bound.factor), high)
        ends = {name: (float(low), float(high)) for name, (low, high) in box.items() if high is not None}
        if len(ends) == len(box):
            return top, ends
    return None


def _box_centre(names: list[str], top: str, box: dict[str, tuple[float, float]]) -> dict[str, float]:
    """The centre where every weight has bounds relative to one, by quadrature of a positive integrand.

    With ratios r_k = w_k / w_top in a box, F the sum of the fixed ones with 1 for the top, and K free ones, uniform
    weights have the density (F + sum r)^-(K + 1) in r. Writing each such power as a Gamma integral over s separates the
    box into a product of one-dimensional integrals, so that means are ratios of two integrals over s: no cancellation,
    however narrow the box. In x = log s the integrand is analytic and falls off on both sides, where the trapezoidal
    rule converges exponentially (Trefethen and Weideman 2014, SIAM Review 56).
    """
    free = [name for name in names if name != top and box[name][0] < box[name][1]]
    fixed = {name: box[name][0] for name in names if name != top and name not in free}
    fixed[top] = 1.0
    constant = sum(fixed.values())
    if not free:
        return {name: ratio / constant for name, ratio in fixed.items()}
    low, width = np.array([[box[name][0], box[name][1] - box[name][0]] for name in free]).T[:, :, None]
    x = np.arange(-45.0, np.log(800.0), 0.05)
    s = np.exp(x)
    # log of phi = integral of exp(-s r) over each free one's bounds, and the mean of r under exp(-s r) on them
    phi = -s * low + np.log(-np.expm1(-s * width)) - x
    mean = low + _truncated_mean(s, width)
    k = len(free)
    log_of = -s * constant + phi.sum(axis=0)  # without the power of s
    mass = _trapezoid((k + 1) * x + log_of) - lgamma(k + 1)
    higher = (k + 2) * x + log_of
    inverse = np.exp(_trapezoid(higher) - lgamma(k + 2) - mass)  # the mean of the reference weight
    centre = {name: ratio * inverse for name, ratio in fixed.items()}
    for index, name in enumerate(free):
        centre[name] = float(np.exp(_trapezoid(higher + np.log(mean[index])) - lgamma(k + 2) - mass))
    return centre


def _truncated_mean(s: Floats, width: Floats) -> Floats:
    """The mean of an exponential distribution of rate s cut off at a width: 1/s - width / (exp(s width) - 1)."""
    product = s * width
    small = product < 1e-3  # where the two terms cancel, the series does not
    safe = np.where(small, 1.0, product)
    exact = 1.0 / safe - 1.0 / np.expm1(np.minimum(safe, 700.0))
    return width * np.where(small, 0.5 - product / 12.0 + product**3 / 720.0, exact)


def _trapezoid(log_integrand: Floats) -> float:
    """The logarithm of the integral over the grid, less the logarithm of its step, which cancels in every ratio."""
    peak = float(log_integrand.max())
    return peak + float(np.log(np.exp(log_integrand - peak).sum()))


def _free_rows(
    free: list[str],
    heads: Mapping[str, tuple[str, Fraction]],
    members: Mapping[str, Fraction],
    bounds: Iterable[Bound],
    closure: _Closure,
) -> tuple[Floats, Floats]:
    """Rows of A z <= 0 for the groups' total weights z, and a point well inside."""
    position = {name: index for index, name in enumerate(free)}
    rows = {tuple(row) for row in (-np.eye(len(free))).tolist()}
    for bound in bounds:
        (lesser, times), (greater, most) = heads[bound.lesser], heads[bound.greater]
        if lesser != greater:
            row = np.zeros(len(free))
            less, more = _coefficients(times / members[lesser], bound.factor * most / members[greater])
            row[position[lesser]], row[position[greater]] = less, -more
            rows.add(tuple(row.tolist()))
    logs = np.full((len(free), len(free)), np.log(1e3))  # where nothing bounds a ratio, a thousand serves to start with
    for (lesser, greater), (factor, _) in closure.tightest.items():
        if lesser in position and greater in position:
            logs[position[lesser], position[greater]] = _log(factor * members[lesser] / members[greater])
    for middle in range(len(free)):  # the thousands must not contradict the bounds
        logs = np.minimum(logs, logs[:, [middle]] + logs[[middle], :])
    np.fill_diagonal(logs, 0.0)
    # Each column is a point that obeys all bounds in logarithms, and so is each negated row: their mean is inside of all.
    start = np.exp((logs.mean(axis=1) - logs.mean(axis=0)) / 2)
    return np.array(sorted(rows)), start / start.sum()

"""Packages that no other beats whatever the weights of a region and the scores within their ranges: robust portfolio modelling.

Package P dominates Q where it is worth at least as much at every extreme point of the region and for all scores in their ranges,
and for some more (Liesiö, Mild and Salo 2007, European Journal of Operational Research 181(3), section 3). What the two share
cancels: differences are compared, and never the least of one with the most of the other. For sums on a straight line that is
exact. Where other criteria have ranges, the parts that do not cancel are bounded by their extremes, so that what is called
dominated is, and some that are dominated may be left in; ``bounded`` says on which criteria.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.pareto import PackedFlags, undominated_rows
from policy_options.analysis.packages.performances import (
    bits_of,
    bounds_of,
    off_scale,
    performances_on,
    refuse_off_scale,
    value_of,
)
from policy_options.analysis.packages.problem import PackageProblem, as_mask
from policy_options.analysis.value_functions import Linear

__all__ = ["MOST_COMPARED", "NonDominated", "non_dominated", "values_of_packages"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

MOST_COMPARED: Final = 1 << 17
"""Packages that are compared with one another, after those that one exchange of members beats are left out."""

_FEW: Final = 4_000  # packages that are sooner compared with one another than looked for exchanges of two members
_MOST_MEMORY: Final = 1 << 27  # of numbers that are held together
_ALONE: Final = 1 << 18  # multiplications that a BLAS does in one thread
_MOST_STEPS: Final = 4_000_000_000  # differences at points: a minute


@dataclass(frozen=True, eq=False, slots=True)
class NonDominated:
    """``packages`` that are dominated by none, and along the members what share of them has each.

    ``points`` counts the extreme points of the region; ``bounded`` names the criteria whose ranges do not cancel exactly.
    """

    packages: Integers
    core_index: tuple[Fraction, ...]
    points: int
    ranges: bool
    bounded: tuple[str, ...]

    def standing(self, member: int) -> Literal["core", "borderline", "exterior"]:
        """Whether a member is in all of them, in some, or in none."""
        index = self.core_index[member]
        return "core" if index == 1 else "exterior" if index == 0 else "borderline"


def values_of_packages(problem: PackageProblem, packages: Integers) -> Floats:
    """(N, n) values of some packages at likely scores; unknown ones are worth 0."""
    return np.stack([_values_on(problem, column, packages) for column in range(len(problem.combinations))], axis=1)


@dataclass(frozen=True, eq=False)
class _Parts:
    """What differences of packages are made of, along the extreme points (q).

    ``certain`` (N, q) are values on criteria without ranges. ``items`` (N, i) says how often each package has each part of the
    sums with ranges, worth ``low`` to ``high`` (i, q). ``spans`` are the other criteria: (N,) least and most values, (N,) what
    they are made of, and (q,) weights.
    """

    certain: Floats
    items: Floats
    low: Floats
    high: Floats
    spans: tuple[tuple[Floats, Floats, Integers, Floats], ...]

    def along(self, rows: Integers) -> _Parts:
        spans = tuple((a[rows], b[rows], made_of[rows], weights) for a, b, made_of, weights in self.spans)
        return _Parts(self.certain[rows], self.items[rows], self.low, self.high, spans)

    @property
    def exactly_vectors(self) -> bool:
        """Whether a package is its vector of values, with nothing that moves."""
        return not self.spans and not self.items.shape[1]


def non_dominated(
    problem: PackageProblem, admitted: Flags, points: Floats, *, ranges: bool = True
) -> NonDominated | None:
    """The packages of those admitted that none of them dominates; ``None`` where they are too many to compare.

    ``points`` (q, n) are the extreme points of the weights; without ``ranges`` scores are as likely.

    Raises:
        PolicyOptionsError: a range carries a package beyond a scale, and nothing says what that means.
    """
    m = len(problem.members)
    left = admitted.copy()
    ranged = _ranged_columns(problem) if ranges else np.zeros(len(problem.combinations), dtype=np.bool_)
    weighed = [column for column in range(len(problem.combinations)) if points[:, column].any()]
    if not problem.effects and all(_is_straight(problem, column) for column in weighed):
        _leave_out_exchanges(problem, left, points, ranged, weighed)
    packages = np.flatnonzero(left)
    if len(packages) > MOST_COMPARED or len(packages) * len(points) > _MOST_MEMORY:
        return None
    if ranged[weighed].any() and len(packages) ** 2 * len(points) > _MOST_STEPS:
        return None
    parts, bounded = _parts(problem, packages, points, ranged)
    kept = packages[_filtered(parts)]
    has = bits_of(kept, m)
    core = tuple(Fraction(int(has[:, member].sum()), max(len(kept), 1)) for member in range(m))
    return NonDominated(kept, core, len(points), bool(ranged.any()), bounded)


def _ranged_columns(problem: PackageProblem) -> Flags:
    table = problem.problem
    ranged = np.asarray((table.low != table.high).any(axis=0))  # an unknown score is a range
    for column, how in enumerate(problem.combinations):
        ranged[column] |= any(low != high for low, _, high in how.judged.values())
    for effect in problem.effects:
        ranged[effect.column] |= effect.low != effect.high
    return ranged


def _is_straight(problem: PackageProblem, column: int) -> bool:
    """Whether value is a sum over members, whatever the package: no end of the scale holds it, or none is reached."""
    how, axis = problem.combinations[column], problem.problem.criteria[column]
    if (
        how.rule != "add"
        or not isinstance(axis.value_function, Linear)
        or np.isnan(problem.problem.likely[:, column]).any()
    ):
        return False
    if how.beyond == "extend":
        return True
    (low, base_low), (high, base_high) = problem.bounds("low"), problem.bounds("high")
    effects = [effect for effect in problem.effects if effect.column == column]
    least = low[:, column] - base_high[column]
    most = high[:, column] - base_low[column]
    bottom = base_low[column] + least[least < 0].sum() + sum(min(0.0, effect.low) for effect in effects)
    top = base_high[column] + most[most > 0].sum() + sum(max(0.0, effect.high) for effect in effects)
    return not bool(off_scale(axis, np.array([bottom, top])).any())


def _slopes(problem: PackageProblem, column: int) -> float:
    axis = problem.problem.criteria[column]
    return 100.0 / (axis.high - axis.low) * (1.0 if axis.direction == "more-is-better" else -1.0)


def _leave_out_exchanges(
    problem: PackageProblem, left: Flags, points: Floats, ranged: Flags, columns: list[int]
) -> None:
    """Leave out packages that adding, dropping or exchanging one or two members for others beats, where that is admitted too.

    Each is a comparison of the members alone, which serves every package that has the one and not the other.
    """
    m = len(problem.members)
    # Least and most that each member adds at each extreme point, (m, q): the baseline's own range is shared by none.
    low, high = np.zeros((m, len(points))), np.zeros((m, len(points)))
    moving_base = np.zeros(len(points), dtype=np.float64)
    for column in columns:
        slope = _slopes(problem, column)
        which: tuple[Literal["low", "likely", "high"], ...] = (
            ("low", "high") if ranged[column] else ("likely", "likely")
        )
        ends = [problem.bounds(bound) for bound in which]
        values = [slope * (parts[:, column] - problem.bounds("likely")[1][column]) for parts, _ in ends]
        base = [slope * float(at[column]) for _, at in ends]
        low += np.outer(np.minimum(*values), points[:, column])
        high += np.outer(np.maximum(*values), points[:, column])
        moving_base += abs(base[1] - base[0]) * points[:, column]
    flags = PackedFlags(left)
    admitted = flags.words.copy()
    for taken, given in ((0, 1), (1, 0), (1, 1), (2, 1), (1, 2), (2, 2)):
        if taken + given > 2 and (flags.count() < _FEW or m > 18):
            break
        outs, intos = (np.array(list(combinations(range(m), size)), dtype=np.intp) for size in (taken, given))
        # Where the numbers of members differ, the baseline counts more often in one than in the other.
        lost = high[outs].sum(axis=1) + abs(taken - given) * moving_base
        least = low[intos].sum(axis=1)[None, :] - lost[:, None]
        better = (least >= 0.0).all(axis=2) & (least.max(axis=2) > TIE)
        for out, into in zip(*np.nonzero(better), strict=True):
            dropped, added = outs[out].tolist(), intos[into].tolist()
            if not set(dropped) & set(added):
                flags.clear_where_exchanged(admitted, dropped, added)
    left[:] = flags.unpacked()


def _parts(
    problem: PackageProblem, packages: Integers, points: Floats, ranged: Flags
) -> tuple[_Parts, tuple[str, ...]]:
    chosen = bits_of(packages, len(problem.members))
    straight = [column for column in range(len(ranged)) if not ranged[column] and _is_a_sum(problem, column)]
    certain = _sums_of(problem, chosen, straight, points)
    summed: list[int] = []
    spans = []
    bounded = []
    for column, axis in enumerate(problem.problem.criteria):
        weights = points[:, column]
        if not weights.any() or column in straight:
            continue
        if not ranged[column]:
            certain += np.outer(_values_on(problem, column, packages), weights)
        elif _is_straight(problem, column):
            summed.append(column)
        else:
            least, most = _value_bounds(problem, column, packages)
            spans.append((least, most, _made_of(problem, column, chosen, packages), weights))
            bounded.append(axis.id)
    items, low, high = _items(problem, chosen, summed, points)
    return _Parts(certain, items, low, high, tuple(spans)), tuple(bounded)


def _is_a_sum(problem: PackageProblem, column: int) -> bool:
    return _is_straight(problem, column) and not any(effect.column == column for effect in problem.effects)


def _sums_of(problem: PackageProblem, chosen: Flags, columns: list[int], points: Floats) -> Floats:
    """(N, q) weighted values on criteria that are sums over members, up to what all packages share."""
    parts, base = problem.bounds("likely")
    slopes = np.array([_slopes(problem, column) for column in columns])
    per_member = ((parts - base)[:, columns] * slopes) @ points[:, columns].T if columns else np.zeros((1, len(points)))
    if not columns:
        return np.zeros((len(chosen), len(points)))
    found = np.empty((len(chosen), len(points)))
    step = max(1, _ALONE // per_member.size)
    taken = chosen.astype(np.float64)
    for start in range(0, len(chosen), step):
        np.matmul(taken[start : start + step], per_member, out=found[start : start + step])
    return found


def _values_on(problem: PackageProblem, column: int, packages: Integers) -> Floats:
    """(N,) values of packages on one criterion at likely scores; unknown ones are worth 0."""
    axis = problem.problem.criteria[column]
    found = performances_on(problem, column, packages)
    return np.where(np.isnan(found), 0.0, value_of(problem, column, np.where(np.isnan(found), axis.low, found)))


def _items(problem: PackageProblem, chosen: Flags, columns: list[int], points: Floats) -> tuple[Floats, Floats, Floats]:
    """Members, the baseline (1 less for each member but one) and effects, each with its least and most at each extreme point."""
    effects = [effect for effect in problem.effects if effect.column in columns]
    lows, base_low = problem.bounds("low")
    highs, base_high = problem.bounds("high")
    if not columns:
        return np.zeros((len(chosen), 0)), np.zeros((0, len(points))), np.zeros((0, len(points)))
    counts = [chosen.astype(np.float64), np.asarray(1.0 - chosen.sum(axis=1)).reshape(-1, 1)]
    counts += [
        np.asarray(chosen[:, sorted(effect.members)].all(axis=1), dtype=np.float64).reshape(-1, 1) for effect in effects
    ]
    m = chosen.shape[1]
    low, high = np.zeros((m + 1 + len(effects), len(points))), np.zeros((m + 1 + len(effects), len(points)))
    for column in columns:
        slope, weights = _slopes(problem, column), points[:, column]
        own = np.array([effect.column == column for effect in effects], dtype=np.float64)
        least = np.concatenate((lows[:, column], [base_low[column]], own * [effect.low for effect in effects]))
        most = np.concatenate((highs[:, column], [base_high[column]], own * [effect.high for effect in effects]))
        low += np.outer(np.minimum(slope * least, slope * most), weights)
        high += np.outer(np.maximum(slope * least, slope * most), weights)
    return np.hstack(counts), low, high


def _value_bounds(problem: PackageProblem, column: int, packages: Integers) -> tuple[Floats, Floats]:
    axis = problem.problem.criteria[column]
    ends = bounds_of(problem, column, packages)
    if problem.combinations[column].beyond is None and not axis.levels:
        for end in ends:
            off = np.flatnonzero(off_scale(axis, end))
            if len(off):
                first = off[np.lexsort((packages[off], np.bitwise_count(packages[off])))[0]]
                raise refuse_off_scale(problem, column, int(packages[first]), float(end[first]))
    values = [value_of(problem, column, end) for end in ends]
    return np.minimum(*values), np.maximum(*values)


def _made_of(problem: PackageProblem, column: int, chosen: Flags, packages: Integers) -> Integers:
    """A number for what a package's performance is made of: equal where two have it from the same members, and cancel."""
    if problem.combinations[column].rule == "judged":
        return packages
    table = problem.problem
    touching = problem.touching[:, column] | (table.low[:, column] != table.high[:, column])[list(problem.rows)]
    mask = np.array([as_mask([member]) if touch else 0 for member, touch in enumerate(touching)], dtype=np.int64)
    found: Integers = chosen @ mask
    for number, effect in enumerate(e for e in problem.effects if e.column == column):
        found = found | (chosen[:, sorted(effect.members)].all(axis=1).astype(np.int64) << (len(mask) + number % 32))
    return found


def _filtered(parts: _Parts) -> Integers:
    """Rows that no other dominates, in their order.

    Rows are taken by falling middle value, which a dominating one never has less of; each is compared with those that are kept.
    """
    middle = parts.certain.sum(axis=1) + parts.items @ (parts.low + parts.high).sum(axis=1) / 2.0
    for least, most, _, weights in parts.spans:
        middle = middle + (least + most) / 2.0 * weights.sum()
    order = np.argsort(-middle, kind="stable")
    if parts.exactly_vectors:
        return np.sort(order[undominated_rows(parts.certain[order])])
    kept = order[~_any_dominates(parts, order[:64], order)]
    # What is bounded is not carried on from one pair to the next, and so each is compared with all.
    return np.sort(kept[~_any_dominates(parts, order if parts.spans else kept, kept)])


def _any_dominates(parts: _Parts, first: Integers, second: Integers) -> Flags:
    """(b,) whether some row of ``first`` dominates each of ``second``, shared parts having cancelled."""
    found = np.zeros(len(second), dtype=np.bool_)
    points = parts.certain.shape[1]
    a = parts.along(first)
    width = max(1, (1 << 21) // max(1, len(first) * points))
    for start in range(0, len(second), width):
        rows = second[start : start + width]
        low, high = _differences(a, parts.along(rows))
        dominates = (low >= -TIE).all(axis=1) & (high > TIE).any(axis=1)
        dominates &= np.repeat(first, len(rows)) != np.tile(rows, len(first))
        found[start : start + width] = dominates.reshape(len(first), len(rows)).any(axis=0)
    return found


def _differences(a: _Parts, b: _Parts) -> tuple[Floats, Floats]:
    """(a times b, q) the least and the most of the differences of value at each extreme point."""
    pairs = len(a.certain) * len(b.certain)
    certain = (a.certain[:, None] - b.certain[None, :]).reshape(pairs, -1)
    times = (a.items[:, None] - b.items[None, :]).reshape(pairs, -1)
    more, less = np.maximum(times, 0.0), np.minimum(times, 0.0)
    low = certain + _product(more, a.low) + _product(less, a.high)
    high = certain + _product(more, a.high) + _product(less, a.low)
    if a.spans:
        lows, highs, weights = [], [], []
        for (least, most, made_of, share), (least_b, most_b, made_of_b, _) in zip(a.spans, b.spans, strict=True):
            apart = made_of[:, None] != made_of_b[None, :]
            lows.append((apart * (least[:, None] - most_b[None, :])).ravel())
            highs.append((apart * (most[:, None] - least_b[None, :])).ravel())
            weights.append(share)
        low += _product(np.stack(lows, axis=1), np.stack(weights))
        high += _product(np.stack(highs, axis=1), np.stack(weights))
    return low, high


def _product(left: Floats, right: Floats) -> Floats:
    """A matrix product in one thread: a BLAS that splits it starts threads for longer than it takes, and may sum otherwise."""
    found: Floats = np.einsum("ps,sq->pq", left, right, optimize=False)
    return found

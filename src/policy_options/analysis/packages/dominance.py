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
from policy_options.analysis.packages.performances import (
    bits_of,
    bounds_of,
    off_scale,
    performances_of,
    refuse_off_scale,
    value_of,
)
from policy_options.analysis.packages.problem import PackageProblem, as_mask
from policy_options.analysis.packages.rules import view_of
from policy_options.analysis.value_functions import Linear

__all__ = ["MOST_COMPARED", "NonDominated", "non_dominated", "values_of_packages"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

MOST_COMPARED: Final = 1 << 17
"""Packages that are compared with one another, after those that one exchange of members beats are left out."""

_CHUNK: Final = 256
_FEW: Final = 4_000  # packages that are sooner compared with one another than looked for exchanges of two members
_MOST_MEMORY: Final = 1 << 27  # of numbers that are held together
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
    performances = performances_of(problem, packages)
    columns = [
        np.nan_to_num(value_of(problem, column, np.where(np.isnan(found), axis.low, found))) * ~np.isnan(found)
        for column, (axis, found) in enumerate(zip(problem.problem.criteria, performances.T, strict=True))
    ]
    return np.stack(columns, axis=1)


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
    m, admitted = len(problem.members), left.copy()
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
    for taken, given in ((0, 1), (1, 0), (1, 1), (2, 1), (1, 2), (2, 2)):
        if taken + given > 2 and (int(left.sum()) < _FEW or m > 18):
            return
        outs, intos = (np.array(list(combinations(range(m), size)), dtype=np.intp) for size in (taken, given))
        # Where the numbers of members differ, the baseline counts more often in one than in the other.
        lost = high[outs].sum(axis=1) + abs(taken - given) * moving_base
        least = low[intos].sum(axis=1)[None, :] - lost[:, None]
        better = (least >= 0.0).all(axis=2) & (least.max(axis=2) > TIE)
        for out, into in zip(*np.nonzero(better), strict=True):
            dropped, added = outs[out].tolist(), intos[into].tolist()
            if not set(dropped) & set(added):
                view = view_of(left, {**dict.fromkeys(dropped, 1), **dict.fromkeys(added, 0)})
                then = view_of(admitted, {**dict.fromkeys(dropped, 0), **dict.fromkeys(added, 1)})
                np.greater(view, then, out=view)  # left in where the other is not admitted


def _parts(
    problem: PackageProblem, packages: Integers, points: Floats, ranged: Flags
) -> tuple[_Parts, tuple[str, ...]]:
    certain_values = values_of_packages(problem, packages)
    chosen = bits_of(packages, len(problem.members))
    certain = np.zeros((len(packages), len(points)))
    summed: list[int] = []
    spans = []
    bounded = []
    for column, axis in enumerate(problem.problem.criteria):
        weights = points[:, column]
        if not weights.any():
            continue
        if not ranged[column]:
            certain += np.outer(certain_values[:, column], weights)
        elif _is_straight(problem, column):
            summed.append(column)
        else:
            least, most = _value_bounds(problem, column, packages)
            spans.append((least, most, _made_of(problem, column, chosen, packages), weights))
            bounded.append(axis.id)
    items, low, high = _items(problem, chosen, summed, points)
    return _Parts(certain, items, low, high, tuple(spans)), tuple(bounded)


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
        return np.sort(order[_pareto(parts.certain[order])])
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


def _pareto(values: Floats) -> Integers:
    """Rows of (N, q) vectors, by falling sum, that no other dominates; equal rows are all kept."""
    kept = np.arange(len(values))
    # A few of the best beat most: they are tried against all before the rest are compared with one another.
    for start, stop in ((0, 16), (16, 128)):
        if len(kept) > 4 * _CHUNK:
            kept = kept[~_beaten(values[kept], values[kept[start:stop]])]
    front = values[:0]
    found: list[Integers] = []
    for start in range(0, len(kept), _CHUNK):
        rows = kept[start : start + _CHUNK]
        rows = rows[~_beaten(values[rows], front)]
        rows = rows[~_beaten(values[rows], values[rows])]
        found.append(rows)
        front = np.concatenate((front, values[rows]))
    return np.concatenate(found) if found else kept


def _beaten(rows: Floats, by: Floats) -> Flags:
    """(a,) whether some vector of ``by`` (b, q) is at least as good as each row in all, and better in one."""
    found = np.zeros(len(rows), dtype=np.bool_)
    width = max(1, (1 << 20) // max(1, len(by)))
    for start in range(0, len(rows), width):
        part = rows[start : start + width]
        row, rival = np.nonzero(by[None, :, 0] >= part[:, 0][:, None] - TIE)
        for column in range(1, rows.shape[1]):
            good = by[rival, column] >= part[row, column] - TIE
            row, rival = row[good], rival[good]
        better = (by[rival] > part[row] + TIE).any(axis=1)
        found[start + row[better]] = True
    return found

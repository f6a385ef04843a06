"""Performances of packages: what those of the members come to together, criterion by criterion.

Increments are measured from the baseline, and not from the zero of the scale (Clemen and Smith 2009, Decision Analysis 6(4);
Morton 2015, European Journal of Operational Research 245(3)): a package is worth the value of its combined performance, so that
no constant that is added to a value function changes a choice.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.packages.problem import PackageProblem, members_of
from policy_options.analysis.packages.rules import view_of
from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.value_functions import PiecewiseLinear
from policy_options.errors import PolicyOptionsError, as_written

__all__ = [
    "all_performances",
    "bits_of",
    "bounds_of",
    "named_packages",
    "off_scale",
    "performances_of",
    "performances_on",
    "refuse_off_scale",
    "sums",
    "value_of",
]

Floats = NDArray[np.float64]
Bound = Literal["low", "likely", "high"]

OFF: float = 1e-9
"""A share of the scale by which a combined performance may pass an end before it has left: rounding, and no more."""


def bits_of(packages: NDArray[np.int64], members: int) -> NDArray[np.bool_]:
    """(N, m) which members each package has."""
    return (packages[:, None] >> np.arange(members) & 1).astype(np.bool_)


def sums(start: float, parts: Floats, effects: list[tuple[frozenset[int], float]]) -> Floats:
    """(2^m,) what every package of m members sums to, by doubling: each half is the one before it with one member more.

    ``effects`` add to the packages that have all of some members.
    """
    out = np.empty(1 << len(parts))
    out[0] = start
    for member, part in enumerate(parts.tolist()):
        half = 1 << member
        np.add(out[:half], part, out=out[half : 2 * half])
        for together, extra in effects:
            if max(together) == member:
                rest = {other: 1 for other in together if other != member}
                view: Floats = view_of(out[half : 2 * half], rest)
                view += extra
    return out


def _effects(problem: PackageProblem, column: int) -> list[tuple[frozenset[int], float]]:
    return [(effect.members, effect.likely) for effect in problem.effects if effect.column == column]


def all_performances(problem: PackageProblem, column: int) -> Floats:
    """(2^m,) the likely performance of every package on one criterion; NaN where unknown, or where it is not judged."""
    parts, at = (array.T[column] for array in problem.bounds("likely"))
    base, how = float(at), problem.combinations[column]
    if how.rule == "add":
        return sums(base, parts - base, _effects(problem, column))
    m = len(parts)
    out = np.full(1 << m, np.nan)
    if how.rule == "judged":
        out[0] = base
        out[1 << np.arange(m)] = parts
        for package, (_, likely, _) in how.judged.items():
            out[package] = likely
        return out
    if how.rule == "independent":
        assert how.limit is not None
        out[0] = base - how.limit
        for member in range(m):
            half = 1 << member
            np.multiply(out[:half], (parts[member] - how.limit) / (base - how.limit), out=out[half : 2 * half])
        out += how.limit
    else:
        extreme, nothing = (np.maximum, -np.inf) if how.rule == "highest" else (np.minimum, np.inf)
        out[0] = nothing
        for member in range(m):
            half = 1 << member
            part = parts[member] if problem.touching[member, column] else nothing
            extreme(out[:half], part, out=out[half : 2 * half])
        out[out == nothing] = base
    for together, extra in _effects(problem, column):
        view: Floats = view_of(out, dict.fromkeys(together, 1))
        view += extra
    return out


def performances_of(problem: PackageProblem, packages: NDArray[np.int64]) -> Floats:
    """(N, n) likely performances of some packages; NaN where unknown, or where they are not judged."""
    columns = range(len(problem.combinations))
    return np.stack([performances_on(problem, column, packages) for column in columns], axis=1)


def performances_on(problem: PackageProblem, column: int, packages: NDArray[np.int64]) -> Floats:
    """(N,) the same on one criterion."""
    chosen = bits_of(packages, len(problem.members))
    parts, base = problem.bounds("likely")
    return _combined(problem, column, chosen, packages, parts[:, column], float(base[column]))


def _combined(
    problem: PackageProblem,
    column: int,
    chosen: NDArray[np.bool_],
    packages: NDArray[np.int64],
    parts: Floats,
    base: float,
) -> Floats:
    how = problem.combinations[column]
    if how.rule == "judged":
        singles = {1 << member: float(part) for member, part in enumerate(parts)}
        known = {0: base, **singles, **{package: likely for package, (_, likely, _) in how.judged.items()}}
        return np.array([known.get(int(package), np.nan) for package in packages])
    if how.rule == "add":
        out = base + _selected(chosen, parts - base)
    elif how.rule == "independent":
        assert how.limit is not None
        left = np.where(chosen, ((parts - how.limit) / (base - how.limit))[None, :], 1.0).prod(axis=1)
        out = how.limit + (base - how.limit) * left
    else:
        counted = chosen & problem.touching[:, column]
        nothing = -np.inf if how.rule == "highest" else np.inf
        each = np.where(counted, parts[None, :], nothing)
        out = each.max(axis=1, initial=nothing) if how.rule == "highest" else each.min(axis=1, initial=nothing)
        out[out == nothing] = base
    return out + _extras(problem, column, chosen, "likely")


def _selected(chosen: NDArray[np.bool_], parts: Floats) -> Floats:
    """Sums over chosen members; what is unknown spoils only the packages that have it."""
    known = np.nan_to_num(parts)
    out: Floats = chosen @ known
    unknown = np.isnan(parts)
    if unknown.any():
        out[(chosen & unknown).any(axis=1)] = np.nan
    return out


def _extras(problem: PackageProblem, column: int, chosen: NDArray[np.bool_], bound: Bound) -> Floats:
    out = np.zeros(len(chosen))
    for effect in problem.effects:
        if effect.column == column:
            out[chosen[:, sorted(effect.members)].all(axis=1)] += getattr(effect, bound)
    return out


def bounds_of(problem: PackageProblem, column: int, packages: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """(N,), (N,) the least and the greatest performance of packages on a criterion, every score moving within its bounds.

    Exact but for ``highest`` and ``lowest`` where a member may or may not differ from the baseline, for which they are bounds.
    Unknown scores run from end to end of the scale, and so does the package.
    """
    chosen = bits_of(packages, len(problem.members))
    how, axis = problem.combinations[column], problem.problem.criteria[column]
    (low, base_low), (high, base_high) = problem.bounds("low"), problem.bounds("high")
    lows, highs, least, most = low[:, column], high[:, column], float(base_low[column]), float(base_high[column])
    if how.rule == "judged":
        known = {
            0: (least, most),
            **{1 << i: (float(a), float(b)) for i, (a, b) in enumerate(zip(lows, highs, strict=True))},
        }
        known |= {package: (first, last) for package, (first, _, last) in how.judged.items()}
        found = np.array([known.get(int(package), (np.nan, np.nan)) for package in packages]).reshape(-1, 2)
        bottom, top = found[:, 0], found[:, 1]
    elif how.rule == "add":
        others = chosen.sum(axis=1) - 1  # times the baseline is taken away
        bottom = _selected(chosen, lows) - others * np.where(others > 0, most, least)
        top = _selected(chosen, highs) - others * np.where(others > 0, least, most)
    elif how.rule == "independent":
        bottom, top = _independent(chosen, (lows, highs), (least, most), float(how.limit or 0.0))
    else:
        bottom, top = _extremes(how.rule, chosen, (lows, highs), (least, most))
    bottom, top = bottom + _extras(problem, column, chosen, "low"), top + _extras(problem, column, chosen, "high")
    return np.where(np.isnan(bottom), axis.low, bottom), np.where(np.isnan(top), axis.high, top)


def _independent(
    chosen: NDArray[np.bool_], ends: tuple[Floats, Floats], base: tuple[float, float], limit: float
) -> tuple[Floats, Floats]:
    """left(package) = product of left(member) / left(baseline)^(members - 1): monotone in each, so extreme at the ends."""
    others = chosen.sum(axis=1) - 1
    side = 1.0 if base[0] + base[1] > 2 * limit else -1.0
    lefts = [side * (end - limit) for end in ends] if side > 0 else [side * (end - limit) for end in ends[::-1]]
    base_left = sorted((side * (base[0] - limit), side * (base[1] - limit)))
    least, most = (np.where(chosen, left[None, :], 1.0).prod(axis=1) for left in lefts)
    least = least / np.where(others > 0, base_left[1], base_left[0]) ** others
    most = most / np.where(others > 0, base_left[0], base_left[1]) ** others
    return (limit + least, limit + most) if side > 0 else (limit - most, limit - least)


def _extremes(
    rule: str, chosen: NDArray[np.bool_], ends: tuple[Floats, Floats], base: tuple[float, float]
) -> tuple[Floats, Floats]:
    sign = 1.0 if rule == "highest" else -1.0
    lows, highs = (ends[0], ends[1]) if sign > 0 else (-ends[1], -ends[0])
    least, most = (base[0], base[1]) if sign > 0 else (-base[1], -base[0])
    may = ~((lows == highs) & (lows == least) & (least == most))  # its score may differ from the baseline's
    must = (lows > most) | (highs < least)  # it differs, whatever the scores are
    unknown = np.isnan(lows) & chosen
    surely, possibly = chosen & must, chosen & may
    nothing = -np.inf
    bottom = np.where(surely, lows, nothing).max(axis=1, initial=nothing)
    weakest = np.where(possibly, lows, np.inf).min(axis=1, initial=np.inf)
    bottom = np.where(surely.any(axis=1), bottom, np.minimum(weakest, least))
    top = np.where(possibly, highs, nothing).max(axis=1, initial=nothing)
    top = np.where(surely.any(axis=1), top, np.maximum(top, most))
    bottom[unknown.any(axis=1)], top[unknown.any(axis=1)] = np.nan, np.nan
    return (bottom, top) if sign > 0 else (-top, -bottom)


def named_packages(problem: PackageProblem) -> NDArray[np.int64] | None:
    """The packages that can be compared where a criterion is judged by package; ``None`` where all can."""
    if not problem.judged_columns:
        return None
    named = set.intersection(*({*problem.combinations[column].judged} for column in problem.judged_columns))
    found = {0, *(1 << member for member in range(len(problem.members))), *named}
    return np.array(sorted(found), dtype=np.int64)


def value_of(problem: PackageProblem, column: int, performance: Floats) -> Floats:
    """Values of performances, which may be beyond the scale where that is held at its end or extended."""
    axis = problem.problem.criteria[column]
    if problem.combinations[column].beyond == "hold":
        return axis.value_function(np.clip(performance, axis.low, axis.high))
    function = axis.value_function
    if isinstance(function, PiecewiseLinear):
        found = function(performance)
        for end, beyond in ((0, performance < function.at[0]), (-1, performance > function.at[-1])):
            if beyond.any():
                inner = 1 if end == 0 else -2
                slope = (function.value[inner] - function.value[end]) / (function.at[inner] - function.at[end])
                found = np.where(beyond, function.value[end] + slope * (performance - function.at[end]), found)
        return found
    return function(performance)


def off_scale(axis: CriterionAxis, performance: Floats) -> NDArray[np.bool_]:
    """Where a performance has left the scale; what is unknown has not."""
    slack = OFF * (axis.high - axis.low)
    return np.asarray((performance < axis.low - slack) | (performance > axis.high + slack))


def refuse_off_scale(problem: PackageProblem, column: int, package: int, performance: float) -> PolicyOptionsError:
    """The refusal of a package that leaves a scale without a word on what that means."""
    axis = problem.problem.criteria[column]
    end = axis.low if performance < axis.low else axis.high
    names = ", ".join(f"`{problem.ids[member]}`" for member in members_of(package))
    amount = as_written(float(f"{abs(performance - end):.6g}"))
    return PolicyOptionsError.of(
        "package-off-scale",
        f"the package of {names} is at {as_written(float(f'{performance:.6g}'))} on `{axis.id}`, {amount} beyond the end of its "
        f"scale, {as_written(end)}",
        "write in-packages: beyond: hold (nothing more is gained or lost past the end) or extend (value goes on along the same "
        "line), or widen the scale",
        ids=(axis.id, *(problem.ids[member] for member in members_of(package))),
    )

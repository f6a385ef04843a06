"""The best packages of many members as mixed-integer programmes, where rules and value functions can be written as one.

A member is a whole variable of 0 or 1. An effect of several members is a variable that is 1 where all of them are in
(Glover and Woolsey 1974, Operations Research 22(1)). A criterion that adds up on a bent line has a share for each corner and a
whole variable for each piece; a criterion that takes an extreme has one for each performance that the extreme can be. Each
package that is found is cut off before the next is looked for, and checked in exact numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.packages.performances import off_scale, refuse_off_scale, value_of
from policy_options.analysis.packages.problem import PackageProblem, Rule
from policy_options.analysis.packages.rules import rows_of
from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.solver import best_whole
from policy_options.analysis.value_functions import Exponential, PiecewiseLinear
from policy_options.errors import PolicyOptionsError

__all__ = ["Programme", "written"]

Floats = NDArray[np.float64]


@dataclass
class Programme:
    """Rows and variables as they are written down; the first m variables are the members."""

    members: int
    gain: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, gain: float = 0.0, *, whole: bool = False) -> int:
        """A variable from 0 to 1."""
        self.gain.append(gain)
        self.whole.append(whole)
        return len(self.gain) - 1

    def row(self, terms: dict[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        """A row that has to be within bounds."""
        self.rows.append((terms, low, high))

    def best(self, gain: Floats | None = None) -> int | None:
        """The best package by its gain; ``None`` where rows leave none."""
        size = len(self.gain)
        matrix = np.zeros((len(self.rows), size))
        for number, (terms, _, _) in enumerate(self.rows):
            for variable, factor in terms.items():
                matrix[number, variable] += factor
        low, high = (np.array([row[side] for row in self.rows], dtype=np.float64) for side in (1, 2))
        wanted = np.array(self.gain) if gain is None else np.concatenate((gain, np.zeros(size - len(gain))))
        x = best_whole(wanted, matrix, low, high, (np.zeros(size), np.ones(size)), np.array(self.whole))
        return None if x is None else sum(1 << member for member in range(self.members) if x[member] > 0.5)

    def cut(self, package: int) -> None:
        """Leave out one package: another differs from it in one member at least."""
        inside = [member for member in range(self.members) if package >> member & 1]
        terms = {member: -1.0 if package >> member & 1 else 1.0 for member in range(self.members)}
        self.row(terms, low=1.0 - len(inside))


def written(problem: PackageProblem, shares: Floats, rules: tuple[Rule, ...], *, cautious: bool) -> Programme:
    """The programme of a problem under weights.

    Raises:
        PolicyOptionsError: a criterion cannot be written so: it is named, with the reason; or a package leaves a scale.
    """
    programme = Programme(len(problem.members))
    for _ in problem.members:
        programme.variable(whole=True)
    for resource in problem.resources:
        uses = resource.uses(cautious=cautious)
        largest = max(*uses, resource.capacity, Fraction(1))
        terms = {member: float(use / largest) for member, use in enumerate(uses)}
        programme.row(terms, high=float(resource.capacity / largest))
    for rule in rules:
        for signs, low, high in rows_of(rule):
            programme.row({member: float(sign) for member, sign in signs.items()}, low, high)
    for column, axis in enumerate(problem.problem.criteria):
        _refuse_unwritable(problem, column, axis)
        if problem.combinations[column].rule == "add":
            _sum(programme, problem, column, axis, float(shares[column]))
        else:
            _extreme(programme, problem, column, axis, float(shares[column]))
    return programme


def _refuse_unwritable(problem: PackageProblem, column: int, axis: CriterionAxis) -> None:
    how = problem.combinations[column]
    m = len(problem.members)
    if how.rule in ("independent", "judged"):
        why = f"the rule {how.rule} of `{axis.id}` is no straight line"
    elif how.rule == "add" and isinstance(axis.value_function, Exponential):
        why = f"the value function of `{axis.id}` is exponential"
    elif how.rule != "add" and any(effect.column == column for effect in problem.effects):
        why = f"`{axis.id}` takes an extreme and has effects on top of it"
    elif np.isnan(problem.problem.likely[:, column]).any():
        why = f"a score on `{axis.id}` is unknown"
    else:
        return
    raise PolicyOptionsError.of(
        "packages-out-of-reach",
        f"the best of {m} options cannot be proved: {why}, and {m} options make too many packages to look at each",
        "leave options out, until 22 are left, or choose a rule and a value function of straight lines",
        ids=(axis.id,),
    )


def _sum(programme: Programme, problem: PackageProblem, column: int, axis: CriterionAxis, share: float) -> None:
    parts, base = (array.T[column] for array in problem.bounds("likely"))
    at = float(base)
    terms: dict[int, float] = {member: float(part - at) for member, part in enumerate(parts) if part != at}
    for effect in problem.effects:
        if effect.column != column:
            continue
        together = programme.variable()
        for member in effect.members:
            programme.row({together: 1.0, member: -1.0}, high=0.0)
        programme.row({together: 1.0, **dict.fromkeys(effect.members, -1.0)}, low=1.0 - len(effect.members))
        terms[together] = effect.likely
    least = at + sum(min(0.0, part) for part in terms.values())
    most = at + sum(max(0.0, part) for part in terms.values())
    how = problem.combinations[column]
    leaves = bool(off_scale(axis, np.array([least, most])).any())
    if leaves and how.beyond is None:
        _refuse_leaving(programme, problem, column, axis, terms, at)
        leaves = False
    if axis.red_line is not None:
        sign = 1.0 if axis.direction == "more-is-better" else -1.0
        programme.row({v: sign * part for v, part in terms.items()}, low=sign * (axis.red_line - at))
    if share == 0.0 or not terms:
        return
    bent = isinstance(axis.value_function, PiecewiseLinear) or (leaves and how.beyond == "hold")
    if not bent:
        low, high = value_of(problem, column, np.array([axis.low, axis.high]))
        slope = float(high - low) / (axis.high - axis.low)
        for variable, part in terms.items():
            programme.gain[variable] += share * slope * part
        return
    function = axis.value_function
    inner = function.at if isinstance(function, PiecewiseLinear) else (axis.low, axis.high)
    corners = sorted({least, most, *(corner for corner in (*inner, axis.low, axis.high) if least < corner < most)})
    if len(corners) < 2:
        return
    values = value_of(problem, column, np.array(corners))
    weights = [programme.variable(share * float(value)) for value in values]
    pieces = [programme.variable(whole=True) for _ in corners[1:]]
    programme.row(dict.fromkeys(weights, 1.0), 1.0, 1.0)
    programme.row(dict.fromkeys(pieces, 1.0), 1.0, 1.0)
    for place, weight in enumerate(weights):
        near = dict.fromkeys(pieces[max(0, place - 1) : place + 1], -1.0)
        programme.row({weight: 1.0, **near}, high=0.0)
    made = dict(zip(weights, corners, strict=True))
    programme.row(made | {variable: -part for variable, part in terms.items()}, at, at)


def _refuse_leaving(
    programme: Programme, problem: PackageProblem, column: int, axis: CriterionAxis, terms: dict[int, float], at: float
) -> None:
    """Look for the package that goes furthest beyond either end, and refuse it."""
    for sign in (1.0, -1.0):
        gain = np.zeros(len(programme.gain))
        for variable, part in terms.items():
            gain[variable] = sign * part
        package = programme.best(gain)
        if package is None:
            return
        inside = [effect for effect in problem.effects if effect.column == column]
        parts, _ = problem.bounds("likely")
        total = at + sum(float(parts[m, column]) - at for m in range(programme.members) if package >> m & 1)
        total += sum(e.likely for e in inside if all(package >> m & 1 for m in e.members))
        if off_scale(axis, np.array([total])).any():
            raise refuse_off_scale(problem, column, package, total)


def _extreme(programme: Programme, problem: PackageProblem, column: int, axis: CriterionAxis, share: float) -> None:
    parts, base = (array.T[column] for array in problem.bounds("likely"))
    sign = 1.0 if problem.combinations[column].rule == "highest" else -1.0
    counted = {member: sign * float(parts[member]) for member in range(len(parts)) if parts[member] != base}
    stages = sorted(set(counted.values()))
    performances = np.array([float(base), *(sign * stage for stage in stages)])
    values = value_of(problem, column, performances)
    chosen = [programme.variable(share * float(value), whole=True) for value in values]
    programme.row(dict.fromkeys(chosen, 1.0), 1.0, 1.0)
    for variable, stage in zip(chosen, (-np.inf, *stages), strict=True):
        above = [member for member, part in counted.items() if part > stage]
        for member in above:
            programme.row({variable: 1.0, member: 1.0}, high=1.0)
        if stage > -np.inf:
            at = [member for member, part in counted.items() if part == stage]
            programme.row({variable: 1.0, **dict.fromkeys(at, -1.0)}, high=0.0)
    if axis.red_line is not None:
        better = 1.0 if axis.direction == "more-is-better" else -1.0
        failing = [v for v, p in zip(chosen, performances, strict=True) if better * p < better * axis.red_line]
        if failing:
            programme.row(dict.fromkeys(failing, 1.0), 0.0, 0.0)

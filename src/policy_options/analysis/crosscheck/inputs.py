"""What the methods of a cross-check are given: the one place where scores, scales and weights are transformed.

The methods differ in what they read. Those that rescale take performances in their units, since rescaling is what they
do; those that compare pairs take performances with thresholds; the others take values from 0 to 100. A method says
which (``Method.takes``), and nothing is transformed anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import CriterionAxis, Problem, frozen

__all__ = ["INDIFFERENT", "PREFER", "VETO", "Inputs", "ThresholdsUsed", "ends_of_unknowns", "inputs_of"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

INDIFFERENT: Final = 0.05
PREFER: Final = 0.20
VETO: Final = 0.60
"""Thresholds where a criterion declares none, as shares of the length of its scale. They are conventions of this package."""


@dataclass(frozen=True, slots=True)
class ThresholdsUsed:
    """The thresholds of one criterion, in its unit or in numbers of levels; ``derived`` names those that no file declares.

    ``veto`` is infinite for a criterion without one.
    """

    criterion: str
    indifferent: float
    prefer: float
    veto: float
    derived: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Inputs:
    """The inputs of every method: m options by the n criteria that carry weight.

    ``values`` run from 0 to 100, better upwards. ``performances`` are in units, and levels are numbered from 0;
    ``measured`` are in units too, but levels have their values, since their numbers have no size. ``falling`` says where
    fewer ``performances`` are better, ``costs`` where less of what is ``measured`` is. ``weights`` sum to 1. ``lengths``
    are those of the scales, in the same terms as ``performances`` and the thresholds,
    whose numbers are the (3, n) ``bounds``.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Floats
    performances: Floats
    measured: Floats
    falling: Bools
    costs: Bools
    weights: Floats
    lengths: Floats
    thresholds: tuple[ThresholdsUsed, ...]
    bounds: Floats
    levels: tuple[str, ...]
    without_weight: tuple[str, ...]

    @cached_property
    def better(self) -> Floats:
        """(m, n) performances with the sign changed where fewer are better."""
        return np.where(self.falling, -self.performances, self.performances)

    @property
    def indifferent(self) -> Floats:
        """(n,) differences up to which two performances are taken as equal."""
        return np.asarray(self.bounds[0])

    @property
    def prefer(self) -> Floats:
        """(n,) differences from which on the better performance counts in full."""
        return np.asarray(self.bounds[1])

    @property
    def veto(self) -> Floats:
        """(n,) differences from which on nothing makes up for the worse performance; infinite without a veto."""
        return np.asarray(self.bounds[2])

    @property
    def constant(self) -> tuple[str, ...]:
        """The criteria on which all options perform alike."""
        spread = np.ptp(self.performances, axis=0)
        return tuple(name for name, span in zip(self.criteria, spread, strict=True) if span == 0.0)

    def leaving_out(self, row: int) -> Inputs:
        """The inputs without one option. Scales and thresholds stay as they are."""
        return replace(
            self,
            options=self.options[:row] + self.options[row + 1 :],
            values=_without(self.values, row),
            performances=_without(self.performances, row),
            measured=_without(self.measured, row),
        )


def _without(array: Floats, row: int) -> Floats:
    return np.concatenate((array[:row], array[row + 1 :]))


def inputs_of(problem: Problem, shares: Floats, performances: Floats) -> Inputs:
    """Make the inputs from (m, n) known performances and (n,) weights.

    Criteria without weight are left out: a method that counts criteria, or lets one of them veto, would otherwise be
    moved by what carries no weight.
    """
    columns = np.flatnonzero(shares > 0.0)
    axes = [problem.criteria[column] for column in columns]
    taken = performances[:, columns]
    thresholds = tuple(_thresholds(axis) for axis in axes)
    values = np.stack([axis.value_function(taken[:, place]) for place, axis in enumerate(axes)], axis=1)
    of_levels = np.array([bool(axis.levels) for axis in axes])
    falling = np.array([axis.direction == "less-is-better" for axis in axes])
    return Inputs(
        options=problem.option_ids,
        criteria=tuple(axis.id for axis in axes),
        values=frozen(values),
        performances=frozen(taken),
        measured=frozen(np.where(of_levels, values, taken)),
        falling=falling,
        costs=falling & ~of_levels,
        weights=frozen(shares[columns] / shares[columns].sum()),
        lengths=np.array([axis.high - axis.low for axis in axes]),
        thresholds=thresholds,
        bounds=frozen(np.array([(each.indifferent, each.prefer, each.veto) for each in thresholds]).T),
        levels=tuple(axis.id for axis in axes if axis.levels),
        without_weight=tuple(problem.criterion_ids[column] for column in np.flatnonzero(shares <= 0.0)),
    )


def _thresholds(axis: CriterionAxis) -> ThresholdsUsed:
    """The declared thresholds, and shares of the scale in place of the others, brought into the declared order."""
    given, length = axis.thresholds, axis.high - axis.low
    above = [at for at in (given.prefer, given.veto) if at is not None]
    indifferent = min([INDIFFERENT * length, *above]) if given.indifferent is None else given.indifferent
    prefer = given.prefer
    if prefer is None:
        prefer = max(PREFER * length, indifferent)
        if given.veto is not None:
            prefer = min(prefer, given.veto)
    veto = max(VETO * length, prefer) if given.veto is None else given.veto
    named = (("indifferent", given.indifferent), ("prefer", given.prefer), ("veto", given.veto))
    return ThresholdsUsed(axis.id, indifferent, prefer, veto, tuple(name for name, at in named if at is None))


def _ends(problem: Problem) -> tuple[Floats, Floats]:
    """(n,) the worst and the best performance of each scale."""
    rising = np.array([axis.direction == "more-is-better" for axis in problem.criteria])
    low = np.array([axis.low for axis in problem.criteria])
    high = np.array([axis.high for axis in problem.criteria])
    return np.where(rising, low, high), np.where(rising, high, low)


def ends_of_unknowns(problem: Problem, shares: Floats, leader: int) -> list[Floats]:
    """(m, n) performances with the unknown scores at ends of their scales; the first has each at its worst.

    The others have each at its best, and the leader's at one end with its rivals' at the other. Where no unknown score
    carries weight there is only the first. These are ends that were tried, and no bounds: some methods do not run one
    way in a score.
    """
    worst, best = _ends(problem)
    unknown = problem.unknown
    at_worst = np.where(unknown, worst, problem.likely)
    if not (unknown & (shares > 0.0)).any():
        return [at_worst]
    at_best = np.where(unknown, best, problem.likely)
    against, for_ = at_best.copy(), at_worst.copy()
    against[leader], for_[leader] = at_worst[leader], at_best[leader]
    found: list[Floats] = []
    for each in (at_worst, at_best, against, for_):
        if not any(np.array_equal(each, other) for other in found):
            found.append(each)
    return found

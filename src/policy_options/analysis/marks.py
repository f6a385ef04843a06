"""Where along the weight of each criterion another option leads, and where any two options change places. Exact.

For a person who moves one weight and wants to see how near a change is. While it moves, locked weights stay and the
others keep their proportions, as in ``stability`` and ``one_way``, whose kernels do the work; all criteria share one
computation, because a page asks for all of them on each move.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.one_way import Stretch, stretches
from policy_options.analysis.problem import frozen
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.stability import Movement, Undefined, movements

__all__ = ["Marks", "marks"]

Floats = NDArray[np.float64]

_SAME = 1e-12


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """The marks along the weight of one criterion, in shares from 0 to ``most``.

    ``stretches`` say who leads from where to where; ``places`` are the weights at which two options change places, in
    rising order. Both are empty where ``undefined`` says why the weight cannot move.
    """

    id: str
    share: float
    most: float
    undefined: Undefined | None
    stretches: tuple[Stretch, ...]
    places: Floats

    @property
    def leads(self) -> tuple[Stretch, ...]:
        """The stretches that begin where the lead passes to another option."""
        return self.stretches[1:]

    @property
    def order(self) -> tuple[float, float]:
        """The weights between which no two options change places: those of ``stability`` for the whole order."""
        below, above = self.places[self.places <= self.share + _SAME], self.places[self.places >= self.share - _SAME]
        return (float(below[-1]) if below.size else 0.0), (float(above[0]) if above.size else self.most)


def marks(ranking: Ranking, *, locked: Collection[str] = ()) -> tuple[Marks, ...]:
    """The marks of every criterion, in the order of the tree. Unknown scores must have been settled or carry no weight.

    Raises:
        PolicyOptionsError: a locked id is unknown.
    """
    problem = ranking.problem
    values = np.nan_to_num(problem.values)
    found = []
    for movement in movements(ranking, locked=locked):
        if movement.is_group:
            continue
        if movement.undefined is not None:
            nothing = frozen(np.empty(0))
            found.append(Marks(movement.id, movement.share, movement.most, movement.undefined, (), nothing))
            continue
        at_zero, at_most = _ends(ranking, values, movement)
        found.append(
            Marks(
                movement.id,
                movement.share,
                movement.most,
                None,
                stretches(problem.option_ids, at_zero, at_most, movement.most),
                _places(at_zero, at_most, movement.most),
            )
        )
    return tuple(found)


def _ends(ranking: Ranking, values: Floats, movement: Movement) -> tuple[Floats, Floats]:
    """(m,) overall values with the weight at 0 and at most."""
    moving = movement.own + movement.rest > 0.0
    staying = values @ np.where(moving, 0.0, ranking.shares)
    return (
        staying + movement.most * (values @ movement.rest),
        staying + movement.most * (values @ movement.own),
    )


def _places(at_zero: Floats, at_most: Floats, most: float) -> Floats:
    """Where pairs meet of which one is ahead by more than a tie at one end, and the other at the other end."""
    first = at_zero[:, None] - at_zero[None, :]
    last = at_most[:, None] - at_most[None, :]
    crossing = (first > TIE) & (last < -TIE)
    ahead = first[crossing]
    return frozen(np.unique(most * ahead / (ahead - last[crossing])))

"""Several people's weights: the spread between them, the pairs who disagree most, and one vector if a rule is named.

Disagreement is shown, never averaged away: weights are combined only by a rule that the weight set itself declares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.errors import Fault, PolicyOptionsError

__all__ = ["COMBINING", "Combined", "Disagreement", "Spread", "combine"]

Floats = NDArray[np.float64]
Rule = Literal["mean", "geometric", "median"]


@dataclass(frozen=True, slots=True)
class Spread:
    """The least and the largest weight that any participant gives to a criterion, and who gives them."""

    criterion: str
    low: float
    high: float
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two participants, the share of weight that would have to move for them to agree, and where they differ most.

    ``more`` gives ``criterion`` more weight than ``less``, by ``difference``.
    """

    more: str
    less: str
    share: float
    criterion: str
    difference: float


@dataclass(frozen=True, eq=False)
class Combined:
    """A weight set of several people. ``rule`` combines them; without one, ``weights`` is ``None``."""

    participants: Mapping[str, Elicited]
    rule: Rule | None
    weights: WeightVector | None

    @property
    def matrix(self) -> Floats:
        """(p, n): one row of shares per participant, one column per criterion."""
        return np.stack([elicited.weights.shares for elicited in self.participants.values()])

    @property
    def spread(self) -> tuple[Spread, ...]:
        """The spread on each criterion, in the order of the tree."""
        names = tuple(self.participants)
        criteria = next(iter(self.participants.values())).weights.criteria
        found = []
        for column, criterion in enumerate(criteria):
            shares = self.matrix[:, column]
            low, high = int(shares.argmin()), int(shares.argmax())
            found.append(Spread(criterion, float(shares[low]), float(shares[high]), names[low], names[high]))
        return tuple(found)

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """All pairs of participants, those who disagree most first."""
        names = tuple(self.participants)
        criteria = next(iter(self.participants.values())).weights.criteria
        matrix = self.matrix
        found = []
        for first, second in combinations(range(len(names)), 2):
            differences = matrix[first] - matrix[second]
            column = int(np.abs(differences).argmax())
            more, less = (first, second) if differences[column] > 0 else (second, first)
            share = float(np.abs(differences).sum() / 2)
            apart = float(abs(differences[column]))
            found.append(Disagreement(names[more], names[less], share, criteria[column], apart))
        return tuple(sorted(found, key=lambda pair: -pair.share))


def _mean(matrix: Floats) -> Floats:
    """The arithmetic mean of normalised weights."""
    return np.asarray(matrix.mean(axis=0))


def _geometric(matrix: Floats) -> Floats:
    """The geometric mean of normalised weights, rescaled to sum to 1 (Aczel and Saaty 1983, J. Math. Psychology 27)."""
    return np.asarray(np.exp(np.log(matrix).mean(axis=0)))


def _median(matrix: Floats) -> Floats:
    """The median of each weight, rescaled to sum to 1, as the medians themselves do not."""
    return np.asarray(np.median(matrix, axis=0))


COMBINING: Final[dict[Rule, Callable[[Floats], Floats]]] = {"mean": _mean, "geometric": _geometric, "median": _median}


def combine(participants: Mapping[str, Elicited], rule: Rule | None, *, id: str) -> Combined:
    """Join the participants of a set; their weights are combined only if a rule is named.

    Raises:
        PolicyOptionsError: a participant gives a criterion no weight under the geometric rule, or all medians are zero.
    """
    together = Combined(dict(participants), rule, None)
    if rule is None:
        return together
    matrix = together.matrix
    criteria = next(iter(participants.values())).weights.criteria
    if rule == "geometric":
        zeros = [
            Fault(
                "geometric-zero",
                f"`{name}` gives `{criteria[column]}` no weight, and a geometric mean with a zero is zero",
                "combine: mean, or ask again whether it is to carry none at all",
                (name, criteria[column]),
                path=("participants", row),
            )
            for row, name in enumerate(participants)
            for column in np.flatnonzero(matrix[row] == 0.0).tolist()
        ]
        if zeros:
            raise PolicyOptionsError(zeros)
    shares = COMBINING[rule](matrix)
    total = float(shares.sum())
    if not total > 0:
        raise PolicyOptionsError.of(
            "weights-all-zero",
            "the medians of all weights are zero",
            "combine: mean",
            ids=(id,),
            path=("combine",),
        )
    return Combined(together.participants, rule, WeightVector(id, criteria, frozen(shares / total)))

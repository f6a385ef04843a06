"""Rank-order weights: only the order of the swings is asked, and a formula turns ranks into weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import fsum
from typing import TYPE_CHECKING, Final

import numpy as np

from policy_options.analysis.elicitation.answers import Answers, Formula, Settings
from policy_options.analysis.elicitation.method import Asked, Method
from policy_options.analysis.elicitation.results import NodeWeights
from policy_options.analysis.problem import frozen
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.questions import Answer, Question

__all__ = ["FORMULAS", "RankOrder"]


def _sum(place: int, count: int) -> float:
    """Rank sum: in proportion to the number of places from the end (Stillwell, Seaver and Edwards 1981)."""
    return 2 * (count + 1 - place) / (count * (count + 1))


def _reciprocal(place: int, count: int) -> float:
    """Rank reciprocal: in proportion to 1 over the place (Stillwell, Seaver and Edwards 1981)."""
    return 1 / place / fsum(1 / other for other in range(1, count + 1))


FORMULAS: Final[dict[Formula, Callable[[int, int], float] | None]] = {
    "centroid": None,  # the centre of the region that the order leaves, ties included
    "sum": _sum,
    "reciprocal": _reciprocal,
}
"""Weight of a place among ``count``. Stillwell et al.: Organizational Behavior and Human Performance 28, 62-77."""


class RankOrder(Method):
    """Weights from a full order by the formula in the settings: centroid, sum or reciprocal.

    The centroid is the centre of mass of all weights in that order (Barron and Barrett 1996, Management Science 42).
    Under the other two, swings that matter equally share the mean of the places that they take.

    Raises:
        PolicyOptionsError: the order is missing, leaves a child out, names one twice or is in several pieces.
    """

    name = "rank-order"
    takes = ("order",)
    settings = ("formula",)
    ranks = True
    interviews = True

    def derive(self, children: tuple[str, ...], answers: Answers, settings: Settings) -> NodeWeights:
        """Derive the shares of one node's children; see the class."""
        if len(children) == 1 and not answers.order:
            return NodeWeights("", children, frozen(np.ones(1)))
        among = ", ".join(f"`{name}`" for name in children)
        if len(answers.order) != 1:
            missing = "no order of" if not answers.order else "several orders of"
            raise PolicyOptionsError.of(
                "order-not-full",
                f"there is {missing} {among}; rank-order weights need a single one that names them all",
                "write one line under order:, such as " + " > ".join(children),
                ids=children,
                path=("order",),
            )
        chain = answers.order[0]
        left_out = [name for name in children if not any(name in level for level in chain)]
        if left_out:
            raise PolicyOptionsError.of(
                "order-not-full",
                f"the order leaves out {', '.join(f'`{name}`' for name in left_out)}",
                "put each into the order; = goes between those that matter equally",
                ids=left_out,
                path=("order", 0),
            )
        # Only orders and intervals leave a region, and most sets are numbers.
        from policy_options.analysis.elicitation.bounds import bounds_of_order
        from policy_options.analysis.region import NodeRegion, centre_of_mass

        region = NodeRegion("", children, bounds_of_order(answers.order))
        formula = FORMULAS[settings.formula]
        if formula is None:
            shares, sampled = centre_of_mass(region, seed=settings.seed, sample=settings.sample)
            return NodeWeights("", children, shares, region=region, centre=True, sampled=sampled)
        place = 1
        found: dict[str, float] = {}
        for level in chain:
            mean = fsum(formula(place + step, len(children)) for step in range(len(level))) / len(level)
            found.update(dict.fromkeys(level, mean))
            place += len(level)
        return NodeWeights("", children, frozen(np.array([found[name] for name in children])), region=region)

    def questions(self, node: str, children: tuple[str, ...], answers: Asked) -> Iterator[Question]:
        """Ask which comes first, then which is next, until one is left."""
        from policy_options.analysis.elicitation.questions import Question, key_at, picked

        left, place = children, 1
        while len(left) > 1:
            question = Question(key_at(f"place-{place}", node), "place", node, left, left)
            yield question
            level = picked(answers[question.key])
            left = tuple(name for name in left if name not in level)
            place += len(level)

    def collect(self, node: str, children: tuple[str, ...], given: Sequence[tuple[Question, Answer]]) -> Answers:
        """One order; children not named come last."""
        from policy_options.analysis.elicitation.questions import picked

        levels = [picked(answer) for _, answer in given]
        last = tuple(child for child in children if not any(child in level for level in levels))
        return Answers(order=((*levels, *((last,) if last else ())),))

    def compared_again(self, ranked: Sequence[str]) -> tuple[str, str] | None:
        """The second relative to the first, as only their order was asked."""
        return (ranked[1], ranked[0]) if len(ranked) > 1 else None

    def allowed(self, answers: Answers, of: str, beside: str, implied: float) -> tuple[float, float]:
        """The same value if they are level, and anything up to it if one comes after the other."""
        chain = next(chain for chain in answers.order if any(of in level for level in chain))
        return (100.0, 100.0) if any(of in level and beside in level for level in chain) else (0.0, 100.0)

"""The methods by name. To add one, write a module with a ``Method`` and add a line here."""

from __future__ import annotations

from typing import Final

from policy_options.analysis.elicitation.ahp import AHP
from policy_options.analysis.elicitation.best_worst import BestWorstMethod
from policy_options.analysis.elicitation.method import Method
from policy_options.analysis.elicitation.rank_order import RankOrder
from policy_options.analysis.elicitation.ratings import Direct, Points, Smart
from policy_options.analysis.elicitation.swing import Swing

__all__ = ["METHODS", "reading"]

METHODS: Final[dict[str, Method]] = {
    method.name: method for method in (Points(), Direct(), Swing(), Smart(), RankOrder(), AHP(), BestWorstMethod())
}


def reading(kind: str) -> tuple[str, ...]:
    """The names of the methods that read a kind of answer, or a setting."""
    return tuple(name for name, method in METHODS.items() if kind in (*method.takes, *method.settings))

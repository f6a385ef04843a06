"""The methods by name: what each takes, and the function that derives the shares of one node's children.

A new method is a module with such a function, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from policy_options.analysis.elicitation.ahp import ahp
from policy_options.analysis.elicitation.answers import Answers, Settings
from policy_options.analysis.elicitation.best_worst import best_worst
from policy_options.analysis.elicitation.rank_order import rank_order
from policy_options.analysis.elicitation.ratings import direct, points, smart
from policy_options.analysis.elicitation.results import NodeWeights
from policy_options.analysis.elicitation.swing import swing

__all__ = ["METHODS", "Method"]


@dataclass(frozen=True, slots=True)
class Method:
    """``takes`` names the kinds of answer that it reads, ``settings`` what of the settings; ``rates`` says that each
    judgement is a number in proportion to a share, so that a changed share can be written back as one."""

    derive: Callable[[tuple[str, ...], Answers, Settings], NodeWeights]
    takes: tuple[str, ...]
    settings: tuple[str, ...] = ()
    rates: bool = False


METHODS: Final[dict[str, Method]] = {
    "points": Method(points, ("judgements",), ("total",), rates=True),
    "direct": Method(direct, ("judgements",), ("total",), rates=True),
    "swing": Method(swing, ("judgements", "order")),
    "smart": Method(smart, ("judgements",)),
    "rank-order": Method(rank_order, ("order",), ("formula",)),
    "ahp": Method(ahp, ("pairwise",)),
    "best-worst": Method(best_worst, ("best-worst",)),
}

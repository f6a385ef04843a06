"""The results of a cross-check: of each method its order, how it agrees with the additive order, and why it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.crosscheck.inputs import Inputs
from policy_options.analysis.crosscheck.method import Assumption, Method, Order, Refusal

__all__ = ["Agreement", "Checked", "Reversals", "Standing", "Turn"]

Integers = NDArray[np.int64]

Standing = Literal["kept", "shared", "lost", "open"]
"""Whether a method keeps the additive leader first: alone, with others (level or not comparable), or not; ``open`` where
that depends on an unknown score."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the order of a method agrees with the additive one.

    ``tau_b`` is that of two complete orders, and ``None`` for a partial one, or where one of the two ties all options.
    ``contradicted`` counts the pairs that the method puts the other way round, ``incomparable`` those that it leaves
    open, both of ``pairs`` that the additive order has one ahead in.
    """

    tau_b: float | None
    contradicted: int
    incomparable: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A pair that a method orders otherwise, and what turns it.

    ``better`` leads ``worse`` by ``lead`` points in the additive order. The method puts it behind (``behind``), level
    with it (``level``), or cannot compare the two (``open``). ``alone`` are the assumptions of the method that turn the
    pair: replacing any one of them by what the additive model does puts ``better`` ahead again.
    """

    better: str
    worse: str
    lead: float
    kind: Literal["behind", "level", "open"]
    alone: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Reversals:
    """The options whose presence reorders the others: leaving one out, or adding it to the others, changes their order.

    ``of_first`` are those that change which of the others comes first. ``untried`` are the options without which the
    method cannot take the rest, and ``None`` in place of these means that there are too many options to try.
    """

    of_order: tuple[str, ...]
    of_first: tuple[str, ...]
    untried: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Checked:
    """One method: what it was given, its order, and how that agrees with the additive one; or why it was refused.

    ``firsts`` are the options that the method puts no other ahead of, with unknown scores at their worst. ``best_rank``
    and ``worst_rank`` are the extremes over the ends of unknown scores that were tried, for complete orders.
    """

    method: Method
    inputs: Inputs
    refusal: Refusal | None = None
    order: Order | None = None
    firsts: tuple[str, ...] = ()
    standing: Standing | None = None
    agreement: Agreement | None = None
    turn: Turn | None = None
    best_rank: Integers | None = None
    worst_rank: Integers | None = None

    @property
    def ranks(self) -> Mapping[str, int] | None:
        """Ranks by option, for a complete order."""
        if self.order is None or self.order.ranks is None:
            return None
        return dict(zip(self.inputs.options, self.order.ranks.tolist(), strict=True))

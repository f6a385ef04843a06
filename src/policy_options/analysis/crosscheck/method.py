"""The interface of a method of a cross-check, and the order that it gives.

Every method is the additive model with some assumptions changed. ``Method.assumes`` names them, and a method can be run
with some of them replaced by what the additive model does instead: with all of them replaced it gives the additive
order, which tests hold it to. That is how a reason is computed: an assumption is named for a pair only where replacing
it alone turns the pair back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import competition_ranks
from policy_options.analysis.crosscheck.inputs import Inputs

__all__ = ["MOST_COMPARED", "Assumption", "Family", "Method", "Order", "Refusal", "Takes", "by_relation", "by_scores"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]

Family = Literal["rescaled", "outranking", "ordinal"]
Takes = Literal["measured", "performances", "values"]
Assumption = Literal[
    "rescaling",
    "distances",
    "regret",
    "products",
    "reciprocals",
    "thresholds",
    "performances",
    "two-flows",
    "veto",
    "distillation",
    "priority",
    "sizes",
    "majorities",
    "worst",
]

MOST_COMPARED: Final = 2_000
"""Options up to which methods that compare every pair are run: their matrices grow with the square of the options."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a method cannot take the inputs: ``not-positive`` or ``negative`` performances, a total of ``no-cost``, or too
    many options (``too-many``).

    ``cells`` are options and criteria, and ``most`` the greatest number of options that it takes.
    """

    kind: Literal["not-positive", "negative", "no-cost", "too-many"]
    cells: tuple[tuple[str, str], ...] = ()
    most: int | None = None


@dataclass(frozen=True, eq=False)
class Order:
    """The order of m options by a method: ``ranks`` and ``scores`` (better upwards) if it is complete.

    A partial order has (m, m) ``ahead`` instead: whether the option of the row is ahead of that of the column. Two
    options of which neither is ahead are ``alike`` or cannot be compared.
    """

    ranks: Integers | None = None
    scores: Floats | None = None
    ahead: Bools | None = None
    alike: Bools | None = None

    def compare(self, first: int, second: int) -> int | None:
        """1 if the first row is ahead of the second, -1 if it is behind, 0 if they are level; ``None`` if neither holds."""
        if self.ranks is not None:
            return int(np.sign(self.ranks[second] - self.ranks[first]))
        assert self.ahead is not None and self.alike is not None
        if self.ahead[first, second]:
            return 1
        if self.ahead[second, first]:
            return -1
        return 0 if self.alike[first, second] else None

    @cached_property
    def relation(self) -> Bools:
        """(m, m): whether the option of the row is ahead of that of the column."""
        if self.ranks is not None:
            return self.ranks[:, None] < self.ranks[None, :]
        assert self.ahead is not None
        return self.ahead

    @property
    def firsts(self) -> tuple[int, ...]:
        """The rows that no other is ahead of."""
        if self.ranks is not None:
            return tuple(int(row) for row in np.flatnonzero(self.ranks == 1))
        assert self.ahead is not None
        return tuple(int(row) for row in np.flatnonzero(~self.ahead.any(axis=0)))


def by_scores(scores: Floats) -> Order:
    """The complete order by (m,) scores, better upwards and about 1 in size: equal within 1e-9."""
    return Order(ranks=competition_ranks(scores)[0], scores=scores)


def by_relation(at_least: Bools) -> Order:
    """The partial order by an (m, m) relation "at least as good as": ahead where only one direction of it is true."""
    return Order(ahead=at_least & ~at_least.T, alike=at_least & at_least.T)


class Method(ABC):
    """A method of ranking. It has no state; ``methods.METHODS`` has one object of each.

    ``name`` is the end of the keys of its phrases. ``takes`` says which of ``Inputs`` it reads, ``thresholds`` whether
    it needs thresholds, ``partial`` whether some pairs may stay open, ``weighs`` whether weights matter beyond being
    above 0, and ``most`` up to how many options it is run, since it compares every pair. ``settings`` are its fixed
    parameters, printed with it.
    """

    name: ClassVar[str]
    family: ClassVar[Family]
    takes: ClassVar[Takes]
    assumes: ClassVar[tuple[Assumption, ...]]
    source: ClassVar[str]
    thresholds: ClassVar[bool] = False
    partial: ClassVar[bool] = False
    most: ClassVar[int | None] = None
    weighs: ClassVar[bool] = True
    settings: ClassVar[dict[str, float]] = {}

    def refusal(self, inputs: Inputs) -> Refusal | None:
        """Why it cannot take the inputs, if it cannot."""
        if self.most is not None and len(inputs.options) > self.most:
            return Refusal("too-many", most=self.most)
        return None

    @abstractmethod
    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        """The order of inputs that it does not refuse; ``without`` some of its assumptions, it does as the additive model."""

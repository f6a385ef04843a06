"""What a person answered, in whatever form the method asks for, and the settings that it is read with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = ["KINDS", "TOP_SWING", "Across", "Answers", "BestWorst", "Chain", "Formula", "Interval", "Settings"]

KINDS: Final = ("judgements", "order", "pairwise", "best-worst")
"""The kinds of answer, as the file of a weight set has them."""

Across = Literal["leaves", "siblings"]
Formula = Literal["centroid", "sum", "reciprocal"]
TOP_SWING: Final = 100.0
"""The rating of the swing that matters most, in swing weighting."""
Chain = tuple[tuple[str, ...], ...]
"""Ids from the swing that matters most downward; those that stand together matter equally."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A swing judgement between two bounds, such as "between 40 and 60"; 100 is the swing that matters most."""

    low: float = 0.0
    high: float = 100.0


@dataclass(frozen=True, slots=True)
class BestWorst:
    """One best-worst comparison: how many times the best swing matters as each other, and each other as the worst."""

    best: str
    worst: str
    best_to_others: Mapping[str, float]
    others_to_worst: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """The judgements of one person. Each method takes those it asks for, and a dossier gives no others.

    ``pairwise[a][b]`` is how many times the swing of a matters as that of b.
    """

    judgements: Mapping[str, float | Interval] = field(default_factory=dict)
    order: tuple[Chain, ...] = ()
    pairwise: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    best_worst: tuple[BestWorst, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """``total`` is what points must sum to, where stated; ``formula`` turns ranks into weights; ``seed`` is for sampling.

    Without ``sample`` what would have to be sampled stands at a point inside of its region, provisionally: that is enough to
    tell whether judgements contradict one another.
    """

    across: Across = "leaves"
    total: float | None = None
    formula: Formula = "centroid"
    seed: int = 0
    sample: bool = True

"""A person's answers, in whatever form the method asks for, and the settings they are read with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = ["KINDS", "TOP_SWING", "Across", "Answers", "BestWorst", "Chain", "Formula", "Interval", "Settings"]

KINDS: Final = ("judgements", "order", "pairwise", "best-worst")
"""The kinds of answer, named as in the file of a weight set."""

Across = Literal["leaves", "siblings"]
Formula = Literal["centroid", "sum", "reciprocal"]
TOP_SWING: Final = 100.0
"""The rating of the swing that matters most, in swing weighting."""
Chain = tuple[tuple[str, ...], ...]
"""Ids from the swing that matters most downward; those grouped together matter equally."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A swing judgement between two bounds, such as "between 40 and 60"; 100 is the swing that matters most."""

    low: float = 0.0
    high: float = 100.0


@dataclass(frozen=True, slots=True)
class BestWorst:
    """One best-worst comparison: how many times as much the best swing matters as each other, and each other as the worst."""

    best: str
    worst: str
    best_to_others: Mapping[str, float]
    others_to_worst: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """The judgements of one person. Each method reads those it asks for, and a dossier gives no others.

    ``pairwise[a][b]`` is how many times as much the swing of a matters as that of b.
    """

    judgements: Mapping[str, float | Interval] = field(default_factory=dict)
    order: tuple[Chain, ...] = ()
    pairwise: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    best_worst: tuple[BestWorst, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings for reading answers.

    ``total`` is the sum that points must have, where stated; ``formula`` turns ranks into weights; ``seed`` is for
    sampling. Without ``sample`` a point inside the region is used provisionally in place of its sampled centre: that is
    enough to detect contradictory judgements.
    """

    across: Across = "leaves"
    total: float | None = None
    formula: Formula = "centroid"
    seed: int = 0
    sample: bool = True

"""Results of elicitation: weights, the region they came from, their consistency, and the error of a sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.problem import WeightVector

if TYPE_CHECKING:
    from policy_options.analysis.region import NodeRegion, Sampled

__all__ = ["Consistency", "Correction", "Elicited", "NodeWeights"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correction:
    """One judgement that makes others inconsistent: ``first`` was rated ``said`` times as important as ``second``.

    Had it been ``fits`` with everything else unchanged, the measure would be ``after``.
    """

    first: str
    second: str
    said: float
    fits: float
    after: float


@dataclass(frozen=True, slots=True)
class Consistency:
    """How far judgements contradict one another.

    ``threshold`` is the published one, ``None`` if none was published for this many criteria; ``table`` names its
    source and that of the measure's scale. ``extra`` is a figure specific to the method: lambda max for AHP, xi for
    best-worst. ``worst`` has up to three judgements that contribute most, the largest first; it is empty within the
    threshold.
    """

    measure: Literal["consistency-ratio", "input-based-ratio"]
    value: float
    threshold: float | None
    table: str
    extra: float
    worst: tuple[Correction, ...] = ()

    @property
    def within(self) -> bool:
        """Whether the measure is within its threshold, or has none."""
        return self.threshold is None or self.value <= self.threshold + 1e-9

    @property
    def excess(self) -> tuple[bool, float]:
        """Sort key for measures, from the best relative to its threshold to the worst."""
        return not self.within, self.value / self.threshold if self.threshold else self.value


@dataclass(frozen=True, eq=False, slots=True)
class NodeWeights:
    """The shares of one node's children, which sum to 1.

    The root is "", and across leaves it has all leaves as children. ``region`` is what ordinal and interval answers
    leave open; ``centre`` says that the shares are its centre of mass.
    """

    parent: str
    children: tuple[str, ...]
    shares: Floats
    consistency: Consistency | None = None
    region: NodeRegion | None = None
    centre: bool = False
    sampled: Sampled | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Elicited:
    """Weights of the leaves, with everything known about their derivation.

    A leaf's weight is the product of the shares on the path from the root. ``nodes`` are in the order of the tree,
    without those inside a group of no weight.
    """

    weights: WeightVector
    nodes: tuple[NodeWeights, ...]

    @property
    def consistency(self) -> Consistency | None:
        """The consistency of the node furthest beyond its threshold; ``None`` if the method has no such measure."""
        found = [node.consistency for node in self.nodes if node.consistency is not None]
        return max(found, key=lambda measured: measured.excess, default=None)

    @property
    def region(self) -> tuple[NodeRegion, ...]:
        """The regions that ordinal and interval answers leave, one per node; empty if the answers fix the weights."""
        return tuple(node.region for node in self.nodes if node.region is not None)

    @property
    def provisional(self) -> bool:
        """Whether a region's centre has still to be sampled."""
        return any(node.sampled is not None and node.sampled.count == 0 for node in self.nodes)

    @property
    def at_centre(self) -> bool:
        """Whether weights are the centre of mass of a region."""
        return any(node.centre for node in self.nodes)

    @property
    def sampled(self) -> Sampled | None:
        """The largest sampling error among the nodes; ``None`` if all are exact."""
        found = [node.sampled for node in self.nodes if node.sampled is not None]
        return max(found, key=lambda sampled: sampled.standard_error, default=None)

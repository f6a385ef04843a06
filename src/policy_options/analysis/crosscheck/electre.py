"""ELECTRE III: credibility that one option is at least as good as another, and two distillations.

Source: Roy (1978), Cahiers du CERO 20(1):3-24; Figueira, Mousseau and Roy (2005), ELECTRE methods, in Multiple Criteria
Decision Analysis: State of the Art Surveys, Springer, sect. 4.3; Rogers, Bruen and Maystre (2000), ELECTRE and Decision
Support, Kluwer. The distillation threshold is theirs: s(lambda) = 0.30 - 0.15 lambda.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.crosscheck.inputs import Inputs
from policy_options.analysis.crosscheck.method import Assumption, Family, Method, Order, Takes, by_relation, by_scores
from policy_options.analysis.crosscheck.promethee import pair_inputs, share_of_preference

__all__ = ["ElectreIII", "credibility", "distillation"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ALPHA: Final = 0.30
BETA: Final = -0.15
MOST_DISTILLED: Final = 500
"""Options up to which it is run: setting them aside one by one takes time in the cube of their number, here a second."""

NEAR: Final = 1e-12
"""Credibilities within this of one another are equal: they are sums and products of weights."""


def credibility(
    better: Floats, weights: Floats, indifferent: Floats, prefer: Floats, veto: Floats, against: Floats | None = None
) -> tuple[Floats, Floats]:
    """(m, m) credibility and concordance that the row is at least as good as the column.

    Concordance: c[k] = 1 - P(b - a) with the thresholds of the criterion, C = sum w c. Discordance: d[k] rises from 0 at
    ``against`` (by default ``prefer``) to 1 at ``veto``. Credibility: C times the product of (1 - d[k]) / (1 - C) over the
    criteria on which d[k]
    exceeds C. ``weights`` sum to 1.
    """
    m, n = better.shape
    concordance = np.ones((m, m))
    discords = np.empty((n, m, m))
    against = prefer if against is None else against
    for column, weight in enumerate(weights):
        behind = better[None, :, column] - better[:, None, column]
        concordance -= weight * share_of_preference(behind, float(indifferent[column]), float(prefer[column]))
        if np.isinf(veto[column]):
            discords[column] = 0.0
        else:
            discords[column] = share_of_preference(behind, float(against[column]), float(veto[column]))
    concordance = np.clip(concordance, 0.0, 1.0)
    lacking = np.maximum(1.0 - concordance, NEAR)
    reduced = np.where(discords > concordance + NEAR, (1.0 - discords) / lacking, 1.0)
    return concordance * reduced.prod(axis=0), concordance


def distillation(credible: Floats, *, descending: bool) -> NDArray[np.int64]:
    """(m,) ranks, 1 for the best: options set aside from the best downwards (``descending``) or from the worst upwards.

    At a cut lambda, a outranks b if its credibility exceeds lambda, and that of b over a by more than s. The options of
    the best (or worst) balance of outranking are distilled again at the next lower cut until one is left or the cut is 0.
    """
    m = len(credible)
    sigma = credible.copy()
    np.fill_diagonal(sigma, -1.0)
    exceeds = sigma > sigma.T + (ALPHA + BETA * sigma) + NEAR
    places = np.zeros(m, dtype=np.int64)
    left = np.arange(m)
    place = 1
    while left.size:
        chosen, cut = left, float(sigma[np.ix_(left, left)].max()) if left.size > 1 else 0.0
        while chosen.size > 1:
            among = np.ix_(chosen, chosen)
            of_those = sigma[among]
            lower = of_those[(of_those < cut - (ALPHA + BETA * cut) - NEAR) & (of_those >= 0.0)]
            cut = float(lower.max()) if lower.size else 0.0
            outranks = (of_those > cut + NEAR) & exceeds[among]
            balance = outranks.sum(axis=1) - outranks.sum(axis=0)
            chosen = chosen[balance == (balance.max() if descending else balance.min())]
            if cut <= NEAR:
                break
        places[chosen] = place
        place += len(chosen)
        left = np.setdiff1d(left, chosen, assume_unique=True)
    return places if descending else m + 1 - places


class ElectreIII(Method):
    """The partial order on which the two distillations agree."""

    name = "electre-3"
    family: ClassVar[Family] = "outranking"
    takes: ClassVar[Takes] = "performances"
    assumes: ClassVar[tuple[Assumption, ...]] = ("thresholds", "performances", "veto", "distillation")
    source = "Roy (1978), Cahiers du CERO 20(1):3-24; Figueira, Mousseau and Roy (2005), Springer, sect. 4.3"
    thresholds = True
    partial = True
    most = MOST_DISTILLED
    settings: ClassVar[dict[str, float]] = {"alpha": ALPHA, "beta": BETA}

    def order(self, inputs: Inputs, without: Collection[Assumption] = ()) -> Order:
        better, indifferent, prefer, unit = pair_inputs(inputs, without)
        veto = np.full(len(unit), np.inf) if "veto" in without else inputs.veto * unit
        credible, _ = credibility(better, inputs.weights, indifferent, prefer, veto, inputs.prefer * unit)
        if "distillation" in without:
            # The balance of credibilities: without vetoes and thresholds it is the difference of values to the others.
            return by_scores((credible - credible.T).sum(axis=1) / len(credible))
        down, up = distillation(credible, descending=True), distillation(credible, descending=False)
        return by_relation((down[:, None] <= down) & (up[:, None] <= up))

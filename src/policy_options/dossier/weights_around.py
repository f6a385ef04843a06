"""The weight vectors around a set over which its robustness is computed: what its judgements leave open, or a band
around it.
"""

from __future__ import annotations

from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.weight_region import WeightRegion, band_region, judged_region
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import paths_of

__all__ = ["weights_around"]


def weights_around(
    contents: Contents, weights: WeightVector, elicited: Elicited | None, band: float | None
) -> WeightRegion:
    """The region that a person's judgements leave open, if no band is named and there is one; else a band.

    If no band is named, it is the decision's.

    Raises:
        PolicyOptionsError: the band is invalid.
    """
    if band is None and elicited is not None:
        region = judged_region(elicited, paths_of(contents))
        if region is not None:
            return region
    return band_region(weights, contents.decision.model.thresholds.band / 100 if band is None else band)

"""Published form of the analysis without preferences."""

from __future__ import annotations

from typing import Final, Literal, NotRequired

import numpy as np
from typing_extensions import TypedDict

from policy_options.analysis.no_preferences import WithoutPreferences
from policy_options.api import Dossier
from policy_options.exchange.robustness import acceptability_form
from policy_options.exchange.robustness_forms import AcceptabilityForm

__all__ = ["NO_PREFERENCES_SCHEMA", "NoPreferencesForm", "no_preferences_form"]

NO_PREFERENCES_SCHEMA: Final = "policy-options/no-preferences/1"


class DrawnWithForm(TypedDict):
    """The settings of the computation; ``error`` is a share."""

    seed: int
    error: float
    samples: int | None
    shape: Literal["triangular", "pert"]
    together: bool
    numpy: str


class NoPreferencesForm(TypedDict):
    """SMAA-2 over all weights. ``likely`` covers the options without unknown scores; null if there are fewer than two.

    ``group_weights`` is the weight that each top group has on average, because of its number of criteria.
    """

    schema: Literal["policy-options/no-preferences/1"]
    dossier: str
    scenario: NotRequired[str]
    settings: DrawnWithForm
    left_out: list[str]
    unknown: list[str]
    group_weights: dict[str, float]
    uncertain: AcceptabilityForm
    likely: AcceptabilityForm | None


def no_preferences_form(dossier: Dossier, found: WithoutPreferences) -> NoPreferencesForm:
    """Give the analysis in its published form."""
    settings = found.settings
    return {
        "schema": NO_PREFERENCES_SCHEMA,
        "dossier": dossier.contents.decision.model.id,
        "settings": {
            "seed": settings.seed,
            "error": settings.precision.half_width,
            "samples": settings.precision.samples,
            "shape": settings.uncertainty.shape,
            "together": settings.uncertainty.together,
            "numpy": np.__version__,
        },
        "left_out": list(found.left_out),
        "unknown": list(found.unknown),
        "group_weights": found.group_weights,
        "uncertain": acceptability_form(found.drawn),
        "likely": None if found.at_likely is None else acceptability_form(found.at_likely),
    }

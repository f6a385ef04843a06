"""Words for the derivation of weights: consistency in a cell, a ratio as spoken, whose answers they are."""

from __future__ import annotations

from policy_options.analysis.elicitation.results import Consistency
from policy_options.dossier.eliciting import Weighting
from policy_options.dossier.models.weight_set import WithAnswers
from policy_options.errors import as_ratio
from policy_options.wording.numbers import DASH
from policy_options.wording.phrases import Phrases

__all__ = ["answers_given", "consistency_short", "grade", "least_consistent"]


def consistency_short(consistency: Consistency | None, phrases: Phrases) -> str:
    """The measure in a cell: "0.02" within the threshold, "0.31 > 0.10" above it, a dash if the method has none."""
    if consistency is None:
        return DASH
    fixed = phrases.numbers.fixed
    value = fixed(consistency.value, 2)
    if consistency.within or consistency.threshold is None:
        return value
    return phrases.say("consistency.above", value=value, threshold=fixed(consistency.threshold, 2))


def least_consistent(held: Weighting) -> Consistency | None:
    """The consistency of the person and node furthest beyond the threshold; ``None`` without such a measure."""
    found = [one.consistency for one in held.people.values() if one.consistency is not None]
    return max(found, key=lambda measured: measured.excess, default=None)


def answers_given(held: Weighting) -> WithAnswers | None:
    """The answers behind an id's weights: the set's own, or one participant's; ``None`` if several are combined."""
    if held.combined is not None:
        return None
    person = held.id.partition("/")[2]
    return next((one for one in held.model.participants if one.id == person), held.model)


def grade(ratio: float, phrases: Phrases) -> str:
    """A ratio as spoken: 3, or 1/3."""
    said = as_ratio(ratio)
    return said if "/" in said else phrases.numbers.quantity(float(said))

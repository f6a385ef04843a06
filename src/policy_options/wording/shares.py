"""Shares as percentages, which never read as the nothing or the whole that they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.analysis.acceptability.results import ExactBasis, SampledBasis

__all__ = ["share_text"]

_COARSE: Final = 0.002


def share_text(share: float, phrases: Phrases, basis: ExactBasis | SampledBasis | None = None) -> str:
    """A share of weightings as a percentage, never rounded onto the 0 or 100 that it is not.

    To a tenth; to a whole per cent where a sample does not know it better than to a fifth of one.
    """
    places = 0 if getattr(basis, "half_width", 0.0) >= _COARSE else 1  # what is exact has none
    steps = 10**places
    rounded = round(100 * share * steps)
    least = phrases.numbers.as_percent(phrases.numbers.fixed(1 / steps, places))
    if rounded == 0 and share > 0:
        return phrases.say("share.below", share=least)
    if rounded == 100 * steps and share < 1:
        return phrases.say(
            "share.above", share=phrases.numbers.as_percent(phrases.numbers.fixed(100 - 1 / steps, places))
        )
    return phrases.numbers.percent(rounded / steps / 100)

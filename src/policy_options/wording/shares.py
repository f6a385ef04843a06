"""Shares as percentages that never read as 0 or 100 unless they are."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final

from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.analysis.acceptability.results import ExactBasis, SampledBasis
    from policy_options.wording.numbers import Numbers

__all__ = ["beyond_text", "moved_text", "share_cell_text", "share_text", "unseen_text"]

_COARSE: Final = 0.002
_MOST_PLACES: Final = 6


def share_text(share: float, phrases: Phrases, basis: ExactBasis | SampledBasis | None = None) -> str:
    """A share of weight vectors as a percentage, never rounded to 0 or 100 unless it is exactly that.

    To a tenth; to a whole per cent if a sample is no more precise than a fifth of one. A share that a sample never saw
    is reported as under three in the number drawn.
    """
    if share == 0.0 and basis is not None:
        unseen = getattr(basis, "unseen", 0.0)
        if unseen:
            return phrases.say("share.below", share=unseen_text(unseen, phrases))
    places = 0 if getattr(basis, "half_width", 0.0) >= _COARSE else 1  # exact shares have no error
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


def share_cell_text(share: float, basis: ExactBasis | SampledBasis, numbers: Numbers) -> str:
    """A share in a narrow cell of a map: a whole per cent, with a sign for shares that round to 0 or were not seen in a
    sample.
    """
    rounded = round(round(share, 9), 2)  # a half must not depend on the last bit
    unsure = share > 1e-9 or getattr(basis, "unseen", 0.0) > 0.0
    return f"<{numbers.percent(0.01)}" if rounded == 0.0 and unsure else numbers.percent(rounded)


def beyond_text(share: float, phrases: Phrases, *, rising: bool) -> str:
    """A threshold in a sentence that says what is so beyond it: rounded outward, to a tenth of a per cent.

    With more digits where a tenth would be 0 or 100, beyond which there is nothing.
    """
    for places in range(1, _MOST_PLACES + 1):
        steps = 10**places
        scaled = round(100 * share * steps, 6)
        figure = (ceil(scaled) if rising else floor(scaled)) / steps
        if 0.0 < figure < 100.0:
            break
    return phrases.numbers.as_percent(phrases.numbers.fixed(figure, places))


def moved_text(share: float, phrases: Phrases) -> str:
    """How much of all weight moves, to a tenth of a per cent, rounded up as the weights themselves are outward."""
    tenths = ceil(round(1000 * share, 6))
    return phrases.numbers.as_percent(phrases.numbers.fixed(tenths / 10, 1))


def unseen_text(share: float, phrases: Phrases) -> str:
    """A bound on a share as a percentage of one digit, rounded up so that it stays a bound."""
    power = floor(log10(100 * share))
    digit = ceil(100 * share / 10**power - 1e-9)
    if digit == 10:
        digit, power = 1, power + 1
    return phrases.numbers.as_percent(phrases.numbers.fixed(digit * 10**power, max(-power, 0)))

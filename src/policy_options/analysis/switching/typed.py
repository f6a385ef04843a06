"""From a threshold to the first figure beyond it that can be written and typed, tried out before it is named.

A threshold is where two options tie, and has all the digits of a float; what a sentence prints is shorter, and typing it has
to do what the sentence says. So figures are rounded away from where things are now, to as few digits as do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, inf, isfinite, log10
from typing import Final

__all__ = ["MOST_PLACES", "PLACES", "first_beyond", "first_step_beyond", "last_before", "significant_places"]

MOST_PLACES: Final = 9
"""Places beyond which nobody types a figure; what needs more is a tie for all that can be said."""

PLACES: Final = 1
"""Places of a weight in per cent, which is what every table of weights prints."""


def first_beyond(
    at: float,
    *,
    rising: bool,
    places: int,
    switches: Callable[[float], bool],
    least: float = -inf,
    most: float = inf,
) -> float | None:
    """The first figure beyond ``at`` of as few places as possible, from ``places`` on, at which ``switches`` holds.

    ``least`` and ``most`` bound it, and count as figures themselves; ``None`` where nothing within them does it.
    """
    for figure in _outward(at, rising=rising, places=places, least=least, most=most):
        if switches(figure):
            return figure
    return None


def _outward(at: float, *, rising: bool, places: int, least: float, most: float) -> Iterator[float]:
    for count in range(places, MOST_PLACES + 1):
        unit = Decimal(1).scaleb(-count)
        given = _snapped(at)
        figure = given.quantize(unit, ROUND_CEILING if rising else ROUND_FLOOR)
        # At the threshold itself the two only tie, so that the next figure is the first beyond.
        for candidate in (figure, figure + unit if rising else figure - unit):
            number = float(candidate)
            if least <= number <= most:
                yield number
    end = most if rising else least
    if isfinite(end):
        yield end


def _snapped(number: float) -> Decimal:
    """A threshold without the rounding errors of its last digits, so that 37.5 is no 37.500000000000004."""
    return Decimal(f"{number:.10f}")


def first_step_beyond(
    at: float, *, rising: bool, step: float, origin: float, switches: Callable[[float], bool], least: float, most: float
) -> float | None:
    """The first multiple of ``step`` from ``origin`` at or beyond ``at`` at which ``switches`` holds, within bounds."""
    base, size = Decimal(repr(origin)), Decimal(repr(step))
    count = ((Decimal(repr(at)) - base) / size).to_integral_value(ROUND_CEILING if rising else ROUND_FLOOR)
    for offset in (-1, 0, 1, 2):  # one back, since a threshold may lie a rounding error beyond the multiple that it is
        number = float(base + size * (count + (offset if rising else -offset)))
        if least <= number <= most and switches(number):
            return number
    return None


def last_before(at: float, *, rising: bool, places: int) -> float:
    """The last figure of so many places that is not beyond ``at``: what may still be typed without anything switching."""
    unit = Decimal(1).scaleb(-places)
    return float(_snapped(at).quantize(unit, ROUND_FLOOR if rising else ROUND_CEILING))


def significant_places(number: float, digits: int) -> int:
    """The decimal places that a number has at so many significant digits; at least 0."""
    if number == 0.0 or not isfinite(number):
        return digits - 1
    return max(digits - 1 - floor(log10(abs(number))), 0)

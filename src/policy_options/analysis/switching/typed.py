"""From a threshold to the first figure beyond it that can be typed, tested before it is named.

A threshold is where two options tie, and has all the digits of a float; a printed figure is shorter, and typing it must
have the effect that the sentence describes. So figures are rounded away from the present value, to as few digits as
have the effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from math import floor, inf, isfinite, log10
from typing import Final

__all__ = [
    "MOST_PLACES",
    "PLACES",
    "first_beyond",
    "first_step_beyond",
    "last_before",
    "outward",
    "significant_places",
]

MOST_PLACES: Final = 9
"""Places beyond which nobody types a figure; anything that needs more is in effect a tie."""

_EXACT: Final = Context(prec=400)
"""As many digits as the largest float has before the point, and those after it: the default of 28 is not enough."""

PLACES: Final = 1
"""Places of a weight in per cent, as printed in every table of weights."""


def first_beyond(
    at: float,
    *,
    rising: bool,
    places: int,
    switches: Callable[[float], bool],
    least: float = -inf,
    most: float = inf,
) -> float | None:
    """The first figure beyond ``at`` of as few places as possible, from ``places`` on, for which ``switches`` is true.

    ``least`` and ``most`` bound it, and count as figures themselves; ``None`` if no figure between them has the effect.
    """
    for figure in _outward(at, rising=rising, places=places, least=least, most=most):
        if switches(figure):
            return figure
    return None


def _outward(at: float, *, rising: bool, places: int, least: float, most: float) -> Iterator[float]:
    for count in range(places, MOST_PLACES + 1):
        unit = Decimal(1).scaleb(-count)
        given = _snapped(at)
        figure = given.quantize(unit, ROUND_CEILING if rising else ROUND_FLOOR, _EXACT)
        # At the threshold itself the two only tie, so that the next figure is the first beyond.
        for candidate in (figure, _EXACT.add(figure, unit if rising else -unit)):
            number = float(candidate)
            if least <= number <= most:
                yield number
    end = most if rising else least
    if isfinite(end):
        yield end


def _snapped(number: float) -> Decimal:
    """A threshold without rounding errors in its last digits, so that 37.5 is not 37.500000000000004."""
    return Decimal(f"{number:.10f}")


def first_step_beyond(
    at: float, *, rising: bool, step: float, origin: float, switches: Callable[[float], bool], least: float, most: float
) -> float | None:
    """The first multiple of ``step`` from ``origin`` at or beyond ``at`` for which ``switches`` is true, within bounds."""
    base, size = Decimal(repr(origin)), Decimal(repr(step))
    count = ((Decimal(repr(at)) - base) / size).to_integral_value(ROUND_CEILING if rising else ROUND_FLOOR)
    for offset in (-1, 0, 1, 2):  # one back, since a threshold may be a rounding error beyond the multiple that it is
        number = float(base + size * (count + (offset if rising else -offset)))
        if least <= number <= most and switches(number):
            return number
    return None


def last_before(at: float, *, rising: bool, places: int) -> float:
    """The last figure of so many places that is not beyond ``at``, and so may be typed without a change of leader."""
    unit = Decimal(1).scaleb(-places)
    return float(_snapped(at).quantize(unit, ROUND_FLOOR if rising else ROUND_CEILING, _EXACT))


def outward(at: float, *, rising: bool, places: int) -> float:
    """The first figure of so many places at or beyond ``at``: rounded up where figures rise, down where they fall."""
    unit = Decimal(1).scaleb(-places)
    return float(_snapped(at).quantize(unit, ROUND_CEILING if rising else ROUND_FLOOR, _EXACT))


def significant_places(number: float, digits: int) -> int:
    """The decimal places of a number at a given count of significant digits; at least 0."""
    if number == 0.0 or not isfinite(number):
        return digits - 1
    return max(digits - 1 - floor(log10(abs(number))), 0)

"""Layout: spreading labels apart, sharing a line, and choosing round numbers for an axis. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from policy_options.charts.primitives import clipped, text_width

__all__ = ["round_steps", "sharing", "spread"]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres of labels of these sizes, as near as possible (least squares) to those wanted, apart, and within low and
    high.

    They keep the order of those wanted. Sizes must not add up to more than the space.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    offsets, used = [], 0.0
    for index in order:
        offsets.append(used + sizes[index] / 2)
        used += sizes[index]
    # Less their offsets, the centres need only not decrease: labels that collide form a pool with one position.
    pools: list[tuple[float, int]] = []
    for index, offset in zip(order, offsets, strict=True):
        place, count = wanted[index] - offset, 1
        while pools and pools[-1][0] > place:
            before, number = pools.pop()
            place, count = (before * number + place * count) / (number + count), number + count
        pools.append((place, count))
    places = [min(max(place, low), high - used) for place, count in pools for _ in range(count)]
    centres = [0.0] * len(order)
    for index, offset, place in zip(order, offsets, places, strict=True):
        centres[index] = place + offset
    return centres


def sharing(first: str, second: str, room: float, size: float) -> tuple[str, str]:
    """Two texts for one line, clipped if necessary: each may use half of the space, and whatever the other leaves of
    its half.
    """
    wide, other = text_width(first, size), text_width(second, size)
    if wide + other <= room:
        return first, second
    return clipped(first, max(room / 2, room - other), size), clipped(second, max(room / 2, room - wide), size)


def round_steps(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """About ``count`` evenly spaced round numbers; the first is at or below ``low``, the last at or above ``high``."""
    span = high - low if high > low else 1.0
    rough = span / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1.0, 2.0, 5.0, 10.0) if power * factor >= rough * (1.0 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(number * step, 10) for number in range(first, max(last, first + 1) + 1))

"""Pairs that one order has the other way round: counted in O(m log m), and listed in O(m log m + k), with no m x m matrix.

Elements are sorted by the bits of their second place, highest bit first, as a merge sort run backwards. Within a block of
elements that agree in the higher bits, in the order of their first place, every element of bit 1 that stands before one of
bit 0 is an inversion, and each pair is met on exactly one bit (the counting argument is Knuth 1998, The Art of Computer
Programming, vol. 3, section 5.1.1). Here are bare places; what they stand for is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["count_inversions", "list_inversions", "places_changed", "places_reversed"]

Integers = NDArray[np.int64]


_FEW: Final = 128
"""Elements of which all pairs are looked at one by one: of so few that is several times faster."""


def count_inversions(places: Integers) -> int:
    """How many pairs i < j have ``places[i] > places[j]``; ``places`` is a permutation of 0..m-1."""
    if len(places) <= _FEW:
        return int(np.count_nonzero(_among_few(places)))
    return sum(int(before.sum()) for _, _, before, _ in _bits(places))


def list_inversions(places: Integers) -> tuple[Integers, Integers]:
    """The pairs themselves, as two arrays (k,) of places: the greater one, which stands first, and the less one."""
    if len(places) <= _FEW:
        first, second = _among_few(places).nonzero()
        return places[first], places[second]
    greater, less = [], []
    for ones, zeros, before, starts in _bits(places):
        total = int(before.sum())
        if total:
            # The ones that a zero follows are the first so many of its block, which lie beside each other.
            offsets = np.arange(total) - np.repeat(np.cumsum(before) - before, before)
            greater.append(ones[np.repeat(starts, before) + offsets])
            less.append(np.repeat(zeros, before))
    if not greater:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(greater), np.concatenate(less)


def _among_few(places: Integers) -> NDArray[np.bool_]:
    return np.triu(places[:, None] > places)


def _bits(places: Integers) -> Iterator[tuple[Integers, Integers, Integers, Integers]]:
    """For each bit: the elements that have it, those that do not, how many of their block's ones stand before each of these,
    and where their block's ones begin. Both are in the order of their blocks, and in each block as they came."""
    now = np.asarray(places, dtype=np.int64)
    index = np.arange(len(now))
    for bit in reversed(range(max(len(now) - 1, 0).bit_length())):
        half = now >> bit
        block, one = half >> 1, (half & 1).astype(bool)
        start = np.searchsorted(block, np.arange(int(block[-1]) + 1))[block]
        ones_before = np.cumsum(one) - one
        at_start = ones_before[start]
        ones_in_block = ones_before - at_start
        yield now[one], now[~one], ones_in_block[~one], at_start[~one]
        # Zeros before ones in each block, both as they came: a stable sort by this bit, without sorting.
        sizes = np.bincount(half)
        of_half = np.cumsum(sizes) - sizes
        place = of_half[half] + np.where(one, ones_in_block, index - start - ones_in_block)
        moved = np.empty_like(now)
        moved[place] = now
        now = moved


def places_reversed(first: Integers, second: Integers) -> tuple[Integers, Integers]:
    """Rows in the order of the ``first`` ranks, and their places by the ``second``, such that inversions are reversed pairs.

    Pairs that tie in either are no inversions.
    """
    return _places(np.lexsort((second, first)), np.lexsort((first, second)))


def places_changed(first: Integers, second: Integers) -> tuple[Integers, Integers]:
    """The same, such that inversions are all pairs whose order differs: reversed ones, and those that tie in one alone."""
    return _places(np.lexsort((-second, first)), np.lexsort((-first, second)))


def _places(by_first: Integers, by_second: Integers) -> tuple[Integers, Integers]:
    place = np.empty(len(by_second), dtype=np.int64)
    place[by_second] = np.arange(len(by_second))
    return by_first, place[by_first]

"""Inversions between two orders, counted in O(m log m) and listed in O(m log m + k), without an m x m matrix.

Elements are sorted by the bits of their second place, highest bit first, as a merge sort run backwards. Within a block
of elements that agree in the higher bits, in the order of their first place, every element of bit 1 before one of bit 0
is an inversion, and each pair is found on exactly one bit (the counting argument is Knuth 1998, The Art of Computer
Programming, vol. 3, section 5.1.1). Places here are bare numbers; callers know what they represent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["count_inversions", "list_inversions", "places_changed", "places_reversed"]

Integers = NDArray[np.int64]


_FEW: Final = 128
"""Number of elements up to which all pairs are checked one by one: for so few this is several times faster."""


def count_inversions(places: Integers) -> int:
    """The number of pairs i < j with ``places[i] > places[j]``; ``places`` is a permutation of 0..m-1."""
    if len(places) <= _FEW:
        return int(np.count_nonzero(_among_few(places)))
    return sum(int(before.sum()) for _, _, before, _ in _bits(places))


def list_inversions(places: Integers) -> tuple[Integers, Integers]:
    """The pairs, as two arrays (k,) of places: the greater one, which comes first, and the lesser one."""
    if len(places) <= _FEW:
        first, second = _among_few(places).nonzero()
        return places[first], places[second]
    greater, less = [], []
    for ones, zeros, before, starts in _bits(places):
        total = int(before.sum())
        if total:
            # The ones that precede a zero are the first ``before`` of its block, which are adjacent.
            offsets = np.arange(total) - np.repeat(np.cumsum(before) - before, before)
            greater.append(ones[np.repeat(starts, before) + offsets])
            less.append(np.repeat(zeros, before))
    if not greater:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(greater), np.concatenate(less)


def _among_few(places: Integers) -> NDArray[np.bool_]:
    return np.triu(places[:, None] > places)


def _bits(places: Integers) -> Iterator[tuple[Integers, Integers, Integers, Integers]]:
    """For each bit: its ones, its zeros, how many of their block's ones precede each zero, and where those ones begin.

    Both are in the order of their blocks, and within each block in their given order.
    """
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
        # Zeros before ones in each block, both in their given order: a stable sort by this bit, without sorting.
        sizes = np.bincount(half)
        of_half = np.cumsum(sizes) - sizes
        place = of_half[half] + np.where(one, ones_in_block, index - start - ones_in_block)
        moved = np.empty_like(now)
        moved[place] = now
        now = moved


def places_reversed(first: Integers, second: Integers) -> tuple[Integers, Integers]:
    """Rows ordered by the ``first`` ranks, with their places by the ``second``, such that inversions are reversed
    pairs.

    Pairs that tie in either ranking are not inversions.
    """
    return _places(np.lexsort((second, first)), np.lexsort((first, second)))


def places_changed(first: Integers, second: Integers) -> tuple[Integers, Integers]:
    """As ``places_reversed``, but inversions are all pairs whose order differs: reversed ones, and those that tie in
    only one.
    """
    return _places(np.lexsort((-second, first)), np.lexsort((-first, second)))


def _places(by_first: Integers, by_second: Integers) -> tuple[Integers, Integers]:
    place = np.empty(len(by_second), dtype=np.int64)
    place[by_second] = np.arange(len(by_second))
    return by_first, place[by_first]

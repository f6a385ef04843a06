"""The kernels of the additive value model: overall values and ranks, on bare arrays of any size.

u[i] = sum_k w[k] v[i, k] (Keeney and Raiffa 1976, Decisions with Multiple Objectives, ch. 3). The functions here know
nothing of names; ``ranking`` passes them arrays with axes matched by id.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["TIE", "competition_ranks", "orders", "overall_values"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TIE: Final = 1e-9
"""Value points within which two overall values are equal (design, promise 1)."""


def overall_values(values: Floats, shares: Floats) -> Floats:
    """(m,) overall values from (m, n) values and (n,) weights."""
    return values @ shares


def competition_ranks(overall: Floats, tie: float = TIE) -> tuple[Integers, Integers]:
    """Ranks and the listing order, both (m,), for overall values; more is better.

    Rank 1 is best; equal options share the better rank ("1, 2, 2, 4"). Options are equal when their values are within
    ``tie`` of the best of their run, so that no two that share a rank differ by more, however long the run. The order
    lists rows from best to worst, and options of equal rank in their given order.
    """
    m = overall.shape[0]
    order = np.argsort(overall)[::-1]
    descending = overall[order]
    place = np.arange(1, m + 1)
    close = np.flatnonzero(descending[:-1] - descending[1:] <= tie)
    if close.size:
        breaks = np.flatnonzero(np.diff(close) > 1)
        starts = close[np.concatenate(([0], breaks + 1))]
        stops = close[np.concatenate((breaks, [close.size - 1]))] + 2
        # In a long run adjacent values are close throughout, and yet not all are equal.
        long = descending[starts] - descending[stops - 1] > tie
        for start, stop in zip(starts[long].tolist(), stops[long].tolist(), strict=True):
            _rank_chain(descending, place, order, start, stop, tie)
        starts, lengths = starts[~long], (stops - starts)[~long]
        inside = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        run = np.repeat(starts, lengths)
        place[inside] = run + 1
        order[inside] = order[inside][np.lexsort((order[inside], run))]
    ranks = np.empty(m, dtype=np.int64)
    ranks[order] = place
    return ranks, order


def _rank_chain(descending: Floats, place: Integers, order: Integers, start: int, stop: int, tie: float) -> None:
    """Rank a chain of near ties in place: a new rank begins at the first value not within a tie of the best of the
    current one.
    """
    negated = -descending[start:stop]
    first = start
    while first < stop:
        last = start + int(np.searchsorted(negated, negated[first - start] + tie, side="right"))
        place[first:last] = first + 1
        order[first:last] = np.sort(order[first:last])
        first = last


def orders(values: Floats, sets: Floats) -> Integers:
    """(s, m) rows from best to worst under each of (s, n) weight sets, from (m, n) values of 0 to 100.

    Each sort key is an integer with the overall value in its upper digits, to 1e-13 points, and the row in its lower
    ones; sorting these is several times faster than sorting indices by value. Options within a tie keep their given
    order, or are ordered by values that differ by less than a tie; where ties must be known, use ``competition_ranks``.
    """
    m = len(values)
    bits = max(1, (m - 1).bit_length())
    # Weights sum to 1, so that a shift or scale of every value applies to their sum too; better is smaller, and sorts
    # first.
    scaled = ((100.0 - values) * 2.0 ** (55 - bits - 7)).T
    found = np.empty((len(sets), m), dtype=np.int64)
    at_once = max(1, 65_536 // m)
    for start in range(0, len(sets), at_once):
        part = found[start : start + at_once]
        np.copyto(part, sets[start : start + at_once] @ scaled, casting="unsafe")
        part <<= bits
        part |= np.arange(m)
        part.sort(axis=1)
        part &= (1 << bits) - 1
    return found

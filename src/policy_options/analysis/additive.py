"""The kernels of the additive value model: overall values and ranks, on bare arrays of any size.

u[i] = sum_k w[k] v[i, k] (Keeney and Raiffa 1976, Decisions with Multiple Objectives, ch. 3). The functions here know no
names; ``ranking`` gives them arrays whose axes it has matched by id.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["TIE", "competition_ranks", "overall_values"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TIE: Final = 1e-9
"""Value points within which two overall values are equal (design, promise 1)."""


def overall_values(values: Floats, shares: Floats) -> Floats:
    """(m,) overall values from (m, n) values and (n,) weights."""
    return values @ shares


def competition_ranks(overall: Floats, tie: float = TIE) -> tuple[Integers, Integers]:
    """Ranks and the order of listing, both (m,), for overall values of which more is better.

    Rank 1 is best; equal options share the better rank ("1, 2, 2, 4"). Options are equal when their values lie within
    ``tie`` of the best of their run, so that no two that share a rank differ by more, however long the run. The order
    lists rows from best to worst, options of equal rank as they came.
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
        long = descending[starts] - descending[stops - 1] > tie  # close to the next all along, and yet not all equal
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
    """Rank a chain of near ties in place: each rank begins at the first that is no longer within a tie of the last one's best."""
    negated = -descending[start:stop]
    first = start
    while first < stop:
        last = start + int(np.searchsorted(negated, negated[first - start] + tie, side="right"))
        place[first:last] = first + 1
        order[first:last] = np.sort(order[first:last])
        first = last

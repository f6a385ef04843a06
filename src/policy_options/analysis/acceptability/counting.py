"""From overall values to counts: in how many draws each option has each rank and beats each other, and the weights it leads at.

Few options are compared pair by pair, many are sorted. Counts are integers. Where two options have the same value in a draw,
the one whose row comes first is put ahead; callers change the order of rows from block to block, so that over many blocks
neither gains. (Options that are equal throughout are one by then, and share their ranks evenly.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.weight_draws import strip_of

__all__ = ["COMPARED", "Counts", "count_compared", "count_sorted"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]

COMPARED: Final = 24
"""Options up to which pairs are compared; beyond, sorting each draw is faster."""


_PLACES: Final = 128
"""Places of the order that are counted in one pass."""


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """Of so many ``draws``: ``ranks`` (m, r), ``wins`` (m, m) strictly or ``None``, sums of ``weights`` (m, n) where each leads,
    and ``places`` (m,), the sums of all ranks."""

    draws: int
    ranks: Integers
    wins: Integers | None
    weights: Floats
    places: Integers

    def __add__(self, other: Counts) -> Counts:
        wins = self.wins + other.wins if self.wins is not None and other.wins is not None else None
        return Counts(
            self.draws + other.draws,
            self.ranks + other.ranks,
            wins,
            self.weights + other.weights,
            self.places + other.places,
        )


def count_compared(overall: Singles, weights: Singles, first_ranks: int, *, pairwise: bool, may_tie: bool) -> Counts:
    """Count (m, c) overall values under (n, c) weights, by comparing each two options.

    Without ``may_tie`` no two values of a draw are taken to be the same, so that who does not win loses.
    """
    ahead, wins = _compared(overall, pairwise=pairwise, may_tie=may_tie)
    return _tallied(ahead, wins, weights, weights.shape[1], first_ranks)


def _compared(overall: Singles, *, pairwise: bool, may_tie: bool) -> tuple[NDArray[np.uint8], Integers | None]:
    """(m, c) numbers of rivals ahead, and (m, m) strict wins where they are wanted."""
    m, draws = overall.shape
    ahead = np.empty((m, draws), dtype=np.uint8)
    ahead[:] = np.arange(m - 1, -1, -1, dtype=np.uint8)[:, None]
    wins = np.zeros((m, m), dtype=np.int64)
    wider = np.empty((m, draws), dtype=bool)
    for row in range(m - 1):
        behind = np.greater_equal(overall[row], overall[row + 1 :], out=wider[row + 1 :])
        ahead[row + 1 :] += behind.view(np.uint8)
        ahead[row] -= np.add.reduce(behind.view(np.uint8), axis=0, dtype=np.uint8)
        for offset, beaten in enumerate(behind if pairwise else ()):
            other = row + 1 + offset
            level_or_ahead = int(np.count_nonzero(beaten))
            wins[other, row] = draws - level_or_ahead
            wins[row, other] = (
                np.count_nonzero(overall[row] > overall[other]) if may_tie and level_or_ahead else level_or_ahead
            )
    return ahead, wins if pairwise else None


def _tallied(ahead: NDArray[np.uint8], wins: Integers | None, weights: Singles, draws: int, first_ranks: int) -> Counts:
    m = len(ahead)
    ranks = np.zeros((m, m), dtype=np.int64)
    same = np.empty(ahead.shape, dtype=bool)
    sums = np.zeros((m, len(weights)))
    for rank in range(m if m == 1 else m - 1):
        np.equal(ahead, rank, out=same)
        if rank == 0:
            sums = _led(same, weights)
        for row in range(m - 1):
            ranks[row, rank] = np.count_nonzero(same[row])
    # Each rank is somebody's, and each option has one: the last of either follows.
    ranks[m - 1, : m - 1] = draws - ranks[: m - 1, : m - 1].sum(axis=0)
    ranks[:, m - 1] = draws - ranks[:, : m - 1].sum(axis=1)
    places = ranks @ np.arange(1, m + 1)
    return Counts(draws, ranks[:, :first_ranks], wins, sums, places)


def _led(leads: NDArray[np.bool_], weights: Singles) -> Floats:
    """(m, n) sums of the weights of the draws in which each option leads."""
    found = np.zeros((len(leads), len(weights)))
    strip = strip_of(len(leads) * len(weights))
    for start in range(0, leads.shape[1], strip):
        found += leads[:, start : start + strip].astype(np.float32) @ weights[:, start : start + strip].T
    return found


def count_sorted(rows: Singles, weights: Singles, first_ranks: int, *, pairwise: bool) -> Counts:
    """Count (c, m) overall values under (n, c) weights, by sorting each draw.

    What is sorted are whole numbers that hold the value in their upper digits and the option in the lower ones. ``rows`` are
    used up.
    """
    draws, m = rows.shape
    wins = None
    if pairwise:
        wins = np.stack([np.count_nonzero(rows[:, row : row + 1] > rows, axis=0) for row in range(m)])
    bits = max(1, (m - 1).bit_length())
    # 24 digits of a single fit beside 7 of an option; more options, who lie closer, get whole numbers of twice the length.
    whole = np.int32 if bits <= 7 else np.int64
    highest = rows.max()
    rows -= highest
    rows *= np.float32(-(2.0**24 - 2.0) / max(float(-rows.min()), 1e-30))  # smaller is better, and sorts first
    keys: NDArray[np.signedinteger] = rows.astype(whole)
    keys <<= bits
    np.bitwise_or(keys, np.arange(m, dtype=whole), out=keys)
    keys.sort(axis=1)
    keys &= (1 << bits) - 1
    kept = min(first_ranks, m)
    ranks, places = np.zeros((m, kept), dtype=np.int64), np.zeros(m, dtype=np.int64)
    for start in range(0, m, _PLACES):
        # Each place in the order has counters of its own, so that one pass counts many; all at once would be m x m.
        stop = min(start + _PLACES, m)
        cells = np.add(keys[:, start:stop], np.arange(stop - start) * m, dtype=np.int64)
        counted = np.bincount(cells.ravel(), minlength=(stop - start) * m).reshape(-1, m)
        places += np.arange(start + 1, stop + 1) @ counted
        if start < kept:
            ranks[:, start:stop] = counted[: kept - start].T
    leads = keys[:, 0].astype(np.intp)
    sums = np.stack([np.bincount(leads, of_criterion, m).astype(np.float64) for of_criterion in weights], axis=1)
    return Counts(draws, ranks, wins, sums, places)

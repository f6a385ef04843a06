"""What compares very many packages quickly: vectors that no other dominates, and exchanges of members on packed flags.

Rows come by falling sum, so that a row is dominated by an earlier one if at all (presorting: Chomicki, Godfrey, Gryz and Liang
2003, ICDE), and the first rows, which beat most others, are tried first. A number is screened by the byte of the step of its
column that it is in: where the step is lower, the number is. Whatever passes is compared in full.

Flags of packages are packed 64 to a word, so that an exchange of members is a shift or another row of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.rules import view_of

__all__ = ["PackedFlags", "undominated_rows"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]

_INSIDE: Final = 6
_ALL: Final = np.uint64(2**64 - 1)
_HAS: Final = [np.uint64(sum(1 << place for place in range(64) if place >> member & 1)) for member in range(_INSIDE)]
"""By member: the bits of a word whose packages have it."""

_CHUNK: Final = 256
_PAIRS: Final = 1 << 18  # whose flags fit a processor's cache
_SCREENED: Final = 8  # columns that are screened for all pairs; the rest only for pairs that are left
_STEPS: Final = 255.0


class PackedFlags:
    """A flag for each of 2^m packages, as bits of ``words``: those of the six lowest members are within a word."""

    def __init__(self, flags: Flags) -> None:
        self._size = len(flags)
        packed = np.packbits(flags, bitorder="little")
        self.words: Words = np.zeros(max(1, self._size // 64), dtype="<u8")
        self.words.view(np.uint8)[: len(packed)] = packed

    def count(self) -> int:
        """How many flags are set."""
        return int(np.bitwise_count(self.words).sum())

    def unpacked(self) -> Flags:
        """(2^m,) the flags."""
        return np.unpackbits(self.words.view(np.uint8), count=self._size, bitorder="little").astype(np.bool_)

    def clear_where_exchanged(self, admitted: Words, dropped: Sequence[int], added: Sequence[int]) -> None:
        """Clear each package that has all of ``dropped`` and none of ``added`` where that with the two exchanged is admitted."""
        mask, shift = _ALL, 0
        for member in dropped:
            if member < _INSIDE:
                mask, shift = mask & _HAS[member], shift - (1 << member)
        for member in added:
            if member < _INSIDE:
                mask, shift = mask & ~_HAS[member], shift + (1 << member)
        rows = [
            {member - _INSIDE: bit for member in some if member >= _INSIDE} for some, bit in ((dropped, 1), (added, 0))
        ]
        then = view_of(admitted, {row: 1 - bit for some in rows for row, bit in some.items()})
        then = then >> np.uint64(shift) if shift >= 0 else then << np.uint64(-shift)
        view = view_of(self.words, {**rows[0], **rows[1]})
        view &= ~(then & mask)


def undominated_rows(values: Floats) -> Integers:
    """Rows of (N, q) vectors, by falling sum, that no other dominates; equal rows are all kept.

    A row dominates another where it is at least as good in all columns, within a tie, and better in one.
    """
    kept = np.arange(len(values))
    if not values.shape[1] or len(values) < 2:
        return kept
    rows = _Rows(values)
    for start, stop in ((0, 8), (8, 64)):
        if len(kept) > 2 * _CHUNK:
            kept = kept[~rows.beaten(kept, kept[start:stop])]
    front = kept[:0]
    for start in range(0, len(kept), _CHUNK):
        some = kept[start : start + _CHUNK]
        some = some[~rows.beaten(some, front)]
        some = some[~rows.beaten(some, some)]
        front = np.concatenate((front, some))
    return front


class _Rows:
    """Vectors with the bytes of their numbers, and of what a number has to reach to be as good: (q, N) each."""

    def __init__(self, values: Floats) -> None:
        self._values = values
        columns = np.ascontiguousarray(values.T)
        low = columns.min(axis=1, keepdims=True)
        width = columns.max(axis=1, keepdims=True) - low
        scale = np.divide(_STEPS, width, out=np.zeros_like(width), where=width > 0.0)
        self._has = ((columns - low) * scale).astype(np.uint8)
        # The same steps of operations for a smaller number: rounding keeps the order, and what is below the first step is in it.
        self._needs = np.maximum((columns - TIE - low) * scale, 0.0).astype(np.uint8)

    def beaten(self, rows: Integers, by: Integers) -> Flags:
        """(a,) whether some row of ``by`` dominates each of ``rows``."""
        found = np.zeros(len(rows), dtype=np.bool_)
        if not len(by):
            return found
        has = self._has[:, by]
        width = max(1, _PAIRS // len(by))
        for start in range(0, len(rows), width):
            found[start : start + width] = self._beaten(rows[start : start + width], by, has)
        return found

    def _beaten(self, rows: Integers, by: Integers, has: Bytes) -> Flags:
        needs = self._needs[:, rows]
        pairs = has[0][None, :] >= needs[0][:, None]
        passes = np.empty_like(pairs)
        for column in range(1, min(_SCREENED, len(has))):
            np.greater_equal(has[column][None, :], needs[column][:, None], out=passes)
            pairs &= passes
        found = np.zeros(len(rows), dtype=np.bool_)
        # One rival that passes beats most rows that are beaten: it is compared first, and alone.
        place = np.flatnonzero(pairs.any(axis=1))
        first = pairs[place].argmax(axis=1)
        beats = self._dominates(by[first], rows[place])
        found[place[beats]] = True
        left = place[~beats]
        row, rival = np.nonzero(pairs[left])
        row = left[row]
        for column in range(_SCREENED, len(has)):
            good = has[column][rival] >= needs[column][row]
            row, rival = row[good], rival[good]
        found[row[self._dominates(by[rival], rows[row])]] = True
        return found

    def _dominates(self, first: Integers, second: Integers) -> Flags:
        """(p,) whether the one row of each pair dominates the other."""
        gains = self._values[first] - self._values[second]
        return np.asarray((gains >= -TIE).all(axis=1) & (gains > TIE).any(axis=1))

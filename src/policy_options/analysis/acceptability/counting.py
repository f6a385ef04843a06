"""Counting ranks, wins and leading weights over many draws of overall values.

For each option: in how many draws it has each rank and beats each other option, and the weights under which it leads.
Few options are compared pair by pair, 64 draws to a word; many are sorted. Options that tie in a draw have values that
are equal there to the last bit, and share the ranks they take between them evenly. Where no two can tie, values made
equal by rounding are credited to the first row; this happens in fewer than one draw in a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.acceptability.ties import Level
from policy_options.analysis.acceptability.weight_draws import strip_of

__all__ = ["COMPARED", "Counts", "Room", "SortingRoom", "count_compared", "count_sorted"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]
Rows = NDArray[np.intp]
Bits = NDArray[np.uint64]

COMPARED: Final = 24
"""Options up to which pairs are compared; beyond this, sorting each draw is faster."""

_WORD: Final = 64
_PLACES: Final = 48
"""Places in the order that are counted in one pass."""


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """Counts over ``draws`` draws.

    ``ranks`` (m, r) are counts of ranks, ``wins`` (m, m) strict wins of the row over the column or ``None``,
    ``weights`` (m, n) the sums of the weights under which each option leads, and ``places`` (m,) the sums of all ranks.
    A tie counts for each option as the fraction of the draw that it spends in a rank.
    """

    draws: int
    ranks: Floats
    wins: Integers | None
    weights: Floats
    places: Floats

    def __add__(self, other: Counts) -> Counts:
        wins = self.wins + other.wins if self.wins is not None and other.wins is not None else None
        return Counts(
            self.draws + other.draws,
            self.ranks + other.ranks,
            wins,
            self.weights + other.weights,
            self.places + other.places,
        )


class Room:
    """Working memory for comparing m options, reused, since fresh pages cost more than what is written to them."""

    def __init__(self, m: int, draws: int) -> None:
        words = -(-draws // _WORD)
        self.wider = np.zeros((m, words * _WORD), dtype=bool)
        self.ahead = np.empty((max(m - 1, 1), m, words), dtype=np.uint64)
        self.spare = np.empty((2 * (m - 1).bit_length() + 3, m, words), dtype=np.uint64)
        self.counted = np.empty((m, words), dtype=np.uint8)


class SortingRoom:
    """Working memory for sorting draws, reused in the same way."""

    def __init__(self, m: int, draws: int, precision: np.dtype[Any]) -> None:
        # 24 digits of a single fit next to 7 of an option; more options, whose values are closer, get integers twice as long.
        short = _bits(m) <= 7 and precision == np.float32
        self.keys: NDArray[Any] = np.empty(draws * m, dtype=np.int32 if short else np.int64)
        self.cells = np.empty(draws * min(m, _PLACES), dtype=np.int64)


def _bits(m: int) -> int:
    return max(1, (m - 1).bit_length())


def count_compared(
    overall: Singles,
    weights: Singles,
    first_ranks: int,
    *,
    pairwise: bool,
    level: Level | None = None,
    room: Room | None = None,
) -> Counts:
    """Count ranks and wins from (m, c) overall values under (n, c) weights, pair by pair.

    Each pair of options takes one bit per draw; the number of rivals ahead of an option is held as the binary digits of
    the sums of these bits.
    """
    m, draws = overall.shape
    if m == 1:
        return Counts(
            draws, np.full((1, 1), float(draws)), _no_wins(pairwise), _sums(weights), np.array([float(draws)])
        )
    room = room or Room(m, draws)
    words = -(-draws // _WORD)
    wins = _compare(overall, room, words, pairwise=pairwise)
    digits = _digits(room.ahead[:, :, :words], room.spare[0, :, :words])
    ranks = np.zeros((m, m))
    counted = room.counted[:, :words]
    led = np.zeros((m, len(weights)))
    for rank, selected in enumerate(_selected(digits, m, room.spare[1:, :, :words])):
        np.bitwise_count(selected, out=counted)
        ranks[:, rank] = np.add.reduce(counted, axis=1, dtype=np.int64)
        if rank == 0:
            led = _led(selected, weights)
    # No bit is set beyond the last draw, which puts the last row first there.
    ranks[np.arange(m), np.arange(m - 1, -1, -1)] -= words * _WORD - draws
    counts = Counts(draws, ranks[:, :first_ranks], wins, led, ranks @ np.arange(1.0, m + 1.0))
    return counts if level is None else _evenly(counts, weights, level, lambda at: _ahead(overall[:, at]))


def _no_wins(pairwise: bool) -> Integers | None:
    return np.zeros((1, 1), dtype=np.int64) if pairwise else None


def _sums(weights: Singles) -> Floats:
    return np.asarray(np.add.reduce(weights, axis=1, dtype=np.float64))[None, :]


def _compare(overall: Singles, room: Room, words: int, *, pairwise: bool) -> Integers | None:
    """Fill ``room.ahead`` with the draws in which each rival is ahead, for all options at once, and count wins."""
    m, draws = overall.shape
    wider, ahead = room.wider[:, : words * _WORD], room.ahead[:, :, :words]
    wider[:, draws:] = False
    wins = np.zeros((m, m), dtype=np.int64) if pairwise else None
    for row in range(m - 1):
        np.greater_equal(overall[row], overall[row + 1 :], out=wider[row + 1 :, :draws])
        behind = np.packbits(wider[row + 1 :], axis=1, bitorder="little").view(np.uint64)
        ahead[row, row + 1 :] = behind
        np.invert(behind, out=ahead[row:, row])
        if wins is not None:
            wins[row, row + 1 :] = np.bitwise_count(behind).sum(axis=1, dtype=np.int64)
            wins[row + 1 :, row] = draws - wins[row, row + 1 :]
    return wins


def _digits(planes: Bits, spare: Bits) -> list[Bits]:
    """The binary digits, lowest first, of the number of (p, ...) planes in which each bit is set; adds three bits into
    two, in place.
    """
    digits, of_place = [], list(planes)
    while of_place:
        carried = []
        while len(of_place) > 2:
            one, two, three = of_place[:3]
            np.bitwise_xor(one, two, out=spare)
            np.bitwise_and(one, two, out=one)
            np.bitwise_and(spare, three, out=two)
            np.bitwise_or(one, two, out=one)
            np.bitwise_xor(spare, three, out=three)
            carried.append(one)
            of_place = [*of_place[3:], three]
        if len(of_place) == 2:
            one, two = of_place
            np.bitwise_and(one, two, out=spare)
            np.bitwise_xor(one, two, out=two)
            one[...] = spare
            carried.append(one)
            of_place = [two]
        digits.append(of_place[0])
        of_place = carried
    return digits


def _selected(digits: list[Bits], count: int, spare: Bits) -> Iterator[Bits]:
    """For each number below ``count`` in turn, the bits at which the digits equal that number."""

    def among(given: Bits | None, place: int, first: int) -> Iterator[Bits]:
        if first >= count:
            return
        if place < 0:
            assert given is not None
            yield given
            return
        own, other = spare[2 * place], spare[2 * place + 1]
        np.invert(digits[place], out=own)
        if given is not None:
            own &= given
        yield from among(own, place - 1, first)
        np.bitwise_and(given, digits[place], out=other) if given is not None else np.copyto(other, digits[place])
        yield from among(other, place - 1, first + (1 << place))

    yield from among(None, len(digits) - 1, 0)


def _led(leads: Bits, weights: Singles) -> Floats:
    """(m, n) sums of the weights of the draws in which each option leads."""
    found = np.zeros((len(leads), len(weights)))
    some = np.flatnonzero(leads.any(axis=1))
    bits = leads[some].view(np.uint8)
    strip = strip_of(len(some) * len(weights))
    for start in range(0, weights.shape[1], strip):
        taken = weights[:, start : start + strip]
        of_strip = np.unpackbits(bits[:, start // 8 :], axis=1, count=taken.shape[1], bitorder="little")
        found[some] += of_strip.astype(np.float32) @ taken.T
    return found


def count_sorted(
    rows: Singles,
    weights: Singles,
    first_ranks: int,
    *,
    pairwise: bool,
    level: Level | None = None,
    room: SortingRoom | None = None,
) -> Counts:
    """Count ranks from (c, m) overall values under (n, c) weights by sorting each draw.

    The keys sorted are integers with the value in the upper digits and the option in the lower ones. ``rows`` are
    overwritten.
    """
    draws, m = rows.shape
    room = room or SortingRoom(m, draws, rows.dtype)
    wins = None
    if pairwise:
        wins = np.zeros((m, m), dtype=np.int64)
        for row in range(m - 1):
            wins[row, row + 1 :] = np.count_nonzero(rows[:, row : row + 1] >= rows[:, row + 1 :], axis=0)
            wins[row + 1 :, row] = draws - wins[row, row + 1 :]
    keys = _sorted_keys(rows, room)
    keys &= (1 << _bits(m)) - 1
    kept = min(first_ranks, m)
    ranks, places = np.zeros((m, kept)), np.zeros(m)
    for start in range(0, m, _PLACES):
        # Each place in the order has its own counters, so that one pass counts many places and the counters still fit
        # in the cache.
        stop = min(start + _PLACES, m)
        cells = room.cells[: draws * (stop - start)].reshape(draws, stop - start)
        np.copyto(cells, keys[:, start:stop])
        cells += np.arange(stop - start) * m
        counted = np.bincount(cells.ravel(), minlength=(stop - start) * m).reshape(-1, m)
        places += np.arange(start + 1, stop + 1) @ counted
        if start < kept:
            ranks[:, start:stop] = counted[: kept - start].T
    counts = Counts(draws, ranks, wins, _led_by(keys[:, 0], weights, m), places)
    return counts if level is None else _evenly(counts, weights, level, lambda at: np.argsort(keys[at], axis=1).T)


def _sorted_keys(rows: Singles, room: SortingRoom) -> NDArray[np.signedinteger]:
    """(m, c) sort keys of each draw, best first."""
    draws, m = rows.shape
    keys = room.keys[: draws * m].reshape(draws, m)
    most = 2.0**24 if rows.dtype == np.float32 else 2.0**48
    rows -= rows.max()
    rows *= rows.dtype.type(-(most - 2.0) / max(float(-rows.min()), 1e-30))  # smaller is better and sorts first
    np.copyto(keys, rows, casting="unsafe")
    keys <<= _bits(m)
    np.bitwise_or(keys, np.arange(m, dtype=keys.dtype), out=keys)
    keys.sort(axis=1)
    return keys


def _led_by(leaders: NDArray[np.signedinteger], weights: Singles, m: int) -> Floats:
    """(m, n) sums of the weights of the draws that each option leads, after grouping the draws by leader."""
    found = np.zeros((m, len(weights)))
    order = np.argsort(leaders, kind="stable")
    inorder = leaders[order]
    starts = np.flatnonzero(np.diff(inorder, prepend=-1))
    found[inorder[starts]] = np.add.reduceat(weights.take(order, axis=1), starts, axis=1).T
    return found


def _ahead(overall: Singles) -> Rows:
    """(m, q) number of options ahead of each option; of equal values, the first row counts as ahead."""
    found = np.zeros(overall.shape, dtype=np.intp)
    for row in range(len(overall) - 1):
        behind = overall[row] >= overall[row + 1 :]
        found[row + 1 :] += behind
        found[row] += len(behind) - behind.sum(axis=0)
    return found


def _evenly(counts: Counts, weights: Singles, level: Level, ahead: Callable[[Rows], Rows]) -> Counts:
    """Share the ranks of tied options evenly among them, draw by draw.

    ``ahead`` gives the (m, q) places at which the options were counted in some of the draws.
    """
    m, kept = counts.ranks.shape
    ranks, led, places = counts.ranks.copy(), counts.weights.copy(), counts.places.copy()
    wins = None if counts.wins is None else counts.wins.copy()
    at_draws = ahead(level.draws)
    for draws, rows in level.groups():
        size = rows.shape[1]
        taken = at_draws[rows, draws[:, None]]  # (k, s)
        pairs = np.bincount((rows[:, :, None] * m + taken[:, None, :]).ravel(), minlength=m * m).reshape(m, m)
        own = np.bincount((rows * m + taken).ravel(), minlength=m * m).reshape(m, m)
        change = pairs / size - own
        ranks += change[:, :kept]
        places += change @ np.arange(1.0, m + 1.0)
        if wins is not None:
            for better in range(size - 1):
                cells = rows[:, better, None] * m + rows[:, better + 1 :]
                wins -= np.bincount(cells.ravel(), minlength=m * m).reshape(m, m)
        first = (taken == 0).any(axis=1)
        if first.any():
            of_draws = weights[:, level.draws[draws[first]]].astype(np.float64)
            members = np.zeros((m, of_draws.shape[1]))
            part = np.where(taken[first] == 0, 1.0 / size - 1.0, 1.0 / size)
            np.put_along_axis(members, rows[first].T, part.T, axis=0)
            led += members @ of_draws.T
    return Counts(counts.draws, ranks, wins, led, places)

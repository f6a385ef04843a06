"""The best packages of a table and the next best, with every tie, and the best that are left when one thing is forced.

Packages tie where their values differ by at most 1e-9 points (design, promise 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE, competition_ranks
from policy_options.analysis.packages.rules import view_of

__all__ = ["MOST_LISTED", "Listed", "best_value", "forced_values", "list_best", "ranked_packages", "tied_at"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

MOST_LISTED: Final = 100
"""Packages of one rank that are listed; all are counted."""


@dataclass(frozen=True, eq=False, slots=True)
class Listed:
    """The k best packages in order, with those that tie with the last; ``ranks`` as in a ranking ("1, 2, 2, 4").

    ``tied_first`` and ``tied_last`` count all packages of the first and of the last rank, of which ``packages`` has at most
    ``MOST_LISTED``. They may be more where not ``all_counted``: a solver finds ties one by one, and stops.
    """

    packages: NDArray[Any]
    values: Floats
    ranks: Integers
    tied_first: int
    tied_last: int
    all_counted: bool = True


def list_best(values: Floats, admitted: Flags, k: int) -> Listed:
    """The k best of the packages that are admitted, and all that tie with the k-th."""
    chosen = np.flatnonzero(admitted)
    if len(chosen) > k:
        of_them = values[chosen]
        last = float(np.partition(of_them, len(chosen) - k)[len(chosen) - k])
        chosen = chosen[of_them >= last - TIE]
    return listed(chosen, values[chosen], k)


def listed(packages: Integers, values: Floats, k: int, sizes: Integers | None = None) -> Listed:
    """Packages with their values in order: fewer members first among those that tie."""
    if not len(packages):
        return Listed(packages, values, np.zeros(0, dtype=np.int64), 0, 0)
    ranks, _ = competition_ranks(values)
    order = np.lexsort((packages, np.bitwise_count(packages) if sizes is None else sizes, ranks))
    packages, values, ranks = packages[order], values[order], ranks[order]
    kept = ranks <= ranks[min(k, len(ranks)) - 1]
    packages, values, ranks = packages[kept], values[kept], ranks[kept]
    place = np.arange(len(ranks)) - np.searchsorted(ranks, ranks)  # within its rank
    shown = place < MOST_LISTED
    counts = np.array([(ranks == 1).sum(), (ranks == ranks[-1]).sum()])
    return Listed(packages[shown], values[shown], ranks[shown], int(counts[0]), int(counts[1]))


def ranked_packages(found: Sequence[tuple[int, float]], k: int, *, all_counted: bool = True) -> Listed:
    """Packages of any number of members with their values, in order; whole numbers of any size are kept as they are."""
    found = sorted(found)
    values = np.array([value for _, value in found])
    packages = np.array([package for package, _ in found] or [0], dtype=object)[: len(found)]
    places = listed(np.arange(len(found)), values, k, sizes=np.array([package.bit_count() for package, _ in found]))
    return replace(places, packages=packages[places.packages], all_counted=all_counted)


def best_value(values: Floats, admitted: Flags) -> tuple[float, int] | None:
    """The best value of the packages that are admitted and a package that has it; ``None`` where none is."""
    if not admitted.any():
        return None
    left = np.where(admitted, values, -np.inf)
    tied = np.flatnonzero(left >= left.max() - TIE)
    first = int(tied[np.lexsort((tied, np.bitwise_count(tied)))[0]])
    return float(left.max()), first


def tied_at(values: Floats, admitted: Flags, value: float) -> Integers:
    """The packages that are admitted and worth a value, within a tie."""
    return np.flatnonzero(admitted & (np.abs(values - value) <= TIE))


def forced_values(values: Floats, admitted: Flags, members: int) -> list[tuple[tuple[float, int] | None, ...]]:
    """By member: the best value and package with it, and without it; ``None`` if no package has, or lacks, it."""
    left = np.where(admitted, values, -np.inf)
    found = []
    for member in range(members):
        both: list[tuple[float, int] | None] = []
        for inside in (1, 0):
            part = view_of(left, {member: inside})
            best = float(part.max())
            if best == -np.inf:
                both.append(None)
                continue
            above, below = np.unravel_index(int(part.argmax()), part.shape)
            both.append((best, int(above) << (member + 1) | inside << member | int(below)))
        found.append(tuple(both))
    return found

"""The exact share of weights under which one option beats another: the volume that a plane cuts off a simplex.

For w uniform on the simplex, P(d.w <= 0) follows from a recursion with only positive terms, so that it is stable for
any d (Varsi 1973, Pacific Journal of Mathematics 45; Ali 1973, Pacific Journal of Mathematics 44).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.weight_region import Piece

__all__ = ["expected_ranks", "share_not_above", "winning_shares"]

Floats = NDArray[np.float64]

SAME: float = 1e-12
"""Value points within which two options are equal on a vertex of the region: rounding of equal values."""


def share_not_above(differences: Floats) -> Floats:
    """(r,) the share of the simplex on which d.w <= 0, for each row d of (r, n) differences."""
    rows, n = differences.shape
    positive = differences > 0.0
    below = np.zeros((rows, n))  # A_h at each positive d; A_0 is 1
    answer = np.ones(rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        for q in range(n):
            turn = ~positive[:, q]
            if not turn.any():
                continue
            before = np.ones(rows)
            for h in range(n):
                step = positive[:, h] & turn
                p = differences[:, h]
                grown = (p * below[:, h] - differences[:, q] * before) / (p - differences[:, q])
                below[:, h] = np.where(step, grown, below[:, h])
                before = np.where(positive[:, h], below[:, h], before)
    for h in range(n):  # the last A is that of the last positive d
        answer = np.where(positive[:, h], below[:, h], answer)
    return answer


def winning_shares(values: Floats, pieces: Iterable[Piece]) -> tuple[Floats, NDArray[np.bool_]]:
    """(m, m) shares of the region in which the row strictly beats the column; and which pairs are equal throughout it.

    ``values`` are (m, n). Pieces that are taken away count negatively.
    """
    m = len(values)
    first, second = np.triu_indices(m, 1)
    wins = np.zeros((m, m))
    equal = np.ones((m, m), dtype=bool)
    shares, rows = [], []
    for piece in pieces:
        at_vertices = values @ piece.vertices
        difference = at_vertices[first] - at_vertices[second]
        # On a single point options tie as in a ranking; elsewhere values that differ by rounding alone are equal.
        rounding = TIE if at_vertices.shape[1] == 1 else SAME * max(1.0, float(np.abs(at_vertices).max()))
        difference[np.abs(difference) <= rounding] = 0.0
        shares.append(piece.share)
        rows.append(difference)
    if not len(first):
        return wins, equal
    not_above = np.zeros(len(first))
    same = np.ones(len(first), dtype=bool)
    for width in {row.shape[1] for row in rows}:
        stacked = np.concatenate([row for row in rows if row.shape[1] == width])
        of = np.array([share for share, row in zip(shares, rows, strict=True) if row.shape[1] == width])
        not_above += of @ share_not_above(stacked).reshape(len(of), len(first))
        same &= (stacked == 0.0).all(axis=1).reshape(len(of), len(first)).all(axis=0)
    not_above = np.clip(not_above, 0.0, 1.0)
    # Options that are not equal throughout tie on nothing that has a volume: whichever does not win loses.
    wins[first, second] = np.where(same, 0.0, 1.0 - not_above)
    wins[second, first] = np.where(same, 0.0, not_above)
    equal[first, second] = equal[second, first] = same
    return wins, equal


def expected_ranks(wins: Floats, equal: NDArray[np.bool_]) -> Floats:
    """(m,) one plus the expected number of rivals ahead; equal options share their ranks evenly."""
    ties = equal & ~np.eye(len(wins), dtype=bool)
    return np.asarray(1.0 + wins.sum(axis=0) + ties.sum(axis=0) / 2.0)

"""A covering array: a few rows in which every pair of values of any two factors occurs (pairwise testing)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

__all__ = ["pairs_of", "pairwise"]

Row = tuple[Any, ...]


def pairs_of(row: Row) -> set[tuple[int, Any, int, Any]]:
    """The pairs of values in a row, each with the positions of its factors."""
    return {(one, row[one], other, row[other]) for one, other in combinations(range(len(row)), 2)}


def pairwise(factors: Mapping[str, Sequence[Any]], cost: Callable[[Row], float]) -> list[Row]:
    """Rows, with one value per factor, that cover every pair; each adds the most new pairs for its cost.

    The choice is greedy and deterministic: the same factors give the same rows.
    """
    rows = list(product(*factors.values()))
    missing = set().union(*map(pairs_of, rows))
    chosen: list[Row] = []
    while missing:
        best = max(rows, key=lambda row: len(pairs_of(row) & missing) / cost(row))
        chosen.append(best)
        missing -= pairs_of(best)
    return chosen

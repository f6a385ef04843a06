"""Vectors that no other dominates against the definition, and exchanges on packed flags against looking at each package."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.pareto import PackedFlags, undominated_rows


def by_definition(values: np.ndarray) -> list[int]:
    gains = values[:, None, :] - values[None, :, :]
    beats = (gains >= -TIE).all(axis=2) & (gains > TIE).any(axis=2)
    return np.flatnonzero(~beats.any(axis=0)).tolist()


@pytest.mark.parametrize(("rows", "columns", "most"), [(1, 3, 9), (40, 1, 5), (300, 2, 9), (700, 4, 6), (900, 12, 50)])
def test_undominated_rows_are_those_of_the_definition(rows: int, columns: int, most: int) -> None:
    for seed in range(4):
        chance = np.random.default_rng(seed)
        values = chance.integers(0, most, (rows, columns)).astype(np.float64)  # many equal numbers and some equal rows
        if seed % 2:
            values += chance.uniform(0.0, 1e-3, values.shape)
        values = values[np.argsort(-values.sum(axis=1), kind="stable")]
        assert undominated_rows(values).tolist() == by_definition(values), seed


def test_what_differs_by_less_than_a_tie_dominates_nothing() -> None:
    values = np.array([[5.0, 1.0], [5.0 - 1e-10, 1.0], [5.0, 1.0 - 2e-9], [0.0, 100.0]])
    values = values[np.argsort(-values.sum(axis=1))]
    assert len(undominated_rows(values)) == 3
    assert undominated_rows(values).tolist() == by_definition(values)
    alike = np.full((600, 3), 7.0)
    assert len(undominated_rows(alike)) == 600
    assert undominated_rows(np.zeros((3, 0))).tolist() == [0, 1, 2]


@pytest.mark.parametrize("members", [1, 3, 6, 7, 9])
def test_exchanges_on_packed_flags(members: int) -> None:
    chance = np.random.default_rng(members)
    flags = chance.random(1 << members) < 0.6
    packed = PackedFlags(flags)
    assert packed.unpacked().tolist() == flags.tolist()
    assert packed.count() == flags.sum()
    admitted, left = packed.words.copy(), flags.copy()
    for dropped, added in pairs(members):
        packed.clear_where_exchanged(admitted, dropped, added)
        for package in range(1 << members):
            has = all(package >> member & 1 for member in dropped)
            lacks = not any(package >> member & 1 for member in added)
            if has and lacks and flags[package - sum(1 << m for m in dropped) + sum(1 << m for m in added)]:
                left[package] = False
        assert packed.unpacked().tolist() == left.tolist(), (dropped, added)
        if not left.any():
            left[:] = flags
            packed = PackedFlags(flags)


def pairs(members: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Some exchanges of up to two members for up to two others, members of the highest numbers among them."""
    some = sorted({0, 1, members // 2, members - 2, members - 1} & set(range(members)))
    sets = [chosen for size in (0, 1, 2) for chosen in combinations(some, size)]
    return [(a, b) for a in sets for b in sets if (a or b) and not set(a) & set(b)]

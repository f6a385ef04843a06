from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.comparison import inversions
from policy_options.analysis.comparison.inversions import (
    count_inversions,
    list_inversions,
    places_changed,
    places_reversed,
)
from problems import repeatable

SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 127, 128, 129, 200)


def by_looking(places: list[int]) -> set[tuple[int, int]]:
    return {(p, q) for i, p in enumerate(places) for q in places[i + 1 :] if p > q}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("few", [0, 128])
def test_inversions_are_those_of_looking_at_every_pair(monkeypatch: pytest.MonkeyPatch, size: int, few: int) -> None:
    """Both ways of finding them, whatever the size."""
    monkeypatch.setattr(inversions, "_FEW", few)
    for seed in range(6):
        places = np.random.default_rng(seed).permutation(size)
        expected = by_looking(places.tolist())
        assert count_inversions(places) == len(expected)
        greater, less = list_inversions(places)
        assert len(greater) == len(expected)
        assert set(zip(greater.tolist(), less.tolist(), strict=True)) == expected


def test_a_turned_order_has_every_pair_and_the_same_order_none() -> None:
    assert count_inversions(np.arange(1000)[::-1].copy()) == 1000 * 999 // 2
    assert count_inversions(np.arange(1000)) == 0


RANKS = st.lists(st.integers(1, 4), min_size=1, max_size=9)


@repeatable
@given(st.data())
def test_places_make_inversions_of_reversed_and_of_changed_pairs(data: st.DataObject) -> None:
    first = np.array(data.draw(RANKS))
    second = np.array(data.draw(st.lists(st.integers(1, 4), min_size=len(first), max_size=len(first))))
    pairs = [(i, j) for i in range(len(first)) for j in range(i)]
    before = {(i, j): int(np.sign(first[i] - first[j])) for i, j in pairs}
    after = {(i, j): int(np.sign(second[i] - second[j])) for i, j in pairs}
    for places_of, expected in (
        (places_reversed, {frozenset(pair) for pair in pairs if before[pair] * after[pair] < 0}),
        (places_changed, {frozenset(pair) for pair in pairs if before[pair] != after[pair]}),
    ):
        rows, places = places_of(first, second)
        by_place = np.empty(len(rows), dtype=np.int64)
        by_place[places] = rows
        greater, less = list_inversions(places)
        found = {frozenset(pair) for pair in zip(by_place[greater].tolist(), by_place[less].tolist(), strict=True)}
        assert found == expected
        assert len(greater) == len(expected)

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

SIZES = sorted({0, *(size + step for size in (1, 2, 4, 8, 16, 32, 64, 128, 256) for step in (-1, 0, 1)), 200})


def by_looking(places: list[int]) -> set[tuple[int, int]]:
    return {(p, q) for i, p in enumerate(places) for q in places[i + 1 :] if p > q}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("few", [0, 128])
def test_inversions_are_those_of_looking_at_every_pair(monkeypatch: pytest.MonkeyPatch, size: int, few: int) -> None:
    """Both algorithms for finding them, whatever the size."""
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


@repeatable
@given(st.integers(0, 40).flatmap(lambda size: st.permutations(range(size))))
def test_blocks_of_bits_find_what_looking_finds(order: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversions, "_FEW", 0)
        greater, less = list_inversions(np.array(order, dtype=np.int64))
        count = count_inversions(np.array(order, dtype=np.int64))
    found = list(zip(greater.tolist(), less.tolist(), strict=True))
    assert len(found) == len(set(found)) == count
    assert set(found) == by_looking(order)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_lists_of_hardly_any_elements_are_whole_numbers(size: int) -> None:
    for places in (np.arange(size), np.arange(size)[::-1].copy()):
        for found in list_inversions(places):
            assert found.dtype == np.int64


@pytest.mark.parametrize("size", [0, 1, 127, 128, 129, 257])
def test_places_hold_for_many_options_of_few_ranks_and_say_who_gained(size: int) -> None:
    """In each pair the greater place is the option that lost: ahead before and not after, or level before and behind
    after.
    """
    random = np.random.default_rng(size)
    first, second = random.integers(1, 5, size), random.integers(1, 5, size)
    reversed_ = {(i, j) for i in range(size) for j in range(size) if first[i] < first[j] and second[i] > second[j]}
    less_ahead = {
        (i, j)
        for i in range(size)
        for j in range(size)
        if np.sign(first[j] - first[i]) > np.sign(second[j] - second[i])
    }
    for places_of, expected in ((places_reversed, reversed_), (places_changed, less_ahead)):
        rows, places = places_of(first, second)
        assert sorted(rows.tolist()) == sorted(places.tolist()) == list(range(size))
        assert count_inversions(places) == len(expected)
        by_place = np.empty(size, dtype=np.int64)
        by_place[places] = rows
        greater, less = list_inversions(places)
        assert set(zip(by_place[greater].tolist(), by_place[less].tolist(), strict=True)) == expected

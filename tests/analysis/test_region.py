"""Regions of weights: centres against volumes computed differently, and contradictions against their definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.region import Bound, NodeRegion, centre_of_mass, contradiction
from problems import repeatable

Floats = NDArray[np.float64]

NAMES = ("c1", "c2", "c3", "c4", "c5", "c6")


def above(greater: str, lesser: str) -> Bound:
    return Bound(lesser, greater, Fraction(1), True, f"`{greater}` > `{lesser}`")


def equal(first: str, second: str) -> tuple[Bound, Bound]:
    said = f"`{first}` = `{second}`"
    return Bound(first, second, Fraction(1), False, said), Bound(second, first, Fraction(1), False, said)


def between(name: str, low: float, high: float, top: str = "c1") -> tuple[Bound, ...]:
    """A number of hundredths of the top."""
    said = f"`{name}` is between {low} and {high}"
    ratios = Fraction(str(low)) / 100, Fraction(str(high)) / 100
    upper = Bound(name, top, ratios[1], False, said)
    return (upper, Bound(top, name, 1 / ratios[0], False, said)) if low > 0 else (upper,)


def centre(names: Sequence[str], bounds: Iterable[Bound], zero: tuple[str, ...] = ()) -> Floats:
    """The centre of a region for which there is a closed form."""
    region = NodeRegion("", tuple(names), tuple(bounds), zero)
    found, sampled = centre_of_mass(region, seed=0)
    assert sampled is None
    assert found.min() >= 0
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-14)
    assert region.holds(found)
    return found


def centre_of_simplices(simplices: Sequence[Floats]) -> Floats:
    """The centre of simplices given by their vertices, in rows: the means of their vertices, weighted by volume."""
    volumes = [np.linalg.svd(vertices[1:] - vertices[0], compute_uv=False).prod() for vertices in simplices]
    middles = np.array([vertices.mean(axis=0) for vertices in simplices])
    return np.asarray(np.average(middles, axis=0, weights=volumes))


# --- orders ---


@pytest.mark.parametrize("count", range(1, 7))
def test_a_full_order_has_the_rank_order_centroid(count: int) -> None:
    names = NAMES[:count]
    bounds = [above(upper, lower) for upper, lower in pairwise(names)]
    exact = [sum(Fraction(1, j) for j in range(i, count + 1)) / count for i in range(1, count + 1)]
    np.testing.assert_allclose(centre(names, bounds), list(map(float, exact)), rtol=0, atol=1e-15)


def blocks_of(names: Sequence[str], same: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    block = {name: name for name in names}
    for first, second in same:
        old, new = block[second], block[first]
        block = {name: new if head == old else head for name, head in block.items()}
    return [tuple(n for n in names if block[n] == head) for head in dict.fromkeys(block.values())]


def by_all_orders(names: Sequence[str], more: Iterable[tuple[str, str]], same: Iterable[tuple[str, str]]) -> Floats:
    """The centre over every full order of the blocks of equals that a partial one allows."""
    blocks = blocks_of(names, same)
    home = {name: index for index, block in enumerate(blocks) for name in block}
    needed = [(home[greater], home[lesser]) for greater, lesser in more]
    simplices = []
    for order in permutations(range(len(blocks))):
        if any(order.index(greater) > order.index(lesser) for greater, lesser in needed):
            continue
        vertices = []
        for last in range(1, len(order) + 1):
            members = {name for index in order[:last] for name in blocks[index]}
            vertices.append([1 / len(members) if name in members else 0.0 for name in names])
        simplices.append(np.array(vertices))
    return centre_of_simplices(simplices)


@st.composite
def partial_orders(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[str, str]], list[tuple[str, str]]]:
    """Names, pairs of a greater and a lesser, and pairs of equals; all of them consistent with hidden weights."""
    names = NAMES[: draw(st.integers(2, 6))]
    hidden = dict(zip(names, draw(st.lists(st.integers(0, 4), min_size=len(names), max_size=len(names))), strict=True))
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=7, unique=True))
    more = [(a, b) for a, b in pairs if hidden[a] > hidden[b]]
    same = [(a, b) for a, b in pairs if a != b and hidden[a] == hidden[b]]
    return names, more, same


def bounds_of(more: Iterable[tuple[str, str]], same: Iterable[tuple[str, str]]) -> list[Bound]:
    return [*(above(*pair) for pair in more), *(bound for pair in same for bound in equal(*pair))]


@repeatable
@given(partial_orders())
def test_a_partial_order_has_the_centre_of_all_orders_that_it_allows(
    drawn: tuple[tuple[str, ...], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    names, more, same = drawn
    np.testing.assert_allclose(
        centre(names, bounds_of(more, same)), by_all_orders(names, more, same), rtol=0, atol=1e-12
    )


@pytest.mark.parametrize(
    ("more", "same"),
    [
        ([], []),
        ([("c1", "c2"), ("c1", "c3"), ("c2", "c4"), ("c3", "c4")], []),
        ([("c2", "c1"), ("c3", "c4"), ("c5", "c6")], []),
        ([("c2", "c1")], [("c3", "c4"), ("c5", "c4")]),
        ([("c6", "c5"), ("c5", "c4")], [("c1", "c4")]),
    ],
)
def test_orders_of_all_six(more: list[tuple[str, str]], same: list[tuple[str, str]]) -> None:
    found = centre(NAMES, bounds_of(more, same))
    np.testing.assert_allclose(found, by_all_orders(NAMES, more, same), rtol=0, atol=1e-13)


def test_equals_by_a_ring_of_bounds_that_are_not_strict() -> None:
    ring = [Bound(a, b, Fraction(1), False, "") for a, b in (("c1", "c2"), ("c2", "c3"), ("c3", "c1"))]
    np.testing.assert_allclose(centre(NAMES[:4], [*ring, above("c4", "c1")]), [1 / 8, 1 / 8, 1 / 8, 5 / 8], atol=1e-14)


def test_what_carries_no_weight_takes_no_part_in_an_order() -> None:
    found = centre(("c1", "c2", "c3"), [above("c1", "c3")], zero=("c2",))
    np.testing.assert_allclose(found, [0.75, 0.0, 0.25], rtol=0, atol=1e-15)


def test_many_criteria_below_one() -> None:
    """Each order of the others is equally likely: the top has the rank-order centroid's first weight, the others the rest."""
    names = tuple(f"c{index}" for index in range(40))
    top = sum(1 / j for j in range(1, 41)) / 40
    found = centre(names, [above("c0", name) for name in names[1:]])
    np.testing.assert_allclose(found, [top, *[(1 - top) / 39] * 39], rtol=0, atol=1e-10)


# --- judgements between bounds ---


def by_corners(ratios: Sequence[tuple[float, float]]) -> Floats:
    """The centre of all weights in proportion to (1, r1, r2 ...) with each r between its bounds.

    The box of ratios is cut into simplices along its diagonal (Kuhn). Dividing by the sum maps lines to lines, so that
    each becomes a simplex of weights, with the images of its corners as vertices.
    """
    free = [index for index, (low, high) in enumerate(ratios) if low < high]
    simplices = []
    for order in permutations(free):
        corner = [low for low, _ in ratios]
        corners = [list(corner)]
        for index in order:
            corner[index] = ratios[index][1]
            corners.append(list(corner))
        weights = np.array([[1.0, *one] for one in corners])
        simplices.append(weights / weights.sum(axis=1, keepdims=True))
    return centre_of_simplices(simplices) if free else simplices[0][0]


hundredths = st.integers(0, 100).flatmap(lambda low: st.tuples(st.just(low), st.integers(max(low, 1), 100)))


@repeatable
@given(st.lists(hundredths, min_size=1, max_size=5))
def test_bounds_relative_to_one_have_the_centre_of_their_box(given_bounds: list[tuple[int, int]]) -> None:
    names = NAMES[: len(given_bounds) + 1]
    bounds = [bound for name, ends in zip(names[1:], given_bounds, strict=True) for bound in between(name, *ends)]
    expected = by_corners([(low / 100, high / 100) for low, high in given_bounds])
    np.testing.assert_allclose(centre(names, bounds), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("position", range(4))
def test_the_top_may_stand_anywhere(position: int) -> None:
    names = ["c2", "c3", "c4"]
    names.insert(position, "c1")
    ends = {"c2": (20, 40), "c3": (0, 90), "c4": (55, 56)}
    bounds = [bound for name, (low, high) in ends.items() for bound in between(name, low, high)]
    found = dict(zip(names, centre(names, bounds).tolist(), strict=True))
    expected = by_corners([(low / 100, high / 100) for low, high in ends.values()])
    assert list(map(found.__getitem__, ("c1", "c2", "c3", "c4"))) == pytest.approx(expected.tolist(), abs=1e-9)


@pytest.mark.parametrize("width", [1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_narrow_box_has_the_weights_that_it_closes_in_on(width: float, count: int) -> None:
    names = tuple(f"c{index + 1}" for index in range(count + 1))
    ratings = [float(3 + 97 * index // count) for index in range(count)]
    bounds = [b for name, r in zip(names[1:], ratings, strict=True) for b in between(name, r, r + width)]
    exact = np.array([100.0, *ratings])
    np.testing.assert_allclose(centre(names, bounds), exact / exact.sum(), rtol=0, atol=max(2 * width, 1e-13))


def test_narrow_and_wide_bounds_beside_one_another() -> None:
    ends = [(50.0, 50.0001), (0.0, 100.0), (30.0, 30.0)]
    bounds = [bound for name, one in zip(NAMES[1:], ends, strict=False) for bound in between(name, *one)]
    expected = by_corners([(0.5, 0.500001), (0.0, 1.0), (0.3, 0.3)])
    np.testing.assert_allclose(centre(NAMES[:4], bounds), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("rating", [7, 22, 78, 91])
def test_a_fixed_ratio_is_fixed_whatever_its_last_digit(rating: int) -> None:
    """Almost fixed is a different region, of one more dimension: rounding 1/(1/0.78) must not create it."""
    bounds = (*between("c2", rating, rating), *between("c3", 0, 100))
    expected = by_corners([(rating / 100, rating / 100), (0, 1)])
    np.testing.assert_allclose(centre(NAMES[:3], bounds), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("count", [20, 60, 200])
def test_many_swings_of_which_nothing_but_the_top_is_known(count: int) -> None:
    """The box from 0 to 1 is the region of the top being first, whose centre is known from orders."""
    names = tuple(f"c{index + 1}" for index in range(count))
    bounds = [bound for name in names[1:] for bound in between(name, 0, 100)]
    bounds += between(names[-1], 0, 99.999999999)  # no longer an order
    top = sum(1 / j for j in range(1, count + 1)) / count
    np.testing.assert_allclose(centre(names, bounds), [top, *[(1 - top) / (count - 1)] * (count - 1)], atol=1e-9)


# --- everything else is sampled ---


def mixed_bounds() -> list[Bound]:
    """A box with a known centre, with orders that are true throughout it and add nothing."""
    return [*between("c2", 50, 80), *between("c3", 10, 45), *between("c4", 0, 9), above("c2", "c3"), above("c3", "c4")]


def test_a_sample_lies_within_four_standard_errors() -> None:
    region = NodeRegion("", NAMES[:4], tuple(mixed_bounds()))
    found, sampled = centre_of_mass(region, seed=3)
    assert sampled is not None
    assert sampled.seed == 3
    assert 0 < sampled.standard_error < 1e-3
    expected = by_corners([(0.5, 0.8), (0.1, 0.45), (0, 0.09)])
    assert np.abs(found - expected).max() < 4 * sampled.standard_error
    assert region.holds(found)


def test_a_sample_with_ratios_that_are_fixed_between_others() -> None:
    """c4 is always half of c3: the region is that of c1, c2 and c3 + c4 together."""
    tied = (Bound("c4", "c3", Fraction(1, 2), False, ""), Bound("c3", "c4", Fraction(2), False, ""))
    region = NodeRegion("", NAMES[:4], (*between("c2", 20, 90), *between("c3", 10, 60), *tied))
    found, sampled = centre_of_mass(region, seed=0)
    assert sampled is not None
    expected = by_corners([(0.2, 0.9), (0.15, 0.9)])
    assert np.abs([found[0], found[1], found[2] + found[3]] - expected).max() < 4 * sampled.standard_error
    assert found[3] == pytest.approx(found[2] / 2, rel=1e-12)


def test_the_same_seed_gives_the_same_bytes() -> None:
    region = NodeRegion("", NAMES[:4], tuple(mixed_bounds()))
    first, second = (centre_of_mass(region, seed=7) for _ in range(2))
    assert first[0].tobytes() == second[0].tobytes()
    assert first[1] == second[1]
    assert centre_of_mass(region, seed=8)[0].tobytes() != first[0].tobytes()


THIN = {
    "a needle": [(50 - 1e-9, 50 + 1e-9), (20, 30)],
    "seven": [(60.0, 80.0), (10.0, 50.0), (39.0, 40.0989), (20.0, 20.7233), (7.0, 7.0644), (55.0, 58.8933), (88.0, 88.001)],
    "eight": [(60.0, 80.0), (10.0, 50.0), (44.0, 80.6785), (91.0, 91.2636), (97.0, 97.0233), (66.0, 66.0276),
              (12.0, 13.565), (2.0, 80.8973)],
}  # fmt: skip


@pytest.mark.parametrize("name", THIN)
def test_the_error_of_a_thin_region_is_told(name: str) -> None:
    """Some judgements are narrow and some are wide: the stated error must be true."""
    ends, order = THIN[name], ("c2", "c3")
    names = tuple(f"c{index + 1}" for index in range(len(ends) + 1))
    bounds = [bound for name, (low, high) in zip(names[1:], ends, strict=True) for bound in between(name, low, high)]
    found, sampled = centre_of_mass(NodeRegion("", names, (*bounds, above(*order))), seed=0)
    expected = centre(names, bounds)
    assert sampled is not None
    assert np.abs(found - expected).max() < 4 * sampled.standard_error + 1e-8


def test_weights_that_are_all_fixed_are_exact() -> None:
    bounds = (*between("c2", 50, 50), *equal("c2", "c3"))
    found, _ = centre_of_mass(NodeRegion("", NAMES[:3], bounds), seed=0)
    np.testing.assert_allclose(found, [0.5, 0.25, 0.25], rtol=0, atol=1e-12)


def test_the_centre_of_a_single_child() -> None:
    np.testing.assert_array_equal(centre(("c1",), ()), [1.0])


# --- what a region is ---


def test_rows_hold_the_bounds() -> None:
    region = NodeRegion("", NAMES[:3], (above("c1", "c2"), *between("c3", 25, 50)))
    np.testing.assert_array_equal(region.rows(), [[-1, 1, 0], [-0.5, 0, 1], [0.25, 0, -1]])
    assert not region.order_only
    assert NodeRegion("", NAMES[:3], (above("c1", "c2"),)).order_only


def test_a_region_knows_what_it_holds() -> None:
    region = NodeRegion("", NAMES[:3], (above("c1", "c2"),), zero=("c3",))
    assert region.holds(np.array([0.5, 0.5, 0.0]))
    assert not region.holds(np.array([0.4, 0.6, 0.0]))
    assert not region.holds(np.array([0.5, 0.4, 0.1]))
    assert not region.holds(np.array([1.1, -0.1, 0.0]))


# --- contradictions ---


def room(names: Sequence[str], bounds: Sequence[Bound]) -> float:
    """How far inside all bounds positive weights can be, by a linear program; above 0 if there are such weights."""
    optimize: Any = pytest.importorskip("scipy.optimize")
    position = {name: index for index, name in enumerate(names)}
    rows = []
    for bound in bounds:
        row = np.zeros(len(names) + 1)
        row[position[bound.lesser]] += 1.0
        row[position[bound.greater]] -= float(bound.factor)
        row[-1] = 1.0 if bound.strict else 0.0
        rows.append(row)
    for index in range(len(names)):
        row = np.zeros(len(names) + 1)
        row[index], row[-1] = -1.0, 1.0
        rows.append(row)
    total = np.ones((1, len(names) + 1))
    total[0, -1] = 0.0
    cost = np.zeros(len(names) + 1)
    cost[-1] = -1.0
    limits = [(0.0, None)] * len(names) + [(-1.0, 1.0)]
    found = optimize.linprog(cost, A_ub=np.array(rows), b_ub=np.zeros(len(rows)), A_eq=total, b_eq=[1.0], bounds=limits)
    return float(found.x[-1]) if found.status == 0 else -1.0


ratios = st.sampled_from(
    [Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(1), Fraction(3, 2), Fraction(2), Fraction(5)]
)


@st.composite
def any_bounds(draw: st.DrawFn) -> tuple[tuple[str, ...], list[Bound]]:
    names = NAMES[: draw(st.integers(2, 5))]
    pairs = st.permutations(names).map(lambda order: order[:2])
    parts = draw(st.lists(st.tuples(pairs, ratios, st.booleans()), min_size=1, max_size=9))
    return names, [
        Bound(lesser, greater, factor, strict, f"judgement {index}")
        for index, ((lesser, greater), factor, strict) in enumerate(parts)
    ]


@repeatable
@given(any_bounds())
def test_a_contradiction_is_one_and_needs_all_of_its_bounds(drawn: tuple[tuple[str, ...], list[Bound]]) -> None:
    names, bounds = drawn
    conflict = contradiction(names, bounds)
    if not conflict:
        assert room(names, bounds) > 1e-9
        return
    assert set(conflict) <= set(bounds)
    assert room(names, conflict) <= 1e-9
    for left_out in conflict:
        rest = [bound for bound in conflict if bound is not left_out]
        assert contradiction(names, rest) == ()
        assert room(names, rest) > 1e-9


@repeatable
@given(
    st.lists(st.integers(1, 50), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([1, 1, 2, 3])), max_size=14),
)
def test_what_is_true_of_some_weights_is_no_contradiction(hidden: list[int], parts: list[tuple[int, int, int]]) -> None:
    bounds = []
    for one, other, slack in parts:
        first, second = one % len(hidden), other % len(hidden)
        if first != second:
            factor = Fraction(hidden[first] * slack, hidden[second])
            bounds.append(Bound(NAMES[first], NAMES[second], factor, slack > 1, ""))
    assert contradiction(NAMES[: len(hidden)], bounds) == ()


def test_a_circle_of_bounds_that_leave_one_point_is_no_contradiction_unless_strict() -> None:
    circle = [Bound("c1", "c2", Fraction(1, 3), False, "a"), Bound("c2", "c1", Fraction(3), False, "b")]
    assert contradiction(NAMES[:2], circle) == ()
    strict = [circle[0], Bound("c2", "c1", Fraction(3), True, "b")]
    assert set(contradiction(NAMES[:2], strict)) == set(strict)


def test_a_contradiction_is_judged_in_exact_fractions() -> None:
    """In floating point 1/3 * 3/7 * 7 may fall short of 1."""
    thirds = [Fraction(1, 3), Fraction(3, 7), Fraction(7)]
    for order in permutations(thirds):
        circle = [
            Bound(lesser, greater, factor, False, "")
            for (lesser, greater), factor in zip((("c1", "c2"), ("c2", "c3"), ("c3", "c1")), order, strict=True)
        ]
        assert contradiction(NAMES[:3], circle) == ()


def test_of_bounds_on_the_same_pair_only_the_one_at_fault_is_named() -> None:
    loose, tight = Bound("c1", "c2", Fraction(3), False, "loose"), Bound("c1", "c2", Fraction(1, 2), False, "tight")
    other = Bound("c2", "c1", Fraction(1), False, "other")
    for bounds in ((loose, tight, other), (tight, other, loose)):
        assert {bound.said for bound in contradiction(NAMES[:2], bounds)} == {"tight", "other"}


def test_all_corners_of_a_box_lie_in_its_region() -> None:
    ends = [(20, 40), (0.5, 90), (55, 56)]
    bounds = [bound for name, one in zip(NAMES[1:], ends, strict=False) for bound in between(name, *one)]
    region = NodeRegion("", NAMES[:4], tuple(bounds))
    for corner in product(*ends):
        weights = np.array([100.0, *corner])
        assert region.holds(weights / weights.sum())

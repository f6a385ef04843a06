"""The signed sum over vertices, against lengths of intervals and areas of polygons in exact fractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.acceptability.vertices import Arrangement, VertexSums, candidates, vertex_sums
from problems import repeatable

Floats = NDArray[np.float64]
Point = tuple[Fraction, ...]
Polygon = tuple[Point, ...]
Values = Sequence[Sequence[int]]


def sums(values: Values | Floats, sizes: Sequence[int] = (), *, perturbed: bool = False) -> VertexSums:
    array = np.array(values, dtype=np.float64)
    return vertex_sums(array, np.array(sizes or [1] * len(array), dtype=np.int64), perturbed=perturbed)


# --- by hand ---


def test_two_options_on_two_criteria() -> None:
    """a is ahead where 3 w1 > 1 - w1, which is three quarters of the segment, with its middle at 5/8."""
    found = sums([[3, 0], [0, 1]])
    assert found.simple
    np.testing.assert_allclose(found.acceptability, [[3 / 4, 1 / 4], [1 / 4, 3 / 4]], rtol=0, atol=1e-14)
    middles = [[3 / 4 * 5 / 8, 3 / 4 * 3 / 8], [1 / 4 * 1 / 8, 1 / 4 * 7 / 8]]
    np.testing.assert_allclose(found.moments, middles, rtol=0, atol=1e-14)


def test_one_option_has_the_whole_simplex() -> None:
    found = sums([[3, 1, 2, 5]])
    assert found.simple
    np.testing.assert_allclose(found.acceptability, [[1.0]], rtol=0, atol=1e-13)
    np.testing.assert_allclose(found.moments, [[0.25] * 4], rtol=0, atol=1e-13)


def test_one_option_of_one_value_has_the_whole_simplex() -> None:
    np.testing.assert_allclose(sums([[0, 0, 0]]).acceptability, [[1.0]], rtol=0, atol=1e-13)


def test_options_that_stand_for_several_put_so_many_ranks_before_others() -> None:
    found = sums([[1, 0], [0, 1]], (2, 1))
    np.testing.assert_allclose(found.acceptability, [[0.5, 0.5, 0], [0.5, 0, 0.5]], rtol=0, atol=1e-14)
    np.testing.assert_allclose(found.moments.sum(axis=0), [0.5, 0.5], rtol=0, atol=1e-14)


def test_a_vertex_with_more_ties_than_the_formula_allows_for_is_told() -> None:
    """All three tie at (1/2, 1/2); and two that tie if one criterion has all the weight."""
    for values in ([[100, 0], [0, 100], [50, 50]], [[50, 0, 10], [50, 10, 0]]):
        found = sums(values)
        assert not found.simple
        assert not found.acceptability.any()


def test_planes_that_never_meet_are_no_degeneracy() -> None:
    """b is a constant below a, so that they tie nowhere."""
    found = sums([[60, 20, 40], [50, 10, 30], [10, 70, 35]])
    assert found.simple
    assert found.acceptability[1, 0] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(("m", "n"), [(1, 1), (2, 2), (3, 4), (6, 8)])
def test_candidates_are_pairs_of_as_many_options_as_criteria(m: int, n: int) -> None:
    counted = sum(
        len(list(combinations(range(m), size))) * len(list(combinations(range(n), size)))
        for size in range(1, min(m, n) + 1)
    )
    assert candidates(m, n) == counted


def test_the_same_values_give_the_same_digits() -> None:
    values = np.random.default_rng(3).random((5, 5))
    first, again = sums(values), sums(values)
    assert first.acceptability.tobytes() == again.acceptability.tobytes()
    assert first.moments.tobytes() == again.moments.tobytes()


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1e6])
def test_the_unit_and_the_zero_of_values_do_not_matter(factor: float) -> None:
    values = np.random.default_rng(4).integers(0, 1000, (4, 4)) / 8.0
    before, after = sums(values), sums(factor * values + factor)
    np.testing.assert_allclose(after.acceptability, before.acceptability, rtol=0, atol=1e-9)
    np.testing.assert_allclose(after.moments, before.moments, rtol=0, atol=1e-9)


def test_values_near_a_degeneracy_serve_once_they_are_perturbed() -> None:
    """b is between a and c by a millionth, and is first almost nowhere."""
    found = sums(np.array([[100.0, 0.0], [50.0 + 1e-4, 50.0 + 1e-4], [0.0, 100.0]]), perturbed=True)
    assert found.simple
    np.testing.assert_allclose(found.acceptability[1], [2e-6, 1 - 2e-6, 0], rtol=0, atol=1e-9)


# --- two criteria: lengths of intervals ---


def by_intervals(values: Values) -> tuple[Floats, Floats]:
    """Indices and first moments, from the intervals of w1 in which no two change places."""
    m = len(values)
    lines = [(Fraction(row[1]), Fraction(row[0]) - Fraction(row[1])) for row in values]
    stops = {Fraction(0), Fraction(1)}
    for (a, b), (c, d) in combinations(lines, 2):
        if b != d and 0 < (c - a) / (b - d) < 1:
            stops.add((c - a) / (b - d))
    ranks, moments = np.zeros((m, m)), np.zeros((m, 2))
    for low, high in pairwise(sorted(stops)):
        middle = (low + high) / 2
        at = [a + b * middle for a, b in lines]
        for row, value in enumerate(at):
            ahead = sum(other > value for other in at)
            ranks[row, ahead] += float(high - low)
            if not ahead:
                moments[row] += [float((high - low) * middle), float((high - low) * (1 - middle))]
    return ranks, moments


@repeatable
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=7, unique=True))
def test_two_criteria_have_the_lengths_of_intervals(values: list[tuple[int, int]]) -> None:
    found = sums(values)
    if not found.simple:
        return
    ranks, moments = by_intervals(values)
    np.testing.assert_allclose(found.acceptability, ranks, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.moments, moments, rtol=0, atol=1e-9)


# --- three criteria: areas of polygons ---

TRIANGLE: Polygon = tuple(tuple(Fraction(int(row == column)) for column in range(3)) for row in range(3))


def above(polygon: Polygon, difference: Point) -> Polygon:
    """The part of a polygon where the difference is not negative (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for first, second in zip(polygon, (*polygon[1:], *polygon[:1]), strict=True):
        at = [sum((d * w for d, w in zip(difference, corner, strict=True)), Fraction(0)) for corner in (first, second)]
        if at[0] >= 0:
            kept.append(first)
        if at[0] * at[1] < 0:
            part = at[0] / (at[0] - at[1])
            kept.append(tuple(a + part * (b - a) for a, b in zip(first, second, strict=True)))
    return tuple(kept)


def area_and_moment(polygon: Polygon) -> tuple[Fraction, Point]:
    """As shares of the triangle: a fan of triangles from the first corner."""
    area, moment = Fraction(0), [Fraction(0)] * 3
    for second, third in pairwise(polygon[1:]):
        a, b = ([to[k] - polygon[0][k] for k in (0, 1)] for to in (second, third))
        part = abs(a[0] * b[1] - a[1] * b[0])
        area += part
        for k in range(3):
            moment[k] += part * (polygon[0][k] + second[k] + third[k]) / 3
    return area, tuple(moment)


def cells(
    polygon: Polygon, row: Sequence[int], rivals: Sequence[Sequence[int]], ahead: int
) -> Iterator[tuple[int, Polygon]]:
    """The parts of a polygon with the number of rivals that are ahead of a row there."""
    if len(polygon) < 3:
        return
    if not rivals:
        yield ahead, polygon
        return
    lead = tuple(Fraction(a - b) for a, b in zip(row, rivals[0], strict=True))
    yield from cells(above(polygon, lead), row, rivals[1:], ahead)
    yield from cells(above(polygon, tuple(-d for d in lead)), row, rivals[1:], ahead + 1)


def by_polygons(values: Values) -> tuple[Floats, Floats]:
    m = len(values)
    ranks, moments = np.zeros((m, m)), np.zeros((m, 3))
    for index, row in enumerate(values):
        for ahead, polygon in cells(TRIANGLE, row, [other for other in values if other != row], 0):
            area, moment = area_and_moment(polygon)
            ranks[index, ahead] += float(area)
            if not ahead:
                moments[index] += [float(part) for part in moment]
    return ranks, moments


triple = st.tuples(*[st.integers(0, 100)] * 3)


@settings(repeatable, max_examples=60)
@given(st.lists(triple, min_size=1, max_size=5, unique=True))
def test_three_criteria_have_the_areas_of_polygons(values: list[tuple[int, ...]]) -> None:
    found = sums(values)
    if not found.simple:
        return
    ranks, moments = by_polygons(values)
    np.testing.assert_allclose(found.acceptability, ranks, rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.moments, moments, rtol=0, atol=1e-8)


def test_five_options_on_three_criteria_in_general_position() -> None:
    """Ensures that the property above is not vacuous."""
    values = [(83, 12, 57), (22, 91, 38), (61, 47, 5), (9, 55, 78), (44, 43, 49)]
    found = sums(values)
    assert found.simple
    ranks, moments = by_polygons(values)
    assert (ranks > 0).sum() > 12
    np.testing.assert_allclose(found.acceptability, ranks, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.moments, moments, rtol=0, atol=1e-12)


@settings(repeatable, max_examples=25)
@given(st.integers(0, 2**32), st.integers(2, 5), st.integers(2, 5))
def test_the_order_of_rows_and_columns_does_not_matter(seed: int, m: int, n: int) -> None:
    random = np.random.default_rng(seed)
    values = random.random((m, n))
    rows, columns = random.permutation(m), random.permutation(n)
    before, after = sums(values), sums(values[rows][:, columns])
    np.testing.assert_allclose(after.acceptability, before.acceptability[rows], rtol=0, atol=1e-7)
    np.testing.assert_allclose(after.moments, before.moments[rows][:, columns], rtol=0, atol=1e-7)


def test_the_planes_of_a_simplex_serve_its_moved_and_scaled_copies() -> None:
    random = np.random.default_rng(8)
    values, sizes = random.uniform(0, 100, (5, 4)), np.ones(5, dtype=np.int64)
    planes = Arrangement(values)
    for factor in (1.0, 0.3, 2.0, -0.7):
        shift = random.uniform(-20, 20, 5)
        found, alone = planes.sums(shift, factor, sizes), vertex_sums(shift[:, None] + factor * values, sizes)
        assert found.simple and alone.simple
        np.testing.assert_allclose(found.acceptability, alone.acceptability, rtol=0, atol=1e-9)
        np.testing.assert_allclose(found.moments, alone.moments, rtol=0, atol=1e-9)

"""All indices of SMAA-2 without sampling, against a simplex cut up in exact fractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.acceptability.exact import (
    GATE,
    NotExact,
    exact_acceptability,
    exact_pairs,
)
from policy_options.analysis.acceptability.results import Acceptability, ExactBasis
from policy_options.analysis.acceptability.vertices import candidates
from policy_options.analysis.elicitation.answers import Answers, Interval
from policy_options.analysis.weight_region import Piece, WeightRegion, band_region, free_region, judged_region
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, chain, criterion, elicited, flat, group, problem, repeatable, shared, weights

Floats = NDArray[np.float64]
Point = tuple[Fraction, ...]
Simplex = tuple[Point, ...]
Values = Sequence[Sequence[float]]


def over_all(values: Values | Floats) -> Acceptability:
    of = problem(values)
    return exactly(of.likely, free_region(of.criterion_ids))


def exactly(values: Values | Floats, region: WeightRegion) -> Acceptability:
    found = exact_acceptability(problem(values), region)
    assert isinstance(found, Acceptability), found
    assert isinstance(found.basis, ExactBasis)
    assert found.basis.identity_error <= GATE
    assert (found.exact, found.scores, found.confidence) == (True, "likely", None)
    return found


# --- by hand ---


def test_options_that_are_each_best_on_one_criterion_are_first_alike() -> None:
    """Each is first where its own weight is the largest; the centre of that region is the rank-order centroid of one
    above the rest.
    """
    found = over_all(100 * np.eye(3))
    np.testing.assert_allclose(found.ranks, np.full((3, 3), 1 / 3), rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.central, np.where(np.eye(3) > 0, 11 / 18, 7 / 36), rtol=0, atol=1e-8)
    assert found.pairwise is not None
    np.testing.assert_allclose(found.pairwise, 0.5 * (1 - np.eye(3)), rtol=0, atol=1e-14)
    np.testing.assert_allclose(found.expected_rank, [2, 2, 2], rtol=0, atol=1e-14)


def test_all_weightings_depend_on_how_often_a_criterion_was_split() -> None:
    """The same two options: a is first in half of the weight vectors, and in three quarters once its criterion becomes
    two.

    That is why no verdict rests on all weight vectors.
    """
    assert over_all([[1, 0], [0, 1]]).share_first("a") == pytest.approx(0.5, abs=1e-12)
    assert over_all([[1, 1, 0], [0, 0, 1]]).share_first("a") == pytest.approx(0.75, abs=1e-12)


def test_the_mean_weights_of_groups_say_how_often_they_were_split() -> None:
    axes = [criterion("x", groups=("g",)), criterion("y", groups=("g",)), criterion("z")]
    of = problem([[1, 1, 0], [0, 0, 1]], criteria=axes, groups=[group("g")])
    found = exact_acceptability(of, free_region(of.criterion_ids))
    assert isinstance(found, Acceptability)
    assert found.group_shares == pytest.approx({"g": 2 / 3, "z": 1 / 3}, abs=1e-9)


def test_what_is_dominated_is_never_first() -> None:
    found = over_all([[60, 70, 80], [50, 60, 70], [90, 10, 40]])
    assert found.first[1] == 0.0
    assert np.isnan(found.central[1]).all()
    assert found.pairwise is not None
    assert (found.pairwise[0, 1], found.pairwise[1, 0]) == (1.0, 0.0)
    assert found.ranks[0, 2] == 0.0


def test_what_is_as_good_on_some_criteria_and_worse_on_others_is_never_first() -> None:
    found = over_all([[50, 50, 100], [50, 50, 0], [100, 0, 50], [0, 50, 100]])
    assert found.first[1] == 0.0
    assert found.first[3] == 0.0
    assert np.isnan(found.central[[1, 3]]).all()


def test_what_lies_between_two_others_is_never_first_nor_last() -> None:
    """The three tie on the whole plane on which two of them do."""
    for values in (
        [[100, 0, 20], [0, 100, 60], [50, 50, 40]],
        [[100, 0, 20, 0], [0, 100, 60, 80], [25, 75, 50, 60]],
    ):
        found = over_all(values)
        np.testing.assert_allclose(found.ranks[2], [0, 1, 0], rtol=0, atol=1e-10)
        assert np.isnan(found.central[2]).all()


def test_options_that_are_equal_share_their_ranks_evenly() -> None:
    found = over_all([[100, 0], [0, 100], [100, 0]])
    np.testing.assert_allclose(
        found.ranks, [[1 / 4, 1 / 4 + 1 / 4, 1 / 4], [1 / 2, 0, 1 / 2], [1 / 4, 1 / 2, 1 / 4]], rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(found.central, [[3 / 4, 1 / 4], [1 / 4, 3 / 4], [3 / 4, 1 / 4]], rtol=0, atol=1e-10)
    assert found.pairwise is not None
    assert (found.pairwise[0, 2], found.pairwise[2, 0]) == (0.0, 0.0)


def test_where_all_are_equal_every_rank_is_as_likely() -> None:
    found = over_all([[40, 40, 40]] * 4)
    np.testing.assert_allclose(found.ranks, np.full((4, 4), 1 / 4), rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.central, np.full((4, 3), 1 / 3), rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.expected_rank, [2.5] * 4, rtol=0, atol=1e-12)


def test_a_single_option_is_first_throughout() -> None:
    found = over_all([[30, 60]])
    np.testing.assert_allclose(found.ranks, [[1.0]], rtol=0, atol=1e-14)
    np.testing.assert_allclose(found.central, [[0.5, 0.5]], rtol=0, atol=1e-14)
    assert found.expected_rank.tolist() == [1.0]


def test_a_single_criterion_leaves_one_order() -> None:
    found = over_all([[30], [60], [30], [10]])
    np.testing.assert_allclose(
        found.ranks,
        [[0.0, 0.5, 0.5, 0.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.5, 0.5, 0.0], [0.0, 0.0, 0.0, 1.0]],
        rtol=0,
        atol=1e-14,
    )
    np.testing.assert_array_equal(found.central, [[np.nan], [1.0], [np.nan], [np.nan]])


def test_criteria_on_which_all_are_alike_change_no_share_of_two() -> None:
    """They take weight from both sides of the plane equally."""
    found = over_all([[3, 0, 50], [0, 1, 50]])
    np.testing.assert_allclose(found.ranks[0], [3 / 4, 1 / 4], rtol=0, atol=1e-9)
    everywhere = over_all([[50, 50, 50], [50, 50, 50], [20, 20, 20]])
    np.testing.assert_allclose(
        everywhere.ranks, [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]], rtol=0, atol=1e-12
    )


# --- why there is no exact answer ---


def test_a_region_that_is_not_cut_has_none() -> None:
    of = problem([[1, 2], [2, 1]])
    region = replace(free_region(of.criterion_ids), pieces=None)
    assert exact_acceptability(of, region) == NotExact("region")
    assert exact_pairs(of, region) is None


def test_more_vertices_than_are_allowed_have_none() -> None:
    of = problem(np.random.default_rng(1).random((4, 3)))
    region = free_region(of.criterion_ids)
    assert exact_acceptability(of, region, most_vertices=candidates(4, 3) - 1) == NotExact("size", candidates(4, 3))
    assert isinstance(exact_acceptability(of, region, most_vertices=candidates(4, 3)), Acceptability)


def test_more_pairs_than_are_compared_are_too_many_and_no_fault_of_the_region() -> None:
    of = problem(np.random.default_rng(1).random((1900, 6)), options=[f"o{row}" for row in range(1900)])
    found = exact_acceptability(of, free_region(of.criterion_ids))
    assert isinstance(found, NotExact)
    assert found.why == "size"


def test_equal_options_are_looked_at_once() -> None:
    found = over_all([[10, 20, 30], [30, 20, 11], [10, 20, 30], [30, 20, 11]])
    assert isinstance(found.basis, ExactBasis)
    assert found.basis.vertices == candidates(2, 3)


@pytest.mark.parametrize("ask", [exact_acceptability, exact_pairs])
def test_an_unknown_score_is_refused_by_name(ask: object) -> None:
    of = problem([[1, 2], [UNKNOWN, 4]])
    assert callable(ask)
    with pytest.raises(PolicyOptionsError) as caught:
        ask(of, free_region(of.criterion_ids))
    (fault,) = caught.value.faults
    assert (fault.code, fault.ids) == ("unknown-score", ("b",))


def test_an_unknown_score_that_can_carry_no_weight_is_no_hindrance() -> None:
    vector = shared(0.5, 0.5, 0.0)
    found = exactly([[60, 40, UNKNOWN], [40, 60, 10]], band_region(vector, 1.0))
    np.testing.assert_allclose(found.ranks, [[0.5, 0.5], [0.5, 0.5]], rtol=0, atol=1e-12)


# --- weights are matched by id ---


def test_the_criteria_of_a_region_are_matched_by_id() -> None:
    """The weights of a set may be in another order than those of the problem: c2 has 90% here, on which b is best."""
    of = problem([[100, 0], [0, 100]])
    region = band_region(weights({"c2": 0.9, "c1": 0.1}), 0.2)
    pairs = exact_pairs(of, region)
    assert pairs is not None
    assert pairs.wins.tolist() == [[0, 0], [1, 0]]
    found = exact_acceptability(of, region)
    assert isinstance(found, Acceptability)
    assert found.share_first("b") == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(found.central[1], [0.1, 0.9], rtol=0, atol=1e-9)


# --- a point ---


def at_a_point(*shares: float) -> WeightRegion:
    """The weights of a set alone, as when judgements fix all ratios."""
    array = np.array(shares)
    region = free_region(tuple(f"c{column + 1}" for column in range(len(shares))))
    return replace(region, kind="judgements", centre=array, pieces=(Piece(1.0, array[:, None]),))


def test_at_a_point_there_is_one_order() -> None:
    found = exactly([[100, 0], [0, 100], [50, 50], [30, 20]], at_a_point(0.25, 0.75))
    assert found.ranks.tolist() == [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
    assert found.central[1].tolist() == [0.25, 0.75]
    assert np.isnan(found.central[[0, 2, 3]]).all()


def test_options_that_tie_at_a_point_share_their_ranks() -> None:
    found = exactly([[100, 0], [0, 100], [50, 50], [0, 0]], at_a_point(0.5, 0.5))
    np.testing.assert_allclose(found.ranks[:3], [[1 / 3, 1 / 3, 1 / 3, 0]] * 3, rtol=0, atol=1e-15)
    assert found.ranks[3].tolist() == [0, 0, 0, 1]
    assert found.expected_rank.tolist() == [2, 2, 2, 4]


def test_options_within_a_tie_at_a_point_tie() -> None:
    """Within 1e-9 points, as in every ranking."""
    found = exactly([[50 + 4e-10, 50 + 4e-10], [50, 50], [0, 0]], at_a_point(0.5, 0.5))
    np.testing.assert_allclose(found.ranks, [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]], rtol=0, atol=1e-9)


def test_a_band_around_all_the_weight_is_a_point() -> None:
    found = exactly([[100, 0], [0, 100]], band_region(shared(0.0, 1.0), 0.5))
    assert found.ranks.tolist() == [[0, 1], [1, 0]]


# --- against exact fractions ---


def cut(simplex: Simplex, share: Fraction, planes: Sequence[Point]) -> Iterator[tuple[Simplex, Fraction]]:
    """Cut a simplex into simplices that no plane crosses: it is repeatedly halved at an edge that one crosses."""
    for plane in planes:
        at = [sum((d * w for d, w in zip(plane, corner, strict=True)), Fraction(0)) for corner in simplex]
        up = next((k for k, value in enumerate(at) if value > 0), None)
        down = next((k for k, value in enumerate(at) if value < 0), None)
        if up is None or down is None:
            continue
        part = at[down] / (at[down] - at[up])
        meeting = tuple(part * a + (1 - part) * b for a, b in zip(simplex[up], simplex[down], strict=True))
        for replaced, of_it in ((up, part), (down, 1 - part)):
            half = tuple(meeting if k == replaced else corner for k, corner in enumerate(simplex))
            yield from cut(half, share * of_it, planes)
        return
    yield simplex, share


def by_cutting(values: Values | Floats, pieces: Sequence[Piece]) -> tuple[Floats, Floats, Floats]:
    """Indices, first moments of the weights in which each is first, and pairwise winning indices."""
    rows = [[Fraction(float(value)) for value in row] for row in values]
    m, n = len(rows), len(rows[0])
    planes = tuple(dict.fromkeys(tuple(a - b for a, b in zip(*pair, strict=True)) for pair in combinations(rows, 2)))
    ranks, moments, wins = np.zeros((m, m)), np.zeros((m, n)), np.zeros((m, m))
    for piece in pieces:
        whole: Simplex = tuple(tuple(Fraction(float(w)) for w in corner) for corner in piece.vertices.T)
        for simplex, part in cut(whole, Fraction(1), planes):
            share = piece.share * float(part)
            middle = [sum(column, Fraction(0)) / len(simplex) for column in zip(*simplex, strict=True)]
            overall = [sum((v * w for v, w in zip(row, middle, strict=True)), Fraction(0)) for row in rows]
            for row, value in enumerate(overall):
                ahead, level = sum(other > value for other in overall), sum(other == value for other in overall)
                ranks[row, ahead : ahead + level] += share / level
                if not ahead:
                    moments[row] += share / level * np.array([float(w) for w in middle])
                wins[row] += [share * (value > other) for other in overall]
    return ranks, moments, wins


def assert_as_by_cutting(found: Acceptability) -> None:
    assert found.region.pieces is not None
    ranks, moments, wins = by_cutting(found.problem.values, found.region.pieces)
    m = len(ranks)
    np.testing.assert_allclose(found.ranks, ranks, rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.first[:, None] * np.nan_to_num(found.central), moments, rtol=0, atol=1e-8)
    assert found.pairwise is not None
    np.testing.assert_allclose(found.pairwise, wins, rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.expected_rank, ranks @ np.arange(1, m + 1), rtol=0, atol=1e-10)
    never = ranks[:, 0] <= 1e-14
    assert not found.first[never].any()
    assert (np.isnan(found.central).all(axis=1) == never).all()


def test_the_oracle_knows_what_is_known() -> None:
    pieces = free_region(("c1", "c2", "c3")).pieces
    assert pieces is not None
    ranks, moments, _ = by_cutting(np.eye(3), pieces)
    np.testing.assert_allclose(ranks, np.full((3, 3), 1 / 3), rtol=0, atol=1e-15)
    np.testing.assert_allclose(3 * moments, np.where(np.eye(3) > 0, 11 / 18, 7 / 36), rtol=0, atol=1e-15)


@st.composite
def matrices(draw: st.DrawFn, criteria: tuple[int, int] = (1, 4)) -> list[list[int]]:
    """Whole scores with ties, duplicates, weak dominance and options halfway between others."""
    n = draw(st.integers(*criteria))
    step = draw(st.sampled_from([50, 50, 20, 1]))
    row = st.lists(st.integers(0, 100 // step).map(lambda k: k * step), min_size=n, max_size=n)
    values = draw(st.lists(row, min_size=1, max_size=4 if n < 4 else 3))
    if len(values) > 1 and draw(st.booleans()):
        values.append(draw(st.sampled_from([values[0], [(a + b) // 2 for a, b in zip(*values[:2], strict=True)]])))
    return values


@settings(repeatable, max_examples=100)
@given(matrices())
def test_all_weightings_are_those_of_a_simplex_that_is_cut(values: list[list[int]]) -> None:
    assert_as_by_cutting(over_all(values))


@pytest.mark.parametrize(
    "values",
    [
        [[0, 50, 100], [50, 50, 50], [100, 50, 0]],
        [[0, 100, 50], [0, 50, 100], [0, 75, 75]],
        [[100, 100, 0], [100, 0, 100], [0, 100, 100], [100, 100, 0]],
        [[50, 50, 50], [100, 0, 50], [0, 100, 50], [50, 100, 0], [50, 0, 100]],
        [[100, 0, 0, 0], [0, 100, 0, 0], [0, 0, 100, 0], [25, 25, 25, 25]],
        [[100, 50, 0, 0], [50, 100, 0, 0], [0, 0, 100, 50], [0, 0, 50, 100]],
    ],
)
def test_arrangements_in_which_much_meets_at_one_point(values: list[list[int]]) -> None:
    assert_as_by_cutting(over_all(values))


def judged(judgements: dict[str, float | Interval], *order: str) -> WeightRegion:
    names = ("c1", "c2", "c3")
    found = elicited(names, Answers(judgements, tuple(chain(text) for text in order)), "swing")
    region = judged_region(found, flat(names))
    assert region is not None
    return region


REGIONS = {
    "band": band_region(shared(0.2, 0.3, 0.5), 0.4),
    "whole band": band_region(shared(0.25, 0.5, 0.25), 1.0),
    "band without one": band_region(shared(0.25, 0.0, 0.75), 0.5),
    "order": judged({}, "c2 > c1 > c3"),
    "partial order": judged({}, "c2 > c1", "c2 > c3"),
    "equals": judged({}, "c1 = c3 > c2"),
    "intervals": judged({"c1": 100, "c2": Interval(20, 60), "c3": Interval(0, 80)}),
}


@pytest.mark.parametrize("name", REGIONS)
@settings(repeatable, max_examples=12)
@given(values=matrices((3, 3)))
def test_regions_are_those_of_their_pieces_that_are_cut(name: str, values: list[list[int]]) -> None:
    """Pieces that are taken away lose some digits, so that an option that is never first may be so by less than the gate."""
    region = REGIONS[name]
    found = exactly(values, region)
    assert region.pieces is not None
    ranks, moments, wins = by_cutting(found.problem.values, region.pieces)
    np.testing.assert_allclose(found.ranks, ranks, rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.first[:, None] * np.nan_to_num(found.central), moments, rtol=0, atol=1e-8)
    assert found.pairwise is not None
    np.testing.assert_allclose(found.pairwise, wins, rtol=0, atol=1e-10)


# --- invariance under rearranging the problem ---


@settings(repeatable, max_examples=30)
@given(matrices())
def test_the_order_of_options_and_criteria_does_not_matter(values: list[list[int]]) -> None:
    before = over_all(values)
    rows, columns = range(len(values))[::-1], range(len(values[0]))[::-1]
    after = over_all([[values[row][column] for column in columns] for row in rows])
    np.testing.assert_allclose(after.ranks, before.ranks[list(rows)], rtol=0, atol=1e-8)
    np.testing.assert_allclose(after.expected_rank, before.expected_rank[list(rows)], rtol=0, atol=1e-12)
    moments = [found.first[:, None] * np.nan_to_num(found.central) for found in (before, after)]
    np.testing.assert_allclose(moments[1], moments[0][np.ix_(list(rows), list(columns))], rtol=0, atol=1e-8)


@settings(repeatable, max_examples=30)
@given(matrices(), st.data())
def test_a_copy_of_an_option_shares_its_ranks(values: list[list[int]], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(values) - 1))
    before, after = over_all(values), over_all([*values, values[row]])
    assert before.pairwise is not None
    assert after.pairwise is not None
    np.testing.assert_allclose(after.ranks[row], after.ranks[-1], rtol=0, atol=1e-12)
    np.testing.assert_allclose(after.pairwise[:-1, :-1], before.pairwise, rtol=0, atol=1e-12)
    twins = sum(other == values[row] for other in values)
    assert after.first[row] * (twins + 1) == pytest.approx(before.first[row] * twins, abs=1e-8)
    np.testing.assert_allclose(after.central[:-1], before.central, rtol=0, atol=1e-6)


# --- losing digits ---

LOSING = {
    "8 x 4": [
        [10, 70, 100, 30], [90, 50, 10, 80], [90, 60, 70, 90], [50, 70, 80, 60],
        [100, 80, 60, 70], [80, 0, 30, 100], [100, 30, 10, 10], [10, 40, 50, 100],
    ],
    "6 x 5": [
        [0, 60, 100, 30, 50], [70, 50, 10, 80, 40], [100, 60, 10, 0, 70],
        [40, 10, 30, 70, 0], [20, 80, 50, 10, 100], [100, 90, 10, 0, 30],
    ],
    "5 x 5": [
        [20, 60, 90, 100, 80], [20, 10, 30, 10, 30], [90, 20, 0, 20, 80], [40, 80, 10, 70, 50], [60, 20, 40, 20, 40],
    ],
    "4 x 5": [[67, 48, 45, 22, 15], [4, 7, 69, 54, 57], [0, 43, 57, 100, 96], [54, 68, 81, 37, 17]],
}  # fmt: skip


@pytest.mark.parametrize("name", LOSING)
def test_central_weights_are_weights_or_there_are_none(name: str) -> None:
    """Means of weights are within the region: an index of almost zero must not produce them from rounding."""
    of = problem(LOSING[name])
    region = free_region(of.criterion_ids)
    found = exact_acceptability(of, region)
    if isinstance(found, NotExact):
        return
    for central in found.central[~np.isnan(found.central).any(axis=1)]:
        assert region.holds(central, 1e-6)


def test_what_is_dominated_is_never_first_among_many() -> None:
    of = problem(LOSING["8 x 4"])
    found = exact_acceptability(of, free_region(of.criterion_ids))
    assert (of.values[4] >= of.values[6]).all()
    if isinstance(found, Acceptability):
        assert found.first[6] == 0.0


@settings(repeatable, max_examples=25)
@given(st.integers(0, 2**32), st.integers(3, 6), st.integers(3, 6))
def test_identities_hold_for_larger_problems(seed: int, m: int, n: int) -> None:
    values = np.random.default_rng(seed).integers(0, 101, (m, n)).astype(np.float64)
    found = over_all(values)
    np.testing.assert_allclose(found.ranks.sum(axis=0), 1.0, rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.ranks.sum(axis=1), 1.0, rtol=0, atol=1e-8)
    assert found.ranks.min() >= 0.0
    np.testing.assert_allclose(found.ranks @ np.arange(1, m + 1), found.expected_rank, rtol=0, atol=1e-8)
    middle = np.nansum(found.central * found.first[:, None], axis=0)
    hidden = float(found.first[np.isnan(found.central[:, 0])].sum())  # so rarely first that rounding would make them up
    np.testing.assert_allclose(middle, 1 / n, rtol=0, atol=1e-7 + hidden)
    assert hidden <= 1e-4


# --- the result ---


def test_tables_have_the_names_of_options_and_criteria() -> None:
    found = over_all([[3, 0], [0, 1], [0, 0]])
    assert list(found.ranks_table.index) == ["a", "b", "c"]
    assert found.ranks_table.columns.equals(pd.Index([1, 2, 3], name="rank"))
    assert found.ranks_table.loc["a", 1] == pytest.approx(0.75, abs=1e-9)
    assert list(found.central_table.columns) == ["c1", "c2"]
    assert found.central_table.loc["c"].isna().all()
    assert found.pairwise_table.loc["b", "a"] == pytest.approx(0.25, abs=1e-12)
    assert found.pairwise_table.columns.name == "beats"


def test_pairs_that_were_not_held_are_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        _ = replace(over_all([[3, 0], [0, 1]]), pairwise=None).pairwise_table
    assert caught.value.faults[0].code == "pairwise-not-held"


def test_a_result_cannot_be_written_to() -> None:
    found = over_all([[3, 0], [0, 1]])
    for array in (found.ranks, found.central, found.pairwise, found.expected_rank):
        assert array is not None
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0

"""Regions of weights: what they contain, and that their pieces cover exactly the whole."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.acceptability.pairwise import winning_shares
from policy_options.analysis.elicitation.answers import Answers, Interval
from policy_options.analysis.elicitation.deriving import Paths
from policy_options.analysis.elicitation.results import Elicited
from policy_options.analysis.weight_region import WeightRegion, band_region, free_region, judged_region
from policy_options.errors import PolicyOptionsError
from problems import SIBLINGS, chain, elicited, flat, repeatable, shared

Floats = NDArray[np.float64]
Judged = Mapping[str, float | Interval]

ABC = ("c1", "c2", "c3")
ABCD = (*ABC, "c4")


def swings(judged: Judged, *order: str) -> Answers:
    return Answers(judged, tuple(chain(text) for text in order))


def judging(of: Paths | tuple[str, ...], judged: Judged, *order: str) -> tuple[Elicited, WeightRegion | None]:
    """The result of swing judgements: across leaves, or across siblings if there is a tree."""
    paths = of if isinstance(of, Mapping) else flat(of)
    answers = swings(judged, *order)
    found = elicited(paths, answers, "swing", SIBLINGS) if any(paths.values()) else elicited(paths, answers, "swing")
    return found, judged_region(found, paths)


def left_open(of: Paths | tuple[str, ...], judged: Judged, *order: str) -> WeightRegion:
    region = judging(of, judged, *order)[1]
    assert region is not None
    return region


def mean(region: WeightRegion) -> Floats:
    """The joint centre of mass of the pieces."""
    assert region.pieces is not None
    assert sum(piece.share for piece in region.pieces) == pytest.approx(1.0, abs=1e-9)
    return np.asarray(sum(piece.share * piece.vertices.mean(axis=1) for piece in region.pieces))


# --- all weights ---


def test_all_weights_are_one_simplex() -> None:
    region = free_region(ABC)
    assert (region.kind, region.criteria, region.band, region.varying) == ("free", ABC, None, ())
    assert region.pieces is not None
    (piece,) = region.pieces
    assert piece.share == 1.0
    np.testing.assert_array_equal(piece.vertices, np.eye(3))
    np.testing.assert_allclose(mean(region), region.centre, rtol=0, atol=1e-15)


def test_all_weights_hold_whatever_is_a_weight() -> None:
    region = free_region(ABC)
    assert region.holds(np.array([0.0, 0.25, 0.75]))
    assert not region.holds(np.array([-0.01, 0.26, 0.75]))
    assert not region.holds(np.array([0.2, 0.2, 0.5]))


def test_a_region_cannot_be_written_to() -> None:
    region = band_region(shared(0.25, 0.75), 0.5)
    assert region.pieces is not None
    for array in (region.centre, region.lower, region.upper, region.pieces[0].vertices):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


# --- bands ---


@pytest.mark.parametrize("band", [0.0, -0.1, 1.01, float("nan"), float("inf")])
def test_a_band_that_is_none_is_refused(band: float) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        band_region(shared(0.25, 0.75), band)
    (fault,) = caught.value.faults
    assert fault.code == "band"
    assert fault.remedy


def test_a_band_is_a_share_of_each_weight() -> None:
    region = band_region(shared(0.1, 0.3, 0.6), 0.5)
    np.testing.assert_allclose(region.lower, [0.05, 0.15, 0.3], rtol=0, atol=1e-15)
    np.testing.assert_allclose(region.upper, [0.15, 0.45, 0.9], rtol=0, atol=1e-15)
    assert (region.kind, region.band) == ("band", 0.5)
    assert region.holds(np.array([0.15, 0.15, 0.7]))
    assert not region.holds(np.array([0.16, 0.15, 0.69]))


def test_a_weight_of_nothing_stays_nothing() -> None:
    region = band_region(shared(0.5, 0.0, 0.5), 1.0)
    assert region.pieces is not None
    assert not any(piece.vertices[1].any() for piece in region.pieces)
    np.testing.assert_allclose(mean(region), [0.5, 0.0, 0.5], rtol=0, atol=1e-12)


def test_a_band_around_all_the_weight_is_a_point() -> None:
    region = band_region(shared(0.0, 1.0), 0.5)
    assert region.pieces is not None
    (piece,) = region.pieces
    assert piece.vertices.shape == (2, 1)
    np.testing.assert_array_equal(piece.vertices[:, 0], [0.0, 1.0])


def test_a_band_of_two_criteria_is_a_segment() -> None:
    region = band_region(shared(0.25, 0.75), 0.2)
    np.testing.assert_allclose(mean(region), [0.25, 0.75], rtol=0, atol=1e-12)
    assert share_above(region, np.array([1.0, -0.25 / 0.75])) == pytest.approx(0.5, abs=1e-12)
    # c1 runs from 0.2 to 0.3, and is above 0.28 on a fifth of that.
    assert share_above(region, np.array([0.72, -0.28])) == pytest.approx(0.2, abs=1e-12)


def test_a_band_of_many_criteria_is_not_cut() -> None:
    assert band_region(shared(*[0.1] * 10), 0.2).pieces is not None
    assert band_region(shared(*[1 / 11] * 11), 0.2).pieces is None


@repeatable
@given(st.lists(st.integers(0, 4), min_size=1, max_size=6).filter(any), st.sampled_from([0.05, 0.3, 0.8, 1.0]))
def test_the_middle_of_a_band_is_the_set_itself(points: list[int], band: float) -> None:
    region = band_region(shared(*(point / sum(points) for point in points)), band)
    np.testing.assert_allclose(mean(region), region.centre, rtol=0, atol=1e-9)


@pytest.mark.parametrize("band", [0.1, 0.5])
def test_pieces_of_an_uneven_band_are_still_the_whole_of_it(band: float) -> None:
    """Each of nine small weights moves little of the space that the large one leaves them: the simplices almost cancel.

    The band is the same on both sides of the set, so that tied options each win in half of it. No pieces are better
    than wrong ones.
    """
    region = band_region(shared(0.91, *[0.01] * 9), band)
    if region.pieces is None:
        return
    assert sum(piece.share for piece in region.pieces) == pytest.approx(1.0, abs=1e-9)
    difference = np.array([1.0, -91.0, 0, 0, 0, 0, 0, 0, 0, 0])
    assert share_above(region, difference) == pytest.approx(0.5, abs=1e-8)


@pytest.mark.parametrize(
    ("count", "small", "band"), [(3, 1e-9, 0.01), (4, 1e-6, 0.2), (6, 1e-7, 0.01), (10, 1e-6, 0.5)]
)
def test_a_band_around_weights_of_next_to_nothing_has_true_pieces_or_none(
    count: int, small: float, band: float
) -> None:
    """By rounding, what is taken away may leave nothing of the region: that is nothing to divide by."""
    rest = [small] * (count - 1)
    region = band_region(shared(1.0 - sum(rest), *rest), band)
    assert region.holds(region.centre)
    if region.pieces is not None:
        np.testing.assert_allclose(mean(region), region.centre, rtol=0, atol=1e-9)


# --- against random points ---


def share_above(region: WeightRegion, difference: Floats) -> float:
    """The share of a region on which difference . w > 0, by its pieces."""
    assert region.pieces is not None
    wins, _ = winning_shares(np.vstack((difference, 0.0 * difference)), region.pieces)
    return float(wins[0, 1])


def accepted(region: WeightRegion, count: int = 60_000, seed: int = 5) -> Floats:
    """Uniform weights of the region: those of all weights, or of a box if that is narrower, that are inside."""
    random = np.random.default_rng(seed)
    if region.kind == "band":
        drawn = random.uniform(region.lower[:-1], region.upper[:-1], (count, len(region.lower) - 1))
        drawn = np.hstack((drawn, 1.0 - drawn.sum(axis=1, keepdims=True)))
    else:
        drawn = random.dirichlet(np.ones(len(region.lower)), count)
    keeps = ((drawn >= region.lower) & (drawn <= region.upper)).all(axis=1) & (drawn @ region.at_most.T <= 0).all(
        axis=1
    )
    found = np.asarray(drawn[keeps])
    assert len(found) > 1000
    assert region.holds(found[0])
    return found


REGIONS = {
    "band": band_region(shared(0.1, 0.2, 0.3, 0.4), 0.3),
    "wide band": band_region(shared(0.05, 0.15, 0.8), 1.0),
    "interval": left_open(ABC, {"c1": 100, "c2": Interval(20, 70), "c3": Interval(50, 90)}),
    "interval from nothing": left_open(
        ABCD, {"c1": 100, "c2": Interval(0, 70), "c3": Interval(), "c4": Interval(30, 60)}
    ),
    "order": left_open(ABCD, {}, "c2 > c4 > c1 > c3"),
    "partial order": left_open(ABCD, {"c3": 100}, "c1 > c2", "c3 > c4", "c3 > c1"),
}


@pytest.mark.parametrize("name", REGIONS)
def test_pieces_have_the_mean_and_the_shares_of_random_points(name: str) -> None:
    """A signed sum, so that points counted in several pieces must count once, and those outside not at all."""
    region = REGIONS[name]
    points = accepted(region)
    error = 5 / np.sqrt(len(points))
    np.testing.assert_allclose(mean(region), points.mean(axis=0), rtol=0, atol=0.5 * error)
    random = np.random.default_rng(9)
    for _ in range(6):
        difference = random.normal(size=len(region.lower))
        difference -= difference @ points[random.integers(len(points))]  # a plane that goes through the region
        sampled = float((points @ difference > 0).mean())
        assert share_above(region, difference) == pytest.approx(sampled, abs=error)


@pytest.mark.parametrize("name", [*REGIONS])
def test_each_point_counts_once_inside_and_not_at_all_outside(name: str) -> None:
    region = REGIONS[name]
    assert region.pieces is not None
    random = np.random.default_rng(11)
    everywhere = random.dirichlet(np.ones(len(region.lower)), 400)
    spread = np.abs(region.centre * (1 + 0.5 * random.normal(size=(400, len(region.lower)))))
    everywhere = np.vstack((everywhere, spread / spread.sum(axis=1, keepdims=True)))
    volumes = [np.abs(np.linalg.det(piece.vertices)) for piece in region.pieces]
    density = volumes[0] / abs(region.pieces[0].share)
    seen = set()
    for point in everywhere:
        inside = 0.0
        for piece, volume in zip(region.pieces, volumes, strict=True):
            if (np.linalg.solve(piece.vertices, point) >= 0).all():
                inside += piece.share / volume * density
        assert inside == pytest.approx(float(region.holds(point, 1e-12)), abs=1e-6)
        seen.add(round(inside))
    assert seen == {0, 1}


# --- judgements ---


def test_judgements_that_fix_all_leave_no_region() -> None:
    assert judging(ABC, {"c1": 100, "c2": 25, "c3": 50})[1] is None


def test_intervals_of_one_number_leave_no_region() -> None:
    assert judging(ABC, {"c1": 100, "c2": Interval(25, 25), "c3": Interval(50, 50)})[1] is None


def test_equal_swings_leave_no_region() -> None:
    assert judging(ABC, {}, "c1 = c2 = c3")[1] is None


@pytest.mark.parametrize(
    ("judged", "order"),
    [
        ({"c1": 100.0, "c2": 50.0}, ["c2 = c3"]),
        ({"c1": 100.0, "c2": 50.0}, ["c1 > c2 = c3"]),
        ({"c1": 100.0, "c2": Interval(50, 50), "c3": 25.0}, ["c1 > c2"]),
        ({"c1": 100.0, "c2": Interval(50, 80), "c3": Interval(20, 50)}, ["c2 = c3"]),
    ],
)
def test_numbers_and_an_order_that_together_fix_all_leave_no_region(judged: Judged, order: list[str]) -> None:
    found, region = judging(ABC, judged, *order)
    assert found.weights.shares[0] in (pytest.approx(0.5), pytest.approx(4 / 7))
    assert region is None


def test_a_full_order_is_one_simplex() -> None:
    region = left_open(ABC, {}, "c3 > c1 > c2")
    assert region.pieces is not None
    (piece,) = region.pieces
    np.testing.assert_allclose(
        piece.vertices.T, [[0.0, 0.0, 1.0], [0.5, 0.0, 0.5], [1 / 3, 1 / 3, 1 / 3]], rtol=0, atol=1e-15
    )
    assert region.holds(np.array([0.3, 0.1, 0.6]))
    assert not region.holds(np.array([0.6, 0.1, 0.3]))
    assert [node.parent for node in region.varying] == [""]


def test_equals_in_an_order_move_together() -> None:
    region = left_open(ABC, {}, "c1 = c2 > c3")
    assert region.pieces is not None
    (piece,) = region.pieces
    np.testing.assert_allclose(piece.vertices.T, [[0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]], rtol=0, atol=1e-15)
    assert not region.holds(np.array([0.45, 0.4, 0.15]))


def test_an_order_of_too_many_ways_is_not_cut() -> None:
    names = tuple(f"c{index}" for index in range(1, 9))
    assert left_open(names, {}, *(f"c1 > {name}" for name in names[1:])).pieces is None


def test_a_zero_has_no_weight_anywhere() -> None:
    region = left_open(ABC, {"c1": 100, "c2": Interval(50, 100), "c3": 0})
    assert region.upper.tolist() == [1.0, 1.0, 0.0]
    assert region.pieces is not None
    assert not any(piece.vertices[2].any() for piece in region.pieces)
    np.testing.assert_allclose(mean(region), [(2 / 3 + 1 / 2) / 2, (1 / 3 + 1 / 2) / 2, 0], rtol=0, atol=1e-12)


def test_intervals_beside_an_order_are_not_cut() -> None:
    assert left_open(ABC, {"c1": 100, "c2": Interval(20, 80), "c3": Interval(20, 80)}, "c2 > c3").pieces is None


def test_narrow_intervals_of_many_swings_have_true_pieces_or_none() -> None:
    """Two with the same bounds are each ahead of the other in half of the region. No pieces are better than wrong ones."""
    names = tuple(f"c{index}" for index in range(1, 11))
    judged: dict[str, float | Interval] = {"c1": 100.0}
    region = left_open(names, judged | {name: Interval(49.5, 50.5) for name in names[1:]})
    if region.pieces is None:
        return
    assert sum(piece.share for piece in region.pieces) == pytest.approx(1.0, abs=1e-9)
    alike = np.array([0.0, 1.0, -1.0, 0, 0, 0, 0, 0, 0, 0])
    assert share_above(region, alike) == pytest.approx(0.5, abs=1e-8)


NAMES = ("c1", "c2", "c3", "c4", "c5")


@st.composite
def orders(draw: st.DrawFn) -> tuple[tuple[str, ...], list[str]]:
    names = NAMES[: draw(st.integers(2, 5))]
    levels = [draw(st.integers(0, 3)) for _ in names]
    sorted_names = sorted(zip(levels, names, strict=True))
    text = sorted_names[0][1]
    for (before, _), (level, name) in pairwise(sorted_names):
        text += f" {'=' if level == before else '>'} {name}"
    return names, [text]


@repeatable
@given(orders())
def test_the_mean_of_an_order_is_its_elicited_centre(drawn: tuple[tuple[str, ...], list[str]]) -> None:
    names, order = drawn
    found, region = judging(names, {}, *order)
    if region is None:
        assert ">" not in order[0]
        return
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-12)
    assert_corners_inside(region)


@repeatable
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(8, 40)), min_size=1, max_size=4))
def test_the_mean_of_intervals_is_their_elicited_centre(ends: list[tuple[int, int]]) -> None:
    names = NAMES[: len(ends) + 1]
    judged: dict[str, float | Interval] = {"c1": 100.0}
    judged |= {name: Interval(low, min(low + width, 100)) for name, (low, width) in zip(names[1:], ends, strict=True)}
    found, region = judging(names, judged)
    assert region is not None
    assume(region.pieces is not None)  # narrow intervals leave too little volume after what is taken away
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-7)
    assert region.holds(found.weights.shares)


def assert_corners_inside(region: WeightRegion) -> None:
    assert region.pieces is not None
    for piece in region.pieces:
        assert piece.share > 0
        for corner in piece.vertices.T:
            assert region.holds(corner)


def test_the_corners_of_a_partial_order_lie_in_it() -> None:
    for name in ("order", "partial order"):
        assert_corners_inside(REGIONS[name])


# --- down a tree ---

TREE = {"x": ("g",), "y": ("g",), "z": ("h", "k"), "v": ("h", "k"), "w": ("h",), "u": ()}
ABOVE: Judged = {"g": 100.0, "h": 60.0, "u": 40.0, "k": 100.0, "w": 100.0, "z": 100.0, "v": 50.0}


def test_one_open_node_down_a_tree_is_uniform_over_criteria() -> None:
    found, region = judging(TREE, ABOVE, "x > y")
    assert region is not None
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-12)
    assert_corners_inside(region)
    assert region.holds(found.weights.shares)
    assert not region.holds(found.weights.shares[[1, 0, 2, 3, 4, 5]])
    assert not region.holds(found.weights.shares[[0, 1, 3, 2, 4, 5]])
    assert [node.parent for node in region.varying] == ["g"]


def test_an_open_root_moves_whole_groups() -> None:
    below = {name: judgement for name, judgement in ABOVE.items() if name not in ("g", "h", "u")}
    found, region = judging(TREE, below | {"x": 100.0, "y": 20.0}, "u > g > h")
    assert region is not None
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-12)
    assert_corners_inside(region)


def test_an_open_node_deep_down_takes_the_shares_above_it() -> None:
    below = {name: judgement for name, judgement in ABOVE.items() if name not in ("z", "v")}
    judged: Judged = below | {"x": 100.0, "y": 20.0, "z": 100.0, "v": Interval(20, 40)}
    found, region = judging(TREE, judged)
    assert region is not None
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-9)
    assert region.holds(found.weights.shares)


def test_several_open_nodes_are_products_and_are_not_cut() -> None:
    below = {name: judgement for name, judgement in ABOVE.items() if name not in ("z", "v")}
    found, region = judging(TREE, below, "x > y", "z > v")
    assert region is not None
    assert region.pieces is None
    assert region.holds(found.weights.shares)
    assert [node.parent for node in region.varying] == ["g", "k"]


def test_a_group_without_weight_leaves_its_criteria_none() -> None:
    found, region = judging(TREE, {**ABOVE, "h": 0.0}, "x > y")
    assert region is not None
    assert region.upper.tolist() == [1.0, 1.0, 0.0, 0.0, 0.0, 1.0]
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-12)


@pytest.mark.parametrize("above", [("g",), ("g", "h")])
def test_criteria_that_all_stand_in_one_group_may_be_open(above: tuple[str, ...]) -> None:
    paths = dict.fromkeys(ABC, above)
    found, region = judging(paths, dict.fromkeys(above, 100.0), "c1 > c2 > c3")
    assert region is not None
    np.testing.assert_allclose(mean(region), found.weights.shares, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.weights.shares, [11 / 18, 5 / 18, 2 / 18], rtol=0, atol=1e-12)

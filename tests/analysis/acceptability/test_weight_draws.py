"""Draws are within their region, sum to 1, and have its centre as their mean."""

from __future__ import annotations

import numpy as np
import pytest

from policy_options.analysis.acceptability.sobol import ScrambledSobol, uniforms
from policy_options.analysis.acceptability.weight_draws import plan_weights
from policy_options.analysis.elicitation.answers import Answers, Interval
from policy_options.analysis.elicitation.deriving import Paths, elicit
from policy_options.analysis.weight_region import WeightRegion, band_region, free_region, judged_region
from problems import PLAIN, SIBLINGS, flat, shared

TREE: Paths = {"c1": ("g",), "c2": ("g",), "c3": ("h",), "c4": ("h",), "c5": ()}


def judged(paths: Paths, answers: Answers, *, down_tree: bool = False) -> WeightRegion:
    elicited = elicit(paths, answers, id="set", method="swing", settings=SIBLINGS if down_tree else PLAIN)
    region = judged_region(elicited, paths)
    assert region is not None
    return region


def order(*chain: str) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name in chain)


REGIONS = {
    "free": free_region(("c1", "c2", "c3", "c4")),
    "band": band_region(shared(0.4, 0.3, 0.2, 0.1), 0.5),
    "band with a zero": band_region(shared(0.6, 0.0, 0.4), 0.3),
    "order": judged(flat(("c1", "c2", "c3")), Answers({}, (order("c1", "c2", "c3"),), {}, ())),
    "partial order": judged(flat(("c1", "c2", "c3")), Answers({}, (order("c1", "c2"), order("c1", "c3")), {}, ())),
    "intervals": judged(
        flat(("c1", "c2", "c3")), Answers({"c1": 100.0, "c2": Interval(20, 60), "c3": Interval(5, 95)}, (), {}, ())
    ),
    "one open node": judged(
        TREE,
        Answers({"g": 100.0, "h": 50.0, "c5": 50.0, "c3": 100.0, "c4": 30.0}, (order("c1", "c2"),), {}, ()),
        down_tree=True,
    ),
    "two open nodes": judged(
        TREE,
        Answers({"g": 100.0, "h": 50.0, "c5": Interval(10, 90), "c3": 100.0, "c4": 30.0}, (order("c1", "c2"),), {}, ()),
        down_tree=True,
    ),
    "a group without weight": judged(
        TREE, Answers({"g": 100.0, "h": 0.0, "c5": 50.0}, (order("c1", "c2"),), {}, ()), down_tree=True
    ),
}


def draws(region: WeightRegion, count: int = 1 << 14) -> np.ndarray:
    plan = plan_weights(region, seed=3)
    sobol = ScrambledSobol(max(plan.dimensions, 1), 3, 0)
    bits = sobol.base(count)[: plan.dimensions]
    uniform = uniforms(bits, np.empty((plan.dimensions, count), dtype=np.float32))
    return plan.draw(uniform, np.random.default_rng(5))[0].astype(np.float64)


@pytest.mark.parametrize("name", REGIONS)
def test_draws_lie_in_the_region_about_its_centre(name: str) -> None:
    region = REGIONS[name]
    found = draws(region)
    np.testing.assert_allclose(found.sum(axis=0), 1, rtol=0, atol=1e-5)
    assert all(region.holds(point / point.sum(), 1e-5) for point in found.T[:500])
    mean = region.centre if region.pieces is None else sum(p.share * p.vertices.mean(axis=1) for p in region.pieces)
    np.testing.assert_allclose(found.mean(axis=1), mean, rtol=0, atol=4e-3)


def test_the_simplex_is_filled_to_its_corners() -> None:
    """One of n criteria has more than half of all weight in (1/2)^(n - 1) of weight vectors; uniforms over their sum
    fail this.
    """
    found = draws(REGIONS["free"])
    assert (found[0] > 0.5).mean() == pytest.approx(0.125, abs=0.004)
    uniform = np.random.default_rng(1).random((4, 1 << 14))
    assert ((uniform / uniform.sum(axis=0))[0] > 0.5).mean() < 0.06


def test_a_band_is_filled_evenly() -> None:
    """With two weights, each is uniform over its band."""
    found = draws(band_region(shared(0.5, 0.5), 0.4))[0]
    heights, _ = np.histogram(found, bins=8, range=(0.3, 0.7))
    np.testing.assert_allclose(heights / len(found), 1 / 8, rtol=0, atol=0.01)


def test_weights_down_a_tree_are_products_of_what_is_drawn_at_each_node() -> None:
    found = draws(REGIONS["two open nodes"])
    assert (found[0] >= found[1] - 1e-6).all()
    np.testing.assert_allclose(found[3] / found[2], 0.3, rtol=1e-4)
    assert np.corrcoef(found[0] / (found[0] + found[1]), found[4])[0, 1] == pytest.approx(0, abs=0.05)

"""SMAA-2 against a published problem: two drugs, three uncertain criteria, draws extrapolated, no preference information."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from policy_options import Dossier
from policy_options.analysis.acceptability.results import Acceptability
from policy_options.analysis.distributions import Beta
from problems import case
from support import SmallDossier

CRITERIA = {"c1": (0.0, 0.25), "c2": (0.15, 0.4), "c3": (0.0, 0.1)}


DECISION = """\
format: 1
id: thrombolytics
title: Two drugs
question: Which?
standpoint: A patient's
horizon: "2030"
scores-assume-delivery: true
owner: Us
audience: Us
date: 2026-01-01
weights: even
"""
EVEN = """\
format: 1
title: Even
holder: Nobody
status: illustrative
rationale: None was given.
method: points
judgements: {c1: 1, c2: 1, c3: 1}
"""


def thrombolytics(root: Path) -> Dossier:
    """The case as a dossier: likely scores are means, clipped to the scale; the indices do not use them."""
    small = SmallDossier(root)
    given = case("smaa-thrombolytics-free")["input"]
    lines = ["format: 1", "criteria:"]
    for name, (low, high) in CRITERIA.items():
        lines += [
            f"  - id: {name}",
            f"    title: {name}",
            "    unit: share of patients",
            "    direction: less-is-better",
        ]
        lines.append(f"    scale: {{low: {{at: {low}, means: few}}, high: {{at: {high}, means: many}}}}")
    small.put("criteria/decision.yaml", DECISION)
    small.put("criteria/criteria.yaml", "\n".join(lines) + "\n")
    small.put("criteria/weights/even.yaml", EVEN)
    for option, of_option in given["measurements"].items():
        scores = []
        for name, (low, high) in CRITERIA.items():
            alpha, beta = of_option[name]["beta"]
            likely = min(max(alpha / (alpha + beta), low), high)
            declared = f"{{kind: beta, alpha: {alpha}, beta: {beta}, off-scale: extrapolate}}"
            scores.append(f"  {name}: {{likely: {likely:.4f}, distribution: {declared}}}")
        small.put(f"options/{option}.yaml", "\n".join(["format: 1", f"title: {option}", "scores:", *scores]) + "\n")
    return small.load()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Acceptability:
    dossier = thrombolytics(tmp_path_factory.mktemp("thrombolytics"))
    assert dossier.problem.declared[0, 0] == Beta(20.0, 116.0)
    return dossier.without_preferences(seed=1, samples=400_000).drawn


EXPECTED = case("smaa-thrombolytics-free")["expected"]


def within(found: NDArray[np.float64] | None, name: str) -> None:
    assert found is not None
    np.testing.assert_allclose(found, np.array(EXPECTED[name]), rtol=0, atol=EXPECTED["tolerance"][name])


def test_rank_acceptabilities_are_those_published(found: Acceptability) -> None:
    within(found.ranks, "rank_acceptability")


def test_central_weights_are_those_published(found: Acceptability) -> None:
    within(found.central, "central_weights")


def test_confidence_factors_are_those_published(found: Acceptability) -> None:
    within(found.confidence, "confidence_factors")


def test_pairwise_winning_indices_are_those_published(found: Acceptability) -> None:
    expected = np.array(EXPECTED["pairwise_winning_index"])
    assert found.pairwise is not None
    np.testing.assert_allclose(found.pairwise, expected, rtol=0, atol=EXPECTED["tolerance"]["rank_acceptability"])


def test_the_entropy_of_ranks_is_that_published(found: Acceptability) -> None:
    shares = found.ranks[0]
    assert -float(shares @ np.log2(shares)) == pytest.approx(EXPECTED["ranking_entropy_bits"], abs=0.01)

"""Distributions declared by scores: which are refused, with their place, and what is built."""

from __future__ import annotations

import pytest

from policy_options.analysis.distributions import Beta, LogNormal, Normal, Triangular, Truncated, Uncertainty, pert
from policy_options.analysis.robustness import Thresholds
from policy_options.dossier.building import thresholds_of, uncertainty_of
from support import SmallDossier


def declare(small: SmallDossier, distribution: str, score: str = "low: 5, likely: 16, high: 18") -> None:
    small.edit("options/new-mole.yaml", "crossings: 16", f"crossings: {{{score}, distribution: {{{distribution}}}}}")


@pytest.mark.parametrize(
    ("distribution", "code", "said"),
    [
        ("kind: normal, mean: 3, off-scale: truncate", "distribution-parameter-missing", "has no sd"),
        ("kind: beta", "distribution-parameter-missing", "has no alpha and no beta"),
        ("kind: pert, mean: 3", "distribution-parameter-surplus", "does not take mean"),
        (
            "kind: normal, mean: 3, sd: 1, to: 4, off-scale: truncate",
            "distribution-parameter-surplus",
            "does not take to",
        ),
        ("kind: normal, mean: 3, sd: 0, off-scale: truncate", "distribution-not-positive", "sd is 0"),
        ("kind: beta, alpha: -1, beta: 2", "distribution-not-positive", "alpha is -1"),
        ("kind: beta, alpha: 1, beta: 2, from: 5, to: 5", "distribution-out-of-order", "from 5 to 5"),
        ("kind: normal, mean: 3, sd: 1", "off-scale-missing", "has no ends"),
        ("kind: lognormal, mean-log: 1, sd-log: 1", "off-scale-missing", "has no ends"),
        ("kind: triangular, off-scale: truncate", "off-scale-needless", "keeps to low and high"),
        ("kind: beta, alpha: 1, beta: 2, from: 10, to: 30", "off-scale-missing", "from 10 to 30, beyond the scale"),
        ("kind: normal, mean: 900, sd: 1, off-scale: truncate", "distribution-off-scale", "almost nothing"),
    ],
)
def test_a_faulty_distribution_is_refused_at_its_place(
    small: SmallDossier, distribution: str, code: str, said: str
) -> None:
    declare(small, distribution)
    fault = small.fault()
    assert fault.code == code
    assert said in fault.message
    assert fault.remedy
    assert fault.place is not None
    assert (fault.place.file, fault.place.line) == ("options/new-mole.yaml", 4)


def test_an_unknown_kind_names_those_there_are(small: SmallDossier) -> None:
    declare(small, "kind: cauchy")
    assert "triangular" in f"{small.fault().message} {small.fault().remedy}"


def test_an_unknown_score_has_no_distribution(small: SmallDossier) -> None:
    declare(small, "kind: beta, alpha: 1, beta: 2", "likely: unknown")
    assert small.fault().code == "unknown-with-distribution"


def test_pert_needs_its_bounds(small: SmallDossier) -> None:
    declare(small, "kind: pert", "likely: 16")
    assert small.fault().code == "distribution-without-bounds"


def test_levels_take_no_distribution(small: SmallDossier) -> None:
    small.edit(
        "options/new-mole.yaml",
        "outlay: large",
        "outlay: {likely: large, distribution: {kind: beta, alpha: 1, beta: 2}}",
    )
    assert small.fault().code == "distribution-on-levels"


def test_a_curve_says_nothing_of_what_is_off_the_scale(small: SmallDossier) -> None:
    small.edit(
        "criteria/criteria.yaml",
        "high: {at: 20, means: One in each hour of the day}",
        "high: {at: 20, means: One in each hour of the day}\n        value-function: {kind: exponential, midpoint: 8}",
    )
    declare(small, "kind: normal, mean: 16, sd: 2, off-scale: extrapolate")
    fault = small.fault()
    assert (fault.code, fault.remedy) == ("off-scale-curved", "write off-scale: truncate")


@pytest.mark.parametrize(
    ("distribution", "built"),
    [
        ("kind: normal, mean: 16, sd: 2, off-scale: extrapolate", Normal(16, 2)),
        ("kind: normal, mean: 16, sd: 2, off-scale: truncate", Truncated(Normal(16, 2), 0, 20)),
        ("kind: lognormal, mean-log: 2, sd-log: 0.5, off-scale: truncate", Truncated(LogNormal(2, 0.5), 0, 20)),
        ("kind: beta, alpha: 2, beta: 5", Beta(2, 5)),
        ("kind: beta, alpha: 2, beta: 5, from: 4, to: 18", Beta(2, 5, 4, 18)),
        ("kind: triangular", Triangular(5, 16, 18)),
        ("kind: pert", pert(5, 16, 18)),
    ],
)
def test_what_is_declared_is_built(small: SmallDossier, distribution: str, built: object) -> None:
    declare(small, distribution)
    problem = small.load().problem
    where = (problem.option_index["new-mole"], problem.criterion_ids.index("crossings"))
    assert problem.declared == {where: built}
    assert problem.likely[where] == 16


def test_the_decision_says_how_scores_are_drawn_and_what_a_verdict_compares_with(small: SmallDossier) -> None:
    contents = small.load().contents
    assert uncertainty_of(contents) == Uncertainty("triangular", False)
    assert thresholds_of(contents) == Thresholds(0.9, 0.5)
    small.edit(
        "criteria/decision.yaml",
        "baseline: as-is",
        "baseline: as-is\nuncertainty: {shape: pert, together: true}\n"
        "thresholds: {robust-share: 80, fragile-share: 40, band: 10}",
    )
    dossier = small.load()
    assert uncertainty_of(dossier.contents) == Uncertainty("pert", True)
    assert thresholds_of(dossier.contents) == Thresholds(0.8, 0.4)
    assert dossier.robustness("even").around.band == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("thresholds", "said"),
    [
        ("{robust-share: 60, fragile-share: 70}", "fragile-share is 70, above robust-share (60)"),
        ("{robust-share: 0}", "the number 0 is too small"),
        ("{band: 0}", "the number 0 is too small"),
        ("{band: 120}", "the number 120 is too large"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(small: SmallDossier, thresholds: str, said: str) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is", f"baseline: as-is\nthresholds: {thresholds}")
    fault = small.fault()
    assert said in fault.message
    assert fault.place is not None
    assert (fault.place.file, fault.place.line) == ("criteria/decision.yaml", 12)


def test_low_confidence_goes_with_the_problem(small: SmallDossier) -> None:
    small.edit("options/east-quay.yaml", "confidence: medium", "confidence: low")
    problem = small.load().problem
    assert problem.low_confidence == ((problem.option_index["east-quay"], problem.criterion_ids.index("crossings")),)

"""The verdict, by its rule and in order; and the options left out of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy_options.analysis.acceptability.sampled import Precision
from policy_options.analysis.assessment import assess
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import Robustness, RobustnessSettings, RobustnessVerdict, Thresholds, robustness
from policy_options.analysis.weight_region import band_region
from policy_options.errors import PolicyOptionsError
from policy_options.wording.phrases import load_phrases
from policy_options.wording.robustness import shares_sentences
from problems import UNKNOWN, criterion, problem, shared


def firm_of(
    of: Problem,
    *shares: float,
    threshold: float = 0.0,
    band: float = 0.25,
    exact: bool = False,
    thresholds: Thresholds | None = None,
) -> Robustness:
    weights = shared(*shares)
    settings = RobustnessSettings(
        precision=Precision(samples=8_192), exact=exact, thresholds=thresholds or Thresholds()
    )
    return robustness(assess(of, weights, baseline=None, threshold=threshold), band_region(weights, band), settings)


def kind(firm: Robustness) -> str:
    return firm.verdict.kind


CLOSE = problem([[60, 50], [50, 58]])
DOMINANT = problem([[80, 80], [20, 20]], low=[[70, 70], [10, 10]], high=[[90, 90], [30, 30]])
ROBUST = problem([[90, 40], [10, 45]])
ONE_SCORE = problem([[90, 30], [40, 45]], low=[[20, 30], [40, 45]], high=[[95, 30], [40, 45]])
SENSITIVE = problem([[60, 40], [20, 70]])


def test_a_lead_within_the_threshold_is_tied_whatever_else_is_so() -> None:
    assert kind(firm_of(CLOSE, 0.5, 0.5, threshold=1.0)) == "tied"
    assert kind(firm_of(CLOSE, 0.5, 0.5, threshold=0.9)) != "tied"
    assert kind(firm_of(problem([[60, 50], [50, 60]]), 0.5, 0.5)) == "tied"


def test_dominant_is_who_leads_wherever_in_their_bounds_the_scores_fall() -> None:
    assert kind(firm_of(DOMINANT, 0.5, 0.5)) == "dominant"
    wider = problem([[80, 80], [20, 20]], low=[[25, 70], [10, 10]], high=[[90, 90], [30, 30]])
    assert kind(firm_of(wider, 0.5, 0.5)) != "dominant"


def test_robust_is_first_in_nine_of_ten_weightings() -> None:
    found = firm_of(ROBUST, 0.5, 0.5).verdict
    assert (found.kind, found.share) == ("robust", 1.0)
    assert found.switching_values == 0


def test_one_score_is_enough_to_be_fragile_below_robust() -> None:
    found = firm_of(ONE_SCORE, 0.5, 0.5).verdict
    assert found.share is not None
    assert found.share >= 0.5
    assert (found.kind, found.switching_values) == ("fragile", 1)
    assert kind(firm_of(ONE_SCORE, 0.5, 0.5, thresholds=Thresholds(robust=found.share))) == "robust"


def test_under_half_is_fragile_and_between_is_sensitive() -> None:
    firm = firm_of(SENSITIVE, 0.5, 0.5)
    found = firm.verdict
    assert found.share is not None
    assert 0.5 < found.share < 0.9
    assert (found.kind, found.switching_values) == ("sensitive", 0)
    assert kind(firm_of(SENSITIVE, 0.5, 0.5, thresholds=Thresholds(0.95, 0.94))) == "fragile"


def test_a_share_too_near_to_a_threshold_is_said_to_be() -> None:
    head = ("robust", "a", "b", 5.0, 2.0, Thresholds())
    assert RobustnessVerdict(*head, share=0.9005, half_width=0.001, switching_values=0).undecided  # type: ignore[arg-type]
    assert not RobustnessVerdict(*head, share=0.95, half_width=0.001, switching_values=0).undecided  # type: ignore[arg-type]
    assert not RobustnessVerdict(*head).undecided  # type: ignore[arg-type]


def test_options_that_fail_a_red_line_are_left_out() -> None:
    axes = [criterion("c1", red_line=20.0), criterion("c2")]
    firm = firm_of(problem([[10, 100], [60, 40], [50, 45]], criteria=axes), 0.5, 0.5)
    assert (firm.left_out, firm.leader) == (("a",), "b")
    assert firm.around_uncertain.problem.option_ids == ("b", "c")
    assert firm.stability.leader == "b"


def test_a_lead_that_nothing_uncertain_can_turn_is_dominant_however_small() -> None:
    firm = firm_of(problem([[60, 60], [59, 59]]), 0.5, 0.5, threshold=2.0)
    assert kind(firm) == "dominant"
    assert (firm.assessment.verdict.kind, firm.assessment.verdict.sure) == ("clear", True)
    level = firm_of(problem([[60, 60], [60, 0]]), 1.0, 0.0, threshold=2.0)
    assert kind(level) == "tied"  # ahead only where there is no weight


def test_a_rival_with_an_unknown_score_takes_part_at_its_best() -> None:
    firm = firm_of(problem([[80, 80], [UNKNOWN, 20], [50, 40]]), 0.5, 0.5)
    assert (firm.unknown, firm.settled.contenders) == (("b",), ())
    assert firm.known.value("b") == 60.0
    assert firm.stability.of("c1").leader is not None
    high = firm.stability.of("c1").leader.high  # type: ignore[union-attr]
    assert high == pytest.approx(0.75)  # where b, at 100 on c1, ties
    assert firm.around_uncertain.problem.option_ids == ("a", "b", "c")


def test_unknown_scores_that_leave_the_first_place_open_are_fragile_and_named() -> None:
    firm = firm_of(problem([[80, 80], [UNKNOWN, 70], [50, 40]]), 0.5, 0.5)
    assert firm.settled.contenders == ("b",)
    (score,) = firm.settled.open
    assert (score.option, score.criterion, score.at) == ("b", "c1", 90.0)
    assert firm.open_at(score) == 90.1  # the first figure that puts b ahead, and not merely level
    assert (kind(firm), firm.verdict.open) == ("fragile", 1)
    assert kind(firm_of(problem([[80, 80], [79, 79], [UNKNOWN, 70]]), 0.5, 0.5, threshold=2.0)) == "tied"


def test_a_leader_with_an_unknown_score_is_asked_at_its_worst() -> None:
    firm = firm_of(problem([[UNKNOWN, 95], [10, 20], [20, 10]]), 0.2, 0.8)
    assert (firm.leader, firm.settled.contenders) == ("a", ())
    assert firm.known.value("a") == pytest.approx(76.0)
    assert firm.verdict.switching_values == 0


def test_an_unknown_score_without_weight_is_no_matter() -> None:
    assert firm_of(problem([[80, UNKNOWN], [20, 20]]), 1.0, 0.0).unknown == ()


def test_one_option_is_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        firm_of(problem([[50, 50]]), 0.5, 0.5)
    assert caught.value.faults[0].code == "one-option"


def test_exact_or_nothing() -> None:
    assert firm_of(SENSITIVE, 0.5, 0.5, exact=True).around_at_likely.exact
    uneven = firm_of(problem([[90] * 11, [80] * 11]), *[1 / 11] * 11, exact=True)
    with pytest.raises(PolicyOptionsError) as caught:
        _ = uneven.around_at_likely
    assert caught.value.faults[0].code == "not-exact"
    assert "the band" in caught.value.faults[0].message


def test_the_doubt_lies_where_more_first_places_are_lost() -> None:
    assert firm_of(ONE_SCORE, 0.5, 0.5).doubt == "scores"
    assert firm_of(SENSITIVE, 0.5, 0.5).doubt == "weights"
    assert firm_of(problem([[60, 40], [40, 60]]), 0.5, 0.5).doubt is None


ALIKE = problem([[60, 50], [55, 50]], low=[[40, 50], [35, 50]], high=[[80, 50], [75, 50]])


def test_the_setting_of_together_can_decide_the_verdict() -> None:
    """One cause moves both scores: drawn together the first is always ahead, drawn one by one often not."""
    apart = firm_of(ALIKE, 0.5, 0.5)
    assert (apart.verdict.kind, apart.with_the_other_setting) == ("fragile", "robust")
    settings = replace(apart.settings, uncertainty=replace(apart.settings.uncertainty, together=True))
    together = replace(apart, settings=settings)
    assert (together.verdict.kind, together.with_the_other_setting) == ("robust", "fragile")
    assert firm_of(ROBUST, 0.5, 0.5).with_the_other_setting is None
    assert firm_of(DOMINANT, 0.5, 0.5).with_the_other_setting is None
    assert firm_of(ONE_SCORE, 0.5, 0.5).with_the_other_setting is None
    said = " ".join(shares_sentences(apart, load_phrases("en")))
    assert "The verdict depends on how scores are drawn" in said
    assert "and 100% with those of a criterion together, which would make it robust" in said
    said = " ".join(shares_sentences(together, load_phrases("en")))
    assert "100% with those of a criterion together, which is what the decision says" in said

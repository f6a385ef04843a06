"""SMAA-2 without weights; the published case is among the tests of ``acceptability``."""

from __future__ import annotations

import numpy as np
import pytest

from policy_options.analysis.acceptability.sampled import Precision
from policy_options.analysis.no_preferences import WithoutPreferences, without_preferences
from policy_options.analysis.problem import Problem
from policy_options.analysis.robustness import RobustnessSettings
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion, problem


def asked(of: Problem) -> WithoutPreferences:
    return without_preferences(of, RobustnessSettings(precision=Precision(samples=1 << 14)))


def test_certain_scores_need_no_sample() -> None:
    found = asked(problem([[100, 0], [0, 100]]))
    assert found.drawn.exact
    np.testing.assert_allclose(found.drawn.first, [0.5, 0.5], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.drawn.central, [[0.75, 0.25], [0.25, 0.75]], rtol=0, atol=1e-9)


def test_what_fails_a_red_line_is_left_out_unless_all_do() -> None:
    axes = [criterion("c1", red_line=30.0), criterion("c2")]
    found = asked(problem([[20, 100], [50, 50], [60, 40]], criteria=axes))
    assert found.left_out == ("a",)
    assert found.drawn.problem.option_ids == ("b", "c")
    none = asked(problem([[20, 100], [10, 50]], criteria=axes))
    assert none.none_keeps
    assert none.left_out == ()
    with pytest.raises(PolicyOptionsError) as caught:
        asked(problem([[20, 100], [50, 50]], criteria=axes))
    assert caught.value.faults[0].code == "one-option"


def test_an_unknown_score_may_be_anything_on_its_scale_and_has_no_likely_share() -> None:
    found = asked(problem([[UNKNOWN], [25], [20]]))
    assert found.unknown == ("a",)
    assert found.drawn.first[0] == pytest.approx(0.75, abs=0.01)
    assert found.at_likely is not None
    assert found.at_likely.problem.option_ids == ("b", "c")
    assert asked(problem([[UNKNOWN], [25]])).at_likely is None


def test_never_is_what_another_option_rules_out_under_all_weights() -> None:
    found = asked(problem([[60, 60], [50, 50], [90, 20]], low=[[55, 55], [40, 40], [80, 10]]))
    assert found.at_likely is not None
    assert found.never(found.drawn) == {"b"}
    assert found.drawn.share_first("b") == 0.0

"""Counts over weight sets: close, level and open leads are counted separately, and unknown scores never as certain."""

from __future__ import annotations

from policy_options.analysis.overview import overview
from policy_options.analysis.problem import Problem
from policy_options.analysis.tally import Tally, tally
from problems import UNKNOWN, criterion, problem, shared

SETS = {"left": (0.8, 0.2), "even": (0.5, 0.5), "right": (0.2, 0.8)}


def counted(of: Problem, option: str, *, close: float = 0.0, dominant: bool = False) -> Tally:
    found = overview(of, [shared(*shares, id=name) for name, shares in SETS.items()])
    return tally(found, option, tuple(SETS), close_within=close, dominant=dominant)


def test_each_set_is_in_one_place() -> None:
    found = counted(problem([[60, 40], [40, 60]]), "a")
    assert found.first == ("left", "even")
    assert found.shared == ("even",)
    assert found.elsewhere == ("right",)
    assert (found.close, found.open) == ((), ())


def test_a_lead_within_the_threshold_is_close_and_still_first() -> None:
    of = problem([[62, 40], [40, 60]])
    assert counted(of, "a", close=2.0).close == ("even",)
    assert counted(of, "a", close=0.5).close == ()


def test_a_dominant_option_is_never_too_close_to_call() -> None:
    assert counted(problem([[51, 51], [50, 50]]), "a", close=2.0, dominant=True).close == ()


def test_what_unknown_scores_decide_is_open_and_not_counted_as_first() -> None:
    found = counted(problem([[80, 80], [UNKNOWN, 70]]), "a")
    assert found.first == ("right",)  # 20 points of c1 and 56 of c2 are not enough
    assert found.open == ("left", "even")


def test_an_option_behind_that_could_be_first_is_open_and_not_elsewhere() -> None:
    found = counted(problem([[80, 80], [UNKNOWN, 70]]), "b")
    assert (found.open, found.elsewhere) == (("left", "even"), ("right",))


def test_an_option_that_fails_a_red_line_is_nobodys_rival() -> None:
    axes = [criterion("c1", red_line=50.0), criterion("c2")]
    found = counted(problem([[60, 40], [40, 100]], criteria=axes), "a")
    assert found.first == ("left", "even", "right")
    assert counted(problem([[60, 40], [40, UNKNOWN]], criteria=axes), "a").open == ()


def test_only_the_sets_that_are_named_are_counted() -> None:
    found = overview(problem([[60, 40], [40, 60]]), [shared(*shares, id=name) for name, shares in SETS.items()])
    assert tally(found, "a", ("right",), close_within=0.0).sets == ("right",)

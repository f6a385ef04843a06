from __future__ import annotations

from policy_options.analysis.overview import Overview, overview
from policy_options.analysis.problem import Problem
from problems import UNKNOWN, problem, shared

SPECIALISTS = problem([[90, 10, 10], [10, 90, 10], [60, 60, 60]], options=["speed", "calm", "even"])
HEAVY_1 = shared(0.8, 0.1, 0.1, id="heavy-1")
HEAVY_2 = shared(0.1, 0.8, 0.1, id="heavy-2")
HEAVY_3 = shared(0.1, 0.1, 0.8, id="heavy-3")
MILD_1 = shared(0.4, 0.3, 0.3, id="mild-1")


def test_leaders_under_each_set() -> None:
    found = overview(SPECIALISTS, [HEAVY_1, MILD_1, HEAVY_2])
    assert found.firsts == {"heavy-1": ("speed",), "mild-1": ("even",), "heavy-2": ("calm",)}
    assert [ranking.weights.id for ranking in found.rankings] == ["heavy-1", "mild-1", "heavy-2"]


def test_leaders_that_tie_all_lead() -> None:
    found = overview(problem([[50, 10], [50, 90], [0, 0]]), [shared(1.0, 0.0, id="first"), shared(0.5, 0.5, id="both")])
    assert found.firsts == {"first": ("a", "b"), "both": ("b",)}


def test_the_best_on_each_criterion_alone() -> None:
    of = problem([[90, 10, 40, UNKNOWN], [10, 90, 40, UNKNOWN], [90, UNKNOWN, 40, UNKNOWN]])
    assert overview(of, [shared(1, 0, 0, 0)]).best_by_criterion == {
        "c1": ("a", "c"),
        "c2": ("b",),
        "c3": ("a", "b", "c"),
        "c4": (),
    }


def test_an_unknown_score_is_not_the_best_even_where_the_known_ones_are_poor() -> None:
    assert overview(problem([[UNKNOWN], [0]]), [shared(1.0)]).best_by_criterion == {"c1": ("b",)}


def test_the_best_include_those_that_tie_within_the_tolerance() -> None:
    assert overview(problem([[50.0], [50.0 - 5e-10], [49.0]]), [shared(1.0)]).best_by_criterion == {"c1": ("a", "b")}


def restating(of: Problem, *sets: tuple[float, ...]) -> Overview:
    return overview(of, [shared(*shares, id=f"set-{index}") for index, shares in enumerate(sets)])


def test_a_ranking_that_gives_back_the_weights_restates_them() -> None:
    found = overview(SPECIALISTS, [HEAVY_1, HEAVY_2])
    assert found.led_by_best_on_heaviest == ("heavy-1", "heavy-2")
    assert found.restates_weights


def test_one_set_led_by_an_all_rounder_is_enough_for_the_ranking_to_say_something() -> None:
    found = overview(SPECIALISTS, [HEAVY_1, MILD_1, HEAVY_2])
    assert found.led_by_best_on_heaviest == ("heavy-1", "heavy-2")
    assert not found.restates_weights


def test_a_single_set_restates_nothing() -> None:
    found = overview(SPECIALISTS, [HEAVY_1])
    assert found.led_by_best_on_heaviest == ("heavy-1",)
    assert not found.restates_weights


def test_all_leaders_must_be_best_on_a_heaviest_criterion() -> None:
    tied = problem([[80, 0], [40, 40], [0, 0]])
    found = restating(tied, (0.5, 0.5), (1.0, 0.0))
    assert found.firsts == {"set-0": ("a", "b"), "set-1": ("a",)}
    assert found.led_by_best_on_heaviest == ("set-1",)  # equal weights have no heaviest criterion
    one_not_best = restating(problem([[80, 0], [60, 30]]), (0.6, 0.4), (1.0, 0.0))
    assert one_not_best.firsts == {"set-0": ("a", "b"), "set-1": ("a",)}
    assert one_not_best.led_by_best_on_heaviest == ("set-1",)


def test_several_criteria_may_be_the_heaviest() -> None:
    found = restating(SPECIALISTS, (0.49, 0.49, 0.02), (0.2, 0.2, 0.6))
    assert found.firsts == {"set-0": ("even",), "set-1": ("even",)}
    assert found.led_by_best_on_heaviest == ("set-1",)
    assert not found.restates_weights


def test_a_heaviest_criterion_of_which_nothing_is_known_is_led_by_nobody() -> None:
    found = restating(problem([[UNKNOWN, 10], [UNKNOWN, 90]]), (0.8, 0.2), (0.7, 0.3))
    assert found.firsts == {"set-0": ("b",), "set-1": ("b",)}
    assert found.led_by_best_on_heaviest == ()


def test_the_table_has_the_ranks_of_each_option_by_set() -> None:
    table = overview(SPECIALISTS, [HEAVY_1, HEAVY_3]).table
    assert table.index.name == "option"
    assert table.index.tolist() == ["speed", "calm", "even"]
    assert table.columns.tolist() == ["heavy-1", "heavy-3"]
    assert table["heavy-1"].tolist() == [1, 3, 2]
    assert table["heavy-3"].tolist() == [2, 2, 1]

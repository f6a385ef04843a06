"""How methods agree with the additive order, why they do not, and what adding or leaving out an option does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options import Dossier, PolicyOptionsError
from policy_options.analysis.additive import competition_ranks
from policy_options.analysis.assessment import assess
from policy_options.analysis.crosscheck.checking import CrossCheck, cross_check, reversals_of
from policy_options.analysis.crosscheck.method import MOST_COMPARED
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.analysis.crosscheck.results import Checked
from policy_options.analysis.problem import Problem
from problems import UNKNOWN, criterion, problem, repeatable, shared


def checked(of: Problem, *shares: float, methods: tuple[str, ...] = ()) -> CrossCheck:
    return cross_check(assess(of, shared(*shares), baseline=None, threshold=2.0), methods)


def only(of: Problem, *shares: float, method: str) -> Checked:
    (found,) = checked(of, *shares, methods=(method,)).checked
    return found


def test_a_single_extreme_wins_by_sum_and_loses_by_the_worst_value() -> None:
    """By hand: a has 0.5 x 100 + 0.5 x 20 = 60 and b 50; the worst of a is 20, of b 50."""
    of = problem([[100, 20], [50, 50]])
    found = only(of, 0.5, 0.5, method="maximin")
    assert (found.standing, found.firsts, found.ranks) == ("lost", ("b",), {"a": 2, "b": 1})
    assert found.turn is not None
    assert (found.turn.better, found.turn.worse, found.turn.kind, found.turn.alone) == ("a", "b", "behind", ("worst",))
    assert found.turn.lead == pytest.approx(10.0)
    assert found.agreement is not None
    assert (found.agreement.tau_b, found.agreement.contradicted, found.agreement.pairs) == (-1.0, 1, 1)


def test_level_at_the_top_is_shared() -> None:
    found = only(problem([[100, 20], [60, 20], [10, 10]]), 0.5, 0.5, method="maximin")
    assert (found.standing, found.firsts) == ("shared", ("a", "b"))
    assert found.turn is not None and (found.turn.better, found.turn.worse, found.turn.kind) == ("a", "b", "level")


def test_where_the_leader_is_kept_the_widest_turned_pair_is_named() -> None:
    """By values: a 90, b 59, c 50, d 32; by the worst: a 90, d 30, c 20, b 18. Widest: b before d, by 27."""
    of = problem([[90, 90], [100, 18], [80, 20], [34, 30]])
    found = only(of, 0.5, 0.5, method="maximin")
    assert found.standing == "kept"
    assert found.turn is not None
    assert (found.turn.better, found.turn.worse) == ("b", "d")
    assert found.turn.lead == pytest.approx(27.0)


def test_no_turn_where_the_orders_are_the_same() -> None:
    found = only(problem([[90, 90], [50, 50]]), 0.5, 0.5, method="topsis")
    assert found.turn is None
    assert found.agreement is not None and found.agreement.tau_b == 1.0


def test_partial_orders_have_no_tau_and_count_what_they_contradict_and_leave_open() -> None:
    """In the additive order a is 1 point ahead of b; each is far better on one criterion, which ELECTRE's vetoes leave open."""
    found = only(problem([[96, 6], [10, 90]]), 0.5, 0.5, method="electre-3")
    assert found.agreement is not None
    assert (found.agreement.tau_b, found.agreement.contradicted) == (None, 0)
    assert found.ranks is None
    assert found.turn is not None and found.turn.kind in ("open", "level")


def test_leaders_that_tie_are_kept_by_a_method_that_puts_one_of_them_first() -> None:
    found = only(problem([[60, 40], [50, 50], [10, 10]]), 0.5, 0.5, method="maximin")
    assert (found.standing, found.firsts) == ("kept", ("b",))


def test_an_assumption_is_named_only_if_replacing_it_alone_turns_the_pair() -> None:
    """For every method and pair of the shipped dossier: tried here in the order of the registry, by another route."""
    dossier = Dossier.load(".")
    for weights in ("balanced", "supply-security", "fiscal-restraint"):
        found = dossier.cross_check(weights)
        for one in found.answered:
            if one.turn is None:
                continue
            i, j = (one.inputs.options.index(name) for name in (one.turn.better, one.turn.worse))
            assert one.order is not None
            assert one.order.compare(i, j) != 1
            back = {each for each in one.method.assumes if one.method.order(one.inputs, [each]).compare(i, j) == 1}
            assert set(one.turn.alone) == back
            assert found.ranking.value(one.turn.better) - found.ranking.value(one.turn.worse) == pytest.approx(
                one.turn.lead
            )


def test_adding_an_option_reorders_borda_and_never_maximin() -> None:
    """By hand, weights 3 and 2: with c, a has 3 x 2 + 0 = 6 and b 3 + 2 x 2 = 7; without c, a has 3 and b 2."""
    of = problem([[90, 10], [80, 90], [70, 50]])
    found = checked(of, 0.6, 0.4, methods=("borda", "maximin", "lexicographic"))
    borda = found.reversals["borda"]
    assert borda is not None and (borda.of_order, borda.of_first, borda.untried) == (("c",), ("c",), ())
    for method in ("maximin", "lexicographic"):
        none = found.reversals[method]
        assert none is not None and none.of_order == ()


def test_with_two_options_there_is_nothing_to_leave_out_and_with_many_none_is_tried() -> None:
    found = checked(problem([[9, 1], [2, 5]]), 0.5, 0.5, methods=("topsis",)).reversals["topsis"]
    assert found is not None and found.of_order == ()
    many = problem(np.arange(101.0)[:, None] / 4, options=[f"o{row}" for row in range(101)])
    assert checked(many, 1.0, methods=("topsis",)).reversals == {"topsis": None}


@repeatable
@given(
    st.lists(st.lists(st.integers(1, 20), min_size=2, max_size=2), min_size=3, max_size=5),
    st.sampled_from(sorted(METHODS)),
)
def test_reversals_against_a_second_run_for_each_option(rows: list[list[int]], name: str) -> None:
    of = problem(5.0 * np.array(rows))
    (one,) = checked(of, 0.7, 0.3, methods=(name,)).checked
    assert one.order is not None
    found = reversals_of(METHODS[name], one.inputs)
    for row, option in enumerate(of.option_ids):
        rest = [other for other in range(len(rows)) if other != row]
        again = only(of.keeping([of.option_ids[other] for other in rest]), 0.7, 0.3, method=name).order
        assert again is not None
        pairs = [(i, j) for i in range(len(rest)) for j in range(len(rest))]
        differs = any(one.order.compare(rest[i], rest[j]) != again.compare(i, j) for i, j in pairs)
        assert (option in found.of_order) == differs


def test_an_unknown_score_that_decides_leaves_the_first_place_open() -> None:
    of = problem([[80, 60], [60, UNKNOWN], [20, 20]])
    found = checked(of, 0.5, 0.5)
    assert found.unknown == ("b",)
    assert len(found.inputs) == 2
    maximin = next(one for one in found.answered if one.method.name == "maximin")
    assert maximin.best_rank is not None and maximin.worst_rank is not None
    assert maximin.best_rank.tolist() == [1, 1, 2] and maximin.worst_rank.tolist() == [1, 3, 3]
    # At its best b leads both by value (80 to 70) and by its worst value (60, as a's), which it shares.
    assert maximin.standing == "open"


def test_an_option_that_fails_a_red_line_is_left_out() -> None:
    axes = [criterion("c1", red_line=30.0), criterion("c2")]
    found = checked(problem([[20, 100], [60, 50], [40, 40]], criteria=axes), 0.5, 0.5)
    assert found.left_out == ("a",)
    assert found.problem.option_ids == ("b", "c")


def test_a_single_option_and_an_unknown_method_are_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        checked(problem([[1, 2]]), 0.5, 0.5)
    assert caught.value.faults[0].code == "one-option"
    assert "another method" in caught.value.faults[0].message
    with pytest.raises(PolicyOptionsError) as caught:
        checked(problem([[1, 2], [3, 4]]), 0.5, 0.5, methods=("topsys",))
    assert caught.value.faults[0].code == "unknown-id"
    assert "did you mean `topsis`" in caught.value.faults[0].remedy


def test_the_pairwise_table_and_a_cycle_without_a_winner() -> None:
    cycle = checked(problem([[3, 1, 2], [2, 3, 1], [1, 2, 3]]), 0.4, 0.3, 0.3)
    assert cycle.pairwise is not None
    np.testing.assert_allclose(cycle.pairwise, [[0, 0.7, 0.4], [0.3, 0, 0.7], [0.6, 0.3, 0]], atol=1e-12)
    assert cycle.condorcet_winner is None
    assert checked(problem([[3, 1], [2, 3]]), 0.6, 0.4).condorcet_winner == "a"


def test_many_options_have_ranks_and_no_pairs() -> None:
    m = MOST_COMPARED + 1
    of = problem(np.linspace(1, 99, m)[:, None], options=[f"o{row}" for row in range(m)])
    found = checked(of, 1.0)
    assert {one.method.name for one in found.refused} == {"promethee-1", "promethee-2", "electre-3", "copeland"}
    assert found.pairwise is None and found.condorcet_winner is None
    topsis = found.checked[0]
    assert topsis.agreement is not None and topsis.agreement.tau_b == 1.0 and topsis.turn is None


def test_ranks_follow_scores_within_a_tie() -> None:
    found = only(problem([[10, 20], [20, 10], [5, 5]]), 0.5, 0.5, method="topsis")
    assert found.order is not None and found.order.scores is not None and found.order.ranks is not None
    assert competition_ranks(found.order.scores)[0].tolist() == found.order.ranks.tolist() == [1, 1, 3]

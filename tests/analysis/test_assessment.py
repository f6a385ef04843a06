from __future__ import annotations

import pytest

from policy_options.analysis.assessment import assess
from problems import UNKNOWN, criterion, group, problem, shared


def test_it_holds_all_that_is_said_of_a_ranking() -> None:
    of = problem(
        [[0, 100], [50, 50], [75, 25]],
        options=["as-is", "quay", "mole"],
        criteria=[criterion("c1"), criterion("c2", groups=("money",))],
        groups=[group("money", role="cost")],
    )
    found = assess(of, shared(0.5, 0.5), baseline="as-is", threshold=2.0)
    assert found.baseline == "as-is"
    assert found.ranking.ranks.tolist() == [1, 1, 1]
    assert {name: lead.points for name, lead in found.leads_over_baseline.items()} == {"as-is": 0, "quay": 0, "mole": 0}
    assert found.close.threshold == 2
    assert len(found.close.pairs) == 3
    assert found.dominance.by_likely == ()
    assert found.red_lines.crossings == ()
    assert found.cost_value is not None
    assert found.cost_value.frontier == ("mole", "quay", "as-is")
    assert found.first == "as-is"


def test_leads_over_the_baseline_may_be_negative_and_open() -> None:
    of = problem([[50], [80], [20], [UNKNOWN]])
    leads = assess(of, shared(1.0), baseline="a", threshold=2.0).leads_over_baseline
    assert list(leads) == ["a", "b", "c", "d"]
    assert [leads[name].points for name in "abc"] == pytest.approx([0, 30, -30], abs=1e-12)
    assert leads["d"].points is None
    assert (leads["b"].option, leads["b"].over) == ("b", "a")


def test_without_a_baseline_there_are_no_leads_over_it() -> None:
    found = assess(problem([[50], [80]]), shared(1.0), baseline=None, threshold=2.0)
    assert found.baseline is None
    assert found.leads_over_baseline == {}
    assert found.cost_value is None


def test_the_first_keeps_all_red_lines_whatever_its_value() -> None:
    of = problem([[90, 10], [60, 40], [70, 20]], criteria=[criterion("c1"), criterion("c2", red_line=30)])
    found = assess(of, shared(1.0, 0.0), baseline=None, threshold=2.0)
    assert found.ranking.in_order == ("a", "c", "b")
    assert found.red_lines.failing == {"a", "c"}
    assert found.first == "b"


def test_where_all_cross_a_red_line_the_first_heads_the_order() -> None:
    of = problem([[10], [20]], criteria=[criterion("c1", red_line=30)])
    assert assess(of, shared(1.0), baseline=None, threshold=2.0).first == "b"


def test_an_option_that_only_might_fail_may_be_first() -> None:
    of = problem([[50], [40]], low=[[10], [40]], high=[[60], [40]], criteria=[criterion("c1", red_line=30)])
    found = assess(of, shared(1.0), baseline=None, threshold=2.0)
    assert found.first == "a"
    assert [crossing.status for crossing in found.red_lines.crossings] == ["might fail"]


def test_of_options_that_tie_the_first_is_not_one_that_another_of_them_dominates() -> None:
    """If the weights leave two level, and one is as good everywhere and better somewhere, that one is put first."""
    of = problem([[50, 10], [50, 90], [20, 0]])
    found = assess(of, shared(1.0, 0.0), baseline=None, threshold=2.0)
    assert found.ranking.leaders == ("a", "b")
    assert ("b", "a") in found.dominance.by_likely
    assert found.first == "b"

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given

from policy_options import PolicyOptionsError
from policy_options.analysis.one_way import OneWay, Stretch, one_way
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.stability import stability
from problems import UNKNOWN, criterion, group, problem, repeatable, shared, weighted, weights

THREE = ((90, 10, 30), (40, 80, 20), (60, 40, 70), (60, 40, 70))
SHARES = (Fraction(1, 4), Fraction(1, 2), Fraction(1, 4))


def three() -> Ranking:
    return rank(problem(THREE), shared(*map(float, SHARES)))


def exact_line(row: int, column: int) -> tuple[Fraction, Fraction]:
    """The value of a row with no weight and with all weight on a column, in fractions."""
    others = [SHARES[k] / (1 - SHARES[column]) * THREE[row][k] for k in range(3) if k != column]
    return sum(others, start=Fraction(0)), Fraction(THREE[row][column])


@pytest.mark.parametrize("column", [0, 1, 2])
def test_lines_and_crossings_are_those_of_exact_arithmetic(column: int) -> None:
    by_weight = one_way(three(), f"c{column + 1}")
    lines = [exact_line(row, column) for row in range(4)]
    assert by_weight.at_zero.tolist() == pytest.approx([float(start) for start, _ in lines], abs=1e-12)
    assert by_weight.at_most.tolist() == pytest.approx([float(end) for _, end in lines], abs=1e-12)
    expected: list[tuple[Fraction, str, str]] = []
    for i, j in combinations(range(4), 2):
        before, after = lines[i][0] - lines[j][0], lines[i][1] - lines[j][1]
        if before * after < 0:
            above, below = (i, j) if before > 0 else (j, i)
            expected.append((before / (before - after), "abcd"[above], "abcd"[below]))
    assert expected
    found = {(each.overtaken, each.overtaking): each.share for each in by_weight.crossings}
    assert found == pytest.approx({(above, below): float(share) for share, above, below in expected}, abs=1e-12)
    assert [each.share for each in by_weight.crossings] == sorted(found.values())


def test_stretches_say_who_leads_and_name_those_that_are_alike_together() -> None:
    """With others at 2 to 1, c1 at zero: a 16.7, b 60, c and d 50; with all the weight: a 90, b 40, c and d 60."""
    by_weight = one_way(three(), "c1")
    assert [stretch.leaders for stretch in by_weight.stretches] == [("b",), ("c", "d"), ("a",)]
    ends = [(stretch.low, stretch.high) for stretch in by_weight.stretches]
    first, second = float(Fraction(1, 3)), float(Fraction(10, 19))  # 60 - 20t = 50 + 10t; 50 + 10t = 50/3 + 220/3 t
    assert ends == [
        (0.0, pytest.approx(first)),
        (by_weight.changes[0], pytest.approx(second)),
        (by_weight.changes[1], 1.0),
    ]
    assert by_weight.changes == (ends[1][0], ends[2][0])


def test_where_several_meet_in_one_point_the_steepest_leads_beyond_it() -> None:
    by_weight = one_way(rank(problem([[0, 60], [60, 0], [40, 20], [30, 30]]), shared(0.25, 0.75)), "c1")
    assert by_weight.stretches == (Stretch(0.0, 0.5, ("a",)), Stretch(0.5, 1.0, ("b",)))
    assert {each.share for each in by_weight.crossings} == {0.5}
    assert len(by_weight.crossings) == 6  # the line of d, which is level, too


def test_lines_that_meet_at_an_end_do_not_cross() -> None:
    by_weight = one_way(rank(problem([[0, 60], [60, 60], [0, 20]]), shared(0.5, 0.5)), "c1")
    assert by_weight.crossings == ()
    assert by_weight.stretches == (Stretch(0.0, 1.0, ("b",)),)


def test_a_group_moves_as_a_whole_and_what_is_locked_stays() -> None:
    of = problem(
        [[100, 0, 0, 50], [0, 100, 50, 0]],
        criteria=[criterion("x", groups=("g",)), criterion("y", groups=("g",)), criterion("z"), criterion("fixed")],
        groups=[group("g")],
    )
    ranking = rank(of, weights({"x": 0.375, "y": 0.125, "z": 0.25, "fixed": 0.25}))
    free, locked = one_way(ranking, "g"), one_way(ranking, "g", locked=["fixed"])
    assert (free.share, free.most, locked.share, locked.most) == (0.5, 1.0, 0.5, 0.75)
    assert free.at_zero.tolist() == [25.0, 25.0]
    assert free.at_most.tolist() == [75.0, 25.0]
    assert locked.at_zero.tolist() == [12.5, 37.5]
    assert locked.at_most.tolist() == [68.75, 18.75]
    assert locked.crossings[0].share == pytest.approx(0.75 / 3)  # 25 points behind at zero, 50 ahead at 0.75


@pytest.mark.parametrize(
    ("id", "locked", "code"),
    [
        ("nothing", (), "unknown-id"),
        ("a", ("nothing",), "unknown-id"),
        ("a", (), "the-rest-is-zero"),
        ("h", (), "no-proportions"),
        ("b", ("b",), "locked"),
    ],
)
def test_what_is_not_defined_is_refused_with_the_codes_of_stability(
    id: str, locked: tuple[str, ...], code: str
) -> None:
    criteria = [criterion("a"), criterion("b", groups=("h",)), criterion("c", groups=("h",))]
    of = problem([[1, 2, 3], [3, 2, 1]], criteria=criteria, groups=[group("h")])
    ranking = rank(of, weights({"a": 1.0, "b": 0.0, "c": 0.0}))
    with pytest.raises(PolicyOptionsError) as raised:
        one_way(ranking, id, locked=locked)
    assert raised.value.faults[0].code == code
    if code not in {"unknown-id"}:
        assert raised.value.faults[0].remedy
        assert stability(ranking, locked=locked).of(id).undefined == code


def test_an_unknown_score_is_refused_where_it_gains_weight_on_the_way() -> None:
    ranking = rank(problem([[10, UNKNOWN, 0], [20, 5, 0]]), shared(0.5, 0.0, 0.5))
    assert one_way(ranking, "c1").options == ("a", "b")
    with pytest.raises(PolicyOptionsError, match="`a` on `c2`"):
        one_way(ranking, "c2")


def test_a_single_option_leads_throughout() -> None:
    by_weight = one_way(rank(problem([[10, 30]]), shared(0.5, 0.5)), "c2")
    assert by_weight.stretches == (Stretch(0.0, 1.0, ("a",)),)


@repeatable
@given(weighted((2, 6)))
def test_the_lines_pass_through_the_ranking_and_stretches_hold_whoever_is_best(
    drawn: tuple[Problem, WeightVector],
) -> None:
    ranking = rank(*drawn)
    for node in stability(ranking).nodes:
        if node.undefined is not None:
            continue
        by_weight = one_way(ranking, node.id)
        np.testing.assert_allclose(by_weight.at(by_weight.share), ranking.lower, rtol=0, atol=1e-9)
        assert by_weight.stretches[0].low == 0.0
        assert by_weight.stretches[-1].high == by_weight.most
        for before, after in pairwise(by_weight.stretches):
            assert before.high == after.low
            assert before.leaders != after.leaders
        for share in np.linspace(0.0, by_weight.most, 41).tolist():
            assert_leading(by_weight, share)


def assert_leading(by_weight: OneWay, share: float) -> None:
    values = by_weight.at(share)
    for stretch in by_weight.stretches:
        if stretch.low <= share <= stretch.high:
            for leader in stretch.leaders:
                assert values[by_weight.options.index(leader)] >= values.max() - 1e-7


@repeatable
@given(weighted((2, 6)))
def test_the_stretch_of_now_is_the_stability_interval_of_the_leader(drawn: tuple[Problem, WeightVector]) -> None:
    ranking = rank(*drawn)
    for node in stability(ranking).nodes:
        if node.leader is None or node.leader.high - node.leader.low < 1e-6:
            continue
        own = [stretch for stretch in one_way(ranking, node.id).stretches if ranking.in_order[0] in stretch.leaders]
        assert own
        assert own[0].low == pytest.approx(node.leader.low, abs=1e-6)
        assert own[-1].high == pytest.approx(node.leader.high, abs=1e-6)

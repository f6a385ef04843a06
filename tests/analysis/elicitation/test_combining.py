"""Several people's weights: rules, spread and disagreement."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Answers
from policy_options.analysis.elicitation.combining import COMBINING, Combined, Rule, combine
from policy_options.analysis.elicitation.results import Elicited
from policy_options.errors import Fault, PolicyOptionsError
from problems import elicited, points, repeatable

RULES: tuple[Rule, ...] = ("mean", "geometric", "median")


def person(*ratings: float) -> Elicited:
    names = [f"c{index + 1}" for index in range(len(ratings))]
    return elicited(names, Answers(dict(zip(names, ratings, strict=True))), "points")


PEOPLE = {"ann": person(1, 1, 2), "bob": person(4, 1, 3), "cat": person(2, 7, 1)}


def weights(of: Combined) -> list[float]:
    assert of.weights is not None
    assert of.weights.id == "set"
    found: list[float] = of.weights.shares.tolist()
    assert min(found) >= 0
    assert sum(found) == pytest.approx(1.0, abs=1e-14)
    return found


def told(people: dict[str, Elicited], rule: Rule) -> tuple[Fault, ...]:
    with pytest.raises(PolicyOptionsError) as caught:
        combine(people, rule, id="set")
    return caught.value.faults


def test_without_a_rule_nothing_is_combined() -> None:
    found = combine(PEOPLE, None, id="set")
    assert (found.rule, found.weights) == (None, None)
    assert list(found.participants) == ["ann", "bob", "cat"]
    np.testing.assert_allclose(
        found.matrix, [[0.25, 0.25, 0.5], [0.5, 0.125, 0.375], [0.2, 0.7, 0.1]], rtol=0, atol=1e-15
    )


def test_the_mean_is_that_of_shares_and_not_of_ratings() -> None:
    found = combine({"ann": person(1, 1, 2), "bob": person(400, 100, 300)}, "mean", id="set")
    assert weights(found) == pytest.approx([0.375, 0.1875, 0.4375], abs=1e-15)


def test_the_geometric_mean_is_rescaled() -> None:
    found = combine({"ann": person(1, 4), "bob": person(1, 1)}, "geometric", id="set")
    roots = [(0.2 * 0.5) ** 0.5, (0.8 * 0.5) ** 0.5]
    assert weights(found) == pytest.approx([root / sum(roots) for root in roots], abs=1e-15)


def test_the_geometric_mean_keeps_ratios_that_all_agree_on() -> None:
    """Aczel and Saaty (1983): the ratio of two weights is the geometric mean of the ratios."""
    found = weights(combine(PEOPLE, "geometric", id="set"))
    ratios = [one.weights.shares[0] / one.weights.shares[1] for one in PEOPLE.values()]
    assert found[0] / found[1] == pytest.approx(float(np.prod(ratios)) ** (1 / 3), abs=1e-12)


def test_medians_are_rescaled() -> None:
    medians = [0.25, 0.25, 0.375]
    assert weights(combine(PEOPLE, "median", id="set")) == pytest.approx([m / 0.875 for m in medians], abs=1e-15)


def test_the_median_of_two_is_their_mean() -> None:
    two = {name: PEOPLE[name] for name in ("ann", "bob")}
    assert weights(combine(two, "median", id="set")) == pytest.approx(
        weights(combine(two, "mean", id="set")), abs=1e-15
    )


@pytest.mark.parametrize("rule", RULES)
def test_one_participant_and_many_alike_are_that_one(rule: Rule) -> None:
    for count in (1, 4):
        people = {f"p{index}": person(1, 2, 5) for index in range(count)}
        assert weights(combine(people, rule, id="set")) == pytest.approx([1 / 8, 2 / 8, 5 / 8], abs=1e-15)


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_participants_changes_nothing(rule: Rule) -> None:
    expected = weights(combine(PEOPLE, rule, id="set"))
    for names in permutations(PEOPLE):
        found = combine({name: PEOPLE[name] for name in names}, rule, id="set")
        assert weights(found) == pytest.approx(expected, abs=1e-15)


def test_a_geometric_mean_with_zeros_is_refused_by_all_of_them() -> None:
    faults = told({"ann": person(1, 0, 2), "bob": person(1, 1, 1), "cat": person(0, 0, 1)}, "geometric")
    assert [(fault.code, fault.ids, fault.path) for fault in faults] == [
        ("geometric-zero", ("ann", "c2"), ("participants", 0)),
        ("geometric-zero", ("cat", "c1"), ("participants", 2)),
        ("geometric-zero", ("cat", "c2"), ("participants", 2)),
    ]
    assert "`ann` gives `c2` no weight" in faults[0].message
    assert "combine: mean" in faults[0].remedy


@pytest.mark.parametrize("rule", ["mean", "median"])
def test_other_rules_take_zeros(rule: Rule) -> None:
    people = {"ann": person(1, 0, 1), "bob": person(1, 0, 3)}
    assert weights(combine(people, rule, id="set")) == pytest.approx([0.375, 0.0, 0.625], abs=1e-15)


def test_medians_that_are_all_zero_are_refused() -> None:
    (fault,) = told({"ann": person(1, 0, 0), "bob": person(0, 1, 0), "cat": person(0, 0, 1)}, "median")
    assert (fault.code, fault.ids, fault.path) == ("weights-all-zero", ("set",), ("combine",))
    assert "medians" in fault.message
    assert fault.remedy == "combine: mean"


@repeatable
@given(st.lists(points(3), min_size=1, max_size=5), st.sampled_from(RULES))
def test_combined_weights_are_shares(ratings: list[list[float]], rule: Rule) -> None:
    people = {f"p{index}": person(*one) for index, one in enumerate(ratings)}
    try:
        found = combine(people, rule, id="set")
    except PolicyOptionsError as error:
        assert {fault.code for fault in error.faults} <= {"geometric-zero", "weights-all-zero"}
        return
    matrix = np.array([one.weights.shares for one in people.values()])
    combined = np.array(weights(found))
    if rule == "mean":
        np.testing.assert_allclose(combined, matrix.mean(axis=0), rtol=0, atol=1e-14)
    for column in range(3):
        if np.ptp(matrix, axis=0).max() == 0:
            assert combined[column] == pytest.approx(matrix[0, column], abs=1e-12)


def test_the_rules_are_listed() -> None:
    assert tuple(COMBINING) == RULES


# --- how far they differ ---


def test_the_spread_on_each_criterion() -> None:
    spread = combine(PEOPLE, None, id="set").spread
    assert [one.criterion for one in spread] == ["c1", "c2", "c3"]
    assert [(one.lowest, one.highest) for one in spread] == [("cat", "bob"), ("bob", "cat"), ("cat", "ann")]
    assert [(one.low, one.high) for one in spread] == [
        pytest.approx((0.2, 0.5)), pytest.approx((0.125, 0.7)), pytest.approx((0.1, 0.5)),
    ]  # fmt: skip


def test_disagreements_are_told_the_largest_first() -> None:
    found = combine(PEOPLE, None, id="set").disagreements
    assert [{one.more, one.less} for one in found] == [{"bob", "cat"}, {"ann", "cat"}, {"ann", "bob"}]
    assert [one.share for one in found] == pytest.approx([0.575, 0.45, 0.25])
    first = found[0]
    assert (first.more, first.less, first.criterion) == ("cat", "bob", "c2")
    assert first.difference == pytest.approx(0.575)


def test_disagreement_is_symmetric() -> None:
    def table(names: tuple[str, ...]) -> dict[frozenset[str], tuple[str, str, float, str, float]]:
        found = combine({name: PEOPLE[name] for name in names}, None, id="set").disagreements
        return {
            frozenset((one.more, one.less)): (
                one.more,
                one.less,
                round(one.share, 12),
                one.criterion,
                round(one.difference, 12),
            )
            for one in found
        }

    expected = table(tuple(PEOPLE))
    for names in permutations(PEOPLE):
        assert table(names) == expected


def test_those_who_agree_have_nothing_between_them() -> None:
    (found,) = combine({"ann": person(1, 1), "bob": person(2, 2)}, None, id="set").disagreements
    assert (found.share, found.difference) == (0.0, 0.0)


def test_one_participant_disagrees_with_nobody() -> None:
    assert combine({"ann": person(1, 1)}, "mean", id="set").disagreements == ()


@repeatable
@given(st.lists(points(4), min_size=2, max_size=5))
def test_a_disagreement_is_the_weight_that_would_have_to_move(ratings: list[list[float]]) -> None:
    people = {f"p{index}": person(*one) for index, one in enumerate(ratings)}
    found = combine(people, None, id="set").disagreements
    assert len(found) == len(people) * (len(people) - 1) // 2
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    for one in found:
        more, less = people[one.more].weights.shares, people[one.less].weights.shares
        assert one.share == pytest.approx(float(np.maximum(more - less, 0).sum()), abs=1e-12)
        assert 0 <= one.difference <= one.share + 1e-12
        assert one.difference == pytest.approx(float(np.abs(more - less).max()), abs=1e-15)

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation import Across, Method, derive_weights, points_to_shares, swings_to_shares
from policy_options.errors import Fault, PolicyOptionsError
from problems import points, repeatable

Paths = Mapping[str, tuple[str, ...]]

FLAT: Paths = {"c1": (), "c2": (), "c3": ()}
TREE: Paths = {
    "outlay": ("money",),
    "speed": ("service",),
    "beauty": (),
    "calls": ("service", "contact"),
    "letters": ("service", "contact"),
}
SIBLINGS: dict[str, float] = {
    "money": 1,
    "service": 2,
    "beauty": 1,
    "outlay": 5,
    "speed": 1,
    "contact": 3,
    "calls": 30,
    "letters": 10,
}


def derive(
    of: Paths, judgements: Mapping[str, float], method: Method = "points", across: Across = "leaves"
) -> dict[str, float]:
    vector = derive_weights(of, judgements, id="set", method=method, across=across)
    assert vector.id == "set"
    assert vector.criteria == tuple(of)
    return dict(zip(vector.criteria, vector.shares.tolist(), strict=True))


def faults(
    of: Paths, judgements: Mapping[str, float], method: Method = "points", across: Across = "leaves"
) -> tuple[Fault, ...]:
    with pytest.raises(PolicyOptionsError) as caught:
        derive_weights(of, judgements, id="set", method=method, across=across)
    return caught.value.faults


def said(of_faults: tuple[Fault, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted((fault.code, fault.ids) for fault in of_faults)


def test_points_are_shared_out() -> None:
    assert derive(FLAT, {"c1": 1, "c2": 1, "c3": 2}) == {"c1": 0.25, "c2": 0.25, "c3": 0.5}


def test_judgements_are_matched_by_id_whatever_their_order() -> None:
    assert derive(FLAT, {"c3": 2, "c1": 1, "c2": 5}) == {"c1": 0.125, "c2": 0.625, "c3": 0.25}


def test_swings_are_rated_beside_100() -> None:
    shares = derive(FLAT, {"c1": 100, "c2": 25, "c3": 50}, "swing")
    assert shares == pytest.approx({"c1": 4 / 7, "c2": 1 / 7, "c3": 2 / 7}, abs=1e-15)


def test_several_swings_may_be_100() -> None:
    assert derive(FLAT, {"c1": 100, "c2": 100, "c3": 0}, "swing") == {"c1": 0.5, "c2": 0.5, "c3": 0.0}


@pytest.mark.parametrize("largest", [99.0, 101.0, 10.0])
def test_swings_whose_largest_is_not_100_are_refused(largest: float) -> None:
    (fault,) = faults(FLAT, {"c1": 5, "c2": largest, "c3": 0}, "swing")
    assert (fault.code, fault.ids) == ("swing-without-100", ("c2",))
    assert fault.remedy


def test_down_the_tree_a_weight_is_the_product_of_the_shares_on_its_way() -> None:
    shares = derive(TREE, SIBLINGS, across="siblings")
    expected = {"outlay": 1 / 4, "beauty": 1 / 4, "speed": 1 / 8, "calls": 3 / 8 * 3 / 4, "letters": 3 / 8 / 4}
    assert shares == pytest.approx(expected, abs=1e-15)


def test_down_the_tree_swings_are_100_within_each_node() -> None:
    judgements = SIBLINGS | {"service": 100, "beauty": 0, "money": 25, "outlay": 100, "contact": 100, "speed": 25}
    judgements |= {"calls": 100, "letters": 100}
    shares = derive(TREE, judgements, "swing", "siblings")
    expected = {"outlay": 0.2, "speed": 0.16, "beauty": 0.0, "calls": 0.32, "letters": 0.32}
    assert shares == pytest.approx(expected, abs=1e-15)


def test_a_flat_problem_is_the_same_across_leaves_and_siblings() -> None:
    judgements = {"c1": 3, "c2": 1, "c3": 2}
    assert derive(FLAT, judgements, across="siblings") == derive(FLAT, judgements, across="leaves")


def test_a_group_without_weight_gives_none_to_what_is_in_it() -> None:
    shares = derive(TREE, SIBLINGS | {"service": 0}, across="siblings")
    assert shares == {"outlay": 0.5, "speed": 0.0, "beauty": 0.5, "calls": 0.0, "letters": 0.0}


def test_inside_a_group_without_weight_all_may_be_zero() -> None:
    silent = SIBLINGS | {"service": 0, "speed": 0, "contact": 0, "calls": 0, "letters": 0}
    assert derive(TREE, silent, across="siblings")["outlay"] == 0.5


@pytest.mark.parametrize("across", ["leaves", "siblings"])
@pytest.mark.parametrize("method", ["points", "swing"])
def test_nothing_but_zeros_is_refused_by_all_their_ids(method: Method, across: Across) -> None:
    (fault,) = faults(FLAT, {"c1": 0, "c2": 0, "c3": 0}, method, across)
    assert (fault.code, fault.ids) == ("weights-all-zero", ("c1", "c2", "c3"))


def test_a_weighted_group_whose_criteria_are_all_zero_is_refused() -> None:
    (fault,) = faults(TREE, SIBLINGS | {"calls": 0, "letters": 0}, across="siblings")
    assert (fault.code, fault.ids) == ("weights-all-zero", ("calls", "letters"))


@pytest.mark.parametrize("bad", [-1.0, -1e-300, float("inf"), float("-inf"), float("nan")])
def test_a_judgement_that_is_negative_or_not_finite_is_refused_by_id(bad: float) -> None:
    (fault,) = faults(FLAT, {"c1": 1, "c2": bad, "c3": 1})
    assert (fault.code, fault.ids) == ("weight-negative" if bad < 0 else "weight-not-finite", ("c2",))


def test_every_negative_judgement_is_named_in_one_go() -> None:
    wrong = faults(TREE, SIBLINGS | {"calls": -1, "money": -2}, across="siblings")
    assert said(wrong) == [("weight-negative", ("calls",)), ("weight-negative", ("money",))]


def test_even_in_a_group_without_weight_a_negative_judgement_is_refused() -> None:
    (fault,) = faults(TREE, SIBLINGS | {"service": 0, "calls": -1}, across="siblings")
    assert (fault.code, fault.ids) == ("weight-negative", ("calls",))


def test_missing_and_unknown_judgements_are_named_in_one_go() -> None:
    wrong = faults(FLAT, {"c1": 1, "price": 1})
    assert said(wrong) == [("judgement-missing", ("c2",)), ("judgement-missing", ("c3",)), ("unknown-id", ("price",))]


def test_across_leaves_a_judgement_on_a_group_is_told_from_an_unknown_one() -> None:
    leaves = {"outlay": 1, "speed": 1, "beauty": 1, "calls": 1, "letters": 1, "service": 1, "servce": 1}
    assert said(faults(TREE, leaves)) == [("judgement-on-group", ("service",)), ("unknown-id", ("servce",))]


def test_down_the_tree_a_missing_group_is_named() -> None:
    without = {name: value for name, value in SIBLINGS.items() if name != "contact"}
    (fault,) = faults(TREE, without, across="siblings")
    assert (fault.code, fault.ids) == ("judgement-missing", ("contact",))


def test_every_contradiction_in_the_tree_is_named_in_one_go() -> None:
    """Two groups without a swing of 100: a person who mends one should not have to be told of the other afterwards."""
    judgements = SIBLINGS | {"service": 100, "outlay": 50, "contact": 100, "calls": 30, "letters": 10}
    wrong = faults(TREE, judgements, "swing", "siblings")
    assert said(wrong) == [("swing-without-100", ("calls",)), ("swing-without-100", ("outlay",))]


def test_missing_and_negative_judgements_are_named_in_one_go() -> None:
    wrong = faults(FLAT, {"c1": -1, "c2": 1})
    assert said(wrong) == [("judgement-missing", ("c3",)), ("weight-negative", ("c1",))]


def test_every_fault_but_an_unknown_id_has_a_remedy() -> None:
    wrong = [
        *faults(FLAT, {"c1": -1, "c2": 1, "c3": 1}),
        *faults(FLAT, {"c1": 0, "c2": 0, "c3": 0}),
        *faults(FLAT, {"c1": 1}),
        *faults(TREE, SIBLINGS),
    ]
    assert wrong
    assert all(fault.remedy for fault in wrong if fault.code != "unknown-id")


def test_very_large_and_very_small_points_are_shared_out_like_others() -> None:
    for one in (1e-300, 1e300, 5e-324, 1e308):
        assert derive(FLAT, {"c1": one, "c2": one, "c3": 0}) == {"c1": 0.5, "c2": 0.5, "c3": 0.0}


@repeatable
@given(st.integers(1, 30).flatmap(points))
def test_shares_are_not_negative_and_sum_to_one(given_points: list[float]) -> None:
    named = {f"c{index}": value for index, value in enumerate(given_points)}
    shares = points_to_shares(named)
    assert list(shares) == list(named)
    assert min(shares.values()) >= 0
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-14)
    for name, value in named.items():
        assert (shares[name] == 0) == (value == 0)


@repeatable
@given(st.integers(1, 8).flatmap(points), st.floats(1e-6, 1e6))
def test_shares_do_not_depend_on_the_size_of_the_points(given_points: list[float], factor: float) -> None:
    named = {f"c{index}": value for index, value in enumerate(given_points)}
    scaled = points_to_shares({name: value * factor for name, value in named.items()})
    assert scaled == pytest.approx(points_to_shares(named), abs=1e-14)


@repeatable
@given(st.lists(st.floats(0, 100), max_size=6))
def test_swings_are_points_whose_largest_is_100(others: list[float]) -> None:
    named = {f"c{index}": value for index, value in enumerate([*others, 100.0])}
    assert swings_to_shares(named) == points_to_shares(named)


@repeatable
@given(points(5), points(3))
def test_a_tree_shares_out_all_weight(leaves: list[float], groups: list[float]) -> None:
    named = dict(zip(("money", "service", "beauty"), groups, strict=True))
    named |= {"outlay": leaves[0] + 1, "speed": leaves[1], "contact": leaves[2] + 1, "calls": leaves[3] + 1}
    named |= {"letters": leaves[4]}
    shares = derive(TREE, named, across="siblings")
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-14)
    total = sum(groups)
    assert shares["outlay"] == pytest.approx(groups[0] / total, abs=1e-14)
    assert shares["speed"] + shares["calls"] + shares["letters"] == pytest.approx(groups[1] / total, abs=1e-14)


def test_the_vector_cannot_be_written_to() -> None:
    vector = derive_weights(FLAT, {"c1": 1, "c2": 1, "c3": 2}, id="set", method="points", across="leaves")
    assert isinstance(vector.shares, np.ndarray)
    with pytest.raises(ValueError, match="read-only"):
        vector.shares[0] = 0.9

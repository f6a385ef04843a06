"""From answers to the weights of leaves: the value tree, misplaced ids, and properties of every method."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Answers, BestWorst, Interval, Settings
from policy_options.analysis.elicitation.deriving import elicit, nodes_of
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.results import Consistency
from policy_options.errors import Fault, PolicyOptionsError
from problems import PLAIN, SIBLINGS, chain, elicited, flat, points, refusal, repeatable, shares

FLAT = flat(["c1", "c2", "c3"])
TREE = {
    "outlay": ("money",),
    "speed": ("service",),
    "beauty": (),
    "calls": ("service", "contact"),
    "letters": ("service", "contact"),
}
DOWN: dict[str, float | Interval] = {
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
    of: Mapping[str, tuple[str, ...]], judgements: Mapping[str, float | Interval], method: str = "points"
) -> dict[str, float]:
    return shares(of, Answers(judgements), method, SIBLINGS)


def down(judgements: Mapping[str, float | Interval], method: str = "points") -> tuple[Fault, ...]:
    return refusal(TREE, Answers(judgements), method, SIBLINGS)


def said(faults: tuple[Fault, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted((fault.code, fault.ids) for fault in faults)


# --- down the tree ---


def test_the_nodes_of_a_tree() -> None:
    assert nodes_of(TREE, "leaves") == {"": ("outlay", "speed", "beauty", "calls", "letters")}
    assert nodes_of(TREE, "siblings") == {
        "": ("money", "service", "beauty"),
        "money": ("outlay",),
        "service": ("speed", "contact"),
        "contact": ("calls", "letters"),
    }


def test_down_the_tree_a_weight_is_the_product_of_the_shares_on_its_way() -> None:
    expected = {"outlay": 1 / 4, "beauty": 1 / 4, "speed": 1 / 8, "calls": 3 / 8 * 3 / 4, "letters": 3 / 8 / 4}
    assert derive(TREE, DOWN) == pytest.approx(expected, abs=1e-15)


def test_down_the_tree_swings_are_100_within_each_node() -> None:
    judgements = DOWN | {"service": 100, "beauty": 0, "money": 25, "outlay": 100, "contact": 100, "speed": 25}
    judgements |= {"calls": 100, "letters": 100}
    expected = {"outlay": 0.2, "speed": 0.16, "beauty": 0.0, "calls": 0.32, "letters": 0.32}
    assert derive(TREE, judgements, "swing") == pytest.approx(expected, abs=1e-15)


def test_down_the_tree_a_total_is_reached_within_each_node() -> None:
    judgements: dict[str, float | Interval] = {"money": 20, "service": 50, "beauty": 30, "outlay": 100, "speed": 40}
    judgements |= {"contact": 60, "calls": 50, "letters": 50}
    expected = {"outlay": 0.2, "speed": 0.2, "beauty": 0.3, "calls": 0.15, "letters": 0.15}
    assert derive(TREE, judgements, "direct") == pytest.approx(expected, abs=1e-15)
    (fault,) = down(judgements | {"calls": 60}, "direct")
    assert (fault.code, fault.ids, fault.path) == (
        "total-not-reached", ("calls", "letters"), ("judgements", "calls"),
    )  # fmt: skip


def test_down_the_tree_smart_is_ten_within_each_node() -> None:
    judgements: dict[str, float | Interval] = {"money": 10, "service": 20, "beauty": 10, "outlay": 10, "speed": 10}
    judgements |= {"contact": 30, "calls": 30, "letters": 10}
    assert derive(TREE, judgements, "smart")["calls"] == pytest.approx(1 / 2 * 3 / 4 * 3 / 4, abs=1e-15)


def test_down_the_tree_there_is_an_order_for_each_node() -> None:
    lines = ("service > money = beauty", "contact > speed", "calls > letters")
    answers = Answers(order=tuple(chain(line) for line in lines))
    found = elicited(TREE, answers, "rank-order", SIBLINGS)
    root, service, contact = {"service": 2 / 3, "other": 1 / 6}, 3 / 4, 3 / 4
    expected = [1 / 6, root["service"] / 4, 1 / 6, root["service"] * service * contact, root["service"] * service / 4]
    np.testing.assert_allclose(found.weights.shares, expected, rtol=0, atol=1e-15)
    assert [region.parent for region in found.region] == ["", "service", "contact"]


def test_down_the_tree_comparisons_stand_side_by_side() -> None:
    pairwise = {"service": {"money": 2.0, "beauty": 4.0}, "money": {"beauty": 2.0}, "speed": {"contact": 1 / 3}}
    pairwise |= {"letters": {"calls": 1.0}}
    found = elicited(TREE, Answers(pairwise=pairwise), "ahp", SIBLINGS)
    expected = [2 / 7, 4 / 7 / 4, 1 / 7, 4 / 7 * 3 / 8, 4 / 7 * 3 / 8]
    np.testing.assert_allclose(found.weights.shares, expected, rtol=0, atol=1e-12)
    assert [node.parent for node in found.nodes if node.consistency] == ["", "service", "contact"]


def test_down_the_tree_there_is_a_best_and_a_worst_in_each_node() -> None:
    comparisons = (
        BestWorst("calls", "letters", {"letters": 3}, {"calls": 3}),
        BestWorst("service", "beauty", {"money": 2, "beauty": 4}, {"service": 4, "money": 2}),
        BestWorst("contact", "speed", {"speed": 3}, {"contact": 3}),
    )
    found = elicited(TREE, Answers(best_worst=comparisons), "best-worst", SIBLINGS)
    expected = [2 / 7, 4 / 7 / 4, 1 / 7, 4 / 7 * 9 / 16, 4 / 7 * 3 / 16]
    np.testing.assert_allclose(found.weights.shares, expected, rtol=0, atol=1e-9)


def test_down_the_tree_intervals_and_orders_stand_side_by_side() -> None:
    judgements: dict[str, float | Interval] = {"service": 100, "money": Interval(50, 100), "beauty": 0, "outlay": 100}
    answers = Answers(judgements, (chain("contact > speed"), chain("calls = letters")))
    found = elicited(TREE, answers, "swing", SIBLINGS)
    service = (1 / 2 + 2 / 3) / 2
    expected = [1 - service, service / 4, 0.0, service * 3 / 8, service * 3 / 8]
    np.testing.assert_allclose(found.weights.shares, expected, rtol=0, atol=1e-12)
    assert [region.parent for region in found.region] == ["", "service", "contact"]
    assert found.sampled is None


@pytest.mark.parametrize("method", ["points", "smart"])
def test_a_flat_problem_is_the_same_across_leaves_and_siblings(method: str) -> None:
    answers = Answers({"c1": 30, "c2": 10, "c3": 20})
    assert shares(FLAT, answers, method, SIBLINGS) == shares(FLAT, answers, method, PLAIN)


def test_a_group_without_weight_gives_none_to_what_is_in_it() -> None:
    expected = {"outlay": 0.5, "speed": 0.0, "beauty": 0.5, "calls": 0.0, "letters": 0.0}
    assert derive(TREE, DOWN | {"service": 0}) == expected


def test_inside_a_group_without_weight_all_may_be_zero() -> None:
    silent = DOWN | {"service": 0, "speed": 0, "contact": 0, "calls": 0, "letters": 0}
    found = elicited(TREE, Answers(silent), "points", SIBLINGS)
    assert found.weights.share("outlay") == 0.5
    assert [node.parent for node in found.nodes] == ["", "money"], "what shares out nothing is no node"


def test_a_weighted_group_whose_criteria_are_all_zero_is_refused() -> None:
    (fault,) = down(DOWN | {"calls": 0, "letters": 0})
    assert (fault.code, fault.ids, fault.path) == ("weights-all-zero", ("calls", "letters"), ("judgements", "calls"))


def test_even_in_a_group_without_weight_a_negative_judgement_is_refused() -> None:
    (fault,) = down(DOWN | {"service": 0, "calls": -1})
    assert (fault.code, fault.ids) == ("weight-negative", ("calls",))


def test_inside_a_group_without_weight_nobody_need_be_asked() -> None:
    named: dict[str, float | Interval] = {"money": 1, "service": 0, "beauty": 1, "outlay": 100}
    found = derive(TREE, named)
    assert found == {"outlay": 0.5, "speed": 0.0, "beauty": 0.5, "calls": 0.0, "letters": 0.0}


@repeatable
@given(points(5), points(3))
def test_a_tree_shares_out_all_weight(leaves: list[float], groups: list[float]) -> None:
    named: dict[str, float | Interval] = dict(zip(("money", "service", "beauty"), groups, strict=True))
    named |= {"outlay": leaves[0] + 1, "speed": leaves[1], "contact": leaves[2] + 1, "calls": leaves[3] + 1}
    named |= {"letters": leaves[4]}
    found = derive(TREE, named)
    total = sum(groups)
    assert found["outlay"] == pytest.approx(groups[0] / total, abs=1e-14)
    assert found["speed"] + found["calls"] + found["letters"] == pytest.approx(groups[1] / total, abs=1e-14)


# --- misplaced answers ---


def test_every_negative_judgement_is_named_in_one_go() -> None:
    wrong = down(DOWN | {"calls": -1, "money": -2})
    assert said(wrong) == [("weight-negative", ("calls",)), ("weight-negative", ("money",))]


def test_missing_and_unknown_judgements_are_named_in_one_go() -> None:
    wrong = refusal(FLAT, Answers({"c1": 1, "price": 1}), "points")
    assert said(wrong) == [("judgement-missing", ("c2",)), ("judgement-missing", ("c3",)), ("unknown-id", ("price",))]
    assert [fault.path for fault in wrong] == [("judgements", "price"), ("judgements", "c2"), ("judgements", "c3")]


def test_across_leaves_a_judgement_on_a_group_is_told_from_an_unknown_one() -> None:
    leaves = dict.fromkeys((*TREE, "service", "servce"), 1.0)
    wrong = refusal(TREE, Answers(leaves), "points")
    assert said(wrong) == [("judgement-on-group", ("service",)), ("unknown-id", ("servce",))]
    (group,) = (fault for fault in wrong if fault.code == "judgement-on-group")
    assert "`service` is a group" in group.message
    assert "across: siblings" in group.remedy


def test_criteria_whose_groups_were_judged_are_not_missing_as_well() -> None:
    (fault,) = refusal(TREE, Answers({"service": 1, "money": 1, "beauty": 1}), "points")
    assert (fault.code, fault.ids) == ("judgement-on-group", ("service", "money"))
    assert "`service`, `money` are groups" in fault.message


def test_down_the_tree_a_missing_group_is_named() -> None:
    (fault,) = down({name: value for name, value in DOWN.items() if name != "contact"})
    assert (fault.code, fault.ids) == ("judgement-missing", ("contact",))


def test_every_contradiction_in_the_tree_is_named_in_one_go() -> None:
    """Two groups without a swing of 100: a person who fixes one should already know about the other."""
    judgements = DOWN | {"service": 100, "outlay": 50, "contact": 100, "calls": 30, "letters": 10}
    wrong = down(judgements, "swing")
    assert said(wrong) == [("swing-without-100", ("calls",)), ("swing-without-100", ("outlay",))]


def test_missing_and_negative_judgements_are_named_in_one_go() -> None:
    wrong = refusal(FLAT, Answers({"c1": -1, "c2": 1}), "points")
    assert said(wrong) == [("judgement-missing", ("c3",)), ("weight-negative", ("c1",))]


def test_every_fault_but_an_unknown_id_has_a_remedy() -> None:
    wrong = [
        *refusal(FLAT, Answers({"c1": -1, "c2": 1, "c3": 1}), "points"),
        *refusal(FLAT, Answers({"c1": 0, "c2": 0, "c3": 0}), "points"),
        *refusal(FLAT, Answers({"c1": 1}), "points"),
        *refusal(TREE, Answers(DOWN), "points"),
    ]
    assert wrong
    assert all(fault.remedy for fault in wrong if fault.code != "unknown-id")


@pytest.mark.parametrize(
    ("method", "answers", "paths"),
    [
        ("points", Answers({"x": 1}), [("judgements", "x")]),
        ("rank-order", Answers(order=(chain("c1 > c2"), chain("c3 > x"))), [("order", 1)]),
        ("swing", Answers({"c1": 100, "c2": 3, "c3": 5}, (chain("c2 > x"),)), [("order", 0)]),
        ("ahp", Answers(pairwise={"c1": {"x": 2}}), [("pairwise", "c1", "x")]),
        ("ahp", Answers(pairwise={"x": {"c1": 2}}), [("pairwise", "x")]),
        ("best-worst", Answers(best_worst=(BestWorst("x", "c3", {}, {}),)), [("best-worst", 0, "best")]),
        ("best-worst", Answers(best_worst=(BestWorst("c1", "x", {}, {}),)), [("best-worst", 0, "worst")]),
        ("best-worst", Answers(best_worst=(BestWorst("c1", "c3", {"x": 2}, {}),)),
         [("best-worst", 0, "best-to-others", "x")]),
        ("best-worst", Answers(best_worst=(BestWorst("c1", "c3", {}, {"x": 2}),)),
         [("best-worst", 0, "others-to-worst", "x")]),
    ],
)  # fmt: skip
def test_an_unknown_id_has_the_path_to_it(method: str, answers: Answers, paths: list[tuple[Any, ...]]) -> None:
    unknown = [fault for fault in refusal(FLAT, answers, method) if fault.code == "unknown-id"]
    assert [(fault.ids, fault.path) for fault in unknown] == [(("x",), path) for path in paths]
    assert "`x` is no criterion" in unknown[0].message


def test_an_unknown_id_without_comparisons() -> None:
    pairwise: dict[str, dict[str, float]] = {"c1": {"c2": 1, "c3": 1}, "c2": {"c3": 1}, "x": {}}
    (fault,) = refusal(FLAT, Answers(pairwise=pairwise), "ahp")
    assert (fault.code, fault.ids, fault.path) == ("unknown-id", ("x",), ("pairwise", "x"))


@pytest.mark.parametrize(
    ("method", "answers", "path"),
    [
        ("rank-order", Answers(order=(chain("money > service > beauty"), chain("calls > speed"))), ("order", 1)),
        ("ahp", Answers(pairwise={"money": {"service": 2}, "calls": {"speed": 2}}), ("pairwise", "calls", "speed")),
        ("best-worst", Answers(best_worst=(BestWorst("calls", "speed", {}, {}),)), ("best-worst", 0, "worst")),
        ("best-worst", Answers(best_worst=(BestWorst("calls", "letters", {"speed": 2}, {}),)),
         ("best-worst", 0, "best-to-others", "speed")),
        ("swing", Answers({"calls": 100}, (chain("calls > speed"),)), ("order", 0)),
    ],
)  # fmt: skip
def test_down_the_tree_only_siblings_are_compared(method: str, answers: Answers, path: tuple[Any, ...]) -> None:
    wrong = [fault for fault in refusal(TREE, answers, method, SIBLINGS) if fault.code == "not-siblings"]
    (fault,) = wrong
    assert (fault.ids, fault.path) == (("calls", "speed"), path)
    assert "across: leaves" in fault.remedy


def test_groups_that_are_compared_across_leaves() -> None:
    wrong = refusal(TREE, Answers(order=(chain("service > money"),)), "rank-order")
    (fault,) = (fault for fault in wrong if fault.code == "judgement-on-group")
    assert (fault.ids, fault.path) == (("service", "money"), ("order", 0))


def test_an_id_that_stands_twice_in_an_order() -> None:
    (fault,) = refusal(FLAT, Answers({"c3": 100}, (chain("c1 > c2"), chain("c2 > c3 > c2"))), "swing")
    assert (fault.code, fault.ids, fault.path) == ("order-twice", ("c2",), ("order", 1))
    assert fault.remedy


def test_a_second_comparison_within_one_node() -> None:
    first, second = (BestWorst("c1", "c3", {"c2": 2, "c3": 4}, {"c1": 4, "c2": 2}) for _ in range(2))
    (fault,) = refusal(FLAT, Answers(best_worst=(first, second)), "best-worst")
    assert (fault.code, fault.ids, fault.path) == ("compared-twice", ("c1", "c2", "c3"), ("best-worst", 1))
    assert fault.remedy


def test_the_path_of_a_fault_is_that_among_all_answers() -> None:
    """Within its node it is the first; among all answers it is not."""
    order = (chain("service > money > beauty"), chain("contact > speed"), chain("calls > letters > calls"))
    (twice, *_) = refusal(TREE, Answers(order=order), "rank-order", SIBLINGS)
    assert (twice.code, twice.path) == ("order-twice", ("order", 2))
    order = (chain("service > money"), chain("contact > speed"), chain("calls > letters"))
    (short,) = refusal(TREE, Answers(order=order), "rank-order", SIBLINGS)
    assert (short.code, short.ids, short.path) == ("order-not-full", ("beauty",), ("order", 0))
    comparisons = (
        BestWorst("service", "beauty", {"money": 2, "beauty": 4}, {"service": 4, "money": 2}),
        BestWorst("contact", "speed", {"speed": 3}, {"contact": 3}),
        BestWorst("calls", "letters", {"letters": 3}, {"calls": 10}),
    )
    (off,) = refusal(TREE, Answers(best_worst=comparisons), "best-worst", SIBLINGS)
    assert (off.code, off.path) == ("comparison-off-scale", ("best-worst", 2, "others-to-worst", "calls"))


# --- the derivation of weights ---


def judged_best_worst(grade: float, inner: tuple[float, float], names: tuple[str, str, str]) -> BestWorst:
    best, middle, worst = names
    return BestWorst(best, worst, {middle: inner[0], worst: grade}, {best: grade, middle: inner[1]})


def test_the_consistency_of_a_tree_is_that_of_the_node_that_keeps_to_it_least() -> None:
    """One node is beyond its threshold of 0, the other within one of 0.1354: the first is what matters."""
    tree = {name: (name[0],) for name in ("a1", "a2", "a3", "b1", "b2", "b3")}
    comparisons = (
        BestWorst("a", "b", {"b": 1}, {"a": 1}),
        judged_best_worst(2, (1, 1), ("a1", "a2", "a3")),
        judged_best_worst(5, (2, 3.5), ("b1", "b2", "b3")),
    )
    found = elicited(tree, Answers(best_worst=comparisons), "best-worst", SIBLINGS)
    by_node = {node.parent: node.consistency for node in found.nodes}
    outside, inside = by_node["a"], by_node["b"]
    assert isinstance(outside, Consistency)
    assert isinstance(inside, Consistency)
    assert not outside.within
    assert inside.within
    assert found.consistency is outside


def test_the_sampling_error_is_the_largest_of_the_nodes() -> None:
    judgements: dict[str, float | Interval] = {"service": 100, "money": Interval(20, 90), "beauty": Interval(10, 80)}
    judgements |= {"outlay": 100, "speed": 100, "contact": 50, "calls": 100, "letters": 50}
    found = elicited(TREE, Answers(judgements, (chain("money > beauty"),)), "swing", Settings("siblings", seed=11))
    (sampled,) = [node.sampled for node in found.nodes if node.sampled]
    assert found.sampled is sampled
    assert sampled.seed == 11


def test_weights_that_are_fixed_have_nothing_more_to_tell() -> None:
    found = elicited(FLAT, Answers({"c1": 1, "c2": 2, "c3": 3}), "points")
    assert (found.consistency, found.region, found.sampled) == (None, (), None)
    (node,) = found.nodes
    assert (node.parent, node.children) == ("", ("c1", "c2", "c3"))


# --- properties of every method ---


def ratio_answers(weights: Mapping[str, float]) -> dict[str, Answers]:
    """The answers of a person with these weights, from 1 to 9, to each method."""
    names = list(weights)
    best, worst = max(names, key=weights.__getitem__), min(names, key=weights.__getitem__)
    by_weight = sorted(names, key=lambda name: -weights[name])
    pairwise: dict[str, dict[str, float]] = {}
    for first, second in combinations(names, 2):
        pairwise.setdefault(first, {})[second] = weights[first] / weights[second]
    over = {name: weights[best] / weights[name] for name in names if name != best}
    under = {name: weights[name] / weights[worst] for name in names if name != worst}
    total = sum(weights.values())
    return {
        "points": Answers(weights),
        "direct": Answers({name: 100 * weight / total for name, weight in weights.items()}),
        "swing": Answers({name: 100 * weight / weights[best] for name, weight in weights.items()}),
        "smart": Answers({name: 10 * weight / weights[worst] for name, weight in weights.items()}),
        "rank-order": Answers(order=(tuple((name,) for name in by_weight),)),
        "ahp": Answers(pairwise=pairwise),
        "best-worst": Answers(best_worst=(BestWorst(best, worst, over, under),)),
    }


def test_there_are_answers_for_every_method() -> None:
    assert set(ratio_answers({"c1": 1.0, "c2": 2.0})) == set(METHODS)


whole_weights = st.lists(st.integers(1, 9).map(float), min_size=2, max_size=7, unique=True)


@repeatable
@given(whole_weights)
def test_every_method_that_asks_for_ratios_gives_the_weights_that_were_meant(weights: list[float]) -> None:
    named = {f"c{index}": weight for index, weight in enumerate(weights)}
    for method, answers in ratio_answers(named).items():
        if method != "rank-order":
            found = shares(tuple(named), answers, method)
            assert list(found.values()) == pytest.approx([w / sum(weights) for w in weights], abs=1e-6), method


@repeatable
@given(whole_weights, st.randoms(use_true_random=False))
def test_permuting_criteria_permutes_weights(weights: list[float], chance: Any) -> None:
    named = {f"c{index}": weight for index, weight in enumerate(weights)}
    names = list(named)
    chance.shuffle(names)
    for method, answers in ratio_answers(named).items():
        assert shares(names, answers, method) == pytest.approx(shares(tuple(named), answers, method), abs=1e-7), method


@st.composite
def interval_answers(draw: st.DrawFn) -> tuple[list[str], Answers]:
    names = [f"c{index}" for index in range(draw(st.integers(2, 5)))]
    judged: dict[str, float | Interval] = {names[0]: 100.0}
    for name in names[1:]:
        low = draw(st.integers(1, 100))
        judged[name] = Interval(low, draw(st.integers(low, 100)))
    return names, Answers(judged)


@repeatable
@given(interval_answers(), st.randoms(use_true_random=False))
def test_permuting_criteria_permutes_the_centre_of_intervals(drawn: tuple[list[str], Answers], chance: Any) -> None:
    names, answers = drawn
    expected = shares(names, answers, "swing")
    mixed = list(names)
    chance.shuffle(mixed)
    assert shares(mixed, answers, "swing") == pytest.approx(expected, abs=1e-9)


def odd_numbers() -> st.SearchStrategy[float]:
    return st.one_of(st.integers(0, 100).map(float), st.floats(), st.sampled_from([0.0, 100.0, 1e308, 5e-324, 1e-300]))


NAMED = st.sampled_from(["c1", "c2", "c3", "x"])
CHAINS = st.lists(st.lists(NAMED, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)
ANY_ANSWERS = st.builds(
    Answers,
    st.dictionaries(NAMED, st.one_of(odd_numbers(), st.builds(Interval, odd_numbers(), odd_numbers()))),
    st.lists(CHAINS, max_size=3).map(tuple),
    st.dictionaries(NAMED, st.dictionaries(NAMED, odd_numbers())),
    st.lists(
        st.builds(
            BestWorst, NAMED, NAMED, st.dictionaries(NAMED, odd_numbers()), st.dictionaries(NAMED, odd_numbers())
        ),
        max_size=2,
    ).map(tuple),
)


@pytest.mark.parametrize("method", METHODS)
def test_any_answers_give_shares_or_our_error(method: str) -> None:
    @repeatable
    @given(ANY_ANSWERS, st.sampled_from([None, 1.0, 100.0, 1e308]))
    def attack(answers: Answers, total: float | None) -> None:
        try:
            found = elicit(FLAT, answers, id="set", method=method, settings=Settings(total=total))
        except PolicyOptionsError as error:
            assert error.faults
            assert all(fault.message and fault.path for fault in error.faults)
        else:
            assert np.all(found.weights.shares >= 0)
            assert float(found.weights.shares.sum()) == pytest.approx(1.0, abs=1e-12)

    attack()

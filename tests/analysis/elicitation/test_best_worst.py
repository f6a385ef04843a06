"""The Best-Worst Method: a published case, another solver, and its reports on inconsistent judgements."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.elicitation.answers import Answers, BestWorst
from policy_options.analysis.elicitation.best_worst import THRESHOLDS
from policy_options.analysis.elicitation.results import Consistency, Elicited
from problems import case, elicited, refusal, repeatable, shares

Floats = NDArray[np.float64]

ABCD = ("c1", "c2", "c3", "c4")


def one(best: str, worst: str, over: dict[str, float], under: dict[str, float]) -> Answers:
    return Answers(best_worst=(BestWorst(best, worst, over, under),))


def graded(over: list[float], under: list[float]) -> tuple[tuple[str, ...], Answers]:
    """c1 is the best and the last the worst; grades for all, including themselves."""
    names = tuple(f"c{index + 1}" for index in range(len(over)))
    grades = dict(zip(names, over, strict=True)), dict(zip(names, under, strict=True))
    return names, one(names[0], names[-1], *grades)


def consistency(of: Elicited) -> Consistency:
    assert of.consistency is not None
    return of.consistency


def test_buying_a_car() -> None:
    found = case("bwm-car-consistent")
    given, expected = found["input"], found["expected"]
    names = [criterion["id"] for criterion in given["criteria"]]
    over = dict(zip(names, map(float, given["best_to_others"]), strict=True))
    under = dict(zip(names, map(float, given["others_to_worst"]), strict=True))
    derived = elicited(names, one(given["best"], given["worst"], over, under), "best-worst")
    judged = consistency(derived)
    assert derived.weights.shares.tolist() == pytest.approx(expected["linear"]["weights"], abs=expected["tolerance"])
    assert judged.extra == pytest.approx(expected["linear"]["xi"], abs=1e-9)
    assert judged.value == expected["input_based_CR"]
    assert judged.measure == "input-based-ratio"
    assert judged.within


def test_the_best_and_the_worst_need_not_be_compared_with_themselves() -> None:
    short = one("c1", "c3", {"c2": 2, "c3": 6}, {"c1": 6, "c2": 3})
    full = one("c1", "c3", {"c1": 1, "c2": 2, "c3": 6}, {"c1": 6, "c2": 3, "c3": 1})
    expected = {"c1": 0.6, "c2": 0.3, "c3": 0.1}
    assert shares(ABCD[:3], short, "best-worst") == pytest.approx(expected, abs=1e-9)
    assert shares(ABCD[:3], full, "best-worst") == pytest.approx(expected, abs=1e-9)


def test_two_and_one() -> None:
    assert shares(("c1", "c2"), one("c2", "c1", {"c1": 4}, {"c2": 4}), "best-worst") == pytest.approx(
        {"c1": 0.2, "c2": 0.8}, abs=1e-9
    )
    assert shares(["c1"], Answers(), "best-worst") == {"c1": 1.0}


def test_all_alike() -> None:
    names, answers = graded([1, 1, 1], [1, 1, 1])
    derived = elicited(names, answers, "best-worst")
    np.testing.assert_allclose(derived.weights.shares, [1 / 3] * 3, rtol=0, atol=1e-9)
    assert consistency(derived).value == 0.0


# Liang, Brunelli and Rezaei (2020), Omega 96: the ratio is the largest |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW).
@pytest.mark.parametrize(
    ("over", "under", "ratio"),
    [
        ([1, 2, 8], [8, 5, 1], (2 * 5 - 8) / 56),
        ([1, 3, 2, 9], [9, 4, 2, 1], (9 - 2 * 2) / 72),
        ([1, 2, 4, 8], [8, 4, 2, 1], 0.0),
        ([1, 9, 9], [9, 9, 1], 1.0),
    ],
)
def test_the_input_based_ratio(over: list[float], under: list[float], ratio: float) -> None:
    assert consistency(elicited(*graded(over, under), "best-worst")).value == pytest.approx(ratio, abs=1e-12)


# The same paper, its table of thresholds for the input-based ratio.
@pytest.mark.parametrize(
    ("grade", "count", "threshold"),
    [(3, 3, 0.1667), (4, 3, 0.1121), (5, 5, 0.2306), (6, 7, 0.3144), (8, 4, 0.2521), (9, 9, 0.3662), (9, 3, 0.1359),
     (2, 3, 0.0), (1, 3, 0.0)],
)  # fmt: skip
def test_published_thresholds(grade: float, count: int, threshold: float) -> None:
    names, answers = graded([1.0] + [1.0] * (count - 2) + [grade], [grade] * (count - 1) + [1.0])
    assert consistency(elicited(names, answers, "best-worst")).threshold == threshold


def test_grades_between_two_whole_ones_take_the_stricter_threshold() -> None:
    names, answers = graded([1, 2, 3.5], [3.5, 2, 1])
    assert consistency(elicited(names, answers, "best-worst")).threshold == min(THRESHOLDS[3][0], THRESHOLDS[4][0])


def test_ten_criteria_have_a_ratio_and_no_threshold() -> None:
    names, answers = graded([1.0, *[9.0] * 9], [*[9.0] * 9, 1.0])
    judged = consistency(elicited(names, answers, "best-worst"))
    assert judged.value == 1.0
    assert judged.threshold is None
    assert judged.within
    assert judged.worst == ()


# --- properties ---


@repeatable
@given(st.lists(st.floats(1, 9), min_size=0, max_size=7))
def test_consistent_grades_give_their_weights_back(inner: list[float]) -> None:
    weights = np.array([9.0, *inner, 1.0])
    names, answers = graded((9.0 / weights).tolist(), weights.tolist())
    derived = elicited(names, answers, "best-worst")
    np.testing.assert_allclose(derived.weights.shares, weights / weights.sum(), rtol=0, atol=1e-7)
    assert consistency(derived).extra == pytest.approx(0.0, abs=1e-7)
    assert consistency(derived).value == pytest.approx(0.0, abs=1e-12)


@st.composite
def grades(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    most = draw(st.integers(1, 9))
    inner = draw(st.lists(st.tuples(st.integers(1, most), st.integers(1, most)), max_size=7))
    over = [1.0, *(float(pair[0]) for pair in inner), float(most)]
    under = [float(most), *(float(pair[1]) for pair in inner), 1.0]
    return over, under


@repeatable
@given(grades())
def test_the_linear_model_has_the_optimum_of_another_solver(drawn: tuple[list[float], list[float]]) -> None:
    optimize: Any = pytest.importorskip("scipy.optimize")
    over, under = drawn
    count = len(over)
    rows = []
    for index in range(1, count):
        row = np.zeros(count + 1)
        row[0], row[index] = 1.0, row[index] - over[index]
        rows.append(row)
    for index in range(1, count - 1):
        row = np.zeros(count + 1)
        row[index], row[count - 1] = 1.0, -under[index]
        rows.append(row)
    both = np.vstack([rows, -np.array(rows)])
    both[:, count] = -1.0
    cost = np.zeros(count + 1)
    cost[count] = 1.0
    total = np.ones((1, count + 1))
    total[0, count] = 0.0
    other = optimize.linprog(cost, A_ub=both, b_ub=np.zeros(len(both)), A_eq=total, b_eq=[1.0], method="highs-ipm")
    derived = elicited(*graded(over, under), "best-worst")
    assert consistency(derived).extra == pytest.approx(float(other.fun), abs=1e-7)
    np.testing.assert_allclose(derived.weights.shares, other.x[:count], rtol=0, atol=1e-6)


@repeatable
@given(grades(), st.randoms(use_true_random=False))
def test_permuting_criteria_permutes_weights(drawn: tuple[list[float], list[float]], chance: Any) -> None:
    names, answers = graded(*drawn)
    expected = shares(names, answers, "best-worst")
    mixed = list(names)
    chance.shuffle(mixed)
    assert shares(mixed, answers, "best-worst") == pytest.approx(expected, abs=1e-7)


@repeatable
@given(grades())
def test_what_mends_judgements_does(drawn: tuple[list[float], list[float]]) -> None:
    over, under = drawn
    names, answers = graded(over, under)
    judged = consistency(elicited(names, answers, "best-worst"))
    if judged.within:
        assert judged.worst == ()
        return
    assert 1 <= len(judged.worst) <= 3
    for correction in judged.worst:
        changed = list(over), list(under)
        if correction.first == names[0]:
            where, vector = names.index(correction.second), changed[0]
        else:
            where, vector = names.index(correction.first), changed[1]
        assert vector[where] == correction.said
        vector[where] = correction.fits
        mended = consistency(elicited(*graded(*changed), "best-worst"))
        assert mended.value == pytest.approx(correction.after, abs=1e-12)
        assert mended.value <= judged.value


def test_what_is_right_as_it_stands_is_not_to_be_mended() -> None:
    """c3 gives 2 times 2, as near to 3 as integer grades come."""
    names, answers = graded([1, 2, 2, 1, 2, 3], [3, 3, 2, 1, 1, 1])
    judged = consistency(elicited(names, answers, "best-worst"))
    assert judged.worst
    assert all(correction.fits != correction.said for correction in judged.worst)


# --- refusals ---


def test_no_comparison() -> None:
    (fault,) = refusal(ABCD, Answers(), "best-worst")
    assert (fault.code, fault.ids, fault.path) == ("comparison-missing", ABCD, ("best-worst",))
    assert "no best-worst comparison among" in fault.message
    assert fault.remedy


def test_the_best_is_not_the_worst() -> None:
    (fault,) = refusal(ABCD[:2], one("c1", "c1", {"c2": 2}, {"c2": 2}), "best-worst")
    assert (fault.code, fault.ids, fault.path) == ("best-is-worst", ("c1",), ("best-worst", 0, "worst"))
    assert fault.remedy


def test_every_comparison_that_is_missing_is_named() -> None:
    faults = refusal(ABCD, one("c1", "c4", {"c4": 5}, {"c2": 2}), "best-worst")
    assert [(fault.code, fault.ids, fault.path) for fault in faults] == [
        ("comparison-missing", ("c1", "c2"), ("best-worst", 0, "best-to-others")),
        ("comparison-missing", ("c1", "c3"), ("best-worst", 0, "best-to-others")),
        ("comparison-missing", ("c1", "c4"), ("best-worst", 0, "others-to-worst")),
        ("comparison-missing", ("c3", "c4"), ("best-worst", 0, "others-to-worst")),
    ]
    assert "c2:" in faults[0].remedy
    assert "best-to-others" in faults[0].remedy


@pytest.mark.parametrize(
    ("bad", "code"),
    [(0.0, "comparison-not-positive"), (-2.0, "comparison-not-positive"), (float("nan"), "comparison-not-positive"),
     (0.5, "comparison-off-scale"), (9.5, "comparison-off-scale"), (float("inf"), "comparison-off-scale")],
)  # fmt: skip
def test_a_grade_off_the_scale(bad: float, code: str) -> None:
    (fault,) = refusal(ABCD[:3], one("c1", "c3", {"c2": bad, "c3": 4}, {"c1": 4, "c2": 2}), "best-worst")
    assert (fault.code, fault.ids, fault.path) == (code, ("c2",), ("best-worst", 0, "best-to-others", "c2"))
    assert "from 1 (equally) to 9" in fault.message
    assert fault.remedy


def test_what_is_compared_with_itself_is_equal() -> None:
    (fault,) = refusal(ABCD[:2], one("c1", "c2", {"c1": 3, "c2": 4}, {"c1": 4}), "best-worst")
    assert (fault.code, fault.ids) == ("compared-with-itself", ("c1",))
    assert fault.path == ("best-worst", 0, "best-to-others", "c1")


def test_the_best_over_the_worst_is_one_judgement() -> None:
    (fault,) = refusal(ABCD[:3], one("c1", "c3", {"c2": 2, "c3": 4}, {"c1": 5, "c2": 2}), "best-worst")
    assert (fault.code, fault.ids) == ("best-worst-contradict", ("c1", "c3"))
    assert fault.path == ("best-worst", 0, "others-to-worst", "c1")
    assert "4 under best-to-others and 5 under others-to-worst" in fault.message


@pytest.mark.parametrize(
    ("over", "under", "key", "claimed", "role"),
    [
        ({"c2": 5, "c3": 4}, {"c1": 4, "c2": 2}, "best-to-others", "c3", "is the worst"),
        ({"c2": 2, "c3": 4}, {"c1": 4, "c2": 6}, "others-to-worst", "c1", "is the best"),
    ],
)
def test_nothing_lies_beyond_the_best_and_the_worst(
    over: dict[str, float], under: dict[str, float], key: str, claimed: str, role: str
) -> None:
    (fault,) = refusal(ABCD[:3], one("c1", "c3", over, under), "best-worst")
    assert (fault.code, fault.ids) == ("best-worst-contradict", ("c2", claimed))
    assert fault.path == ("best-worst", 0, key, "c2")
    assert role in fault.message
    assert fault.remedy


def test_all_that_is_wrong_is_told_in_one_run() -> None:
    faults = refusal(ABCD, one("c1", "c4", {"c2": 0.5, "c4": 4}, {"c1": 4, "c2": 6, "c3": 12}), "best-worst")
    assert [(fault.code, fault.path[-1]) for fault in faults] == [
        ("comparison-off-scale", "c2"),
        ("comparison-missing", "best-to-others"),
        ("comparison-off-scale", "c3"),
        ("best-worst-contradict", "c2"),
    ]
    faults = refusal(ABCD, one("c1", "c1", {"c2": 10, "c3": 2, "c4": 3}, {"c2": 2, "c3": 2}), "best-worst")
    assert [fault.code for fault in faults] == ["best-is-worst", "comparison-off-scale", "comparison-missing"]

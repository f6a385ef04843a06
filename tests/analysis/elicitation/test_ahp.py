"""The analytic hierarchy process against published matrices, and its reports on inconsistent judgements."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policy_options.analysis.elicitation.ahp import THRESHOLD, consistency_ratio, principal_eigenvector
from policy_options.analysis.elicitation.answers import Answers
from policy_options.analysis.elicitation.results import Consistency, Elicited
from problems import case, elicited, refusal, repeatable, shares

Floats = NDArray[np.float64]

SCALE = [*(1 / k for k in range(9, 1, -1)), *map(float, range(1, 10))]
ABC = ("c1", "c2", "c3")

# Saaty (1990), European Journal of Operational Research 48, 9-26: buying a house, the matrix of the eight criteria.
# The same matrix with the third over the seventh as 1/2: Saaty (2003), European Journal of Operational Research 145, 85-91.
HOUSE = """
1    5    3    7    6    6    1/3  1/4
1/5  1    1/3  5    3    3    1/5  1/7
1/3  3    1    6    3    4    6    1/5
1/7  1/5  1/6  1    1/3  1/4  1/7  1/8
1/6  1/3  1/3  3    1    1/2  1/5  1/6
1/6  1/3  1/4  4    2    1    1/5  1/6
3    5    1/6  7    5    5    1    1/2
4    7    5    8    6    6    2    1
"""


def named(count: int) -> tuple[str, ...]:
    return tuple(f"c{index + 1}" for index in range(count))


def upper(matrix: Sequence[Sequence[float]] | Floats) -> Answers:
    """The comparisons above the diagonal."""
    names = named(len(matrix))
    pairwise: dict[str, dict[str, float]] = {}
    for row, column in combinations(range(len(names)), 2):
        pairwise.setdefault(names[row], {})[names[column]] = float(matrix[row][column])
    return Answers(pairwise=pairwise)


def of_matrix(matrix: Sequence[Sequence[float]] | Floats) -> Elicited:
    return elicited(named(len(matrix)), upper(matrix), "ahp")


def consistency(of: Elicited) -> Consistency:
    assert of.consistency is not None
    return of.consistency


def house() -> list[list[float]]:
    return [[float(Fraction(entry)) for entry in row.split()] for row in HOUSE.strip().splitlines()]


def test_what_people_drink() -> None:
    found = case("ahp-saaty-drinks")
    matrix = [[float(Fraction(entry)) for entry in row] for row in found["input"]["pairwise_matrix"]]
    expected, derived = found["expected"], of_matrix(matrix)
    judged = consistency(derived)
    weights = derived.weights.shares.tolist()
    assert weights == pytest.approx(expected["weights"], abs=expected["weight_tolerance"])
    assert weights == pytest.approx(expected["eigenvector_weights"], abs=expected["exact_tolerance"])
    assert judged.extra == pytest.approx(expected["lambda_max"], abs=expected["exact_tolerance"])
    assert judged.value == pytest.approx(expected["CR_published"], abs=expected["CR_tolerance"])
    (by_table,) = (ratio for table, ratio in expected["CR_by_random_index"].items() if table.startswith("Saaty 1980"))
    assert judged.value == pytest.approx(by_table, abs=expected["exact_tolerance"])
    assert (judged.measure, judged.threshold, judged.table) == ("consistency-ratio", 0.10, "Saaty (1980)")
    assert judged.within
    assert judged.worst == ()


def test_buying_a_house() -> None:
    derived = of_matrix(house())
    judged = consistency(derived)
    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert derived.weights.shares.tolist() == pytest.approx(published, abs=6e-4)
    assert judged.extra == pytest.approx(9.669, abs=6e-4)
    assert judged.value == pytest.approx(0.169, abs=6e-4)
    assert not judged.within


def test_the_judgement_that_disturbs_the_house_most_is_the_published_one() -> None:
    """Saaty corrects the third over the seventh, which was 6, to 1/2, after which lambda max is 8.811."""
    judged = consistency(of_matrix(house()))
    correction = judged.worst[0]
    assert (correction.first, correction.second, correction.said) == ("c3", "c7", 6.0)
    assert correction.fits == 0.5
    assert correction.after < THRESHOLD
    mended = house()
    mended[2][6] = 1 / 2
    assert consistency(of_matrix(mended)).extra == pytest.approx(8.811, abs=1e-3)


# Saaty (1980), The Analytic Hierarchy Process: mean consistency of random matrices.
@pytest.mark.parametrize(
    ("count", "index"),
    [(3, 0.58), (4, 0.90), (5, 1.12), (6, 1.24), (7, 1.32), (8, 1.41), (9, 1.45), (10, 1.49), (15, 1.59)],
)
def test_the_random_index(count: int, index: float) -> None:
    assert consistency_ratio(count + index * (count - 1), count) == pytest.approx(1.0)


def test_two_cannot_contradict_one_another() -> None:
    derived = elicited(("c1", "c2"), Answers(pairwise={"c1": {"c2": 4}}), "ahp")
    assert derived.weights.shares.tolist() == pytest.approx([0.8, 0.2], abs=1e-14)
    assert consistency(derived).value == 0.0


def test_one_criterion_takes_all() -> None:
    assert shares(["c1"], Answers(), "ahp") == {"c1": 1.0}


def test_fifteen_are_compared_at_most() -> None:
    assert of_matrix(np.ones((15, 15))).weights.shares.tolist() == pytest.approx([1 / 15] * 15, abs=1e-14)
    (fault,) = refusal(named(16), upper(np.ones((16, 16))), "ahp")
    assert (fault.code, fault.ids, fault.path) == ("too-many-to-compare", named(16), ("pairwise",))
    assert "16 swings" in fault.message
    wrong = np.ones((16, 16))
    wrong[0, 1] = 12.0  # faults of the answers are reported in the same run
    assert [fault.code for fault in refusal(named(16), upper(wrong), "ahp")] == [
        "too-many-to-compare",
        "comparison-off-scale",
    ]
    assert "at most 15" in fault.message
    assert "best-worst" in fault.remedy


# --- properties ---


@st.composite
def consistent(draw: st.DrawFn) -> Floats:
    """Weights whose ratios are all on the scale from 1/9 to 9."""
    return np.array(draw(st.lists(st.floats(1, 9), min_size=2, max_size=9)))


@st.composite
def matrices(draw: st.DrawFn) -> Floats:
    count = draw(st.integers(2, 7))
    matrix = np.ones((count, count))
    for row, column in combinations(range(count), 2):
        matrix[row, column] = draw(st.sampled_from(SCALE))
        matrix[column, row] = 1 / matrix[row, column]
    return matrix


@repeatable
@given(consistent())
def test_consistent_comparisons_give_their_weights_back(weights: Floats) -> None:
    derived = of_matrix(weights[:, None] / weights[None, :])
    np.testing.assert_allclose(derived.weights.shares, weights / weights.sum(), rtol=0, atol=1e-12)
    judged = consistency(derived)
    assert judged.value == pytest.approx(0.0, abs=1e-12)
    assert judged.extra == pytest.approx(len(weights), abs=1e-12)
    assert judged.worst == ()


@repeatable
@given(matrices())
def test_weights_are_those_of_repeated_squaring(matrix: Floats) -> None:
    """Saaty's own method for the eigenvector: powers of the matrix, whose row sums converge to it."""
    power = matrix.copy()
    for _ in range(30):
        power = power @ power
        power /= power.sum()
    rows = power.sum(axis=1)
    derived = of_matrix(matrix)
    np.testing.assert_allclose(derived.weights.shares, rows / rows.sum(), rtol=0, atol=1e-9)
    assert np.all(derived.weights.shares > 0)
    largest = (matrix @ derived.weights.shares / derived.weights.shares).mean()
    assert consistency(derived).extra == pytest.approx(float(largest), abs=1e-9)
    assert consistency(derived).value >= 0


@repeatable
@given(matrices(), st.randoms(use_true_random=False))
def test_either_side_of_the_diagonal_says_the_same(matrix: Floats, chance: object) -> None:
    names = named(len(matrix))
    below: dict[str, dict[str, float]] = {}
    for row, column in combinations(range(len(names)), 2):
        below.setdefault(names[column], {})[names[row]] = matrix[column, row]
    other = elicited(names, Answers(pairwise=below), "ahp")
    np.testing.assert_allclose(other.weights.shares, of_matrix(matrix).weights.shares, rtol=0, atol=1e-12)
    full = {name: dict(zip(names, matrix[row].tolist(), strict=True)) for row, name in enumerate(names)}
    whole = elicited(names, Answers(pairwise=full), "ahp")
    np.testing.assert_allclose(whole.weights.shares, of_matrix(matrix).weights.shares, rtol=0, atol=1e-12)


@repeatable
@given(matrices())
def test_what_mends_judgements_does(matrix: Floats) -> None:
    derived = of_matrix(matrix)
    judged = consistency(derived)
    if judged.within:
        assert judged.worst == ()
        return
    assert len(judged.worst) <= 3
    names = named(len(matrix))
    gaps = []
    for correction in judged.worst:
        row, column = names.index(correction.first), names.index(correction.second)
        assert matrix[row, column] == pytest.approx(correction.said)
        assert correction.said >= 1, "it is told the way round in which the larger number was said"
        assert min(abs(correction.fits - grade) for grade in SCALE) < 1e-12, "what is proposed stands on the scale"
        assert correction.after < judged.value + 1e-12
        mended = matrix.copy()
        mended[row, column], mended[column, row] = correction.fits, 1 / correction.fits
        assert consistency(of_matrix(mended)).value == pytest.approx(correction.after, abs=1e-9)
        share = derived.weights.shares
        gaps.append(abs(np.log(correction.said * share[column] / share[row])))
    assert gaps == pytest.approx(sorted(gaps, reverse=True), abs=1e-9)


def test_what_fits_best_as_it_stands_is_not_to_be_mended() -> None:
    """c3 over c1 is 9, while the other two comparisons call for more."""
    judged = consistency(of_matrix([[1, 1 / 9, 1 / 9], [9, 1, 1 / 9], [9, 9, 1]]))
    assert judged.worst
    assert all(correction.fits != pytest.approx(correction.said) for correction in judged.worst)


def test_an_eigenvector_by_hand() -> None:
    """For [[1, a, b], [1/a, 1, c], [1/b, 1/c, 1]] lambda max is 1 + t + 1/t with t the cube root of b / (a c)."""
    a, b, c = 2.0, 8.0, 2.0
    weights, largest = principal_eigenvector(np.array([[1, a, b], [1 / a, 1, c], [1 / b, 1 / c, 1]]))
    t = (b / (a * c)) ** (1 / 3)
    assert largest == pytest.approx(1 + t + 1 / t, abs=1e-12)
    means = np.array(
        [(a * b) ** (1 / 3), (c / a) ** (1 / 3), (1 / (b * c)) ** (1 / 3)]
    )  # for three, the geometric ones
    np.testing.assert_allclose(weights, means / means.sum(), rtol=0, atol=1e-12)


# --- refusals ---


def test_every_comparison_that_is_missing_is_named() -> None:
    faults = refusal(ABC, Answers(pairwise={"c1": {"c2": 3}}), "ahp")
    assert [(fault.code, fault.ids, fault.path) for fault in faults] == [
        ("comparison-missing", ("c1", "c3"), ("pairwise", "c1")),
        ("comparison-missing", ("c2", "c3"), ("pairwise", "c2")),
    ]
    assert "`c1` and `c3` are not compared" in faults[0].message
    assert "under c1" in faults[0].remedy


@pytest.mark.parametrize("bad", [0.0, -3.0, float("nan"), float("inf")])
def test_a_comparison_that_is_not_positive(bad: float) -> None:
    (fault,) = refusal(ABC, Answers(pairwise={"c1": {"c2": bad, "c3": 1}, "c2": {"c3": 1}}), "ahp")
    assert (fault.code, fault.ids, fault.path) == ("comparison-not-positive", ("c1", "c2"), ("pairwise", "c1", "c2"))
    assert fault.remedy


@pytest.mark.parametrize("bad", [9.5, 10.0, 0.1, 1e300])
def test_a_comparison_off_the_scale(bad: float) -> None:
    (fault,) = refusal(ABC, Answers(pairwise={"c1": {"c2": 1, "c3": 1}, "c2": {"c3": bad}}), "ahp")
    assert (fault.code, fault.ids, fault.path) == ("comparison-off-scale", ("c2", "c3"), ("pairwise", "c2", "c3"))
    assert "from 1/9 to 9" in fault.message
    assert fault.remedy


def test_the_ends_of_the_scale_are_on_it() -> None:
    assert shares(("c1", "c2"), Answers(pairwise={"c1": {"c2": 1 / 9}}), "ahp")["c2"] == pytest.approx(0.9)
    assert shares(("c1", "c2"), Answers(pairwise={"c1": {"c2": 9.0}}), "ahp")["c1"] == pytest.approx(0.9)


def test_a_pair_given_twice_unalike() -> None:
    (fault,) = refusal(ABC, Answers(pairwise={"c1": {"c2": 3, "c3": 1}, "c2": {"c1": 0.333, "c3": 1}}), "ahp")
    assert (fault.code, fault.ids, fault.path) == ("not-reciprocal", ("c1", "c2"), ("pairwise", "c2", "c1"))
    assert "`c1` to `c2` is 3 and `c2` to `c1` is 0.333" in fault.message
    assert "1/3" in fault.remedy


def test_a_pair_given_twice_alike() -> None:
    twice = Answers(pairwise={"c1": {"c2": 3, "c3": 1, "c1": 1.0}, "c2": {"c1": 1 / 3, "c3": 1 / 3}})
    assert shares(ABC, twice, "ahp")["c1"] == pytest.approx(3 / 7)


def test_what_is_compared_with_itself_is_equal() -> None:
    (fault,) = refusal(ABC, Answers(pairwise={"c1": {"c1": 2, "c2": 1, "c3": 1}, "c2": {"c3": 1}}), "ahp")
    assert (fault.code, fault.ids, fault.path) == ("compared-with-itself", ("c1",), ("pairwise", "c1", "c1"))
    assert fault.remedy == "delete it"


def test_a_single_criterion_that_is_compared_with_itself() -> None:
    (fault,) = refusal(["c1"], Answers(pairwise={"c1": {"c1": 2}}), "ahp")
    assert fault.code == "compared-with-itself"


def test_all_that_is_wrong_is_told_in_one_run() -> None:
    given = Answers(
        pairwise={"c1": {"c2": 12, "c3": 0}, "c2": {"c1": 1 / 12, "c2": 3}, "c4": {"c3": 2}, "c3": {"c4": 3}}
    )
    faults = refusal(("c1", "c2", "c3", "c4"), given, "ahp")
    assert [(fault.code, fault.ids) for fault in faults] == [
        ("comparison-off-scale", ("c1", "c2")),
        ("comparison-not-positive", ("c1", "c3")),
        ("comparison-off-scale", ("c2", "c1")),
        ("compared-with-itself", ("c2",)),
        ("comparison-missing", ("c1", "c4")),
        ("comparison-missing", ("c2", "c3")),
        ("comparison-missing", ("c2", "c4")),
        ("not-reciprocal", ("c3", "c4")),
    ]

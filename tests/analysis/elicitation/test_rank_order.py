"""Rank-order weights: published tables, ties, and incomplete orders."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Answers, Formula, Settings
from problems import case, chain, elicited, refusal, repeatable, shares

FORMULAS: tuple[Formula, ...] = ("centroid", "sum", "reciprocal")
NAMES = tuple(f"c{index + 1}" for index in range(9))


def ranked(text: str, formula: Formula = "centroid", of: tuple[str, ...] | None = None) -> dict[str, float]:
    order = chain(text)
    names = of or tuple(sorted(name for level in order for name in level))
    return shares(names, Answers(order=(order,)), "rank-order", Settings(formula=formula))


def in_a_row(count: int) -> str:
    return " > ".join(NAMES[:count])


@pytest.mark.parametrize(
    ("key", "formula"), [("roc", "centroid"), ("rank_sum", "sum"), ("rank_reciprocal", "reciprocal")]
)
def test_four_ranked_criteria(key: str, formula: Formula) -> None:
    expected = case("weights-rank-based-n4")["expected"]
    found = list(ranked(in_a_row(4), formula).values())
    assert found == pytest.approx([float(Fraction(weight)) for weight in expected["exact"][key]], abs=1e-15)
    assert found == pytest.approx(expected[key], abs=expected["published_tolerance"])


# Edwards and Barron (1994), Organizational Behavior and Human Decision Processes 60, table of rank-order centroid weights.
@pytest.mark.parametrize(
    ("count", "published"),
    [(2, [0.7500, 0.2500]), (3, [0.6111, 0.2778, 0.1111]), (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400])],
)
def test_the_published_centroids(count: int, published: list[float]) -> None:
    assert list(ranked(in_a_row(count)).values()) == pytest.approx(published, abs=5.1e-5)


@pytest.mark.parametrize("count", [2, 7, 9])
def test_the_formulas_themselves(count: int) -> None:
    """Stillwell, Seaver and Edwards (1981); Barron and Barrett (1996)."""
    places = range(1, count + 1)
    whole = sum(1 / place for place in places)
    expected: dict[Formula, list[float]] = {
        "centroid": [sum(1 / other for other in range(place, count + 1)) / count for place in places],
        "sum": [2 * (count + 1 - place) / (count * (count + 1)) for place in places],
        "reciprocal": [1 / place / whole for place in places],
    }
    for formula, weights in expected.items():
        assert list(ranked(in_a_row(count), formula).values()) == pytest.approx(weights, abs=1e-14)


def test_one_criterion_needs_no_order() -> None:
    assert shares(["c1"], Answers(), "rank-order") == {"c1": 1.0}


def test_a_long_order() -> None:
    in_order(50)


def test_an_order_so_long_that_its_volume_is_no_float() -> None:
    in_order(200)


def in_order(count: int) -> None:
    names = tuple(f"c{index}" for index in range(count))
    found = shares(names, Answers(order=(tuple((name,) for name in names),)), "rank-order")
    expected = [sum(1 / j for j in range(i, count + 1)) / count for i in range(1, count + 1)]
    assert list(found.values()) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("formula", "tied", "last"), [("sum", 5 / 12, 1 / 6), ("reciprocal", 9 / 22, 2 / 11)])
def test_ties_share_the_mean_of_the_places_that_they_take(formula: Formula, tied: float, last: float) -> None:
    assert ranked("c1 = c2 > c3", formula) == pytest.approx({"c1": tied, "c2": tied, "c3": last}, abs=1e-15)


def test_ties_under_the_centroid_are_the_centre_of_the_region_that_is_left() -> None:
    """Vertices (1/2, 1/2, 0) and (1/3, 1/3, 1/3): the centre of the segment, not the mean of two places' weights."""
    assert ranked("c1 = c2 > c3") == pytest.approx({"c1": 5 / 12, "c2": 5 / 12, "c3": 1 / 6}, abs=1e-15)
    assert ranked("c1 > c2 = c3") == pytest.approx({"c1": 2 / 3, "c2": 1 / 6, "c3": 1 / 6}, abs=1e-15)


@pytest.mark.parametrize("formula", FORMULAS)
def test_equals_throughout_are_equal_weights(formula: Formula) -> None:
    assert ranked("c1 = c2 = c3 = c4", formula) == pytest.approx(dict.fromkeys(NAMES[:4], 0.25), abs=1e-15)


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_order_leaves_a_region_that_holds_the_weights(formula: Formula) -> None:
    found = elicited(NAMES[:4], Answers(order=(chain("c2 > c1 = c4 > c3"),)), "rank-order", Settings(formula=formula))
    (region,) = found.region
    assert region.holds(found.weights.shares)
    assert not region.holds(np.array([0.1, 0.2, 0.3, 0.4]))
    assert found.sampled is None


@pytest.mark.parametrize("formula", FORMULAS)
def test_permuting_criteria_permutes_weights(formula: Formula) -> None:
    expected = ranked("c2 > c1 = c4 > c3", formula)
    for names in permutations(NAMES[:4]):
        assert ranked("c2 > c1 = c4 > c3", formula, names) == pytest.approx(expected, abs=1e-15)


@repeatable
@given(
    st.permutations(NAMES[:6]),
    st.lists(st.sampled_from([" > ", " = "]), min_size=5, max_size=5),
    st.sampled_from(FORMULAS),
)
def test_weights_fall_along_the_order(names: list[str], signs: list[str], formula: Formula) -> None:
    text = names[0] + "".join(sign + name for sign, name in zip(signs, names[1:], strict=True))
    found = ranked(text, formula)
    for sign, upper, lower in zip(signs, names, names[1:], strict=False):
        if sign == " = ":
            assert found[upper] == pytest.approx(found[lower], abs=1e-15)
        else:
            assert found[upper] > found[lower]


# --- refusals ---


def test_no_order_at_all() -> None:
    (fault,) = refusal(NAMES[:3], Answers(), "rank-order")
    assert (fault.code, fault.ids, fault.path) == ("order-not-full", NAMES[:3], ("order",))
    assert "there is no order of `c1`, `c2`, `c3`" in fault.message
    assert "c1 > c2 > c3" in fault.remedy


def test_an_order_in_pieces() -> None:
    (fault,) = refusal(NAMES[:3], Answers(order=(chain("c1 > c2"), chain("c2 > c3"))), "rank-order")
    assert (fault.code, fault.ids, fault.path) == ("order-not-full", NAMES[:3], ("order",))
    assert "several orders of" in fault.message


def test_an_order_that_leaves_some_out() -> None:
    (fault,) = refusal(NAMES[:4], Answers(order=(chain("c1 > c3"),)), "rank-order")
    assert (fault.code, fault.ids, fault.path) == ("order-not-full", ("c2", "c4"), ("order", 0))
    assert "leaves out `c2`, `c4`" in fault.message
    assert fault.remedy

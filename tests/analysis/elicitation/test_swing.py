"""Swing weighting: exact ratings, intervals, orders, and contradictions among them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Answers, Interval, Settings
from policy_options.errors import Fault
from problems import case, chain, elicited, refusal, repeatable, shares

ABC = ("c1", "c2", "c3")
Judged = Mapping[str, float | Interval]


def swings(judged: Judged, *order: str) -> Answers:
    return Answers(judged, tuple(chain(text) for text in order))


def told(of: tuple[str, ...], judged: Judged, *order: str) -> Fault:
    (fault,) = refusal(of, swings(judged, *order), "swing")
    return fault


# --- numbers ---


def test_a_case_with_exact_ratios() -> None:
    found = case("weights-swing-exact-ratio")
    names = [one["id"] for one in found["input"]["criteria"]]
    derived = shares(names, Answers(found["input"]["swing_points"]), "swing")
    assert derived == pytest.approx(found["expected"]["weights"], abs=found["expected"]["tolerance"])


def test_swings_are_rated_beside_100() -> None:
    found = shares(ABC, swings({"c1": 100, "c2": 25, "c3": 50}), "swing")
    assert found == pytest.approx({"c1": 4 / 7, "c2": 1 / 7, "c3": 2 / 7}, abs=1e-15)


def test_several_swings_may_be_100() -> None:
    assert shares(ABC, swings({"c1": 100, "c2": 100, "c3": 0}), "swing") == {"c1": 0.5, "c2": 0.5, "c3": 0.0}


def test_numbers_leave_no_region() -> None:
    found = elicited(ABC, swings({"c1": 100, "c2": 25, "c3": 50}), "swing")
    assert (found.region, found.sampled, found.consistency) == ((), None, None)


@pytest.mark.parametrize("largest", [99.0, 10.0])
def test_swings_whose_largest_is_not_100_are_refused(largest: float) -> None:
    fault = told(ABC, {"c1": 5, "c2": largest, "c3": 0})
    assert (fault.code, fault.ids, fault.path) == ("swing-without-100", ("c2",), ("judgements", "c2"))
    assert f"is {largest:g} (`c2`)" in fault.message
    assert "method: points" in fault.remedy


def test_an_interval_that_reaches_100_is_not_the_swing_of_100() -> None:
    fault = told(ABC, {"c1": 5, "c2": Interval(60, 100), "c3": 0})
    assert (fault.code, fault.ids) == ("swing-without-100", ("c2",))


@pytest.mark.parametrize("above", [100.5, 1e300])
def test_a_swing_above_100_is_refused(above: float) -> None:
    fault = told(ABC, {"c1": 100, "c2": above, "c3": 0})
    assert (fault.code, fault.ids, fault.path) == ("swing-above-100", ("c2",), ("judgements", "c2"))
    assert "the swing that matters most is 100" in fault.message
    assert "method: points" in fault.remedy


def test_nothing_but_zeros_is_refused() -> None:
    fault = told(ABC, dict.fromkeys(ABC, 0.0))
    assert (fault.code, fault.ids) == ("weights-all-zero", ABC)


@pytest.mark.parametrize("bad", [-1.0, float("inf"), float("nan")])
def test_a_swing_that_is_negative_or_not_finite_is_refused(bad: float) -> None:
    fault = told(ABC, {"c1": 100, "c2": bad, "c3": 0})
    assert (fault.code, fault.path) == ("weight-negative" if bad < 0 else "weight-not-finite", ("judgements", "c2"))


def test_missing_and_negative_swings_are_told_in_one_go() -> None:
    faults = refusal(ABC, swings({"c1": 100, "c2": -1}), "swing")
    assert [(fault.code, fault.ids) for fault in faults] == [
        ("judgement-missing", ("c3",)),
        ("weight-negative", ("c2",)),
    ]


@repeatable
@given(st.lists(st.floats(0, 100), max_size=6))
def test_swings_are_points_whose_largest_is_100(others: list[float]) -> None:
    named = {f"c{index}": value for index, value in enumerate([*others, 100.0])}
    assert shares(tuple(named), Answers(named), "swing") == shares(tuple(named), Answers(named), "points")


# --- intervals ---


def test_an_interval_beside_100_gives_the_middle_of_what_it_allows() -> None:
    """With one free weight the region is a segment, and its centre the mean of its two ends."""
    found = shares(("c1", "c2"), swings({"c1": 100, "c2": Interval(50, 100)}), "swing")
    assert found == pytest.approx({"c1": (2 / 3 + 1 / 2) / 2, "c2": (1 / 3 + 1 / 2) / 2}, abs=1e-12)


def test_an_interval_without_ends_says_no_more_than_the_swing_of_100() -> None:
    """c1 is the largest of three, and nothing else is known: the rank-order centroid of c1 > {c2, c3}."""
    judged: Judged = {"c1": 100.0, "c2": Interval(), "c3": Interval()}
    found = shares(ABC, swings(judged), "swing")
    assert found == pytest.approx({"c1": 11 / 18, "c2": 7 / 36, "c3": 7 / 36}, abs=1e-12)


def test_an_interval_of_one_number_is_that_number() -> None:
    exact = shares(ABC, swings({"c1": 100, "c2": 25, "c3": 50}), "swing")
    judged: Judged = {"c1": 100.0, "c2": Interval(25, 25), "c3": Interval(50, 50)}
    assert shares(ABC, swings(judged), "swing") == pytest.approx(exact, abs=1e-12)


def test_a_zero_beside_intervals_carries_no_weight() -> None:
    found = elicited(ABC, swings({"c1": 100, "c2": Interval(50, 100), "c3": 0}), "swing")
    assert found.weights.share("c3") == 0.0
    assert found.weights.share("c2") == pytest.approx((1 / 3 + 1 / 2) / 2, abs=1e-12)
    (region,) = found.region
    assert region.zero == ("c3",)
    assert region.holds(found.weights.shares)


@pytest.mark.parametrize("names", [("c1", "c2"), ("c2", "c1")])
def test_two_swings_are_exact_in_either_order(names: tuple[str, ...]) -> None:
    found = elicited(names, swings({"c1": 100, "c2": Interval(0, 60)}), "swing")
    assert found.sampled is None
    assert found.weights.share("c1") == pytest.approx((1 + 1 / 1.6) / 2, abs=1e-12)


@pytest.mark.parametrize(
    ("interval", "code", "remedy"),
    [
        (Interval(60, 40), "interval-empty", "low first"),
        (Interval(-5, 40), "interval-off-scale", "between 0 and 100"),
        (Interval(5, 100.5), "interval-off-scale", "between 0 and 100"),
        (Interval(0, 0), "interval-off-scale", "write c2: 0 for no weight"),
        (Interval(float("nan"), 40), "interval-off-scale", "between 0 and 100"),
        (Interval(0, float("inf")), "interval-off-scale", "between 0 and 100"),
    ],
)
def test_an_interval_that_is_none(interval: Interval, code: str, remedy: str) -> None:
    fault = told(ABC, {"c1": 100, "c2": interval, "c3": 10})
    assert (fault.code, fault.ids, fault.path) == (code, ("c2",), ("judgements", "c2"))
    assert remedy in fault.remedy


def test_an_interval_may_begin_next_to_nothing() -> None:
    begins_at(1e-6)


@pytest.mark.parametrize("low", [1e-307, 5e-324])
def test_an_interval_may_begin_at_less_than_one_over_the_largest_float(low: float) -> None:
    begins_at(low)


def begins_at(low: float) -> None:
    found = shares(("c1", "c2"), swings({"c1": 100, "c2": Interval(low, 50)}), "swing")
    assert found["c1"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-8)


def test_a_swing_next_to_nothing_beside_an_interval() -> None:
    found = shares(ABC, swings({"c1": 100, "c2": Interval(0, 100), "c3": 1e-310}), "swing")
    assert found["c1"] == pytest.approx(0.75, abs=1e-12)


# --- orders ---


def test_an_order_alone_gives_the_rank_order_centroid() -> None:
    found = elicited(ABC, swings({}, "c3 > c1 > c2"), "swing")
    np.testing.assert_allclose(found.weights.shares, [5 / 18, 2 / 18, 11 / 18], rtol=0, atol=1e-15)
    assert found.sampled is None
    assert len(found.region) == 1


def test_pieces_of_an_order_may_stand_on_lines_of_their_own() -> None:
    assert shares(ABC, swings({}, "c3 > c1", "c1 > c2"), "swing") == shares(ABC, swings({}, "c3 > c1 > c2"), "swing")


def test_an_order_that_agrees_with_the_numbers_adds_nothing() -> None:
    judged = {"c1": 100, "c2": 25, "c3": 50}
    assert shares(ABC, swings(judged, "c1 > c3 > c2"), "swing") == shares(ABC, swings(judged), "swing")


def test_what_an_order_names_needs_no_judgement() -> None:
    found = elicited(("c1", "c2", "c3"), swings({"c1": 100, "c2": 50}, "c2 = c3"), "swing")
    np.testing.assert_allclose(found.weights.shares, [0.5, 0.25, 0.25], rtol=0, atol=1e-9)


def test_a_zero_may_stand_at_the_end_of_an_order() -> None:
    found = shares(ABC, swings({"c1": 100, "c3": 0}, "c1 > c2 > c3"), "swing")
    assert found == pytest.approx({"c1": 0.75, "c2": 0.25, "c3": 0.0}, abs=1e-12)


@pytest.mark.parametrize("order", ["c3 > c2", "c3 = c2", "c1 > c3 > c2"])
def test_nothing_matters_less_than_nothing(order: str) -> None:
    fault = told(ABC, {"c1": 100, "c3": 0}, "c1 > c2", order)
    assert (fault.code, fault.ids, fault.path) == ("judgements-contradict", ("c3", "c2"), ("order", 1))
    assert "`c3` is judged 0, and `c2` cannot matter less" in fault.message
    assert fault.remedy


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (["c1 > c2", "c2 > c1"], {"c1", "c2"}),
        (["c1 > c2 > c3", "c3 > c1"], {"c1", "c2", "c3"}),
        (["c1 = c2", "c1 > c2"], {"c1", "c2"}),
        (["c1 > c2", "c2 = c3", "c3 = c1"], {"c1", "c2", "c3"}),
    ],
)
def test_an_order_that_goes_round_in_a_circle(order: list[str], ids: set[str]) -> None:
    fault = told(ABC, {}, *order, "c1 > c3" if "c3" not in ids else order[0])
    assert fault.code == "order-cycle"
    assert set(fault.ids) == ids
    assert "goes round in a circle" in fault.message
    assert fault.path[0] == "order"
    assert fault.remedy == "take back one of them"


@pytest.mark.parametrize(
    ("judged", "order", "ids", "words"),
    [
        ({"c1": 100, "c2": 25, "c3": 50}, "c2 > c3", {"c1", "c2", "c3"}, ["`c2` > `c3`", "`c2` is 25", "`c3` is 50"]),
        ({"c1": 100, "c2": 25, "c3": 25}, "c2 > c3", {"c1", "c2", "c3"}, ["`c2` > `c3`", "`c2` is 25", "`c3` is 25"]),
        ({"c1": 100, "c2": Interval(0, 50), "c3": Interval(50, 80)}, "c2 > c3", {"c1", "c2", "c3"},
         ["`c2` is between 0 and 50", "`c3` is between 50 and 80"]),
        ({"c1": 100, "c2": Interval(0, 49), "c3": Interval(50, 80)}, "c2 = c3", {"c1", "c2", "c3"},
         ["`c2` = `c3`", "`c2` is between 0 and 49", "`c3` is between 50 and 80"]),
        ({"c1": 100, "c2": 100, "c3": 50}, "c2 > c1", {"c1", "c2"}, ["`c2` > `c1`", "`c2` is 100"]),
        ({"c1": 100, "c2": 50}, "c3 > c1", {"c1", "c3"}, ["`c1` is 100, the most", "`c3` > `c1`"]),
    ],
)  # fmt: skip
def test_judgements_that_contradict_an_order(judged: Judged, order: str, ids: set[str], words: list[str]) -> None:
    fault = told(ABC, judged, order)
    assert fault.code == "judgements-contradict"
    assert set(fault.ids) == ids
    for word in words:
        assert word in fault.message
    assert set(re.findall(r"`(\w+)`", fault.message)) <= ids, "nothing else is named"


def test_intervals_that_touch_where_an_order_lets_them() -> None:
    found = shares(ABC, swings({"c1": 100, "c2": Interval(20, 50), "c3": Interval(50, 80)}, "c2 = c3"), "swing")
    assert found == pytest.approx({"c1": 0.5, "c2": 0.25, "c3": 0.25}, abs=1e-9)


def test_the_place_of_a_contradiction_is_that_of_a_line_in_it() -> None:
    """A line that only names zeros is dropped before the others are compared; the lines keep their numbers."""
    names = ("c1", "c2", "c3", "c4", "c5")
    fault = told(names, {"c1": 100, "c5": 0}, "c1 > c5", "c2 > c3", "c1 > c4", "c3 > c2")
    assert fault.code == "order-cycle"
    assert fault.path in {("order", 1), ("order", 3)}


def test_an_order_and_intervals_together_are_sampled_with_their_error() -> None:
    judged: Judged = {"c1": 100.0, "c2": Interval(40, 90), "c3": Interval(20, 80)}
    found = elicited(ABC, swings(judged, "c2 > c3"), "swing")
    assert found.sampled is not None
    assert found.sampled.seed == 0
    assert 0 < found.sampled.standard_error < 1e-3
    (region,) = found.region
    assert region.holds(found.weights.shares)


def test_equals_between_bounds_lie_in_the_middle() -> None:
    """c2 = c3 from 15 to 70 hundredths of c1 is a segment."""
    expected = np.mean([[1 / 1.3, 0.15 / 1.3, 0.15 / 1.3], [1 / 2.4, 0.7 / 2.4, 0.7 / 2.4]], axis=0)
    for seed in range(5):
        answers = swings({"c1": 100, "c2": Interval(15, 70)}, "c2 = c3")
        found = elicited(ABC, answers, "swing", Settings(seed=seed))
        error = found.sampled.standard_error if found.sampled else 0.0
        assert error < 1e-3
        assert np.abs(found.weights.shares - expected).max() <= 4 * error + 1e-12


@st.composite
def mixed(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, float | Interval], list[str]]:
    """Hidden ratings, with judgements and orders consistent with them."""
    ratings = [100.0, *(float(draw(st.integers(1, 100))) for _ in range(draw(st.integers(1, 5))))]
    hidden = {f"c{index + 1}": rating for index, rating in enumerate(ratings)}
    judged: dict[str, float | Interval] = {"c1": 100.0}
    for name, rating in list(hidden.items())[1:]:
        match draw(st.integers(0, 2)):
            case 0:
                judged[name] = rating
            case 1:
                judged[name] = Interval(
                    float(draw(st.integers(0, int(rating)))), float(draw(st.integers(int(rating), 100)))
                )
            case _:
                pass
    pairs = draw(st.lists(st.tuples(st.sampled_from(list(hidden)), st.sampled_from(list(hidden))), max_size=4))
    order = [
        f"{first} {'=' if hidden[first] == hidden[second] else '>'} {second}"
        for first, second in pairs
        if first != second and hidden[first] >= hidden[second]
    ]
    named = {name for line in order for name in re.findall(r"\w+", line)}
    order += [
        f"c1 {'=' if hidden[name] == 100 else '>'} {name}"
        for name in hidden
        if name not in judged and name not in named
    ]
    return hidden, judged, order


@repeatable
@given(mixed())
def test_what_is_true_of_some_weights_is_never_refused(
    drawn: tuple[dict[str, float], dict[str, float | Interval], list[str]],
) -> None:
    hidden, judged, order = drawn
    found = elicited(tuple(hidden), swings(judged, *order), "swing")
    weights = np.array(list(hidden.values())) / sum(hidden.values())
    assert np.isfinite(found.weights.shares).all()
    for region in found.region:
        assert region.holds(weights)
        assert region.holds(found.weights.shares)

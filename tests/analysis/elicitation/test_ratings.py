"""Points, direct weights and SMART: every swing rated with a number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Answers, Interval, Settings
from policy_options.analysis.elicitation.ratings import shares_of
from policy_options.errors import PolicyOptionsError
from problems import derive_weights, flat, points, refusal, repeatable, shares

ABC = ("c1", "c2", "c3")
METHODS = ("points", "direct", "smart")


def rated(method: str, *numbers: float, total: float | None = None) -> dict[str, float]:
    """Shares of c1, c2 ... rated with these numbers."""
    names = [f"c{index + 1}" for index in range(len(numbers))]
    return shares(names, Answers(dict(zip(names, numbers, strict=True))), method, Settings(total=total))


def test_points_are_shared_out() -> None:
    assert rated("points", 1, 1, 2) == {"c1": 0.25, "c2": 0.25, "c3": 0.5}


def test_judgements_are_matched_by_id_whatever_their_order() -> None:
    assert shares(ABC, Answers({"c3": 2, "c1": 1, "c2": 5}), "points") == {"c1": 0.125, "c2": 0.625, "c3": 0.25}


def test_direct_weights_are_per_cent() -> None:
    assert rated("direct", 20, 30, 50) == {"c1": 0.2, "c2": 0.3, "c3": 0.5}


def test_smart_rates_from_ten_upward() -> None:
    """The published form: the least swing is 10, one that matters five times as much is 50."""
    assert rated("smart", 10, 20, 50) == {"c1": 0.125, "c2": 0.25, "c3": 0.625}


def test_smart_may_leave_a_criterion_out() -> None:
    assert rated("smart", 0, 10, 30) == {"c1": 0.0, "c2": 0.25, "c3": 0.75}


@pytest.mark.parametrize(("method", "total"), [("points", 80.0), ("direct", 80.0), ("points", 1e-3), ("direct", 1e300)])
def test_a_stated_total_that_is_reached(method: str, total: float) -> None:
    assert rated(method, total / 4, total / 4, total / 2, total=total) == pytest.approx(
        {"c1": 0.25, "c2": 0.25, "c3": 0.5}, abs=1e-15
    )


def test_a_total_may_be_missed_by_rounding_alone() -> None:
    assert rated("direct", 0.1, 0.2, 0.7, total=1.0)["c3"] == pytest.approx(0.7, abs=1e-15)
    assert rated("direct", *[100 / 7] * 7)["c1"] == pytest.approx(1 / 7, abs=1e-15)


FREE = "method: points, so that only their proportions count"


@pytest.mark.parametrize(
    ("method", "total", "numbers", "said", "remedy"),
    [
        ("direct", None, (20, 30, 48), "the weights of `c1`, `c2`, `c3` sum to 98, and their total is 100",
         f"give out 2 more, or write {FREE}"),
        ("direct", None, (20, 30, 51.5), "sum to 101.5, and their total is 100", f"take away 1.5, or write {FREE}"),
        ("direct", 1.0, (0.2, 0.3, 0.3), "sum to 0.8, and the stated total is 1", f"give out 0.2 more, or write {FREE}"),
        ("points", 50.0, (1, 1, 2), "the points of `c1`, `c2`, `c3` sum to 4, and the stated total is 50",
         "give out 46 more, or delete total:, so that only their proportions count"),
        ("direct", None, (33.3, 33.3, 33.3), "sum to 99.9", f"if they were rounded, write {FREE}; else give out 0.1 more"),
        ("direct", None, (33.33, 33.33, 33.33), "99.99", f"if they were rounded, write {FREE}; else give out 0.01 more"),
        ("direct", None, (16.67, 16.67, 66.67), "100.01", f"{FREE}; else take away 0.01"),
        ("direct", None, (33, 33, 33), "sum to 99", f"if they were rounded, write {FREE}; else give out 1 more"),
        ("direct", None, (0.5, 0.3, 0.2), "sum to 1, and", f"they are shares of 1: write total: 1, or write {FREE}"),
        ("direct", None, (1, 0, 0), "sum to 1, and", f"they are shares of 1: write total: 1, or write {FREE}"),
        ("direct", None, (0.33, 0.33, 0.33), "sum to 0.99", f"if they are shares of 1 that were rounded, write {FREE}"),
        ("direct", None, (0, 0, 2), "sum to 2, and", f"give out 98 more, or write {FREE}"),
        ("direct", 1.0, (0.333, 0.333, 0.333), "0.999", f"if they were rounded, write {FREE}; else give out 0.001 more"),
        ("direct", 1.0, (50, 30, 20), "sum to 100, and the stated total is 1", "delete total:, which is 100 unless stated"),
        ("points", 100.0, (0.5, 0.3, 0.2), "sum to 1, and", "they are shares of 1: write total: 1, or delete total:"),
    ],
)  # fmt: skip
def test_a_total_that_is_not_reached(
    method: str, total: float | None, numbers: tuple[float, ...], said: str, remedy: str
) -> None:
    (fault,) = refusal(ABC, Answers(dict(zip(ABC, numbers, strict=True))), method, Settings(total=total))
    assert (fault.code, fault.ids, fault.path) == ("total-not-reached", ABC, ("judgements", "c1"))
    assert said in fault.message
    assert fault.remedy.startswith(remedy) or fault.remedy.endswith(remedy)


def test_points_have_no_total_unless_one_is_stated() -> None:
    assert rated("points", 5, 5, 30)["c3"] == 0.75


def test_smart_has_no_total() -> None:
    assert rated("smart", 10, 10, 30, total=7.0)["c3"] == pytest.approx(0.6, abs=1e-15)


@pytest.mark.parametrize(("numbers", "least"), [((5, 10, 20), "c1"), ((20, 30, 15), "c3"), ((0, 11, 12), "c2")])
def test_smart_whose_least_is_not_ten(numbers: tuple[float, ...], least: str) -> None:
    judgements = dict(zip(ABC, numbers, strict=True))
    (fault,) = refusal(ABC, Answers(judgements), "smart")
    assert (fault.code, fault.ids, fault.path) == ("smart-without-10", (least,), ("judgements", least))
    assert f"the smallest rating is {judgements[least]:g} (`{least}`)" in fault.message
    assert "method: points" in fault.remedy


@pytest.mark.parametrize("method", METHODS)
def test_an_interval_is_refused(method: str) -> None:
    (fault,) = refusal(ABC, Answers({"c1": 60, "c2": Interval(10, 20), "c3": 40}), method)
    assert (fault.code, fault.ids, fault.path) == ("judgement-interval", ("c2",), ("judgements", "c2"))
    assert "only swing weighting reads" in fault.message
    assert "method: swing" in fault.remedy


@pytest.mark.parametrize("method", ["points", "smart"])
def test_nothing_but_zeros_is_refused_by_all_their_ids(method: str) -> None:
    (fault,) = refusal(ABC, Answers(dict.fromkeys(ABC, 0.0)), method)
    assert (fault.code, fault.ids, fault.path) == ("weights-all-zero", ABC, ("judgements", "c1"))
    assert "`c1`, `c2`, `c3` are zero" in fault.message
    assert fault.remedy


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("bad", [-1.0, -1e-300, float("inf"), float("-inf"), float("nan")])
def test_a_judgement_that_is_negative_or_not_finite_is_refused_by_id(bad: float, method: str) -> None:
    (fault,) = refusal(ABC, Answers({"c1": 10, "c2": bad, "c3": 90}), method)
    assert (fault.code, fault.ids) == ("weight-negative" if bad < 0 else "weight-not-finite", ("c2",))
    assert fault.path == ("judgements", "c2")
    assert fault.remedy


@pytest.mark.parametrize("method", METHODS)
def test_every_fault_comes_in_one_go(method: str) -> None:
    faults = refusal(ABC, Answers({"c1": -1, "c2": Interval()}), method)
    assert [(fault.code, fault.path) for fault in faults] == [
        ("judgement-interval", ("judgements", "c2")),
        ("judgement-missing", ("judgements", "c3")),
        ("weight-negative", ("judgements", "c1")),
    ]


@pytest.mark.parametrize("one", [1e-300, 1e300, 5e-324, 1e308])
def test_very_large_and_very_small_points_are_shared_out_like_others(one: float) -> None:
    assert rated("points", one, one, 0) == {"c1": 0.5, "c2": 0.5, "c3": 0.0}


@pytest.mark.parametrize("method", ["points", "direct"])
def test_numbers_whose_sum_is_no_number_do_not_reach_a_total(method: str) -> None:
    (fault,) = refusal(ABC, Answers(dict.fromkeys(ABC, 1e308)), method, Settings(total=100.0))
    assert fault.code == "total-not-reached"


@repeatable
@given(st.integers(1, 30).flatmap(points))
def test_shares_are_not_negative_and_sum_to_one(given_points: list[float]) -> None:
    named = {f"c{index}": value for index, value in enumerate(given_points)}
    found = shares_of(named)
    assert found.min() >= 0
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-14)
    assert [share == 0 for share in found] == [value == 0 for value in named.values()]


@repeatable
@given(st.integers(1, 8).flatmap(points), st.floats(1e-6, 1e6))
def test_shares_do_not_depend_on_the_size_of_the_points(given_points: list[float], factor: float) -> None:
    named = {f"c{index}": value for index, value in enumerate(given_points)}
    scaled = shares_of({name: value * factor for name, value in named.items()})
    np.testing.assert_allclose(scaled, shares_of(named), rtol=0, atol=1e-14)


@repeatable
@given(st.integers(1, 8).flatmap(points))
def test_all_rating_methods_agree_where_each_can_say_the_same(given_points: list[float]) -> None:
    named = {f"c{index}": value for index, value in enumerate(given_points)}
    least = min(value for value in named.values() if value > 0)
    of = flat(named)
    as_points = derive_weights(of, named).shares
    direct = derive_weights(
        of, {name: 100 * share for name, share in zip(named, as_points.tolist(), strict=True)}, method="direct"
    )
    np.testing.assert_allclose(direct.shares, as_points, rtol=0, atol=1e-14)
    smart = {name: 10.0 if value == least else value / least * 10 for name, value in named.items()}
    np.testing.assert_allclose(derive_weights(of, smart, method="smart").shares, as_points, rtol=0, atol=1e-14)
    swing = {
        name: 100.0 if value == max(named.values()) else value / max(named.values()) * 100
        for name, value in named.items()
    }
    np.testing.assert_allclose(derive_weights(of, swing, method="swing").shares, as_points, rtol=0, atol=1e-14)


def test_the_vector_cannot_be_written_to() -> None:
    vector = derive_weights(flat(ABC), {"c1": 1, "c2": 1, "c3": 2})
    assert isinstance(vector.shares, np.ndarray)
    with pytest.raises(ValueError, match="read-only"):
        vector.shares[0] = 0.9


def test_no_ratings_at_all_are_refused() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        shares_of({})
    assert caught.value.faults[0].code == "weights-all-zero"

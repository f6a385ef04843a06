"""New weights written back as judgements: they derive the same weights, and totals are exact to the last decimal."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.analysis.elicitation.answers import Across, Answers, Settings
from policy_options.analysis.elicitation.deriving import Paths, elicit, nodes_of
from policy_options.analysis.elicitation.restating import restated
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.reweighting import read_edits, reweigh
from problems import repeatable

PATHS: Paths = {
    "supply": ("economy",),
    "trade": ("economy",),
    "rules": ("standing",),
    "trust": ("standing",),
    "cost": (),
}
FLAT: Paths = {"a": (), "b": (), "c": ()}


def vector(paths: Paths, *raw: float) -> WeightVector:
    return WeightVector("set", tuple(paths), np.array(raw) / fsum(raw))


def derived(
    paths: Paths, judgements: Mapping[str, float], across: Across = "leaves", total: float | None = None
) -> WeightVector:
    method = "points" if total is None else "direct"
    return elicit(paths, Answers(judgements), id="set", method=method, settings=Settings(across, total)).weights


def written(judgements: Mapping[str, float], numbers: Mapping[str, str]) -> dict[str, Decimal]:
    """The content of the file afterwards, digit by digit."""
    return {name: Decimal(numbers.get(name, repr(number))) for name, number in judgements.items()}


def assert_round_trip(
    wanted: WeightVector,
    paths: Paths,
    judgements: Mapping[str, float],
    *,
    across: Across = "leaves",
    total: float | None = None,
) -> dict[str, str]:
    numbers = restated(wanted, paths, judgements, across=across, total=total)
    texts = written(judgements, numbers)
    found = derived(paths, {name: float(text) for name, text in texts.items()}, across, total)
    # A millionth of the total at each level from the root, plus half of one by rounding.
    np.testing.assert_allclose(found.shares, wanted.shares, rtol=0, atol=1.6e-6 * (1 if across == "leaves" else 2))
    for children in nodes_of(paths, across).values():
        if any(Decimal(repr(judgements[child])) != texts[child] for child in children):
            before = sum((Decimal(repr(judgements[child])) for child in children), Decimal(0))
            whole = Decimal(repr(total)) if total is not None else before
            if whole:
                assert sum((texts[child] for child in children), Decimal(0)) == whole
    assert all(texts[name] >= 0 for name in judgements)
    return numbers


def test_numbers_are_changed_as_a_person_would() -> None:
    judgements = {"a": 50.0, "b": 30.0, "c": 20.0}
    new = reweigh(derived(FLAT, judgements), FLAT, read_edits(["a=55", "b=25"]))
    assert assert_round_trip(new, FLAT, judgements) == {"a": "55", "b": "25"}
    thirds = reweigh(derived(FLAT, judgements), FLAT, read_edits(["a=40"]))
    assert assert_round_trip(thirds, FLAT, judgements) == {"a": "40", "b": "36", "c": "24"}


def test_what_rounding_loses_goes_where_it_was_lost_most() -> None:
    numbers = restated(vector(FLAT, 1, 1, 1), FLAT, {"a": 50.0, "b": 25.0, "c": 25.0}, across="leaves", total=None)
    assert sorted(numbers.values()) == ["33.3333", "33.3333", "33.3334"]
    sevenths = restated(vector(FLAT, 2, 2, 3), FLAT, {"a": 0.0, "b": 0.0, "c": 100.0}, across="leaves", total=100.0)
    assert sevenths == {"a": "28.5714", "b": "28.5714", "c": "42.8572"}


def test_a_number_that_came_out_exact_is_left_alone() -> None:
    numbers = restated(vector(FLAT, 3, 3, 4), FLAT, {"a": 30.0, "b": 40.0, "c": 30.0}, across="leaves", total=None)
    assert numbers == {"b": "30", "c": "40"}
    paths: Paths = dict.fromkeys("abcd", ())
    judged = {"a": 40.0, "b": 60.0, "c": 0.0, "d": 0.0}
    half = vector(paths, 3, 1, 1, 1)
    assert assert_round_trip(half, paths, judged)["a"] == "50"


@pytest.mark.parametrize("total", [1.0, 7.0, 100.0, 12.5, 1e6, 3e-3, 0.1, 1e-6, 365.25, 9999.0, 1e12])
@pytest.mark.parametrize("stated", [True, False])
def test_totals_are_kept_to_the_last_decimal(total: float, stated: bool) -> None:
    judged = {"a": total, "b": 0.0, "c": 0.0}
    for raw in ([1, 1, 1], [1, 2, 4], [0, 1, 2], [1e-9, 1, 1], [1, 0, 0], [97, 2, 1]):
        wanted = vector(FLAT, *raw)
        assert_round_trip(wanted, FLAT, judged, total=total if stated else None)


def test_numbers_have_no_more_digits_than_they_need() -> None:
    for total in (1.0, 7.0, 100.0, 12.5, 1e6, 3e-3):
        numbers = restated(vector(FLAT, 1, 2, 4), FLAT, {"a": total, "b": 0.0, "c": 0.0}, across="leaves", total=total)
        for text in numbers.values():
            assert "e" not in text.lower()
            assert len(Decimal(text).normalize().as_tuple().digits) <= 8, (total, text)


def test_a_total_that_no_one_stated_is_that_of_the_numbers_as_they_are_typed() -> None:
    """0.1 and 0.2 are 0.3, though their sum in binary is not."""
    paths: Paths = {"a": (), "b": ()}
    numbers = assert_round_trip(vector(paths, 1, 1), paths, {"a": 0.1, "b": 0.2})
    assert numbers == {"a": "0.15", "b": "0.15"}


def test_unchanged_weights_need_no_new_number() -> None:
    judged = {"a": 1.0, "b": 1.0, "c": 1.0}
    assert restated(derived(FLAT, judged), FLAT, judged, across="leaves", total=None) == {}
    thirds = {"a": 33.3, "b": 33.3, "c": 33.4}
    assert restated(derived(FLAT, thirds), FLAT, thirds, across="leaves", total=100.0) == {}


def test_siblings_are_restated_group_by_group() -> None:
    judged = {"economy": 50.0, "standing": 30.0, "cost": 20.0, "supply": 3.0, "trade": 1.0, "rules": 7.0, "trust": 7.0}
    old = derived(PATHS, judged, "siblings")
    whole = reweigh(old, PATHS, read_edits(["economy=40"]))
    # The group's own children keep their proportions, so that only the numbers between groups change.
    assert assert_round_trip(whole, PATHS, judged, across="siblings") == {
        "economy": "40",
        "standing": "36",
        "cost": "24",
    }
    within = reweigh(old, PATHS, read_edits(["supply=25", "trade=25"]), take_from="cost")
    assert assert_round_trip(within, PATHS, judged, across="siblings") == {"supply": "2", "trade": "2"}
    leaf = reweigh(old, PATHS, read_edits(["rules=25"]), take_from="trust")
    assert assert_round_trip(leaf, PATHS, judged, across="siblings") == {"rules": "11.66667", "trust": "2.33333"}


def test_a_stated_total_holds_in_each_group() -> None:
    judged = {
        "economy": 50.0,
        "standing": 30.0,
        "cost": 20.0,
        "supply": 75.0,
        "trade": 25.0,
        "rules": 50.0,
        "trust": 50.0,
    }
    wanted = vector(PATHS, 1, 2, 3, 4, 5)
    numbers = assert_round_trip(wanted, PATHS, judged, across="siblings", total=100.0)
    assert numbers["supply"] == "33.3333"
    assert numbers["trade"] == "66.6667"


def test_what_is_judged_inside_a_group_without_weight_stays() -> None:
    judged = {"economy": 50.0, "standing": 30.0, "cost": 20.0, "supply": 3.0, "trade": 1.0, "rules": 7.0, "trust": 7.0}
    none = reweigh(derived(PATHS, judged, "siblings"), PATHS, read_edits(["economy=0"]))
    numbers = assert_round_trip(none, PATHS, judged, across="siblings")
    assert numbers == {"economy": "0", "standing": "60", "cost": "40"}


def test_a_group_that_had_nothing_gets_a_hundred_to_share() -> None:
    judged = {"economy": 0.0, "standing": 60.0, "cost": 40.0, "supply": 0.0, "trade": 0.0, "rules": 7.0, "trust": 7.0}
    some = reweigh(derived(PATHS, judged, "siblings"), PATHS, read_edits(["supply=10", "trade=30"]))
    numbers = assert_round_trip(some, PATHS, judged, across="siblings")
    assert numbers == {"economy": "40", "standing": "36", "cost": "24", "supply": "25", "trade": "75"}


totals = st.sampled_from([1.0, 7.0, 100.0, 12.5, 1e6, 3e-3, 1e-4, 360.0])


@st.composite
def judged_leaves(draw: st.DrawFn, total: float) -> dict[str, float]:
    """Integer thousandths of a total among five, some of them zero."""
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=4, max_size=4)))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, 1000], strict=True)]
    exact = [Decimal(part) * Decimal(repr(total)) / 1000 for part in parts]
    return {name: float(part) for name, part in zip(PATHS, exact, strict=True)}


shares = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1)), min_size=5, max_size=5).filter(any)


@repeatable
@given(st.data(), totals, shares, st.booleans())
def test_leaves_come_back(data: st.DataObject, total: float, raw: list[float], stated: bool) -> None:
    judged = data.draw(judged_leaves(total))
    assert_round_trip(vector(PATHS, *raw), PATHS, judged, total=total if stated else None)


numbers_between = st.one_of(st.integers(0, 100).map(float), st.decimals(0, 50, places=2).map(float))


@repeatable
@given(st.fixed_dictionaries(dict.fromkeys((*PATHS, "economy", "standing"), numbers_between)), shares)
def test_siblings_come_back(judged: dict[str, float], raw: list[float]) -> None:
    assert_round_trip(vector(PATHS, *raw), PATHS, judged, across="siblings")


@repeatable
@given(st.data(), totals, shares)
def test_written_once_the_numbers_stay(data: st.DataObject, total: float, raw: list[float]) -> None:
    """Weights that the file now gives are written back unchanged."""
    judged = data.draw(judged_leaves(total))
    numbers = restated(vector(PATHS, *raw), PATHS, judged, across="leaves", total=total)
    again = {name: float(numbers.get(name, repr(number))) for name, number in judged.items()}
    assert restated(derived(PATHS, again, total=total), PATHS, again, across="leaves", total=total) == {}

"""The additive model against published numbers. Each case in ``tests/cases`` names its source."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.ranking import Ranking, rank
from policy_options.analysis.value_functions import Direction
from problems import UNKNOWN, criterion, derive_weights, group, paths, problem, weights

CASES = Path(__file__).parent.parent / "cases"
DIRECTION: dict[str, Direction] = {"max": "more-is-better", "min": "less-is-better"}


def read(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    assert case["source"]
    return case


def simple(case: Mapping[str, Any], *, local: bool = False) -> Problem:
    """A flat problem: linear on the scales given, or between the least and the greatest performance of each column."""
    given = case["input"]
    columns = list(zip(*given["matrix"], strict=True))
    axes = [
        criterion(
            one["id"],
            min(column) if local else one["scale"]["min"],
            max(column) if local else one["scale"]["max"],
            DIRECTION[one["direction"]],
        )
        for one, column in zip(given["criteria"], columns, strict=True)
    ]
    return problem(given["matrix"], options=[one["id"] for one in given["options"]], criteria=axes)


def ranked(case: Mapping[str, Any], *, local: bool = False) -> Ranking:
    given = case["input"]
    shares = dict(zip((one["id"] for one in given["criteria"]), given["weights"], strict=True))
    return rank(simple(case, local=local), weights(shares))


@pytest.fixture(scope="module")
def getreal() -> dict[str, Any]:
    return read("additive-getreal-linear")


def test_getreal_values_scores_and_ranks(getreal: dict[str, Any]) -> None:
    expected, result = getreal["expected"], ranked(getreal)
    near = 100 * expected["tolerance"]
    np.testing.assert_allclose(result.problem.values, 100 * np.array(expected["values"]), rtol=0, atol=near)
    np.testing.assert_allclose(result.lower, 100 * np.array(expected["scores"]), rtol=0, atol=near)
    assert result.ranks.tolist() == expected["ranking"]


def test_getreal_on_local_scales_gives_other_scores(getreal: dict[str, Any]) -> None:
    expected, result = getreal["expected"], ranked(getreal, local=True)
    local = expected["local_min_max_would_give"]
    near = 100 * expected["tolerance"]
    np.testing.assert_allclose(result.problem.values, 100 * np.array(local["values"]), rtol=0, atol=near)
    np.testing.assert_allclose(result.lower, 100 * np.array(local["scores"]), rtol=0, atol=near)


def test_transport_scores_are_the_exact_fractions() -> None:
    case = read("stability-transport")
    expected, result = case["expected"], ranked(case)
    exact = [float(100 * Fraction(score)) for score in expected["scores_exact"]]
    np.testing.assert_allclose(result.lower, exact, rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        result.lower, 100 * np.array(expected["scores"]), rtol=0, atol=100 * expected["tolerance"]
    )
    assert result.leaders == (expected["best"],)
    assert result.in_order == ("o2", "o1", "o5", "o3", "o4")


def with_weight(case: Mapping[str, Any], moved: str, share: float) -> dict[str, float]:
    """The weights of a case with one of them changed and the others in proportion."""
    given = dict(zip((one["id"] for one in case["input"]["criteria"]), case["input"]["weights"], strict=True))
    rest = 1.0 - given[moved]
    return {name: share if name == moved else old * (1.0 - share) / rest for name, old in given.items()}


@pytest.mark.parametrize(
    ("name", "intervals"), [("stability-transport", "intervals"), ("additive-getreal-linear", "weight_stability")]
)
def test_the_best_option_changes_at_the_ends_of_the_published_stability_intervals(name: str, intervals: str) -> None:
    case = read(name)
    of, best = simple(case), ranked(case).leaders
    step = 1e-5
    for moved, (low, high) in case["expected"][intervals].items():
        for share in (low + step, high - step):
            assert rank(of, weights(with_weight(case, moved, share))).leaders == best, (moved, share)
        for share in (low - step, high + step):
            if 0 <= share <= 1:
                assert rank(of, weights(with_weight(case, moved, share))).leaders != best, (moved, share)


def test_swing_weights_with_exact_ratios() -> None:
    case = read("weights-swing-exact-ratio")
    names = [one["id"] for one in case["input"]["criteria"]]
    of = problem([[0.0] * len(names)], criteria=[criterion(name) for name in names])
    derived = derive_weights(paths(of), case["input"]["swing_points"], id="case", method="swing", across="leaves")
    expected = case["expected"]
    assert derived.criteria == tuple(names)
    for name, share in expected["weights"].items():
        assert derived.share(name) == pytest.approx(share, abs=expected["tolerance"])


@pytest.fixture(scope="module")
def asem() -> dict[str, Any]:
    return read("large-asem-hierarchy")


@pytest.fixture(scope="module")
def connectivity(asem: dict[str, Any]) -> Problem:
    """51 countries by 49 indicators in a tree of three levels; each scale runs from the least to the greatest figure."""
    given = asem["input"]
    with (CASES / given["matrix_file"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    above = {
        leaf: (index, pillar)
        for index, pillars in given["value_tree"].items()
        for pillar, leaves in pillars.items()
        for leaf in leaves
    }
    axes: list[CriterionAxis] = []
    for one in given["criteria"]:
        column = [float(row[one["id"]]) for row in rows]
        axes.append(
            criterion(one["id"], min(column), max(column), DIRECTION[one["direction"]], groups=above[one["id"]])
        )
    return problem(
        [[float(row[axis.id]) for axis in axes] for row in rows],
        options=[row[given["option_column"]] for row in rows],
        criteria=axes,
        groups=[
            node
            for index, pillars in given["value_tree"].items()
            for node in (group(index), *(group(pillar, above=(index,)) for pillar in pillars))
        ],
    )


@pytest.fixture(scope="module")
def connected(connectivity: Problem, asem: dict[str, Any]) -> Ranking:
    """Equal judgements within each node of the tree."""
    nodes = [*connectivity.criterion_ids, *(node.id for node in connectivity.groups)]
    judgements = dict.fromkeys(nodes, 1.0)
    return rank(
        connectivity, derive_weights(paths(connectivity), judgements, id="asem", method="points", across="siblings")
    )


def test_asem_weights_down_the_tree(connected: Ranking, asem: dict[str, Any]) -> None:
    flat = asem["input"]["flat_weights"]
    assert set(flat) == set(connected.problem.criterion_ids)
    for name, share in flat.items():
        assert connected.weights.share(name) == pytest.approx(share, abs=1e-12)
    assert connected.shares.sum() == pytest.approx(1.0, abs=1e-14)


def test_asem_index_and_ranks(connected: Ranking, asem: dict[str, Any]) -> None:
    expected = asem["expected"]
    assert connected.problem.likely.shape == (51, 49)
    assert set(expected["index"]) == set(connected.problem.option_ids)
    for country, index in expected["index"].items():
        assert connected.value(country) == pytest.approx(index, abs=expected["tolerance"])
    ranks = dict(zip(connected.problem.option_ids, connected.ranks.tolist(), strict=True))
    assert ranks == expected["ranking"]
    assert connected.in_order == tuple(sorted(ranks, key=lambda country: ranks[country]))


def test_asem_sub_indexes_are_the_contributions_of_the_top_groups(connected: Ranking, asem: dict[str, Any]) -> None:
    expected = asem["expected"]
    assert [name for name, _, _ in connected.problem.top_groups] == list(expected["sub_indexes"])
    for column, (name, _, _) in enumerate(connected.problem.top_groups):
        for country, index in expected["sub_indexes"][name].items():
            part = connected.group_contributions[connected.problem.option_index[country], column]
            assert part / 0.5 == pytest.approx(index, abs=expected["tolerance"])


def test_asem_pillars_are_sums_of_contributions(connected: Ranking, asem: dict[str, Any]) -> None:
    expected = asem["expected"]
    for pillar, indexes in expected["pillars"].items():
        columns = connected.problem.columns_of(pillar)
        share = connected.shares[columns].sum()
        for country, index in indexes.items():
            part = connected.contributions[connected.problem.option_index[country], columns].sum()
            assert part / share == pytest.approx(index, abs=expected["tolerance"])


def test_asem_with_its_blank_cells_unknown_holds_the_published_index_in_its_ranges(
    connected: Ranking, asem: dict[str, Any]
) -> None:
    """The published index imputes 63 cells. That is one possible completion, so the ranges must contain it."""
    blank = asem["input"]["blank_in_raw_data"]
    of = connected.problem
    likely = of.likely.copy()
    for country, names in blank.items():
        likely[of.option_index[country], [of.criterion_ids.index(name) for name in names]] = UNKNOWN
    assert np.isnan(likely).sum() == 63
    result = rank(problem(likely, options=of.option_ids, criteria=of.criteria, groups=of.groups), connected.weights)
    open_rows = {of.option_index[country] for country in blank}
    for row, country in enumerate(of.option_ids):
        assert result.lower[row] - 1e-9 <= connected.lower[row] <= result.upper[row] + 1e-9
        assert result.best_rank[row] <= connected.ranks[row] <= result.worst_rank[row]
        lost = sum(100 * connected.weights.share(name) for name in blank.get(country, ()))
        assert result.upper[row] - result.lower[row] == pytest.approx(lost, abs=1e-9)
        if row not in open_rows:
            assert result.lower[row] == result.upper[row]
    assert (result.best_rank < result.worst_rank).any()

"""Frontiers and prices of many members against enumeration of few, and on a problem that enumeration does not reach."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from package_problems import certain, even, sums_problem
from policy_options.analysis.packages.best import MOST_LISTED
from policy_options.analysis.packages.choosing import Packages, PackageSettings, choose, choose_of_many
from policy_options.analysis.packages.frontier import Frontier, frontier
from policy_options.analysis.packages.frontier_of_many import MOST_STATES
from policy_options.analysis.packages.more_of_many import forced_prices_of_many, frontiers_of_many
from policy_options.analysis.packages.problem import Combination, PackageProblem, Resource, Rule
from policy_options.analysis.packages.table import enumerate_packages
from problems import criterion


def drawn(seed: int, *, ruled: bool) -> PackageProblem:
    chance = np.random.default_rng(seed)
    m = int(chance.integers(2, 10))
    resources = []
    for name in ("money", "staff")[: int(chance.integers(1, 3))]:
        uses = tuple(Fraction(int(use), 2) for use in chance.integers(0, 9, m))
        capacity = sum(uses, Fraction(0)) * Fraction(int(chance.integers(2, 10)), 10)
        resources.append(Resource(name, name, "units", (capacity,), uses, uses, uses))
    rules = [Rule("always" if chance.random() < 0.5 else "never", (int(chance.integers(m)),))] if seed % 3 == 0 else []
    if ruled and m > 2:
        rules.append(Rule("excludes", (0, 1)))
        rules.append(Rule("requires", (2, 1)))
    values = chance.integers(-3, 9, m).astype(float)
    return sums_problem([[v] for v in values], [criterion("worth")], resources=tuple(resources), rules=tuple(rules))


def both(problem: PackageProblem) -> tuple[Packages, Packages] | None:
    """Looked at one by one, and as if there were many; ``None`` where no package is admitted."""
    table = enumerate_packages(problem, even("worth"))
    if not table.admitted.any():
        return None
    return tuple(make(problem, even("worth"), PackageSettings()) for make in (choose, choose_of_many))  # type: ignore[return-value]


@pytest.mark.parametrize("batch", range(2))
def test_frontiers_and_prices_are_those_of_enumeration(batch: int) -> None:
    compared = 0
    for seed in range(batch, 60, 2):
        pair = both(drawn(seed, ruled=seed % 4 == 1))
        if pair is None:
            continue
        one, many = pair
        assert [price.price for price in many.forced_prices] == pytest.approx([p.price for p in one.forced_prices])
        assert [price.price for price in many.rule_prices] == pytest.approx([p.price for p in one.rule_prices])
        if any(rule.kind not in ("always", "never") for rule in one.problem.rules):
            assert (many.no_frontier, many.frontiers) == ("rules", {})
            continue
        assert many.no_frontier is None
        for resource in one.problem.resources:
            assert one.every is not None
            same(frontier(one.every, resource.id), many.frontiers[resource.id])
            compared += 1
    assert compared > 20


def same(wanted: Frontier, found: Frontier) -> None:
    assert [step.use for step in found.steps] == [step.use for step in wanted.steps]
    assert [step.value for step in found.steps] == pytest.approx([step.value for step in wanted.steps])
    assert [step.on_hull for step in found.steps] == [step.on_hull for step in wanted.steps]
    if max((step.tied for step in wanted.steps), default=0) < MOST_LISTED:
        assert [step.packages for step in found.steps] == [step.packages for step in wanted.steps]
        assert [step.nested for step in found.steps] == [step.nested for step in wanted.steps]


def sixty(uses: list[float] | None = None) -> PackageProblem:
    chance = np.random.default_rng(11)
    values = [[float(value)] for value in chance.uniform(0.1, 2.0, 60)]
    parts = uses if uses is not None else chance.integers(5, 60, 60).astype(float).tolist()
    money = certain("money", round(sum(parts) / 2), parts)
    return sums_problem(values, [criterion("worth")], resources=(money,))


def test_sixty_options_have_a_frontier_and_prices() -> None:
    found = choose(sixty(), even("worth"), PackageSettings(k=3))
    curve = found.frontiers["money"]
    assert found.no_frontier is None
    at = curve.at_capacity
    assert at is not None and curve.steps[at].value == pytest.approx(found.best_value)
    assert found.recommended in curve.steps[at].packages
    assert curve.steps[-1].value == pytest.approx(found.value((1 << 60) - 1))
    for price in found.forced_prices:
        assert price.price is not None and price.price >= 0.0
    least = min(price.price for price in found.forced_prices if price.price is not None)
    assert least == pytest.approx(found.rows[1].gap)  # the next best differs from the best in some option


def test_what_is_out_of_reach_is_said() -> None:
    fine = [number + number / 9973 for number in range(1, 61)]
    assert 60 * sum(fine) * 9973 > MOST_STATES
    assert (
        choose(sixty([float(str(round(use, 4))) for use in fine]), even("worth"), PackageSettings()).no_frontier
        == "uses"
    )
    few = sums_problem(
        [[float(n)] for n in range(1, 25)], [criterion("worth")], resources=(certain("money", 9, [3.0] * 24),)
    )
    highest = replace(few, combinations=(Combination("highest"),))
    assert frontiers_of_many(highest, even("worth")) == "sum"
    assert forced_prices_of_many(highest, even("worth"), 1, 1.0) is None
    contradicting = (Rule("always", (0,)), Rule("never", (1,)))
    assert choose(replace(sixty(), rules=contradicting), even("worth"), PackageSettings(k=1)).frontiers["money"].steps

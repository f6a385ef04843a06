"""Packages in several futures against brute force in fractions, and by hand where scores are unknown or red lines fail."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from exact_packages import Case, exact_overall, keeping, possible
from package_problems import certain, even, sums_problem
from policy_options.analysis.packages.problem import PackageProblem, Rule, members_of
from policy_options.analysis.scenarios.hedging import Step
from policy_options.analysis.scenarios.packages import PackagesInScenarios, packages_in_scenarios
from policy_options.errors import PolicyOptionsError
from problems import UNKNOWN, criterion

CASES = int(os.environ.get("POLICY_OPTIONS_PACKAGES", "120"))


def in_another_future(case: Case, seed: int) -> Case:
    """The same members, rules and resources with other scores: some of the cells move by up to two units."""
    chance = np.random.default_rng(1000 + seed)
    table = case.problem.problem
    moved = table.likely + chance.integers(-8, 9, table.likely.shape) / 4 * (chance.random(table.likely.shape) < 0.5)
    limits = [how.limit for how in case.problem.combinations]
    moved = np.clip(moved, 0.0, 16.0)
    for column, limit in enumerate(limits):
        if limit is not None and moved[0, column] == limit:
            moved[0, column] = table.likely[0, column]
    scores = replace(table, low=moved, likely=moved, high=moved)
    return replace(case, problem=replace(case.problem, problem=scores))


@pytest.mark.parametrize("batch", range(4))
def test_regret_choice_first_step_and_hedge_are_brute_force(batch: int) -> None:
    steps = 0
    for seed in range(batch, CASES, 4):
        cases = [possible(seed)]
        cases += [in_another_future(cases[0], 3 * seed + number) for number in range(2)]
        names = ("reference", "storm", "calm")
        every = [exact_overall(case) for case in cases]
        admitted = [keeping(case, values) for case, values in zip(cases, every, strict=True)]
        problems = [case.problem for case in cases]
        if not all(admitted):
            with pytest.raises(PolicyOptionsError, match=r"scenario `.*`: no package"):
                packages_in_scenarios(names, problems, cases[0].weights, "reference")
            continue
        best = [max(values.values()) for values in admitted]
        everywhere = set.intersection(*(set(values) for values in admitted))
        regret = {
            package: max(top - values[package] for top, values in zip(best, every, strict=True))
            for package in set.intersection(*(set(values) for values in every))
        }
        advice = min((p for p, value in admitted[0].items() if value == best[0]), key=lambda p: (p.bit_count(), p))
        found = packages_in_scenarios(names, problems, cases[0].weights, "reference")
        assert found.advice == advice, seed
        first = [p for top, values in zip(best, admitted, strict=True) for p, value in values.items() if value == top]
        assert found.first_step == members_of(int(np.bitwise_and.reduce(first))), seed
        least = min((regret[p] for p in everywhere), default=None)
        wanted = {p for p in everywhere if regret[p] == least}
        assert found.choice_tied == len(wanted), seed
        assert set(found.choice) <= wanted and len(found.choice) == min(100, len(wanted))
        assert set(found.choice) == wanted or len(wanted) > 100
        for row in found.rows:
            for name, value, top, values, points in zip(names, row.values, best, every, row.regrets, strict=True):
                assert (row.package not in values) == (name in row.failing or not is_judged(cases[0], row.package))
                if row.package in values:
                    assert value == pytest.approx(float(values[row.package]), abs=1e-9)
                    assert points == pytest.approx(max(0.0, float(top - values[row.package])), abs=1e-9)
        if advice in regret:
            steps += check_steps(found, cases[0], regret, everywhere)
    assert steps > 0


def is_judged(case: Case, package: int) -> bool:
    return package.bit_count() < 2 or all(
        how.rule != "judged" or package in how.judged for how in case.problem.combinations
    )


def needing(problem: PackageProblem, package: int) -> int:
    """A package with all that rules require with its members."""
    while True:
        more = package
        for rule in problem.rules:
            if rule.kind == "requires" and package >> rule.members[0] & 1:
                more |= sum(1 << member for member in rule.members if not more >> member & 1)
        if more == package:
            return package
        package = more


def check_steps(found: PackagesInScenarios, case: Case, regret: dict[int, Fraction], everywhere: set[int]) -> int:
    """The steps against trying every one; how many there are."""
    m, advice = len(case.problem.members), found.advice
    others = [member for member in range(m) if not advice >> member & 1]
    added = {advice | needing(case.problem, 1 << member) for member in others}
    swapped = {advice & ~(1 << out) | needing(case.problem, 1 << into) for out in members_of(advice) for into in others}
    start = max(Fraction(0), regret[advice])
    count = 0
    for step, packages in ((found.steps.hedge, added), (found.steps.exchange, swapped)):
        least = min((max(Fraction(0), regret[p]) for p in packages if p in everywhere), default=start)
        assert (step is None) == (least >= start)
        if step is not None:
            assert step.package in packages & everywhere
            assert max(Fraction(0), regret[step.package]) == least
            assert step.lowers == pytest.approx(float(start - least), abs=1e-9)
            assert step.short == ()
            count += 1
    beyond = found.steps.beyond
    if beyond is not None:
        assert beyond.package in added - everywhere
        assert beyond.largest == pytest.approx(max(0.0, float(regret[beyond.package])), abs=1e-9)
        assert beyond.lowers == pytest.approx(float(start) - beyond.largest, abs=1e-9)
        for id, missing in beyond.short:
            resource = case.problem.resource(id)
            used = sum((resource.likely[member] for member in members_of(beyond.package)), Fraction(0))
            assert missing == used - resource.capacity > 0
    return count


def two_futures(
    reference: list[list[float]], storm: list[list[float]], *, capacity: float = 2.0, rules: tuple[Rule, ...] = ()
) -> list[PackageProblem]:
    axes = [criterion("worth", red_line=-100.0)]
    how = {"resources": (certain("money", capacity, [1.0] * len(reference)),), "rules": rules}
    return [sums_problem(table, axes, **how) for table in (reference, storm)]  # type: ignore[arg-type]


def compared(problems: list[PackageProblem], reference: str | None = "reference") -> PackagesInScenarios:
    return packages_in_scenarios(("reference", "storm"), problems, even("worth"), reference)


def test_the_hedge_is_what_money_does_not_buy_today() -> None:
    found = compared(two_futures([[20.0], [15.0], [5.0]], [[20.0], [0.0], [30.0]]))
    assert found.problem.names(found.advice) == ("o1", "o2")
    assert found.along(found.advice).regrets == pytest.approx((0.0, 30.0))
    assert found.choice == (0b101,)
    assert found.first_step == (0,)
    assert found.changes == ("storm",)
    assert found.steps.hedge is None
    assert found.steps.exchange == Step((2,), (1,), 0b101, pytest.approx(10.0), pytest.approx(20.0))  # type: ignore[arg-type]
    beyond = found.steps.beyond
    assert beyond is not None
    assert (beyond.adds, beyond.short, beyond.largest, beyond.lowers) == ((2,), (("money", Fraction(1)),), 0.0, 30.0)


def test_the_hedge_that_fits_brings_what_it_requires() -> None:
    # o2 and o3 cost a little in the reference, and save much in a storm; o2 is not had without o3.
    requires = (Rule("requires", (1, 2)),)
    found = compared(two_futures([[20.0], [-1.0], [-2.0]], [[20.0], [30.0], [0.0]], capacity=3, rules=requires))
    assert found.advice == 0b001
    hedge = found.steps.hedge
    assert hedge is not None
    assert (hedge.adds, hedge.drops, hedge.package) == ((1, 2), (), 0b111)
    assert [hedge.largest, hedge.lowers] == pytest.approx([3.0, 27.0])


def test_a_package_of_the_smallest_largest_regret_may_be_best_nowhere() -> None:
    problems = two_futures([[20.0], [0.0], [14.0]], [[0.0], [20.0], [14.0]], capacity=1)
    found = compared(problems)
    assert found.choice == found.best_nowhere == (0b100,)
    assert found.first_step == ()
    assert compared(problems, None).advice == 0b100
    assert found.table["largest regret"].tolist()[0] == pytest.approx(6.0)


def test_every_scenario_twice_changes_nothing() -> None:
    problems = two_futures([[20.0], [15.0], [5.0]], [[20.0], [0.0], [30.0]])
    once = compared(problems)
    twice = packages_in_scenarios(("reference", "storm", "again"), [*problems, problems[1]], even("worth"), "reference")
    assert (twice.choice, twice.first_step, twice.steps) == (once.choice, once.first_step, once.steps)


def test_ties_belong_to_the_first_step_only_with_what_all_have() -> None:
    found = compared(two_futures([[20.0], [10.0], [10.0]], [[20.0], [10.0], [10.0]]))
    assert [there.tied for there in found.best] == [2, 2]
    assert found.first_step == (0,)
    assert found.choice_tied == 2


def test_unknown_scores_make_regret_the_most_that_it_can_be() -> None:
    found = compared(two_futures([[20.0], [10.0]], [[20.0], [UNKNOWN]], capacity=1))
    assert found.open
    # The unknown package may be worth 100 in the storm, or nothing.
    assert found.along(0b01).regrets == pytest.approx((0.0, 80.0))
    assert found.along(0b10).regrets == pytest.approx((10.0, 20.0))
    assert found.choice == (0b10,)


def test_a_package_that_fails_a_red_line_in_a_scenario_is_not_chosen() -> None:
    problems = [
        replace(one, problem=replace(one.problem, criteria=(criterion("worth", red_line=-5.0),)))
        for one in two_futures([[20.0], [10.0]], [[-9.0], [10.0]], capacity=1)
    ]
    found = compared(problems)
    assert found.advice == 0b01
    assert found.along(0b01).failing == ("storm",)
    assert found.choice == (0b10,)


def test_errors_name_the_scenario() -> None:
    problems = two_futures([[20.0], [10.0]], [[60.0], [60.0]])
    held = [replace(one, combinations=(replace(one.combinations[0], beyond=None),)) for one in problems]
    with pytest.raises(PolicyOptionsError, match="scenario `storm`: the package of `o1`, `o2` is at 120 on `worth`"):
        compared(held)


def many(base: list[float], storm: list[float]) -> list[PackageProblem]:
    """Twenty-four members, of which twenty add little."""
    rest = [0.5 + number / 100 for number in range(len(base), 24)]
    axes = [criterion("worth", 0.0, 1000.0)]
    money = certain("money", 4, [1.0] * 24)
    return [sums_problem([[value] for value in [*row, *rest]], axes, resources=(money,)) for row in (base, storm)]


def test_of_many_options_the_best_are_proved_and_no_choice_is_named() -> None:
    found = compared(many([90.0, 80.0, 70.0, 60.0, 55.0], [90.0, 80.0, 70.0, 0.0, 99.0]))
    assert not found.enumerated
    assert [there.package for there in found.best] == [0b1111, 0b10111]
    assert found.first_step == (0, 1, 2)
    assert found.choice == ()
    assert found.along(found.advice).regrets == pytest.approx((0.0, 9.9))
    assert found.steps.beyond is not None
    assert (found.steps.beyond.adds, found.steps.hedge) == ((4,), None)
    with pytest.raises(PolicyOptionsError, match="up to 22 options"):
        compared(many([90.0, 80.0], [90.0, 80.0]), None)

"""Packages by the script against Python's, in a browser: every rule of combination on every kind of scale."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Final

import numpy as np
from playwright.sync_api import Page

from package_problems import sums_problem
from policy_options import Dossier
from policy_options.analysis.packages.best import list_best
from policy_options.analysis.packages.problem import Combination, Effect, PackageProblem, Resource, Rule
from policy_options.analysis.packages.table import enumerate_packages
from policy_options.analysis.problem import WeightVector
from policy_options.dossier.packaging import build_packages
from policy_options.errors import PolicyOptionsError
from policy_options.web.exported.packs import packages_data, packages_notes
from policy_options.wording.phrases import load_phrases
from scored_problems import drawn_axis, drawn_shares

PROBLEMS: Final = 300
VECTORS: Final = 4

CHOOSE: Final = """text => JSON.stringify(JSON.parse(text).map(({ packs, asked }) => {
    const table = scoring.tabulate(packs);
    return asked.map(({ shares, capacities, inside, outside }) =>
        scoring.choose(packs, table, shares, capacities, inside, outside));
}))"""


def drawn_packages(chance: np.random.Generator) -> PackageProblem:
    """A problem of up to six members; those of levels combine by their extremes or by judgement."""
    m, n = int(chance.integers(1, 7)), int(chance.integers(1, 5))
    axes, how = [], []
    for column in range(n):
        axis = drawn_axis(chance, f"c{column}", ())
        kinds = ["highest", "lowest", "judged"] + ([] if axis.levels else ["add", "add", "independent"])
        rule = kinds[int(chance.integers(len(kinds)))]
        span = axis.high - axis.low
        judged = {}
        if rule == "judged":
            for package in range(1 << m):
                if package.bit_count() >= 2 and chance.random() < 0.6:
                    at = axis.low + float(chance.random()) * span
                    at = float(round(at)) if axis.levels else at
                    at = at if chance.random() < 0.9 else float("nan")
                    judged[package] = (at, at, at)
        rising = axis.direction == "more-is-better"
        limit = (axis.high + span if rising else axis.low - span) if rule == "independent" else None
        beyond = None if rule == "judged" or axis.levels else ("hold", "extend")[int(chance.integers(2))]
        axes.append(axis)
        how.append(Combination(rule, beyond, limit, judged))  # type: ignore[arg-type]

    def performance(column: int) -> float:
        axis = axes[column]
        at = axis.low + float(chance.integers(0, 9)) / 8 * (axis.high - axis.low)
        return float(round(at)) if axis.levels else at

    base = [performance(column) for column in range(n)]
    likely = [[base[c] if chance.random() < 0.3 else performance(c) for c in range(n)] for _ in range(m)]
    if chance.random() < 0.3:
        likely[int(chance.integers(m))][int(chance.integers(n))] = float("nan")
    effects, rules = [], []
    for column in range(n):
        if m >= 2 and how[column].rule == "add" and chance.random() < 0.5:
            together = frozenset(chance.choice(m, 2, replace=False).tolist())
            at = float(chance.normal()) * (axes[column].high - axes[column].low) / 10
            effects.append(Effect(together, column, at, at, at))
    for _ in range(int(chance.integers(0, 3))):
        kind = ("requires", "excludes", "at-most", "at-least", "exactly", "always", "never")[int(chance.integers(7))]
        size = 1 if kind in ("always", "never") else int(chance.integers(min(2, m), m + 1))
        members = tuple(chance.choice(m, size, replace=False).tolist())
        number = int(chance.integers(0, size + 1)) if kind in ("at-most", "at-least", "exactly") else None
        rules.append(Rule(kind, members, number))  # type: ignore[arg-type]
    resources = []
    for name in ("money", "staff")[: int(chance.integers(0, 3))]:
        uses = tuple(Fraction(int(chance.integers(0, 40)), 10) for _ in range(m))
        capacity = sum(uses, Fraction(0)) * Fraction(int(chance.integers(2, 10)), 10)
        resources.append(Resource(name, name, "units", (capacity,), uses, uses, uses))
    return sums_problem(
        likely,
        axes,
        base=base,
        combinations=how,
        resources=tuple(resources),
        rules=tuple(rules),
        effects=tuple(effects),
    )


def python_form(problem: PackageProblem, weights: WeightVector, forced: tuple[Rule, ...]) -> dict[str, Any]:
    """What the engine says, in the form of the script."""
    table = enumerate_packages(problem, weights, forced=forced)
    listed = list_best(table.overall, table.admitted, table.size)
    open_ = np.zeros(table.size) if table.open_share is None else 100.0 * table.open_share
    rows = zip(listed.packages.tolist(), listed.values.tolist(), listed.ranks.tolist(), strict=True)
    return {
        "rows": [[package, value, float(open_[package]), rank] for package, value, rank in rows],
        "allowed": int(table.allowed.sum()),
        "failing": 0 if table.meets is None else int((~table.meets & (table.broken == 0)).sum()),
        "baseline": float(table.overall[0]),
    }


def agree(python: dict[str, Any], script: dict[str, Any]) -> bool:
    rows = [[row["package"], row["value"], row["open"], row["rank"]] for row in script["rows"]]
    if [(row[0], row[3]) for row in rows] != [(row[0], row[3]) for row in python["rows"]]:
        return False
    close = all(
        abs(one - other) <= 1e-9
        for mine, theirs in zip(rows, python["rows"], strict=True)
        for one, other in zip(mine, theirs, strict=True)
    )
    counts = script["counts"]["allowed"] == python["allowed"]
    return close and counts and abs(script["baseline"] - python["baseline"]) <= 1e-9


def test_random_packages_are_chosen_as_in_python(scoring: Page) -> None:
    chance = np.random.default_rng(7)
    asked, wanted = [], []
    for _ in range(PROBLEMS):
        problem = drawn_packages(chance)
        each, found = [], []
        for _ in range(VECTORS):
            vector = WeightVector(
                "w", problem.problem.criterion_ids, drawn_shares(chance, len(problem.problem.criteria))
            )
            forced: tuple[Rule, ...] = ()
            inside = outside = 0
            if chance.random() < 0.3:
                member = int(chance.integers(len(problem.members)))
                inside, forced = 1 << member, (Rule("always", (member,)),)
            elif chance.random() < 0.3:
                member = int(chance.integers(len(problem.members)))
                outside, forced = 1 << member, (Rule("never", (member,)),)
            capacities = [float(resource.capacity) for resource in problem.resources]
            ask = {"shares": vector.shares.tolist(), "capacities": capacities, "inside": inside, "outside": outside}
            each.append(ask)
            found.append(python_form(problem, vector, forced))
        asked.append({"packs": packages_data(problem), "asked": each})
        wanted.append(found)
    given = json.loads(scoring.evaluate(CHOOSE, json.dumps(asked, allow_nan=False)))
    wrong = [
        (at, python, script)
        for at, (one, other) in enumerate(zip(wanted, given, strict=True))
        for python, script in zip(one, other, strict=True)
        if not agree(python, script)
    ]
    assert wrong == [], (len(wrong), wrong[0])
    assert sum(bool(python["rows"]) for one in wanted for python in one) > PROBLEMS * VECTORS / 2


def test_a_package_off_the_scale_without_a_rule_is_left_out_and_counted(scoring: Page) -> None:
    from problems import criterion

    problem = sums_problem([[60.0], [70.0]], [criterion("c")], combinations=[Combination("add")])
    weights = WeightVector("w", ("c",), np.ones(1))
    try:
        enumerate_packages(problem, weights)
        raise AssertionError("the engine refuses it")
    except PolicyOptionsError as error:
        assert error.faults[0].code == "package-off-scale"
    ask = {"shares": [1.0], "capacities": [], "inside": 0, "outside": 0}
    [[found]] = json.loads(scoring.evaluate(CHOOSE, json.dumps([{"packs": packages_data(problem), "asked": [ask]}])))
    assert [row["package"] for row in found["rows"]] == [2, 1, 0]
    assert found["counts"]["off"] == 1


def test_the_shipped_packages_are_chosen_as_in_python(scoring: Page, shipped_dossier: Dossier) -> None:
    problem = build_packages(shipped_dossier.contents, shipped_dossier.problem)
    capacities = [float(resource.capacity) for resource in problem.resources]
    vectors = [shipped_dossier.weights(name) for name in shipped_dossier.weight_sets]
    asked = [
        {"shares": vector.shares.tolist(), "capacities": capacities, "inside": 0, "outside": 0} for vector in vectors
    ]
    [given] = json.loads(scoring.evaluate(CHOOSE, json.dumps([{"packs": packages_data(problem), "asked": asked}])))
    for vector, script in zip(vectors, given, strict=True):
        assert agree(python_form(problem, vector, ()), script), vector.id


def test_what_must_be_known_of_packages_is_said(shipped_dossier: Dossier) -> None:
    problem = build_packages(shipped_dossier.contents, shipped_dossier.problem)
    said = packages_notes(problem, load_phrases("en"))
    assert said[0] == "Capacities are judged by likely uses."
    assert any("described in words only" in one for one in said)

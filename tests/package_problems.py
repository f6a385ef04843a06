"""Package problems to solve: from published cases, and at random with rules, effects and ranges."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from policy_options.analysis.packages.problem import Combination, Effect, PackageProblem, Resource, Rule
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from problems import criterion, option

CASES = Path(__file__).parent / "cases"


def read_case(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / f"packages-{name}.json").read_text(encoding="utf-8"))
    assert case["source"]
    return case


def sums_problem(
    performances: Sequence[Sequence[float]],
    axes: Sequence[CriterionAxis],
    *,
    low: Sequence[Sequence[float]] | None = None,
    high: Sequence[Sequence[float]] | None = None,
    base: Sequence[float] | None = None,
    ids: Sequence[str] | None = None,
    combinations: Sequence[Combination] | None = None,
    resources: tuple[Resource, ...] = (),
    rules: tuple[Rule, ...] = (),
    effects: tuple[Effect, ...] = (),
) -> PackageProblem:
    """Members with these performances on top of a baseline, which is worth nothing unless told otherwise; sums that extend."""
    at = list(base) if base is not None else [0.0] * len(axes)
    names = list(ids) if ids is not None else [f"o{number}" for number in range(1, len(performances) + 1)]
    bounds = [np.array([at, *(each if each is not None else performances)]) for each in (low, performances, high)]
    table = Problem(tuple(option(name) for name in ("base", *names)), tuple(axes), (), *bounds)
    how = tuple(combinations) if combinations is not None else (Combination("add", "extend"),) * len(axes)
    return PackageProblem(table, "base", how, resources, rules, effects)


def certain(id: str, capacity: float | Fraction, uses: Sequence[float | Fraction]) -> Resource:
    exact = tuple(Fraction(str(use)) for use in uses)
    return Resource(id, id.title(), "units", (Fraction(str(capacity)),), exact, exact, exact)


def even(*names: str) -> WeightVector:
    return WeightVector("even", names, np.full(len(names), 1.0 / len(names)))


def from_values(case: dict[str, Any]) -> tuple[PackageProblem, WeightVector]:
    """A case that gives each option its value: one criterion, on which a unit is a value point."""
    given = case["input"]
    place = {one["id"]: index for index, one in enumerate(given["options"])}
    effects = tuple(
        Effect(frozenset(place[name] for name in one["with"]), 0, one["effect"], one["effect"], one["effect"])
        for one in given.get("interactions", ())
    )
    return (
        sums_problem(
            [[float(value)] for value in given["value"]],
            [criterion("worth")],
            ids=list(place),
            resources=tuple(certain(one["id"], one["capacity"], one["uses"]) for one in given["resources"]),
            rules=tuple(rule_of(one, place) for one in given["rules"]),
            effects=effects,
        ),
        even("worth"),
    )


def rule_of(given: dict[str, Any], place: dict[str, int]) -> Rule:
    match given["type"]:
        case "requires":
            return Rule("requires", tuple(place[name] for name in (given["option"], *given["needs"])))
        case "excludes":
            return Rule("excludes", tuple(place[name] for name in given["options"]))
        case kind:
            return Rule(kind, tuple(place[name] for name in given["of"]), given["n"])

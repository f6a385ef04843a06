"""What packages are made of, as data for the script, which looks at each of them."""

from __future__ import annotations

from math import isnan
from typing import Any, Final

import numpy as np

from policy_options.analysis.packages.performances import named_packages
from policy_options.analysis.packages.problem import PackageProblem, Resource, as_mask
from policy_options.analysis.packages.rules import rows_of
from policy_options.analysis.packages.table import in_whole_units
from policy_options.analysis.problem import CriterionAxis
from policy_options.analysis.value_functions import Exponential, Levels, PiecewiseLinear
from policy_options.wording.phrases import Phrases

__all__ = ["MOST_MEMBERS", "packages_data", "packages_notes"]

MOST_MEMBERS: Final = 14
"""Options beyond the baseline up to which a browser looks at every package while a slider moves: 16,384 of them."""


def packages_data(problem: PackageProblem) -> dict[str, Any]:
    """Members, resources, rules, and how performances combine on each criterion.

    Packages are masks, as in the analysis: bit i says whether member i is in. Uses are whole numbers of a unit of which all are
    multiples, ``unit`` of which make 1, where that is possible.
    """
    named = named_packages(problem)
    baseline = problem.problem.options[problem.baseline_row]
    return {
        "members": [{"id": one.id, "title": one.title, "short": one.short} for one in problem.members],
        "baseline": {"title": baseline.title, "short": baseline.short},
        "resources": [_resource(one) for one in problem.resources],
        "rules": [[list(signs.items()), low, high] for rule in problem.rules for signs, low, high in rows_of(rule)],
        "columns": [_column(problem, column) for column in range(len(problem.combinations))],
        "named": None if named is None else named.tolist(),
    }


def _resource(resource: Resource) -> dict[str, Any]:
    whole = in_whole_units(resource, resource.likely)
    uses = [float(use) for use in resource.likely] if whole is None else list(whole[0])
    return {
        "title": resource.title,
        "unit_name": resource.unit,
        "capacities": [float(capacity) for capacity in resource.capacities],
        "uses": uses,
        "unit": 1 if whole is None else whole[2],
    }


def _column(problem: PackageProblem, column: int) -> dict[str, Any]:
    how, axis = problem.combinations[column], problem.problem.criteria[column]
    parts, base = (array.T[column] for array in problem.bounds("likely"))
    return {
        **_scale(axis),
        "rule": how.rule,
        "beyond": how.beyond,
        "limit": how.limit,
        "redLine": axis.red_line,
        "base": _number(float(base)),
        "parts": [_number(part) for part in parts.tolist()],
        "touching": problem.touching[:, column].tolist(),
        "judged": [[package, _number(likely)] for package, (_, likely, _) in how.judged.items()],
        "effects": [[as_mask(one.members), one.likely] for one in problem.effects if one.column == column],
    }


def _scale(axis: CriterionAxis) -> dict[str, Any]:
    """The scale of a criterion and its value function."""
    function = axis.value_function
    ends = {"low": axis.low, "high": axis.high, "rising": axis.direction == "more-is-better"}
    if isinstance(function, Levels):
        return ends | {"kind": "levels", "values": list(function.values)}
    if isinstance(function, PiecewiseLinear):
        return ends | {"kind": "piecewise", "at": list(function.at), "values": list(function.value)}
    if isinstance(function, Exponential):
        return ends | {"kind": "exponential", "curvature": function.curvature}
    return ends | {"kind": "linear"}


def _number(number: float) -> float | None:
    return None if isnan(number) else number


def packages_notes(problem: PackageProblem, phrases: Phrases) -> list[str]:
    """What must be known of all packages, whatever the weights."""
    axes = problem.problem.criteria
    said = [phrases.say("packages.likely")] if problem.resources else []
    named = named_packages(problem)
    if named is not None and len(named) < np.exp2(len(problem.members)):
        judged = phrases.listing([axes[column].title for column in problem.judged_columns])
        said.append(phrases.say("packages.named", count=len(named), criteria=judged))
    if problem.in_words:
        said.append(phrases.say("packages.in-words", count=problem.in_words))
    resources = {resource.id: resource.title for resource in problem.resources}
    said += [
        phrases.say("packages.twice", criterion=axis.title, resource=resources[str(how.measures)])
        for axis, how in zip(axes, problem.combinations, strict=True)
        if how.measures in resources
    ]
    return said

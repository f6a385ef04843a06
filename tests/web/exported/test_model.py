"""The script's scoring against Python's, in a browser: ranks, verdicts, marks, for thousands of problems and weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from playwright.sync_api import Page

from policy_options import Dossier
from policy_options.analysis.assessment import Assessment, assess
from policy_options.analysis.problem import Problem, WeightVector
from policy_options.analysis.robustness import RobustnessSettings, robustness
from policy_options.analysis.weight_region import free_region
from policy_options.web.exported import model
from policy_options.web.exported.model import nodes_of, problem_data
from problems import criterion, group, problem
from scored_problems import drawn_problem, drawn_shares
from varied_dossiers import write_varied

CLOSE: Final = 1e-9
PROBLEMS: Final = 400
VECTORS: Final = 10
MARKED: Final = 1

ANALYSE: Final = """text => JSON.stringify(JSON.parse(text).map(({ problem, weights }) =>
    weights.map(({ shares, locked }) => scoring.analyse(problem, shares, locked))))"""
"""Through text, which is much faster to pass to the browser and back."""


def python_form(assessment: Assessment, locked: tuple[str, ...], *, marks: bool) -> dict[str, Any]:
    """What the engine says, in the form of the script; with the marks of every slider where asked for."""
    ranking, verdict = assessment.ranking, assessment.verdict
    row = ranking.problem.option_index
    found: dict[str, Any] = {
        "lower": ranking.lower.tolist(),
        "upper": ranking.upper.tolist(),
        "ranks": ranking.ranks.tolist(),
        "best": ranking.best_rank.tolist(),
        "worst": ranking.worst_rank.tolist(),
        "order": list(ranking.order),
        "verdict": {
            "first": row[verdict.first],
            "kind": verdict.kind,
            "next": None if verdict.runner_up is None else row[verdict.runner_up],
            "lead": verdict.lead,
            "rivals": [row[one] for one in verdict.rivals],
            "excluded": [row[one] for one in verdict.excluded],
            "mightFail": verdict.might_fail,
            "narrow": verdict.narrow,
            "sure": verdict.sure,
        },
    }
    if not marks or len(assessment.kept.problem.options) < 2:
        return found
    firm = robustness(assessment, free_region(ranking.problem.criterion_ids), RobustnessSettings(locked=locked))
    nodes = {}
    for node in firm.stability.nodes:
        below, above = firm.weight_switches[node.id]
        nodes[node.id] = {
            "share": node.share,
            "undefined": node.undefined,
            "leader": _interval(node.leader, row),
            "order": _interval(node.order, row),
            **{
                key: None
                if switch is None
                else {"percent": switch.percent, "taking": sorted(row[one] for one in switch.taking_over)}
                for key, switch in (("below", below), ("above", above))
            },
        }
        if node.undefined is None:
            nodes[node.id]["most"] = node.most
    found["nodes"] = nodes
    return found


def _interval(interval: Any, row: dict[str, int]) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {
        "low": interval.low,
        "high": interval.high,
        "atLow": sorted(row[one.overtaking] for one in interval.at_low),
        "atHigh": sorted(row[one.overtaking] for one in interval.at_high),
    }


def script_form(found: dict[str, Any]) -> dict[str, Any]:
    """What the script says, its nodes by id and its lists of options in order."""
    nodes = {}
    for node in found["nodes"]:
        kept = {key: node[key] for key in ("share", "undefined", "leader", "order", "below", "above")}
        if node["undefined"] is None:
            kept["most"] = node["most"]
        for key in ("leader", "order"):
            if kept[key] is not None:
                kept[key] = {**kept[key], "atLow": sorted(kept[key]["atLow"]), "atHigh": sorted(kept[key]["atHigh"])}
        nodes[node["id"]] = kept
    return {**found, "nodes": nodes}


def differences(python: Any, script: Any, where: str = "") -> list[str]:
    """Where two forms differ: by more than 1e-9, or at all where they are not numbers."""
    if isinstance(python, dict):
        return [
            line for key in python for line in differences(python[key], script.get(key, "nothing"), f"{where}.{key}")
        ]
    if isinstance(python, list):
        if not isinstance(script, list) or len(python) != len(script):
            return [f"{where}: {python} {script}"]
        both = enumerate(zip(python, script, strict=True))
        return [line for at, (one, other) in both for line in differences(one, other, f"{where}[{at}]")]
    if isinstance(python, float) and isinstance(script, float | int):
        return [] if abs(python - script) <= CLOSE else [f"{where}: {python!r} {script!r}"]
    return [] if python == script else [f"{where}: {python!r} {script!r}"]


Case = tuple[Problem, str | None, float, list[tuple[WeightVector, tuple[str, ...]]]]
"""A problem, its baseline, the threshold of too close to call, and weight vectors with what is locked."""


def held_to_python(
    scoring: Page,
    cases: list[Case],
    marked: int = 1_000,
) -> int:
    """Compare every case, and count the weight vectors; the marks of the first few of each."""
    asked, wanted = [], []
    for of, baseline, threshold, weights in cases:
        assessments = [assess(of, vector, baseline=baseline, threshold=threshold) for vector, _ in weights]
        asked.append(
            {
                "problem": problem_data(assessments[0]),
                "weights": [{"shares": vector.shares.tolist(), "locked": list(locked)} for vector, locked in weights],
            }
        )
        pairs = enumerate(zip(assessments, weights, strict=True))
        wanted.append([python_form(one, locked, marks=at < marked) for at, (one, (_, locked)) in pairs])
    given = json.loads(scoring.evaluate(ANALYSE, json.dumps(asked)))
    faults = [
        f"{at}/{place}{line}"
        for at, (python, script) in enumerate(zip(wanted, given, strict=True))
        for place, (one, other) in enumerate(zip(python, script, strict=True))
        for line in differences(one, script_form(other))
    ]
    assert faults == [], faults[:10]
    return sum(len(each) for each in wanted)


def test_thousands_of_random_problems_are_scored_as_in_python(scoring: Page) -> None:
    chance = np.random.default_rng(20260224)
    cases: list[Case] = []
    for _ in range(PROBLEMS):
        of = drawn_problem(chance)
        nodes = [node["id"] for node in nodes_of(of)]
        weights = []
        for _ in range(VECTORS):
            vector = WeightVector("drawn", of.criterion_ids, drawn_shares(chance, len(of.criteria)))
            locked = tuple(node for node in nodes if chance.random() < 0.1) if chance.random() < 0.4 else ()
            weights.append((vector, locked))
        baseline = of.option_ids[0] if chance.random() < 0.5 else None
        cases.append((of, baseline, float(chance.choice([0.0, 2.0])), weights))
    assert held_to_python(scoring, cases, MARKED) == PROBLEMS * VECTORS


def test_dossiers_are_scored_as_in_python(scoring: Page, shipped_dossier: Dossier, tmp_path: Path) -> None:
    dossiers = [shipped_dossier, *(write_varied(tmp_path / str(seed), seed) for seed in range(4))]
    cases: list[Case] = []
    for dossier in dossiers:
        found = dossier.assess(None)
        weights: list[tuple[WeightVector, tuple[str, ...]]] = [
            (dossier.weights(name), ()) for name in dossier.weight_sets
        ]
        cases.append((dossier.problem, found.baseline, found.threshold, weights))
    assert held_to_python(scoring, cases) > 50


def test_values_that_all_but_tie_are_ranked_as_in_python(scoring: Page) -> None:
    values = [50.0, 50.0 + 0.9e-9, 50.0 + 1.8e-9, 50.0 - 0.9e-9, 40.0, 40.0, 60.0]
    of = problem([[value] for value in values])
    assert held_to_python(scoring, [(of, None, 0.0, [(WeightVector("w", ("c1",), np.ones(1)), ())])]) == 1


def test_nodes_are_in_the_order_of_the_tree() -> None:
    axes = [criterion("a", groups=("g", "h")), criterion("b", groups=("g",)), criterion("c")]
    of = problem([[1, 2, 3]], criteria=axes, groups=[group("g"), group("h", above=("g",))])
    found = [(node["id"], node["depth"], node["columns"]) for node in model.nodes_of(of)]
    assert found == [("g", 0, [0, 1]), ("h", 1, [0]), ("a", 2, [0]), ("b", 1, [1]), ("c", 0, [2])]

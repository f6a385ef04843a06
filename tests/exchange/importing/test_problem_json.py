"""``problem.json`` of mcda-elicitation-web."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policy_options.dossier.in_memory import InMemory
from policy_options.dossier.loading import load_contents
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.dossier_files import files_of
from policy_options.exchange.importing.matrix import ImportedMatrix
from workbooks import fault, likely
from workbooks import read as read_file

NONE = Asked(less_is_better=())
PROBLEM: dict[str, Any] = {
    "schemaVersion": "1.4.5",
    "title": "Thrombolytics",
    "criteria": {
        "dvt": {
            "title": "Thrombosis",
            "dataSources": [
                {
                    "id": "trial",
                    "unitOfMeasurement": {"type": "percentage", "label": "%"},
                    "scale": [0, 100],
                    "pvf": {
                        "direction": "decreasing",
                        "type": "piecewise-linear",
                        "range": [0, 50],
                        "cutoffs": [10, 20, 30],
                        "values": [0.75, 0.5, 0.25],
                    },
                }
            ],
        },
        "bleed": {
            "title": "Bleeding",
            "dataSources": [
                {"id": "survey", "unitOfMeasurement": {"type": "custom", "label": "events"}, "scale": [None, None]}
            ],
        },
    },
    "alternatives": {"hep": {"title": "Heparin"}, "eno": {"title": "Enoxaparin"}},
    "performanceTable": [
        {"criterion": criterion, "dataSource": source, "alternative": alternative, "performance": {"effect": effect}}
        for criterion, source, alternative, effect in (
            ("dvt", "trial", "hep", {"type": "exact", "value": 30, "input": {"value": 31}}),
            ("dvt", "trial", "eno", {"type": "exact", "value": 7}),
            ("bleed", "survey", "hep", {"type": "exact", "value": 4}),
            ("bleed", "survey", "eno", {"type": "exact", "value": 1}),
        )
    ],
}


def changed(**performance: Any) -> dict[str, Any]:
    """The problem with a different performance in its last cell."""
    problem = deepcopy(PROBLEM)
    problem["performanceTable"][-1]["performance"] = performance
    return problem


def raw(problem: Any) -> bytes:
    return json.dumps(problem).encode()


def read(problem: Any, asked: Asked = NONE) -> ImportedMatrix:
    return read_file("problem.json", raw(problem), asked)


def test_effects_are_their_value_and_not_their_input() -> None:
    matrix = read(PROBLEM)
    assert likely(matrix) == [[30, 4], [7, 1]]
    dvt, bleed = matrix.criteria
    assert (dvt.direction, dvt.low, dvt.high, dvt.unit) == ("less-is-better", 0, 50, "per cent")
    assert dvt.points == ((0, 100), (10, 75), (20, 50), (30, 25), (50, 0))
    assert (bleed.low, bleed.high, bleed.unit) == (None, None, "events")  # [null, null] is unbounded
    contents = load_contents(InMemory(files_of(matrix, "a", date(2026, 1, 1))))
    assert contents.decision.model.title == "Thrombolytics"


@pytest.mark.parametrize(("version", "factor"), [("1.4.5", 1), ("1.4.6", 100), ("1.4.7", 100), (None, 1)])
def test_percentages_are_decimals_since_1_4_6(version: str | None, factor: int) -> None:
    problem = deepcopy(PROBLEM)
    problem["schemaVersion"] = version
    pvf = problem["criteria"]["dvt"]["dataSources"][0]["pvf"]
    for entry in problem["performanceTable"][:2]:
        entry["performance"]["effect"]["value"] /= factor
    pvf["range"], pvf["cutoffs"] = [n / factor for n in pvf["range"]], [n / factor for n in pvf["cutoffs"]]
    matrix = read({key: value for key, value in problem.items() if value is not None})
    assert [row[0] for row in likely(matrix)] == [30, 7]  # and not 7.000000000000001
    assert matrix.criteria[0].points[1] == (10, 75)


def test_a_version_that_is_newer_is_refused() -> None:
    assert fault("p.json", raw({**PROBLEM, "schemaVersion": "1.5.0"}), NONE).code == "version"


def test_problems_without_sources_or_ids_of_them_are_read() -> None:
    old = deepcopy(PROBLEM)
    del old["schemaVersion"]
    old["criteria"] = {"bleed": {"title": "Bleeding", "unitOfMeasurement": "events", "scale": [0, 9]}}
    old["performanceTable"] = [
        {"criterion": "bleed", "alternative": id, "performance": {"type": "exact", "value": n}}
        for id, n in (("hep", 4), ("eno", 1))
    ]
    matrix = read(old)
    assert (likely(matrix), matrix.criteria[0].unit, matrix.criteria[0].high) == ([[4], [1]], "events", 9)


def test_several_sources_are_asked_about() -> None:
    problem = deepcopy(PROBLEM)
    problem["criteria"]["bleed"]["dataSources"].append({"id": "other"})
    found = fault("p.json", raw(problem), NONE)
    assert (found.code, "survey, other" in found.message) == ("sources-several", True)
    assert likely(read(problem, replace(NONE, leave_out=("other",)))) == [[30, 4], [7, 1]]


@pytest.mark.parametrize("kind", ["relative-normal", "relative-logit-normal", "relative-cloglog-normal"])
def test_relative_effects_are_refused_by_criterion(kind: str) -> None:
    problem = changed(distribution={"type": kind, "parameters": {"baseline": {}, "relative": {}}})
    found = fault("p.json", raw(problem), NONE)
    assert (found.code, '"Bleeding"' in found.message) == ("relative", True)
    assert len(read(problem, replace(NONE, leave_out=("bleed",))).criteria) == 1


@pytest.mark.parametrize(
    ("performance", "expected"),
    [
        ({"effect": {"type": "empty"}}, None),
        ({"effect": {"type": "empty", "value": "not yet"}}, None),
        ({"effect": {"type": "text", "value": "some"}}, None),
        ({"effect": {"type": "empty"}, "distribution": {"type": "normal", "parameters": {"mu": 2.5, "sigma": 1}}}, 2.5),
        ({"distribution": {"type": "range", "parameters": {"lowerBound": 1, "upperBound": 3}}}, 2),
        ({"effect": {"type": "exact", "value": 2}, "distribution": {"type": "beta", "parameters": {"alpha": 1}}}, 2),
    ],
)
def test_other_effects(performance: dict[str, Any], expected: float | None) -> None:
    problem = changed(**performance)
    problem["criteria"]["bleed"]["dataSources"][0]["scale"] = [0, 9]
    assert likely(read(problem))[1][1] == expected


def test_events_of_a_sample_without_a_value_are_refused_by_cell() -> None:
    found = fault("p.json", raw(changed(distribution={"type": "beta", "parameters": {"alpha": 3, "beta": 8}})), NONE)
    assert (found.code, found.message[:20]) == ("effect-unreadable", "performanceTable/3: ")


@pytest.mark.parametrize(("key", "value"), [("criterion", "bled"), ("alternative", "enox")])
def test_ids_that_are_not_declared_are_refused(key: str, value: str) -> None:
    problem = deepcopy(PROBLEM)
    problem["performanceTable"][3][key] = value
    assert fault("p.json", raw(problem), NONE).code == "unknown-id"


def test_a_score_twice_is_refused() -> None:
    problem = deepcopy(PROBLEM)
    problem["performanceTable"].append(problem["performanceTable"][0])
    assert fault("p.json", raw(problem), NONE).code == "cell-twice"

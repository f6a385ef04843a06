"""Random dossiers with every kind of scale, value function, weight set and score for which a workbook has formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import yaml

from policy_options import Dossier

LEVELS = ("none", "some", "much", "very-much")
CRITERIA: tuple[tuple[str, str], ...] = (
    ("line-up", "linear"),
    ("line-down", "linear"),
    ("bent-up", "piecewise-linear"),
    ("bent-down", "piecewise-linear"),
    ("curve-up", "exponential"),
    ("curve-down", "exponential"),
    ("near-straight", "exponential"),
    ("steps", "levels"),
    ("local-line", "local"),
    ("local-down", "local"),
)
GROUPS = {"first": slice(0, 3), "second": slice(3, 7)}


def write_varied(root: Path, seed: int, options: int = 7) -> Dossier:
    """A dossier; the same seed gives the same one."""
    random = np.random.default_rng(seed)
    leaves = [_criterion(name, kind, random) for name, kind in CRITERIA]
    tree = [{"id": id, "title": id.capitalize(), "criteria": leaves[part]} for id, part in GROUPS.items()]
    _write(root, "criteria/criteria.yaml", {"criteria": [*tree, *leaves[7:]]})
    decision = {"id": "varied", "title": "Varied & <odd>", "question": "Which?", "standpoint": "The council's"}
    decision |= {"horizon": "2030", "owner": "Office", "audience": "Council", "date": "2026-03-01"}
    _write(
        root,
        "criteria/decision.yaml",
        {
            **decision,
            "scores-assume-delivery": True,
            "baseline": "o1",
            "weights": "points",
            "marking": "For & by staff",
        },
    )
    _sets(root, random)
    for number in range(1, options + 1):
        scores = {name: _score(kind, random) for name, kind in CRITERIA}
        if number == 2:
            scores["local-line"] = scores["steps"] = "unknown"
        if number == 1:  # local scales need some room
            scores |= {"local-line": 10, "local-down": 0}
        if number == 3:
            scores |= {"local-line": 90, "local-down": {"low": 60, "likely": 80, "high": 100}}
        _write(root, f"options/o{number}.yaml", {"title": f"=Option {number}", "scores": scores})
    return Dossier.load(root)


def _criterion(name: str, kind: str, random: np.random.Generator) -> dict[str, Any]:
    direction = "less-is-better" if name.endswith("down") else "more-is-better"
    found: dict[str, Any] = {"id": name, "title": f"Of {name}", "unit": "points", "direction": direction}
    ends = {"low": {"at": -3.7, "means": "Least"}, "high": {"at": 112.3, "means": "Most"}}
    down = direction == "less-is-better"
    if kind == "levels":
        values = sorted(float(value) for value in random.uniform(1, 99, 2))
        levels = zip(LEVELS, (0, *values, 100), strict=True)
        found["scale"] = {"levels": [{"id": id, "means": id, "value": value} for id, value in levels]}
        found["red-line"] = {"at": "some", "because": "It must."}
        return found
    found["scale"] = {"kind": "local", "because": "A test."} if kind.startswith("local") else ends
    if kind == "piecewise-linear":
        at = [-3.7, *sorted(random.uniform(0, 110, 3).tolist()), 112.3]
        value = [0.0, *sorted(random.uniform(0, 100, 3).tolist()), 100.0]
        points = zip(at, reversed(value) if down else value, strict=True)
        found["value-function"] = {"kind": kind, "points": [{"at": x, "value": y} for x, y in points]}
    elif kind == "exponential":
        midpoint = (
            54.3 + 0.01 * float(random.uniform(-1, 1)) if name == "near-straight" else float(random.uniform(15, 85))
        )
        found["value-function"] = {"kind": "exponential", "midpoint": midpoint}
    elif name == "line-up":
        found["red-line"] = {"at": 20, "because": "It must."}
        found["thresholds"] = {"indifferent": 2, "veto": "none"}
    return found


def _score(kind: str, random: np.random.Generator) -> Any:
    if kind == "levels":
        return LEVELS[int(random.integers(4))]
    low, likely, high = sorted(random.uniform(0, 100, 3).tolist())
    if random.random() < 0.1 and not kind.startswith("local"):
        return "unknown"
    return {"low": low, "likely": likely, "high": high} if random.random() < 0.4 else likely


def _sets(root: Path, random: np.random.Generator) -> None:
    names = [name for name, _ in CRITERIA]
    tops = [*GROUPS, *names[7:]]

    def numbers(of: list[str]) -> dict[str, float]:
        return {name: float(round(random.uniform(0.5, 20), 2)) for name in of}

    siblings = [*tops, *names[:7]]
    swing = {name: float(random.integers(1, 100)) for name in siblings}
    for node in (tops, names[:3], names[3:7]):
        swing[node[0]] = 100.0
    smart = {name: float(random.integers(11, 90)) for name in names} | {"steps": 10.0}
    people = [{"id": f"p{n}", "name": f"Ann Onym {n}", "judgements": numbers(names)} for n in range(1, 4)]
    kinds: dict[str, dict[str, Any]] = {
        "points": {"method": "points", "judgements": numbers(names)},
        "by-group": {"method": "swing", "across": "siblings", "judgements": swing},
        "nothing": {
            "method": "points",
            "across": "siblings",
            "judgements": numbers(siblings) | {"second": 0.0},
        },
        "smart": {"method": "smart", "judgements": smart},
        "order": {"method": "rank-order", "order": " > ".join(names)},
        "interval": {
            "method": "swing",
            "judgements": {**dict.fromkeys(names, 50.0), "steps": 100.0, "line-up": {"low": 20}},
        },
        "mean": {"method": "points", "participants": people, "combine": "mean"},
        "median": {"method": "points", "participants": people, "combine": "median"},
        "geometric": {"method": "points", "participants": people[:2], "combine": "geometric"},
        "apart": {"method": "points", "participants": people},
    }
    for id, kind in kinds.items():
        told = {"title": id.capitalize(), "holder": "Council", "status": "illustrative", "rationale": "A test."}
        _write(root, f"criteria/weights/{id}.yaml", {**told, **kind})


def _write(root: Path, name: str, content: dict[str, Any]) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"format": 1, **content}, allow_unicode=True, sort_keys=False, width=10000)
    path.write_text(text, encoding="utf-8")

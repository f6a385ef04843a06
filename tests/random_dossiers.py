"""Random dossiers with everything that is hard to print: names in many scripts, with and without spaces, and long figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import yaml

from policy_options import Dossier

ADDRESS = "https://example.org/archive/2024/a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4/report_final_v2.pdf?page=12&lang=en"
NAMES = {
    "latin": (
        "Move to the east quay",
        "Build a mole that keeps the landing open in storms from the east, and a road to it from the old harbour",
        "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenfonds",
        "WWWWMMMMWWWWMMMMWWWWMMMM%@",
        "Measure_17b-final.v2/annex.C?draft=3&status=open&owner=harbour-office",
        '<b>R&D</b> & "safety"',
        "Хозяйственно-экономическая взаимосвязанность береговых сооружений",
        "Ny",
    ),
    "he": ("הרחבת הנמל", "הרחבת הנמל המזרחי והקמת שובר גלים חדש לאורך החוף כולו (שלב 2)"),
    "ar": ("توسيع ميناء أكتاو", "توسيع ميناء أكتاو الشرقي وبناء حاجز أمواج جديد على طول الساحل phase 2 (2026)"),
    "zh": (
        "区域供应链韧性",
        "区域供应链韧性与第三方合作方案的一个非常长的标题不会被任何人剪短ABCDEFGHIJKLMNOPQRSTUVWXYZ第二期",
    ),
}


def write_random(root: Path, seed: int, options: int, criteria: int, scripts: tuple[str, ...]) -> Dossier:
    """A dossier of a given size, with names in these scripts (of ``NAMES``), the same for the same seed."""
    random = np.random.default_rng(seed)
    names = [name for script in scripts for name in NAMES[script]]

    def named(number: int) -> str:
        return f"{names[int(random.integers(len(names)))]} {number}"

    def figure() -> float:
        return float(random.uniform(0.0, 100.0)) if random.random() < 0.7 else float(random.integers(0, 101))

    ids = [f"c{number}" for number in range(1, criteria + 1)]
    leaves: list[dict[str, Any]] = [
        {
            "id": id,
            "title": named(number),
            "unit": ["points", "crossings-a-day-and-direction", "млн"][number % 3],
            "direction": "more-is-better",
            "scale": {"low": {"at": 0, "means": "None at all"}, "high": {"at": 100, "means": f"As {ADDRESS} has it"}},
        }
        for number, id in enumerate(ids, start=1)
    ]
    tree: list[dict[str, Any]] = leaves
    if criteria >= 6 and seed % 2:
        tree = [{"id": f"g{part + 1}", "title": named(100 + part), "criteria": leaves[part::4]} for part in range(4)]
    _write(root / "criteria/criteria.yaml", {"criteria": tree})
    _write(
        root / "criteria/decision.yaml",
        {
            "id": "random",
            "title": names[seed % len(names)],
            "question": f"Which of them, as {ADDRESS} asks?",
            "standpoint": "The council",
            "horizon": "2030",
            "scores-assume-delivery": True,
            "owner": "Harbour office",
            "audience": "Council",
            "date": "2026-03-01",
            "baseline": "o1",
            "weights": "s1",
        },
    )
    for number in range(1, 4):
        points = random.integers(1, 10, criteria)
        _write(
            root / f"criteria/weights/s{number}.yaml",
            {
                "title": named(200 + number),
                "holder": names[number % len(names)],
                "status": "illustrative",
                "rationale": f"See {ADDRESS}.",
                "method": "points",
                "judgements": {id: int(point) for id, point in zip(ids, points, strict=True)},
            },
        )
    for number in range(1, options + 1):
        scores: dict[str, Any] = {}
        for id in ids:
            low, likely, high = sorted(figure() for _ in range(3))
            ranged = {"low": low, "likely": likely, "high": high, "rationale": f"From {ADDRESS}.", "evidence": "none"}
            scores[id] = ranged if random.random() < 0.3 else likely
        if number in (3, 7) and options > 3:
            scores[ids[-1]] = "unknown"
        _write(
            root / f"options/o{number}.yaml",
            {
                "title": named(number),
                "increment": f"It is described in {ADDRESS}.",
                "for": [{"text": f"For it speaks {ADDRESS}.", "evidence": "none"}],
                "against": [{"text": f"Against it speaks {names[-1]}.", "evidence": "none"}],
                "scores": scores,
            },
        )
    return Dossier.load(root)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"format": 1, **content}, allow_unicode=True, sort_keys=False, width=10000)
    path.write_text(text, encoding="utf-8")

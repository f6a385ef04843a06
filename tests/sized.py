"""Dossiers of a given size and language: numbers of options, criteria and weight sets, with short or long names and texts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["Size", "write_sized"]

_WORDS: Final = {
    "en": ("harbour ferry landing quay survey council island crossing storm upkeep winter timetable", " ", "."),
    "ru": ("причал паром гавань остров совет рейс шторм набережная ремонт зима расписание опрос", " ", "."),
    "zh": ("码头 渡轮 港口 各岛 议会 班次 风暴 堤岸 维护 冬季 时刻 调查", "", "。"),
    "ja": ("乗り場 渡船 港湾 島々 議会 便数 嵐 岸壁 維持 冬季 時刻 調査", "", "。"),
}


@dataclass(frozen=True)
class Size:
    """The size of a dossier. Long names have some 120 characters, long texts some 1,500 (wide characters count double)."""

    options: int = 3
    criteria: int = 3
    sets: int = 2
    long_names: bool = False
    long_texts: bool = False
    language: str = "en"


def write_sized(root: Path, size: Size) -> Path:
    """Write a dossier into a folder, which is returned; the same size gives the same files."""
    say = _Sayer(size)
    criteria = [f"c{number}" for number in range(1, size.criteria + 1)]
    options = [f"o{number}" for number in range(1, size.options + 1)]
    _put(root, "criteria/decision.yaml", _decision(say, options, size))
    _put(root, "criteria/criteria.yaml", {"format": 1, "criteria": _tree(say, criteria)})
    for number in range(1, size.sets + 1):
        _put(
            root,
            f"criteria/weights/w{number}.yaml",
            {
                "format": 1,
                "title": say.name(f"W{number}"),
                "holder": say.name(f"H{number}"),
                "status": "elicited" if number % 2 else "illustrative",
                "rationale": say.text(),
                "method": "points",
                "judgements": {id: 1 + (place * 7 + number * 3) % 11 for place, id in enumerate(criteria)},
            },
        )
    for number, id in enumerate(options, start=1):
        _put(root, f"options/{id}.yaml", _option(say, number, criteria, options))
    _put(
        root,
        "options/evidence/s1.yaml",
        {
            "format": 1,
            "title": say.name("S1"),
            "author": say.name("A1"),
            "date": "2025-11-02",
            "paragraphs": {1: "0" * 64},
            "claims": [{"id": "claim", "paragraphs": [1], "text": say.text()}],
        },
    )
    return root


def _decision(say: _Sayer, options: list[str], size: Size) -> dict[str, Any]:
    return {
        "format": 1,
        "id": "sized",
        "title": say.name("T"),
        "question": say.text(),
        "standpoint": say.text(),
        "horizon": say.name("2030"),
        "scores-assume-delivery": True,
        "owner": say.name("F"),
        "audience": say.name("B"),
        "date": "2026-03-01",
        "decide-by": "2026-06-01",
        "baseline": options[0],
        "weights": "w1",
        "language": size.language,
        "decision-requested": say.text(),
        "complementary": say.text(),
        "why-now": [{"text": say.text(), "evidence": ["s1/claim"]} for _ in range(2)],
        "limits": [say.text() for _ in range(3)],
        "next-steps": [{"what": say.text(), "who": say.name("N"), "by": "2026-09-01"} for _ in range(2)],
        "signposts": [{"watch": say.text(), "option": options[0], "criterion": "c1"}],
    }


def _tree(say: _Sayer, ids: list[str]) -> list[dict[str, Any]]:
    """The first third of the criteria in a group, the second in one of costs, and the rest ungrouped."""
    leaves = [
        {
            "id": id,
            "title": say.name(f"C{number}"),
            "unit": "points",
            "direction": "more-is-better",
            "scale": {"low": {"at": 0, "means": say.text()}, "high": {"at": 100, "means": say.text()}},
        }
        for number, id in enumerate(ids, start=1)
    ]
    third = len(leaves) // 3
    groups = [
        {"id": "gains", "title": say.name("G1"), "criteria": leaves[:third]},
        {"id": "costs", "title": say.name("G2"), "role": "cost", "criteria": leaves[third : 2 * third]},
    ]
    return [*(group for group in groups if group["criteria"]), *leaves[2 * third :]]


def _option(say: _Sayer, number: int, criteria: list[str], options: list[str]) -> dict[str, Any]:
    def score(place: int) -> Any:
        likely = (number * 37 + place * 53 + number * place * 11) % 101
        if (number + place) % 3:
            return likely
        return {
            "low": max(likely - 15, 0),
            "likely": likely,
            "high": min(likely + 20, 100),
            "confidence": ("low", "medium", "high")[place % 3],
            "rationale": say.text(),
            "evidence": ["s1/claim"] if place % 2 else "none",
        }

    found: dict[str, Any] = {"format": 1, "title": say.name(f"O{number}"), "increment": say.text()}
    found["for"] = [{"text": say.text(), "evidence": ["s1/claim"]}, {"text": say.text(), "evidence": "none"}]
    found["against"] = [{"text": say.text(), "evidence": "none"}]
    found["risk"] = {"text": say.text(), "evidence": "none"}
    if number > 1:
        found["conflicts"] = [{"option": options[0], "how": say.text()}]
    found["scores"] = {id: score(place) for place, id in enumerate(criteria)}
    return found


class _Sayer:
    """Names and sentences of a language, one after another."""

    def __init__(self, size: Size) -> None:
        words, self._space, self._stop = _WORDS[size.language]
        self._words = words.split()
        self._long_names, self._long_texts = size.long_names, size.long_texts
        self._at = 0

    def name(self, mark: str) -> str:
        return self._space.join((mark, *self._next(17 if self._long_names else 2)))

    def text(self) -> str:
        sentences = 14 if self._long_texts else 1
        return " ".join(self._space.join(self._next(11)).capitalize() + self._stop for _ in range(sentences))

    def _next(self, count: int) -> list[str]:
        self._at += 5
        return [self._words[(self._at + 5 * index) % len(self._words)] for index in range(count)]


def _put(root: Path, name: str, form: dict[str, Any]) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(form, ensure_ascii=False, indent=1), encoding="utf-8")  # JSON is YAML

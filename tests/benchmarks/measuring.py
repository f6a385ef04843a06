"""Shared by benchmarks: processes and functions timed in turn, and ratios of medians printed next to their bars."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PYTHON = sys.executable
COMMAND = str(Path(sys.executable).parent / "policy-options")


def interleaved(works: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Median seconds of each piece of work, run in turn so that a drift of the machine affects all equally; one warm-up
    each.
    """
    times: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for index, work in enumerate(works):
            start = time.perf_counter()
            work()
            if run:
                times[index].append(time.perf_counter() - start)
    return [statistics.median(of_one) for of_one in times]


# This package's modules are compiled once and cached, as those of any installed package are, whatever this shell forbids.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
    "COLUMNS": "100"
}


def process(*arguments: str, cwd: Path = ROOT) -> Callable[[], object]:
    """A whole process, with its output discarded."""
    return lambda: subprocess.run(arguments, cwd=cwd, check=True, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)


def report(what: str, ours: float, floor: float, bar: float, unit: str = "ms", scale: float = 1e3) -> None:
    """One line: the ratio, the two figures, and the bar."""
    ratio = ours / floor
    verdict = "met" if ratio <= bar else "NOT met"
    print(
        f"{what:<58} {ratio:6.2f}x   {ours * scale:9.1f} / {floor * scale:9.1f} {unit}   bar {bar:.2f}x {verdict}",
        flush=True,
    )


def write_dossier(root: Path, *, options: int, criteria: int, sets: int) -> None:
    """A dossier of a given size, the same each time: integer scores with ranges, and sets of points."""
    (root / "criteria" / "weights").mkdir(parents=True)
    (root / "options").mkdir()
    names = [f"criterion-{index:02}" for index in range(criteria)]
    (root / "criteria" / "decision.yaml").write_text(
        'format: 1\nid: large\ntitle: Large\nquestion: Which?\nstandpoint: Ours\nhorizon: "2030"\n'
        "scores-assume-delivery: true\nowner: Us\naudience: Us\ndate: 2026-01-01\nbaseline: option-0000\nweights: set-000\n"
    )
    (root / "criteria" / "criteria.yaml").write_text(
        "format: 1\ncriteria:\n"
        + "".join(
            f"  - id: {name}\n    title: The {name}\n    unit: points\n    direction: more-is-better\n"
            "    scale: {low: {at: 0, means: none}, high: {at: 100, means: all}}\n"
            for name in names
        )
    )
    chance = random.Random(5)
    for index in range(sets):
        (root / "criteria" / "weights" / f"set-{index:03}.yaml").write_text(
            "format: 1\ntitle: A set\nholder: Us\nstatus: illustrative\nrationale: Some.\nmethod: points\njudgements:\n"
            + "".join(f"  {name}: {chance.randint(1, 30)}\n" for name in names)
        )
    for index in range(options):
        lines = ["format: 1", f"title: Option number {index:04}", "scores:"]
        for name in names:
            low = chance.randint(0, 80)
            lines.append(f"  {name}: {{low: {low}, likely: {low + 10}, high: {low + 20}, confidence: high}}")
        (root / "options" / f"option-{index:04}.yaml").write_text("\n".join(lines) + "\n")

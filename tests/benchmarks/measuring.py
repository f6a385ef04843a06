"""What benchmarks share: processes and functions timed in turn, and ratios of medians printed beside the bar they are held to."""

from __future__ import annotations

import os
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
    """Median seconds of each piece of work, run in turn so that a drift of the machine meets all alike; one warm-up each."""
    times: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for index, work in enumerate(works):
            start = time.perf_counter()
            work()
            if run:
                times[index].append(time.perf_counter() - start)
    return [statistics.median(of_one) for of_one in times]


# Our modules are compiled once and cached, as those of any installed package are, whatever this shell forbids.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
    "COLUMNS": "100"
}


def process(*arguments: str, cwd: Path = ROOT) -> Callable[[], object]:
    """A whole process, its output thrown away."""
    return lambda: subprocess.run(arguments, cwd=cwd, check=True, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)


def report(what: str, ours: float, floor: float, bar: float, unit: str = "ms", scale: float = 1e3) -> None:
    """One line: the ratio, the two figures, and the bar."""
    ratio = ours / floor
    verdict = "met" if ratio <= bar else "NOT met"
    print(
        f"{what:<58} {ratio:6.2f}x   {ours * scale:9.1f} / {floor * scale:9.1f} {unit}   bar {bar:.2f}x {verdict}",
        flush=True,
    )

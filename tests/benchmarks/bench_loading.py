"""Loading 5,000 option files of 20 criteria, checked and with positions, against PyYAML's CSafeLoader.

Each runs in a process of its own, so that the peak of memory is its own.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import PYTHON, report

OPTIONS, CRITERIA, RUNS = 5_000, 20, 3

OURS = """
import resource, sys, time
from pathlib import Path
from policy_options.dossier.loading import load_contents
from policy_options.dossier.origins import Folder
start = time.perf_counter()
contents = load_contents(Folder(Path(sys.argv[1])))
took = time.perf_counter() - start
assert contents.options["option-0042"].tree.place(("scores", "criterion-07", "high")).line == 11
"""
ONE_FILE = """
import resource, sys, time, yaml
from pathlib import Path
text = Path(sys.argv[1], "one.txt").read_text()
start = time.perf_counter()
data = yaml.load(text, yaml.CSafeLoader)
took = time.perf_counter() - start
"""
MANY_FILES = """
import resource, sys, time, yaml
from pathlib import Path
start = time.perf_counter()
data = [yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted(Path(sys.argv[1], "options").glob("*.yaml"))]
took = time.perf_counter() - start
"""
TAIL = "print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def write(root: Path) -> None:
    """A large dossier, the same each time."""
    (root / "criteria" / "weights").mkdir(parents=True)
    (root / "options").mkdir()
    names = [f"criterion-{index:02}" for index in range(CRITERIA)]
    (root / "criteria" / "decision.yaml").write_text(
        'format: 1\nid: large\ntitle: Large\nquestion: Which?\nstandpoint: Ours\nhorizon: "2030"\n'
        "scores-assume-delivery: true\nowner: Us\naudience: Us\ndate: 2026-01-01\nbaseline: option-0000\nweights: even\n"
    )
    (root / "criteria" / "criteria.yaml").write_text(
        "format: 1\ncriteria:\n"
        + "".join(
            f"  - id: {name}\n    title: The {name}\n    unit: points\n    direction: more-is-better\n"
            "    scale: {low: {at: 0, means: none}, high: {at: 100, means: all}}\n"
            for name in names
        )
    )
    (root / "criteria" / "weights" / "even.yaml").write_text(
        "format: 1\ntitle: Even\nholder: Us\nstatus: illustrative\nrationale: Even.\nmethod: points\njudgements:\n"
        + "".join(f"  {name}: 1\n" for name in names)
    )
    chance = random.Random(5)
    together = []
    for index in range(OPTIONS):
        lines = ["format: 1", f"title: Option number {index:04}", "scores:"]
        for name in names:
            low = chance.randint(0, 50)
            lines.append(f"  {name}: {{low: {low}, likely: {low + 10}, high: {low + 20}, confidence: high}}")
        (root / "options" / f"option-{index:04}.yaml").write_text("\n".join(lines) + "\n")
        together.append(f"option-{index:04}:\n" + "".join(f"  {line}\n" for line in lines))
    (root / "one.txt").write_text("".join(together))


def measure(script: str, root: Path) -> tuple[float, float]:
    """Seconds and peak kilobytes of one run."""
    shown = subprocess.run([PYTHON, "-c", script + TAIL, str(root)], check=True, capture_output=True, text=True).stdout
    took, peak = shown.split()
    return float(took), float(peak) / (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write(root)
        runs = [[measure(script, root) for script in (OURS, ONE_FILE, MANY_FILES)] for _ in range(RUNS)]
        ours, one, many = (sorted(run[index] for run in runs)[RUNS // 2] for index in range(3))
        report("load 5,000 files / CSafeLoader, one file: time", ours[0], one[0], 0.3)
        report("load 5,000 files / CSafeLoader, one file: peak memory", ours[1], one[1], 0.6, "MB", 1 / 1024)
        report("load 5,000 files / CSafeLoader, 5,000 files: time", ours[0], many[0], 1.0)

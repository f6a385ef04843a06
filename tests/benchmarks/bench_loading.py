"""Loading 5,000 option files of 20 criteria, checked and with positions, against PyYAML's CSafeLoader.

Each runs in a separate process, so that the peak of memory is separate too.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import PYTHON, report, write_dossier

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
    """A large dossier, and all its options in a single file as well."""
    write_dossier(root, options=OPTIONS, criteria=CRITERIA, sets=1)
    together = []
    for path in sorted((root / "options").glob("*.yaml")):
        lines = path.read_text().splitlines()
        together.append(f"{path.stem}:\n" + "".join(f"  {line}\n" for line in lines))
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

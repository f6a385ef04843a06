"""A cold memo against a bare WeasyPrint process that renders the same HTML with the same fonts; and memos of a batch against it.

``--before DIR`` names a checkout of an earlier build: its memo and its batch of the shipped sets are made in turn with
this one's, with the libraries of this environment.

The large batch has 40 weight sets, copies of the shipped ones: each further memo on one core, and the gain from a
second core, as a share of its gain for two plain loops in the same run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from measuring import COMMAND, PYTHON, ROOT, interleaved, process, report

from policy_options.charts.fonts import FONTS
from policy_options.memo.pdf.conversion import resource_path

BARE = "import weasyprint, sys; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True)"
LOOP = "import sys\nx = 0\nfor i in range(60_000_000): x += i"
SETS = 40
MAIN = "from policy_options.cli import main; main()"


def seconds(*works: Callable[[], object]) -> float:
    """Time of pieces of work done one after another, once."""
    start = time.perf_counter()
    for work in works:
        work()
    return time.perf_counter() - start


def at_once(count: int, *arguments: str) -> Callable[[], object]:
    """``count`` processes of one kind at a time."""
    import subprocess

    def run() -> None:
        started = [subprocess.Popen([*arguments]) for _ in range(count)]
        for each in started:
            each.wait()

    return run


def cold(folder: Path) -> float:
    """Seconds of a cold memo; its ratio is printed."""
    (folder / "fonts").mkdir()
    for font in FONTS:
        path = resource_path(f"https://templates.invalid/memo/fonts/{font}", ())
        assert path is not None
        shutil.copy(path, folder / "fonts" / font)
    page = folder / "memo.html"
    process(COMMAND, "memo", "--html", "--output", str(page))()
    memo, bare = interleaved(
        [
            process(COMMAND, "memo", "--output", str(folder / "ours.pdf")),
            process(PYTHON, "-c", BARE, str(page), str(folder / "bare.pdf")),
        ],
        runs=5,
    )
    report("memo, cold / bare WeasyPrint on the same HTML", memo, bare, 0.75)
    return memo


def against(before: Path, folder: Path) -> None:
    """An earlier build, in turn with this one: one cold memo, and one for each of the shipped weight sets."""

    def made(root: Path, *arguments: str) -> Callable[[], object]:
        command = ("env", f"PYTHONPATH={root / 'src'}", PYTHON, "-c", MAIN, "memo", *arguments)
        return process(*command, "--output", str(folder / root.name / "memos") + "/", cwd=root)

    for what, arguments, runs in (("memo, cold", (), 5), ("memo --all, 7 sets", ("--all",), 3)):
        ours, theirs = interleaved([made(ROOT, *arguments), made(before, *arguments)], runs=runs)
        report(f"{what} / the build in {before.name}", ours, theirs, 0.6)


def batch(folder: Path) -> None:
    """Forty memos, on one core and on two."""
    dossier = folder / "dossier"
    for name in ("criteria", "options"):
        shutil.copytree(ROOT / name, dossier / name)
    shipped = sorted((dossier / "criteria/weights").glob("*.yaml"))
    for number, path in zip(range(SETS - len(shipped)), cycle(shipped), strict=False):
        shutil.copy(path, dossier / f"criteria/weights/copy-{number}.yaml")

    def memos(workers: int, *sets: str) -> Callable[[], object]:
        chosen = ("--weights", ",".join(sets)) if sets else ("--all",)
        return process(
            COMMAND, "memo", *chosen, "--workers", str(workers), "--output", str(folder / "out"), cwd=dossier
        )

    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    one, eight = (
        seconds(memos(1, "balanced", "copy-0")),
        seconds(memos(1, "balanced", *(f"copy-{n}" for n in range(8)))),
    )
    alone = seconds(process(COMMAND, "memo", "--output", str(folder / "alone.pdf"), cwd=dossier))
    on_one = seconds(memos(1))
    os.sched_setaffinity(0, everywhere)
    report("each further memo of a batch / a cold one, one core", (eight - one) / 7, alone, 0.5)
    if len(everywhere) < 2:
        return
    loops = 2 * seconds(at_once(1, PYTHON, "-c", LOOP)) / seconds(at_once(2, PYTHON, "-c", LOOP))
    # One worker on two cores is not a fair measure: the parent, which words the next memo, then has the second core to
    # itself.
    gained = on_one / seconds(memos(2))
    share = gained / loops
    print(f"{SETS} memos, on two cores {gained:.2f}x, two plain loops {loops:.2f}x: {share:.2f} of it, bar 0.90")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--before", type=Path, metavar="DIR")
    before = asked.parse_args().before
    with tempfile.TemporaryDirectory() as name:
        cold(Path(name))
        if before is not None:
            against(before.resolve(), Path(name))
        batch(Path(name))

"""Verifying a memo against making it, each in a separate process; and a folder of forty against a single one."""

from __future__ import annotations

import shutil
import tempfile
from itertools import cycle
from pathlib import Path

from measuring import COMMAND, ROOT, interleaved, process, report

SETS = 40


def main() -> None:
    """The shipped dossier with copies of its weight sets."""
    with tempfile.TemporaryDirectory() as name:
        folder, dossier = Path(name), Path(name) / "dossier"
        for part in ("criteria", "options"):
            shutil.copytree(ROOT / part, dossier / part)
        shipped = sorted((dossier / "criteria/weights").glob("*.yaml"))
        for number, path in zip(range(SETS - len(shipped)), cycle(shipped), strict=False):
            shutil.copy(path, dossier / f"criteria/weights/copy-{number}.yaml")
        memo = folder / "memo.pdf"
        made, verified = interleaved(
            [
                process(COMMAND, "memo", "--output", str(memo), cwd=dossier),
                process(COMMAND, "verify", str(memo), cwd=dossier),
            ],
            runs=5,
        )
        report("verify / memo", verified, made, 1.3)
        process(COMMAND, "memo", "--all", "--output", str(folder / "out") + "/", cwd=dossier)()
        count = len(list((folder / "out").glob("*.pdf")))
        (whole,) = interleaved([process(COMMAND, "verify", str(folder / "out"), cwd=dossier)], runs=1)
        report(f"each memo of a folder of {count} / verify", whole / count, verified, 0.5)


if __name__ == "__main__":
    main()

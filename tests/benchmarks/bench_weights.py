"""``weights list`` and ``rank --all`` over 50 weight sets of every method, against one ``rank`` of the shipped dossier."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from measuring import COMMAND, ROOT, interleaved, process, report

from policy_options import Dossier

HEAD = "format: 1\ntitle: Set {n}\nholder: A bench\nstatus: illustrative\nrationale: To be timed.\nmethod: {method}\n"


def _best_worst(criteria: list[str], n: int) -> str:
    best, worst, *others = criteria[n % 9 :] + criteria[: n % 9]
    over = "".join(f", {name}: {2 + (n + k) % 6}" for k, name in enumerate(others))
    under = "".join(f", {name}: {2 + (n + 3 * k) % 5}" for k, name in enumerate(others))
    return (
        f"best-worst:\n  - best: {best}\n    worst: {worst}\n    best-to-others: {{{worst}: 8{over}}}\n"
        f"    others-to-worst: {{{best}: 8{under}}}\n"
    )


def _ahp(criteria: list[str], n: int) -> str:
    rows = []
    for row, first in enumerate(criteria[:-1]):
        others = ", ".join(f"{second}: {1 + (row * k + n) % 5}" for k, second in enumerate(criteria[row + 1 :]))
        rows.append(f"  {first}: {{{others}}}\n")
    return "pairwise:\n" + "".join(rows)


def _ratings(criteria: list[str], n: int) -> str:
    return "judgements:\n" + "".join(f"  {name}: {10 + (n * k) % 7}\n" for k, name in enumerate(criteria))


def _intervals(criteria: list[str], n: int) -> str:
    head, *others = criteria
    said = "".join(
        f"  {name}: {{low: {10 + (n + k) % 30}, high: {50 + (n * k) % 40}}}\n" for k, name in enumerate(others)
    )
    return f"judgements:\n  {head}: 100\n{said}"


def _order(criteria: list[str], n: int) -> str:
    turned = criteria[n % 9 :] + criteria[: n % 9]
    return f"order:\n  - {' > '.join(turned)}\n"


METHODS = (
    ("best-worst", _best_worst),
    ("points", _ratings),
    ("ahp", _ahp),
    ("swing", _intervals),
    ("rank-order", _order),
)

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder)
        for name in ("criteria", "options"):
            shutil.copytree(ROOT / name, many / name)
        sets = sorted((many / "criteria/weights").glob("*.yaml"))
        criteria = list(Dossier.load(ROOT).problem.criterion_ids)
        for n in range(50 - len(sets)):
            method, answers = METHODS[n % len(METHODS)]
            text = HEAD.format(n=n, method=method) + answers(criteria, n)
            (many / f"criteria/weights/set-{n}.yaml").write_text(text, encoding="utf-8")
        one, listed, ranked = interleaved(
            [
                process(COMMAND, "rank"),
                process(COMMAND, "weights", "list", "--dossier", str(many)),
                process(COMMAND, "rank", "--all", "--dossier", str(many)),
            ],
            runs=15,
        )
        report("weights list, 50 sets / rank, shipped dossier", listed, one, 1.3)
        report("rank --all, 50 sets / rank, shipped dossier", ranked, one, 1.3)

"""A sheet of 5,000 options and 20 criteria to a checked dossier, against openpyxl's load of it and making that dossier."""

from __future__ import annotations

import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from measuring import interleaved, report

from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.dossier_files import files_of
from policy_options.exchange.importing.registry import read_matrix
from policy_options.exchange.importing.sources import read_sources

OPTIONS, CRITERIA, RUNS = 5_000, 20, 3


def write(path: Path) -> None:
    """The sheet: names, and numbers where they meet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Option", *(f"criterion {column}" for column in range(CRITERIA))])
    for row in range(OPTIONS):
        sheet.append([f"option {row}", *((row * 37 + column * 11) % 101 for column in range(CRITERIA))])
    book.save(path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "scores.xlsx")
        write(path)
        raw = path.read_bytes()
        asked = Asked(less_is_better=())

        def ours() -> None:
            """What ``new --from`` does before it writes."""
            files_of(read_matrix(read_sources([path]), asked), "large", date(2026, 1, 1))

        matrix = read_matrix(read_sources([path]), asked)
        assert len(matrix.options) == OPTIONS and len(matrix.criteria) == CRITERIA

        def theirs() -> None:
            """The library's load with every cell, then the same dossier."""
            openpyxl.load_workbook(BytesIO(raw))
            files_of(matrix, "large", date(2026, 1, 1))

        took, needed = interleaved((ours, theirs), RUNS)
        report(f"new --from {OPTIONS:,} x {CRITERIA} / openpyxl's load and the dossier", took, needed, 1.5)

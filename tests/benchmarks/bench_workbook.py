"""The workbook: writing one of 100 options by 20 criteria, against XlsxWriter writing the same cells; and reading it back.

The baseline for writing has every cell, formula, format and rule ready, and only passes them to XlsxWriter. The
baseline for reading is openpyxl's full load of the same file plus building the dossier. Last comes a file that is
refused, in seconds and megabytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from measuring import PYTHON, interleaved, report, write_dossier

from policy_options import Dossier
from policy_options.exchange.workbook.building import exported, workbook_sheets
from policy_options.exchange.workbook.cell_values import load_book
from policy_options.exchange.workbook.differences import compared
from policy_options.exchange.workbook.reading import read_book
from policy_options.exchange.workbook.writing import workbook_bytes

OPTIONS, CRITERIA, SETS, RUNS = 100, 20, 6, 5
REFUSED = """
import resource, sys, time
from pathlib import Path
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.reading import read_book
start = time.perf_counter()
try:
    read_book(Path(sys.argv[1]))
except PolicyOptionsError as error:
    assert "unpacks" in str(error)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def refused(path: Path) -> tuple[float, float]:
    """Seconds and megabytes of a file that is refused."""
    shown = subprocess.run([PYTHON, "-c", REFUSED, str(path)], check=True, capture_output=True, text=True).stdout
    took, peak = map(float, shown.split())
    return took, peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        root, book = Path(name), Path(name, "book.xlsx")
        write_dossier(root, options=OPTIONS, criteria=CRITERIA, sets=SETS)
        dossier = Dossier.load(root)
        decision = dossier.contents.decision.model
        sheets = workbook_sheets(dossier)
        cells = sum(len(sheet.cells) for sheet in sheets)

        def bare() -> None:
            workbook_bytes(sheets, title=decision.title, marking=None, day=decision.date)

        ours, floor = interleaved([lambda: exported(Dossier(dossier.contents)), bare], RUNS)
        report(f"write {cells:,} cells / XlsxWriter writing the same cells", ours, floor, 2.0)
        book.write_bytes(exported(dossier))

        def read() -> None:
            found = read_book(book)
            assert not compared(found, Dossier.load(root).contents).changes

        def loading() -> None:
            load_book(book.read_bytes(), book)
            Dossier.load(root)

        ours, floor = interleaved([read, loading], RUNS)
        report("import without changes / openpyxl's load and the dossier", ours, floor, 1.5)
        with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/a.png", bytes(200 * 1024 * 1024))
        took, peak = refused(book)
        report("refuse 200 MB in 1 MB: seconds", took, 1.0, 2.0, "s", 1.0)
        report("refuse 200 MB in 1 MB: megabytes", peak, 100.0, 3.0, "MB", 1.0)

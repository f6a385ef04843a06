"""A cold memo against a bare WeasyPrint process that renders the same HTML with the same fonts."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from measuring import COMMAND, PYTHON, interleaved, process, report

from policy_options.memo.pdf import FONTS, resource_path

BARE = "import weasyprint, sys; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True)"

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
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
        report("memo, cold / bare WeasyPrint on the same HTML", memo, bare, 1.3)

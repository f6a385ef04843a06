"""Nothing is lost on paper: for random dossiers, every glyph is on its page, in its cell and its figure, and on no
other glyph.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from drawings import Drawing
from memos import page_of
from placing import beyond_their_cells, misplaced, ruler
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.pdf.layout_checks import refuse_missing_glyphs
from policy_options.memo.templates import template_folders
from random_dossiers import NAMES, write_random

CASES = [
    (1, 1, "one-page"),
    (3, 3, "annex-only"),
    (8, 10, "decision"),
    (12, 4, "comparison"),
    (40, 2, "annex-only"),
    (2, 40, "decision"),
]
"""Options, criteria and the template; the seed is the position in the list."""


def scripts_here() -> tuple[str, ...]:
    """The scripts that this system has fonts for; Latin and Cyrillic letters are in the bundled ones."""
    if shutil.which("fc-list") is None:
        return ("latin",)
    others = [script for script in NAMES if script != "latin"]
    found = [
        script
        for script in others
        if subprocess.run(["fc-list", f":lang={script}", "family"], check=False, capture_output=True).stdout.strip()
    ]
    return ("latin", *found)


@pytest.mark.parametrize(("seed", "options", "criteria", "template"), [(at, *case) for at, case in enumerate(CASES)])
def test_every_glyph_lies_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, options: int, criteria: int, template: str
) -> None:
    drawn: list[Any] = []

    def keep(document: Any) -> None:
        drawn.append(document)
        refuse_missing_glyphs(document)

    monkeypatch.setattr("policy_options.memo.pdf.drawing.refuse_missing_glyphs", keep)
    dossier = write_random(tmp_path, seed, options, criteria, scripts_here())
    html = page_of(dossier, template=template)
    made = memo_pdf(html, template_folders(tmp_path, None), allow_overflow=True)
    assert misplaced(made) == []
    assert drawn and [beyond for document in drawn for beyond in beyond_their_cells(document)] == []
    figures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert figures or template == "one-page"
    for figure in figures:
        Drawing.read(figure, ruler(drawn[0])).assert_tidy()


PAGE = """<!DOCTYPE html><html lang="en"><head><title>t</title><style>@page { size: A4; margin: 20mm }
body { font: 10pt "DejaVu Sans", sans-serif } td { width: 20mm } table { table-layout: fixed; width: 40mm; border-spacing: 0 }
</style></head><body>%s</body></html>"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>clear of all else</p><p>and of this</p>", ""),
        ("<p style='white-space: nowrap'>" + "unbroken " * 40 + "</p>", "is off the page"),
        ("<p>12345</p><p style='margin-top: -2.2em'>67890</p>", "lies on"),
    ],
)
def test_what_is_misplaced_is_found(body: str, said: str) -> None:
    faults = misplaced(memo_pdf(PAGE % body, ()))
    assert bool(faults) == bool(said)
    assert all(said in fault for fault in faults)


def test_a_figure_that_runs_into_its_neighbour_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr("policy_options.memo.pdf.drawing.refuse_missing_glyphs", drawn.append)
    memo_pdf(PAGE % "<table><tr><td>12345678901234567890<td>1</table>", ())
    (fault,) = beyond_their_cells(drawn[0])
    assert "'12345678901234567890'" in fault

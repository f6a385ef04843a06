"""Nothing is lost on paper: of dossiers at random, every glyph lies on its page, in its cell and its figure, and on no other."""

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
from policy_options.memo import pdf
from policy_options.memo.pdf import memo_pdf
from policy_options.memo.templates import template_folders
from random_dossiers import NAMES, write_random

SIZES = [(1, 1), (3, 3), (8, 10), (12, 4), (40, 2), (2, 40)]
TEMPLATES = ["decision", "annex-only", "one-page", "comparison"]


def scripts_here() -> tuple[str, ...]:
    """The scripts that this system has fonts for; Latin and Cyrillic letters are in those that we bring along."""
    if shutil.which("fc-list") is None:
        return ("latin",)
    others = [script for script in NAMES if script != "latin"]
    found = [
        script
        for script in others
        if subprocess.run(["fc-list", f":lang={script}", "family"], check=False, capture_output=True).stdout.strip()
    ]
    return ("latin", *found)


@pytest.mark.parametrize(("seed", "options", "criteria"), [(seed, *size) for seed, size in enumerate(SIZES)])
def test_every_glyph_lies_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, options: int, criteria: int
) -> None:
    drawn: list[Any] = []
    refuse = pdf.refuse_missing_glyphs

    def keep(document: Any) -> None:
        drawn.append(document)
        refuse(document)

    monkeypatch.setattr(pdf, "refuse_missing_glyphs", keep)
    dossier = write_random(tmp_path, seed, options, criteria, scripts_here())
    template = TEMPLATES[seed % len(TEMPLATES)]
    html = page_of(dossier, template=template)
    made = memo_pdf(html, template_folders(tmp_path, None), allow_overflow=True)
    assert misplaced(made) == []
    (document,) = drawn
    assert beyond_their_cells(document) == []
    figures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert figures
    for figure in figures:
        Drawing.read(figure, ruler(document)).assert_tidy()

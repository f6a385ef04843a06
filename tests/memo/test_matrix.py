"""Every template in every language makes a memo of every size, without options and within its pages.

Every pair of values of any two factors occurs in some memo of the suite; ``make matrix`` renders all combinations.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from covering import pairs_of, pairwise
from languages import LANGUAGES
from memos import fitted_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.memo import verifying
from policy_options.memo.pdf.conversion import Layouts
from policy_options.memo.templates import template_folders
from sized import Size, write_sized

FACTORS: Final = {
    "template": ("decision", "one-page", "annex-only", "comparison"),
    "language": LANGUAGES,
    "options": (1, 8, 40),
    "criteria": (1, 8, 40),
    "sets": (1, 7, 40),
    "long_names": (False, True),
    "long_texts": (False, True),
}


def cost(row: tuple[Any, ...]) -> float:
    """Rough time for a memo: pages of the annexes contain every score."""
    template, _, options, criteria, sets, names, texts = row
    annexes = template in ("decision", "annex-only")
    scores = options * criteria * (1 + 2 * texts + names)
    return float(200 + 20 * sets + (scores + 40 * (options + criteria) * (1 + 3 * texts) if annexes else scores / 20))


WHOLE: Final = "POLICY_OPTIONS_WHOLE_MATRIX" in os.environ
BESIDES: Final = [
    ("decision", "ja", 8, 8, 7, True, True),
    ("decision", "ru", 8, 8, 7, False, True),
    ("decision", "zh", 8, 8, 7, True, False),
    ("one-page", "ru", 40, 8, 7, True, True),
]
"""Combinations missing from the cheapest rows: memos of realistic size with only long texts."""

VERIFIED: Final = 1_500.0
"""Limit on the cost of memos that the suite remakes and compares; the whole matrix does so for all."""

ROWS: Final = list(product(*FACTORS.values())) if WHOLE else [*pairwise(FACTORS, cost), *BESIDES]


def test_every_two_values_meet() -> None:
    met = set().union(*map(pairs_of, ROWS))
    assert met == set().union(*map(pairs_of, product(*FACTORS.values())))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(str(value) for value in row))
def test_a_memo_is_made(row: tuple[Any, ...], tmp_path: Path, fonts_of: Callable[[str], None]) -> None:
    template, language, options, criteria, sets, names, texts = row
    fonts_of(language)
    dossier = Dossier.load(write_sized(tmp_path, Size(options, criteria, sets, names, texts, language)))
    if template == "comparison" and sets == 1:
        with pytest.raises(PolicyOptionsError, match="nothing to compare it with"):
            fitted_of(dossier, template=template)
        return
    gc.disable()  # as in the renderer
    try:
        found = fitted_of(dossier, template=template)
    finally:
        gc.enable()
    assert found.faults == ()  # it keeps within its template's pages and lines
    assert found.page.startswith(b"%PDF")
    if WHOLE or cost(row) < VERIFIED:
        answer = verifying._verification(found.page, template_folders(None, None), lambda _template: Layouts())
        assert (answer.verdict, answer.reason) == ("consistent", "")

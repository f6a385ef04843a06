"""No text of a memo is in English where the dossier is in another language, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from languages import LANGUAGES
from memos import content_of
from policy_options.memo.ledger import content_texts
from support import SmallDossier
from troubled import english_in, troubled

_FOR_MACHINES = ("annex.command", "labels", "keywords")
"""Texts that are commands or keys."""


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_text_is_in_english(small: SmallDossier, language: str, fonts_of: Callable[[str], None]) -> None:
    fonts_of(language)
    dossier = troubled(small, language).load()
    checked = 0
    for weights in ("stale", "panel/bob"):
        for path, text in content_texts(content_of(dossier, weights)):
            if not path.startswith(_FOR_MACHINES):
                assert not english_in(text, dossier), (path, text)
                checked += 1
    assert checked > 200

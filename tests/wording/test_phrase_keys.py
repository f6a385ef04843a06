"""The types of phrase keys are those of the English wording, and no phrase is left that nothing prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

from policy_options.wording.phrase_keys import PhraseFamily, PhraseKey

_NAMED = re.compile(r"""["']([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)["']""")
_OF_FAMILY = re.compile(r'say_of\(\s*"([a-z0-9.-]+)"')
_LABEL = re.compile(r'labels\["([a-z-]+)"\]')


def test_they_are_what_the_command_writes(root: Path, tmp_path: Path) -> None:
    written = tmp_path / "phrase_keys.py"
    subprocess.run([sys.executable, str(root / ".ci/phrase-keys"), str(written)], check=True)
    assert written.read_bytes() == (root / "src/policy_options/wording/phrase_keys.py").read_bytes()


def test_each_is_printed_somewhere(root: Path) -> None:
    sources = [
        path for path in (root / "src").rglob("*") if path.suffix in (".py", ".j2") and path.name != "phrase_keys.py"
    ]
    sources += (root / "src/policy_options/web").rglob("*.j2")  # these say their phrases themselves
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (root / "templates").rglob("*.j2"))
    named = {*_NAMED.findall(code), *(f"label.{label}" for label in _LABEL.findall(pages))}
    families = {family for family in _OF_FAMILY.findall(code) if family not in ("label", "heading")}
    assert families <= {*get_args(PhraseFamily)}
    for key in get_args(PhraseKey):
        family, _, member = key.rpartition(".")
        by_its_own = key in named or any(key.startswith(f"{family}.") for family in families)
        assert by_its_own or (family in ("label", "heading") and member in named), key

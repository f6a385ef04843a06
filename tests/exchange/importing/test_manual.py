"""The page on importing: its messages match the code, and its flags the command."""

from __future__ import annotations

import re
from pathlib import Path


def test_every_message_on_the_page_is_one_of_the_code(root: Path) -> None:
    page = (root / "docs/importing.md").read_text(encoding="utf-8").partition("## When something is refused")[2]
    code = "".join(
        re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8"))
        for path in (root / "src/policy_options/exchange/importing").glob("*.py")
    )
    rows = re.findall(r"(?m)^\| (`.*?`(?: \.\.\. `.*?`)?) \|", page)
    phrases = [phrase for row in rows for phrase in re.findall(r"`([^`]+)`", row)]
    assert len(phrases) > 35
    assert [phrase for phrase in phrases if phrase not in code] == []


def test_every_flag_is_on_the_page(root: Path) -> None:
    page = (root / "docs/importing.md").read_text(encoding="utf-8")
    flags = set(re.findall(r'"(--[a-z-]+)"', (root / "src/policy_options/cli/new.py").read_text(encoding="utf-8")))
    assert {flag for flag in flags if flag not in page} == {"--blank"}

"""A remedy never names a flag that the command does not have, whichever command meets the error."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from typer import Typer

from policy_options.cli.app import application
from policy_options.cli.remedies import fitting, flags_of, flags_of_others
from policy_options.errors import Fault
from support import SmallDossier

from .conftest import Run


def commands(group: Typer, name: str = "") -> dict[str, frozenset[str]]:
    """The flags of every command by its name."""
    found = {
        f"{name} {command.name or command.callback.__name__}".strip(): flags_of(inspect.unwrap(command.callback))
        for command in group.registered_commands
        if command.callback is not None
    }
    for below in group.registered_groups:
        assert below.typer_instance is not None
        found |= commands(below.typer_instance, f"{name} {below.name or below.typer_instance.info.name}".strip())
    return found


COMMANDS = commands(application())


def test_the_flags_of_a_command_are_those_that_its_help_lists(run: Run) -> None:
    assert len(COMMANDS) >= 14
    for name in ("rank", "memo", "diff", "weights new", "schema"):
        shown = run(*name.split(), "--help", columns=200).stdout
        listed = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", shown.partition("Options")[2]))
        assert COMMANDS[name] == listed - {"--help"}, name


def texts_with_flags(root: Path) -> list[str]:
    """Every text in the code that names a flag, which includes all remedies; variable parts are left out."""
    found: set[str] = set()
    for path in sorted((root / "src/policy_options").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values))
    return sorted(text for text in found if "--" in text and "\n" not in text)


def test_no_text_of_ours_leaves_a_flag_to_a_command_that_has_none(root: Path) -> None:
    texts = texts_with_flags(root)
    assert len(texts) > 40
    for name, flags in COMMANDS.items():
        for fault in fitting([Fault("code", "message", text) for text in texts], flags):
            assert flags_of_others(fault.remedy, flags) == [], (name, fault.remedy)


@pytest.mark.parametrize(
    ("command", "remedy", "fits"),
    [
        (
            "robustness",
            "name a larger --error, or a number of --samples",
            "name a larger --error, or a number of --samples",
        ),
        ("memo", "name a larger --error, or a number of --samples", ""),
        ("memo", "run it again, or with --workers 1", "run it again, or with --workers 1"),
        ("rank", "run it again, or with --workers 1", "run it again"),
        (
            "memo",
            "name two, write another with policy-options weights new, or compare versions with --rev",
            "name two, or write another with policy-options weights new",
        ),
        (
            "extract",
            "go to the folder of a dossier, name one with --dossier DIR, or make one with policy-options new DIR",
            "go to the folder of a dossier, or make one with policy-options new DIR",
        ),
        ("new", "give it somewhere to write to, or name a file with --output", "give it somewhere to write to"),
        ("check", "ask again, then: policy-options weights refresh x --confirm", None),
        ("check", "fetch the rest with git fetch --unshallow (in CI: fetch-depth: 0)", None),
        ("check", "write it, or delete the line", None),
    ],
)
def test_what_is_left_of_a_remedy(command: str, remedy: str, fits: str | None) -> None:
    (fault,) = fitting([Fault("code", "message", remedy)], COMMANDS[command])
    assert fault.remedy == (remedy if fits is None else fits)


def test_a_command_says_only_what_it_can_do(run: Run, small: SmallDossier) -> None:
    (small.root / "criteria/weights/quick.yaml").unlink()
    asked = run("diff", "--all", cwd=small.root).stderr
    assert "or compare versions with --rev" in asked
    asked = run("memo", "--template", "comparison", cwd=small.root).stderr
    assert "policy-options weights new" in asked
    assert "--rev" not in asked

"""What has been added before is named only where docs/development.md sends whoever adds another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from policy_options.analysis.elicitation.methods import METHODS
from policy_options.cli import app
from policy_options.exchange.exporting.registry import FORMATS as EXPORTED
from policy_options.faces.registry import FORMATS

PACKAGE: Final = "policy_options."


def imports_of(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.fixture(scope="module")
def importers(root: Path) -> dict[str, set[str]]:
    """By module of the package: the modules that import it."""
    found: dict[str, set[str]] = {}
    for path in (root / "src").rglob("*.py"):
        name = path.relative_to(root / "src").with_suffix("").as_posix().replace("/", ".")
        for module in imports_of(path):
            if module.startswith(PACKAGE):
                found.setdefault(module, set()).add(name.removesuffix(".__init__"))
    return found


def named_in(root: Path, text: str) -> set[str]:
    """The modules of the package that hold a text."""
    return {
        path.relative_to(root / "src/policy_options").as_posix()
        for path in (root / "src").rglob("*.py")
        if text in path.read_text(encoding="utf-8")
    }


def test_what_is_to_be_edited_exists(root: Path) -> None:
    page = (root / "docs/development.md").read_text(encoding="utf-8")
    table = page.partition("| To add | Write | And edit |")[2].partition("\n\n")[0]
    named = re.findall(
        r"`((?:analysis|charts|cli|docs|dossier|exchange|faces|memo|reports|templates|wording)/[^` ]*)`", table
    )
    assert len(named) > 25
    missing = [path for path in named if not ((root / "src/policy_options" / path).exists() or (root / path).exists())]
    assert missing == []


def test_a_command_is_named_in_one_line(root: Path, importers: dict[str, set[str]]) -> None:
    for module in app._MODULES:
        assert importers.get(f"policy_options.cli.{module}", set()) <= {f"policy_options.cli.{module}"}, module
        line = f'    "{module.removesuffix("_").replace("_", "-")}": "'
        assert (root / "src/policy_options/cli/app.py").read_text(encoding="utf-8").count(line) == 1


def test_a_format_is_named_in_one_line(root: Path, importers: dict[str, set[str]]) -> None:
    for name, face in FORMATS.items():
        # Commands without --format print to the terminal only.
        others = {"policy_options.cli.results"} if name == "table" else set()
        assert importers.get(face.module, set()) == others, name
        assert named_in(root, f'"{face.module}"') == {"faces/registry.py"}


def test_the_ending_of_what_export_writes_is_named_in_one_line(root: Path) -> None:
    for name, form in EXPORTED.items():
        assert named_in(root, f'"{name}": Exported(') == {"exchange/exporting/registry.py"}
        assert {path for path in named_in(root, f'"{form.suffixes[0]}"') if path.startswith("cli/")} == set()


def test_a_method_is_named_in_one_module(importers: dict[str, set[str]]) -> None:
    here = "policy_options.analysis.elicitation"
    for method in METHODS.values():
        module = type(method).__module__
        assert f"{here}.methods" in importers[module]
        # What several methods share may be imported by another of them, and a method's own file format by its reader.
        others = {name for name in importers[module] if not name.startswith(f"{here}.")}
        assert others <= {"policy_options.exchange.importing.ahp_preferences"}, module


def test_a_language_is_one_file(root: Path) -> None:
    languages = {path.stem for path in (root / "templates/wording").glob("*.yaml")}
    for language in languages - {"en"}:
        assert named_in(root, f'"{language}"') <= {
            "charts/typefaces.py",
            "memo/docx/scripts.py",
            "memo/docx/styles.py",
        }

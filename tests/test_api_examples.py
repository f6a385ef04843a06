"""The reference of the Python API: every public name is fully described, and every example prints what it shows."""

from __future__ import annotations

import doctest
import inspect
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import policy_options
from policy_options import Dossier, PolicyOptionsError
from support import git

MEMBERS = {f"Dossier.{name}": member for name, member in vars(Dossier).items() if not name.startswith("_")}
DOCUMENTED: dict[str, Any] = {"policy_options": policy_options, "Dossier": Dossier, **MEMBERS}


@pytest.fixture(scope="module")
def repository(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped dossier as a git repository with one commit, so that a revision can be read."""
    folder = tmp_path_factory.mktemp("repository")
    for name in ("criteria", "options"):
        shutil.copytree(root / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A version")
    return folder


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_example_prints_what_it_says(repository: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(repository)
    text = inspect.cleandoc(DOCUMENTED[name].__doc__)
    examples = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    assert examples.examples, f"{name} has no example"
    printed: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=printed.append)
    assert not printed, "".join(printed)


@pytest.mark.parametrize("name", MEMBERS)
def test_every_parameter_result_and_error_is_described(name: str) -> None:
    member = MEMBERS[name]
    text = inspect.cleandoc(member.__doc__)
    assert re.match(r"[A-Z].*\.\n", text), "a summary in one line"
    assert re.search(r"^Returns\n-------\n", text, re.MULTILINE)
    assert re.search(r"^Examples\n--------\n", text, re.MULTILINE)
    function = getattr(Dossier, name.partition(".")[2])
    wanted = [] if not callable(function) else [one for one in inspect.signature(function).parameters if one != "self"]
    section = re.search(r"^Parameters\n-+\n(.*?)(?=^\w+\n-+\n|\Z)", text, re.MULTILINE | re.DOTALL)
    described = re.findall(r"^(\S.*)$", section[1], re.MULTILINE) if section else []
    assert [one.lstrip("*") for line in described for one in line.split(", ")] == wanted


def test_the_public_names_are_these() -> None:
    """A new one needs a description and an example, here and in docs/api.md."""
    assert {name: getattr(policy_options, name) for name in policy_options.__all__} == {
        "Dossier": Dossier,
        "PolicyOptionsError": PolicyOptionsError,
    }

"""The documentation: links resolve, lines are short, the style is kept, and the site builds."""

from __future__ import annotations

import ast
import importlib.util
import io
import os
import re
import subprocess
import sys
import tokenize
import tomllib
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

NAMES = [
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *(f"docs/{path.name}" for path in sorted((Path(__file__).parent.parent / "docs").glob("*.md"))),
]
WIDEST = 100
BANNED_BEGIN = "rejects these words and turns outside code:"


def without_blocks(text: str) -> str:
    """The text with its fenced code as empty lines."""
    return re.sub(r"(?ms)^( *)```.*?^\1```$", lambda found: "\n" * found[0].count("\n"), text)


def without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", lambda found: "`" + "\n" * found[0].count("\n") + "`", without_blocks(text))


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as forges and the site make them."""
    found: set[str] = set()
    for heading in re.findall(r"(?m)^#+ (.+)$", without_blocks(text)):
        plain = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        found.add(plain if plain not in found else f"{plain}-1")
    return found


def banned(root: Path) -> list[str]:
    page = " ".join((root / "docs/style.md").read_text(encoding="utf-8").split())
    return re.findall(r"`([^`]+)`", page.partition(BANNED_BEGIN)[2])


def occurrences(words: list[str], text: str) -> list[str]:
    """Each of the words found, with its line number."""
    turns = (r"\s+".join(re.escape(word) for word in turn.split()) for turn in words)
    pattern = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(turns)})(?![\w-])")
    return [f"line {text.count(chr(10), 0, found.start()) + 1}: {found[0]}" for found in pattern.finditer(text)]


def prose_of(source: str) -> str:
    """The comments and docstrings of a module on their lines, without names in backticks, examples and all other code."""
    lines = ["."] * len(source.splitlines())
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            text = ast.get_source_segment(source, node) or ""
            text = re.sub(r"``[^`]*``|`[^`]*`", lambda found: "`" + "\n" * found[0].count("\n"), text)
            lines[node.lineno - 1 : node.end_lineno] = re.sub(r"(?m)^ *(>>>|\.\.\. ).*$", ".", text).split("\n")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            lines[token.start[0] - 1] = re.sub(r"`[^`]*`", "`", token.string.lstrip("# "))
    return "\n".join(lines)


@pytest.mark.parametrize("name", NAMES)
def test_every_relative_link_resolves(root: Path, name: str) -> None:
    text = without_code((root / name).read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (root / name).parent / path if path else root / name
        assert file.is_file(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{target} has no such heading"


@pytest.mark.parametrize("name", NAMES)
def test_prose_is_wrapped(root: Path, name: str) -> None:
    lines = without_blocks((root / name).read_text(encoding="utf-8")).splitlines()
    long = [
        f"line {number}: {len(line)} columns"
        for number, line in enumerate(lines, start=1)
        if len(line) > WIDEST and not line.startswith(("|", "!["))
    ]
    assert not long


@pytest.mark.parametrize("name", NAMES)
def test_a_list_after_a_paragraph_follows_an_empty_line(root: Path, name: str) -> None:
    """Forges show it as a list without one, the site as running text."""
    lines = without_blocks((root / name).read_text(encoding="utf-8")).splitlines()
    item = re.compile(r" *(-|\d+\.) ")
    joined = [
        f"line {number}: {line}"
        for number, (before, line) in enumerate(pairwise(lines), start=2)
        if item.match(line) and before and not item.match(before) and not before.startswith("  ")
    ]
    assert not joined


@pytest.mark.parametrize("name", NAMES)
def test_the_house_style_is_kept(root: Path, name: str) -> None:
    found = occurrences(banned(root), without_code((root / name).read_text(encoding="utf-8")))
    assert not found, "docs/style.md says what to write instead"


def test_banned_words_are_found_across_lines_and_not_within_words(root: Path) -> None:
    words = banned(root)
    assert len(words) > 20
    assert occurrences(words, "so it\nhangs\non that") == ["line 2: hangs\non"]
    assert occurrences(words, "a standpoint, beliefs, the amended rule") == []
    assert occurrences(words, without_code("`stands`\n```\nanew\n```\n")) == []


def test_comments_and_docstrings_keep_the_style(root: Path) -> None:
    """Only names in backticks and examples of code may use the words that docs/style.md rejects."""
    words = banned(root)
    found = {
        path.relative_to(root).as_posix(): occurrences(words, prose_of(path.read_text(encoding="utf-8")))
        for path in sorted((root / "src").rglob("*.py"))
    }
    assert len(found) > 200
    assert {name: faults for name, faults in found.items() if faults} == {}, "docs/style.md says what to write instead"


def test_prose_of_a_module_is_its_comments_and_docstrings() -> None:
    source = (
        'def f():\n    """Say where it\n    stands, ``anew``.\n\n    >>> mend(1)\n    """\n'
        '    # this hangs\n    # on that, `told`\n    return \'floor\'  # beside it\n\n\nSIZE = 1\n"""Is none."""\n'
    )
    words = ["stands", "anew", "mend", "hangs on", "told", "floor", "beside", "is none"]
    assert occurrences(words, prose_of(source)) == [
        *("line 3: stands", "line 7: hangs\non", "line 9: beside", "line 13: Is none"),
    ]


def test_the_citation_file_is_valid(root: Path) -> None:
    """It has what the Citation File Format 1.2.0 requires, and only keys that the format knows."""
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(cited)
    assert set(cited) <= {
        *("cff-version", "message", "type", "title", "abstract", "authors", "version", "license", "keywords"),
    }
    assert cited["authors"] == [{"name": "The policy-options maintainers"}]
    assert f'\nversion = "{cited["version"]}"\n' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_the_page_on_design_has_the_promises_that_code_cites(root: Path) -> None:
    page = (root / "docs/design.md").read_text(encoding="utf-8")
    given = re.findall(r"(?m)^(\d+)\. \*\*", page.partition("## Promises")[2])
    assert given == [str(number) for number in range(1, 11)]
    cited = {
        number
        for folder in ("src", "tests")
        for path in (root / folder).rglob("*.py")
        for number in re.findall(r"design, promise (\d+)", path.read_text(encoding="utf-8"))
    }
    assert cited and cited <= set(given)


def test_every_module_that_the_page_on_development_names_exists(root: Path) -> None:
    page = (root / "docs/development.md").read_text(encoding="utf-8")
    modules = [path.as_posix() for folder in ("src", "tests") for path in (root / folder).rglob("*.py")]
    named = re.findall(r"`((?:\w+/)*\w+\.py)`", page)
    assert len(named) > 40
    assert [name for name in named if not any(module.endswith(f"/{name}") for module in modules)] == []


def test_the_page_on_design_lists_the_layers_that_are_checked(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    checked = [[name.rpartition(".")[2] for name in layer.split(" | ")] for layer in layers]
    page = (root / "docs/design.md").read_text(encoding="utf-8").partition("## Layers")[2].partition("\n## ")[0]
    listed = [re.findall(r"`(\w+)`", line.partition(":")[0]) for line in re.findall(r"(?m)^\d+\. .*$", page)]
    assert listed == checked


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("mkdocs", "material", "mkdocstrings")),
    reason="needs the extra docs",
)
def test_the_site_builds_strictly_and_names_no_other_host(root: Path, tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "site").glob("*.html")}
    assert {"index.html", "api.html", "format.html", "contributing.html", "design.html"} <= set(pages)
    for name, page in pages.items():
        assert not re.search(r'(?:src|<link[^>]* href)="(?:https?:)?//', page), f"{name} loads from another host"
    assert "without_preferences" in pages["api.html"]
    assert (tmp_path / "site/search/search_index.json").stat().st_size > 10_000

"""Word files on the command line: which names and templates give one, and ``verify``'s answer for it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from policy_options import PolicyOptionsError
from policy_options.memo.docx.package import refuse_without_office
from policy_options.memo.verifying import carried_inputs, verify
from support import SmallDossier
from word_files import opened, word_of


def run(*arguments: str, cwd: Path, before: str = "", after: str = "") -> subprocess.CompletedProcess[str]:
    code = (
        f"import sys; {before}\nfrom policy_options.cli import main\ntry:\n    main()\nfinally:\n    {after or 'pass'}"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_name_that_ends_in_docx_gives_a_word_file_that_cannot_be_verified(small: SmallDossier) -> None:
    shown = run("memo", "--output", "memo.docx", cwd=small.root)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "memo.docx\n", "")
    assert (small.root / "memo.docx").read_bytes() == word_of(small.load())[0].raw
    shown = run("verify", "memo.docx", cwd=small.root)
    assert shown.returncode == 2
    assert shown.stdout.startswith(
        "cannot: memo.docx: it is a Word file, which is for editing and carries none of its inputs"
    )
    assert shown.stdout.endswith("Verify the PDF that the same dossier gives\n")
    shown = run("extract", "memo.docx", "out", cwd=small.root)
    assert shown.returncode == 2 and "it is a Word file" in shown.stderr
    assert not (small.root / "out").exists()


def test_a_body_is_condensed_as_far_as_that_of_the_pdf(small: SmallDossier) -> None:
    for name, said in (
        ("east-quay", "It lies nearest to the islands."),
        ("as-is", "Islanders wait for most of an hour."),
    ):
        small.edit(f"options/{name}.yaml", said, (f"{said} " * 120).strip())
    assert run("memo", "--template", "one-page", "--output", "one.docx", cwd=small.root).returncode == 0
    word = opened((small.root / "one.docx").read_bytes())
    assert "Annex A: this ranking" in word.styled("Heading1")
    shown = run("memo", "--template", "one-page", "--output", "strict.docx", "--strict-length", cwd=small.root)
    assert shown.returncode == 2 and not (small.root / "strict.docx").exists()
    run("memo", "--template", "one-page", "--output", "whole.docx", "--allow-overflow", cwd=small.root)
    assert "Annex A: this ranking" not in opened((small.root / "whole.docx").read_bytes()).styled("Heading1")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--output", "memo.odt"), "memo.odt is named like another format than what would be in it, PDF"),
        (("--output", "memo.txt"), "memo.txt is named like another format than what would be in it, PDF"),
        (("--output", "memo.docx", "--html"), "memo.docx is named like another format than what would be in it, HTML"),
        (("--output", "memo.docx", "--all"), "memo.docx is one Word file, and several files are asked for"),
        (("--output", "memo.docx", "--template", "ours"), "no Word file can be laid out as the template `ours`"),
    ],
)
def test_what_cannot_be_made_is_refused(small: SmallDossier, arguments: tuple[str, ...], message: str) -> None:
    small.put("templates/memo/ours.html.j2", "<!DOCTYPE html><html><body>{{ memo.title }}</body></html>")
    shown = run("memo", *arguments, cwd=small.root)
    assert shown.returncode == 2 and message in shown.stderr
    assert not list(small.root.glob("memo.*"))


def test_a_template_of_the_users_own_is_said_not_to_be_followed(small: SmallDossier) -> None:
    small.put("templates/memo/annex-only.html.j2", "<!DOCTYPE html><html><body>{{ memo.title }}</body></html>")
    shown = run("memo", "--template", "annex-only", "--output", "memo.docx", cwd=small.root)
    assert shown.returncode == 0
    assert shown.stderr == (
        "warning: the Word file is laid out as the shipped template annex-only, and not as your own\n"
    )


def test_a_comparison_is_a_word_file_too(small: SmallDossier) -> None:
    shown = run("diff", "even", "quick", "--format", "docx", "--output", "note.docx", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    word = opened((small.root / "note.docx").read_bytes())
    assert docx.Document(io.BytesIO(word.raw)).core_properties.author == "Harbour office"
    assert word.styled("Heading1")[0] == "Bottom line"


def test_without_the_extra_the_error_names_it(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run("memo", "--output", "memo.docx", cwd=small.root, before="sys.modules['docx'] = None")
    assert shown.returncode == 2
    assert "a Word file needs python-docx and pypdfium2, which are an extra" in shown.stderr
    assert "pip install 'policy-options[office]'" in shown.stderr
    assert not (small.root / "memo.docx").exists()
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(PolicyOptionsError, match="extra"):
        refuse_without_office()


@pytest.mark.parametrize("arguments", [("rank",), ("--help",), ("memo", "--help"), ("check",)])
def test_no_other_command_imports_it(small: SmallDossier, arguments: tuple[str, ...]) -> None:
    found = (
        "print(*sorted({'docx', 'lxml', 'pypdfium2', 'policy_options.memo.docx'} & set(sys.modules)), file=sys.stderr)"
    )
    assert run(*arguments, cwd=small.root, after=found).stderr == "\n"


def test_an_archive_that_is_no_word_file_is_none() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    for raw in (file.getvalue(), b"PK", b"PK\x05\x06" + b"\xff" * 30):
        assert verify(raw).verdict == "inconsistent"
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert verify(file.getvalue()).verdict == "cannot"
    with pytest.raises(PolicyOptionsError, match="it is a Word file"):
        carried_inputs(file.getvalue())

"""Where results go: never over a file of a dossier, whatever its name, nor under a name that indicates another format."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.cli.targets import PARTS, refuse_other_format, refuse_part_of_dossier
from support import SmallDossier

from .conftest import Run


def parts(root: Path) -> list[Path]:
    return [root / name for name in PARTS]


def refused(path: Path, folders: list[Path]) -> str:
    with pytest.raises(PolicyOptionsError) as caught:
        refuse_part_of_dossier(path, folders)
    assert caught.value.faults[0].code == "part-of-dossier"
    return caught.value.faults[0].message


COMMANDS = (
    "rank --format json",
    "rank --all --format csv",
    "check --format json",
    "robustness --samples 100 --format csv",
    "diff even quick --format json",
    "diff even quick --format pdf",
    "diff even quick --format html",
    "weights list --format json",
    "weights show even --format json",
    "weights diagnose --format json",
    "memo",
    "memo --html",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_writes_over_a_file_of_the_dossier(
    run: Run, small: SmallDossier, tmp_path: Path, command: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = small.root / "options/as-is.yaml"
    before = target.read_bytes()
    shown = run(*command.split(), "--dossier", str(small.root), "--output", str(target), cwd=elsewhere)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "is in options/, which is part of the dossier; name a file elsewhere" in shown.stderr
    assert target.read_bytes() == before


def test_schemas_are_not_written_among_the_files_of_a_dossier(run: Run, small: SmallDossier) -> None:
    shown = run("schema", "--output", "criteria", cwd=small.root)
    assert shown.returncode == 2
    assert "which is part of the dossier" in shown.stderr
    assert sorted(path.name for path in (small.root / "criteria").iterdir()) == [
        "criteria.yaml",
        "decision.yaml",
        "weights",
    ]


@pytest.mark.parametrize("command", [("robustness", "--samples", "100"), ("diff", "even", "quick")])
def test_charts_are_not_written_among_the_files_of_a_dossier(
    run: Run, small: SmallDossier, command: tuple[str, ...]
) -> None:
    shown = run(*command, "--charts", "options", cwd=small.root)
    assert shown.returncode == 2
    assert "which is part of the dossier" in shown.stderr
    assert not list((small.root / "options").glob("*.svg"))


def test_a_link_to_a_file_of_the_dossier_is_that_file(small: SmallDossier, tmp_path: Path) -> None:
    file = small.root / "criteria/decision.yaml"
    (tmp_path / "soft.json").symlink_to(file)
    (tmp_path / "hard.json").hardlink_to(file)
    assert "is in criteria/" in refused(tmp_path / "soft.json", [])
    assert "is a link to criteria/decision.yaml" in refused(tmp_path / "hard.json", parts(small.root))


def test_what_a_file_of_the_dossier_links_to_is_that_file(small: SmallDossier, tmp_path: Path) -> None:
    shared = tmp_path / "shared.yaml"
    file = small.root / "options/as-is.yaml"
    file.rename(shared)
    file.symlink_to(shared)
    assert "is a link to options/as-is.yaml" in refused(shared, parts(small.root))
    assert "is in options/" in refused(file, [])


def test_a_folder_of_the_dossier_that_is_a_link_is_that_folder(small: SmallDossier, tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    (small.root / "criteria/weights").rename(weights)
    (small.root / "criteria/weights").symlink_to(weights)
    (small.root / "options").rename(tmp_path / "choices")
    (small.root / "options").symlink_to(tmp_path / "choices")
    assert "is in choices/" in refused(tmp_path / "choices/new.json", parts(small.root))
    assert "is in criteria/" in refused(small.root / "criteria/weights/even.yaml", [])


def test_the_dossier_that_a_target_lies_in_need_not_be_the_one_that_is_read(
    small: SmallDossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SmallDossier.write(tmp_path / "other")
    monkeypatch.chdir(other.root)
    assert "is in criteria/" in refused(Path("criteria/decision.yaml"), parts(small.root))
    assert "is in options/" in refused(Path("options/evidence/new.txt"), parts(small.root))
    assert "is in options/" in refused(Path("reports/../options/as-is.yaml"), parts(small.root))
    (other.root / "templates").mkdir()
    assert "is in templates/" in refused(Path("templates/memo/decision.html.j2"), parts(small.root))


def test_other_places_are_free(small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "taken.json").write_text("{}")
    for path in (
        small.root / "reports/x.json",
        small.root / "x.json",
        small.root / "schemas/x.json",
        tmp_path / "taken.json",
        tmp_path / "options/x.json",
        Path(os.devnull),
    ):
        refuse_part_of_dossier(path, parts(small.root))


def test_templates_and_texts_that_are_named_are_part_of_what_is_read(
    run: Run, small: SmallDossier, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "survey.txt").write_text("A text.")
    shown = run("check", "--sources", str(texts), "--output", str(texts / "survey.txt"), cwd=small.root)
    assert shown.returncode == 2
    assert "is in texts/, which is part of the dossier" in shown.stderr
    assert (texts / "survey.txt").read_text() == "A text."


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *(("memo.docx", form) for form in ("pdf", "html", "table", "json", "csv", "markdown")),
        ("memo.txt", "pdf"),
        ("memo.html", "pdf"),
        ("memo.pdf", "html"),
        ("memo.PDF", "json"),
        ("ranking.csv", "table"),
        ("ranking.csv", "json"),
        ("ranking.json", "csv"),
        ("ranking.xlsx", "csv"),
        ("ranking.md", "table"),
        ("ranking.yaml", "json"),
        ("memo.png", "pdf"),
    ],
)
def test_a_name_that_says_another_format_is_refused(name: str, form: str) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        refuse_other_format(Path("out") / name, form)
    fault = caught.value.faults[0]
    assert fault.code == "other-format"
    ending = {"markdown": "md", "table": "txt"}.get(form, form)
    assert fault.remedy == f"name it {name.rpartition('.')[0]}.{ending}"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *(("ranking", form) for form in ("pdf", "html", "table", "json", "csv", "markdown")),
        *(("ranking.txt", form) for form in ("html", "table", "json", "csv", "markdown")),
        ("memo.PDF", "pdf"),
        ("memo.docx", "docx"),
        ("memo.v1.2", "pdf"),
        ("page.htm", "html"),
        ("ranking.markdown", "markdown"),
        ("run.log", "table"),
    ],
)
def test_a_name_that_says_nothing_else_is_taken(name: str, form: str) -> None:
    refuse_other_format(Path(name), form)


def test_the_remedy_names_the_flag_where_the_command_writes_that_format(run: Run, small: SmallDossier) -> None:
    shown = run("rank", "--output", "ranking.csv", cwd=small.root)
    assert shown.returncode == 2
    assert "in it, a table in plain text; name it ranking.txt, or write --format csv" in shown.stderr
    shown = run("rank", "--output", "ranking.pdf", cwd=small.root)
    assert shown.stderr.endswith("name it ranking.txt\n")
    shown = run("diff", "even", "quick", "--output", "note.pdf", cwd=small.root)
    assert shown.stderr.endswith("name it note.txt, or write --format pdf\n")
    shown = run("diff", "even", "quick", "--format", "pdf", "--output", "note.odt", cwd=small.root)
    assert shown.stderr.endswith("name it note.pdf, or note.docx with --format docx\n")
    assert run("memo", "--output", "memo.png", cwd=small.root).stderr.endswith("name it memo.pdf\n")
    for name in ("memo.doc", "memo.odt"):
        shown = run("memo", "--output", name, cwd=small.root)
        assert shown.stderr.endswith("name it memo.docx for a Word file, or memo.pdf for PDF\n")
    assert sorted(path.name for path in small.root.iterdir()) == ["criteria", "options"]

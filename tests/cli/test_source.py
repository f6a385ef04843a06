"""``source add``: what it finds, prints, writes and refuses, and that ``check --sources`` then finds all of it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner
from weasyprint import HTML

from policy_options import Dossier
from policy_options.cli.app import application
from support import SOURCE_TEXT, SmallDossier

from .conftest import Run

EVIDENCE = "options/evidence"
PAGE = (
    '<head><title>Storm</title><meta name="author" content="J. Doe"><link rel="canonical" href="https://example.org/a">'
    "</head><body><nav>Home</nav><h1>Storm</h1><p>The quay was closed for nine days.</p><p>Boats went elsewhere.</p>"
)
MARKDOWN = "# Notes\n\nThe ferry was late.\n\nNobody complained.\n"


def docx() -> bytes:
    written = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("The fare rose.", "Islanders pay it."))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return written.getvalue()


def pdf() -> bytes:
    pages = "".join(f"<p style='break-after: page'>The tariff of year {n} is informative.</p>" for n in range(1, 4))
    return bytes(HTML(string=f"<html><head><title>Tariffs</title></head><body>{pages}</body></html>").write_pdf())


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "survey.txt").write_text(SOURCE_TEXT, encoding="utf-8")
    (folder / "notes.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "fares.docx").write_bytes(docx())
    (folder / "tariffs.pdf").write_bytes(pdf())
    return folder


def added(small: SmallDossier, *arguments: object) -> str:
    shown = CliRunner().invoke(application(), ["source", "add", *map(str, arguments), "-d", str(small.root)])
    assert shown.exit_code == 0, shown.output
    return shown.output


def refused(small: SmallDossier, *arguments: object) -> str:
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}
    shown = CliRunner().invoke(application(), ["source", "add", *map(str, arguments), "-d", str(small.root)])
    assert shown.exit_code == 2, shown.output
    assert {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()} == before
    return " ".join(shown.output.split())


def test_what_is_added_is_found_again(small: SmallDossier, texts: Path) -> None:
    for name, quote, claim in (
        ("notes.md", "ferry was late", "paragraphs: [1]"),
        ("page.html", "closed for nine days", "paragraphs: [1]"),
        ("fares.docx", "The fare rose", "paragraphs: [1]"),
        ("tariffs.pdf", "year 2 is infor-mative", "pages: [2]"),
    ):
        added(small, texts / name)
        path = small.root / EVIDENCE / f"{name.partition('.')[0]}.yaml"
        with path.open("a", encoding="utf-8") as file:
            file.write(f"claims: [{{id: said, {claim}, text: x, quote: {quote}}}]\n")
    citations = small.load().check(texts).citations
    assert citations is not None
    assert citations.findings == () and citations.without_text == ()
    assert (citations.paragraphs, citations.found) == (8, 8)
    assert (citations.pages, citations.pages_found) == (3, 3)
    assert (citations.quotes, citations.quotes_found) == (4, 4)
    (texts / "page.html").write_text(PAGE.replace("nine", "ten"), encoding="utf-8")
    (texts / "tariffs.pdf").write_bytes(pdf().replace(b"%PDF", b"%PDF"))
    found = {(finding.code, finding.ids) for finding in small.load().check(texts).citations.findings}  # type: ignore[union-attr]
    assert found == {("citation-mismatch", ("page", "1")), ("quote-not-found", ("page", "said"))}


def test_a_page_that_changed(small: SmallDossier, texts: Path) -> None:
    added(small, texts / "tariffs.pdf")
    writer, written = pypdf.PdfWriter(clone_from=io.BytesIO(pdf())), io.BytesIO()
    writer.remove_page(1)
    writer.write(written)
    (texts / "tariffs.pdf").write_bytes(written.getvalue())
    messages = {finding.ids: finding.message for finding in small.load().check(texts).citations.findings}  # type: ignore[union-attr]
    assert "is no longer as it was cited" in messages["tariffs", "2"]
    assert "is not in the PDF" in messages["tariffs", "3"]


def test_it_says_what_it_found_where(small: SmallDossier, texts: Path) -> None:
    said = added(small, texts / "page.html", "--read", "2026-03-01", "--title", "Storm closes quay")
    assert "title: Storm closes quay (from --title)" in said
    assert "author: J. Doe (from <meta author>)" in said
    assert "address: https://example.org/a (from <link canonical>)" in said
    assert "left out: 2 headings and the like" in said
    assert "a source of kind web with fingerprints of 2 paragraphs" in said
    model = small.load().contents.sources["page"].model
    assert (model.kind, model.title, str(model.read)) == ("web", "Storm closes quay", "2026-03-01")
    assert "title: notes-2 (from the name of the file" in added(small, _copy(texts / "survey.txt", "notes-2.txt"))


def _copy(path: Path, name: str) -> Path:
    copy = path.with_name(name)
    copy.write_bytes(path.read_bytes())
    return copy


def test_no_text_of_a_source_is_stored(small: SmallDossier, texts: Path) -> None:
    added(small, texts / "notes.md")
    written = (small.root / EVIDENCE / "notes.yaml").read_text(encoding="utf-8")
    assert "ferry" not in written and "complained" not in written


def test_a_dry_run_writes_nothing(small: SmallDossier, texts: Path) -> None:
    shown = added(small, texts / "notes.md", "--id", "notes-2025", "--dry-run")
    assert "format: 1" in shown and "nothing was written" in shown
    assert not (small.root / EVIDENCE / "notes-2025.yaml").exists()


def test_pages_can_be_chosen(small: SmallDossier, texts: Path) -> None:
    added(small, texts / "tariffs.pdf", "--pages", "1,2-3")
    assert set(small.load().contents.sources["tariffs"].model.pages) == {"1", "2", "3"}
    added(small, texts / "tariffs.pdf", "--id", "third", "--pages", "3")
    assert set(small.load().contents.sources["third"].model.pages) == {"3"}


def test_what_is_refused(small: SmallDossier, texts: Path) -> None:
    assert "choose another id with --id" in refused(small, texts / "survey.txt")
    assert "is not an id" in refused(small, texts / "notes.md", "--id", "Notes")
    assert "is not an id" in refused(small, texts / "notes.md", "--id", "../notes")
    assert "there is no file" in refused(small, texts / "nothing.txt")
    assert "not of a kind that can be read" in refused(small, _copy(texts / "notes.md", "notes.odt"))
    assert "no id follows from the name" in refused(small, _copy(texts / "notes.md", "港.md"))
    assert "has no pages" in refused(small, texts / "notes.md", "--pages", "1")
    assert "is no list of pages" in refused(small, texts / "tariffs.pdf", "--pages", "one")
    assert "has no page 9" in refused(small, texts / "tariffs.pdf", "--pages", "2,9")
    assert "--address: this is not an address" in refused(small, texts / "page.html", "--address", "example.org")
    assert "--read: this is not a date" in refused(small, texts / "page.html", "--read", "yesterday")
    (texts / "empty.txt").write_text(" \n", encoding="utf-8")
    assert "has no text that can be read" in refused(small, texts / "empty.txt")
    (texts / "latin.txt").write_bytes(b"caf\xe9")
    assert "not UTF-8" in refused(small, texts / "latin.txt")
    writer, scan = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(scan)
    (texts / "scan.pdf").write_bytes(scan.getvalue())
    assert "if it is a scan" in refused(small, texts / "scan.pdf")


def test_what_no_source_can_have_is_left_out_and_said(small: SmallDossier, texts: Path) -> None:
    (texts / "odd.html").write_text(
        '<title>a\u200bb</title><meta name="date" content="1 March"><meta property="og:url" content="file:///x"><p>Text.',
        encoding="utf-8",
    )
    said = added(small, texts / "odd.html")
    assert "left out: the title in <title>: it has" in said and "(U+200B)" in said
    assert "left out: the date in <meta date>: this is not a date" in said
    assert "left out: the address in <meta og:url>: this is not an address" in said
    assert small.load().contents.sources["odd"].model.title == "odd"


@pytest.mark.parametrize("title", ['"12": ' * 40 + "x", "x" * 119 + ' "2024": y', "12: a", 'date: "2024"', "2024"])
def test_a_title_that_looks_like_a_key_is_kept(small: SmallDossier, texts: Path, title: str) -> None:
    added(small, texts / "survey.txt", "--id", "titled", "--title", title)
    assert Dossier.load(small.root).contents.sources["titled"].model.title == title.strip()


def test_no_link_out_of_the_dossier_is_written_through(small: SmallDossier, texts: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (small.root / EVIDENCE).rename(outside)
    (small.root / EVIDENCE).symlink_to(outside)
    assert "outside of the dossier" in refused(small, texts / "notes.md")
    assert not (outside / "notes.yaml").exists()
    (small.root / EVIDENCE).unlink()
    outside.rename(small.root / EVIDENCE)
    (small.root / EVIDENCE / "notes.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert "outside of the dossier" in refused(small, texts / "notes.md")
    assert not os.path.lexists(tmp_path / "nowhere.yaml")


def test_a_folder_that_is_no_dossier(tmp_path: Path, texts: Path) -> None:
    shown = CliRunner().invoke(application(), ["source", "add", str(texts / "notes.md"), "-d", str(tmp_path)])
    assert shown.exit_code == 2
    assert "there is no dossier here" in shown.output


def test_as_a_user_runs_it(run: Run, small: SmallDossier, texts: Path) -> None:
    shown = run("source", "add", str(texts / "tariffs.pdf"), cwd=small.root)
    assert shown.returncode == 0
    assert shown.stdout == f"{EVIDENCE}/tariffs.yaml\n"
    checked = run("check", "--sources", str(texts), cwd=small.root)
    assert "2 of 2 paragraphs found" in checked.stdout
    assert "Pages: 3 of 3 found in the documents." in checked.stdout


def test_a_new_source_makes_no_finding(small: SmallDossier, texts: Path) -> None:
    added(small, texts / "notes.md")
    assert Dossier.load(small.root).check(texts).findings == ()

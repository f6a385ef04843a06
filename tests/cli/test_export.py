"""``export`` as XMCDA: what it says, what it refuses, and the way back through ``new --from``."""

from __future__ import annotations

import pytest

from support import PANEL, SmallDossier

from .conftest import Run


def test_what_is_left_out_is_listed_before_the_file_is_named(run: Run, small: SmallDossier) -> None:
    shown = run("export", "out/a.xml", cwd=small.root)
    assert (shown.returncode, shown.stdout) == (0, "out/a.xml\n"), shown.stderr
    lines = shown.stderr.splitlines()
    assert len(lines) > 4 and all(line.startswith("left out: ") for line in lines), shown.stderr
    assert "XMCDA-3.1.1" in (small.root / "out/a.xml").read_text()
    again = run("new", "again", "--from", "out/a.xml", cwd=small.root)
    assert again.returncode == 0, again.stderr
    orders = [run("rank", "-d", folder, "--format", "csv", cwd=small.root).stdout for folder in (".", "again")]
    kept = [[line.split(",")[:2] for line in order.splitlines()] for order in orders]
    assert kept[0] == kept[1]


def test_the_ending_that_new_reads_is_written_too(run: Run, small: SmallDossier) -> None:
    shown = run("export", "a.XMCDA", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert (small.root / "a.XMCDA").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(("version", "space"), [("4", "2021/XMCDA-4.0.0"), ("2", "2017/XMCDA-2.2.2")])
def test_other_versions_are_written_on_request(run: Run, small: SmallDossier, version: str, space: str) -> None:
    shown = run("export", "a.xml", "--xmcda-version", version, "--weights", "quick", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert space in (small.root / "a.xml").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt", "--format", "xmcda"), "a.txt does not end in .xml, and an XMCDA file would be in it"),
        (("a.xlsx", "--format", "xmcda"), "name it a.xml"),
        (
            ("a.xls",),
            "does not say what to write; name it a.xlsx for a workbook, or a.html for a page, or a.xml for an XMCDA file",
        ),
        (("a",), "name it a.xlsx for a workbook"),
        (("a.xlsx", "--xmcda-version", "3"), "a workbook has no version of XMCDA"),
        (("a.xml", "--without-robustness"), "an XMCDA file has no sheet Robustness"),
        (("a.xml", "--weights", "quik"), "quick"),
        (("options/a.xml",), "part of the dossier"),
    ],
)
def test_what_is_refused(run: Run, small: SmallDossier, arguments: tuple[str, ...], said: str) -> None:
    shown = run("export", *arguments, cwd=small.root)
    assert shown.returncode == 2
    assert said in shown.stderr
    assert not (small.root / arguments[0]).exists()


def test_names_of_people_are_left_out_of_a_public_file(run: Run, small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    shown = run("export", "a.xml", "--public", "--weights", "panel/bob", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "bob" not in (small.root / "a.xml").read_text().lower() + shown.stderr.lower()


def test_a_page_that_ranks_is_written_for_a_name_that_ends_in_html(run: Run, small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    shown = run("export", "out/page.html", "--weights", "panel/bob", "--public", cwd=small.root)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "out/page.html\n", "")
    text = (small.root / "out/page.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>") and "Bob" not in text and "bob" not in text
    assert "panel/participant-2" in text
    again = run("export", "again.html", "--format", "explorer", "--weights", "panel/bob", "--public", cwd=small.root)
    assert again.returncode == 0
    assert (small.root / "again.html").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("page.xlsx", "--format", "explorer"), "page.xlsx does not end in .html, and a page would be in it"),
        (("page.html", "--xmcda-version", "3"), "a page has no version of XMCDA"),
        (("page.html", "--without-robustness"), "a page has no sheet Robustness"),
        (("page.html", "--weights", "quik"), "quick"),
        (("options/page.html",), "part of the dossier"),
    ],
)
def test_what_is_refused_of_a_page(run: Run, small: SmallDossier, arguments: tuple[str, ...], said: str) -> None:
    shown = run("export", *arguments, cwd=small.root)
    assert shown.returncode == 2
    assert said in shown.stderr
    assert not (small.root / arguments[0]).exists()

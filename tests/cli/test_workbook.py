"""``export`` and ``import``: the round trip, each kind of edit, conflicts, what-ifs, and what is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest

from package_dossiers import with_packages
from policy_options import Dossier
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.guarding import guarded_bytes
from spreadsheets import SOFFICE, by_libreoffice, loaded
from support import PANEL, SmallDossier
from varied_dossiers import write_varied

from .conftest import Run

Edit = Callable[[Any], None]


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("criteria", "options")
        for path in sorted((root / folder).rglob("*.yaml"))
    }


def edited(path: Path, edit: Edit) -> None:
    book = loaded(path)
    edit(book)
    book.save(path)


def row_of(sheet: Any, id: str) -> int:
    return next(int(row[0].row) for row in sheet.iter_rows() if any(cell.value == id for cell in row[:3]))


def put(sheet_name: str, id: str, column: str, value: Any) -> Edit:
    def edit(book: Any) -> None:
        book[sheet_name][f"{column}{row_of(book[sheet_name], id)}"].value = value

    return edit


@pytest.fixture
def book(run: Run, small: SmallDossier) -> Path:
    """The workbook of the small dossier, which includes a set of two people."""
    small.put("criteria/weights/panel.yaml", PANEL)
    small.put("criteria/weights/order.yaml", ORDER)
    shown = run("export", "book.xlsx", "--without-robustness", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == "book.xlsx\n"
    return small.root / "book.xlsx"


ORDER = """\
format: 1
title: In order
holder: The harbour master
status: illustrative
rationale: By rank alone.
method: rank-order
order: crossings > waiting > outlay
"""


def test_export_then_import_changes_no_byte(run: Run, small: SmallDossier, book: Path) -> None:
    before = files(small.root)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert (shown.returncode, shown.stdout) == (0, "")
    assert "nothing was written: the book and the files agree" in shown.stderr
    edited(book, lambda _: None)  # as another program saves it
    assert run("import", "book.xlsx", cwd=small.root).returncode == 0
    assert files(small.root) == before


def test_the_shipped_dossier_survives_the_round_trip_whole(run: Run, root: Path, tmp_path: Path) -> None:
    for folder in ("criteria", "options"):
        shutil.copytree(root / folder, tmp_path / folder)
    before = files(tmp_path)
    assert run("export", "book.xlsx", cwd=tmp_path).returncode == 0
    book = loaded(tmp_path / "book.xlsx")
    texts = [cell.value for row in book["Robustness"].iter_rows() for cell in row if cell.value]
    assert "Computed at export under Balanced" in texts[1] and len(texts) > 30
    assert run("import", "book.xlsx", cwd=tmp_path).stdout == ""
    assert files(tmp_path) == before


def test_a_varied_dossier_survives_the_round_trip_whole(run: Run, tmp_path: Path) -> None:
    for seed in range(3):
        root = tmp_path / str(seed)
        write_varied(root, seed)
        before = files(root)
        assert run("export", "book.xlsx", "--without-robustness", cwd=root).returncode == 0
        assert run("import", "book.xlsx", cwd=root).stdout == ""
        assert files(root) == before


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_book_that_libreoffice_saved_has_no_changes(run: Run, root: Path, tmp_path: Path) -> None:
    for dossier in ("shipped", "varied"):
        folder = tmp_path / dossier
        if dossier == "shipped":
            for part in ("criteria", "options"):
                shutil.copytree(root / part, folder / part)
        else:
            write_varied(folder, 5)
        assert run("export", "book.xlsx", "--without-robustness", cwd=folder).returncode == 0
        by_libreoffice(folder / "book.xlsx", tmp_path)
        shown = run("import", str(tmp_path / "calculated/book.xlsx"), cwd=folder)
        assert (shown.returncode, shown.stdout) == (0, ""), shown.stdout + shown.stderr


@pytest.mark.parametrize(
    ("edit", "file", "line", "shown"),
    [
        (put("Scores", "new-mole/crossings", "F", 15), "options/new-mole.yaml", "  crossings: 15\n", "16 -> 15"),
        (
            put("Scores", "as-is/waiting", "F", 41.5),
            "options/as-is.yaml",
            "waiting: {low: 30, likely: 41.5, high: 50}",
            "40 -> 41.5",
        ),
        (put("Scores", "as-is/outlay", "F", "large"), "options/as-is.yaml", "  outlay: large\n", "small -> large"),
        (
            put("Scores", "as-is/crossings", "F", "Unknown"),
            "options/as-is.yaml",
            "  crossings: unknown\n",
            "4 -> unknown",
        ),
        (
            put("Scores", "east-quay/waiting", "H", "low"),
            "options/east-quay.yaml",
            "  waiting: {likely: 20, confidence: low}\n",
            "(empty) -> low",
        ),
        (
            put("Scores", "as-is/waiting", "I", "Asked: twice #1"),
            "options/as-is.yaml",
            'waiting: {low: 30, likely: 40, high: 50, rationale: "Asked: twice #1"}',
            "(empty) -> Asked: twice #1",
        ),
        (
            put("Scores", "east-quay/crossings", "H", None),
            "options/east-quay.yaml",
            "high: 12, rationale: A shorter way.,",
            "medium -> (empty)",
        ),
        (
            put("Scores", "east-quay/crossings", "J", "none"),
            "options/east-quay.yaml",
            "A shorter way., evidence: none}",
            "survey/distance -> none",
        ),
        (
            put("Scores", "east-quay/outlay", "J", "survey/distance"),
            "options/east-quay.yaml",
            "evidence: [survey/distance]}\n",
            "none -> survey/distance",
        ),
        (
            put("Weights", "outlay", "C", 3),
            "criteria/weights/even.yaml",
            "{crossings: 1, waiting: 1, outlay: 3}",
            "2 -> 3",
        ),
        (
            put("Weights", "money", "G", 30),
            "criteria/weights/quick.yaml",
            "{service: 100, money: 30, crossings",
            "25 -> 30",
        ),
        (
            put("Weights", "outlay", "E", 7),
            "criteria/weights/panel.yaml",
            "judgements: {crossings: 1, waiting: 1, outlay: 7}",
            "8 -> 7",
        ),
    ],
)
def test_each_kind_of_edit_goes_to_its_place_and_nowhere_else(
    run: Run, small: SmallDossier, book: Path, edit: Edit, file: str, line: str, shown: str
) -> None:
    small.put(file, "# kept\n" + (small.root / file).read_text(encoding="utf-8") + "# kept too\n")
    before = files(small.root)
    edited(book, edit)
    dry = run("import", "book.xlsx", "--dry-run", cwd=small.root)
    assert dry.returncode == 0, dry.stderr
    assert files(small.root) == before
    done = run("import", "book.xlsx", cwd=small.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout == dry.stdout and done.stdout.endswith(f": {shown}\n") and done.stdout.count("\n") == 1
    after = files(small.root)
    assert {name for name in after if after[name] != before[name]} == {file}
    text = after[file].decode()
    assert line in text and text.startswith("# kept\n") and text.endswith("# kept too\n")
    again = run("import", "book.xlsx", cwd=small.root)
    assert "the book and the files agree" in again.stderr
    assert files(small.root) == after


def test_low_and_high_are_added_and_taken_out_together(run: Run, small: SmallDossier, book: Path) -> None:
    def both(workbook: Any) -> None:
        for id, column, value in (
            ("as-is/waiting", "E", None),
            ("as-is/waiting", "G", None),
            ("new-mole/waiting", "E", 10),
            ("new-mole/waiting", "G", 14),
        ):
            put("Scores", id, column, value)(workbook)

    edited(book, both)
    assert run("import", "book.xlsx", cwd=small.root).returncode == 0
    assert "  waiting: {likely: 40}\n" in (small.root / "options/as-is.yaml").read_text(encoding="utf-8")
    text = (small.root / "options/new-mole.yaml").read_text(encoding="utf-8")
    assert "  waiting: {likely: 12, low: 10, high: 14}\n" in text


def test_a_sheet_may_be_sorted_filtered_renamed_and_extended(run: Run, small: SmallDossier, book: Path) -> None:
    def rearrange(workbook: Any) -> None:
        sheet = workbook["Scores"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        for at, row in enumerate(reversed(rows), start=5):
            for column, value in enumerate(row, start=1):
                sheet.cell(at, column).value = value
        put("Scores", "as-is/crossings", "F", 5)(workbook)
        assert sheet["A5"].value == "new-mole/outlay"
        for hidden in range(6, 9):
            sheet.row_dimensions[hidden].hidden = True
        sheet.insert_cols(3)
        sheet.cell(4, 3, "My notes")
        sheet.cell(5, 3, 17)
        sheet.insert_rows(1, 3)
        sheet.insert_rows(10)
        sheet.cell(20, 3, "A total, say")
        sheet.title = "Bewertungen"
        weights = workbook["Weights"]
        weights.move_range("A7:H12", rows=4, cols=0)
        weights.title = "Gewichte"
        workbook.move_sheet("Bewertungen", -3)

    edited(book, rearrange)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.count("\n") == 1 and "as-is/crossings likely: 4 -> 5" in shown.stdout
    assert "the column “My notes” of the sheet “Bewertungen” is not read" in shown.stderr
    assert "  crossings: 5\n" in (small.root / "options/as-is.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "place", "said"),
    [
        (put("Scores", "as-is/crossings", "A", "as-is/crosings"), "Scores!A5", "`as-is/crosings` is no score of the dossier"),
        (put("Scores", "as-is/crossings", "A", None), "Scores!F5", "an input in a row without a score id"),
        (put("Scores", "as-is/crossings", "A", "as-is/waiting"), "Scores!A6", "the score `as-is/waiting` is there twice"),
        (put("Scores", "as-is/crossings", "F", None), "Scores!F5", "has no likely score"),
        (put("Scores", "as-is/crossings", "F", "12"), "Scores!F5", "12 is text that looks like a number"),
        (put("Scores", "as-is/crossings", "F", "1,5"), "Scores!F5", "1,5 is text that looks like a number"),
        (put("Scores", "as-is/crossings", "F", "many"), "Scores!F5", '"many" is given where `crossings` takes a number'),
        (put("Scores", "as-is/crossings", "F", "#N/A"), "Scores!F5", "the cell has the error #N/A"),
        (put("Scores", "as-is/crossings", "F", "=1+1"), "Scores!F5", "a formula that was not calculated"),
        (put("Scores", "as-is/crossings", "F", True), "Scores!F5", "the cell has a truth value"),
        (put("Scores", "as-is/crossings", "F", 21), "Scores!F5", "21 is off the scale of `crossings`"),
        (put("Scores", "as-is/waiting", "E", None), "Scores!E6", "low and high come together or not at all"),
        (put("Scores", "as-is/waiting", "E", 45), "Scores!E6", "low, likely and high do not rise"),
        (put("Scores", "as-is/outlay", "F", "smal"), "Scores!F7", '`smal` is no level of `outlay`; did you mean `small`?'),
        (put("Scores", "as-is/outlay", "J", "survey/distnce"), "Scores!J7", "survey/distnce"),
        (put("Scores", "as-is/outlay", "H", "sure"), "Scores!H7", "write high, medium or low"),
        (put("Scores", "as-is/outlay", "J", 4), "Scores!J7", "evidence is a number instead of text"),
        (put("Scores", "Score id", "F", "Probable"), "Scores!A4", "no column has the heading “Likely”"),
        (put("Weights", "outlay", "C", -1), "Weights!C10", "a weight is negative"),
        (put("Weights", "outlay", "C", "2"), "Weights!C10", "text that looks like a number"),
        (put("Weights", "outlay", "C", None), "Weights!C10", "`even` has no weight on `outlay`"),
        (put("Weights", "outlay", "A", "outlet"), "Weights!A10", "`outlet` is no criterion or group here"),
        (put("Weights", "service", "C", 4), "Weights!C11", "`even` gives no weight to `service`"),
        (put("Weights", "service", "G", 90), "Weights!G11", "the largest swing judgement is 90"),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_or_taken_is_an_error_that_names_the_cell(
    run: Run, small: SmallDossier, book: Path, edit: Edit, place: str, said: str
) -> None:
    before = files(small.root)
    edited(book, edit)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2, shown.stdout
    assert f"book.xlsx: {place}: " in shown.stderr and said in shown.stderr, shown.stderr
    assert files(small.root) == before


def test_dates_percents_merged_cells_and_formulas_of_other_programs(run: Run, small: SmallDossier, book: Path) -> None:
    def odd(workbook: Any) -> None:
        from datetime import datetime

        sheet = workbook["Scores"]
        sheet["F5"].value = datetime(2026, 3, 4)
        sheet["F6"].value, sheet["F6"].number_format = 0.41, "0%"
        sheet.merge_cells("F8:F9")

    edited(book, odd)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2
    told = " ".join(shown.stderr.split())
    for said in (
        "F5 error: the cell has a date",
        "F6 error: 41% is 0.41 in the cell",
        "F9 error: `east-quay` has no likely",
    ):
        assert f"Scores!{said}" in told, told


def test_a_formula_with_a_result_is_taken(run: Run, small: SmallDossier, book: Path) -> None:
    raw = book.read_bytes()
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/worksheets/sheet4.xml":
                assert b"<v>4</v></c>" in data
                data = data.replace(b"<v>4</v></c>", b"<f>2*3</f><v>6</v></c>", 1)
            new.writestr(part, data)
    book.write_bytes(stream.getvalue())
    assert "as-is/crossings likely: 4 -> 6" in run("import", "book.xlsx", cwd=small.root).stdout


# Both sides changed ---------------------------------------------------------------------------------------------------


def test_what_only_the_files_changed_is_left_alone(run: Run, small: SmallDossier, book: Path) -> None:
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: 6")
    edited(book, put("Scores", "as-is/waiting", "F", 45))
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    text = (small.root / "options/as-is.yaml").read_text(encoding="utf-8")
    assert "crossings: 6" in text and "likely: 45" in text


@pytest.mark.parametrize(
    ("edit", "file", "old", "new", "line"),
    [
        (put("Scores", "as-is/crossings", "F", 5), "options/as-is.yaml", "crossings: 4", "crossings: 6", "crossings: 5"),
        (put("Scores", "as-is/waiting", "F", 45), "options/as-is.yaml", "low: 30", "low: 20", "likely: 45"),
        (put("Weights", "outlay", "C", 3), "criteria/weights/even.yaml", "waiting: 1", "waiting: 9", "outlay: 3"),
        (put("Scores", "as-is/crossings", "F", 5), "criteria/criteria.yaml", "at: 20", "at: 25", ""),
    ],
)  # fmt: skip
def test_what_both_changed_is_shown_and_waits_for_a_side(
    run: Run, small: SmallDossier, book: Path, edit: Edit, file: str, old: str, new: str, line: str
) -> None:
    edited(book, edit)
    small.edit(file, old, new)
    before = files(small.root)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2
    assert "the book has" in shown.stderr and "the files have" in shown.stderr and "--take book" in shown.stderr
    assert files(small.root) == before
    kept = run("import", "book.xlsx", "--take", "files", cwd=small.root)
    assert kept.returncode == 0 and "left as it is in the files" in kept.stderr
    assert files(small.root) == before
    taken = run("import", "book.xlsx", "--take", "book", cwd=small.root)
    assert taken.returncode == 0, taken.stderr
    assert line in (small.root / file).read_text(encoding="utf-8")


def test_an_input_that_the_files_no_longer_have(run: Run, small: SmallDossier, book: Path) -> None:
    edited(book, put("Scores", "new-mole/crossings", "F", 15))
    (small.root / "options/new-mole.yaml").unlink()
    for flags in ((), ("--take", "book")):
        shown = run("import", "book.xlsx", *flags, cwd=small.root)
        assert shown.returncode == 2 and "the files have no such input any more" in shown.stderr
    assert run("import", "book.xlsx", "--take", "files", cwd=small.root).returncode == 0


def test_a_book_of_another_dossier_is_refused(run: Run, small: SmallDossier, book: Path) -> None:
    small.edit("criteria/decision.yaml", "id: harbour", "id: airport")
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2 and "was made from the dossier `harbour`" in shown.stderr


# What-ifs -------------------------------------------------------------------------------------------------------------


def test_derived_weights_are_never_written_but_offered_as_a_new_set(run: Run, small: SmallDossier, book: Path) -> None:
    before = files(small.root)
    edited(book, put("Weights", "outlay", "D", 90))
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 0 and "not taken: 1 what-if weights of order" in shown.stderr
    assert files(small.root) == before
    dry = run("import", "book.xlsx", "--as", "tried", "--dry-run", cwd=small.root)
    assert dry.returncode == 0 and "would make tried" in dry.stderr and files(small.root) == before
    made = run("import", "book.xlsx", "--as", "tried", cwd=small.root)
    assert made.returncode == 0, made.stderr
    assert {name: raw for name, raw in files(small.root).items() if "tried" not in name} == before
    dossier = Dossier.load(small.root)
    model = dossier.weight_set("tried")
    assert (model.method, model.status, model.parent) == ("direct", "illustrative", "order")
    assert dossier.weights("tried").share("outlay") == pytest.approx(90 / (100 - 100 / 9 + 90), abs=1e-6)
    again = run("import", "book.xlsx", "--as", "tried", cwd=small.root)
    assert again.returncode == 2 and "tried" in again.stderr


def test_a_new_set_needs_a_what_if_to_be_made_of(run: Run, small: SmallDossier, book: Path) -> None:
    shown = run("import", "book.xlsx", "--as", "tried", cwd=small.root)
    assert shown.returncode == 2 and "does not say which what-if to keep" in shown.stderr
    shown = run("import", "book.xlsx", "--as", "even=tried", cwd=small.root)
    assert shown.returncode == 2 and "no what-if weights were typed over even" in shown.stderr


# Hostile and broken files ---------------------------------------------------------------------------------------------


def rezipped(raw: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = change(part.filename, old.read(part))
            if data is not None:
                new.writestr(part.filename, data)
        for name, data in added.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return stream.getvalue()


def _strict(name: str, data: bytes) -> bytes:
    if name == "xl/workbook.xml":
        return data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    return data


def _macro(name: str, data: bytes) -> bytes:
    if name == "[Content_Types].xml":
        return data.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")
    return data


def _entities(name: str, data: bytes) -> bytes:
    if name == "xl/sharedStrings.xml":
        return data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    return data


def _without(part: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, data: None if name == part else data


def _same(_: str, data: bytes) -> bytes:
    return data


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (lambda _: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "is encrypted with a password"),
    "no zip": (lambda _: b"id;title\n1;a\n", "is no XLSX workbook"),
    "empty": (lambda _: b"", "is no XLSX workbook"),
    "cut": (lambda raw: raw[: len(raw) // 2], "is no XLSX workbook"),
    "damaged": (lambda raw: raw[:3000] + bytes(900) + raw[3900:], "damaged"),
    "macro": (lambda raw: rezipped(raw, _macro), "one for macros"),
    "macro part": (lambda raw: rezipped(raw, _same, xl__vbaProject_dot_bin=b"x"), "has a macro"),
    "strict": (lambda raw: rezipped(raw, _strict), "Strict Open XML"),
    "entities": (lambda raw: rezipped(raw, _entities), "declares entities"),
    "bomb": (lambda raw: rezipped(raw, _same, xl__media__a_dot_png=bytes(200 * 1024 * 1024)), "unpacks to 209,8"),
    "bomb below the limit": (
        lambda raw: rezipped(raw, _same, xl__worksheets__sheet99_dot_xml=b" " * 200_000_000),
        "200 times the packed size",
    ),
    "rows": (
        lambda raw: rezipped(raw, _same, xl__worksheets__sheet99_dot_xml=b"<sheetData>" + b"<row/>" * 200_100),
        "more than 200,000 rows",
    ),
    "opendocument": (lambda raw: rezipped(raw, _same, content_dot_xml=b"<a/>"), "OpenDocument"),
    "no workbook": (lambda raw: rezipped(raw, _without("xl/workbook.xml")), "is no XLSX workbook"),
    "no parts": (lambda raw: rezipped(raw, _without("xl/_rels/workbook.xml.rels")), "damaged"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_and_broken_files_are_refused(run: Run, small: SmallDossier, book: Path, kind: str) -> None:
    make, said = HOSTILE[kind]
    book.write_bytes(make(book.read_bytes()))
    before = files(small.root)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2 and shown.stderr.startswith("error: "), shown.stderr
    assert said in shown.stderr, shown.stderr
    assert "Traceback" not in shown.stderr
    assert files(small.root) == before


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.write_bytes(HOSTILE["bomb"][0](book.read_bytes()))
    unpacked: list[object] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *part: unpacked.append(part))
    with pytest.raises(PolicyOptionsError, match="unpacks to 209,8"):
        guarded_bytes(book)
    assert unpacked == []


@pytest.mark.parametrize("name", ["a.xml", "a.CSV", "problem.json"])
def test_files_that_only_new_reads_are_sent_there(run: Run, small: SmallDossier, name: str) -> None:
    (small.root / name).write_text("id;title\n1;a\n", encoding="utf-8")
    shown = run("import", name, cwd=small.root)
    assert shown.returncode == 2
    assert f"{name} is no XLSX workbook" in shown.stderr and "policy-options new DIR --from FILE" in shown.stderr


def test_a_workbook_from_elsewhere_and_a_lost_fingerprint(run: Run, small: SmallDossier, book: Path) -> None:
    import openpyxl

    edited(book, lambda workbook: workbook.remove(workbook["Fingerprint"]))
    assert "has no fingerprint" in run("import", "book.xlsx", cwd=small.root).stderr
    openpyxl.Workbook().save(book)
    assert "has no fingerprint" in run("import", "book.xlsx", cwd=small.root).stderr
    shown = run("import", "missing.xlsx", cwd=small.root)
    assert shown.returncode == 2 and "there is no workbook missing.xlsx" in shown.stderr


def test_two_sheets_that_could_be_the_scores(run: Run, small: SmallDossier, book: Path) -> None:
    edited(book, lambda workbook: workbook.copy_worksheet(workbook["Scores"]))
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2 and "“Scores” and “Scores Copy” both have the heading" in shown.stderr


def test_a_fingerprint_of_a_newer_format_or_that_was_changed(run: Run, small: SmallDossier, book: Path) -> None:
    edited(book, lambda workbook: workbook["Fingerprint"].cell(2, 2, "not json"))
    assert "the hidden sheet of the workbook was changed" in run("import", "book.xlsx", cwd=small.root).stderr
    edited(book, lambda workbook: workbook["Fingerprint"].cell(1, 2, '{"format": 2}'))
    assert "the workbook has format 2; this version reads 1" in run("import", "book.xlsx", cwd=small.root).stderr


# Export ---------------------------------------------------------------------------------------------------------------


def text_of(book: Path) -> str:
    with zipfile.ZipFile(book) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_a_public_workbook_has_no_names_and_comes_back(run: Run, small: SmallDossier, book: Path) -> None:
    small.edit("options/as-is.yaml", "high: 50}", "high: 50, scorer: Cora Scorer, reviewer: Dee Reviewer}")
    shown = run("export", "public.xlsx", "--public", "--weights", "panel/bob", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    text = text_of(small.root / "public.xlsx")
    for name in ("Ann", "Onym", "ann-onym", "Bob", "bob", "Alias", "Cora", "Dee Reviewer"):
        assert name not in text, name
    assert "panel/participant-2" in text
    before = files(small.root)
    assert run("import", "public.xlsx", cwd=small.root).stdout == ""
    edited(small.root / "public.xlsx", put("Weights", "outlay", "F", 2))
    shown = run("import", "public.xlsx", cwd=small.root)
    assert shown.returncode == 0 and "panel/participant-2 outlay: 1 -> 2" in shown.stdout, shown.stderr
    assert {name for name, raw in files(small.root).items() if raw != before[name]} == {"criteria/weights/panel.yaml"}
    assert Dossier.load(small.root).weight_set("panel").participants[1].judgements["outlay"] == 2.0


def test_the_workbook_says_what_it_is_and_carries_the_marking(run: Run, small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "weights: even\n", "weights: even\nmarking: OFFICIAL & SENSITIVE\n")
    assert run("export", "book.xlsx", "--without-robustness", cwd=small.root).returncode == 0
    book = loaded(small.root / "book.xlsx")
    assert book.sheetnames[0] == "Read me" and book["Read me"]["A2"].value == "OFFICIAL & SENSITIVE"
    for sheet in book:
        assert sheet.oddFooter.center.text == "OFFICIAL && SENSITIVE"
        if sheet.sheet_state == "visible":
            assert sheet.protection.sheet == (sheet.title not in ("Scores", "Weights")), sheet.title
            assert not sheet.protection.password
            if sheet.title == "Criteria":  # too wide for the width of a page
                assert sheet.print_title_cols == "$A:$B" and len(sheet.col_breaks.brk) == 1
            else:
                assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not book["Ranking"]["C3"].protection.locked
    assert len(book["Scores"].data_validations.dataValidation) == 4
    names = zipfile.ZipFile(small.root / "book.xlsx").namelist()
    assert not any("vba" in name.lower() or "externalLink" in name for name in names)


def test_a_marking_with_an_ampersand_before_g_is_no_picture(run: Run, small: SmallDossier) -> None:
    marking = "R&G, &[Picture] only " + "&\U0001f512" * 40
    small.edit("criteria/decision.yaml", "weights: even\n", f"weights: even\nmarking: '{marking}'\n")
    shown = run("export", "book.xlsx", "--without-robustness", cwd=small.root)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "book.xlsx\n", "")
    with zipfile.ZipFile(small.root / "book.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    for sheet in sheets:
        for part in ("oddHeader", "oddFooter"):
            text = unescape(sheet.partition(f"<{part}>")[2].partition(f"</{part}>")[0])
            assert "R&&G, &&[Picture] only" in text
            assert len(text.encode("utf-16-le")) <= 2 * 255
            assert re.sub("&&|&[LCRAPN]", "", text).count("&") == 0  # no ampersand is cut in two


def test_a_public_workbook_of_scores_that_cite_an_interview(run: Run, small: SmallDossier) -> None:
    small.put(
        "options/evidence/aunt-may.yaml",
        "format: 1\ntitle: A talk\nkind: interview\nname: May\nwho: The ferry master\ndate: 2026-01-02\n"
        "consent: named\nclaims:\n  - {id: queue, timestamp: '4:00', text: People wait.}\n"
        "  - {id: fog, timestamp: '5:00', text: Fog is rare.}\n",
    )
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: {likely: 4, evidence: [aunt-may/queue]}")
    assert run("export", "public.xlsx", "--public", "--without-robustness", cwd=small.root).returncode == 0
    assert "aunt-may" not in text_of(small.root / "public.xlsx")
    shown = run("import", "public.xlsx", cwd=small.root)
    assert (shown.returncode, shown.stdout) == (0, ""), shown.stderr
    edited(small.root / "public.xlsx", put("Scores", "as-is/crossings", "F", 5))
    edited(small.root / "public.xlsx", put("Scores", "as-is/crossings", "J", "interview-1/fog, survey/distance"))
    shown = run("import", "public.xlsx", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert "likely: 4 -> 5" in shown.stdout and "interview-1/fog" in shown.stdout
    assert Dossier.load(small.root).contents.options["as-is"].model.scores["crossings"].evidence == (
        "aunt-may/fog",
        "survey/distance",
    )


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e999"])
def test_a_number_that_is_none_is_refused_by_cell(run: Run, small: SmallDossier, book: Path, number: str) -> None:
    edited(book, put("Scores", "as-is/crossings", "F", 7654321))
    book.write_bytes(
        rezipped(book.read_bytes(), lambda _, data: data.replace(b"<v>7654321</v>", f"<v>{number}</v>".encode()))
    )
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 2 and "book.xlsx: Scores!F5: " in shown.stderr, shown.stderr


def test_text_that_begins_like_a_formula_stays_text(run: Run, small: SmallDossier) -> None:
    odd = [
        "=1+1",
        "{=1}",
        "=",
        "+1",
        "-1",
        "@A1",
        "_x0041_",
        "<r>a</r>",
        "  led",
        "http://a.example/x",
        "a\u2028"[:1],
        "'q",
    ]
    for index, text in enumerate(odd):
        rationale = text.replace('"', '\\"')
        content = (small.root / "options/as-is.yaml").read_text(encoding="utf-8")
        content = content.replace("title: Leave the landing where it is", f'title: "{rationale} title"')
        content = content.replace("  crossings: 4\n", f'  crossings: {{likely: 4, rationale: "{rationale}"}}\n')
        small.put(f"options/odd-{index}.yaml", content)
    before = files(small.root)
    assert run("export", "book.xlsx", "--without-robustness", cwd=small.root).returncode == 0
    book = loaded(small.root / "book.xlsx")
    for index, text in enumerate(odd):
        row = row_of(book["Scores"], f"odd-{index}/crossings")
        cell = book["Scores"][f"I{row}"]
        assert cell.data_type == "s" and cell.hyperlink is None
        assert cell.value.strip() == text.strip()
    assert run("import", "book.xlsx", cwd=small.root).stdout == ""
    edited(small.root / "book.xlsx", lambda _: None)
    assert run("import", "book.xlsx", cwd=small.root).stdout == ""
    assert files(small.root) == before


def test_texts_that_look_like_escapes_come_back_whole(run: Run, small: SmallDossier) -> None:
    """openpyxl would drop parts of them, both when reading and when writing."""
    small.edit(
        "options/as-is.yaml", "crossings: 4", 'crossings: {likely: 4, rationale: "a _x005F_ b _x000D_ c x005F_"}'
    )
    assert run("export", "book.xlsx", "--without-robustness", cwd=small.root).returncode == 0
    shown = run("import", "book.xlsx", cwd=small.root)
    assert (shown.returncode, shown.stdout) == (0, ""), shown.stdout


def test_the_bytes_are_the_same_each_time(run: Run, small: SmallDossier, book: Path) -> None:
    first = book.read_bytes()
    assert run("export", "again.xlsx", "--without-robustness", cwd=small.root).returncode == 0
    assert (small.root / "again.xlsx").read_bytes() == first


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("book.txt", "the name book.txt does not say what to write; name it book.xlsx for a workbook"),
        ("book", "the name book does not say what to write"),
        ("book.xlsm", "name it book.xlsx for a workbook"),
        ("options/book.xlsx", "is part of the dossier"),
        ("criteria/decision.yaml/book.xlsx", "part of the dossier"),
    ],
)
def test_export_refuses_other_names_and_places(run: Run, small: SmallDossier, target: str, said: str) -> None:
    before = files(small.root)
    shown = run("export", target, "--without-robustness", cwd=small.root)
    assert shown.returncode == 2 and said in shown.stderr
    assert files(small.root) == before


def test_a_single_option_has_a_workbook_without_robustness(run: Run, small: SmallDossier) -> None:
    for name in ("east-quay", "new-mole"):
        (small.root / f"options/{name}.yaml").unlink()
    shown = run("export", "book.xlsx", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    assert run("import", "book.xlsx", cwd=small.root).stdout == ""


def test_without_the_extra_both_say_what_to_install(small: SmallDossier, book: Path) -> None:
    script = (
        "import sys\n"
        "sys.modules['xlsxwriter'] = sys.modules['openpyxl'] = None\n"
        "from policy_options.cli import main; main()"
    )
    for arguments in (("export", "new.xlsx"), ("import", "book.xlsx")):
        shown = subprocess.run(
            [sys.executable, "-c", script, *arguments], cwd=small.root, capture_output=True, text=True, check=False
        )
        assert shown.returncode == 2
        assert 'pip install "policy-options[office]"' in shown.stderr


def test_rank_and_help_import_nothing_of_it(root: Path) -> None:
    script = (
        "import sys\nfrom policy_options.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "found = [name for name in sys.modules if name.split('.')[0] in ('xlsxwriter', 'openpyxl') or '.workbook' in name]\n"
        "assert not found, found"
    )
    for arguments in (["--help"], ["rank"], ["export", "--help"], ["import", "--help"]):
        shown = subprocess.run(
            [sys.executable, "-c", script, *arguments], cwd=root, capture_output=True, text=True, check=False
        )
        assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize("command", ["export", "import"])
def test_help_has_examples_and_fits_80_columns(run: Run, command: str) -> None:
    shown = run(command, "--help", columns=80)
    assert shown.returncode == 0
    assert f"policy-options {command}" in shown.stdout.partition("Examples:")[2]
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_a_round_trip_with_scenarios_and_packages(run: Run, tmp_path: Path) -> None:
    small = with_packages(tmp_path / "harbour").with_scenarios()
    shown = run("export", "book.xlsx", "--without-robustness", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    before = files(small.root)
    shown = run("import", "book.xlsx", cwd=small.root)
    assert (shown.returncode, files(small.root)) == (0, before)
    edited(small.root / "book.xlsx", put("Scores", "new-mole/crossings", "F", 18))
    shown = run("import", "book.xlsx", cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    after = files(small.root)
    assert {name for name in after if after[name] != before[name]} == {"options/new-mole.yaml"}
    assert Dossier.load(small.root).packages("quick").problem.names(2) == ("new-mole",)

"""Limits on a workbook hold however its parts are written: counted as the parser reads them, and not as bytes look."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook import guarding
from policy_options.exchange.workbook.guarding import guarded_bytes
from workbooks import xlsx

Refusal = Callable[..., str]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(body: str, *, more: str = "", encoding: str = "UTF-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{more}</worksheet>'.encode(encoding)


@pytest.fixture
def refusal(tmp_path: Path) -> Refusal:
    """The message about a workbook whose sheet is replaced, under the part's usual name or another."""

    def of(part: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
        made = BytesIO()
        with zipfile.ZipFile(BytesIO(xlsx())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for each in old.namelist():
                if each != name:
                    new.writestr(each, old.read(each))
            new.writestr(name, part)
        path = tmp_path / "book.xlsx"
        path.write_bytes(made.getvalue())
        try:
            guarded_bytes(path)
        except PolicyOptionsError as error:
            return f"{error.faults[0].code}: {error.faults[0].message}"
        return ""

    return of


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.bin", "xl/odd"])
def test_an_entity_is_refused_in_any_encoding_and_part(refusal: Refusal, encoding: str, name: str) -> None:
    plain = sheet('<row r="1"><c r="A1"/></row>', encoding=encoding)
    assert refusal(plain, name) == ""
    declared = plain.decode(encoding).replace("?>", '?><!DOCTYPE worksheet [<!ENTITY a "b">]>', 1).encode(encoding)
    assert refusal(declared, name) == f"xml-entities: {name} in the workbook declares entities"


@pytest.mark.parametrize(
    ("body", "row", "column"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "1,048,576", "16,384"),
        ('<row r="1"><c r="ETA1"/></row>', "1", "3,901"),
        ('<row r="200001"><c/></row>', "200,001", "1"),
        ('<row r="2.00001e5"><c/></row>', "200,001", "1"),
        ('<row r="200000"/><row><c/></row>', "200,001", "1"),
        ('<row r="1"><c r="ABC1"/><c/></row>', "1", "732"),
    ],
)
def test_the_furthest_cell_counts_wherever_it_gets_its_place_from(
    refusal: Refusal, monkeypatch: pytest.MonkeyPatch, body: str, row: str, column: str
) -> None:
    monkeypatch.setattr(guarding, "MOST_COLUMNS", 731)
    assert f"has a cell in row {row} and column {column}; at most" in refusal(sheet(body))


def test_a_row_or_a_stated_dimension_without_cells_takes_no_room(refusal: Refusal) -> None:
    part = sheet('<row r="1048576" hidden="1"/>').replace(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    assert refusal(part) == ""


@pytest.mark.parametrize("tag", ["<c>", "<c >", "<c\t>", '<c\nt="n">', "<c\r\n>"])
def test_cells_are_counted_however_they_are_written(
    refusal: Refusal, monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    part = sheet("<row>" + f"{tag}</c>" * 40 + "</row>")
    monkeypatch.setattr(guarding, "MOST_CELLS", 50)
    assert refusal(part) == ""
    monkeypatch.setattr(guarding, "MOST_CELLS", 39)
    assert "or the workbook more than 39 cells" in refusal(part)
    monkeypatch.setattr(guarding, "MOST_CELLS", 2_000_000)
    monkeypatch.setattr(guarding, "MOST_ELEMENTS", 60)
    assert "the workbook has too many parts or formats" in refusal(part)


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A:XFD", "1:1048576", "$A$1:$B$1048576", "b1048576:A1"])
def test_merged_cells_count_as_cells(refusal: Refusal, ref: str) -> None:
    part = sheet('<row r="1"><c r="A1"/></row>', more=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')
    assert "or the workbook more than 2,000,000 cells" in refusal(part)
    assert refusal(part.replace(ref.encode(), b"A1:B9")) == ""


@pytest.mark.parametrize("element", ["hyperlink", "comment"])
def test_what_is_made_for_each_cell_of_a_range_counts(refusal: Refusal, element: str) -> None:
    part = sheet('<row r="1"><c r="A1"/></row>', more=f'<{element} ref="A1:XFD1048576"/>')
    assert "or the workbook more than 2,000,000 cells" in refusal(part)
    assert refusal(part.replace(b"XFD1048576", b"B9")) == ""


def test_a_number_format_has_a_limit(refusal: Refusal) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><numFmt numFmtId="164" formatCode="{"0" * 1_001}"/></styleSheet>'
    assert "has a number format of more than 1,000 characters" in refusal(styles.encode(), "xl/odd.xml")
    assert refusal(styles.replace('"0', '"').encode(), "xl/odd.xml") == ""


def test_a_part_that_is_no_xml_is_left_alone_and_broken_xml_is_not(refusal: Refusal) -> None:
    assert refusal(b"\x89PNG", "xl/media/image1.png") == ""
    assert refusal(b"<worksheet>") == "not-a-workbook: book.xlsx is no XLSX workbook, or is damaged"

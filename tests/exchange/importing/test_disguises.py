"""A file whose content is of another format than its name says is refused with the name that it should have."""

from __future__ import annotations

import pytest

from workbooks import ROWS, csv, fault, ods, ods_row, read, xlsx

TABLE = csv("Option;cost;reach", "a;1;2", "b;2;1")
XML = b'<?xml version="1.0"?><a/>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "raw", "said", "remedy"),
    [
        ("a.csv", xlsx(), "a CSV file, and its content is an Excel workbook", "name it a.xlsx"),
        ("a.tsv", ods(ods_row("a", 1)), "content is an OpenDocument spreadsheet", "name it a.ods"),
        ("a.ods", xlsx(), "an OpenDocument spreadsheet, and its content is an Excel workbook", "name it a.xlsx"),
        ("my.scores.xlsx", TABLE, "an Excel workbook, and its content is text", "name it my.scores.csv if"),
        ("a.xml", TABLE, "XMCDA, and its content is text", "name it a.csv if"),
        ("a.csv", XML, "content is XML", "name it a.xml"),
        ("a.csv", b'\xef\xbb\xbf{"criteria": {}}\n', "content is JSON", "name it a.json"),
        ("a.xls", b"<html><table><tr><td>Option", "content is a web page", "save it as .xlsx"),
        ("a.xlsx", b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', "content is a web page", "save it as .xlsx"),
        ("a.csv", COMPOUND, "Excel 97 to 2003, or one with a password", "save it as .xlsx"),
        ("a.csv", b"%PDF-1.7\n", "content is a PDF", "copy its table"),
        ("a.ods", b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "content is a Word file", "copy its table"),
    ],
)
def test_the_remedy_is_the_right_name(name: str, raw: bytes, said: str, remedy: str) -> None:
    found = fault(name, raw)
    assert found.code == "other-content"
    assert said in found.message
    assert remedy in found.remedy


def test_what_a_format_may_begin_with_is_read() -> None:
    assert len(read("a.xls", xlsx(ROWS)).options) == 3  # Excel opens it as well, so that people name it so
    assert fault("a.xls", COMPOUND).code == "old-workbook"
    header = csv("<5 km;cost;{reach}", "a;1;2", "b;2;1")
    assert [one.title for one in read("a.csv", header).criteria] == ["cost", "{reach}"]

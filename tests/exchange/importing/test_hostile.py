"""Broken and malicious files: a clear error, quickly, in little memory, and nothing written."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing import xlsx as xlsx_reader
from policy_options.exchange.importing.sources import read_sources
from workbooks import csv, fault, ods, ods_row, read, repacked, xlsx

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'


def with_part(name: str, raw: bytes) -> bytes:
    return repacked(xlsx(), lambda part, old: None if part == name else old, {name: raw})


def of_zeros(size: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook that unpacks to a thousand times its size."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_workbook_that_unpacks_to_200_mb_is_refused_before_it_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = of_zeros(200_000_000)
    assert len(raw) < 1_000_000
    unpacked: list[object] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *part: unpacked.append(part))
    tracemalloc.start()
    assert fault(name, raw).code == "too-large"
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert unpacked == []


def test_a_part_that_unpacks_to_more_than_it_says_is_refused() -> None:
    raw = bytearray(of_zeros(20_000_000))
    size = (20_000_000).to_bytes(4, "little")
    while size in raw:
        raw[raw.index(size) : raw.index(size) + 4] = (1_000).to_bytes(4, "little")
    assert fault("a.xlsx", bytes(raw)).code == "not-a-workbook"


def test_a_part_of_too_great_a_ratio_is_refused() -> None:
    assert fault("a.xlsx", of_zeros(10_000_000)).code == "too-large"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_entities_in_any_part_of_a_workbook_are_refused(part: str) -> None:
    assert fault("a.xlsx", with_part(part, ENTITIES + b"<a>&c;</a>")).code == "xml-entities"


def test_entities_in_xml_and_ods_are_refused_by_line() -> None:
    found = fault("a.xml", ENTITIES + b"<XMCDA>&c;</XMCDA>")
    assert (found.code, found.place and found.place.line) == ("xml-entities", 1)
    external = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    assert fault("a.xml", external).code == "xml-entities"
    assert fault("a.ods", repacked(ods(""), lambda _, raw: ENTITIES + b"<spreadsheet/>")).code == "xml-entities"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_entities_in_other_encodings_are_refused(encoding: str) -> None:
    text = ENTITIES.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"') + "<XMCDA/>"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert fault("a.xml", mark + text.encode(encoding)).code in {"xml-entities", "not-xml"}


def test_macros_are_refused() -> None:
    assert fault("a.xlsm", with_part("xl/vbaProject.bin", b"\0")).code == "macros"
    assert fault("a.xlsx", with_part("xl/vbaProject.bin", b"\0")).code == "macros"


def test_passwords_and_older_workbooks_are_named() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert fault("a.xlsx", compound + "EncryptedPackage".encode("utf-16-le")).code == "password"
    assert fault("a.xls", compound).code == "old-workbook"


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\1\2Option,Cost", xlsx()[:900]])
def test_what_is_no_workbook_is_named(name: str, raw: bytes) -> None:
    assert fault(name, raw).code == "not-a-workbook"


def test_a_damaged_part_is_no_fault_of_ours() -> None:
    assert fault("a.xlsx", with_part("xl/styles.xml", b"<styles")).code == "not-xml"
    assert fault("a.xlsx", with_part("[Content_Types].xml", b"<a/>")).code == "not-a-workbook"
    assert fault("a.xlsx", with_part("xl/worksheets/sheet1.xml", b"<worksheet>")).code == "not-xml"


def test_merged_cells_over_the_whole_sheet_are_not_built() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')

    assert fault("a.xlsx", repacked(xlsx(), change)).code == "too-large"


@pytest.mark.parametrize("tag", ["<mergeCell ref='A:XFD'/>", "<x:mergeCell xmlns:x='urn:x' ref='1:1048576'/>"])
def test_merged_cells_count_however_they_are_written(tag: str) -> None:
    def merge(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", f"</sheetData><mergeCells>{tag}</mergeCells>".encode())

    assert fault("scores.xlsx", repacked(xlsx(), merge)).code == "too-large"


@pytest.mark.parametrize(
    ("part", "inside"),
    [
        ("xl/worksheets/sheet1.xml", "<hyperlinks><hyperlink ref='A1:XFD1048576'/></hyperlinks>"),
        ("xl/comments1.xml", "<comment ref='A1:XFD1048576'/>"),
        ("xl/odd.xml", f"<numFmt formatCode='{'0' * 1_001}'/>"),
    ],
)
def test_what_openpyxl_would_spend_long_on_is_refused_before(
    monkeypatch: pytest.MonkeyPatch, part: str, inside: str
) -> None:
    monkeypatch.setattr(xlsx_reader, "_load", None)
    raw = with_part(part, f"<a><sheetData/>{inside}</a>".encode())
    assert fault("scores.xlsx", raw).code == "too-large"


@pytest.mark.parametrize(("most", "tag"), [("MAX_ROWS", b"<row\t"), ("MAX_CELLS", b"<c\n")])
def test_rows_and_cells_count_however_they_are_written(monkeypatch: pytest.MonkeyPatch, most: str, tag: bytes) -> None:
    raw = repacked(xlsx(), lambda _, part: part.replace(tag.strip() + b" ", tag))
    assert read("scores.xlsx", raw)
    monkeypatch.setattr(limits, most, 1)
    monkeypatch.setattr(xlsx_reader, "_load", None)  # refused before openpyxl reads it
    assert fault("scores.xlsx", raw).code == "too-large"


def test_entities_in_a_part_of_any_name_are_refused() -> None:
    named = {"xl/odd.bin": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")}
    assert fault("scores.xlsx", repacked(xlsx(), lambda _, part: part, named)).code == "xml-entities"
    assert read("scores.xlsx", repacked(xlsx(), lambda _, part: part, {"xl/media/image1.png": b"\x89PNG"}))


def test_a_cell_in_the_last_corner_builds_no_rectangle() -> None:
    def change(book: Any) -> None:
        book["Scores"].cell(1_048_576, 16_384).value = 1

    raw = xlsx(change=change)
    tracemalloc.start()
    assert fault("a.xlsx", raw).code in {"header-missing", "name-missing"}
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_rows_and_columns_are_bounded() -> None:
    wide = csv("Option;" + ";".join(f"c{n}" for n in range(limits.MAX_COLUMNS)), "East;1", "Mole;2")
    assert fault("a.csv", wide).code == "too-large"
    long = csv("Option;Cost", *(f"option {n};{n}" for n in range(limits.MAX_ROWS)))
    assert fault("a.csv", long).code == "too-large"
    rows = "".join(ods_row(f"option {n}", n) for n in range(limits.MAX_ROWS))
    assert fault("a.ods", ods(ods_row("Option", "Cost") + rows)).code == "too-large"


def test_xml_of_great_depth_or_many_elements_is_refused() -> None:
    assert fault("a.xml", b"<a>" * 100_000).code == "too-large"
    assert fault("a.xml", b"<a>" + b"<b/>" * (limits.MAX_ELEMENTS + 1) + b"</a>").code == "too-large"


def test_json_of_great_depth_is_refused() -> None:
    assert fault("a.json", b"[" * 100_000).code == "not-json"
    nested = b'{"criteria":' + b"[" * 200 + b"]" * 200 + b"}"
    assert fault("a.json", nested).code == "too-large"


@pytest.mark.parametrize("text", ['{"criteria": NaN}', '{"criteria": 1, "criteria": 2}', "{", "[]", "\ud800"])
def test_json_that_is_no_problem(text: str) -> None:
    assert fault("a.json", text.encode("utf-8", "surrogatepass")).code in {"not-json", "not-a-problem"}


def test_aliases_that_grow_without_limit_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    found = fault("a.ahp", "\n".join(lines).encode())
    assert found.code == "too-large"
    assert fault("a.ahp", b"a: &a [*a]").code in {"too-large", "not-yaml"}


def test_tags_make_no_object() -> None:
    assert fault("a.ahp", b"Alternatives: !!python/object/apply:os.system ['true']").code == "not-ahp"


def test_files_are_looked_at_before_they_are_read(tmp_path: Path) -> None:
    large = tmp_path / "a.csv"
    with large.open("wb") as stream:
        stream.truncate(limits.MAX_BYTES + 1)
    for path, code in (
        (large, "too-large"),
        (tmp_path / "none.csv", "file-missing"),
        (Path("/dev/zero"), "not-a-file"),
    ):
        with pytest.raises(PolicyOptionsError) as caught:
            read_sources([path])
        assert caught.value.faults[0].code == code
    with pytest.raises(PolicyOptionsError, match=r"no \.xml file"):
        read_sources([tmp_path])


@pytest.mark.parametrize("name", ["a.docx", "a", "a.pdf"])
def test_other_formats_are_named(name: str) -> None:
    found = fault(name, b"x")
    assert found.code == "format-unknown"
    assert ".xlsx" in found.remedy

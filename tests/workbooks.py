"""Other programs' files, made in memory: workbooks, spreadsheets, and deliberately broken archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl

from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.matrix import ImportedMatrix
from policy_options.exchange.importing.registry import read_matrix

LESS = Asked(less_is_better=("cost",))
ROWS: Sequence[Sequence[Any]] = (
    ("Option", "Cost", "Reach"),
    ("East quay", 12.5, 3),
    ("New mole", 30, 7),
    ("As is", 0, 1),
)


def read(name: str, raw: bytes, asked: Asked = LESS) -> ImportedMatrix:
    """The matrix of one file."""
    return read_matrix([(name, raw)], asked)


def faults(name: str, raw: bytes, asked: Asked = LESS) -> tuple[Fault, ...]:
    """The faults raised on reading it; none if it succeeds."""
    try:
        read(name, raw, asked)
    except PolicyOptionsError as error:
        return error.faults
    return ()


def fault(name: str, raw: bytes, asked: Asked = LESS) -> Fault:
    """The single fault raised on reading it."""
    found = faults(name, raw, asked)
    assert len(found) == 1, [(one.code, one.message) for one in found]
    assert found[0].remedy
    assert found[0].place is not None and found[0].place.file == name
    return found[0]


def xlsx(rows: Sequence[Sequence[Any]] = ROWS, change: Callable[[Any], object] | None = None) -> bytes:
    """A workbook with one sheet, Scores; ``change`` modifies the workbook before it is saved."""
    book = openpyxl.Workbook()
    book.active.title = "Scores"
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(
    raw: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None
) -> bytes:
    """An archive with its parts changed; ``None`` leaves a part out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def csv(*lines: str, end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """A text as saved by a spreadsheet."""
    return "".join(line + end for line in lines).encode(encoding)


_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def ods(table: str, styles: str = "", name: str = "Scores", more: Mapping[str, bytes] | None = None) -> bytes:
    """A spreadsheet with the XML of its rows as given."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        for part, raw in (more or {}).items():
            archive.writestr(part, raw)
    return stream.getvalue()


def ods_row(*cells: str | float | None, attributes: str = "") -> str:
    """A row: text, numbers, nothing, or a cell's XML unchanged."""
    made = []
    for cell in cells:
        if cell is None:
            made.append("<table:table-cell/>")
        elif isinstance(cell, int | float):
            made.append(
                f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            )
        elif cell.startswith("<"):
            made.append(cell)
        else:
            made.append(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>')
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def likely(matrix: ImportedMatrix) -> list[list[Any]]:
    """The likely scores, by option."""
    return [[score.likely for score in row] for row in matrix.scores]

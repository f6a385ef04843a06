"""Sheets of an .xlsx workbook, through openpyxl.

openpyxl keeps what other readers lose: the type of each cell, its format, errors, merged ranges and what is hidden. It gives
either formulas or results, so formulas without a result are found in the sheet's XML, in the same pass that bounds its size.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.archives import Archive
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.grid import Cell, Grid, Kind, Merged, refuse_too_wide, unreadable
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.numbers import exact_number, times
from policy_options.exchange.importing.safe_xml import Element, Stop, element_tree, local_name, stream, walk
from policy_options.exchange.ranges_of_cells import LONGEST_FORMAT, cells_made_for
from policy_options.safe_xml import UnfitXml, refuse_document_type

__all__ = ["read_xlsx"]

_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_IN_FORMAT: Final = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|_.|\*.')
_CELL_TAG: Final = re.compile(rb"<c[\s/>]")
_ROW_TAG: Final = re.compile(rb"<row[\s/>]")
_ODD_NUMBER: Final = re.compile(rb"<v[^<>]*>(?![-+]?[0-9]++(?:\.[0-9]*+)?(?:[eE][-+]?[0-9]{1,2})?<)")
"""A value that is not written as almost every number is: the sheet is then read in full."""
_PREFIXED: Final = re.compile(rb"<[^\s<>/!?:]+:")
_MOST_TAGS: Final = 6_000_000
_MOST_OTHER_TAGS: Final = 800_000
"""Tags in parts other than sheets and their texts: styles, drawings, comments, which openpyxl keeps as objects."""


@dataclass(slots=True)
class _Scan:
    """Findings of a pass over a sheet's XML: formulas by cell, with and without a result, and numbers that cannot be read."""

    uncalculated: set[str] = field(default_factory=set)
    zeros: list[str] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)
    unreadable: dict[str, str] = field(default_factory=dict)


def read_xlsx(raw: bytes, file: str, _: Asked) -> list[Grid]:
    """The sheets of a workbook, including hidden ones.

    Raises:
        PolicyOptionsError: too large, damaged, with a password, macros or entities, Strict Open XML, or openpyxl is not
            installed (``extra-missing``).
    """
    archive = Archive(raw, file)
    _refuse_macros(archive)
    _refuse_entities(archive)
    sheets = _sheets(archive)
    scans = {name: _scan(archive, part, name) for name, part in sheets.items()}
    book = _load(raw, file)
    grids = []
    for sheet in book.worksheets:
        grids.append(_grid(sheet, file, scans.get(sheet.title, _Scan())))
    return grids


def _refuse_macros(archive: Archive) -> None:
    macro = "vbaProject.bin" in {name.rpartition("/")[2] for name in archive.names}
    if macro or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise PolicyOptionsError(
            At(archive.file).fault(
                "macros", "the workbook has macros, which are neither run nor kept", "save it as .xlsx, without macros"
            )
        )


def _refuse_entities(archive: Archive) -> None:
    """Check the beginning of each part, where entities are declared, and all of the small ones, before a library does."""
    made = 0

    def stop(*_: object) -> None:
        raise Stop

    def count(element: str, attributes: dict[str, str]) -> None:
        nonlocal made
        local = local_name(element)
        made += cells_made_for(local, attributes)
        long = local == "numFmt" and len(attributes.get("formatCode", "")) > LONGEST_FORMAT
        if made > limits.MAX_CELLS or long:
            raise _too_large(archive.file, name)

    every = others = 0
    for name in archive.names:
        if name.endswith((".xml", ".rels", ".vml")):
            raw = archive.read(name)
            tags = raw.count(b"<")
            every += tags
            of_sheets = name.startswith(("xl/worksheets/", "xl/sharedStrings"))
            others += 0 if of_sheets else tags
            if every > _MOST_TAGS or others > _MOST_OTHER_TAGS:
                raise _too_large(archive.file, name)
            if not name.endswith(".vml"):
                stream(raw, archive.file, stop if of_sheets else count)
                continue
        try:
            refuse_document_type([archive.read(name)])  # a workbook may give a sheet any name
        except UnfitXml as unfit:
            if unfit.why == "document-type":
                stream(archive.read(name), archive.file, stop)


def _too_large(file: str, part: str) -> PolicyOptionsError:
    return PolicyOptionsError(
        At(file).fault(
            "too-large",
            f"the workbook has too many parts or formats (in {part})",
            "copy the scores into a new workbook",
        )
    )


def _sheets(archive: Archive) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    file = archive.file
    main = next(
        (
            one.attributes.get("Target", "").lstrip("/")
            for one in _tree(archive, "_rels/.rels").children
            if one.attributes.get("Type", "").endswith("/officeDocument")
        ),
        "xl/workbook.xml",
    )
    if not archive.read(main):
        raise PolicyOptionsError(
            At(file).fault("not-a-workbook", "this is a zip file, but no Excel workbook", "save the workbook as .xlsx")
        )
    root = _tree(archive, main)
    if root.namespace == _STRICT:
        raise PolicyOptionsError(
            At(file).fault(
                "strict-workbook",
                "this is a Strict Open XML workbook, in which libraries find no sheets",
                "save it as the usual Excel workbook (.xlsx)",
            )
        )
    folder, _, base = main.rpartition("/")
    targets = {
        one.attributes.get("Id"): one.attributes.get("Target", "")
        for one in _tree(archive, f"{folder}/_rels/{base}.rels").children
    }
    found = {}
    for sheet in (one for one in walk(root) if one.name == "sheet"):
        target = targets.get(next((v for k, v in sheet.attributes.items() if local_name(k) == "id"), None), "")
        found[sheet.attributes.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return found


def _tree(archive: Archive, name: str) -> Element:
    raw = archive.read(name)
    return element_tree(raw, archive.file) if raw else Element("", "", {}, 1, 1)


def _scan(archive: Archive, part: str, sheet: str) -> _Scan:
    """Count rows, cells and merged cells, and find formulas whose result has never been calculated."""
    raw = archive.read(part)
    found = _Scan()
    cells, rows = len(_CELL_TAG.findall(raw)), len(_ROW_TAG.findall(raw))
    refuse_too_wide(archive.file, sheet, rows, 0, cells)
    plain = b"<sheetData" in raw and b"\0" not in raw[:100] and _PREFIXED.search(raw) is None
    if (
        plain
        and _ODD_NUMBER.search(raw) is None
        and not any(tag in raw for tag in (b"<f", b"<mergeCell", b"<hyperlink"))
    ):
        return found  # as most writers write it, and without anything to look for

    cell, kind, formula, value, counted, rows, merged = "", "n", False, "", 0, 0, 0
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell, kind, formula, value, counted, rows, merged, inside
        inside = local_name(name)
        if inside == "c":
            cell, formula, value = attributes.get("r", ""), False, ""
            kind = attributes.get("t", "n")
            counted += 1
            if counted > limits.MAX_CELLS:
                refuse_too_wide(archive.file, sheet, 0, 0, counted)
        elif inside == "f":
            formula = True
        elif inside == "row":
            rows += 1
            refuse_too_wide(archive.file, sheet, rows, 0, 0)
        elif made := cells_made_for(inside, attributes):
            merged += made
            refuse_too_wide(archive.file, sheet, 0, 0, merged)

    def end(name: str) -> None:
        nonlocal inside
        if local_name(name) == "c" and kind == "n" and value.strip() and exact_number(value) is None:
            if not cell:
                raise PolicyOptionsError(At(archive.file).fault(*unreadable(value)))
            found.unreadable[cell] = value
        if local_name(name) == "c" and formula:
            found.formulas.add(cell)
            if not value.strip():
                found.uncalculated.add(cell)
            elif value.strip() == "0":
                found.zeros.append(cell)
        inside = ""

    def text(piece: str) -> None:
        nonlocal value
        if inside in ("v", "t"):
            value += piece

    stream(raw, archive.file, start, end, text)
    return found


def _load(raw: bytes, file: str) -> Any:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise PolicyOptionsError.of(
            "extra-missing",
            "reading .xlsx needs openpyxl, which is not installed",
            'pip install "policy-options[office]"',
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions that openpyxl does not keep, which do not affect scores
            return openpyxl.load_workbook(io.BytesIO(raw), data_only=True, keep_links=False)
    except Exception as error:  # a damaged part may cause openpyxl to raise anything
        raise PolicyOptionsError(
            At(file).fault(
                "not-a-workbook",
                f"openpyxl cannot read the workbook ({type(error).__name__}: {error})",
                "open it in Excel or LibreOffice and save it again",
            )
        ) from None


def _grid(sheet: Any, file: str, scan: _Scan) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    percent: dict[str, bool] = {}
    for (row, column), cell in sheet._cells.items():  # iter_rows would create every empty cell up to the last corner
        value = cell.value
        if value is None and not scan.uncalculated:
            continue
        made = _cell(cell, value, scan, percent)
        if made is not None:
            cells[row, column] = made
    rows = {row for row, _ in cells}
    columns = {column for _, column in cells}
    refuse_too_wide(file, sheet.title, len(rows), len(columns), len(cells))
    return Grid(
        file,
        sheet.title,
        cells,
        merged=tuple(Merged(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=tuple(sorted(row for row, one in sheet.row_dimensions.items() if one.hidden and row in rows)),
        hidden_columns=tuple(sorted(columns & set(_hidden_columns(sheet)))),
        notes=tuple(_zeros(sheet.title, scan)),
    )


def _zeros(title: str, scan: _Scan) -> Iterator[str]:
    if scan.zeros:
        shown = ", ".join(f"{title}!{cell}" for cell in scan.zeros[:5])
        more = f" and {len(scan.zeros) - 5} more" if len(scan.zeros) > 5 else ""
        yield (
            f"warning: formulas with the result 0, which some programs write before anything is calculated: {shown}{more}; "
            "if they are not 0, open the workbook in Excel or LibreOffice, save it and read it again"
        )


def _is_finite(value: Any) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # an integer of hundreds of digits, of which Python writes at most 4,300
        return False


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for one in sheet.column_dimensions.values():
        if one.hidden:
            yield from range(one.min, min(one.max, limits.MAX_COLUMNS) + 1)


def _cell(cell: Any, value: Any, scan: _Scan, percent: dict[str, bool]) -> Cell | None:
    kind = cell.data_type
    if kind == "n" and not isinstance(value, bool) and value is not None and not _is_finite(value):
        return Cell(Kind.REFUSED, "a number", fault=unreadable("a number of hundreds of digits"))
    if scan.unreadable and cell.coordinate in scan.unreadable:
        return Cell(Kind.REFUSED, str(value), fault=unreadable(scan.unreadable[cell.coordinate]))
    if scan.formulas and cell.coordinate in scan.formulas:
        if cell.coordinate in scan.uncalculated and value in (None, ""):
            return Cell(Kind.UNCALCULATED, "", formula=True)
        formula = True
    else:
        formula = False
    if value is None:
        return None
    if kind == "n" and not isinstance(value, bool):
        try:
            shown = cell.number_format
        except IndexError:  # the number of a format that the workbook does not have
            shown = ""
        if shown not in percent:
            percent[shown] = "%" in _NOT_IN_FORMAT.sub("", shown)
        if percent[shown]:
            number = times(value, 100)
            if number is None:
                return Cell(Kind.REFUSED, str(value), formula=formula, fault=unreadable(str(value)))
            return Cell(Kind.PERCENT, f"{number:g}%", number, formula)
        return Cell(Kind.NUMBER, str(value), float(value), formula)
    if kind == "b":
        return Cell(Kind.TRUTH, "TRUE" if value else "FALSE", formula=formula)
    if kind == "e":
        return Cell(Kind.ERROR, str(value), formula=formula)
    if kind == "d":
        return Cell(Kind.DATE, str(value), formula=formula)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return Cell(Kind.TEXT, text.strip(), formula=formula) if text.strip() else None

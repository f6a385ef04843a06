"""Conditions on a file before a library reads it: an XLSX workbook of limited size, without password, macros or entities."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from policy_options.archives import Archive, Limits, Unfit
from policy_options.errors import Place, PolicyOptionsError
from policy_options.exchange.ranges_of_cells import LONGEST_FORMAT, cells_made_for, column_number
from policy_options.safe_xml import Reader, UnfitXml

__all__ = ["MOST_BYTES", "MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "MOST_UNPACKED", "guarded_bytes"]

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_UNPACKED: Final = 192 * 1024 * 1024
MOST_RATIO: Final = 200
"""How many times its packed size a part of more than ``RATIO_FROM`` bytes may unpack to: sheets of cells take under 50."""

RATIO_FROM: Final = 8 * 1024 * 1024
MOST_CELLS: Final = 2_000_000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 4_000
MOST_PARTS: Final = 2_000
MOST_ELEMENTS: Final = 8_000_000
MOST_OTHER_ELEMENTS: Final = 800_000
"""Elements in parts other than sheets and their texts: styles, drawings, comments, which openpyxl keeps as objects."""
_LIMITS: Final = Limits(MOST_PARTS, MOST_UNPACKED, ratio=MOST_RATIO, ratio_from=RATIO_FROM)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_OF_NEW: Final = (".xml", ".csv", ".tsv", ".json", ".ahp")
"""Endings of files from which ``new`` makes a dossier, and which cannot be taken back into one."""
_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,9})")


def guarded_bytes(path: Path) -> bytes:
    """The bytes of a workbook that is safe to read.

    Raises:
        PolicyOptionsError: it cannot be read, is not an XLSX workbook, or exceeds a limit; each is named.
    """
    place = Place(path.name)
    try:
        if path.is_dir() or not path.exists():
            raise _refused("book-missing", f"there is no workbook {path}", "name the .xlsx file", place)
        if not path.is_file():
            raise _refused("not-a-file", f"{path} is not a file", "name the .xlsx file", place)
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        said = f"{path} cannot be read: {error.strerror or error}"
        raise _refused("file-unreadable", said, "check its permissions", place) from None
    if len(raw) > MOST_BYTES:
        raise _refused(
            "book-too-large",
            f"the workbook has more than {MOST_BYTES:,} bytes",
            "remove pictures and other sheets",
            place,
        )
    try:
        _refuse_parts(Archive(raw, _LIMITS), place)
    except Unfit as unfit:
        raise _worded(unfit, path.name, place) from None
    return raw


def _worded(unfit: Unfit, name: str, place: Place) -> PolicyOptionsError:
    match unfit.why:
        case "compound":
            message = "the workbook is encrypted with a password, or is in the old .xls format"
            return _refused("book-encrypted", message, "save it as .xlsx without a password", place)
        case "password":
            return _refused("book-encrypted", "the workbook is encrypted", "save it as .xlsx without a password", place)
        case "too-many":
            message = f"the workbook has {unfit.parts:,} parts, more than {MOST_PARTS:,}"
            return _refused("book-too-large", message, "save it again as .xlsx", place)
        case "too-large":
            said = (
                f"the workbook unpacks to {unfit.size:,} bytes; at most {MOST_UNPACKED:,}, "
                f"and {MOST_RATIO} times the packed size, are read"
            )
            return _refused("book-too-large", said, "remove what is not needed", place)
        case _:
            said = f"{name} is no XLSX workbook, or is damaged"
            remedy = "save it as .xlsx"
            if name.lower().endswith(_OF_NEW):
                remedy = "import takes back what export wrote; begin a dossier with policy-options new DIR --from FILE"
            return _refused("not-a-workbook", said, remedy, place)


def _refused(code: str, message: str, remedy: str, place: Place) -> PolicyOptionsError:
    return PolicyOptionsError.of(code, message, remedy, place=place)


def _refuse_parts(archive: Archive, place: Place) -> None:
    listed = set(archive.names)
    if "mimetype" in listed or "content.xml" in listed:
        raise _refused("other-format", "the workbook is in the OpenDocument format", "save it as .xlsx", place)
    if "xl/workbook.bin" in listed:
        raise _refused("other-format", "the workbook is in the binary format (.xlsb)", "save it as .xlsx", place)
    if "[Content_Types].xml" not in listed or "xl/workbook.xml" not in listed:
        raise _refused("not-a-workbook", "the file is no XLSX workbook", "save it as .xlsx", place)
    if any(name.lower().endswith("vbaproject.bin") for name in listed):
        raise _refused("book-with-macro", "the workbook has a macro", "save it as .xlsx, without macros", place)
    counted = _Counted(place)
    for name in archive.names:
        _refuse_beginning(name, next(archive.blocks(name), b""), place)
        counted.part(archive, name)


def _refuse_beginning(name: str, block: bytes, place: Place) -> None:
    """Refuse a macro-enabled or strict workbook from the first block of a part."""
    if name == "[Content_Types].xml" and b"macroEnabled" in block:
        raise _refused("book-with-macro", "the workbook is one for macros (.xlsm)", "save it as .xlsx", place)
    if name == "xl/workbook.xml" and _STRICT in block:
        message = "the workbook is a Strict Open XML one"
        raise _refused("book-strict", message, "save it as Excel Workbook (.xlsx)", place)


class _Counted:
    """Counts of what openpyxl would make of the parts, as the same parser reads them.

    Every part is read, since a workbook may give a sheet any name. The rows and columns of a cell are those that openpyxl
    gives it: as written, or else the next. It makes a cell of each place in a merged range, or in one with a link.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._cells = self._elements = self._others = 0
        self._name = ""
        self._of_cells = False
        self._rows = self._row = self._column = 0

    def part(self, archive: Archive, name: str) -> None:
        """Count a part.

        Raises:
            PolicyOptionsError: it declares entities, or exceeds a limit.
            Unfit: it is damaged, or is to be XML and is not well formed.
        """
        self._name = name
        self._rows = self._row = self._column = 0
        self._of_cells = name.startswith(("xl/worksheets/", "xl/sharedStrings"))
        try:
            Reader(self._start).read(archive.blocks(name))
        except UnfitXml as unfit:
            if unfit.why == "document-type":
                said = f"{name} in the workbook declares entities"
                raise _refused("xml-entities", said, "save it again as .xlsx", self._place) from None
            if name.endswith((".xml", ".rels")):
                raise Unfit("damaged") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._elements += 1
        self._others += not self._of_cells
        if self._elements > MOST_ELEMENTS or self._others > MOST_OTHER_ELEMENTS:
            raise self._too_large(f"the workbook has too many parts or formats (in {self._name})")
        if local == "c":
            self._cell(attributes.get("r"))
        elif local == "row":
            self._rows += 1
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = 0
        elif local == "numFmt" and len(attributes.get("formatCode", "")) > LONGEST_FORMAT:
            raise self._too_large(f"{self._name} has a number format of more than {LONGEST_FORMAT:,} characters")
        else:
            self._cells += cells_made_for(local, attributes)
        if self._cells > MOST_CELLS or self._rows > MOST_ROWS:
            raise self._too_large(
                f"a sheet has more than {MOST_ROWS:,} rows, or the workbook more than {MOST_CELLS:,} cells"
            )

    def _cell(self, address: str | None) -> None:
        self._cells += 1
        self._column += 1
        row = self._row
        found = None if address is None else _CELL.fullmatch(address)
        if found is not None:
            self._column, row = column_number(found[1]), int(found[2])
        if self._column > MOST_COLUMNS or row > MOST_ROWS:
            raise self._too_large(
                f"{self._name} has a cell in row {row:,} and column {self._column:,}; at most {MOST_ROWS:,} rows and "
                f"{MOST_COLUMNS:,} columns are read"
            )

    def _too_large(self, said: str) -> PolicyOptionsError:
        return _refused("book-too-large", said, "remove what is not needed, and save it again", self._place)


def _whole(written: str | None, otherwise: int) -> int:
    try:
        return otherwise if written is None else int(float(written))  # as openpyxl does
    except (ValueError, OverflowError):
        return otherwise

"""Conditions on a file before a library reads it: an XLSX workbook of limited size, without password, macros or entities."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from policy_options.archives import Archive, Limits, Unfit
from policy_options.errors import Place, PolicyOptionsError
from policy_options.safe_xml import UnfitXml, refuse_document_type

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
_LIMITS: Final = Limits(MOST_PARTS, MOST_UNPACKED, ratio=MOST_RATIO, ratio_from=RATIO_FROM)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_OF_NEW: Final = (".xml", ".csv", ".tsv", ".json", ".ahp")
"""Endings of files from which ``new`` makes a dossier, and which cannot be taken back into one."""

_DIMENSION: Final = re.compile(rb'<(?:\w+:)?dimension [^>]*ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,4})([0-9]{1,9})"')


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
    cells = 0
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            _refuse_entities(archive, name, place)
        is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
        rows, before = 0, b""
        for number, block in enumerate(archive.blocks(name)):
            if number == 0:
                _refuse_beginning(name, block, place)
            if is_sheet:
                # What a block cuts in two is counted with the next one.
                cells += _count(b"<c ", before, block) + _count(b"<c>", before, block)
                rows += _count(b"<row", before, block)
                if cells > MOST_CELLS or rows > MOST_ROWS:
                    said = f"a sheet has more than {MOST_ROWS:,} rows, or the workbook more than {MOST_CELLS:,} cells"
                    raise _refused("book-too-large", said, "remove what is not needed", place)
            before = block[-8:]


def _count(tag: bytes, before: bytes, block: bytes) -> int:
    """How often a tag begins in the end of the block before, or in this one, without those that end in the former."""
    edge = before[-(len(tag) - 1) :] + block[: len(tag) - 1]
    return block.count(tag) + edge.count(tag)


def _refuse_entities(archive: Archive, name: str, place: Place) -> None:
    """Read up to the first element of a part, whatever its encoding, before which entities are declared.

    A part that is broken there is left to the library, which may not need it.
    """
    try:
        refuse_document_type(archive.blocks(name))
    except UnfitXml as unfit:
        if unfit.why == "document-type":
            said = f"{name} in the workbook declares entities"
            raise _refused("xml-entities", said, "save it again as .xlsx", place) from None


def _refuse_beginning(name: str, block: bytes, place: Place) -> None:
    """Refuse a macro-enabled or strict workbook, or a sheet stated to be too large, from the first block of a part."""
    if name == "[Content_Types].xml" and b"macroEnabled" in block:
        raise _refused("book-with-macro", "the workbook is one for macros (.xlsm)", "save it as .xlsx", place)
    if name == "xl/workbook.xml" and _STRICT in block:
        message = "the workbook is a Strict Open XML one"
        raise _refused("book-strict", message, "save it as Excel Workbook (.xlsx)", place)
    if name.startswith("xl/worksheets/"):
        size = _DIMENSION.search(block[:4096])
        if size is not None:
            columns = 0
            for letter in size[1]:
                columns = columns * 26 + letter - 64
            if columns > MOST_COLUMNS or int(size[2]) > MOST_ROWS:
                said = (
                    f"{name} has {int(size[2]):,} rows and {columns:,} columns; "
                    f"at most {MOST_ROWS:,} and {MOST_COLUMNS:,} are read"
                )
                raise _refused("book-too-large", said, "remove what is not needed, and save it again", place)

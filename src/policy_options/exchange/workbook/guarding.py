"""Conditions on a file before a library reads it: an XLSX workbook of limited size, without password, macros or entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Final

from policy_options.errors import Place, PolicyOptionsError

__all__ = ["MOST_BYTES", "MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "MOST_UNPACKED", "guarded_bytes"]

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_UNPACKED: Final = 192 * 1024 * 1024
MOST_CELLS: Final = 2_000_000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 4_000
MOST_PARTS: Final = 2_000
_BLOCK: Final = 1 << 20
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
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
    if raw.startswith(_OLE):
        message = "the workbook is encrypted with a password, or is in the old .xls format"
        raise _refused("book-encrypted", message, "save it as .xlsx without a password", place)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _refuse_parts(archive, place)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        zipfile.LargeZipFile,
    ):
        raise _refused(
            "not-a-workbook", f"{path.name} is no XLSX workbook, or is damaged", "save it as .xlsx", place
        ) from None
    return raw


def _refused(code: str, message: str, remedy: str, place: Place) -> PolicyOptionsError:
    return PolicyOptionsError.of(code, message, remedy, place=place)


def _refuse_parts(archive: zipfile.ZipFile, place: Place) -> None:
    parts = archive.infolist()
    listed = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(listed) != len(parts):
        raise _refused(
            "book-too-large", "the workbook has too many parts, or one twice", "save it again as .xlsx", place
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _refused("book-encrypted", "the workbook is encrypted", "save it as .xlsx without a password", place)
    if "mimetype" in listed or "content.xml" in listed:
        raise _refused("other-format", "the workbook is in the OpenDocument format", "save it as .xlsx", place)
    if "xl/workbook.bin" in listed:
        raise _refused("other-format", "the workbook is in the binary format (.xlsb)", "save it as .xlsx", place)
    if "[Content_Types].xml" not in listed or "xl/workbook.xml" not in listed:
        raise _refused("not-a-workbook", "the file is no XLSX workbook", "save it as .xlsx", place)
    if any(name.lower().endswith("vbaproject.bin") for name in listed):
        raise _refused("book-with-macro", "the workbook has a macro", "save it as .xlsx, without macros", place)
    unpacked = cells = 0
    for part in parts:
        is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
        is_xml = part.filename.endswith((".xml", ".rels"))
        before, rows, of_part = b"", 0, 0
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                unpacked += len(block)
                of_part += len(block)
                if unpacked > MOST_UNPACKED:
                    said = f"the workbook unpacks to more than {MOST_UNPACKED:,} bytes"
                    raise _refused("book-too-large", said, "remove what is not needed", place)
                if not is_xml:
                    continue
                if of_part == len(block):
                    _refuse_beginning(part.filename, block, place)
                joined = before + block
                if b"<!" in joined and re.search(rb"<!(?:DOCTYPE|ENTITY)", joined):
                    raise _refused(
                        "xml-entities",
                        f"{part.filename} in the workbook declares entities",
                        "save it again as .xlsx",
                        place,
                    )
                if is_sheet:
                    cells += block.count(b"<c ") + block.count(b"<c>")
                    rows += block.count(b"<row")
                    if cells > MOST_CELLS or rows > MOST_ROWS:
                        said = (
                            f"a sheet has more than {MOST_ROWS:,} rows, or the workbook more than {MOST_CELLS:,} cells"
                        )
                        raise _refused("book-too-large", said, "remove what is not needed", place)
                before = block[-16:]


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

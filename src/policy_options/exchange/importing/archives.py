"""Workbooks as zip files: their unpacked size is bounded before any part is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At

__all__ = ["Archive", "refuse_too_many_bytes"]

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of the older container: .xls, and any workbook with a password."""


def refuse_too_many_bytes(raw: bytes, file: str) -> None:
    """Refuse a file with too many bytes.

    Raises:
        PolicyOptionsError: it has too many (``too-large``).
    """
    if len(raw) > limits.MAX_BYTES:
        raise PolicyOptionsError(
            At(file).fault(
                "too-large",
                f"the file has more than {limits.MAX_BYTES:,} bytes, the most that is read",
                "save the sheet with the scores alone",
            )
        )


class Archive:
    """The parts of a workbook by name. A part is unpacked on request, and never beyond its stated size."""

    def __init__(self, raw: bytes, file: str) -> None:
        """Examine the list of parts.

        Raises:
            PolicyOptionsError: too large before or after unpacking (``too-large``), with a password (``password``), in
                the format of Excel 97 (``old-workbook``), or not a workbook (``not-a-workbook``).
        """
        refuse_too_many_bytes(raw, file)
        self.file = file
        if raw.startswith(_COMPOUND):
            raise PolicyOptionsError(At(file).fault(*_compound(raw)))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError):
            raise self._broken() from None
        self._refuse_bomb()

    def _refuse_bomb(self) -> None:
        infos = self._zip.infolist()
        size = sum(info.file_size for info in infos)
        blown = any(
            info.file_size > limits.RATIO_FROM and info.file_size > limits.MAX_PART_RATIO * max(info.compress_size, 1)
            for info in infos
        )
        if size > limits.MAX_UNPACKED or len(infos) > limits.MAX_PARTS or blown:
            raise PolicyOptionsError(
                At(self.file).fault(
                    "too-large",
                    f"the workbook unpacks to {size:,} bytes in {len(infos):,} parts; at most {limits.MAX_UNPACKED:,} bytes, "
                    f"{limits.MAX_PARTS:,} parts, and {limits.MAX_PART_RATIO} times the packed size are read",
                    "copy the scores into a new workbook",
                )
            )
        if any(info.flag_bits & 1 for info in infos):
            raise PolicyOptionsError(At(self.file).fault("password", *_PASSWORD))

    def _broken(self) -> PolicyOptionsError:
        return PolicyOptionsError(
            At(self.file).fault(
                "not-a-workbook", "this is not a workbook, whatever its name says, or it is damaged", "save it again"
            )
        )

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """A part, or no bytes if it does not exist.

        Raises:
            PolicyOptionsError: it is damaged, or larger than stated.
        """
        info = self._parts.get(name)
        if info is None:
            return b""
        try:
            with self._zip.open(info) as stream:
                return stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise self._broken() from None


_PASSWORD: Final = (
    "the workbook has a password, so nothing in it can be read",
    "open it, take the password off (File, Info, Protect) and save a copy",
)


def _compound(raw: bytes) -> tuple[str, str, str]:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return ("password", *_PASSWORD)
    return ("old-workbook", "this is a workbook in the format of Excel 97 to 2003 (.xls)", "save it as .xlsx")

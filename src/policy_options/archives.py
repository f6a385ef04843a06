"""Zip files from elsewhere, as workbooks and Word files are: judged by their list of parts before any part is unpacked.

The stated size of a part is a limit on what is unpacked of it: an archive that states less than it has is damaged.
Callers word what is wrong (``Unfit``), each for its own kind of file.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal

__all__ = ["Archive", "Limits", "Unfit", "is_encrypted"]

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of the older container: files of Office 97, and any newer one with a password."""

_BLOCK: Final = 1 << 20
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


class Unfit(Exception):  # noqa: N818  # callers make an error of it, in the words of their kind of file
    """An archive that is not read, and why.

    ``compound``: the container of Office 97, or a password; ``damaged``: no archive, or a broken one; ``password``:
    its parts are encrypted; ``too-many``: too many parts; ``too-large``: too many bytes, or too many times the packed
    size, once unpacked. ``size`` is the number of bytes that it states, in ``parts`` parts.
    """

    def __init__(
        self,
        why: Literal["compound", "damaged", "password", "too-many", "too-large"],
        *,
        size: int = 0,
        parts: int = 0,
    ) -> None:
        super().__init__(why)
        self.why: Final = why
        self.size = size
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is unpacked: parts; bytes of all parts, and of one; and how many times its packed size one may have.

    The last applies to parts of more than ``ratio_from`` bytes.
    """

    parts: int
    unpacked: int | None = None
    part: int | None = None
    ratio: int | None = None
    ratio_from: int = 0


class Archive:
    """The parts of a zip file by name, each unpacked on request and never beyond its stated size."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        """Judge the list of parts.

        Raises:
            Unfit: it is not read.
        """
        if raw.startswith(_COMPOUND[:4]):
            raise Unfit("compound")
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except _DAMAGED:
            raise Unfit("damaged") from None
        infos = self._zip.infolist()
        self._parts = {info.filename: info for info in infos}
        self._limits = limits
        size, count = sum(info.file_size for info in infos), len(infos)
        if count > limits.parts:
            raise Unfit("too-many", size=size, parts=count)
        if len(self._parts) < count:  # a name twice, of which readers take one or the other
            raise Unfit("damaged")
        blown = limits.ratio is not None and any(
            info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1)
            for info in infos
        )
        if blown or (limits.unpacked is not None and size > limits.unpacked):
            raise Unfit("too-large", size=size, parts=count)
        if any(info.flag_bits & 1 for info in infos):
            raise Unfit("password")

    @property
    def names(self) -> list[str]:
        """The names of the parts, in their order in the file."""
        return list(self._parts)

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part in blocks of a mebibyte; nothing if it does not exist.

        Raises:
            Unfit: it is damaged (``damaged``) or has more bytes than one part may have (``too-large``).
        """
        info = self._parts.get(name)
        if info is None:
            return
        if self._limits.part is not None and info.file_size > self._limits.part:
            raise Unfit("too-large", size=info.file_size, parts=1)
        try:
            with self._zip.open(info) as stream:
                while block := stream.read(_BLOCK):
                    yield block
        except _DAMAGED:
            raise Unfit("damaged") from None

    def read(self, name: str) -> bytes | None:
        """A whole part; ``None`` if it does not exist.

        Raises:
            Unfit: as ``blocks``.
        """
        return b"".join(self.blocks(name)) if name in self._parts else None


def is_encrypted(raw: bytes) -> bool:
    """Whether a file in the older container is a newer one with a password, and not one of Office 97."""
    return "EncryptedPackage".encode("utf-16-le") in raw

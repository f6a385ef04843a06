"""Workbooks as zip files, judged before any part is unpacked; what is wrong is worded for whoever has the file."""

from __future__ import annotations

from typing import Final

from policy_options import archives
from policy_options.archives import Unfit, is_encrypted
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At

__all__ = ["Archive", "refuse_too_many_bytes"]

_LIMITS: Final = archives.Limits(
    parts=limits.MAX_PARTS,
    unpacked=limits.MAX_UNPACKED,
    ratio=limits.MAX_PART_RATIO,
    ratio_from=limits.RATIO_FROM,
)


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
    """The parts of a workbook by name."""

    def __init__(self, raw: bytes, file: str) -> None:
        """Examine the list of parts.

        Raises:
            PolicyOptionsError: too large before or after unpacking (``too-large``), with a password (``password``), in
                the format of Excel 97 (``old-workbook``), or not a workbook (``not-a-workbook``).
        """
        refuse_too_many_bytes(raw, file)
        self.file = file
        try:
            self._parts = archives.Archive(raw, _LIMITS)
        except Unfit as unfit:
            raise self._refused(unfit, encrypted=is_encrypted(raw)) from None

    def _refused(self, unfit: Unfit, *, encrypted: bool = False) -> PolicyOptionsError:
        at = At(self.file)
        match unfit.why:
            case "too-many" | "too-large":
                fault = at.fault(
                    "too-large",
                    f"the workbook unpacks to {unfit.size:,} bytes in {unfit.parts:,} parts; at most "
                    f"{limits.MAX_UNPACKED:,} bytes, {limits.MAX_PARTS:,} parts, and {limits.MAX_PART_RATIO} times the "
                    "packed size are read",
                    "copy the scores into a new workbook",
                )
            case "compound" if not encrypted:
                said = "this is a workbook in the format of Excel 97 to 2003 (.xls)"
                fault = at.fault("old-workbook", said, "save it as .xlsx")
            case "password" | "compound":
                fault = at.fault(
                    "password",
                    "the workbook has a password, so nothing in it can be read",
                    "open it, take the password off (File, Info, Protect) and save a copy",
                )
            case _:
                said = "this is not a workbook, whatever its name says, or it is damaged"
                fault = at.fault("not-a-workbook", said, "save it again")
        return PolicyOptionsError(fault)

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return self._parts.names

    def read(self, name: str) -> bytes:
        """A part, or no bytes if it does not exist.

        Raises:
            PolicyOptionsError: it is damaged, or larger than stated.
        """
        try:
            return self._parts.read(name) or b""
        except Unfit as unfit:
            raise self._refused(unfit) from None

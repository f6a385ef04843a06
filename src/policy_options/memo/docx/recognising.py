"""Recognising Word files among untrusted files, since a memo in Word cannot be verified."""

from __future__ import annotations

import io
from zipfile import ZipFile

from policy_options.memo.verdict import UnverifiedError

__all__ = ["refuse_word_file"]

_ARCHIVE = b"PK"


def refuse_word_file(file: bytes) -> None:
    """Raise for a Word file, saying what is known about it.

    Raises:
        UnverifiedError: it is one; the verdict is ``cannot``.
    """
    if file.startswith(_ARCHIVE) and _has_text_of_word(file):
        raise UnverifiedError(
            "it is a Word file, which is for editing and carries none of its inputs, so that nothing shows whether it still "
            "says what they give; a digest printed in it names them only if nobody has changed it. Verify the PDF that the "
            "same dossier gives",
            "cannot",
        )


def _has_text_of_word(file: bytes) -> bool:
    try:
        with ZipFile(io.BytesIO(file)) as archive:
            return "word/document.xml" in archive.namelist()
    except MemoryError:
        raise
    except Exception:  # a file not written by this package may raise anything, and then counts as not being a Word file
        return False

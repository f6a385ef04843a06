"""Opening an untrusted PDF for reading."""

from __future__ import annotations

import io
from typing import Any

from policy_options.memo.verdict import UnverifiedError

__all__ = ["entries", "reader_of"]


def reader_of(pdf: bytes) -> Any:
    """Open a file for reading.

    Raises:
        UnverifiedError: it is not a PDF, is encrypted, or has no pages.
    """
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its messages about a broken file are not part of the answer
    try:
        # Strict: files written by memo/pdf are read as they are, and a damaged file is not searched for readable parts.
        reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
        if reader.is_encrypted:
            raise UnverifiedError("the file is encrypted")
        if not len(reader.pages):
            raise UnverifiedError("the file has no pages")
    except (UnverifiedError, MemoryError):
        raise
    except (PyPdfError, Exception) as error:  # a hostile file may raise anything, and no exception is an answer
        raise UnverifiedError(f"the file is not a PDF that can be read ({type(error).__name__})") from None
    return reader


def entries(node: Any, *keys: str) -> Any:
    """Follow keys through the dictionaries of a PDF; ``None`` if a key is missing."""
    for key in keys:
        if key not in node:
            return None
        node = node[key].get_object()
    return node

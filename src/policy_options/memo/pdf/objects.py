"""The objects of a PDF that WeasyPrint is about to write: resolving references such as ``12 0 R``."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["NOTHING", "bytes_of", "number_of", "object_at"]

NOTHING: Final = -1
"""The number given for ``null``: no object has it."""


def number_of(reference: Any) -> int:
    """The number of the object referred to."""
    text = reference.decode() if isinstance(reference, bytes) else str(reference)
    return int(text.split()[0]) if text != "null" else NOTHING


def object_at(pdf: Any, reference: Any) -> Any:
    """The object referred to."""
    return pdf.objects[number_of(reference)]


def bytes_of(item: Any) -> bytes:
    """An item of a stream as written."""
    if isinstance(item, bytes):
        return item
    data = getattr(item, "data", None)
    return data if isinstance(data, bytes) else str(item).encode()

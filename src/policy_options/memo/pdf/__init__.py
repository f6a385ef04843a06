"""HTML to the bytes of a PDF, and reading such bytes. WeasyPrint and pydyf are imported here and nowhere else.

Internals of both are relied on: ``tests/memo/pdf/test_canary.py`` names each of them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["IMPORTED_AHEAD", "MAX_PDF_BYTES"]

MAX_PDF_BYTES: Final = 64 * 1024 * 1024
"""Limits for a memo that is made, and for one that is read."""

IMPORTED_AHEAD: Final = ("weasyprint", "policy_options.memo.pdf.conversion")
"""Modules that a process imports while it waits for a PDF to be requested: the first takes half a second."""

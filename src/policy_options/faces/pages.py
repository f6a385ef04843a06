"""Laying out a report as pages, shared by the document formats."""

from __future__ import annotations

from typing import Literal

from policy_options.errors import PolicyOptionsError
from policy_options.reports.report import Report

__all__ = ["pages_of"]


def pages_of(report: Report, kind: Literal["pdf", "docx"]) -> bytes:
    """The pages of a report as a file.

    Raises:
        PolicyOptionsError: it has no layout (``no-pages``).
    """
    pages = report.page(kind)
    if pages is None:
        raise PolicyOptionsError.of(
            "no-pages", "this result has no pages that are laid out", "write --format html, or render a memo"
        )
    return pages

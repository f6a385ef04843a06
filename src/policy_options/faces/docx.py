"""A report as the Word file laid out for it."""

from __future__ import annotations

from policy_options.faces.pages import pages_of
from policy_options.reports.report import Report

__all__ = ["write"]


def write(report: Report, *, to_file: bool) -> bytes:  # noqa: ARG001  # the same for a screen
    """The file.

    Raises:
        PolicyOptionsError: the report has no layout.
    """
    return pages_of(report, "docx")

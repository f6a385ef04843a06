"""A report as the Word file that is laid out for it."""

from __future__ import annotations

from policy_options.errors import PolicyOptionsError
from policy_options.reports.report import Report

__all__ = ["write"]


def write(report: Report, *, to_file: bool) -> bytes:  # noqa: ARG001  # the same for a screen
    """The file.

    Raises:
        PolicyOptionsError: it has none of its own.
    """
    pages = report.page("docx")
    if pages is None:
        raise PolicyOptionsError.of(
            "no-pages", "this result has no pages that are laid out", "write --format html, or render a memo"
        )
    return pages

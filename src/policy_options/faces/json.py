"""A report in its published form, as JSON."""

from __future__ import annotations

from policy_options.exchange.published import json_text
from policy_options.reports.report import Report

__all__ = ["write"]


def write(report: Report, *, to_file: bool) -> str:  # noqa: ARG001  # the same for a screen
    """The published form as indented JSON text."""
    return json_text(report.form())

"""Every format of a report, by name. To add one, write a module with ``write`` and add a line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from policy_options.reports.report import Report

__all__ = ["FORMATS", "Face", "written"]


@dataclass(frozen=True, slots=True)
class Face:
    """A format. ``module`` has ``write(report, *, to_file)``, and is imported when it is used.

    ``suffixes`` are the file endings that select it, the recommended one first. ``selects`` says that a part of a
    report can be requested, ``binary`` that the content is not text, and ``laid_out`` that it is only for reports with
    a layout.
    """

    module: str
    title: str
    suffixes: tuple[str, ...]
    selects: bool = False
    binary: bool = False
    laid_out: bool = False


FORMATS: Final[dict[str, Face]] = {
    "table": Face("policy_options.faces.terminal", "a table in plain text", (".txt", ".text", ".log"), selects=True),
    "json": Face("policy_options.faces.json", "JSON", (".json",)),
    "csv": Face("policy_options.faces.csv", "CSV", (".csv",)),
    "markdown": Face("policy_options.faces.markdown", "Markdown", (".md", ".markdown"), selects=True),
    "html": Face("policy_options.faces.html", "HTML", (".html", ".htm", ".xhtml"), selects=True),
    "pdf": Face("policy_options.faces.pdf", "PDF", (".pdf",), binary=True, laid_out=True),
    "docx": Face("policy_options.faces.docx", "a Word file", (".docx",), binary=True, laid_out=True),
}


def written(report: Report, format: str, *, to_file: bool = False) -> bytes:
    """A report in a format of the registry, as UTF-8 if it is text; ``to_file`` says that it is not shown on a screen.

    Raises:
        PolicyOptionsError: the report cannot be made, or has no layout and the format needs one.
    """
    writer: Any = import_module(FORMATS[format].module)
    content: str | bytes = writer.write(report, to_file=to_file)
    return content if isinstance(content, bytes) else content.encode()

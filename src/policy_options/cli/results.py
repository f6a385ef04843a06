"""Writing a report in the requested format: to the screen, or to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy_options.cli.running import emit, emit_bytes, refuse_link, refuse_unwritable, write_atomically
from policy_options.faces.registry import FORMATS, written

if TYPE_CHECKING:
    from policy_options.reports.report import Report, Section
    from policy_options.wording.phrases import Phrases

__all__ = ["show", "show_sections", "write_charts"]


def show(report: Report, format: str, output: Path | None, *, folder: Path | None = None) -> None:
    """Write a report in a format; binary formats go to a file, whose name is printed.

    It is in ``reports`` by default, in the given folder or else in that of the report's dossier.

    Raises:
        PolicyOptionsError: it cannot be made, or cannot be written there.
    """
    face = FORMATS[format]
    target = output
    if target is None and face.binary:
        inside = folder if folder is not None else report.dossier.contents.root
        target = inside / "reports" / f"{report.name}{face.suffixes[0]}"
        refuse_link(target, inside)
    if target is None or str(target) == "-":
        emit_bytes(written(report, format, to_file=False)) if face.binary else _emit(report, format)
        return
    refuse_unwritable(target, format)
    write_atomically(target, written(report, format, to_file=True))
    if face.binary:
        emit(f"{target}\n", None)


def _emit(report: Report, format: str) -> None:
    emit(written(report, format, to_file=False).decode(), None)


def show_sections(sections: Sequence[Section], phrases: Phrases) -> None:
    """Sections on the screen, for a command without ``--format``."""
    from policy_options.faces.terminal import sections_text
    from policy_options.faces.terminal_table import Screen

    emit(sections_text(sections, phrases, Screen.of_stdout(), formats=False), None)


def write_charts(folder: Path, charts: dict[str, str]) -> None:
    """Write charts (SVG by name) into the folder given by ``--charts``."""
    for name, svg in charts.items():
        refuse_link(folder / f"{name}.svg")
        write_atomically(folder / f"{name}.svg", svg.encode(), flag="--charts")

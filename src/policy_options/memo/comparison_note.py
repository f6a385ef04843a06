"""A comparison as a report with a layout: the comparison note, as HTML, PDF or a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from policy_options.reports.comparison import ComparisonReport

__all__ = ["ComparisonNote"]


@dataclass(frozen=True, kw_only=True)
class ComparisonNote(ComparisonReport):
    """A comparison laid out with the templates of a dossier's folder, or with the ``chosen`` ones."""

    layouts: Path
    chosen: Path | None = None

    def page(self, kind: Literal["html", "pdf", "docx"]) -> bytes:
        """The comparison note as a file.

        Raises:
            PolicyOptionsError: it cannot be laid out.
        """
        from policy_options.memo.attachment import moment
        from policy_options.memo.comparison_content import build_comparison
        from policy_options.memo.docx.package import refuse_without_office
        from policy_options.memo.render_process import Renderer
        from policy_options.memo.templates import template_folders

        if kind == "docx":
            refuse_without_office()
        with Renderer() as renderer:
            content = build_comparison(self.diff, self.phrases)
            if kind == "docx":
                when = moment(self.diff.after.contents.decision.model.date)
                return renderer.word(content, self.phrases.labels(), "comparison", when)
            folders = template_folders(self.layouts, self.chosen)
            return renderer.page(content, folders, "comparison", pdf=kind == "pdf")

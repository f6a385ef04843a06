"""The content of a memo or a comparison note to HTML that stands alone: its style sheet inside, its charts inline."""

from __future__ import annotations

from pathlib import Path

from policy_options.memo.comparison import ComparisonContent
from policy_options.memo.content import MemoContent
from policy_options.memo.templates import render

__all__ = ["COMPARISON_TEMPLATE", "MEMO_TEMPLATE", "comparison_html", "memo_html"]

MEMO_TEMPLATE = "memo/memo.html.j2"
COMPARISON_TEMPLATE = "memo/comparison.html.j2"


def memo_html(content: MemoContent, folders: tuple[Path, ...]) -> str:
    """Lay the memo out with the first template found in the folders.

    Raises:
        PolicyOptionsError: the template is missing or faulty.
    """
    from markupsafe import Markup

    # Charts are our own markup, with every text in them escaped already.
    part = content.firmness
    return render(
        MEMO_TEMPLATE,
        folders,
        memo=content,
        labels=content.labels,
        chart=Markup(content.contributions.svg),  # noqa: S704
        firmness_charts=[Markup(figure.svg) for figure in part.figures],  # noqa: S704
        firmness_annex_charts=[Markup(figure.svg) for figure in part.figures_in_annex],  # noqa: S704
    )


def comparison_html(content: ComparisonContent, folders: tuple[Path, ...]) -> str:
    """Lay a comparison note out with the first template found in the folders.

    Raises:
        PolicyOptionsError: the template is missing or faulty.
    """
    from markupsafe import Markup

    # Charts are our own markup, with every text in them escaped already.
    charts = [[Markup(figure.svg) for figure in section.figures] for section in content.sections]  # noqa: S704
    return render(COMPARISON_TEMPLATE, folders, note=content, charts=charts)

"""The comparison note as a Word file."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.docx import tables
from policy_options.memo.docx.blocks import Block, Heading, Paragraph, Picture, plain
from policy_options.memo.docx.body import PAGE_WIDTH

__all__ = ["note"]


def note(content: ComparisonContent, labels: dict[str, str]) -> Iterator[Block]:
    """The bottom line, the results of ``diff``, and the numbers behind its charts."""
    yield Heading(0, plain(content.title))
    yield Paragraph(plain(content.question), "Small")
    for said in (labels["word-notice"], content.hypothetical):
        if said:
            yield Paragraph(plain(said), "Notice")
    yield Heading(1, plain(content.bottom_label))
    yield Paragraph(plain(" ".join(content.bottom_line)), "BottomLine")
    for section in content.sections:
        if section.title:
            yield Heading(1, plain(section.title))
        if section.table:
            yield tables.data(section.table)
        for figure in section.figures:
            yield Picture(figure, PAGE_WIDTH)
        for said in section.notes:
            yield Paragraph(plain(said))
    if content.more:
        yield Paragraph(plain(content.more), "Small")
    behind = [figure for section in content.sections for figure in section.figures if figure.data.rows]
    if behind:
        yield Heading(1, plain(labels["numbers"]))
        for figure in behind:
            yield Heading(2, plain(figure.title))
            yield tables.data(figure.data)

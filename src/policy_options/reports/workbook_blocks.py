"""The sheet on robustness of a workbook: the opening of ``robustness``, with shares, stability and least changes, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy_options.api import Dossier
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.reference_sheets import Block
from policy_options.reports.robustness_opening import opening_sections
from policy_options.reports.robustness_parts import part_sections
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import cell_text

if TYPE_CHECKING:
    from policy_options.analysis.acceptability.sampled import Progress

__all__ = ["robustness_blocks"]

_PARTS: Final = ("shares", "stability", "weights")


def robustness_blocks(
    dossier: Dossier, weights: str, phrases: Phrases, *, progress: Progress | None = None
) -> list[Block]:
    """The blocks, or the reason why there is nothing to say: the rest of the workbook is still useful."""
    try:
        firm = dossier.robustness(weights, progress=progress)
        sections = [*opening_sections(firm, phrases), *part_sections(firm, _PARTS, phrases)]
    except PolicyOptionsError as error:  # such as fewer than two options
        return [Block("", tuple(fault.message for fault in error.faults))]
    blocks = []
    for section in sections:
        rows: list[tuple[str, ...]] = []
        if section.table is not None:
            kinds = [column.kind for column in section.table.columns]
            rows.append(tuple(column.heading for column in section.table.columns))
            rows += [
                tuple(cell_text(cell, kind, phrases.numbers) for cell, kind in zip(row, kinds, strict=True))
                for row in section.table.rows
            ]
        blocks.append(Block(section.title, section.notes, tuple(rows)))
    return blocks

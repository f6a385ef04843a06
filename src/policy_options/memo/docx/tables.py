"""The tables that the parts of a Word memo share: the ranking, ranks by weight set, shares by rank, and numbers in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from policy_options.memo.content import (
    Argued,
    DataTable,
    HeatTable,
    RankingPart,
    RankRow,
    SetsBlock,
)
from policy_options.memo.docx.blocks import Block, Cell, Inline, Paragraph, Piece, Row, Table, argued, cell, plain

__all__ = ["SHADE", "cases", "data", "head_row", "heat", "ranked", "ranks"]

SHADE: Final = "F3F4F6"
_FIRST: Final = "EAF1F7"
_WINNER: Final = "1F4E79"
_WHITE: Final = "FFFFFF"
_HEAT: Final = (
    *("F7F8FA", "E4EDF5", "D0DEEB", "BCCFE2", "A7BFD8", "93B0CF"),
    *("4B77A4", "436F9B", "37628D", "2B567F", "1F4A72"),
)
_DARK: Final = 6
"""The first shade of the heat map on which text is white."""


def head_row(*headings: tuple[str, Literal["", "center", "right"]]) -> tuple[Row, ...]:
    """The row of headings, each with the alignment of its column."""
    return (Row(tuple(cell(*plain(text), align=align, head=True) for text, align in headings)),)


def ranked(
    rows: tuple[RankRow, ...],
    ranking: RankingPart,
    labels: dict[str, str],
    caption: str,
    *,
    groups: bool = True,
    shorts: bool = True,
) -> Table:
    """The ranked table; ``groups`` are the columns of contributions by group, ``shorts`` the names used in charts."""
    named = shorts and any(row.short for row in rows)
    without_cost = bool(rows and rows[0].without_cost)
    option: tuple[Piece, ...] = plain(labels["option"])
    if named:
        option += plain(f" {labels['option-short']}", "Remark")
    columns = [labels["value"], labels["lead"], *([labels["without-cost"]] if without_cost else [])]
    columns += ranking.group_titles if groups else ()
    head = Row(
        (
            cell(*plain(labels["rank"]), align="right", head=True),
            cell(*option, head=True),
            *(cell(*plain(title), align="right", head=True) for title in columns),
        )
    )
    titles = len(ranking.group_titles) if groups else 0
    widths = (12, 0, 15, 20, *((18,) if without_cost else ()), *((min(19, 66 / titles),) * titles if titles else ()))
    return Table((head,), tuple(_ranked_row(row, labels, groups, shorts) for row in rows), widths, caption=caption)


def _ranked_row(row: RankRow, labels: dict[str, str], groups: bool, shorts: bool) -> Row:
    remarks = (row.short if shorts else "", labels["baseline"] if row.baseline else "", row.remark)
    title = (*plain(row.title), *(Piece(f" ({remark})", "Remark") for remark in remarks if remark))
    figures = [row.lead, *([row.without_cost] if row.without_cost else []), *(row.groups if groups else ())]
    return Row(
        (
            cell(*plain(row.rank), align="right"),
            cell(*title, head=True),
            cell(*plain(row.value, "Strong"), align="right"),
            *(cell(*plain(text), align="right") for text in figures),
        ),
        fill=_FIRST if row.first else "",
    )


def ranks(sets: SetsBlock, labels: dict[str, str]) -> Table:
    """The rank of each option under each of several weight sets."""
    heads = head_row((labels["option"], ""), *((title, "center") for title in sets.titles))
    rows = [
        Row(
            (
                cell(*plain(row.title), head=True),
                *(
                    cell(*plain(rank, "Strong"), align="center", fill=_WINNER, ink=_WHITE)
                    if first
                    else cell(*plain(rank), align="center")
                    for rank, first in zip(row.ranks, row.firsts, strict=True)
                ),
            )
        )
        for row in sets.rows
    ]
    rows.append(
        Row(
            (
                cell(*plain(labels["lead-by-set"]), head=True),
                *(cell(*plain(lead), align="center") for lead in sets.leads),
            )
        )
    )
    share = 144 / len(sets.titles) if sets.titles else 0
    widths = (0, *(min(share, 40) for _ in sets.titles))
    return Table(heads, tuple(rows), widths, caption=sets.caption, total=True)


def heat(map: HeatTable, labels: dict[str, str]) -> Iterator[Block]:
    """Shares by rank, shaded."""
    heads = head_row((labels["rank"], ""), *((title, "center") for title in map.heads))
    rows = tuple(
        Row(
            (
                cell(*plain(row.title, "Strong" if row.first else ""), align="right"),
                *(
                    cell(
                        *plain(each.text),
                        align="center",
                        fill=_HEAT[each.shade],
                        ink=_WHITE if each.shade >= _DARK else "",
                    )
                    for each in row.cells
                ),
            )
        )
        for row in map.rows
    )
    share = 132 / len(map.heads) if map.heads else 0
    yield Table(heads, rows, (0, *(min(share, 40) for _ in map.heads)), caption=map.title)
    if map.note:
        yield Paragraph(plain(map.note), "Note")


def data(table: DataTable) -> Table:
    """A table in words: columns of numbers are aligned right."""
    aligned: list[Literal["", "center", "right"]] = ["right" if number else "" for _, number in table.heads]
    heads = head_row(*((heading, align) for (heading, _), align in zip(table.heads, aligned, strict=True)))
    rows = tuple(
        Row(tuple(cell(*plain(text), align=align) for text, align in zip(row, aligned, strict=True)))
        for row in table.rows
    )
    return Table(heads, rows, (0,) * len(table.heads))


def cases(rows: list[tuple[str, Argued | str | None]]) -> Iterator[Table]:
    """The points for and against an option, line by line; nothing without points."""
    listed: list[Row] = []
    for label, said in rows:
        if said is not None and said != "":
            text: tuple[Inline, ...] = plain(said) if isinstance(said, str) else argued(said)
            listed.append(Row((_label(label), cell(*text))))
    if listed:
        yield Table((), tuple(listed), (22, 0), "MemoList")


def _label(text: str) -> Cell:
    return cell(*plain(text), head=True)

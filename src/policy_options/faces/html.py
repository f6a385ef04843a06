"""A report as one HTML file: its own layout if it has one, else a plain page with tables, charts and notes.

Nothing is fetched and nothing runs: the style is inside, and all text is escaped.
"""

from __future__ import annotations

from html import escape
from typing import Final

from policy_options.reports.report import Figure, Report, Section, View
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import printable
from policy_options.wording.table import Cell, Column, Table, cell_text, without_bars

__all__ = ["write"]

_TEXTS: Final = ("text", "given")
_STYLE: Final = """
:root { color-scheme: light; }
body { font: 1rem/1.5 "Source Sans Pro", "Noto Sans", system-ui, sans-serif; color: #1a1a1a; background: #fff;
       max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; margin: .75rem 0; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #d0d0d0; }
thead th { border-bottom: 2px solid #1a1a1a; vertical-align: bottom; } th[scope=row] { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { min-width: 10rem; } .bar span { display: inline-block; height: .9rem; vertical-align: middle; }
figure { margin: 1rem 0; } figure svg { width: 100%; max-width: 56rem; height: auto; } figcaption { font-weight: 600; }
p { max-width: 45rem; margin: .4rem 0; } li { max-width: 45rem; }
@media print { body { margin: 0; max-width: none; } .wide { overflow: visible; } }
""".strip()
_SHADES: Final = ("#1f4e79", "#c55a11", "#3b7d23", "#7f6000", "#5b3f8c", "#a02b2b", "#3a7f86", "#7f7f7f", "#b3b3b3")
"""Colours of the parts of bars, in order; the legend names each."""


def write(report: Report, *, to_file: bool) -> str | bytes:  # noqa: ARG001  # the same for a screen
    """The page of the report."""
    pages = report.page("html")
    if pages is not None:
        return pages
    phrases = report.phrases
    decision = report.dossier.contents.decision.model.title
    title = report.title()
    body = [f"<h1>{_text(title or decision)}</h1>"]
    for section in report.sections(View(drawn=True)):
        body += _section(section, phrases)
    marking = report.dossier.contents.decision.model.marking
    if marking:
        body.insert(0, f"<p><strong>{_text(marking)}</strong></p>")
    head = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    head += f"<title>{_text(title or decision)}</title>\n<style>\n{_STYLE}\n</style>"
    language = escape(phrases.language, quote=True)
    content = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{head}\n</head>\n<body>\n<main>\n{content}\n</main>\n'
        "</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(printable(text).replace("\n", " "))


def _section(section: Section, phrases: Phrases) -> list[str]:
    parts = [f"<h2>{_text(section.title)}</h2>"] if section.title else []
    if section.table and section.table.rows:
        # A chart shows the same as bars would.
        parts.append(_table(without_bars(section.table) if section.figures else section.table, phrases))
    parts += [_figure(figure) for figure in section.figures]
    if section.listed and section.notes:
        parts.append("<ul>\n" + "\n".join(f"<li>{_text(note)}</li>" for note in section.notes) + "\n</ul>")
    else:
        parts += [f"<p>{_text(note)}</p>" for note in section.notes]
    return ["<section>", *parts, "</section>"]


def _figure(figure: Figure) -> str:
    return f"<figure>\n<figcaption>{_text(figure.title)}</figcaption>\n{figure.svg}\n</figure>"


def _table(table: Table, phrases: Phrases) -> str:
    most = max((sum(cell) for row in table.rows for cell in row if isinstance(cell, tuple)), default=0.0)
    name = next((index for index, column in enumerate(table.columns) if column.kind == "text"), None)
    heads = "".join(f'<th scope="col"{_class(column)}>{_text(column.heading)}</th>' for column in table.columns)
    rows = []
    for row in table.rows:
        cells = []
        for index, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            if isinstance(cell, tuple):
                cells.append(f'<td class="bar">{_bar(cell, most)}</td>')
            elif index == name:
                cells.append(f'<th scope="row">{_cell(cell, column, phrases)}</th>')
            else:
                cells.append(f"<td{_class(column)}>{_cell(cell, column, phrases)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    legend = ""
    if table.legend:
        keys = "   ".join(f"{_segment(index, '.9rem')} {_text(part)}" for index, part in enumerate(table.legend))
        legend = f'\n<p class="bar">{keys}</p>'
    body = "\n".join(rows)
    return f'<div class="wide">\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>{legend}'


def _class(column: Column) -> str:
    return "" if column.kind in _TEXTS else ' class="bar"' if column.kind == "bar" else ' class="number"'


def _cell(cell: Cell, column: Column, phrases: Phrases) -> str:
    text = cell_text(cell, column.kind, phrases.numbers)
    indent = len(text) - len(text.lstrip(" "))  # depth in the tree of criteria
    return "&#160;" * indent + _text(text.lstrip(" "))


def _bar(parts: tuple[float, ...], most: float) -> str:
    if most <= 0:
        return ""
    return "".join(_segment(index, f"{100 * max(part, 0.0) / most:.2f}%") for index, part in enumerate(parts))


def _segment(index: int, width: str) -> str:
    return f'<span style="width:{width};background:{_SHADES[index % len(_SHADES)]}"></span>'

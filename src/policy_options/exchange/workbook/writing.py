"""Sheets to the bytes of an XLSX file. The only module that knows XlsxWriter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.cells import LONGEST_TEXT, Mark, Sheet, Style
from policy_options.exchange.workbook.printing import on_paper

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["require_writer", "workbook_bytes"]

_FONT: Final = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_INPUT: Final = {
    "bg_color": "#FFF8DC",
    "font_color": "#1F3864",
    "border": 1,
    "border_color": "#C9B66B",
    "locked": False,
}
_STYLES: Final[dict[Style, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16},
    "note": {"italic": True, "font_color": "#595959"},
    "label": {"bold": True},
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E7E6E6"},
    "id": {"font_color": "#7F7F7F", "font_size": 9},
    "text": {"text_wrap": True},
    "plain": {},
    "points": {"num_format": "0.00"},
    "share": {"num_format": "0.0%"},
    "rank": {"num_format": "0", "align": "center"},
    "input": {**_INPUT},
    "input-share": {**_INPUT, "num_format": "0.00"},
    "input-level": {**_INPUT, "num_format": "@"},
    "input-text": {**_INPUT, "num_format": "@", "text_wrap": True},
    "choice": {**_INPUT, "bold": True, "num_format": "@"},
    "off": {"bg_color": "#F2F2F2"},
    "marking": {"bold": True, "font_color": "#C00000", "font_size": 12},
}

_WRAPPED: Final = frozenset(name for name, look in _STYLES.items() if look.get("text_wrap"))
_LONGEST_IN_MARGIN: Final = 120
_LINE: Final = 15.0
_TALLEST: Final = 409.0


def require_writer() -> ModuleType:
    """XlsxWriter, imported here so that its absence can be reported.

    Raises:
        PolicyOptionsError: it is not installed (``extra-missing``).
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise PolicyOptionsError.of(
            "extra-missing",
            "a workbook is written by XlsxWriter, which is not installed",
            'pip install "policy-options[office]"',
        ) from error
    module: ModuleType = xlsxwriter
    return module


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, marking: str | None, day: date) -> bytes:
    """The bytes of a workbook of these sheets, the same each time: ``day`` is the creation date that it states.

    Raises:
        PolicyOptionsError: XlsxWriter is not installed, or a text is too long for a cell.
    """
    xlsxwriter = require_writer()
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "comments": marking or "", "created": datetime(day.year, day.month, day.day)})
    book.set_calc_mode("auto")
    styles = {name: book.add_format({**_FONT, **look}) for name, look in _STYLES.items()}
    red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    bold = book.add_format({"bold": True, "bg_color": "#E2EFDA"})
    # All sheets must exist before any formula refers to one.
    made = [book.add_worksheet(sheet.name) for sheet in sheets]
    for sheet, target in zip(sheets, made, strict=True):
        for row, height in _heights(sheet).items():
            target.set_row(row, height)
        for row, column in sheet.across:
            target.merge_range(row, 0, row, column, "", styles["text"])
        _write_cells(target, sheet, styles)
        _set_up(target, sheet, title, marking)
        for check in sheet.validations:
            target.data_validation(*check.range, _validation(check.rule, check.title, check.message))
        for mark in sheet.marks:
            target.conditional_format(*mark.range, _conditional(mark, red, bold))
    made[0].activate()
    book.close()
    return stream.getvalue()


def _write_cells(target: Any, sheet: Sheet, styles: dict[Style, Any]) -> None:
    write_string, write_number, write_formula = target.write_string, target.write_number, target.write_formula
    write_blank = target.write_blank
    for row, column, value, style, formula in sheet.cells:
        look = styles[style]
        if formula:
            write_formula(row, column, formula, look, value)
        elif value.__class__ is not str:
            write_number(row, column, value, look)
        elif value == "":
            write_blank(row, column, None, look)
        else:
            write_string(row, column, _as_text(str(value), sheet.name), look)


def _heights(sheet: Sheet) -> dict[int, float]:
    """The height of each row that needs more than one line, which LibreOffice does not determine itself."""
    lines: dict[int, int] = {}
    wide = {row: sum(sheet.widths[: column + 1]) for row, column in sheet.across}
    for row, column, value, style, _ in sheet.cells:
        if style in _WRAPPED and value.__class__ is str:
            text = str(value)
            width = (wide.get(row, sheet.widths[column]) if column < len(sheet.widths) else 9.0) - 1
            if len(text) * 2 > width:
                needed = sum(max(1, ceil(_columns(line) / width)) for line in text.split("\n"))
                if needed > lines.get(row, 1):
                    lines[row] = needed
    heights = {row: min(_TALLEST, _LINE * count + 1) for row, count in lines.items()}
    return {0: 24.0, **heights}


def _columns(text: str) -> float:
    """The width of a text in digits: most letters are narrower, and those of East Asian scripts are twice as wide."""
    return 0.92 * len(text) if text.isascii() else sum(1 + (character >= "\u1100") for character in text)


def _as_text(text: str, sheet: str) -> str:
    """The text in the form that XlsxWriter needs: it treats text that begins and ends like rich text as its XML."""
    if len(text) > LONGEST_TEXT:
        raise PolicyOptionsError.of(
            "text-too-long-for-a-cell",
            f"a text of {len(text):,} characters on the sheet {sheet} does not fit into a cell, which takes {LONGEST_TEXT:,}",
            "shorten it",
        )
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _set_up(target: Any, sheet: Sheet, title: str, marking: str | None) -> None:
    for column, width in enumerate(sheet.widths):
        target.set_column(column, column, width)
    if sheet.freeze:
        target.freeze_panes(*sheet.freeze)
    if sheet.filtered:
        target.autofilter(*sheet.filtered)
    if sheet.repeat:
        target.repeat_rows(*sheet.repeat)
    if sheet.wide:
        target.set_landscape()
    target.set_paper(9)
    paper = on_paper(sheet)
    if paper.scale is None:
        target.fit_to_pages(1, 0)
    else:
        target.set_print_scale(paper.scale)
        target.repeat_columns(0, paper.repeated - 1)
        target.set_v_pagebreaks(list(paper.breaks))
    target.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    target.hide_gridlines(2 if sheet.locked else 1)
    # Not set_header and set_footer, which take the &G of a text such as R&&G for a picture, and leave all of it out.
    target.header = f"&L{_in_margin(title)}&R{_in_margin(marking or '')}"
    target.footer = f"&L&A&C{_in_margin(marking or '')}&R&P/&N"
    target.header_footer_changed = True
    if sheet.locked:
        target.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    if sheet.visibility == "hidden":
        target.hide()
    elif sheet.visibility == "very-hidden":
        target.very_hidden()


def _in_margin(text: str) -> str:
    """A text for a header or footer, where & begins a code and at most 255 units of UTF-16 are allowed for two texts."""
    fitting, units = "", 0
    for character in text[:80]:
        units += 1 + (character == "&" or character > "\uffff")
        if units > _LONGEST_IN_MARGIN:
            break
        fitting += character.replace("&", "&&")
    return fitting


def _validation(rule: str | tuple[str, ...], title: str, message: str) -> dict[str, Any]:
    told = {"error_title": title, "error_message": message, "input_title": title, "input_message": message}
    if isinstance(rule, tuple):
        return {"validate": "list", "source": list(rule), **told}
    if rule.startswith(("=OR(", "=AND(")):
        return {"validate": "custom", "value": rule, **told}
    return {"validate": "list", "source": rule, **told}


def _conditional(mark: Mark, red: Any, bold: Any) -> dict[str, Any]:
    if mark.kind == "bar":
        ends = {"max_type": "num", "max_value": mark.most} if mark.most is not None else {}
        return {
            "type": "data_bar",
            "bar_color": "#5B9BD5",
            "bar_solid": True,
            "data_bar_2010": True,
            "min_type": "num",
            "min_value": 0,
            **ends,
        }
    return {"type": "formula", "criteria": mark.rule, "format": red if mark.kind == "red" else bold}

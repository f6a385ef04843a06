"""OpenDocument spreadsheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbooks import LESS, fault, likely, ods, ods_row, read

HEADER = ods_row("Option", "Cost", "Reach")
ROWS = ods_row("East", 12.5, 3) + ods_row("Mole", 30, 7) + ods_row("As is", 0, 1)


def cell(kind: str, value: str = "", text: str = "", more: str = "") -> str:
    name = {"boolean": "boolean-value", "date": "date-value", "time": "time-value"}.get(kind, "value")
    said = f'office:{name}="{value}"' if value else ""
    return f'<table:table-cell office:value-type="{kind}" {said} {more}><text:p>{text}</text:p></table:table-cell>'


def with_score(score: str) -> bytes:
    return ods(HEADER + ods_row("East", score, 3) + ods_row("Mole", 30, 7))


def test_a_bare_matrix_is_read() -> None:
    assert likely(read("a.ods", ods(HEADER + ROWS))) == [[12.5, 3], [30, 7], [0, 1]]


@pytest.mark.parametrize("shown", ["WAHR", "VRAI", "TRUE"])
def test_a_truth_value_is_what_the_file_says_and_not_what_it_shows(shown: str) -> None:
    found = fault("a.ods", with_score(cell("boolean", "true", shown)))
    assert (found.code, "TRUE" in found.message) == ("score-is-truth", True)


@pytest.mark.parametrize(("kind", "value"), [("time", "PT30H00M00S"), ("date", "2026-05-12")])
def test_dates_and_durations_beyond_a_day_are_no_scores(kind: str, value: str) -> None:
    found = fault("a.ods", with_score(cell(kind, value, "shown")))
    assert (found.code, value in found.message) == ("score-is-date", True)


def test_a_line_break_in_a_name_is_a_space() -> None:
    words = '<text:p>East<text:line-break/>quay</text:p><text:p>two<text:s text:c="3"/>miles</text:p>'
    broken = f'<table:table-cell office:value-type="string">{words}</table:table-cell>'
    assert (
        read("a.ods", ods(HEADER + ods_row(broken, 1, 2) + ods_row("Mole", 3, 4))).options[0].title
        == "East quay two miles"
    )


def test_percentages_and_currencies_are_numbers() -> None:
    rows = ods_row("East", cell("currency", "12.50", "12,50 €"), cell("percentage", "0.07", "7%"))
    matrix = read("a.ods", ods(HEADER + rows + ods_row("Mole", 30, cell("percentage", "0.5", "50%"))))
    assert likely(matrix) == [[12.5, 7], [30, 50]]


def test_errors_and_formulas_without_results_are_refused_by_cell() -> None:
    error = cell("string", "", "#DIV/0!", 'table:formula="of:=1/0" calcext:value-type="error"')
    assert fault("a.ods", with_score(error)).code == "cell-error"
    assert fault("a.ods", with_score('<table:table-cell table:formula="of:=1+1"/>')).code == "uncalculated"


def test_notes_of_cells_are_not_their_text() -> None:
    noted = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>A comment</text:p></office:annotation>'
        "<text:p>East</text:p></table:table-cell>"
    )
    assert read("a.ods", ods(HEADER + ods_row(noted, 1, 2) + ods_row("Mole", 3, 4))).options[0].title == "East"


def test_repeated_empty_rows_and_columns_are_not_built() -> None:
    filler = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    assert len(read("a.ods", ods(HEADER + ROWS + filler)).options) == 3


def test_repeated_cells_with_values_are() -> None:
    same = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="4"><text:p>4</text:p></table:table-cell>'  # noqa: E501
    assert likely(read("a.ods", ods(HEADER + ods_row("East", same) + ods_row("Mole", 1, 2))))[0] == [4, 4]


def test_repeated_values_without_end_are_refused() -> None:
    bomb = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="4"/></table:table-row>'  # noqa: E501
    assert fault("a.ods", ods(HEADER + bomb)).code == "too-large"


def test_hidden_sheets_rows_and_columns() -> None:
    hidden = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    row = ods_row("Mole", 30, 7, attributes='table:visibility="filter"')
    matrix = read("a.ods", ods(hidden + HEADER + ods_row("East", 1, 2) + row))
    assert "hidden row of Scores, read as if shown: 3" in matrix.read
    assert "hidden columns of Scores, read as if shown: B, C" in matrix.read
    styles = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    raw = ods(HEADER + ROWS, styles, 'Scores" table:style-name="ta1')
    assert fault("a.ods", raw).code == "no-matrix"
    assert len(read("a.ods", raw, replace(LESS, sheet="Scores")).options) == 3


def test_merged_cells_across_options_are_refused_by_cell() -> None:
    spanned = '<table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="4"><text:p>4</text:p></table:table-cell>'  # noqa: E501
    covered = "<table:covered-table-cell/>"
    found = fault("a.ods", ods(HEADER + ods_row("East", spanned, 3) + ods_row("Mole", covered, 7)))
    assert (found.code, found.message[:10]) == ("merged", "Scores!B2:")


def test_a_password_is_named() -> None:
    manifest = {"META-INF/manifest.xml": b"<manifest><file-entry><encryption-data/></file-entry></manifest>"}
    assert fault("a.ods", ods(HEADER + ROWS, more=manifest)).code == "password"


def test_macros_are_neither_read_nor_run() -> None:
    matrix = read("a.ods", ods(HEADER + ROWS, more={"Basic/Standard/Module1.xml": b"<a/>"}))
    assert "the macros of the spreadsheet are neither read nor run" in matrix.read

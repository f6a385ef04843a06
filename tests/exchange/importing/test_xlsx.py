"""Excel workbooks: the kinds of cells, and which cells are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from workbooks import LESS, fault, faults, likely, read, repacked, xlsx


def changed(**cells: Any) -> bytes:
    """The usual sheet with some cells as given."""

    def change(book: Any) -> None:
        for name, value in cells.items():
            book["Scores"][name] = value

    return xlsx(change=change)


def test_a_bare_matrix_is_read_with_its_cells() -> None:
    matrix = read("a.xlsx", xlsx())
    assert likely(matrix) == [[12.5, 3], [30, 7], [0, 1]]
    assert [(one.id, one.direction) for one in matrix.criteria] == [
        ("cost", "less-is-better"),
        ("reach", "more-is-better"),
    ]
    assert [str(one.at) for one in matrix.options] == ["Scores!A2", "Scores!A3", "Scores!A4"]
    assert any(line.startswith("Scores!A1:C4: options in rows") for line in matrix.read)


@given(
    st.lists(
        st.lists(st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9), min_size=2, max_size=2), min_size=1, max_size=6
    )
)
def test_numbers_come_back_equal(rows: list[list[float]]) -> None:
    """To the 16 digits written by openpyxl."""
    rows = [*rows, [0.1, 0.2], [-1, 2]]
    table = [("Option", "Cost", "Reach"), *((f"option {n}", *row) for n, row in enumerate(rows))]
    for got, given_ in zip(likely(read("a.xlsx", xlsx(table))), rows, strict=True):
        assert got == pytest.approx(given_, rel=1e-14, abs=0)


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"])
def test_error_cells_are_refused_by_cell(error: str) -> None:
    found = fault("a.xlsx", changed(B3=error))
    assert (found.code, found.message) == ("cell-error", f"Scores!B3: the cell has the error {error}")
    assert (found.place and found.place.line, found.place and found.place.column) == (3, 2)


def test_a_formula_that_nobody_has_calculated_is_refused_by_cell() -> None:
    found = fault("a.xlsx", changed(B3="=B2*2"))
    assert (found.code, found.message[:10]) == ("uncalculated", "Scores!B3:")
    assert "LibreOffice" in found.remedy


def calculated(result: str) -> bytes:
    """A formula with a stored result, which openpyxl does not write."""

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"<v></v>", b"").replace(b"<v />", b"").replace(b"</f>", f"</f><v>{result}</v>".encode())

    return repacked(changed(B3="=B2*2"), change)


def test_a_formula_with_a_result_is_its_result() -> None:
    assert likely(read("a.xlsx", calculated("25")))[1] == [25, 7]


def test_a_formula_of_the_result_0_is_read_with_a_warning() -> None:
    matrix = read("a.xlsx", calculated("0"))
    assert likely(matrix)[1] == [0, 7]
    assert any("Scores!B3" in line and line.startswith("warning: ") for line in matrix.read)


def test_text_that_looks_like_a_number_is_refused_by_cell_below_row_100_too() -> None:
    rows = [("Option", "Cost", "Reach"), *((f"option {n}", n, n) for n in range(120)), ("last", "12", 4)]
    found = fault("a.xlsx", xlsx(rows))
    assert (found.code, found.message[:12]) == ("number-as-text", "Scores!B122:")


def test_ids_stay_text() -> None:
    rows = [("Option", "Cost", "Reach"), ("001", 1, 2), (2, 3, 4), ("1e3", 5, 6)]
    assert [one.title for one in read("a.xlsx", xlsx(rows)).options] == ["001", "2", "1e3"]


def percentages(number_format: str = "0%", header: str = "Cost") -> bytes:
    def change(book: Any) -> None:
        for row in (2, 3, 4):
            book["Scores"].cell(row, 2).number_format = number_format

    return xlsx([("Option", header, "Reach"), ("East", 0.25, 3), ("Mole", 0.07, 7), ("As is", 0, 1)], change)


def test_a_percent_format_means_a_fraction() -> None:
    matrix = read("a.xlsx", percentages())
    assert [row[0] for row in likely(matrix)] == [25, 7, 0]  # not 7.000000000000001
    assert matrix.criteria[0].unit == "per cent"


@pytest.mark.parametrize("number_format", ['0"%"', r"0\%", "General"])
def test_a_sign_that_is_only_shown_is_no_percentage(number_format: str) -> None:
    assert [row[0] for row in likely(read("a.xlsx", percentages(number_format)))] == [0.25, 0.07, 0]


@pytest.mark.parametrize(("percent", "expected"), [("points", 0.25), ("fractions", 25)])
def test_bare_numbers_under_a_percent_header_are_asked_about(percent: Any, expected: float) -> None:
    raw = percentages("General", "Cost (%)")
    found = fault("a.xlsx", raw)
    assert (found.code, found.message[:10]) == ("percent-ambiguous", "Scores!B1:")
    assert "--percent" in found.remedy
    assert likely(read("a.xlsx", raw, replace(LESS, percent=percent)))[0][0] == expected


def test_the_text_25_per_cent_is_refused_as_text() -> None:
    assert fault("a.xlsx", changed(B3="25%")).code == "number-as-text"


def test_escapes_of_characters_are_decoded() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"East quay", b"East_x0020_quay_x005F_x").replace(b"New mole", b"New_x000D_\nmole")

    assert [one.title for one in read("a.xlsx", repacked(xlsx(), change)).options][:2] == ["East quay_x", "New mole"]


def test_hidden_characters_are_refused_by_cell() -> None:
    found = fault("a.xlsx", changed(A3="New\u202emole"))
    assert (found.code, found.message[:10]) == ("hidden-character", "Scores!A3:")


@pytest.mark.parametrize("value", [date(2026, 5, 12), timedelta(hours=30), True])
def test_dates_durations_and_truth_values_are_no_scores(value: object) -> None:
    assert fault("a.xlsx", changed(B3=value)).code in {"score-is-date", "score-is-truth"}


def test_dates_of_1904_workbooks_are_right() -> None:
    def change(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        book["Scores"]["A3"] = date(2026, 5, 12)

    assert read("a.xlsx", xlsx(change=change)).options[1].title.startswith("2026-05-12")


def test_a_strict_workbook_is_named_and_not_called_empty() -> None:
    def change(name: str, part: bytes) -> bytes:
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return part.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main")

    found = fault("a.xlsx", repacked(xlsx(), change))
    assert (found.code, "Strict Open XML" in found.message) == ("strict-workbook", True)


def test_hidden_sheets_rows_and_columns_are_named() -> None:
    def change(book: Any) -> None:
        book.copy_worksheet(book["Scores"]).sheet_state = "veryHidden"
        book.create_sheet("Notes")["A1"] = "From the survey"
        book["Scores"].row_dimensions[3].hidden = True
        book["Scores"].column_dimensions["C"].hidden = True

    matrix = read("a.xlsx", xlsx(change=change))
    assert len(matrix.options) == 3
    assert "hidden row of Scores, read as if shown: 3" in matrix.read
    assert "hidden column of Scores, read as if shown: C" in matrix.read
    assert matrix.left_out == ('sheet "Scores Copy": it is hidden', 'sheet "Notes": there is no table of scores in it')


def test_two_sheets_that_could_be_the_matrix_are_asked_about() -> None:
    raw = xlsx(change=lambda book: book.copy_worksheet(book["Scores"]))
    found = fault("a.xlsx", raw)
    assert found.code == "sheets-several"
    assert '"Scores" (Scores!A1:C4), "Scores Copy"' in found.message
    assert len(read("a.xlsx", raw, replace(LESS, sheet="scores copy")).options) == 3
    assert fault("a.xlsx", raw, replace(LESS, sheet="Other")).code == "sheet-unknown"


def test_a_hidden_sheet_is_read_where_it_is_named() -> None:
    def change(book: Any) -> None:
        book.create_sheet("Front")["A1"] = "See the other"
        book["Scores"].sheet_state = "hidden"

    raw = xlsx(change=change)
    assert '"Scores"' in fault("a.xlsx", raw).message
    assert len(read("a.xlsx", raw, replace(LESS, sheet="Scores")).options) == 3


@pytest.mark.parametrize(("merged", "cell"), [("B2:B3", "Scores!B2"), ("A3:A4", "Scores!A3"), ("B3:C3", "Scores!B3")])
def test_merged_cells_among_scores_are_refused_by_cell(merged: str, cell: str) -> None:
    found = faults("a.xlsx", xlsx(change=lambda book: book["Scores"].merge_cells(merged)))
    assert ("merged", True) in [(one.code, one.message.startswith(f"{cell}: ")) for one in found]


def test_a_merged_header_is_the_name_of_its_columns() -> None:
    rows = [
        ("Option", "Cost", None, None, "Reach"),
        (None, "low", "likely", "high", None),
        ("East", 1, 2, 3, 3),
        ("Mole", 4, 5, 6, 7),
    ]
    matrix = read("a.xlsx", xlsx(rows, lambda book: book["Scores"].merge_cells("B1:D1")))
    assert [(score.low, score.likely, score.high) for score, _ in matrix.scores] == [(1, 2, 3), (4, 5, 6)]


def test_styles_of_empty_cells_are_no_scores() -> None:
    def change(book: Any) -> None:
        book["Scores"]["K40"].font = Font(bold=True)

    assert len(read("a.xlsx", xlsx(change=change)).options) == 3


def test_the_library_is_imported_only_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    raw = b""
    with monkeypatch.context() as patch:
        patch.setitem(__import__("sys").modules, "openpyxl", openpyxl)
        raw = xlsx()
    from workbooks import read as again

    with pytest.raises(Exception, match="needs openpyxl") as caught:
        again("a.xlsx", raw)
    assert caught.value.faults[0].code == "extra-missing"  # type: ignore[attr-defined]
    assert caught.value.faults[0].remedy == 'pip install "policy-options[office]"'  # type: ignore[attr-defined]


def test_ids_that_differ_in_case_only_are_refused_by_cell() -> None:
    found = fault("a.xlsx", changed(A4="east QUAY"))
    assert (found.code, found.message[:10]) == ("names-alike", "Scores!A4:")
    assert "Scores!A2" in found.message


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert [one.code for one in faults("a.xlsx", changed(B2="12", B3="#N/A", C4="much"))] == [
        "number-as-text",
        "cell-error",
        "score-is-text",
    ]

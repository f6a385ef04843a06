"""CSV as written by spreadsheets of many countries."""

from __future__ import annotations

import codecs
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.exchange.importing.numbers import Ambiguous, Number, looks_like_a_number, read_number
from workbooks import LESS, csv, fault, faults, likely, read


def test_semicolons_with_decimal_commas_are_read_and_said() -> None:
    matrix = read("a.csv", csv("Option;Cost;Reach", "East;12,5;3", "Mole;30;7", "As is;0;1,25"))
    assert likely(matrix) == [[12.5, 3], [30, 7], [0, 1.25]]
    assert any("separated by semicolons" in line for line in matrix.read)
    assert any("B2 (12,5) shows" in line for line in matrix.read)


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_sep_line_is_skipped_and_cells_keep_their_numbers(mark: str) -> None:
    raw = csv(mark, "Option;Cost;Reach", "East;x;3", "Mole;30;7", "As is;0;1")
    assert fault("a.csv", raw).message.startswith("B3: ")
    assert likely(read("a.csv", raw.replace(b";x;", b";4;")))[0] == [4, 3]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-8", b""),
    ],
)
def test_encodings_that_excel_writes(encoding: str, mark: bytes) -> None:
    raw = mark + csv("Option\tCost\tReach", "Größe\t1,5\t3", "Mole\t2\t7", encoding=encoding)
    matrix = read("a.csv", raw)
    assert [one.title for one in matrix.options] == ["Größe", "Mole"]
    assert likely(matrix) == [[1.5, 3], [2, 7]]


def test_an_older_encoding_is_refused_by_line() -> None:
    found = fault("a.csv", csv("Option;Cost", "Größe;1", "Mole;2", encoding="cp1252"))
    assert (found.code, found.place and found.place.line) == ("not-utf-8", 2)
    assert "CSV UTF-8" in found.remedy


@pytest.mark.parametrize("written", ["1,234", "1.234", "-1.234"])
def test_a_number_that_could_be_two_names_its_cell_and_asks(written: str) -> None:
    raw = csv("Option;Cost;Reach", f"East;{written};3", "Mole;30;7")
    found = fault("a.csv", raw)
    assert found.code == "number-ambiguous"
    assert found.message.startswith("B2: ")
    assert "--decimal" in found.remedy
    sign = 1 if written[0] != "-" else -1
    with_comma = likely(read("a.csv", raw, replace(LESS, decimal=",")))[0][0]
    with_point = likely(read("a.csv", raw, replace(LESS, decimal=".")))[0][0]
    assert {with_comma, with_point} == {sign * 1234, sign * 1.234}


def test_a_quoted_thousand_in_an_english_file_is_ambiguous_and_a_point_is_not() -> None:
    assert fault("a.csv", csv("Option,Cost,Reach", 'East,"1,234",3', "Mole,30,7")).code == "number-ambiguous"
    matrix = read("a.csv", csv("Option,Cost,Reach", "East,1.234,3", "Mole,30,7"))
    assert likely(matrix)[0][0] == 1.234
    assert any("commas separate the fields" in line for line in matrix.read)


@pytest.mark.parametrize(
    "written", ["1\u00a0234,5", "1\u202f234,5", "1'234.5", "1’234.5", "1.234,5", "1,234.5", "1234.5"]
)
def test_thousands_separators_of_many_countries(written: str) -> None:
    assert likely(read("a.csv", csv("Option;Cost;Reach", f"East;{written};3", "Mole;30;7")))[0][0] == 1234.5


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"])
def test_typeset_minus_signs(minus: str) -> None:
    assert likely(read("a.csv", csv("Option;Cost;Reach", f"East;{minus}2,5;3", "Mole;30;7")))[0][0] == -2.5


@pytest.mark.parametrize("percent", ["25%", "25 %", "25\u00a0%", "25\u202f%"])
def test_percent_cells_are_as_shown(percent: str) -> None:
    matrix = read("a.csv", csv("Option;Cost;Reach", f"East;{percent};3", "Mole;30%;7"))
    assert likely(matrix) == [[25, 3], [30, 7]]
    assert matrix.criteria[0].unit == "per cent"


def test_percentages_and_bare_numbers_in_one_column_are_refused_by_cell() -> None:
    found = fault("a.csv", csv("Option;Cost;Reach", "East;25%;3", "Mole;0.3;7"))
    assert (found.code, found.message[:3]) == ("percent-mixed", "B3:")


def test_two_decimal_signs_are_refused_with_both_cells() -> None:
    found = fault("a.csv", csv("Option;Cost;Reach", "East;12,5;3", "Mole;12.5;7"))
    assert found.code == "decimal-mixed"
    assert "B2" in found.message and "B3" in found.message


def test_a_row_with_a_field_too_many_is_refused_and_shifts_nothing() -> None:
    found = fault("a.csv", csv("Option,Cost,Reach", "East,12,3", "As is,0,1", "Mole, big,30,7"))
    assert (found.code, found.message[:3]) == ("row-too-long", "D4:")


def test_a_wrong_group_is_no_number() -> None:
    found = fault("a.csv", csv("Option;Cost;Reach", "East;1.23.456;3", "Mole;12,5;7"))
    assert (found.code, found.message[:3]) == ("number-unreadable", "B2:")


def test_words_dates_and_errors_stay_what_they_are() -> None:
    """DuckDB reads yes and no as truth values, 03/04/2026 as 3 April; agate takes names for dates."""
    raw = csv("Option,Cost,Reach", "2026-03-01,12,#DIV/0!", "1e3,5,03/04/2026", "No,7,yes")
    assert [found.code for found in faults("a.csv", raw)] == ["cell-error", "score-is-text", "score-is-text"]
    matrix = read("a.csv", csv("Option,Cost,Reach", "2026-03-01,12,1", "001,5,2", "No,7,3"))
    assert [one.title for one in matrix.options] == ["2026-03-01", "001", "No"]


def test_what_separates_the_fields_is_asked_where_it_cannot_be_told() -> None:
    found = fault("a.csv", csv("Option", "East", "Mole"))
    assert found.code == "separator"
    assert "sep=" in found.remedy


def test_tabs_and_quoted_line_breaks() -> None:
    matrix = read("a.tsv", csv("Option\tCost\tReach", '"East\nquay"\t1\t3', "Mole\t2\t7"))
    assert matrix.options[0].title == "East quay"


def test_unclosed_quotation_marks_are_refused_by_line() -> None:
    assert fault("a.csv", b'Option,Cost\nEast,1\n"Mole,2\n').code == "csv"


@given(st.floats(-1e12, 1e12).map(lambda n: round(n, 3)), st.sampled_from([",", "."]))
def test_every_number_is_read_as_it_was_written(number: float, decimal: str) -> None:
    written = f"{number:.3f}".replace(".", decimal)
    found = read_number(written, decimal)  # type: ignore[arg-type]
    assert found == Number(float(f"{number:.3f}"))
    unsure = read_number(written, None)
    assert unsure == found or isinstance(unsure, Ambiguous)


LOCALES = [
    (";", ",", "."),
    (";", ",", "\u00a0"),
    (",", ".", ""),
    ("\t", ",", "\u202f"),
    (";", ".", "'"),
    ("\t", ".", ","),
]


@given(
    st.lists(st.lists(st.floats(-1e6, 1e6).map(lambda n: round(n, 2)), min_size=2, max_size=2), min_size=2, max_size=8),
    st.sampled_from(LOCALES),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_matrix_written_in_any_locale_is_read_back(
    rows: list[list[float]], locale: tuple[str, str, str], encoding: str
) -> None:
    separator, decimal, group = locale

    def written(number: float) -> str:
        text = f"{number:,.2f}"
        return text.translate({ord(","): group, ord("."): decimal}).replace("\0", "")

    rows = [[0.5, 1.5], *rows, [12.25, -3.75]]
    lines = [separator.join(["Option", "Cost", "Reach"])]
    lines += [separator.join([f"option {n}", *map(written, row)]) for n, row in enumerate(rows)]
    assert likely(read("a.csv", csv(*lines, encoding=encoding))) == rows


@pytest.mark.parametrize("text", ["12", "1,5", "-3", "25%", "1 000", "\u22124", "1e3", "1.234.567,8"])
def test_what_a_person_takes_for_a_number(text: str) -> None:
    assert looks_like_a_number(text)


@pytest.mark.parametrize("text", ["", "12 m", "East", "1-2", "2026-03-01", "1/4", "--", ".", "٣ or so"])
def test_what_a_person_does_not_take_for_a_number(text: str) -> None:
    assert not looks_like_a_number(text)

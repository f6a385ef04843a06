"""Numbers that programs wrote: in ASCII digits, and as they are, or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policy_options.exchange.importing.ahp_yaml import number_in
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.numbers import exact_number, read_number, times
from policy_options.exchange.importing.safe_xml import element_tree
from policy_options.exchange.importing.xmcda_values import number_of
from workbooks import LESS, fault, faults, likely, ods, ods_row, read, repacked, xlsx

ODD = ["1_000", "\uff11", "\u0663", "1e-400", "-0.0e-999x", "1e999", "inf", "nan", "0x10", "1,5", "", "1" + "0" * 400]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1.0), (" -2.5e3\n", -2500.0), ("+.5", 0.5), ("0e-999", 0.0), ("-0", 0.0), ("5e-324", 5e-324), ("1.", 1.0)],
)
def test_numbers_are_read_exactly(text: str, number: float) -> None:
    assert exact_number(text) == number


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_number_or_would_become_another_is_none(text: str) -> None:
    assert exact_number(text) is None
    assert number_in(text) is None
    real = element_tree(f"<real>{text}</real>".encode(), "a.xml")
    assert number_of(real) is None


def test_ratios_and_notations_of_people_lose_nothing_either() -> None:
    assert read_number("1e-400", ".") is None
    parts = [f"<rational><numerator>{n}</numerator><denominator>{d}</denominator></rational>" for n, d in
             (("1e-300", "1e300"), ("1e300", "1e-300"), ("1", "0"), ("1", "4"), ("0", "4"))]  # fmt: skip
    assert [number_of(element_tree(part.encode(), "a.xml")) for part in parts] == [None, None, None, 0.25, 0.0]
    assert number_in("\uff11/2") is None and number_in("1/4") == 0.25


def test_a_factor_counts_as_in_decimal_writing() -> None:
    assert times(0.07, 100) == 7.0
    assert times(1.7e308, 100) is None


@pytest.mark.parametrize("kind", ["float", "percentage", "currency"])
@pytest.mark.parametrize("text", ["1_000", "\uff11", "1e-400", "1e999999", "sNaN", "-Infinity", "1e307000"])
def test_a_spreadsheet_with_such_a_number_is_refused_by_cell(kind: str, text: str) -> None:
    odd = f'<table:table-cell office:value-type="{kind}" office:value="{text}"/>'
    found = fault("a.ods", ods(ods_row("Option", "reach") + ods_row("A", odd) + ods_row("B", 3)))
    assert found.code == "number-unreadable"
    assert "is no number that can be calculated with" in found.message
    assert "Scores!B2" in found.message or "Scores!B2" in str(found)


def test_a_percentage_beyond_all_numbers_is_refused_by_cell() -> None:
    odd = '<table:table-cell office:value-type="percentage" office:value="1.7e308"/>'
    assert (
        fault("a.ods", ods(ods_row("Option", "reach") + ods_row("A", odd) + ods_row("B", 3))).code
        == "number-unreadable"
    )


@pytest.mark.parametrize("text", ["1_000", "\uff11", "1e-400", "1" + "0" * 400])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_workbook_with_such_a_number_is_refused_by_cell(text: str, prefix: str) -> None:
    rows = [("Option", "reach", "cost"), ("A", 77, 1), ("B", 3, 2)]

    def change(name: str, part: bytes) -> bytes:
        if prefix and name == "xl/worksheets/sheet1.xml":
            part = part.replace(
                b"<v>77</v>", b"<x:v xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>77</x:v>"
            )
        return part.replace(b">77<", f">{text}<".encode())

    found = fault("a.xlsx", repacked(xlsx(rows), change))
    assert (found.code, "B2" in str(found)) == ("number-unreadable", True)


def test_numbers_of_workbooks_are_read_in_every_notation() -> None:
    rows = [("Option", "reach", "cost"), ("A", 77, 1e-20), ("B", 3, 2)]
    raw = repacked(xlsx(rows), lambda _, part: part.replace(b"<v>77</v>", b"<v> 7.7E+001 </v>"))
    assert likely(read("a.xlsx", raw))[0] == [77.0, 1e-20]


def test_a_percentage_or_fraction_that_no_number_holds_names_its_cell() -> None:
    def percent(book: Any) -> None:
        book["Scores"]["B2"].number_format = "0%"

    rows = [("Option", "reach"), ("A", 1.7e308), ("B", 3)]
    codes = {one.code for one in faults("a.xlsx", xlsx(rows, percent))}
    assert "number-unreadable" in codes
    rows = [("Option", "reach (%)"), ("A", 1.7e308), ("B", 3)]
    asked = Asked(less_is_better=LESS.less_is_better, percent="fractions")
    found = fault("a.xlsx", xlsx(rows), asked)
    assert (found.code, "B2" in str(found)) == ("number-unreadable", True)


@pytest.mark.parametrize("written", ["1e-400", "1" + "0" * 400, "1e999"])
def test_a_problem_with_such_a_number_is_refused(written: str) -> None:
    problem = {
        "schemaVersion": "1.4.5",
        "title": "T",
        "criteria": {
            "g": {"title": "G", "dataSources": [{"id": "s", "unitOfMeasurement": {"type": "custom", "label": "u"}}]}
        },
        "alternatives": {"a": {"title": "A"}, "b": {"title": "B"}},
        "performanceTable": [
            {
                "criterion": "g",
                "dataSource": "s",
                "alternative": one,
                "performance": {"effect": {"type": "exact", "value": 7}},
            }
            for one in "ab"
        ],
    }
    raw = json.dumps(problem).replace('"value": 7', f'"value": {written}', 1).encode()
    assert faults("problem.json", raw)

from __future__ import annotations

from math import nan

import pytest

from policy_options.wording.numbers import Numbers, machine
from policy_options.wording.plain import clip, printable, width


@pytest.mark.parametrize(
    ("number", "places", "signed", "text"),
    [
        (1234.56, 1, False, "1,234.6"),
        (-0.04, 1, True, "0.0"),
        (0.04, 1, True, "0.0"),
        (2.45, 1, True, "+2.5"),
        (-3.26, 1, False, "−3.3"),
        (None, 1, False, "–"),
        (nan, 1, True, "–"),
        (12.0, 0, False, "12"),
    ],
)
def test_fixed(number: float | None, places: int, signed: bool, text: str) -> None:
    assert Numbers().fixed(number, places, signed=signed) == text


def test_a_language_may_write_numbers_its_own_way() -> None:
    assert Numbers(",", ".").fixed(1234567.89, 2) == "1.234.567,89"
    assert Numbers(",", "\u202f").quantity(0.125) == "0,125"


@pytest.mark.parametrize(("share", "text"), [(0.14, "14%"), (1 / 3, "33.3%"), (0.0, "0%"), (1.0, "100%"), (nan, "–")])
def test_percent(share: float, text: str) -> None:
    assert Numbers().percent(share) == text


@pytest.mark.parametrize(
    ("number", "text"), [(4.0, "4"), (6.5, "6.5"), (12000.0, "12,000"), (-1.25, "−1.25"), (1e-9, "1e-09")]
)
def test_quantity_keeps_the_digits_that_were_given(number: float, text: str) -> None:
    assert Numbers().quantity(number) == text


def test_machine_numbers_have_twelve_significant_digits() -> None:
    assert machine(1 / 3) == 0.333333333333
    assert machine(2.0) == 2
    assert isinstance(machine(2.0), int)
    assert machine(nan) is None
    assert machine(-0.0) == 0


def test_printable_shows_what_would_steer_a_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\x07") == "a\ufffd[31mb\ufffdc\ufffd"
    assert printable("two\nlines") == "two\nlines"


def test_width_counts_columns() -> None:
    assert width("abc") == 3
    assert width("中亚") == 4
    assert width("e\u0301") == 1
    assert clip("中亚合作", 5) == "中亚…"
    assert clip("short", 9) == "short"


def test_rounding_errors_alone_never_make_two_numbers_of_one_and_a_half_goes_up() -> None:
    english = Numbers()
    for nearly in (3.15, 3.1499999999999986, 3.1500000000000004):
        assert english.points(nearly) == "3.2"
    assert english.points(-3.1499999999999986, signed=True) == "−3.2"
    assert (english.points(0.25), english.points(0.35), english.points(0.05), english.points(-0.04)) == (
        "0.3",
        "0.4",
        "0.1",
        "0.0",
    )
    assert english.fixed(1e300, 0).startswith("1,000,000")
    assert english.fixed(999_999_999_999.5, 0) == "1,000,000,000,000"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (59.832135591176154, "59.832135591176154"),
        (1234567.125, "1,234,567.125"),
        (123456789012345.0, "123,456,789,012,345"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-72.40000000000003, "−72.40000000000003"),
    ],
)
def test_a_given_figure_has_no_digit_that_was_not_given(number: float, text: str) -> None:
    written = Numbers().quantity(number)
    assert written == text
    assert float(written.replace(",", "").replace("−", "-")) == number


def test_a_computed_figure_prints_no_error_of_rounding() -> None:
    assert Numbers().computed(0.1 + 0.2) == "0.3"
    assert Numbers().computed(1 / 3) == "0.333333333333"
    assert Numbers().computed(nan) == "–"

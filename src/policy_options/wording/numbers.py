"""Rounding and formatting of numbers: for people by locale, for machines to 12 significant digits. This is the only
place.

Figures supplied by users are never rounded, for people or in CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isnan
from typing import Final

__all__ = ["DASH", "MACHINE_DIGITS", "Numbers", "machine"]

DASH: Final = "–"
MINUS: Final = "−"  # the minus sign is intended: it is as wide as a plus
MACHINE_DIGITS: Final = 12
_WHOLE_FROM: Final = Decimal(10) ** MACHINE_DIGITS  # beyond this, all published digits are whole


def machine(number: float) -> float | int | None:
    """A number as published in JSON and CSV: 12 significant digits; ``None`` if it is unknown."""
    if isnan(number):
        return None
    rounded = float(f"{number:.{MACHINE_DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number format of a language."""

    decimal_mark: str = "."
    grouping: str = ","
    percentage: str = "{}%"

    def fixed(self, number: float | None, places: int = 1, *, signed: bool = False) -> str:
        """A number with ``places`` decimals; a dash if it is unknown."""
        if number is None or isnan(number):
            return DASH
        # Rounded first as published, so that numbers which differ by rounding errors alone read the same; a half goes up.
        published = Decimal(f"{abs(number):.{MACHINE_DIGITS}g}")
        if published < _WHOLE_FROM:
            published = published.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = f"{published:,.{places}f}"
        zero = not text.strip("0.,")
        sign = "" if zero else MINUS if number < 0 else "+" if signed else ""
        return sign + self._marked(text)

    def _marked(self, text: str) -> str:
        """A number as Python writes it, with the signs of the language."""
        return text.replace(",", "\0").replace(".", self.decimal_mark).replace("\0", self.grouping)

    def points(self, number: float | None, *, signed: bool = False) -> str:
        """Value points, to a tenth."""
        return self.fixed(number, 1, signed=signed)

    def as_percent(self, written: str) -> str:
        """A number already formatted, as a percentage."""
        return self.percentage.replace("{}", written)

    def percent(self, share: float | None) -> str:
        """A share as a percentage, to a tenth if it is not whole."""
        if share is None or isnan(share):
            return DASH
        whole = abs(share * 100 - round(share * 100)) < 5e-4
        return self.as_percent(self.fixed(share * 100, 0 if whole else 1))

    def quantity(self, number: float | None) -> str:
        """A figure supplied by a person, with the digits supplied, up to the 17 of a 64-bit number."""
        if number is None or isnan(number):
            return DASH
        text = repr(abs(float(number))).removesuffix(".0")
        sign = MINUS if number < 0 else ""
        return sign + self._marked(text if "e" in text else f"{Decimal(text):,}")

    def computed(self, number: float | None) -> str:
        """A computed figure, with its published digits, so that no rounding error is printed."""
        return self.quantity(None if number is None else float(f"{number:.{MACHINE_DIGITS}g}"))

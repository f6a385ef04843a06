"""How numbers are rounded and written: for people by locale, for machines to 12 significant digits. Nowhere else.

Figures that were given are never rounded, for people or in CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isnan
from typing import Final

__all__ = ["DASH", "MACHINE_DIGITS", "Numbers", "machine"]

DASH: Final = "–"
MINUS: Final = "−"  # the minus sign is meant: it is as wide as a plus
MACHINE_DIGITS: Final = 12
_WHOLE_FROM: Final = Decimal(10) ** MACHINE_DIGITS  # beyond, all published digits are whole


def machine(number: float) -> float | int | None:
    """A number as published in JSON and CSV: 12 significant digits; ``None`` for one that is not known."""
    if isnan(number):
        return None
    rounded = float(f"{number:.{MACHINE_DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a language writes numbers."""

    decimal_mark: str = "."
    grouping: str = ","
    percentage: str = "{}%"

    def fixed(self, number: float | None, places: int = 1, *, signed: bool = False) -> str:
        """A number with so many places; a dash for one that is not known."""
        if number is None or isnan(number):
            return DASH
        # First as it is published, so that what differs by rounding errors alone does not read as two numbers; a half goes up.
        published = Decimal(f"{abs(number):.{MACHINE_DIGITS}g}")
        if published < _WHOLE_FROM:
            published = published.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = f"{published:,.{places}f}"
        zero = not text.strip("0.,")
        sign = "" if zero else MINUS if number < 0 else "+" if signed else ""
        return sign + self._marked(text)

    def _marked(self, text: str) -> str:
        """A number as Python writes it, with the marks of the language."""
        return text.replace(",", "\0").replace(".", self.decimal_mark).replace("\0", self.grouping)

    def points(self, number: float | None, *, signed: bool = False) -> str:
        """Value points, to a tenth."""
        return self.fixed(number, 1, signed=signed)

    def as_percent(self, written: str) -> str:
        """A number that is written already, as a percentage."""
        return self.percentage.replace("{}", written)

    def percent(self, share: float | None) -> str:
        """A share as a percentage, to a tenth where it is not whole."""
        if share is None or isnan(share):
            return DASH
        whole = abs(share * 100 - round(share * 100)) < 5e-4
        return self.as_percent(self.fixed(share * 100, 0 if whole else 1))

    def quantity(self, number: float | None) -> str:
        """A figure that somebody gave, with the digits that they gave, up to the 17 that a number of 64 bits holds."""
        if number is None or isnan(number):
            return DASH
        text = repr(abs(float(number))).removesuffix(".0")
        sign = MINUS if number < 0 else ""
        return sign + self._marked(text if "e" in text else f"{Decimal(text):,}")

    def computed(self, number: float | None) -> str:
        """A figure that we worked out, with the digits of it that are published, so that no error of rounding is printed."""
        return self.quantity(None if number is None else float(f"{number:.{MACHINE_DIGITS}g}"))

"""The contents of a workbook's cells: numbers and text, and a fault for anything else. The only module that knows
openpyxl.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any, Final

from policy_options.errors import Fault, Place, PolicyOptionsError
from policy_options.exchange.workbook.addresses import cell as cell_address
from policy_options.exchange.workbook.addresses import quoted_sheet
from policy_options.exchange.workbook.inputs import Key, plain_text

__all__ = ["NUMBER_LIKE", "REFUSED", "CellReader", "address_of", "as_typed", "load_book"]

NUMBER_LIKE: Final = re.compile(
    r"[-+\u2212]?[.,\u00a0\u202f' ]*+[0-9][0-9.,\u00a0\u202f' ]*+(?:[eE][-+]?[0-9]++)?\s*+%?\Z"
)
"""Text that people take for a number. Nothing is tried twice, so that it takes steps in proportion to the length."""
REFUSED: Final = object()
"""Placeholder for a value that was refused."""
_CONTROL: Final = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_SHIELDS: Final = (("_x005F_", "\ue0d5", "_"), ("x005F_", "\ue0d6", "x005F_"))
"""Escapes that openpyxl would drop from texts, their temporary stand-ins, and their meaning: an escaped underscore, or
itself.
"""


def load_book(raw: bytes, path: Path, *, results: bool = False) -> Any:
    """The workbook as openpyxl reads it: its formulas, or with ``results`` the results saved with them.

    Raises:
        PolicyOptionsError: openpyxl is not installed, or the file is damaged.
    """
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise PolicyOptionsError.of(
            "extra-missing",
            "a workbook is read by openpyxl, which is not installed",
            'pip install "policy-options[office]"',
        ) from error
    try:
        with warnings.catch_warnings():
            # The warnings are about parts that it does not keep, such as bars: nothing is written with it.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(_shielded(raw)), data_only=results)
    except Exception as error:  # a damaged file may raise anything
        raise PolicyOptionsError.of(
            "not-a-workbook",
            f"{path.name} is damaged: {type(error).__name__}",
            "open it and save it again as .xlsx",
            place=Place(path.name),
        ) from None


def _shielded(raw: bytes) -> bytes:
    """The workbook with escapes that openpyxl would drop shielded; usually there are no such escapes, and it is unchanged."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old:
        texts = [
            name for name in old.namelist() if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/sheet")
        ]
        found = {name: data for name in texts if b"x005F_" in (data := old.read(name))}
        if not found:
            return raw
        with zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                data = found.get(name) or old.read(name)
                for hidden, shield, _ in _SHIELDS if name in found else ():
                    data = data.replace(hidden.encode(), shield.encode())
                new.writestr(name, data)
    return stream.getvalue()


def as_typed(value: str) -> str:
    """A text as typed: the format writes control characters as _xHHHH_, and an underscore before text of that form too."""
    text = _CONTROL.sub(lambda found: chr(int(found[1], 16)), value)
    for _, shield, meant in _SHIELDS:
        text = text.replace(shield, meant)
    return text


def address_of(sheet: Any, row: int, column: int) -> str:
    """An address with its sheet; rows and columns are counted from 1, as in openpyxl."""
    return f"{quoted_sheet(sheet.title)}!{cell_address(row - 1, column - 1)}"


def _is_finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # an integer of hundreds of digits
        return False


class CellReader:
    """Values of cells; each one refused is recorded as a fault, so that all are reported together."""

    def __init__(self, name: str, raw: bytes) -> None:
        self._name = name
        self._raw = raw
        self._results: Any = None
        self.faults: list[Fault] = []

    def _fault(self, code: str, message: str, remedy: str, sheet: Any, at: tuple[int, int], ids: Key = ()) -> None:
        place = Place(f"{self._name}: {address_of(sheet, *at)}")
        self.faults.append(Fault(code, message, remedy, ids, place))

    def _number(self, sheet: Any, cell: Any, raw: Any, key: Key, base: Any) -> float | None:
        if raw is None:
            return None
        number = float(raw)
        if isinstance(base, float | int) and abs(number - base) <= 1e-14 * abs(base):
            return float(base)  # as saved by programs that keep 15 digits
        if "%" in (cell.number_format or "") and cell.data_type != "s":
            remedy = f"format the cell as a number, and type {number * 100:g} or {number:g}, whichever is meant"
            said = f"{number * 100:g}% is {number:g} in the cell, and either may be meant"
            self._fault("percent-cell", said, remedy, sheet, (cell.row, cell.column), key[1:])
            return None
        return number

    def _value(self, sheet: Any, cell: Any, key: Key) -> Any:
        """The content of a cell: nothing, a number or text; anything else is refused."""
        if cell is None or cell.value is None:
            return None
        value, kind = cell.value, cell.data_type
        if kind == "f":
            value = self._result(sheet, cell)
            if value is None:
                message = "a formula that was not calculated"
                remedy = "open the workbook in Excel or LibreOffice, and save it; or type the number"
                return self._refuse("formula-not-calculated", message, remedy, sheet, cell, key)
            kind = "e" if isinstance(value, str) and value.startswith("#") else kind
        if kind == "e":
            return self._refuse("error-cell", f"the cell has the error {value}", "correct it", sheet, cell, key)
        if isinstance(value, bool):
            return self._refuse("truth-value", "the cell has a truth value", "type a number or text", sheet, cell, key)
        if isinstance(value, date | time | timedelta):
            remedy = "format the cell as a number, and type it again"
            return self._refuse("date-cell", "the cell has a date or time", remedy, sheet, cell, key)
        if isinstance(value, str):
            return plain_text(as_typed(value)) or None
        if isinstance(value, int | float) and _is_finite(value):
            return value
        return self._refuse("odd-cell", "the cell has no number or text", "type it again", sheet, cell, key)

    def _refuse(self, code: str, message: str, remedy: str, sheet: Any, cell: Any, key: Key) -> Any:
        self._fault(code, message, remedy, sheet, (cell.row, cell.column), key[1:])
        return REFUSED

    def _result(self, sheet: Any, cell: Any) -> Any:
        """The result saved with a formula; the book is read a second time for the first of them."""
        if self._results is None:
            self._results = load_book(self._raw, Path(self._name), results=True)
        return self._results[sheet.title][cell.coordinate].value

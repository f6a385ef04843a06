"""Recalculated workbooks: by LibreOffice if it is installed, and by a small evaluator of the functions in use."""

from __future__ import annotations

import math
import re
import shutil
import statistics
import subprocess
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

SOFFICE = shutil.which("soffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
"""LibreOffice shows the stored results of a workbook that states Excel as its origin, unless set to recalculate."""


def loaded(path: Path | BytesIO, *, results: bool = False) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=results)


def by_libreoffice(path: Path, to: Path) -> Any:
    """The workbook as LibreOffice calculates it."""
    assert SOFFICE is not None
    (to / "profile/user").mkdir(parents=True, exist_ok=True)
    (to / "profile/user/registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    subprocess.run(
        [
            *(SOFFICE, f"-env:UserInstallation={(to / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(to / "calculated"), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return loaded(to / "calculated" / path.name, results=True)


class NotAvailable(Exception):
    """#N/A, or another error of a formula."""


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<string>"(?:[^"]|"")*")
    |(?P<ref>(?:(?:'(?:[^']|'')+'|[A-Za-z]+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])
    |(?P<name>[A-Z]+)|(?P<op><=|>=|<>|[-+*/^&=<>(),]))""",
    re.VERBOSE,
)
_REF = re.compile(r"(?:(?:'((?:[^']|'')+)'|([A-Za-z]+))!)?(.+)")
_BINARY = (("=", "<>", "<=", ">=", "<", ">"), ("&",), ("+", "-"), ("*", "/"), ("^",))


class Evaluator:
    """The values of cells by their formulas; stored results are ignored."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.value = cache(self._value)

    def _value(self, sheet: str, cell: str) -> Any:
        held = self._book[sheet][cell]
        if held.data_type != "f":
            return held.value
        return _Formula(held.value[1:], sheet, self).result()

    def of(self, sheet: str, cell: str) -> Any:
        """The value of a cell, with errors as text."""
        try:
            return self.value(sheet, cell)
        except NotAvailable:
            return "#N/A"


class _Formula:
    def __init__(self, text: str, sheet: str, book: Evaluator) -> None:
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found, text[at:]
            self._tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            at = found.end()
        self._at = 0
        self._sheet, self._book = sheet, book

    def result(self) -> Any:
        value = self._parsed(0)()
        assert self._at == len(self._tokens)
        return value

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _parsed(self, level: int) -> Callable[[], Any]:
        if level == len(_BINARY):
            return self._unary()
        left = self._parsed(level + 1)
        while self._peek()[0] == "op" and self._peek()[1] in _BINARY[level]:
            sign = self._next()[1]
            left = _binary(sign, left, self._parsed(level + 1))
        return left

    def _unary(self) -> Callable[[], Any]:
        kind, text = self._next()
        if (kind, text) == ("op", "-"):
            inner = self._unary()
            return lambda: _each(lambda one: -_number(one), inner())
        if (kind, text) == ("op", "("):
            inside = self._parsed(0)
            assert self._next() == ("op", ")")
            return inside
        if kind == "number":
            return lambda: float(text)
        if kind == "string":
            return lambda: text[1:-1].replace('""', '"')
        if kind == "ref":
            return self._reference(text)
        assert kind == "name", text
        if text in ("TRUE", "FALSE"):
            return lambda: text == "TRUE"
        return self._call(text)

    def _reference(self, text: str) -> Callable[[], Any]:
        found = _REF.fullmatch(text)
        assert found
        sheet = (found[1] or found[2] or self._sheet).replace("''", "'")
        cells = found[3].replace("$", "")
        if ":" not in cells:
            return lambda: self._book.value(sheet, cells)
        names = _cells(cells)
        return lambda: [self._book.value(sheet, name) for name in names]

    def _call(self, name: str) -> Callable[[], Any]:
        assert self._next() == ("op", "(")
        arguments: list[Callable[[], Any]] = []
        widths: list[int] = []
        while self._peek() != ("op", ")"):
            start = self._at
            arguments.append(self._parsed(0))
            widths.append(_width(self._tokens[start][1]) if self._tokens[start][0] == "ref" else 1)
            if self._peek() == ("op", ","):
                self._next()
        self._next()
        if name == "INDEX" and len(arguments) == 3:
            return lambda: arguments[0]()[int(arguments[1]() - 1) * widths[0] + int(arguments[2]()) - 1]
        function = FUNCTIONS[name]
        return lambda: function(*arguments)


@cache
def _cells(area: str) -> list[str]:
    from openpyxl.utils import get_column_letter, range_boundaries

    left, top, right, bottom = range_boundaries(area)
    return [f"{get_column_letter(c)}{r}" for r in range(top, bottom + 1) for c in range(left, right + 1)]


def _width(reference: str) -> int:
    from openpyxl.utils import range_boundaries

    left, _, right, _ = range_boundaries(reference.rpartition("!")[2].replace("$", ""))
    return int(right - left + 1)


def _number(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise NotAvailable(value)
    return float(value)


def _each(function: Callable[[Any], Any], value: Any) -> Any:
    return [function(one) for one in value] if isinstance(value, list) else function(value)


def _binary(sign: str, left: Callable[[], Any], right: Callable[[], Any]) -> Callable[[], Any]:
    def one(a: Any, b: Any) -> Any:
        if sign == "&":
            return "".join("" if x is None else f"{x:g}" if isinstance(x, float) else str(x) for x in (a, b))
        if sign in ("=", "<>"):
            same = a == b if isinstance(a, str) == isinstance(b, str) or None in (a, b) else False
            return same if sign == "=" else not same
        x, y = _number(a), _number(b)
        if sign == "/" and y == 0:
            raise NotAvailable("#DIV/0!")
        results: dict[str, Callable[[], Any]] = {
            "+": lambda: x + y,
            "-": lambda: x - y,
            "*": lambda: x * y,
            "/": lambda: x / y,
            "^": lambda: x**y,
            "<": lambda: x < y,
            ">": lambda: x > y,
            "<=": lambda: x <= y,
            ">=": lambda: x >= y,
        }
        return results[sign]()

    def both() -> Any:
        a, b = left(), right()
        if isinstance(a, list) and isinstance(b, list):
            return [one(x, y) for x, y in zip(a, b, strict=True)]
        if isinstance(a, list):
            return [one(x, b) for x in a]
        return [one(a, y) for y in b] if isinstance(b, list) else one(a, b)

    return both


def _if(test: Any, yes: Any, no: Any = lambda: False) -> Any:
    return yes() if test() else no()


def _numbers(arguments: tuple[Any, ...]) -> Iterator[float]:
    for argument in arguments:
        value = argument()
        many = value if isinstance(value, list) else [value]
        yield from (float(one) for one in many if isinstance(one, float | int))


def _match(wanted: Any, among: Any, kind: Any) -> float:
    value, values = wanted(), among()
    if kind() == 0:
        for index, one in enumerate(values):
            if one == value and isinstance(one, str) == isinstance(value, str):
                return index + 1
        raise NotAvailable(value)
    return float(sum(one <= value for one in values))


def _sumproduct(*arguments: Any) -> float:
    columns = [[float(one) if isinstance(one, float | int) else 0.0 for one in argument()] for argument in arguments]
    return math.fsum(math.prod(row) for row in zip(*columns, strict=True))


def _or_else(value: Any, other: Any) -> Any:
    try:
        return value()
    except NotAvailable:
        return other()


def _fails(value: Any) -> bool:
    try:
        value()
    except NotAvailable:
        return True
    return False


def _raise() -> Any:
    raise NotAvailable("#N/A")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": _if,
    "AND": lambda *a: all(one() for one in a),
    "OR": lambda *a: any(one() for one in a),
    "NA": _raise,
    "IFERROR": _or_else,
    "ISERROR": _fails,
    "ISNUMBER": lambda a: _or_else(lambda: isinstance(a(), float | int), lambda: False),
    "ISBLANK": lambda a: a() is None,
    "ISTEXT": lambda a: _each(lambda one: isinstance(one, str), a()),
    "INDEX": lambda a, i: a()[int(i()) - 1],
    "MATCH": _match,
    "SUM": lambda *a: math.fsum(_numbers(a)),
    "SUMPRODUCT": _sumproduct,
    "MIN": lambda *a: min(_numbers(a)),
    "MAX": lambda *a: max(_numbers(a)),
    "LARGE": lambda a, k: sorted(a(), reverse=True)[int(k()) - 1],
    "AVERAGE": lambda *a: statistics.fmean(_numbers(a)),
    "MEDIAN": lambda *a: statistics.median(_numbers(a)),
    "GEOMEAN": lambda *a: statistics.geometric_mean(_numbers(a)),
    "ABS": lambda a: abs(a()),
    "SIGN": lambda a: math.copysign(1, a()) if a() else 0.0,
    "EXP": lambda a: math.exp(a()),
    "LN": lambda a: math.log(a()),
    "COSH": lambda a: math.cosh(a()),
}

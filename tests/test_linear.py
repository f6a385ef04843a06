"""Foreign text of any kind is read in steps in proportion to its length: what was tried twice took hours at these sizes."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options.dossier.texts.plain_text import of_markdown
from policy_options.exchange.importing.words import label_role
from policy_options.exchange.workbook.cell_values import NUMBER_LIKE

LONG: Final = """
from policy_options.dossier.texts.plain_text import of_markdown
from policy_options.dossier.writing import _BLOCK_HEADER
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing.asked import like
from policy_options.exchange.importing.grid import Cell, Grid, Kind, Merged
from policy_options.exchange.importing.words import bound_in, is_unclear, label_role, text_role
from policy_options.exchange.importing.xlsx import _NOT_IN_FORMAT, _ODD_NUMBER, _PREFIXED
from policy_options.exchange.workbook.cell_values import NUMBER_LIKE
from policy_options.dossier.texts.text import refuse_marks

N = 1_000_000
for text in ("# a" + " " * N + "b", "# " + "a #" * N + "b", "a\\n" + "=" * N + "b", "- " * N + "b", " " * N + "b"):
    of_markdown(text)
for text in ("1" * N + "x", " '" * N + "x", "1," * N + "x", "1" + " " * N + "x", "1e" + "1" * N + "x"):
    assert NUMBER_LIKE.match(text) is None
for text in ("a" + " " * N + "b", "(" * N, "a" + " (" * N + "b)", "c" + "-" * N + "b", "a" + " " * N + "(low)"):
    for read in (label_role, bound_in, text_role, is_unclear, like):
        read(text)
like("a" + "\\u0316\\u0300" * N)
_BLOCK_HEADER.match("| #" + " " * N + "x")
_NOT_IN_FORMAT.sub("", "[" * N)
_NOT_IN_FORMAT.sub("", chr(34) + "[" * N)
_ODD_NUMBER.search(b"<v>" + b"1" * N + b"x")
_PREFIXED.search(b"<" * N + b"a" * N)
try:
    refuse_marks("a" + "\\u0316\\u0300" * N)
except PolicyOptionsError as error:
    assert error.faults[0].code == "marks"
cells = {(row, column): Cell(Kind.NUMBER, "1", 1.0) for row in range(1, 2001) for column in range(1, 101)}
try:
    Grid("a.ods", "S", cells, tuple(Merged(1, 1, 10**7, 10**7) for _ in range(100_000))).merged_at()
except PolicyOptionsError as error:
    assert error.faults[0].code == "too-large"
print("done")
"""


def test_long_text_of_each_kind_takes_steps_in_proportion() -> None:
    done = subprocess.run([sys.executable, "-c", LONG], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == "done\n", done.stderr


_HEADING: Final = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*$")
_NUMBER: Final = re.compile(r"[-+\u2212]?[0-9.,\u00a0\u202f' ]*[0-9][0-9.,\u00a0\u202f' ]*(?:[eE][-+]?[0-9]+)?\s*%?\Z")
_BRACKET: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*\Z")


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text("#ab \n", max_size=12))
def test_headings_are_those_of_the_simple_expression(text: str) -> None:
    block = "#" + text.strip().replace("\n\n", "\n")
    wanted = _HEADING.fullmatch(block.strip())
    found = of_markdown(block).stated
    if "\n" not in block:
        assert [one.value for one in found] == ([wanted[1]] if wanted and wanted[1].strip() else [])


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text("-+1.,' e%x\u00a0\n", max_size=9))
def test_numbers_are_those_of_the_simple_expression(text: str) -> None:
    assert (NUMBER_LIKE.match(text) is None) == (_NUMBER.match(text) is None)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text("([)] :", max_size=6), st.text("([)] a", max_size=6))
def test_roles_are_those_of_the_simple_expression(before: str, after: str) -> None:
    label = f"unit{before}{after}"
    assert (label_role(label) == "unit") == (" ".join(_BRACKET.sub("", label).rstrip(" :").split()) == "unit")

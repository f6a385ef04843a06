"""The formats that ``new --from`` reads. To add one, write a module and add a line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from policy_options.dossier.files import collector_paused
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing.asked import Asked, listed
from policy_options.exchange.importing.disguises import refuse_disguised
from policy_options.exchange.importing.matrix import At, ImportedMatrix
from policy_options.exchange.importing.settling import settled

__all__ = ["FORMATS", "Format", "Source", "read_matrix"]

Source = tuple[str, bytes]
"""A file: its name in messages, and its bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the endings of its files, the function that reads it (as ``module:function``).

    ``sheets`` says that the function gives sheets, one of which is a table; ``several`` that one decision may be in
    several files.
    """

    title: str
    suffixes: tuple[str, ...]
    reader: str
    sheets: bool = False
    several: bool = False


FORMATS: Final = (
    Format("an Excel workbook", (".xlsx", ".xlsm", ".xltx", ".xls"), "xlsx:read_xlsx", sheets=True),
    Format("an OpenDocument spreadsheet", (".ods",), "ods:read_ods", sheets=True),
    Format("a CSV file", (".csv", ".tsv"), "csv_files:read_csv", sheets=True),
    Format("XMCDA", (".xml", ".xmcda"), "xmcda:read_xmcda", several=True),
    Format("a problem of mcda-elicitation-web", (".json",), "problem_json:read_problem"),
    Format("an AHP file of gluc/ahp", (".ahp",), "ahp:read_ahp"),
)


def read_matrix(sources: Sequence[Source], asked: Asked) -> ImportedMatrix:
    """The matrix of one file, or of several that belong together.

    Raises:
        PolicyOptionsError: the format is unknown (``format-unknown``), several files are not XMCDA (``files-several``),
            the content is of another format than the name says (``other-content``), and any errors of the format's
            reader and ``settled``.
    """
    names = [name for name, _ in sources]
    formats = {_format_of(name) for name in names}
    if len(sources) > 1 and (len(formats) > 1 or not next(iter(formats)).several):
        raise PolicyOptionsError(
            At(names[1]).fault("files-several", "only XMCDA is read from several files", "name one file with --from")
        )
    (form,) = formats
    for name, raw in sources:
        refuse_disguised(raw, name, form.title, form.suffixes[0])
    with collector_paused():  # a sheet is many small objects, all of which are kept until the end
        return settled(_read(form, sources, asked), asked)


def _read(form: Format, sources: Sequence[Source], asked: Asked) -> ImportedMatrix:
    module, _, function = form.reader.partition(":")
    read: Callable[..., object] = getattr(import_module(f"policy_options.exchange.importing.{module}"), function)
    if form.sheets:
        from policy_options.exchange.importing.sheets import matrix_of_sheets

        name, raw = sources[0]
        grids = read(raw, name, asked)
        assert isinstance(grids, list)
        return matrix_of_sheets(grids, name, form.title, asked)
    found = read(sources, asked) if form.several else read(sources[0][1], sources[0][0], asked)
    assert isinstance(found, ImportedMatrix)
    return found


def _format_of(name: str) -> Format:
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    for form in FORMATS:
        if ending in form.suffixes:
            return form
    known = [suffix for form in FORMATS for suffix in form.suffixes if suffix not in (".xlsm", ".xltx", ".xls")]
    raise PolicyOptionsError(
        At(name).fault(
            "format-unknown",
            f"files that end with {ending} are not read" if ending else "the name of the file does not say its format",
            f"save it as one of {listed(known)}",
        )
    )

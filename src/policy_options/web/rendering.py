"""Pages from templates that are part of the package, with the words of the dossier's language. Everything is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policy_options.errors import Fault
from policy_options.reports.report import Section
from policy_options.wording.faults import fault_line
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import printable
from policy_options.wording.table import Table, cell_text, without_bars

__all__ = ["Shown", "drawn", "rendered", "shown_section"]

_PAGES: Final = Path(__file__).parent / "pages"


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=100,
    )
    found.filters["plain"] = lambda text: printable(str(text)).replace("\n", " ")
    found.filters["fault"] = _fault
    return found


def _fault(fault: Fault) -> str:
    return fault_line(fault)


def rendered(name: str, phrases: Phrases, **names: Any) -> str:
    """A page or a part of one. ``say`` words a phrase of the page, and numbers are formatted by ``numbers``."""
    say = cast("Callable[..., str]", phrases.say)
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(say=say, numbers=phrases.numbers, language=phrases.language, **names)


def drawn(svg: str) -> Markup:
    """A chart of the package, whose texts are already escaped, for a page."""
    return Markup(svg)  # noqa: S704  # charts/primitives.py escapes every text


@dataclass(frozen=True, slots=True)
class Shown:
    """A section of a report as a page shows it: cells in words, and whether each column is of numbers."""

    title: str
    key: str
    notes: tuple[str, ...]
    listed: bool
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[tuple[str, bool, bool], ...], ...]
    figures: tuple[tuple[str, Markup], ...]


def shown_section(section: Section, phrases: Phrases, *families: Mapping[str, str]) -> Shown:
    """A section for a page; charts say what bars would.

    Ids are replaced by titles. ``families`` has the titles of options, of criteria and so on apart, since a weight set may
    have the id of a criterion: a column is of the family that most of its cells are in, and so are headings.
    """
    heads: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[tuple[str, bool, bool], ...], ...] = ()
    if section.table is not None and section.table.rows:
        heads, rows = _table(without_bars(section.table), phrases, families)
    figures = tuple((figure.title, drawn(figure.svg)) for figure in section.figures)
    return Shown(section.title, section.key, section.notes, section.listed, heads, rows, figures)


def _table(
    table: Table, phrases: Phrases, families: Sequence[Mapping[str, str]]
) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[tuple[str, bool, bool], ...], ...]]:
    kinds = [column.kind for column in table.columns]
    numeric = [kind not in ("text", "given") for kind in kinds]
    first = next((index for index, kind in enumerate(kinds) if kind == "text"), None)
    heads = tuple(zip(_named([column.heading for column in table.columns], families), numeric, strict=True))
    columns = [
        _named([cell_text(row[index], kind, phrases.numbers) for row in table.rows], families)
        for index, kind in enumerate(kinds)
    ]
    rows = tuple(
        tuple((text, number, index == first) for index, (text, number) in enumerate(zip(texts, numeric, strict=True)))
        for texts in zip(*columns, strict=True)
    )
    return heads, rows


def _named(texts: Sequence[str], families: Sequence[Mapping[str, str]]) -> list[str]:
    """Texts with titles in place of ids: those of the family that has most of the texts, else of the first that has one."""
    most = sorted(families, key=lambda family: -sum(text.strip() in family for text in texts))  # of equals, the first
    return [next((family[text.strip()] for family in most if text.strip() in family), text) for text in texts]

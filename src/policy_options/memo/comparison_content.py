"""The comparison note: the results of ``diff`` as content for a page, with charts. Nothing is computed or laid out here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, isnan
from typing import ClassVar, Final
from unicodedata import east_asian_width

from policy_options.analysis.comparison.across import Across
from policy_options.analysis.comparison.comparing import Comparison
from policy_options.analysis.comparison.path import Path
from policy_options.diffing import Diff
from policy_options.memo.content import DataTable, Figure
from policy_options.reports.comparison import (
    comparison_name,
    diff_sections,
    diff_title,
    explained_pairs,
    gap_key,
    gap_table,
)
from policy_options.reports.comparison_bottom import attribution_table, bottom_sentences
from policy_options.reports.comparison_figures import comparison_figures
from policy_options.reports.report import Section
from policy_options.wording.comparison import criteria_of, part_words, titles_of
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import running_head
from policy_options.wording.table import Cell, Column, Table, cell_text
from policy_options.wording.titles import option_titles

__all__ = ["ComparisonContent", "NoteSection", "build_comparison"]

_OF_OPTIONS = frozenset({"option", "over", "first", "first_before"})
_OF_SETS = frozenset({"weights", "regret_under", "rank_regret_under"})

_CHARACTERS_IN_A_LINE: Final = 105
_LINES_OF_SENTENCES: Final = 50
"""Lines of sentences that fit on a page, for letters of average width."""


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A part of the note: its title, a table if it has one, charts, and text."""

    title: str
    """The heading."""
    table: DataTable | None
    """The table; null without one."""
    figures: tuple[Figure, ...]
    """The charts."""
    notes: tuple[str, ...]
    """The sentences."""


@dataclass(frozen=True)
class ComparisonContent:
    """The whole note.

    ``name`` is the default name of its file; ``bottom_line`` is the first option before and after, its lead, and the
    largest cause. ``more`` counts sentences that do not fit on the page, and says where they are.
    """

    __pydantic_config__: ClassVar[dict[str, bool]] = {"use_attribute_docstrings": True}  # for the schema

    name: str
    """The default name of the file."""
    language: str
    """The language of the note."""
    title: str
    """What is compared with what."""
    running: str
    """The text at the head of every page."""
    marking: str
    """The protective marking; empty without one."""
    draft: str
    """The mark of a draft; empty if `check` finds nothing."""
    author: str
    """The owner of the dossier, as the file's author."""
    keywords: tuple[str, ...]
    """The options, as the file's keywords."""
    hypothetical: str
    """What is invented, in an example; otherwise empty."""
    question: str
    """The question that the decision answers."""
    bottom_label: str
    """The heading of the bottom line."""
    bottom_line: tuple[str, ...]
    """The first option before and after, its lead, the largest cause, and from which difference on a lead counts."""
    sections: tuple[NoteSection, ...]
    """The parts of the note, in order."""
    more: str
    """How many sentences are left out, and where they are; empty if none."""
    footer: str
    """The text at the foot of every page."""


def build_comparison(diff: Diff, phrases: Phrases) -> ComparisonContent:
    """Word a comparison note.

    Raises:
        PolicyOptionsError: the language lacks a phrase.
    """
    phrases, decision = phrases.on_pages(), diff.after.contents.decision.model
    draft = phrases.say("memo.draft") if diff.after.check().findings else ""
    figures = _figures(diff, phrases)
    titled = _Titled(diff)
    rule = phrases.say("comparison.close-rule", threshold=phrases.numbers.points(diff.close_within))
    shown = _attribution_first(diff, phrases)
    sections, left = _on_a_page(
        [
            NoteSection(
                section.title,
                None if section.table is None or not section.table.rows else titled.table(section.table, phrases),
                (figures[section.key],) if section.key in figures else (),
                # The title of a chart need not be repeated below it, and neither need the bottom line.
                section.notes[1:] if section.key == "path" else section.notes,
            )
            for section in shown
        ]
    )
    return ComparisonContent(
        name=comparison_name(diff),
        language=decision.language,
        title=diff_title(diff, phrases),
        running=running_head(decision.title, " ".join(mark for mark in (decision.marking or "", draft) if mark)),
        marking=decision.marking or "",
        draft=draft,
        author=decision.owner,
        keywords=tuple(titles_of(diff.comparisons[0]).values()),
        hypothetical=decision.hypothetical or "",
        question=decision.question,
        bottom_label=phrases.say("label.bottom-line"),
        bottom_line=(*bottom_sentences(diff, phrases), rule),
        sections=sections,
        more=phrases.say("comparison.more-sentences", count=left) if left else "",
        footer=phrases.say("comparison.footer", dossier=decision.id, date=phrases.date(decision.date)),
    )


def _attribution_first(diff: Diff, phrases: Phrases) -> list[Section]:
    """The sections of ``diff``, starting with what moved the lead, then the first section, whose title is the page's."""
    first, *rest = diff_sections(diff, phrases, titled=True)
    if len(diff.comparisons) > 1:
        table = attribution_table(diff, phrases)
        attribution = [Section(phrases.say("comparison.attribution"), (), table)]
    else:
        attribution = [section for section in rest if section.key.startswith("gap-")]
        (comparison,) = diff.comparisons
        gap = comparison.gap_of_the_lead
        if (
            gap is not None
            and gap.parts
            and gap_key(gap.option, gap.over) not in {section.key for section in attribution}
        ):
            titles = titles_of(comparison)
            title = phrases.say("comparison.gap", option=titles[gap.option], over=titles[gap.over])
            table = gap_table(comparison, gap.option, gap.over, phrases)
            attribution.insert(0, Section(title, (), table))
    ranks = Section(phrases.say("comparison.ranks"), first.notes, first.table, first.key)
    return [*attribution, ranks, *(section for section in rest if section not in attribution)]


def _on_a_page(sections: Sequence[NoteSection]) -> tuple[tuple[NoteSection, ...], int]:
    """The sections with as many sentences, in order, as fit on a page; and the number left out."""
    room, left = _LINES_OF_SENTENCES, 0
    kept = []
    for section in sections:
        notes = []
        for note in section.notes:
            room -= ceil(
                sum(2 if east_asian_width(character) in "WF" else 1 for character in note) / _CHARACTERS_IN_A_LINE
            )
            if room >= 0 and not left:
                notes.append(note)
            else:
                left += 1
        if section.table is not None or section.figures or notes:
            kept.append(replace(section, notes=tuple(notes)))
    return tuple(kept), left


def _figures(diff: Diff, phrases: Phrases) -> dict[str, Figure]:
    """The chart of each section, by its key, with its numbers."""
    figures: dict[str, Figure] = {}
    for key, figure in comparison_figures(diff, phrases).items():
        figures[key] = Figure(figure.title, figure.svg, figure.alternative, _data(key, diff, phrases))
    return figures


def _data(key: str, diff: Diff, phrases: Phrases) -> DataTable:
    """The numbers of the chart of a section; a new chart needs a case here, and raises until it has one."""
    if key == "ranks" and diff.across is not None:
        return _rank_data(diff.across, {name: diff.after.weighting(name).title for name in diff.across.sets}, phrases)
    for comparison in diff.comparisons:
        if key == "path" and comparison.path is not None:
            sides = (diff.held_before(comparison).title, diff.held_after(comparison).title)
            return _path_data(comparison, comparison.path, sides, phrases)
        for option, over in explained_pairs(diff, comparison):
            if gap_key(option, over) == key:
                return _gap_data(comparison, option, over, phrases)
    raise LookupError(f"no numbers for the chart {key}")


def _rank_data(across: Across, set_titles: Mapping[str, str], phrases: Phrases) -> DataTable:
    titles, ids = option_titles(across.problem), across.problem.option_ids
    heads = ((phrases.heading("option"), False), *((set_titles[name], True) for name in across.sets))
    rows = ((titles[ids[row]], *(str(int(rank)) for rank in across.ranks[:, row])) for row in across.by_median)
    return DataTable(heads, tuple(rows))


def _gap_data(comparison: Comparison, option: str, over: str, phrases: Phrases) -> DataTable:
    heads = ((phrases.heading("part"), False), (phrases.heading("pushes"), True))
    points = phrases.numbers.points
    rows = tuple(
        (part_words(part, comparison, phrases), points(part.points, signed=True))
        for part in comparison.explain(option, over).parts
    )
    return DataTable(heads, rows)


def _path_data(comparison: Comparison, path: Path, sides: tuple[str, str], phrases: Phrases) -> DataTable:
    titles = titles_of(comparison)
    points = phrases.numbers.points
    rows = tuple(
        (titles[option], points(float(path.start[row])), points(float(path.end[row])))
        for row, option in enumerate(path.options)
    )
    return DataTable(((phrases.heading("option"), False), *((side, True) for side in sides)), rows)


class _Titled:
    """Tables for a page: titles where a screen has ids, and no bars."""

    def __init__(self, diff: Diff) -> None:
        comparison = diff.comparisons[0]
        self._options = titles_of(comparison)
        self._criteria = criteria_of(comparison)
        dossiers = (diff.before, diff.after)
        self._sets = {name: dossier.weighting(name).title for dossier in dossiers for name in dossier.weight_sets}

    def table(self, table: Table, phrases: Phrases) -> DataTable:
        """The table in words."""
        kept = [i for i, column in enumerate(table.columns) if column.kind != "bar" and column.key != "title"]
        columns = [table.columns[index] for index in kept]
        heads = tuple((column.heading, column.kind not in {"text", "given"}) for column in columns)
        rows = tuple(
            tuple(self._cell(row[index], column, phrases) for index, column in zip(kept, columns, strict=True))
            for row in table.rows
        )
        return DataTable(heads, rows)

    def _cell(self, cell: Cell, column: Column, phrases: Phrases) -> str:
        names = (
            self._options
            if column.key in _OF_OPTIONS
            else self._sets
            if column.key in _OF_SETS
            else self._criteria
            if column.key == "criterion"
            else None
        )
        if names is not None and isinstance(cell, str):
            return phrases.series(names.get(name, name) for name in cell.split(", "))
        return cell_text(None if isinstance(cell, float) and isnan(cell) else cell, column.kind, phrases.numbers)

"""The comparison note: what ``diff`` shows, as content for a page, with its charts. Nothing is computed or laid out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from policy_options.analysis.comparison.across import Across
from policy_options.analysis.comparison.comparing import Comparison
from policy_options.analysis.comparison.path import Path
from policy_options.charts.path_lines import path_chart
from policy_options.charts.rank_map import rank_map_chart
from policy_options.charts.waterfall import waterfall_chart
from policy_options.diffing import Diff
from policy_options.memo.content import DataTable, Figure
from policy_options.wording.comparison import criteria_of, part_words, titles_of
from policy_options.wording.comparison_figures import path_words, rank_map_words, waterfall_words
from policy_options.wording.comparison_tables import diff_sections, diff_title, explained_pairs, gap_key
from policy_options.wording.phrases import Phrases
from policy_options.wording.plain import running_head
from policy_options.wording.tables import Cell, Column, Table, cell_text
from policy_options.wording.titles import option_titles

__all__ = ["ComparisonContent", "NoteSection", "build_comparison", "comparison_charts"]

_OF_OPTIONS = frozenset({"option", "over", "first", "first_before"})
_OF_SETS = frozenset({"weights", "regret_under", "rank_regret_under"})


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A part of the note: its title, a table where there is one, charts, and what is said."""

    title: str
    table: DataTable | None
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ComparisonContent:
    """The whole note. ``name`` is what its file is called by default."""

    name: str
    language: str
    title: str
    running: str
    marking: str
    draft: str
    hypothetical: str
    question: str
    sections: tuple[NoteSection, ...]
    footer: str


def build_comparison(diff: Diff, phrases: Phrases) -> ComparisonContent:
    """Word a comparison note.

    Raises:
        PolicyOptionsError: the language lacks a phrase.
    """
    decision = diff.after.contents.decision.model
    draft = phrases.say("memo.draft") if diff.after.check().findings else ""
    figures = _figures(diff, phrases)
    titled = _Titled(diff)
    # The title of the first section is the title of the page.
    sections = [
        NoteSection(
            "" if index == 0 else section.title,
            None if section.table is None or not section.table.rows else titled.table(section.table, phrases),
            tuple(figures.get(section.key, ())) if section.key else (),
            # What a chart has for its title need not be said again below it.
            section.notes[1:] if section.key == "path" else section.notes,
        )
        for index, section in enumerate(diff_sections(diff, phrases, titled=True))
    ]
    rule = phrases.say("comparison.close-rule", threshold=phrases.numbers.points(diff.close_within))
    first = sections[0]
    sections[0] = NoteSection(first.title, first.table, first.figures, (*first.notes, rule))
    return ComparisonContent(
        name=_name(diff),
        language=decision.language,
        title=diff_title(diff, phrases),
        running=running_head(decision.title, " ".join(mark for mark in (decision.marking or "", draft) if mark)),
        marking=decision.marking or "",
        draft=draft,
        hypothetical=decision.hypothetical or "",
        question=decision.question,
        sections=tuple(sections),
        footer=phrases.say("comparison.footer", dossier=decision.id, date=phrases.date(decision.date)),
    )


def comparison_charts(diff: Diff, phrases: Phrases) -> dict[str, str]:
    """Every chart of a comparison as SVG, by name."""
    drawn: dict[str, str] = {}
    for key, figures in _figures(diff, phrases).items():
        (figure,) = figures
        drawn["rank-map" if key == "ranks" else key] = figure.svg
    return drawn


def _name(diff: Diff) -> str:
    decision = diff.after.contents.decision.model.id
    if len(diff.comparisons) > 1:
        return f"{decision}-comparison"
    found = diff.comparisons[0]
    ids = [found.before.weights.id, found.after.weights.id]
    if diff.versions is not None:
        return f"{decision}-comparison-versions-{ids[1]}".replace("/", "-")
    return f"{decision}-comparison-{ids[0]}-{ids[1]}".replace("/", "-")


def _figures(diff: Diff, phrases: Phrases) -> dict[str, list[Figure]]:
    """The charts of each section, by its key."""
    found: dict[str, list[Figure]] = {}
    if len(diff.comparisons) == 1:
        comparison = diff.comparisons[0]
        for option, over in explained_pairs(diff, comparison):
            found[gap_key(option, over)] = [_waterfall(comparison, option, over, phrases)]
        if comparison.path is not None:
            sides = (diff.held_before(comparison).title, diff.held_after(comparison).title)
            title, alternative = path_words(comparison, comparison.path, sides, phrases)
            svg = path_chart(
                comparison.path, titles_of(comparison), sides, phrases.numbers, phrases=phrases, label=alternative
            )
            found["path"] = [Figure(title, svg, alternative, _path_data(comparison, comparison.path, sides, phrases))]
    if diff.across is not None:
        held = {name: diff.after.weighting(name) for name in diff.across.sets}
        titles = {name: one.title for name, one in held.items()}
        title, alternative = rank_map_words(diff.across, phrases)
        svg = rank_map_chart(diff.across, titles, phrases=phrases, label=alternative)
        found["ranks"] = [Figure(title, svg, alternative, _rank_data(diff.across, titles, phrases))]
    return found


def _rank_data(found: Across, set_titles: Mapping[str, str], phrases: Phrases) -> DataTable:
    titles, ids = option_titles(found.problem), found.problem.option_ids
    heads = ((phrases.heading("option"), False), *((set_titles[name], True) for name in found.sets))
    rows = ((titles[ids[row]], *(str(int(rank)) for rank in found.ranks[:, row])) for row in found.by_median)
    return DataTable(heads, tuple(rows))


def _waterfall(comparison: Comparison, option: str, over: str, phrases: Phrases) -> Figure:
    gap = comparison.explain(option, over)
    title, alternative = waterfall_words(gap, comparison, phrases)
    names = [part_words(part, comparison, phrases) for part in gap.parts]
    svg = waterfall_chart(gap, names, phrases.numbers, phrases=phrases, label=alternative)
    heads = ((phrases.heading("part"), False), (phrases.heading("pushes"), True))
    points = phrases.numbers.points
    rows = tuple((name, points(part.points, signed=True)) for name, part in zip(names, gap.parts, strict=True))
    return Figure(title, svg, alternative, DataTable(heads, rows))


def _path_data(comparison: Comparison, path: Path, sides: tuple[str, str], phrases: Phrases) -> DataTable:
    titles = titles_of(comparison)
    points = phrases.numbers.points
    rows = tuple(
        (titles[option], points(float(path.start[row])), points(float(path.end[row])))
        for row, option in enumerate(path.options)
    )
    return DataTable(((phrases.heading("option"), False), *((side, True) for side in sides)), rows)


class _Titled:
    """Tables as a page has them: titles where a screen has ids, and no bars."""

    def __init__(self, diff: Diff) -> None:
        found = diff.comparisons[0]
        self._options = titles_of(found)
        self._criteria = criteria_of(found)
        dossiers = (diff.before, diff.after)
        self._sets = {name: one.weighting(name).title for one in dossiers for name in one.weight_sets}

    def table(self, table: Table, phrases: Phrases) -> DataTable:
        """The table in words."""
        kept = [i for i, column in enumerate(table.columns) if column.kind != "bar" and column.key != "title"]
        columns = [table.columns[index] for index in kept]
        heads = tuple((column.heading, column.kind != "text") for column in columns)
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

"""The bottom line of a comparison note: the first option on either side, its lead, and the largest cause; and as a
table.

A cause is the largest part of the change of a gap, from ``analysis.comparison.attribution``; if an unknown score leaves
a gap open, no cause is named.
"""

from __future__ import annotations

from typing import Final

from policy_options.analysis.additive import TIE
from policy_options.analysis.comparison.attribution import GapChange
from policy_options.analysis.comparison.comparing import Comparison
from policy_options.diffing import Diff
from policy_options.wording.comparison import first_words, lead_sentence, part_words, small_points, titles_of
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import asked_note
from policy_options.wording.table import Cell, Column, Table

__all__ = ["attribution_table", "bottom_sentences"]

_SETS_NAMED: Final = 6
"""Weight sets named in the bottom line before the rest are counted; the table has them all."""


def bottom_sentences(diff: Diff, phrases: Phrases) -> list[str]:
    """Who comes first, before and after or under which sets, and the main cause."""
    if len(diff.comparisons) == 1:
        (comparison,) = diff.comparisons
        gap = comparison.gap_of_the_lead
        said = [lead_sentence(comparison, phrases)]
        if gap is not None and _pushes(gap):
            said.append(phrases.say("comparison.cause", **_cause(gap, comparison, phrases)))
        return said
    said = []
    if diff.versions is None:
        base = diff.comparisons[0]
        first = first_words(base.top_before, base.before, titles_of(base), phrases)
        said.append(phrases.say("comparison.bottom.base", weights=diff.held_before(base).title, first=first))
    passing = [one for one in diff.comparisons if set(one.top_before.first) != set(one.top_after.first)]
    statuses = {one.after.weights.id: diff.held_after(one).status for one in diff.comparisons}
    names: dict[str, object] = {
        "count": len(passing),
        "of": len(diff.comparisons),
        "asked": asked_note(statuses, phrases),
    }
    if not passing:
        return [*said, phrases.say("comparison.bottom.none", **names)]
    rows = [
        phrases.say(
            "comparison.bottom.row",
            weights=diff.held_after(one).title,
            first=first_words(one.top_after, one.after, titles_of(one), phrases),
        )
        for one in passing[:_SETS_NAMED]
    ]
    if len(passing) > _SETS_NAMED:
        rows.append(phrases.say("more", count=phrases.numbers.fixed(len(passing) - _SETS_NAMED, 0)))
    said.append(phrases.say("comparison.bottom.some", rows=phrases.rows(rows), **names))
    gaps = [(one, gap) for one in passing if (gap := one.gap_of_the_lead) is not None and _pushes(gap)]
    if gaps:
        comparison, gap = max(gaps, key=lambda pair: max(part.points for part in pair[1].parts))
        cause = _cause(gap, comparison, phrases)
        said.append(phrases.say("comparison.cause.under", weights=diff.held_after(comparison).title, **cause))
    return said


def attribution_table(diff: Diff, phrases: Phrases) -> Table:
    """One row per comparison: the gap of the lead before and after, from the option that gained, and what pushed it most."""
    columns = (
        Column("weights", phrases.heading("weights"), "text"),
        Column("option", phrases.heading("gains"), "text"),
        Column("over", phrases.heading("loses"), "text"),
        Column("gap_before", phrases.heading("gap_before"), "lead"),
        Column("gap_after", phrases.heading("gap_after"), "lead"),
        Column("part", phrases.heading("moved_by"), "text"),
        Column("points", phrases.heading("pushes"), "lead"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in diff.comparisons:
        gap = one.gap_of_the_lead
        if gap is None:
            rows.append((one.after.weights.id, None, None, None, None, None, None))
            continue
        cause: tuple[Cell, Cell] = (None, None)
        if _pushes(gap):
            part = max(gap.parts, key=lambda part: part.points)
            cause = (part_words(part, one, phrases), part.points)
        rows.append((one.after.weights.id, gap.option, gap.over, gap.before, gap.after, *cause))
    return Table(columns, tuple(rows))


def _pushes(gap: GapChange) -> bool:
    """Whether the gap moved, and something pushed it that way."""
    return gap.change > TIE and any(part.points > TIE for part in gap.parts)


def _cause(gap: GapChange, comparison: Comparison, phrases: Phrases) -> dict[str, object]:
    titles = titles_of(comparison)
    part = max(gap.parts, key=lambda part: part.points)
    return {
        "option": titles[gap.option],
        "over": titles[gap.over],
        "points": small_points(gap.change, phrases),
        "what": part_words(part, comparison, phrases),
        "push": small_points(part.points, phrases),
    }

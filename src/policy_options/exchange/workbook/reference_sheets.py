"""The sheets for reading: an introduction, criteria with their scales, evidence, robustness at export, and the
fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from policy_options.analysis.value_functions import Exponential, Levels, Linear
from policy_options.exchange.workbook.cells import Cell, Sheet, Style
from policy_options.exchange.workbook.inputs import FIELDS, fingerprinted
from policy_options.exchange.workbook.names import MARKER
from policy_options.exchange.workbook.planning import Plan
from policy_options.wording.citing import place_of

__all__ = [
    "FORMAT",
    "Block",
    "criteria_sheet",
    "evidence_sheet",
    "fingerprint_sheet",
    "levels_sheet",
    "read_me_sheet",
    "robustness_sheet",
]

FORMAT = 1
"""The version of the workbook's layout, which import reads."""
_ACROSS = 7  # the last column that sentences span


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a report: a title, sentences, and rows of a table of which the first is the heading."""

    title: str
    notes: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def read_me_sheet(plan: Plan, *, public: bool, version: str) -> Sheet:
    """The first sheet: the decision, the marking, and how to use the workbook."""
    decision, say = plan.dossier.contents.decision.model, plan.phrases.say
    pairs: list[tuple[str, str]] = [
        (say("book.about.decision"), decision.question),
        (say("book.about.standpoint"), decision.standpoint),
        (say("book.about.horizon"), decision.horizon),
        (say("book.about.owner"), decision.owner),
        (say("book.about.audience"), decision.audience),
        (say("book.about.date"), decision.date.isoformat()),
    ]
    if decision.decide_by:
        pairs.append((say("book.about.decide-by"), decision.decide_by.isoformat()))
    if decision.hypothetical:
        pairs.append((say("book.about.hypothetical"), decision.hypothetical))
    if decision.complementary:
        pairs.append((say("book.about.complementary"), decision.complementary))
    asked = sum(plan.dossier.weighting(name).status == "elicited" for name in plan.set_ids)
    of_sets = say("book.about.sets", all=len(plan.set_ids), elicited=asked, illustrative=len(plan.set_ids) - asked)
    made = (
        say("book.about.made", version=version, dossier=decision.id),
        say("book.about.public") if public else "",
        say("book.about.calculates"),
    )
    sheets = {key.replace("-", "_"): name for key, name in plan.sheets.items()}
    together = plan.phrases.together
    how = (
        (say("book.about.book"), together(made)),
        (say("book.about.inputs"), say("book.about.inputs.how", **sheets)),
        (say("book.about.set"), together((say("book.about.set.how", **sheets), of_sets))),
        (say("book.about.calculated"), say("book.about.calculated.how", **sheets)),
        (say("book.about.fixed"), say("book.about.fixed.how", **sheets)),
        (say("book.about.back"), say("book.about.back.how")),
        (say("book.about.value"), say("book.about.value.how")),
    )
    cells = [Cell(0, 0, decision.title, "title")]
    row = 1
    if decision.marking:
        cells.append(Cell(row, 0, decision.marking, "marking"))
        row += 1
    for part in (pairs, how):
        row += 1
        for label, text in part:
            cells += (Cell(row, 0, label, "label"), Cell(row, 1, text, "text"))
            row += 1
    return Sheet(plan.sheets["read-me"], cells, (24, 100), locked=True, wide=False)


def criteria_sheet(plan: Plan) -> Sheet:
    """One row per criterion: unit, direction, ends, value function."""
    table, contents = plan.criteria, plan.dossier.contents
    columns = (
        *("criterion-id", "criterion", "group", "unit", "direction", "scale", "low-end", "low-means", "high-end"),
        *("high-means", "function", "midpoint", "curvature", "red-line", "step", "swing"),
    )
    phrases = plan.phrases
    heads = [phrases.say_of("book.head", column) for column in columns]
    note = phrases.say("book.criteria.how")
    cells = [Cell(0, 0, plan.sheets["criteria"], "title"), Cell(1, 0, note, "note")]
    cells += [Cell(table.head, column, head, "head") for column, head in enumerate(heads)]
    for index, axis in enumerate(plan.problem.criteria):
        model, _, above = contents.leaves[axis.id]
        row, scale, function = table.top + index, model.scale, axis.value_function
        kind = "levels" if axis.level_ids else "local" if axis.local else "global"
        shape = "levels" if axis.level_ids else model.value_function.kind if model.value_function else "linear"
        red = model.red_line.at if model.red_line else ""
        texts: tuple[str | float, ...] = (
            *(axis.id, axis.title, " / ".join(group.title for group in above), axis.unit),
            *(phrases.say_of("direction", axis.direction), phrases.say_of("book.scale", kind)),
            "" if axis.level_ids else axis.low,
            scale.low.means if scale.low else "",
            "" if axis.level_ids else axis.high,
            scale.high.means if scale.high else "",
            phrases.say_of("book.function", shape),
            function.midpoint if isinstance(function, Exponential) else "",
            function.curvature if isinstance(function, Exponential) else "",
            *(red, axis.step if axis.step is not None else "", model.swing or ""),
        )
        formulas = _formulas(plan, index)
        for column, value in enumerate(texts):
            style: Style = "id" if column == 0 else "plain" if isinstance(value, float) else "text"
            cells.append(Cell(row, column, value, style, formulas.get(column, "")))
    return Sheet(
        plan.sheets["criteria"],
        cells,
        (20, 30, 20, 14, 16, 9, 10, 30, 10, 30, 14, 10, 12, 10, 8, 40),
        locked=True,
        freeze=(table.top, 2),
        repeat=(table.head, table.head),
    )


def _formulas(plan: Plan, column: int) -> dict[int, str]:
    """The ends of a local scale."""
    if column not in plan.local:
        return {}
    index, bounds = plan.local.index(column), plan.bounds
    return {6: f"=MIN({bounds.column(index)})", 8: f"=MAX({bounds.column(len(plan.local) + index)})"}


def levels_sheet(plan: Plan) -> Sheet:
    """One row per level or corner of a value function."""
    table, contents = plan.levels, plan.dossier.contents
    cells = [
        Cell(0, 0, plan.sheets["levels"], "title"),
        Cell(1, 0, plan.phrases.say("book.levels.how"), "note"),
    ]
    columns = ("criterion-id", "kind", "level", "title", "means", "value")
    heads = [plan.phrases.say_of("book.head", column) for column in columns]
    cells += [Cell(table.head, column, head, "head") for column, head in enumerate(heads)]
    for column, (first, _) in plan.steps.items():
        axis = plan.axis(column)
        function, row = axis.value_function, table.top + first
        if isinstance(function, Levels):
            for level in contents.leaves[axis.id][0].scale.levels:
                texts = (
                    axis.id,
                    plan.phrases.say("book.level"),
                    level.id,
                    level.title or level.id.replace("-", " "),
                    level.means,
                )
                cells += [Cell(row, at, text, "text") for at, text in enumerate(texts)]
                cells.append(Cell(row, 5, level.value, "plain"))
                row += 1
        else:
            assert not isinstance(function, Exponential | Linear)
            for at, value in zip(getattr(function, "at", ()), getattr(function, "value", ()), strict=True):
                cells += (Cell(row, 0, axis.id, "text"), Cell(row, 1, plan.phrases.say("book.corner"), "text"))
                cells += (Cell(row, 2, at, "plain"), Cell(row, 5, value, "plain"))
                row += 1
    return Sheet(
        plan.sheets["levels"],
        cells,
        (22, 10, 20, 26, 60, 10),
        locked=True,
        freeze=(table.top, 0),
        repeat=(table.head, table.head),
    )


def evidence_sheet(plan: Plan) -> Sheet:
    """One row per claim, as scores cite it."""
    phrases = plan.phrases
    cells = [Cell(0, 0, plan.sheets["evidence"], "title"), Cell(1, 0, phrases.say("book.evidence.how"), "note")]
    columns = ("claim", "says", "place", "source", "author", "publisher", "date")
    heads = [phrases.say_of("book.head", column) for column in columns]
    cells += [Cell(3, column, head, "head") for column, head in enumerate(heads)]
    row = 4
    for id, entry in plan.dossier.contents.sources.items():
        source = entry.model
        for claim in source.claims:
            place = place_of(claim, source.kind, phrases)
            texts = (
                *(f"{id}/{claim.id}", claim.text, place, source.title),
                *(source.author or "", source.publisher or "", source.date or ""),
            )
            cells += [Cell(row, column, text, "text") for column, text in enumerate(texts)]
            row += 1
    if row == 4:
        cells.append(Cell(row, 0, phrases.say("book.evidence.nothing"), "note"))
    return Sheet(
        plan.sheets["evidence"], cells, (30, 70, 12, 40, 20, 20, 12), locked=True, freeze=(4, 1), repeat=(3, 3)
    )


def robustness_sheet(plan: Plan, blocks: Sequence[Block]) -> Sheet:
    """The robustness computed at export under the chosen set."""
    note = plan.phrases.say("book.robustness.how", weights=plan.title_of_set(plan.chosen))
    cells = [Cell(0, 0, plan.sheets["robustness"], "title"), Cell(1, 0, note, "marking")]
    across: list[tuple[int, int]] = []
    row = 3
    for block in blocks:
        if block.title:
            cells.append(Cell(row, 0, block.title, "label"))
            row += 1
        for text in block.notes:
            cells.append(Cell(row, 0, text, "text"))
            across.append((row, _ACROSS))
            row += 1
        for index, texts in enumerate(block.rows):
            style: Style = "head" if index == 0 else "text"
            cells += [Cell(row, column, text, style) for column, text in enumerate(texts)]
            row += 1
        row += 1
    return Sheet(plan.sheets["robustness"], cells, (44, *(15.0,) * 9), locked=True, across=tuple(across))


def fingerprint_sheet(plan: Plan, *, public: bool, version: str) -> Sheet:
    """The fingerprint of the dossier: every input exactly, by its id, with digests of free text and of ranges."""
    inputs, decision = plan.inputs, plan.dossier.contents.decision.model
    about = {"format": FORMAT, "dossier": decision.id, "public": public, "version": version}
    rows: list[tuple[str, object]] = [(MARKER, {**about, "headings": plan.headings.data()})]
    values = inputs.values
    for option in plan.problem.option_ids:
        for criterion in plan.problem.criterion_ids:
            keys = [("score", option, criterion, field) for field in FIELDS]
            rows.append((f"score {option}/{criterion}", [fingerprinted(key, values[key]) for key in keys]))
    for column in inputs.columns:
        rows.append((f"{'judged' if column.judged else 'what-if'} {column.id}", dict(column.numbers)))
    rows += [(f"range {name}", found) for name, found in inputs.ranges.items()]
    cells: list[Cell] = []
    for row, (name, data) in enumerate(rows):
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        cells += (Cell(row, 0, name, "plain"), Cell(row, 1, text, "plain"))
    return Sheet(plan.sheets["fingerprint"], cells, (30, 80), locked=True, visibility="very-hidden")

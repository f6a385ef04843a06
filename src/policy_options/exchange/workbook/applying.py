"""A book's changes as changes to files, checked as a whole before any is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from policy_options.analysis.problem import WeightVector, frozen
from policy_options.dossier.changing import PlannedChange
from policy_options.dossier.contents import OPTIONS, WEIGHTS, Contents
from policy_options.dossier.reading import Tree, read_yaml
from policy_options.dossier.taking import plan_judgements, plan_scores, refuse_broken
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.workbook.differences import Change, Differences, WhatIf
from policy_options.exchange.workbook.inputs import cited_as
from policy_options.exchange.workbook.reading import Book

__all__ = ["Taken", "plan", "tried_weights"]


@dataclass(frozen=True, eq=False)
class Taken:
    """The files to be written, and the dossier as it will be."""

    files: tuple[PlannedChange, ...]
    contents: Contents


def plan(book: Book, contents: Contents, found: Differences, changes: Sequence[Change]) -> Taken:
    """The files with the changes in them.

    Raises:
        PolicyOptionsError: a file cannot be edited in place, or the dossier would have errors, each placed at the cell
            that caused it if that is known.
    """
    scores: dict[str, dict[str, dict[str, Any]]] = {}
    judgements: dict[str, dict[tuple[int | None, str], float]] = {}
    columns = {column.id: column for column in found.inputs.columns}
    for change in changes:
        if change.key[0] == "score":
            _, option, criterion, part = change.key
            new = change.new
            if part == "evidence" and isinstance(new, tuple):
                new = cited_as(new, found.inputs.sources)
            scores.setdefault(option, {}).setdefault(criterion, {})[part] = new
        else:
            column = columns[change.key[1]]
            assert isinstance(change.new, float)  # the reader accepts nothing else as a weight
            judgements.setdefault(column.set_id, {})[column.person, change.key[2]] = change.new
    planned = {f"{OPTIONS}/{option}.yaml": plan_scores(contents, option, parts) for option, parts in scores.items()}
    planned |= {
        f"{WEIGHTS}/{name}.yaml": plan_judgements(contents, name, numbers) for name, numbers in judgements.items()
    }
    try:
        after = (
            refuse_broken(contents, {name: change.after for name, change in planned.items()}) if planned else contents
        )
    except PolicyOptionsError as error:
        raise PolicyOptionsError(_at_cells(error.faults, book, changes, planned, columns)) from None
    return Taken(tuple(planned.values()), after)


def tried_weights(contents: Contents, tried: WhatIf, *, id: str) -> WeightVector:
    """The weights that result from a what-if, rescaled to sum to 1.

    Raises:
        PolicyOptionsError: they are all 0, or no longer match the criteria of the dossier.
    """
    criteria = tuple(contents.leaves)
    if set(tried.numbers) != set(criteria):
        raise PolicyOptionsError.of(
            "weights-do-not-fit",
            f"the what-if weights of `{tried.column}` are not of the criteria that the dossier now has",
            "export the workbook again",
            ids=(tried.column,),
        )
    numbers = np.array([tried.numbers[name] for name in criteria])
    if not numbers.sum() > 0:
        raise PolicyOptionsError.of(
            "weights-all-zero",
            f"the what-if weights of `{tried.column}` are all 0",
            "type one above 0",
            ids=(tried.column,),
        )
    return WeightVector(id, criteria, frozen(numbers / numbers.sum()))


def _at_cells(
    faults: Sequence[Fault],
    book: Book,
    changes: Sequence[Change],
    planned: Mapping[str, PlannedChange],
    columns: Mapping[str, Any],
) -> list[Fault]:
    """The faults of the files as they would be, each at the cell whose change caused it."""
    trees = {name: read_yaml(change.after, name) for name, change in planned.items()}
    found = []
    for fault in faults:
        cell = _cell_of(fault, changes, trees, columns)
        found.append(replace(fault, place=book.place(cell)) if cell else fault)
    return found


def _cell_of(fault: Fault, changes: Sequence[Change], trees: Mapping[str, Tree], columns: Mapping[str, Any]) -> str:
    file = Path(fault.place.file).as_posix() if fault.place else ""
    name = next((one for one in trees if file == one or file.endswith(f"/{one}")), None)
    if name is None:
        return ""
    folder, _, stem = name.removesuffix(".yaml").rpartition("/")
    if folder == OPTIONS:
        here = [change for change in changes if change.key[0] == "score" and change.key[1] == stem]
        criterion = _owner(trees[name], fault.place.line if fault.place else None)
        return next((change.place for change in here if change.key[2] in (criterion, *fault.ids[1:])), "")
    here = [change for change in changes if change.key[0] == "weight" and columns[change.key[1]].set_id == stem]
    return next((change.place for change in here if change.key[2] in fault.ids), here[0].place if here else "")


def _owner(tree: Tree, line: int | None) -> str:
    """The criterion whose score includes a line of an option's file."""
    owner = ""
    for criterion in tree.data.get("scores", {}):
        begins = tree.place(("scores", criterion), key=True).line
        if line is not None and begins is not None and begins <= line:
            owner = criterion
    return owner

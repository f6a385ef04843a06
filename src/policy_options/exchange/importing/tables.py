"""The cells of a table as a matrix: scores, and the contents of rows about criteria."""

from __future__ import annotations

from typing import Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import PolicyOptionsError, as_written
from policy_options.exchange.importing.asked import Asked, counted, listed
from policy_options.exchange.importing.grid import Kind
from policy_options.exchange.importing.ids import ids_of
from policy_options.exchange.importing.matrix import (
    At,
    Direction,
    ImportedCriterion,
    ImportedGroup,
    ImportedMatrix,
    ImportedOption,
    ImportedWeights,
)
from policy_options.exchange.importing.table_scores import (
    Reading,
    about_criterion,
    as_percent,
    number_of,
    refusal,
    scores_of,
)
from policy_options.exchange.importing.table_shape import Column, Shape, View
from policy_options.exchange.importing.words import direction_of, unit_in

__all__ = ["matrix_of"]


def matrix_of(
    shape: Shape, view: View, file: str, form: str, asked: Asked, *, read: tuple[str, ...], left_out: tuple[str, ...]
) -> ImportedMatrix:
    """The matrix of a table.

    Raises:
        PolicyOptionsError: with everything wrong in it.
    """
    reading = Reading(view, asked, list(shape.faults))
    options, option_notes = _options(reading, shape)
    criteria, groups, criterion_notes = _criteria(reading, shape)
    columns = [scores_of(reading, shape, column, one) for column, one in zip(shape.columns, criteria, strict=True)]
    weights = _weights(reading, shape, criteria, file)
    if reading.faults:
        raise PolicyOptionsError(reading.faults)
    notes = list(criterion_notes)
    for role, what in _SAID.items():
        if role in shape.about:
            notes.append(f"{what} from {_whole_row(view, shape, shape.about[role])}")
    assumed = []
    if reading.unknown:
        missing = counted(len(reading.unknown), "is empty, so it is", "are empty, so they are")
        assumed.append(f"{missing}: {listed(reading.unknown, 8)}")
    return ImportedMatrix(
        file,
        form,
        tuple(options),
        tuple(criteria),
        tuple(zip(*columns, strict=True)),
        groups=tuple(groups),
        weights=weights,
        read=(*read, *notes, *option_notes),
        left_out=(*left_out, *shape.left_out),
        assumed=tuple(assumed),
    )


_SAID: Final = {
    "unit": "units",
    "direction": "directions",
    "weight": "weights",
    "low": "low ends of scales",
    "high": "high ends of scales",
    "worst": "worst ends of scales",
    "best": "best ends of scales",
    "group": "groups",
}


def _whole_row(view: View, shape: Shape, row: int) -> str:
    return (
        f"{view.at(row, shape.columns[0].likely)} and on"
        if len(shape.columns) > 1
        else str(view.at(row, shape.columns[0].likely))
    )


def _options(reading: Reading, shape: Shape) -> tuple[list[ImportedOption], list[str]]:
    view = reading.view
    places = [view.at(row, shape.label) for row in shape.options]
    titles = [
        reading.title(view.cells[row, shape.label].text, at, "name")
        for row, at in zip(shape.options, places, strict=True)
    ]
    ids, notes, faults = ids_of(list(zip(titles, places, strict=True)), "option")
    reading.faults.extend(faults)
    made = []
    for id, title, row, at in zip(ids, titles, shape.options, places, strict=True):
        cell = view.cells.get((row, shape.summary)) if shape.summary is not None else None
        summary = None if cell is None else " ".join(cell.text.split())[:10_000]
        made.append(ImportedOption(id, title, at, summary))
    return made, notes


def _criteria(reading: Reading, shape: Shape) -> tuple[list[ImportedCriterion], list[ImportedGroup], list[str]]:
    named, units = [], []
    notes = []
    for column in shape.columns:
        title = reading.title(column.name, column.at, "name")
        unit = _unit(reading, shape, column)
        split = unit_in(title)
        if unit is None and split is not None:
            title, unit = split
            notes.append(f"unit {quoted(unit)} from the header {column.at}")
        if unit is None and as_percent(reading, shape, column):
            unit = "per cent"
        named.append((title, column.at))
        units.append(unit)
    groups, group_of = _groups(reading, shape)
    ids, id_notes, faults = ids_of(named, "criterion", [group.id for group in groups])
    reading.faults.extend(faults)
    made = []
    for column, id, (title, at), unit in zip(shape.columns, ids, named, units, strict=True):
        low, high, direction = _scale(reading, shape, column)
        of_groups = (group_of[column.likely],) if column.likely in group_of else ()
        made.append(ImportedCriterion(id, title, at, unit, direction, low, high, groups=of_groups))
    return made, groups, [*notes, *id_notes]


def _unit(reading: Reading, shape: Shape, column: Column) -> str | None:
    found = about_criterion(reading, shape, "unit", column)
    return None if found is None else reading.title(found[0].text, found[1], "unit")


def _groups(reading: Reading, shape: Shape) -> tuple[list[ImportedGroup], dict[int, str]]:
    found: dict[str, At] = {}
    of_column: dict[int, str] = {}
    for column in shape.columns:
        said = about_criterion(reading, shape, "group", column)
        if said is not None:
            title = reading.title(said[0].text, said[1], "group")
            found.setdefault(title, said[1])
            of_column[column.likely] = title
    ids, _, faults = ids_of(list(found.items()), "group")
    reading.faults.extend(faults)
    id_of = dict(zip(found, ids, strict=True))
    return [ImportedGroup(id, title) for title, id in id_of.items()], {c: id_of[t] for c, t in of_column.items()}


def _scale(reading: Reading, shape: Shape, column: Column) -> tuple[float | None, float | None, Direction | None]:
    direction: Direction | None = None
    said = about_criterion(reading, shape, "direction", column)
    if said is not None:
        direction = direction_of(said[0].text)
        if direction is None:
            reading.faults.append(
                said[1].fault(
                    "direction-unreadable",
                    f"{quoted(said[0].text)} does not say which way is better",
                    "write more or less (or max or min)",
                )
            )
    low, high = _end(reading, shape, "low", column), _end(reading, shape, "high", column)
    worst, best = _end(reading, shape, "worst", column), _end(reading, shape, "best", column)
    if worst is not None and best is not None and worst != best:
        implied: Direction = "more-is-better" if best > worst else "less-is-better"
        if direction not in (None, implied):
            assert said is not None
            reading.faults.append(
                said[1].fault(
                    "direction-contradicted",
                    f"{quoted(said[0].text)} is said here, and the best end ({as_written(best)}) and the worst "
                    f"({as_written(worst)}) say the opposite",
                    "correct one of them",
                )
            )
        direction, low, high = implied, min(worst, best), max(worst, best)
    one_end = (low is None) != (high is None)
    if one_end or (low is not None and high is not None and low >= high):
        row = shape.about.get("low", shape.about.get("high", shape.header))
        why = "only one end of its scale is there" if one_end else "the low end is not below the high end"
        reading.faults.append(
            reading.view.at(row, column.likely).fault(
                "scale-ends", f"{quoted(column.name)}: {why}", "write both, the smaller number as the low end"
            )
        )
        return None, None, direction
    return low, high, direction


def _end(reading: Reading, shape: Shape, role: str, column: Column) -> float | None:
    found = about_criterion(reading, shape, role, column)
    return None if found is None else number_of(reading, *found, column, as_percent(reading, shape, column))


def _weights(
    reading: Reading, shape: Shape, criteria: list[ImportedCriterion], file: str
) -> tuple[ImportedWeights, ...]:
    row = shape.about.get("weight")
    if row is None:
        return ()
    given: dict[str, float] = {}
    for column, criterion in zip(shape.columns, criteria, strict=True):
        found = about_criterion(reading, shape, "weight", column)
        at = reading.view.at(row, column.likely)
        if found is None:
            reading.faults.append(at.fault("weight-missing", f"{quoted(column.name)} has no weight", "write it, or 0"))
            continue
        number = found[0].number
        if number is None or found[0].kind not in (Kind.NUMBER, Kind.PERCENT):
            reading.faults.append(found[1].fault(*refusal(found[0], "weight")))
        elif number < 0:
            reading.faults.append(
                found[1].fault("weight-negative", "a weight is below zero", "write the direction in a row of that name")
            )
        else:
            given[criterion.id] = number
    if given and not any(given.values()):
        reading.faults.append(
            reading.view.at(row, shape.columns[0].likely).fault(
                "weights-zero", "all weights are 0", "write one that is not"
            )
        )
    place = _whole_row(reading.view, shape, row)
    return (ImportedWeights("from-file", f"Weights of {file}", {"judgements": given}, place),)

"""XMCDA, versions 2, 3 and 4, in one file or several: alternatives, criteria, scales, performances, weights, hierarchy.

This uses expat: no reader of version 2 is published, and the published one for 3 and 4 takes a misspelt id for a new
option and NA for a value. Names are compared without namespaces, which children have only in version 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_options.dossier.plain_words import quoted
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError, as_written
from policy_options.exchange.importing.asked import Asked, counted, listed
from policy_options.exchange.importing.ids import ids_of, title_of
from policy_options.exchange.importing.matrix import (
    UNKNOWN_SCORE,
    At,
    ImportedCriterion,
    ImportedGroup,
    ImportedMatrix,
    ImportedOption,
    ImportedScore,
    ImportedWeights,
)
from policy_options.exchange.importing.safe_xml import Element
from policy_options.exchange.importing.xmcda_files import Block, blocks_of
from policy_options.exchange.importing.xmcda_functions import Corners, corners_of, fitted
from policy_options.exchange.importing.xmcda_values import Scale, Value, is_true, scale_of, value_in
from policy_options.exchange.importing.xmcda_weights import weights_of

__all__ = ["read_xmcda"]

_USED = (
    "alternatives",
    "criteria",
    "criteriaFunctions",
    "criteriaScales",
    "performanceTable",
    "criteriaValues",
    "criteriaHierarchy",
)


@dataclass(slots=True)
class _Named:
    """Alternatives or criteria: by the id used in the file, title and place; ``out`` are those left out."""

    what: str
    found: dict[str, tuple[str, At]] = field(default_factory=dict)
    out: set[str] = field(default_factory=set)
    declared: bool = False


@dataclass(slots=True)
class _Reading:
    options: _Named = field(default_factory=lambda: _Named("alternative"))
    criteria: _Named = field(default_factory=lambda: _Named("criterion"))
    scales: dict[str, Scale] = field(default_factory=dict)
    cells: dict[tuple[str, str], tuple[Value, At]] = field(default_factory=dict)
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    corners: dict[str, Corners] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    def known(self, named: _Named, id: str, at: At) -> bool:
        """Whether an id in use was declared; if not, this is a fault."""
        if not named.declared:
            named.found.setdefault(id, (id, at))
        if id in named.found:
            return True
        if id not in named.out:
            self.faults.append(
                at.fault("unknown-id", f"{quoted(id)} is no {named.what} of the file", did_you_mean(id, named.found))
            )
        return False


def read_xmcda(sources: Sequence[tuple[str, bytes]], asked: Asked) -> ImportedMatrix:
    """Read the decision in one file or several.

    Raises:
        PolicyOptionsError: with everything wrong: an unknown version, an id that is undeclared or used twice, a value
            that is not a number, or several blocks that could be the weights.
    """
    blocks, said = blocks_of(sources)
    reading = _Reading()
    for named, plural in ((reading.options, "alternatives"), (reading.criteria, "criteria")):
        for block in (one for one in blocks if one.name == plural):
            _declare(reading, named, block, asked)
    _scales(reading, blocks)
    _performances(reading, [one for one in blocks if one.name == "performanceTable"], sources[0][0])
    for block in (one for one in blocks if one.name == "criteriaFunctions"):
        found, left_out = corners_of(block)
        reading.left_out += left_out
        reading.corners |= {id: corners for id, at, corners in found if reading.known(reading.criteria, id, at)}
    for block in (one for one in blocks if one.name == "criteriaHierarchy"):
        for nodes in block.element.every("nodes"):
            _hierarchy(reading, nodes, block, ())
    if reading.faults:
        raise PolicyOptionsError(reading.faults)
    others = dict.fromkeys(block.name for block in blocks if block.name not in _USED)
    reading.left_out += [f"{name}: a dossier has no place for it" for name in others]
    return _matrix(reading, blocks, sources, said, asked)


def _declare(reading: _Reading, named: _Named, block: Block, asked: Asked) -> None:
    for one in block.element.every(named.what):
        named.declared = True
        id, at = one.attributes.get("id", ""), one.at(block.file)
        if not id.strip():
            reading.faults.append(at.fault("id-missing", f"the {named.what} has no id", "write one"))
            continue
        if id in named.found or id in named.out:
            reading.faults.append(at.fault("id-twice", f"the id {quoted(id)} is used twice", "rename one of the two"))
            continue
        title = " ".join((one.attributes.get("name") or id).split()) or id
        why = _why_not(one, asked, id, title)
        if why is None:
            named.found[id] = (title, at)
        else:
            named.out.add(id)
            reading.left_out.append(f"{named.what} {quoted(id)}: {why}")
        scale = one.first("scale") if named.what == "criterion" and block.major == 2 else None
        if scale is not None and why is None:
            _keep_scale(reading, id, scale, block)


def _why_not(one: Element, asked: Asked, id: str, title: str) -> str | None:
    kind = one.first("type")
    if kind is not None and kind.text.strip() == "fictive":
        return "fictive, so a profile and no option"
    reference = one.first("reference")
    if reference is not None and is_true(reference, "false"):
        return "a reference, and no option"
    if not is_true(one.first("active"), "true"):
        return "not active"
    return "as --leave-out says" if asked.leaves_out(id, title) else None


def _keep_scale(reading: _Reading, id: str, element: Element, block: Block) -> None:
    scale, faults = scale_of(element, block.file, id)
    reading.faults += faults
    if id in reading.scales:
        reading.faults.append(
            element.at(block.file).fault(
                "scale-several", f"the criterion {quoted(id)} has several scales", "keep one of them"
            )
        )
    reading.scales.setdefault(id, scale)


def _scales(reading: _Reading, blocks: list[Block]) -> None:
    shared: dict[str, tuple[Element, Block]] = {}
    mine = [block for block in blocks if block.name == "criteriaScales"]
    each = [
        (one, block)
        for block in mine
        for one in block.element.children
        if one.name in ("criterionScale", "criterionScales")
    ]
    for one, block in each:
        for scale in (s for holder in one.every("scales") for s in holder.every("scale")):
            if "id" in scale.attributes:
                shared[scale.attributes["id"]] = (scale, block)
    for one, block in each:
        target = one.first("criterionID")
        id = "" if target is None else target.text
        if not reading.known(reading.criteria, id, (target or one).at(block.file)):
            continue
        for holder in one.every("scales"):
            for child in holder.children:
                if child.name == "scale":
                    _keep_scale(reading, id, child, block)
                elif child.name == "scaleID":
                    found = shared.get(child.text)
                    if found is None:
                        reading.faults.append(
                            child.at(block.file).fault(
                                "unknown-id",
                                f"{quoted(child.text)} is no scale of the file",
                                did_you_mean(child.text, shared),
                            )
                        )
                    else:
                        _keep_scale(reading, id, *found)


def _performances(reading: _Reading, tables: list[Block], file: str) -> None:
    if not tables:
        reading.faults.append(
            At(file).fault("no-matrix", "there is no performanceTable", "name its file too, with --from")
        )
    for table in tables:
        for row in table.element.every("alternativePerformances"):
            named = row.first("alternativeID")
            if named is None:
                reading.faults.append(
                    row.at(table.file).fault(
                        "id-missing", "these performances name no alternative", "add alternativeID"
                    )
                )
            elif reading.known(reading.options, named.text, named.at(table.file)):
                _row(reading, table, row, named.text)


def _row(reading: _Reading, table: Block, row: Element, option: str) -> None:
    for one in row.every("performance"):
        target = one.first("criterionID") or one.first("attributeID")
        at = (target or one).at(table.file)
        if target is None or not reading.known(reading.criteria, target.text, at):
            if target is None:
                reading.faults.append(at.fault("id-missing", "this performance names no criterion", "add criterionID"))
            continue
        where = f"the performance of {quoted(option)} on {quoted(target.text)}"
        value, fault = value_in(one, table.file, where, table.major)
        if fault is not None:
            reading.faults.append(fault)
        if (option, target.text) in reading.cells:
            reading.faults.append(at.fault("cell-twice", f"{where} is there twice", "keep one of the two"))
        reading.cells[option, target.text] = (value, at)


def _hierarchy(reading: _Reading, nodes: Element, block: Block, above: tuple[str, ...]) -> None:
    for node in nodes.every("node"):
        target = node.first("criterionID")
        at = (target or node).at(block.file)
        id = "" if target is None else target.text
        if not reading.known(reading.criteria, id, at):
            continue
        if id in reading.above:
            reading.faults.append(
                at.fault("id-twice", f"{quoted(id)} is in the hierarchy twice", "keep one of the two")
            )
        reading.above[id] = above
        for below in node.every("nodes"):
            _hierarchy(reading, below, block, (*above, id))


def _matrix(
    reading: _Reading, blocks: list[Block], sources: Sequence[tuple[str, bytes]], said: list[str], asked: Asked
) -> ImportedMatrix:
    inner = {id for path in reading.above.values() for id in path}
    leaves = [id for id in reading.criteria.found if id not in inner]
    scored_inner = sorted({criterion for _, criterion in reading.cells if criterion in inner})
    reading.left_out += [f"the scores on {quoted(id)}: a dossier scores below it" for id in scored_inner]
    reading.left_out += [
        f"alternative {quoted(id)}: no performance"
        for id in reading.options.found
        if not any((id, c) in reading.cells for c in leaves)
    ]
    rows = [id for id in reading.options.found if any((id, c) in reading.cells for c in leaves)]
    option_id = _mapped(reading, reading.options, rows)
    node_id = _mapped(reading, reading.criteria, [*inner_in_order(reading, inner), *leaves])
    criteria = [_criterion(reading, id, node_id) for id in leaves]
    scores = [tuple(_score(reading, option, c) for c in leaves) for option in rows]
    unknown = sum(score is UNKNOWN_SCORE for row in scores for score in row)
    if unknown:
        reading.assumed.append(counted(unknown, "is NA or missing, so it is", "are NA or missing, so they are"))
    weights: tuple[ImportedWeights, ...] = ()
    found, notes, left_out = weights_of(
        blocks, leaves, set(reading.criteria.found) | reading.criteria.out, asked, sources[0][0]
    )
    if found is not None:
        judged = {node_id[id]: number for id, number in found.numbers.items()}
        weights = (ImportedWeights("from-file", found.title, {"judgements": judged}, found.at),)
    if reading.faults:
        raise PolicyOptionsError(reading.faults)
    source = sources[0][0] if len(sources) == 1 else f"{sources[0][0]} and {len(sources) - 1} more"
    return ImportedMatrix(
        source,
        "XMCDA",
        tuple(ImportedOption(option_id[id], reading.options.found[id][0], reading.options.found[id][1]) for id in rows),
        tuple(criteria),
        tuple(scores),
        groups=tuple(
            ImportedGroup(node_id[id], reading.criteria.found[id][0], tuple(node_id[one] for one in reading.above[id]))
            for id in inner_in_order(reading, inner)
        ),
        weights=weights,
        read=(*said, *reading.notes, *notes),
        left_out=(*reading.left_out, *left_out),
        assumed=tuple(reading.assumed),
    )


def inner_in_order(reading: _Reading, inner: set[str]) -> list[str]:
    """The inner nodes of the hierarchy, each after those above it."""
    return [id for id in reading.above if id in inner]


def _mapped(reading: _Reading, named: _Named, ids: list[str]) -> dict[str, str]:
    """The id in the dossier for each id in the file."""
    what = "option" if named.what == "alternative" else "criterion"
    made, notes, faults = ids_of([(id, named.found[id][1]) for id in ids], what)
    reading.faults += faults
    reading.notes += notes
    for id in ids:
        try:
            title, at = named.found[id]
            named.found[id] = (title_of(title, at), at)
        except PolicyOptionsError as error:
            reading.faults.extend(error.faults)
    changed = [
        f"{quoted(id)} is {new}"
        for id, new in zip(ids, made, strict=True)
        if id != new and not any(quoted(id) in n for n in notes)
    ]
    if changed:
        reading.notes.append(f"ids as a dossier has them: {listed(changed)}")
    return dict(zip(ids, made, strict=True))


def _criterion(reading: _Reading, id: str, node_id: dict[str, str]) -> ImportedCriterion:
    title, at = reading.criteria.found[id]
    scale = reading.scales.get(id, Scale())
    low, high = scale.low, scale.high
    if (low is None) != (high is None):
        reading.assumed.append(
            f"the other end of the scale of {quoted(id)}, of which one is {as_written(low if low is not None else high or 0.0)}"
        )
        low = high = None
    groups = tuple(node_id[one] for one in reading.above.get(id, ()))
    points: Corners = ()
    if id in reading.corners and not scale.levels:
        points, why = fitted(reading.corners[id], scale)
        if why:
            reading.left_out.append(f"the value function of {quoted(id)}: {why}")
        else:
            low, high = points[0][0], points[-1][0]
            reading.notes.append(f"the value function of {quoted(id)} has {len(points)} corners")
    return ImportedCriterion(
        node_id[id], title, at, None, scale.direction, low, high, scale.levels, points=points, groups=groups
    )


def _score(reading: _Reading, option: str, criterion: str) -> ImportedScore:
    value, at = reading.cells.get((option, criterion), (Value(), At("")))
    scale = reading.scales.get(criterion, Scale())
    if scale.levels:
        return _level(reading, value, at, scale, option, criterion)
    if value.label is not None and value.number is None:
        reading.faults.append(
            at.fault(
                "label-without-scale",
                f"{quoted(option)} has the label {quoted(value.label)} on {quoted(criterion)}, which has no scale of labels",
                "name the file with its criteriaScales too",
            )
        )
    if value.boolean:
        note = f"truth values on {quoted(criterion)} are read as 1 and 0"
        reading.notes += [] if note in reading.notes else [note]
    if value.low is not None and value.high is not None:
        note = f"intervals on {quoted(criterion)} are read as ranges" + (
            ", their open bounds as bounds" if value.open else ""
        )
        reading.notes += [] if note in reading.notes else [note]
        middle = (value.low + value.high) / 2
        return ImportedScore(
            middle,
            value.low,
            value.high,
            "TODO say which performance is likely. The file gives an interval, of which this is the middle.",
        )
    return UNKNOWN_SCORE if value.number is None else ImportedScore(value.number)


def _level(reading: _Reading, value: Value, at: At, scale: Scale, option: str, criterion: str) -> ImportedScore:
    if value == Value():
        return UNKNOWN_SCORE
    known = dict(scale.id_of)
    by_number = {level.position: level.id for level in scale.levels}
    found = known.get(value.label or "") or (
        by_number.get(value.number) if value.label is None and value.number is not None else None
    )
    if found is None:
        said = quoted(value.label) if value.label is not None else "a number"
        reading.faults.append(
            at.fault(
                "unknown-label",
                f"{quoted(option)} has {said} on {quoted(criterion)}, whose scale has the labels {listed(known)}",
                "correct it",
            )
        )
        return UNKNOWN_SCORE
    return ImportedScore(found)

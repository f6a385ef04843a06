"""A dossier as XMCDA 3.1.1, 4.0.0 or 2.2.2: alternatives, criteria, scales, performances, value functions and weights.

Written with the standard library: the one package for the format on PyPI (xmcda 0.3) writes version 3 files that other readers
refuse. What the format has no place for is listed by ``xmcda_omissions``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import numpy as np

from policy_options.analysis.problem import CriterionAxis, GroupAxis, Problem, WeightVector
from policy_options.analysis.value_functions import Levels, PiecewiseLinear

__all__ = ["VERSIONS", "XmcdaHeader", "level_positions", "xmcda"]

VERSIONS: Final = {
    "3": "http://www.decision-deck.org/2019/XMCDA-3.1.1",
    "4": "http://www.decision-deck.org/2021/XMCDA-4.0.0",
    "2": "http://www.decision-deck.org/2017/XMCDA-2.2.2",
}
"""The namespace of each major version that is written; the first is the default."""

_LARGEST: Final = 2**31 - 1
"""The format's integers have 32 bits."""

_BLOCKS: Final = {
    "3": (
        "alternatives",
        "criteria",
        "performanceTable",
        "criteriaFunctions",
        "criteriaScales",
        "criteriaValues",
        "criteriaHierarchy",
    ),
    "4": (
        "alternatives",
        "criteria",
        "performanceTable",
        "criteriaFunctions",
        "criteriaHierarchy",
        "criteriaScales",
        "criteriaValues",
    ),
    "2": ("alternatives", "criteria", "performanceTable", "criteriaValues"),
}
"""The order of blocks, which the schemas prescribe."""


@dataclass(frozen=True, slots=True)
class XmcdaHeader:
    """What a file says of its origin: the decision's title, its protective marking, and the title of the weights."""

    title: str
    weights: str
    marking: str | None = None


def xmcda(problem: Problem, weights: WeightVector, header: XmcdaHeader, version: str = "3") -> bytes:
    """The file, in UTF-8.

    Likely performances are written, as whole numbers where they are whole and fit in 32 bits, else as reals with all their
    digits; an unknown one is NA. Levels are labels, whose numbers are their values from the worst to the best level. The ends
    of a local scale are written as they are now. Weights are the shares of the leaves, which sum to 1.

    Args:
        problem: m options and n criteria.
        weights: a share for each criterion.
        header: what the file says of its origin.
        version: a key of ``VERSIONS``.
    """
    made = {
        "alternatives": _alternatives(problem, header, version),
        "criteria": _criteria(problem, version),
        "performanceTable": _performances(problem, version),
        "criteriaFunctions": _functions(problem, version),
        "criteriaScales": _scales(problem, version),
        "criteriaValues": _weights(problem, weights, header, version),
        "criteriaHierarchy": _hierarchy(problem),
    }
    space = VERSIONS[version]
    # The root of versions 2 and 3 has a prefix and its children have none; everything in version 4 is in the namespace.
    root = Element("xmcda", xmlns=space) if version == "4" else Element("xmcda:XMCDA", {"xmlns:xmcda": space})
    root.extend(block for name in _BLOCKS[version] if (block := made[name]) is not None)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'.encode()


def level_positions(axis: CriterionAxis) -> tuple[float, ...] | None:
    """A number for each level of an axis, rising from low to high and linear in value; ``None`` where two values are equal."""
    if not isinstance(axis.value_function, Levels):
        return None
    values = axis.value_function.values
    rising = values if axis.direction == "more-is-better" else tuple(100.0 - value for value in values)
    return rising if all(low < high for low, high in itertools.pairwise(rising)) else None


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = text
    return child


def _number(parent: Element, number: float) -> None:
    """A number below an element, in the narrowest kind that holds it exactly."""
    if float(number).is_integer() and abs(number) <= _LARGEST:
        _text(parent, "integer", str(int(number)))
    else:
        _text(parent, "real", repr(float(number)))


def _value_holder(parent: Element, version: str) -> Element:
    """Where the value of a cell or a weight goes: directly below in version 2, in ``values`` from version 3 on."""
    return SubElement(parent if version == "2" else SubElement(parent, "values"), "value")


def _alternatives(problem: Problem, header: XmcdaHeader, version: str) -> Element:
    block = Element("alternatives")
    if version != "2":
        comment = f"{header.marking}. {header.title}" if header.marking else header.title
        _text(SubElement(block, "description"), "comment", comment)
    for option in problem.options:
        SubElement(block, "alternative", id=option.id, name=option.title)
    return block


def _criteria(problem: Problem, version: str) -> Element:
    block = Element("criteria")
    for axis in problem.criteria:
        criterion = SubElement(block, "criterion", id=axis.id, name=axis.title)
        if version == "2":
            _scale(criterion, axis, version)
    for group in problem.groups if version != "2" else ():
        SubElement(block, "criterion", id=group.id, name=group.title)
    return block


def _performances(problem: Problem, version: str) -> Element:
    block = Element("performanceTable", mcdaConcept="performances")
    for row, option in enumerate(problem.options):
        line = SubElement(block, "alternativePerformances")
        _text(line, "alternativeID", option.id)
        for column, axis in enumerate(problem.criteria):
            cell = SubElement(line, "performance")
            _text(cell, "criterionID", axis.id)
            likely = float(problem.likely[row, column])
            value = _value_holder(cell, version)
            if np.isnan(likely):
                SubElement(value, "NA")
            elif axis.levels:
                _text(value, "label", axis.level_ids[int(likely)])
            else:
                _number(value, likely)
    return block


def _functions(problem: Problem, version: str) -> Element | None:
    """The corners of value functions that have some, as segments."""
    block = Element("criteriaFunctions", id="value-functions", mcdaConcept="value functions")
    for axis in problem.criteria:
        if isinstance(axis.value_function, PiecewiseLinear):
            one = SubElement(block, "criterionFunctions" if version == "4" else "criterionFunction")
            _text(one, "criterionID", axis.id)
            lines = SubElement(SubElement(SubElement(one, "functions"), "function"), "piecewiseLinear")
            corners = list(zip(axis.value_function.at, axis.value_function.value, strict=True))
            for ends in itertools.pairwise(corners):
                segment = SubElement(lines, "segment")
                for name, corner in zip(("head", "tail"), ends, strict=True):
                    end = SubElement(segment, name)
                    for coordinate, number in zip(("abscissa", "ordinate"), corner, strict=True):
                        _number(SubElement(end, coordinate), number)
    return block if len(block) else None


def _scales(problem: Problem, version: str) -> Element:
    block = Element("criteriaScales")
    for axis in problem.criteria:
        one = SubElement(block, "criterionScales" if version == "4" else "criterionScale")
        _text(one, "criterionID", axis.id)
        _scale(SubElement(one, "scales"), axis, version)
    return block


def _scale(parent: Element, axis: CriterionAxis, version: str) -> None:
    scale = SubElement(parent, "scale")
    kind = SubElement(scale, "qualitative" if axis.levels else "quantitative")
    _text(kind, "preferenceDirection", "max" if axis.direction == "more-is-better" else "min")
    if not axis.levels:
        for name, end in (("minimum", axis.low), ("maximum", axis.high)):
            _number(SubElement(kind, name), end)
        return
    numbers = level_positions(axis) or tuple(float(at) for at in range(1, len(axis.level_ids) + 1))
    if version == "2":  # which has ranks only
        for at, id in enumerate(axis.level_ids, start=1):
            label = SubElement(kind, "rankedLabel")
            _text(label, "label", id)
            _text(label, "rank", str(at))
        return
    labels = SubElement(kind, "valuedLabels")
    for id, number in zip(axis.level_ids, numbers, strict=True):
        label = SubElement(labels, "valuedLabel")
        _text(label, "label", id)
        _number(SubElement(label, "value"), number)


def _weights(problem: Problem, weights: WeightVector, header: XmcdaHeader, version: str) -> Element:
    block = Element("criteriaValues", id="weights", name=header.weights, mcdaConcept="weights")
    for id, share in zip(problem.criterion_ids, weights.along(problem.criterion_ids), strict=True):
        one = SubElement(block, "criterionValues" if version == "4" else "criterionValue")
        _text(one, "criterionID", id)
        _text(_value_holder(one, version), "real", repr(float(share)))
    return block


def _hierarchy(problem: Problem) -> Element | None:
    """The groups, each with what is directly below it; criteria without a group are among the roots."""
    if not problem.groups:
        return None
    block = Element("criteriaHierarchy")
    block.append(_nodes(problem, ()))
    return block


def _nodes(problem: Problem, above: tuple[str, ...]) -> Element:
    nodes = Element("nodes")
    for group in _in(problem.groups, above):
        node = SubElement(nodes, "node")
        _text(node, "criterionID", group)
        node.append(_nodes(problem, (*above, group)))
    for criterion in _in(problem.criteria, above):
        _text(SubElement(nodes, "node"), "criterionID", criterion)
    return nodes


def _in(axes: Iterable[CriterionAxis | GroupAxis], above: tuple[str, ...]) -> Iterator[str]:
    return (axis.id for axis in axes if axis.groups == above)

"""Values in XMCDA: a cell of a performance table, a weight or the end of a scale. ``xmcda`` handles structure."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault
from policy_options.exchange.importing.ids import ids_of
from policy_options.exchange.importing.matrix import Direction, ImportedLevel
from policy_options.exchange.importing.numbers import exact_number
from policy_options.exchange.importing.safe_xml import Element

__all__ = ["Scale", "Value", "any_number", "is_true", "number_of", "scale_of", "value_in"]

_KINDS: Final = (
    "integer",
    "real",
    "rational",
    "interval",
    "label",
    "valuedLabel",
    "rankedLabel",
    "boolean",
    "NA",
    "fuzzyNumber",
    "image",
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value: a number, a range or a label; all empty if it is unknown."""

    number: float | None = None
    low: float | None = None
    high: float | None = None
    label: str | None = None
    boolean: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale: direction, ends or levels from low to high; ``id_of`` has the level of each label."""

    direction: Direction | None = None
    low: float | None = None
    high: float | None = None
    levels: tuple[ImportedLevel, ...] = ()
    id_of: tuple[tuple[str, str], ...] = ()


def value_in(parent: Element, file: str, where: str, major: int) -> tuple[Value, Fault | None]:
    """The only value below an element: directly in version 2, in ``values`` from version 3 on."""
    at = parent.at(file)
    holder = parent.first("values")
    if major > 2 and holder is None and parent.first("value") is not None:
        return Value(), at.fault(
            "xmcda-version",
            f"{where}: the value is directly below {parent.name}, as in version 2, and the file says version {major}",
            "correct the namespace of the root, or convert the file",
        )
    values = (holder or parent).every("value")
    if len(values) > 1:
        return Value(), at.fault("value-several", f"{where} has {len(values)} values", "keep one of them")
    if not values:
        return Value(), None
    held = [child for child in values[0].children if child.name in _KINDS]
    if len(held) != 1:
        return Value(), None if not held and not values[0].text else values[0].at(file).fault(
            "value-unreadable", f"{where} has {len(held)} kinds of value", "keep one of them"
        )
    return _value(held[0], file, where)


def _value(element: Element, file: str, where: str) -> tuple[Value, Fault | None]:
    at, text = element.at(file), element.text
    match element.name:
        case "NA":
            return Value(), None
        case "integer" | "real" | "rational":
            number = number_of(element)
            if number is None:
                return Value(), at.fault("value-unreadable", f"{where}: {quoted(text)} is no number", "correct it")
            return Value(number), None
        case "label":
            return Value(label=text), None
        case "valuedLabel" | "rankedLabel":
            label = element.first("label")
            inner = element.first("value") or element.first("rank")
            return Value(any_number(inner), label=None if label is None else label.text), None
        case "boolean":
            return Value(1.0 if is_true(element, "true") else 0.0, boolean=True), None
        case "interval":
            return _interval(element, file, where)
        case kind:
            return Value(), at.fault(
                "value-refused",
                f"{where} is {kind}, of which no single number can be taken",
                "write a number or an interval",
            )


def _interval(element: Element, file: str, where: str) -> tuple[Value, Fault | None]:
    bounds = [element.first("lowerBound"), element.first("upperBound")]
    numbers = [any_number(bound) for bound in bounds]
    low, high = numbers
    if low is None or high is None:
        return Value(), element.at(file).fault(
            "interval-open-ended", f"{where} is an interval without both bounds", "write both bounds, or NA"
        )
    if low > high:
        return Value(), element.at(file).fault("range-order", f"{where} is an interval upside down", "swap its bounds")
    open_ = any(bound is not None and bound.attributes.get("open", "").strip() in ("true", "1") for bound in bounds)
    return Value(low=low, high=high, open=open_), None


def any_number(element: Element | None) -> float | None:
    """The number in an element, however deeply nested."""
    if element is None:
        return None
    if element.name in ("integer", "real", "rational", "rank") and (found := number_of(element)) is not None:
        return found
    for child in element.children:
        if child.name in ("integer", "real", "rational", "value", "constant"):
            return any_number(child)
    return number_of(element) if not element.children else None


def number_of(element: Element) -> float | None:
    """An integer, a real or a rational, exactly."""
    if element.name == "rational":
        parts = [element.first("numerator"), element.first("denominator")]
        over = [None if part is None else number_of(part) for part in parts]
        if over[0] is None or not over[1]:
            return None
        ratio = over[0] / over[1]
        return ratio if isfinite(ratio) and (ratio != 0.0 or over[0] == 0.0) else None
    return exact_number(element.text)


def is_true(element: Element | None, default: str) -> bool:
    """A truth value of XML Schema; an empty element has the default."""
    text = "" if element is None else element.text.strip()
    return (text or default) in ("true", "1")


def scale_of(element: Element, file: str, criterion: str) -> tuple[Scale, list[Fault]]:
    """A ``scale``: quantitative, or qualitative with labels in an order."""
    shape = next((c for c in element.children if c.name in ("quantitative", "qualitative", "nominal")), None)
    if shape is None:
        return Scale(), []
    direction = _direction(shape.first("preferenceDirection"))
    if shape.name == "nominal":
        return Scale(), [
            shape.at(file).fault(
                "scale-nominal",
                f"the scale of {quoted(criterion)} is nominal: its labels have no order",
                "use a qualitative scale",
            )
        ]
    if shape.name == "quantitative":
        low, high = any_number(shape.first("minimum")), any_number(shape.first("maximum"))
        if low is not None and high is not None and low >= high:
            return Scale(), [
                shape.at(file).fault(
                    "scale-ends", f"the minimum of {quoted(criterion)} is not below its maximum", "swap them"
                )
            ]
        return Scale(direction, low, high), []
    return _levels(shape, file, criterion, direction)


def _levels(shape: Element, file: str, criterion: str, direction: Direction | None) -> tuple[Scale, list[Fault]]:
    holder = shape.first("valuedLabels") or shape
    found = []
    for one in (child for child in holder.children if child.name in ("valuedLabel", "rankedLabel")):
        label, number = one.first("label"), any_number(one.first("value") or one.first("rank"))
        if label is None or number is None:
            return Scale(), [
                one.at(file).fault(
                    "scale-label", f"a label of {quoted(criterion)} has no name or number", "complete it"
                )
            ]
        found.append((number, label.text, one))
    found.sort(key=lambda one: one[0])
    if len(found) < 2 or len({number for number, _, _ in found}) < len(found):
        return Scale(), [
            shape.at(file).fault(
                "scale-label",
                f"the scale of {quoted(criterion)} needs two labels at least, with numbers that differ",
                "complete it",
            )
        ]
    ids, _, faults = ids_of([(label, one.at(file)) for _, label, one in found], "level")
    ids = [f"level-{id}" if id == "unknown" else id for id in ids]
    levels = tuple(ImportedLevel(id, label, number) for id, (number, label, _) in zip(ids, found, strict=True))
    return Scale(
        direction, levels=levels, id_of=tuple((label, id) for id, (_, label, _) in zip(ids, found, strict=True))
    ), faults


def _direction(element: Element | None) -> Direction | None:
    words: dict[str, Direction] = {"max": "more-is-better", "min": "less-is-better"}
    return None if element is None else words.get(element.text.strip())

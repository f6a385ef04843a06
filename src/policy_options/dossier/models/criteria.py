"""The value tree: groups and criteria, each criterion with its unit, direction, scale, value function and red line."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from policy_options.dossier.models.base import DossierFile, Id, Line, Many, Model, Number, Performance, Prose, fault

__all__ = [
    "CriteriaFile",
    "Criterion",
    "End",
    "Group",
    "Level",
    "Node",
    "PairThresholds",
    "RedLine",
    "Scale",
    "ValueFunction",
    "walk",
]

Direction = Literal["more-is-better", "less-is-better"]


class End(Model):
    """One end of a scale, described so that two analysts would score alike."""

    at: Number
    means: Prose


class Level(Model):
    """One level of an ordered scale of levels, with its value from 0 to 100."""

    id: Id
    title: Annotated[Line | None, Field(description="What people read instead of the id.")] = None
    means: Prose
    value: Number


class Scale(Model):
    """A performance scale: two described ends, or ordered levels from low to high.

    A global scale is fixed by its anchors. A local one takes its ends from the options at hand, which lets an added
    option reorder the others; it must give a reason.
    """

    kind: Literal["global", "local"] = "global"
    because: Annotated[Prose | None, Field(description="Why the scale is local.")] = None
    low: End | None = None
    high: End | None = None
    levels: Annotated[Many[Level], Field(description="Ordered levels, from low to high in the unit.")] = ()


class Point(Model):
    """A corner of a piecewise linear value function."""

    at: Number
    value: Number


class ValueFunction(Model):
    """How performance becomes value. Levels carry their own values and need no function."""

    kind: Literal["linear", "piecewise-linear", "exponential"]
    points: Annotated[Many[Point], Field(description="For piecewise-linear: corners by rising performance.")] = ()
    midpoint: Annotated[Number | None, Field(description="For exponential: the performance worth half the swing.")] = (
        None
    )


class RedLine(Model):
    """A minimum performance: an option beyond it is shown, named and not recommended."""

    at: Annotated[Performance, Field(description="The worst performance that is still acceptable.")]
    because: Prose


def _veto(value: Any) -> float | str:
    if value.__class__ is float or value.__class__ is int:
        return float(value)
    if value == "none":
        return "none"
    raise fault(
        "thresholds", "the veto is neither a number nor `none`", "write a difference in the unit, or veto: none"
    )


Veto = Annotated[
    float | Literal["none"],
    BeforeValidator(_veto),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"const": "none"}]}),
]


class PairThresholds(Model):
    """Which differences between two options matter on a criterion, for cross-checks by methods that compare pairs.

    They are in the unit, or in numbers of levels. What is not written is derived from the scale. They enter no ranking.
    """

    indifferent: Annotated[
        Number | None, Field(ge=0, description="Up to this difference, two performances are taken as equal.")
    ] = None
    prefer: Annotated[
        Number | None, Field(gt=0, description="From this difference on, the better performance counts in full.")
    ] = None
    veto: Annotated[
        Veto | None,
        Field(
            description="From this difference on, nothing makes up for the worse performance; `none`: any can be made up for."
        ),
    ] = None


def _unit_form(text: str) -> str:
    if text.count("{}") != 1:
        raise fault("unit-form", "a form of the unit has one {} for the number", "write it as £{} million")
    return text


UnitForm = Annotated[Line, AfterValidator(_unit_form)]


class Criterion(Model):
    """A leaf of the value tree."""

    id: Id
    title: Line
    short: Annotated[Line | None, Field(description="A shorter title, for charts and narrow tables.")] = None
    question: Annotated[Prose | None, Field(description="What is asked of each option.")] = None
    channel: Annotated[Id | None, Field(description="The part of the argument that the criterion traces to.")] = None
    unit: Line
    unit_form: Annotated[
        UnitForm | None,
        Field(
            description="How a number is written with its unit, {} for the number: `£{} million`; else the unit follows it."
        ),
    ] = None
    judged: Annotated[bool, Field(description="Whether performances are judged rather than measured.")] = False
    direction: Direction
    scale: Scale
    step: Annotated[
        Number | None,
        Field(
            gt=0,
            description="What performances come in multiples of, such as 1 for governments or posts: a figure at which the "
            "advice would change is then one that can be reached.",
        ),
    ] = None
    swing: Annotated[Prose | None, Field(description="What moving from the worst to the best end would mean.")] = None
    value_function: ValueFunction | None = None
    red_line: RedLine | None = None
    thresholds: PairThresholds | None = None


def _node_kind(value: Any) -> str:
    if isinstance(value, dict):
        return "group" if "criteria" in value else "criterion"
    return "group" if isinstance(value, Group) else "criterion"


class Group(Model):
    """An inner node of the value tree."""

    id: Id
    title: Line
    short: Line | None = None
    question: Prose | None = None
    role: Annotated[Literal["cost"] | None, Field(description="`cost`: the group that value is set against.")] = None
    criteria: "Annotated[Many[Node], Field(min_length=1)]"


Node = Annotated[Annotated[Group, Tag("group")] | Annotated[Criterion, Tag("criterion")], Discriminator(_node_kind)]


class CriteriaFile(DossierFile):
    """``criteria/criteria.yaml``."""

    criteria: Annotated[Many[Node], Field(min_length=1)]


def walk(
    nodes: tuple[Group | Criterion, ...], path: tuple[str | int, ...] = ("criteria",), above: tuple[Group, ...] = ()
) -> Iterator[tuple[Group | Criterion, tuple[str | int, ...], tuple[Group, ...]]]:
    """Yield each node of the tree in document order, with its path in the file and the groups above it."""
    for index, node in enumerate(nodes):
        here = (*path, index)
        yield node, here, above
        if isinstance(node, Group):
            yield from walk(node.criteria, (*here, "criteria"), (*above, node))

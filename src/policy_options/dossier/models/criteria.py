"""The value tree: groups and criteria, each criterion with its unit, direction, scale, value function and red line."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from policy_options.dossier.models.base import DossierFile, Id, Line, Many, Model, Number, Performance, Prose, fault
from policy_options.dossier.models.option import Score

__all__ = [
    "CriteriaFile",
    "Criterion",
    "End",
    "Group",
    "InPackages",
    "JudgedPackage",
    "Level",
    "Node",
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
    option reorder the others; it must say why.
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
    """How performance becomes value. Levels carry their own values and need none."""

    kind: Literal["linear", "piecewise-linear", "exponential"]
    points: Annotated[Many[Point], Field(description="For piecewise-linear: corners by rising performance.")] = ()
    midpoint: Annotated[Number | None, Field(description="For exponential: the performance worth half the swing.")] = (
        None
    )


class RedLine(Model):
    """A minimum performance: an option beyond it is shown, named and not recommended."""

    at: Annotated[Performance, Field(description="The worst performance that is still acceptable.")]
    because: Prose


class JudgedPackage(Model):
    """The performance of one package, judged as a whole."""

    of: Annotated[Many[Id], Field(min_length=2, description="The options of the package.")]
    score: Score


class InPackages(Model):
    """How the performances of options that are done together combine."""

    rule: Annotated[
        Literal["add", "highest", "lowest", "independent", "judged"],
        Field(
            description="`add`: increments over the baseline sum. `highest`, `lowest`: the extreme of the members that differ "
            "from the baseline. `independent`: each leaves a share of what is left. `judged`: scores of the packages below."
        ),
    ]
    beyond: Annotated[
        Literal["hold", "extend"] | None,
        Field(
            description="Where a combined performance leaves the scale: `hold`, nothing more is gained or lost past the end; "
            "`extend`, value goes on along the same line."
        ),
    ] = None
    limit: Annotated[
        Number | None,
        Field(description="For independent: where nothing is left, if not at the best end of the scale."),
    ] = None
    packages: Annotated[
        Many[JudgedPackage], Field(description="For judged: the packages of two options or more that have a score.")
    ] = ()
    measures: Annotated[
        Id | None, Field(description="The resource of criteria/packages.yaml that the criterion measures too.")
    ] = None
    because: Annotated[Prose | None, Field(description="Why they combine so.")] = None

    @model_validator(mode="after")
    def _of_its_rule(self) -> Self:
        if self.limit is not None and self.rule != "independent":
            raise fault(
                "in-packages",
                f"a limit says nothing under the rule {self.rule}",
                "delete it, or write rule: independent",
            )
        if self.packages and self.rule != "judged":
            raise fault(
                "in-packages",
                f"judged packages say nothing under the rule {self.rule}",
                "delete them, or write rule: judged",
            )
        if self.rule == "judged" and not self.packages:
            raise fault(
                "in-packages", "the rule is judged, and no package is judged", "write packages: with of: and score:"
            )
        return self


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
    in_packages: Annotated[
        InPackages | None, Field(description="How performances combine where several options are done together.")
    ] = None


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

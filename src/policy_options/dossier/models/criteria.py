"""The value tree: groups and criteria, each criterion with its unit, direction, scale, value function and red line."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

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
    "PairThresholds",
    "RedLine",
    "Scale",
    "ValueFunction",
    "walk",
]

Direction = Literal["more-is-better", "less-is-better"]


class End(Model):
    """One end of a scale, described so that two analysts would score alike."""

    at: Annotated[Number, Field(description="The performance at this end, in the criterion's unit.", examples=[0])]
    means: Annotated[
        Prose,
        Field(
            description="What this performance looks like, so that two analysts would score alike.",
            examples=["As many as the county's best"],
        ),
    ]


class Level(Model):
    """One level of an ordered scale of levels, with its value from 0 to 100."""

    id: Annotated[Id, Field(description="The id of the level, which scores use.", examples=["small"])]
    title: Annotated[
        Line | None, Field(description="What readers see instead of the id.", examples=["small outlay"])
    ] = None
    means: Annotated[
        Prose,
        Field(
            description="What this level looks like, so that two analysts would score alike.",
            examples=["Below a year's upkeep"],
        ),
    ]
    value: Annotated[
        Number,
        Field(
            description="What the level is worth, from 0 for the worst level to 100 for the best. In value points.",
            examples=[100],
        ),
    ]


class Scale(Model):
    """A performance scale: two described ends, or ordered levels from low to high.

    A global scale is fixed by its anchors. A local one takes its ends from the options at hand, which lets an added
    option reorder the others; it must give a reason.
    """

    kind: Annotated[
        Literal["global", "local"],
        Field(
            description="`global`: the ends are fixed by what you write. `local`: they are the lowest and the "
            "highest score of the options at hand, so that another option can change the order."
        ),
    ] = "global"
    because: Annotated[
        Prose | None,
        Field(
            description="Why the scale is local. A local scale needs it.",
            examples=["The survey compares these landings only."],
        ),
    ] = None
    low: Annotated[
        End | None,
        Field(
            description="The end with the smaller number, whichever is better. A scale has either two ends or levels."
        ),
    ] = None
    high: Annotated[End | None, Field(description="The end with the larger number, whichever is better.")] = None
    levels: Annotated[
        Many[Level], Field(description="The levels of an ordered scale, from low to high in the unit.")
    ] = ()


class Point(Model):
    """A corner of a piecewise linear value function."""

    at: Annotated[Number, Field(description="The performance at this point, in the criterion's unit.", examples=[40])]
    value: Annotated[Number, Field(description="What it is worth, from 0 to 100. In value points.", examples=[75])]


class ValueFunction(Model):
    """How performance becomes value. Levels carry their own values and need no function."""

    kind: Annotated[
        Literal["linear", "piecewise-linear", "exponential"],
        Field(
            description="`linear`: each step is worth the same. `piecewise-linear`: along straight lines between "
            "`points`. `exponential`: along a curve through `midpoint`."
        ),
    ]
    points: Annotated[
        Many[Point],
        Field(description="For `piecewise-linear`: the points that the lines connect, by rising performance."),
    ] = ()
    midpoint: Annotated[
        Number | None,
        Field(
            description="For `exponential`: the performance that is worth half of the scale, in the criterion's unit.",
            examples=[30],
        ),
    ] = None


class RedLine(Model):
    """A minimum performance: an option beyond it is shown, named and not recommended."""

    at: Annotated[
        Performance,
        Field(
            description="The worst performance that is still acceptable: a number in the criterion's unit, or a level.",
            examples=[45],
        ),
    ]
    because: Annotated[
        Prose,
        Field(
            description="Why anything worse is unacceptable.", examples=["The law requires a landing within the hour."]
        ),
    ]


class JudgedPackage(Model):
    """The performance of one package, judged as a whole."""

    of: Annotated[Many[Id], Field(min_length=2, description="The options of the package.")]
    score: Annotated[Score, Field(description="Its performance on the criterion, like any score.")]


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
    """Something that options are scored on: a leaf of the value tree."""

    id: Annotated[
        Id,
        Field(
            description="The id of the criterion, which scores and weights use. Groups and criteria share one set "
            "of ids.",
            examples=["waiting"],
        ),
    ]
    title: Annotated[Line, Field(description="The name of the criterion.", examples=["Waiting time"])]
    short: Annotated[
        Line | None, Field(description="A shorter title, for charts and narrow tables.", examples=["Waiting"])
    ] = None
    question: Annotated[
        Prose | None,
        Field(description="What is asked of each option.", examples=["How long do passengers wait in summer?"]),
    ] = None
    channel: Annotated[
        Id | None,
        Field(
            description="The id of the part of the argument that the criterion belongs to. It is a note for "
            "analysts and changes nothing.",
            examples=["travel"],
        ),
    ] = None
    unit: Annotated[Line, Field(description="The unit of the scores.", examples=["minutes"])]
    unit_form: Annotated[
        UnitForm | None,
        Field(
            description="How a number is written with its unit, where the unit does not simply follow it. `{}` is "
            "the number.",
            examples=["£{} million"],
        ),
    ] = None
    judged: Annotated[bool, Field(description="Whether the scores are judged (`true`) or measured (`false`).")] = False
    direction: Annotated[Direction, Field(description="Whether a larger number is better or worse.")]
    scale: Annotated[Scale, Field(description="The range of performances that weights refer to.")]
    step: Annotated[
        Number | None,
        Field(
            gt=0,
            description="What scores come in multiples of, in the criterion's unit: 1 for boats or posts. Printed "
            "figures at which the advice would change are then ones that can be reached.",
            examples=[1],
        ),
    ] = None
    swing: Annotated[
        Prose | None,
        Field(
            description="What moving from the worst end of the scale to the best would mean. Weights are "
            "judgements about this move.",
            examples=["From an hour's wait to none"],
        ),
    ] = None
    value_function: Annotated[
        ValueFunction | None,
        Field(
            description="How performance becomes value. Without it, value is linear. A scale of levels has none, "
            "since each level has its value."
        ),
    ] = None
    red_line: Annotated[
        RedLine | None, Field(description="A minimum: an option that fails it is shown and named, but not recommended.")
    ] = None
    in_packages: Annotated[
        InPackages | None, Field(description="How performances combine if several options are done together.")
    ] = None
    thresholds: Annotated[
        PairThresholds | None,
        Field(description="Which differences between two options matter, for cross-checks by other methods."),
    ] = None


def _node_kind(value: Any) -> str:
    if isinstance(value, dict):
        return "group" if "criteria" in value else "criterion"
    return "group" if isinstance(value, Group) else "criterion"


class Group(Model):
    """A group of criteria: an inner node of the value tree."""

    id: Annotated[
        Id, Field(description="The id of the group. Groups and criteria share one set of ids.", examples=["use"])
    ]
    title: Annotated[Line, Field(description="The name of the group.", examples=["Use by residents"])]
    short: Annotated[
        Line | None, Field(description="A shorter title, for charts and narrow tables.", examples=["Use"])
    ] = None
    question: Annotated[
        Prose | None,
        Field(
            description="What the criteria of the group ask together.",
            examples=["How well does the landing serve residents?"],
        ),
    ] = None
    role: Annotated[
        Literal["cost"] | None,
        Field(
            description="`cost`: value is also shown without this group, and set against it. At most one group has it."
        ),
    ] = None
    criteria: (
        'Annotated[Many[Node], Field(min_length=1, description="The criteria of the group, and groups within it.")]'
    )


Node = Annotated[Annotated[Group, Tag("group")] | Annotated[Criterion, Tag("criterion")], Discriminator(_node_kind)]


class CriteriaFile(DossierFile):
    """The file ``criteria/criteria.yaml``: what options are scored on."""

    criteria: Annotated[
        Many[Node],
        Field(min_length=1, description="The criteria and groups of criteria, in the order in which they are shown."),
    ]


def walk(
    nodes: tuple[Group | Criterion, ...], path: tuple[str | int, ...] = ("criteria",), above: tuple[Group, ...] = ()
) -> Iterator[tuple[Group | Criterion, tuple[str | int, ...], tuple[Group, ...]]]:
    """Yield each node of the tree in document order, with its path in the file and the groups above it."""
    for index, node in enumerate(nodes):
        here = (*path, index)
        yield node, here, above
        if isinstance(node, Group):
            yield from walk(node.criteria, (*here, "criteria"), (*above, node))

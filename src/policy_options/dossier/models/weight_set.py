"""A weight set: whose view, why, and the judgements themselves. The weights derived from them are never stored."""

import re
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from policy_options.analysis.elicitation.methods import METHODS, reading
from policy_options.dossier.models.base import Date, DossierFile, Id, Line, Many, Model, Number, Prose, check_id, fault
from policy_options.dossier.plain_words import kind_of

__all__ = ["BestWorstAnswer", "CrossCheck", "GivenOn", "Participant", "SwingInterval", "WeightSet", "WithAnswers"]


def _fingerprint(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{16}", value):
        remedy = "delete the line; policy-options weights refresh ID --confirm writes it"
        raise fault("fingerprint", f"{kind_of(value)} is no fingerprint of descriptions", remedy)
    return value


Fingerprint = Annotated[
    str, BeforeValidator(_fingerprint), WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{16}$"})
]


class GivenOn(Model):
    """The range on which a judgement was given; when the criterion's present range differs, the set is stale."""

    path: Annotated[str, Field(description="The groups above the criterion and its id, joined by /.")]
    unit: Line
    direction: Literal["more-is-better", "less-is-better"]
    low: Annotated[Number | None, Field(description="The low end; none on a local scale.")] = None
    high: Annotated[Number | None, Field(description="The high end; none on a local scale.")] = None
    local: Annotated[bool, Field(description="Whether the scale was local.")] = False
    levels: Annotated[
        dict[Id, Number], Field(default_factory=dict, description="The levels of an ordered scale, with their values.")
    ]
    ends: Annotated[Fingerprint | None, Field(description="A fingerprint of the described ends or levels.")] = None


class SwingInterval(Model):
    """A swing judgement between two bounds, where 100 is the swing that matters most."""

    low: Number = 0.0
    high: Number = 100.0


def _judgement_kind(value: Any) -> str:
    return "an interval" if isinstance(value, dict | SwingInterval) else "a number"


Judgement = Annotated[
    Annotated[Number, Tag("a number")] | Annotated[SwingInterval, Tag("an interval")], Discriminator(_judgement_kind)
]


def _chain(value: Any) -> tuple[tuple[str, ...], ...]:
    """Read ``a > b = c`` as levels of ids, the swing that matters most first."""
    if not isinstance(value, str):
        raise fault("order", "an order is one line of text", "write it as a > b = c")
    if "<" in value:
        raise fault("order", "an order runs from what matters most downward", "turn it round, with > and = alone")
    levels = tuple(tuple(name.strip() for name in level.split("=")) for level in value.split(">"))
    names = [name for level in levels for name in level]
    if "" in names:
        raise fault(
            "order", "an id is missing next to > or =", "write it as a > b = c, and 'matters less' the other way round"
        )
    for name in names:
        check_id(name)
    if len(names) < 2:
        raise fault("order", "an order names at least two", "write it as a > b")
    return levels


Chain = Annotated[
    tuple[tuple[str, ...], ...],
    BeforeValidator(_chain),
    WithJsonSchema({"type": "string", "description": "a > b = c: the swing of a matters most, b and c equally."}),
]

_FRACTION: Final = re.compile(r"([0-9]{1,6})/([0-9]{1,6})\Z")


def _ratio(value: Any) -> float:
    if value.__class__ is float or value.__class__ is int:
        return float(value)
    parts = _FRACTION.match(value) if isinstance(value, str) else None
    if parts is None or int(parts[2]) == 0:
        raise fault("ratio", "this is no ratio", "write a number, or one over another, such as 1/3")
    return int(parts[1]) / int(parts[2])


Ratio = Annotated[
    float,
    BeforeValidator(_ratio),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9]+/[0-9]+$"}]}),
]


def _parent(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("id", f"{kind_of(value)} is no weight set", "write its id, or set/participant")
    for part in value.split("/", 1):
        check_id(part)
    return value


Parent = Annotated[
    str,
    BeforeValidator(_parent),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"}),
]


class BestWorstAnswer(Model):
    """One best-worst comparison, from 1 (matters equally) to 9; across siblings there is one for each group."""

    best: Id
    worst: Id
    best_to_others: Annotated[dict[Id, Number], Field(description="How many times the best matters as each other.")]
    others_to_worst: Annotated[dict[Id, Number], Field(description="How many times each other matters as the worst.")]


class CrossCheck(Model):
    """A redundant question: with the swing of one as 100, the rating of the other. It derives no weight."""

    of: Id
    beside: Annotated[Id, Field(description="The swing that is 100 in this question.")]
    said: Annotated[Number, Field(ge=0, json_schema_extra={"minimum": 0}, description="The rating of the other.")]


def _for(kind: str) -> str:
    """The methods that read a kind of answer, worded as the start of a description: "For points, direct and smart"."""
    *others, last = reading(kind)
    return f"For {', '.join(others)} and {last}" if others else f"For {last}"


class WithAnswers(Model):
    """The judgements of one person, in the form required by the set's method."""

    judgements: Annotated[dict[Id, Judgement], Field(default_factory=dict, description=f"{_for('judgements')}.")]
    order: Annotated[
        Many[Chain],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
        WithJsonSchema(
            {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
                "description": f"{_for('order')}: a > b = c, from what matters most downward.",
            }
        ),
    ] = ()
    pairwise: Annotated[
        dict[Id, dict[Id, Ratio]],
        Field(default_factory=dict, description=f"{_for('pairwise')}: how many times the first matters as the second."),
    ]
    best_worst: Annotated[Many[BestWorstAnswer], Field(description=f"{_for('best-worst')}.")] = ()
    cross_checks: Annotated[Many[CrossCheck], Field(description="Redundant questions, whose gap is shown.")] = ()


class Participant(WithAnswers):
    """One of several people whose judgements a set contains."""

    id: Id
    name: Annotated[Line, Field(description="Who this is; a role where the name is not to be stored.")]
    date: Date | None = None


def _method(value: Any) -> str:
    if not isinstance(value, str) or value not in METHODS:
        raise fault("method", f"{kind_of(value)} is no method", f"write one of {', '.join(METHODS)}")
    return value


class WeightSet(DossierFile, WithAnswers):
    """``criteria/weights/<id>.yaml``. The id is the file's name."""

    title: Line
    holder: Annotated[Line, Field(description="Whose view of what matters this is.")]
    status: Annotated[
        Literal["elicited", "illustrative"],
        Field(description="`elicited`: the holder was asked. `illustrative`: nobody was asked."),
    ]
    rationale: Prose
    date: Date | None = None
    parent: Annotated[Parent | None, Field(description="The set that this one was made from, or set/participant.")] = (
        None
    )
    method: Annotated[
        str,
        BeforeValidator(_method),
        WithJsonSchema({"enum": list(METHODS), "description": "How the judgements were asked; docs/weights.md."}),
    ]
    across: Annotated[
        Literal["leaves", "siblings"],
        Field(
            description="`leaves`: judgements across all criteria. `siblings`: within each group of the tree, and between groups."
        ),
    ] = "leaves"
    total: Annotated[
        Number | None,
        Field(
            gt=0,
            json_schema_extra={"exclusiveMinimum": 0},
            description="What points or direct weights must sum to; direct: 100 unless stated.",
        ),
    ] = None
    formula: Annotated[
        Literal["centroid", "sum", "reciprocal"] | None,
        Field(description=f"{_for('formula')}; centroid unless stated."),
    ] = None
    participants: Annotated[
        Many[Participant], Field(description="Several people, each with their own judgements; the set then has none.")
    ] = ()
    combine: Annotated[
        Literal["mean", "geometric", "median"] | None,
        Field(description="The rule that combines participants' weights; without one they are not combined."),
    ] = None
    given_on: Annotated[
        dict[Id, GivenOn], Field(default_factory=dict, description="The ranges that the judgements were given on.")
    ]

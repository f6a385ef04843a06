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

    path: Annotated[
        str, Field(description="The groups above the criterion and its id, joined by `/`.", examples=["use/visits"])
    ]
    unit: Annotated[Line, Field(description="The unit at the time.", examples=["thousand visits"])]
    direction: Annotated[Literal["more-is-better", "less-is-better"], Field(description="The direction at the time.")]
    low: Annotated[
        Number | None,
        Field(description="The low end at the time, in the unit; left out on a local scale.", examples=[0]),
    ] = None
    high: Annotated[
        Number | None,
        Field(description="The high end at the time, in the unit; left out on a local scale.", examples=[80]),
    ] = None
    local: Annotated[bool, Field(description="Whether the scale was local.")] = False
    levels: Annotated[
        dict[Id, Number],
        Field(
            default_factory=dict,
            description="The levels of an ordered scale, with what each was worth in value points.",
            examples=[{"slow": 0, "fast": 100}],
        ),
    ]
    ends: Annotated[
        Fingerprint | None,
        Field(description="A fingerprint of the descriptions of the ends or levels.", examples=["80312670edf73764"]),
    ] = None


class SwingInterval(Model):
    """A swing judgement between two bounds, where 100 is the swing that matters most."""

    low: Annotated[Number, Field(description="The lower bound, from 0 to 100.", examples=[40])] = 0.0
    high: Annotated[Number, Field(description="The upper bound, from 0 to 100.", examples=[60])] = 100.0


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

    best: Annotated[
        Id, Field(description="The id of the criterion or group whose swing matters most.", examples=["lessons"])
    ]
    worst: Annotated[Id, Field(description="The id of the one whose swing matters least.", examples=["noise"])]
    best_to_others: Annotated[
        dict[Id, Number],
        Field(
            description="How many times the best matters as each other, from 1 (equally) to 9.",
            examples=[{"visits": 2, "noise": 6}],
        ),
    ]
    others_to_worst: Annotated[
        dict[Id, Number],
        Field(
            description="How many times each other matters as the worst, from 1 to 9.",
            examples=[{"lessons": 6, "visits": 4}],
        ),
    ]


class CrossCheck(Model):
    """A redundant question: with the swing of one as 100, the rating of the other. It derives no weight."""

    of: Annotated[Id, Field(description="The id of the criterion or group that was rated.", examples=["noise"])]
    beside: Annotated[
        Id, Field(description="The id of the one whose swing counts as 100 in this question.", examples=["visits"])
    ]
    said: Annotated[
        Number,
        Field(
            ge=0,
            json_schema_extra={"minimum": 0},
            description="The rating that was given, where the other is 100.",
            examples=[50],
        ),
    ]


def _for(kind: str) -> str:
    """The methods that read a kind of answer, worded as the start of a description: "For points, direct and smart"."""
    *others, last = reading(kind)
    return f"For {', '.join(others)} and {last}" if others else f"For {last}"


class WithAnswers(Model):
    """The judgements of one person, in the form required by the set's method."""

    judgements: Annotated[
        dict[Id, Judgement],
        Field(
            default_factory=dict,
            description=f"{_for('judgements')}: a number for each criterion or group; for swing also bounds.",
            examples=[{"visits": 60, "outlay": 100}],
        ),
    ]
    order: Annotated[
        Many[Chain],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
        WithJsonSchema(
            {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
                "description": f"{_for('order')}: a > b = c, from what matters most downward.",
                "examples": ["lessons > visits = outlay > noise"],
            }
        ),
    ] = ()
    pairwise: Annotated[
        dict[Id, dict[Id, Ratio]],
        Field(
            default_factory=dict,
            description=f"{_for('pairwise')}: how many times the first matters as the second.",
            examples=[{"lessons": {"visits": 2, "noise": 5}, "noise": {"visits": "1/3"}}],
        ),
    ]
    best_worst: Annotated[
        Many[BestWorstAnswer], Field(description=f"{_for('best-worst')}: one comparison for each node that is judged.")
    ] = ()
    cross_checks: Annotated[
        Many[CrossCheck],
        Field(description="Redundant questions. They change no weight; what they differ by from the weights is shown."),
    ] = ()


class Participant(WithAnswers):
    """One of several people whose judgements a set contains."""

    id: Annotated[
        Id,
        Field(
            description="The id of the participant within the set. Commands name it as `set/participant`.",
            examples=["chair"],
        ),
    ]
    name: Annotated[
        Line, Field(description="Who this is; a role, where the name is not to be kept.", examples=["The chair"])
    ]
    date: Annotated[
        Date | None, Field(description="The day on which the judgements were given.", examples=["2026-03-02"])
    ] = None


def _method(value: Any) -> str:
    if not isinstance(value, str) or value not in METHODS:
        raise fault("method", f"{kind_of(value)} is no method", f"write one of {', '.join(METHODS)}")
    return value


class WeightSet(DossierFile, WithAnswers):
    """A file ``criteria/weights/<id>.yaml``: one view of what matters. The id is the file's name."""

    title: Annotated[Line, Field(description="The name of the weight set.", examples=["Balanced"])]
    holder: Annotated[Line, Field(description="Whose view of what matters this is.", examples=["Planning office"])]
    status: Annotated[
        Literal["elicited", "illustrative"],
        Field(description="`elicited`: the holder was asked. `illustrative`: nobody was asked."),
    ]
    rationale: Annotated[
        Prose,
        Field(description="Why the judgements are what they are.", examples=["Neither swing is taken to matter more."]),
    ]
    date: Annotated[
        Date | None, Field(description="The day on which the judgements were given.", examples=["2026-03-02"])
    ] = None
    parent: Annotated[
        Parent | None,
        Field(
            description="The weight set that this one was made from, or one of its participants as `set/participant`.",
            examples=["balanced"],
        ),
    ] = None
    method: Annotated[
        str,
        BeforeValidator(_method),
        WithJsonSchema(
            {
                "enum": list(METHODS),
                "description": "How the judgements were asked for. docs/weights.md describes each method.",
            }
        ),
    ]
    across: Annotated[
        Literal["leaves", "siblings"],
        Field(
            description="`leaves`: all criteria are judged together. `siblings`: the nodes of each group are "
            "judged against each other, and shares multiply down the tree."
        ),
    ] = "leaves"
    total: Annotated[
        Number | None,
        Field(
            gt=0,
            json_schema_extra={"exclusiveMinimum": 0},
            description="What the numbers of `points` or `direct` must sum to in each node; for `direct` 100 "
            "unless stated.",
            examples=[100],
        ),
    ] = None
    formula: Annotated[
        Literal["centroid", "sum", "reciprocal"] | None,
        Field(description=f"{_for('formula')}: how an order becomes weights; `centroid` unless stated."),
    ] = None
    participants: Annotated[
        Many[Participant],
        Field(description="Several people, each with their judgements. The set itself then has no answers."),
    ] = ()
    combine: Annotated[
        Literal["mean", "geometric", "median"] | None,
        Field(description="The rule that combines the weights of participants. Without it they are not combined."),
    ] = None
    given_on: Annotated[
        dict[Id, GivenOn],
        Field(
            default_factory=dict,
            description="For each criterion, the range on which the judgements were given. If the criterion has "
            "changed since, the set is stale. `weights refresh` writes it.",
        ),
    ]

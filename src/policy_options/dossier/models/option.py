"""An option: what would be done on top of the baseline, the case for and against it, and its scores with their evidence."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from policy_options.dossier.models.base import (
    UNKNOWN,
    Date,
    DossierFile,
    Id,
    Line,
    Many,
    Model,
    Number,
    Performance,
    Prose,
    check_id,
    fault,
)
from policy_options.dossier.models.distribution import ScoreDistribution
from policy_options.dossier.plain_words import named
from policy_options.errors import as_written

__all__ = [
    "Argument",
    "ClaimRef",
    "Confidence",
    "Effect",
    "Evidence",
    "Option",
    "Relation",
    "Score",
    "ScorerView",
    "Use",
]

Confidence = Literal["high", "medium", "low"]


def _claim_ref(value: str) -> str:
    source, slash, claim = value.partition("/")
    if not slash:
        raise fault("claim-reference", f"{named(value)} does not say which source it is from", "write source/claim")
    check_id(source)
    check_id(claim)
    return value


ClaimRef = Annotated[str, AfterValidator(_claim_ref), Field(json_schema_extra={"pattern": "^[a-z0-9-]+/[a-z0-9-]+$"})]


def _evidence(value: Any) -> Any:
    if value == "none":
        return ()
    if value == []:
        raise fault("evidence", "the list of evidence is empty", "write none, and the reason in the rationale")
    if isinstance(value, str):
        raise fault(
            "evidence", "evidence is a list of claims, or none", "write [source/claim], or none with a rationale"
        )
    return value


Evidence = Annotated[
    Many[ClaimRef],
    BeforeValidator(_evidence),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "none"},
                {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9-]+$"}},
            ]
        }
    ),
]


def _check_bounds(score: "Score | ScorerView") -> None:
    """Refuse bounds that contradict each other, or that surround no likely score."""
    bounds = [bound for bound in (score.low, score.high) if bound is not None]
    if score.likely == UNKNOWN and bounds:
        raise fault(
            "unknown-with-bounds", "an unknown score has no low or high", "delete them, or write likely as a number"
        )
    if UNKNOWN in bounds:
        raise fault("unknown-bound", "a bound cannot be unknown", "write a number for it, or likely: unknown alone")
    if len(bounds) == 1:
        raise fault("half-a-range", "low and high come together or not at all", "write both")


class ScorerView(Model):
    """The score given by one of several scorers. The agreed score is recorded separately; the spread is shown, never
    averaged.
    """

    scorer: Annotated[Line, Field(description="Who scored, by name or office.", examples=["Harbour master"])]
    low: Annotated[
        Performance | None,
        Field(
            description="The lowest performance that the scorer thinks possible, in the criterion's unit. Give it "
            "together with `high`.",
            examples=[15],
        ),
    ] = None
    likely: Annotated[
        Performance, Field(description="The performance that the scorer thinks most likely.", examples=[20])
    ]
    high: Annotated[
        Performance | None, Field(description="The highest performance that the scorer thinks possible.", examples=[30])
    ] = None
    date: Annotated[Date | None, Field(description="The day on which it was scored.", examples=["2026-02-11"])] = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _check_bounds(self)
        return self


class Score(Model):
    """The performance of an option on a criterion, in the criterion's unit (or one of its levels)."""

    likely: Annotated[
        Performance,
        Field(
            description="The most likely performance, in the criterion's unit: a number, a level, or `unknown`.",
            examples=[20],
        ),
    ]
    low: Annotated[
        Performance | None,
        Field(
            description="The smallest number (or lowest level) thought possible, whether or not smaller is better. "
            "Give it together with `high`.",
            examples=[15],
        ),
    ] = None
    high: Annotated[
        Performance | None, Field(description="The largest number (or highest level) thought possible.", examples=[30])
    ] = None
    confidence: Annotated[
        Confidence | None, Field(description="How good the evidence is. It enters no calculation.")
    ] = None
    rationale: Annotated[
        Prose | None,
        Field(
            description="Why the score is what it is. Required with `evidence: none`.",
            examples=["A shorter way, by the survey's own count."],
        ),
    ] = None
    evidence: Annotated[
        Evidence | None,
        Field(
            description="The claims that support the score, each as `source/claim`; or `none`, with the reason in "
            "the rationale.",
            examples=[["survey/distance"]],
        ),
    ] = None
    scorer: Annotated[
        Line | None, Field(description="Who gave the score, by name or office.", examples=["Harbour master"])
    ] = None
    date: Annotated[Date | None, Field(description="The day on which it was given.", examples=["2026-02-11"])] = None
    reviewer: Annotated[Line | None, Field(description="Who checked the score.", examples=["Planning office"])] = None
    scorers: Annotated[
        Many[ScorerView],
        Field(description="What each of several scorers said. Their spread is shown; it changes no result."),
    ] = ()
    distribution: Annotated[
        ScoreDistribution | None,
        Field(
            description="What is thought possible, where `low`, `likely` and `high` do not describe it. Ranks "
            "still use `likely`."
        ),
    ] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        whole = dict(described)
        described.clear()
        bare = {"type": ["number", "string"], "description": "A certain performance or level, or unknown."}
        described.update({"description": whole.get("description", ""), "anyOf": [bare, whole]})
        return described

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return value if value.__class__ is dict else {"likely": value}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _check_bounds(self)
        if self.evidence == () and self.rationale is None:
            raise fault("no-reason", "`evidence: none` without a reason", "say in the rationale why there is none")
        if self.distribution is not None:
            if self.unknown:
                raise fault(
                    "unknown-with-distribution",
                    "an unknown score has no distribution",
                    "delete it, or write what is likely",
                )
            if self.low is None and self.distribution.kind in ("triangular", "pert"):
                raise fault(
                    "distribution-without-bounds",
                    f"a {self.distribution.kind} distribution needs low and high",
                    "write both next to likely",
                )
        return self

    @property
    def unknown(self) -> bool:
        """Whether the performance is entirely unknown."""
        return self.likely == UNKNOWN

    @property
    def supported(self) -> bool:
        """Whether the score cites at least one claim."""
        return bool(self.evidence)

    @property
    def silent(self) -> bool:
        """Whether a known score has neither a source nor a reason."""
        return not (self.unknown or self.evidence or self.rationale)


class Argument(Model):
    """One point for or against an option."""

    text: Annotated[
        Prose, Field(description="The point itself, in a sentence or two.", examples=["It halves the wait in summer."])
    ]
    evidence: Annotated[
        Evidence | None,
        Field(
            description="The claims that support the point, each as `source/claim`; or `none`.",
            examples=[["survey/waiting"]],
        ),
    ] = None


class _Range(Model):
    """A number that is certain, or low, likely and high."""

    likely: Annotated[Number, Field(description="The number to count with.", examples=[3])]
    low: Annotated[Number | None, Field(description="The least that it can be, together with `high`.")] = None
    high: Annotated[Number | None, Field(description="The most that it can be, together with `low`.")] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        whole = dict(described)
        described.clear()
        described.update({"description": whole.get("description", ""), "anyOf": [{"type": "number"}, whole]})
        return described

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return value if value.__class__ is dict else {"likely": value}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise fault("half-a-range", "low and high come together or not at all", "write both")
        low, high = self.bounds
        if not low <= self.likely <= high:
            raise fault(
                "range-order",
                f"{as_written(self.likely)} is not between {as_written(low)} and {as_written(high)}",
                "write low, likely and high in rising order",
            )
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest that it can be."""
        return (self.likely, self.likely) if self.low is None or self.high is None else (self.low, self.high)


class Use(_Range):
    """How much of a resource an option uses, in the unit of the resource."""

    rationale: Annotated[Prose | None, Field(description="Why it uses so much.")] = None
    evidence: Annotated[
        Evidence | None, Field(description="Claims as source/claim, or `none`.", examples=[["survey/waiting"]])
    ] = None

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.bounds[0] < 0:
            raise fault(
                "use-negative", f"a use of {as_written(self.bounds[0])} is less than nothing", "write 0 or more"
            )
        return self


class Effect(_Range):
    """What doing options together adds to the performance of the package, in the criterion's own unit, with its sign."""

    confidence: Annotated[
        Confidence | None, Field(description="How good the evidence is. It enters no calculation.", examples=["low"])
    ] = None
    rationale: Annotated[Prose | None, Field(description="Why the effect is as large as this.")] = None
    evidence: Annotated[
        Evidence | None, Field(description="Claims as source/claim, or `none` with the reason in the rationale.")
    ] = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.evidence == () and self.rationale is None:
            raise fault("no-reason", "`evidence: none` without a reason", "say in the rationale why there is none")
        return self


def _related(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class Relation(Model):
    """The effect of this option on another, or on several together: a conflict or a synergy."""

    option: Annotated[
        Many[Id],
        BeforeValidator(_related),
        Field(
            min_length=1,
            description="The other option, or a list of those that have to be done together with this one.",
            examples=["mole"],
        ),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                    {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                    },
                ]
            }
        ),
    ]
    how: Annotated[Prose, Field(description="How they affect each other.", examples=["Both need the same crane."])]
    criterion: Annotated[Id | None, Field(description="The criterion on which the effect is.")] = None
    effect: Annotated[
        Effect | None,
        Field(
            description="What it adds to the package's performance when all are in it, in the criterion's unit, signed."
        ),
    ] = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.criterion is None) != (self.effect is None):
            raise fault(
                "half-an-effect", "an effect names its criterion, and a criterion its effect", "write both, or neither"
            )
        return self


class Option(DossierFile):
    """A file ``options/<id>.yaml``: one option. The id is the file's name."""

    title: Annotated[Line, Field(description="The name of the option.", examples=["East quay"])]
    short: Annotated[
        Line | None, Field(description="A shorter title, for charts and narrow tables.", examples=["East"])
    ] = None
    summary: Annotated[
        Prose | None,
        Field(
            description="The option in a few sentences, for the body of the memo. Without it the body uses `increment`.",
            examples=["A landing stage on the east side, with parking."],
        ),
    ] = None
    increment: Annotated[
        Prose | None,
        Field(
            description="What is done on top of the baseline, for the annex. Without it the annex uses `summary`.",
            examples=["A new landing stage and a road to it."],
        ),
    ] = None
    for_: Annotated[
        Many[Argument],
        Field(description="Points in favour, the strongest first. The body of the memo shows the first."),
    ] = ()
    against: Annotated[
        Many[Argument], Field(description="Points against, the strongest first. The body of the memo shows the first.")
    ] = ()
    risk: Annotated[
        Argument | None, Field(description="The one thing that is most likely to prevent its delivery.")
    ] = None
    conflicts: Annotated[Many[Relation], Field(description="Other options that this one gets in the way of.")] = ()
    synergies: Annotated[Many[Relation], Field(description="Other options that this one helps.")] = ()
    uses: Annotated[
        dict[Id, Use] | None,
        Field(
            description="How much of each resource of criteria/packages.yaml it uses, by the id of the resource.",
            examples=[{"money": 12}],
        ),
    ] = None
    reversible: Annotated[
        bool,
        Field(description="Whether it can be given up for another option once a signpost shows; `false` if it cannot."),
    ] = True
    scores: Annotated[
        dict[Id, Score],
        Field(
            description="The score on every criterion, by the criterion's id. A score that is certain may be "
            "written as the number or level alone.",
            examples=[{"waiting": 20, "noise": "unknown"}],
        ),
    ]

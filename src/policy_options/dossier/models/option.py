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
    """Refuse bounds that do not stand together, or that stand around nothing."""
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
    """What one of several scorers said. The agreed score stands beside it; the spread is shown, never averaged."""

    scorer: Line
    low: Performance | None = None
    likely: Performance
    high: Performance | None = None
    date: Date | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _check_bounds(self)
        return self


class Score(Model):
    """The performance of an option on a criterion, in the criterion's own unit (or one of its levels)."""

    likely: Annotated[Performance, Field(description="The likely performance, or `unknown`.")]
    low: Annotated[Performance | None, Field(description="An absolute lower bound.")] = None
    high: Annotated[Performance | None, Field(description="An absolute upper bound.")] = None
    confidence: Annotated[
        Confidence | None, Field(description="How good the evidence is; it enters no calculation.")
    ] = None
    rationale: Prose | None = None
    evidence: Annotated[
        Evidence | None, Field(description="Claims as source/claim, or `none` with the reason in the rationale.")
    ] = None
    scorer: Line | None = None
    date: Date | None = None
    reviewer: Line | None = None
    scorers: Annotated[Many[ScorerView], Field(description="What each of several scorers said.")] = ()
    distribution: Annotated[
        ScoreDistribution | None,
        Field(
            description="What is held possible, where low, likely and high do not say it. Ranks use likely all the same."
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
        """Whether nothing is known of this performance."""
        return self.likely == UNKNOWN

    @property
    def supported(self) -> bool:
        """Whether the score cites at least one claim."""
        return bool(self.evidence)


class Argument(Model):
    """One point for or against an option."""

    text: Prose
    evidence: Evidence | None = None


class _Range(Model):
    """A number that is certain, or low, likely and high."""

    likely: Number
    low: Number | None = None
    high: Number | None = None

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

    rationale: Prose | None = None
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.bounds[0] < 0:
            raise fault(
                "use-negative", f"a use of {as_written(self.bounds[0])} is less than nothing", "write 0 or more"
            )
        return self


class Effect(_Range):
    """What doing options together adds to the performance of the package, in the criterion's own unit, with its sign."""

    confidence: Confidence | None = None
    rationale: Prose | None = None
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
    """How this option bears on another, or on several together: a conflict or a synergy."""

    option: Annotated[
        Many[Id],
        BeforeValidator(_related),
        Field(
            min_length=1,
            description="The other option, or a list of those that have to be done together with this one.",
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
    how: Prose
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
    """``options/<id>.yaml``. The id is the file's name."""

    title: Line
    short: Annotated[Line | None, Field(description="A shorter title, for charts and narrow tables.")] = None
    summary: Prose | None = None
    increment: Annotated[Prose | None, Field(description="What is done on top of the baseline.")] = None
    for_: Many[Argument] = ()
    against: Many[Argument] = ()
    risk: Annotated[Argument | None, Field(description="What is most likely to keep it from being delivered.")] = None
    conflicts: Many[Relation] = ()
    synergies: Many[Relation] = ()
    uses: Annotated[
        dict[Id, Use] | None, Field(description="How much of each resource of criteria/packages.yaml it uses.")
    ] = None
    scores: dict[Id, Score]

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
    Performance,
    Prose,
    check_id,
    fault,
)
from policy_options.dossier.models.distribution import ScoreDistribution
from policy_options.dossier.plain_words import named

__all__ = ["Argument", "ClaimRef", "Confidence", "Evidence", "Option", "Relation", "Score", "ScorerView"]

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
    """The performance of an option on a criterion, in the criterion's unit (or one of its levels)."""

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
        """Whether the performance is entirely unknown."""
        return self.likely == UNKNOWN

    @property
    def supported(self) -> bool:
        """Whether the score cites at least one claim."""
        return bool(self.evidence)


class Argument(Model):
    """One point for or against an option."""

    text: Prose
    evidence: Evidence | None = None


class Relation(Model):
    """The effect of this option on another: a conflict or a synergy."""

    option: Id
    how: Prose


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
    reversible: Annotated[
        bool,
        Field(description="Whether it can be given up for another once a signpost shows; `false` where it cannot."),
    ] = True
    scores: dict[Id, Score]

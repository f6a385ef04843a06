"""A scenario: a future as a story, with the scores that differ in it, its signposts and, where it was judged, its likelihood."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from policy_options.dossier.models.base import DossierFile, Id, Line, Many, Model, Number, Performance, Prose, fault
from policy_options.dossier.models.option import Argument, Confidence, Evidence, Score
from policy_options.dossier.models.signpost import Signpost
from policy_options.dossier.plain_words import quoted
from policy_options.errors import as_written

__all__ = ["REFERENCE", "Likelihood", "Scenario", "SharedChange"]

REFERENCE: Final = "reference"
"""The id of the future that the options are scored for: the scores as they are in their files."""


class SharedChange(Model):
    """A change of every option's score on one criterion: by an amount, by a factor, or to one performance."""

    by: Annotated[
        Number | None,
        Field(description="What is added to low, likely and high, in the unit; on levels, so many levels up."),
    ] = None
    times: Annotated[
        Number | None,
        Field(
            description="What low, likely and high are multiplied by: 1.33 is a third more. Not on levels.",
            examples=[1.33],
        ),
    ] = None
    likely: Annotated[Performance | None, Field(description="The performance that every option has here.")] = None
    low: Annotated[Performance | None, Field(description="An absolute lower bound, with likely.")] = None
    high: Annotated[Performance | None, Field(description="An absolute upper bound, with likely.")] = None
    confidence: Annotated[
        Confidence | None, Field(description="How good the evidence is. It enters no calculation.", examples=["low"])
    ] = None
    rationale: Annotated[
        Prose | None, Field(description="Why the change is as large as this.", examples=["Two of three boats stay in."])
    ] = None
    evidence: Annotated[
        Evidence | None,
        Field(description="Claims as source/claim, or `none` with the reason in the rationale.", examples=["none"]),
    ] = None

    @field_validator("by", mode="before")
    @classmethod
    def _amount(cls, given: object) -> object:
        if isinstance(given, str) and given.rstrip().endswith("%"):
            raise fault(
                "by-percentage",
                f"by: {quoted(given)} is a percentage, and `by` adds an amount to every option's score",
                "write times: for a factor, such as times: 1.33 for a third more, or the amount in the criterion's unit",
            )
        return given

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(given is not None for given in (self.by, self.times, self.likely)) != 1:
            raise fault(
                "by-or-likely",
                "a change of all options is by an amount, by a factor, or to a performance",
                "write by:, times: or likely:, one of the three",
            )
        if self.relative is not None and (self.low is not None or self.high is not None):
            raise fault(
                "by-or-likely",
                f"{self.relative}: moves low, likely and high alike, and low or high is given as well",
                "delete low and high, or write them with likely:",
            )
        if self.times is not None and self.times <= 0:
            raise fault(
                "times-not-positive",
                f"times: {as_written(self.times)} is no factor; it would leave nothing, or turn the scale round",
                "write a factor above 0, such as 1.33 for a third more or 0.8 for a fifth less",
            )
        if self.likely is not None:
            try:
                self.score  # which judges bounds and evidence  # noqa: B018
            except ValidationError as error:
                problem = error.errors(include_url=False)[0]
                raise fault(problem["type"], problem["msg"], problem.get("ctx", {}).get("remedy", "")) from None
        elif self.evidence == () and self.rationale is None:
            raise fault("no-reason", "`evidence: none` without a reason", "say in the rationale why there is none")
        return self

    @property
    def amount(self) -> float:
        """By what scores are moved: what ``relative`` names, and nothing where every option gets the same performance."""
        return self.by if self.by is not None else self.times if self.times is not None else 0.0

    @property
    def relative(self) -> Literal["by", "times"] | None:
        """The key that says how scores are moved; ``None`` where every option gets the same performance."""
        return "by" if self.by is not None else "times" if self.times is not None else None

    @property
    def score(self) -> Score:
        """The performance that every option has, as a score."""
        return Score.model_validate(
            {
                "likely": self.likely,
                "low": self.low,
                "high": self.high,
                "confidence": self.confidence,
                "rationale": self.rationale,
                "evidence": self.given_evidence,
            }
        )

    @property
    def given_evidence(self) -> object:
        """The evidence as it is written in a file."""
        if self.evidence is None:
            return None
        return list(self.evidence) or "none"


class Likelihood(Model):
    """Between what per cent somebody judges a future to be likely, and who that is."""

    low: Annotated[Number, Field(ge=0, le=100, description="Per cent.")]
    high: Annotated[Number, Field(ge=0, le=100, description="Per cent.")]
    holder: Annotated[Line, Field(description="Whose judgement it is.")]
    because: Annotated[Prose | None, Field(description="Why.")] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise fault(
                "likelihood-out-of-order",
                f"the likelihood is from {as_written(self.low)} to {as_written(self.high)} per cent",
                "write low: with the smaller number",
            )
        if 0 < self.high < 1:
            meant = as_written(float(f"{100 * self.high:.12g}"))
            raise fault(
                "not-per-cent",
                f"{as_written(self.high)} is {as_written(self.high)} per cent here, not {meant}",
                f"write {meant} for {meant}%, or 1 or more",
            )
        return self


class Scenario(DossierFile):
    """``criteria/scenarios/<id>.yaml``. The id is the file's name.

    ``reference`` is the future that the options are scored for; its file describes it and changes no score.
    """

    title: Annotated[Line, Field(description="The name of the future.", examples=["Storms"])]
    short: Annotated[Line | None, Field(description="A shorter title, for charts and narrow tables.")] = None
    story: Annotated[Prose, Field(description="What happens, and why the scores differ.")]
    drivers: Annotated[Many[Argument], Field(description="What brings it about.")] = ()
    likelihood: Annotated[Likelihood | None, Field(description="Somebody's judgement; without one, none is used.")] = (
        None
    )
    scores: Annotated[
        dict[Id, dict[Id, Score]],
        Field(default_factory=dict, description="Only what differs: option, criterion, and the score in this future."),
    ]
    all_: Annotated[
        dict[Id, SharedChange],
        Field(
            default_factory=dict, description="Changes that every option shares, by criterion. `scores` goes before."
        ),
    ]
    signposts: Annotated[Many[Signpost], Field(description="What shows that this future is coming.")] = ()

"""The decision: the question, the perspective, the deadline, and the settings shared by all outputs."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from policy_options.dossier.models.base import Date, DossierFile, Id, Line, Many, Model, Number, Prose, check_id, fault
from policy_options.dossier.models.option import Argument
from policy_options.dossier.models.signpost import Signpost
from policy_options.errors import as_written

__all__ = ["Acknowledgement", "Decision", "NextStep", "Thresholds", "Uncertainty"]


def _body_options(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 1:
            raise fault("body-options", "the body describes one option at least", "write 1 or more")
        return value
    if not isinstance(value, list):
        raise fault(
            "body-options", "a list of option ids or a whole number is meant", "write 5, or [first-id, second-id]"
        )
    if not value or not all(isinstance(each, str) for each in value):
        raise fault("body-options", "a list of option ids is meant", "write [first-id, second-id], or a number")
    return tuple(check_id(each) for each in value)


BodyOptions = Annotated[
    int | tuple[str, ...],
    BeforeValidator(_body_options),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}},
            ]
        }
    ),
]


def _per_cent(least: float, why: str) -> BeforeValidator:
    """Refuse a share where a percentage is meant, and numbers below the smallest meaningful setting."""

    def judged(value: Any) -> Any:
        if value.__class__ not in (float, int) or value <= 0:
            return value  # which is checked like any number
        said = as_written(value)
        if value <= 1:
            meant = as_written(float(f"{100 * value:.12g}"))
            raise fault("not-per-cent", f"{said} is {said} per cent here, not {meant}", f"write {meant} for {meant}%")
        if value < least:
            raise fault("not-per-cent", f"{said} per cent is too little: {why}", f"write {as_written(least)} or more")
        return value

    return BeforeValidator(judged)


def _points(value: Any) -> Any:
    """Refuse a share where value points, up to 100, are meant."""
    if value.__class__ in (float, int) and 0 < value < 0.1:
        said, meant = as_written(value), as_written(float(f"{100 * value:.12g}"))
        raise fault(
            "not-points",
            f"{said} is {said} of the 100 value points of a scale, less than can be told apart",
            f"write {meant} for {meant} points, or 0",
        )
    return value


class Thresholds(Model):
    """Thresholds for verdicts: value points for closeness, per cent for shares of weight vectors."""

    too_close_to_call: Annotated[
        Number,
        BeforeValidator(_points),
        Field(ge=0, le=100, description="Overall values at most this far apart are too close to call."),
    ] = 2.0
    robust_share: Annotated[
        Number,
        _per_cent(50, "what is first in fewer than half of the ways of weighting is not robust"),
        Field(
            ge=50,
            le=100,
            description="First in at least this per cent of the ways of weighting around the set is robust.",
        ),
    ] = 90.0
    fragile_share: Annotated[
        Number,
        _per_cent(1, ""),
        Field(
            ge=0,
            le=100,
            description="First in less than this per cent of the ways of weighting around the set is fragile.",
        ),
    ] = 50.0
    band: Annotated[
        Number,
        _per_cent(1, ""),
        Field(
            gt=0,
            le=100,
            description="How far each weight may differ, in per cent of itself, where judgements leave no region.",
        ),
    ] = 25.0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.fragile_share > self.robust_share:
            raise fault(
                "thresholds-crossed",
                f"fragile-share is {as_written(self.fragile_share)}, above robust-share ({as_written(self.robust_share)})",
                "a lead cannot be robust and fragile at once: lower fragile-share",
            )
        return self


class Uncertainty(Model):
    """How scores without a declared distribution are drawn from low, likely and high."""

    shape: Annotated[
        Literal["triangular", "pert"],
        Field(
            description="`triangular`: straight lines to the likely one. `pert`: a smooth curve, more weight near it."
        ),
    ] = "triangular"
    together: Annotated[
        bool,
        Field(
            description="Whether the scores of a criterion move together (one quantile for all), or each on its own."
        ),
    ] = False
    together_because: Annotated[
        Prose | None, Field(description="Why they move together, or why not. It is printed where scores are drawn.")
    ] = None


class Acknowledgement(Model):
    """A finding of ``check`` that has been seen and accepted, with the reason."""

    finding: Annotated[Id, Field(description="The code of the finding.")]
    about: Annotated[
        Many[str], Field(description="The ids that the finding names; without them, all of its kind.")
    ] = ()
    because: Prose


class NextStep(Model):
    """What follows from the decision: what is done, by whom and by when."""

    what: Prose
    who: Line | None = None
    by: Date | None = None


class Decision(DossierFile):
    """``criteria/decision.yaml``."""

    id: Id
    title: Line
    question: Prose
    standpoint: Annotated[Prose, Field(description="Whose interests the options are judged by.")]
    horizon: Annotated[Line, Field(description="The point in time that the scores look to.")]
    scores_assume_delivery: Annotated[
        bool, Field(description="Whether scores assume that an option is delivered as described.")
    ]
    owner: Line
    audience: Line
    date: Date
    decide_by: Date | None = None
    hypothetical: Annotated[
        Prose | None, Field(description="What of the above is invented, for an example; shown on page 1.")
    ] = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
    marking: Annotated[Line | None, Field(description="A protective marking, shown on each page.")] = None
    baseline: Annotated[Id | None, Field(description="The option that adds nothing to the projected future.")] = None
    weights: Annotated[Id, Field(description="The default weight set.")]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    thresholds: Annotated[Thresholds, Field(default_factory=Thresholds)]
    uncertainty: Annotated[Uncertainty, Field(default_factory=Uncertainty)]
    asks: Annotated[
        Literal["priority", "choice", "ranking"],
        Field(
            description="What is decided: `priority`, which option to put first; `choice`, which one to take; `ranking`, an "
            "order of all. It decides the verbs of the memo."
        ),
    ] = "priority"
    decision_requested: Prose | None = None
    answers: Annotated[
        Many[Line], Field(description="The answers offered with the request, instead of approve, disapprove, discuss.")
    ] = ()
    why_now: Many[Argument] = ()
    complementary: Annotated[
        Prose | None, Field(description="Said where the options are done together: what a ranking of them means.")
    ] = None
    limits: Many[Prose] = ()
    body_options: Annotated[
        BodyOptions | None,
        Field(
            description="The options that the memo's body ranks and describes: ids, of which the first stay longest where pages "
            "are few, or how many."
        ),
    ] = None
    next_steps: Annotated[Many[NextStep], Field(description="What follows from the decision, in order.")] = ()
    signposts: Annotated[Many[Signpost], Field(description="Observables that would change the advice.")] = ()
    reference_scenario: Annotated[
        bool,
        Field(
            description="Whether the future that the options are scored for is one of the scenarios, as `reference`."
        ),
    ] = True
    acknowledged: Many[Acknowledgement] = ()

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
        Field(
            ge=0,
            le=100,
            description="Options whose overall values differ by at most this are too close to call. In value "
            "points, of which a scale has 100.",
            examples=[2.0],
        ),
    ] = 2.0
    robust_share: Annotated[
        Number,
        _per_cent(50, "what is first in fewer than half of the ways of weighting is not robust"),
        Field(
            ge=50,
            le=100,
            examples=[90],
            description="A lead is called robust if the option is first under at least this share of the ways of "
            "weighting around the weight set. In per cent, from 50 to 100.",
        ),
    ] = 90.0
    fragile_share: Annotated[
        Number,
        _per_cent(1, ""),
        Field(
            ge=0,
            le=100,
            examples=[50],
            description="A lead is called fragile if the option is first under less than this share of the ways "
            "of weighting around the weight set. In per cent, at most `robust-share`.",
        ),
    ] = 50.0
    band: Annotated[
        Number,
        _per_cent(1, ""),
        Field(
            gt=0,
            le=100,
            examples=[25],
            description="How far each weight may differ from the weight set where the judgements fix it exactly. "
            "In per cent of the weight itself, from 1 to 100.",
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
            description="How scores are drawn between `low` and `high`. `triangular`: along straight lines that "
            "rise to `likely` and fall after it. `pert`: along a smooth curve with more weight near "
            "`likely`."
        ),
    ] = "triangular"
    together: Annotated[
        bool,
        Field(
            description="Whether the scores of all options on a criterion are drawn high together or low together "
            "(`true`), or each on its own (`false`)."
        ),
    ] = False
    together_because: Annotated[
        Prose | None,
        Field(
            description="Why the scores move together, or why not. It is printed wherever scores are drawn.",
            examples=["All fares follow the price of fuel."],
        ),
    ] = None


class Acknowledgement(Model):
    """A finding of ``check`` that has been seen and accepted, with the reason."""

    finding: Annotated[
        Id, Field(description="The code of the finding, as `check` prints it.", examples=["unused-criterion"])
    ]
    about: Annotated[
        Many[str],
        Field(
            description="The ids that the finding names. Without them, every finding of this code is accepted.",
            examples=[["noise"]],
        ),
    ] = ()
    because: Annotated[
        Prose,
        Field(
            description="Why the finding is accepted.", examples=["Kept for the comparison with last year's dossier."]
        ),
    ]


class NextStep(Model):
    """What follows from the decision: what is done, by whom and by when."""

    what: Annotated[Prose, Field(description="What is to be done.", examples=["Ask the three yards for bids."])]
    who: Annotated[
        Line | None, Field(description="Who does it, as a person or an office.", examples=["Harbour office"])
    ] = None
    by: Annotated[Date | None, Field(description="The day by which it is done.", examples=["2026-05-29"])] = None


class Decision(DossierFile):
    """The file ``criteria/decision.yaml``: what is decided, for whom and by when, with settings of all outputs."""

    id: Annotated[
        Id,
        Field(
            description="The id of the dossier. Memos and other files that the tool writes are named after it.",
            examples=["harbour"],
        ),
    ]
    title: Annotated[Line, Field(description="The title of the memo.", examples=["Where the ferry should land"])]
    question: Annotated[
        Prose,
        Field(
            description="The question that the decision answers, as one sentence.",
            examples=["Which landing should the ferry use from 2027?"],
        ),
    ]
    standpoint: Annotated[
        Prose, Field(description="Whose interests the options are judged by.", examples=["The residents of the island"])
    ]
    horizon: Annotated[
        Line,
        Field(
            description="The time that the scores look to: effects are counted until then.",
            examples=["Ten years from the first crossing"],
        ),
    ]
    scores_assume_delivery: Annotated[
        bool,
        Field(
            description="Whether scores assume that an option is delivered as described (`true`), or already "
            "allow for the chance that it is not (`false`)."
        ),
    ]
    owner: Annotated[
        Line,
        Field(
            description="Who is responsible for the dossier, and so whom the memo is from.",
            examples=["Harbour office"],
        ),
    ]
    audience: Annotated[
        Line, Field(description="Who decides, and so whom the memo is addressed to.", examples=["Island council"])
    ]
    date: Annotated[
        Date, Field(description="The day on which the dossier was last brought up to date.", examples=["2026-03-01"])
    ]
    decide_by: Annotated[
        Date | None, Field(description="The day by which a decision is needed.", examples=["2026-04-30"])
    ] = None
    hypothetical: Annotated[
        Prose | None,
        Field(
            description="What is invented, if the dossier is an example. It is shown on the first page.",
            examples=["The island and its harbour are invented."],
        ),
    ] = None
    language: Annotated[
        str,
        Field(
            pattern=r"^[a-z]{2}(-[A-Z]{2})?$",
            description="The language of the memo: en, ja, ru or zh, or one that you add to templates/wording/.",
            examples=["en"],
        ),
    ] = "en"
    marking: Annotated[
        Line | None, Field(description="A protective marking, shown on every page of a memo.", examples=["OFFICIAL"])
    ] = None
    baseline: Annotated[
        Id | None,
        Field(
            description="The id of the option that adds nothing to what is already planned. Without it `check` "
            "has a finding, and no lead is shown.",
            examples=["carry-on"],
        ),
    ] = None
    weights: Annotated[
        Id,
        Field(
            description="The id of the weight set that is used where a command names no other.", examples=["balanced"]
        ),
    ]
    seed: Annotated[
        int,
        Field(
            ge=0,
            le=2**63 - 1,
            description="The number that random draws start from. The same seed gives the same figures.",
            examples=[7],
        ),
    ] = 0
    thresholds: Annotated[
        Thresholds,
        Field(default_factory=Thresholds, description="The limits by which leads are called close, robust or fragile."),
    ]
    uncertainty: Annotated[
        Uncertainty, Field(default_factory=Uncertainty, description="How uncertain scores are drawn.")
    ]
    asks: Annotated[
        Literal["priority", "choice", "ranking"],
        Field(
            description="What is decided. `priority`: which option to put first. `choice`: which one to take. "
            "`ranking`: an order of all. The memo's verbs follow it."
        ),
    ] = "priority"
    decision_requested: Annotated[
        Prose | None,
        Field(
            description="The request to whoever decides, in your words.",
            examples=["That the council approve the east quay."],
        ),
    ] = None
    answers: Annotated[
        Many[Line],
        Field(
            description="The answers that the memo offers, in place of approve, disapprove and discuss.",
            examples=[["Build", "Wait a year"]],
        ),
    ] = ()
    why_now: Annotated[
        Many[Argument], Field(description="Why the decision is needed now: points, each with its evidence.")
    ] = ()
    complementary: Annotated[
        Prose | None,
        Field(
            description="What a ranking means where the options can be done together.",
            examples=["Both landings could be built; the ranking says which to build first."],
        ),
    ] = None
    limits: Annotated[
        Many[Prose],
        Field(
            description="What the analysis does not cover. The memo lists it among the gaps.",
            examples=[["Effects on fishing were not scored."]],
        ),
    ] = ()
    body_options: Annotated[
        BodyOptions | None,
        Field(
            description="Which options the body of the memo ranks and describes: at most how many, or their ids, "
            "of which the first stay longest where pages are few. The annex has them all.",
            examples=[5, ["quay", "mole"]],
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
    acknowledged: Annotated[
        Many[Acknowledgement],
        Field(
            description="Findings of `check` that are accepted, each with the reason. `check` then lists them apart."
        ),
    ] = ()

"""The decision: the question, from whose standpoint, by when, and the settings that all faces share."""

from typing import Annotated

from pydantic import Field

from policy_options.dossier.models.base import Date, DossierFile, Id, Line, Many, Model, Number, Prose
from policy_options.dossier.models.option import Argument

__all__ = ["Acknowledgement", "Decision", "Thresholds"]


class Thresholds(Model):
    """The numbers that verdicts rest on, in value points."""

    too_close_to_call: Annotated[
        Number, Field(ge=0, le=100, description="Overall values at most this far apart are too close to call.")
    ] = 2.0


class Acknowledgement(Model):
    """A finding of ``check`` that has been seen and is accepted, with the reason."""

    finding: Annotated[Id, Field(description="The code of the finding.")]
    about: Annotated[
        Many[str], Field(description="The ids that the finding names; without them, all of its kind.")
    ] = ()
    because: Prose


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
    decision_requested: Prose | None = None
    why_now: Many[Argument] = ()
    complementary: Annotated[
        Prose | None, Field(description="Said where the options are done together: what a ranking of them means.")
    ] = None
    limits: Many[Prose] = ()
    acknowledged: Many[Acknowledgement] = ()

"""A signpost: an observable that would change the advice, of the decision or of one scenario."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from policy_options.dossier.models.base import Date, Id, Line, Model, Performance, Prose, fault
from policy_options.dossier.models.option import Evidence
from policy_options.errors import as_written

__all__ = ["Signpost"]


class Signpost(Model):
    """An observable that would change the advice: what to watch, from which threshold, by when, who watches, and what then.

    If it names the score that it affects, outputs say how far that score would have to move for another option to lead.
    """

    watch: Annotated[
        Prose, Field(description="What to observe, in words.", examples=["How long people wait on a Saturday in July."])
    ]
    option: Annotated[Id | None, Field(description="The option whose score it bears on.")] = None
    criterion: Annotated[Id | None, Field(description="The criterion on which it does.")] = None
    threshold: Annotated[
        Performance | None,
        Field(
            description="From where on it counts: a performance on the criterion, or where no score is named, a text "
            "with its unit."
        ),
    ] = None
    by: Annotated[Date | None, Field(description="By when it is looked at.")] = None
    who: Annotated[Line | None, Field(description="Who watches it.")] = None
    then: Annotated[Prose | None, Field(description="What is done once it shows.")] = None
    evidence: Annotated[
        Evidence | None, Field(description="The claims that support it, or `none`.", examples=[["survey/waiting"]])
    ] = None

    @model_validator(mode="after")
    def _of_a_score(self) -> Self:
        if (self.option is None) != (self.criterion is None):
            raise fault(
                "half-a-score",
                "a signpost names an option and a criterion, or neither",
                "write both, for the score that it bears on",
            )
        if isinstance(self.threshold, float) and self.criterion is None:
            raise fault(
                "threshold-without-unit",
                f"the threshold is {as_written(self.threshold)}, of nothing that is named",
                "write it as text with its unit, or name the option and criterion that it is measured on",
            )
        if isinstance(self.threshold, str) and not self.threshold.strip():
            raise fault("threshold-without-unit", "the threshold is empty", "write it, or delete the line")
        return self

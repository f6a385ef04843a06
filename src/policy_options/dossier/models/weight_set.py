"""A weight set: whose view it is, why, and the judgements themselves. The weights derived from them are never stored."""

from typing import Annotated, Literal

from pydantic import Field

from policy_options.dossier.models.base import Date, DossierFile, Id, Line, Model, Number, Prose

__all__ = ["GivenOn", "WeightSet"]


class GivenOn(Model):
    """The range that a judgement was given on; when the criterion's own differs, the set is stale."""

    path: Annotated[str, Field(description="The groups above the criterion and its id, joined by /.")]
    unit: Line
    direction: Literal["more-is-better", "less-is-better"]
    low: Number
    high: Number


class WeightSet(DossierFile):
    """``criteria/weights/<id>.yaml``. The id is the file's name."""

    title: Line
    holder: Annotated[Line, Field(description="Whose view of what matters this is.")]
    status: Annotated[
        Literal["elicited", "illustrative"],
        Field(description="`elicited`: the holder was asked. `illustrative`: nobody was asked."),
    ]
    rationale: Prose
    date: Date | None = None
    method: Annotated[
        Literal["points", "swing"],
        Field(
            description="`points`: points shared out. `swing`: 100 for the swing that matters most, others beside it."
        ),
    ]
    across: Annotated[
        Literal["leaves", "siblings"],
        Field(
            description="`leaves`: one judgement a criterion. `siblings`: one a node, within each group of the tree."
        ),
    ] = "leaves"
    judgements: Annotated[dict[Id, Number], Field(min_length=1)]
    given_on: Annotated[
        dict[Id, GivenOn], Field(default_factory=dict, description="The ranges that the judgements were given on.")
    ]

"""What limits and joins options that are done together: resources with their capacities, and rules, each with its reason."""

from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from policy_options.dossier.models.base import DossierFile, Id, Line, Many, Model, Number, Prose, fault
from policy_options.dossier.models.option import Evidence
from policy_options.errors import as_written

__all__ = ["Counted", "PackageResource", "PackageRule", "PackagesFile", "Requirement"]


def _capacities(value: Any) -> Any:
    given = value if isinstance(value, list) else [value]
    if not given:
        raise fault("capacity", "the list of capacities is empty", "write one number at least")
    for each in given:
        if each.__class__ in (int, float) and each < 0:
            raise fault(
                "capacity-negative",
                f"the capacity {as_written(each)} is less than nothing",
                "write 0 or more: how much of it there is",
            )
    if len(set(map(str, given))) < len(given):
        raise fault("capacity-twice", "one capacity is listed twice", "delete one of the two")
    return given


Capacities = Annotated[
    Many[Number],
    BeforeValidator(_capacities),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0}},
            ]
        }
    ),
]


class PackageResource(Model):
    """Something that options use up together: money, lead ministries, items on an agenda."""

    id: Annotated[Id, Field(description="The id, by which options say what they use.", examples=["money"])]
    title: Annotated[Line, Field(description="What people read.", examples=["Capital budget"])]
    unit: Annotated[Line, Field(description="The unit of capacity and uses.", examples=["million euros"])]
    capacity: Annotated[
        Capacities,
        Field(
            description="How much there is. Of several, the first is what packages must keep to; the others are compared."
        ),
    ]
    rationale: Annotated[Prose | None, Field(description="Why there is so much of it.")] = None
    evidence: Annotated[
        Evidence | None, Field(description="Claims as source/claim, or `none` with the reason in the rationale.")
    ] = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.evidence == () and self.rationale is None:
            raise fault("no-reason", "`evidence: none` without a reason", "say in the rationale why there is none")
        return self


class Requirement(Model):
    """An option that is only done with others."""

    option: Annotated[Id, Field(description="The option that needs others.", examples=["new-mole"])]
    needs: Annotated[Many[Id], Field(min_length=1, description="What it needs.", examples=[["east-quay"]])]


class Counted(Model):
    """So many of a list of options."""

    number: Annotated[int, Field(ge=0, description="How many.", examples=[2])]
    of: Annotated[Many[Id], Field(min_length=1, description="Of which options.", examples=[["east-quay", "new-mole"]])]


_KINDS: Final = ("requires", "excludes", "at_most", "at_least", "exactly", "always", "never")


class PackageRule(Model):
    """A rule that packages keep to, with its reason. It has exactly one of the seven kinds."""

    requires: Annotated[
        Requirement | None, Field(description="`option` is only done together with all that it `needs`.")
    ] = None
    excludes: Annotated[Many[Id] | None, Field(min_length=2, description="No two of these are done together.")] = None
    at_most: Annotated[Counted | None, Field(description="At most `number` of these are done.")] = None
    at_least: Annotated[Counted | None, Field(description="At least `number` of these are done.")] = None
    exactly: Annotated[Counted | None, Field(description="Exactly `number` of these are done.")] = None
    always: Annotated[Many[Id] | None, Field(min_length=1, description="All of these are done.")] = None
    never: Annotated[Many[Id] | None, Field(min_length=1, description="None of these is done.")] = None
    because: Annotated[Prose, Field(description="Why there is this rule.", examples=["There is one crane."])]
    evidence: Annotated[Evidence | None, Field(description="Claims as source/claim, or `none`.")] = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [kind.replace("_", "-") for kind in _KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise fault(
                "rule-kind",
                f"a rule has exactly one kind, and this one has {' and '.join(kinds) or 'none'}",
                "write one of requires, excludes, at-most, at-least, exactly, always, never, and a rule for each",
            )
        return self

    @property
    def kind(self) -> str:
        """The kind of the rule, as it is written."""
        return next(kind.replace("_", "-") for kind in _KINDS if getattr(self, kind) is not None)

    @property
    def number(self) -> int | None:
        """The number of a rule that counts."""
        counted = self.at_most or self.at_least or self.exactly
        return None if counted is None else counted.number

    @property
    def options(self) -> tuple[str, ...]:
        """The options that it names, the one that requires others first."""
        counted = self.at_most or self.at_least or self.exactly
        if counted is not None:
            return counted.of
        if self.requires is not None:
            return (self.requires.option, *self.requires.needs)
        return self.excludes or self.always or self.never or ()


class PackagesFile(DossierFile):
    """The file ``criteria/packages.yaml``: what limits and joins options that are done together."""

    resources: Annotated[Many[PackageResource], Field(description="What limits doing several options together.")] = ()
    rules: Annotated[Many[PackageRule], Field(description="What packages must keep to besides.")] = ()

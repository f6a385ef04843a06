"""The distribution that a score declares, if low, likely and high do not express what is considered possible."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from policy_options.dossier.models.base import Model, Number, fault, kebab
from policy_options.errors import as_written

__all__ = ["ScoreDistribution"]

_PARAMETERS: Final = {
    "triangular": (),
    "pert": (),
    "normal": ("mean", "sd"),
    "lognormal": ("mean_log", "sd_log"),
    "beta": ("alpha", "beta"),
}
_OPTIONAL: Final = {"beta": ("from_", "to")}
_POSITIVE: Final = ("sd", "sd_log", "alpha", "beta")
_UNBOUNDED: Final = ("normal", "lognormal")


class ScoreDistribution(Model):
    """The kind of distribution, with its parameters in the criterion's unit, and the treatment of draws off the scale."""

    kind: Annotated[
        Literal["triangular", "pert", "normal", "lognormal", "beta"],
        Field(
            description="The kind of distribution. `triangular` and `pert` use `low`, `likely` and `high` of the "
            "score; the others have parameters."
        ),
    ]
    mean: Annotated[
        Number | None, Field(description="For `normal`: the mean, in the criterion's unit.", examples=[60])
    ] = None
    sd: Annotated[
        Number | None, Field(description="For `normal`: the standard deviation, in the criterion's unit.", examples=[8])
    ] = None
    mean_log: Annotated[
        Number | None,
        Field(description="For `lognormal`: the mean of the natural logarithm of the performance.", examples=[2.7]),
    ] = None
    sd_log: Annotated[
        Number | None, Field(description="For `lognormal`: the standard deviation of that logarithm.", examples=[0.4])
    ] = None
    alpha: Annotated[Number | None, Field(description="For `beta`: the first shape parameter.", examples=[20])] = None
    beta: Annotated[Number | None, Field(description="For `beta`: the second shape parameter.", examples=[116])] = None
    from_: Annotated[
        Number | None,
        Field(
            description="For `beta`: the lowest possible performance, in the criterion's unit; 0 unless stated.",
            examples=[0],
        ),
    ] = None
    to: Annotated[
        Number | None,
        Field(
            description="For `beta`: the highest possible performance, in the criterion's unit; 1 unless stated.",
            examples=[1],
        ),
    ] = None
    off_scale: Annotated[
        Literal["extrapolate", "truncate"] | None,
        Field(
            description="What happens to draws off the scale. `truncate`: they are left out. `extrapolate`: they "
            "are valued along the same straight line. Required where the distribution extends beyond "
            "the scale."
        ),
    ] = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed, allowed = _PARAMETERS[self.kind], _OPTIONAL.get(self.kind, ())
        missing = [kebab(name) for name in needed if getattr(self, name) is None]
        if missing:
            raise fault(
                "distribution-parameter-missing",
                f"a {self.kind} distribution has no {' and no '.join(missing)}",
                f"write {', '.join(f'{name}:' for name in missing)}",
            )
        every = {name for names in (*_PARAMETERS.values(), *_OPTIONAL.values()) for name in names}
        surplus = [
            kebab(name) for name in sorted(every - set(needed) - set(allowed)) if getattr(self, name) is not None
        ]
        if surplus:
            raise fault(
                "distribution-parameter-surplus",
                f"a {self.kind} distribution does not take {', '.join(surplus)}",
                "delete it, or write another kind",
            )
        for name in _POSITIVE:
            number = getattr(self, name)
            if number is not None and not number > 0.0:
                raise fault(
                    "distribution-not-positive",
                    f"{kebab(name)} is {as_written(number)}",
                    "write a number above 0; a score that is certain has no distribution",
                )
        low, high = self.ends
        if not low < high:
            raise fault(
                "distribution-out-of-order",
                f"the distribution runs from {as_written(low)} to {as_written(high)}",
                "write from: with the smaller number",
            )
        if self.kind in _UNBOUNDED and self.off_scale is None:
            raise fault(
                "off-scale-missing",
                f"a {self.kind} distribution has no ends, and what becomes of draws off the scale is not said",
                "write off-scale: truncate (they are left out) or extrapolate (they are valued along the same line)",
            )
        if not needed and self.off_scale is not None:
            raise fault(
                "off-scale-needless",
                f"a {self.kind} distribution keeps to low and high, which are on the scale",
                "delete off-scale:",
            )
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """The bounds of a beta distribution."""
        return (0.0 if self.from_ is None else self.from_, 1.0 if self.to is None else self.to)

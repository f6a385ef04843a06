"""From a dossier's models to the problem for the analysis, with named axes. ``eliciting`` provides the weights."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from policy_options.analysis.problem import CriterionAxis, GroupAxis, OptionAxis, PairThresholds, Problem
from policy_options.analysis.value_functions import Exponential, Levels, Linear, PiecewiseLinear, ValueFunction
from policy_options.dossier import limits
from policy_options.dossier.contents import Contents
from policy_options.dossier.models.criteria import Criterion, Group
from policy_options.dossier.models.distribution import ScoreDistribution
from policy_options.dossier.models.option import Score
from policy_options.errors import Fault, PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.distributions import Distribution, Uncertainty
    from policy_options.analysis.robustness import Thresholds

__all__ = ["build_problem", "distribution_of", "thresholds_of", "uncertainty_of"]


def build_problem(contents: Contents, scales: Problem | None = None) -> Problem:
    """Build the problem of a checked dossier: options ordered by id, the baseline first; criteria as in the file.

    ``scales`` is the problem whose ends local scales keep, so that scenarios are valued on the same ones.

    Raises:
        PolicyOptionsError: a local scale on which the options do not differ; every one is included.
    """
    baseline = contents.decision.model.baseline
    names = sorted(contents.options, key=lambda name: (name != baseline, name))
    scores = [contents.options[name].model.scores for name in names]
    leaves = list(contents.leaves.values())
    shape = (len(names), len(leaves))
    low, likely, high = (np.empty(shape) for _ in range(3))
    axes = []
    alike: list[Fault] = []
    for column, (criterion, path, above) in enumerate(leaves):
        position = {level.id: float(index) for index, level in enumerate(criterion.scale.levels)}
        for row, of_option in enumerate(scores):
            low[row, column], likely[row, column], high[row, column] = _bounds(of_option[criterion.id], position)
        performances = np.concatenate([part[:, column] for part in (low, likely, high)])
        far = float(np.max(np.abs(performances), where=np.isfinite(performances), initial=0.0))
        if far > limits.MAX_PERFORMANCE:
            alike.append(_too_far(contents, criterion.id, path))
            continue
        ends = _ends(criterion, low[:, column], high[:, column])
        if scales is not None:
            ends = (scales.criteria[column].low, scales.criteria[column].high)
        if ends[0] == ends[1]:
            alike.append(
                Fault(
                    "scale-empty",
                    f"the scale of `{criterion.id}` is local, and all options perform alike on it",
                    "give it a global scale with described ends",
                    (criterion.id,),
                    contents.criteria.tree.place((*path, "scale")),
                )
            )
            continue
        axes.append(_axis(criterion, above, *ends, position))
    if alike:
        raise PolicyOptionsError(alike)
    options = tuple(
        OptionAxis(name, model.title, model.short or model.title)
        for name in names
        for model in (contents.options[name].model,)
    )
    groups = tuple(
        GroupAxis(group.id, group.title, group.short or group.title, tuple(g.id for g in above), group.role)
        for group, _, above in contents.groups.values()
    )
    weak = tuple(
        (row, column)
        for row, of_option in enumerate(scores)
        for column, (criterion, _, _) in enumerate(leaves)
        if of_option[criterion.id].confidence == "low"
    )
    uncited = tuple(
        (row, column)
        for row, of_option in enumerate(scores)
        for column, (criterion, _, _) in enumerate(leaves)
        if not of_option[criterion.id].supported
    )
    declared = {
        (row, column): distribution_of(score, score.distribution, (axes[column].low, axes[column].high))
        for row, of_option in enumerate(scores)
        for column, (criterion, _, _) in enumerate(leaves)
        if (score := of_option[criterion.id]).distribution is not None
    }
    return Problem(
        options,
        tuple(axes),
        groups,
        low,
        likely,
        high,
        declared=declared,
        low_confidence=weak,
        uncited=uncited,
    )


def _too_far(contents: Contents, criterion: str, path: tuple[str | int, ...]) -> Fault:
    most = limits.MAX_PERFORMANCE
    return Fault(
        "score-too-large",
        f"a score on `{criterion}` is not between {-most:g} and {most:g}, the performances that are read",
        "use a larger unit, such as millions",
        (criterion,),
        contents.criteria.tree.place(path),
    )


def distribution_of(score: Score, declared: ScoreDistribution, scale: tuple[float, float]) -> Distribution:
    """The distribution that a score declares, truncated to the scale if it says so.

    Raises:
        PolicyOptionsError: almost none of it is on the scale to which it is truncated.
    """
    from policy_options.analysis import distributions as known  # few scores declare one

    found: Distribution
    match declared.kind:
        case "normal":
            found = known.Normal(_given(declared.mean), _given(declared.sd))
        case "lognormal":
            found = known.LogNormal(_given(declared.mean_log), _given(declared.sd_log))
        case "beta":
            found = known.Beta(_given(declared.alpha), _given(declared.beta), *declared.ends)
        case kind:
            make = known.pert if kind == "pert" else known.Triangular
            found = make(*(_given(bound) for bound in (score.low, score.likely, score.high)))
    return known.truncated(found, *scale) if declared.off_scale == "truncate" else found


def _given(number: float | str | None) -> float:
    """A parameter that the model has checked to be present and to be a number."""
    assert isinstance(number, float)
    return number


def thresholds_of(contents: Contents) -> Thresholds:
    """The shares of weight vectors that a verdict on robustness compares with."""
    from policy_options.analysis.robustness import Thresholds  # a ranking needs none of this

    given = contents.decision.model.thresholds
    return Thresholds(given.robust_share / 100, given.fragile_share / 100)


def uncertainty_of(contents: Contents) -> Uncertainty:
    """How the decision has scores without a declared distribution drawn."""
    from policy_options.analysis.distributions import Uncertainty  # a ranking needs none of this

    given = contents.decision.model.uncertainty
    return Uncertainty(given.shape, given.together, given.together_because or "")


def _bounds(score: Score, position: dict[str, float]) -> tuple[float, float, float]:
    if score.unknown:
        return (np.nan, np.nan, np.nan)
    likely = _performance(score.likely, position)
    if score.low is None or score.high is None:
        return (likely, likely, likely)
    return (_performance(score.low, position), likely, _performance(score.high, position))


def _performance(performance: float | str, position: dict[str, float]) -> float:
    return position[performance] if isinstance(performance, str) else performance


def _ends(criterion: Criterion, low: np.ndarray, high: np.ndarray) -> tuple[float, float]:
    scale = criterion.scale
    if scale.levels:
        return 0.0, float(len(scale.levels) - 1)
    if scale.low is not None and scale.high is not None:
        return scale.low.at, scale.high.at
    if np.isnan(low).all():
        return 0.0, 0.0
    return float(np.nanmin(low)), float(np.nanmax(high))


def _axis(
    criterion: Criterion, above: tuple[Group, ...], low: float, high: float, position: dict[str, float]
) -> CriterionAxis:
    line = criterion.red_line
    return CriterionAxis(
        id=criterion.id,
        title=criterion.title,
        short=criterion.short or criterion.title,
        unit=criterion.unit,
        unit_form=criterion.unit_form or "",
        direction=criterion.direction,
        low=low,
        high=high,
        value_function=_value_function(criterion, low, high),
        groups=tuple(group.id for group in above),
        levels=tuple(level.title or level.id.replace("-", " ") for level in criterion.scale.levels),
        level_ids=tuple(position),
        red_line=None if line is None else _performance(line.at, position),
        local=criterion.scale.kind == "local",
        step=criterion.step,
        thresholds=_pair_thresholds(criterion),
    )


def _pair_thresholds(criterion: Criterion) -> PairThresholds:
    given = criterion.thresholds
    if given is None:
        return PairThresholds()
    return PairThresholds(given.indifferent, given.prefer, inf if given.veto == "none" else given.veto)


def _value_function(criterion: Criterion, low: float, high: float) -> ValueFunction:
    if criterion.scale.levels:
        return Levels(tuple(level.value for level in criterion.scale.levels))
    function = criterion.value_function
    if function is None or function.kind == "linear":
        return Linear(low, high, criterion.direction)
    if function.midpoint is not None:
        return Exponential(low, high, criterion.direction, function.midpoint)
    return PiecewiseLinear(tuple(p.at for p in function.points), tuple(p.value for p in function.points))

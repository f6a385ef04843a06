"""Objective weights: weights derived from the spread of the options' values alone, by entropy, CRITIC and MEREC.

They are diagnostics of a problem and nobody's preferences, and hence not a ``WeightVector``: no ranking accepts them.
How much a swing matters is a question for people (``elicitation``). The formulas of the first two are those of
scikit-criteria (the extra ``diagnostics``), which has no MEREC; this module decides what they may be given, and refuses
cases that have no answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.additive import TIE
from policy_options.analysis.problem import Problem, frozen
from policy_options.errors import PolicyOptionsError

__all__ = ["METHODS", "Method", "ObjectiveWeights", "derivable_weights", "merec_shares", "objective_weights"]

Floats = NDArray[np.float64]
Method = Literal["entropy", "critic", "merec"]

METHODS: Final[tuple[Method, ...]] = ("entropy", "critic", "merec")

SOURCES: Final[dict[Method, str]] = {
    "entropy": "Shannon (1948), A mathematical theory of communication, Bell System Technical Journal 27; "
    "as weights: Zeleny (1982), Multiple Criteria Decision Making, McGraw-Hill",
    "critic": "Diakoulaki, Mavrotas and Papayannakis (1995), Determining objective weights in multiple criteria problems: "
    "the CRITIC method, Computers & Operations Research 22(7), 763-770",
    "merec": "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene (2021), Determination of objective weights "
    "using a new method based on the removal effects of criteria (MEREC), Symmetry 13(4), 525",
}

LEVEL: Final = 1e-4
"""A criterion whose values span less than this share of their mean has an entropy of 1 but for rounding."""

ALIKE: Final = 1e-9
"""Criteria whose correlation is within this of 1 do not conflict: the formula would be dividing up rounding error."""


@dataclass(frozen=True, eq=False)
class ObjectiveWeights:
    """(n,) ``shares`` along ``criteria``, at least 0 and summing to 1, by the method that ``source`` cites.

    ``constant`` are the criteria on which all options have the same value: they do not distinguish options here, and
    have the share 0, however much they matter.

    Raises:
        PolicyOptionsError: the shares are invalid, or not one per criterion.
    """

    method: Method
    criteria: tuple[str, ...]
    shares: Floats
    source: str
    constant: tuple[str, ...]

    def __post_init__(self) -> None:
        shares = frozen(self.shares)
        if shares.shape != (len(self.criteria),) or not (
            np.all(shares >= 0.0) and abs(float(shares.sum()) - 1.0) <= 1e-9
        ):
            raise PolicyOptionsError.of(
                "weights-no-shares", f"the {self.method} weights are not shares of at least 0 that sum to 1"
            )
        object.__setattr__(self, "shares", shares)


def objective_weights(problem: Problem, *, methods: Collection[Method] = METHODS) -> tuple[ObjectiveWeights, ...]:
    """Compute objective weights by each of ``methods``, in the order given, from the (m, n) values 0-100 at likely
    scores.

    Values and not performances: the methods need columns where more is better, entropy needs numbers of at least 0
    that may be divided by their sum, and MEREC numbers above 0. Performances run in either direction, may be negative
    or indices of levels, and their sum depends on the unit (degrees Celsius or kelvin). Values all run from 0, the
    worst end of the scale, to 100. The result therefore depends on these scales: entropy on the position of each
    scale's 0, CRITIC on the curve of each value function alone.

    With v the values, m options and shares w proportional to d, c, E or 0:

    - entropy: p[i, j] = v[i, j] / sum_i v[i, j]; e[j] = -sum_i p[i, j] ln p[i, j] / ln m, where 0 ln 0 = 0;
      d[j] = 1 - e[j]. Shannon (1948); Zeleny (1982).
    - CRITIC: x = v brought to 0-1 by the least and greatest value of each column; s[j] its standard deviation; r Pearson's
      correlations; c[j] = s[j] sum_k (1 - r[j, k]). Diakoulaki, Mavrotas and Papayannakis (1995), eqs. 1-6.

    - MEREC: n[i, j] = min_i v[i, j] / v[i, j]; S[i] = ln(1 + sum_j |ln n[i, j]| / n); S'[i, j] the same without criterion
      j in the sum; E[j] = sum_i |S'[i, j] - S[i]|. Keshavarz-Ghorabaee et al. (2021), eqs. 2-6.

    Criteria on which all options have the same value, within 1e-9 points, are left out of all and have the share 0. If
    a single criterion remains, it has the share 1.

    Raises:
        PolicyOptionsError: there are fewer than two options; a score is unknown; every criterion is constant; the extra is
            not installed; for entropy, a value is below 0 or no criterion differs by more than rounding; for CRITIC,
            several criteria differ and all of them are perfectly correlated; for MEREC, a value is not above 0.
    """
    varying = _varying(problem)
    values = problem.values[:, varying]
    names = tuple(name for name, varies in zip(problem.criterion_ids, varying, strict=True) if varies)
    constant = tuple(name for name, varies in zip(problem.criterion_ids, varying, strict=True) if not varies)
    results = []
    for method in methods:
        shares = np.zeros(len(problem.criteria))
        shares[varying] = _OF[method](values, names)
        results.append(ObjectiveWeights(method, problem.criterion_ids, shares, SOURCES[method], constant))
    return tuple(results)


def derivable_weights(problem: Problem) -> tuple[tuple[ObjectiveWeights, ...], tuple[PolicyOptionsError, ...]]:
    """Objective weights by each method that gives any, and why the others do not."""
    found: list[ObjectiveWeights] = []
    refused: list[PolicyOptionsError] = []
    for method in METHODS:
        try:
            found += objective_weights(problem, methods=[method])
        except PolicyOptionsError as error:
            refused.append(error)
    return tuple(found), tuple(refused)


def _varying(problem: Problem) -> NDArray[np.bool_]:
    """(n,): on which criteria the options differ. Refuses what neither method can handle."""
    if len(problem.options) < 2:
        raise PolicyOptionsError.of(
            "too-few-options",
            "objective weights come from how options differ, which takes two options; "
            f"the problem has {len(problem.options)}",
            "add an option",
            ids=problem.option_ids,
        )
    open_cells = np.argwhere(~np.isfinite(problem.values))
    if open_cells.size:
        pairs = [(problem.option_ids[row], problem.criterion_ids[column]) for row, column in open_cells]
        raise PolicyOptionsError.of(
            "unknown-score",
            "objective weights need every score, and these are missing: "
            + ", ".join(f"`{option}` on `{criterion}`" for option, criterion in pairs),
            "give these scores, or leave the options or criteria out",
            ids=dict.fromkeys(name for pair in pairs for name in pair),
        )
    varying: NDArray[np.bool_] = np.ptp(problem.values, axis=0) > TIE
    if not varying.any():
        raise PolicyOptionsError.of(
            "criteria-constant",
            "on every criterion all options have the same value, so that there is nothing to weigh by",
            ids=problem.criterion_ids,
        )
    return varying


def _entropy(values: Floats, names: tuple[str, ...]) -> Floats:
    """(k,) shares from (m, k) values, none of the columns constant."""
    below = [name for name, least in zip(names, values.min(axis=0), strict=True) if least < -TIE]
    if below:
        raise PolicyOptionsError.of(
            "entropy-negative",
            f"entropy is not defined for values below 0, which are on: {', '.join(below)}",
            "widen these scales to hold every score",
            ids=below,
        )
    if np.all(np.ptp(values, axis=0) <= LEVEL * values.mean(axis=0)):
        raise PolicyOptionsError.of(
            "entropy-level",
            "entropy has no answer: on every criterion the values of the options are the same but for rounding",
            ids=names,
        )
    _require_extra()
    from skcriteria.preprocessing.weighters import entropy_weights

    return _cleaned(entropy_weights(np.maximum(values, 0.0)))


def _critic(values: Floats, names: tuple[str, ...]) -> Floats:
    """(k,) shares from (m, k) values, none of the columns constant."""
    _require_extra()
    if len(names) == 1:
        return np.ones(1)  # the formula gives 0/0: a criterion does not conflict with itself
    if 1.0 - np.corrcoef(values, rowvar=False).min() <= ALIKE:
        raise PolicyOptionsError.of(
            "critic-alike",
            "CRITIC has no answer: it weighs by the conflict between criteria, and all on which the options differ "
            f"are perfectly correlated ({', '.join(names)})",
            "ask for entropy alone",
            ids=names,
        )
    from skcriteria import Objective
    from skcriteria.preprocessing.weighters import critic_weights

    return _cleaned(critic_weights(values, np.full(len(names), Objective.MAX.value)))


def _merec(values: Floats, names: tuple[str, ...]) -> Floats:
    """(k,) shares from (m, k) values, none of the columns constant."""
    at_zero = [name for name, least in zip(names, values.min(axis=0), strict=True) if least <= 0.0]
    if at_zero:
        raise PolicyOptionsError.of(
            "merec-not-positive",
            f"MEREC is not defined where a value is 0 or less, which it is on: {', '.join(at_zero)}",
            "widen these scales at the worst end, or do without it",
            ids=at_zero,
        )
    return merec_shares(values.min(axis=0) / values)


def merec_shares(normalised: Floats) -> Floats:
    """(k,) shares from (m, k) numbers above 0 and up to 1, of which 1 is the worst of its column (eqs. 3-6 of the paper)."""
    effects = np.abs(np.log(normalised))
    of_all = np.log1p(effects.mean(axis=1))
    without = np.log1p((effects.sum(axis=1)[:, None] - effects) / effects.shape[1])
    removed = np.abs(without - of_all[:, None]).sum(axis=0)
    return np.asarray(removed / removed.sum())


_OF: Final = {"entropy": _entropy, "critic": _critic, "merec": _merec}


def _cleaned(shares: Floats) -> Floats:
    """Shares without the library's rounding error, whose 1 - e can come out at -1e-16."""
    kept: Floats = np.maximum(shares, 0.0)
    return kept / float(kept.sum())


def _require_extra() -> None:
    """Import the library here, where a missing one can be reported. It takes about two seconds, as it loads plotting."""
    try:
        import skcriteria.preprocessing.weighters  # noqa: F401
    except ModuleNotFoundError as error:
        raise PolicyOptionsError.of(
            "extra-missing",
            "objective weights need scikit-criteria, which is not installed",
            'pip install "policy-options[diagnostics]"',
        ) from error

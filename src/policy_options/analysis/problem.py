"""The problem: options, the value tree with its criteria, and performances, all as arrays with named axes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from policy_options.analysis.value_functions import Direction, ValueFunction
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.distributions import Distribution

__all__ = ["CriterionAxis", "GroupAxis", "OptionAxis", "PairThresholds", "Problem", "Spread", "WeightVector", "frozen"]

Floats = NDArray[np.float64]
Spread = Literal["ranges", "unknown", "none"]
"""What about scores is uncertain: some have a range or a distribution; some are unknown, and no more; or nothing."""


def frozen(array: Floats) -> Floats:
    """The array as contiguous floats that cannot be written to, so that a frozen result is frozen throughout."""
    kept = np.array(array, dtype=np.float64, order="C")
    kept.flags.writeable = False
    return kept


def _refuse_twice(ids: tuple[str, ...], kind: str) -> None:
    if len(set(ids)) != len(ids):
        twice = sorted({name for name in ids if ids.count(name) > 1})
        raise PolicyOptionsError.of(
            "id-twice", f"one id is given to more than one {kind}: {', '.join(twice)}", ids=twice
        )


@dataclass(frozen=True, slots=True)
class OptionAxis:
    """An option, as a row of the problem."""

    id: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class GroupAxis:
    """An inner node of the value tree. ``groups`` are the ids above it, from the root."""

    id: str
    title: str
    short: str
    groups: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class PairThresholds:
    """The differences between two performances that are declared to matter, in the unit or in numbers of levels.

    ``None`` where nothing is declared. An infinite ``veto`` means no veto. Only cross-checks use them.
    """

    indifferent: float | None = None
    prefer: float | None = None
    veto: float | None = None


@dataclass(frozen=True, slots=True)
class CriterionAxis:
    """A leaf of the value tree, as a column of the problem.

    ``low`` and ``high`` are the ends of the performance scale in ``unit``; where the scale has ``levels`` (their titles
    and ids, from low to high), a performance is the index of its level. Performances are multiples of ``step`` from the
    low end if there is one: governments, posts. ``unit_form`` is how a number is written with its unit, ``{}`` for the
    number, where the unit does not simply follow it.
    """

    id: str
    title: str
    short: str
    unit: str
    direction: Direction
    low: float
    high: float
    value_function: ValueFunction
    groups: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    unit_form: str = ""
    level_ids: tuple[str, ...] = ()
    red_line: float | None = None
    local: bool = False
    step: float | None = None
    thresholds: PairThresholds = PairThresholds()


@dataclass(frozen=True, eq=False, slots=True)
class WeightVector:
    """Weights with the ids of their criteria: shares of at least 0 that sum to 1, within rounding.

    Raises:
        PolicyOptionsError: the shares are invalid, or one criterion has two.
    """

    id: str
    criteria: tuple[str, ...]
    shares: Floats

    def __post_init__(self) -> None:
        _refuse_twice(self.criteria, "criterion")
        shares = self.shares
        if shares.shape != (len(self.criteria),) or not (
            np.all(shares >= 0.0) and abs(float(shares.sum()) - 1.0) <= 1e-9
        ):
            raise PolicyOptionsError.of(
                "weights-no-shares",
                f"the weights of `{self.id}` are not shares of at least 0 that sum to 1",
                ids=(self.id,),
            )

    def share(self, criterion: str) -> float:
        """The share of one criterion."""
        return float(self.shares[self.criteria.index(criterion)])

    def along(self, criteria: tuple[str, ...]) -> Floats:
        """The shares in the order of ``criteria``, matched by id and never by position.

        Raises:
            PolicyOptionsError: the ids are not the same set.
        """
        if criteria == self.criteria:
            return self.shares
        if set(criteria) != set(self.criteria):
            missing = sorted(set(criteria) ^ set(self.criteria))
            raise PolicyOptionsError.of(
                "weights-do-not-fit",
                f"the weights of `{self.id}` and the criteria of the problem differ in: {', '.join(missing)}",
                "give weights for exactly these criteria",
                ids=missing,
            )
        position = {name: index for index, name in enumerate(self.criteria)}
        return self.shares[[position[name] for name in criteria]]


@dataclass(frozen=True, eq=False)
class Problem:
    """A problem of m options by n criteria. ``low``, ``likely`` and ``high`` are (m, n) performances; NaN marks an
    unknown one.

    ``declared`` has the distributions of scores that declare one, by row and column. ``low_confidence`` lists the
    scores, by row and column, whose evidence is declared weak, ``uncited`` those that cite no source; neither affects a
    value.

    Values are computed once, on first use. ``worst`` and ``best`` are values at the bounds of each score, whichever
    direction is better; an unknown score is worth 0 at worst and 100 at best.
    """

    options: tuple[OptionAxis, ...]
    criteria: tuple[CriterionAxis, ...]
    groups: tuple[GroupAxis, ...]
    low: Floats
    likely: Floats
    high: Floats
    declared: Mapping[tuple[int, int], Distribution] = field(default_factory=dict, repr=False, kw_only=True)
    low_confidence: tuple[tuple[int, int], ...] = field(default=(), repr=False, kw_only=True)
    uncited: tuple[tuple[int, int], ...] = field(default=(), repr=False, kw_only=True)
    option_index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _refuse_twice(self.option_ids, "option")
        _refuse_twice(self.criterion_ids, "criterion")
        shape = (len(self.options), len(self.criteria))
        for name in ("low", "likely", "high"):
            array = frozen(getattr(self, name))
            if array.shape != shape:
                raise PolicyOptionsError.of(
                    "shape",
                    f"the performances have the shape {array.shape}; {shape[0]} options by {shape[1]} criteria need {shape}",
                )
            object.__setattr__(self, name, array)
        object.__setattr__(self, "option_index", {option.id: row for row, option in enumerate(self.options)})

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Ids of the options, in row order."""
        return tuple(option.id for option in self.options)

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """Ids of the criteria, in column order."""
        return tuple(criterion.id for criterion in self.criteria)

    def criterion(self, name: str) -> CriterionAxis:
        """The criterion with this id; ``ValueError`` if it is unknown."""
        return self.criteria[self.criterion_ids.index(name)]

    @cached_property
    def unknown(self) -> NDArray[np.bool_]:
        """(m, n): where a performance is entirely unknown."""
        return np.isnan(self.likely)

    def spread(self, columns: NDArray[np.bool_] | None = None) -> Spread:
        """What about the scores is uncertain, on all criteria or on some (n,)."""
        chosen = np.ones(len(self.criteria), dtype=bool) if columns is None else columns
        ranges = (self.low != self.high) & ~self.unknown
        for row, column in self.declared:
            ranges[row, column] = True
        if ranges[:, chosen].any():
            return "ranges"
        return "unknown" if self.unknown[:, chosen].any() else "none"

    @cached_property
    def values(self) -> Floats:
        """(m, n) values of the likely performances; NaN where unknown."""
        return self._values(self.likely)

    @cached_property
    def worst(self) -> Floats:
        """(m, n) values at the worse bound of each score; 0 where unknown."""
        return frozen(np.where(self.unknown, 0.0, np.fmin(self._values(self.low), self._values(self.high))))

    @cached_property
    def best(self) -> Floats:
        """(m, n) values at the better bound of each score; 100 where unknown."""
        return frozen(np.where(self.unknown, 100.0, np.fmax(self._values(self.low), self._values(self.high))))

    def _values(self, performances: Floats) -> Floats:
        columns = [criterion.value_function(performances[:, column]) for column, criterion in enumerate(self.criteria)]
        return frozen(np.stack(columns, axis=1)) if columns else frozen(np.empty_like(performances))

    def keeping(self, options: Collection[str]) -> Problem:
        """The problem with only some of its options, in their order here. Local scales keep their ends."""
        rows = [row for row, option in enumerate(self.options) if option.id in options]
        position = {row: index for index, row in enumerate(rows)}
        return replace(
            self,
            options=tuple(self.options[row] for row in rows),
            low=self.low[rows],
            likely=self.likely[rows],
            high=self.high[rows],
            declared={(position[r], c): what for (r, c), what in self.declared.items() if r in position},
            low_confidence=tuple((position[r], c) for r, c in self.low_confidence if r in position),
            uncited=tuple((position[r], c) for r, c in self.uncited if r in position),
        )

    def columns_of(self, group: str) -> list[int]:
        """Columns of the criteria below a group, at any depth."""
        return [column for column, criterion in enumerate(self.criteria) if group in criterion.groups]

    @cached_property
    def top_groups(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """The top level of the value tree: (id, short title, columns) of each top group or ungrouped criterion."""
        titles = {group.id: group.short for group in self.groups}
        found: dict[str, tuple[str, list[int]]] = {}
        for column, criterion in enumerate(self.criteria):
            top = criterion.groups[0] if criterion.groups else criterion.id
            found.setdefault(top, (titles.get(top, criterion.short), []))[1].append(column)
        return tuple((name, title, tuple(columns)) for name, (title, columns) in found.items())

"""What-if on weights: edits to shares, applied together to the old ones, while the rest keep their proportions.

The same rule serves a ranking without a file and a weight set written to one. Judgements are unknown here:
``elicitation.restating`` writes a new share back as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite
from typing import Final, Literal

import numpy as np

from policy_options.analysis.elicitation.deriving import Paths
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.errors import PolicyOptionsError, as_written

__all__ = ["Edit", "read_edits", "reweigh"]

Operator = Literal["=", "+=", "-=", "*="]
_EDIT: Final = re.compile(r"\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*(=|\+=|-=|\*=)\s*([0-9.eE+-]+)\s*(%?)\s*\Z")
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the weight of a criterion, or of a group as a whole; ``amount`` is in per cent, or a factor."""

    id: str
    operator: Operator
    amount: float

    def __str__(self) -> str:
        sign = "%" if self.operator == "=" and 0.0 < self.amount < 1.0 else ""  # as it must be typed
        return f"{self.id}{self.operator}{as_written(self.amount)}{sign}"

    def applied(self, share: float) -> float:
        """The new share."""
        match self.operator:
            case "=":
                return self.amount / 100
            case "+=":
                return share + self.amount / 100
            case "-=":
                return share - self.amount / 100
            case "*=":
                return share * self.amount


def read_edits(texts: Sequence[str]) -> tuple[Edit, ...]:
    """Parse edits as typed: ``cost=30``, ``cost+=5``, ``cost-=5``, ``cost*=2``; several may be joined by commas.

    Raises:
        PolicyOptionsError: an edit cannot be parsed, or two are on the same id.
    """
    edits: list[Edit] = []
    for text in (part for joined in texts for part in joined.split(",")):
        if not text.strip():
            raise PolicyOptionsError.of(
                "edit-unread",
                "a change is empty: there is nothing before or after a comma",
                "write cost=30, or leave it out",
            )
        found = _EDIT.match(text)
        if found and found[2] == "*=" and found[4]:
            raise PolicyOptionsError.of(
                "edit-unread",
                f"`{text.strip()}` multiplies by per cent (%)",
                f"write a number of times, such as {found[1]}*=0.5",
                ids=(found[1],),
            )
        if found and found[3][0] in "+-" and found[3][1:]:
            raise PolicyOptionsError.of(
                "edit-unread",
                f"`{text.strip()}` has a sign behind {found[2]}",
                f"write {found[1]}{found[3][0]}={found[3][1:]} for more or less, {found[1]}={found[3][1:]} for the weight itself",
                ids=(found[1],),
            )
        try:
            amount = float(found[3]) if found else np.nan
        except ValueError:
            amount = np.nan
        if found is None or not isfinite(amount):
            raise PolicyOptionsError.of(
                "edit-unread",
                f"`{text.strip()}` is no change to a weight",
                "write cost=30, cost+=5, cost-=5 (per cent of total weight) or cost*=2",
            )
        if found[2] == "=" and not found[4] and 0.0 < amount < 1.0:
            raise PolicyOptionsError.of(
                "edit-fraction",
                f"`{text.strip()}` would be {found[3]}% of all weight",
                f"write {found[1]}={as_written(round(100.0 * amount, 10))} if a share of 1 is meant, or "
                f"{found[1]}={found[3]}% if it is not",
                ids=(found[1],),
            )
        if any(edit.id == found[1] for edit in edits):
            raise PolicyOptionsError.of(
                "edit-twice", f"`{found[1]}` is changed twice", "join the two changes into one", ids=(found[1],)
            )
        edits.append(Edit(found[1], found[2], amount))  # type: ignore[arg-type]  # the pattern allows no other
    return tuple(edits)


def reweigh(
    weights: WeightVector, paths: Paths, edits: Sequence[Edit], *, take_from: str | None = None
) -> WeightVector:
    """Apply edits to weights: each to the old share, with the remainder shared among the others in proportion.

    An edit on a group changes the sum of its criteria, which keep their proportions within it. With ``take_from``, only
    that criterion or group absorbs the edits, and all others keep their shares.

    Raises:
        PolicyOptionsError: an unknown id, one inside another, a share below 0 or above what is available, or nothing to
            share the remainder among.
    """
    old = dict(zip(weights.criteria, weights.shares.tolist(), strict=True))
    members = _members(paths)
    _refuse_unknown([*(edit.id for edit in edits), *([take_from] if take_from else [])], members)
    new: dict[str, float] = {}
    for edit in edits:
        share = fsum(old[name] for name in members[edit.id])
        wanted = edit.applied(share)
        if not -_ROUNDING <= wanted <= 1 + _ROUNDING:
            raise PolicyOptionsError.of(
                "edit-out-of-range",
                f"{edit} would give `{edit.id}` {as_written(float(f'{100 * wanted:.6g}'))}% of total weight "
                f"(it has {as_written(float(f'{100 * share:.6g}'))}%)",
                "a weight is between 0 and 100",
                ids=(edit.id,),
            )
        new.update(_spread(old, members[edit.id], share, min(max(wanted, 0.0), 1.0), str(edit)))
    rest = tuple(name for name in old if name not in new)
    if take_from is not None:
        kept = tuple(name for name in rest if name not in members[take_from])
        new.update((name, old[name]) for name in kept)
        rest = members[take_from]
    left = 1.0 - fsum(new.values())
    if left < -_ROUNDING:
        raise PolicyOptionsError.of(
            "edit-above-total",
            f"the changes need {as_written(float(f'{-100 * left:.6g}'))}% more of total weight than there is"
            + (f" in `{take_from}`" if take_from else ""),
            "lower one of them" + (", or leave out --take-from" if take_from else ""),
            ids=tuple(edit.id for edit in edits),
        )
    if not rest and left > _ROUNDING:
        raise PolicyOptionsError.of(
            "edit-below-total",
            f"all weights are changed, and they sum to {as_written(float(f'{100 * (1 - left):.6g}'))}%",
            "leave one out, and it takes the rest",
        )
    if rest:
        what = f"the rest, {as_written(float(f'{100 * left:.6g}'))}%,"
        new.update(_spread(old, rest, fsum(old[name] for name in rest), max(left, 0.0), what))
    shares = np.array([new[name] for name in weights.criteria])
    return WeightVector(weights.id, weights.criteria, frozen(shares / fsum(shares.tolist())))


def _members(paths: Paths) -> dict[str, tuple[str, ...]]:
    """The criteria of each criterion (itself) and of each group."""
    members: dict[str, list[str]] = {name: [name] for name in paths}
    for name, groups in paths.items():
        for group in groups:
            members.setdefault(group, []).append(name)
    return {name: tuple(below) for name, below in members.items()}


def _refuse_unknown(ids: Sequence[str], members: Mapping[str, tuple[str, ...]]) -> None:
    for name in ids:
        if name not in members:
            raise PolicyOptionsError.of("unknown-id", f"`{name}` is no criterion and no group", ids=(name,))
    for index, name in enumerate(ids):
        for other in ids[index + 1 :]:
            if name == other:
                raise PolicyOptionsError.of(
                    "edit-overlaps",
                    f"`{name}` is changed, and is to give what the change needs",
                    "take it from another, or from all others",
                    ids=(name, other),
                )
            if not set(members[name]).isdisjoint(members[other]):
                raise PolicyOptionsError.of(
                    "edit-overlaps",
                    f"`{name}` and `{other}` share a criterion: one is inside the other",
                    "change one of the two at a time",
                    ids=(name, other),
                )


def _spread(old: Mapping[str, float], names: Sequence[str], share: float, wanted: float, what: str) -> dict[str, float]:
    """Distribute an amount of weight among criteria in their present proportions."""
    if len(names) == 1:
        return {names[0]: wanted}
    if share > 0:
        return {name: old[name] / share * wanted for name in names}
    if wanted <= _ROUNDING:
        return dict.fromkeys(names, 0.0)
    raise PolicyOptionsError.of(
        "no-proportions",
        f"{what} cannot be shared among {', '.join(f'`{name}`' for name in names)}: none of them has any weight",
        "give one of them a weight by name",
        ids=tuple(names),
    )

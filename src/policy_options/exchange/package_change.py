"""Which package is best on two sides of a comparison, and why, in its published form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from policy_options.analysis.packages.changes import PackageChange, Ruled
    from policy_options.analysis.packages.choosing import Packages

__all__ = ["PackageChangeForm", "package_change_form"]


class BestOfSideForm(TypedDict):
    """The best package of a side, of the fewest options of those that tie."""

    options: list[str]
    value: float
    tied: int


class PackagePartForm(TypedDict):
    """Points by which the weight of a criterion, or the scores, effects and how they combine on it, moved the gap."""

    factor: Literal["weights", "performances"]
    criterion: str
    points: float


class CapacityChangeForm(TypedDict):
    """A capacity on either side; null where a side lacks the resource."""

    resource: str
    before: float | None
    after: float | None


class RuleChangeForm(TypedDict):
    """A rule that only one side has."""

    kind: str
    options: list[str]
    number: int | None


class PackageChangeForm(TypedDict):
    """What to do together on either side; with ``out_of_reach``, why it is not compared, and nothing else.

    The gap is what the later best package is worth more than the earlier one; gap and parts are null where a side lacks an option
    or a criterion of the other, a score is unknown, or packages are not looked at one by one. Parts sum to the change of the gap.
    """

    out_of_reach: str | None
    before: BestOfSideForm | None
    after: BestOfSideForm | None
    changed: bool
    gap_before: float | None
    gap_after: float | None
    parts: list[PackagePartForm] | None
    earlier_keeps_limits_after: bool
    later_kept_limits_before: bool
    capacities: list[CapacityChangeForm]
    rules_appeared: list[RuleChangeForm]
    rules_vanished: list[RuleChangeForm]


def package_change_form(found: PackageChange | str | None) -> PackageChangeForm | None:
    """The published form; ``None`` where a side says nothing of packages."""
    if found is None:
        return None
    if isinstance(found, str):
        return {
            "out_of_reach": found,
            "before": None,
            "after": None,
            "changed": False,
            "gap_before": None,
            "gap_after": None,
            "parts": None,
            "earlier_keeps_limits_after": False,
            "later_kept_limits_before": False,
            "capacities": [],
            "rules_appeared": [],
            "rules_vanished": [],
        }
    appeared, vanished = found.rules
    parts: list[PackagePartForm] = [
        {"factor": "weights", "criterion": id, "points": points} for id, points in found.by_weight
    ]
    parts += [{"factor": "performances", "criterion": id, "points": points} for id, points in found.by_score]
    return {
        "out_of_reach": None,
        "before": _best(found.before),
        "after": _best(found.after),
        "changed": found.changed,
        "gap_before": found.gap_before,
        "gap_after": found.gap_after,
        "parts": None if found.gap_before is None else [part for part in parts if part["points"] != 0.0],
        "earlier_keeps_limits_after": found.earlier_kept,
        "later_kept_limits_before": found.later_kept,
        "capacities": [
            {
                "resource": id,
                "before": None if before is None else float(before),
                "after": None if after is None else float(after),
            }
            for id, before, after in found.capacities
        ],
        "rules_appeared": [_rule(rule) for rule in appeared],
        "rules_vanished": [_rule(rule) for rule in vanished],
    }


def _best(side: Packages) -> BestOfSideForm:
    return {
        "options": list(side.problem.names(side.recommended)),
        "value": side.best_value,
        "tied": side.listed.tied_first,
    }


def _rule(rule: Ruled) -> RuleChangeForm:
    kind, options, number = rule
    return {"kind": kind, "options": list(options), "number": number}

"""Preferences of an ``.ahp`` node: as pairs, priorities or scores, of one or several people. Functions in R are never run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from policy_options.dossier.plain_words import quoted
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.ahp_yaml import number_in
from policy_options.exchange.importing.matrix import At

__all__ = ["Preferences", "preferences_of", "priorities_of"]

_LISTS: Final = ("pairwise", "priority", "score")
_CODE: Final = ("pairwiseFunction", "scoreFunction", "preferenceFunction")


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's preferences: pairs with how many times the first is preferred, or a number for each item."""

    pairs: tuple[tuple[str, str, Any], ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    kind: str = "pairwise"

    @property
    def unit(self) -> str:
        """The unit of the scores made from them."""
        return "points" if self.kind == "score" else "priority"

    @property
    def words(self) -> str:
        """A description of the scores, for the summary."""
        return {
            "pairwise": "priorities (the principal eigenvector of the comparisons)",
            "priority": "priorities",
            "score": "scores (on a scale that ends at their sum)",
        }[self.kind]


def preferences_of(node: Mapping[str, Any], at: At) -> dict[str, Preferences]:
    """Preferences by person; the name is empty if none is given.

    Raises:
        PolicyOptionsError: a function in R (``ahp-function``), or anything that is not a preference.
    """
    code = [key for key in _CODE if key in node]
    given = node.get("preferences")
    if isinstance(given, dict):
        code += [key for key in _CODE if key in given]
    if code:
        raise PolicyOptionsError(_function(code[0], at))
    if given is None:
        return {}
    if isinstance(given, list):  # in version 1.0
        return {"": _read({"pairwise": given}, at)}
    if not isinstance(given, dict):
        raise PolicyOptionsError(
            at.fault("ahp-preferences", "preferences are no list and no mapping", "write pairwise:")
        )
    if any(key in _LISTS for key in given):
        return {"": _read(given, at)}
    found = {}
    for person, one in given.items():
        if not isinstance(one, dict):
            raise PolicyOptionsError(
                at.fault("ahp-preferences", f"{quoted(str(person))} has no preferences", "write pairwise:")
            )
        code = [key for key in _CODE if key in one]
        if code:
            raise PolicyOptionsError(_function(code[0], at))
        found[str(person)] = _read(one, at)
    return found


def _function(name: str, at: At) -> Fault:
    return at.fault(
        "ahp-function",
        f"the preferences are a {name}, code in R, which is never run",
        "write what it gives as pairwise, priority or score, or leave it out with --leave-out",
    )


def _read(given: Mapping[str, Any], at: At) -> Preferences:
    kinds = [key for key in given if key in _LISTS]
    if len(kinds) != 1 or not isinstance(given[kinds[0]], list):
        raise PolicyOptionsError(
            at.fault("ahp-preferences", f"exactly one of {', '.join(_LISTS)} is read here", "keep one, as a list")
        )
    kind = kinds[0]
    rows = given[kind]
    if kind == "pairwise":
        return Preferences(tuple(_pair(row, at) for row in rows))
    shares: dict[str, float] = {}
    for row in rows:
        number = number_in(row[1]) if isinstance(row, list) and len(row) == 2 else None
        if number is None or number < 0:
            raise PolicyOptionsError(
                at.fault("ahp-preferences", f"{quoted(str(row))} is no name with a number from 0 on", "correct it")
            )
        if str(row[0]) in shares:
            raise PolicyOptionsError(
                at.fault("ahp-preferences", f"{quoted(str(row[0]))} has two numbers", "keep one of them")
            )
        shares[str(row[0])] = number
    return Preferences(shares=shares, kind=kind)


def _pair(row: Any, at: At) -> tuple[str, str, Any]:
    ratio = number_in(row[2]) if isinstance(row, list) and len(row) == 3 else None
    if ratio is None or ratio <= 0:
        raise PolicyOptionsError(
            at.fault("ahp-preferences", f"{quoted(str(row))} is no pair with a ratio", "write [a, b, 3] or [a, b, 1/3]")
        )
    text = str(row[2]).replace(" ", "")
    return str(row[0]), str(row[1]), text if "/" in text and text.replace("/", "", 1).isdecimal() else ratio


def priorities_of(preferences: Preferences, names: list[str], at: At) -> tuple[list[float], float]:
    """A number for each alternative, and the number that represents the whole preference.

    Raises:
        PolicyOptionsError: an undeclared alternative, a missing pair, or no number above 0.
    """
    used = {name for one, other, _ in preferences.pairs for name in (one, other)} | set(preferences.shares)
    faults = [
        at.fault("unknown-id", f"{quoted(name)} is no alternative", did_you_mean(name, names))
        for name in sorted(used - set(names))
    ]
    if faults:
        raise PolicyOptionsError(faults)
    if preferences.pairs:
        return _eigenvector(preferences, names, at), 1.0
    missing = [name for name in names if name not in preferences.shares]
    if missing:
        raise PolicyOptionsError(
            at.fault("ahp-preferences", f"{quoted(missing[0])} has no {preferences.kind}", "write it")
        )
    shares = [preferences.shares[name] for name in names]
    whole = sum(shares) if preferences.kind == "score" or abs(sum(shares) - 1) > 1e-9 else 1.0
    if whole <= 0:
        raise PolicyOptionsError(at.fault("ahp-preferences", "all numbers are 0", "write one that is not"))
    return shares, whole


def _eigenvector(preferences: Preferences, names: list[str], at: At) -> list[float]:
    """The priorities, derived and checked by the analysis as for weights from pairs; ``check`` reports inconsistency."""
    from policy_options.analysis.elicitation.ahp import AHP
    from policy_options.analysis.elicitation.answers import Answers, Settings

    pairs: dict[str, dict[str, float]] = {}
    for one, other, ratio in preferences.pairs:
        number = number_in(str(ratio))
        assert number is not None  # it was read as a ratio
        pairs.setdefault(one, {})[other] = number
    try:
        found = AHP().derive(tuple(names), Answers(pairwise=pairs), Settings())
    except PolicyOptionsError as error:
        raise PolicyOptionsError(
            [at.fault(fault.code, fault.message, fault.remedy) for fault in error.faults]
        ) from None
    return [float(share) for share in found.shares]

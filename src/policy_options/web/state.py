"""What a page shows, as the query of its address: a link restores it, tabs are independent, going back undoes.

Weights are written by criterion and as shares with all their digits, so that a link gives the very same ranking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, isfinite
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np

from policy_options.analysis.problem import WeightVector, frozen
from policy_options.analysis.reweighting import Edit, reweigh
from policy_options.api import Dossier
from policy_options.dossier.contents import Contents
from policy_options.dossier.eliciting import paths_of
from policy_options.dossier.futures import REFERENCE, overrides, scenario_ids
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import PolicyOptionsError
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases

__all__ = ["State", "Tried", "moved", "read_state", "refuse_overridden", "vector_of"]

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?\Z")
_MOST: Final = 400
"""Entries of one kind in an address: more than a dossier has criteria, and as many what-ifs as anyone can follow."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A score that is tried at another value: a number, the id of a level, or ``unknown``."""

    option: str
    criterion: str
    value: str

    def refuse_unknown(self, contents: Contents) -> None:
        """Refuse a score that the dossier does not have.

        Raises:
            PolicyOptionsError: there is no such option or criterion.
        """
        _known(self.option, contents.options, "option")
        _known(self.criterion, contents.leaves, "criterion")

    def performance(self, contents: Contents) -> float | str:
        """The value as a score has it: a number, or text where the scale has levels."""
        if contents.leaves[self.criterion][0].scale.levels or self.value == UNKNOWN:
            return self.value
        return _number(self.value)

    def before(self, contents: Contents, phrases: Phrases) -> str:
        """The performance in the files, in words."""
        likely = contents.options[self.option].model.scores[self.criterion].likely
        if likely == UNKNOWN:
            return phrases.say("unknown")
        if isinstance(likely, str):
            levels = contents.leaves[self.criterion][0].scale.levels
            return next((level.title or level.id for level in levels if level.id == likely), likely)
        return performance_text(float(likely), (), phrases)


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows.

    ``weights`` is the set that it begins with, ``None`` for the decision's; ``shares`` the changed weights by
    criterion, none if the set is as it is in its file. ``locked`` are criteria whose weight stays while others move.
    ``tried`` are what-ifs on scores. ``against`` is the set to compare with, ``pair`` two options to compare.
    """

    weights: str | None = None
    shares: tuple[tuple[str, float], ...] = ()
    locked: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()
    scenario: str | None = None
    against: str | None = None
    pair: tuple[str, str] | None = None
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    capacities: tuple[tuple[str, float], ...] = ()
    package: tuple[str, ...] | None = None

    @property
    def changed(self) -> bool:
        """Whether the page shows something that no file says."""
        return bool(self.shares or self.tried)

    def fields(self) -> list[tuple[str, str]]:
        """The names and values of the query, which are also those of hidden fields."""
        found: list[tuple[str, str]] = []
        if self.weights is not None:
            found.append(("set", self.weights))
        if self.shares:
            found.append(("w", ",".join(f"{name}:{share!r}" for name, share in self.shares)))
        if self.locked:
            found.append(("lock", ",".join(self.locked)))
        found += [("try", f"{each.option}:{each.criterion}:{each.value}") for each in self.tried]
        if self.scenario is not None:
            found.append(("scenario", self.scenario))
        if self.against is not None:
            found.append(("against", self.against))
        if self.pair is not None:
            found.append(("pair", ",".join(self.pair)))
        if self.inside:
            found.append(("with", ",".join(self.inside)))
        if self.outside:
            found.append(("without", ",".join(self.outside)))
        if self.capacities:
            found.append(("cap", ",".join(f"{name}:{amount!r}" for name, amount in self.capacities)))
        if self.package is not None:
            found.append(("package", ",".join(self.package)))
        return found

    def query(self, **more: str) -> str:
        """The query, with its question mark if it is not empty."""
        fields = [*self.fields(), *more.items()]
        return "?" + urlencode(fields, safe=":,/") if fields else ""

    def but(self, **changes: Any) -> State:
        """The state with some of its parts changed."""
        return replace(self, **changes)


def read_state(query: Iterable[tuple[str, str]], dossier: Dossier) -> State:
    """The state that a query gives; parts that it does not have are as in the files.

    Raises:
        PolicyOptionsError: a part cannot be read, or names what the dossier does not have.
    """
    given: dict[str, list[str]] = {}
    for key, value in query:
        given.setdefault(key, []).append(value)
    contents = dossier.contents

    def one(key: str) -> str | None:
        texts = [text for text in given.get(key, ()) if text != ""]
        return texts[-1] if texts else None

    def several(key: str) -> tuple[str, ...]:
        texts = [part for text in given.get(key, ()) for part in text.split(",") if part]
        return tuple(dict.fromkeys(texts[:_MOST]))

    weights, scenario, against = one("set"), one("scenario"), one("against")
    for name in (weights, against):
        if name is not None:
            _plain(name)
            dossier.weighting(name)
    if weights == contents.decision.model.weights:
        weights = None
    if scenario is not None and scenario not in scenario_ids(contents):
        _known(scenario, scenario_ids(contents), "scenario")
    locked = several("lock")
    for name in locked:
        _known(name, contents.leaves, "criterion")
    pair = several("pair")
    inside, outside, package = several("with"), several("without"), several("package")
    for name in (*pair, *inside, *outside, *package):
        _known(name, contents.options, "option")
    return State(
        weights=weights,
        shares=_shares(several("w"), contents),
        locked=locked,
        tried=_tried(given.get("try", ())[:_MOST], contents),
        scenario=None if scenario == REFERENCE else scenario,
        against=against,
        pair=(pair[0], pair[1]) if len(pair) == 2 else None,
        inside=inside,
        outside=outside,
        capacities=tuple((name, _number(amount)) for name, amount in map(_two, several("cap"))),
        package=package if one("package") is not None else None,
    )


def _two(text: str) -> tuple[str, str]:
    head, _, tail = text.rpartition(":")
    return head, tail


def _number(text: str) -> float:
    try:
        found = float(text.strip().replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise PolicyOptionsError.of("number", f"`{text[:40]}` is no number", "write a number such as 12.5")
    return found


def _plain(name: str) -> None:
    """Refuse what can be no id before it is looked up; ids never become paths here, and this is why they could not."""
    if len(name) > 129 or not _ID.match(name):
        raise PolicyOptionsError.of("unknown-id", f"`{name[:40]}` is no id", "use the links of the page")


def _known(name: str, known: Iterable[str], kind: str) -> None:
    _plain(name)
    names = list(known)
    if name not in names:
        raise PolicyOptionsError.of(
            "unknown-id",
            f"`{name}` is no {kind} of this dossier",
            did_you_mean(name, names) if names else "",
            ids=(name,),
        )


def _shares(parts: Sequence[str], contents: Contents) -> tuple[tuple[str, float], ...]:
    """Changed weights, for exactly the criteria of the dossier, by id."""
    if not parts:
        return ()
    found = {name: _number(share) for name, share in map(_two, parts)}
    if set(found) != set(contents.leaves):
        differing = sorted(set(found) ^ set(contents.leaves))
        raise PolicyOptionsError.of(
            "weights-do-not-fit",
            f"the weights of this address and the criteria of the dossier differ in: {', '.join(differing)[:200]}",
            "start again from a weight set",
        )
    total = fsum(found.values())
    if any(share < 0.0 for share in found.values()) or abs(total - 1.0) > 1e-6:
        raise PolicyOptionsError.of(
            "weights-no-shares",
            "the weights of this address are not shares of at least 0 that sum to 1",
            "start again from a weight set",
        )
    return tuple((name, found[name]) for name in contents.leaves)


def _tried(texts: Sequence[str], contents: Contents) -> tuple[Tried, ...]:
    found: dict[tuple[str, str], Tried] = {}
    for text in texts:
        parts = text.split(":", 2)
        if len(parts) != 3:
            raise PolicyOptionsError.of("what-if", f"`{text[:80]}` is no what-if", "use the form of the page")
        one = Tried(parts[0], parts[1], parts[2].strip())
        one.refuse_unknown(contents)
        one.performance(contents)
        found[one.option, one.criterion] = one
    return tuple(found.values())


def refuse_overridden(contents: Contents, state: State) -> None:
    """Refuse what-ifs on scores that the scenario gives another value, since they would change nothing.

    Raises:
        PolicyOptionsError: with the first such score.
    """
    if state.scenario is None or state.scenario not in contents.scenarios:
        return
    given = {(each.option, each.criterion) for each in overrides(contents, contents.scenarios[state.scenario])}
    for tried in state.tried:
        if (tried.option, tried.criterion) in given:
            raise PolicyOptionsError.of(
                "what-if-overridden",
                f"the scenario `{state.scenario}` says what `{tried.option}` does on `{tried.criterion}`, so that the "
                "what-if on this score would change nothing",
                "take the what-if back, or leave the scenario",
                ids=(tried.option, tried.criterion),
            )


def vector_of(state: State, dossier: Dossier) -> WeightVector:
    """The weights on the page: changed ones have the id of the set that they began as.

    Raises:
        PolicyOptionsError: there is no such set.
    """
    if not state.shares:
        return dossier.weights(state.weights)
    names = tuple(name for name, _ in state.shares)
    shares = np.array([share for _, share in state.shares])
    name = dossier.contents.decision.model.weights if state.weights is None else state.weights
    return WeightVector(name, names, frozen(shares / fsum(shares.tolist())))


def moved(state: State, dossier: Dossier, moves: Mapping[str, float]) -> State:
    """The state after weights are set, by criterion and in per cent; the others keep their proportions, locked ones
    their weights.

    Raises:
        PolicyOptionsError: a weight is outside what the locks leave, or there is nothing to share the remainder among.
    """
    vector = vector_of(state, dossier)
    edits = [Edit(name, "=", percent) for name, percent in moves.items()]
    edits += [Edit(name, "=", 100.0 * vector.share(name)) for name in state.locked if name not in moves]
    changed = reweigh(vector, paths_of(dossier.contents), edits)
    return state.but(shares=tuple(zip(changed.criteria, changed.shares.tolist(), strict=True)))

"""Judgements about swings to weights: points and swing, flat across the leaves or down the tree.

Weights are derived each time from the judgements, which are what a person said. Faults name the ids; the dossier floor
knows the places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum, isfinite
from typing import Final, Literal

import numpy as np

from policy_options.analysis.problem import WeightVector, frozen
from policy_options.errors import Fault, PolicyOptionsError, as_written

__all__ = ["Across", "Method", "derive_weights", "points_to_shares", "swings_to_shares"]

Across = Literal["leaves", "siblings"]
Method = Literal["points", "swing"]
TOP_SWING: Final = 100.0


def points_to_shares(points: Mapping[str, float]) -> dict[str, float]:
    """Shares of points shared out among siblings: each over their sum.

    Raises:
        PolicyOptionsError: a negative or not finite judgement, or nothing but zeros.
    """
    faults = _not_weights(points)
    if faults:
        raise PolicyOptionsError(faults)
    top = max(points.values(), default=0.0)
    if not top > 0:
        raise PolicyOptionsError.of(
            "weights-all-zero",
            f"all judgements among {', '.join(f'`{name}`' for name in points)} are zero",
            "give at least one of them more than 0",
            ids=tuple(points),
        )
    total = fsum(value / top for value in points.values())  # taken relative to the largest, no sum is too large
    return {name: value / top / total for name, value in points.items()}


def swings_to_shares(swings: Mapping[str, float]) -> dict[str, float]:
    """Shares of swing judgements: the swing that matters most is 100, the others are rated beside it.

    Source: von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.

    Raises:
        PolicyOptionsError: the largest is not 100, or what ``points_to_shares`` refuses.
    """
    shares = points_to_shares(swings)
    top = max(swings, key=lambda name: swings[name])
    if swings[top] != TOP_SWING:
        raise PolicyOptionsError.of(
            "swing-without-100",
            f"the largest swing judgement is {as_written(swings[top])} (`{top}`); in swing weighting it is 100",
            "rate the swing that matters most 100 and the others beside it, or use method: points",
            ids=(top,),
        )
    return shares


def _not_weights(judgements: Mapping[str, float]) -> list[Fault]:
    faults = []
    for name, value in judgements.items():
        if isfinite(value) and value >= 0:
            continue
        code, why = (
            ("weight-negative", "weights are never negative")
            if value < 0
            else ("weight-not-finite", "no finite number")
        )
        said = f"the judgement on `{name}` is {as_written(value)}; {why}"
        faults.append(Fault(code, said, "write 0 for a criterion that is to carry no weight", (name,)))
    return faults


_METHODS: Final[dict[Method, Callable[[Mapping[str, float]], dict[str, float]]]] = {
    "points": points_to_shares,
    "swing": swings_to_shares,
}


def derive_weights(
    paths: Mapping[str, tuple[str, ...]], judgements: Mapping[str, float], *, id: str, method: Method, across: Across
) -> WeightVector:
    """Weights of the leaves of a value tree; ``paths`` gives, for each criterion, the groups above it from the root.

    Across ``leaves``, there is one judgement a criterion. Across ``siblings``, one a node, relative to its siblings; a
    leaf's weight is the product of the shares on its way from the root.

    Raises:
        PolicyOptionsError: every missing, surplus, negative or contradicting judgement, by id.
    """
    siblings = _siblings(paths) if across == "siblings" else {"": list(paths)}
    meant = [node for nodes in siblings.values() for node in nodes]
    faults = [*_other_ids(paths, judgements, meant), *_not_weights(judgements)]
    if faults:
        raise PolicyOptionsError(faults)
    to_shares = _METHODS[method]
    share = {"": 1.0}
    for parent, nodes in siblings.items():  # parents come before their children
        if share[parent] == 0.0:  # what is judged inside a group without weight shares out nothing, zeros included
            share.update(dict.fromkeys(nodes, 0.0))
            continue
        try:
            parts = to_shares({node: judgements[node] for node in nodes})
        except PolicyOptionsError as error:
            faults.extend(error.faults)
            parts = dict.fromkeys(nodes, 1.0)  # so that the judgements below are still looked at
        share.update((node, share[parent] * part) for node, part in parts.items())
    if faults:
        raise PolicyOptionsError(faults)
    return WeightVector(id, tuple(paths), frozen(np.array([share[name] for name in paths])))


def _siblings(paths: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """The children of each node, parents first; the root is ""."""
    children: dict[str, list[str]] = {"": []}
    for criterion, groups in paths.items():
        parent = ""
        for node in (*groups, criterion):
            below = children.setdefault(parent, [])
            if node not in below:
                below.append(node)
            parent = node
    return children


def _other_ids(
    paths: Mapping[str, tuple[str, ...]], judgements: Mapping[str, float], meant: Sequence[str]
) -> list[Fault]:
    known = {node for criterion, groups in paths.items() for node in (criterion, *groups)}
    groups = [name for name in judgements if name in known and name not in meant]
    faults = []
    if groups:  # one mistake, however many groups are judged
        listed = ", ".join(f"`{name}`" for name in groups)
        said = f"{listed} is a group" if len(groups) == 1 else f"{listed} are groups"
        faults.append(
            Fault(
                "judgement-on-group",
                f"{said}, and the set judges across leaves",
                "judge its criteria, or write across: siblings",
                tuple(groups),
            )
        )
    faults.extend(
        Fault("unknown-id", f"`{name}` is no criterion", "", (name,))
        for name in judgements
        if name not in meant and name not in known
    )
    faults.extend(
        Fault("judgement-missing", f"no judgement on `{name}`", f"write {name}: 0 if it is to carry no weight", (name,))
        for name in meant
        if name not in judgements and not set(groups) & set(paths.get(name, ()))
    )
    return faults

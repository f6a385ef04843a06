"""From answers to weights: answers are sorted by node, each node is derived, and shares multiply down the tree.

Across leaves there is a single node with all leaves. Across siblings each group of the value tree is one; there a judgement
on a group is on the swing of all its criteria together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from math import fsum
from typing import Final

import numpy as np

from policy_options.analysis.elicitation.answers import Across, Answers, BestWorst, Chain, Interval, Settings
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.results import Elicited, NodeWeights
from policy_options.analysis.problem import WeightVector, frozen
from policy_options.errors import Fault, PolicyOptionsError

__all__ = ["Paths", "elicit", "implied_rating", "nodes_of", "shares_of_nodes"]

_OF_WEIGHT: Final = frozenset(
    (
        *("judgement-missing", "comparison-missing", "order-not-full", "weights-all-zero"),
        *("swing-without-100", "smart-without-10", "total-not-reached"),
    )
)
"""Faults that do not count inside a group without weight: nobody need be asked there. Answers given must still be
judgements.
"""

Paths = Mapping[str, tuple[str, ...]]
"""For each criterion, the groups above it from the root."""


@dataclass(slots=True)
class _Part:
    """The answers that concern one node, with their positions among all answers."""

    children: tuple[str, ...]
    judgements: dict[str, float | Interval] = field(default_factory=dict)
    order: list[Chain] = field(default_factory=list)
    pairwise: dict[str, dict[str, float]] = field(default_factory=dict)
    best_worst: list[BestWorst] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: {"order": [], "best-worst": []})

    @property
    def answers(self) -> Answers:
        return Answers(self.judgements, tuple(self.order), self.pairwise, tuple(self.best_worst))

    def path_among_all(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """Translate a path within this node's answers into one within all of them."""
        head, rest = path[:1], path[1:]
        if head == ("order",) and rest:
            return ("order", self.places["order"][int(rest[0])])
        if head == ("best-worst",) and self.places["best-worst"]:
            return ("best-worst", self.places["best-worst"][0], *rest)
        return path


def nodes_of(paths: Paths, across: Across) -> dict[str, tuple[str, ...]]:
    """The children of each node within which judgements are given, parents first; the root is ""."""
    if across == "leaves":
        return {"": tuple(paths)}
    children: dict[str, list[str]] = {"": []}
    for criterion, groups in paths.items():
        parent = ""
        for node in (*groups, criterion):
            below = children.setdefault(parent, [])
            if node not in below:
                below.append(node)
            parent = node
    return {parent: tuple(below) for parent, below in children.items()}


def shares_of_nodes(weights: WeightVector, paths: Paths) -> dict[str, float]:
    """The share of total weight of each criterion and of each group, which is the sum over its criteria."""
    parts: dict[str, list[float]] = {}
    for name, share in zip(weights.criteria, weights.shares.tolist(), strict=True):
        for node in (name, *paths[name]):
            parts.setdefault(node, []).append(share)
    return {node: fsum(shares) for node, shares in parts.items()}


def implied_rating(shares: Mapping[str, float], of: str, beside: str) -> float | None:
    """The rating that weights imply for one swing where another is 100; ``None`` if that other has no weight."""
    return 100 * shares[of] / shares[beside] if shares[beside] > 0 else None


def elicit(paths: Paths, answers: Answers, *, id: str, method: str, settings: Settings) -> Elicited:
    """Derive the weights of the leaves of a value tree from one person's answers.

    Raises:
        PolicyOptionsError: judgements are missing, surplus or contradictory; every fault is included, with its path in
            the answers.
    """
    nodes = nodes_of(paths, settings.across)
    parts, faults = _sorted_by_node(paths, nodes, answers)
    share = {"": 1.0}
    derived: list[NodeWeights] = []
    derive = METHODS[method].derive
    unsorted = tuple(faults)
    for parent, children in nodes.items():  # parents come before their children
        part = parts[parent]
        try:
            found = replace(derive(children, part.answers, settings), parent=parent)
        except PolicyOptionsError as error:
            below_nothing = share[parent] == 0.0
            faults.extend(
                replace(fault, path=part.path_among_all(fault.path))
                for fault in error.faults
                if not (below_nothing and fault.code in _OF_WEIGHT) and not _explained(fault, unsorted, paths)
            )
            # So that the judgements below are still checked; inside a group without weight, shares are zero.
            share.update(dict.fromkeys(children, 0.0 if below_nothing else 1.0))
            continue
        if share[parent] > 0.0:
            derived.append(_named(found))
        share.update((child, share[parent] * one) for child, one in zip(children, found.shares.tolist(), strict=True))
    if faults:
        raise PolicyOptionsError(faults)
    return Elicited(WeightVector(id, tuple(paths), frozen(np.array([share[name] for name in paths]))), tuple(derived))


def _named(node: NodeWeights) -> NodeWeights:
    return node if node.region is None else replace(node, region=replace(node.region, parent=node.parent))


def _explained(fault: Fault, unsorted: tuple[Fault, ...], paths: Paths) -> bool:
    """Whether a missing judgement was given but could not be assigned to a node: one mistake, reported once."""
    if fault.code not in ("judgement-missing", "comparison-missing", "order-not-full"):
        return False
    if fault.code == "judgement-missing":
        misplaced = {name for other in unsorted for name in other.ids}
        if not misplaced.isdisjoint(paths.get(fault.ids[0], ())):  # its group was judged instead
            return True
    return any(other.path[:1] in (("order",), ("pairwise",), ("best-worst",)) for other in unsorted)


def _sorted_by_node(
    paths: Paths, nodes: Mapping[str, tuple[str, ...]], answers: Answers
) -> tuple[dict[str, _Part], list[Fault]]:
    parts = {parent: _Part(children) for parent, children in nodes.items()}
    home = {child: parent for parent, children in nodes.items() for child in children}
    known = {node for criterion, groups in paths.items() for node in (criterion, *groups)}
    faults: list[Fault] = []

    def at_home(named: Iterable[tuple[str, tuple[str | int, ...]]]) -> str | None:
        """The node that all of the names belong to; ``None``, with the fault recorded, if they do not share one."""
        together = list(named)
        wrong = [(name, path) for name, path in together if name not in home]
        for name, path in wrong:
            if not any(fault.ids == (name,) and fault.path[:1] == path[:1] for fault in faults):  # once is enough
                faults.append(_not_judged(name, path, known))
        if wrong:
            return None
        first = together[0][0]
        for name, path in together:
            if home[name] != home[first]:
                faults.append(
                    Fault(
                        "not-siblings",
                        f"`{first}` and `{name}` are not in the same group, and the set judges across siblings",
                        "compare within one group, or write across: leaves",
                        (first, name),
                        path=path,
                    )
                )
                return None
        return home[first]

    for name, answer in answers.judgements.items():
        node = at_home([(name, ("judgements", name))])
        if node is not None:
            parts[node].judgements[name] = answer
    for index, ranked in enumerate(answers.order):
        names = list(chain.from_iterable(ranked))
        node = at_home((name, ("order", index)) for name in names)
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            faults.append(
                Fault(
                    "order-twice",
                    f"`{twice}` appears twice in one order",
                    "delete one",
                    (twice,),
                    path=("order", index),
                )
            )
        elif node is not None:
            parts[node].order.append(ranked)
            parts[node].places["order"].append(index)
    for first, row in answers.pairwise.items():
        if not row:
            at_home([(first, ("pairwise", first))])
        for second, ratio in row.items():
            node = at_home([(first, ("pairwise", first)), (second, ("pairwise", first, second))])
            if node is not None:
                parts[node].pairwise.setdefault(first, {})[second] = ratio
    for index, comparison in enumerate(answers.best_worst):
        names_at: list[tuple[str, tuple[str | int, ...]]] = [
            (comparison.best, ("best-worst", index, "best")),
            (comparison.worst, ("best-worst", index, "worst")),
            *((name, ("best-worst", index, "best-to-others", name)) for name in comparison.best_to_others),
            *((name, ("best-worst", index, "others-to-worst", name)) for name in comparison.others_to_worst),
        ]
        node = at_home(names_at)
        if node is None:
            continue
        if parts[node].best_worst:
            faults.append(
                Fault(
                    "compared-twice",
                    f"a second best-worst comparison among {', '.join(f'`{name}`' for name in nodes[node])}",
                    "keep one of the two",
                    nodes[node],
                    path=("best-worst", index),
                )
            )
            continue
        parts[node].best_worst.append(comparison)
        parts[node].places["best-worst"].append(index)
    return parts, _one_fault_for_groups(faults)


def _not_judged(name: str, path: tuple[str | int, ...], known: set[str]) -> Fault:
    if name in known:
        return Fault("judgement-on-group", f"`{name}` is a group", "", (name,), path=path)
    return Fault("unknown-id", f"`{name}` is no criterion", "", (name,), path=path)


def _one_fault_for_groups(faults: list[Fault]) -> list[Fault]:
    """Report judging groups across leaves as one mistake, however many groups are judged."""
    groups = [fault for fault in faults if fault.code == "judgement-on-group"]
    if not groups:
        return faults
    names = tuple(dict.fromkeys(fault.ids[0] for fault in groups))
    listed = ", ".join(f"`{name}`" for name in names)
    said = f"{listed} is a group" if len(names) == 1 else f"{listed} are groups"
    whole = replace(
        groups[0],
        message=f"{said}, and the set judges across leaves",
        remedy="judge its criteria, or write across: siblings",
        ids=names,
    )
    return [whole, *(fault for fault in faults if fault.code != "judgement-on-group")]

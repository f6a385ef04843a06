"""``.ahp`` of gluc/ahp: a YAML file with alternatives, a tree of criteria, and preferences as pairs, priorities or
scores.

The weights become a set of pairwise comparisons, unchanged. A criterion with the same name as an attribute of the
alternatives takes its scores from it. On any other, the alternatives were compared with one another: their priorities
become scores on a scale from 0 to 1, for which the additive model gives the same values as AHP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from policy_options.dossier.plain_words import quoted
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.ahp_preferences import Preferences, preferences_of, priorities_of
from policy_options.exchange.importing.ahp_yaml import number_in, parsed_ahp
from policy_options.exchange.importing.asked import Asked, like, listed
from policy_options.exchange.importing.ids import ids_of, title_of
from policy_options.exchange.importing.matrix import (
    UNKNOWN_SCORE,
    At,
    ImportedCriterion,
    ImportedGroup,
    ImportedMatrix,
    ImportedOption,
    ImportedScore,
    ImportedWeights,
)

__all__ = ["read_ahp"]

_NO_SHARE: Final = "No share of the preference among the alternatives"
_ALL: Final = "All of the preference among the alternatives"


@dataclass(slots=True)
class _Node:
    """A node of the tree: its name, the names above it, and the preferences below it, among nodes or alternatives.

    ``refused`` is why the preferences could not be read; it counts only if they are needed.
    """

    name: str
    above: tuple[str, ...]
    preferences: Mapping[str, Preferences]
    children: list[str]
    leaf: bool
    at: At
    refused: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Reading:
    file: str
    alternatives: Mapping[str, Mapping[str, Any]]
    nodes: list[_Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_ahp(raw: bytes, file: str, asked: Asked) -> ImportedMatrix:
    """Read the decision in a file.

    Raises:
        PolicyOptionsError: it is not such a file, has functions in R (which are never run), comparisons of undeclared
            names, or missing comparisons.
    """
    data = parsed_ahp(raw, file)
    alternatives = {str(name): one if isinstance(one, dict) else {} for name, one in data["Alternatives"].items()}
    kept = {name: one for name, one in alternatives.items() if not asked.leaves_out(name)}
    reading = _Reading(file, kept)
    reading.left_out += [
        f"alternative {quoted(name)}: as --leave-out says" for name in alternatives if name not in kept
    ]
    goal = data["Goal"]
    _walk(reading, "Goal", goal, (), asked, set(alternatives))
    if "decision-makers" in goal:
        reading.left_out.append("the weights of the decision-makers: their sets are kept apart, and not combined")
    leaves = [node for node in reading.nodes if node.leaf]
    inner = [node for node in reading.nodes if not node.leaf and node.above]
    option_ids, notes, faults = ids_of([(name, At(file, name)) for name in kept], "option")
    node_ids, more, others = ids_of([(node.name, node.at) for node in (*inner, *leaves)], "criterion")
    reading.faults += [*faults, *others]
    id_of = dict(zip([node.name for node in (*inner, *leaves)], node_ids, strict=True))
    columns = [_column(reading, node, id_of) for node in leaves]
    weights = _weights(reading, id_of)
    if not reading.faults and (not kept or not leaves):
        reading.faults.append(
            At(file).fault("no-matrix", "there are no alternatives, or no criteria above them", "complete it")
        )
    if reading.faults:
        raise PolicyOptionsError(reading.faults)
    name = goal.get("name")
    return ImportedMatrix(
        file,
        "an AHP file of gluc/ahp",
        tuple(
            ImportedOption(id, title_of(name, At(file, name)), At(file, name))
            for id, name in zip(option_ids, kept, strict=True)
        ),
        tuple(criterion for criterion, _ in columns),
        tuple(zip(*(scores for _, scores in columns), strict=True)),
        title=title_of(name, At(file, "Goal")) if isinstance(name, str) and name.strip() else None,
        groups=tuple(
            ImportedGroup(id_of[n.name], title_of(n.name, n.at), tuple(id_of[a] for a in n.above[1:])) for n in inner
        ),
        weights=weights,
        read=(*reading.notes, *notes, *more),
        left_out=tuple(reading.left_out),
    )


def _walk(
    reading: _Reading, name: str, node: Any, above: tuple[str, ...], asked: Asked, alternatives: set[str]
) -> None:
    at = At(reading.file, "/".join((*above, name)))
    if not isinstance(node, dict) or not isinstance(node.get("children"), dict):
        reading.faults.append(at.fault("ahp-node", f"{quoted(name)} has no children", "write children: *alternatives"))
        return
    children = node["children"]
    leaf = bool(children) and set(children) <= alternatives
    refused: tuple[Fault, ...] = ()
    try:
        preferences = preferences_of(node, at)
    except PolicyOptionsError as error:
        refused, preferences = error.faults, {}
    kept = [str(child) for child in children if not asked.leaves_out(str(child))]
    reading.nodes.append(_Node(name, above, preferences, kept, leaf, at, refused))
    if leaf:
        return
    for child, below in children.items():
        if str(child) in kept:
            _walk(reading, str(child), below, (*above, name), asked, alternatives)
        else:
            reading.left_out.append(f"{quoted(str(child))}: as --leave-out says")


def _column(reading: _Reading, node: _Node, id_of: Mapping[str, str]) -> tuple[ImportedCriterion, list[ImportedScore]]:
    groups = tuple(id_of[name] for name in node.above[1:])
    bare = ImportedCriterion(id_of[node.name], node.name, node.at, groups=groups)
    attribute = next(
        (key for one in reading.alternatives.values() for key in one if like(key) == like(node.name)), None
    )
    if attribute is not None:
        reading.notes.append(
            f"scores on {quoted(node.name)} from the attribute of that name; comparisons of it are left out"
        )
        return bare, [_attribute(reading, name, attribute) for name in reading.alternatives]
    if node.refused:
        reading.faults.extend(node.refused)
        return bare, []
    if not node.preferences:
        reading.faults.append(
            node.at.fault(
                "ahp-preferences",
                f"{quoted(node.name)} has no preferences",
                "write them, or leave it out with --leave-out",
            )
        )
        return bare, []
    if len(node.preferences) > 1:
        reading.faults.append(
            node.at.fault(
                "ahp-people",
                f"several people compared the alternatives under {quoted(node.name)}: {listed(node.preferences)}",
                "keep the preferences of one",
            )
        )
        return bare, []
    ((_, preferences),) = node.preferences.items()
    try:
        shares, whole = priorities_of(preferences, list(reading.alternatives), node.at)
    except PolicyOptionsError as error:
        reading.faults.extend(error.faults)
        return bare, []
    reading.notes.append(f"scores on {quoted(node.name)} are the {preferences.words} of the alternatives")
    made = ImportedCriterion(
        bare.id,
        bare.title,
        bare.at,
        preferences.unit,
        "more-is-better",
        0.0,
        whole,
        groups=groups,
        low_means=_NO_SHARE,
        high_means=_ALL,
    )
    return made, [ImportedScore(share) for share in shares]


def _attribute(reading: _Reading, name: str, attribute: str) -> ImportedScore:
    written = next((value for key, value in reading.alternatives[name].items() if like(key) == like(attribute)), None)
    if written is None:
        return UNKNOWN_SCORE
    number = number_in(written)
    if number is None:
        reading.faults.append(
            At(reading.file, name).fault(
                "score-is-text", f"{attribute} of {quoted(name)} is {quoted(str(written))}, no number", "write a number"
            )
        )
        return UNKNOWN_SCORE
    return ImportedScore(number)


def _weights(reading: _Reading, id_of: Mapping[str, str]) -> tuple[ImportedWeights, ...]:
    """A set for each person: every node above the leaves must be judged, and all by the same form of preference."""
    inner = [node for node in reading.nodes if not node.leaf]
    reading.faults += [fault for node in inner for fault in node.refused]
    people = list(dict.fromkeys(person for node in inner for person in node.preferences))
    made = []
    for person, id in zip(
        people, ids_of([(p or "from-file", At(reading.file, p)) for p in people], "weights")[0], strict=True
    ):
        answers: dict[str, dict[str, Any]] = {"pairwise": {}, "judgements": {}}
        for node in inner:
            mine = node.preferences.get(person) or node.preferences.get("")
            if mine is None:
                if len(node.children) > 1:
                    reading.faults.append(
                        node.at.fault(
                            "ahp-preferences",
                            f"{person or 'nobody'} did not judge what is below {quoted(node.name)}",
                            "write preferences",
                        )
                    )
                continue
            for one, other, ratio in mine.pairs:
                for name in (one, other):
                    if name not in node.children:
                        reading.faults.append(
                            node.at.fault(
                                "unknown-id",
                                f"{quoted(name)} is not below {quoted(node.name)}",
                                did_you_mean(name, node.children),
                            )
                        )
                if one in id_of and other in id_of and one in node.children and other in node.children:
                    answers["pairwise"].setdefault(id_of[one], {})[id_of[other]] = ratio
            answers["judgements"] |= {
                id_of[name]: share for name, share in mine.shares.items() if name in node.children and name in id_of
            }
        used = {kind: value for kind, value in answers.items() if value}
        if len(used) == 2:
            reading.faults.append(
                At(reading.file).fault(
                    "ahp-mixed", "some nodes have pairs and others have priorities", "judge all in one way"
                )
            )
        elif used:
            method = "ahp" if "pairwise" in used else "points"
            title = f"{person}'s comparisons" if person else f"Comparisons of {reading.file}"
            made.append(ImportedWeights(id, title, used, "preferences", method, "siblings", person or None))
    return tuple(made)

"""Which criteriaValues of XMCDA are the weights: the format does not define it, and only names indicate it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_options.dossier.plain_words import quoted
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.asked import Asked, like, listed
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.xmcda_files import Block
from policy_options.exchange.importing.xmcda_values import value_in

__all__ = ["Weights", "weights_of"]


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers by the file's ids, their name, and their place."""

    title: str
    numbers: Mapping[str, float]
    at: str


def weights_of(
    blocks: list[Block], leaves: list[str], known: set[str], asked: Asked, file: str
) -> tuple[Weights | None, list[str], list[str]]:
    """The weights, a description of them, and the values left out.

    Raises:
        PolicyOptionsError: several could be the weights, or the weights lack a criterion or are not plain numbers.
    """
    mine = [block for block in blocks if block.name == "criteriaValues"]
    if asked.weights == "none":
        return None, [], [f"criteriaValues {_label(block)}: as --weights none says" for block in mine]
    chosen = _chosen(mine, asked, file)
    if chosen is None:
        return None, [], []
    faults: list[Fault] = []
    numbers: dict[str, float] = {}
    for one in chosen.element.children:
        target = one.first("criterionID")
        if one.name not in ("criterionValue", "criterionValues") or target is None:
            continue
        at = target.at(chosen.file)
        if target.text not in known:
            faults.append(
                at.fault(
                    "unknown-id", f"{quoted(target.text)} is no criterion of the file", did_you_mean(target.text, known)
                )
            )
            continue
        value, fault = value_in(one, chosen.file, f"the weight of {quoted(target.text)}", chosen.major)
        if fault is not None:
            faults.append(fault)
        elif value.number is None or value.number < 0:
            faults.append(
                at.fault(
                    "weight-unreadable", f"the weight of {quoted(target.text)} is no number from 0 on", "correct it"
                )
            )
        elif target.text in numbers:
            faults.append(at.fault("id-twice", f"{quoted(target.text)} has two weights", "keep one of the two"))
        elif target.text in leaves:
            numbers[target.text] = value.number
    missing = [id for id in leaves if id not in numbers]
    if missing and not faults:
        faults.append(
            chosen.at.fault(
                "weight-missing",
                f"{listed(missing)} have no weight in {_label(chosen)}",
                "write it, or give --weights none",
            )
        )
    if faults:
        raise PolicyOptionsError(faults)
    left = [f"criteriaValues {_label(block)}: --weights names another" for block in mine if block is not chosen]
    title = chosen.element.attributes.get("name") or f"Weights of {chosen.file}"
    return (
        Weights(title, numbers, f"line {chosen.element.line}"),
        [f"weights from criteriaValues {_label(chosen)}"],
        left,
    )


def _label(block: Block) -> str:
    attributes = block.element.attributes
    named = attributes.get("id") or attributes.get("name") or attributes.get("mcdaConcept")
    return quoted(named) if named else f"of {block.file}, line {block.element.line}"


def _names(block: Block) -> list[str]:
    attributes = block.element.attributes
    file = block.file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return [name for key in ("id", "name", "mcdaConcept") if (name := attributes.get(key))] + [file]


def _chosen(mine: list[Block], asked: Asked, file: str) -> Block | None:
    if asked.weights is not None:
        found = [block for block in mine if like(asked.weights) in map(like, _names(block))]
        if len(found) == 1:
            return found[0]
        raise PolicyOptionsError(
            _ask(mine, file, f"--weights {asked.weights} names {len(found)} of the criteriaValues")
        )
    if len(mine) > 1:
        raise PolicyOptionsError(_ask(mine, file, "several criteriaValues could be the weights"))
    if mine:
        said = [
            mine[0].element.attributes[key]
            for key in ("mcdaConcept", "id", "name")
            if key in mine[0].element.attributes
        ]
        if said and not any(
            word in like(name) for name in _names(mine[0]) for word in ("weight", "importance", "poids")
        ):
            raise PolicyOptionsError(
                _ask(mine, file, "whether the criteriaValues are the weights is not clear from their name")
            )
        return mine[0]
    return None


def _ask(mine: list[Block], file: str, why: str) -> Fault:
    known = listed(_label(block) for block in mine) or "none"
    place = mine[0].at if mine else At(file)
    return place.fault("weights-which", f"{why}; there are {known}", "name one with --weights, or give --weights none")

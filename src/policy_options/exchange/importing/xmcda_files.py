"""The files of one XMCDA decision: their versions, and their blocks joined. ``xmcda`` reads what the blocks contain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.archives import refuse_too_many_bytes
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.safe_xml import Element, element_tree, local_name

__all__ = ["Block", "blocks_of"]

_VERSION: Final = re.compile(r"XMCDA-([0-9]+)(?:\.[0-9]+)*")
_READ: Final = (2, 3, 4)
_OF_OTHERS: Final = {  # below which parent, which name belongs to which versions
    ("criteriaScales", "criterionScales"): (4,),
    ("criteriaScales", "criterionScale"): (3,),
    ("criteriaValues", "criterionValues"): (4,),
    ("criteriaValues", "criterionValue"): (2, 3),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A child of a root, with its file and the version stated by the file."""

    element: Element
    file: str
    major: int

    @property
    def name(self) -> str:
        """The name of the element."""
        return self.element.name

    @property
    def at(self) -> At:
        """Where it begins."""
        return self.element.at(self.file)


def blocks_of(sources: Sequence[tuple[str, bytes]]) -> tuple[list[Block], list[str]]:
    """The blocks of all files in their order, and a sentence on each file.

    Raises:
        PolicyOptionsError: a file is not XMCDA (``not-xmcda``), or its version is unsupported or does not match its
            parts (``xmcda-version``).
    """
    blocks: list[Block] = []
    said = []
    for file, raw in sources:
        refuse_too_many_bytes(raw, file)
        root = element_tree(raw, file)
        version, major = _version(root, file)
        said.append(
            f"{file}: XMCDA {version}, with {', '.join(dict.fromkeys(c.name for c in root.children)) or 'nothing in it'}"
        )
        blocks += [Block(child, file, major) for child in root.children]
    faults = [fault for block in blocks for fault in _other_version(block)]
    if faults:
        raise PolicyOptionsError(faults)
    return blocks, said


def _version(root: Element, file: str) -> tuple[str, int]:
    at = root.at(file)
    found = _VERSION.search(root.namespace)
    if root.name.lower() != "xmcda":  # in lower case in version 4
        raise PolicyOptionsError(
            at.fault("not-xmcda", f"the root is {quoted(root.name)}, not XMCDA", "name an XMCDA file")
        )
    if found is None or int(found[1]) not in _READ:
        raise PolicyOptionsError(
            at.fault(
                "xmcda-version",
                f"the namespace {quoted(root.namespace, 80)} is of no version that is read; these are 2, 3 and 4"
                if root.namespace
                else "the root has no namespace, which says the version",
                "save the file as XMCDA 3 or 4",
            )
        )
    major = int(found[1])
    for key, value in root.attributes.items():
        others = {int(one[1]) for one in _VERSION.finditer(value)} - {major}
        if local_name(key) == "schemaLocation" and others:
            raise PolicyOptionsError(
                at.fault(
                    "xmcda-version",
                    f"the namespace says version {major}, and schemaLocation version {', '.join(map(str, sorted(others)))}",
                    "correct one of them",
                )
            )
    return found[0].removeprefix("XMCDA-"), major


def _other_version(block: Block) -> list[Fault]:
    for child in block.element.children:
        versions = _OF_OTHERS.get((block.name, child.name))
        if versions is not None and block.major not in versions:
            return [
                child.at(block.file).fault(
                    "xmcda-version",
                    f"{child.name} in {block.name} is of version {' and '.join(map(str, versions))}, and the file says version "
                    f"{block.major}",
                    "correct the namespace of the root, or convert the file",
                )
            ]
    return []

"""Joining sequences of pages, each drawn as a separate PDF, into the objects of one file.

Parts that a file has only once are merged: the tree of pages, the outline, named destinations, the structure that
screen readers follow, page labels. Everything else is copied under new numbers. A link to a place in another sequence
(``sheets``) is a link to an address until here, where it becomes a link to that place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from policy_options.memo.page_sequences import ELSEWHERE
from policy_options.memo.pdf.archival import identify
from policy_options.memo.pdf.drawing import Drawn
from policy_options.memo.pdf.objects import number_of, object_at

__all__ = ["joined"]

_FIRST_OBJECTS: Final = 3
"""The first objects of every file of pydyf: a free object, the tree of pages, and the catalog."""


def joined(sequences: Sequence[Drawn]) -> Any:
    """Join all sequences in order into one pydyf file; the given ones cannot be used again. Metadata, language and
    colours are the first's.
    """
    first, *others = sequences
    pdf = first.pdf
    labels = [(0, first.prefix)]
    for place, other in enumerate(others, start=1):
        labels.append((pdf.pages["Count"], other.prefix))
        _append(pdf, other.pdf, str(place))
    _link(pdf)
    _label(pdf, labels)
    identify(pdf, first.metadata)
    return pdf


def _append(pdf: Any, other: Any, mark: str) -> None:
    replaced = _replaced(pdf, other)
    taken = [item for item in other.objects[_FIRST_OBJECTS:] if item.number not in replaced]
    numbers = replaced | {item.number: len(pdf.objects) + place for place, item in enumerate(taken)}
    nums = object_at(other, object_at(other, other.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    structure = object_at(other, other.catalog["StructTreeRoot"])
    kids = object_at(other, structure["K"][0])["K"]
    begin = _next_key(pdf)
    for item in taken:
        _mark_headers(item, mark)
        for key in ("StructParents", "StructParent"):
            if isinstance(item, dict) and key in item:
                item[key] += begin
        _renumber(item, numbers)
        pdf.add_object(item)
    for page in other.pages["Kids"][::3]:
        pdf.pages["Kids"].extend([numbers[page], 0, "R"])
    pdf.pages["Count"] += other.pages["Count"]

    _renumber(kids, numbers)
    _renumber(nums, numbers)
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    object_at(pdf, root["K"][0])["K"].extend(kids)
    object_at(pdf, root["ParentTree"])["Nums"].extend(
        entry if place % 2 else entry + begin for place, entry in enumerate(nums)
    )
    if "Outlines" in other.catalog:
        _join_outlines(pdf, other, numbers)
    _join_destinations(pdf, other, numbers)


def _replaced(pdf: Any, other: Any) -> dict[int, int]:
    """Objects of the other file that are not copied, with those of this one that replace them."""
    import pydyf

    known = {_content(item): item.number for item in pdf.objects if isinstance(item, pydyf.Stream)}
    same = {
        item.number: known[_content(item)]
        for item in other.objects
        if isinstance(item, pydyf.Stream) and _content(item) in known
    }
    ours, theirs = (object_at(file, file.catalog["StructTreeRoot"]) for file in (pdf, other))
    once = [
        (pdf.pages.number, other.pages.number),
        (pdf.catalog.number, other.catalog.number),
        *((number_of(pdf.catalog[key]), number_of(other.catalog[key])) for key in ("Metadata", "StructTreeRoot")),
        (number_of(ours["ParentTree"]), number_of(theirs["ParentTree"])),
        (number_of(ours["K"][0]), number_of(theirs["K"][0])),
    ]
    if "Outlines" in pdf.catalog and "Outlines" in other.catalog:
        once.append((number_of(pdf.catalog["Outlines"]), number_of(other.catalog["Outlines"])))
    return same | {old: new for new, old in once}


def _content(stream: Any) -> bytes:
    """The identity of a stream without references, such as the colour profile, which each file has."""
    return bytes(stream.data)


def _renumber(node: Any, numbers: Mapping[int, int]) -> None:
    """Renumber the references inside an object. pydyf writes them as bytes, and text as separate objects."""
    import pydyf

    if isinstance(node, pydyf.Stream):
        node = node.extra
    places = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for place, value in list(places):
        if isinstance(value, bytes):
            if value.endswith(b" 0 R"):
                node[place] = b"%d 0 R" % numbers[number_of(value)]
        elif isinstance(value, dict | list):
            _renumber(value, numbers)


def _mark_headers(element: Any, mark: str) -> None:
    """Make the names of header cells unique: they come from the numbers of their tables, which sequences share."""
    import pydyf

    if not isinstance(element, dict) or element.get("Type") != "/StructElem":
        return
    if "ID" in element:
        element["ID"] = pydyf.String(f"{element['ID'].string}-{mark}")
    attributes = element.get("A")
    if isinstance(attributes, dict) and "Headers" in attributes:
        attributes["Headers"] = pydyf.Array([pydyf.String(f"{name.string}-{mark}") for name in attributes["Headers"]])


def _next_key(pdf: Any) -> int:
    nums = object_at(pdf, object_at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    return (nums[-2] if nums else -1) + 1


def _join_outlines(pdf: Any, other: Any, numbers: Mapping[int, int]) -> None:
    theirs = object_at(other, other.catalog["Outlines"])
    if "Outlines" not in pdf.catalog:
        pdf.catalog["Outlines"] = b"%d 0 R" % numbers[theirs.number]
        return
    ours = object_at(pdf, pdf.catalog["Outlines"])
    first, last = (b"%d 0 R" % numbers[number_of(theirs[key])] for key in ("First", "Last"))
    object_at(pdf, ours["Last"])["Next"] = first
    object_at(pdf, first)["Prev"] = ours["Last"]
    ours["Last"] = last
    ours["Count"] += theirs["Count"]


def _join_destinations(pdf: Any, other: Any, numbers: Mapping[int, int]) -> None:
    """Merge named destinations: of equal names the first counts, as within one sequence."""
    import pydyf

    theirs = _destinations(other)
    for place in theirs.values():
        _renumber(place, numbers)
    places = theirs | _destinations(pdf)
    if places:
        names = pydyf.Array()
        for name in sorted(places):
            names.extend([pydyf.String(name), places[name]])
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["Dests"] = pydyf.Dictionary({"Names": names})


def _destinations(pdf: Any) -> dict[str, Any]:
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    return {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}


def _link(pdf: Any) -> None:
    """Point links to another sequence to their place."""
    import pydyf

    places = _destinations(pdf)
    for link in pdf.objects:
        if not isinstance(link, dict) or link.get("Subtype") != "/Link" or "A" not in link:
            continue
        address = link["A"]["URI"].string
        name = address.removeprefix(ELSEWHERE)
        if address.startswith(ELSEWHERE) and name in places:
            del link["A"]
            link["Dest"] = link["Contents"] = pydyf.String(name)


def _label(pdf: Any, labels: Sequence[tuple[int, str]]) -> None:
    """Number pages as in print: each sequence from one, with its prefix."""
    import pydyf

    nums = pydyf.Array()
    for start, prefix in labels:
        label = pydyf.Dictionary({"S": "/D"})
        if prefix:
            label["P"] = pydyf.String(prefix)
        nums.extend([start, label])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": nums})

"""Foreign XML as events or as a tree, with limits on its size and depth; what is wrong is worded with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At
from policy_options.safe_xml import Reader, Stop, UnfitXml

__all__ = ["Element", "Stop", "element_tree", "local_name", "stream", "walk"]


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name without a namespace, its attributes, its text, and where it begins."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def first(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def every(self, name: str) -> list[Element]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def at(self, file: str) -> At:
        """Where it begins."""
        return At(file, "", self.line, self.column)


_SEPARATOR: Final = "\x1f"


def local_name(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(_SEPARATOR)[2]


def stream(
    raw: bytes,
    file: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Send the elements of a file to handlers, names with their namespace. A handler may raise ``Stop``.

    Raises:
        PolicyOptionsError: it is not well-formed XML (``not-xml``), or declares a document type or an entity
            (``xml-entities``).
    """
    _read(Reader(start, end, text, separator=_SEPARATOR), raw, file)


def _read(reader: Reader, raw: bytes, file: str) -> None:
    try:
        reader.read([raw])
    except UnfitXml as unfit:
        at = At(file, "", unfit.line, unfit.column)
        if unfit.why == "document-type":
            fault = at.fault(
                "xml-entities",
                "the file declares a document type, in which entities can grow without limit or fetch other files",
                "save it without its <!DOCTYPE>",
            )
        elif unfit.why == "encoding":
            fault = at.fault("not-xml", "the encoding that the file declares is not read", "save it as UTF-8")
        else:
            said = f"this is not well-formed XML ({unfit.said})"
            fault = at.fault("not-xml", said, "save or download it again")
        raise PolicyOptionsError(fault) from None


def element_tree(raw: bytes, file: str) -> Element:
    """The root of a file.

    Raises:
        PolicyOptionsError: as ``stream``, or it has too many elements or is too deep (``too-large``).
    """
    top = Element("", "", {}, 1, 1)
    above = [top]
    pieces: list[list[str]] = [[]]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > limits.MAX_ELEMENTS or len(above) > limits.MAX_XML_DEPTH:
            raise PolicyOptionsError(
                At(file, "", reader.line, reader.column).fault(
                    "too-large",
                    f"more than {limits.MAX_ELEMENTS:,} elements, or more than {limits.MAX_XML_DEPTH} inside one another",
                    "split the file",
                )
            )
        namespace, _, local = name.rpartition(_SEPARATOR)
        element = Element(local, namespace, attributes, reader.line, reader.column)
        above[-1].children.append(element)
        above.append(element)
        pieces.append([])

    def end(_: str) -> None:
        above.pop().text = "".join(pieces.pop()).strip()

    reader = Reader(start, end, lambda piece: pieces[-1].append(piece), separator=_SEPARATOR)
    _read(reader, raw, file)
    return top.children[0]


def walk(element: Element) -> Iterator[Element]:
    """The element and everything below it, in the order of the file."""
    yield element
    for child in element.children:
        yield from walk(child)

"""Foreign XML: no document type, no entity, nothing fetched, and limits on every depth and size.

expat itself reports where an entity is declared, so that it is refused before anything is expanded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.matrix import At

__all__ = ["Element", "Stop", "element_tree", "local_name", "stream", "walk"]


class Stop(Exception):  # noqa: N818  # not an error: a handler has seen what it needs
    """Raised by a handler that does not need the remainder."""


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
) -> Any:
    """Send the elements of a file to handlers, names with their namespace. A handler may raise ``Stop``. Returns the parser.

    Raises:
        PolicyOptionsError: it is not well-formed XML (``not-xml``), or declares a document type or an entity
            (``xml-entities``).
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    return _parse(parser, raw, file, start, end, text)


def _parse(
    parser: Any,
    raw: bytes,
    file: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None,
    text: Callable[[str], object] | None,
) -> Any:
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise PolicyOptionsError(
            At(file, "", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1).fault(
                "xml-entities",
                "the file declares a document type, in which entities can grow without limit or fetch other files",
                "save it without its <!DOCTYPE>",
            )
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(raw, True)
    except Stop:
        pass
    except expat.ExpatError as error:
        raise PolicyOptionsError(
            At(file, "", error.lineno, error.offset + 1).fault(
                "not-xml", f"this is not well-formed XML ({expat.ErrorString(error.code)})", "save or download it again"
            )
        ) from None
    except (ValueError, LookupError):  # an encoding for which Python has no table
        raise PolicyOptionsError(
            At(file, "", 1, 1).fault("not-xml", "the encoding that the file declares is not read", "save it as UTF-8")
        ) from None
    return parser


def element_tree(raw: bytes, file: str) -> Element:
    """The root of a file.

    Raises:
        PolicyOptionsError: as ``stream``, or it has too many elements or is too deep (``too-large``).
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    top = Element("", "", {}, 1, 1)
    above = [top]
    pieces: list[list[str]] = [[]]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > limits.MAX_ELEMENTS or len(above) > limits.MAX_XML_DEPTH:
            raise PolicyOptionsError(
                At(file, "", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1).fault(
                    "too-large",
                    f"more than {limits.MAX_ELEMENTS:,} elements, or more than {limits.MAX_XML_DEPTH} inside one another",
                    "split the file",
                )
            )
        namespace, _, local = name.rpartition(_SEPARATOR)
        element = Element(local, namespace, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        above[-1].children.append(element)
        above.append(element)
        pieces.append([])

    def end(_: str) -> None:
        above.pop().text = "".join(pieces.pop()).strip()

    _parse(parser, raw, file, start, end, lambda piece: pieces[-1].append(piece))
    return top.children[0]


def walk(element: Element) -> Iterator[Element]:
    """The element and everything below it, in the order of the file."""
    yield element
    for child in element.children:
        yield from walk(child)

"""XML from elsewhere: no document type, so no entity that grows or fetches anything. Callers word what is wrong.

expat itself reports where a document type begins, whatever the encoding, so that it is refused before anything is
expanded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Literal, NoReturn
from xml.parsers import expat

__all__ = ["Reader", "Stop", "UnfitXml", "refuse_document_type"]


class Stop(Exception):  # noqa: N818  # not an error: a handler has seen what it needs
    """Raised by a handler that does not need the remainder."""


class UnfitXml(Exception):  # noqa: N818  # callers make an error of it, in the words of their kind of file
    """XML that is not read: why, where, and what expat says of XML that is not well formed.

    ``document-type``: it declares one, or an entity; ``broken``: it is not well formed; ``encoding``: nobody can read
    the encoding that it declares; ``too-deep``: elements are inside too many others.
    """

    def __init__(
        self,
        why: Literal["document-type", "broken", "encoding", "too-deep"],
        *,
        line: int = 1,
        column: int = 1,
        said: str = "",
    ) -> None:
        super().__init__(why)
        self.why: Final = why
        self.line = line
        self.column = column
        self.said = said


class Reader:
    """Sends the elements of a file to handlers: names with their namespace before a separator, attributes, and text."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], object],
        end: Callable[[str], object] | None = None,
        text: Callable[[str], object] | None = None,
        *,
        separator: str = " ",
        most_depth: int | None = None,
    ) -> None:
        self._parser: Any = expat.ParserCreate(namespace_separator=separator)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse
        self._parser.StartElementHandler = start
        self._parser.EndElementHandler = end
        self._parser.CharacterDataHandler = text
        if most_depth is not None:
            self._limit_depth(start, end, most_depth)

    def _limit_depth(
        self, start: Callable[[str, dict[str, str]], object], end: Callable[[str], object] | None, most: int
    ) -> None:
        depth = 0

        def opened(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > most:
                raise UnfitXml("too-deep", line=self.line, column=self.column)
            start(name, attributes)

        def closed(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(name)

        self._parser.StartElementHandler, self._parser.EndElementHandler = opened, closed

    def _refuse(self, *_: object) -> NoReturn:
        raise UnfitXml("document-type", line=self.line, column=self.column)

    @property
    def line(self) -> int:
        """The line of what a handler has just been sent, counted from 1."""
        return int(self._parser.CurrentLineNumber)

    @property
    def column(self) -> int:
        """Its column, counted from 1."""
        return int(self._parser.CurrentColumnNumber) + 1

    def read(self, blocks: Iterable[bytes]) -> None:
        """Read a file, in one block or in several, to its end or until a handler raises ``Stop``.

        Raises:
            UnfitXml: it is not read.
        """
        try:
            for block in blocks:
                self._parser.Parse(block, False)
            self._parser.Parse(b"", True)
        except Stop:
            pass
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            raise UnfitXml("broken", line=error.lineno, column=error.offset + 1, said=said) from None
        except (ValueError, LookupError):  # an encoding for which Python has no table
            raise UnfitXml("encoding") from None


def refuse_document_type(blocks: Iterable[bytes]) -> None:
    """Read no further than the first element, before which any document type is.

    Raises:
        UnfitXml: there is one, or what precedes the first element is not read.
    """

    def stop(*_: object) -> None:
        raise Stop

    Reader(stop).read(blocks)

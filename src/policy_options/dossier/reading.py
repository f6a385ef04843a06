"""Bytes of YAML to plain data with positions, from libyaml's events.

What lives here: the YAML 1.2 core rules that dossier files follow, and every refusal that rests on the text alone. What
the data *mean* is decided by ``models``, and words for libyaml's own complaints stand in ``plain_words``.

YAML is a large language, and the parts refused here (tags, merge keys, several documents, tabs, endless aliases, hidden
characters) are the ones that make a file mean something else to a person than to a program.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from sys import intern
from typing import Any, Final

from policy_options.dossier import limits
from policy_options.dossier.plain_words import words_for_yaml_problem
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["Path", "Tree", "read_yaml"]

Path = tuple[str | int, ...]
"""The keys and list indices that lead to a node."""

# C0 without line feed and carriage return (a tab has its own message), C1, line and paragraph separators, surrogates,
# non-characters, and the bidirectional controls of Unicode TR 9 (embeddings, overrides, isolates, marks).
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_ESCAPED_HIDDEN: Final = re.compile(_HIDDEN.pattern[:-1] + "\t]")
_INT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_NOT_BE_TEXT: Final = frozenset("0123456789+-.~nNtTfF")

_NO_KEYS: Final = frozenset(("<<", "", "~"))
_COLUMN_BITS: Final = 32


@dataclass(frozen=True, eq=False, slots=True)
class Tree:
    """What one file holds: plain data, and where each node stands.

    ``data`` is made of dict, list, str, int, float, bool and None. ``marks`` holds one packed line and column a node, in
    document order (a mapping, then each key and its value): 8 bytes a node, for 100,000 scores must fit in memory.
    ``faults`` are the refusals that did not stop the reading.
    """

    file: str
    data: Any
    marks: array[int] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    _places: dict[Path, int] = field(default_factory=dict, repr=False)

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """Where the node at ``path`` stands, or the nearest node above it that exists.

        Steps that the data do not have are passed over, since validation names alternatives that are not keys. With
        ``key`` the place of the key itself, rather than of its value.
        """
        if not self._places:
            self._index_places()
        node: Any = self.data
        known: list[str | int] = []
        for step in path:
            if step in (node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()):
                node = node[step]
                known.append(step)
        found = tuple(known)
        packed = self._places.get((*found, _KEY) if key else found)
        if packed is None:
            packed = self._places[found]
        return self._unpack(packed)

    def _unpack(self, packed: int) -> Place:
        return Place(self.file, (packed >> _COLUMN_BITS) + 1, (packed & ((1 << _COLUMN_BITS) - 1)) + 1)

    def _index_places(self) -> None:
        marks = iter(self.marks)
        places = self._places

        def visit(node: Any, path: Path) -> None:
            places[path] = next(marks)
            if isinstance(node, dict):
                for name, child in node.items():
                    places[(*path, name, _KEY)] = next(marks)
                    visit(child, (*path, name))
            elif isinstance(node, list):
                for index, child in enumerate(node):
                    visit(child, (*path, index))

        visit(self.data, ())


_KEY: Final = -1  # the last step of the path to a key itself; a list has no index -1 of its own


def read_yaml(raw: bytes, file: str) -> Tree:
    """Read one YAML 1.2 document.

    Faults that leave the rest readable (a duplicate key, a tag, a number that is not finite) are collected in
    ``Tree.faults``.

    Raises:
        PolicyOptionsError: with the first fault that makes the rest unreadable, with its line and column.
    """
    text = _decode(raw, file)
    _refuse_hidden_text(text, file)
    return _Builder(file).build(text)


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > limits.MAX_FILE_BYTES:
        raise PolicyOptionsError.of(
            "file-too-large",
            f"the file has {len(raw):,} bytes; at most {limits.MAX_FILE_BYTES:,} are read",
            "split it, or move long texts to where they are cited from",
            place=Place(file),
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise PolicyOptionsError.of(
            "not-utf-8",
            f"the byte 0x{raw[error.start]:02x} is not UTF-8 text",
            "save the file as UTF-8",
            place=Place(file, line, column),
        ) from None


def _refuse_hidden_text(text: str, file: str) -> None:
    tab = text.find("\t")
    hidden = _HIDDEN.search(text)
    if tab >= 0 and (hidden is None or tab < hidden.start()):
        raise PolicyOptionsError.of(
            "tab",
            "a tab character; YAML is indented with spaces",
            "replace the tab with spaces",
            place=_at(text, tab, file),
        )
    if hidden:
        raise PolicyOptionsError.of(
            "hidden-character",
            f"the character {_name(hidden.group())} cannot be seen and may change how the text reads",
            "delete it",
            place=_at(text, hidden.start(), file),
        )


def _at(text: str, index: int, file: str) -> Place:
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


class _NumberRefused(Exception):  # noqa: N818  # never leaves this module; its arguments are code, message, remedy
    pass


@lru_cache(maxsize=4096)
def plain_value(text: str) -> str | int | float | bool | None:
    """What a plain scalar is under the YAML 1.2 core schema, but for leading zeros and bases, which stay text."""
    if text in _WORDS:
        return _WORDS[text]
    whole = _INT.match(text) is not None
    if whole or _FLOAT.match(text):
        if len(text) > limits.MAX_NUMBER_DIGITS:
            raise _NumberRefused(
                "number-too-long",
                f"a number of {len(text)} characters; at most {limits.MAX_NUMBER_DIGITS} are read",
                "shorten it",
            )
        number = float(text)
        if isfinite(number):
            return int(text) if whole else number
    elif not _NOT_FINITE.match(text):
        return text
    raise _NumberRefused("number-not-finite", f"{text} is not a finite number", "write a number, or `unknown`")


class _Builder:
    """Builds one tree from libyaml's events, without recursion, so that depth is a limit and never a crash."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def build(self, text: str) -> Tree:
        # Imported here: most of the package's users never meet these names, and a PyYAML without libyaml must be told.
        import yaml

        try:
            from yaml._yaml import CParser
        except ImportError:
            raise PolicyOptionsError.of(
                "no-libyaml",
                "this PyYAML was built without libyaml, which gives the positions of errors",
                "install PyYAML from a wheel of PyPI: pip install --force-reinstall PyYAML",
            ) from None
        try:
            data, marks = self._consume(CParser(text).get_event)
        except yaml.MarkedYAMLError as error:
            message, remedy = words_for_yaml_problem(error.problem or "", error.context or "")
            mark = error.problem_mark or error.context_mark
            place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
            raise PolicyOptionsError((*self.faults, Fault("yaml-syntax", message, remedy, place=place))) from None
        return Tree(self.file, data, marks, tuple(self.faults))

    def _consume(self, next_event: Any) -> tuple[Any, array[int]]:
        # One long loop with local names: it runs once for each of a million events, and this is what it costs.
        from yaml.events import (
            AliasEvent,
            DocumentStartEvent,
            MappingEndEvent,
            MappingStartEvent,
            ScalarEvent,
            SequenceEndEvent,
            SequenceStartEvent,
            StreamEndEvent,
        )

        marks: array[int] = array("Q")
        add_mark = marks.append
        anchors: dict[str, tuple[Any, int] | None] = {}
        alias_nodes = 0
        open_nodes: list[tuple[Any, str | None, int]] = []  # the container around it, its anchor, its first mark
        root: list[Any] = []
        container: Any = root
        key: str | None = None
        in_mapping = False
        documents = 0
        hidden = _ESCAPED_HIDDEN.search

        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                mark = event.start_mark
                add_mark(mark.line << _COLUMN_BITS | mark.column)
                value: Any = event.value
                if event.tag is not None:
                    self._refuse_tag(event.tag, mark)
                style = event.style
                if style == '"' and (found := hidden(value)):
                    self._fault(
                        "hidden-character",
                        f"the escaped character {_name(found.group())} cannot be seen and may change how the text reads",
                        "delete it, or write the text in a block (after | or >)",
                        mark,
                    )
                if event.anchor is not None:
                    anchors[event.anchor] = (value if style else self._plain(value, mark), 1)
                if in_mapping and key is None:
                    if value in container or (style == "" and value in _NO_KEYS):
                        key = self._odd_key(value, container, mark)
                    else:
                        key = intern(value)
                    continue
                if style == "" and (not value or value[0] in _MAY_NOT_BE_TEXT):
                    value = self._plain(value, mark)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                closed = container
                container, anchor, first = open_nodes.pop()
                in_mapping, key = container.__class__ is dict, None
                if anchor is not None:
                    anchors[anchor] = (closed, len(marks) - first)
                continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                if in_mapping and key is None:
                    self._stop(
                        "key-not-text", "a list or mapping stands where a key is meant", "write the key as text", mark
                    )
                if event.tag is not None:
                    self._refuse_tag(event.tag, mark)
                value = {} if kind is MappingStartEvent else []
                if in_mapping:
                    container[key] = value
                else:
                    container.append(value)
                if len(open_nodes) >= limits.MAX_DEPTH:
                    self._stop(
                        "nested-too-deeply",
                        f"lists and mappings stand more than {limits.MAX_DEPTH} deep in one another",
                        "no dossier file needs that; check the indentation and the brackets",
                        mark,
                    )
                if event.anchor is not None:
                    anchors[event.anchor] = None  # open: an alias to it from inside would have no end
                open_nodes.append((container, event.anchor, len(marks)))
                add_mark(mark.line << _COLUMN_BITS | mark.column)
                container, key, in_mapping = value, None, kind is MappingStartEvent
                continue
            elif kind is AliasEvent:
                mark = event.start_mark
                if in_mapping and key is None:
                    self._stop(
                        "key-not-text", "an alias stands where a key is meant", "write the key out as text", mark
                    )
                if event.anchor not in anchors:
                    self._stop(
                        "alias-unknown",
                        f"the alias *{event.anchor} names no anchor before it",
                        "put text that begins with * in quotes",
                        mark,
                    )
                target = anchors[event.anchor]
                if target is None:
                    self._stop(
                        "alias-endless",
                        f"the alias *{event.anchor} contains itself",
                        "write the value out instead",
                        mark,
                    )
                    continue  # for the type checker: _stop raises
                value, size = target
                alias_nodes += size
                if alias_nodes > limits.MAX_ALIAS_NODES:
                    self._stop(
                        "alias-unbounded",
                        f"the aliases of this file stand for more than {limits.MAX_ALIAS_NODES:,} nodes",
                        "write the values out instead",
                        mark,
                    )
                marks.extend([mark.line << _COLUMN_BITS | mark.column] * size)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop(
                        "several-documents",
                        "a second document begins here",
                        "keep one document a file: delete the --- or move what follows to a file of its own",
                        event.start_mark,
                    )
                continue
            elif kind is StreamEndEvent:
                break
            else:
                continue

            if in_mapping:
                container[key] = value
                key = None
            else:
                container.append(value)

        if not root or root[0] is None:
            raise PolicyOptionsError(
                (
                    *self.faults,
                    Fault(
                        "empty-file",
                        "the file is empty",
                        "write the document, or delete the file",
                        place=Place(self.file),
                    ),
                )
            )
        return root[0], marks

    def _odd_key(self, value: str, container: dict[str, Any], mark: Any) -> str:
        """Refuse a key that stands twice, or that is none."""
        if value in container:
            self._fault("duplicate-key", f"the key `{value}` stands twice in this mapping", "keep one of the two", mark)
            # The later entry must not replace the earlier one, nor its marks: it is read under a key that no model has.
            copy = 2
            while f"{value} ({copy})" in container:
                copy += 1
            return f"{value} ({copy})"
        if value == "<<":
            self._stop("merge-key", "merge keys (<<) are not read", "write the keys out", mark)
        self._stop("key-not-text", "a key is missing before the colon", "write the key", mark)
        return value

    def _plain(self, value: str, mark: Any) -> Any:
        try:
            return plain_value(value)
        except _NumberRefused as refusal:
            code, message, remedy = refusal.args
            self._fault(code, message, remedy, mark)
            return 0.0

    def _refuse_tag(self, tag: str, mark: Any) -> None:
        self._fault(
            "tag", f"the tag {tag!r}; tags are not read", "delete it, or put text that begins with ! in quotes", mark
        )

    def _fault(self, code: str, message: str, remedy: str, mark: Any) -> None:
        place = Place(self.file, mark.line + 1, mark.column + 1)
        self.faults.append(Fault(code, message, remedy, place=place))

    def _stop(self, code: str, message: str, remedy: str, mark: Any) -> None:
        """Raise: what follows cannot be read. The faults met before it are told with it."""
        self._fault(code, message, remedy, mark)
        raise PolicyOptionsError(self.faults)

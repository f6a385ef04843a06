"""Bytes of YAML to plain data with positions, from libyaml's events.

This module builds the tree, and makes every refusal that depends on its shape alone. ``scalars`` decides which
characters and scalars are allowed, ``models`` what the data mean; ``plain_words`` has the wording for libyaml's own
complaints.

YAML is a large language, and the parts refused here (tags, merge keys, several documents, tabs, endless aliases, hidden
characters) are the ones that make a file mean one thing to a person and another to a program.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, Final

from policy_options.dossier import limits
from policy_options.dossier.characters import odd_in
from policy_options.dossier.lost_text import lost_anchor, lost_text
from policy_options.dossier.plain_words import named, words_for_yaml_problem
from policy_options.dossier.scalars import (
    MAY_NOT_BE_TEXT,
    ScalarRefused,
    decoded,
    hidden_in,
    marks_in,
    plain_value,
    refuse_hidden_text,
    refuse_stacked_text,
    refuse_unfinished_merge,
)
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["Path", "Tree", "read_yaml", "too_many_faults"]

Path = tuple[str | int, ...]
"""The keys and list indices that lead to a node."""

_NO_KEYS: Final = frozenset(("<<", "", "~"))
_COLUMN_BITS: Final = 32


@dataclass(frozen=True, eq=False, slots=True)
class Tree:
    """The contents of one file: plain data, and the position of each node.

    ``data`` is made of dict, list, str, int, float, bool and None. ``marks`` has one packed line and column per node,
    in document order (a mapping, then each key and its value): 8 bytes per node, as 100,000 scores must fit in memory.
    ``faults`` are the refusals that did not stop the reading, ``findings`` doubts whether all of the text was meant to
    be read as it is; ``has_nothing`` says that some node is null.
    """

    file: str
    data: Any
    marks: array[int] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    has_nothing: bool = False
    findings: tuple[Fault, ...] = ()
    _places: dict[Path, int] = field(default_factory=dict, repr=False)

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The position of the node at ``path``, or of the nearest existing node above it.

        Steps that the data do not have are skipped, since validation names alternatives that are not keys. With
        ``key``, the position of the key itself, rather than of its value.
        """
        if not path and not key and self.marks:  # the file as a whole, for which no other node has to be indexed
            return self._unpack(self.marks[0])
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


def too_many_faults(file: str) -> Fault:
    """Reported where one file has so many faults that reading on would help nobody."""
    return Fault(
        "too-many-faults",
        f"the file has {limits.MAX_FAULTS:,} faults or more; what follows was not looked at",
        "fix these first",
        place=Place(file),
    )


def _height(node: Any) -> int:
    """The nesting depth of lists and mappings in a node, without recursion."""
    height, level = 0, [node]
    while level := [child for child in level if isinstance(child, dict | list)]:
        height += 1
        level = [child for parent in level for child in (parent.values() if isinstance(parent, dict) else parent)]
    return height


_KEY: Final = -1  # the last step of the path to a key itself; a list has no index -1


def read_yaml(raw: bytes, file: str) -> Tree:
    """Read one YAML 1.2 document.

    Faults that leave the remainder readable (a duplicate key, a tag, a number that is not finite) are collected in
    ``Tree.faults``.

    Raises:
        PolicyOptionsError: with the first fault that makes the remainder unreadable, with its line and column.
    """
    text = decoded(raw, file)
    refuse_unfinished_merge(text, file)
    refuse_hidden_text(text, file)
    refuse_stacked_text(text, file)
    return _Builder(file).build(text)


class _Builder:
    """Builds one tree from libyaml's events, without recursion, so that depth is a limit and never causes a crash."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.findings: list[Fault] = []
        self.has_nothing = False

    def build(self, text: str) -> Tree:
        # Imported here: most of the package's users never need these names, and a PyYAML without libyaml must be reported.
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
            unclosed = "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or "")
            mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
            place = self._place(mark, text) if mark else Place(self.file)
            remedy = self._odd_near(text, place) or remedy
            raise PolicyOptionsError((*self.faults, Fault("yaml-syntax", message, remedy, place=place))) from None
        findings = (*self.findings, *lost_text(text, self.file, CParser(text).get_event))
        return Tree(self.file, data, marks, tuple(self.faults), self.has_nothing, findings)

    def _odd_near(self, text: str, place: Place) -> str | None:
        """The remedy if the line of a fault, or the one above it, has a character that only resembles one of YAML's."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        number = place.line or 1
        for line in (number, number - 1):
            odd = odd_in(lines[line - 1]) if 0 < line <= len(lines) else None
            if odd is not None:
                return (
                    f"line {line} has {odd}, which YAML takes for text: type the plain sign, or put the text in quotes"
                )
        return None

    def _place(self, mark: Any, text: str) -> Place:
        """The place of a mark; something that libyaml finds missing after the last line is placed at that line's end."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        if mark.line >= len(lines):
            return Place(self.file, len(lines), len(lines[-1]) + 1)
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _consume(self, next_event: Any) -> tuple[Any, array[int]]:
        # One long loop with local names: it runs once for each of a million events, where every lookup costs time.
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
        unnamed: dict[str, Any] = {}  # marks of scalars with an anchor that no alias has used yet
        alias_nodes = 0
        open_nodes: list[tuple[Any, str | None, int]] = []  # the container around it, its anchor, its first mark
        root: list[Any] = []
        container: Any = root
        key: str | None = None
        in_mapping = False
        documents = 0

        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                mark = event.start_mark
                add_mark(mark.line << _COLUMN_BITS | mark.column)
                value: Any = event.value
                style = event.style
                if event.tag is not None:
                    self._refuse_tag(event.tag, mark)
                if event.anchor is not None:
                    self._lose(event.anchor, unnamed.pop(event.anchor, None))
                    unnamed[event.anchor] = mark
                if style == '"':
                    self._refuse_hidden(value, mark)
                elif value and (not value[0].isascii() or value[0] in " \n"):  # only a block begins with white space
                    self._refuse_hidden_first(value, mark)
                if in_mapping and key is None:
                    if event.anchor is not None:
                        anchors[event.anchor] = (value, 1)
                    if value in container or (style == "" and value in _NO_KEYS):
                        key = self._odd_key(value, container, mark)
                    else:
                        key = intern(value)
                    continue
                if style == "" and (not value or value[0] in MAY_NOT_BE_TEXT):
                    value = self._plain(value, mark)
                if event.anchor is not None:
                    anchors[event.anchor] = (value, 1)
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
                        "key-not-text",
                        "a list or mapping is given where a key is expected",
                        "write the key as text",
                        mark,
                    )
                if event.tag is not None:
                    self._refuse_tag(event.tag, mark)
                value = {} if kind is MappingStartEvent else []
                if in_mapping:
                    container[key] = value
                else:
                    container.append(value)
                if len(open_nodes) >= limits.MAX_DEPTH:
                    self._too_deep(mark)
                if event.anchor is not None:
                    self._lose(event.anchor, unnamed.pop(event.anchor, None))
                    anchors[event.anchor] = None  # open: an alias to it from inside would have no end
                open_nodes.append((container, event.anchor, len(marks)))
                add_mark(mark.line << _COLUMN_BITS | mark.column)
                container, key, in_mapping = value, None, kind is MappingStartEvent
                continue
            elif kind is AliasEvent:
                mark = event.start_mark
                if in_mapping and key is None:
                    self._stop(
                        "key-not-text", "an alias is given where a key is expected", "write the key out as text", mark
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
                unnamed.pop(event.anchor, None)
                alias_nodes += size
                if len(open_nodes) + _height(value) > limits.MAX_DEPTH:
                    self._too_deep(mark)
                if alias_nodes > limits.MAX_ALIAS_NODES:
                    self._stop(
                        "alias-unbounded",
                        f"the aliases of this file expand to more than {limits.MAX_ALIAS_NODES:,} nodes",
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
                if event.version not in (None, (1, 2)) or event.tags:
                    self._fault("directive", "a directive other than %YAML 1.2", "delete the line", event.start_mark)
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

        for name, mark in unnamed.items():
            self._lose(name, mark)
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

    def _lose(self, anchor: str, mark: Any) -> None:
        """Note an anchor on a scalar that nothing has referred to; ``None`` means no such anchor."""
        if mark is not None:
            self.findings.append(lost_anchor(anchor, self.file, mark.line, mark.column))

    def _odd_key(self, value: str, container: dict[str, Any], mark: Any) -> str:
        """Refuse a duplicate or invalid key."""
        if value in container:
            self._fault(
                "duplicate-key", f"the key {named(value)} appears twice in this mapping", "keep one of the two", mark
            )
            # The later entry must not replace the earlier one, nor its marks: it is read under a key that no file can
            # contain.
            return f"{value}\0{len(self.faults)}"
        if value == "<<":
            self._stop("merge-key", "merge keys (<<) are not read", "write the keys out", mark)
        self._stop("key-not-text", "a key is missing before the colon", "write the key", mark)
        return value

    def _plain(self, value: str, mark: Any) -> Any:
        try:
            plain = plain_value(value)
        except ScalarRefused as refusal:
            code, message, remedy = refusal.args
            self._fault(code, message, remedy, mark)
            return 0.0
        if plain is None:
            self.has_nothing = True
        return plain

    def _refuse_hidden(self, value: str, mark: Any) -> None:
        hidden = hidden_in(value, escaped=True)
        if hidden is not None:
            self._fault(
                "hidden-character",
                f"{hidden[1]}, written as an escape, cannot be seen, and texts that look alike would differ",
                "delete it, or write the text in a block (after | or >)",
                mark,
            )
        elif (marks := marks_in(value)) is not None:  # some of them may be written as escapes
            self._fault(*marks, mark)

    def _refuse_hidden_first(self, value: str, mark: Any) -> None:
        """A combining mark is hidden if the character before it cannot carry it: quotes and commas are not part of the
        text.
        """
        hidden = hidden_in(value[0])
        if hidden is not None:
            self._fault(
                "hidden-character",
                f"{hidden[1]}, with which the text begins, cannot be seen, and texts that look alike would differ",
                "delete it",
                mark,
            )
        elif (marks := marks_in(value)) is not None:
            self._fault(*marks, mark)

    def _too_deep(self, mark: Any) -> None:
        self._stop(
            "nested-too-deeply",
            f"lists and mappings are nested more than {limits.MAX_DEPTH} deep",
            "no dossier file needs that; check the indentation and the brackets",
            mark,
        )

    def _refuse_tag(self, tag: str, mark: Any) -> None:
        self._fault(
            "tag", f"the tag {tag!r}; tags are not read", "delete it, or put text that begins with ! in quotes", mark
        )

    def _fault(self, code: str, message: str, remedy: str, mark: Any) -> None:
        place = Place(self.file, mark.line + 1, mark.column + 1)
        self.faults.append(Fault(code, message, remedy, place=place))
        if len(self.faults) >= limits.MAX_FAULTS:
            raise PolicyOptionsError((*self.faults, too_many_faults(self.file)))

    def _stop(self, code: str, message: str, remedy: str, mark: Any) -> None:
        """Raise: the remainder cannot be read. The faults found before are included."""
        self._fault(code, message, remedy, mark)
        raise PolicyOptionsError(self.faults)

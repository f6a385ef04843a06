"""Edits to a YAML file that leave every other byte unchanged. ``emitting`` writes new YAML.

This module locates the parts of a file in its text, makes the edits, and verifies each by reading its result.
``reading`` decides which YAML a dossier may contain; ``atomic`` writes the bytes to disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from policy_options.dossier import limits
from policy_options.dossier.plain_words import kind_of, named, quoted
from policy_options.dossier.reading import Path, Tree, read_yaml
from policy_options.dossier.scalars import decoded
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = [
    "LINE_END",
    "Layout",
    "Node",
    "is_plain_entry",
    "last_character",
    "layout_of",
    "line_end_of",
    "line_start",
    "proven",
    "reads_as",
    "refusal",
    "replace_block",
    "replace_scalars",
    "single_value",
    "spliced",
    "whole_tree",
]

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
LINE_END: Final = re.compile(r"\r\n|\r|\n")
_GAP: Final = re.compile(r"(?:[ \r\n]|#[^\r\n]*)*")  # between an anchor and its value
_BLOCK_HEADER: Final = re.compile(r"[|>]([-+0-9]*)( +#(?:[^\r\n ]| ++(?![\r\n]|\Z))*+)?(?= *(?:[\r\n]|\Z))")
_COLON: Final = re.compile(r" *:(?=[ \r\n]|\Z)")
_LINES_OF_NOTHING: Final = re.compile(r"(?: *(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z))*")


# Where the parts of a file are ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a file and its span in the text, which includes its anchor.

    An ``open`` node is the beginning of a list or mapping (its bracket in flow style), a ``close`` node the closing
    bracket in flow style. A key has the path of its value.
    """

    path: Path
    kind: Literal["key", "scalar", "alias", "open", "close"]
    start: int
    end: int
    style: str = ""
    anchor: str | None = None
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The nodes in the order of the text, which alias uses which anchor, and where appended text would go."""

    nodes: tuple[Node, ...]
    uses: tuple[tuple[Node, Node], ...]  # the anchored node, the alias
    end: int


class _Level:
    """An open list or mapping while the events are traversed."""

    __slots__ = ("index", "is_mapping", "key", "path")

    def __init__(self, path: Path, is_mapping: bool) -> None:
        self.path = path
        self.is_mapping = is_mapping
        self.key: str | None = None
        self.index = -1


def layout_of(text: str) -> Layout:
    """Locate each node of a text that ``read_yaml`` has read without a fault."""
    from yaml._yaml import CParser
    from yaml.events import (
        AliasEvent,
        DocumentEndEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

    # Marks count characters, as Python does, and a CRLF as two; but a byte order mark at the beginning is not counted.
    shift = int(text.startswith("\ufeff"))
    next_event = CParser(text).get_event
    nodes: list[Node] = []
    uses: list[tuple[Node, Node]] = []
    anchored: dict[str, Node] = {}
    levels: list[_Level] = []
    end = len(text)

    while True:
        event: Any = next_event()
        kind = type(event)
        if kind is StreamEndEvent:
            return Layout(tuple(nodes), tuple(uses), end)
        start, stop = event.start_mark.index + shift, event.end_mark.index + shift
        if kind is DocumentEndEvent:
            if event.explicit:
                end = start
            continue
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            closed = levels.pop()
            if stop > start:  # a bracket; at the end of a block, libyaml gives the position of whatever follows it
                nodes.append(Node(closed.path, "close", start, stop))
            continue
        if kind not in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
            continue
        path: Path = ()
        is_key = False
        if levels:
            level = levels[-1]
            if not level.is_mapping:
                level.index += 1
                path = (*level.path, level.index)
            elif level.key is None:
                is_key = True
                level.key = event.value
                path = (*level.path, level.key)
            else:
                path = (*level.path, level.key)
                level.key = None
        if kind is AliasEvent:
            node = Node(path, "alias", start, stop)
            uses.append((anchored[event.anchor], node))
        elif kind is ScalarEvent:
            node = Node(path, "key" if is_key else "scalar", start, stop, event.style or "", event.anchor)
        else:
            node = Node(path, "open", start, stop, anchor=event.anchor, flow=bool(event.flow_style))
            levels.append(_Level(path, kind is MappingStartEvent))
        nodes.append(node)
        if node.anchor is not None:
            anchored[node.anchor] = node


def value_start(text: str, node: Node) -> int:
    """The start of a scalar's value, after its anchor."""
    if node.anchor is None:
        return node.start
    gap = _GAP.match(text, node.start + 1 + len(node.anchor))
    return gap.end() if gap else node.start


def _without_line_ends(text: str, start: int, end: int) -> int:
    """The end of a span without trailing spaces and line ends: a block scalar's span reaches to whatever follows it."""
    return start + len(text[start:end].rstrip(" \r\n"))


def line_start(text: str, index: int) -> int:
    """The index of the start of the line that contains an index."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end_of(text: str) -> str:
    """The line end that a file uses most."""
    found = LINE_END.findall(text)
    return max(("\n", "\r\n", "\r"), key=found.count)


def whole_tree(raw: bytes, file: str) -> Tree:
    """The contents of a file, if it can be read without a fault."""
    tree = read_yaml(raw, file)
    if tree.faults:
        raise PolicyOptionsError(tree.faults)
    return tree


# Verifying an edit -----------------------------------------------------------------------------------------------------


def _same(one: Any, other: Any) -> bool:
    """Whether data are equal, with equal types and keys in the same order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(child, other[key]) for key, child in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def reads_as(text: str | bytes, data: Any) -> bool:
    """Whether a text is read, without a fault, as exactly these data."""
    try:
        tree = read_yaml(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, "")
    except PolicyOptionsError:
        return False
    return not tree.faults and _same(tree.data, data)


def proven(raw: bytes, text: str, expected: Any, file: str) -> bytes:
    """The bytes of an edited text, if they are read as intended; the byte order mark is that of ``raw``."""
    edited = (_BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK) else b"") + text.encode("utf-8")
    if len(edited) > limits.MAX_FILE_BYTES:
        decoded(edited, file)  # which reports it
    if not reads_as(edited, expected):
        raise PolicyOptionsError.of(
            "edit-failed",
            "the edit did not come out as it was meant, so nothing was written; this is our fault",
            "edit the file by hand, and report this with the file",
            place=Place(file),
        )
    return edited


# Edits of single values ------------------------------------------------------------------------------------------------


def replace_scalars(raw: bytes, file: str, changes: Mapping[Path, str]) -> bytes:
    """The bytes of a file after replacing only the scalars at these paths by these texts.

    The texts are written as they are, so each must be one YAML value on one line: a number, a word, a quoted text. An
    anchor before a value and a comment after it stay.

    Raises:
        PolicyOptionsError: the file cannot be read; a path does not exist (``edit-path``), is not a single value
            (``edit-not-scalar``), is null (``edit-empty``), is inside an alias (``edit-alias``) or inside something
            that an alias uses (``edit-anchor``); a new text is not one value (``edit-value``); or the result is not as
            intended (``edit-failed``). All refused paths are reported together.
    """
    tree = whole_tree(raw, file)
    if not changes:
        return raw
    text = decoded(raw, file)
    layout = layout_of(text)
    scalars = {node.path: node for node in layout.nodes if node.kind == "scalar"}
    aliases = {alias.path for _, alias in layout.uses}
    used = {node.path for node, _ in layout.uses if node.kind != "key"}
    values: dict[Path, Any] = {}
    spans: list[tuple[int, int, str]] = []
    faults: list[Fault] = []
    for path, new in changes.items():
        fault = refusal(tree, path, aliases, used)
        if fault is None:
            start, end, written = _span(text, scalars[path], new)
            known = single_value(new)
            if start >= end:
                fault = _fault("edit-empty", path, "has no value", "write one first", tree)
            elif known is None:
                message = f"cannot become {quoted(new)}, which is not one value on one line"
                fault = _fault("edit-value", path, message, "give a number, a word, or a text in quotes", tree)
            else:
                values[path] = known[0]
                spans.append((start, end, written))
        if fault is not None:
            faults.append(fault)
    if faults:
        raise PolicyOptionsError(faults)
    return proven(raw, spliced(text, spans), _with_values(tree.data, values), file)


def refusal(tree: Tree, path: Path, aliases: set[Path], used: set[Path]) -> Fault | None:
    """Why the value at a path cannot be edited, given what it is and what surrounds it."""
    node: Any = tree.data
    for step in path:
        if isinstance(step, str):
            there = isinstance(node, dict) and step in node
        else:
            there = isinstance(node, list) and 0 <= step < len(node)
        if not there:
            return _fault("edit-path", path, "is not in the file", "check the keys that lead to it", tree)
        node = node[step]
    around = {path[:length] for length in range(len(path) + 1)}
    if not around.isdisjoint(aliases):
        return _fault("edit-alias", path, "is given by an alias (*)", "write the value out first", tree)
    if isinstance(node, dict | list):
        return _fault("edit-not-scalar", path, f"is not a single value but {kind_of(node)}", "edit what is in it", tree)
    if not around.isdisjoint(used):
        message = "is under an anchor (&) that an alias uses, so that both would change"
        return _fault("edit-anchor", path, message, "write the value out where the alias is", tree)
    return None


def _fault(code: str, path: Path, message: str, remedy: str, tree: Tree) -> Fault:
    name = named(".".join(map(str, path))) if path else "the document"
    return Fault(code, f"{name} {message}", remedy, place=tree.place(path))


def _span(text: str, node: Node, new: str) -> tuple[int, int, str]:
    """The span that a new text replaces, and the text as written there."""
    start = value_start(text, node)
    if node.style not in ("|", ">"):
        return start, node.end, new
    header = _BLOCK_HEADER.match(text, start)
    comment = (header[2] or "") if header else ""  # it follows the | and is not part of the text
    return start, _without_line_ends(text, start, node.end), new + comment


def single_value(new: str) -> tuple[Any] | None:
    """The value a text is read as, if it is one value on one line anywhere, even in brackets; boxed, as it may be null."""
    around = f"[{new}]"
    try:
        tree = read_yaml(around.encode("utf-8", "surrogatepass"), "")
    except PolicyOptionsError:
        return None
    if tree.faults or LINE_END.search(new):
        return None
    inner = layout_of(around).nodes[1:-1]
    if len(inner) != 1 or (inner[0].kind, inner[0].start, inner[0].end) != ("scalar", 1, 1 + len(new)):
        return None
    return None if inner[0].anchor is not None else (tree.data[0],)


def spliced(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with spans (start, end, new text) replaced."""
    parts, done = [], 0
    for start, end, new in sorted(spans):
        parts += [text[done:start], new]
        done = end
    return "".join((*parts, text[done:]))


def _with_values(data: Any, values: Mapping[Path, Any], path: Path = ()) -> Any:
    if path in values:
        return values[path]
    if isinstance(data, dict):
        return {key: _with_values(child, values, (*path, key)) for key, child in data.items()}
    if isinstance(data, list):
        return [_with_values(child, values, (*path, index)) for index, child in enumerate(data)]
    return data


# Edits of a whole entry ------------------------------------------------------------------------------------------------


def replace_block(raw: bytes, file: str, key: str, block: str) -> bytes:
    """The bytes of a file after replacing the entry ``key`` by ``block``, or appending it if there was none.

    ``block`` is text of whole lines that begins with the key, as ``emit`` makes it. The entry extends from the line of
    its key to the end of the last line with part of its value; blank lines and comments after it stay.

    Raises:
        PolicyOptionsError: the file cannot be read; it is not a mapping (``edit-not-mapping``), or one in braces
            (``edit-flow``), or the key is marked by a question mark (``edit-key``); an alias elsewhere uses an anchor
            of the entry (``edit-anchor``); the lines after the entry would become part of the block (``edit-comment``),
            or a line end would become part of the last text (``edit-last-line``); the block is not one entry of that
            name (``edit-block``); or the result is not as intended (``edit-failed``).
    """
    tree = whole_tree(raw, file)
    text = decoded(raw, file)
    layout = layout_of(text)
    value = _value_of_block(block, key, file)
    if not isinstance(tree.data, dict):
        raise PolicyOptionsError.of(
            "edit-not-mapping",
            f"the file holds {kind_of(tree.data)} instead of keys and values",
            "write it as `key: value` lines",
            place=tree.place(()),
        )
    if layout.nodes[0].flow:
        raise PolicyOptionsError.of(
            "edit-flow",
            "the whole file is one mapping in braces { }",
            "write its keys on lines of their own, without the braces",
            place=tree.place(()),
        )
    margin = _margin(text, layout, tree)
    lines = "".join(f"{margin}{line}" if line.strip("\n") else line for line in block.splitlines(keepends=True))
    written = lines.replace("\n", line_end_of(text))
    if key in tree.data:
        start, end = _entry(text, layout, tree, key)
        behind = _LINES_OF_NOTHING.match(text, end)
        if not reads_as(written + (behind[0] if behind else ""), {key: value}):
            raise PolicyOptionsError.of(
                "edit-comment",
                f"the lines behind {named(key)} would be read as part of its new text",
                "begin comments there at the start of their line, and delete the blank lines",
                place=tree.place((key,), key=True),
            )
    else:
        start = end = layout.end
        if start > 0 and text[start - 1] not in "\r\n":
            written = line_end_of(text) + written
            if not reads_as(text + line_end_of(text), tree.data):
                raise PolicyOptionsError.of(
                    "edit-last-line",
                    "the last text of the file ends without a line end, which would become part of it",
                    "end the last line of the file with a line end",
                    place=Place(file),
                )
    return proven(raw, text[:start] + written + text[end:], {**tree.data, key: value}, file)


def _value_of_block(block: str, key: str, file: str) -> Any:
    """The data of a block that is to be an entry."""
    refused = PolicyOptionsError.of(
        "edit-block", f"what is to be written is not the lines of {named(key)}", "report this", place=Place(file)
    )
    try:
        tree = read_yaml(block.encode("utf-8", "surrogatepass"), file)
    except PolicyOptionsError:
        raise refused from None
    layout = layout_of(block)
    if (
        tree.faults
        or not isinstance(tree.data, dict)
        or list(tree.data) != [key]
        or layout.nodes[0].flow
        or layout.nodes[1].start != 0
        or any(node.anchor is not None for node in layout.nodes)  # which might move an alias further down
        or layout.end != len(block)  # an end of the document, after which a file would have nothing
        or not block.endswith("\n")
        or "\r" in block
    ):
        raise refused
    return tree.data[key]


def is_plain_entry(text: str, key: Node) -> bool:
    """Whether a key is first on its line and followed by its colon, unlike one marked by a question mark."""
    return not text[line_start(text, key.start) : key.start].strip(" \ufeff") and bool(_COLON.match(text, key.end))


def _margin(text: str, layout: Layout, tree: Tree) -> str:
    """The spaces before each key of a file: nearly always none, but YAML allows them."""
    for node in layout.nodes:
        if node.kind == "key" and len(node.path) == 1 and is_plain_entry(text, node):
            return text[line_start(text, node.start) : node.start].replace("\ufeff", "")
    raise _marked_key(tree, next(iter(tree.data)))


def _marked_key(tree: Tree, key: str) -> PolicyOptionsError:
    return PolicyOptionsError.of(
        "edit-key",
        f"the key {named(key)} is marked by a question mark",
        "write it as `key: value`",
        place=tree.place((key,), key=True),
    )


def _entry(text: str, layout: Layout, tree: Tree, key: str) -> tuple[int, int]:
    """The span of an entry of the root, in whole lines."""
    parts = [node for node in layout.nodes if node.path[:1] == (key,)]
    name = parts[0]
    if not is_plain_entry(text, name):
        raise _marked_key(tree, key)
    for anchored, alias in layout.uses:
        if anchored.path[:1] == (key,) != alias.path[:1]:
            raise PolicyOptionsError.of(
                "edit-anchor",
                f"an alias elsewhere uses the anchor &{anchored.anchor} of {named(key)}",
                "write the value out where the alias is",
                place=tree.place(anchored.path, key=anchored.kind == "key"),
            )
    last = max(last_character(text, node) for node in parts)
    if text[last - 1] not in "\r\n":  # blank lines there are part of a text and kept
        line_end = LINE_END.search(text, last)
        last = line_end.end() if line_end else len(text)
    return name.start - len(text[line_start(text, name.start) : name.start].replace("\ufeff", "")), last


def last_character(text: str, node: Node) -> int:
    """The index after the last character that belongs to a node alone."""
    if node.kind == "key":
        colon = _COLON.match(text, node.end)
        return colon.end() if colon else node.end
    if node.kind != "scalar":
        return node.end
    if node.style in ("|", ">"):
        start = value_start(text, node)
        header = _BLOCK_HEADER.match(text, start)
        if header and "+" in header[1]:
            return node.end if node.end == len(text) else line_start(text, node.end)
        return _without_line_ends(text, start, node.end)
    if node.start == node.end and text[node.start - 1 : node.start] not in (":", "-"):
        return 0  # the value that a key after ? lacks: libyaml gives the position of whatever follows
    return node.end

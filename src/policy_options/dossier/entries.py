"""Edits to the entries of one mapping inside a YAML file, which leave every other byte unchanged.

``writing`` replaces single values in place. Here entries are added to a mapping or taken out of it, a bare value
becomes a mapping, and a list is replaced as a whole. Each edit is verified by reading its result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from policy_options.dossier.emitting import emit
from policy_options.dossier.plain_words import named
from policy_options.dossier.reading import Path, Tree
from policy_options.dossier.scalars import decoded
from policy_options.dossier.writing import (
    LINE_END,
    Layout,
    Node,
    is_plain_entry,
    last_character,
    layout_of,
    line_end_of,
    line_start,
    proven,
    reads_as,
    refusal,
    replace_scalars,
    spliced,
    whole_tree,
)
from policy_options.errors import PolicyOptionsError

__all__ = ["in_one_line", "set_entries"]


def in_one_line(value: Any) -> str:
    """A number, a text or a list of texts as it may be written anywhere, even in braces."""
    if isinstance(value, tuple | list):
        return "[" + ", ".join(in_one_line(one) for one in value) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    written = emit({"a": {"b": value}}, flow_leaves=True)
    braces = written.partition("{b: ")[2].rstrip("\n").removesuffix("}")
    everywhere = reads_as(f"a: {braces}\nb: {{c: {braces}}}\n", {"a": value, "b": {"c": value}})
    if braces and (everywhere or not isinstance(value, str)):
        return braces
    # A text that is too long for a line of braces, or reads differently on a separate line, may be in quotes anywhere.
    return json.dumps(value, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def set_entries(raw: bytes, file: str, path: Path, changes: Mapping[str, Any], *, bare: str) -> bytes:
    """The bytes of a file after setting these entries of the mapping at a path; ``None`` takes an entry out.

    A single value at the path is read as a mapping with the one entry ``bare``, and becomes one if there are more
    entries.

    Raises:
        PolicyOptionsError: as ``replace_scalars``; a list to be replaced contains comments (``edit-comment``), or a key
            is marked by a question mark (``edit-key``).
    """
    tree = whole_tree(raw, file)
    here = _at(tree, path)
    if not isinstance(here, dict):
        if set(changes) == {bare}:
            return replace_scalars(raw, file, {path: in_one_line(changes[bare])})
        return _made_mapping(raw, file, tree, path, {bare: here, **changes})
    single = {
        key: value
        for key, value in changes.items()
        if value is not None and not isinstance(value, tuple | list) and not isinstance(here.get(key, []), dict | list)
    }
    edited = replace_scalars(raw, file, {(*path, key): in_one_line(value) for key, value in single.items()})
    for key, value in changes.items():
        if key not in single and not (value is None and key not in here):
            edited = _set_entry(edited, file, path, key, value)
    return edited


def _at(tree: Tree, path: Path) -> Any:
    node: Any = tree.data
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            raise PolicyOptionsError.of(
                "edit-path", f"{named('.'.join(map(str, path)))} is not in the file", place=tree.place(())
            ) from None
    return node


def _refuse_shared(tree: Tree, layout: Layout, path: Path) -> None:
    """Refuse a path inside an alias, or inside something that an alias uses."""
    aliases = {alias.path for _, alias in layout.uses}
    used = {node.path for node, _ in layout.uses if node.kind != "key"}
    fault = refusal(tree, path, aliases, used)
    if fault is not None and fault.code != "edit-not-scalar":
        raise PolicyOptionsError(fault)
    inside = [*aliases, *used]
    if any(one[: len(path)] == path for one in inside):
        message = f"{named('.'.join(map(str, path)))} has an anchor (&) or alias (*) in it"
        raise PolicyOptionsError.of("edit-anchor", message, "write the value out first", place=tree.place(path))


def _with(data: Any, path: Path, value: Any) -> Any:
    """The data with the value at a path replaced."""
    if not path:
        return value
    if isinstance(data, dict):
        return {key: _with(child, path[1:], value) if key == path[0] else child for key, child in data.items()}
    return [_with(child, path[1:], value) if index == path[0] else child for index, child in enumerate(data)]


def _read(value: Any) -> Any:
    """A value as the reader returns it."""
    if isinstance(value, tuple | list):
        return list(value)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def _made_mapping(raw: bytes, file: str, tree: Tree, path: Path, entries: Mapping[str, Any]) -> bytes:
    text, kept = decoded(raw, file), {key: value for key, value in entries.items() if value is not None}
    layout = layout_of(text)
    _refuse_shared(tree, layout, path)
    node = next(node for node in layout.nodes if node.path == path and node.kind == "scalar")
    braces = "{" + ", ".join(f"{key}: {in_one_line(value)}" for key, value in kept.items()) + "}"
    expected = _with(tree.data, path, {key: _read(value) for key, value in kept.items()})
    return proven(raw, spliced(text, [(node.start, node.end, braces)]), expected, file)


def _set_entry(raw: bytes, file: str, path: Path, key: str, value: Any) -> bytes:
    tree, text = whole_tree(raw, file), decoded(raw, file)
    layout = layout_of(text)
    here = dict(_at(tree, path))
    _refuse_shared(tree, layout, path)
    if value is None:
        del here[key]
        span = _taken_out(text, layout, tree, path, key)
    elif key in here:
        here[key] = _read(value)
        span = _replaced(text, layout, tree, (*path, key), in_one_line(value))
    else:
        here[key] = _read(value)
        span = _added(text, layout, tree, path, f"{key}: {in_one_line(value)}")
    return proven(raw, spliced(text, [span]), _with(tree.data, path, here), file)


def _parts(layout: Layout, path: Path) -> list[Node]:
    return [node for node in layout.nodes if node.path[: len(path)] == path]


def _replaced(text: str, layout: Layout, tree: Tree, path: Path, written: str) -> tuple[int, int, str]:
    """A value of any kind replaced by one line."""
    parts = [node for node in _parts(layout, path) if not (node.path == path and node.kind == "key")]
    start, end = parts[0].start, max(last_character(text, node) for node in parts)
    if text[start:end].endswith(("\n", "\r")):
        end = start + len(text[start:end].rstrip(" \r\n"))
    if parts[0].kind == "open" and any("#" in text[a.end : b.start] for a, b in pairwise(parts)):
        raise PolicyOptionsError.of(
            "edit-comment",
            f"{named('.'.join(map(str, path)))} has a comment in it, which would be lost",
            "change it by hand, or move the comment",
            place=tree.place(path),
        )
    before = text[:start].rstrip(" \r\n")
    begin = len(before) if before.endswith(":") else start  # a block list begins on a line below its key
    return begin, end, f" {written}" if begin != start or text[start - 1] == ":" else written


def _keys(layout: Layout, path: Path) -> list[Node]:
    return [node for node in layout.nodes if node.kind == "key" and node.path[:-1] == path]


def _added(text: str, layout: Layout, tree: Tree, path: Path, entry: str) -> tuple[int, int, str]:
    parts, keys = _parts(layout, path), _keys(layout, path)
    opening = next(node for node in parts if node.path == path and node.kind == "open")
    inner = [node for node in parts if len(node.path) > len(path)]
    end = max(last_character(text, node) for node in inner)
    if opening.flow:
        return end, end, f", {entry}"
    margin, end = _block_place(text, tree, keys[0], end)
    line_end = line_end_of(text)
    before = "" if end == 0 or text[end - 1] in "\r\n" else line_end
    return end, end, f"{before}{margin}{entry}{line_end}"


def _block_place(text: str, tree: Tree, key: Node, end: int) -> tuple[str, int]:
    """The spaces before a key of a block mapping, and the start of the line after an end."""
    if not is_plain_entry(text, key):
        raise PolicyOptionsError.of(
            "edit-key",
            f"the key {named(str(key.path[-1]))} does not begin its line",
            "write it as `key: value`",
            place=tree.place(key.path, key=True),
        )
    if text[end - 1] not in "\r\n":
        found = LINE_END.search(text, end)
        end = found.end() if found else len(text)
    return text[line_start(text, key.start) : key.start].replace("\ufeff", ""), end


def _taken_out(text: str, layout: Layout, tree: Tree, path: Path, key: str) -> tuple[int, int, str]:
    parts, keys = _parts(layout, (*path, key)), _keys(layout, path)
    opening = next(node for node in _parts(layout, path) if node.path == path and node.kind == "open")
    name = parts[0]
    end = max(last_character(text, node) for node in parts)
    if opening.flow:
        index = [node.path[-1] for node in keys].index(key)
        if index + 1 < len(keys):
            return name.start, keys[index + 1].start, ""
        before = _parts(layout, (*path, keys[index - 1].path[-1])) if index else []
        return (max(last_character(text, node) for node in before) if before else name.start), end, ""
    _, end = _block_place(text, tree, name, end)
    return line_start(text, name.start), end, ""

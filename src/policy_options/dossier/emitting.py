"""Writing new YAML: data to lines that the reader reads back as the same data. ``writing`` edits existing YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import Any, Final

from policy_options.dossier import limits
from policy_options.dossier.plain_words import kind_of, quoted
from policy_options.dossier.scalars import hidden_in, marks_in
from policy_options.dossier.writing import LINE_END, reads_as, single_value
from policy_options.errors import PolicyOptionsError

__all__ = ["emit"]

_COLUMNS: Final = 100
_LONGEST_KEY: Final = 1_000  # libyaml looks 1,024 characters ahead for the colon


def emit(data: object, *, indent: int = 0, flow_leaves: bool = False) -> str:
    """Write data as whole lines of new YAML that read back as the same: mappings, lists, text, numbers and truth
    values.

    Keys keep their order. Text is plain where it would be read as the same text, folded at 100 columns where it has
    more than 100 characters, and otherwise in double quotes. With ``flow_leaves``, an inner mapping of single values is
    in braces if it fits into 100 columns.

    Raises:
        PolicyOptionsError: a value that a file cannot represent: null, a number that is too long or not finite, a key
            that is not text or is too long, lists and mappings nested too deeply (``emit-refused``), or an invisible
            character (``hidden-character``).
    """
    margin = " " * indent
    if isinstance(data, str):  # alone in a file, even `---` would look plain
        return f"{margin}{_in_quotes(data)}\n"
    return "".join(f"{margin}{line}\n" for line in _lines(data, indent, flow_leaves, 1))


def _lines(data: object, column: int, flow_leaves: bool, depth: int) -> list[str]:
    """The lines of a node, without the indentation to its ``column``."""
    if not isinstance(data, dict | list):
        return [_in_one_line(data)]
    if depth > limits.MAX_DEPTH:
        raise _refused(f"lists and mappings are nested more than {limits.MAX_DEPTH} deep")
    if not data:
        return ["{}" if isinstance(data, dict) else "[]"]
    lines: list[str] = []
    if isinstance(data, list):
        for item in data:
            first, *rest = _value_lines(item, column, 2, flow_leaves, depth)
            lines += [f"- {first}", *rest] if first else [f"- {rest[0].removeprefix('  ')}", *rest[1:]]
        return lines
    for key, value in data.items():
        name = _key(key)
        first, *rest = _value_lines(value, column, len(name) + 2, flow_leaves, depth)
        lines += [f"{name}: {first}" if first else f"{name}:", *rest]
    return lines


def _value_lines(value: object, column: int, before: int, flow_leaves: bool, depth: int) -> list[str]:
    """The text after a key or a dash (``before`` wide), then the lines below it with their indentation."""
    if isinstance(value, str):
        return _text_lines(value, column)
    if isinstance(value, dict | list) and value:
        if flow_leaves and isinstance(value, dict) and not any(isinstance(v, dict | list) for v in value.values()):
            leaf = _flow(value)
            if column + before + len(leaf) <= _COLUMNS:
                return [leaf]
        return ["", *(f"  {line}" if line else "" for line in _lines(value, column + 2, flow_leaves, depth + 1))]
    return _lines(value, column, flow_leaves, depth)


def _text_lines(text: str, column: int) -> list[str]:
    _refuse_unwritable(text)
    if len(text) > _COLUMNS:
        folded = _folded(text, _COLUMNS - column - 2)
        below = [">-", *(f"  {line}" for line in folded)]
        if folded and reads_as("\n".join(("a: " + below[0], *below[1:], "")), {"a": text}):
            return below
    elif reads_as(f"- {text}\n- a: {text}\n", [text, {"a": text}]) and not LINE_END.search(text):
        return [text]
    return [_in_quotes(text)]


def _folded(text: str, width: int) -> list[str]:
    """Lines that fold back into the text; none if it has spaces or line ends that folding would not restore."""
    words = text.split(" ")
    if "" in words or LINE_END.search(text):
        return []
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= max(width, _COLUMNS // 2):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _flow(data: Mapping[Any, object]) -> str:
    return "{" + ", ".join(f"{_key(key)}: {_in_one_line(value)}" for key, value in data.items()) + "}"


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise _refused(f"a key is {kind_of(key)} instead of text")
    _refuse_unwritable(key)
    name = key if _is_plain_key(key) else _in_quotes(key)
    if len(name) > _LONGEST_KEY:
        raise _refused(f"a key has more than {_LONGEST_KEY:,} characters")
    return name


@lru_cache(maxsize=4096)  # the same keys recur
def _is_plain_key(key: str) -> bool:
    """Whether a key reads back as itself without quotes, on a separate line and in braces."""
    return (
        not LINE_END.search(key)
        and reads_as(f"{key}: a\n", {key: "a"})
        and reads_as(f"- {key}: a\n- {{{key}: a}}\n", [{key: "a"}, {key: "a"}])
    )


def _in_one_line(value: object) -> str:
    """A single value as it may be written anywhere, even in braces."""
    if isinstance(value, str):
        known = single_value(value)
        return value if known == (value,) else _in_quotes(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        number = int.__repr__(value)
    elif isinstance(value, float) and isfinite(value):
        number = float.__repr__(value)
    else:
        raise _refused(f"{kind_of(value)} cannot be written")
    if len(number) > limits.MAX_NUMBER_DIGITS:
        raise _refused(f"a number has more than {limits.MAX_NUMBER_DIGITS} characters")
    return number


def _in_quotes(text: str) -> str:
    _refuse_unwritable(text)
    return json.dumps(text, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def _refuse_unwritable(text: str) -> None:
    hidden = hidden_in(text, escaped=True)
    if hidden is not None:
        raise PolicyOptionsError.of(
            "hidden-character",
            f"{hidden[1]} in {quoted(text)} cannot be seen, and texts that look alike would differ",
            "delete it",
        )
    marks = marks_in(text)
    if marks is not None:
        code, message, remedy = marks
        raise PolicyOptionsError.of(code, f"{quoted(text)}: {message}", remedy)


def _refused(message: str) -> PolicyOptionsError:
    return PolicyOptionsError.of("emit-refused", message, "a file of a dossier cannot hold it")

"""Plain-English messages for libyaml's and pydantic's complaints: one message and one remedy for each kind.

Nothing here finds a fault; ``reading`` and ``validation`` do. Messages quote only as much of the input as identifies
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policy_options.dossier.characters import plain_number
from policy_options.errors import as_written

__all__ = ["kind_of", "named", "quoted", "words_for_validation_problem", "words_for_yaml_problem"]

_QUOTE = "put the text in quotes"

# A part of libyaml's problem (with its context) -> message, remedy. The first match is used.
_YAML: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "mapping values are not allowed",
        "a colon is where no key can be",
        f"{_QUOTE}, or check the indentation above",
    ),
    (
        "block sequence entries are not allowed",
        "a list item (`- `) is where none can be",
        "put it on a line of its own, indented like its neighbours",
    ),
    ("found character that cannot start any token", "a character that cannot begin a value", _QUOTE),
    (
        "unexpected end of stream while scanning a quoted scalar",
        "a quotation mark is opened here and never closed",
        "close it",
    ),
    ("unexpected document indicator", "--- or ... is inside a quotation", "close the quotation before it"),
    (
        "found unknown escape character",
        "a backslash sequence that YAML does not know",
        "use single quotes, in which a backslash is a backslash",
    ),
    ("invalid Unicode character", "an escaped character that does not exist", "delete it"),
    (
        "hexdecimal",
        "a backslash sequence that is not finished",
        "use single quotes, in which a backslash is a backslash",
    ),
    (
        "escape",
        "a backslash sequence that YAML does not know",
        "use single quotes, in which a backslash is a backslash",
    ),
    (
        "could not find expected ':'",
        "a key without its colon",
        "write `key: value`, or indent the line to continue a text",
    ),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed, or a comma is missing", "close it with ]"),
    ("did not find expected ',' or '}'", "a mapping in { } is not closed, or a comma is missing", "close it with }"),
    (
        "did not find expected '-' indicator",
        "this line is not an item of the list above it",
        "begin it with `- `, or indent it like the keys above the list",
    ),
    (
        "did not find expected key",
        "this line is not indented like the lines above it, or its key has no colon",
        "line it up with its neighbours; put text that contains quotes in quotes",
    ),
    ("while scanning an anchor", "& begins an anchor", _QUOTE),
    ("while scanning an alias", "* begins an alias", _QUOTE),
    ("tag", "! begins a tag; tags are not read", _QUOTE),
    (
        "did not find expected <document start>",
        "there is something after the end of the document",
        "check the indentation, and the line above it",
    ),
    (
        "did not find expected node content",
        "a value is missing here, or a bracket before it is not closed",
        "write it, or close the bracket",
    ),
    (
        "did not find expected comment or line break",
        "there is text after | or >",
        "begin the text on the next line, indented",
    ),
    ("found unexpected ':'", "a colon is inside a value in brackets", _QUOTE),
    ("invalid leading UTF-8", "bytes that are not UTF-8 text", "save the file as UTF-8"),
    ("indentation", "the indentation of a block of text is off", "indent each of its lines alike, with spaces"),
    ("directive", "% begins a directive", _QUOTE),
)


def words_for_yaml_problem(problem: str, context: str) -> tuple[str, str]:
    """Message and remedy for a complaint of libyaml's parser."""
    said = f"{problem} {context}"
    for part, message, remedy in _YAML:
        if part in said:
            return message, remedy
    return f"this is not YAML: {problem}", "check the line and the one above it"


def kind_of(value: object) -> str:
    """Describe a value in plain words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}` (a truth value)"
    if isinstance(value, int | float):
        return f"the number {as_written(value) if isinstance(value, float) else value}"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return "something else"


def named(name: str) -> str:
    """A name between backquotes, shortened if it is longer than any real name."""
    return f"`{name if len(name) <= 64 else name[:63] + '…'}`"


def quoted(text: str, longest: int = 40) -> str:
    """The text in quotation marks, shortened if it is long."""
    # What a person cannot see, or what would steer a terminal, becomes visible; joiners are letters of some scripts.
    cut = text[: 4 * longest]
    seen = (c if c.isprintable() or c.isspace() or c in "\u200c\u200d" else "\N{REPLACEMENT CHARACTER}" for c in cut)
    line = " ".join("".join(seen).split())
    if len(text) > 4 * longest and len(line) <= longest:
        line += "…"
    return f'"{line if len(line) <= longest else line[: longest - 1] + "…"}"'


def _listing(expected: str) -> str:
    return expected.replace("'", "")


def _percentage(text: str) -> str | None:
    """The number before a per cent sign; ``None`` if the text is no percentage."""
    head, sign, rest = text.strip().partition("%")
    number = head.strip()
    plain = plain_number(number) or number
    return plain if sign and not rest and plain.lstrip("+-").replace(".", "", 1).isdecimal() else None


def words_for_validation_problem(kind: str, given: object, context: Mapping[str, Any]) -> tuple[str, str]:
    """Message and remedy for a refusal by pydantic, by its type (``string_type``, ``literal_error`` and so on)."""
    found = kind_of(given)
    match kind:
        case "string_type" if isinstance(given, bool | int | float):
            return f"{found} is given where text is expected", "put it in quotes if it is meant as text"
        case "string_type":
            return f"{found} is given where text is expected", "write the text"
        case "string_too_short":
            return "the text is empty", "write it, or delete the key"
        case "string_too_long":
            return f"the text has more than {context['max_length']:,} characters", "shorten it"
        case "string_pattern_mismatch":
            return f"{found} does not have the form that is meant", "write a language as en or pt-BR"
        case "float_type" | "float_parsing" | "int_type" | "int_parsing" if isinstance(given, str) and (
            plain := plain_number(given)
        ):
            return f"{found} is given where a number is expected", f"write {plain}, in plain digits and signs"
        case "float_type" | "float_parsing" if isinstance(given, str) and (percent := _percentage(given)):
            return (
                f"{found} is given where a number is expected",
                f"write the number in the unit that is meant here: {percent} if that is per cent",
            )
        case "int_type" | "int_from_float" | "int_parsing":
            return f"{found} is given where a whole number is expected", "write a whole number, without quotes"
        case "float_type" | "float_parsing":
            return f"{found} is given where a number is expected", "write a number, without quotes"
        case "bool_type" | "bool_parsing":
            return f"{found} is given where `true` or `false` is expected", "write true or false, without quotes"
        case "literal_error":
            return f"{found} is not one of the choices", f"write {_listing(context['expected'])}"
        case "dict_type" | "model_type" | "model_attributes_type" | "mapping_type":
            return (
                f"{found} is given where a mapping (`key: value` lines) is expected",
                "write its keys on lines of their own",
            )
        case "tuple_type" | "list_type":
            return f"{found} is given where a list is expected", "begin each item with `- ` on a line of its own"
        case "too_short":
            return "the list is too short", f"write at least {context['min_length']}"
        case "too_long":
            return "there are too many entries", f"write at most {context['max_length']}"
        case "greater_than":
            return f"{found} is too small", f"write a number above {as_written(context['gt'])}"
        case "greater_than_equal":
            return f"{found} is too small", f"write a number of at least {as_written(context['ge'])}"
        case "less_than":
            return f"{found} is too large", f"write a number below {as_written(context['lt'])}"
        case "less_than_equal":
            return f"{found} is too large", f"write a number of at most {as_written(context['le'])}"
        case _:
            return f"{found} is not what is meant here", "see the description of the format in docs/format.md"

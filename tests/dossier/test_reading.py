"""From bytes to plain data with positions: the YAML of dossier files, and each refusal with its place."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.dossier import limits
from policy_options.dossier.reading import Tree, read_yaml
from policy_options.dossier.scalars import hidden_in, marks_in
from policy_options.errors import Fault


def read(text: str | bytes) -> Tree:
    return read_yaml(text.encode() if isinstance(text, str) else text, "f.yaml")


def data(text: str | bytes) -> Any:
    tree = read(text)
    assert tree.faults == ()
    return tree.data


def refusals(text: str | bytes) -> tuple[Fault, ...]:
    """The refusals, whether or not they stop the reading."""
    try:
        return read(text).faults
    except PolicyOptionsError as error:
        return error.faults


def refusal(text: str | bytes) -> Fault:
    faults = refusals(text)
    assert len(faults) == 1, faults
    return faults[0]


def place(fault: Fault) -> tuple[int | None, int | None]:
    assert fault.place is not None
    assert fault.place.file == "f.yaml"
    return fault.place.line, fault.place.column


# --- what is read, and its value ---


@pytest.mark.parametrize(
    "text",
    [
        "yes", "no", "on", "off", "Yes", "ON", "y", "n", "2026-02-24", "2026-02-24T10:00:00Z", "010", "0o10", "0x1F", "0b1",
        "1:30", "1_000", "1,5", "1e", "e3", "1.2.3", ".", "-", "+", "nan", "inf", "None", "nULL", "tRUE", "--1", "1 000", "=",
        "-a", "~x", ".inf.", "1e3x",
    ],
)  # fmt: skip
def test_what_only_looks_like_something_else_is_text(text: str) -> None:
    assert data(f"a: {text}" if text != "-" else "a: '-'") == {"a": text}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("-0", 0), ("7", 7), ("+7", 7), ("-12", -12), ("1e3", 1000.0), ("1E+3", 1000.0), ("1.", 1.0),
        (".5", 0.5), ("-.5e-1", -0.05), ("0.0", 0.0), ("12.50", 12.5), ("9007199254740993", 9007199254740993),
    ],
)  # fmt: skip
def test_numbers_of_yaml_1_2(text: str, number: float) -> None:
    value = data(f"a: {text}")["a"]
    assert value == number
    assert type(value) is type(number)


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False), ("null", None), ("~", None)],
)
def test_words_of_yaml_1_2(text: str, value: object) -> None:
    assert data(f"a: {text}")["a"] is value
    assert data("a:\nb: 1")["a"] is None


@pytest.mark.parametrize("quoted", ['"{}"', "'{}'", "|-\n  {}", ">-\n  {}"])
@pytest.mark.parametrize("text", ["1", "true", "null", "~", ".inf", "1e3", "<<", "!x"])
def test_whatever_is_quoted_is_text(quoted: str, text: str) -> None:
    assert data("a: " + quoted.format(text)) == {"a": text}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert data("1: a\ntrue: b\nnull: c\n.inf: d\n1e3: e\nyes: f") == {
        "1": "a", "true": "b", "null": "c", ".inf": "d", "1e3": "e", "yes": "f",
    }  # fmt: skip


def test_flow_and_block_mix() -> None:
    assert data("a: {b: [1, {c: d}], 'e': \"f\"}\ng:\n- h: i\n  j: [k,\n   l]\n-\n  - m\n") == {
        "a": {"b": [1, {"c": "d"}], "e": "f"},
        "g": [{"h": "i", "j": ["k", "l"]}, ["m"]],
    }


def test_a_question_mark_may_mark_a_key() -> None:
    assert data("? a\n: b\n? c\n") == {"a": "b", "c": None}


def test_aliases_of_what_ends_are_read() -> None:
    assert data("a: &x [1, {b: 2}]\nc: *x\nd: &t text\ne: *t\n") == {
        "a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": "text", "e": "text",
    }  # fmt: skip


def test_an_anchor_may_stand_on_a_key_and_be_set_anew() -> None:
    assert data("&k a: *k\nb: &x 1\nc: &x 2\nd: *x") == {"a": "a", "b": 1, "c": 2, "d": 2}


def test_a_yaml_directive_and_document_marks_are_read() -> None:
    assert data("%YAML 1.2\n---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_line_end_and_a_bom_are_accepted_and_places_are_right(ends: str, mark: bytes) -> None:
    text = ends.join(["# é", "a: 1", "b:", "  - 'ä'", "  - c", ""])
    tree = read(mark + text.encode())
    assert tree.faults == ()
    assert tree.data == {"a": 1, "b": ["ä", "c"]}
    assert str(tree.place(("a",), key=True)) == "f.yaml:2:1"
    assert str(tree.place(("b", 1))) == "f.yaml:5:5"


def test_a_bom_does_not_shift_the_first_line() -> None:
    assert str(read(b"\xef\xbb\xbfa: [b]").place(("a", 0))) == "f.yaml:1:5"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("last", "code", "column"),
    [
        ("b: 'é' \tx", "tab", 8),
        ("b: é\u202ex", "hidden-character", 5),
        ("b: [é,\ufe0fx]", "hidden-character", 7),
        ('b: {"k":\ufe0fx}', "hidden-character", 9),
        ("a: é", "duplicate-key", 1),
        ("é: !x y", "tag", 4),
        ("é: @", "yaml-syntax", 4),
    ],
)
def test_refusals_have_right_places_with_every_line_end_and_a_bom(
    ends: str, mark: str, last: str, code: str, column: int
) -> None:
    fault = refusal(mark + ends.join(["# ü", "a: 1", last]))
    assert (fault.code, *place(fault)) == (code, 3, column)


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_that_are_not_utf_8_are_named_at_their_place(ends: bytes, mark: bytes) -> None:
    fault = refusal(mark + ends.join([b"a: 1", "b: é".encode() + b"\xe9x"]))
    assert fault.code == "not-utf-8"
    assert place(fault) == (2, 5)
    assert "0xe9" in fault.message
    assert fault.remedy == "save the file as UTF-8"


def test_a_bad_byte_after_a_bom_on_the_first_line() -> None:
    fault = refusal(b"\xef\xbb\xbfab\xff")
    assert "0xff" in fault.message
    assert place(fault) == (1, 3)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_refused(encoding: str) -> None:
    assert refusal("format: 1\ntitle: é\n".encode(encoding)).code in {"not-utf-8", "hidden-character"}


# --- refusals ---


def test_a_duplicate_key() -> None:
    fault = refusal("a: 1\nb:\n  c: 1\n  c: 2\n")
    assert fault.code == "duplicate-key"
    assert place(fault) == (4, 3)
    assert "`c` appears twice" in fault.message
    assert fault.remedy == "keep one of the two"


def test_a_duplicate_key_in_other_clothes() -> None:
    assert [(f.code, *place(f)) for f in refusals("{1: a, '1': b, ? \"1\" : c}")] == [
        ("duplicate-key", 1, 8),
        ("duplicate-key", 1, 18),
    ]


def test_the_same_key_in_another_mapping_is_no_duplicate() -> None:
    assert data("a: {b: 1}\nc: {b: 1}\nd: [{b: 1}, {b: 1}]")["c"] == {"b": 1}


def test_a_duplicate_keeps_the_first_value_and_the_places_behind_it() -> None:
    tree = read("a: {x: 1}\na: {y: 2, z: 3}\nb: 4\n")
    assert tree.data["a"] == {"x": 1}
    assert str(tree.place(("a", "x"))) == "f.yaml:1:8"
    assert str(tree.place(("b",))) == "f.yaml:3:4"


def test_a_key_that_looks_like_our_name_for_a_duplicate_is_not_called_one() -> None:
    assert [(f.code, place(f)) for f in refusals("a: 1\na: 2\na (2): 3\n")] == [("duplicate-key", (2, 1))]


@pytest.mark.parametrize(
    ("text", "where"), [("a: &x [1, *x]", (1, 11)), ("&x a:\n  b: &x {c: *x}", (2, 13)), ("&x [[[*x]]]", (1, 7))]
)
def test_an_alias_that_contains_itself(text: str, where: tuple[int, int]) -> None:
    fault = refusal(text)
    assert fault.code == "alias-endless"
    assert place(fault) == where
    assert "*x contains itself" in fault.message
    assert fault.remedy == "write the value out instead"


def test_aliases_that_multiply_without_bound() -> None:
    laughs = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    fault = refusal("\n".join(laughs))
    assert fault.code == "alias-unbounded"
    assert fault.place is not None
    assert fault.place.line == 4
    assert "10,000 nodes" in fault.message
    assert fault.remedy == "write the values out instead"


def test_aliases_up_to_the_bound_are_read() -> None:
    many = ", ".join(["*x"] * limits.MAX_ALIAS_NODES)
    assert len(data(f"a: &x 1\nb: [{many}]")["b"]) == limits.MAX_ALIAS_NODES
    fault = refusal(f"a: &x 1\nb: [{many}, *x]")
    assert fault.code == "alias-unbounded"
    assert place(fault) == (2, 5 + 4 * limits.MAX_ALIAS_NODES)


def test_an_alias_of_nothing() -> None:
    fault = refusal("a: 1\nb: *bold*")
    assert fault.code in {"alias-unknown", "yaml-syntax"}
    assert place(fault)[0] == 2
    fault = refusal("a: 1\nb: *later\nc: &later 2")
    assert (fault.code, place(fault)) == ("alias-unknown", (2, 4))
    assert "*later names no anchor before it" in fault.message
    assert "quotes" in fault.remedy


def test_nesting_up_to_the_limit_is_read_and_one_more_is_refused() -> None:
    deep = limits.MAX_DEPTH
    assert data("[" * deep + "]" * deep)
    fault = refusal("a:\n  " + "[" * deep + "]" * deep)
    assert fault.code == "nested-too-deeply"
    assert place(fault) == (2, 2 + deep)
    assert f"more than {deep} deep" in fault.message
    assert "indentation" in fault.remedy


@pytest.mark.parametrize("opener", ["[", "{a: ", "- "])
def test_nesting_far_over_the_limit_is_refused_and_crashes_nothing(opener: str) -> None:
    assert refusal(opener * 300_000).code == "nested-too-deeply"


def test_aliases_do_not_lead_round_the_limit_of_depth() -> None:
    half = limits.MAX_DEPTH // 2 + 2
    text = f"a: &x {'[' * half}{']' * half}\nb: {'[' * half}*x{']' * half}\n"
    assert refusal(text).code == "nested-too-deeply"


def test_a_chain_of_aliases_never_exhausts_the_stack() -> None:
    lines, last = [], ""
    for n in range(25):
        lines.append(f"a{n}: &a{n} {'[' * 30}{last}{']' * 30}")
        last = f"*a{n}"

    def shallow(frames: int) -> None:  # a web server or a notebook calls the package at this depth
        if frames:
            return shallow(frames - 1)
        with contextlib.suppress(PolicyOptionsError):
            read("\n".join(lines)).place(("a1",))
        return None

    shallow(400)


@pytest.mark.parametrize(
    ("text", "where", "tag"),
    [
        ("a: !!python/object:os.system x", (1, 4), "python/object:os.system"),
        ("a: !mine {b: 1}", (1, 4), "!mine"),
        ("a: !!str 5", (1, 4), "str"),
        ("- ! x", (1, 3), "!"),
        ("!!map\na: 1", (1, 1), "map"),
        ("a: 1\n!!str b: 1", (2, 1), "str"),
        ("a:\n - !<x> [b]", (2, 4), "x"),
    ],
)
def test_a_tag(text: str, where: tuple[int, int], tag: str) -> None:
    fault = refusal(text)
    assert fault.code == "tag"
    assert place(fault) == where
    assert tag in fault.message
    assert "tags are not read" in fault.message
    assert fault.remedy.startswith("delete it")


@pytest.mark.parametrize(
    ("text", "where"), [("a: &x {b: 1}\nc:\n  <<: *x", (3, 3)), ("<<: {a: 1}", (1, 1)), ("a: {<<: [x]}", (1, 5))]
)
def test_a_merge_key(text: str, where: tuple[int, int]) -> None:
    fault = refusal(text)
    assert fault.code == "merge-key"
    assert place(fault) == where
    assert "<<" in fault.message
    assert fault.remedy == "write the keys out"


@pytest.mark.parametrize(
    ("text", "where"),
    [("a: 1\n---\nb: 2", (2, 1)), ("--- a\n--- b", (2, 1)), ("---\n---\n", (2, 1)), ("a: 1\n...\n---\nb: 2", (3, 1))],
)
def test_two_documents(text: str, where: tuple[int, int]) -> None:
    fault = refusal(text)
    assert fault.code == "several-documents"
    assert place(fault) == where
    assert "second document" in fault.message
    assert "one document a file" in fault.remedy


@pytest.mark.parametrize(
    ("text", "where"),
    [("a:\n\tb: 1", (2, 1)), ("a: 1 \t# x", (1, 6)), ("a: 'x\ty'", (1, 6)), ("a: |\n  x\ty", (2, 4)), ("#\t", (1, 2))],
)
def test_a_tab(text: str, where: tuple[int, int]) -> None:
    fault = refusal(text)
    assert fault.code == "tab"
    assert place(fault) == where
    assert "tab" in fault.message
    assert fault.remedy == "replace the tab with spaces"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\ufeff", "   "])
def test_an_empty_file(text: str) -> None:
    fault = refusal(text)
    assert fault.code == "empty-file"
    assert fault.place is not None
    assert fault.place.file == "f.yaml"
    assert "empty" in fault.message
    assert "write the document" in fault.remedy


def test_a_file_over_the_size() -> None:
    fault = refusal(b"#" * (limits.MAX_FILE_BYTES + 1))
    assert fault.code == "file-too-large"
    assert fault.place is not None
    assert "4,194,304" in fault.message
    assert fault.remedy


def test_a_file_of_the_size_is_read() -> None:
    head = b"a: 1\n#"
    assert data(head + b"x" * (limits.MAX_FILE_BYTES - len(head))) == {"a": 1}


HIDDEN = [
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x200E, 0x200F, 0x061C,
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF,
]  # fmt: skip


@pytest.mark.parametrize("number", HIDDEN)
def test_hidden_characters_as_they_are(number: int) -> None:
    fault = refusal(f"# x\na: b{chr(number)}c")
    assert fault.code == "hidden-character"
    assert place(fault) == (2, 5)
    assert f"U+{number:04X}" in fault.message
    assert fault.remedy == "delete it"


@pytest.mark.parametrize("number", [n for n in HIDDEN if n not in (0xFFFE, 0xFFFF)] + [0x09, 0x0D])
def test_hidden_characters_escaped(number: int) -> None:
    for text in (f'# x\na: "b\\u{number:04x}c"', f'# x\na: "b\\U{number:08x}c"'):
        fault = refusal(text)
        assert fault.code == "hidden-character"
        assert place(fault) == (2, 4)
        assert f"U+{number:04X}" in fault.message
        assert "delete it" in fault.remedy


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\b", "\\t", "\\v", "\\f", "\\r", "\\e", "\\N", "\\L", "\\P"])
def test_short_escapes_of_hidden_characters(escape: str) -> None:
    assert refusal(f'a: "b{escape}c"').code == "hidden-character"


def test_hidden_characters_escaped_in_a_key() -> None:
    fault = refusal('a: 1\n"b\\u202ec": 2')
    assert (fault.code, place(fault)) == ("hidden-character", (2, 1))


@pytest.mark.parametrize(
    "text", ['"\\n"', '"\\u00e9"', '"\\_"', '"\\\\u202e"', "'\\u202e'", '"\\/"', '"\\U0001F600"', "|\n  \\u202e"]
)
def test_harmless_escapes_are_read(text: str) -> None:
    assert data(f"a: {text}")["a"]


@pytest.mark.parametrize("text", ["é", "日本", "ё", "עברית", "العربية", "😀", "\u00a0"])
def test_text_of_every_alphabet_is_read(text: str) -> None:
    assert data(f"a: x{text}y")["a"] == f"x{text}y"


@pytest.mark.parametrize("text", [".inf", "-.inf", "+.INF", ".nan", ".NaN", "1e999", "-1e400"])
def test_a_number_that_is_not_finite(text: str) -> None:
    fault = refusal(f"a:\n  - {text}")
    assert fault.code == "number-not-finite"
    assert place(fault) == (2, 5)
    assert f"{text} is not a finite number" in fault.message
    assert "write a number" in fault.remedy


def test_an_anchored_number_that_is_not_finite_is_told_once() -> None:
    assert place(refusal("a: &x .inf\nb: *x")) == (1, 4)


def test_an_anchor_on_a_key_judges_no_number() -> None:
    assert refusals("&x .inf: 1\n&y 1e999: 2") == ()


def test_a_number_without_end() -> None:
    fault = refusal("a: " + "1" * (limits.MAX_NUMBER_DIGITS + 1))
    assert fault.code == "number-too-long"
    assert place(fault) == (1, 4)
    assert "41 characters; at most 40" in fault.message
    assert fault.remedy == "shorten it"
    assert data("a: " + "1" * limits.MAX_NUMBER_DIGITS) == {"a": int("1" * limits.MAX_NUMBER_DIGITS)}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[a]: 1", (1, 1)),
        ("a:\n  ? {b: 1}\n  : 2", (2, 5)),
        ("a: &x b\n*x : 1", (2, 1)),
        ("? \n: 1", (1, 2)),
        ("~: 1", (1, 1)),
    ],
)
def test_a_key_that_is_no_text(text: str, where: tuple[int, int]) -> None:
    fault = refusal(text)
    assert fault.code == "key-not-text"
    assert place(fault) == where
    assert "key" in fault.message
    assert fault.remedy.startswith("write the key")


@pytest.mark.parametrize(
    ("text", "where", "words", "remedy"),
    [
        ("a: b: c", (1, 5), "a colon is where no key can be", "put the text in quotes"),
        ("a: @b", (1, 4), "cannot begin a value", "put the text in quotes"),
        ("a: - b", (1, 4), "list item", "on a line of its own"),
        ("a: 1\nb: |x\n y", (2, 5), "there is text after |", "next line"),
        ("- a\nb: 1", (2, 1), "not an item of the list", "`- `"),
        ("a: 'it's'", (1, 8), "not indented like the lines above it", "quotes"),
        ("a: 1\n...\nb: 2", (3, 1), "after the end of the document", "indentation"),
        ('a: "\\q"', (1, 5), "backslash sequence", "single quotes"),
        ('a: "\\x1"', (1, 7), "backslash sequence", "single quotes"),
        ('a: "\\ud800"', (1, 7), "does not exist", "delete it"),
        ("a: ]", (1, 4), "a value is missing", "write it"),
        ("a: &", (1, 5), "& begins an anchor", "quotes"),
        ("a: *", (1, 5), "* begins an alias", "quotes"),
        ('a: "x\n---\ny"', (2, 1), "inside a quotation", "close the quotation"),
    ],
)
def test_what_is_no_yaml_is_said_in_plain_words(text: str, where: tuple[int, int], words: str, remedy: str) -> None:
    fault = refusal(text)
    assert fault.code == "yaml-syntax"
    assert place(fault) == where
    assert words in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("a: 1\nb: 'x\nc: 2\nd: 3\n", (2, 4), "opened here and never closed"),
        ('a: 1\nb: "x\nc: 2\nd: 3\n', (2, 4), "opened here and never closed"),
    ],
)
def test_an_open_quotation_is_placed_where_it_is_opened(text: str, where: tuple[int, int], words: str) -> None:
    fault = refusal(text)
    assert words in fault.message
    assert fault.remedy == "close it"
    assert place(fault) == where


@pytest.mark.parametrize(("text", "closer"), [("a: 1\nb: [x,\n  y\n", "]"), ("a: 1\nb: {x: 1,\n  y: 2\n", "}")])
def test_an_open_bracket_is_said_to_be_open(text: str, closer: str) -> None:
    fault = refusal(text)
    assert "is not closed" in fault.message
    assert fault.remedy == f"close it with {closer}"
    assert place(fault)[0] in (2, 3, 4)


def test_what_was_met_before_the_reading_stopped_is_told_with_it() -> None:
    assert [(f.code, place(f)) for f in refusals("a: .inf\na: 2\nb: !x y\nc: {<<: 1}")] == [
        ("number-not-finite", (1, 4)),
        ("duplicate-key", (2, 1)),
        ("tag", (3, 4)),
        ("merge-key", (4, 5)),
    ]


# --- places ---


def test_a_place_is_that_of_the_nearest_node_there_is() -> None:
    tree = read("a:\n  b:\n    - c\n")
    assert str(tree.place(("a", "b", 0))) == "f.yaml:3:7"
    assert str(tree.place(("a", "b", 7))) == "f.yaml:3:5"
    assert str(tree.place(("a", "x"))) == "f.yaml:2:3"
    assert str(tree.place(("a", "no-step-of-the-data", "b", 0))) == "f.yaml:3:7"
    assert str(tree.place(())) == "f.yaml:1:1"
    assert str(tree.place(("a", "b"), key=True)) == "f.yaml:2:3"


def test_what_an_alias_brings_stands_where_the_alias_does() -> None:
    tree = read("a: &x {b: [1, 2]}\nc: *x\nd: 3")
    assert str(tree.place(("c",))) == str(tree.place(("c", "b", 1))) == "f.yaml:2:4"
    assert str(tree.place(("d",))) == "f.yaml:3:4"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda word: hidden_in(word) is None and marks_in(word) is None)
NODES: st.SearchStrategy[Any] = st.recursive(
    WORDS | st.integers(-(10**9), 10**9) | st.booleans() | st.none() | st.floats(-1e6, 1e6, allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def paths(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for step, child in below for found in paths(child, (*path, step)))]


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    tree=st.dictionaries(WORDS, NODES, min_size=1, max_size=4),
    flow=st.sampled_from([True, False, None]),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    bom=st.booleans(),
)
def test_places_agree_with_where_the_text_stands(tree: dict[str, Any], flow: bool | None, ends: str, bom: bool) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=40, sort_keys=False)
    read_back = read((("\ufeff" if bom else "") + text).replace("\n", ends))
    assert read_back.faults == ()
    root = yaml.compose(text, Loader=yaml.SafeLoader)

    def agree(node: Any, path: tuple[str | int, ...]) -> None:
        where = read_back.place(path)
        assert (where.line, where.column) == (node.start_mark.line + 1, node.start_mark.column + 1), path
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                where = read_back.place((*path, key.value), key=True)
                assert (where.line, where.column) == (key.start_mark.line + 1, key.start_mark.column + 1), path
                agree(child, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                agree(child, (*path, index))

    agree(root, ())


@settings(derandomize=True, max_examples=100, deadline=None)
@given(tree=st.dictionaries(WORDS, NODES, min_size=1, max_size=4))
def test_json_is_read_as_what_it_is(tree: dict[str, Any]) -> None:
    read_back = read(json.dumps(tree, ensure_ascii=False, indent=1))
    assert read_back.faults == ()
    assert read_back.data == tree
    assert len(read_back.marks) == sum(2 if path and isinstance(path[-1], str) else 1 for path in paths(tree))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    raw=st.binary(max_size=200)
    | st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`# \n\r.~<0123456789e\\xu"), max_size=60).map(str.encode)
)
def test_no_bytes_raise_anything_but_our_error(raw: bytes) -> None:
    lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for fault in refusals(raw):
        assert fault.message
        assert fault.remedy
        assert fault.place is not None
        if fault.place.line is not None and fault.place.column is not None:
            assert 1 <= fault.place.line <= len(lines)
            assert 1 <= fault.place.column <= len(lines[fault.place.line - 1]) + 1


def test_the_place_of_a_whole_file_needs_no_index() -> None:
    tree = read_yaml(b"# a comment\n\na: {b: [1, 2]}\n", "a.yaml")
    first = tree.place(())
    assert tree._places == {}
    assert tree.place(("a", "b", 1)).line == 3
    assert tree._places
    assert (tree.place(()), first.line, first.column) == (first, 3, 1)

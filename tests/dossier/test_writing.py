"""Edits that change exactly the requested bytes, each refusal with its place, and new YAML that reads back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.dossier import limits, writing
from policy_options.dossier.emitting import emit
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.scalars import hidden_in, marks_in
from policy_options.dossier.writing import replace_block, replace_scalars
from policy_options.errors import Fault
from problems import repeatable

Path = tuple[str | int, ...]


def raw(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def data(text: str | bytes) -> Any:
    tree = read_yaml(raw(text), "f.yaml")
    assert tree.faults == ()
    return tree.data


def edited(text: str | bytes, changes: Mapping[Path, str]) -> str:
    return replace_scalars(raw(text), "f.yaml", changes).decode()


def blocked(text: str | bytes, key: str, block: str) -> str:
    return replace_block(raw(text), "f.yaml", key, block).decode()


def refusals(text: str | bytes, changes: Mapping[Path, str]) -> tuple[Fault, ...]:
    with pytest.raises(PolicyOptionsError) as caught:
        replace_scalars(raw(text), "f.yaml", changes)
    return caught.value.faults


def refusal(text: str | bytes, path: Path, new: str = "5") -> tuple[str, str]:
    """The code and the place of the only fault of an edit of one value."""
    (fault,) = refusals(text, {path: new})
    assert fault.remedy
    return fault.code, str(fault.place)


def block_refusal(text: str | bytes, key: str = "b", block: str = "b: 1\n") -> tuple[str, str]:
    with pytest.raises(PolicyOptionsError) as caught:
        replace_block(raw(text), "f.yaml", key, block)
    (fault,) = caught.value.faults
    assert fault.remedy
    return fault.code, str(fault.place)


# --- single values ---


@pytest.mark.parametrize(
    ("text", "path", "new", "result"),
    [
        ("a: 1", ("a",), "2", "a: 2"),
        ("a:    1   # why\n", ("a",), "2.50", "a:    2.50   # why\n"),
        ("a: '30'\n", ("a",), "40", "a: 40\n"),
        ('a: "30"  \n', ("a",), "40", "a: 40  \n"),
        ("a: 30\n", ("a",), '"40"', 'a: "40"\n'),
        ("a: 30\n", ("a",), "'it\'\'s'", "a: 'it\'\'s'\n"),
        ("a: 1e3\n", ("a",), "2E-3", "a: 2E-3\n"),
        ("a: -1\n", ("a",), "+.5", "a: +.5\n"),
        ("a: true\n", ("a",), "false", "a: false\n"),
        ("a: ~\n", ("a",), "unknown", "a: unknown\n"),
        ("'a b': 1\n", ("a b",), "2", "'a b': 2\n"),
        ('"a": {"b":1}\n', ("a", "b"), "2", '"a": {"b":2}\n'),
        ("{a: 1, b: 2}", ("b",), "-3", "{a: 1, b: -3}"),
        ("a: { x: 1 , y: [2,3 ] } # c\n", ("a", "y", 1), "30", "a: { x: 1 , y: [2,30 ] } # c\n"),
        ("a:\n- 1\n- b: 2\n  c: 3\n", ("a", 1, "c"), "4", "a:\n- 1\n- b: 2\n  c: 4\n"),
        ("- - 1\n  - 2\n", (0, 1), "3", "- - 1\n  - 3\n"),
        ("1: 2\ntrue: 3\n", ("true",), "4", "1: 2\ntrue: 4\n"),
        ("? a\n: 1\n", ("a",), "2", "? a\n: 2\n"),
        ("7 # root\n", (), "8", "8 # root\n"),
        ("%YAML 1.2\n--- # x\na: 1\n...\n# y\n", ("a",), "2", "%YAML 1.2\n--- # x\na: 2\n...\n# y\n"),
        ("a: one\n  two\n\n# c\nb: 1\n", ("a",), "3", "a: 3\n\n# c\nb: 1\n"),
        ("a: 'one\n\n  two' # c\nb: 1\n", ("a",), "3", "a: 3 # c\nb: 1\n"),
        ("a: |\n  x\n  y\n\n# c\nb: 1\n", ("a",), "3", "a: 3\n\n# c\nb: 1\n"),
        ("a: >2-  # why \n    x\n # c\nb: 1\n", ("a",), "3", "a: 3  # why\n # c\nb: 1\n"),
        ("a: |+\n  x\n\n\nb: 1\n", ("a",), "3", "a: 3\n\n\nb: 1\n"),
        ("- |\n\n- >", (0,), "3", "- 3\n\n- >"),
        ("- |\n- > # c", (1,), "3", "- |\n- 3 # c"),
        ("a: &x 1\nb: 2\n", ("a",), "3", "a: &x 3\nb: 2\n"),
        ("a: &x # c\n  1\n", ("a",), "3", "a: &x # c\n  3\n"),
        ("a: &x |-  # c\n  t\nb: 2\n", ("a",), "3", "a: &x 3  # c\nb: 2\n"),
        ("a: [&x 1, &y '2']\n", ("a", 1), "3", "a: [&x 1, &y 3]\n"),
        ("a: &x 1\nb: &x 2\nc: *x\n", ("a",), "3", "a: &x 3\nb: &x 2\nc: *x\n"),
        ("&x a: 1\nb: *x\n", ("a",), "3", "&x a: 3\nb: *x\n"),
        ("a: &x {b: 1}\nc: *x\nd: 4\n", ("d",), "5", "a: &x {b: 1}\nc: *x\nd: 5\n"),
        ("'é😀': '😀' # 😀\n😀: {日: 1, 本: 2}\n", ("😀", "本"), "3", "'é😀': '😀' # 😀\n😀: {日: 1, 本: 3}\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_only_the_value_changes(text: str, path: Path, new: str, result: str, ends: str, mark: str) -> None:
    assert edited(mark + text.replace("\n", ends), {path: new}) == mark + result.replace("\n", ends)


def test_several_values_change_at_once() -> None:
    text = "a: {x: 1, y: 2}  # one\nb: [3, '4']\nc: 5"
    assert edited(text, {("c",): "50", ("a", "x"): "100", ("b", 1): "4", ("b", 0): "0.3"}) == (
        "a: {x: 100, y: 2}  # one\nb: [0.3, 4]\nc: 50"
    )


def test_no_change_is_no_change() -> None:
    text = b"\xef\xbb\xbfa: 1\r\n"
    assert replace_scalars(text, "f.yaml", {}) == text
    assert replace_scalars(text, "f.yaml", {("a",): "1"}) == text


def alike(one: bytes, other: bytes) -> int:
    """The number of equal bytes from the start."""
    return next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))


WRITTEN_BY_HAND = """\
# yaml-language-server: $schema=../schemas/option.schema.json
format: 1

title: Brücke — 橋 😀   # 1 and 2 stay
scores:
  # aligned by hand, 10 by 10
  service    : {low:  10, likely:  20, high:  30}   # 40
  waiting    :       50                              # minutes, 60 at most
  'outlay'   : { "low" : '70', likely: "80" ,high: 9e1 }
  rationale  : A very long line, which no tool may wrap, since whoever wrote it wanted it so, with 100 in it and 110 as well
  folded: >-
    120 words
    or 130.

  list:
  - 140
  -   150   # odd 😀

# 160
last: -1.5e+2 # the end"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_ten_edits_one_after_another_change_nothing_but_the_numbers(ends: str, mark: str) -> None:
    first = raw(mark + WRITTEN_BY_HAND.replace("\n", ends))
    now = first
    edits: list[tuple[Path, str, str]] = [
        (("scores", "service", "low"), "10", "1"),
        (("scores", "service", "high"), "30", "3000"),
        (("scores", "waiting"), "50", "0.125"),
        (("scores", "outlay", "low"), "'70'", "7"),
        (("scores", "outlay", "likely"), '"80"', "81"),
        (("scores", "outlay", "high"), "9e1", "90"),
        (("scores", "list", 0), "140", "-14"),
        (("scores", "list", 1), "150", "1e-5"),
        (("last",), "-1.5e+2", "12"),
        (("scores", "service", "low"), "1", "12345678"),
    ]
    for path, old, new in edits:
        before, now = now, replace_scalars(now, "f.yaml", {path: new})
        head = alike(before, now)
        tail = alike(before[head:][::-1], now[head:][::-1])
        assert before[head : len(before) - tail] in raw(old)
        assert now[head : len(now) - tail] in raw(new)
    masked = re.compile(rb"'70'|\"80\"|[-+]?[0-9][0-9.e+-]*")
    assert masked.sub(b"#", now) == masked.sub(b"#", first)
    assert data(now)["scores"] == {
        **data(first)["scores"],
        "service": {"low": 12345678, "likely": 20, "high": 3000},
        "waiting": 0.125,
        "outlay": {"low": 7, "likely": 81, "high": 90},
        "list": [-14, 1e-5],
    }
    # The inserted text is removed again, and the result is the first file, byte for byte.
    assert replace_scalars(now, "f.yaml", {path: old for path, old, _ in edits[:-1]}) == first


@pytest.mark.parametrize(
    ("text", "path", "code", "where"),
    [
        ("a: {b: 1}", ("c",), "edit-path", "f.yaml:1:1"),
        ("a:\n  b: 1", ("a", "c"), "edit-path", "f.yaml:2:3"),
        ("a:\n  b: 1", ("a", 0), "edit-path", "f.yaml:2:3"),
        ("a: [1]", ("a", 1), "edit-path", "f.yaml:1:4"),
        ("a: [1]", ("a", -1), "edit-path", "f.yaml:1:4"),
        ("a: [1]", ("a", "0"), "edit-path", "f.yaml:1:4"),
        ("a: [1]", ("a", 0, "b"), "edit-path", "f.yaml:1:5"),
        ("a: [1]", ("a",), "edit-not-scalar", "f.yaml:1:4"),
        ("x: 1\na:\n- {}", ("a", 0), "edit-not-scalar", "f.yaml:3:3"),
        ("a: 1", (), "edit-not-scalar", "f.yaml:1:1"),
        ("a:\nb: 1", ("a",), "edit-empty", "f.yaml:1:3"),
        ("a: &x\nb: 1", ("a",), "edit-empty", "f.yaml:1:4"),
        ("a: [&x , 1]", ("a", 0), "edit-empty", "f.yaml:1:5"),
        ("{a, b: 1}", ("a",), "edit-empty", "f.yaml:1:3"),
        ("a: &x 1\nb: *x", ("b",), "edit-alias", "f.yaml:2:4"),
        ("a: &x {c: 1}\nb: *x", ("b", "c"), "edit-alias", "f.yaml:2:4"),
        ("a: &x [1]\nb: *x", ("b",), "edit-alias", "f.yaml:2:4"),
        ("a: &x 1\nb: *x", ("a",), "edit-anchor", "f.yaml:1:4"),
        ("a: &x {c: [0, 1]}\nb: *x", ("a", "c", 1), "edit-anchor", "f.yaml:1:15"),
        ("a: &x 1\nb: *x\nc: &x 3", ("a",), "edit-anchor", "f.yaml:1:4"),
    ],
)
def test_what_is_not_for_editing_is_refused(text: str, path: Path, code: str, where: str) -> None:
    assert refusal(text, path) == (code, where)


@pytest.mark.parametrize(
    "new",
    [
        "", " ", " 5", "5 ", "5 # x", "#", "1, 2", "1]", "[1]", "{a: 1}", "a: 1", "a:", "- 1", "? 1", "1\n", "1\r", "1\n2",
        "'1", '"1', "|", ">-", "&x 1", "*x", "!!str 1", "@", "%", "`", "1\t", "\u202e", '"\\u202e"', ".inf", "1e999",
        "9" * 41, "\ud800", "] # [", "1] [2", "'a' 'b'", "---\n",
    ],
)  # fmt: skip
def test_a_new_text_must_be_one_value(new: str) -> None:
    assert refusal("x: 0\na: 1\n", ("a",), new) == ("edit-value", "f.yaml:2:4")


def test_all_paths_that_are_refused_are_told_together() -> None:
    faults = refusals("a: &x 1\nb: *x\nc: 1\n", {("a",): "2", ("b",): "2", ("c",): "[", ("d",): "2"})
    assert [fault.code for fault in faults] == ["edit-anchor", "edit-alias", "edit-value", "edit-path"]
    assert [fault.message.split()[0] for fault in faults] == ["`a`", "`b`", "`c`", "`d`"]


def test_faults_of_the_file_are_told_before_it_is_edited() -> None:
    assert [fault.code for fault in refusals("a: 1\na: 2\nb: !x 3", {("a",): "2"})] == ["duplicate-key", "tag"]
    assert [fault.code for fault in refusals("a: [", {("a",): "2"})] == ["yaml-syntax"]


def test_a_result_that_is_too_large_is_refused() -> None:
    head = b"a: 1\n#"
    text = head + b"x" * (limits.MAX_FILE_BYTES - len(head))
    assert replace_scalars(text, "f.yaml", {("a",): "2"})
    assert refusal(text, ("a",), "22") == ("file-too-large", "f.yaml")


def test_an_edit_that_comes_out_wrong_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "spliced", lambda text, spans: text.replace("b: 2", "b: 3"))
    (fault,) = refusals("a: 1\nb: 2\n", {("a",): "5"})
    assert fault.code == "edit-failed"
    assert "our fault" in fault.message
    assert "nothing was written" in fault.message


def test_a_value_of_another_type_is_another_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "spliced", lambda text, spans: "a: 1.0\n")
    assert refusal("a: 0\n", ("a",), "1") == ("edit-failed", "f.yaml")
    monkeypatch.setattr(writing, "spliced", lambda text, spans: "a: true\n")
    assert refusal("a: 0\n", ("a",), "1") == ("edit-failed", "f.yaml")


# --- whole entries ---

NEW = "b:\n  x: 1\n\n  t: >-\n    é 😀\n    z\n"
NEW_VALUE = {"x": 1, "t": "é 😀 z"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("b: 1", NEW),
        ("b: 1 # goes with it\n", NEW),
        ("a: 1\nb: 1\nc: 2\n", "a: 1\n" + NEW + "c: 2\n"),
        ("# h\nb: 1\n\n# of c\nc: 2\n", "# h\n" + NEW + "\n# of c\nc: 2\n"),
        ("b:\n  y: 1 # in\n  # in\n  z: 2\n# out\n\n", NEW + "# out\n\n"),
        ("'b':\n- 1\n-\n# out\nc: 2\n", NEW + "# out\nc: 2\n"),
        ('"b" : [1,\n  2\n  ] # x\nc: 2\n', NEW + "c: 2\n"),
        ("b: {x: {y: 1},\n z: 2,\n}\n\nc: 2", NEW + "\nc: 2"),
        ("b: one\n  two\n\nc: 2\n", NEW + "\nc: 2\n"),
        ("b: 'one\n\n  two'\nc: 2\n", NEW + "c: 2\n"),
        ("b: |\n  x\n\n  y\n\n\nc: 2\n", NEW + "\n\nc: 2\n"),
        ("b: |+\n  x\n\n\nc: 2\n", NEW + "c: 2\n"),
        ("b: |+\n  x\n\n\n", NEW),
        ("b: |+\n  x", NEW),
        ("b: |+\n  x\n\n# out\n", NEW + "# out\n"),
        ("b: &x >-\n  x\n# out\nc: 2\n", NEW + "# out\nc: 2\n"),
        ("b:\n\n# out\nc: 2\n", NEW + "\n# out\nc: 2\n"),
        ("b: &x\n# out\nc: 2\n", NEW + "# out\nc: 2\n"),
        ("b:\n  ? k\n# out\nc: 2\n", NEW + "# out\nc: 2\n"),
        ("b:\n  k:\n# out\nc: 2\n", NEW + "# out\nc: 2\n"),
        ("b: &x 1\n...\n# out\n", NEW + "...\n# out\n"),
        ("%YAML 1.2\n---\nb: 1\n...\n", "%YAML 1.2\n---\n" + NEW + "...\n"),
        ("a: &x 1\nb: *x\nc: *x\n", "a: &x 1\n" + NEW + "c: *x\n"),
        ("b: {y: &x 1, z: *x}\nc: 2\n", NEW + "c: 2\n"),
        ("&k b: 1\nc: 2\n", NEW + "c: 2\n"),
        ("a: 1\n", "a: 1\n" + NEW),
        ("a: 1", "a: 1\n" + NEW),
        ("a: 1\n# tail\n\n", "a: 1\n# tail\n\n" + NEW),
        ("a: 1\n# tail", "a: 1\n# tail\n" + NEW),
        ("a: 1\n# tail\n...\n# after\n", "a: 1\n# tail\n" + NEW + "...\n# after\n"),
        ("a: 1\n...", "a: 1\n" + NEW + "..."),
        ("a: |\n  x\n\n", "a: |\n  x\n\n" + NEW),
        ("a: |+\n  x\n\n", "a: |+\n  x\n\n" + NEW),
        ("a: |+\n  x\n\n# tail", "a: |+\n  x\n\n# tail\n" + NEW),
        ("a: {b: 0}\n", "a: {b: 0}\n" + NEW),
        ("? a\n: 1\nc: 2\n", "? a\n: 1\nc: 2\n" + NEW),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_only_the_entry_changes(text: str, result: str, ends: str, mark: str) -> None:
    if "\n" not in text and ends != "\n":
        return  # a file of one line has no line ends to follow
    now = blocked(mark + text.replace("\n", ends), "b", NEW)
    assert now == mark + result.replace("\n", ends)
    assert data(now)["b"] == NEW_VALUE


def test_an_indented_file_keeps_its_margin() -> None:
    text = "  a: 1\n  b: 2\n# x\n  c: 3\n"
    assert blocked(text, "b", "b:\n  x: |-\n    t\n\n    u\n") == (
        "  a: 1\n  b:\n    x: |-\n      t\n\n      u\n# x\n  c: 3\n"
    )
    assert blocked(text, "d", "d: 4\n") == text + "  d: 4\n"


def test_mixed_line_ends_are_left_alone_and_the_commoner_is_written() -> None:
    assert blocked("a: 1\r\nc: 2\r\nd: 3\n", "b", "b:\n  x: 1\n") == "a: 1\r\nc: 2\r\nd: 3\nb:\r\n  x: 1\r\n"


def test_an_entry_written_twice_is_the_same_file() -> None:
    once = blocked("a: 1 # é\n\n# x\nc: 2\n", "b", NEW)
    assert blocked(once, "b", NEW) == once


@pytest.mark.parametrize("key", ["<<", "a b", "1", "é", "- x", "", "null", "a: b", "#"])
def test_a_key_of_any_form_is_found_and_written(key: str) -> None:
    block = emit({key: 1})
    assert data(blocked("a: 0\n", key, block)) == {"a": 0, key: 1}
    assert data(blocked(f"a: 0\n{emit({key: [1, 2]})}z: 1\n", key, block)) == {"a": 0, key: 1, "z": 1}


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("{a: 1, b: 2}", "edit-flow", "f.yaml:1:1"),
        ("# x\n--- {a: 1,\n b: 2}", "edit-flow", "f.yaml:2:5"),
        ("{}", "edit-flow", "f.yaml:1:1"),
        ("- b\n", "edit-not-mapping", "f.yaml:1:1"),
        ("b\n", "edit-not-mapping", "f.yaml:1:1"),
        ("a: 1\n? b\n: 2\n", "edit-key", "f.yaml:2:3"),
        ("a: 1\n?\n b\n: 2\n", "edit-key", "f.yaml:3:2"),
        ("? a\n: 1\n", "edit-key", "f.yaml:1:3"),
        ("b: &x 1\nc: *x\n", "edit-anchor", "f.yaml:1:4"),
        ("b:\n  - {y: &x 1}\nc: [*x]\n", "edit-anchor", "f.yaml:2:9"),
        ("&x b: 1\nc: *x\n", "edit-anchor", "f.yaml:1:1"),
        ("a: |\n  x", "edit-last-line", "f.yaml"),
        ("a: |+\n  x", "edit-last-line", "f.yaml"),
        ("a: |+\n  x\n  ", "edit-last-line", "f.yaml"),
    ],
)
def test_files_that_no_entry_can_be_put_into(text: str, code: str, where: str) -> None:
    assert block_refusal(text) == (code, where)


def test_lines_behind_an_entry_do_not_become_part_of_it() -> None:
    text = "b: 1\n    # of c\nc: 2\n"
    assert block_refusal(text, block="b: |\n  x\n") == ("edit-comment", "f.yaml:1:1")
    assert block_refusal("b: 1\n\nc: 2\n", block="b: |+\n  x\n") == ("edit-comment", "f.yaml:1:1")
    assert blocked(text, "b", "b: x\n") == "b: x\n    # of c\nc: 2\n"


@pytest.mark.parametrize(
    "block",
    [
        "", "b: 1", "c: 1\n", "b: 1\nc: 2\n", " b: 1\n", "# x\nb: 1\n", "---\nb: 1\n", "b: 1\n...\n", "{b: 1}\n", "b: 1\r\n",
        "- b\n", "b\n", "b: [\n", "b: !x 1\n", "b: *x\n", "b: &x 1\n", "b: 1\nb: 2\n", "? b\n: 1\n", "b: \ud800\n", "b: \t1\n",
    ],
)  # fmt: skip
def test_a_block_must_be_the_lines_of_its_key(block: str) -> None:
    assert block_refusal("a: 1\nb: 2\n", block=block) == ("edit-block", "f.yaml")


def test_faults_of_the_file_are_told_before_an_entry_is_put_in() -> None:
    assert block_refusal("a: 1\na: 2\n")[0] == "duplicate-key"
    assert block_refusal("# nothing\n")[0] == "empty-file"


def test_an_entry_that_comes_out_wrong_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_entry", lambda text, *rest: (0, len(text)))
    assert block_refusal("a: 1\nb: 2\n") == ("edit-failed", "f.yaml")


# --- properties ---

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="?\ufffe\uffff"),
    min_size=1,
    max_size=8,
).filter(lambda word: hidden_in(word) is None and marks_in(word) is None)
SMALL: st.SearchStrategy[Any] = st.recursive(
    WORDS | st.integers(-(10**9), 10**9) | st.booleans() | st.floats(-1e6, 1e6, allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(WORDS, SMALL, min_size=1, max_size=4)
NEW_VALUES = st.sampled_from(["0", "-1", "12.50", "1e3", "true", "unknown", "'q ''x'", '"\\u00e9😀"', "a b", "日本"])


def scalars(node: Any, path: Path = ()) -> list[Path]:
    if isinstance(node, dict | list):
        below = node.items() if isinstance(node, dict) else enumerate(node)
        return [found for step, child in below for found in scalars(child, (*path, step))]
    return [path]


def spans(text: str) -> dict[Path, tuple[int, int]]:
    """The positions of the scalars, according to PyYAML's own composer in pure Python."""
    found: dict[Path, tuple[int, int]] = {}

    def visit(node: Any, path: Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                visit(child, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                visit(child, (*path, index))
        else:
            found[path] = node.start_mark.index, node.end_mark.index

    visit(yaml.compose(text, Loader=yaml.SafeLoader), ())
    return found


@st.composite
def commented(draw: st.DrawFn) -> str:
    """A document in one of several styles, with comments on separate lines and after values."""
    tree = draw(DOCUMENTS)
    style = draw(st.sampled_from(["block", "flow", "mixed", "emit", "emit-flow"]))
    if style.startswith("emit"):
        text = emit(tree, flow_leaves=style == "emit-flow")
    else:
        flow = {"block": False, "flow": True, "mixed": None}[style]
        text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=1000, sort_keys=False)
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > len(text.splitlines()) or "\n\n" in text or any(sign in text for sign in "|>'\""):
        return text  # texts over several lines: a comment would be part of them
    remarks = st.sampled_from(["", "", "  # 1 é", " # 😀: {a: 2}"])
    whole = st.sampled_from([[], [], ["# 😀 b: 3"], [""], ["", "   # é", ""]])
    parts = [part for line in lines for part in (*draw(whole), line + draw(remarks))]
    return "\n".join(parts) + "\n"


@repeatable
@given(document=commented(), picks=st.data(), ends=st.sampled_from(["\n", "\r\n", "\r"]), bom=st.booleans())
def test_edits_of_values_change_their_spans_alone(document: str, picks: st.DataObject, ends: str, bom: bool) -> None:
    text = document.replace("\n", ends)
    tree = data(text)
    paths = scalars(tree)
    chosen = picks.draw(st.lists(st.sampled_from(paths), max_size=4, unique=True)) if paths else []
    changes = {path: picks.draw(NEW_VALUES) for path in chosen}
    mark = "\ufeff" if bom else ""
    where = spans(text)
    expected = text
    for path in sorted(chosen, key=lambda path: -where[path][0]):
        start, end = where[path]
        expected = expected[:start] + changes[path] + expected[end:]
    assert edited(mark + text, changes) == mark + expected


@repeatable
@given(
    document=commented(),
    picks=st.data(),
    new=SMALL,
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    bom=st.booleans(),
    flow=st.booleans(),
)
def test_edits_of_entries_leave_the_others_alone(
    document: str, picks: st.DataObject, new: Any, ends: str, bom: bool, flow: bool
) -> None:
    tree = data(document)
    key = picks.draw(st.sampled_from([*tree, "a new key"]))
    before = ("\ufeff" if bom else "") + document.replace("\n", ends)
    if re.search(r"^\{", document, re.MULTILINE):
        assert block_refusal(before, key, emit({key: new}))[0] == "edit-flow"
        return
    after = blocked(before, key, emit({key: new}, flow_leaves=flow))
    assert repr(data(after)) == repr({**tree, key: new})  # types and the order of keys too
    if key not in tree:
        assert after.startswith(before)
    again = blocked(after, key, emit({key: new}, flow_leaves=flow))
    assert again == after

"""New YAML: emitted data read back as they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options import PolicyOptionsError
from policy_options.dossier import limits
from policy_options.dossier.emitting import emit
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.scalars import hidden_in, marks_in
from problems import repeatable


def raw(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def data(text: str | bytes) -> Any:
    tree = read_yaml(raw(text), "f.yaml")
    assert tree.faults == ()
    return tree.data


def test_blocks_nest_and_keep_their_order() -> None:
    assert emit({"z": {"b": 1, "a": [1, {"c": 2.5, "d": ["x"]}, [True, [False]]]}, "e": {}, "f": [], "g": "t"}) == (
        "z:\n  b: 1\n  a:\n    - 1\n    - c: 2.5\n      d:\n        - x\n    - - true\n      - - false\ne: {}\nf: []\ng: t\n"
    )
    assert emit([{"a": {"b": 1}}, [[]]], indent=2) == "  - a:\n      b: 1\n  - - []\n"


@pytest.mark.parametrize(
    "text", ["x", "a b", "one, two", "it's", "a-b", "yes", "2026-01-01", "010", "é", "日本", "x:y", "a#b", "[", "a: b", "1:30"]
)  # fmt: skip
def test_text_is_plain_where_it_may_be(text: str) -> None:
    plain = text not in ("[", "a: b")
    assert emit({"k": text}) == (f"k: {text}\n" if plain else f'k: "{text}"\n')


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "1e3", "true", "~", "null", ".inf", " x", "x ", "a: b", "a #b", "# a", "- a", "-", "? a", "[a]", "{a}", "&a",
        "*a", "!a", "|", ">", "%a", "@a", "`a", '"a"', "'a'", "a:", "a\nb", "\n", ",a",
    ],
)  # fmt: skip
def test_other_text_is_in_double_quotes(text: str) -> None:
    quoted = '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'
    assert emit([text]) == f"- {quoted}\n"
    assert emit({"k": text}) == f"k: {quoted}\n"
    assert data(emit(text)) == text


@pytest.mark.parametrize(
    "key", ["<<", "", "1, 2", "a: b", "# x", "[x", "é é", "b", "null", "a#b", "- a", "---", "%a", "x}"]
)
def test_keys_are_read_back(key: str) -> None:
    for flow in (False, True):
        assert data(emit({key: {key: "v", "other": 1}}, flow_leaves=flow)) == {key: {key: "v", "other": 1}}
    assert emit({"b": 1, "null": 2, "é é": 3}) == "b: 1\nnull: 2\né é: 3\n"


def test_long_text_is_folded() -> None:
    text = " ".join(["word"] * 60)
    written = emit({"a": {"b": [text]}})
    assert written.startswith("a:\n  b:\n    - >-\n      word word")
    assert 95 < max(map(len, written.split("\n"))) <= 100
    assert data(written) == {"a": {"b": [text]}}
    assert emit({"a": "x" * 100}) == f"a: {'x' * 100}\n"
    assert emit({"a": "x" * 101}) == f"a: >-\n  {'x' * 101}\n"


@pytest.mark.parametrize("odd", [" {}", "{} ", "a  {}", "a\n{}", "a\n\n{}", "{}\n"])
def test_long_text_that_folding_would_change_is_in_quotes(odd: str) -> None:
    text = odd.format(" ".join(["word"] * 60))
    written = emit({"a": text})
    assert written.startswith('a: "')
    assert data(written) == {"a": text}


@pytest.mark.parametrize("start", ["# ", "- ", "--- ", "1: ", "&x ", "' "])
def test_long_text_may_begin_with_what_short_text_may_not(start: str) -> None:
    text = start + " ".join([start.strip()] * 60)
    assert emit({"a": text}).startswith("a: >-\n")
    assert data(emit({"a": text})) == {"a": text}


def test_leaves_stand_in_braces_where_they_fit() -> None:
    leaf = {"low": 1, "likely": 2.5, "high": "a, b", "t": True}
    assert emit({"a": leaf, "b": [leaf]}, flow_leaves=True) == (
        'a: {low: 1, likely: 2.5, high: "a, b", t: true}\nb:\n  - {low: 1, likely: 2.5, high: "a, b", t: true}\n'
    )
    assert emit({"a": leaf}) == "a:\n  low: 1\n  likely: 2.5\n  high: a, b\n  t: true\n"
    assert emit(leaf, flow_leaves=True) == emit(leaf)  # nothing could be added to a file in braces
    assert emit({"a": {"b": [1], "c": 2}}, flow_leaves=True) == "a:\n  b:\n    - 1\n  c: 2\n"
    for length in range(80, 100):
        written = emit({"a": {"b": "x" * length}}, flow_leaves=True)
        assert written.startswith("a: {") == (length + len("a: {b: }") <= 100)


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.0, "-0.0"), (1e16, "1e+16"), (1e-7, "1e-07"), (0.1, "0.1"), (5e-324, "5e-324"), (10**39, "1" + "0" * 39), (-3, "-3")],
)  # fmt: skip
def test_numbers_are_written_with_every_digit(value: float, text: str) -> None:
    assert emit([value]) == f"- {text}\n"
    assert data(emit([value])) == [value]


def too_deep() -> Any:
    node: Any = 1
    for _ in range(limits.MAX_DEPTH + 1):
        node = [node]
    return node


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "emit-refused"), (float("inf"), "emit-refused"), (float("nan"), "emit-refused"), (10**40, "emit-refused"),
        (b"x", "emit-refused"), ((1, 2), "emit-refused"), ({1: 2}, "emit-refused"), ({"a": None}, "emit-refused"),
        ({"k" * 1001: 1}, "emit-refused"), (too_deep(), "emit-refused"), ("a\tb", "hidden-character"),
        ("a\rb", "hidden-character"), ("\u202e", "hidden-character"), ("\ud800", "hidden-character"),
        ({"\x00": 1}, "hidden-character"), ("x" * 200 + "\u2066", "hidden-character"), ({"\ud800": 1}, "hidden-character"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("flow", [True, False])
def test_what_no_file_can_hold_is_not_written(value: object, code: str, flow: bool) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        emit({"k": {"l": value}}, flow_leaves=flow)
    assert caught.value.faults[0].code == code
    assert caught.value.faults[0].remedy


def test_the_deepest_that_is_read_is_written() -> None:
    node = too_deep()[0]
    assert data(emit(node)) == node


ALLOWED = st.characters(codec="utf-8").filter(lambda character: hidden_in(character, escaped=True) is None)
TEXT = (
    st.text(ALLOWED, max_size=12)
    | st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`# \n.~<0123456789e\\=é😀\u00a0"), max_size=12)
    | st.lists(st.text(st.sampled_from("ab #:-'é😀"), max_size=9), min_size=12, max_size=40).map(" ".join)
).filter(lambda text: marks_in(text) is None)
NUMBERS = st.integers(-(10**39) + 1, 10**40 - 1) | st.floats(allow_nan=False, allow_infinity=False)
NODES: st.SearchStrategy[Any] = st.recursive(
    TEXT | NUMBERS | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT.filter(lambda t: len(t) < 300), inner, max_size=4),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Equal, with equal types and the same order of keys."""
    return repr(one) == repr(other)


@repeatable
@given(node=NODES, indent=st.sampled_from([0, 2, 5]), flow=st.booleans())
def test_what_is_emitted_is_read_back(node: Any, indent: int, flow: bool) -> None:
    written = emit(node, indent=indent, flow_leaves=flow)
    assert same(data(written), node)
    assert written.endswith("\n")
    assert all(line.startswith(" " * indent) for line in written.split("\n") if line)


# Without the question mark, which PyYAML's own parser takes for a key in `{a: b?}`, where libyaml and YAML do not.


@pytest.mark.parametrize("text", ["\u0338x", f"a{5 * chr(0x301)}"])
def test_marks_that_no_file_may_have_are_refused_before_they_are_written(text: str) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        emit({"a": text})
    assert raised.value.faults[0].code in ("leading-mark", "marks")

"""Entries of a mapping added, replaced and removed in place, with every other byte unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_options.dossier.entries import in_one_line, set_entries
from policy_options.dossier.reading import read_yaml
from policy_options.errors import PolicyOptionsError

BLOCK = """\
# begin
scores:
  a:          # of a
    likely: 5   # the likely one
    # between
    rationale: >-
      A text of
      two lines.
    evidence:
      - s/one
      - s/two

  b: 7  # bare
  c: {likely: 1, low: 0, high: 2} # in braces
  d: &shared {likely: 3}
  e: *shared
"""


def after(text: str, key: str, **changes: Any) -> str:
    edited = set_entries(text.encode(), "f.yaml", ("scores", key), changes, bare="likely").decode()
    wanted = read_yaml(text.encode(), "f.yaml").data
    held = wanted["scores"][key] if isinstance(wanted["scores"][key], dict) else {"likely": wanted["scores"][key]}
    held = {**held, **{name: list(v) if isinstance(v, tuple) else v for name, v in changes.items()}}
    held = {name: value for name, value in held.items() if value is not None}
    found = read_yaml(edited.encode(), "f.yaml").data["scores"]
    assert found[key] == held or {"likely": found[key]} == held
    wanted["scores"][key] = found[key]
    assert wanted["scores"] == found
    return edited


@pytest.mark.parametrize(
    ("key", "changes", "old", "new"),
    [
        ("a", {"likely": 6.0}, "likely: 5   #", "likely: 6   #"),
        ("a", {"confidence": "low"}, "      - s/two\n", "      - s/two\n    confidence: low\n"),
        ("a", {"evidence": "none"}, "    evidence:\n      - s/one\n      - s/two\n", "    evidence: none\n"),
        (
            "a",
            {"evidence": ("s/x", "s/y")},
            "    evidence:\n      - s/one\n      - s/two\n",
            "    evidence: [s/x, s/y]\n",
        ),
        ("a", {"evidence": None}, "    evidence:\n      - s/one\n      - s/two\n", ""),
        ("a", {"rationale": None}, "    rationale: >-\n      A text of\n      two lines.\n", ""),
        ("a", {"rationale": "One: #"}, "rationale: >-\n      A text of\n      two lines.\n", 'rationale: "One: #"\n'),
        ("b", {"likely": 8.5}, "b: 7  # bare", "b: 8.5  # bare"),
        ("b", {"low": 6.0, "high": 9.0}, "b: 7  # bare", "b: {likely: 7, low: 6, high: 9}  # bare"),
        ("c", {"low": None, "high": None}, "{likely: 1, low: 0, high: 2}", "{likely: 1}"),
        ("c", {"low": None}, "{likely: 1, low: 0, high: 2}", "{likely: 1, high: 2}"),
        ("c", {"likely": None, "x": "y, z"}, "{likely: 1, low: 0, high: 2}", '{low: 0, high: 2, x: "y, z"}'),
        ("c", {"gone": None}, "", ""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_the_entry_changes(key: str, changes: dict[str, Any], old: str, new: str, line_end: str) -> None:
    text, old, new = (part.replace("\n", line_end) for part in (BLOCK, old, new))
    assert after(text, key, **changes) == text.replace(old, new, 1)


def test_the_last_entry_of_a_file_without_a_last_line_end() -> None:
    assert (
        after("scores:\n  a:\n    likely: 5", "a", confidence="low")
        == "scores:\n  a:\n    likely: 5\n    confidence: low\n"
    )
    assert after("scores: {a: {likely: 5}}", "a", low=1.0) == "scores: {a: {likely: 5, low: 1}}"


@pytest.mark.parametrize(
    ("key", "changes", "code"),
    [
        ("e", {"low": 1.0}, "edit-alias"),
        ("d", {"low": 1.0}, "edit-anchor"),
        ("f", {"low": 1.0}, "edit-path"),
        ("a", {"rationale": "a\u202eb"}, "hidden-character"),
    ],
)
def test_what_would_change_more_than_was_meant_is_refused(key: str, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        set_entries(BLOCK.encode(), "f.yaml", ("scores", key), changes, bare="likely")
    assert caught.value.faults[0].code == code


def test_a_list_with_a_comment_in_it_is_not_replaced() -> None:
    text = BLOCK.replace("- s/one", "- s/one  # why")
    with pytest.raises(PolicyOptionsError) as caught:
        set_entries(text.encode(), "f.yaml", ("scores", "a"), {"evidence": "none"}, bare="likely")
    assert caught.value.faults[0].code == "edit-comment"


@given(
    st.one_of(st.floats(-1e6, 1e6), st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
)
@settings(max_examples=200, deadline=None)
def test_one_line_reads_as_the_value_anywhere(value: float | str) -> None:
    try:
        written = in_one_line(value)
    except PolicyOptionsError as error:
        assert error.faults[0].code in ("hidden-character", "leading-mark", "marks")
        return
    try:
        tree = read_yaml(f"a: {written}\nb: {{c: {written}}}\n".encode(), "f.yaml")
    except PolicyOptionsError:
        pytest.fail(written)
    if not tree.faults:
        assert tree.data == {"a": value, "b": {"c": value}}

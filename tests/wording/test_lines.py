from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_options.wording.lines import cell_lines, filled, longest_piece
from policy_options.wording.plain import in_quotes, width
from problems import repeatable

ANY = st.characters(categories=("L", "N", "P", "Zs", "Mn"))
TEXTS = st.text(ANY | st.sampled_from("“”‘’「」（）、。abc 東岸5%"), max_size=300)


@repeatable
@given(TEXTS, st.integers(1, 90))
def test_wrapping_keeps_the_text_and_the_width(text: str, columns: int) -> None:
    lines = filled(text, columns, "  - ", "    ").split("\n")
    assert all(width(line) <= max(columns, 24) for line in lines)
    assert "".join("".join(lines).split()) == "".join(("- " + text).split())


@repeatable
@given(TEXTS, st.integers(2, 40))
def test_a_cell_keeps_its_text_and_its_width(text: str, columns: int) -> None:
    lines = cell_lines(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@repeatable
@given(TEXTS.filter(str.strip))
def test_a_column_as_wide_as_the_longest_piece_breaks_no_word(text: str) -> None:
    pieces = {line.strip() for line in cell_lines(text, max(longest_piece(text), 2))}
    assert all(word in "".join(text.split()) for piece in pieces for word in piece.split())
    assert max(map(width, pieces)) <= max(longest_piece(text), 2)


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("third-party-cooperation", 14, ["third-party-", "cooperation"]),
        ("https://example.org/a/long/address", 20, ["https://example.org/", "  a/long/address"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("    crossings a day", 20, ["    crossings a day"]),
        ("    crossings a day in summer", 20, ["    crossings a day", "      in summer"]),
        ("", 5, [""]),
        ("乗り場を東の岸壁へ移す。", 8, ["乗り場を", "東の岸壁", "へ移す。"]),
        ("「東岸壁」への移転", 6, ["「東岸", "壁」へ", "の移転"]),
        ("有47%由“基础设施”居首（95%）。", 14, ["有47%由“基础设", "施”居首", "（95%）。"]),
        ("首位は東岸。", 10, ["首位は東", "岸。"]),
    ],
)
def test_cells_break_where_readers_expect_it(text: str, columns: int, lines: list[str]) -> None:
    assert cell_lines(text, columns) == lines


def test_cjk_words_are_as_long_as_a_character_and_what_clings_to_it() -> None:
    assert longest_piece("東岸壁") == 2
    assert longest_piece("東「岸」") == 6
    assert longest_piece("two words-joined") == 12


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("memo-1.pdf", "memo-1.pdf"),
        ("yes: a is it", "“yes: a is it”"),
        ("yes\N{MODIFIER LETTER TRIANGULAR COLON} a", "“yes\N{MODIFIER LETTER TRIANGULAR COLON} a”"),
        ("a” yes: b", "“a\N{REPLACEMENT CHARACTER} yes: b”"),
        ("a\nyes", "“a\N{SYMBOL FOR NEWLINE}yes”"),
        ("a \N{COMBINING GRAPHEME JOINER} b", "“a \N{REPLACEMENT CHARACTER} b”"),
        ("価" * 30, "“" + "価" * 19 + "…”"),
    ],
)
def test_foreign_text_cannot_be_mistaken_for_the_answer_around_it(text: str, shown: str) -> None:
    assert in_quotes(text) == shown

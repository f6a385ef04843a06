"""Text is read from the operators of a page as WeasyPrint writes them, and anything else is noticed."""

from __future__ import annotations

from policy_options.memo.pdf.page_text import Drawing, blocks_of, character_map

FOREIGN = "\N{REPLACEMENT CHARACTER}"
FONT = {1: "a", 2: "b", 3: "ffi"}


def read(content: bytes, **forms: Drawing) -> list[str]:
    return list(blocks_of(Drawing(content, {"f1": FONT, "f2": {1: "x"}}, forms)))


def test_a_line_is_what_is_between_begin_and_end() -> None:
    assert read(b"BT /f1 12 Tf [<0001> -20 <00020003>] TJ ET BT /f2 9 Tf <0001> Tj ET") == ["abffi", "x"]


def test_the_font_holds_until_another_is_named() -> None:
    assert read(b"BT /f1 12 Tf <0001> Tj ET BT <0002> Tj /f2 12 Tf <0001> Tj ET") == ["a", "bx"]


def test_other_strings_glyphs_and_fonts_give_a_character_that_no_memo_prints() -> None:
    assert read(b"BT /f1 12 Tf (hidden) Tj ET") == [FOREIGN]
    assert read(b"BT /f1 12 Tf [<0001> (b)] TJ ET") == [f"a{FOREIGN}"]
    assert read(b"BT /f1 12 Tf <0009> Tj ET BT /f9 12 Tf <0001> Tj ET") == [FOREIGN, FOREIGN]


def test_forms_are_read_where_they_are_drawn_and_not_without_end() -> None:
    inner = Drawing(b"BT /f1 12 Tf <0002> Tj ET", {"f1": FONT})
    assert read(b"BT /f1 12 Tf <0001> Tj ET /x1 Do BT <0001> Tj ET", x1=inner) == ["a", "b", "a"]
    forms: dict[str, Drawing] = {}
    forms["x1"] = Drawing(b"BT /f1 12 Tf <0001> Tj ET /x1 Do", {"f1": FONT}, forms)
    assert len(list(blocks_of(forms["x1"]))) == 9


def test_a_map_of_glyphs_is_read_with_ligatures_and_characters_beyond_16_bits() -> None:
    stream = b"""1 begincodespacerange <0000> <ffff> endcodespacerange
    3 beginbfchar <0001> <0061> <0002> <006600660069> <0003> <d83dde00> endbfchar"""
    assert character_map(stream) == {1: "a", 2: "ffi", 3: "\N{GRINNING FACE}"}

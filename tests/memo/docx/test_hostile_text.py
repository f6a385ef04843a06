"""Text from a dossier in a Word file: it remains text, whatever it is, and the file opens."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pytest

from policy_options.memo.docx.addresses import address_of
from policy_options.memo.docx.blocks import (
    Block,
    Cell,
    Heading,
    Note,
    Paragraph,
    Part,
    Piece,
    Row,
    Table,
    linked,
    plain,
)
from policy_options.memo.docx.footnotes import Footnotes
from policy_options.memo.docx.markup import NAMESPACES, clean, tag, text_of
from policy_options.memo.docx.package import About, Package
from policy_options.memo.docx.scripts import stretches
from policy_options.memo.docx.story import Places, Story
from support import SmallDossier
from word_files import W, opened, word_of

HOSTILE = (
    "</w:t></w:r><w:fldSimple w:instr='DDEAUTO c:\\\\x'/>",
    '{ HYPERLINK "http://evil.invalid" } { DDEAUTO excel cmd }',
    "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "a\x00b\x0bc\x1fd\ufffee\uffff",
    "\ud800 alone",
    "&amp; < > \" '",
    "\u202egnihtyna",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_only_ever_text(text: str) -> None:
    from lxml import etree

    places = Places([Part((Heading(1, (), text), Table((), (Row((), text),), ())), "", "", "")])
    notes = Footnotes("en", places)
    story = Story("en", places, notes.add)
    inlines = (Piece(text), Note((Piece(text),)), Piece(text, "Remark", f"#{text}"), Piece(text, "Strong", text))
    blocks: list[Block] = [
        Heading(1, inlines, text),
        Paragraph(inlines),
        Table((Row((Cell((inlines,)),)),), (Row((Cell((inlines,)),)),), (0,), caption=text),
    ]
    made = etree.fromstring(f"<w:body {NAMESPACES}>{story.blocks(blocks)}</w:body>")
    names = {etree.QName(element).localname for element in made.iter()}
    assert not names & {"fldSimple", "instrText", "fldChar", "e"}
    assert clean(text) in ["".join(each.text or "" for each in made.iter(f"{W}t"))[: len(clean(text))]]
    assert {each.get(f"{W}name") for each in made.iter(f"{W}bookmarkStart")} <= {"place1"}
    etree.fromstring(notes.xml())


def test_characters_that_xml_cannot_have_are_visible() -> None:
    assert clean("a\x00b\ud800c\uffffd\n\te") == "a�b�c�d e"
    assert text_of("<&>") == "&lt;&amp;&gt;"
    assert tag("w:x", {"w:val": '"<\x00'}) == "<w:x w:val='\"&lt;�'/>"


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.isprintable()])
def test_a_hostile_dossier_gives_a_file_that_opens(small: SmallDossier, text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    small.edit("criteria/decision.yaml", "title: Where to build the ferry landing", f"title: {quoted}")
    small.edit("options/east-quay.yaml", "It lies nearest to the islands.", quoted)
    word, _ = word_of(small.load(), template="one-page")
    document = docx.Document(io.BytesIO(word.raw))
    assert document.core_properties.title == clean(text)
    assert clean(text) in word.text
    fields = [each.get(f"{W}instr") for part in word.parts.values() for each in part.iter(f"{W}fldSimple")]
    assert set(fields) == {" PAGE "}
    assert not any(list(part.iter(f"{W}instrText")) for part in word.parts.values())


def test_only_addresses_of_the_web_and_of_mail_become_links() -> None:
    said = "See https://a.example/x, file:///etc/passwd, javascript:alert(1), \\\\host\\share and mailto:a@b.example."
    assert [piece.target for piece in linked(said) if piece.target] == ["https://a.example/x", "mailto:a@b.example"]


def test_properties_are_as_long_as_word_reads_them() -> None:
    about = About("t" * 999, "a", "s" * 256, ("one, two", "k" * 300), "en", "c", datetime(2026, 1, 1, tzinfo=UTC))
    core = docx.Document(io.BytesIO(Package().written(about))).core_properties
    assert (len(core.title), len(core.subject), len(core.keywords)) == (255, 255, 255)
    assert core.keywords.startswith("one two, ")


def test_han_letters_are_set_by_the_script_that_they_are_of() -> None:
    def kinds(text: str, language: str) -> list[tuple[str, str, str]]:
        return [(each.text, each.east_asian, each.font) for each in stretches(text, language)]

    assert kinds("A 码头 b", "en") == [("A ", "", ""), ("码头", "zh-CN", ""), (" b", "", "")]
    assert kinds("島々の", "zh") == [("島々の", "ja-JP", "Yu Gothic")]
    assert kinds("島々", "ja") == [("島々", "ja-JP", "")]
    assert kinds("부두", "en") == [("부두", "ko-KR", "Malgun Gothic")]
    assert kinds("将“Quay”列", "zh") == [
        ("将“", "zh-CN", ""), ("Quay", "", ""), ("”列", "zh-CN", "")
    ]  # fmt: skip
    assert kinds("“Quay”", "zh") == [("“Quay”", "", "")]
    assert [each.rtl for each in stretches("a שלום עולם b", "en")] == [False, True, False]


def test_a_picture_without_its_title_keeps_with_what_follows(small: SmallDossier) -> None:
    word, content = word_of(small.load(), template="annex-b")
    charts = [each for each in word.body.iter(f"{W}pStyle") if each.get(f"{W}val") == "Chart"]
    assert len(charts) == 3
    assert all(each.getparent().find(f"{W}keepNext") is not None for each in charts)
    assert opened(word.raw).alternatives == [scale.curve.alternative for scale in content.dossier.scales]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("https://a.example/ä|b{c}%zz%41", "https://a.example/%C3%A4%7Cb%7Bc%7D%25zz%41"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[bad/x", ""),
        ("http://user:pass@a.example/", ""),
        ("http://a.example:99999/", ""),
        ("http://\ud800.example/", ""),
        ("https://", ""),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("mailto:a@b@c", ""),
        ("file:///etc/passwd", ""),
        ("https://a.example/" + "x" * 3000, ""),
    ],
)
def test_an_address_is_one_that_word_reads_or_stays_text(said: str, written: str) -> None:
    assert address_of(said) == written


@pytest.mark.parametrize("following", ["heading", "table"])
def test_nothing_empty_comes_between_a_heading_and_a_table(following: str) -> None:
    from lxml import etree

    head = Heading(2, plain("The ranking"))
    row = Row((Cell((plain("one"),)),))
    bare, titled = Table((), (row,), (0,)), Table((), (row,), (0,), caption="Ranks")
    after: Block = head if following == "heading" else titled
    story = Story("en", Places([]))
    texts: list[Block] = [
        head,
        Paragraph(()),
        Paragraph(plain("  "), "Small"),
        bare,
        after,
        bare,
        bare,
        Paragraph(plain("end")),
    ]
    made = etree.fromstring(f"<w:body {NAMESPACES}>{story.blocks(texts)}</w:body>")
    kinds = ["table" if one.tag.endswith("}tbl") else "".join(one.itertext()) or "gap" for one in made]
    shown = ["The ranking"] if following == "heading" else ["Ranks", "table", "gap"]
    assert kinds == ["The ranking", "table", *shown, "table", "gap", "table", "gap", "end"]

"""Reading files of sources: what is taken from each kind, and why hostile ones are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.constants import PageLabelStyle

from policy_options import PolicyOptionsError
from policy_options.dossier.evidence import fingerprint
from policy_options.dossier.texts.docx_text import MAX_ENTRIES, MAX_UNPACKED, of_docx
from policy_options.dossier.texts.html_text import of_html
from policy_options.dossier.texts.pdf_text import of_pdf
from policy_options.dossier.texts.plain_text import of_markdown, of_plain_text
from policy_options.dossier.texts.reading import read_text
from policy_options.dossier.texts.text import MAX_PAGES, Text, iso_date, paragraphs_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = """<?xml version="1.0"?><c:coreProperties
 xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">
 <dc:title>Fares</dc:title><dc:creator>A. Clerk</dc:creator><t:created>2025-06-01T08:00:00Z</t:created></c:coreProperties>"""


def docx(body: str, core: str | None = CORE, prolog: str = "") -> bytes:
    """A minimal Word document with this body."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        if core is not None:
            archive.writestr("docProps/core.xml", core)
    return written.getvalue()


def paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(count: int) -> bytes:
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    writer.write(written)
    return written.getvalue()


def counted(text: Text) -> list[str]:
    return [block.text for block in text.blocks if block.counted]


def stated(text: Text) -> dict[str, str]:
    return {one.key: one.value for one in text.stated}


def code_of(read: object, *arguments: object) -> str:
    with pytest.raises(PolicyOptionsError) as raised:
        read(*arguments)  # type: ignore[operator]
    (fault,) = raised.value.faults
    assert fault.remedy
    return fault.code


def test_a_page_of_the_web() -> None:
    page = b"""<html><head><meta charset="windows-1252"><title>News | Site</title>
    <meta property="og:title" content="Storm closes quay"><meta name="citation_author" content="J. Doe">
    <meta name="citation_author" content="K. Roe"><meta name="citation_date" content="2025/11/3">
    <meta property="og:site_name" content="Island News"><link rel="canonical" href="https://example.org/storm">
    </head><body><nav><li>Home</li></nav><h1>Storm</h1><p>The caf\xe9 was <b>closed</b><br>for nine days.
    <p>Boats &amp; ferries<script>alert("x")</script> went.<noscript>Turn it on</noscript></p><footer>Imprint</footer>"""
    text = of_html(page)
    assert counted(text) == ["The café was closed for nine days.", "Boats & ferries went."]
    assert [block.text for block in text.blocks if not block.counted] == ["Home", "Storm", "Imprint"]
    assert stated(text) == {
        "address": "https://example.org/storm",
        "title": "Storm closes quay",
        "author": "J. Doe, K. Roe",
        "date": "2025-11-03",
        "publisher": "Island News",
    }


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-31j", "港湾"),
        ("gb2312", "港口"),
        ("big5-hkscs", "港口"),
        ("euc-kr", "항구"),
        ("koi8-r", "порт"),
        ("windows-874", "ท่าเรือ"),
        ("iso-8859-15", "10 €"),
        ("UTF-16", "wie für"),  # as browsers do: what states it in plain letters is not in UTF-16
    ],
)
def test_a_page_in_an_encoding_of_the_web_is_read(charset: str, text: str) -> None:
    codec = {"windows-31j": "cp932", "windows-874": "cp874", "UTF-16": "utf-8"}.get(charset, charset)
    page = f'<meta charset="{charset}"><p>'.encode() + text.encode(codec)
    assert [block.text for block in of_html(page).blocks] == [text]


@pytest.mark.parametrize(
    "charset",
    [
        *(
            "unicode_escape",
            "raw_unicode_escape",
            "utf-7",
            "punycode",
            "idna",
            "hex",
            "rot13",
            "undefined",
            "zlib",
            "bz2",
        ),
        *("cp037", "cp500", "cp1140", "hz", "utf-32", "utf_8_sig", "oem", "mbcs", "palmos", "charmap"),
    ],
)
def test_a_page_in_an_encoding_that_is_none_of_the_web_is_refused(charset: str) -> None:
    assert code_of(of_html, f'<meta charset="{charset}"><p>Plain +AGE-'.encode()) == "not-utf-8"


@pytest.mark.parametrize("charset", ["utf-8", "ascii", "no-such", "rot13", "hex", "utf-7"])
def test_a_page_in_another_character_set_than_it_says(charset: str) -> None:
    assert code_of(of_html, f'<meta charset="{charset}"><p>caf'.encode() + b"\xe9") == "not-utf-8"


@pytest.mark.parametrize("page", ["<p>" * 20_000, "<!" * 4_000, "<a " * 4_000, "&" * 50_000, "</p>" * 20_000 + "x"])
def test_a_broken_page_is_read_or_has_no_text(page: str) -> None:
    of_html(page.encode())


def test_markdown_and_plain_text() -> None:
    text = "---\ntitle: Notes\nauthor: [A, B]\ndate: 2024-05\n---\n\n# Heading\n\nOne\ntwo.\n\n***\n\nThree.\n\nUnder\n===\n"
    found = of_markdown(text)
    assert counted(found) == ["One\ntwo.", "Three."]
    assert stated(found) == {"title": "Notes", "author": "A, B", "date": "2024-05"}
    assert stated(of_markdown("# Heading\n\nOne.")) == {"title": "Heading"}
    assert stated(of_markdown("---\n{: [\n---\n\nOne.")) == {}
    assert counted(of_plain_text("A\n\nB")) == ["A", "B"]
    assert of_plain_text("A").stated == ()


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".docx"])
@pytest.mark.parametrize("mark", ["\u0301", "\u0f73", "\uff9e", "\u0316\u0300"])
def test_marks_that_no_script_writes_are_refused(tmp_path: Path, ending: str, mark: str) -> None:
    """Some marks, such as U+0F73, are no marks until they are in a normal form."""
    for count, refused in ((100 // len(mark), False), (101, True)):
        text = "One a" + mark * count + " word.\n"
        path = tmp_path / f"a{ending}"
        path.write_bytes(docx(paragraph(text)) if ending == ".docx" else text.encode())
        if refused:
            with pytest.raises(PolicyOptionsError) as caught:
                read_text(path)
            (fault,) = caught.value.faults
            assert (fault.code, fault.place and fault.place.file) == ("marks", str(path))
            assert fault.message == "more than 100 accents or other marks follow one letter"
        else:
            assert read_text(path) is not None


def test_a_word_document() -> None:
    box = f"<w:p><w:r><w:t>Around </w:t></w:r><w:r>{paragraph('A box.')}</w:r><w:r><w:tab/><w:t>it.</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del><w:r><w:t>Kept.</w:t></w:r></w:p>"
    body = paragraph("Fares of 2025", "Title") + paragraph("Part", "Heading1") + paragraph(" ") + box + deleted
    text = of_docx(docx(body))
    assert counted(text) == ["A box.", "Around  it.", "Kept."]
    assert stated(text) == {"title": "Fares", "author": "A. Clerk", "date": "2025-06-01"}
    assert stated(of_docx(docx(body, core=None))) == {"title": "Fares of 2025"}


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://localhost/x.dtd">',
    ],
)
def test_a_word_document_with_entities(prolog: str) -> None:
    assert code_of(of_docx, docx(paragraph("x"), prolog=prolog)) == "source-unreadable"
    assert code_of(of_docx, docx(paragraph("x"), core=f"{prolog}<a/>")) == "source-unreadable"


def test_a_word_document_that_unpacks_to_too_much() -> None:
    bomb = docx(" " * (MAX_UNPACKED + 1))
    assert len(bomb) < 100_000
    assert code_of(of_docx, bomb) == "source-too-large"


def test_other_archives_and_broken_ones() -> None:
    whole = docx(paragraph("x"))
    assert code_of(of_docx, b"") == "source-unreadable"
    assert code_of(of_docx, whole[:-30]) == "source-unreadable"
    assert code_of(of_docx, b"\xd0\xcf\x11\xe0" + b"\0" * 600) == "source-unreadable"  # with a password, or .doc
    assert code_of(of_docx, docx("<w:p>")) == "source-unreadable"
    assert code_of(of_docx, docx("<w:r>" * 300 + "</w:r>" * 300)) == "source-unreadable"
    empty, many = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("mimetype", "x")
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(MAX_ENTRIES + 1):
            archive.writestr(str(number), "")
    assert code_of(of_docx, empty.getvalue()) == code_of(of_docx, many.getvalue()) == "source-unreadable"


def test_pages_are_limited_and_can_be_chosen() -> None:
    long = pdf(MAX_PAGES + 1)
    assert MAX_PAGES == 200
    assert code_of(of_pdf, long, None) == "too-many-pages"
    text = of_pdf(long, ["3", "201", "900"])
    assert ([label for label, _ in text.pages], text.page_count) == (["3", "201"], 201)
    assert len(of_pdf(pdf(MAX_PAGES), None).pages) == MAX_PAGES


def test_pages_have_the_numbers_that_are_printed() -> None:
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(5):
        writer.add_blank_page(100, 100)
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 4, style=PageLabelStyle.DECIMAL)
    writer.write(written)
    assert [label for label, _ in of_pdf(written.getvalue(), None).pages] == ["i", "ii", "1", "2", "3"]
    writer.set_page_label(2, 4, style=PageLabelStyle.DECIMAL, prefix="A-")
    written = io.BytesIO()
    writer.write(written)
    assert [label for label, _ in of_pdf(written.getvalue(), None).pages] == ["1", "2", "3", "4", "5"]


def test_a_pdf_with_a_password_or_none_at_all() -> None:
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(written)
    assert code_of(of_pdf, written.getvalue(), None) == "source-unreadable"
    assert code_of(of_pdf, b"%PDF-1.7 nothing", None) == "source-unreadable"


def test_a_refusal_from_the_other_process_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "survey.docx"
    path.write_bytes(b"no archive")
    with pytest.raises(PolicyOptionsError) as raised:
        read_text(path)
    (fault,) = raised.value.faults
    assert (fault.code, str(fault.place)) == ("source-unreadable", str(path))
    assert read_text(tmp_path / "nothing.pdf") is None


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("2026-03-01T09:00:00Z", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("D:20260301093000+01'00'", "2026-03-01"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("1 March 2026", "1 March 2026"),
    ],
)
def test_dates_as_files_state_them(stated: str, found: str) -> None:
    assert iso_date(stated)[:12] == found


TEXTS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=30), min_size=1, max_size=6
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_a_paragraph_has_one_fingerprint_in_every_kind_of_file(texts: list[str]) -> None:
    marks = [fingerprint(text) for text in texts]
    assert [fingerprint(text) for text in paragraphs_of("\n\n".join(texts))] == marks
    page = "".join(f"<p>{text}</p>" for text in texts)
    assert [fingerprint(text) for text in counted(of_html(page.encode()))] == marks
    assert [fingerprint(text) for text in counted(of_docx(docx("".join(map(paragraph, texts)))))] == marks

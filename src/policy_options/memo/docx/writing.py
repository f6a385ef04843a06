"""A memo or a comparison note to the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from policy_options.charts.typefaces import in_typefaces_of
from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import MemoContent
from policy_options.memo.docx.blocks import Part, Picture
from policy_options.memo.docx.footnotes import SEPARATORS, Footnotes
from policy_options.memo.docx.layouts import parts_of
from policy_options.memo.docx.markup import Xml, joined, tag
from policy_options.memo.docx.package import About, Package
from policy_options.memo.docx.pages import footer_xml, header_xml, section_xml
from policy_options.memo.docx.story import Places, Size, Story
from policy_options.memo.docx.styles import numbering_xml, settings_xml, styles_xml, tag_root

__all__ = ["word_file"]


def word_file(content: MemoContent | ComparisonContent, labels: dict[str, str], template: str, when: datetime) -> bytes:
    """The Word file of a memo or a comparison note, laid out like the template of that name, and marked with a time.

    The same content and time give the same bytes.

    Raises:
        PolicyOptionsError: the extra ``office`` is missing, or no font has a character of a chart.
    """
    from policy_options.memo.pdf.pictures import png_pictures

    parts = parts_of(content, labels, template)
    language = content.language
    drawn = [block for part in parts for block in part.blocks if isinstance(block, Picture)]
    package = Package()
    pngs = png_pictures([in_typefaces_of(each.figure.svg, language) for each in drawn], [each.width for each in drawn])
    sizes = [Size(package.add_picture(png), _ratio(png)) for png in pngs]
    _add_text(package, parts, sizes, content, labels)
    package.set_parts(
        styles=styles_xml(language, compact=parts[0].compact),
        numbering=numbering_xml(),
        settings=settings_xml(language, SEPARATORS),
    )
    subject = content.subject if isinstance(content, MemoContent) else content.question
    about = About(content.title, content.author, subject, content.keywords, language, labels["word-notice"], when)
    return package.written(about)


def _add_text(
    package: Package,
    parts: Sequence[Part],
    sizes: Sequence[Size],
    content: MemoContent | ComparisonContent,
    labels: dict[str, str],
) -> None:
    places = Places(parts)
    notes = Footnotes(content.language, places)
    story = Story(content.language, places, notes.add, sizes)
    body: list[Xml] = []
    for number, part in enumerate(parts, 1):
        margins = Story(content.language, places)
        section = section_xml(
            part,
            header=package.add_header(f"header{number}", header_xml(part, margins, opening=False)),
            first_header=package.add_header(f"opening{number}", header_xml(part, margins, opening=True))
            if part.opens
            else "",
            footer=package.add_footer(f"footer{number}", footer_xml(part, margins, labels["word-mark"])),
        )
        body.append(story.blocks(part.blocks))
        if number < len(parts):  # the section of every part but the last is in that part's last paragraph
            style = tag("w:pStyle", {"w:val": "Gap"})
            section = tag("w:p", None, tag("w:pPr", None, style, section))
        body.append(section)
    package.set_body(tag_root("w:body", joined(body)), story.addresses)
    package.add_footnotes(notes.xml(), notes.addresses)


def _ratio(png: bytes) -> float:
    """Height over width, from the header of a PNG file."""
    across, down = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return down / across

"""Separate sections of a page go on separate sheets, with the head of the page; unpaired marks are refused."""

from __future__ import annotations

import io

import pypdf
import pytest

from policy_options import PolicyOptionsError
from policy_options.memo.page_sequences import page_sequences_of
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.templates import template_folders
from support import SmallDossier

HEAD = '<html lang="en"><head><style>p { color: red }</style></head><body class="decision">'


def test_a_page_without_marks_is_one_sheet() -> None:
    assert page_sequences_of(f"{HEAD}<p>all</p></body></html>") == [f"{HEAD}<p>all</p></body></html>"]


def test_each_section_gets_a_sheet_with_the_same_head() -> None:
    page = f"{HEAD}<p>one</p><!-- apart --><p>two</p><!-- end apart --><!-- apart --><p>three</p><!-- end apart --></body></html>"
    assert page_sequences_of(page) == [
        f"{HEAD}<p>one</p></body></html>",
        f"{HEAD}<p>two</p></body></html>",
        f"{HEAD}<p>three</p></body></html>",
    ]


def test_what_stands_apart_twice_is_printed_twice_and_its_lines_are_counted(small: SmallDossier) -> None:
    folders = template_folders(small.root, None)
    section = '<!-- apart --><p data-most-lines="1">two<br>lines</p><!-- end apart -->'
    page = f"{HEAD}<p>one</p>{section}{section}</body></html>".replace("<style>", "<title>A page</title><style>")
    with pytest.raises(PolicyOptionsError) as raised:
        memo_pdf(page, folders)
    assert raised.value.faults[0].code == "too-many-lines"
    assert len(pypdf.PdfReader(io.BytesIO(memo_pdf(page, folders, allow_overflow=True))).pages) == 3


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}<!-- apart --><p>one</p></body></html>",
        f"{HEAD}<p>one</p><!-- end apart --></body></html>",
        f"{HEAD}<!-- apart --><!-- apart --><p>one</p><!-- end apart --></body></html>",
        "<p>no body</p><!-- apart --><p>one</p><!-- end apart -->",
    ],
)
def test_marks_that_do_not_pair_are_refused(page: str) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        page_sequences_of(page)
    assert raised.value.faults[0].code == "template-faulty"

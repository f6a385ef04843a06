"""What stands apart in a page goes on sheets of its own, with the head of the page; marks that do not pair are refused."""

from __future__ import annotations

import pytest

from policy_options import PolicyOptionsError
from policy_options.memo.apart import sheets_of

HEAD = '<html lang="en"><head><style>p { color: red }</style></head><body class="decision">'


def test_a_page_without_marks_is_one_sheet() -> None:
    assert sheets_of(f"{HEAD}<p>all</p></body></html>") == [f"{HEAD}<p>all</p></body></html>"]


def test_each_section_gets_a_sheet_with_the_same_head() -> None:
    page = f"{HEAD}<p>one</p><!-- apart --><p>two</p><!-- end apart --><!-- apart --><p>three</p><!-- end apart --></body></html>"
    assert sheets_of(page) == [
        f"{HEAD}<p>one</p></body></html>",
        f"{HEAD}<p>two</p></body></html>",
        f"{HEAD}<p>three</p></body></html>",
    ]


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
        sheets_of(page)
    assert raised.value.faults[0].code == "template-faulty"

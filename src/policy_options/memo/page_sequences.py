"""Sheets of a page: sections that a template puts between two marks are laid out after all else, on separate pages
numbered from one.

Those pages say nothing about the current ranking, so that several memos may share them, and can be drawn at the same
time as the rest.
"""

from __future__ import annotations

import re
from typing import Final

from policy_options.errors import PolicyOptionsError

__all__ = ["ELSEWHERE", "page_sequences_of"]

ELSEWHERE: Final = "elsewhere:"
"""The prefix of addresses of places in another sequence of pages, until all are joined."""

_BEGIN: Final = "<!-- apart -->"
_END: Final = "<!-- end apart -->"
_SECTION: Final = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_UP_TO_BODY: Final = re.compile(r".*?<body[^>]*>", re.DOTALL)
_ID: Final = re.compile(r'<[^>]*\sid="([^"]+)"')
_LINK: Final = re.compile(r'(<a\s[^>]*href=")#([^"]+)"')


def page_sequences_of(html: str) -> list[str]:
    """The HTML of each sequence of pages: first everything outside the marks, then each section between two marks, with
    the same head. Links from one to another are addresses that begin with ``ELSEWHERE``.

    Raises:
        PolicyOptionsError: a mark has no counterpart, or is outside the body.
    """
    sections = _SECTION.findall(html)
    if not sections and _BEGIN not in html and _END not in html:
        return [html]
    together = _SECTION.sub("", html)
    opening = _UP_TO_BODY.match(together)
    if opening is None or _BEGIN in together or _END in together or any(_BEGIN in section for section in sections):
        raise PolicyOptionsError.of(
            "template-faulty",
            f"the template has a {_BEGIN} without its {_END}, one inside another, or either outside the body",
            "put each section that is to have pages of its own between the two",
        )
    bodies = [together, *sections]
    known = [set(_ID.findall(body)) for body in bodies]
    linked = [_linked(body, set().union(*known) - own) for body, own in zip(bodies, known, strict=True)]
    return [linked[0], *(f"{opening[0]}{section}</body></html>" for section in linked[1:])]


def _linked(body: str, others: set[str]) -> str:
    """Mark the links of a sheet to places that only another sheet has."""
    return _LINK.sub(lambda link: f'{link[1]}{ELSEWHERE}{link[2]}"' if link[2] in others else link[0], body)

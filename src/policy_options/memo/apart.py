"""Pages that stand apart: what a template sets between two marks is laid out after all else, on pages numbered from one.

Such pages say nothing of the ranking in hand: the memos of several weight sets share them, and a batch lays them out once.
"""

from __future__ import annotations

import re
from typing import Final

from policy_options.errors import PolicyOptionsError

__all__ = ["sheets_of"]

_BEGIN: Final = "<!-- apart -->"
_END: Final = "<!-- end apart -->"
_SECTION: Final = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_UP_TO_BODY: Final = re.compile(r".*?<body[^>]*>", re.DOTALL)


def sheets_of(html: str) -> list[str]:
    """The HTML of each sequence of pages: what stands together first, then each section that stands apart, with the same head.

    Raises:
        PolicyOptionsError: a mark has no other, or stands where there is no body.
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
            "put each section that stands apart between the two",
        )
    return [together, *(f"{opening[0]}{section}</body></html>" for section in sections)]

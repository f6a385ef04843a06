"""Where long words without spaces may break: addresses, file names, identifiers.

Any such run of characters in the text of a page gets places to break (``<wbr>``) where a reader expects them: after a
slash, a question mark, an ampersand, a full stop or a hyphen. It also gets a class by which the style sheet lets it
break anywhere if necessary, without a hyphen, which would be read as part of an address. This is done on the finished
page, so that no template, shipped or a user's, needs to do it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["with_breaks"]

_LONGEST_WORD: Final = 20
"""Characters beyond which hyphenation is not enough, as not every column has room."""

# Scripts without spaces break between letters, and so end a run: Thai and its neighbours, Chinese, Japanese, Korean.
_BREAKABLE: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
)
_RUN: Final = re.compile(rf"(?:&[#\w]+;|[^\s<>&\u200b{_BREAKABLE}]){{{_LONGEST_WORD + 1},}}")
_NUMBER: Final = re.compile(r"[\d.,'’\u00a0\u202f+−–-]+")
_PLACE: Final = re.compile(r"(?:&amp;|[/?.=_-])(?=[^\s/?.=_-])")
_LETTERS: Final = re.compile(r"[^\W\d_]{1,40}")
_MARKUP: Final = re.compile(
    r"(<!--.*?-->|<(?P<whole>style|script|title|svg|textarea)\b.*?</(?P=whole)>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)


def with_breaks(html: str) -> str:
    """Add places to break to every run of a page's text that is longer than a word."""
    kept: list[str] = []
    at = 0
    for markup in _MARKUP.finditer(html):
        kept += (_RUN.sub(_broken, html[at : markup.start()]), markup[0])
        at = markup.end()
    kept.append(_RUN.sub(_broken, html[at:]))
    return "".join(kept)


def _broken(match: re.Match[str]) -> str:
    run = match[0]
    if _NUMBER.fullmatch(run):
        return run  # a column of figures is as wide as its figures
    if _LETTERS.fullmatch(run):
        return run  # a long word of a language with long words, which is hyphenated
    return f'<span class="unbroken">{_PLACE.sub(lambda place: f"{place[0]}<wbr>", run)}</span>'

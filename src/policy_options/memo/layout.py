"""What is checked of a page once it is laid out: its length, the lines of its bottom line, and that every character was drawn.

A template says what it allows: ``<meta name="policy-options-page-budget" content="4">`` is how many pages may come before the
element with the id ``annex``, or in all where there is none; ``data-most-lines="4"`` is how many lines an element may run to.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from policy_options.errors import Fault, PolicyOptionsError

__all__ = ["PAGE_BUDGET", "overflows", "refuse_missing_glyphs"]

PAGE_BUDGET: Final = "policy-options-page-budget"
_ANNEX: Final = "annex"
_MOST_LINES: Final = "data-most-lines"
_NAMED: Final = 8
_PACKAGES: Final = (
    (("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"), "fonts-noto-cjk"),
    (("LATIN", "GREEK", "CYRILLIC"), "fonts-dejavu"),
)
_OTHER_SCRIPTS: Final = "fonts-noto-core"


def overflows(document: Any, *, apart: bool = False) -> list[Fault]:
    """What is longer than the template allows, of a sequence of pages that WeasyPrint has laid out. No budget counts the pages
    of a sequence that is kept apart.
    """
    return [*(() if apart else _too_many_pages(document)), *_too_many_lines(document)]


def _too_many_pages(document: Any) -> Iterator[Fault]:
    budget = document.metadata.custom.get(PAGE_BUDGET, "")
    if not budget.isdigit():
        return
    annex = next((number for number, page in enumerate(document.pages) if _ANNEX in page.anchors), len(document.pages))
    most = int(budget)
    if annex <= most:
        return
    # The last heading before the limit tells where the text runs on.
    headings = [label for page in document.pages[:most] for _, label, _, _ in page.bookmarks]
    where = f", from “{headings[-1]}” on" if headings else ""
    yield Fault(
        "page-budget",
        f"the memo runs to {annex} pages before its annex, and its template allows {most}{where}",
        "shorten the dossier's texts, leave options or limits to the annex, or look at it with --allow-overflow",
    )


def _too_many_lines(document: Any) -> Iterator[Fault]:
    lines: dict[Any, int] = {}
    for page in document.pages:
        for element, count in _lines(page._page_box, None):  # the boxes have no public name
            lines[element] = lines.get(element, 0) + count
    for element, count in lines.items():
        most = int(element.get(_MOST_LINES))
        if count > most:
            said = " ".join("".join(element.itertext()).split())
            yield Fault(
                "too-many-lines",
                f"“{said[:60]}…” runs to {count} lines, and its template allows {most}",
                "give options, criteria and weight sets shorter titles (short:), or look at it with --allow-overflow",
            )


def _lines(box: Any, inside: Any) -> Iterator[tuple[Any, int]]:
    """The line boxes below a box, each with the element that limits them."""
    from weasyprint.formatting_structure import boxes

    element = getattr(box, "element", None)
    if element is not None and (element.get(_MOST_LINES) or "").isdigit():
        inside = element
    if inside is not None and isinstance(box, boxes.LineBox):
        yield inside, 1
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child, inside)


def refuse_missing_glyphs(document: Any) -> None:
    """Raise where a character of a document that was drawn is in no font, so that a box would stand for it.

    Raises:
        PolicyOptionsError: with the characters, and the package of fonts that has them.
    """
    missing = sorted({chr(code) for font in document.fonts.values() for code in font.missing})
    if not missing:
        return
    packages = sorted({_package(character) for character in missing})
    named = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing[:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    raise PolicyOptionsError.of(
        "glyph-missing",
        f"no font on this system draws {named}{more}",
        f"install fonts that do (Debian and Ubuntu: apt-get install {' '.join(packages)})",
    )


def _package(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((package for scripts, package in _PACKAGES if name.startswith(scripts)), _OTHER_SCRIPTS)

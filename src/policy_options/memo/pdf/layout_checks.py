"""Checks of a laid-out page: its length, the lines of its bottom line, and that every character was drawn.

A template states its limits: ``<meta name="policy-options-page-budget" content="4">`` is the number of pages before the
element with the id ``annex``, or in all if there is no such element; ``data-most-lines="4"`` is the number of lines of
an element.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from policy_options.errors import Fault, PolicyOptionsError
from policy_options.memo.overrun import Overrun, TooLongError

__all__ = ["PAGE_BUDGET", "refuse_missing_glyphs", "refuse_overrun"]

PAGE_BUDGET: Final = "policy-options-page-budget"
_ANNEX: Final = "annex"
_MOST_LINES: Final = "data-most-lines"
_NAMED: Final = 8
_PACKAGES: Final = (
    (("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"), "fonts-noto-cjk"),
    (("LATIN", "GREEK", "CYRILLIC"), "fonts-dejavu"),
)
_OTHER_SCRIPTS: Final = "fonts-noto-core"


def refuse_overrun(document: Any, *, separate: bool = False) -> None:
    """Raise if a document laid out by WeasyPrint is longer than its template allows. For a ``separate`` sheet only
    lines are counted, not pages.

    Raises:
        TooLongError: with each thing that is too long.
    """
    pages, lines = 0.0 if separate else _pages_taken(document), _lines_taken(document)
    faults = [
        *(() if separate else _too_many_pages(document)),
        *(_too_many(element, *counted) for element, counted in lines.items()),
    ]
    if faults:
        worst = max((count / most for count, most in lines.values()), default=0.0)
        raise TooLongError(faults, Overrun(pages, worst, _text_before_annex(document)))


def _pages_before_annex(document: Any) -> tuple[int, int]:
    """The number of pages before the annex, and the number allowed: 0 if the template does not say."""
    budget = document.metadata.custom.get(PAGE_BUDGET, "")
    annex = next((number for number, page in enumerate(document.pages) if _ANNEX in page.anchors), len(document.pages))
    return annex, int(budget) if budget.isdigit() else 0


def _text_before_annex(document: Any) -> str:
    from weasyprint.formatting_structure import boxes

    pages = document.pages[: _pages_before_annex(document)[0]]
    texts = (box.text for page in pages for box in page._page_box.descendants() if isinstance(box, boxes.TextBox))
    return "".join(texts)


def _pages_taken(document: Any) -> float:
    """The ratio of the space used by the pages before the annex to the space allowed, counting each page as far as it
    is filled.
    """
    annex, most = _pages_before_annex(document)
    taken = sum(_filled(page._page_box) for page in document.pages[:annex])  # the boxes have no public name
    if not most:
        return 0.0
    return taken / most if annex <= most else max(taken / most, 1.0)


def _filled(page: Any) -> float:
    """The share of a page that is filled, down to the end of its text, and by its footnotes."""
    from weasyprint.formatting_structure import boxes

    bottom = max((_bottom(child) for child in page.children if child.element_tag == "html"), default=0.0)
    notes = sum(child.margin_height() for child in page.children if isinstance(child, boxes.FootnoteAreaBox))
    return float(min(max((bottom - page.content_box_y() + notes) / page.height, 0.0), 1.0)) if page.height else 1.0


def _bottom(box: Any) -> float:
    """The end of a box's content: the root and the body themselves always reach to the end of the page."""
    inside = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if box.element_tag in ("html", "body", "main") and inside:
        return max(_bottom(child) for child in inside)
    return float(box.position_y + box.margin_height()) if hasattr(box, "margin_height") else float(box.position_y)


def _too_many_pages(document: Any) -> Iterator[Fault]:
    annex, most = _pages_before_annex(document)
    if not most or annex <= most:
        return
    # The last heading before the limit shows from where on the text is too long.
    headings = [label for page in document.pages[:most] for _, label, _, _ in page.bookmarks]
    where = f", from “{headings[-1]}” on" if headings else ""
    yield Fault(
        "page-budget",
        f"the memo runs to {annex} pages before its annex, and its template allows {most}{where}",
        "shorten the dossier's texts, name fewer options in body-options, or leave --strict-length out",
    )


def _lines_taken(document: Any) -> dict[Any, tuple[int, int]]:
    """The elements with too many lines: how many they have, and how many are allowed."""
    lines: dict[Any, int] = {}
    for page in document.pages:
        for element, count in _lines(page._page_box, None):  # the boxes have no public name
            lines[element] = lines.get(element, 0) + count
    counted = {element: (count, int(element.get(_MOST_LINES))) for element, count in lines.items()}
    return {element: (count, most) for element, (count, most) in counted.items() if count > most}


def _too_many(element: Any, count: int, most: int) -> Fault:
    text = " ".join("".join(element.itertext()).split())
    return Fault(
        "too-many-lines",
        f"“{text[:60]}…” runs to {count} lines, and its template allows {most}",
        "give options, criteria and weight sets shorter titles (short:), or leave --strict-length out",
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
    """Raise if no font has a character of a drawn document, so that an empty box would be drawn instead.

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

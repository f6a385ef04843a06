"""The content of a memo or a comparison note to self-contained HTML, with its style sheet and charts inline."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

from policy_options.charts.typefaces import in_typefaces_of
from policy_options.errors import Place, PolicyOptionsError
from policy_options.memo.breaking import with_breaks
from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import Figure, MemoContent
from policy_options.memo.linking import without_dead_links
from policy_options.memo.templates import render, template_names

__all__ = ["comparison_html", "html_of", "memo_html", "refuse_unknown_template"]

_ADDRESS: Final = re.compile(
    r"&lt;(?:built-in|bound|function|generator|[\w.]+ object)\b[^<>]{0,200} at 0x[0-9a-f]{6,}(?:&gt;){1,2}"
)
"""The form in which Python writes an object without a text of its class, with its address in memory."""


def refuse_unknown_template(name: str, folders: tuple[Path, ...]) -> None:
    """Raise if no template has this name.

    Raises:
        PolicyOptionsError: with the names of the templates.
    """
    names = template_names(folders)
    if name not in names:
        known = ", ".join(names)
        raise PolicyOptionsError.of(
            "template-missing",
            f"there is no template `{name}`",
            f"write {_file(name)}, or use one of: {known}",
            ids=(name,),
        )


def _file(template: str) -> str:
    return f"memo/{template}.html.j2"


def html_of(content: MemoContent | ComparisonContent, folders: tuple[Path, ...], template: str) -> str:
    """Lay out a memo or a comparison note with a template by its name.

    Raises:
        PolicyOptionsError: the template is missing or faulty.
    """
    if isinstance(content, ComparisonContent):
        return comparison_html(content, folders)
    return memo_html(content, folders, template)


def memo_html(content: MemoContent, folders: tuple[Path, ...], template: str) -> str:
    """Lay out the memo with the first template of that name in the folders.

    Raises:
        PolicyOptionsError: the template is missing or faulty.
    """
    page = render(_file(template), folders, memo=_drawn(content, content.language), labels=content.labels)
    if _ADDRESS.search(page):
        raise PolicyOptionsError.of(
            "template-faulty",
            "the template prints an object of the program, which is another text each time",
            "print a field of the content, such as memo.title",
            place=Place(_file(template)),
        )
    return with_breaks(without_dead_links(page))


def comparison_html(content: ComparisonContent, folders: tuple[Path, ...]) -> str:
    """Lay out a comparison note with the first template found in the folders.

    Raises:
        PolicyOptionsError: the template is missing or faulty.
    """
    return with_breaks(render(_file("comparison"), folders, note=_drawn(content, content.language)))


def _drawn(node: Any, language: str) -> Any:
    """The content with its charts as markup: this package draws them, and every text in them is already escaped."""
    from markupsafe import Markup

    if isinstance(node, Figure):
        return replace(node, svg=Markup(in_typefaces_of(node.svg, language)))  # noqa: S704
    if is_dataclass(node) and not isinstance(node, type):
        return replace(node, **{field.name: _drawn(getattr(node, field.name), language) for field in fields(node)})
    if isinstance(node, tuple):
        return tuple(_drawn(item, language) for item in node)
    return node

"""The templates for which a Word layout exists."""

from __future__ import annotations

from pathlib import Path

from policy_options.errors import PolicyOptionsError
from policy_options.memo.docx.layouts import LAYOUTS
from policy_options.memo.making import COMPARISON
from policy_options.memo.templates import is_shipped, template_digest

__all__ = ["differs_from_layout", "refuse_other_layout"]


def refuse_other_layout(template: str) -> None:
    """Raise if no layout corresponds to a template of this name.

    Raises:
        PolicyOptionsError: there is no such layout (``no-word-layout``).
    """
    known = (*LAYOUTS, COMPARISON)
    if template not in known:
        raise PolicyOptionsError.of(
            "no-word-layout",
            f"no Word file can be laid out as the template `{template}`",
            f"use one of {', '.join(known)}, or write a PDF",
            ids=(template,),
        )


def differs_from_layout(template: str, folders: tuple[Path, ...]) -> bool:
    """Whether the template with this name differs from the shipped one, which the layout follows."""
    return not is_shipped(template, template_digest(template, folders))

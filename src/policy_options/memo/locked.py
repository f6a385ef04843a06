"""Rendering locked down: templates and WeasyPrint run in a child process with limits on time and memory.

The child is started before the dossier is read, so that it imports WeasyPrint while the parent loads and ranks. It gets the
content (pickled by us, read by it), and gives back a line of JSON and the bytes of the page: nothing of a template is ever
unpickled or run out here.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policy_options.memo.limited import LimitedProcess, Limits

if TYPE_CHECKING:
    from policy_options.memo.carrying import Carrier
    from policy_options.memo.comparison import ComparisonContent
    from policy_options.memo.content import MemoContent

__all__ = ["RENDER_LIMITS", "Page", "Renderer"]

RENDER_LIMITS: Final = Limits(seconds=300.0, megabytes=4_096)
_WARM: Final = (
    "weasyprint",
    "jinja2",
    "jinja2.sandbox",
    "policy_options.memo.rendering",
    "policy_options.memo.carrying",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What was rendered: PDF or HTML, and the characters that our fonts lack."""

    content: bytes
    without_glyphs: str


class Renderer(LimitedProcess):
    """A child that renders one page after the other, and ends with the block that it is used in."""

    def __init__(self, limits: Limits = RENDER_LIMITS) -> None:
        super().__init__(render, limits, "rendering the page", imports=_WARM)

    def page(
        self,
        content: MemoContent | ComparisonContent,
        folders: tuple[Path, ...],
        *,
        pdf: bool = True,
        carrier: Carrier | None = None,
    ) -> Page:
        """Lay a memo or a comparison note out, as PDF or as the HTML that it is made from.

        Raises:
            PolicyOptionsError: the template is missing or faulty, reaches for what it may not have, or a limit was met.
        """
        answer = self.answer(pickle.dumps((content, folders, pdf, carrier)))
        head, _, page = answer.partition(b"\n")
        return Page(page, str(json.loads(head)["without_glyphs"]))


def render(argument: bytes) -> bytes:
    """In the child: the page that the parent asks for."""
    from policy_options.memo.comparison import ComparisonContent
    from policy_options.memo.pdf import characters_without_glyphs, memo_pdf
    from policy_options.memo.rendering import comparison_html, memo_html

    content, folders, pdf, carrier = pickle.loads(argument)  # noqa: S301  # what our own parent process wrote
    html = comparison_html(content, folders) if isinstance(content, ComparisonContent) else memo_html(content, folders)
    head = json.dumps({"without_glyphs": characters_without_glyphs(html) if pdf else ""}).encode()
    return head + b"\n" + (memo_pdf(html, folders, carrier) if pdf else html.encode())

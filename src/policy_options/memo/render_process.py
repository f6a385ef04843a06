"""The rendering process: templates and layout run in a child with limits on time and memory.

The child is started before the dossier is read, so that it imports libraries while the parent loads and ranks. It gets
the content (pickled by the parent), and returns the bytes of the page: nothing from a template is ever unpickled or run
in the parent.
"""

from __future__ import annotations

import json
import pickle
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policy_options.errors import Fault
from policy_options.limited import LimitedProcess, Limits
from policy_options.memo.overrun import Overrun, TooLongError
from policy_options.memo.pdf import IMPORTED_AHEAD

if TYPE_CHECKING:
    from policy_options.memo.attachment import Attachment
    from policy_options.memo.comparison_content import ComparisonContent
    from policy_options.memo.content import MemoContent
    from policy_options.memo.pdf.conversion import Layouts
    from policy_options.memo.second_process import SecondProcess

__all__ = ["RENDER_LIMITS", "Renderer", "layouts_of_one"]

RENDER_LIMITS: Final = Limits(seconds=300.0, megabytes=4_096)
_ASKS_FOR_PAGE, _ASKS_FOR_WORD = b"P", b"W"
_PAGE: Final = b"P"
_TOO_LONG: Final = b"L"
_WARM: Final = (
    *IMPORTED_AHEAD,
    "jinja2",
    "jinja2.sandbox",
    "policy_options.memo.rendering",
    "policy_options.memo.attachment",
)


class Renderer(LimitedProcess):
    """A child that renders one page after another, and ends with the ``with`` block it is used in.

    ``batch`` says that template files do not change, so that pages shared by several memos are laid out once.
    """

    def __init__(self, limits: Limits = RENDER_LIMITS, *, batch: bool = False) -> None:
        super().__init__(render, limits, "rendering the page", imports=_WARM)
        self._batch = batch

    def page(
        self,
        content: MemoContent | ComparisonContent,
        folders: tuple[Path, ...],
        template: str,
        *,
        pdf: bool = True,
        attachment: Attachment | None = None,
        allow_overflow: bool = False,
    ) -> bytes:
        """Lay out a memo or a comparison note with a template, as PDF or as the HTML it is made from.

        Raises:
            TooLongError: it is longer than the template allows. PolicyOptionsError: the template is missing or faulty,
            or asks for a forbidden file; no font has a character; or a limit was reached.
        """
        asked = (content, folders, template, pdf, attachment, allow_overflow, self._batch)
        answer = self.answer(_ASKS_FOR_PAGE + pickle.dumps(asked))
        if answer[:1] == _PAGE:
            return answer[1:]
        pages, lines, text, *faults = json.loads(answer[1:])
        read = [Fault(str(code), str(message), str(remedy)) for code, message, remedy in faults]
        raise TooLongError(read, Overrun(float(pages), float(lines), str(text)))

    def word(
        self, content: MemoContent | ComparisonContent, labels: dict[str, str], template: str, when: datetime
    ) -> bytes:
        """Lay out a memo or a comparison note as a Word file marked with a time.

        Raises:
            PolicyOptionsError: the extra ``office`` is missing; no font has a character of a chart; or a limit was
                reached.
        """
        return self.answer(_ASKS_FOR_WORD + pickle.dumps((content, labels, template, when)))


def render(argument: bytes) -> bytes:
    """Runs in the child: the page or the Word file requested by the parent, or by how much the page is too long."""
    return _page(argument[1:]) if argument[:1] == _ASKS_FOR_PAGE else _word(argument[1:])


def _word(argument: bytes) -> bytes:
    from policy_options.memo.docx.writing import word_file

    content, labels, template, when = pickle.loads(argument)  # noqa: S301  # written by the parent process
    return word_file(content, labels, template, when)


def _page(argument: bytes) -> bytes:
    from policy_options.memo.pdf.conversion import memo_pdf
    from policy_options.memo.rendering import html_of

    content, folders, template, pdf, attachment, allow_overflow, batch = pickle.loads(argument)  # noqa: S301  # written by the parent process
    html = html_of(content, folders, template)
    if not pdf:
        return _PAGE + html.encode()
    layouts = _layouts_of_batch(_is_own(template, folders)) if batch else layouts_of_one()
    try:
        return _PAGE + memo_pdf(html, folders, attachment, layouts, allow_overflow=allow_overflow)
    except TooLongError as error:
        faults = [(fault.code, fault.message, fault.remedy) for fault in error.faults]
        overrun = error.overrun
        return _TOO_LONG + json.dumps([overrun.pages, overrun.lines, overrun.text, *faults]).encode()


@cache
def _layouts_of_batch(own: bool) -> Layouts:
    """Runs in the child of a batch: the state shared by all its memos."""
    from policy_options.memo.pdf.conversion import Layouts

    return Layouts(share_fonts=not own)


@cache
def _is_own(template: str, folders: tuple[Path, ...]) -> bool:
    from policy_options.memo.templates import is_shipped, template_digest

    return not is_shipped(template, template_digest(template, folders))


def layouts_of_one(*, own: bool = False) -> Layouts:
    """Runs in a child that works alone: nothing is kept, as templates may change, and a second process draws half of
    the pages.

    ``own`` says that the template is the user's: one attempt may declare fonts that the next does not.
    """
    from policy_options.memo.pdf.conversion import Layouts

    second = _second_process()  # before fonts are looked up, which starts a thread
    return Layouts(second, share_fonts=not own)


@cache
def _second_process() -> SecondProcess | None:
    from policy_options.memo.second_process import SecondProcess, second_process_pays

    return SecondProcess() if second_process_pays() else None

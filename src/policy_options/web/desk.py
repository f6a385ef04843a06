"""Making memos for the explorer, in one child process that is kept warm."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from policy_options.api import Dossier
from policy_options.errors import PolicyOptionsError
from policy_options.wording.phrases import load_phrases

if TYPE_CHECKING:
    from policy_options.memo.render_process import Renderer

__all__ = ["Desk"]


class Desk:
    """The renderer of memos: one child, started when the first memo is asked for and kept warm, one memo at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._renderer: Renderer | None = None
        self._ended = False

    def memo(self, dossier: Dossier, weights: str, folder: Path, *, word: bool, public: bool) -> tuple[bytes, str]:
        """A memo as PDF or as a Word file, and its name without a suffix.

        Raises:
            PolicyOptionsError: it cannot be made; the renderer starts afresh for the next.
        """
        from policy_options.memo.attachment import moment
        from policy_options.memo.fitting import fitted
        from policy_options.memo.making import DECISION, memo_document
        from policy_options.memo.render_process import Renderer
        from policy_options.memo.templates import template_folders

        if word:
            from policy_options.memo.docx.package import refuse_without_office

            refuse_without_office()
        folders = template_folders(folder, None)
        decision = dossier.contents.decision.model
        phrases = load_phrases(decision.language, folders)
        document = memo_document(dossier, weights, phrases, folders=folders, public=public)
        with self._lock:
            if self._ended:
                raise PolicyOptionsError.of("ended", "the explorer has ended", "start it again")
            renderer = self._renderer = self._renderer or Renderer()
            try:
                when = moment(decision.date)
                found = fitted(renderer, document, folders, DECISION, when=None if word else when)
                if not word:
                    return found.page, document.name
                content = document.at(found.level).content
                return renderer.word(content, phrases.labels(), DECISION, when), document.name
            except PolicyOptionsError:
                renderer.end()
                self._renderer = None
                raise

    def end(self) -> None:
        """End the child."""
        self._ended = True
        if self._renderer is not None:
            self._renderer.end()

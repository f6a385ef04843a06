"""Remaking a memo from the attachment of another: the same steps, with the same choices, under this installation."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policy_options.errors import PolicyOptionsError
from policy_options.memo.attachment_reading import AttachmentContent
from policy_options.memo.inputs import canonical

if TYPE_CHECKING:
    from policy_options.memo.attachment import Attachment
    from policy_options.memo.comparison_content import ComparisonContent
    from policy_options.memo.content import MemoContent
    from policy_options.memo.pdf.conversion import Layouts

__all__ = ["Remade", "remade"]

_KEPT: Final = 4
"""Memos kept for the next file, which may contain the same inputs."""


@dataclass(frozen=True, slots=True)
class Remade:
    """The memo that the inputs give here, with the content of its attachment."""

    pdf: bytes
    form: dict[str, Any]


_remade: OrderedDict[str, Remade] = OrderedDict()


def remade(form: AttachmentContent, folders: tuple[Path, ...], layouts: Callable[[], Layouts]) -> Remade:
    """The memo that the attached inputs give.

    Only the choices of a memo's maker are taken from the form: inputs, the timestamp of files, and the treatment of a
    body that is too long. The kind of processor is copied too, since it is recorded and has no effect on its own.

    Raises:
        PolicyOptionsError: no memo can be made from the inputs; no font has a character.
    """
    chosen = [form.inputs, form.moment.isoformat(), form.length, form.processor, [str(folder) for folder in folders]]
    key = sha256(canonical(chosen)).hexdigest()
    if key not in _remade:
        _remade[key] = _made(form, folders, layouts())
        while len(_remade) > _KEPT:
            _remade.popitem(last=False)
    return _remade[key]


def _made(form: AttachmentContent, folders: tuple[Path, ...], layouts: Layouts) -> Remade:
    from policy_options.api import Dossier
    from policy_options.dossier.carried import Carried, carried_files, carried_findings, findings_carried
    from policy_options.dossier.loading import load_contents
    from policy_options.memo.audience import without_names
    from policy_options.memo.fitting import fitted
    from policy_options.memo.making import memo_document
    from policy_options.wording.phrases import load_phrases, phrases_carried

    inputs = form.inputs
    dossier = Dossier(load_contents(Carried(inputs["files"], findings_carried(inputs.get("found", ())))))
    language = dossier.contents.decision.model.language
    own = inputs["wording"]
    phrases = load_phrases(language) if own is None else phrases_carried(language, own)
    if inputs["public"] is True:
        bare = without_names(dossier, phrases).contents
        if (carried_files(bare), carried_findings(bare)) != (inputs["files"], list(inputs.get("found", ()))):
            raise PolicyOptionsError.of("carried-names", "it says that names are left out, and its inputs have some")
    document = memo_document(
        dossier,
        inputs["weights"],
        phrases,
        folders=folders,
        template=form.template,
        public=inputs["public"] is True,
        annex_apart=inputs["annex_apart"] is True,
    )
    here = _RendererHere(layouts, form.processor)
    page = fitted(here, document, folders, form.template, length=form.length, when=form.moment).page
    return Remade(page, here.form)


class _RendererHere:
    """Lays pages out in this process, which has the limits, and keeps the attachment of the last one."""

    def __init__(self, layouts: Layouts, processor: str) -> None:
        self._layouts, self._processor = layouts, processor
        self.form: dict[str, Any] = {}

    def page(
        self,
        content: MemoContent | ComparisonContent,
        folders: tuple[Path, ...],
        template: str,
        *,
        attachment: Attachment | None,
        allow_overflow: bool,
    ) -> bytes:
        from policy_options.memo.pdf.conversion import memo_pdf
        from policy_options.memo.rendering import html_of

        assert attachment is not None
        attachment.processor = self._processor
        html = html_of(content, folders, template)
        page = memo_pdf(html, folders, attachment, self._layouts, allow_overflow=allow_overflow)
        self.form = attachment.form
        return page

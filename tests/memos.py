"""Memos for tests: a dossier's document, HTML and PDF, made as by the command."""

from __future__ import annotations

from pathlib import Path

from policy_options import Dossier
from policy_options.memo.attachment import Attachment, moment
from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import MemoContent
from policy_options.memo.fitting import Fitted, Length, fitted
from policy_options.memo.making import DECISION, MemoDocument, memo_document
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.rendering import html_of
from policy_options.memo.templates import template_folders
from policy_options.wording.phrases import load_phrases

__all__ = ["Here", "content_of", "document_of", "fitted_of", "page_of", "pdf_of"]


def document_of(
    dossier: Dossier,
    weights: str | None = None,
    template: str = DECISION,
    *,
    public: bool = False,
    annex_apart: bool = False,
) -> MemoDocument:
    """The document, in the language of the decision."""
    folders = template_folders(dossier.contents.root, None)
    phrases = load_phrases(dossier.contents.decision.model.language, folders)
    return memo_document(
        dossier, weights, phrases, folders=folders, template=template, public=public, annex_apart=annex_apart
    )


def content_of(dossier: Dossier, weights: str | None = None) -> MemoContent:
    """The content of a memo that is not a comparison."""
    content = document_of(dossier, weights).content
    assert isinstance(content, MemoContent)
    return content


def page_of(
    dossier: Dossier, weights: str | None = None, template: str = DECISION, templates: Path | None = None
) -> str:
    """The HTML."""
    folders = template_folders(dossier.contents.root, templates)
    return html_of(document_of(dossier, weights, template).content, folders, template)


def pdf_of(
    dossier: Dossier,
    weights: str | None = None,
    template: str = DECISION,
    *,
    with_inputs: bool = True,
    public: bool = False,
    annex_apart: bool = False,
    length: Length = "fit",
) -> bytes:
    """The PDF, with its inputs inside."""
    return fitted_of(
        dossier, weights, template, with_inputs=with_inputs, public=public, annex_apart=annex_apart, length=length
    ).page


def fitted_of(
    dossier: Dossier,
    weights: str | None = None,
    template: str = DECISION,
    *,
    with_inputs: bool = True,
    public: bool = False,
    annex_apart: bool = False,
    length: Length = "fit",
    renderer: Here | None = None,
) -> Fitted:
    """The PDF, and any remaining overrun."""
    document = document_of(dossier, weights, template, public=public, annex_apart=annex_apart)
    folders = template_folders(dossier.contents.root, None)
    when = moment(dossier.contents.decision.model.date) if with_inputs else None
    return fitted(renderer or Here(), document, folders, template, length=length, when=when)


class Here:
    """Lays pages out in this process, and records the contents requested."""

    def __init__(self) -> None:
        self.tried: list[MemoContent | ComparisonContent] = []

    def page(
        self,
        content: MemoContent | ComparisonContent,
        folders: tuple[Path, ...],
        template: str,
        *,
        attachment: Attachment | None,
        allow_overflow: bool,
    ) -> bytes:
        self.tried.append(content)
        return memo_pdf(html_of(content, folders, template), folders, attachment, allow_overflow=allow_overflow)

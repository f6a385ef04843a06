"""Memos for tests: a document of a dossier, its HTML, and its PDF, as the command makes them."""

from __future__ import annotations

from pathlib import Path

from policy_options import Dossier
from policy_options.memo.carrying import carrier_of
from policy_options.memo.content import MemoContent
from policy_options.memo.making import DECISION, MemoDocument, memo_document
from policy_options.memo.pdf import memo_pdf
from policy_options.memo.rendering import html_of
from policy_options.memo.templates import template_folders
from policy_options.wording.phrases import load_phrases

__all__ = ["content_of", "document_of", "page_of", "pdf_of"]


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
    return memo_document(dossier, weights, phrases, template=template, public=public, annex_apart=annex_apart)


def content_of(dossier: Dossier, weights: str | None = None) -> MemoContent:
    """The content of a memo that is none of a comparison."""
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
    carrying: bool = True,
    public: bool = False,
    allow_overflow: bool = False,
    annex_apart: bool = False,
) -> bytes:
    """The PDF, with its inputs inside."""
    document = document_of(dossier, weights, template, public=public, annex_apart=annex_apart)
    folders = template_folders(dossier.contents.root, None)
    carrier = carrier_of(document, dossier.contents.decision.model.date) if carrying else None
    return memo_pdf(html_of(document.content, folders, template), folders, carrier, allow_overflow=allow_overflow)

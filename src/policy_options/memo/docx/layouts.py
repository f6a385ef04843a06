"""The contents of each Word file, in order: one function for each PDF template of the same name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import MemoContent
from policy_options.memo.docx import annex_a, annex_b, body, opening
from policy_options.memo.docx.blocks import Block, Heading, Part, plain
from policy_options.memo.docx.comparison import note

__all__ = ["KEEPING_TO_PAGES", "LAYOUTS", "parts_of"]

KEEPING_TO_PAGES: Final = frozenset(("decision", "one-page"))
"""Layouts whose body is condensed as far as that of the PDF."""


def _decision(memo: MemoContent) -> Iterator[Part]:
    yield _first(
        memo,
        *opening.opening(memo),
        *opening.decision(memo),
        *opening.issue(memo),
        *body.ranking(memo),
        *body.robustness(memo),
        *body.options(memo),
        *body.packages(memo),
        *body.dissent(memo),
        *body.scenarios(memo),
        *body.outlook(memo),
        *body.sources(memo),
    )
    yield _first(memo, *annex_a.annex(memo), opens=False)
    yield from _annex_b_inside(memo)


def _one_page(memo: MemoContent) -> Iterator[Part]:
    yield _first(
        memo,
        *opening.opening(memo),
        *opening.decision(memo),
        *body.brief_ranking(memo),
        *body.brief_robustness(memo),
        *body.brief_scenarios(memo),
        *body.first_option(memo),
        *body.brief_dissent(memo),
        *body.references(memo),
        compact=True,
    )
    if annex := tuple(annex_a.brief_annex(memo)):
        yield _first(memo, *annex, opens=False, compact=True)


def _annex_only(memo: MemoContent) -> Iterator[Part]:
    title = Heading(0, plain(memo.title))
    yield _first(memo, title, *opening.notices(memo), *annex_a.annex(memo, with_body=False))
    yield from _annex_b_inside(memo)


def _annex_b(memo: MemoContent) -> Iterator[Part]:
    yield _second(memo, *opening.notices(memo), *annex_b.annex(memo))


def _annex_b_inside(memo: MemoContent) -> Iterator[Part]:
    if not memo.annex_file:
        yield _second(memo, *annex_b.annex(memo))


def _first(memo: MemoContent, *blocks: Block, opens: bool = True, compact: bool = False) -> Part:
    return Part(blocks, memo.running, _marks(memo), memo.footer, opens=opens, compact=compact)


def _second(memo: MemoContent, *blocks: Block) -> Part:
    letter = memo.labels["annex-dossier-letter"]
    return Part(blocks, memo.running, _marks(memo), memo.dossier.footer, letter, opens=False)


def _marks(content: MemoContent | ComparisonContent) -> str:
    return " · ".join(mark for mark in (content.marking, content.draft) if mark)


LAYOUTS: Final[dict[str, Callable[[MemoContent], Iterator[Part]]]] = {
    "decision": _decision,
    "one-page": _one_page,
    "annex-only": _annex_only,
    "annex-b": _annex_b,
}


def parts_of(content: MemoContent | ComparisonContent, labels: dict[str, str], template: str) -> tuple[Part, ...]:
    """The parts of a memo or a comparison note by the name of its template."""
    if isinstance(content, ComparisonContent):
        return (Part(tuple(note(content, labels)), content.running, _marks(content), content.footer),)
    return tuple(LAYOUTS[template](content))

"""Annex A of a Word memo, on this ranking: all of it, what would change it, and the numbers behind the charts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from policy_options.memo.content import AnnexPart, MemoContent
from policy_options.memo.docx import tables
from policy_options.memo.docx.blocks import Block, Heading, Paragraph, Picture, linked, plain, sentences
from policy_options.memo.docx.body import PAGE_WIDTH

__all__ = ["annex", "brief_annex", "of_dossier"]

_SHOWN_IN_BRIEF = ("issue", "ranking", "options", "gaps", "outlook")
"""Parts that the memo on one page never has."""


def of_dossier(memo: MemoContent) -> Iterator[Block]:
    """The digest that a memo and an annex B apart from it have in common, if the annex is apart."""
    if memo.dossier_digest:
        yield Paragraph(plain(f"{memo.labels['dossier-digest']}:"), "Small")
        yield Paragraph(plain(memo.dossier_digest), "Command")


def annex(memo: MemoContent, *, with_body: bool = True) -> Iterator[Block]:
    """The whole of annex A; without a body it also has the ranking, and what to do together."""
    part, labels = memo.annex, memo.labels
    yield Heading(1, plain(labels["annex"]), "annex")
    yield Paragraph(linked(labels["between-sentences"].join([labels["annex-note"], memo.annex_file]).rstrip(), labels))
    yield from of_dossier(memo)
    if part.ranking:
        yield Heading(2, plain(labels["ranking-in-full"]))
        yield tables.ranked(part.ranking, memo.ranking, labels, "")
    elif not with_body:
        yield Heading(2, plain(labels["ranking"]))
        yield tables.ranked(memo.ranking.rows, memo.ranking, labels, memo.ranking.caption)
    if part.moved:
        yield from _moved(part, labels)
    yield Heading(2, plain(labels["robustness-annex"]))
    if part.heat:
        yield from tables.heat(part.heat, labels)
    for drawn in part.figures:
        yield Picture(drawn, PAGE_WIDTH)
    for said in (*part.switching_values, *part.elsewhere):
        yield Paragraph(plain(said), "Small")
    if memo.packages is not None and not with_body:
        yield Heading(2, plain(labels["packages"]))
        for said in (memo.packages.said, *memo.packages.frontiers):
            yield Paragraph(plain(said), "Small")
        yield Paragraph(sentences((memo.packages.core, *memo.packages.sets), labels), "Small")
        for said in memo.packages.notes:
            yield Paragraph(plain(said), "Small")
    if part.cross_check:
        yield Heading(2, plain(labels["cross-check"]))
        yield Paragraph(plain(part.cross_check.said), "Small")
        if part.cross_check.methods.rows:
            yield tables.data(part.cross_check.methods)
        for said in part.cross_check.notes:
            yield Paragraph(plain(said), "Small")
    yield Heading(2, plain(labels["method"]))
    for said in part.method:
        yield Paragraph(plain(said), "Small")
    if part.numbers:
        yield Heading(2, plain(labels["numbers"]))
        for each in part.numbers:
            yield Heading(3, plain(each.title))
            yield tables.data(each.data)
    yield Heading(2, plain(labels["rebuild"]))
    yield Paragraph(plain(labels["word-rebuilding"]), "Small")
    yield Paragraph(plain(part.command), "Command")
    yield Paragraph(plain(f"{labels['digest']}:"), "Small")
    yield Paragraph(plain(part.digest), "Command")


def brief_annex(memo: MemoContent) -> Iterator[Block]:
    """What a one-page memo has no room for; empty if everything fits."""
    part, labels = memo.annex, memo.labels
    if not memo.moved:
        return
    yield Heading(1, plain(labels["annex"]), "annex")
    if part.ranking:
        yield Heading(2, plain(labels["ranking-in-full"]))
        yield tables.ranked(part.ranking, memo.ranking, labels, "", groups=False, shorts=False)
    yield from _moved(part, labels, _SHOWN_IN_BRIEF)


def _moved(part: AnnexPart, labels: dict[str, str], without: Collection[str] = ()) -> Iterator[Block]:
    yield Heading(2, plain(labels["moved"]))
    yield Paragraph(plain(labels["moved-rule"]), "Small")
    for moved in part.moved:
        if moved.key not in without:
            yield Heading(3, plain(moved.title))
            for said in moved.texts:
                yield Paragraph(plain(said), "Small")

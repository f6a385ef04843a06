"""The first page of a Word memo: title, head block, notices, the bottom line, the decision sought, and the issue."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.memo.content import MemoContent
from policy_options.memo.docx.blocks import (
    Block,
    Heading,
    Paragraph,
    Row,
    Table,
    argued,
    cell,
    linked,
    plain,
    sentences,
)

__all__ = ["decision", "issue", "notices", "opening"]

_BOX = "\N{BALLOT BOX} "


def notices(memo: MemoContent) -> Iterator[Block]:
    """What readers must know before anything else: first that the file is for editing."""
    for said in (memo.labels["word-notice"], *memo.notices):
        yield Paragraph(linked(said), "Notice")


def opening(memo: MemoContent) -> Iterator[Block]:
    """Title, to whom and from whom, notices, and the bottom line."""
    yield Heading(0, plain(memo.title))
    if memo.head:
        rows = tuple(Row((cell(*plain(row.label), head=True), cell(*plain(row.text)))) for row in memo.head)
        yield Table((), rows, (25, 0), "MemoList")
    yield from notices(memo)
    yield Heading(1, plain(memo.labels["bottom-line"]))
    yield Paragraph(sentences(memo.bottom_line, memo.labels), "BottomLine")


def decision(memo: MemoContent) -> Iterator[Block]:
    """The request, and the possible answers."""
    part, labels = memo.decision, memo.labels
    if part.requested:
        yield Heading(1, plain(labels["decision"]))
        yield Paragraph(sentences((part.requested, part.approves), labels))
        if part.together:
            yield Paragraph(plain(part.together))
        choices = "\N{EM SPACE}".join(
            [*(f"{_BOX}{choice}" for choice in part.choices), *([part.by] if part.by else [])]
        )
        yield Paragraph(plain(choices), "Choices")


def issue(memo: MemoContent) -> Iterator[Block]:
    """The question, why now, and from whose perspective."""
    part, labels = memo.issue, memo.labels
    yield Heading(1, plain(labels["issue"]), "issue")
    yield Paragraph(plain(part.question))
    for point in part.timing:
        yield Paragraph(argued(point), "ListBullet")
    colon = labels["colon"] + labels["between-sentences"]
    standpoint = f"{labels['standpoint']}{colon}{part.standpoint} · {labels['horizon']}{colon}{part.horizon}"
    yield Paragraph(plain(standpoint), "Aside")

"""The body of a Word memo after its opening: the ranking, how firm it is, the options, dissent, what follows, sources."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.memo.content import MemoContent, OptionEntry
from policy_options.memo.docx import tables
from policy_options.memo.docx.blocks import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
    argued,
    cell,
    linked,
    plain,
    sentences,
)

__all__ = [
    "PAGE_WIDTH",
    "brief_dissent",
    "brief_ranking",
    "brief_robustness",
    "brief_scenarios",
    "dissent",
    "first_option",
    "options",
    "outlook",
    "packages",
    "ranking",
    "references",
    "robustness",
    "scenarios",
    "sources",
]

PAGE_WIDTH = 170.0
"""Millimetres between the margins."""


def ranking(memo: MemoContent) -> Iterator[Block]:
    """The table, its notes, and the sources of each value."""
    part, labels = memo.ranking, memo.labels
    yield Heading(1, plain(labels["ranking"]))
    yield tables.ranked(part.rows, part, labels, part.caption, groups=False)
    for said in (part.more, *part.notes):
        if said:
            yield Paragraph(linked(said, labels), "Note")
    yield Paragraph(plain(part.rule), "Note")
    yield Picture(part.contributions, PAGE_WIDTH)


def brief_ranking(memo: MemoContent) -> Iterator[Block]:
    """The table of a one-page memo."""
    part, labels = memo.ranking, memo.labels
    yield Heading(1, plain(labels["ranking"]))
    yield tables.ranked(part.rows, part, labels, part.caption, groups=False, shorts=False)
    if memo.moved:
        yield Paragraph(sentences((part.more, memo.moved), labels, named=True), "Note")
    yield Paragraph(plain(part.rule), "Note")


def robustness(memo: MemoContent) -> Iterator[Block]:
    """The verdict with its rule, its basis, and what would change it."""
    part, labels = memo.robustness, memo.labels
    yield Heading(1, plain(labels["robustness"]))
    yield Paragraph(sentences(part.verdict, labels))
    for said in (part.rule, *part.basis):
        if said:
            yield Paragraph(linked(said, labels), "Note")
    if part.switching_values:
        yield Heading(2, plain(labels["nearest"]))
        for said in part.switching_values:
            yield Paragraph(plain(said), "Aside")
    if part.sets:
        yield tables.ranks(part.sets, labels)


def brief_robustness(memo: MemoContent) -> Iterator[Block]:
    """The first sentence of the verdict, and its rule."""
    yield Heading(1, plain(memo.labels["robustness"]))
    yield Paragraph(plain(memo.robustness.verdict[0]), "Aside")
    if memo.robustness.rule:
        yield Paragraph(plain(memo.robustness.rule), "Note")


def options(memo: MemoContent) -> Iterator[Block]:
    """Each option that the body describes."""
    labels = memo.labels
    yield Heading(1, plain(labels["options"]))
    if memo.decision.complementary:
        yield Paragraph(plain(memo.decision.complementary), "Aside")
    for option in memo.options:
        remark = f", {labels['baseline']}" if option.baseline else ""
        yield from _option(option, labels, f"{option.rank}{remark}", (option.cost, option.fall))
    for said in (memo.more_options, memo.moved):
        if said:
            yield Paragraph(linked(said, labels), "Note")


def first_option(memo: MemoContent) -> Iterator[Block]:
    """The option to put first, alone."""
    yield Heading(1, plain(memo.labels["options"]))
    for option in memo.options:
        if option.first:
            yield from _option(option, memo.labels, option.rank, (option.cost,))


def _option(option: OptionEntry, labels: dict[str, str], remark: str, cost: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(2, (*plain(option.title), *plain(f" {remark}", "Remark")))
    yield Paragraph(plain(option.increment))
    yield from tables.cases(
        [
            (labels["for"], option.case_for),
            (labels["against"], option.case_against),
            (labels["cost"], labels["between-sentences"].join(text for text in cost if text)),
            (labels["risk"], option.risk),
        ]
    )


def packages(memo: MemoContent) -> Iterator[Block]:
    """What to do together, where the dossier says what options may be."""
    part, labels = memo.packages, memo.labels
    if part is None:
        return
    yield Heading(1, plain(labels["packages"]))
    yield Paragraph(plain(part.said))
    for said in part.frontiers:
        yield Paragraph(plain(said), "Aside")
    yield Paragraph(sentences((part.core, *part.sets), labels), "Aside")
    for said in part.notes:
        yield Paragraph(plain(said), "Note")


def dissent(memo: MemoContent) -> Iterator[Block]:
    """Who would put another option first, and what is missing."""
    part, labels = memo.dissent, memo.labels
    yield Heading(1, plain(labels["dissent"]))
    yield Paragraph(sentences((part.said, *part.agreement), labels))
    if part.views:
        heads = tables.head_row(
            (labels["view"], ""),
            (labels["view-first"], ""),
            (labels["view-lead"], "right"),
            (labels["view-rank"], "right"),
        )
        rows = tuple(
            Row(
                (
                    cell(*plain(view.title, "Strong"), *plain(f" {view.holder}; {view.status}", "Remark")),
                    cell(*plain(view.first)),
                    cell(*plain(view.lead), align="right"),
                    cell(*plain(view.rank), align="right"),
                )
            )
            for view in part.views
        )
        yield Table(heads, rows, (0, 52, 22, 24), caption=part.caption)
        if part.more:
            yield Paragraph(linked(part.more, labels), "Note")
    yield Heading(2, plain(labels["gaps"]))
    for gap in part.gaps:
        yield Paragraph(plain(gap), "ListBullet")


def brief_dissent(memo: MemoContent) -> Iterator[Block]:
    """Who disagrees, with one sentence for each option that would be first."""
    part, labels = memo.dissent, memo.labels
    yield Heading(1, plain(labels["dissent"]))
    yield Paragraph(sentences((*(part.by_first or (part.said,)), part.more), labels), "Aside")


def outlook(memo: MemoContent) -> Iterator[Block]:
    """Next steps, and what to watch."""
    part, labels = memo.outlook, memo.labels
    if not part.steps and not part.signposts:
        return
    only_steps = memo.scenarios is not None and not part.signposts
    yield Heading(1, plain(labels["next-steps" if only_steps else "outlook"]))
    if part.steps:
        heads = tables.head_row((labels["step"], ""), (labels["who"], ""), (labels["by"], ""))
        rows = tuple(
            Row((cell(*plain(step.what)), cell(*plain(step.who)), cell(*plain(step.by)))) for step in part.steps
        )
        yield Table(heads, rows, (104, 0, 30))
    if part.signposts:
        yield Heading(2, plain(labels["signposts"]), "signposts")
        for one in part.signposts:
            yield Paragraph((*argued(one.watch), *plain(f" {one.switching_value}")), "ListBullet")


def scenarios(memo: MemoContent) -> Iterator[Block]:
    """If things turn out otherwise: the sentences, the chart, and every signpost."""
    part, labels = memo.scenarios, memo.labels
    if part is None:
        return
    yield Heading(1, plain(labels["scenarios"]), "scenarios")
    yield Paragraph(sentences(part.said, labels))
    yield Picture(part.figure, PAGE_WIDTH)
    if part.signposts:
        keys = ("watch", "threshold", "by", "who", "then")
        heads = tables.head_row(*((labels[key], "") for key in keys))
        rows = tuple(
            Row(
                (
                    cell(*plain(f"{one.scenario} " if one.scenario else "", "Strong"), *argued(one.watch)),
                    cell(*plain(one.threshold)),
                    cell(*plain(one.by)),
                    cell(*plain(one.who)),
                    cell(*plain(one.then), *plain(f" {one.first}" if one.first else "", "Remark")),
                )
            )
            for one in part.signposts
        )
        yield Heading(2, plain(labels["signposts"]), "signposts")
        yield Table(heads, rows, (0, 27, 22, 25, 50))


def brief_scenarios(memo: MemoContent) -> Iterator[Block]:
    """Where the advice holds, in a sentence."""
    if memo.scenarios is not None:
        yield Paragraph(plain(memo.scenarios.brief), "Aside")


def sources(memo: MemoContent) -> Iterator[Block]:
    """How sure the scores are, and the sources that they rest on."""
    yield Heading(1, plain(memo.labels["resting"]))
    yield Paragraph(plain(memo.sources.said), "Aside")
    yield from references(memo, "Small")


def references(memo: MemoContent, style: str = "Note") -> Iterator[Block]:
    """The sources, one line each."""
    for source in memo.sources.references:
        yield Paragraph(linked(source), style)

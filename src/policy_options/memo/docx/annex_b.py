"""Annex B of a Word memo, on the dossier: the basis of every ranking of it, whatever its weights."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.memo.content import AnnexScores, MatrixBlock, MemoContent, ScaleRow, SourceEntry, WeightBlock
from policy_options.memo.docx import tables
from policy_options.memo.docx.annex_a import of_dossier
from policy_options.memo.docx.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Piece,
    Row,
    Table,
    cell,
    linked,
    pieces,
    plain,
)

__all__ = ["annex"]

_CURVE_WIDTH = 60.0


def annex(memo: MemoContent) -> Iterator[Block]:
    """The whole of annex B."""
    part, labels = memo.dossier, memo.labels
    yield Heading(1, plain(labels["annex-dossier"]), "annex-dossier")
    yield Paragraph(plain(labels["annex-dossier-note"]))
    yield from of_dossier(memo)
    yield Heading(2, plain(labels["matrix"]))
    for matrix in part.matrix:
        yield _matrix(matrix, labels)
    yield Heading(2, plain(labels["weights-table"]))
    for weights in part.weights:
        yield _weights(weights, labels)
    yield from _weight_sets(memo)
    yield Heading(2, plain(labels["comparison"]))
    for sets in part.sets:
        yield tables.ranks(sets, labels)
    for said in part.comparison:
        yield Paragraph(plain(said), "Small")
    yield from _options(memo)
    yield from _scenarios(memo)
    yield Heading(2, plain(labels["scales"]))
    for scale in part.scales:
        yield from _scale(scale, labels)
    yield Heading(2, plain(labels["scores"]))
    for scores in part.scores:
        yield from _scores(scores, labels)
    if part.sources:
        yield Heading(2, plain(labels["sources"]))
        for source in part.sources:
            yield from _source(source)


def _matrix(block: MatrixBlock, labels: dict[str, str]) -> Table:
    heads = tables.head_row((labels["criterion"], ""), *((title, "") for title in block.options))
    rows = []
    for row in block.rows:
        judged = f" ({row.judged})" if row.judged else ""
        first = Cell((plain(row.title), plain(f"{row.unit}{judged}", "Remark")), head=True)
        others = (
            Cell((plain(likely), *((plain(bounds, "Remark"),) if bounds else ())))
            for likely, bounds in row.performances
        )
        rows.append(Row((first, *others)))
    share = 136 / len(block.options) if block.options else 0
    return Table(heads, tuple(rows), (0, *(min(share, 40) for _ in block.options)))


def _weights(block: WeightBlock, labels: dict[str, str]) -> Table:
    heads = tables.head_row((labels["criterion"], ""), *((title, "center") for title in block.titles))
    rows = tuple(
        Row(
            (
                cell(*plain(row.title, "Strong" if row.group else ""), head=row.group),
                *(cell(*plain(weight, "Strong" if row.group else ""), align="center") for weight in row.weights),
            ),
            fill=tables.SHADE if row.group else "",
        )
        for row in block.rows
    )
    share = 144 / len(block.titles) if block.titles else 0
    return Table(heads, rows, (0, *(min(share, 40) for _ in block.titles)))


def _weight_sets(memo: MemoContent) -> Iterator[Block]:
    labels = memo.labels
    yield Heading(2, plain(labels["weight-sets"]))
    for each in memo.dossier.weight_sets:
        yield Heading(3, (*plain(each.title), *plain(f" {each.status}", "Remark")))
        said = f" {each.leader} ({each.lead}). {each.rationale} {each.derived}".rstrip()
        yield Paragraph(
            (
                *plain(f"{labels['holder']}:", "Strong"),
                *plain(f" {each.holder}. "),
                *plain(f"{labels['first']}:", "Strong"),
                *plain(said),
            ),
            "Small",
        )


def _options(memo: MemoContent) -> Iterator[Block]:
    labels = memo.labels
    yield Heading(2, plain(labels["options-in-full"]))
    for option in memo.dossier.options:
        yield Heading(3, plain(option.title), option.anchor)
        yield Paragraph(plain(option.increment), "Small")
        yield from tables.cases(
            [
                *((labels["for"], point) for point in option.case_for),
                *((labels["against"], point) for point in option.case_against),
                (labels["risk"], option.risk),
                *((labels["relation"], relation) for relation in option.relations),
            ]
        )


def _scenarios(memo: MemoContent) -> Iterator[Block]:
    labels = memo.labels
    if memo.dossier.scenarios:
        yield Heading(2, plain(labels["scenarios-in-full"]))
    for scenario in memo.dossier.scenarios:
        yield Heading(3, plain(scenario.title), scenario.anchor)
        yield Paragraph(plain(scenario.story), "Small")
        yield from tables.cases([(labels["driver"], driver) for driver in scenario.drivers])
        if scenario.rows:
            heads = tables.head_row(*((labels[key], "") for key in ("criterion", "scenario-change", "rationale")))
            rows = (
                Row(
                    (
                        cell(*plain(row.what), head=True),
                        cell(*plain(row.change)),
                        cell(
                            *linked(row.rationale),
                            *plain(f" {labels['cites']}: ", "Remark"),
                            *pieces(row.cites, "Remark"),
                        ),
                    )
                )
                for row in scenario.rows
            )
            yield Table(heads, tuple(rows), (40, 44, 0))


def _scale(scale: ScaleRow, labels: dict[str, str]) -> Iterator[Block]:
    yield Heading(3, (*plain(scale.title), *plain(f" {scale.unit}; {scale.direction}", "Remark")))
    yield Picture(scale.curve, _CURVE_WIDTH, titled=False)
    further = ((labels["function"], scale.value_function), (labels["swing"], scale.swing))
    rows = [*scale.ends, *further, (labels["red-line"], scale.red_line)]
    listed = [Row((cell(*plain(label), head=True), cell(*plain(text)))) for label, text in rows if text]
    yield Table((), tuple(listed), (32, 0), "MemoList")


def _scores(scores: AnnexScores, labels: dict[str, str]) -> Iterator[Block]:
    yield Heading(3, plain(scores.option))
    heads = tables.head_row(
        (labels["criterion"], ""), (labels["performance"], ""), (labels["value"], "right"), (labels["rationale"], "")
    )
    rows = []
    for row in scores.rows:
        confidence = f"{labels['confidence']}: {row.confidence} · " if row.confidence else ""
        remark = (
            *plain(f" {confidence}{labels['cites']}: ", "Remark"),
            *pieces(row.cites, "Remark"),
            *(plain(f" · {row.provenance}", "Remark") if row.provenance else ()),
        )
        rows.append(
            Row(
                (
                    cell(*plain(row.criterion), head=True),
                    cell(*plain(row.performance)),
                    cell(*plain(row.value), align="right"),
                    cell(*linked(row.rationale), *remark),
                ),
                row.anchor,
            )
        )
    yield Table(heads, tuple(rows), (30, 32, 14, 0))


def _source(source: SourceEntry) -> Iterator[Block]:
    yield Heading(3, linked(source.reference), source.anchor)
    if source.locator:
        yield Paragraph(linked(source.locator), "Small")
    rows = []
    for claim in source.claims:
        head = Cell((_to(claim.place, source.anchor),), head=True)
        cited = (*plain(" ", "Remark"), *pieces(claim.cited, "Remark")) if claim.cited else ()
        quoted = plain(f" {claim.quote}") if claim.quote else ()
        rows.append(Row((head, cell(*linked(claim.text), *quoted, *cited)), claim.anchor))
    if rows:
        yield Table((), tuple(rows), (20, 0), "MemoList")


def _to(text: str, anchor: str) -> tuple[Piece, ...]:
    """A text that links to a place in the file."""
    return (Piece(text, "", f"#{anchor}"),)

"""The comparison note: the results of ``diff``, on pages, through the memo's templates."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from policy_options import Dossier, PolicyOptionsError
from policy_options.diffing import Diff, diff_of_sets, diff_of_versions
from policy_options.memo.comparison_content import ComparisonContent, build_comparison
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.rendering import comparison_html
from policy_options.memo.templates import template_folders
from policy_options.reports.comparison import diff_sections
from policy_options.reports.comparison_figures import comparison_figures
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

PHRASES = load_phrases("en")


def content_of(diff: Diff) -> ComparisonContent:
    return build_comparison(diff, PHRASES)


def html_of(diff: Diff, templates: Path | None = None) -> str:
    return comparison_html(content_of(diff), template_folders(diff.after.contents.root, templates))


def test_a_note_opens_with_its_bottom_line_and_what_moved_the_lead(shipped_dossier: Dossier) -> None:
    diff = diff_of_sets(shipped_dossier, ("balanced", "supply-security"))
    content = content_of(diff)
    before, after = shipped_dossier.rank("balanced"), shipped_dossier.rank("supply-security")
    leads = [one.lead(*one.in_order[:2]).points for one in (before, after)]
    gap = diff.comparisons[0].explain(after.in_order[0], before.in_order[0])
    push = max(gap.parts, key=lambda part: part.points)
    assert (push.factor, push.criterion) == ("weights", "public-outlay")
    assert content.bottom_line == (
        f"The lead passes: before, Align rules and raise the quality of cooperation by {leads[0]:.1f} points; "
        f"after, Consolidate advantages in energy, infrastructure and trade by {leads[1]:.1f} points.",
        f"Consolidate advantages in energy, infrastructure and trade gains {gap.change:.1f} points on Align rules and raise the "
        f"quality of cooperation, most of all by the weight on Outlay ({push.points:.1f} points).",
        "Pairs within 2.0 points on either side are too close to call; that alters no order.",
    )
    first, second, *_ = content.sections
    assert (
        first.title
        == "Consolidate advantages in energy, infrastructure and trade and Align rules and raise the quality of cooperation: "
        "what moved the gap"
    )
    assert first.table is not None and first.table.rows[0][0] == "the weight on Outlay"
    assert second.title == "Ranks and values"


def test_a_note_on_every_set_names_those_that_put_another_first_and_the_largest_cause(shipped_dossier: Dossier) -> None:
    diff = diff_of_sets(
        shipped_dossier, ("balanced", *(one for one in shipped_dossier.weight_sets if one != "balanced"))
    )
    content = content_of(diff)
    base, elsewhere, cause, _ = content.bottom_line
    assert base == "First under Balanced: Align rules and raise the quality of cooperation by 2.4 points."
    assert elsewhere == (
        "Another option comes first in 9 of 11 comparisons (illustrative, nobody was asked): under A border province’s view, "
        "Carry on with what is already planned by 0.7 points; under The order of the briefing’s conclusion, Consolidate "
        "advantages in energy, infrastructure and trade by 1.5 points; under Caution about escalation, Avoid over-securitising "
        "normal competition by 1.1 points; under Fiscal restraint first, Carry on with what is already planned by 3.6 points; "
        "under A host government’s view, Consolidate advantages in energy, infrastructure and trade by 1.2 points; under Partner "
        "trust first, Avoid over-securitising normal competition by 1.0 points; 3 more."
    )
    table = content.sections[0].table
    assert table is not None
    assert [row[0] for row in table.rows] == [
        shipped_dossier.weighting(one.after.weights.id).title for one in diff.comparisons
    ]
    passing = [
        row
        for row, one in zip(table.rows, diff.comparisons, strict=True)
        if one.after.in_order[0] != one.before.in_order[0]
    ]
    largest = max(passing, key=lambda row: float(row[6]))
    assert cause.startswith(f"The largest single cause is under {largest[0]}: {largest[1]} gains ")
    assert cause.endswith(f"most of all by {largest[5]} ({float(largest[6]):.1f} points).")
    for row, one in zip(table.rows, diff.comparisons, strict=True):
        titles = {option.title: option.id for option in shipped_dossier.problem.options}
        pair = titles[row[1]], titles[row[2]]
        gaps = [ranking.value(pair[0]) - ranking.value(pair[1]) for ranking in (one.before, one.after)]
        assert [f"{gap:+.1f}".replace("-", "−") for gap in gaps] == [row[3], row[4]]
        assert gaps[1] >= gaps[0]


def test_a_note_has_no_cause_where_the_lead_stays_as_it_is_or_is_open(small: SmallDossier) -> None:
    same = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    small.put("criteria/weights/same.yaml", same.replace("title: Even", "title: Same"))
    content = content_of(diff_of_sets(small.load(), ("even", "same")))
    assert len(content.bottom_line) == 2
    assert "most of all" not in " ".join(content.bottom_line)
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    open_ = content_of(diff_of_sets(small.load(), ("even", "quick")))
    assert "new-mole" not in " ".join(open_.bottom_line) and "Build a mole gains" not in " ".join(open_.bottom_line)


def test_a_note_holds_a_page_of_sentences_and_counts_the_rest(shipped_dossier: Dossier) -> None:
    diff = diff_of_sets(shipped_dossier, shipped_dossier.weight_sets)
    content = content_of(diff)
    said = [note for section in diff_sections(diff, PHRASES, titled=True) for note in section.notes]
    kept = [note for section in content.sections for note in section.notes]
    assert kept == said[: len(kept)]
    assert sum(-(-len(note) // 105) for note in kept) <= 50 < sum(-(-len(note) // 105) for note in said)
    assert content.more == f"{len(said) - len(kept)} more sentences are not printed here; policy-options diff has them."
    two = content_of(diff_of_sets(shipped_dossier, ("balanced", "supply-security")))
    assert two.more == ""


def test_options_sets_and_criteria_have_titles_where_the_screen_has_ids(shipped_dossier: Dossier) -> None:
    for diff in (
        diff_of_sets(shipped_dossier, ("balanced", "supply-security")),
        diff_of_sets(shipped_dossier, shipped_dossier.weight_sets),
    ):
        cells = {
            cell for section in content_of(diff).sections if section.table for row in section.table.rows for cell in row
        }
        ids = {
            *shipped_dossier.problem.option_ids,
            *shipped_dossier.problem.criterion_ids,
            *shipped_dossier.weight_sets,
        }
        assert not cells & ids
        notes = " ".join(note for section in content_of(diff).sections for note in section.notes)
        assert not [name for name in ids if "-" in name and name in notes]


def test_figures_state_what_they_show_and_stand_in_their_section(shipped_dossier: Dossier) -> None:
    two = content_of(diff_of_sets(shipped_dossier, ("balanced", "supply-security")))
    titles = {
        section.title: [figure.title for figure in section.figures] for section in two.sections if section.figures
    }
    assert titles == {
        "Consolidate advantages in energy, infrastructure and trade and Align rules and raise the quality of cooperation: "
        "what moved the gap": [
            "Consolidate advantages gains 7.3 points on Regulatory alignment, most of all by the weight on Outlay (2.5 points)"
        ],
        "Between the two weight sets": [
            "The lead changes once on the straight line from Balanced to Supply security first, 32.7% of the way along."
        ],
    }
    every = content_of(diff_of_sets(shipped_dossier, shipped_dossier.weight_sets))
    (titles_of_all,) = [[figure.title for figure in section.figures] for section in every.sections if section.figures]
    assert titles_of_all == [
        "The ranks of Third-party cooperation differ least, from 4 to 6; those of Regulatory alignment most, from 1 to 5",
    ]


@pytest.mark.parametrize("weights", [("even", "quick"), ("even", "quick", "third")])
def test_pages_carry_every_section_and_rebuild_to_the_same_bytes(small: SmallDossier, weights: tuple[str, ...]) -> None:
    even = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    small.put("criteria/weights/third.yaml", even.replace("outlay: 2", "outlay: 9").replace("Even", "Third"))
    small.edit(
        "criteria/decision.yaml",
        "weights: even",
        "weights: even\nmarking: RESTRICTED\nhypothetical: All of it is made up.",
    )
    folders = template_folders(small.root, None)
    page = html_of(diff_of_sets(small.load(), weights))
    pdf = memo_pdf(page, folders)
    assert pdf == memo_pdf(html_of(diff_of_sets(small.load(), weights)), folders)
    texts = [" ".join(found.extract_text().split()) for found in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert all("RESTRICTED" in text for text in texts)
    whole = " ".join(texts)
    assert "All of it is made up." in whole
    for section in content_of(diff_of_sets(small.load(), weights)).sections:
        assert section.title in whole


def test_charts_are_those_of_the_page(shipped_dossier: Dossier) -> None:
    diff = diff_of_sets(shipped_dossier, ("balanced", "supply-security"))
    page, charts = html_of(diff), comparison_figures(diff, PHRASES)
    assert set(charts) == {"path", "gap-consolidate-advantages-regulatory-alignment"}
    assert all(figure.svg in page for figure in charts.values())


def test_between_versions_there_is_no_way_and_no_chart_of_one(small: SmallDossier) -> None:
    before = small.load()
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    diff = diff_of_versions(before, small.load(), ("v1", None))
    assert set(comparison_figures(diff, PHRASES)) == set()  # no order changed, and nobody asked
    asked = diff_of_versions(before, small.load(), ("v1", None), asked=[("new-mole", "as-is")])
    assert set(comparison_figures(asked, PHRASES)) == {"gap-new-mole-as-is"}


def test_a_title_is_text_and_no_markup(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "'<script>alert(1)</script>'")
    page = html_of(diff_of_sets(small.load(), ("even", "quick")))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_house_lays_the_note_out_its_own_way(small: SmallDossier) -> None:
    small.put("templates/memo/comparison.html.j2", "{{ note.title }}: {{ note.sections|length }} parts")
    diff = diff_of_sets(small.load(), ("even", "quick"))
    assert re.fullmatch(r"Where to build the ferry landing: .*: \d+ parts", html_of(diff))
    small.put("templates/memo/comparison.html.j2", "{{ note.nothing }}")
    with pytest.raises(PolicyOptionsError, match="nothing"):
        html_of(diff)

"""The comparison note: what ``diff`` shows, on pages, through the memo's templates."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from policy_options import Dossier, PolicyOptionsError
from policy_options.diffing import Diff, diff_of_sets, diff_of_versions
from policy_options.memo.comparison import ComparisonContent, build_comparison, comparison_charts
from policy_options.memo.pdf import memo_pdf
from policy_options.memo.rendering import comparison_html
from policy_options.memo.templates import template_folders
from policy_options.wording.comparison_tables import diff_sections
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

PHRASES = load_phrases("en")


def content_of(diff: Diff) -> ComparisonContent:
    return build_comparison(diff, PHRASES)


def html_of(diff: Diff, templates: Path | None = None) -> str:
    return comparison_html(content_of(diff), template_folders(diff.after.contents.root, templates))


def test_the_page_says_what_the_screen_says(shipped_dossier: Dossier) -> None:
    diff = diff_of_sets(shipped_dossier, ("balanced", "supply-security"))
    content = content_of(diff)
    sections = diff_sections(diff, PHRASES)
    assert [section.title for section in content.sections] == ["", *(section.title for section in sections[1:])]
    for drawn, said in zip(content.sections, sections, strict=True):
        notes = said.notes[1:] if said.key == "path" else said.notes
        assert drawn.notes[: len(notes)] == notes
    assert (
        content.sections[0].notes[-1]
        == "Pairs within 2.0 points are too close to call, on either side; that alters no order."
    )
    assert content.title == sections[0].title


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
        "Supply-chain resilience and Regulatory alignment: what moved the gap": [
            "Supply-chain resilience gains 7.3 points on Regulatory alignment, most of all by the weight on Disruption "
            "exposure (2.9 points)"
        ],
        "The way between": [
            "The lead changes once on the straight way from Balanced to Supply security first, 58.1% of the way along."
        ],
    }
    every = content_of(diff_of_sets(shipped_dossier, shipped_dossier.weight_sets))
    (titles_of_all,) = [[figure.title for figure in section.figures] for section in every.sections if section.figures]
    assert titles_of_all == [
        "The ranks of Third-party cooperation differ least, from 1 to 3; those of Avoid over-securitising most, from 1 to 6",
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
    page, charts = html_of(diff), comparison_charts(diff, PHRASES)
    assert set(charts) == {"path", "gap-supply-chain-resilience-regulatory-alignment"}
    assert all(svg in page for svg in charts.values())


def test_between_versions_there_is_no_way_and_no_chart_of_one(small: SmallDossier) -> None:
    before = small.load()
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    diff = diff_of_versions(before, small.load(), ("v1", None))
    assert set(comparison_charts(diff, PHRASES)) == set()  # no order changed, and nobody asked
    asked = diff_of_versions(before, small.load(), ("v1", None), asked=[("new-mole", "as-is")])
    assert set(comparison_charts(asked, PHRASES)) == {"gap-new-mole-as-is"}


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

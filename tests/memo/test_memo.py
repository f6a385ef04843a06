"""The memo reports the computed results, in two to five pages and an annex, and rebuilds to the same bytes."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from memos import content_of, page_of, pdf_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.templates import render
from support import SmallDossier


@pytest.fixture(scope="module")
def pages(shipped_dossier: Dossier) -> list[str]:
    """The text of each page of the shipped memo, white space collapsed."""
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(shipped_dossier)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_body_has_two_to_five_pages_and_an_annex_follows(pages: list[str]) -> None:
    first, second = (
        next(index for index, page in enumerate(pages) if page.find(head) >= 0)
        for head in ("Annex A: this ranking", "Annex B: the dossier")
    )
    assert 2 <= first <= 5 < second
    assert f"1 / {second}" in pages[0] and f"1 / {len(pages) - second}" in pages[second]


def test_page_one_states_standpoint_what_is_invented_the_advice_and_the_decision(pages: list[str]) -> None:
    for part in (
        "A Chinese planner's",
        "hypothetical",
        "Bottom line Put Align rules and raise the quality of cooperation first. Under Balanced it leads narrowly",
        "Decision requested",
        "Approve Disapprove Discuss by 30 April 2026",
        "Issue and timing",
    ):
        assert part in pages[0], part


def test_first_in_k_of_n_is_never_said_without_illustrative(pages: list[str]) -> None:
    for page in pages:
        for match in re.finditer(r"\d+ of \d+ weight sets", page):
            assert "illustrative, nobody was asked" in page[match.start() : match.end() + 45]


def test_the_bottom_line_is_short_however_many_sets_differ(small: SmallDossier) -> None:
    quick = (small.root / "criteria/weights/quick.yaml").read_text(encoding="utf-8")
    for index in range(30):
        small.put(
            f"criteria/weights/quick-{index}.yaml", quick.replace("title: Quick", f"title: Quick for commuters {index}")
        )
    lines = content_of(small.load()).bottom_line
    assert "None of the 31 weight sets that people were asked for puts" in lines[2]
    assert lines[3].startswith("The one illustrative weight set (nobody was asked) puts ")
    assert len(" ".join(lines)) < 8 * 95


def test_none_of_the_sets_is_said_where_none_differs(small: SmallDossier) -> None:
    (small.root / "criteria/weights/quick.yaml").unlink()
    assert "The one illustrative weight set (nobody was asked) puts" in content_of(small.load()).bottom_line[2]
    even = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    small.put("criteria/weights/same.yaml", even.replace("title: Even", "title: Same"))
    assert "Both illustrative weight sets (nobody was asked) put" in content_of(small.load()).bottom_line[2]


def test_a_red_line_keeps_the_first_from_being_recommended(small: SmallDossier) -> None:
    line = "high: {at: 20, means: One in each hour of the day}"
    small.edit("criteria/criteria.yaml", line, f"{line}\n        red-line: {{at: 5, because: The school run.}}")
    content = content_of(small.load())
    assert content.ranking.rows[0].title == "Leave the landing where it is"
    assert content.ranking.rows[0].remark == "fails a red line"
    assert content.bottom_line[0].startswith("Put Move to the east quay first")
    assert content.ranking.rows[1].first


def test_a_tie_is_not_called_a_lead(small: SmallDossier) -> None:
    small.put(
        "options/new-mole.yaml",
        (small.root / "options/as-is.yaml").read_text(encoding="utf-8").replace("where it is", "alone"),
    )
    line = content_of(small.load()).bottom_line[0]
    assert "have the same value under Even" in line
    assert "first" not in line


def test_unsupported_scores_are_counted(shipped_dossier: Dossier) -> None:
    assert (
        content_of(shipped_dossier)
        .dissent.gaps[0]
        .startswith("46 of the 66 scores have no source; each gives a reason.")
    )


def test_several_scorers_show_their_spread(small: SmallDossier) -> None:
    small.edit(
        "options/as-is.yaml",
        "crossings: 4",
        "crossings: {likely: 4, scorer: Harbour office, date: 2026-02-01, reviewer: Council, "
        "scorers: [{scorer: A, likely: 3}, {scorer: B, likely: 6}]}",
    )
    row = content_of(small.load()).dossier.scores[0].rows[0]
    assert row.provenance == (
        "Scored by Harbour office on 1 February 2026 reviewed by Council; 2 scorers, from 3 to 6 (A 3; B 6)"
    )


def test_the_figure_states_the_criterion_that_sets_the_first_apart(shipped_dossier: Dossier) -> None:
    assessment = shipped_dossier.assess()
    first, second = assessment.ranking.in_order[:2]
    criterion, points = assessment.ranking.gap(first, second)[0]
    short = next(axis.short for axis in shipped_dossier.problem.criteria if axis.id == criterion)
    title = content_of(shipped_dossier).ranking.contributions.title
    assert f"“{short}” (+{points:.1f} points)" in title
    lost, given_up = assessment.ranking.gap(first, second)[-1]
    short = next(axis.short for axis in shipped_dossier.problem.criteria if axis.id == lost)
    assert f"“{short}” (−{-given_up:.1f})" in title


def test_numbers_of_the_ranked_table_are_those_of_the_ranking(shipped_dossier: Dossier) -> None:
    ranking = shipped_dossier.rank()
    for row, index in zip(content_of(shipped_dossier).ranking.rows, ranking.order, strict=True):
        assert row.value == f"{ranking.lower[index]:.1f}"
        assert row.rank == str(ranking.ranks[index])


def test_text_of_the_dossier_is_escaped_everywhere(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "\"<script>x</script> & {{ 7*7 }} <img src='https://a.b/c'>\"")
    page = page_of(small.load())
    assert "<script>" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
    assert pdf_of(small.load()).startswith(b"%PDF-")


def test_the_same_dossier_gives_the_same_bytes_cold_and_warm(shipped_dossier: Dossier, root: Path) -> None:
    first = pdf_of(shipped_dossier)
    pdf_of(shipped_dossier, "supply-security")
    assert pdf_of(Dossier.load(root)) == first


def test_fonts_are_embedded_and_no_path_of_this_machine_is_in_the_file(shipped_dossier: Dossier, root: Path) -> None:
    pdf = pdf_of(shipped_dossier, with_inputs=False)
    fonts = {
        str(font["/BaseFont"]).partition("+")[2]
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for font in (reference.get_object() for reference in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert fonts
    assert all(font.startswith("Source-S") for font in fonts), fonts
    assert str(root).encode() not in pdf
    assert b"/CreationDate" not in pdf


def test_a_template_cannot_reach_out_of_the_sandbox(tmp_path: Path) -> None:
    for source, code in (
        ("{{ memo.__class__.__mro__ }}", "template-forbidden"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "template-forbidden"),
        ("{{ nothing_of_the_kind }}", "template-field"),
        ("{% if %}", "template-faulty"),
        ("{% include '../../etc/passwd' %}", "template-missing"),
        ("{% include 'other.j2' %}", "template-missing"),
        ("{{ ['a', 'b'] | random }}", "template-faulty"),
        ("{{ lipsum() }}", "template-field"),
        ("{{ 1 / 0 }}", "template-faulty"),
    ):
        (tmp_path / "memo").mkdir(exist_ok=True)
        (tmp_path / "memo/page.j2").write_text(source, encoding="utf-8")
        with pytest.raises(PolicyOptionsError) as raised:
            render("memo/page.j2", (tmp_path,), memo=object())
        assert raised.value.faults[0].code == code, source


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "https://example.org/x.png", "http://127.0.0.1:9/x", "../../secret.txt", "/memo/../../secret.txt",
     "link.txt", "fonts/Other.ttf", "ftp://a/b", "data:text/css,"],
)  # fmt: skip
def test_the_pdf_fetches_nothing_but_the_templates_own(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "templates"
    (folder / "memo").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "memo" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(PolicyOptionsError) as raised:
        memo_pdf(f'<link rel="stylesheet" href="{address}"><p>x', (folder,))
    assert raised.value.faults[0].code == "template-forbidden"


def test_a_house_style_replaces_one_file_and_keeps_the_rest(small: SmallDossier) -> None:
    small.put("templates/memo/memo.css", "@import url(extra.css); h1 { color: #123456 }")
    small.put("templates/memo/extra.css", "p { color: #654321 }")
    page = page_of(small.load())
    assert "#123456" in page
    assert "@footnote" not in page
    assert pdf_of(small.load()).startswith(b"%PDF-")


def test_chosen_templates_come_before_the_dossiers(small: SmallDossier, tmp_path: Path) -> None:
    small.put("templates/memo/memo.css", "h1 { color: #111111 }")
    (tmp_path / "mine" / "memo").mkdir(parents=True)
    (tmp_path / "mine" / "memo" / "memo.css").write_text("h1 { color: #222222 }", encoding="utf-8")
    page = page_of(small.load(), templates=tmp_path / "mine")
    assert "#222222" in page
    assert "#111111" not in page


def test_without_pango_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins
    from typing import Any

    plain = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nand more lines")
        return plain(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PolicyOptionsError) as raised:
        memo_pdf("<p>x", ())
    fault = raised.value.faults[0]
    assert fault.code == "pango-missing"
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in fault.remedy
    assert "\n" not in fault.message


def test_the_verdict_is_printed_with_its_rule(shipped_dossier: Dossier) -> None:
    rule = content_of(shipped_dossier).ranking.rule
    assert rule.startswith("The rule: of the options that fail no red line, the one with the most value is first")
    assert "A lead of up to 2.0 points is too close to call, and one of up to 4.0 is narrow." in rule


@pytest.mark.parametrize("template", ["decision", "one-page"])
def test_every_template_with_a_verdict_prints_the_rules_that_it_comes_from(
    shipped_dossier: Dossier, template: str
) -> None:
    content, body = content_of(shipped_dossier), page_of(shipped_dossier, template=template).partition("</main>")[0]
    assert content.robustness.verdict[0] in body
    assert content.robustness.rule and content.robustness.rule in body
    assert content.ranking.rule in body


def test_a_stale_set_is_told_under_the_ranking_that_rests_on_it(small: SmallDossier) -> None:
    even = (small.root / "criteria/weights/even.yaml").read_text(encoding="utf-8")
    given = (
        "given-on:\n  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}\n"
    )
    small.put("criteria/weights/even.yaml", even + given)
    assert "the high end of `waiting` was 90 and is 60" in content_of(small.load()).ranking.notes[1]
    assert all("was 90" not in note for note in content_of(small.load(), "quick").ranking.notes)


def test_a_local_scale_is_named_with_what_it_means(small: SmallDossier) -> None:
    scale = "scale:\n          low: {at: 0, means: Walk on}\n          high: {at: 60, means: An hour}"
    small.edit("criteria/criteria.yaml", scale, "scale: {kind: local, because: These landings only.}")
    notes = content_of(small.load()).ranking.notes
    assert "The scale is local for Waiting: adding or removing an option can reorder the others." in notes


def test_what_unknown_scores_leave_open_is_said_in_the_memo(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: unknown")
    content = content_of(small.load())
    assert "unknown scores leave the first place open" in content.bottom_line[0]
    assert "Build a mole has no score yet on Outlay" in content.bottom_line[2]
    assert "Unknown scores leave the first place open under Even." in " ".join(content.annex.elsewhere)
    row = next(row for row in content.ranking.rows if row.title == "Build a mole")
    assert (row.value, row.lead, row.remark) == ("40.0 to 90.0", "–", "rank 1 to 3, depending on unknown scores")
    assert ("unknown", "") in content.dossier.matrix[0].rows[2].performances


def test_no_option_is_lost_where_there_are_many(small: SmallDossier) -> None:
    for number in range(20):
        small.put(f"options/plan-{number}.yaml", f"format: 1\ntitle: Plan number {number}\nscores: {{crossings: {number}, "
                  f"waiting: {number}, outlay: middling}}\n")  # fmt: skip
    content = content_of(small.load())
    assert len(content.annex.ranking) == len(content.dossier.options) == len(content.dossier.scores) == 23
    assert len(content.ranking.rows) == len(content.options) == 8
    assert content.ranking.more == "15 more options are ranked in annex A."
    assert content.more_options == "15 more options are in annex B."
    assert any(row.baseline for row in content.ranking.rows)
    across = [title for block in content.dossier.matrix for title in block.options]
    assert sorted(across) == sorted(row.title for row in content.annex.ranking)
    assert max(len(block.options) for block in content.dossier.matrix) <= 7
    assert "(the first 12 of 23 options)" in content.ranking.contributions.title


def test_what_says_nothing_of_evidence_is_counted_apart(small: SmallDossier) -> None:
    note = content_of(small.load()).dissent.gaps[0]
    assert "8 of the 9 scores have no source: 1 with a reason, 7 without one." in note


def test_links_out_of_a_template_folder_are_not_followed(small: SmallDossier, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    small.put("templates/memo/memo.css", '{% include "memo/x.txt" %}')
    (small.root / "templates/memo/x.txt").symlink_to(secret)
    with pytest.raises(PolicyOptionsError) as raised:
        page_of(small.load())
    assert raised.value.faults[0].code == "template-missing"


@pytest.mark.parametrize("source", ["{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{{ 'a' * 10 ** 15 }}"])
def test_a_template_without_end_is_the_templates_fault(tmp_path: Path, source: str) -> None:
    (tmp_path / "memo").mkdir()
    (tmp_path / "memo/page.j2").write_text(source, encoding="utf-8")
    with pytest.raises(PolicyOptionsError) as raised:
        render("memo/page.j2", (tmp_path,))
    assert raised.value.faults[0].code == "template-faulty"

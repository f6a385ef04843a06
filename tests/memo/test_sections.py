"""The text of the sections, and its truth to the computed results."""

from __future__ import annotations

import io
import re
import shutil
from html import unescape
from pathlib import Path

import pypdf
import pytest

from certain import assert_silent_on_ranges, certain
from memos import content_of, document_of, page_of, pdf_of
from policy_options import Dossier
from policy_options.analysis.spans import largest_falls, value_spans
from policy_options.analysis.switching.scores import ScoreSwitch
from policy_options.memo.content import MemoContent
from policy_options.memo.ledger import content_texts
from policy_options.wording.phrases import load_phrases
from support import SmallDossier


@pytest.fixture(scope="module")
def shipped(shipped_dossier: Dossier) -> MemoContent:
    return content_of(shipped_dossier)


def test_sections_stand_in_the_order_in_which_a_minister_reads(shipped_dossier: Dossier, shipped: MemoContent) -> None:
    page = page_of(shipped_dossier)
    heads = re.findall(r"<h[12][^>]*>([^<]*)</h[12]>", page)
    wanted = [
        "bottom-line",
        "decision",
        "issue",
        "ranking",
        "robustness",
        "options",
        "packages",
        "dissent",
        "scenarios",
        "next-steps",
        "resting",
        "annex",
    ]
    assert heads[1 : len(wanted) + 1] == [shipped.labels[key] for key in wanted]
    order = ["moved", "robustness-annex", "cross-check", "method", "numbers", "rebuild"]
    order += ["annex-dossier", "matrix", "weights-table", "weight-sets", "comparison", "options-in-full"]
    order += ["scenarios-in-full", "scales", "scores", "sources"]
    assert heads[len(wanted) + 1 :] == [shipped.labels[key] for key in order]


def test_the_one_thing_that_would_change_it_is_named_alike_wherever_it_is_named(
    shipped_dossier: Dossier, shipped: MemoContent
) -> None:
    firm = shipped_dossier.robustness(error=0.01)
    switch = firm.nearest_change
    assert isinstance(switch, ScoreSwitch)
    titles = {option.id: option.title for option in shipped_dossier.problem.options}
    assert switch.option == firm.leader
    assert (
        f"at {switch.to:g} instead of {switch.likely:g}, {titles[switch.taking_over[0]]} would lead."
        in shipped.bottom_line[-2]
    )
    assert shipped.bottom_line[-1].startswith(
        "In one of 5 futures another option would be first: Blocs harden (Carry on"
    )
    assert f"at {switch.to:g} instead of {switch.likely:g}, " in shipped.robustness.switching_values[0]
    weight = firm.nearest_weight
    assert weight is not None
    assert f"with {weight.percent:g}% of all weight on " in shipped.robustness.switching_values[1]
    stability = next(figure for figure in shipped.annex.figures if "least room" in figure.title)
    assert f"at {weight.percent:g}% {titles[weight.taking_over[0]]} leads" in stability.title


def test_every_set_that_puts_another_first_is_named_with_it(shipped_dossier: Dossier, shipped: MemoContent) -> None:
    first = shipped_dossier.assess().first
    overview = shipped_dossier.overview()
    dissenting = [name for name, firsts in overview.firsts.items() if first not in firsts]
    assert (len(shipped.dissent.views), len(dissenting)) == (5, 9)  # the others are in the annex
    for view, name in zip(shipped.dissent.views, dissenting, strict=False):
        held = shipped_dossier.weighting(name)
        assert (view.title, view.holder, view.status) == (held.title, held.holder, "illustrative")
        assert view.lead == f"{overview.leads[name]:.1f}"
    assert "nobody was asked" in shipped.dissent.said
    assert shipped.dissent.gaps[0].startswith("46 of the 66 scores have no source; each gives a reason.")


def test_a_participant_who_disagrees_with_the_combined_weights_is_heard(small: SmallDossier) -> None:
    small.put(
        "criteria/weights/panel.yaml",
        """\
        format: 1
        title: Panel
        holder: Three people
        status: elicited
        rationale: Asked one by one.
        method: points
        combine: mean
        participants:
          - {id: ann, name: Ann, judgements: {crossings: 1, waiting: 1, outlay: 8}}
          - {id: bob, name: Bob, judgements: {crossings: 1, waiting: 1, outlay: 6}}
          - {id: eve, name: Eve, judgements: {crossings: 5, waiting: 5, outlay: 0}}
        """,
    )
    content = content_of(small.load(), "panel")
    assert content.bottom_line[0].startswith("No addition beats Leave the landing where it is under Panel")
    assert any("Eve" in view.title or "Eve" in view.holder for view in content.dissent.views)


def test_signposts_say_where_the_advice_would_change(small: SmallDossier) -> None:
    small.edit(
        "criteria/decision.yaml",
        "weights: even\n",
        "weights: even\nsignposts:\n"
        "  - {watch: Waiting in July., option: as-is, criterion: waiting, threshold: 55, by: 2027-08-31,\n"
        "     who: Office, then: Rank.}\n"
        "  - {watch: Tenders.}\n",
    )
    dossier = small.load()
    firm = dossier.robustness(error=0.01)
    tie = next(
        tie
        for tie in firm.score_switching_values.switching_values
        if (tie.option, tie.criterion) == ("as-is", "waiting")
    )
    switch = firm.typed(tie)
    first, second = content_of(dossier).outlook.signposts
    assert switch is None or f"at {switch.to:g} (" in first.switching_value
    assert "Threshold: 55 minutes. By 31 August 2027. Watched by: Office. Then: Rank." in first.switching_value
    assert second.switching_value == ""
    assert content_of(dossier).scenarios is None


def test_scenarios_have_every_signpost_in_one_table(shipped_dossier: Dossier, shipped: MemoContent) -> None:
    part = shipped.scenarios
    assert part is not None
    assert shipped.outlook.signposts == ()
    assert [row.scenario for row in part.signposts] == [
        *("Blocs harden", "Corridor works", "Japan delivers", "Tokyo says no", "", "")
    ]
    assert all(row.threshold and row.by and row.who and row.then for row in part.signposts)
    assert part.signposts[0].first == "(Carry on first, by 0.2: too close to call)"
    assert part.signposts[-1].first.startswith("(Consolidate advantages first, by ")
    assert "is first in 4 of 5 scenarios; not in Blocs harden" in part.figure.title
    # The bottom line names the future in which the advice fails; the memo on one page adds the result by expected value.
    assert part.brief.startswith(
        "Weighted by likelihood (expected value), Align rules and raise the quality of cooperation leads."
    )
    assert "under Institutional reach first" in part.said[1]
    assert [step.by for step in shipped.outlook.steps] == ["29 May 2026", "30 September 2026", "18 December 2026"]
    page = page_of(shipped_dossier)
    assert page.count('id="signposts"') == page.count('id="scenarios"') == 1


def test_an_option_that_cannot_be_given_up_gains_nothing_by_waiting(small: SmallDossier) -> None:
    small.with_scenarios()
    small.edit("criteria/scenarios/rivals.yaml", "crossings: 20", "crossings: 20\n    waiting: 0")
    assert gains(small)[0] == "(Build a mole first, by 6.7)"
    small.edit("options/as-is.yaml", "scores:", "reversible: false\nscores:")
    assert gains(small)[0] == "(Build a mole first; nothing gained by waiting)"


def gains(small: SmallDossier) -> list[str]:
    part = content_of(small.load()).scenarios
    assert part is not None
    return [row.first for row in part.signposts]


def test_cost_and_risk_of_each_option_are_told(shipped_dossier: Dossier, shipped: MemoContent) -> None:
    falls = largest_falls(shipped_dossier.rank())
    for entry, option in zip(shipped.options, shipped_dossier.rank().in_order, strict=True):
        assert entry.cost.startswith("Outlay ")
        assert entry.risk is not None
        points = load_phrases("en").numbers.points
        assert (f"{points(falls[option].points)} points" in entry.fall) if option in falls else entry.fall == ""


def test_every_number_of_a_figure_is_printed_in_it_or_in_a_table(
    shipped_dossier: Dossier, shipped: MemoContent
) -> None:
    figures = [shipped.ranking.contributions, *shipped.annex.figures]
    assert all(figure.alternative and figure.data.rows for figure in figures)
    told = {each.title for each in shipped.annex.numbers}
    cells = {cell for row in shipped.ranking.rows for cell in (row.value, *row.groups)}
    for figure in figures:
        if figure.title in told:
            continue
        drawn = {
            number for text in re.findall("<text[^>]*>([^<]*)", figure.svg) for number in re.findall(r"[\d.]+", text)
        }
        for row in figure.data.rows:
            numbers = {number for cell in row for number in re.findall(r"[\d.]+", cell)}
            assert numbers <= drawn | cells, (figure.title, row)
    assert told == {figure.title for figure in (shipped.ranking.contributions, *shipped.annex.figures[2:])}


def test_the_body_has_the_ranks_by_named_set_in_the_order_of_the_ranking(root: Path, tmp_path: Path) -> None:
    """For sets that fit next to one another; if there are more, only the annex has them."""
    for folder in ("criteria", "options"):
        shutil.copytree(root / folder, tmp_path / folder)
    for name in ("host-government", "state-companies", "border-province", "security-service", "briefing-order"):
        (tmp_path / f"criteria/weights/{name}.yaml").unlink()
    shipped_dossier = Dossier.load(tmp_path)
    shipped = content_of(shipped_dossier)
    ranks, (block,) = shipped.robustness.sets, shipped.dossier.sets
    assert ranks is not None
    assert sorted(row.ranks for row in ranks.rows) == sorted(row.ranks for row in block.rows)
    assert [row.title for row in ranks.rows] == [
        shipped_dossier.problem.options[row].short for row in shipped_dossier.rank().order
    ]
    assert (
        ranks.titles
        == block.titles
        == tuple(shipped_dossier.weighting(one).title for one in shipped_dossier.weight_sets)
    )
    assert (ranks.caption, ranks.leads) == (
        "Most often first: Regulatory alignment, under 3 of 7 weight sets (illustrative, nobody was asked)",
        block.leads,
    )


def test_a_spans_chart_draws_what_the_ranges_are(shipped_dossier: Dossier, shipped: MemoContent) -> None:
    spans = value_spans(shipped_dossier.rank())
    told = {row[0]: row[1:] for row in shipped.annex.figures[0].data.rows}
    for option, low, high in zip(shipped_dossier.problem.options, spans.low, spans.high, strict=True):
        assert (told[option.short][0], told[option.short][2]) == (f"{low:.1f}", f"{high:.1f}")


def test_the_heat_map_shades_what_its_numbers_say(shipped: MemoContent) -> None:
    assert shipped.annex.heat is not None
    for row in shipped.annex.heat.rows:
        for cell in row.cells:
            if cell.text == "<1%":
                assert cell.shade <= 1
                continue
            share = int(cell.text.removesuffix("%"))
            assert cell.shade == min(share // 10 + (share > 0), 10) or share % 10 in (0, 9)


def test_a_dominated_option_is_flagged_in_the_table(small: SmallDossier) -> None:
    small.put("options/worse.yaml", "format: 1\ntitle: Worse\nscores: {crossings: 15, waiting: 13, outlay: large}\n")
    rows = {row.title: row.remark for row in content_of(small.load()).ranking.rows}
    assert rows["Worse"] == "dominated"


@pytest.mark.parametrize(
    ("lead", "said"), [(1.0, "cannot separate them"), (3.0, "leads narrowly"), (9.0, "more than B,")]
)
def test_the_lead_is_worded_by_its_rule(small: SmallDossier, lead: float, said: str) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    (small.root / "options/as-is.yaml").unlink()
    for name, title, crossings, waiting in (("east-quay", "A", 11 + lead * 0.8, 33), ("new-mole", "B", 10, 30)):
        small.put(
            f"options/{name}.yaml",
            f"format: 1\ntitle: {title}\nscores: {{crossings: {crossings}, waiting: {waiting}, outlay: middling}}\n",
        )
    line = content_of(small.load()).bottom_line[0]
    assert said in line and f"{lead:.1f}" in line


def with_a_finding(small: SmallDossier) -> SmallDossier:
    """A weight set whose judgements were given on a different scale."""
    with (small.root / "criteria/weights/quick.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "given-on: {waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}}\n"
        )
    return small


def test_findings_that_nobody_acknowledged_make_a_draft(small: SmallDossier) -> None:
    assert content_of(small.load()).draft == ""
    content = content_of(with_a_finding(small).load())
    assert content.draft == "DRAFT"
    assert content.notices[0] == "Draft: the check has 3 findings that nobody has acknowledged (weights-stale)."
    with (small.root / "criteria/decision.yaml").open("a", encoding="utf-8") as file:
        file.write("acknowledged:\n  - {finding: weights-stale, because: A test.}\n")
    content = content_of(small.load())
    assert content.draft == "" and not any("Draft" in said for said in content.notices)


def test_marking_and_draft_stand_on_every_page(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "weights: even\n", "weights: even\nmarking: OFFICIAL\n")
    dossier = with_a_finding(small).load()
    for template in ("decision", "one-page", "annex-only", "comparison"):
        for page in pypdf.PdfReader(io.BytesIO(pdf_of(dossier, template=template))).pages:
            assert "OFFICIAL · DRAFT" in page.extract_text()


def test_the_command_and_the_digest_are_those_that_rebuild_it(small: SmallDossier) -> None:
    from policy_options.memo.inputs import inputs_digest

    document = document_of(small.load(), "quick", "one-page", public=True)
    assert isinstance(document.content, MemoContent)
    assert document.content.annex.command == "policy-options memo --weights quick --template one-page --public"
    assert document.content.annex.digest == inputs_digest(document.inputs)


def test_the_bottom_line_says_where_unknown_scores_leave_the_lead_open(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: unknown")
    said = content_of(small.load()).bottom_line
    assert "unknown scores leave the first place open" in said[0]
    assert said[2] == "Build a mole has no score yet on Outlay: at small or better it would lead."
    assert "leaves open, for want of a score," in " ".join(said[3:])


def test_the_title_of_the_spans_counts_those_that_may_be_put_first(small: SmallDossier) -> None:
    """An option that fails a red line is far above, and is not a rival."""
    line = "high: {at: 20, means: One in each hour of the day}"
    small.edit("criteria/criteria.yaml", line, f"{line}\n        red-line: {{at: 5, because: The school run.}}")
    for name, waiting in (("east-quay", 20), ("new-mole", 60)):
        small.put(
            f"options/{name}.yaml",
            f"format: 1\ntitle: {name}\nscores: {{crossings: 9, waiting: {waiting}, outlay: middling}}\n",
        )
    small.edit(
        "options/as-is.yaml", "waiting: {low: 30, likely: 40, high: 50}", "waiting: {low: 0, likely: 0, high: 1}"
    )
    content = content_of(small.load())
    assert content.ranking.rows[0].remark == "fails a red line"
    title = content.annex.figures[0].title
    assert title == "Wherever in their bounds the scores fall, east-quay stays ahead of the other option"


def test_names_from_right_to_left_leave_the_numbers_of_a_sentence_in_order(small: SmallDossier) -> None:
    small.edit("criteria/criteria.yaml", "title: Waiting", 'title: "Waiting \N{HEBREW LETTER ALEF}"')
    moved = [
        text for _, text in content_texts(content_of(small.load())) if "\N{HEBREW LETTER ALEF}" in text and "%" in text
    ]
    assert moved
    for text in moved:
        assert "\N{HEBREW LETTER ALEF}\N{LEFT-TO-RIGHT MARK}" in text, text


@pytest.mark.parametrize("template", ["decision", "one-page", "annex-only"])
def test_a_memo_without_ranges_does_not_speak_of_them(small: SmallDossier, template: str) -> None:
    page = page_of(certain(small), template=template)
    body = re.sub(r"<(style|svg|head).*?</\1>", "", page, flags=re.DOTALL)
    assert_silent_on_ranges(unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))))


def test_annex_b_has_each_scenario_with_its_story_drivers_and_changed_scores(small: SmallDossier) -> None:
    small.with_scenarios()
    small.edit(
        "criteria/scenarios/rivals.yaml",
        "signposts:",
        "all:\n  waiting: {times: 0.5, rationale: Two lines.}\n  crossings: {by: 1}\nsignposts:",
    )
    annex = {one.anchor: one for one in content_of(small.load()).dossier.scenarios}
    assert list(annex) == ["scenario.rivals", "scenario.storms"]
    storms = annex["scenario.storms"]
    assert (storms.title, storms.story) == ("Storms from the east", "The east quay is closed for weeks.")
    (driver,) = storms.drivers
    assert driver.text == "Storms are seen more often." and driver.footnote is not None
    written = [(row.what, row.change, row.rationale, row.cites[0].text) for row in storms.rows]
    assert written == [
        ("Move to the east quay: Crossings a day", "10 (8 to 12) → 2 (1 to 4)", "Closed on most days.", "none"),
        ("all options: Waiting", "+5 minutes", "Boats slow down.", "none"),
    ]
    changes = [(row.what, row.change) for row in annex["scenario.rivals"].rows]
    assert changes == [
        ("Build a mole: Crossings a day", "16 → 20"),
        ("Build a mole: Outlay", "large → middling (small to large)"),
        ("all other options: Crossings a day", "+1 crossings"),
        ("all options: Waiting", "times 0.5"),
    ]
    page = page_of(small.load())
    assert 'id="scenario.storms"' in page and 'href="#scenario.storms"' in page

"""The page in a browser, opened from disk: sliders, ranking, marks, packages, the file of weights, and access for everyone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import yaml
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Error, Page

from languages import LANGUAGES, in_language
from package_dossiers import with_packages
from policy_options import Dossier
from policy_options.dossier.without_names import contents_without_names
from policy_options.web.exported.page import exported_page
from policy_options.wording.numbers import Numbers
from policy_options.wording.packages import basis_sentences, best_sentences
from policy_options.wording.phrases import load_phrases
from support import PANEL, SmallDossier
from varied_dossiers import write_varied

from .conftest import Opened

MOST_BYTES: Final = 400_000
QUIET: Final = 700
"""Milliseconds after which a changed order has been announced."""

AXE: Final = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
AXE_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[tuple[str, Any]]:
    """What axe-core finds on the page as it is."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", AXE_TAGS)
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]


def order_of(page: Page) -> list[str]:
    return page.locator("#order > li .line a").all_inner_texts()


def text_of(page: Page, id: str) -> str:
    return page.locator(f"[id='{id}']").inner_text()


def type_weight(page: Page, node: str, percent: str) -> None:
    box = page.locator(f"[id='p.{node}']")
    box.fill(percent)
    box.press("Enter")


def shares_of(page: Page) -> np.ndarray:
    return np.array(page.evaluate("page.state().shares"))


# The file ------------------------------------------------------------------------------------------------------------


def test_the_shipped_page_is_small_and_made_of_its_own_parts(shipped_dossier: Dossier) -> None:
    made = exported_page(shipped_dossier, "balanced", load_phrases("en"))
    assert made == exported_page(shipped_dossier, "balanced", load_phrases("en"))
    assert len(made) < MOST_BYTES
    text = made.decode()
    assert re.findall(r"(?:src|href)=\"(?!#)([^\"]*)", text) == []
    assert "Content-Security-Policy" in text.partition("<title>")[0]
    assert not re.search(r"<[^>]+\s(?:on[a-z]+|style)=", text)


def test_it_says_what_it_is_made_from(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    footer = page.locator("footer").inner_text()
    assert "japan-central-asia" in footer and "16 March 2026" in footer
    assert re.search(r"policy-options \d+\.\d+\.\d+", footer) and re.search(r"\b[0-9a-f]{64}\b", footer)
    assert page.title() == shipped_dossier.contents.decision.model.title


def test_the_policy_lets_nothing_else_run(browser: Browser, small: SmallDossier, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(exported_page(small.load(), "even", load_phrases("en")))
    page = browser.new_page()
    page.goto(path.as_uri())
    blocked = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", event => resolve(event.violatedDirective));
            const image = document.createElement("img");
            image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
            document.body.append(image);
        })"""
    )
    assert blocked == "img-src"
    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<p>'")
    assert page.evaluate("fetch('https://example.org').then(() => true, () => false)") is False
    page.close()


def test_a_hostile_dossier_is_only_text(opened: Opened, small: SmallDossier) -> None:
    hostile = "</script><script>window.ran=1</script><img src=x onerror=window.ran=1> \" ' ` ${window.ran=1} <!--"
    quoted = json.dumps(hostile)
    small.edit("criteria/decision.yaml", "title: Where to build the ferry landing", f"title: {quoted}")
    small.edit("criteria/criteria.yaml", "title: Waiting", f"title: {quoted}")
    small.edit("criteria/criteria.yaml", "title: Service", f"title: {json.dumps('{option} </style> ' + hostile)}")
    small.edit("criteria/weights/even.yaml", "title: Even", f"title: {quoted}")
    small.edit("options/new-mole.yaml", "title: Build a mole", f"title: {quoted}")
    small.edit(
        "options/new-mole.yaml", "Boats land in any weather.", f"{hostile!r}".replace("\\'", "''").replace('"', "”")
    )
    page = opened(small.load())
    assert page.evaluate("window.ran") is None
    assert page.title() == hostile and page.locator("h1").inner_text() == hostile
    assert hostile in order_of(page)
    type_weight(page, "crossings", "90")
    assert hostile in text_of(page, "headline")
    assert page.locator("img").count() == 0 and page.locator("script").count() == 2


def test_names_are_left_out_of_a_public_page_and_the_marking_is_kept(opened: Opened, small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    small.edit("criteria/decision.yaml", "weights: even\n", "weights: even\nmarking: For official use\n")
    small.edit("options/east-quay.yaml", "confidence: medium,", "confidence: medium, scorer: Carla Scorer,")
    words = {"participant": "Participant", "scorer": "Scorer"}
    public = Dossier(contents_without_names(small.load().contents, **words))
    page = opened(public, public=True)
    html = page.content()
    assert "Ann Onym" not in html and "ann-onym" not in html and "Bob" not in html and "Carla" not in html
    assert "This version leaves out the names" in page.locator("header").inner_text()
    assert page.locator(".marking").all_inner_texts() == ["For official use", "For official use"]
    assert "Ann Onym" in exported_page(small.load(), "even", load_phrases("en")).decode()


def test_without_javascript_it_gives_the_ranking_and_the_evidence(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load(), java_script_enabled=False)
    assert "Under Even the order is: 1 " in page.locator("noscript").inner_text()
    assert not page.locator("#weights").is_visible()
    assert next(link.inner_text() for link in page.locator("nav a").all() if link.is_visible()) == "Weight sets"
    assert page.locator("#sets td.first").first.inner_text() == "1"
    page.locator("[id='option.east-quay'] summary").click()
    assert "It lies nearest to the islands." in page.locator("#options").inner_text()


def test_the_evidence_of_every_option_and_criterion_is_there(opened: Opened, shipped_dossier: Dossier) -> None:
    page, contents = opened(shipped_dossier), shipped_dossier.contents
    said = " ".join(page.evaluate("document.body.textContent").split())
    texts = []
    for entry in contents.options.values():
        model = entry.model
        texts += [point.text for point in (*model.for_, *model.against)]
        texts += [score.rationale for score in model.scores.values() if score.rationale]
        texts += [relation.how for relation in (*model.synergies, *model.conflicts)]
    for criterion, _, _ in contents.leaves.values():
        scale = criterion.scale
        texts += [criterion.swing or "", *(end.means for end in (scale.low, scale.high, *scale.levels) if end)]
    texts += [claim.text for claim in contents.claims.values()]
    texts += [entry.model.rationale for entry in contents.weight_sets.values()]
    assert len(texts) > 200
    assert [text for text in texts if " ".join(text.split()) not in said] == []
    places = page.locator("[id='score.supply-chain-resilience.assured-supply'] a").all_text_contents()
    assert places[0] == "Assured supply" and all(place.startswith("¶") for place in places[1:])


# Weights -------------------------------------------------------------------------------------------------------------


def test_a_slider_moves_by_keyboard_and_the_others_keep_their_proportions(
    opened: Opened, shipped_dossier: Dossier
) -> None:
    page = opened(shipped_dossier)
    slider = page.locator("[id='w.assured-supply']")
    slider.focus()
    for _ in range(18):
        slider.press("ArrowRight")
    expected = shipped_dossier.what_if("balanced", "assured-supply=20")
    assert np.abs(shares_of(page) - expected.shares).max() < 1e-9
    ranking = shipped_dossier.rank(expected)
    titles = {option.id: option.title for option in shipped_dossier.problem.options}
    assert order_of(page) == [titles[option] for option in ranking.in_order]
    assert slider.get_attribute("aria-valuetext") == "20%"
    assert page.locator("[id='p.assured-supply']").input_value() == "20"
    assert "these weights" in text_of(page, "headline")


def test_a_slider_moves_by_mouse(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    slider = page.locator("[id='w.trade']")
    slider.scroll_into_view_if_needed()
    place = slider.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 12 + 0.20 * (place["width"] - 24), place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(place["x"] + 12 + 0.60 * (place["width"] - 24), place["y"] + place["height"] / 2, steps=5)
    page.mouse.up()
    columns = shipped_dossier.problem.columns_of("trade")
    assert abs(float(shares_of(page)[columns].sum()) - 0.6) < 0.006
    page.locator("#undo").click()
    assert np.abs(shares_of(page) - shipped_dossier.weights("balanced").shares).max() == 0.0


def test_typing_what_a_sentence_says_puts_another_option_first(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    change = text_of(page, "change")
    firm = shipped_dossier.robustness("balanced")
    assert firm.nearest_weight is not None
    figure = f"{firm.nearest_weight.percent:g}"
    assert f"with {figure}% of all weight on" in change
    first = order_of(page)[0]
    type_weight(page, firm.nearest_weight.node, figure)
    assert order_of(page)[0] != first
    assert order_of(page)[0] in change


def test_marks_are_where_the_engine_has_them(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    firm = shipped_dossier.robustness("balanced")
    for node in firm.stability.nodes:
        marks = page.locator(f"[data-node='{node.id}'] .marks")
        assert node.leader is not None and node.order is not None
        for kind, interval in (("leads", node.leader), ("turns", node.order)):
            ends = [float(one.removesuffix("%")) for one in marks.locator(f".mark.{kind}").evaluate_all(
                "all => all.map(one => one.style.insetInlineStart)")]  # fmt: skip
            wanted = [100 * end for end, there in (
                (interval.low, interval.at_low), (interval.high, interval.at_high)) if there]  # fmt: skip
            assert ends == pytest.approx(wanted, abs=1e-3), node.id
    place, at = (
        page.locator("[id='w.assured-supply']").bounding_box(),
        page.locator("[data-node='assured-supply'] .mark.leads.above").bounding_box(),
    )
    assert place is not None and at is not None
    middle = (at["x"] + at["width"] / 2 - place["x"] - 12) / (place["width"] - 24)
    assert middle == pytest.approx(firm.stability.of("assured-supply").leader.high, abs=0.004)  # type: ignore[union-attr]


def test_a_locked_weight_stays(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    page.locator("[id='l.standing']").check()
    assert page.locator("[id='w.standing']").is_disabled() and page.locator("[id='w.partner-trust']").is_disabled()
    assert "locked" in text_of(page, "m.partner-trust")
    assert "Locked: Standing." in text_of(page, "change")
    type_weight(page, "public-outlay", "90")  # more than is free: 72 is the most
    found = shares_of(page)
    columns = shipped_dossier.problem.columns_of("standing")
    held = shipped_dossier.weights("balanced").shares[columns]
    assert np.abs(found[columns] - held).max() < 1e-12
    assert page.locator("[id='p.public-outlay']").input_value() == "72"
    page.locator("#undo").click()
    page.locator("#undo").click()
    assert not page.locator("[id='l.standing']").is_checked()


def test_undo_redo_and_reset(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    undo, redo = page.locator("#undo"), page.locator("#redo")
    assert undo.is_disabled() and redo.is_disabled()
    type_weight(page, "crossings", "60")
    type_weight(page, "outlay", "10")
    after = shares_of(page)
    undo.click()
    assert float(shares_of(page)[0]) == pytest.approx(0.6)
    undo.click()
    assert shares_of(page).tolist() == [0.25, 0.25, 0.5]
    redo.click()
    redo.click()
    assert shares_of(page).tolist() == after.tolist()
    page.locator("#base").select_option(label="Quick")
    page.locator("#reset").click()
    assert np.abs(shares_of(page) - small.load().weights("quick").shares).max() < 1e-12
    assert "Under Quick" in text_of(page, "headline")


def test_a_weight_that_was_moved_to_all_can_be_moved_back(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    type_weight(page, "waiting", "0")
    type_weight(page, "outlay", "100")
    assert shares_of(page).tolist() == [0.0, 0.0, 1.0]
    type_weight(page, "outlay", "40")
    assert shares_of(page) == pytest.approx(np.array([0.6, 0.0, 0.4]))  # what was set to nothing stays at nothing
    type_weight(page, "service", "0")
    type_weight(page, "service", "30")
    assert shares_of(page) == pytest.approx(np.array([0.3, 0.0, 0.7]))


def test_what_cannot_be_read_as_a_weight_changes_nothing(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    type_weight(page, "waiting", "")
    assert shares_of(page).tolist() == [0.25, 0.25, 0.5]
    assert page.locator("[id='p.waiting']").input_value() == "25"


def test_a_change_of_order_is_announced_once(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    page.evaluate(
        """() => { window.said = [];
            new MutationObserver(() => said.push(document.getElementById("live").textContent))
                .observe(document.getElementById("live"), { childList: true }); }"""
    )
    before = order_of(page)
    slide = """to => { const slider = document.getElementById("w.outlay");
        for (let at = slider.valueAsNumber; at >= to; at -= 0.5) {
            slider.value = at;
            slider.dispatchEvent(new Event("input"));
        } }"""
    page.evaluate(slide, 5)
    assert order_of(page) != before
    for _ in range(50):
        if page.evaluate("said.length"):
            break
        page.wait_for_timeout(100)
    page.evaluate(slide, 3)
    page.wait_for_timeout(QUIET)
    said = page.evaluate("said")
    assert len(said) == 1 and said[0].startswith("The order is now: 1 ")
    assert page.locator("#live").get_attribute("role") == "status"
    page.locator("#undo").click()
    assert order_of(page) == before  # moves of one weight in quick succession are one step


def test_ties_gaps_and_what_is_too_close_are_said(opened: Opened, small: SmallDossier) -> None:
    small.put("options/twin.yaml", (small.root / "options/east-quay.yaml").read_text().replace("Move to", "Go to"))
    page = opened(small.load())
    facts = page.locator("#order .facts").all_inner_texts()
    assert sum("level with" in one for one in facts) == 2
    assert any(re.search(r"\d points behind", one) for one in facts)
    ranks = page.locator("#order .rank").all_inner_texts()
    assert len(set(ranks)) == len(ranks) - 1
    assert sum(float(one) for one in page.locator("#order .value").all_inner_texts()[:1]) > 0


def test_unknown_scores_and_red_lines_are_said(opened: Opened, small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "outlay: large", "outlay: unknown")
    small.edit(
        "criteria/criteria.yaml",
        "high: {at: 20, means: One in each hour of the day}\n",
        "high: {at: 20, means: One in each hour of the day}\n        red-line: {at: 5, because: The law.}\n",
    )
    page = opened(small.load())
    dossier = small.load()
    ranking = dossier.rank("even")
    row = dossier.problem.option_index["new-mole"]
    shown = page.locator(f"[id='order.{row}']")
    assert shown.locator(".rank").inner_text() == f"{ranking.best_rank[row]}–{ranking.worst_rank[row]}"
    assert shown.locator(".value").inner_text() == f"{ranking.lower[row]:.1f} to {ranking.upper[row]:.1f}"
    left_out = page.locator(f"[id='order.{dossier.problem.option_index['as-is']}'] .facts").inner_text()
    assert "fails: " in left_out


def test_what_every_ranking_rests_on_is_said(opened: Opened, tmp_path: Path) -> None:
    page = opened(write_varied(tmp_path, 3))
    said = page.locator("#ranking").inner_text()
    assert "Baseline: =Option 1. Values run from 0" in said
    assert "The scale is local for Of local-line and Of local-down" in said
    assert re.search(r"\d+ scores are unknown", said)


def test_a_sure_lead_is_never_too_close_and_dominated_options_are_named(opened: Opened, small: SmallDossier) -> None:
    better = (small.root / "options/new-mole.yaml").read_text().replace("crossings: 16", "crossings: 16.1")
    small.put("options/better-mole.yaml", better.replace("Build a mole", "Build a better mole"))
    page, dossier = opened(small.load()), small.load()
    facts = page.locator(f"[id='order.{dossier.problem.option_index['new-mole']}'] .facts").inner_text()
    assert "0.1 points behind Build a better mole" in facts
    assert "dominated" in facts and "too close to call" not in facts


def test_the_ranks_under_saved_sets_are_the_engines(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    rows = page.locator("#sets tbody tr")
    rankings = shipped_dossier.overview().rankings
    assert rows.count() == len(rankings) + 1
    for at, ranking in enumerate(rankings):
        assert rows.nth(at + 1).locator("td.number").all_inner_texts() == [str(rank) for rank in ranking.ranks]
    now = page.locator("#now td")
    assert now.all_inner_texts() == [str(rank) for rank in shipped_dossier.rank().ranks]
    type_weight(page, "disruption-exposure", "60")
    assert now.all_inner_texts() == [
        str(rank) for rank in shipped_dossier.rank(shipped_dossier.what_if(None, "disruption-exposure=60")).ranks
    ]


def test_figures_are_written_as_everywhere_else(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    numbers = Numbers()
    given = [0.0, 0.05, 0.25, 1.005, 12.345, 99.95, -0.04, -0.05, 1234.56, 1e6 + 0.05, 2.5e-7, 53.04999999999999]
    assert page.evaluate("given => given.map(one => page.fixed(one))", given) == [numbers.fixed(one) for one in given]
    shares = [0.0, 0.0001, 0.12, 0.125, 0.9999, 1.0]
    said = ["0%", "under 0.1%", "12%", "12.5%", "over 99.9%", "100%"]
    assert page.evaluate("given => given.map(one => page.share(one))", shares) == said


# Packages ------------------------------------------------------------------------------------------------------------


def test_packages_are_said_as_by_the_command(opened: Opened, shipped_dossier: Dossier) -> None:
    page, phrases = opened(shipped_dossier), load_phrases("en")
    found = shipped_dossier.packages("balanced")
    for sentence in (*best_sentences(found, phrases), basis_sentences(found, phrases)[0]):
        assert sentence in text_of(page, "best-package")
    page.locator("[id='capacity.1']").fill("3")
    page.locator("[id='member.3']").select_option("out")
    option = shipped_dossier.packages().problem.ids[3]
    asked = shipped_dossier.packages("balanced", capacities={"agenda-items": 3}, outside=[option])
    for sentence in best_sentences(asked, phrases):
        assert sentence in text_of(page, "best-package")
    rows = page.locator("#package-rows tr")
    assert rows.count() == min(10, len(asked.rows))
    page.locator("[id='capacity.0']").fill("0")
    page.locator("[id='member.0']").select_option("in")
    assert "No package keeps the rules, the capacities and these choices." in text_of(page, "best-package")


def test_packages_follow_the_weights(opened: Opened, tmp_path: Path) -> None:
    small = with_packages(tmp_path / "packages")
    page, dossier = opened(small.load()), small.load()
    type_weight(page, "outlay", "5")
    found = dossier.packages(dossier.what_if("even", "outlay=5"))
    assert best_sentences(found, load_phrases("en"))[0] in text_of(page, "best-package")


def test_too_many_options_for_packages_are_said(small: SmallDossier) -> None:
    packed = with_packages(small.root)
    for number in range(14):
        text = (packed.root / "options/new-mole.yaml").read_text().replace("Build a mole", f"Mole {number}")
        packed.put(f"options/mole-{number}.yaml", text)
    text = exported_page(packed.load(), "even", load_phrases("en")).decode()
    assert "16 options make too many packages" in text and 'id="package-rows"' not in text


# The file of the weights ---------------------------------------------------------------------------------------------

TITLES: Final = (
    ("Sécurité d'abord", "securite-d-abord"),
    ('Said "so": # no comment', "said-so-no-comment"),
    ("安全优先", "explored"),
    ("Even", "even-2"),
    ("con", "con-weights"),
    ("a\u2028b\u202ec\x07", "a-bc"),
)


@pytest.mark.parametrize(("title", "id"), TITLES)
def test_the_file_of_the_weights_found_is_read_by_the_product(
    opened: Opened, small: SmallDossier, title: str, id: str
) -> None:
    page = opened(small.load())
    type_weight(page, "waiting", "37.123456")
    page.evaluate("title => { document.getElementById('save.title').value = title; }", title)
    page.locator("[id='save.holder']").fill("A reader: 'quoted' & <b>")
    page.locator("[id='save.rationale']").fill("Two lines\nof - text: [not a list]")
    page.locator("[id='save.asked']").set_checked(id == "explored")
    with page.expect_download() as caught:
        page.locator("#save-form button").click()
    assert caught.value.suggested_filename == f"{id}.yaml"
    shutil.copy(caught.value.path(), small.root / f"criteria/weights/{id}.yaml")
    again = small.load()
    assert np.abs(again.weights(id).shares - shares_of(page)).max() < 1e-9
    model = again.weight_set(id)
    assert model.title == " ".join(re.sub("[\u2028\x07]", " ", title).replace("\u202e", "").split())
    assert model.holder == "A reader: 'quoted' & <b>" and model.rationale.strip() == "Two lines of - text: [not a list]"
    assert (model.status, model.method, model.parent) == (
        "elicited" if id == "explored" else "illustrative",
        "direct",
        "even",
    )
    assert again.stale(id) == ()
    alike = {"titles-look-alike"} if title == "Even" else set()
    assert {finding.code for finding in again.check().findings if id in finding.ids} == alike
    assert f"Downloaded as {id}.yaml." in text_of(page, "save-said")


def test_small_weights_are_written_without_exponents(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier)
    shares = [1.0, *[1e-12 * (at + 1) for at in range(10)]]
    shares = [share / sum(shares) for share in shares]
    page.evaluate("shares => page.set(shares)", shares)
    given = {"title": "t", "holder": "h", "rationale": "r", "asked": False}
    data = yaml.safe_load(page.evaluate("given => page.weightSet(given)", given))
    assert all(isinstance(number, int | float) for number in data["judgements"].values())
    assert sum(data["judgements"].values()) == pytest.approx(100.0, abs=1e-9)


def test_a_set_made_from_a_public_page_names_no_participant_as_its_parent(opened: Opened, small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    words = {"participant": "Participant", "scorer": "Scorer"}
    page = opened(Dossier(contents_without_names(small.load().contents, **words)), public=True)
    page.locator("#base").select_option(label="Panel: Participant 2")
    page.locator("#reset").click()
    given = {"title": "Mine", "holder": "h", "rationale": "r", "asked": False}
    small.put("criteria/weights/mine.yaml", page.evaluate("given => page.weightSet(given)", given))
    assert small.load().weight_set("mine").parent == "panel"
    assert small.load().weights("mine").shares == pytest.approx(small.load().weights("panel/bob").shares)


def test_a_set_given_on_another_range_is_called_stale(opened: Opened, small: SmallDossier) -> None:
    given = {"title": "Mine", "holder": "h", "rationale": "r", "asked": False}
    small.put("criteria/weights/mine.yaml", opened(small.load()).evaluate("given => page.weightSet(given)", given))
    assert "stale" not in opened(small.load()).locator("#sets").inner_text()
    small.edit("criteria/criteria.yaml", "unit: minutes", "unit: hours")
    page = opened(small.load())
    assert "illustrative, stale (1)" in page.locator("#sets tbody").inner_text()


def test_missing_entries_are_named_and_focused(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    page.locator("[id='save.title']").fill("A set")
    page.locator("#save-form button").click()
    assert text_of(page, "save-said") == "Still missing: Holder and Rationale."
    assert page.evaluate("document.activeElement.id") == "save.holder"
    assert page.locator("[id='save.holder']").get_attribute("aria-invalid") == "true"
    assert violations(page) == []


# For everyone --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_reports_nothing_at_any_state(opened: Opened, tmp_path: Path, scheme: str, width: int) -> None:
    small = with_packages(tmp_path / "packages")
    page = opened(small.load(), color_scheme=scheme, viewport={"width": width, "height": 800})
    assert violations(page) == []
    page.locator("[id='l.money']").check()
    type_weight(page, "crossings", "40")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_reports_nothing_on_the_shipped_page(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier, color_scheme="dark", viewport={"width": 320, "height": 800})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_at_200_per_cent_nothing_is_cut(opened: Opened, shipped_dossier: Dossier) -> None:
    page = opened(shipped_dossier, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate("getComputedStyle(document.getElementById('brief')).display") == "none"  # no room to spare


def test_every_action_has_a_key_and_a_visible_focus(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
                return [at.id || at.tagName, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2]; }"""
        )
        if found[0] == "BODY":
            break
        seen.append(found)
    names = [name for name, _ in seen]
    for id in ("base", "reset", "w.waiting", "p.waiting", "l.waiting", "save.title", "save.rationale", "save.asked"):
        assert id in names
    assert names.count("SUMMARY") >= 8
    assert [name for name, visible in seen if not visible] == []


def test_motion_is_reduced_on_request(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load(), reduced_motion="reduce")
    durations = "[...document.querySelectorAll('*')].map(one => getComputedStyle(one).transitionDuration)"
    assert set(page.evaluate(durations)) == {"0s"}


def test_links_to_evidence_open_what_is_folded(opened: Opened, small: SmallDossier) -> None:
    page = opened(small.load())
    page.locator("[id='option.east-quay'] summary").click()
    page.locator("[id='option.east-quay'] a[href='#claim.survey.distance']").first.click()
    claim = page.locator("[id='claim.survey.distance']")
    assert claim.is_visible()
    assert "From the east quay the islands are two miles closer." in page.locator("#sources").inner_text()
    links = page.evaluate(
        """() => [...document.querySelectorAll("a")].map(one => one.getAttribute("href").slice(1))
            .filter(id => !document.getElementById(id))"""
    )
    assert links == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_its_language(opened: Opened, small: SmallDossier, language: str) -> None:
    in_language(small, language)
    page = opened(small.load())
    type_weight(page, "outlay", "12.5")
    assert page.locator("html").get_attribute("lang") == language
    said = " ".join(page.locator(where).inner_text() for where in ("nav", "#ranking", "#weights"))
    said += " ".join(page.locator("#save label, #save button, #sets caption").all_inner_texts())
    assert "{" not in said and "undefined" not in said
    assert ("Weights" in said) == (language == "en")
    if language != "en":
        assert not re.search(r"\b(the|of|and|is|with|points|weight|order|lead|Lock)\b", said), said
    assert ("," if language == "ru" else ".") in page.locator("#order .value").first.inner_text()
    assert violations(page) == []
